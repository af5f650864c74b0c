# SPDX-License-Identifier: GPL-2.0-or-later
"""A record as it is compared with others: its name read, its place, its telephones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from sys import intern
from typing import Any, NamedTuple

from ..places.gazetteer import Gazetteer
from ..places.names import stems
from .lexicon import Lexicon, load_lexicon
from .names import Name, NameReader, TownNames
from .words import one_slip

Record = Mapping[str, Any]
_UNKNOWN_INSTITUTIONS = ("", "AUTRE")
_SHORTEST_MISSPELT = 4  # letters of a town's name
#: The columns of a record that its sign is read from.
COMPARED = (
    "site_id", "name_fr", "name_ar", "institution_code", "commune_code", "kind", "phone",
    "phone_2", "lon", "lat", "precision", "address_fr", "address_ar", "external_id",
)  # fmt: skip
#: Precisions of a position that is the building's own and not its town's.
_PRECISE = ("entrance", "street")


class Town(NamedTuple):
    """Where a record says that it is; a city of several arrondissements is one town."""

    code: str = ""
    province: str = ""
    region: str = ""


class Sign(NamedTuple):
    """What a record is recognised by."""

    key: str
    names: tuple[Name, ...]
    kinds: frozenset[str]
    numbers: tuple[int, ...]
    institution: str
    town: Town
    phones: tuple[str, ...]
    position: tuple[float, float] | None
    address: str
    external_id: str


class SignReader:
    """Reads records into signs; with a gazetteer it knows the names of their towns."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.lexicon: Lexicon = load_lexicon()
        self._read_name = NameReader(self.lexicon).read
        self._gazetteer = gazetteer
        self._town = lru_cache(maxsize=None)(self._town_and_names)
        self._town_names = lru_cache(maxsize=None)(self._names_of)
        self._names_town = lru_cache(maxsize=65536)(self._is_town)
        self._own_names = lru_cache(maxsize=None)(self._long_names)
        self._bearers = lru_cache(maxsize=65536)(self._units_called)
        self._kinds = lru_cache(maxsize=4096)(self._finest)

    def sign(self, record: Record) -> Sign:
        """Return what a record of the table ``site`` is recognised by."""
        return self.sign_of(map(record.get, COMPARED))

    def sign_of(self, values: Iterable[Any]) -> Sign:
        """Return what a record is recognised by, given its values in the columns ``COMPARED``."""
        (
            key, name_fr, name_ar, institution, commune, kind, phone, phone_2, lon, lat, precision,
            address_fr, address_ar, external_id,
        ) = values  # fmt: skip
        town, towns = self._town(commune or "")
        institution = institution or ""
        if institution in _UNKNOWN_INSTITUTIONS:
            institution = ""
        read = self._read_name
        names = tuple([read(text, institution, towns) for text in (name_fr, name_ar) if text])
        one = names[0] if len(names) == 1 else None  # as most records have
        named, numbers = (one.kinds, one.numbers) if one else _together(names)
        return Sign(
            key or "",
            names,
            self._kinds(named, kind or ""),
            numbers,
            intern(institution),
            town,
            tuple([number for number in (phone, phone_2) if number]),
            None if lon is None or precision not in _PRECISE else (lon, lat),
            address_fr or address_ar or "",
            external_id or "",
        )

    def _town_and_names(self, code: str) -> tuple[Town, TownNames]:
        town = self._town_of(code)
        return town, self._town_names(town)

    def _town_of(self, code: str) -> Town:
        unit = self._gazetteer.units.get(code) if self._gazetteer else None
        if unit is None:
            return Town(code, ".".join(code.split(".")[:2]), code[:2])
        return Town(unit.city_code or code, unit.province_code or "", unit.region_code or "")

    def _names_of(self, town: Town) -> TownNames:
        units = self._gazetteer.units if self._gazetteer else {}
        names = (
            name
            for code in (town.code, town.province)
            if code in units
            for name in (units[code].name_fr, units[code].name_ar)
        )
        longest = max((len(stems(name)) for name in names), default=1)
        return TownNames(partial(self._names_town, town), longest)

    def _is_town(self, town: Town, form: str) -> bool:
        """Tell whether some words are the name, or the region's code, of a town.

        What the prefectures of a city are called is also the name of one of its quarters.
        """
        if form == town.region:
            return True
        bearers = self._bearers(form)
        if town.code in bearers or not self._gazetteer:
            return town.code in bearers
        if town.province in bearers:
            return not self._gazetteer.named_in_city(form, town.code)
        return not bearers and self._misspells(town.code, form.replace(" ", ""))

    def _misspells(self, code: str, form: str) -> bool:
        return any(one_slip(form, name) for name in self._own_names(code))

    def _long_names(self, code: str) -> tuple[str, ...]:
        """Return a town's names in one word, if long enough to be known when misspelt."""
        unit = self._gazetteer.units.get(code) if self._gazetteer else None
        names = ["".join(stems(name)) for name in (unit.name_fr, unit.name_ar)] if unit else []
        return tuple(name for name in names if len(name) >= _SHORTEST_MISSPELT)

    def _units_called(self, form: str) -> tuple[str, ...]:
        """Return the codes of the communes, cities and provinces that some words may name."""
        if self._gazetteer is None:
            return ()
        named = self._gazetteer.named
        return named(form, "communal").codes + named(form, "province").codes

    def _finest(self, named: frozenset[str], stated: str) -> frozenset[str]:
        """Return the kinds that a record may be of: as its name says, made finer by its type."""
        if not stated:
            return named
        above = self.lexicon.ancestors(stated)
        if not named or not named.isdisjoint(above):
            return frozenset((stated,))
        finer = frozenset(kind for kind in named if stated in self.lexicon.ancestors(kind))
        return finer or named


def _together(names: Sequence[Name]) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the kinds that the first names with a kind give, and all numbers, sorted."""
    kinds = next((name.kinds for name in names if name.kinds), frozenset())
    return kinds, tuple(sorted(set().union(*(name.numbers for name in names))))
