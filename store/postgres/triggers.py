# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules and the history inside a PostgreSQL store, as trigger functions.

They say what ``store.triggers`` says for SQLite, with the same conditions (``store.rules``) and
the same text in the history, so that a store may move from one to the other and be undone
there. The functions run with the rights of the store's owner and a fixed search path: nobody
else needs, or gets, the right to write the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.schema import Schema, Table
from ..geopackage import GEOMETRY, SRS_ID
from ..rules import Rule, guards, rules
from ..sql import compose, literal, quote
from ..triggers import UNTRACKED
from .columns import VERSION
from .rights import owner

_EVENTS = {
    "check": "BEFORE INSERT OR UPDATE",
    "guard": "BEFORE DELETE",
    "history": "AFTER INSERT OR UPDATE OR DELETE",
    "version": "BEFORE UPDATE",
}
_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
# A point's GeoPackage header (clause 2.1.3), which stands before its well-known binary.
_HEADER = "47500001" + SRS_ID.to_bytes(4, "little").hex().upper()


def trigger_statements(schema: Schema, search_path: Sequence[str]) -> Iterator[str]:
    """Yield the statements that make all functions and triggers of a store."""
    for table in schema.tables:
        for name, body in _bodies(schema, table):
            full = f"carte_{table.name}_{name}"
            yield _function(full, body, search_path)
            yield compose(
                "CREATE TRIGGER {name} " + _EVENTS[name] + " ON {table} FOR EACH ROW "
                "EXECUTE FUNCTION {name}()",
                name=full,
                table=table.name,
            )


def _bodies(schema: Schema, table: Table) -> Iterator[tuple[str, str]]:
    """Yield which triggers a table has, and what they do."""
    checks = [*_cleaning(table), *map(_refuse, rules(schema, table, _items))]
    if checks:
        yield "check", "\n  ".join((*checks, *_stamp(table), "RETURN NEW;"))
    kept = [_refuse(rule) for rule in guards(schema, table)]
    if kept:
        yield "guard", "\n  ".join((*kept, "RETURN OLD;"))
    if table.tracked:
        yield "history", _history(schema, table)
        yield "version", _version(table)


def _function(name: str, body: str, search_path: Sequence[str]) -> str:
    return "\n".join(
        (
            compose("CREATE OR REPLACE FUNCTION {name}() RETURNS trigger", name=name),
            "LANGUAGE plpgsql SECURITY DEFINER",
            compose("SET search_path = {places}, pg_temp", places=search_path),
            "SET TimeZone = 'UTC'",
            "AS $carte$",
            "BEGIN",
            "  " + body,
            "END",
            "$carte$",
        )
    )


def _refuse(rule: Rule) -> str:
    # Of a row that is new OLD has no values (PostgreSQL 11): all of it counts as changed.
    name = quote(rule.column)
    changed = f"NEW.{name} IS DISTINCT FROM OLD.{name} AND" if rule.column else ""
    return " ".join(
        (
            "IF",
            changed,
            rule.when,
            "THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =",
            literal(rule.sentence) + "; END IF;",
        )
    )


def _items(value: str) -> str:
    return f"unnest(string_to_array(replace(trim({value}, '{{}}'), '\"', ''), ',')) AS part(value)"


def _cleaning(table: Table) -> Iterator[str]:
    """An empty reference is none."""
    for field in table.fields:
        if field.references:
            yield f"NEW.{quote(field.name)} := nullif(NEW.{quote(field.name)}, '');"


def _stamp(table: Table) -> Iterator[str]:
    """``updated_at`` follows every edit, whoever makes it."""
    if "updated_at" in table.names:
        yield (
            "IF TG_OP = 'UPDATE' THEN IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at "
            "THEN NEW.updated_at := clock_timestamp(); END IF; END IF;"
        )


def _record(table: Table, row: str) -> str:
    """A row as the JSON text that SQLite's triggers write."""
    columns = []
    for field in table.fields:
        value = f"{row}.{quote(field.name)}"
        if field.type == "datetime":
            value = f"to_char({value}, {literal(_MOMENT)})"
        columns.append(f"{value} AS {quote(field.name)}")
    if table.geometry:
        blob = f"upper(encode(ST_AsBinary({row}.{quote(GEOMETRY)}, 'NDR'), 'hex'))"
        columns.append(f"coalesce({literal(_HEADER)} || {blob}, '') AS {quote(GEOMETRY)}")
    return " ".join(("(SELECT row_to_json(kept) FROM (SELECT", ", ".join(columns), ") AS kept)"))


def _version(table: Table) -> str:
    """Who says which version it read writes that one, or nothing; others write the present one."""
    sentence = literal(
        f"{table.name} : cette fiche a été modifiée par quelqu'un d'autre depuis que vous l'avez "
        "lue. Comparez les deux versions, puis enregistrez."
    )
    new, old = (f"{row}.{quote(VERSION)}" for row in ("NEW", "OLD"))
    return "\n  ".join(
        (
            f"IF {new} IS DISTINCT FROM {old} THEN RAISE EXCEPTION USING",
            f"ERRCODE = 'serialization_failure', MESSAGE = {sentence}; END IF;",
            f"{new} := {old} + 1;",
            "RETURN NEW;",
        )
    )


def _history(schema: Schema, table: Table) -> str:
    """One row of ``change`` for each insert, real update and delete."""
    names = [*table.names, *([GEOMETRY] if table.geometry else [])]
    compared = [name for name in names if name not in UNTRACKED]
    before, after = (
        "ROW(" + ", ".join(f"{row}.{quote(name)}" for name in compared) + ")"
        for row in ("OLD", "NEW")
    )
    author = _touched("updated_by") if table.common else "NULL"
    return "\n  ".join(
        (
            f"IF TG_OP = 'UPDATE' AND {before} IS NOT DISTINCT FROM {after}",
            "THEN RETURN NULL; END IF;",
            "INSERT INTO change (change_id, table_name, key, action, before, after, at, by,",
            "batch_id, institution_code)",
            f"VALUES (gen_random_uuid()::text, {literal(table.name)}, {_touched(table.key)},",
            "lower(TG_OP),",
            f"CASE WHEN TG_OP <> 'INSERT' THEN {_record(table, 'OLD')} END,",
            f"CASE WHEN TG_OP <> 'DELETE' THEN {_record(table, 'NEW')} END,",
            "clock_timestamp(),",
            f"coalesce({author}, nullif(current_setting('carte.by', true), '')),",
            "nullif(current_setting('carte.batch_id', true), ''),",
            f"CASE TG_OP WHEN 'DELETE' THEN {owner(schema, table, 'OLD')}",
            f"ELSE {owner(schema, table, 'NEW')} END);",
            "RETURN NULL;",
        )
    )


def _touched(column: str) -> str:
    name = quote(column)
    return f"CASE TG_OP WHEN 'DELETE' THEN OLD.{name} ELSE NEW.{name} END"
