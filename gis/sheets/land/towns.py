# SPDX-License-Identifier: GPL-2.0-or-later
"""Which towns a region's sheet names: the provinces' chief towns, then the largest others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Callable

from ....domain.places import Place, Unit
from ....domain.text import fold


@dataclass(frozen=True)
class Town:
    """A town to be named, in millimetres of the map."""

    x: float
    y: float
    name_fr: str
    name_ar: str
    chief: bool
    commune_code: str = ""
    city_code: str = ""

    def name(self, language: str) -> str:
        """Return its name in a language, in French if it has none."""
        return (self.name_ar if language == "ar" else self.name_fr) or self.name_fr

    @property
    def unit_code(self) -> str:
        """Code of the city, if it is one made of arrondissements, else of the commune."""
        return self.city_code or self.commune_code


def region_towns(
    places: Iterable[Place],
    units: Mapping[str, Unit],
    provinces: Sequence[Unit],
    chiefs: Mapping[str, str],
    paper: Callable[[float, float], tuple[float, float]],
) -> tuple[Town, ...]:
    """Return a region's towns in the order in which they deserve a name.

    ``places`` and ``units`` are the gazetteer's; ``chiefs`` names the chief towns that bear
    another name than their province, by the province's code.
    """
    codes = {province.code for province in provinces}
    by_province: dict[str, list[Place]] = {}
    for place in places:
        unit = units.get(place.commune_code or "")
        if unit is not None and unit.province_code in codes:
            by_province.setdefault(unit.province_code, []).append(place)
    chief_places = {
        id(_chief(province, found, chiefs.get(province.code, "")))
        for province in provinces
        for found in [by_province.get(province.code, [])]
    }
    every = [place for found in by_province.values() for place in found]
    every.sort(key=lambda place: (id(place) not in chief_places, -(place.population or 0)))
    return tuple(
        Town(
            *paper(place.lon, place.lat),
            place.name_fr,
            place.name_ar,
            id(place) in chief_places,
            place.commune_code or "",
            place.city_code or "",
        )
        for place in every
    )


def _chief(province: Unit, places: Sequence[Place], stated: str) -> Place | None:
    """Return the place that the charter states, or that the province is named after.

    Failing both, the largest.
    """
    largest_first = sorted(places, key=lambda place: -(place.population or 0))
    name = fold(stated or province.name_fr)
    for place in largest_first:
        own = fold(place.name_fr)
        if name.startswith(own) or (stated and own.endswith(name)):
            return place
    return largest_first[0] if largest_first else None


def spaced(towns: Sequence[Town], named: Sequence[tuple[float, float]], gap: float, most: int):
    """Yield towns that stand at least ``gap`` from each other and from what is named already.

    Chief towns always; of the others at most ``most``.
    """
    points, others = list(named), 0
    for town in towns:
        near = any((x - town.x) ** 2 + (y - town.y) ** 2 < gap**2 for x, y in points)
        if town.chief or (not near and others < most):
            others += not town.chief
            points.append((town.x, town.y))
            yield town
