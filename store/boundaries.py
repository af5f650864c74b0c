# SPDX-License-Identifier: GPL-2.0-or-later
"""The country's boundaries and towns, read from ``data/morocco.gpkg``.

The file ships with the plugin and is only read: through sqlite3, because opening a
GeoPackage with GDAL may leave journal files beside it. Both loaders keep what they
read until the file changes.
"""

from __future__ import annotations

import csv
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ..domain.errors import StoreError
from ..domain.places import Alias, Gazetteer, Locator, Place, Unit
from .file_uri import file_uri

DATA = Path(__file__).resolve().parents[1] / "data"
BOUNDARIES = DATA / "morocco.gpkg"
OLD_NAMES = DATA / "old_names.csv"

_UNITS = (
    "SELECT 'region', code, name_fr, name_ar, NULL, code, NULL, 0 FROM region",
    "SELECT 'province', code, name_fr, name_ar, code, region_code, NULL, 0 FROM province",
    "SELECT 'city', code, name_fr, name_ar, province_code, region_code, NULL,"
    " coalesce(population, 0) FROM city",
    "SELECT CASE WHEN city_code IS NULL THEN 'commune' ELSE 'arrondissement' END, code, name_fr,"
    " name_ar, province_code, region_code, city_code, coalesce(population, 0)"
    " FROM commune",
)
_PLACES = "SELECT name_fr, name_ar, spellings, population, commune_code, city_code, geom FROM place"
_SHAPES = ("SELECT code, geom FROM commune", "SELECT code, geom FROM city")
_ENVELOPE_DOUBLES = (0, 4, 6, 6, 8)


def load_gazetteer(path: str | Path = BOUNDARIES) -> Gazetteer:
    """Return the gazetteer of a boundaries file; raise StoreError if it cannot be read."""
    return _gazetteer(str(path), changed(path))


def load_units(path: str | Path = BOUNDARIES) -> Mapping[str, Unit]:
    """Return the units of a boundaries file by code, without all the names they are found by.

    Raise StoreError if the file cannot be read.
    """
    return _units(str(path), changed(path))


def load_locator(path: str | Path = BOUNDARIES) -> Locator:
    """Return the locator of a boundaries file.

    Raise StoreError if the file cannot be read, MissingDependency without shapely.
    """
    return _locator(str(path), changed(path))


def load_shapes(path: str | Path = BOUNDARIES) -> Mapping[str, bytes]:
    """Return the outlines (WKB) of communes, arrondissements and cities, by code."""
    return _shapes(str(path), changed(path))


@contextmanager
def places_at_hand(path: str | Path = BOUNDARIES) -> Iterator[None]:
    """Read the gazetteer and the locator in a thread of its own, while the block does its work.

    What is wrong with them is said to whoever asks for them.
    """

    def read() -> None:
        load_gazetteer(path)
        load_locator(path)

    with ThreadPoolExecutor(max_workers=1) as threads:
        threads.submit(read)  # what it raises is left there
        yield


def changed(path: str | Path) -> int:
    """Return when a boundaries file was last written, in ns; StoreError if it cannot be read."""
    try:
        return Path(path).stat().st_mtime_ns
    except OSError as error:
        raise StoreError(
            "The boundaries file {path} is missing or cannot be read ({reason}). Install the "
            "plugin again.",
            path=path,
            reason=error.strerror,
        ) from error


@lru_cache(maxsize=4)
def _gazetteer(path: str, mtime: int) -> Gazetteer:
    with opened(path) as database:
        places = [_place(row) for row in database.execute(_PLACES)]
    units = _units(path, mtime).values()
    return Gazetteer(units, places, _aliases(), lambda unit: _point_inside(path, mtime, unit))


@lru_cache(maxsize=4)
def _units(path: str, _mtime: int) -> Mapping[str, Unit]:
    with opened(path) as database:
        units = [Unit(*row) for query in _UNITS for row in database.execute(query)]
    return MappingProxyType({unit.code: unit for unit in units})


@lru_cache(maxsize=4)
def _locator(path: str, mtime: int) -> Locator:
    shapes = _outlines(path)  # it takes its own form of them: not kept twice
    communes = (
        unit for unit in _units(path, mtime).values() if unit.level in ("commune", "arrondissement")
    )
    return Locator((unit, shapes[unit.code]) for unit in communes)


@lru_cache(maxsize=4)
def _shapes(path: str, _mtime: int) -> dict[str, bytes]:
    return _outlines(path)


def _outlines(path: str) -> dict[str, bytes]:
    with opened(path) as database:
        rows = [row for query in _SHAPES for row in database.execute(query)]
    return {code: wkb(geometry) for code, geometry in rows}


@contextmanager
def opened(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Give a connection that reads a boundaries file; StoreError if it is missing or another."""
    changed(path)
    uri = file_uri(Path(path).resolve(), "mode=ro&immutable=1")
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database:
            database.execute("PRAGMA temp_store = MEMORY")  # sorted on a full disk too
            yield database
    except sqlite3.Error as error:
        raise StoreError(
            "The boundaries file {path} is not the one this plugin needs ({reason}). Install "
            "the plugin again.",
            path=path,
            reason=error,
        ) from error


def _place(row: tuple) -> Place:
    name_fr, name_ar, spellings, population, commune_code, city_code, geometry = row
    lon, lat = _coordinates(geometry)
    others = tuple(spelling for spelling in (spellings or "").split("|") if spelling)
    return Place(name_fr, name_ar or "", lon, lat, others, population or 0, commune_code, city_code)


def _aliases() -> list[Alias]:
    with OLD_NAMES.open(encoding="utf-8", newline="") as lines:
        return [
            Alias(row["name"], row["kind"], tuple(row["codes"].split("|")), row["name_ar"])
            for row in csv.DictReader(lines)
        ]


def wkb(geometry: bytes) -> bytes:
    """Return the well-known binary inside a GeoPackage geometry (its header: OGC 12-128r15)."""
    return geometry[8 + 8 * _ENVELOPE_DOUBLES[(geometry[3] >> 1) & 0x07] :]


def _coordinates(geometry: bytes) -> tuple[float, float]:
    point = wkb(geometry)
    lon, lat = struct.unpack_from("<dd" if point[0] else ">dd", point, 5)
    return lon, lat


def _point_inside(path: str, mtime: int, unit: Unit) -> tuple[float, float] | None:
    """Return a point inside a communal unit, asked only where no town is known."""
    from osgeo import ogr

    shape = _shapes(path, mtime).get(unit.code)
    point = ogr.CreateGeometryFromWkb(shape).PointOnSurface() if shape else None
    return (point.GetX(), point.GetY()) if point else None
