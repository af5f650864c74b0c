# SPDX-License-Identifier: GPL-2.0-or-later
"""Many new rows at once: what the triggers do for each row is done for all of them together.

In a GeoPackage the triggers on INSERT step aside, the rows go in, the same SQL runs once over
all that is new, and the triggers are put back word for word; GDAL does so with its own triggers
in its own bulk writing. SQLite makes and drops triggers within transactions: whatever happens,
a reader meets a table with its triggers, and rows with their history.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any, Callable

from ..domain.errors import CarteError
from ..domain.keys import new_key
from ..domain.schema import Schema, Table
from .geopackage import GEOMETRY
from .sql import compose, quote
from .triggers import insert_work

# Rows between two runs of the triggers' work: their pages are then still in memory.
_CHUNK = 5000
_PLACE = ("lon", "lat")

_TRIGGER = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
# Without those of UNIQUE columns, which SQLite keeps itself.
_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
)

Row = Mapping[str, Any]


def write(connection: Any, table: Table, rows: Iterable[Row]) -> Iterator[int]:
    """Write rows chunk by chunk; yields the size of each when it is written.

    ``connection`` is of either kind of store. CarteError for a column that the table lacks.
    """
    rows = iter(rows)
    for chunk in iter(lambda: tuple(islice(rows, _CHUNK)), ()):
        for columns, values in _records(table, chunk, connection.packed):
            connection.add(table.name, columns, values)
        yield len(chunk)


def _records(
    table: Table, rows: Sequence[Row], packed: Callable[[Any, Any], Any]
) -> Iterator[tuple[tuple[str, ...], list[tuple]]]:
    """Yield columns and the rows' values: the database gives defaults to what is not given.

    Only columns that some of the rows have are named: binding the others' NULLs would take
    half of the time.
    """
    used = set().union(*rows)
    for name in used.difference(table.names, _PLACE if table.geometry else ()):
        raise CarteError("The table {table} has no column {column}.", table=table.name, column=name)
    fields = [one for one in table.fields if one.name in used and one.name != table.key]
    plain = tuple(one.name for one in fields if not one.default)
    defaulted = tuple(one.name for one in fields if one.default)
    first = (table.key, GEOMETRY) if table.geometry else (table.key,)

    def given(row: Row) -> tuple[str, ...]:
        return tuple([name for name in defaulted if row.get(name) is not None])

    def start(row: Row) -> tuple:
        key = row.get(table.key) or new_key()
        return (key, packed(row.get("lon"), row.get("lat"))) if table.geometry else (key,)

    for names, group in groupby(rows, key=given):
        rest = plain + names
        yield first + rest, [(*start(row), *map(row.get, rest)) for row in group]


def load_together(
    connection: sqlite3.Connection, schema: Schema, table: Table, rows: Iterable[Row]
) -> int:
    """Write rows to a GeoPackage, the triggers' work done chunk by chunk; return how many.

    All or none: sqlite3.IntegrityError with the rule's sentence if one row breaks a rule.
    """
    touched = [table, schema.table("change")] if table.tracked else [table]
    added = 0
    with _savepoint(connection), _stepped_aside(connection, schema, touched) as work:
        last = {one.name: _last(connection, one.name) for one in touched}
        for size in write(connection, table, rows):
            for name, statement in work:
                broken = connection.execute(statement, (last[name],)).fetchone()
                if broken:
                    raise sqlite3.IntegrityError(broken[0])
            last = {one.name: _last(connection, one.name) for one in touched}
            added += size
    return added


def _last(connection: sqlite3.Connection, table: str) -> int:
    statement = compose("SELECT ifnull(max(fid), 0) FROM {table}", table=table)
    return connection.execute(statement).fetchone()[0]


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing within a transaction that goes on."""
    connection.execute("SAVEPOINT load")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk ends the whole transaction
            connection.execute("ROLLBACK TO load")
            connection.execute("RELEASE load")
        raise
    connection.execute("RELEASE load")


@contextmanager
def _stepped_aside(
    connection: sqlite3.Connection, schema: Schema, tables: Sequence[Table]
) -> Iterator[list[tuple[str, str]]]:
    """Take the triggers on INSERT away; gives (table, statement) of the work that they did.

    So do the indexes of a table that is still small: made from all its rows at the end they
    cost a third.
    """
    work, texts = [], []
    for table in tables:
        if _last(connection, table.name) < _CHUNK:
            texts += _dropped(connection, "index", table.name, _INDEXES)
        for name, statement in insert_work(schema, table).items():
            trigger = _dropped(connection, "trigger", name, _TRIGGER)
            texts += trigger
            work += [(table.name, statement)] * len(trigger)
    yield work
    for text in texts:
        connection.execute(text)


def _dropped(connection: sqlite3.Connection, kind: str, name: str, query: str) -> list[str]:
    """Drop triggers or indexes; return the statements that make them."""
    found = connection.execute(query, (name,)).fetchall()
    for one, _text in found:
        connection.execute(" ".join(("DROP", kind, quote(one))))
    return [text for _one, text in found]
