# SPDX-License-Identifier: GPL-2.0-or-later
"""SQL that both backends write alike: identifiers come from the schema, values are always bound."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from functools import lru_cache
from typing import Any, Union

from ..domain.schema import Field

_SLOT = re.compile(r"\{(\w+)\}")

#: The column of points, and their reference system (EPSG).
GEOMETRY = "geom"
SRS_ID = 4326

# Not « | »: this runs on Python 3.9.
Filling = Union[str, int, Iterable[str]]


def quote(name: str) -> str:
    """Return an SQL identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return an SQL string literal, for triggers and checks, where nothing can be bound."""
    return "'" + text.replace("'", "''") + "'"


def compose(statement: str, **names: Filling) -> str:
    """Fill the ``{slots}`` of a statement with quoted identifiers.

    A string becomes one identifier, a list a comma-separated list of them. ``{marks}`` is
    given as a number: that many ``?``. KeyError if a slot is not given.
    """

    def fill(match: re.Match) -> str:
        value = names[match.group(1)]
        if isinstance(value, int):
            return ", ".join("?" * value)
        if isinstance(value, str):
            return quote(value)
        return ", ".join(quote(one) for one in value)

    return _SLOT.sub(fill, statement)


def stitch(statement: str, **pieces: str) -> str:
    """Fill the ``{slots}`` of a statement with pieces of SQL that the schema gives.

    They must be SQL already: quoted identifiers, literals, expressions; nothing that a person
    typed. KeyError if a slot is not given.
    """
    return _SLOT.sub(lambda match: pieces[match.group(1)], statement)


def condition(where: Mapping[str, Any]) -> tuple[str, tuple]:
    """Return a WHERE clause and the values that it binds; None matches an empty column."""
    if not where:
        return "", ()
    parts = [
        compose("{name} IS NULL" if value is None else "{name} = ?", name=name)
        for name, value in where.items()
    ]
    values = tuple(value for value in where.values() if value is not None)
    return " WHERE " + " AND ".join(parts), values


def moment() -> str:
    """Return this moment as a store writes it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def account() -> str:
    """Return the name of the computer's account, which the history notes as the author."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return ""


@lru_cache(maxsize=512)
def insertion(table: str, columns: tuple[str, ...], rows: int = 1) -> str:
    """Return the statement that adds one or more rows with values for these columns."""
    start = compose("INSERT INTO {table} ({columns}) VALUES", table=table, columns=columns)
    marks = compose("({marks})", marks=len(columns))
    return " ".join((start, ", ".join([marks] * rows)))


def default_clause(field: Field) -> str:
    """Return a field's default as SQL."""
    if field.default == "now":
        return "CURRENT_TIMESTAMP"
    if field.type == "integer":
        return str(int(field.default))
    return literal(field.default)
