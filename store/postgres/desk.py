# SPDX-License-Identifier: GPL-2.0-or-later
"""The desk: the views of a PostgreSQL store through which its members work.

They have the names of the tables and stand in a schema of their own, first on the members'
search path: the plugin's statements and QGIS's layers are the same for all. A view shows a
row's internal fields to its own institution only; what is written to it is written to the
table, with the table's rules and rights (``store.postgres.rights``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...domain.schema import Schema, Table
from ..sql import GEOMETRY, compose, default_clause, literal, quote, stitch
from .columns import LISTING, VERSION
from .owners import owner
from .rights import ALL, MINE, fixed_path, function

#: Fields that stay with their institution.
INTERNAL = ("note_internal",)
# Every row of these is everybody's to see, or nobody's to write: PostgreSQL adds through their
# views by itself. Through others, INSERT … ON CONFLICT … WHERE would tell of rows that are hidden.
_PLAIN = ("institution", "programme", "term", "release", "change")
#: Tables that members read themselves: what the list has of others is kept from them by its rows.
_SHOWN = ("carte_migration", LISTING)


def desk_name(schema_name: str) -> str:
    """Return the name of the schema whose views the members use."""
    return f"{schema_name}_desk"


def door_name(table: Table) -> str:
    """Return the name of the desk's view through which many rows of a table are added at once.

    It is the table's own view if PostgreSQL adds through that by itself.
    """
    return table.name if table.name in _PLAIN else f"carte_{table.name}_door"


def desk_statements(schema: Schema, schema_name: str, search_path: Sequence[str]) -> Iterator[str]:
    """Yield what makes the views of a store."""
    yield compose("CREATE SCHEMA IF NOT EXISTS {desk}", desk=desk_name(schema_name))
    for table in schema.tables:
        yield from _view(schema, table, schema_name, fixed_path(search_path))


def grant(connection: Any, schema: Schema, account: str, role: str) -> None:
    """Let an account reach the desk: to read it, or to try to write (the rights decide).

    Through a door rows only go in.
    """
    doors = [name for table in schema.tables if (name := door_name(table)) != table.name]
    places = [connection.schema_name, desk_name(connection.schema_name)]
    rights = "SELECT" if role == "reader" else "SELECT, INSERT, UPDATE, DELETE"
    for statement in (
        "GRANT USAGE ON SCHEMA {places} TO {account}",
        f"GRANT {rights} ON ALL TABLES IN SCHEMA {{desk}} TO {{account}}",
        "GRANT SELECT ON {shown} TO {account}",
    ):
        connection.execute(
            compose(statement, places=places, desk=places[1], account=account, shown=_SHOWN)
        )
    for door in doors:
        statement = "REVOKE SELECT, UPDATE, DELETE ON {desk}.{door} FROM {account}"
        connection.execute(compose(statement, desk=places[1], door=door, account=account))


def withdraw(connection: Any, account: str) -> None:
    """Take from an account what ``grant`` gave it."""
    places = [connection.schema_name, desk_name(connection.schema_name)]
    for statement in (
        "REVOKE ALL ON ALL TABLES IN SCHEMA {desk} FROM {account}",
        "REVOKE ALL ON {shown} FROM {account}",
        "REVOKE ALL ON SCHEMA {places} FROM {account}",
    ):
        connection.execute(
            compose(statement, places=places, desk=places[1], account=account, shown=_SHOWN)
        )


def _view(schema: Schema, table: Table, schema_name: str, places: str) -> Iterator[str]:
    """The table as the members see it: internal fields only of their own institutions."""
    names = [*table.names, *([GEOMETRY] if table.geometry else [])]
    if table.tracked:
        names.append(VERSION)
    if table.name == "change":
        names.append("institution_code")  # whose record it is about: an import asks for its own
    mine = f"({ALL} OR {MINE.format(owner=owner(schema, table, 'base'))})"
    shown = ", ".join(
        f"CASE WHEN {mine} THEN base.{quote(name)} END AS {quote(name)}"
        if name in INTERNAL
        else f"base.{quote(name)}"
        for name in ["fid", *names]
    )
    desk, base = (
        compose("{place}.{table}", place=place, table=table.name)
        for place in (desk_name(schema_name), schema_name)
    )
    yield stitch("DROP VIEW IF EXISTS {desk}", desk=desk)
    yield stitch(
        "CREATE VIEW {desk} WITH (security_barrier) AS SELECT {shown} FROM {base} AS base",
        desk=desk,
        shown=shown,
        base=base,
    )
    if door_name(table) == table.name:
        return  # PostgreSQL adds through such a view by itself
    yield from _door(table, names, desk_name(schema_name), base)
    for field in table.fields:
        if field.default:
            column = compose("ALTER COLUMN {name} SET DEFAULT ", name=field.name)
            yield f"ALTER VIEW {desk} {column}{default_clause(field)}"
    if table.tracked:
        column = compose("ALTER COLUMN {name} SET DEFAULT 1", name=VERSION)
        yield f"ALTER VIEW {desk} {column}"
    full = f"carte_{table.name}_desk"
    events, body = "INSERT", _added_through(names, base)
    if _has_internal(table):  # else PostgreSQL changes and deletes by itself, many rows at once
        events += " OR UPDATE OR DELETE"
        body += "\n  " + _written_through(schema, table, names, base)
    yield function(full, body, places)
    yield compose(
        f"CREATE TRIGGER {{name}} INSTEAD OF {events} ON {desk} FOR EACH ROW "
        "EXECUTE FUNCTION {name}()",
        name=full,
    )


def _door(table: Table, names: Sequence[str], desk: str, base: str) -> Iterator[str]:
    """A view that shows no row, and through which rows go in: all of a statement together.

    Members may do nothing else with it: not even ask whether a row is there.
    """
    door = compose("{desk}.{door}", desk=desk, door=door_name(table))
    yield stitch("DROP VIEW IF EXISTS {door}", door=door)
    yield stitch(
        "CREATE VIEW {door} AS SELECT {names} FROM {base} WHERE false",
        door=door,
        names=", ".join(map(quote, names)),
        base=base,
    )


def _has_internal(table: Table) -> bool:
    return bool(set(INTERNAL) & set(table.names))


def _added_through(names: Sequence[str], base: str) -> str:
    """Add to the table what was added to its view.

    Rows are numbered by the database alone: a number of one's own would be in somebody's way.
    """
    lines = "\n  ".join(
        (
            "IF TG_OP = 'INSERT' THEN",
            "NEW.fid := nextval(pg_get_serial_sequence({sequence}, 'fid'));",
            "INSERT INTO {base} ({columns}) VALUES ({values});",
            "RETURN NEW;",
            "END IF;",
        )
    )
    return stitch(
        lines,
        sequence=literal(base),
        base=base,
        columns=", ".join(map(quote, ["fid", *names])),
        values=", ".join(f"NEW.{quote(name)}" for name in ["fid", *names]),
    )


def _written_through(schema: Schema, table: Table, names: Sequence[str], base: str) -> str:
    """Change and delete in the table likewise; what one cannot see stays as it is."""
    changes = ", ".join(
        f"{quote(name)} = CASE WHEN mine THEN NEW.{quote(name)} ELSE base.{quote(name)} END"
        if name in INTERNAL
        else f"{quote(name)} = NEW.{quote(name)}"
        for name in names
    )
    lines = "\n  ".join(
        (
            "IF TG_OP = 'DELETE' THEN",
            "DELETE FROM {base} WHERE fid = OLD.fid;",
            "IF NOT FOUND THEN RETURN NULL; END IF;",
            "RETURN OLD;",
            "END IF;",
            "mine := coalesce(carte_is_administrator() OR {mine}, false);",
            "UPDATE {base} AS base SET {changes} WHERE base.fid = OLD.fid;",
            "IF NOT FOUND THEN RETURN NULL; END IF;",
            "RETURN NEW;",
        )
    )
    mine = MINE.format(owner=owner(schema, table, "OLD"))
    return stitch(lines, base=base, mine=mine, changes=changes)
