# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading a text as the name of a place: whole, or in its parts.

A reading says what a text names and how sure that is, before any other column is
asked (``domain.places`` does that).
"""

from __future__ import annotations

from typing import NamedTuple

from ..text import clean, fold
from .index import PlaceIndex, Within
from .name_index import LOOSE, STRICT, TIERS
from .names import ASIDE, FILLER, HOLDERS, LISTS, QUARTER, RURAL, SEPARATORS, strip_generic
from .rows import OldRegion

_MOST_WORDS = 8


class Reading(NamedTuple):
    """What a text names: communal units, else wider areas, else what it may mean."""

    codes: tuple[str, ...] = ()
    how: str = ""
    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    old_region: OldRegion | None = None
    doubtful: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Tell whether the text names anything."""
        return bool(self.codes or self.provinces or self.regions or self.old_region)


def read(index: PlaceIndex, text: str, within: Within = None, tiers: tuple = TIERS) -> Reading:
    """Return what ``text`` names; ``within`` keeps only some communal units."""
    parts = _pieces(SEPARATORS, text)
    if len(_pieces(HOLDERS, text)) == 1:
        whole = read_whole(index, text, within, tiers)
        if whole.known:
            return whole
    items = _pieces(LISTS, text)
    if len(items) > 1:
        return _read_list(index, items, within)
    if len(parts) > 1:
        return _combine(index, parts, within, {fold(aside) for aside in ASIDE.findall(text)})
    return _read_words(index, parts[0], within) if parts else Reading()


def _pieces(pattern, text: str) -> list[str]:
    return [piece for piece in pattern.split(clean(text)) if fold(piece)]


def read_whole(
    index: PlaceIndex, text: str, within: Within = None, tiers: tuple = TIERS
) -> Reading:
    """Return what ``text`` names when it is one name, generic words aside.

    The census's names go before other names, and both before what only sounds alike. Where
    nothing is said of the province, a wider area's own name goes before a commune's that only
    looks like it: « Melilla » is not Mellila of Benslimane.
    """
    level, bare = strip_generic(text)
    strict = tuple(tier for tier in STRICT if tier in tiers)
    loose = tuple(tier for tier in LOOSE if tier in tiers)
    exact = () if within else strict[:1]
    for tiers_now, rank in ((exact, "own"), (strict, "own"), (strict, "other"), (loose, "own")):
        found = _read_rank(index, text, bare, level, within, tiers_now, (rank,))
        if found.known:
            return found
    return Reading()


def _read_rank(
    index: PlaceIndex, text: str, bare: str, level: str | None, within: Within, tiers, ranks
) -> Reading:
    if level not in ("province", "region"):
        match = index.named(bare, "communal", within, tiers, ranks)
        if match.codes:
            return Reading(_of_level(index, match.codes, level), match.how)
    if level in (None, "province"):
        match = index.named(bare, "province", None, tiers, ranks)
        if match.codes:
            return Reading(provinces=match.codes, how=match.how)
    if level in (None, "region"):
        match = index.named(bare, "region", None, tiers, ranks)
        if match.codes:
            return Reading(regions=match.codes, how=match.how)
        old = index.old_region(bare, tiers) or index.old_region(text, tiers)
        if old:
            return Reading(old_region=old, how="other name")
    return Reading()


def _of_level(index: PlaceIndex, codes: tuple, level: str | None) -> tuple:
    """Keep arrondissements where the text says "arrondissement", if there are any."""
    if level != "arrondissement":
        return codes
    return tuple(c for c in codes if index.units[c].level == "arrondissement") or codes


def _read_list(index: PlaceIndex, items: list, within: Within) -> Reading:
    """Read places of one rank: the same place said twice is one, others are several."""
    readings = [read(index, item, within) for item in items]
    codes = _union(reading.codes for reading in readings)
    if all(reading.codes for reading in readings):
        return Reading(codes, "part")
    return Reading(doubtful=codes)


def _combine(index: PlaceIndex, parts: list, within: Within, asides: set) -> Reading:
    """Read a place beside the wider places that hold it, and pieces of an address."""
    readings = [read(index, part, within, STRICT) for part in parts]
    if not any(reading.known for reading in readings):
        readings = [read(index, part, within) for part in parts]
    dropped = _arrondissements_of_cities(index, parts, readings)
    dropped |= _qualifiers(index, readings, dropped)
    kept = [r for i, r in enumerate(readings) if i not in dropped and r.known]
    codes = _union(reading.codes for reading in kept)
    unread = [part for i, part in enumerate(parts) if not readings[i].known and i not in dropped]
    if codes and all(fold(part) in asides or _fits(index, part, codes) for part in unread):
        return Reading(codes, "part")
    if codes:
        return Reading(doubtful=codes)
    return Reading(
        how="part",
        provinces=_union(reading.provinces for reading in kept),
        regions=_union(reading.regions for reading in kept),
        doubtful=_union(reading.doubtful for reading in readings),
    )


def _fits(index: PlaceIndex, part: str, codes: tuple) -> bool:
    """Tell whether an unknown piece of text can be inside the town named beside it.

    A street or a quarter can. Any other can in a divided city, or where the town does
    not bear the name of its province, which may be what is meant; a douar never.
    """
    text = fold(part)
    if QUARTER.match(text) or all(word in FILLER or word.isdigit() for word in text.split()):
        return True
    if RURAL.match(text):
        return False
    units = [index.units[code] for code in codes]
    return all(
        unit.city_code
        or unit.level == "city"
        or (unit.urban and not index.named(unit.name_fr, "province", tiers=STRICT).codes)
        for unit in units
    )


def _arrondissements_of_cities(index: PlaceIndex, parts: list, readings: list) -> set:
    """Read in place, beside a divided city, its arrondissements; return the cities."""
    dropped = set()
    for i, reading in enumerate(list(readings)):
        for city in (c for c in reading.codes if index.units[c].level == "city"):
            for j, part in enumerate(parts):
                codes = index.named_in_city(strip_generic(part)[1], city) if j != i else ()
                if codes:
                    readings[j] = Reading(codes, "part")
                    dropped.add(i)
    return dropped


def _qualifiers(index: PlaceIndex, readings: list, dropped: set) -> set:
    """Return the parts that only say in which province or region another one lies."""
    found = set()
    for i, area in enumerate(readings):
        provinces, regions = _areas(index, area)
        for j, reading in enumerate(readings):
            if j == i or j in found or j in dropped or not reading.codes:
                continue
            inside = tuple(
                code
                for code in reading.codes
                if code not in area.codes
                and (
                    index.units[code].province_code in provinces
                    or index.units[code].region_code in regions
                )
            )
            if inside:
                readings[j] = reading._replace(codes=inside)
                found.add(i)
    return found


def _areas(index: PlaceIndex, reading: Reading) -> tuple:
    """Return the provinces and regions that a reading names, or that bear its name."""
    if not reading.codes:
        return reading.provinces, reading.regions
    names = {index.units[code].name_fr for code in reading.codes}
    return _union(index.named(name, "province", tiers=STRICT).codes for name in names), ()


def _read_words(index: PlaceIndex, text: str, within: Within) -> Reading:
    """Read a city and its arrondissement in a row, a town with an empty word, or two places."""
    level, bare = strip_generic(text)
    tokens = bare.split()
    if level in ("province", "region") or not 1 < len(tokens) <= _MOST_WORDS:
        return Reading()
    pairs, both, cities = _halves(index, tokens, within)
    if pairs:
        return Reading(tuple(sorted(pairs)), "part")
    telling = [t for t in tokens if t not in FILLER and not t.isdigit()]
    if telling and telling != tokens:
        plain = read_whole(index, " ".join(telling), within, STRICT)
        if plain.codes:
            return plain._replace(how="part")
    if both and "-" in text:
        return Reading(tuple(sorted(both)), "part")
    return Reading(doubtful=tuple(sorted(both or cities)))


def _halves(index: PlaceIndex, tokens: list, within: Within) -> tuple:
    """Cut a row of words in two everywhere.

    Return the arrondissements named beside their city, the places where both halves
    are places, and the cities found in any half.
    """
    pairs: set = set()
    both: set = set()
    cities: set = set()
    for at in range(1, len(tokens)):
        halves = [" ".join(tokens[:at]), " ".join(tokens[at:])]
        named = [index.named(half, "communal", within, STRICT).codes for half in halves]
        for side in (0, 1):
            for city in (code for code in named[side] if index.units[code].level == "city"):
                cities.add(city)
                pairs.update(index.named_in_city(halves[1 - side], city))
        if all(named):
            both.update(named[0] + named[1])
    return pairs, both, cities


def _union(groups) -> tuple:
    return tuple(sorted({item for group in groups for item in group}))
