# SPDX-License-Identifier: GPL-2.0-or-later
"""The country's units and towns under all their names, from plain rows.

This is the dictionary only; ``domain.places`` reads what people write with it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .name_index import HOW, TIERS, NameIndex, distance
from .place_names import COMMON_WORDS, keys, stems
from .place_rows import COMMUNAL, Alias, OldRegion, Place, Point, Unit
from .text import fold, is_arabic


class Match(NamedTuple):
    """The units found under a name, and as what kind of name."""

    codes: tuple[str, ...]
    how: str


def level_of(unit: Unit) -> str:
    """Return the level under which a unit's names are looked up."""
    return "communal" if unit.level in COMMUNAL else unit.level


class PlaceIndex:
    """Units and places of the country under all their names.

    ``units``, ``places`` and ``aliases`` are plain rows; ``inside`` gives a point
    inside a unit, and is asked only when no town is known there.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        places: Iterable[Place] = (),
        aliases: Iterable[Alias] = (),
        inside: Callable[[Unit], tuple[float, float] | None] | None = None,
    ):
        self.units = {unit.code: unit for unit in units}
        self.old_regions: dict[str, OldRegion] = {}
        self.former_provinces: dict[str, tuple[str, ...]] = {}
        self._inside = inside
        self._own: dict[str, NameIndex] = defaultdict(NameIndex)
        self._other: dict[str, NameIndex] = defaultdict(NameIndex)
        self._in_city: dict[str, NameIndex] = defaultdict(NameIndex)
        self._old_regions = NameIndex()
        self._stems: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._places: dict[str, list[Place]] = defaultdict(list)
        for unit in self.units.values():
            self._add_unit(unit)
        for alias in aliases:
            self._add_alias(alias)
        for place in places:
            self._add_place(place)

    def _add_unit(self, unit: Unit) -> None:
        for name in (unit.name_fr, unit.name_ar):
            self._own[level_of(unit)].add(name, unit.code)
            if unit.level in COMMUNAL:
                self._stems[unit.code].add(stems(name))
            if unit.city_code in self.units:
                self._add_in_city(name, unit)
            for part in name.split("-") if unit.level == "province" and "-" in name else ():
                self._other["part of province"].add(part, unit.code)

    def _add_in_city(self, name: str, unit: Unit) -> None:
        """Know an arrondissement inside its city, without the city's name too."""
        city = self.units[unit.city_code or ""]
        self._in_city[city.code].add(name, unit.code)
        for whole in (city.name_fr, city.name_ar):
            part = f" {fold(name)} ".replace(f" {fold(whole)} ", " ").strip()
            if part and part != fold(name):
                self._in_city[city.code].add(part, unit.code)
                self._own["communal"].add(part, unit.code)

    def _add_alias(self, alias: Alias) -> None:
        if alias.kind == "was_in":
            self.former_provinces[alias.name] = alias.codes
            return
        for name in (alias.name, alias.name_ar):
            if alias.kind == "old_region":
                old = OldRegion(alias.name, alias.name_ar, alias.codes)
                self.old_regions[alias.name] = old
                self._old_regions.add(name, alias.name)
            elif fold(name):
                self._add_other_name(name, alias)

    def _add_other_name(self, name: str, alias: Alias) -> None:
        indexes = self._own if alias.kind == "name" else self._other
        for unit in (self.units[code] for code in alias.codes if code in self.units):
            if unit.city_code in self.units:
                self._add_in_city(name, unit)
            if alias.kind != "local":
                indexes[level_of(unit)].add(name, unit.code, by_sound=alias.kind == "name")

    def _add_place(self, place: Place) -> None:
        code = self._unit_of(place)
        if code is None:
            return
        self._places[code].append(place)
        unit = self.units[code]
        if unit.level == "city" and keys(place.name_fr).sound != keys(unit.name_fr).sound:
            return  # a quarter of a divided city does not name the city
        for name in (place.name_fr, place.name_ar, *place.spellings):
            if _tells(name):
                self._other["communal"].add(name, code, by_sound=False)

    def _unit_of(self, place: Place) -> str | None:
        """Return the unit that a place's name stands for.

        In a divided city this is the city, unless the place bears the name of the
        arrondissement it lies in.
        """
        code = place.commune_code if place.commune_code in self.units else None
        if place.city_code not in self.units:
            return code
        names = [name for name in (place.name_fr, place.name_ar) if name]
        if code and any(code in self.named_in_city(n, place.city_code or "") for n in names):
            return code
        return place.city_code

    def named_in_city(self, name: str, city_code: str) -> tuple[str, ...]:
        """Return the codes of the arrondissements of a city that ``name`` may mean."""
        index = self._in_city.get(city_code)
        for tier in TIERS if index else ():
            found = index.find(name, tier) if index else ()
            if found:
                return tuple(sorted(found))
        return ()

    def named(
        self,
        name: str,
        level: str,
        within: Callable[[Unit], bool] | None = None,
        tiers: tuple[str, ...] = TIERS,
    ) -> Match:
        """Return the units of ``level`` (communal, province, region) that bear ``name``.

        The strictest tier that finds any wins, and at each tier a unit's own names
        win over other spellings and old names. ``within`` keeps only some units.
        """
        for tier in tiers:
            for indexes, how in ((self._own, HOW[tier]), (self._other, "other name")):
                found = indexes[level].find(name, tier)
                codes = tuple(sorted(c for c in found if within is None or within(self.units[c])))
                if codes:
                    return Match(codes, how)
        return Match((), "")

    def old_region(self, name: str, tiers: tuple[str, ...] = TIERS) -> OldRegion | None:
        """Return the pre-2015 region that ``name`` names, or None."""
        for tier in tiers:
            found = self._old_regions.find(name, tier)
            if len(found) == 1:
                return self.old_regions[next(iter(found))]
        return None

    def close_to(self, name: str, within: Callable[[Unit], bool]) -> tuple[str, ...]:
        """Return the communal units whose name is nearly ``name``.

        Nearly: one letter differs, or no more than vowels; it begins with ``name``
        (« Boumalne »); or ``name`` adds to it a market's day or a word as common
        (« Khemis Zemamra »).
        """
        wanted, bones, compact = stems(name), keys(name).bones, keys(name).compact
        found = []
        for code, forms in self._stems.items():
            if within(self.units[code]) and any(
                _nearly(wanted, compact, form) or (bones and bones == keys(" ".join(form)).bones)
                for form in forms
            ):
                found.append(code)
        return tuple(sorted(found))

    def bigger_towns(self, name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the towns commonly called ``name`` for short, much bigger than its bearers.

        « Dcheira » is a rural commune of the south, and 100,000 people's word for
        Dcheira El Jihadia.
        """
        wanted, most = stems(name), 5 * max(self.units[code].population for code in codes)
        return tuple(
            code
            for code, forms in self._stems.items()
            if self.units[code].urban
            and self.units[code].population > most
            and any(_begins(form, wanted) for form in forms)
        )

    def point(self, code: str, name: str = "") -> Point | None:
        """Return where to put a site known only by its unit.

        The town of that name in the unit, else its most populous town, else a
        point inside the unit; None when nothing is known.
        """
        unit = self.units.get(code)
        if unit is None:
            return None
        wanted = {keys(n).compact for n in (name, unit.name_fr) if n}
        places = self._places.get(code)
        if places:
            best = max(places, key=lambda p: (keys(p.name_fr).compact in wanted, p.population))
            return Point(best.lon, best.lat, "town")
        inside = self._inside(unit) if self._inside else None
        return Point(inside[0], inside[1], "unit") if inside else None


def _tells(name: str) -> bool:
    """Tell whether a spelling is a name at all: no airport code, no "Souk el Had"."""
    folded = fold(name)
    if not is_arabic(folded) and len(folded) < 4:
        return False
    return any(stem not in COMMON_WORDS for stem in stems(folded))


def _begins(form: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return (
        len(wanted) < len(form)
        and form[: len(wanted)] == wanted
        and any(stem not in COMMON_WORDS for stem in wanted)
    )


def _nearly(wanted: tuple[str, ...], compact: str, form: tuple[str, ...]) -> bool:
    whole = "".join(form)
    if len(compact) > 4 and abs(len(whole) - len(compact)) < 2 and distance(whole, compact) < 2:
        return True
    if _begins(form, wanted):
        return True
    added = [stem for stem in wanted if stem not in form]
    kept = tuple(stem for stem in wanted if stem in form)
    return bool(added) and kept == form and all(stem in COMMON_WORDS for stem in added)


def kilometres(lon: float, lat: float, other: Point) -> float:
    """Return the distance in km from a point to another, near enough to compare."""
    east = (other.lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(east, other.lat - lat)
