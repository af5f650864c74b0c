# SPDX-License-Identifier: GPL-2.0-or-later
"""The public view of a store as the page's data: ``window.CP3_DATA`` (see ``web/README.md``).

Pure: rows in, plain values out. Each key is named here one by one, so that a column that is
added to the store reaches the page only when somebody writes it down; keys without a value
are left out, which keeps the file small.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....domain.calendar import Calendar
from ....domain.schema import split_multiple
from ....domain.text import fold
from ....store.public import is_specimen
from .moments import calendar_values, gone, notice, past_only, stale_sites
from .packing import pack
from .territory import OtherNames, UnitOf, territory
from .values import LANGUAGES, Record, Values, lean, script_json, texts

if TYPE_CHECKING:
    from ....store.public import PublicView
    from ...site_classes import SiteClasses

FORMAT = 1
FALLBACK = "fr"
#: What an institution has not said about papers and legal status (never « no », never « all »).
UNKNOWN = "inconnu"
#: Decimals of a degree: 5 are about a metre.
DECIMALS = 5

#: Closed lists whose labels the page shows.
VOCABULARIES = (
    "site_kind", "theme", "legal_status", "document", "access_mode", "precision",
    "verification_method", "public_mode", "gender", "education_level", "certificate", "cost",
    "capacity", "wheelchair", "yes_no", "language", "notice_kind", "closure_reason",
)  # fmt: skip


def page_data(
    view: PublicView,
    unit: UnitOf,
    languages: Sequence[str],
    title: Mapping[str, str],
    release: str,
    icons: Mapping[str, str],
    credits: Iterable[Mapping[str, Any]] = (),
    layer: str = "",
    extent: Sequence[float] = (),
    calendar: Calendar | None = None,
    other_names: OtherNames = lambda _code: (),
    classes: SiteClasses | None = None,
    contact: str = "",
) -> Values:
    """Return the page's data as plain values that JSON can hold.

    ``unit`` gives the territorial unit of an HCP code or None; ``languages`` are the page's,
    the first being its default; ``release`` is the moment of publication, UTC in ISO 8601;
    ``icons`` the address of each institution's symbol; ``layer`` the name of the page's
    services layer; ``extent`` the box that the map opens on: west, south, east, north;
    ``calendar`` holds clock, Ramadan and holidays; ``other_names`` gives a unit's old, foreign
    and other names, which the search knows too; ``classes`` are those by which the project
    shows sites, if not by institution; ``contact`` is the address for reports
    of errors.
    """
    kept = tuple(dict.fromkeys((*languages, FALLBACK)))
    services = _numbered(view.services, "service_id")
    sites = _sites(view, services, kept, classes.of_site if classes else {})
    sites = past_only(sites, release[:10])
    return lean({
        "format": FORMAT,
        "release": release,
        "title": dict(title),
        "languages": list(languages),
        "default_language": languages[0],
        "labels": _more_languages(view, languages),
        "specimen": is_specimen(view),
        "report_to": contact,
        "layer": layer or None,
        "extent": [round(one, 2) for one in extent],
        "credits": [lean(dict(one)) for one in credits],
        "institutions": [_institution(row, icons, kept) for row in view.institutions],
        "classes": [_institution(row, icons, kept) for row in classes.rows] if classes else [],
        "programmes": _programmes(view, kept),
        **territory(view.sites, unit, other_names),
        "terms": _terms(view, kept),
        "services": past_only([_service(row, kept) for row in view.services], release[:10]),
        "sites": sites,
        "stale": stale_sites(sites, release[:10]),
        "notices": [notice(row, kept) for row in view.notices],
        "gone": gone(view.gone, _living(view), kept),
        "calendar": calendar_values(calendar, release) if calendar else None,
    })  # fmt: skip


def _more_languages(view: PublicView, languages: Sequence[str]) -> Values:
    """Name and direction of the languages that the program has no words of its own for.

    It says its own words in French then; those of the data are in the language.
    """
    return {
        one.code: {"language_name": one.name, "direction": one.direction}
        for one in view.schema.languages
        if one.code in languages and one.code not in LANGUAGES
    }


def _living(view: PublicView) -> list[str]:
    return [row["site_id"] for row in view.sites] + [row["service_id"] for row in view.services]


def write_data(folder: Path, data: Values) -> None:
    """Write ``data/cp3.json``, as plain as it is, and the scripts that the page reads.

    See ``packing``: the core in ``data/cp3.js``, the others in ``data/sites/``.
    """
    parts = folder / "data" / "sites"
    parts.mkdir(parents=True, exist_ok=True)
    scripts = pack(data)
    core = f"window.CP3_DATA = {script_json(scripts.pop('core'))};\n"
    (folder / "data" / "cp3.js").write_text(core, encoding="utf-8")
    (folder / "data" / "cp3.json").write_text(script_json(data) + "\n", encoding="utf-8")
    for name, value in scripts.items():
        text = f'CP3_PART("{name}", {script_json(value)});\n'
        (parts / f"{name}.js").write_text(text, encoding="utf-8")


def _numbered(rows: Iterable[Record], key: str) -> dict[str, int]:
    return {row[key]: number for number, row in enumerate(rows)}


def _institution(row: Record, icons: Mapping[str, str], languages: Sequence[str]) -> Values:
    return lean({
        "code": row["code"],
        "name": texts(row, "name", languages),
        "short_name": texts(row, "short_name", languages),
        "colour": row.get("colour"),
        "symbol": row.get("symbol"),
        "icon": icons.get(row["code"]),
        "website": row.get("website"),
        "phone": row.get("phone"),
        "email": row.get("email"),
    })  # fmt: skip


def _programmes(view: PublicView, languages: Sequence[str]) -> list[Values]:
    """The programmes that a published service belongs to."""
    used = {row.get("programme_code") for row in view.services}
    return [
        lean({
            "code": row["code"],
            "name": texts(row, "name", languages),
            "website": row.get("website"),
        })
        for row in view.programmes
        if row["code"] in used
    ]  # fmt: skip


def _terms(view: PublicView, languages: Sequence[str]) -> dict[str, Values]:
    """Labels of the closed lists; a deprecated code only while some record still bears it."""
    records = (*view.sites, *view.services, *view.offers, *view.notices)
    used = {code for row in records for value in row.values() for code in _codes(value)}
    terms: dict[str, Values] = {name: {} for name in VOCABULARIES}
    for term in view.schema.terms:
        if term.vocabulary in terms and (not term.deprecated_by or term.code in used):
            labels = {code: term.labels[code] for code in languages if term.labels.get(code)}
            terms[term.vocabulary][term.code] = labels
    return lean(terms)


def _codes(value: Any) -> Sequence[str]:
    if not isinstance(value, str):
        return ()
    return split_multiple(value) if value.startswith("{") else (value,)


def _service(row: Record, languages: Sequence[str]) -> Values:
    return lean({
        "id": row["service_id"],
        "institution": row.get("institution_code"),
        "programme": row.get("programme_code"),
        "name": texts(row, "name", languages),
        "summary": texts(row, "summary", languages),
        "theme": list(split_multiple(row.get("theme"))),
        "publics": list(split_multiple(row.get("publics"))) or [UNKNOWN],
        "public_mode": row.get("public_mode"),
        "age_min": row.get("age_min"),
        "age_max": row.get("age_max"),
        "gender": row.get("gender"),
        "education_level": row.get("education_level"),
        "documents": list(split_multiple(row.get("documents"))) or [UNKNOWN],
        "access_modes": list(split_multiple(row.get("access_modes"))),
        "cost": row.get("cost"),
        "cost_note": texts(row, "cost_note", languages),
        "duration": row.get("duration"),
        "certificate": row.get("certificate"),
        "apply_url": row.get("apply_url"),
        **_verification(row),
    })  # fmt: skip


def _verification(row: Record) -> Values:
    return {
        "verified_on": row.get("verified_on"),
        "verified_by": row.get("verified_by"),
        "verification_method": row.get("verification_method"),
        "verify_every_months": row.get("verify_every_months"),
    }


def _sites(
    view: PublicView, services: Mapping[str, int], languages: Sequence[str], classes: Record
) -> list[Values]:
    offers: dict[str, list[Values]] = {}
    for row in view.offers:
        number = services[row["service_id"]]
        offers.setdefault(row["site_id"], []).append(_offer(row, number, languages))
    order = {row["code"]: number for number, row in enumerate(view.institutions)}
    rows = sorted(view.sites, key=lambda row: _reading_order(row, order))
    return [
        _site(row, offers.get(row["site_id"], []), languages, classes.get(row["site_id"]))
        for row in rows
    ]


def _reading_order(row: Record, institutions: Mapping[str, int]) -> tuple:
    """Sites of one place together, whatever their file: place, institution, name."""
    place = [row.get(f"{level}_code") or "~" for level in ("region", "province", "commune")]
    institution = institutions.get(row.get("institution_code"), len(institutions))
    return (*place, institution, fold(row.get("name_fr") or ""), row["site_id"])


def _offer(row: Record, service: int, languages: Sequence[str]) -> Values:
    return lean({
        "service": service,
        "hours": row.get("hours"),
        "capacity": row.get("capacity"),
        "next_intake": row.get("next_intake"),
        "note": texts(row, "note", languages),
    })  # fmt: skip


def _site(
    row: Record, offers: list[Values], languages: Sequence[str], shown_as: str | None
) -> Values:
    lon, lat = _position(row)
    return lean({
        "id": row["site_id"],
        "institution": row.get("institution_code"),
        "class": shown_as,
        "kind": row.get("kind"),
        "name": texts(row, "name", languages),
        "address": texts(row, "address", languages),
        "landmark": texts(row, "landmark", languages),
        "commune": row.get("commune_code"),
        "province": row.get("province_code"),
        "region": row.get("region_code"),
        "lon": lon,
        "lat": lat,
        "precision": row.get("precision"),
        "phones": [phone for phone in (row.get("phone"), row.get("phone_2")) if phone],
        "whatsapp": row.get("whatsapp"),
        "email": row.get("email"),
        "website": row.get("website"),
        "hours": row.get("hours"),
        "hours_ramadan": row.get("hours_ramadan"),
        "closed_on_holidays": row.get("closed_on_holidays"),
        "wheelchair": row.get("wheelchair"),
        "languages": list(split_multiple(row.get("languages"))),
        "women_only": row.get("women_only"),
        "source": row.get("source"),
        "offers": offers,
        **_verification(row),
    })  # fmt: skip


def _position(row: Record) -> Sequence[float | None]:
    """Longitude and latitude, or neither: a number that is none (NaN) is no position."""
    found = (row.get("lon"), row.get("lat"))
    if any(one is None or not math.isfinite(one) for one in found):
        return (None, None)
    return tuple(round(one, DECIMALS) for one in found)
