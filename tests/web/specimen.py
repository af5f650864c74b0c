# SPDX-License-Identifier: GPL-2.0-or-later
"""A made-up directory, and the page put together from it as the publication does it.

Every name says SPÉCIMEN; the telephones are 00000000 numbers that nobody has.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

from carte_cp3.gis.webmap.offline import write_offline
from carte_cp3.gis.webmap.page.data import write_data

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "resources" / "web"
CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"

REGIONS = [
    ("04", "Rabat-Salé-Kénitra", "الرباط-سلا-القنيطرة", -6.4, 34.1),
    ("06", "Casablanca-Settat", "الدار البيضاء-سطات", -7.6, 33.2),
    ("07", "Marrakech-Safi", "مراكش-آسفي", -8.2, 31.8),
]
TOWNS = [
    ("04.421.01.0", "04.421", "Rabat", "الرباط", -6.842, 34.016),
    ("04.441.01.0", "04.441", "Salé", "سلا", -6.798, 34.053),
    ("06.141.01.0", "06.141", "Casablanca", "الدار البيضاء", -7.603, 33.588),
    ("06.461.01.0", "06.461", "Settat", "سطات", -7.618, 33.001),
    ("07.351.01.0", "07.351", "Marrakech", "مراكش", -7.989, 31.63),
    ("07.431.01.0", "07.431", "Safi", "آسفي", -9.237, 32.299),
]
INSTITUTIONS = [
    ("ANAPEC", "#1b7f5c", "circle"),
    ("OFPPT", "#2b5fa8", "square"),
    ("EN", "#a8480b", "diamond"),
    ("ART", "#7a3b8f", "triangle"),
]
KINDS = {
    "agence": {"fr": "Agence", "ar": "وكالة", "en": "Agency", "es": "Agencia"},
    "centre": {"fr": "Centre", "ar": "مركز", "en": "Centre", "es": "Centro"},
}
THEMES = {
    "emploi--inscription": {
        "fr": "Emploi : inscription",
        "ar": "التشغيل: التسجيل",
        "en": "Employment: registration",
        "es": "Empleo: inscripción",
    },
    "se-former--qualifiante": {
        "fr": "Formation qualifiante",
        "ar": "تكوين تأهيلي",
        "en": "Vocational training",
        "es": "Formación profesional",
    },
}


def services() -> list[dict]:
    """One service with its Arabic, one in French only, and three more to fold away."""
    names = [
        {"fr": "SPÉCIMEN : inscription", "ar": "عينة: التسجيل"},
        {"fr": "SPÉCIMEN : atelier de recherche d’emploi"},
        {"fr": "SPÉCIMEN : formation"},
        {"fr": "SPÉCIMEN : orientation"},
        {"fr": "SPÉCIMEN : apprentissage"},
    ]
    themes = list(THEMES)
    return [
        {
            "id": f"service-{i}",
            "institution": "ANAPEC",
            "programme": None,
            "name": name,
            "theme": [themes[i % 2]],
            "publics": ["inconnu"],
            "documents": ["inconnu"],
        }
        for i, name in enumerate(names)
    ]


def site(i: int) -> dict:
    """The i-th made-up site: every third has an Arabic name, every seventh no position."""
    code, province, town, town_ar, lon, lat = TOWNS[i % len(TOWNS)]
    placed = i % 7 != 0
    exact = i % 5 == 0
    name = {"fr": f"SPÉCIMEN {i:03d} – {town}"}
    if i % 3 == 0:
        name["ar"] = f"عينة {i:03d} – {town_ar}"
    return {
        "id": f"00000000-0000-4000-8000-{i:012d}",
        "institution": INSTITUTIONS[i % len(INSTITUTIONS)][0],
        "kind": "agence" if i % 2 else "centre",
        "name": name,
        "address": {"fr": "Adresse SPÉCIMEN, rue sans nom"} if exact else {},
        "landmark": {},
        "commune": code,
        "province": province,
        "region": province[:2],
        "lon": (lon + (0.002 * (i % 11) if exact else 0)) if placed else None,
        "lat": (lat + (0.003 * (i % 13) if exact else 0)) if placed else None,
        "precision": ("entrance" if exact else "commune") if placed else "unknown",
        "phones": ["+212500000000"] if i % 2 else [],
        "email": "specimen@example.org" if i % 4 == 0 else None,
        "website": "https://example.org/specimen" if i % 4 == 1 else None,
        "verified_on": "2026-05-01" if i % 6 == 1 else None,
        "offers": [{"service": s} for s in range(i % 6)],
    }


def directory(count: int = 75) -> dict:
    """A whole `CP3_DATA`, of `count` sites."""
    return {
        "format": 1,
        "release": "2026-11-21T20:31:05Z",
        "title": {
            "fr": "SPÉCIMEN : carte des services publics",
            "ar": "عينة: خريطة الخدمات العمومية",
            "en": "SPÉCIMEN: map of public services",
            "es": "SPÉCIMEN: mapa de servicios públicos",
        },
        "languages": ["fr", "ar", "en", "es"],
        "default_language": "fr",
        "specimen": True,
        "layer": "layer_services_3",
        "credits": [
            {
                "text": "Limites : SPÉCIMEN",
                "texts": {"ar": "الحدود: نموذج"},
                "licence": "domaine public",
                "url": "",
            }
        ],
        "institutions": [
            {
                "code": code,
                "name": {"fr": f"SPÉCIMEN {code}"},
                "short_name": {"fr": code},
                "colour": colour,
                "symbol": symbol,
                "icon": None,
            }
            for code, colour, symbol in INSTITUTIONS
        ],
        "programmes": [],
        "regions": [{"code": c, "name": {"fr": fr, "ar": ar}} for c, fr, ar, _, _ in REGIONS],
        "provinces": [
            {"code": p, "region": p[:2], "name": {"fr": fr, "ar": ar}}
            for _, p, fr, ar, _, _ in TOWNS
        ],
        "communes": [
            {"code": c, "province": p, "name": {"fr": fr, "ar": ar}} for c, p, fr, ar, _, _ in TOWNS
        ],
        "terms": {"site_kind": KINDS, "theme": THEMES},
        "services": services(),
        "sites": [site(i) for i in range(count)],
    }


def square(lon: float, lat: float, half: float) -> dict:
    """A square around a point, standing for a boundary."""
    ring = [
        [lon - half, lat - half],
        [lon + half, lat - half],
        [lon + half, lat + half],
        [lon - half, lat + half],
        [lon - half, lat - half],
    ]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def backdrop() -> dict:
    """Square regions and provinces, with the outlines of the regions as limits."""

    def areas(rows):
        return {"type": "FeatureCollection", "features": rows}

    regions = [
        {
            "type": "Feature",
            "geometry": square(lon, lat, 0.75),
            "properties": {"code": code, "name_fr": fr, "name_ar": ar},
        }
        for code, fr, ar, lon, lat in REGIONS
    ]
    provinces = [
        {
            "type": "Feature",
            "geometry": square(lon, lat, 0.25),
            "properties": {"code": code, "name_fr": fr, "name_ar": ar},
        }
        for _, code, fr, ar, lon, lat in TOWNS
    ]
    limits = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiLineString",
                "coordinates": one["geometry"]["coordinates"][0],
            },
            "properties": {"level": "outline"},
        }
        for one in regions
    ]
    return {"regions": areas(regions), "provinces": areas(provinces), "limits": areas(limits)}


def script(name: str, value: dict) -> str:
    """A data script: `window.NAME = …`, with what could end a script element escaped."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return f"window.{name} = {text};\n"


def filled(template: str, values: dict[str, str]) -> str:
    """The template with its placeholders filled, the unknown ones blank."""
    return re.sub(r"@([A-Z0-9_]+)@", lambda match: values.get(match[1], ""), template)


def publish(folder: Path, data: dict, prerendered: str = "", with_backdrop: bool = True) -> Path:
    """Put a page together in `folder` and give back its `index.html`."""
    shutil.copytree(BUILT / "assets", folder / "assets")
    write_data(folder, data)
    (folder / "data" / "backdrop.js").write_text(
        script("CP3_BACKDROP", backdrop()), encoding="utf-8"
    )
    title = html.escape((data.get("title") or {}).get("fr", ""))
    values = {
        "CP3_LANG": "fr",
        "CP3_DIR": "ltr",
        "CP3_TITLE": title,
        "CP3_DESCRIPTION": title,
        "CP3_CSP": CSP,
        "CP3_LIST": prerendered,
        "CSSADDRESS": '<link rel="stylesheet" href="assets/leaflet.css">',
    }
    if with_backdrop:
        values["JSADDRESS"] = '<script src="assets/leaflet.js"></script>'
        values["QGIS2WEBJS"] = (
            '<script src="data/backdrop.js"></script><script src="assets/backdrop.js"></script>'
        )
    page = filled((BUILT / "cp3.html").read_text(encoding="utf-8"), values)
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8")
    write_offline(folder, data)
    return index
