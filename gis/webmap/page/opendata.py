# SPDX-License-Identifier: GPL-2.0-or-later
"""The published records as open data beside the map: CSV, GeoJSON, HSDS, and what they ask.

The very files of « Export », read from the same public view as the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....domain.progress import Progress
from ....store.export_flat import write_csv, write_geojson
from ....store.hsds.files import write_hsds

if TYPE_CHECKING:
    from ....store.public import PublicView

FOLDER = "open-data"
#: Files and what they are called; names of formats are the same in every language.
_FLAT = ((f"{FOLDER}/places.csv", "CSV"), (f"{FOLDER}/places.geojson", "GeoJSON"))
_HSDS = (f"{FOLDER}/hsds.zip", "HSDS 3")
CONDITIONS = f"{FOLDER}/README.txt"
#: Beyond this many places HSDS, whose packages repeat every record in each language, is left out.
MOST_HSDS = 20_000


def open_data(count: int) -> tuple[tuple[str, str], ...]:
    """Return the files that so many places are published in, and what each is called."""
    return (*_FLAT, _HSDS) if count <= MOST_HSDS else _FLAT


def write_open_data(
    folder: Path,
    view: PublicView,
    languages: Sequence[str],
    credits: Sequence[Mapping[str, Any]],
    today: date,
    progress: Progress,
) -> bool:
    """Write the open data below ``folder``; return whether HSDS is among them."""
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    write_csv(view, target / "places.csv")
    write_geojson(view, target / "places.geojson")
    with_hsds = _HSDS in open_data(len(view.sites))
    if with_hsds:
        write_hsds(view, target / "hsds.zip", languages, today, progress)
    text = _conditions(credits, today, with_hsds)
    (target / "README.txt").write_text(text, encoding="utf-8-sig")
    return with_hsds


def _conditions(credits: Sequence[Mapping[str, Any]], today: date, with_hsds: bool) -> str:
    """What the files are and what their sources ask: French, which every text here has."""
    files = [
        "places.csv      lieux publiés, CSV (UTF-8, point-virgule) ; les textes qu’un tableur",
        "                exécuterait ont une apostrophe devant",
        "places.geojson  les mêmes, GeoJSON (RFC 7946, WGS 84)",
    ]
    if with_hsds:
        files.append(
            "hsds.zip        lieux et services, Open Referral HSDS 3, un paquet par langue"
        )
    files.append("digests.json    empreinte de chaque fiche, pour voir ce qui a changé")
    return "\n".join([
        f"Données ouvertes de la carte, {today.isoformat()}",
        "",
        *files,
        "",
        "Une valeur absente ou « inconnu » est inconnue : elle ne vaut jamais non.",
        "La licence de chaque source vaut pour ce qui en vient ; citez :",
        "",
        *(f"- {_credit(one)}" for one in credits),
        "",
    ])  # fmt: skip


def _credit(credit: Mapping[str, Any]) -> str:
    parts = [credit.get("text", ""), credit.get("licence"), credit.get("url")]
    return " · ".join(" ".join(one.split()) for one in parts if one)
