# SPDX-License-Identifier: GPL-2.0-or-later
"""The country as the sheets draw it: areas as polygons, limits as single lines.

Neighbours share their edges exactly in ``data/morocco.gpkg``, so each limit is found, and
drawn, once; and the limits that must not be drawn at all are left out by name of the two
regions they part.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from qgis.core import QgsGeometry

from ....domain.places import Place
from ....store.boundaries import BOUNDARIES, changed, opened, wkb

_QUERIES = {
    "region": "SELECT code, name_fr, name_ar, code, geom FROM region ORDER BY code",
    "province": "SELECT code, name_fr, name_ar, region_code, geom FROM province ORDER BY code",
    "commune": "SELECT code, name_fr, name_ar, region_code, geom FROM commune ORDER BY code",
    "neighbour": "SELECT iso, name_fr, name_ar, '', geom FROM neighbour ORDER BY iso",
    "river": "SELECT level, '', '', '', geom FROM river ORDER BY level",
}
_PLACES = (
    "SELECT name_fr, name_ar, population, commune_code, city_code, geom FROM place ORDER BY fid"
)
_CREDITS = "SELECT text FROM credit ORDER BY fid"
#: Coordinates are compared to 1e-7 degrees, a centimetre.
_PRECISION = 1e7


@dataclass(frozen=True)
class Area:
    """An area or line of the base map, in degrees."""

    code: str
    name_fr: str
    name_ar: str
    region_code: str
    wkb: bytes

    def geometry(self) -> QgsGeometry:
        """Return a geometry of its own, which the caller may change."""
        geometry = QgsGeometry()
        geometry.fromWkb(self.wkb)
        return geometry

    def rings(self) -> tuple[np.ndarray, ...]:
        """Return the rings of a polygon or multipolygon as arrays of (x, y)."""
        return wkb_rings(self.wkb)


@dataclass(frozen=True)
class Boundaries:
    """All tables of the boundaries file, its towns, and the lines of credit."""

    tables: Mapping[str, tuple[Area, ...]]
    places: tuple[Place, ...]
    credits: tuple[str, ...]

    def areas(self, table: str, region_code: str = "") -> tuple[Area, ...]:
        """Return a table's areas, of one region only if it is named."""
        return tuple(area for area in self.tables[table] if region_code in ("", area.region_code))


def load_boundaries(path: Path = BOUNDARIES) -> Boundaries:
    """Read the boundaries file, once; StoreError if it is missing or another file."""
    return _load(str(path), changed(path))


@lru_cache(maxsize=2)
def _load(path: str, _mtime: int) -> Boundaries:
    with opened(path) as database:
        tables = {
            name: tuple(
                Area(str(row[0]), row[1], row[2], row[3], wkb(row[4]))
                for row in database.execute(query)
            )
            for name, query in _QUERIES.items()
        }
        places = tuple(_place(row) for row in database.execute(_PLACES))
        return Boundaries(tables, places, tuple(row[0] for row in database.execute(_CREDITS)))


def _place(row: tuple) -> Place:
    name_fr, name_ar, population, commune_code, city_code, geometry = row
    lon, lat = struct.unpack_from("<dd", wkb(geometry), 5)
    return Place(name_fr, name_ar or "", lon, lat, (), population or 0, commune_code, city_code)


def wkb_rings(data: bytes) -> tuple[np.ndarray, ...]:
    """Return the rings of a little-endian (multi)polygon without Z or M."""
    rings: list[np.ndarray] = []
    kind, count = struct.unpack_from("<II", data, 1)
    position, polygons = (9, count) if kind == 6 else (0, 1)
    for _ in range(polygons):
        ring_count = struct.unpack_from("<I", data, position + 5)[0]
        position += 9
        for _ in range(ring_count):
            points = struct.unpack_from("<I", data, position)[0]
            rings.append(np.frombuffer(data, "<f8", points * 2, position + 4).reshape(-1, 2))
            position += 4 + 16 * points
    return tuple(rings)


class Limits:
    """The limits around and inside a region as lines in degrees, each once."""

    def __init__(self, boundaries: Boundaries, without: Sequence[Sequence[str]]) -> None:
        self._boundaries = boundaries
        self._regions = {area.code: _edges([area]) for area in boundaries.areas("region")}
        self._hidden = np.concatenate(
            [np.zeros((0, 2), dtype=np.int64), *(self._shared(*pair) for pair in without)]
        )

    def _shared(self, one: str, other: str) -> np.ndarray:
        """Return the edges that two regions share."""
        first, second = self._regions[one], self._regions[other]
        codes = _codes(first, second)
        return first[np.isin(codes[0], codes[1])]

    def of_region(self, code: str) -> dict[str, QgsGeometry]:
        """Return a region's limits by kind, region, province and commune, each line once."""
        region = self._regions[code]
        provinces = _edges(self._boundaries.areas("province", code))
        communes = _edges(self._boundaries.areas("commune", code))
        return {
            "region": self._line(region),
            "province": self._line(provinces, region),
            "commune": self._line(communes, region, provinces),
        }

    def of_all_regions(self) -> QgsGeometry:
        """Return the limits of all regions, each line once."""
        return self._line(np.concatenate(list(self._regions.values())))

    def around_all_regions(self) -> QgsGeometry:
        """Return the country's outline."""
        every = np.concatenate(list(self._regions.values()))
        (codes,) = _codes(every)
        _, first, counts = np.unique(codes, return_index=True, return_counts=True)
        return self._line(every[np.sort(first[counts == 1])])

    def between_regions(self) -> QgsGeometry:
        """Return the limits between regions, without the country's outline."""
        every = np.concatenate(list(self._regions.values()))
        (codes,) = _codes(every)
        _, first, counts = np.unique(codes, return_index=True, return_counts=True)
        return self._line(every[np.sort(first[counts > 1])])

    def _line(self, edges: np.ndarray, *without: np.ndarray) -> QgsGeometry:
        """Return edges as lines, each once, without others and without the hidden ones."""
        own, *others = _codes(edges, *without, self._hidden)
        kept = np.zeros(len(edges), dtype=bool)
        kept[np.unique(own, return_index=True)[1]] = True
        return _lines(edges, kept & ~np.isin(own, np.concatenate(others)))


def _edges(areas: Iterable[Area]) -> np.ndarray:
    """Return the edges of areas as pairs of points, in the order in which they follow."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    for area in areas:
        for ring in area.rings():
            keys = _key(ring)
            pairs = np.column_stack([keys[:-1], keys[1:]])
            found.append(pairs[pairs[:, 0] != pairs[:, 1]])
    return np.concatenate(found)


def _codes(*groups: np.ndarray) -> list[np.ndarray]:
    """Return a number for each edge of several groups, the same whichever way an edge runs.

    Numbers compare many times as fast as pairs.
    """
    points, ranks = np.unique(np.concatenate(groups), return_inverse=True)
    ranks = np.sort(ranks.reshape(-1, 2), axis=1)
    codes = ranks[:, 0] * len(points) + ranks[:, 1]
    return np.split(codes, np.cumsum([len(group) for group in groups])[:-1])


def _key(points: np.ndarray) -> np.ndarray:
    """Pack a point into one integer: longitude in the upper, latitude in the lower half."""
    whole = np.rint((points + [180.0, 90.0]) * _PRECISION).astype(np.int64)
    return (whole[:, 0] << 32) | whole[:, 1]


def _points(keys: np.ndarray) -> np.ndarray:
    return np.column_stack([keys >> 32, keys & 0xFFFFFFFF]) / _PRECISION - [180.0, 90.0]


def _lines(edges: np.ndarray, kept: np.ndarray) -> QgsGeometry:
    """Return the kept edges as lines: each as long as edges follow each other."""
    if not kept.any():
        return QgsGeometry()
    numbers = np.nonzero(kept)[0]
    follows = (np.diff(numbers) == 1) & (edges[numbers[1:], 0] == edges[numbers[:-1], 1])
    parts = np.split(numbers, np.nonzero(~follows)[0] + 1)
    head = struct.pack("<BII", 1, 5, len(parts))
    return _geometry(head + b"".join(_line(edges[part]) for part in parts))


def _line(edges: np.ndarray) -> bytes:
    """Return edges that follow each other as the WKB of a line."""
    points = _points(np.append(edges[:, 0], edges[-1, 1]))
    return struct.pack("<BII", 1, 2, len(points)) + points.astype("<f8").tobytes()


def _geometry(data: bytes) -> QgsGeometry:
    geometry = QgsGeometry()
    geometry.fromWkb(data)
    return geometry
