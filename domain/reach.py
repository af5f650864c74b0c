# SPDX-License-Identifier: GPL-2.0-or-later
"""How many people live near a service: distances from communes to the nearest of each group.

Distances are geodesic on the ellipsoid WGS 84 (Karney 2013, through pyproj). The nearest are
first looked for by the straight line through the earth, which orders neighbours as the geodesic
does but for a very small part; all that come within that part are then measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

#: Kilometres within which people are counted.
RADII = (5, 10, 25)
#: The group of all services.
ALL = ("all", "")

_EQUATOR = 6378137.0  # metres, WGS 84
_FLATTENING = 1 / 298.257223563
# How much longer a nearest neighbour's straight line may be than the shortest: over a country's
# length (2,400 km) curvatures differ by 1 % between directions, which moves the ratio of
# geodesic to straight line (1 + d² / 24 R²) by less than 2e-4.
_MARGIN = 1.0005
_ROUNDING = 1.0  # square metres; what is lost in sums of squares of millions of metres is 0.01
_AT_ONCE = 64  # communes: their squares to 10,000 places fill some 3 MB, near a cache's size

Group = tuple[str, str]


@dataclass(frozen=True)
class Reach:
    """Distances from communes to the nearest service of each group.

    ``communes`` are codes, ``population`` people, ``metres`` an array of groups by communes,
    infinite where a group has no service at all.
    """

    communes: tuple[str, ...]
    population: np.ndarray
    groups: tuple[Group, ...]
    metres: np.ndarray

    def distances(self, group: Group) -> np.ndarray:
        """Return metres from each commune to the nearest service of a group."""
        return self.metres[self.groups.index(group)]

    def people_within(
        self, group: Group, kilometres: float, among: np.ndarray | None = None
    ) -> int:
        """Return how many people live within a distance, the limit included.

        ``among`` (one truth value a commune) counts some communes only.
        """
        near = self.distances(group) <= 1000 * kilometres
        return int(self.population[near if among is None else near & among].sum())


def nearest(
    communes: Sequence[tuple[float, float]],
    services: Sequence[tuple[float, float]],
    members: Sequence[Sequence[int]],
) -> np.ndarray:
    """Return metres from each commune to the nearest service of each group: groups by communes.

    Points are longitudes and latitudes in degrees; ``members`` are, group by group, the places
    of its services in ``services``. A group without any is infinitely far.
    """
    from pyproj import Geod

    metres = np.full((len(members), len(communes)), np.inf)
    if not len(communes) or not len(services):
        return metres
    here = np.asarray(communes, dtype=float)
    there, place = np.unique(np.asarray(services, dtype=float), axis=0, return_inverse=True)
    place = place.ravel()  # numpy 2.0 gives it another shape
    chosen = [np.unique(place[np.asarray(one, dtype=int)]) for one in members]
    centre = _cartesian(there).mean(axis=0)
    groups, rows, columns = _pairs(_cartesian(here) - centre, _cartesian(there) - centre, chosen)
    lines = Geod(ellps="WGS84").inv(*here[rows].T, *there[columns].T)[2]
    np.minimum.at(metres, (groups, rows), lines)
    return metres


def _pairs(
    here: np.ndarray, there: np.ndarray, chosen: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the groups, communes and places of all pairs that may be the nearest."""
    found = [
        part
        for start in range(0, len(here), _AT_ONCE)
        for part in _pairs_from(here[start : start + _AT_ONCE], start, there, chosen)
    ]
    if not found:
        nothing = np.empty(0, dtype=int)
        return nothing, nothing, nothing
    groups, rows, columns = (np.concatenate(one) for one in zip(*found))
    return groups, rows, columns


def _pairs_from(
    here: np.ndarray, start: int, there: np.ndarray, chosen: Sequence[np.ndarray]
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    squares = here @ (-2 * there.T)
    squares += (here**2).sum(axis=1)[:, np.newaxis]
    squares += (there**2).sum(axis=1)
    squares = squares.astype(np.float32)  # seven digits tell candidates, in half the memory
    for group, places in enumerate(chosen):
        if not len(places):
            continue
        mine = squares[:, places]
        limit = mine.min(axis=1, keepdims=True) * _MARGIN**2 + _ROUNDING
        rows, columns = np.nonzero(mine <= limit)
        yield np.full(len(rows), group), rows + start, places[columns]


def _cartesian(points: np.ndarray) -> np.ndarray:
    """Return geocentric coordinates in metres of points on the ellipsoid."""
    lon, lat = np.radians(points).T
    square = _FLATTENING * (2 - _FLATTENING)
    normal = _EQUATOR / np.sqrt(1 - square * np.sin(lat) ** 2)
    return np.column_stack(
        (
            normal * np.cos(lat) * np.cos(lon),
            normal * np.cos(lat) * np.sin(lon),
            normal * (1 - square) * np.sin(lat),
        )
    )
