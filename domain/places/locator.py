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
_LEAST = 0.1  # of a degree of longitude's length at the equator: farther north nobody asks
_CELL = 0.1  # degrees: few communes in each, and not too many cells for the largest
_COLUMN = 1 << 20  # cells are numbered by columns
_NO_CELL = np.iinfo(np.int64).min
_FARTHEST = 1e4  # degrees: what is farther is in no cell


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
    shapely 1.8 and 2.x; raises MissingDependency without it. Which polygons may hold a
    point is told by a grid in numpy, for one point as for 100,000: shapely's STRtree gives
    other answers in either version.
    """

    def __init__(self, shapes: Iterable[tuple[Unit, bytes]], tolerance: float = TOLERANCE):
        self._shapely = _shapely()
        pairs = sorted(shapes, key=lambda pair: pair[0].code)
        self._answers = [_located(unit) for unit, _ in pairs]
        self._polygons, self._boxes = self._shapely.polygons([shape for _, shape in pairs])
        self._tolerance = tolerance
        up = tolerance / _METRES_PER_DEGREE
        self._grid = _Grid(self._boxes + np.array((-up / _LEAST, -up, up / _LEAST, up)))

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
        shrink = np.maximum(np.cos(np.radians(y)), _LEAST)
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
        places, ranks = self._grid.near(x, y)
        near_x, near_y = x[places], y[places]
        reach = np.broadcast_to(east, x.shape)[places]
        west, south, right, top = self._boxes[ranks].T
        met = (near_y >= south - north) & (near_y <= top + north)
        met &= (near_x + reach >= west) & (near_x - reach <= right)
        places, ranks = places[met], ranks[met]
        order = np.argsort(ranks, kind="stable")
        known, firsts = np.unique(ranks[order], return_index=True)
        yield from zip(known.tolist(), np.split(places[order], firsts[1:]))


class _Grid:
    """Boxes (west, south, east, north, in degrees) by the square cells that they touch."""

    def __init__(self, boxes: np.ndarray) -> None:
        west, south, east, north = np.floor(boxes / _CELL).astype(np.int64).T
        columns, rows = east - west + 1, north - south + 1
        which, within = _runs(columns * rows)
        column, row = np.divmod(within, rows[which])
        cells = (west[which] + column) * _COLUMN + south[which] + row
        order = np.argsort(cells, kind="stable")
        self._boxes = which[order]
        self._cells, self._firsts = np.unique(cells[order], return_index=True)
        self._counts = np.diff(self._firsts, append=len(cells))

    def near(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return pairs, of a point's place and the rank of a box in its cell."""
        places = np.flatnonzero((np.abs(x) <= _FARTHEST) & (np.abs(y) <= _FARTHEST))
        column, row = (np.floor(one[places] / _CELL).astype(np.int64) for one in (x, y))
        cells = column * _COLUMN + row
        found = np.searchsorted(self._cells, cells)
        known = np.append(self._cells, _NO_CELL)[found] == cells
        places, found = places[known], found[known]
        which, within = _runs(self._counts[found])
        return places[which], self._boxes[self._firsts[found][which] + within]


def _runs(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for runs of these lengths in a row, which run it is and the place in it."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)


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
    from shapely.prepared import prep
    from shapely.vectorized import contains
    from shapely.wkb import loads

    def polygons(shapes: Sequence[bytes]) -> tuple[Sequence, np.ndarray]:
        made = [loads(shape) for shape in shapes]
        boxes = np.array([polygon.bounds for polygon in made]).reshape(-1, 4)
        return list(map(prep, made)), boxes  # prepared once: few points are asked for at a time

    def gaps(found: Sequence, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        points = [Point(*each) for each in zip(x.tolist(), y.tolist())]
        near = [nearest_points(one.context, point)[0] for one, point in zip(found, points)]
        return np.array([one.x for one in near]) - x, np.array([one.y for one in near]) - y

    return _Shapely(polygons, contains, gaps)
