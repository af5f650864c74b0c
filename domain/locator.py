# SPDX-License-Identifier: GPL-2.0-or-later
"""From a point to the commune, province and region that hold it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from .errors import MissingDependency
from .place_rows import Unit

TOLERANCE = 500.0
"""Metres out at sea within which a point still belongs to the nearest commune: quays
and beaches lie beyond a simplified coast."""

_METRES_PER_DEGREE = 111_200.0
_FEW = 8


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
    shapely 1.8 and 2.x; raises MissingDependency without it.
    """

    def __init__(self, shapes: Iterable[tuple[Unit, bytes]], tolerance: float = TOLERANCE):
        self._contains, from_wkb, self._point, tree = _shapely()
        pairs = sorted(shapes, key=lambda pair: pair[0].code)
        self._units = [unit for unit, _ in pairs]
        self._polygons = [from_wkb(shape) for _, shape in pairs]
        self._bounds = [polygon.bounds for polygon in self._polygons]
        self._tree = tree(self._polygons)
        self._rank = {id(polygon): rank for rank, polygon in enumerate(self._polygons)}
        self._tolerance = tolerance

    def locate(self, lon: float, lat: float) -> Located | None:
        """Return the units that hold a point, or None (at sea, abroad, or no number)."""
        return self.locate_many([lon], [lat])[0]

    def locate_many(self, lons: Sequence[float], lats: Sequence[float]) -> list[Located | None]:
        """Return the units that hold each point, in the order of the points.

        On a line between two communes, the one whose code comes first.
        """
        x = np.asarray(lons, dtype=float)
        y = np.asarray(lats, dtype=float)
        ranks = self._containing(x, y) if len(x) > _FEW else np.full(len(x), -1)
        known = [self._located(unit) for unit in self._units]
        answers = [known[rank] if rank >= 0 else None for rank in ranks.tolist()]
        for i in np.flatnonzero((ranks < 0) & np.isfinite(x) & np.isfinite(y)).tolist():
            answers[i] = self._beside(x[i], y[i])
        return answers

    def _containing(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the rank of the polygon that has each point inside, -1 for none.

        Each polygon is asked once, about the points of its bounding box only.
        """
        ranks = np.full(len(x), -1)
        order = np.argsort(x, kind="stable")
        sorted_x, sorted_y = x[order], y[order]
        for rank, (west, south, east, north) in enumerate(self._bounds):
            first, last = np.searchsorted(sorted_x, (west, east), side="left")
            band = sorted_y[first:last]
            near = np.flatnonzero((band >= south) & (band <= north)) + first
            if len(near):
                inside = self._contains(self._polygons[rank], sorted_x[near], sorted_y[near])
                ranks[order[near[inside]]] = rank
        return ranks

    def _beside(self, lon: float, lat: float) -> Located | None:
        """Return the unit that a point lies in, on the edge of, or just outside of."""
        point = self._point(lon, lat)
        shrink = max(math.cos(math.radians(lat)), 0.1)
        reach = point.buffer(self._tolerance / _METRES_PER_DEGREE / shrink)
        gaps = sorted(
            (self._metres(point, self._polygons[rank], shrink), rank)
            for rank in map(self._to_rank, self._tree.query(reach))
        )
        if not gaps or gaps[0][0] > self._tolerance:
            return None
        return self._located(self._units[gaps[0][1]], nearest=gaps[0][0] > 0)

    def _to_rank(self, found) -> int:
        """Return the rank of what a tree found: shapely 1.8 gives polygons, 2.x numbers."""
        return int(found) if isinstance(found, (int, np.integer)) else self._rank[id(found)]

    @staticmethod
    def _metres(point, polygon, shrink: float) -> float:
        """Return the metres from a point to a polygon, good to a few in a thousand."""
        from shapely.ops import nearest_points

        if polygon.intersects(point):
            return 0.0
        other = nearest_points(polygon, point)[0]
        return _METRES_PER_DEGREE * math.hypot((other.x - point.x) * shrink, other.y - point.y)

    @staticmethod
    def _located(unit: Unit, nearest: bool = False) -> Located:
        return Located(unit.code, unit.province_code, unit.region_code, unit.city_code, nearest)


def _shapely() -> tuple:
    """Return the four things needed of shapely, under the names of its version."""
    try:
        import shapely
        from shapely.geometry import Point
        from shapely.strtree import STRtree
        from shapely.wkb import loads
    except ImportError as error:
        raise MissingDependency(
            "Finding the commune of a point needs the Python library shapely, which is not "
            "installed. Install it (Debian, Ubuntu: apt install python3-shapely; elsewhere: "
            "python3 -m pip install shapely), then start QGIS again."
        ) from error
    if hasattr(shapely, "contains_xy"):
        return _prepared_contains(shapely), loads, Point, STRtree
    from shapely.vectorized import contains

    return contains, loads, Point, STRtree


def _prepared_contains(shapely):
    def contains(polygon, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        shapely.prepare(polygon)
        return shapely.contains_xy(polygon, x, y)

    return contains
