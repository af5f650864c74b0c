# SPDX-License-Identifier: GPL-2.0-or-later
"""A store as a GeoPackage: its creation through GDAL and its connection.

GDAL makes the file, its tables and its spatial index. Rows are then written through
``sqlite3`` with bound values; the spatial index's own triggers ask the application for the
``ST_`` functions of the GeoPackage standard (clause 3.1.3, R-tree extension), given here.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from osgeo import gdal, ogr, osr

from ...domain.errors import NotAStore, StoreBusy, StoreError
from ...domain.schema import Field, Schema, Table
from ..file_uri import file_uri
from ..sql import GEOMETRY, SRS_ID, default_clause

Connection = TypeVar("Connection", bound=sqlite3.Connection)
_POINT = struct.Struct("<2sBBiBIdd")
_PATIENCE = 10.0  # seconds that somebody else's writing is waited for
_TYPES = {
    "integer": ogr.OFTInteger64,
    "date": ogr.OFTDate,
    "datetime": ogr.OFTDateTime,
}


def create_file(path: Path, schema: Schema) -> None:
    """Make the tables of a store in a new file; nothing is left behind on failure."""
    if path.exists():
        raise StoreError("{path} exists already: open it, or choose another name.", path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=".gpkg", prefix=".new-", dir=str(path.parent))
    except OSError as error:
        raise StoreError(
            "The store {path} could not be made: {reason}", path=path, reason=error.strerror
        ) from error
    os.close(handle)
    scratch = Path(name)
    scratch.unlink()  # GDAL wants to make the file itself
    try:
        add_tables(scratch, schema.tables, new=True)
        scratch.replace(path)
    except (RuntimeError, OSError) as error:  # GDAL's, the system's
        raise StoreError(
            "The store {path} could not be made: {reason}", path=path, reason=error
        ) from error
    finally:
        scratch.unlink(missing_ok=True)


def add_tables(path: Path, tables: tuple[Table, ...], new: bool = False) -> None:
    """Create tables in a file through GDAL (which also writes the GeoPackage's registers)."""
    with _gdal_errors():
        driver = gdal.GetDriverByName("GPKG")
        if new:
            dataset = driver.Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        else:
            dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        for table in tables:
            _add_table(dataset, table)
        dataset.FlushCache()
        del dataset


def _add_table(dataset, table: Table) -> None:
    srs = None
    kind = ogr.wkbNone
    options = ["FID=fid", f"IDENTIFIER={table.label['fr']}"]
    if table.geometry:
        srs = osr.SpatialReference()
        srs.ImportFromEPSG(SRS_ID)
        kind = getattr(ogr, f"wkb{table.geometry}")
        options.append(f"GEOMETRY_NAME={GEOMETRY}")
    layer = dataset.CreateLayer(table.name, srs, kind, options)
    for field in table.fields:
        layer.CreateField(_definition(field))


def _definition(field: Field):
    definition = ogr.FieldDefn(field.name, _TYPES.get(field.type, ogr.OFTString))
    if field.type == "json":
        definition.SetSubType(ogr.OFSTJSON)
    definition.SetNullable(field.required != "always")
    definition.SetUnique(field.unique)
    if field.default:
        definition.SetDefault(default_clause(field))
    return definition


@contextmanager
def _gdal_errors() -> Iterator[None]:
    """Let GDAL raise instead of printing, and put its setting back."""
    before = gdal.GetUseExceptions()
    gdal.UseExceptions()
    try:
        yield
    finally:
        if not before:
            gdal.DontUseExceptions()


def connect(path: Path, factory: type[Connection]) -> Connection:
    """Open a store's file; NotAStore if it is no SQLite file, StoreBusy if it can't be opened.

    Nothing stays open on failure: Windows neither moves nor deletes a file that is.
    """
    if not path.is_file():
        raise NotAStore("{path} does not exist: create a store there first.", path=path)
    try:
        with path.open("rb") as handle:
            magic = handle.read(16)
    except OSError as error:
        raise StoreBusy(
            "{path} cannot be read: {reason}.", path=path, reason=error.strerror
        ) from error
    if magic != b"SQLite format 3\0":
        raise NotAStore("{path} is not a GeoPackage. It was left untouched.", path=path)
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    try:
        connection = sqlite3.connect(
            file_uri(path.resolve(), f"mode={mode}"),
            uri=True,
            isolation_level=None,
            timeout=_PATIENCE,
            check_same_thread=False,
            factory=factory,
        )
        try:
            _prepare(connection)
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as error:
        raise busy(path, error) from error
    except sqlite3.DatabaseError as error:
        raise NotAStore(
            "{path} cannot be opened as a store: {reason}.", path=path, reason=error
        ) from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    for name, function in _FUNCTIONS.items():
        connection.create_function(name, 1, function)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("PRAGMA cache_size = -12288")  # 12 MB: imports touch many indexes


def busy(path: Path, error: Exception) -> StoreBusy:
    """Return why a file that is a store cannot be used just now."""
    if any(word in str(error) for word in ("locked", "busy")):
        return StoreBusy(
            "{path} is being written by another program (another QGIS?). Nothing was "
            "changed: close its edits there, then try again.",
            path=path,
        )
    return StoreBusy("{path} cannot be read: {reason}.", path=path, reason=error)


def point_blob(lon: float | None, lat: float | None) -> bytes | None:
    """Return a WGS 84 point as a GeoPackage geometry (clause 2.1.3), None for no position."""
    if lon is None or lat is None:
        return None
    return _POINT.pack(b"GP", 0, 1, SRS_ID, 1, 1, float(lon), float(lat))


def point_of(blob: bytes | None) -> tuple[float | None, float | None]:
    """Return longitude and latitude of a GeoPackage point, (None, None) if there is none."""
    box = box_of(blob)
    return (None, None) if box is None else (box[0], box[2])


def spatial_index(table: Table) -> str:
    """Return the name that GDAL gives to the spatial index of a table."""
    return f"rtree_{table.name}_{GEOMETRY}"


def box_of(blob: bytes | None) -> tuple[float, float, float, float] | None:
    """Return min x, max x, min y, max y from the envelope, or from the point itself."""
    if not blob or blob[:2] != b"GP" or blob[3] & 0x10:
        return None
    order = "<" if blob[3] & 1 else ">"
    envelope = (blob[3] >> 1) & 7
    if envelope:
        return struct.unpack_from(order + "4d", blob, 8)
    order = "<" if blob[8] == 1 else ">"
    x, y = struct.unpack_from(order + "2d", blob, 13)
    return None if x != x else (x, x, y, y)


def _side(index: int):
    def side(blob):
        box = box_of(blob)
        return None if box is None else box[index]

    return side


_FUNCTIONS = {
    "ST_IsEmpty": lambda blob: None if blob is None else int(box_of(blob) is None),
    "ST_MinX": _side(0),
    "ST_MaxX": _side(1),
    "ST_MinY": _side(2),
    "ST_MaxY": _side(3),
}
