# SPDX-License-Identifier: GPL-2.0-or-later
"""The country's units and towns under all their names, from plain rows.

This is the dictionary only; ``domain.places`` reads what people write with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, Optional

from ..text import fold, is_arabic
from .name_index import HOW, TIERS, NameIndex, distance
from .names import COMMON_WORDS, keys, stems
from .rows import COMMUNAL, Alias, OldRegion, Place, Point, Unit

Within = Optional[Callable[[Unit], bool]]
RANKS = ("own", "other")


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
        self._names: dict[tuple[str, str], NameIndex] = defaultdict(NameIndex)
        self._in_city: dict[str, NameIndex] = defaultdict(NameIndex)
        self._old_regions = NameIndex()
        self._stems: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._longer_towns: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._places: dict[str, list[Place]] = defaultdict(list)
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        for unit in self.units.values():
            self._add_unit(unit)
        for alias in aliases:
            self._add_alias(alias)
        for place in places:
            self._add_place(place)

    def _add_unit(self, unit: Unit) -> None:
        for name in (unit.name_fr, unit.name_ar):
            self._names["own", level_of(unit)].add(name, unit.code)
            if unit.level in COMMUNAL:
                self._add_stems(stems(name), unit)
            if unit.city_code in self.units:
                self._add_in_city(name, unit)
            for part in name.split("-") if unit.level == "province" and "-" in name else ():
                self._names["own", "part of province"].add(part, unit.code)

    def _add_stems(self, form: tuple[str, ...], unit: Unit) -> None:
        self._stems[unit.code].add(form)
        for length in range(1, len(form)) if unit.urban else ():
            if not set(form[:length]) <= COMMON_WORDS:
                self._longer_towns[form[:length]].add(unit.code)

    def _add_in_city(self, name: str, unit: Unit) -> None:
        """Know an arrondissement inside its city, without the city's name too."""
        city = self.units[unit.city_code or ""]
        self._in_city[city.code].add(name, unit.code)
        for whole in (city.name_fr, city.name_ar):
            part = f" {fold(name)} ".replace(f" {fold(whole)} ", " ").strip()
            if part and part != fold(name):
                self._in_city[city.code].add(part, unit.code)
                self._names["own", "communal"].add(part, unit.code)

    def _add_alias(self, alias: Alias) -> None:
        if alias.kind == "was_in":
            self.former_provinces[alias.name] = alias.codes
            return
        for code in alias.codes:
            self._aliases[code].append(alias)
        for name in (alias.name, alias.name_ar):
            if alias.kind == "old_region":
                old = OldRegion(alias.name, alias.name_ar, alias.codes)
                self.old_regions[alias.name] = old
                self._old_regions.add(name, alias.name)
            elif fold(name):
                self._add_other_name(name, alias)

    def _add_other_name(self, name: str, alias: Alias) -> None:
        rank = "own" if alias.kind == "name" else "other"
        for unit in (self.units[code] for code in alias.codes if code in self.units):
            if unit.city_code in self.units:
                self._add_in_city(name, unit)
            if alias.kind != "local":
                self._names[rank, level_of(unit)].add(name, unit.code, by_sound=rank == "own")

    def _add_place(self, place: Place) -> None:
        code = self._unit_of(place)
        if code is None:
            return
        self._places[code].append(place)
        unit = self.units[code]
        names: tuple[str, ...] = (place.name_fr, place.name_ar)
        if unit.level != "city" or keys(place.name_fr).sound == keys(unit.name_fr).sound:
            names += place.spellings  # those of a quarter ("Medina") do not tell its city
        for name in names:
            if _tells(name):
                self._names["other", "communal"].add(name, code, by_sound=False)

    def other_names(self, code: str) -> tuple[str, ...]:
        """Return the names that people also give a unit: old, foreign, short, other spellings.

        Names that differ only by case, accents or marks are given once, the unit's own never.
        """
        unit = self.units[code]
        names = [one for alias in self._aliases[code] for one in (alias.name, alias.name_ar)]
        for place in self._places[code]:
            if keys(place.name_fr).sound == keys(unit.name_fr).sound:
                names += (place.name_fr, place.name_ar, *place.spellings)
        own = {fold(unit.name_fr), fold(unit.name_ar), ""}
        found = {fold(name): name for name in reversed(names)}
        return tuple(name for key, name in reversed(found.items()) if key not in own)

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

    def forms_in_city(self, city_code: str) -> set[str]:
        """Return the compact forms of the names that may mean a city or what it is made of."""
        indexes = [self._names[rank, "communal"] for rank in RANKS]
        begun = {"".join(form) for form, codes in self._longer_towns.items() if city_code in codes}
        own = {form for index in indexes for form in index.forms(city_code)}
        return begun | own | self._in_city[city_code].forms()

    def named(
        self,
        name: str,
        level: str,
        within: Within = None,
        tiers: tuple[str, ...] = TIERS,
        ranks: tuple[str, ...] = RANKS,
    ) -> Match:
        """Return the units of ``level`` (communal, province, region) that bear ``name``.

        The strictest tier that finds any wins; ``own`` names, the census's, win over
        ``other`` spellings, old names and towns'. ``within`` keeps only some units.
        """
        for rank in ranks:
            for tier in tiers:
                found = self._names[rank, level].find(name, tier)
                codes = {code for code in found if within is None or within(self.units[code])}
                if codes and rank == "own" and level == "communal":
                    codes |= self._towns_called(name, tier, codes, within)
                if codes:
                    how = HOW[tier] if rank == "own" else "other name"
                    return Match(tuple(sorted(codes)), how)
        return Match((), "")

    def _towns_called(self, name: str, tier: str, bearers: set[str], within: Within) -> set[str]:
        """Return the towns that people call ``name``, as well as the units that bear it.

        A bigger town beside rural communes only (Rissani is the town of Moulay Ali
        Cherif, Er-Rissani the commune around it), or one called so for short
        (« Dcheira » for Dcheira El Jihadia: known under it, or five times as big).
        """
        most = max(self.units[code].population for code in bearers)
        known = self._names["other", "communal"].find(name, tier)
        if tier == "compact":
            known |= self._names["other", "communal"].find(name, "exact")
        longer = self._longer_towns.get(stems(name), set())
        rural = not any(self.units[code].urban for code in bearers)
        towns = (known if rural else known & longer) | {
            code for code in longer if self.units[code].population > 5 * most
        }
        return {
            code
            for code in towns - bearers
            if self.units[code].urban
            and self.units[code].population > most
            and (within is None or within(self.units[code]))
        }

    def old_region(self, name: str, tiers: tuple[str, ...] = TIERS) -> OldRegion | None:
        """Return the pre-2015 region that ``name`` names, or None."""
        for tier in tiers:
            found = self._old_regions.find(name, tier)
            if len(found) == 1:
                return self.old_regions[next(iter(found))]
        return None

    def short_for(self, name: str, within: Callable[[Unit], bool]) -> tuple[str, ...]:
        """Return the communal units of which ``name`` is a shorter or a longer form.

        It begins theirs (« Boumalne »), adds a market's day or a word as common
        (« Khemis Zemamra »), or has their words in another order.
        """
        wanted = stems(name)

        def fits(form: tuple[str, ...]) -> bool:
            same = sorted(form) == sorted(wanted)
            return same or _begins(form, wanted) or _adds(form, wanted)

        return self._with_form(within, fits)

    def misspelt(self, name: str, within: Callable[[Unit], bool]) -> tuple[str, ...]:
        """Return the communal units whose name differs from ``name`` by vowels or a letter."""
        wanted = keys(name)

        def near(form: tuple[str, ...]) -> bool:
            whole = "".join(form)
            if wanted.bones and wanted.bones == keys(" ".join(form)).bones:
                most = len(whole) if len(wanted.bones) > 3 else len(whole) // 3
            else:
                most = 1 if len(whole) > 4 else 0
            longer = abs(len(whole) - len(wanted.compact)) > most
            return not longer and distance(whole, wanted.compact) <= most

        return self._with_form(within, near)

    def _with_form(self, within: Callable, fits: Callable) -> tuple[str, ...]:
        return tuple(
            code
            for code, forms in sorted(self._stems.items())
            if within(self.units[code]) and any(fits(form) for form in forms)
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


def _adds(form: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    kept = tuple(stem for stem in wanted if stem in form)
    added = [stem for stem in wanted if stem not in form]
    return bool(added) and kept == form and all(stem in COMMON_WORDS for stem in added)
