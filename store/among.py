# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows of a table that are wanted by one of many values, without reading the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .database import Row, Store
from .sql import GEOMETRY, compose

_AT_ONCE = 500  # values that one statement binds


def rows_among(
    store: Store, table: str, column: str, values: Iterable[Any], names: Sequence[str] = ()
) -> list[Row]:
    """Return the rows whose column has one of these values, all columns or those named."""
    definition = store.schema.table(table)
    columns = [*(names or definition.names), *([GEOMETRY] if definition.geometry else [])]
    wanted = list(dict.fromkeys(values))
    found: list[Row] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        statement = compose(
            "SELECT {columns} FROM {table} WHERE {column} IN ({marks}) ORDER BY fid",
            columns=columns,
            table=table,
            column=column,
            marks=len(some),
        )
        with store._speaking():
            found += map(store._unpacked, store._connection.records(statement, some))
    return found
