# SPDX-License-Identifier: GPL-2.0-or-later
"""What the list of sites is searched and sorted by, beside the sites of a GeoPackage.

No SQLite folds texts by itself, and QGIS writes without this plugin: triggers only strike what
has changed off the list, and whoever reads it lists first what is missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from ...domain.schema import Schema
from ...domain.site_list import Listed, listed, listed_columns
from ..sql import GEOMETRY, compose, insertion, stitch

if TYPE_CHECKING:
    from . import FileConnection

TABLE = "carte_listing"
_COLUMNS = ("fid", *Listed._fields)
_AT_ONCE = 5000
_INDEXES = ("key", "name_fr", "name_ar")
# Milliseconds to wait for another writer.
_BRIEFLY, _USUALLY = "PRAGMA busy_timeout = 200", "PRAGMA busy_timeout = 10000"


def make_listing(connection: sqlite3.Connection) -> None:
    """Make the table, empty."""
    connection.execute(_table("TABLE IF NOT EXISTS"))
    for column in _INDEXES:
        connection.execute(
            compose("CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})", table=TABLE,
                    name=f"{TABLE}_{column}", column=column)
        )  # fmt: skip


def forget_listing(connection: sqlite3.Connection) -> None:
    """Let all sites be listed anew."""
    connection.execute(stitch("DELETE FROM {table}", table=TABLE))


def listing_triggers(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield the triggers that strike sites off the list when they change or go."""
    columns = compose("{columns}", columns=[*listed_columns(schema), GEOMETRY])
    for event, when in (("update", f"UPDATE OF {columns}"), ("delete", "DELETE")):
        name = f"carte_site_listing_{event}"
        yield (
            name,
            stitch(
                "CREATE TRIGGER {name} AFTER {when} ON site FOR EACH ROW\n"
                "BEGIN\n  DELETE FROM {table} WHERE fid = OLD.fid;\nEND",
                name=name,
                when=when,
                table=TABLE,
            ),
        )


def list_missing(connection: FileConnection, schema: Schema) -> None:
    """List the sites that are not on the list: in the file, or beside it if it is read-only."""
    columns = compose("{columns}", columns=listed_columns(schema))
    missing = connection.records(
        stitch(
            "SELECT fid, {columns}, {geometry} IS NOT NULL AS placed FROM site "
            "WHERE fid NOT IN (SELECT fid FROM {table})",
            columns=columns,
            geometry=GEOMETRY,
            table=TABLE,
        )
    )
    rows = [(row["fid"], *listed(row, schema)) for row in missing]
    if not rows:
        return
    try:
        with _written(connection):
            _add(connection, rows)
    except sqlite3.OperationalError:  # read-only, or somebody else is writing
        connection.execute(_table("TEMP TABLE"))  # which hides the one in the file
        connection.execute(stitch("INSERT INTO temp.{t} SELECT * FROM main.{t}", t=TABLE))
        _add(connection, rows)


def _add(connection: FileConnection, rows: list[tuple]) -> None:
    left = iter(rows)
    for some in iter(lambda: list(islice(left, _AT_ONCE)), []):
        connection.executemany(insertion(TABLE, _COLUMNS), some)


def _table(kind: str) -> str:
    columns = compose("{columns}", columns=Listed._fields)
    return stitch(
        "CREATE {kind} {table} (fid INTEGER PRIMARY KEY, {columns})",
        kind=kind,
        table=TABLE,
        columns=columns,
    )


@contextmanager
def _written(connection: FileConnection) -> Iterator[None]:
    """A short transaction, or a part of the one that is open; another writer is not waited for."""
    if connection.in_transaction:
        yield
        return
    connection.execute(_BRIEFLY)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute(_USUALLY)
