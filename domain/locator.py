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
        self._contains, from_wkb, self._point = _shapely()
        pairs = sorted(shapes, key=lambda pair: pair[0].code)
        self._answers = [_located(unit) for unit, _ in pairs]
        self._polygons = [from_wkb(shape) for _, shape in pairs]
        self._boxes = np.array([polygon.bounds for polygon in self._polygons]).reshape(-1, 4)
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
        firsts = np.searchsorted(sorted_x, self._boxes[:, 0], side="left")
        lasts = np.searchsorted(sorted_x, self._boxes[:, 2], side="right")
        for rank in np.flatnonzero(lasts > firsts).tolist():
            first, last = firsts[rank], lasts[rank]
            band = sorted_y[first:last]
            near = np.flatnonzero((band >= self._boxes[rank, 1]) & (band <= self._boxes[rank, 3]))
            if len(near):
                near += first
                inside = self._contains(self._polygons[rank], sorted_x[near], sorted_y[near])
                ranks[order[near[inside]]] = rank
        return ranks

    def _beside(self, lon: float, lat: float) -> Located | None:
        """Return the unit that a point lies on the edge of, or just outside of."""
        shrink = max(math.cos(math.radians(lat)), 0.1)
        up = self._tolerance / _METRES_PER_DEGREE
        reach = np.array([lon + up / shrink, lat + up, lon - up / shrink, lat - up])
        low = (self._boxes[:, :2] <= reach[:2]).all(axis=1)
        high = (self._boxes[:, 2:] >= reach[2:]).all(axis=1)
        point = self._point(lon, lat)
        gaps = sorted(
            (self._metres(point, self._polygons[rank], shrink), rank)
            for rank in np.flatnonzero(low & high).tolist()
        )
        if not gaps or gaps[0][0] > self._tolerance:
            return None
        return self._answers[gaps[0][1]]._replace(nearest=gaps[0][0] > 0)

    @staticmethod
    def _metres(point, polygon, shrink: float) -> float:
        """Return the metres from a point to a polygon, good to a few in a thousand."""
        from shapely.ops import nearest_points

        if polygon.intersects(point):
            return 0.0
        other = nearest_points(polygon, point)[0]
        return _METRES_PER_DEGREE * math.hypot((other.x - point.x) * shrink, other.y - point.y)


def _located(unit: Unit) -> Located:
    return Located(unit.code, unit.province_code, unit.region_code, unit.city_code)


def _shapely() -> tuple:
    """Return what is needed of shapely: points in a polygon, its reader and its Point."""
    try:
        import shapely
        from shapely.geometry import Point
        from shapely.wkb import loads
    except ImportError as error:
        raise MissingDependency(
            "Finding the commune of a point needs the Python library shapely, which is not "
            "installed. Install it (Debian, Ubuntu: apt install python3-shapely; elsewhere: "
            "python3 -m pip install shapely), then start QGIS again."
        ) from error
    if hasattr(shapely, "contains_xy"):
        return _prepared_contains(shapely), loads, Point
    from shapely.vectorized import contains

    return contains, loads, Point


def _prepared_contains(shapely):
    def contains(polygon, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        shapely.prepare(polygon)
        return shapely.contains_xy(polygon, x, y)

    return contains
