# SPDX-License-Identifier: GPL-2.0-or-later
"""The plain rows that the gazetteer is made of."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

COMMUNAL = frozenset({"commune", "arrondissement", "city"})
"""Levels at which a site can be placed."""


@dataclass(frozen=True)
class Unit:
    """A region, province, commune, arrondissement, or a city made of arrondissements."""

    level: str
    code: str
    name_fr: str
    name_ar: str
    province_code: str | None = None
    region_code: str | None = None
    city_code: str | None = None
    population: int = 0

    @property
    def urban(self) -> bool:
        """Tell whether the census counts it as a town (01 in the third place of its code)."""
        return self.level in COMMUNAL and self.code.split(".")[2:3] == ["01"]


@dataclass(frozen=True)
class Place:
    """A town or village as a point, with its other spellings and old names."""

    name_fr: str
    name_ar: str
    lon: float
    lat: float
    spellings: tuple[str, ...] = ()
    population: int = 0
    commune_code: str | None = None
    city_code: str | None = None


@dataclass(frozen=True)
class Alias:
    """Another name of a unit that the census does not give.

    ``kind``: ``name`` (as good as the census's own), ``local`` (an arrondissement's,
    understood only beside its city), ``old``, ``short``, ``exonym`` or ``other``.
    Two kinds say something else: ``old_region`` is one of the sixteen regions of
    1997, with the codes of today's regions that took its territory over; ``was_in``
    has for name the code of a province, and the codes of those it was cut from.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    name_ar: str = ""


@dataclass(frozen=True)
class OldRegion:
    """One of the sixteen regions of 1997-2015, and the regions that replaced it."""

    name_fr: str
    name_ar: str
    successors: tuple[str, ...]


class Point(NamedTuple):
    """A suggested position, and whether it is a ``town``'s centre or inside a ``unit``."""

    lon: float
    lat: float
    source: str


def kilometres(lon: float, lat: float, other: Point) -> float:
    """Return the distance in km from a point to another, near enough to compare."""
    east = (other.lon - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(east, other.lat - lat)
