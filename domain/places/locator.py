# SPDX-License-Identifier: GPL-2.0-or-later
"""From a point to the commune, province and region that hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..errors import MissingDependency
from .rows import Unit

TOLERANCE = 500.0
"""Metres out at sea within which a point still belongs to the nearest commune: quays
and beaches lie beyond a simplified coast."""

_METRES_PER_DEGREE = 111_200.0


class Located(NamedTuple):
    """The units that hold a point; ``nearest`` when it lies just outside of them."""

    code: str
    province_code: str | None
    region_code: str | None
    city_code: str | None = None
    nearest: bool = False


class Locator:
    """Communes and arrondissements as polygons in degrees (EPSG:4326).

    ``shapes`` are pairs of a unit and its polygon as well-known binary. Works with
    shapely 1.8 and 2.x; raises MissingDependency without it. The boxes of the polygons
    are compared in numpy: for some 1,500 of them this is as quick as shapely's STRtree,
    whose answers differ between the two versions.
    """

    def __init__(self, shapes: Iterable[tuple[Unit, bytes]], tolerance: float = TOLERANCE):
        self._shapely = _shapely()
        pairs = sorted(shapes, key=lambda pair: pair[0].code)
        self._answers = [_located(unit) for unit, _ in pairs]
        self._polygons, self._boxes = self._shapely.polygons([shape for _, shape in pairs])
        self._tolerance = tolerance

    def locate(self, lon: float, lat: float) -> Located | None:
        """Return the units that hold a point, or None (at sea, abroad, or no number)."""
        return self.locate_many([lon], [lat])[0]

    def locate_many(self, lons: Sequence[float], lats: Sequence[float]) -> list[Located | None]:
        """Return the units that hold each point, in the order of the points.

        On a line between two communes, the one whose code comes first.
        """
        x, y = np.asarray(lons, dtype=float), np.asarray(lats, dtype=float)
        ranks = self._containing(x, y)
        answers = [self._answers[rank] if rank >= 0 else None for rank in ranks.tolist()]
        outside = np.flatnonzero((ranks < 0) & np.isfinite(x) & np.isfinite(y))
        for place, answer in self._beside(x[outside], y[outside]):
            answers[outside[place]] = answer
        return answers

    def _containing(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the rank of the polygon that has each point inside, -1 for none."""
        ranks = np.full(len(x), -1)
        for rank, near in self._meetings(x, y, 0.0, 0.0):
            inside = self._shapely.contains(self._polygons[rank], x[near], y[near])
            ranks[near[inside]] = rank
        return ranks

    def _beside(self, x: np.ndarray, y: np.ndarray) -> Iterator[tuple[int, Located]]:
        """Yield which points lie on the edge of a unit or just outside of it, and of which.

        Metres are good to a few in a thousand; of two units as near, the first code.
        """
        shrink = np.maximum(np.cos(np.radians(y)), 0.1)
        up = self._tolerance / _METRES_PER_DEGREE
        met = list(self._meetings(x, y, up / shrink, up))
        if not met:
            return
        ranks = np.repeat([rank for rank, _ in met], [len(near) for _, near in met])
        places = np.concatenate([near for _, near in met])
        east, north = self._shapely.gaps([self._polygons[r] for r in ranks], x[places], y[places])
        metres = _METRES_PER_DEGREE * np.hypot(east * shrink[places], north)
        taken = set()
        for i in np.lexsort((ranks, metres)):
            if metres[i] <= self._tolerance and places[i] not in taken:
                taken.add(places[i])
                yield places[i], self._answers[ranks[i]]._replace(nearest=bool(metres[i] > 0))

    def _meetings(
        self, x: np.ndarray, y: np.ndarray, east: np.ndarray | float, north: float
    ) -> Iterator[tuple[int, np.ndarray]]:
        """Yield each polygon with the points that its box, made larger by a reach, holds.

        The reach is in degrees; eastwards it may differ from point to point.
        """
        order = np.argsort(x, kind="stable")
        sorted_x, sorted_y = x[order], y[order]
        reach = np.broadcast_to(east, x.shape)[order]
        farthest = reach.max(initial=0.0)
        west, south, right, top = self._boxes.T
        firsts = np.searchsorted(sorted_x, west - farthest, side="left")
        lasts = np.searchsorted(sorted_x, right + farthest, side="right")
        for rank in np.flatnonzero(lasts > firsts).tolist():
            band = slice(firsts[rank], lasts[rank])
            near = (sorted_y[band] >= south[rank] - north) & (sorted_y[band] <= top[rank] + north)
            near &= sorted_x[band] + reach[band] >= west[rank]
            near &= sorted_x[band] - reach[band] <= right[rank]
            if near.any():
                yield rank, order[band][near]


def _located(unit: Unit) -> Located:
    return Located(unit.code, unit.province_code, unit.region_code, unit.city_code)


class _Shapely(NamedTuple):
    """What is needed of shapely, in whatever version is there.

    ``polygons`` reads well-known binary and gives the polygons and their boxes;
    ``contains`` tells which points one polygon has inside; ``gaps`` gives, pair by pair,
    the degrees east and north from a point to the nearest one of a polygon.
    """

    polygons: Callable[[Sequence[bytes]], tuple[Sequence, np.ndarray]]
    contains: Callable[[Any, np.ndarray, np.ndarray], np.ndarray]
    gaps: Callable[[Sequence, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def _shapely() -> _Shapely:
    try:
        import shapely
    except ImportError as error:
        raise MissingDependency(
            "Finding the commune of a point needs the Python library shapely, which is not "
            "installed. Install it (Debian, Ubuntu: apt install python3-shapely; elsewhere: "
            "python3 -m pip install shapely), then start QGIS again."
        ) from error
    return _shapely_2() if hasattr(shapely, "contains_xy") else _shapely_1()


def _shapely_2() -> _Shapely:
    import shapely

    def polygons(shapes: Sequence[bytes]) -> tuple[Sequence, np.ndarray]:
        made = shapely.from_wkb(np.array(shapes, dtype=object))
        return made, shapely.bounds(made).reshape(-1, 4)

    def contains(polygon, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        shapely.prepare(polygon)
        return shapely.contains_xy(polygon, x, y)

    def gaps(found: Sequence, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lines = shapely.shortest_line(np.array(found, dtype=object), shapely.points(x, y))
        ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 0]
        return ends[:, 0] - x, ends[:, 1] - y

    return _Shapely(polygons, contains, gaps)


def _shapely_1() -> _Shapely:
    from shapely.geometry import Point
    from shapely.ops import nearest_points
    from shapely.vectorized import contains
    from shapely.wkb import loads

    def polygons(shapes: Sequence[bytes]) -> tuple[Sequence, np.ndarray]:
        made = [loads(shape) for shape in shapes]
        return made, np.array([polygon.bounds for polygon in made]).reshape(-1, 4)

    def gaps(found: Sequence, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        points = [Point(*each) for each in zip(x.tolist(), y.tolist())]
        near = [nearest_points(polygon, point)[0] for polygon, point in zip(found, points)]
        return np.array([one.x for one in near]) - x, np.array([one.y for one in near]) - y

    return _Shapely(polygons, contains, gaps)
