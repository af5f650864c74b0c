# SPDX-License-Identifier: GPL-2.0-or-later
"""What makes a store of any earlier version equal to one made today.

``MIGRATIONS`` is an ordered list of named steps whose names are kept in the store's table
``carte_migration`` (``PRAGMA user_version`` belongs to GeoPackage). A name is never changed or
reused. Columns, closed lists, rules and history are not migrated by hand: ``converge`` derives
them from the schema, so a store made afresh and a store brought up to date end up the same.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable

from ..domain.errors import NotAStore, StoreError, StoreTooNew
from ..domain.schema import Field, Schema, Table
from .embedded import geopackage
from .embedded.listing import forget_listing, make_listing
from .embedded.triggers import trigger_statements
from .sql import compose

Step = Callable[[sqlite3.Connection], None]


def _registers(connection: sqlite3.Connection) -> None:
    """The plugin's own tables, which GeoPackage readers need not list."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS carte_migration "
        "(name TEXT PRIMARY KEY NOT NULL, applied_at TEXT NOT NULL)"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS carte_context (name TEXT PRIMARY KEY NOT NULL, value TEXT)"
    )
    # GeoPackage 1.3, annex F.9 (schema extension): labels and closed lists of columns.
    connection.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_data_columns (table_name TEXT NOT NULL, "
        "column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT, "
        "constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
        "CONSTRAINT gdc_tn UNIQUE (table_name, name))"
    )
    connection.execute(
        "CREATE TABLE IF NOT EXISTS gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
        "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, "
        "max NUMERIC, max_is_inclusive BOOLEAN, description TEXT, "
        "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"
    )
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_extensions "
            "(table_name, column_name, extension_name, definition, scope) VALUES "
            "(?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec/#extension_schema', "
            "'read-write')",
            (table,),
        )


MIGRATIONS: tuple[tuple[str, Step], ...] = (
    ("0001_registers", _registers),
    ("0002_listing", make_listing),
)


@lru_cache(maxsize=8)
def fingerprint(schema: Schema) -> str:
    """Return a short hash of all that a store derives from the schema, its rules included."""
    derived = f"{schema!r}{dict(trigger_statements(schema))}"
    return hashlib.sha256(derived.encode("utf-8")).hexdigest()[:16]


def pending(connection: sqlite3.Connection, schema: Schema, location: str) -> bool:
    """Return whether a store needs migrating; refuse what is no store, or a later one's."""
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    if "carte_migration" not in tables:
        raise NotAStore(
            "{path} is not a store of Carte CP3 (it has no list of migrations). It was left "
            "untouched: create a store and import this file into it.",
            path=location,
        )
    names = {row[0] for row in connection.execute("SELECT name FROM carte_migration")}
    return outdated(names, [name for name, _step in MIGRATIONS], schema, location)


def outdated(names: set[str], steps: Sequence[str], schema: Schema, location: str) -> bool:
    """Return whether a store with these applied migrations lacks one; refuse a later store."""
    versions = {int(name.split(" ")[1]) for name in names if name.startswith("schema ")}
    unknown = {name for name in names if not name.startswith(("schema ", "data "))} - set(steps)
    if unknown or max(versions, default=0) > schema.version:
        raise StoreTooNew(
            "{path} was made by a later version of Carte CP3. It was left untouched: update "
            "the plugin, then open it again.",
            path=location,
        )
    return not (set(steps) <= names and f"data {fingerprint(schema)}" in names)


def migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Bring a store up to this version in one transaction (tables first, through GDAL)."""
    present = _tables(connection)
    missing = tuple(table for table in schema.tables if table.name not in present)
    if missing:
        _add_tables(path, missing)
    connection.execute("BEGIN IMMEDIATE")
    try:
        _registers(connection)
        done = {row[0] for row in connection.execute("SELECT name FROM carte_migration")}
        for name, step in MIGRATIONS:
            if name not in done:
                step(connection)
                _record(connection, name)
        converge(connection, schema)
        _record(connection, f"schema {schema.version}")
        connection.execute("DELETE FROM carte_migration WHERE name LIKE 'data %'")
        _record(connection, f"data {fingerprint(schema)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _add_tables(path: Path, tables: tuple[Table, ...]) -> None:
    try:
        geopackage.add_tables(path, tables)
    except RuntimeError as error:  # GDAL's
        raise StoreError(
            "{path} cannot be opened as a store: {reason}.", path=path, reason=error
        ) from error


def _record(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO carte_migration VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
        (name,),
    )


def _tables(connection: sqlite3.Connection) -> set:
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return {row[0] for row in connection.execute(query)}


def converge(connection: sqlite3.Connection, schema: Schema) -> None:
    """Derive columns, indexes, closed lists, labels and triggers from the schema."""
    drop_triggers(connection)
    forget_listing(connection)
    for table in schema.tables:
        _columns(connection, table)
        _indexes(connection, table)
        _labels(connection, table)
    add_terms(connection, schema)
    _domains(connection)
    add_triggers(connection, schema)


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Take the rules and the history out of a store."""
    old = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'carte_%'"
    for (name,) in connection.execute(old).fetchall():
        connection.execute(compose("DROP TRIGGER {name}", name=name))


def add_triggers(connection: sqlite3.Connection, schema: Schema) -> None:
    """Put the rules and the history into a store."""
    for _name, statement in trigger_statements(schema):
        connection.execute(statement)


def _columns(connection: sqlite3.Connection, table: Table) -> None:
    info = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
    present = {row[0] for row in info}
    for field in table.fields:
        if field.name not in present:
            statement = compose(
                "ALTER TABLE {table} ADD COLUMN {column} ", table=table.name, column=field.name
            )
            connection.execute(statement + _sql_type(field))


def _sql_type(field: Field) -> str:
    kinds = {"integer": "INTEGER", "date": "DATE", "datetime": "DATETIME"}
    text = kinds.get(field.type, "TEXT")
    # SQLite adds a NOT NULL column only with a constant default.
    if field.default and field.default != "now":
        strict = " NOT NULL" if field.required == "always" else ""
        text += f"{strict} DEFAULT {geopackage.default_clause(field)}"
    return text


def _indexes(connection: sqlite3.Connection, table: Table) -> None:
    for columns in table.unique:
        name = f"carte_{table.name}_{'_'.join(columns)}"
        connection.execute(
            compose(
                "CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {table} ({columns})",
                name=name,
                table=table.name,
                columns=columns,
            )
        )
    for column in searched_columns(table):
        connection.execute(
            compose(
                "CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})",
                name=f"carte_{table.name}_{column}",
                table=table.name,
                column=column,
            )
        )


def searched_columns(table: Table) -> list[str]:
    """Return the columns that rows are looked up by, which get an index each."""
    named = {"site": ["external_id", "commune_code"], "change": ["batch_id", "key"],
             "finding": ["key"]}  # fmt: skip
    return [field.name for field in table.fields if field.references] + named.get(table.name, [])


def _labels(connection: sqlite3.Connection, table: Table) -> None:
    connection.execute("DELETE FROM gpkg_data_columns WHERE table_name = ?", (table.name,))
    rows = []
    for field in table.fields:
        domain = field.vocabulary if field.vocabulary and not field.multiple else None
        mime = "application/json" if field.type == "json" else None
        rows.append((table.name, field.name, field.label["fr"], field.help.get("fr"), mime, domain))
    # ``name`` stays empty: older GeoPackages want it unique over the whole file.
    connection.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, title, description, mime_type, "
        "constraint_name) VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )


def add_terms(connection: Any, schema: Schema) -> None:
    """New terms are added and labels brought up to date; none is taken away."""
    fields = [field for field in schema.table("term").fields if field.base == "label"]
    columns = [field.name for field in fields]
    names = ["term_id", "vocabulary", "code", "icon", "sort", "deprecated_by", "synonyms"]
    statement = compose(
        "INSERT INTO term ({columns}) VALUES ({marks}) ON CONFLICT (term_id) DO UPDATE SET ",
        columns=names + columns,
        marks=len(names + columns),
    )
    statement += ", ".join(
        compose("{column} = excluded.{column}", column=name) for name in names[3:] + columns
    )
    first = schema.languages[0].code
    rows = []
    for term in schema.terms:
        labels = [term.labels.get(field.language) or term.labels[first] for field in fields]
        rows.append(
            (
                f"{term.vocabulary}/{term.code}",
                term.vocabulary,
                term.code,
                term.icon or None,
                term.sort,
                term.deprecated_by or None,
                "|".join(term.synonyms) or None,
                *labels,
            )
        )
    connection.executemany(statement, rows)


def _domains(connection: sqlite3.Connection) -> None:
    """Closed lists as GeoPackage enumerations, which QGIS turns into drop-downs."""
    connection.execute(
        "DELETE FROM gpkg_data_column_constraints WHERE constraint_type = 'enum' "
        "AND constraint_name IN (SELECT DISTINCT vocabulary FROM term)"
    )
    connection.execute(
        "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, "
        "description) SELECT vocabulary, 'enum', code, label_fr FROM term "
        "WHERE deprecated_by IS NULL ORDER BY vocabulary, sort"
    )
