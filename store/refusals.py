# SPDX-License-Identifier: GPL-2.0-or-later
"""What a database says when it refuses a record, as an error that any language can say.

A trigger can only raise one text, which other tools show too: it is French (``store.rules``).
Here that text leads back to its rule, and what SQLite and PostgreSQL say by themselves of keys
and empty columns is made a sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..domain.errors import CarteError, StoreError
from ..domain.schema import Schema, Table
from .embedded.triggers import checks_of
from .postgres.sentences import told
from .rules import EXAMPLES, guards

_TAKEN = re.compile(r'UNIQUE constraint failed: (\w+)\.|violates unique constraint "(\w+)"')
_EMPTY = re.compile(
    r"NOT NULL constraint failed: (\w+)\.(\w+)"
    r'|null value in column "(?P<column>\w+)" of relation "(?P<table>\w+)"'
)


def speaking(schema: Schema, error: StoreError) -> StoreError:
    """Return an error whose reason, if a database gave it, can be said in every language."""
    if isinstance(error.values.get("reason"), str):
        error.values["reason"] = refusal(schema, error.values["reason"])
    return error


def refusal(schema: Schema, said: str) -> CarteError | str:
    """Return what a database said as an error in every language; its own text if it is unknown."""
    known = _sentences(schema).get(said.strip()) or told(schema, said)
    if known:
        return known
    if "database is locked" in said:
        return CarteError("another program is writing into the store: try again in a moment")
    taken, empty = _TAKEN.search(said), _EMPTY.search(said)
    if taken:
        table = _table_of(schema, taken[1] or taken[2])
        if table:
            return CarteError("{table}: another record has this identifier", table=table.label)
    if empty:
        table = _table_of(schema, empty[1] or empty["table"])
        column = empty[2] or empty["column"]
        if table and column in table.names:
            return CarteError(
                "{field} ({column}): this cannot be empty",
                field=table.field(column).label,
                column=f"{table.name}.{column}",
            )
    return said


def _table_of(schema: Schema, name: str) -> Table | None:
    """Return the table of this name, or that a constraint is named after."""
    return next(
        (
            one
            for one in schema.tables
            if name in (one.name, f"carte_{one.name}")
            or name.startswith((f"{one.name}_", f"carte_{one.name}_"))
        ),
        None,
    )


@lru_cache(maxsize=4)
def _sentences(schema: Schema) -> dict[str, CarteError]:
    """Return each sentence of the rules, and what it says."""
    found: dict[str, CarteError] = {}
    for table in schema.tables:
        for rule in (*checks_of(schema, table), *guards(schema, table)):
            found[rule.sentence] = _said(schema, table, rule.kind, rule.about)
    return found


def _said(schema: Schema, table: Table, kind: str, about: str) -> CarteError:
    if kind == "guard":
        other = schema.table(about).label
        return CarteError("{table}: records of « {other} » still refer to it", table=table.label,
                          other=other)  # fmt: skip
    one = table.field(about)
    field, column = one.label, f"{table.name}.{one.name}"
    if kind == "list":
        return CarteError(
            "{field} ({column}): this value is not in the list. Choose a term of the list",
            field=field, column=column)  # fmt: skip
    if kind == "reference":
        other = schema.table(one.references).label
        return CarteError("{field} ({column}): no record of « {other} » has this identifier",
                          field=field, column=column, other=other)  # fmt: skip
    if kind == "bounds":
        return CarteError("{field} ({column}): expected from {least} to {most}",
                          field=field, column=column, least=one.minimum,
                          most=one.maximum)  # fmt: skip
    if kind == "publish":
        return CarteError("{field} ({column}): fill it in before publishing", field=field,
                          column=column)  # fmt: skip
    return CarteError(
        "{field} ({column}): the value is not written as it should be, for example {example}",
        field=field, column=column, example=EXAMPLES[kind])  # fmt: skip
