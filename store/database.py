# SPDX-License-Identifier: GPL-2.0-or-later
"""A store: create, open, read, write in transactions.

``create_store`` and ``open_store`` return a ``Store``. Rows are plain dictionaries of the
schema's columns; a site's position is its ``lon`` and ``lat`` (degrees, WGS 84), both None
when it is not known.
"""

from __future__ import annotations

import getpass
import shutil
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..domain.errors import CarteError, StoreBusy, StoreError
from ..domain.schema import Schema, Table, load_schema
from . import geopackage, migrations
from .geopackage import GEOMETRY, point_blob, point_of
from .institutions import institution_row, known_institutions
from .sql import compose

Row = dict[str, Any]


def create_store(location: str, schema: Schema | None = None) -> Store:
    """Make an empty store with its closed lists and the committee's institutions."""
    schema = schema or load_schema()
    path = _path(location)
    geopackage.create_file(path, schema)
    try:
        connection = geopackage.connect(path)
        migrations.migrate(connection, path, schema)
        store = Store(str(path), connection, schema)
        with store.transaction():
            members = [row for row in known_institutions() if row["member"] == "yes"]
            store.insert("institution", (institution_row(row, schema) for row in members))
    except BaseException:
        path.unlink()
        raise
    return store


def open_store(location: str, schema: Schema | None = None) -> Store:
    """Open a store; one of an older version is copied beside itself, then migrated.

    Raises NotAStore, StoreTooNew or StoreBusy; the file is then untouched.
    """
    schema = schema or load_schema()
    path = _path(location)
    connection = geopackage.connect(path)
    try:
        if migrations.pending(connection, schema, str(path)):
            _copy_before_migration(path, connection)
            migrations.migrate(connection, path, schema)
    except sqlite3.OperationalError as error:
        connection.close()
        raise _busy(path, error) from error
    except BaseException:
        connection.close()
        raise
    return Store(str(path), connection, schema)


def _path(location: str) -> Path:
    if location.startswith("PG:"):
        raise StoreError("This version keeps its stores in GeoPackage files (.gpkg) only.")
    path = Path(location)
    if path.suffix.lower() != ".gpkg":
        raise StoreError(f"{location}: a store is a file that ends in .gpkg.")
    return path


def _copy_before_migration(path: Path, connection: sqlite3.Connection) -> Path:
    """Keep the store as it was under its own name and the moment of its migration."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.stem}.before-{stamp}.gpkg")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    shutil.copy2(path, copy)
    return copy


def _busy(path: Path, error: sqlite3.Error) -> StoreError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreBusy(
            f"{path} is being written by another program (another QGIS?). Nothing was changed: "
            "close its edits there, then try again."
        )
    if "readonly" in text:
        return StoreBusy(f"{path} is read-only. Nothing was changed: ask for write access.")
    if "full" in text:
        return StoreBusy(f"The disk of {path} is full. Nothing was changed: make room first.")
    return StoreError(f"{path}: {text}")


def account() -> str:
    """Return the name of the computer's account, which the history notes as the author."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return ""


class Store:
    """An open store. Close it, or use it as a context manager."""

    def __init__(self, location: str, connection: sqlite3.Connection, schema: Schema) -> None:
        self.location = location
        self.schema = schema
        self._connection = connection

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back; everything committed is in it."""
        self._connection.close()

    def rows(self, table: str, **where: Any) -> list[Row]:
        """Return the rows of a table whose columns equal the given values, in file order."""
        columns = self._columns(self.schema.table(table))
        statement = compose("SELECT {columns} FROM {table}", columns=columns, table=table)
        if where:
            conditions = [compose("{name} IS ?", name=name) for name in where]
            statement = " ".join((statement, "WHERE", " AND ".join(conditions)))
        with self._speaking():
            found = self._connection.execute(statement + " ORDER BY fid", tuple(where.values()))
            return [_unpacked(row) for row in found]

    def count(self, table: str, **where: Any) -> int:
        """Return how many rows have these values."""
        statement = compose("SELECT count(*) FROM {table}", table=table)
        if where:
            conditions = [compose("{name} IS ?", name=name) for name in where]
            statement = " ".join((statement, "WHERE", " AND ".join(conditions)))
        with self._speaking():
            return self._connection.execute(statement, tuple(where.values())).fetchone()[0]

    def check_writable(self) -> None:
        """Raise StoreBusy now rather than after long work if the store cannot be written."""
        with self.transaction():
            pass

    def state(self) -> int:
        """Return a number that grows with every change that the history records."""
        with self._speaking():
            return self._connection.execute("SELECT ifnull(max(fid), 0) FROM change").fetchone()[0]

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows (a missing key gets a UUID, a missing column its default); return how many."""
        definition = self.schema.table(table)
        added = 0
        with self._speaking():
            for row in rows:
                record = self._packed(definition, row)
                if not record.get(definition.key):
                    record[definition.key] = str(uuid.uuid4())
                columns = tuple(record)
                self._connection.execute(_insertion(table, columns), tuple(record.values()))
                added += 1
        return added

    def update(self, table: str, key: str, changes: Mapping[str, Any]) -> None:
        """Change columns of one row; StoreError if there is no such row."""
        definition = self.schema.table(table)
        record = self._packed(definition, changes, complete=False)
        assignments = ", ".join(compose("{name} = ?", name=name) for name in record)
        statement = " ".join(
            (
                compose("UPDATE {table} SET", table=table),
                assignments,
                compose("WHERE {key} = ?", key=definition.key),
            )
        )
        with self._speaking():
            done = self._connection.execute(statement, (*record.values(), key))
        if done.rowcount != 1:
            raise StoreError(f"{self.location}: no {table} has the identifier {key}.")

    def delete(self, table: str, key: str) -> None:
        """Delete one row; StoreError if others refer to it or there is none."""
        definition = self.schema.table(table)
        statement = compose("DELETE FROM {table} WHERE {key} = ?", table=table, key=definition.key)
        with self._speaking():
            done = self._connection.execute(statement, (key,))
        if done.rowcount != 1:
            raise StoreError(f"{self.location}: no {table} has the identifier {key}.")

    @contextmanager
    def transaction(self, batch_id: str = "", by: str = "") -> Iterator[None]:
        """All or nothing; the history notes the batch and the author of what is written."""
        with self._speaking():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            with self._speaking():
                self._context(batch_id=batch_id, by=by or account())
            yield
            with self._speaking():
                self._context()
                self._refresh_extent()
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _context(self, **values: str) -> None:
        self._connection.execute("DELETE FROM carte_context")
        rows = [(name, value) for name, value in values.items() if value]
        self._connection.executemany("INSERT INTO carte_context VALUES (?, ?)", rows)

    def _refresh_extent(self) -> None:
        """Keep GeoPackage's register of contents true, as GDAL does for its own writes."""
        for table in self.schema.tables:
            if not table.geometry:
                continue
            index = f"rtree_{table.name}_{GEOMETRY}"
            box = self._connection.execute(
                compose(
                    "SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index}", index=index
                )
            ).fetchone()
            self._connection.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
                "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?",
                (*box, table.name),
            )

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turn the database's errors into sentences."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _busy(Path(self.location), error) from error
        except sqlite3.IntegrityError as error:
            raise StoreError(f"{self.location}: {error}") from error

    def _columns(self, table: Table) -> list[str]:
        return [*table.names, *([GEOMETRY] if table.geometry else [])]

    def _packed(self, table: Table, row: Mapping[str, Any], complete: bool = True) -> Row:
        """Return the values as the database keeps them; unknown columns are an error."""
        record: Row = {}
        for name, value in row.items():
            if name in ("lon", "lat") and table.geometry:
                continue
            if name not in table.names:
                raise CarteError(f"The table {table.name} has no column {name}.")
            if not (complete and value is None):
                record[name] = value
        if table.geometry and "lon" in row:
            record[GEOMETRY] = point_blob(row["lon"], row.get("lat"))
        return record


@lru_cache(maxsize=512)
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    return compose(
        "INSERT INTO {table} ({columns}) VALUES ({marks})",
        table=table,
        columns=columns,
        marks=len(columns),
    )


def _unpacked(row: Sequence) -> Row:
    record = dict(row)
    if GEOMETRY in record:
        record["lon"], record["lat"] = point_of(record.pop(GEOMETRY))
    return record
