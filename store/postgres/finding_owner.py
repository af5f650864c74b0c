# SPDX-License-Identifier: GPL-2.0-or-later
"""Whose record a finding is about, kept beside it: rights and counts then ask nothing else.

Triggers write the column, when a finding comes and when its record changes hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...domain.schema import Schema
from ..sql import compose, literal, quote, stitch
from .owners import record_owner
from .rights import fixed_path, function

if TYPE_CHECKING:
    from . import ServerConnection

# Of each table, the column that says whose its records are.
_HANDS = {"site": "institution_code", "service": "institution_code", "programme": "lead_code",
          "offer": "service_id"}  # fmt: skip
# The triggers look again at the findings of a record; those of a service's offers go with it.
_AGAIN = (
    "UPDATE finding SET key = key WHERE table_name = {name} AND key = NEW.{key};",
    "UPDATE finding SET key = key WHERE table_name = {name} AND key = NEW.{key} OR "
    "table_name = 'offer' AND key IN (SELECT offer_id FROM offer WHERE service_id = NEW.{key});",
)


def add_finding_owners(connection: ServerConnection) -> None:
    """Give the findings the column, and an index from which they are counted and listed."""
    connection.execute("ALTER TABLE finding ADD COLUMN IF NOT EXISTS institution_code text")
    connection.execute(
        "CREATE INDEX IF NOT EXISTS carte_finding_counted ON finding (state, severity, fid) "
        "INCLUDE (institution_code)"
    )


def find_owners(connection: ServerConnection, schema: Schema) -> None:
    """Say it of findings that came without their triggers; the list of sites is there."""
    connection.execute("ALTER TABLE finding DISABLE TRIGGER USER")
    connection.execute(
        stitch(
            "UPDATE finding SET institution_code = {owner} WHERE institution_code IS NULL",
            owner=record_owner(schema, "finding", "table_name"),
        )
    )
    connection.execute("ALTER TABLE finding ENABLE TRIGGER USER")


def finding_owner_statements(schema: Schema, search_path: Sequence[str]) -> Iterator[str]:
    """Yield the triggers that keep the column right."""
    places = fixed_path(search_path)
    owner = record_owner(schema, "NEW", "table_name")
    yield function("carte_finding_owner",
                   f"NEW.institution_code := {owner}; RETURN NEW;", places)  # fmt: skip
    # Before « rights », by its name: it has to know whose the finding is.
    yield (
        "CREATE TRIGGER carte_finding_owner BEFORE INSERT OR UPDATE OF table_name, key ON finding "
        "FOR EACH ROW EXECUTE FUNCTION carte_finding_owner()"
    )
    for name, column in _HANDS.items():
        full, key = f"carte_{name}_findings", quote(schema.table(name).key)
        again = stitch(_AGAIN[name == "service"], name=literal(name), key=key)
        yield function(full, again + " RETURN NULL;", places)
        yield compose(
            "CREATE TRIGGER {full} AFTER UPDATE OF {column} ON {table} FOR EACH ROW "
            "WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) EXECUTE FUNCTION {full}()",
            full=full,
            column=column,
            table=name,
        )
