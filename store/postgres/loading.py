# SPDX-License-Identifier: GPL-2.0-or-later
"""Many rows at once: by COPY into a table of the connection's own, from there together.

The database then plans a statement, looks up the account's rights, and runs the triggers of what
is added (``store.postgres.triggers``), once for some thousands of rows. COPY does not write to a
table with row-level security itself, nor through a view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...domain.schema import Table
from .. import bulk
from ..sql import compose, default_clause, quote, stitch
from .desk import door_name

if TYPE_CHECKING:
    from . import ServerConnection

_INCOMING = "carte_incoming"
# Fewer rows are sooner in a statement than a table is made.
_FEW = 200
# PostgreSQL's documentation, COPY, text format.
_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def load_together(connection: ServerConnection, lots: Iterable[bulk.Lot]) -> int:
    """Add rows to tables or, as a member, to their views at the desk; return how many."""
    added = 0
    for lot in lots:
        if lot.size < _FEW or not _may_make_tables(connection):
            bulk.write(connection, lot)
        else:
            _write(connection, lot.table, lot.values)
        added += lot.size
    if added:  # references that lead nowhere are told here, and not when all is kept
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        connection.execute("SET CONSTRAINTS ALL DEFERRED")
    return added


def change_together(
    connection: ServerConnection, table: Table, rows: Iterable[tuple[str, bulk.Row]]
) -> list[str]:
    """Change rows, given by key; those of which the same columns change go together.

    Return the keys of those that are not there. Triggers see to each row, as always.
    """
    alike: dict[tuple[str, ...], list[tuple[str, bulk.Row]]] = {}
    for key, record in rows:
        alike.setdefault(tuple(record), []).append((key, record))
    missing = []
    for some in alike.values():
        once = len({key for key, _record in some}) == len(some)
        if len(some) < _FEW or not once or not _may_make_tables(connection):
            missing += bulk.update_each(connection, table, some)
        else:
            missing += _change(connection, table, some)
    return missing


def _change(
    connection: ServerConnection, table: Table, rows: Sequence[tuple[str, bulk.Row]]
) -> list[str]:
    names = tuple(rows[0][1])
    columns = dict(zip(names, zip(*(record.values() for _key, record in rows))))
    columns[table.key] = tuple(key for key, _record in rows)
    with _incoming(connection, table.name, tuple(columns)):
        connection.copy(_INCOMING, tuple(columns), _lines(columns.values()))
        words = {
            "t": quote(table.name),
            "incoming": _INCOMING,
            "key": quote(table.key),
            "changes": ", ".join(f"{quote(name)} = incoming.{quote(name)}" for name in names),
        }
        statement = (
            "UPDATE {t} AS kept SET {changes} FROM {incoming} AS incoming "
            "WHERE kept.{key} = incoming.{key}"
        )
        if connection.execute(stitch(statement, **words)).rowcount == len(rows):
            return []
        lacking = "SELECT {key} FROM {incoming} WHERE {key} NOT IN (SELECT {key} FROM {t})"
        return [row[0] for row in connection.execute(stitch(lacking, **words))]


def _may_make_tables(connection: ServerConnection) -> bool:
    """Whether the account may make tables of its own: all may, unless it was taken from them."""
    query = "SELECT has_database_privilege(current_database(), 'TEMPORARY')"
    return connection.execute(query).fetchone()[0]


def _write(connection: ServerConnection, table: Table, columns: Mapping[str, list]) -> None:
    target = door_name(table) if connection.at_desk else table.name
    with _incoming(connection, table.name, tuple(columns)):
        connection.copy(_INCOMING, tuple(columns), _lines(columns.values()))
        defaults = {field.name: default_clause(field) for field in table.fields if field.default}
        values = (
            f"coalesce({quote(name)}, {defaults[name]})" if name in defaults else quote(name)
            for name in columns
        )
        connection.execute(
            stitch(
                "INSERT INTO {target} ({columns}) SELECT {values} FROM {incoming}",
                target=quote(target),
                columns=", ".join(map(quote, columns)),
                values=", ".join(values),
                incoming=_INCOMING,
            )
        )


@contextmanager
def _incoming(connection: ServerConnection, target: str, columns: Iterable[str]) -> Iterator[None]:
    """A table of the connection's own with these columns, as long as the block."""
    connection.execute(
        compose(
            "CREATE TEMPORARY TABLE {incoming} ON COMMIT DROP AS SELECT {columns} FROM {target} "
            "WITH NO DATA",
            incoming=_INCOMING,
            columns=columns,
            target=target,
        )
    )
    yield
    connection.execute(compose("DROP TABLE pg_temp.{incoming}", incoming=_INCOMING))


def _lines(columns: Iterable[Sequence[Any]]) -> str:
    """Rows of values, given by column, as COPY reads them."""
    return "".join("\t".join(row) + "\n" for row in zip(*(map(_written, one) for one in columns)))


def _written(value: Any) -> str:
    return _NULL if value is None else str(value).translate(_ESCAPES)
