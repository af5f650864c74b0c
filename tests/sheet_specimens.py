# SPDX-License-Identifier: GPL-2.0-or-later
"""Made-up sites for the sheets: crowded as a real network would be, each marked SPÉCIMEN."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

CODES = ("OFPPT", "OFPPT", "ANAPEC", "EN", "EN", "ART")
#: Part of a region's sites in its two largest towns, at street addresses.
IN_TOWN = (0.45, 0.2)
#: A degree of latitude in kilometres; a longitude's is taken as 0.85 of it.
DEGREE = 111.0
LONG = (
    "SPÉCIMEN – Centre mixte de formation professionnelle, d’insertion et d’accompagnement "
    "des jeunes n° 12-34 – annexe 2"
)


def crowded_store(path: Path, count: int, regions: tuple[str, ...] = ()) -> Path:
    """Write a store with ``count`` published sites, shared out evenly to the regions.

    Most stand in the largest towns, at places of their own; the others are known by their
    commune. Some names are 120 characters long, some in Arabic alone, some have digits and
    dashes. The same every time.
    """
    from carte_cp3.store.boundaries import load_gazetteer
    from carte_cp3.store.database import create_store

    chance = random.Random(20261121)
    gazetteer = load_gazetteer()
    codes = regions or tuple(
        sorted(unit.code for unit in gazetteer.units.values() if unit.level == "region")
    )
    rows: list[dict] = []
    for rank, code in enumerate(codes):
        share = count // len(codes) + (rank < count % len(codes))
        rows += _region(gazetteer, code, share, chance)
    with create_store(str(path)) as store, store.transaction(by="tests"):
        store.insert("site", rows)
    return path


def one_city_store(
    path: Path, count: int, region: str = "07", radius: float = 3.5, town: str = ""
) -> Path:
    """Write a store with ``count`` sites in a region's ``town``, ``radius`` km around.

    By default in its largest one; with a radius of 0 all on one point.
    """
    from carte_cp3.store.boundaries import load_gazetteer
    from carte_cp3.store.database import create_store

    chance = random.Random(7)
    gazetteer = load_gazetteer()
    there = next(one for one in _towns(gazetteer, region) if one.name_fr.startswith(town))
    rows = [_in_town(gazetteer, there, number, radius, chance) for number in range(count)]
    with create_store(str(path)) as store, store.transaction(by="tests"):
        store.insert("site", rows)
    return path


def _region(gazetteer, code: str, count: int, chance: random.Random) -> Iterator[dict]:
    towns = _towns(gazetteer, code)[:2]
    communes = [
        unit
        for unit in gazetteer.units.values()
        if unit.region_code == code and unit.level in ("commune", "arrondissement")
    ]
    made = []
    for number in range(count):
        place = chance.random()
        if place < sum(IN_TOWN[: len(towns)]):
            town = towns[0] if place < IN_TOWN[0] or len(towns) < 2 else towns[1]
            made.append(_in_town(gazetteer, town, number, 3.0, chance))
        else:
            unit = chance.choice(communes)
            point = gazetteer.point(unit.code)
            row = _row(number, unit, chance)
            made.append({**row, "precision": "commune", "lon": point.lon, "lat": point.lat})
    return made


def _towns(gazetteer, region: str):
    from carte_cp3.gis.sheets.land.boundaries import load_boundaries

    units = gazetteer.units
    found = [
        place
        for place in load_boundaries().places
        if place.commune_code and units[place.commune_code].region_code == region
    ]
    return sorted(found, key=lambda place: -(place.population or 0))


def _in_town(gazetteer, town, number: int, radius: float, chance: random.Random) -> dict:
    """Return a site around a town's middle, in the town's own region (not in the sea)."""
    from carte_cp3.store.boundaries import load_locator

    home = gazetteer.units[town.commune_code]
    unit = None
    while unit is None or unit.region_code != home.region_code:
        lat = town.lat + chance.gauss(0, radius) / DEGREE
        lon = town.lon + chance.gauss(0, radius) / DEGREE / 0.85
        found = load_locator().locate(lon, lat)
        unit = gazetteer.units[found.code] if found and not found.nearest else None
    row = _row(number, unit, chance)
    return {**row, "precision": "street", "lon": round(lon, 5), "lat": round(lat, 5)}


def _row(number: int, unit, chance: random.Random) -> dict:
    french = f"SPÉCIMEN {chance.choice(('ISTA', 'Centre', 'Agence'))} {unit.name_fr} {number}"
    arabic = f"نموذج مركز {unit.name_ar} {number}"
    if number % 23 == 0:
        french = f"{LONG} {number}"[-120:] if number else LONG
    return {
        "institution_code": chance.choice(CODES),
        "name_fr": f"SPÉCIMEN {number}" if number % 29 == 5 else french,
        "name_ar": arabic if number % 3 == 0 else None,
        "kind": "agence",
        "commune_code": unit.code,
        "status": "published",
    }
