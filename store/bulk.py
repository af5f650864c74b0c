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
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Callable

from ..domain.errors import CarteError
from ..domain.keys import new_key
from ..domain.schema import Schema, Table
from .geopackage import GEOMETRY
from .sql import compose, insertion, quote
from .triggers import insert_work

# Rows between two runs of the triggers' work: their pages are then still in memory.
_CHUNK = 5000
_PLACE = ("lon", "lat")

Record = tuple[tuple[str, ...], tuple]


def records(
    table: Table, rows: Iterable[Mapping[str, Any]], packed: Callable[[Any, Any], Any]
) -> Iterator[Record]:
    """Yield (columns, values) of each row: the database gives defaults to what is not given.

    ``packed`` makes of longitude and latitude what the database keeps. CarteError for a column
    that the table does not have.
    """
    plain = tuple(one.name for one in table.fields if not one.default and one.name != table.key)
    defaulted = tuple(one.name for one in table.fields if one.default)
    known = {*table.names, *(_PLACE if table.geometry else ())}
    fixed = (table.key, *((GEOMETRY,) if table.geometry else ()), *plain)
    for row in rows:
        for name in row.keys() - known:
            raise CarteError(
                "The table {table} has no column {column}.", table=table.name, column=name
            )
        get = row.get
        given = tuple(name for name in defaulted if get(name) is not None)
        place = (packed(get("lon"), get("lat")),) if table.geometry else ()
        key = get(table.key) or new_key()
        yield fixed + given, (key, *place, *map(get, plain), *map(get, given))


def write(connection: Any, table: Table, records: Iterable[Record]) -> Iterator[int]:
    """Write records chunk by chunk; yields the size of each when it is written."""
    for chunk in iter(partial(_taken, iter(records)), ()):
        for columns, group in groupby(chunk, key=itemgetter(0)):
            connection.executemany(insertion(table.name, columns), map(itemgetter(1), group))
        yield len(chunk)


def _taken(records: Iterator[Record]) -> tuple[Record, ...]:
    return tuple(islice(records, _CHUNK))


def load_together(
    connection: sqlite3.Connection, schema: Schema, table: Table, records: Iterable[Record]
) -> int:
    """Write records to a GeoPackage, the triggers' work done chunk by chunk; return how many.

    All or none: sqlite3.IntegrityError with the rule's sentence if one row breaks a rule.
    """
    touched = [table, schema.table("change")] if table.tracked else [table]
    added = 0
    with _savepoint(connection), _stepped_aside(connection, schema, touched) as work:
        last = {one.name: _last(connection, one.name) for one in touched}
        for size in write(connection, table, records):
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
    """Take the triggers on INSERT away; gives (table, statement) of the work that they did."""
    work, texts = [], []
    for table in tables:
        for name, statement in insert_work(schema, table).items():
            query = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
            for (text,) in connection.execute(query, (name,)).fetchall():
                texts.append(text)
                work.append((table.name, statement))
                connection.execute("DROP TRIGGER " + quote(name))
    yield work
    for text in texts:
        connection.execute(text)
