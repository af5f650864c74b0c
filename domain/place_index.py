# SPDX-License-Identifier: GPL-2.0-or-later
"""The country's units and towns under all their names, from plain rows.

This is the dictionary only; ``domain.places`` reads what people write with it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .place_names import keys
from .place_rows import COMMUNAL, Alias, OldRegion, Place, Point, Unit
from .text import fold


class Match(NamedTuple):
    """Units found under a name, how loosely, and as what kind of name."""

    codes: tuple[str, ...]
    how: str


HOW = {"exact": "exact", "compact": "spelling", "sound": "spelling"}
"""The tiers of a lookup, strict to loose, and what an answer calls them."""

TIERS = (*HOW, "bones")


@dataclass
class _Index:
    """Lookup key to codes, one table for each tier."""

    tables: dict = field(default_factory=lambda: {tier: defaultdict(set) for tier in TIERS})

    def add(self, name: str, code: str) -> None:
        if not name:
            return
        for tier, key in zip(self.tables, keys(name)):
            if key:
                self.tables[tier][key].add(code)

    def codes(self, tier: str, name: str) -> set:
        key = getattr(keys(name), tier)
        return self.tables[tier].get(key, set()) if key else set()


class PlaceIndex:
    """Units and places of the country under all their names.

    ``units``, ``places`` and ``aliases`` are plain rows; ``inside`` gives a point
    inside the unit of a code, and is asked only when no town is known there.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        places: Iterable[Place] = (),
        aliases: Iterable[Alias] = (),
        inside: Callable[[str], tuple[float, float] | None] | None = None,
    ):
        self.units = {unit.code: unit for unit in units}
        self._inside = inside
        self._own = {level: _Index() for level in ("communal", "province", "region")}
        self._other = {level: _Index() for level in ("communal", "province", "region")}
        self._local: dict[str, _Index] = defaultdict(_Index)
        self._compact_names: dict[str, set[str]] = defaultdict(set)
        self._old_regions = _Index()
        self.old_regions: dict[str, OldRegion] = {}
        self._places: dict[str, list[Place]] = defaultdict(list)
        for unit in self.units.values():
            self._add_unit(unit)
        for alias in aliases:
            self._add_alias(alias)
        for place in places:
            self._add_place(place)

    def _add_unit(self, unit: Unit) -> None:
        index = self._own["communal" if unit.level in COMMUNAL else unit.level]
        for name in (unit.name_fr, unit.name_ar):
            index.add(name, unit.code)
            if unit.level in COMMUNAL:
                self._compact_names[unit.code].add(keys(name).compact)
            if unit.city_code in self.units:
                self._add_local(name, unit)
        if unit.level == "province" and "-" in unit.name_fr:
            for part in (*unit.name_fr.split("-"), *unit.name_ar.split("-")):
                self._other["province"].add(part, unit.code)

    def _add_local(self, name: str, unit: Unit) -> None:
        """Know an arrondissement inside its city, without the city's name too."""
        city = self.units[unit.city_code]
        self._local[city.code].add(name, unit.code)
        for whole in (city.name_fr, city.name_ar):
            part = f" {fold(name)} ".replace(f" {fold(whole)} ", " ").strip()
            if part and part != fold(name):
                self._local[city.code].add(part, unit.code)
                self._own["communal"].add(part, unit.code)

    def _add_alias(self, alias: Alias) -> None:
        if alias.kind == "old_region":
            old = OldRegion(alias.name, alias.name_ar, alias.codes)
            self.old_regions[alias.name] = old
            self._old_regions.add(alias.name, alias.name)
            self._old_regions.add(alias.name_ar, alias.name)
            return
        indexes = self._own if alias.kind == "name" else self._other
        for code in alias.codes:
            unit = self.units.get(code)
            if unit and unit.city_code in self.units:
                self._add_local(alias.name, unit)
            if unit and alias.kind != "local":
                level = "communal" if unit.level in COMMUNAL else unit.level
                indexes[level].add(alias.name, code)
                indexes[level].add(alias.name_ar, code)

    def _add_place(self, place: Place) -> None:
        code = self._unit_of(place)
        if code is None:
            return
        self._places[code].append(place)
        unit = self.units[code]
        if unit.level == "city" and keys(place.name_fr).sound != keys(unit.name_fr).sound:
            return  # a quarter of a divided city does not name the city
        for name in (place.name_fr, place.name_ar, *place.spellings):
            self._other["communal"].add(name, code)

    def _unit_of(self, place: Place) -> str | None:
        """Return the unit a place's name stands for.

        In a divided city this is the city, unless the place bears the name of the
        arrondissement it lies in.
        """
        code = place.commune_code if place.commune_code in self.units else None
        if place.city_code not in self.units:
            return code
        names = (place.name_fr, place.name_ar)
        if code and any(code in self.named(name, "communal").codes for name in names if name):
            return code
        return place.city_code

    def named_in_city(self, name: str, city_code: str) -> tuple[str, ...]:
        """Return the codes of the arrondissements of a city that ``name`` may mean."""
        for tier in ("exact", "compact", "sound"):
            found = self._local[city_code].codes(tier, name) if city_code in self._local else ()
            if found:
                return tuple(sorted(found))
        return ()

    def named(
        self,
        name: str,
        level: str,
        within: Callable[[Unit], bool] | None = None,
        tiers: tuple[str, ...] = ("exact", "compact", "sound"),
    ) -> Match:
        """Return the codes of ``level`` (communal, province, region) that bear ``name``.

        The strictest tier that finds any wins, and at each tier a unit's own names
        win over other spellings and old names. ``within`` keeps only some units.
        """
        for tier in tiers:
            for index, how in ((self._own[level], HOW[tier]), (self._other[level], "other name")):
                found = index.codes(tier, name)
                codes = tuple(sorted(c for c in found if within is None or within(self.units[c])))
                if codes:
                    return Match(self._nearest_spelling(name, codes, tier), how)
        return Match((), "")

    def close_to(self, name: str, within: Callable[[Unit], bool]) -> tuple[str, ...]:
        """Return the communal units whose own name is ``name`` but for vowels or a letter."""
        wanted = keys(name)
        found = {c for c in self._own["communal"].codes("bones", name) if within(self.units[c])}
        if len(wanted.compact) > 4:
            for code, forms in self._compact_names.items():
                if any(
                    abs(len(form) - len(wanted.compact)) < 2 and distance(form, wanted.compact) < 2
                    for form in forms
                ) and within(self.units[code]):
                    found.add(code)
        return tuple(sorted(found))

    def _nearest_spelling(self, name: str, codes: tuple, tier: str) -> tuple:
        """Drop, of names that only sound alike, those spelt quite otherwise."""
        if len(codes) < 2 or tier in ("exact", "compact"):
            return codes
        written = keys(name).compact

        def gap(code: str) -> int:
            unit = self.units[code]
            return min(distance(written, keys(n).compact) for n in (unit.name_fr, unit.name_ar))

        gaps = {code: gap(code) for code in codes}
        best = min(gaps.values())
        return tuple(code for code in codes if gaps[code] <= best + 1)

    def old_region(self, name: str, tiers: tuple[str, ...] = tuple(HOW)) -> OldRegion | None:
        """Return the pre-2015 region that ``name`` names, or None."""
        for tier in tiers:
            found = self._old_regions.codes(tier, name)
            if len(found) == 1:
                return self.old_regions[next(iter(found))]
        return None

    def point(self, code: str, name: str = "") -> Point | None:
        """Return where to put a site known only by its unit.

        The town of that name in the unit, else its most populous town, else a
        point inside the unit; None when nothing is known.
        """
        places = self._places.get(code, ())
        unit = self.units.get(code)
        wanted = {keys(n).compact for n in (name, unit.name_fr if unit else "") if n}
        if places:
            best = max(places, key=lambda p: (keys(p.name_fr).compact in wanted, p.population))
            return Point(best.lon, best.lat, "town")
        inside = self._inside(code) if self._inside else None
        return Point(inside[0], inside[1], "unit") if inside else None


def distance(one: str, other: str) -> int:
    """Return the number of letters to add, drop or change between two words."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def kilometres(lon: float, lat: float, other: Point) -> float:
    """Return the distance in km from a point to another, near enough to compare."""
    east = (other.lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(east, other.lat - lat)
