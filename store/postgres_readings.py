# SPDX-License-Identifier: GPL-2.0-or-later
"""Which version of a record somebody read who is about to delete it.

An update names the version that it was made of among its values. A deletion has none: QGIS's
provider sends the row's number alone. So it is said just before, on whatever connection, in a
register that the trigger on the table asks; what was said holds for a minute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..domain.schema import Table
from .postgres_rights import fixed_path
from .sql import compose, literal, stitch

REGISTER = "carte_reading"
_HOLDS = "interval '1 minute'"


def make_register(connection: Any) -> None:
    """Make the register; nobody but the store's own functions reads or writes it."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS carte_reading (account text NOT NULL DEFAULT session_user, "
        "table_name text NOT NULL, fid bigint NOT NULL, version bigint NOT NULL, "
        "at timestamptz NOT NULL DEFAULT clock_timestamp(), "
        "PRIMARY KEY (account, table_name, fid))"
    )


def reading_statements(search_path: Sequence[str]) -> Iterator[str]:
    """Yield what makes the function by which an account says what it read."""
    yield stitch(
        "CREATE OR REPLACE FUNCTION carte_read(one text, number bigint, seen bigint) RETURNS void "
        "LANGUAGE sql SECURITY DEFINER{path} AS $carte$ "
        "DELETE FROM carte_reading WHERE at < clock_timestamp() - {holds}; "
        "INSERT INTO carte_reading (table_name, fid, version) VALUES (one, number, seen) "
        "ON CONFLICT (account, table_name, fid) "
        "DO UPDATE SET version = excluded.version, at = clock_timestamp() $carte$",
        path=fixed_path(search_path),
        holds=_HOLDS,
    )


def saying(schema_name: str, table: str, fid: int, version: int) -> str:
    """Return the statement by which a deletion says which version it is made of."""
    return stitch(
        "SELECT {function}({table}, {fid}, {version})",
        function=compose("{schema}.{name}", schema=schema_name, name="carte_read"),
        table=literal(table),
        fid=str(int(fid)),
        version=str(int(version)),
    )


def readings_of(table: Table, version: str) -> str:
    """Return SQL for what this account read of the row OLD, if it is another version."""
    return stitch(
        "SELECT FROM carte_reading WHERE account = session_user AND table_name = {table} "
        "AND fid = OLD.fid AND version <> {version} AND at > clock_timestamp() - {holds}",
        table=literal(table.name),
        version=version,
        holds=_HOLDS,
    )
