# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose a record is, in PostgreSQL's words: the rights, the history and the findings ask it."""

from __future__ import annotations

from ...domain.schema import Schema, Table
from ..sql import literal, quote, stitch
from .columns import LISTING

_NAMED_OWNERS = {"institution": "code", "programme": "lead_code"}


def owner(schema: Schema, table: Table, row: str) -> str:
    """Return SQL for the code of the institution that a row belongs to."""
    if table.name in _NAMED_OWNERS:
        return f"{row}.{quote(_NAMED_OWNERS[table.name])}"
    if "institution_code" in table.names or table.name in ("change", "finding"):
        return f"{row}.institution_code"
    if table.name == "offer":
        return stitch(
            "(SELECT institution_code FROM service WHERE service_id = {row}.service_id)", row=row
        )
    if table.name == "notice":
        return record_owner(schema, row, "applies_to")
    return "NULL::text"


def record_owner(schema: Schema, row: str, kind: str) -> str:
    """Return SQL for the owner of the record that a row is about, by its columns kind and key."""
    cases = " ".join(
        f"WHEN {literal(name)} THEN {_owner_of_key(schema, schema.table(name), row)}"
        for name in ("institution", "programme", "site", "service", "offer")
    )
    return f"(CASE {row}.{kind} {cases} END)"


def _owner_of_key(schema: Schema, table: Table, row: str) -> str:
    if table.name == "site":  # the list says it without asking for rights, row by row
        return stitch(
            "(SELECT institution_code FROM {list} AS held WHERE held.key = {row}.key)",
            list=LISTING,
            row=row,
        )
    held = owner(schema, table, "held")
    return stitch(
        "(SELECT {held} FROM {table} AS held WHERE held.{key} = {row}.key)",
        held=held,
        table=table.name,
        key=quote(table.key),
        row=row,
    )


def change_owners(schema: Schema) -> str:
    """Return SQL that says of copied changes whose record they are about."""
    cases = " ".join(
        f"WHEN {literal(table.name)} THEN {owner(schema, table, 'kept')}"
        for table in schema.tables
        if table.tracked
    )
    columns = ("code", "lead_code", "institution_code", "service_id", "applies_to", "key")
    kept = ", ".join(f"{name} text" for name in columns)
    return stitch(
        "UPDATE change SET institution_code = (SELECT CASE change.table_name {cases} END "
        "FROM json_to_record(coalesce(after, before)) AS kept ({kept})) "
        "WHERE institution_code IS NULL AND json_typeof(coalesce(after, before)) = 'object'",
        cases=cases,
        kept=kept,
    )
