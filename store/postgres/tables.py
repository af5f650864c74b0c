# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a store in PostgreSQL, derived from the same schema as the GeoPackage's.

``MIGRATIONS`` are the named steps of ``store.migrations`` in this database's words. All of a
creation or a migration is one transaction: it is done whole or not at all. Nothing here needs
a superuser but the two extensions, which an administrator adds once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.errors import NotAStore, StoreError
from ...domain.schema import Schema
from ..migrations import add_terms, fingerprint, outdated
from ..sql import compose
from .columns import add_columns, add_indexes, add_references
from .desk import desk_name, desk_statements, grant
from .finding_owner import add_finding_owners, find_owners, finding_owner_statements
from .listing import index_figures, list_sites, listing_statements, make_listing
from .rights import make_members, rights_statements
from .triggers import trigger_statements

if TYPE_CHECKING:
    from . import ServerConnection

EXTENSIONS = ("postgis", "pg_trgm")


def _registers(connection: ServerConnection) -> None:
    """The plugin's own table: which account made each change, beside the history."""
    connection.execute(
        "ALTER TABLE change ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT session_user"
    )


def _versions(connection: ServerConnection) -> None:
    """The columns and triggers of versions come with the rest; imports ask for their own state."""
    connection.execute(
        "CREATE INDEX IF NOT EXISTS carte_change_institution ON change (institution_code, fid)"
    )


def _asked_last(connection: ServerConnection) -> None:
    """Foreign keys are asked after the triggers, which say in a sentence what is wrong."""
    query = (
        "SELECT k.conname, c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND k.contype = 'f' "
        "AND k.condeferrable AND NOT k.condeferred"
    )
    for name, table in connection.execute(query, (connection.schema_name,)).fetchall():
        statement = "ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE INITIALLY DEFERRED"
        connection.execute(compose(statement, table=table, name=name))


MIGRATIONS = (
    ("0001_registers", _registers),
    ("0002_members", make_members),
    ("0003_versions", _versions),
    ("0004_asked_last", _asked_last),
    ("0005_listing", make_listing),
    ("0006_figures", index_figures),
    ("0007_finding_owners", add_finding_owners),
    # Triggers and views come with the rest: the names say that there are new ones.
    ("0008_closed_functions", lambda _connection: None),
    ("0009_views_that_add", lambda _connection: None),
    ("0010_rights_row_by_row", lambda _connection: None),
)


def make_tables(connection: ServerConnection, schema: Schema) -> None:
    """Make a store's tables; StoreError if there is one already or an extension is missing."""
    name = connection.schema_name
    if "carte_migration" in _tables(connection):
        raise StoreError(
            "{store}: the schema {schema} holds a store already: open it, or choose another "
            "schema.",
            store=connection.location,
            schema=name,
        )
    taken = {table.name for table in schema.tables} & _tables(connection)
    if taken:
        raise StoreError(
            "{store}: the schema {schema} holds other tables of the same names ({taken}). "
            "Nothing was made: choose another schema.",
            store=connection.location,
            schema=name,
            taken=tuple(sorted(taken)),
        )
    connection.begin()
    try:
        _need_extensions(connection)
        _need_schema(connection)
        connection.use_schema()
        _migrate(connection, schema)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate_tables(connection: ServerConnection, schema: Schema) -> None:
    """Bring a store up to this version; refuse what is no store, or a later one's."""
    steps = [name for name, _step in MIGRATIONS]
    if "carte_migration" not in _tables(connection):
        raise NotAStore(
            "{store} is not a store of Carte CP3 (its schema {schema} has no list of "
            "migrations, or this account may not use it). It was left untouched: create a "
            "store there, or ask its administrator.",
            store=connection.location,
            schema=connection.schema_name,
        )
    mine = _owns(connection)
    if not mine:
        connection.use_desk()
    if not outdated(_applied(connection), steps, schema, connection.location):
        return
    if not mine:
        raise StoreError(
            "{store} was made by an earlier version of Carte CP3. It was left untouched: ask "
            "its administrator to open it once with this version.",
            store=connection.location,
        )
    connection.begin()
    try:
        connection.execute("LOCK TABLE carte_migration IN EXCLUSIVE MODE")
        if outdated(_applied(connection), steps, schema, connection.location):
            _migrate(connection, schema)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def drop_store(connection: ServerConnection, schema: Schema) -> None:
    """Take a store that was just made out of its database again, with nothing else."""
    for table in ("carte_migration", "carte_listing", *(table.name for table in schema.tables)):
        connection.execute(compose("DROP TABLE IF EXISTS {table} CASCADE", table=table))
    connection.execute("DROP TABLE IF EXISTS carte_member")
    connection.execute(
        compose("DROP SCHEMA IF EXISTS {desk} CASCADE", desk=desk_name(connection.schema_name))
    )
    query = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n "
        "ON n.oid = p.pronamespace WHERE n.nspname = ? AND p.proname LIKE 'carte\\_%'"
    )
    for (function,) in connection.execute(query, (connection.schema_name,)).fetchall():
        connection.execute("DROP FUNCTION " + function)


def _need_extensions(connection: ServerConnection) -> None:
    """Add the extensions if this account may; else say what to ask for."""
    present = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
    for name in EXTENSIONS:
        if name in present:
            continue
        try:
            connection.execute(compose("CREATE EXTENSION {name}", name=name))
        except connection.Error as error:
            database = connection.database
            raise StoreError(
                "The database {database} lacks the extension {extension}, which this account may "
                "not add or the server has not installed. Nothing was made: ask the server's "
                "administrator to run « CREATE EXTENSION {extension}; » in {database}, then try "
                "again.",
                database=database,
                extension=name,
            ) from error


def _need_schema(connection: ServerConnection) -> None:
    name = connection.schema_name
    query = "SELECT 1 FROM pg_namespace WHERE nspname = ?"
    if connection.execute(query, (name,)).fetchone() is None:
        connection.execute(compose("CREATE SCHEMA {name}", name=name))


def _tables(connection: ServerConnection) -> set[str]:
    query = (
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = ? AND c.relkind IN ('r', 'v', 'p') "
        "AND has_schema_privilege(n.oid, 'USAGE')"
    )
    return {row[0] for row in connection.execute(query, (connection.schema_name,))}


def _owns(connection: ServerConnection) -> bool:
    query = (
        "SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c "
        "WHERE c.oid = to_regclass('carte_migration')"
    )
    return connection.execute(query).fetchone()[0]


def _applied(connection: ServerConnection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM carte_migration")}


def _migrate(connection: ServerConnection, schema: Schema) -> None:
    """Run the missing steps, then derive the rest from the schema."""
    present = _tables(connection)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS carte_migration "
        "(name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table may then be altered again
    _drop_triggers(connection)
    for table in schema.tables:
        add_columns(connection, table, new=table.name not in present)
    for table in schema.tables:
        add_indexes(connection, table)
    for table in schema.tables:
        add_references(connection, schema, table)
    done = _applied(connection)
    for name, step in MIGRATIONS:
        if name not in done:
            step(connection)
            _record(connection, name)
    add_terms(connection, schema)
    for statement in (
        *rights_statements(schema, connection.search_path),
        *desk_statements(schema, connection.schema_name, connection.search_path),
        *trigger_statements(schema, connection.search_path),
        *listing_statements(schema, connection.schema_name, connection.search_path),
        *finding_owner_statements(schema, connection.search_path),
    ):
        connection.execute(statement)
    _close_functions(connection)
    if "0005_listing" not in done:
        list_sites(connection, schema)
    if "0007_finding_owners" not in done:
        find_owners(connection, schema)
    for account, role in connection.execute("SELECT account, role FROM carte_member").fetchall():
        grant(connection, schema, account, role)
    _record(connection, f"schema {schema.version}")
    connection.execute("DELETE FROM carte_migration WHERE name LIKE 'data %'")
    _record(connection, f"data {fingerprint(schema)}")


def _close_functions(connection: ServerConnection) -> None:
    """Let nobody put the store's trigger functions, which have its owner's rights, on a table.

    On one of a member's own, those of the history would note what never happened.
    """
    query = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n "
        "ON n.oid = p.pronamespace WHERE n.nspname = ? AND p.prorettype = 'trigger'::regtype"
    )
    for (name,) in connection.execute(query, (connection.schema_name,)).fetchall():
        connection.execute("REVOKE ALL ON FUNCTION " + name + " FROM PUBLIC")


def _record(connection: ServerConnection, name: str) -> None:
    connection.execute(
        "INSERT INTO carte_migration (name) VALUES (?) ON CONFLICT DO NOTHING", (name,)
    )


def _drop_triggers(connection: ServerConnection) -> None:
    query = (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND NOT t.tgisinternal"
    )
    for name, table in connection.execute(query, (connection.schema_name,)).fetchall():
        if name.startswith("carte_"):
            connection.execute(compose("DROP TRIGGER {name} ON {table}", name=name, table=table))
