# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules and the history inside a PostgreSQL store, as trigger functions.

They say what ``store.embedded.triggers`` says for SQLite, with the same conditions
(``store.rules``) and the same text in the history, so that a store may move from one to the other
and be undone there. The functions run with the rights of the store's owner and a fixed search
path: nobody else needs, or gets, the right to write the history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.schema import Schema, Table
from ..rules import UNTRACKED, Rule, guards, rules
from ..sql import GEOMETRY, SRS_ID, compose, literal, quote, stitch
from .columns import VERSION
from .owners import owner
from .sentences import refuse

_EVENTS = {
    "added": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT",
    "blank": "BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN ",
    "check": "BEFORE UPDATE ON {table} FOR EACH ROW",
    "guard": "BEFORE DELETE ON {table} FOR EACH ROW",
    "history": "AFTER UPDATE OR DELETE ON {table} FOR EACH ROW",
    "version": "BEFORE UPDATE ON {table} FOR EACH ROW",
}
_MOMENT = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
# A point's GeoPackage header (clause 2.1.3), which stands before its well-known binary.
_HEADER = "47500001" + SRS_ID.to_bytes(4, "little").hex().upper()


def trigger_statements(schema: Schema, search_path: Sequence[str]) -> Iterator[str]:
    """Yield the statements that make all functions and triggers of a store.

    What is added is looked at once for all rows of a statement, what is changed row by row.
    Triggers of one event run in the order of their names: a blank is emptied before the checks.
    """
    for table in schema.tables:
        for name, body in _bodies(schema, table):
            full = f"carte_{table.name}_{name}"
            condition = f"({_blank(table)})" if name == "blank" else ""
            yield _function(full, body, search_path)
            yield compose(
                "CREATE TRIGGER {name} " + _EVENTS[name] + condition + " EXECUTE FUNCTION {name}()",
                name=full,
                table=table.name,
            )


def _bodies(schema: Schema, table: Table) -> Iterator[tuple[str, str]]:
    """Yield which triggers a table has, and what they do."""
    asked = tuple(rules(schema, table, _items))
    checks = [*map(_refuse, asked), *_held(schema, table), *_stamp(table)]
    if checks:
        yield "check", "\n  ".join((*checks, "RETURN NEW;"))
    if _blank(table):
        yield "blank", "\n  ".join((*_cleaning(table), "RETURN NEW;"))
    kept = [_refuse(rule) for rule in guards(schema, table)]
    if kept:
        yield "guard", "\n  ".join((*kept, "RETURN OLD;"))
    added = [*_refuse_added(asked), *_held_added(schema, table)]
    if table.tracked:
        yield "history", _history(schema, table)
        yield "version", _version(table)
        added.append(_history_added(schema, table))
    if added:
        yield "added", "\n  ".join((*added, "RETURN NULL;"))


def _function(name: str, body: str, search_path: Sequence[str]) -> str:
    return "\n".join(
        (
            compose("CREATE OR REPLACE FUNCTION {name}() RETURNS trigger", name=name),
            "LANGUAGE plpgsql SECURITY DEFINER",
            compose("SET search_path = {places}, pg_temp", places=search_path),
            "SET TimeZone = 'UTC'",
            # Plans are kept as long as a session: they must not be those of a still empty table.
            "SET enable_seqscan = off",
            "AS $carte$",
            "#variable_conflict use_column",  # in « added AS NEW », NEW is each row
            "DECLARE refused text;",
            "BEGIN",
            "  " + body,
            "END",
            "$carte$",
        )
    )


def _refuse(rule: Rule) -> str:
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


def _refuse_added(asked: Sequence[Rule]) -> Iterator[str]:
    """The first sentence of the first row that breaks a rule."""
    cases = " ".join(f"WHEN {rule.when} THEN {literal(rule.sentence)}" for rule in asked)
    if cases:
        yield stitch(
            "SELECT sentence INTO refused FROM (SELECT CASE {cases} END AS sentence "
            "FROM added AS NEW) AS asked WHERE sentence IS NOT NULL LIMIT 1; "
            "IF refused IS NOT NULL THEN "
            "RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = refused; END IF;",
            cases=cases,
        )


def _held_added(schema: Schema, table: Table) -> Iterator[str]:
    """Nobody takes away what the new rows refer to before they are kept."""
    for field in table.fields:
        if field.references:
            yield compose(
                "PERFORM FROM {target} WHERE {key} IN (SELECT {column} FROM added) FOR KEY SHARE;",
                target=field.references,
                key=schema.table(field.references).key,
                column=field.name,
            )


def _held(schema: Schema, table: Table) -> Iterator[str]:
    """The same of a row that refers to something else now."""
    for field in table.fields:
        if field.references:
            yield compose(
                "IF NEW.{column} IS DISTINCT FROM OLD.{column} THEN "
                "PERFORM FROM {target} WHERE {key} = NEW.{column} FOR KEY SHARE; END IF;",
                target=field.references,
                key=schema.table(field.references).key,
                column=field.name,
            )


def _items(value: str) -> str:
    return f"unnest(string_to_array(replace(trim({value}, '{{}}'), '\"', ''), ',')) AS part(value)"


def _blank(table: Table) -> str:
    """Whether a reference of a row is an empty text."""
    columns = [quote(field.name) for field in table.fields if field.references]
    return " OR ".join(f"NEW.{column} = ''" for column in columns)


def _cleaning(table: Table) -> Iterator[str]:
    """An empty reference is none."""
    for field in table.fields:
        if field.references:
            yield f"NEW.{quote(field.name)} := nullif(NEW.{quote(field.name)}, '');"


def _stamp(table: Table) -> Iterator[str]:
    """``updated_at`` follows every edit, whoever makes it."""
    if "updated_at" in table.names:
        yield (
            "IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at "
            "THEN NEW.updated_at := clock_timestamp(); END IF;"
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
    new, old = (f"{row}.{quote(VERSION)}" for row in ("NEW", "OLD"))
    return "\n  ".join(
        (
            f"IF {new} IS DISTINCT FROM {old} THEN {refuse('version', table.name)} END IF;",
            f"{new} := {old} + 1;",
            "NEW.fid := OLD.fid;",  # its number stays its own: the list of sites goes by it
            "RETURN NEW;",
        )
    )


def _history(schema: Schema, table: Table) -> str:
    """One row of ``change`` for each real update and delete."""
    names = [*table.names, *([GEOMETRY] if table.geometry else [])]
    compared = [name for name in names if name not in UNTRACKED]
    before, after = (
        "ROW(" + ", ".join(f"{row}.{quote(name)}" for name in compared) + ")"
        for row in ("OLD", "NEW")
    )
    return "\n  ".join(
        (
            "IF TG_OP = 'DELETE' THEN",
            _noted(schema, table, "OLD", "delete") + ";",
            f"ELSIF {before} IS DISTINCT FROM {after} THEN",
            _noted(schema, table, "NEW", "update") + ";",
            "END IF;",
            "RETURN NULL;",
        )
    )


def _history_added(schema: Schema, table: Table) -> str:
    """One row of ``change`` for each new row, in their order."""
    return _noted(schema, table, "NEW", "insert") + " FROM added AS NEW ORDER BY NEW.fid;"


def _noted(schema: Schema, table: Table, row: str, action: str) -> str:
    """The statement that notes a change of a row NEW, or of OLD that is deleted."""
    author = f"{row}.{quote('updated_by')}" if table.common else "NULL"
    return " ".join(
        (
            "INSERT INTO change (change_id, table_name, key, action, before, after, at, by,",
            "batch_id, institution_code) SELECT gen_random_uuid()::text,",
            literal(table.name) + f", {row}.{quote(table.key)},",
            literal(action) + ",",
            "NULL::json," if action == "insert" else _record(table, "OLD") + ",",
            "NULL::json," if action == "delete" else _record(table, "NEW") + ",",
            "clock_timestamp(),",
            f"coalesce({author}, nullif(current_setting('carte.by', true), '')),",
            "nullif(current_setting('carte.batch_id', true), ''),",
            owner(schema, table, row),
        )
    )
