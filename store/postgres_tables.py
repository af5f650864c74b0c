# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of a store in PostgreSQL, derived from the same schema as the GeoPackage's.

``MIGRATIONS`` are the named steps of ``store.migrations`` in this database's words. All of a
creation or a migration is one transaction: it is done whole or not at all. Nothing here needs
a superuser but the two extensions, which an administrator adds once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import NotAStore, StoreError
from ..domain.schema import Field, Schema, Table
from .geopackage import GEOMETRY, SRS_ID, default_clause
from .migrations import add_terms, fingerprint, outdated, searched_columns
from .postgres_triggers import function_names, trigger_statements
from .sql import compose, literal

if TYPE_CHECKING:
    from .postgres import ServerConnection

EXTENSIONS = ("postgis", "pg_trgm")
# Multiple choices stay text in QGIS's form {a,b}, which is PostgreSQL's own for text[]: SQL that
# wants an array casts it.
_TYPES = {"integer": "bigint", "date": "date", "datetime": "timestamptz(3)", "json": "json"}
# What the dock searches while one types.
_SEARCHED_TEXTS = {"site": ("name", "external_id"), "service": ("name",)}


def _registers(connection: ServerConnection) -> None:
    """The plugin's own table: which account made each change, beside the history."""
    connection.execute(
        "ALTER TABLE change ADD COLUMN IF NOT EXISTS account text NOT NULL DEFAULT session_user"
    )


MIGRATIONS = (("0001_registers", _registers),)


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
    if not outdated(_applied(connection), steps, schema, connection.location):
        return
    if not _owns(connection):
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
    for table in ("carte_migration", *(table.name for table in schema.tables)):
        connection.execute(compose("DROP TABLE IF EXISTS {table} CASCADE", table=table))
    for name in function_names(schema):
        connection.execute(compose("DROP FUNCTION IF EXISTS {name}()", name=name))


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
    _drop_triggers(connection)
    for table in schema.tables:
        _columns(connection, table, new=table.name not in present)
    for table in schema.tables:
        _indexes(connection, table)
    for table in schema.tables:
        _references(connection, schema, table)
    done = _applied(connection)
    for name, step in MIGRATIONS:
        if name not in done:
            step(connection)
            _record(connection, name)
    add_terms(connection, schema)
    for statement in trigger_statements(schema, connection.search_path):
        connection.execute(statement)
    _record(connection, f"schema {schema.version}")
    connection.execute("DELETE FROM carte_migration WHERE name LIKE 'data %'")
    _record(connection, f"data {fingerprint(schema)}")


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


def _columns(connection: ServerConnection, table: Table, new: bool) -> None:
    connection.execute(
        compose(
            "CREATE TABLE IF NOT EXISTS {table} "
            "(fid bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)",
            table=table.name,
        )
    )
    parts = [
        compose("ADD COLUMN IF NOT EXISTS {column} ", column=field.name) + _column_type(field, new)
        for field in table.fields
    ]
    if table.geometry:
        kind = f"geometry({table.geometry}, {SRS_ID})"
        parts.append(compose("ADD COLUMN IF NOT EXISTS {column} ", column=GEOMETRY) + kind)
    connection.execute(compose("ALTER TABLE {table} ", table=table.name) + ", ".join(parts))
    comments = [(compose("TABLE {table}", table=table.name), table.label["fr"])]
    for field in table.fields:
        place = compose("COLUMN {table}.{column}", table=table.name, column=field.name)
        comments.append(
            (place, " – ".join(filter(None, (field.label["fr"], field.help.get("fr")))))
        )
    connection.execute(
        "; ".join(f"COMMENT ON {place} IS {literal(text)}" for place, text in comments)
    )


def _column_type(field: Field, new: bool) -> str:
    """A column's type; one added later to rows that lack it is only demanded with a default."""
    text = _TYPES.get(field.type, "text")
    if field.default:
        text += f" DEFAULT {default_clause(field)}"
    if field.required == "always" and (new or field.default):
        text += " NOT NULL"
    return text


def _indexes(connection: ServerConnection, table: Table) -> None:
    unique = [(field.name,) for field in table.fields if field.unique]
    for columns in (*unique, *table.unique):
        name = f"carte_{table.name}_{'_'.join(columns)}_unique"
        statement = "CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {table} ({columns})"
        connection.execute(compose(statement, name=name, table=table.name, columns=columns))
    for column in searched_columns(table):
        _index(connection, table, column, "btree ({column})")
    for base in _SEARCHED_TEXTS.get(table.name, ()):
        for field in table.fields:
            if field.base == base:
                _index(connection, table, field.name, "gin ({column} gin_trgm_ops)", "_trgm")
    if table.geometry:
        _index(connection, table, GEOMETRY, "gist ({column})")


def _index(
    connection: ServerConnection, table: Table, column: str, how: str, suffix: str = ""
) -> None:
    connection.execute(
        compose(
            "CREATE INDEX IF NOT EXISTS {name} ON {table} USING " + how,
            name=f"carte_{table.name}_{column}{suffix}",
            table=table.name,
            column=column,
        )
    )


def _references(connection: ServerConnection, schema: Schema, table: Table) -> None:
    """Foreign keys: what the triggers say in a sentence, held against two writers at once."""
    query = "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(?)"
    known = connection.execute(query, (compose("{table}", table=table.name),)).fetchall()
    present = {row[0] for row in known}
    for field in table.fields:
        name = f"carte_{table.name}_{field.name}_fkey"
        if not field.references or name in present:
            continue
        connection.execute(
            compose(
                "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) "
                "REFERENCES {target} ({key}) DEFERRABLE INITIALLY IMMEDIATE",
                table=table.name,
                name=name,
                column=field.name,
                target=field.references,
                key=schema.table(field.references).key,
            )
        )
