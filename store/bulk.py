# SPDX-License-Identifier: GPL-2.0-or-later
"""Many new rows at once: what the triggers do for each row is done for all of them together.

In a GeoPackage the triggers on INSERT step aside, the rows go in, the same SQL runs once over
all that is new, and the triggers are put back word for word; GDAL does so with its own triggers
in its own bulk writing. SQLite makes and drops triggers within transactions: whatever happens,
a reader meets a table with its triggers, and rows with their history.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from ..domain.errors import CarteError
from ..domain.keys import fresh_keys
from ..domain.schema import Schema, Table
from .embedded.geopackage import spatial_index
from .embedded.new_rows import Job, insert_work
from .embedded.packed import can_pack, pack
from .embedded.triggers import index_trigger
from .sql import GEOMETRY, compose, quote

if TYPE_CHECKING:
    from .embedded import FileConnection

#: Rows between two runs of the triggers' work: their pages are then still in memory.
_CHUNK = 5000
_PLACE = ("lon", "lat")

_TRIGGER = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name = ?"
# Without those of UNIQUE columns, which SQLite keeps itself.
_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
)
#: Columns whose values new rows bring in their order, or all alike: an index of them only grows at
#: its end, while other threads work, and is not made anew.
_IN_ORDER = ("batch_id", "institution_code", "key", "replaced_by", "site_id")
_FIRST_COLUMN = re.compile(r'\("(\w+)"')

Row = Mapping[str, Any]
One = TypeVar("One")


class Lot(NamedTuple):
    """Rows of a table ready to be written: their values by column, as the database keeps them.

    ``places`` are the longitude and latitude of each row, of a table of points.
    """

    table: Table
    values: dict[str, list]
    places: Sequence[tuple[Any, Any]]

    @property
    def size(self) -> int:
        """How many rows they are."""
        return len(self.values[self.table.key])


def chunks(rows: Iterable[One], most: int = 0) -> Iterator[tuple[One, ...]]:
    """Yield rows some at a time; without another number, as many as ``write`` takes."""
    rows = iter(rows)
    return iter(lambda: tuple(islice(rows, most or _CHUNK)), ())


def lot_of(connection: Any, table: Table, rows: Sequence[Row]) -> Lot:
    """Return rows as they are written; CarteError for a column that the table lacks.

    Nothing is asked of the ``connection``, of either kind of store. The database gives defaults
    to what is not given; of the other columns only those are kept in which some of the rows have a
    value: binding the others' NULLs would take half of the time.
    """
    used = set().union(*rows)
    for name in used.difference(table.names, _PLACE if table.geometry else ()):
        raise CarteError("The table {table} has no column {column}.", table=table.name, column=name)
    names = [one.name for one in table.fields if one.name in used and one.name != table.key]
    values = {
        name: column
        for name, column in zip(names, _columns(rows, names, len(used)))
        if column.count(None) < len(rows)
    }
    keys = fresh_keys()
    values[table.key] = [row.get(table.key) or next(keys) for row in rows]
    places = [(row.get("lon"), row.get("lat")) for row in rows] if table.geometry else []
    if table.geometry:
        values[GEOMETRY] = [connection.packed(*place) for place in places]
    return Lot(table, values, places)


def _columns(rows: Sequence[Row], names: Sequence[str], used: int) -> Iterator[list]:
    """Yield what rows have in each column; ``used`` is how many columns some of them have."""
    if len(names) > 1 and all(len(row) == used for row in rows):  # they all have each
        yield from map(list, zip(*map(itemgetter(*names), rows)))
    else:
        yield from ([row.get(name) for row in rows] for name in names)


def write(connection: Any, lot: Lot, fids: Iterable[int] = ()) -> list[dict[str, list]]:
    """Write rows, under these row numbers if some are given; return their columns."""
    values = {**lot.values, **({"fid": list(fids)} if fids else {})}
    fields = lot.table.fields
    defaulted = [one.name for one in fields if one.default and None in values.get(one.name, ())]
    written = list(_given_alike(values, defaulted)) if defaulted else [values]
    for some in written:
        connection.add(lot.table.name, tuple(some), list(zip(*some.values())))
    return written


def _given_alike(values: Mapping[str, list], defaulted: Sequence[str]) -> Iterator[dict[str, list]]:
    """Yield columns cut where another set of the ``defaulted`` ones is given, without the rest."""
    given = zip(*([value is not None for value in values[name]] for name in defaulted))
    start = 0
    for marks, group in groupby(given):
        end = start + len(list(group))
        lacking = {name for name, mark in zip(defaulted, marks) if not mark}
        yield {name: one[start:end] for name, one in values.items() if name not in lacking}
        start = end


def update_each(
    connection: Any, table: Table, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> list[str]:
    """Change rows one by one, given by key and as the database keeps them; return what is not."""
    missing = []
    for key, record in rows:
        names = ", ".join(compose("{name} = ?", name=name) for name in record)
        statement = compose("UPDATE {t} SET ", t=table.name) + names
        where = compose(" WHERE {key} = ?", key=table.key)
        done = connection.execute(statement + where, (*record.values(), key))
        if done.rowcount != 1:
            missing.append(key)
    return missing


def load_together(
    connection: FileConnection, schema: Schema, tables: Sequence[Table], lots: Iterable[Lot]
) -> int:
    """Write rows of some tables to a GeoPackage, the triggers' work done lot by lot.

    Returns how many. All or none: sqlite3.IntegrityError with the rule's sentence if one row breaks
    a rule.
    """
    history = schema.table("change")
    touched = [*tables, history] if any(table.tracked for table in tables) else list(tables)
    added = 0
    few = {table.name: _last(connection, table.name) < _CHUNK for table in tables}
    placed = {table.name: array("d") for table in tables}
    with _savepoint(connection), _stepped_aside(connection, schema, touched) as (indexed, work):
        for lot in lots:
            table = lot.table
            concerned = [table.name, history.name] if table.tracked else [table.name]
            last = {name: _last(connection, name) for name in concerned}
            fids = range(last[table.name] + 1, last[table.name] + 1 + lot.size)
            written = write(connection, lot, fids)
            if table.name in indexed:
                placed[table.name].extend(_placed(zip(fids, lot.places)))
            for name, job in work:
                if name in last:
                    job(connection, last[name], written if name == table.name else None)
            added += lot.size
        for table in tables:
            if placed[table.name]:
                index = spatial_index(table)
                _index_places(connection, index, placed[table.name], few[table.name])
    return added


def _placed(numbered: Iterable[tuple[int, tuple[Any, Any]]]) -> Iterator[float]:
    """Yield the row numbers and positions of rows that have a position, one after the other."""
    for fid, (lon, lat) in numbered:
        if lon is not None and lat is not None and not math.isnan(lon):
            yield from (fid, lon, lat)


def _index_places(connection: FileConnection, index: str, placed: array, few: bool) -> None:
    """Put rows into the spatial index; if there are few yet, and many come, it is made anew.

    Its own triggers would ask Python for each side of each.
    """
    points = np.array(placed).reshape(-1, 3)
    if few and len(points) > _CHUNK and can_pack(connection, index):
        pack(connection, index, points)
        return
    entries = [(int(fid), lon, lon, lat, lat) for fid, lon, lat in points.tolist()]
    connection.add(index, ("id", "minx", "maxx", "miny", "maxy"), entries)


def _last(connection: FileConnection, table: str) -> int:
    """Return the last row number that a table has given away, also to a row that is gone."""
    statement = compose(
        "SELECT max(ifnull((SELECT max(fid) FROM {table}), 0), "
        "ifnull((SELECT max(seq) FROM sqlite_sequence WHERE name = ?), 0))",
        table=table,
    )
    return connection.execute(statement, (table,)).fetchone()[0]


@contextmanager
def _savepoint(connection: FileConnection) -> Iterator[None]:
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
    connection: FileConnection, schema: Schema, tables: Sequence[Table]
) -> Iterator[tuple[set[str], list[tuple[str, Job]]]]:
    """Take the triggers on INSERT away; gives what work they did.

    That is which tables they kept a spatial index of, and, by table, the rules and the statements
    of the rest. Most indexes of a table that is still small go too: made from all its rows at the
    end they cost a third.
    """
    work: list[tuple[str, Job]] = []
    texts = []
    indexed = set()
    for table in tables:
        index = _dropped(connection, "trigger", index_trigger(table), _TRIGGER)
        texts += index
        if index:
            indexed.add(table.name)
        if _last(connection, table.name) < _CHUNK:
            texts += _dropped(connection, "index", table.name, _INDEXES, _IN_ORDER)
        for name, job in insert_work(schema, table).items():
            trigger = _dropped(connection, "trigger", name, _TRIGGER)
            texts += trigger
            work += [(table.name, job)] * len(trigger)
    yield indexed, work
    for text in texts:
        connection.execute(text)


def _dropped(
    connection: FileConnection, kind: str, name: str, query: str, kept: Collection[str] = ()
) -> list[str]:
    """Drop triggers, or indexes but for those of ``kept`` columns; return what makes them."""
    found = [
        one
        for one in connection.execute(query, (name,)).fetchall()
        if not (kept and set(_FIRST_COLUMN.findall(one[1])).intersection(kept))
    ]
    for one, _text in found:
        connection.execute(" ".join(("DROP", kind, quote(one))))
    return [text for _one, text in found]
