# SPDX-License-Identifier: GPL-2.0-or-later
"""The embedded backend: a GeoPackage as the connection behind a ``store.database.Store``.

All that a store asks of its database, and that differs from one to the other, is said by the
methods of this connection; ``store.postgres`` says the same for PostgreSQL.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from errno import EACCES, ENOSPC, EPERM, EROFS
from itertools import chain
from pathlib import Path

from ...domain.errors import StoreBusy, StoreError
from ...domain.schema import Schema, Table
from .. import bulk, migrations
from ..sql import compose, insertion
from . import geopackage, listing

# Values that one statement binds: with twice as many it takes 10 MB more. 999 before SQLite 3.32.
_BOUND = 16384 if sqlite3.sqlite_version_info >= (3, 32) else 999


class FileConnection(sqlite3.Connection):
    """A connection to a store's GeoPackage (made by ``geopackage.connect``)."""

    path: Path
    #: What says of a column that it is one of several values, and which place a code has.
    AMONG = "IN (SELECT value FROM json_each(?))"
    RANKED = "(SELECT value AS code, key AS place FROM json_each(?)) AS ranked"

    @property
    def location(self) -> str:
        """How the store is named in messages and opened again."""
        return str(self.path)

    def begin(self) -> None:
        """Start a transaction as the only writer; readers are not kept waiting."""
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep the transaction."""
        self.execute("COMMIT")

    def take_turn(self, _institution: str) -> None:
        """Nobody waits: a file has one writer at a time anyway."""

    def end_turn(self) -> None:
        """Nobody waited."""

    def state(self, _institution: str) -> int:
        """The number of the last change."""
        return self.execute("SELECT coalesce(max(fid), 0) FROM change").fetchone()[0]

    def records(self, statement: str, values: Sequence = ()) -> Iterator[dict]:
        """Return the rows that a statement finds, by column."""
        return map(dict, self.execute(statement, values))

    def note(self, context: Mapping[str, str]) -> None:
        """Tell the history's triggers who writes, and in which batch."""
        self.execute("DELETE FROM carte_context")
        rows = [(name, value) for name, value in context.items() if value]
        self.executemany("INSERT INTO carte_context VALUES (?, ?)", rows)

    def add(self, table: str, columns: tuple[str, ...], rows: Sequence[tuple]) -> None:
        """Add rows of values for these columns, as many at a time as a statement takes.

        That is a third faster than one by one, and leaves other threads more than moments in
        which to work: SQLite lets go of the interpreter once for each statement that it runs.
        """
        size = _BOUND // len(columns)
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            self.execute(insertion(table, columns, len(some)), tuple(chain.from_iterable(some)))

    def load(self, schema: Schema, tables: Sequence[Table], lots: Iterable[bulk.Lot]) -> int:
        """Add lots, all or none, with their rules and their history; return how many."""
        return bulk.load_together(self, schema, tables, lots)

    def change(self, table: Table, rows: Iterable[tuple[str, bulk.Row]]) -> list[str]:
        """Change rows, given by key and as they are kept; return the keys that are not there."""
        return bulk.update_each(self, table, rows)

    def settle(self, schema: Schema) -> None:
        """Keep GeoPackage's register of contents true, as GDAL does for its own writes."""
        for table in schema.tables:
            if not table.geometry:
                continue
            index = geopackage.spatial_index(table)
            box = self.execute(
                compose(
                    "SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index}", index=index
                )
            ).fetchone()
            self.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
                "last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE table_name = ?",
                (*box, table.name),
            )

    def explained(self, error: Exception) -> StoreError:
        """Return an error of the database as a sentence."""
        text = str(error)
        number = error.errno if isinstance(error, OSError) else None
        if "locked" in text or "busy" in text:
            return geopackage.busy(self.path, error)
        if "readonly" in text or number in (EACCES, EPERM, EROFS):
            return StoreBusy(
                "{path} is read-only. Nothing was changed: ask for write access.", path=self.path
            )
        if "full" in text or number == ENOSPC:
            return StoreBusy(
                "The disk of {path} is full. Nothing was changed: make room first.", path=self.path
            )
        if isinstance(error, OSError):
            reason = error.strerror or text
            return StoreError(
                "{path} cannot be opened as a store: {reason}.", path=self.path, reason=reason
            )
        return StoreError(
            "{store} refused the record: {reason}. Nothing was changed.",
            store=self.path,
            reason=text,
        )

    tables_schema = ""  # a file has none

    def institutions(self) -> frozenset[str] | None:
        """Whose records may be written; None: whoever has the file may write all of it."""
        return None

    @contextmanager
    def unruled(self, schema: Schema):
        """Write without rules nor history: for what another store has checked already."""
        migrations.drop_triggers(self)
        yield
        migrations.add_triggers(self, schema)
        listing.forget_listing(self)

    def list_sites(self, schema: Schema) -> None:
        """Bring the list of sites up to date."""
        listing.list_missing(self, schema)

    @staticmethod
    def many(values: Iterable) -> str:
        """Return several values as one to bind, for ``AMONG`` and ``RANKED``."""
        return json.dumps(list(values))

    def discard(self, _schema: Schema) -> None:
        """Take back a store that was just made."""
        self.close()
        self.path.unlink(missing_ok=True)

    @staticmethod
    def packed(lon: float | None, lat: float | None) -> bytes | None:
        """Return a position as the database keeps it."""
        return geopackage.point_blob(lon, lat)

    @staticmethod
    def unpacked(value: bytes | None) -> tuple[float | None, float | None]:
        """Return the longitude and latitude of a position that the database keeps."""
        return geopackage.point_of(value)


def create(location: str, schema: Schema) -> FileConnection:
    """Make the file of an empty store and connect to it."""
    path = _path(location)
    geopackage.create_file(path, schema)
    try:
        connection = _connected(path)
        with _closed_on_failure(connection):
            migrations.migrate(connection, path, schema)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is said
            path.unlink()
        raise
    return connection


def connect(location: str, schema: Schema) -> FileConnection:
    """Connect to a store; one of an older version is copied beside itself, then migrated."""
    path = _path(location)
    connection = _connected(path)
    with _closed_on_failure(connection):
        if migrations.pending(connection, schema, str(path)):
            _copy_before_migration(path, connection)
            migrations.migrate(connection, path, schema)
    return connection


def _connected(path: Path) -> FileConnection:
    connection = geopackage.connect(path, factory=FileConnection)
    connection.path = path
    return connection


@contextmanager
def _closed_on_failure(connection: FileConnection) -> Iterator[None]:
    """Close a connection whose store could not be got ready, and say why in a sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        connection.close()
        raise connection.explained(error) from error
    except BaseException:
        connection.close()
        raise


def _path(location: str) -> Path:
    path = Path(location)
    if path.suffix.lower() != ".gpkg":
        raise StoreError("{path}: a store is a file that ends in .gpkg.", path=location)
    return path


def _copy_before_migration(path: Path, connection: sqlite3.Connection) -> None:
    """Keep the store as it was under its own name and the moment of its migration."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%f")
    copy = path.with_name(f"{path.stem}.before-{stamp}.gpkg")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    try:
        shutil.copy2(path, copy)
    except OSError:
        copy.unlink(missing_ok=True)  # half of it
        raise
