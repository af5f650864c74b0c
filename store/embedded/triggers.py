# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules and the history that live in the database itself, as SQLite triggers.

They hold for every writer: this plugin, an edit saved from a QGIS layer, a second tool.
Made afresh from the schema whenever it has changed. ``new_rows`` does the same for many new rows
at once (``store.bulk``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ...domain.schema import Schema, Table
from ..rules import UNTRACKED, Rule, guards, rules
from ..sql import GEOMETRY, literal, quote
from .geopackage import spatial_index
from .listing import listing_triggers

# SQLite takes at most 100 arguments a function in older builds: objects of 40 pairs, joined,
# keep well below that, and more languages may come.
_PAIRS = 40
# For many rows at once, where the joining costs: as many as those builds take.
_PAIRS_AT_ONCE = 49
#: Columns of ``change`` that are the same in all rows which one such statement adds.
ALIKE = ("table_name", "action", "before")
# A UUID without dashes that begins with its moment, as ``domain.keys`` makes them.
_NEW_KEY = (
    "printf('%012x7%03x', (julianday('now') - 2440587.5) * 86400000, abs(random() % 4096)) || "
    "'8' || substr(lower(hex(randomblob(8))), 2)"
)
_NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
# The same for many rows at once, which have one moment: told apart by the row's number first, so
# that the keys stand in the index in the order in which they are made (RFC 9562, 6.2, method 1).
_NEW_KEYS = (
    "(SELECT printf('%012x7', (julianday('now') - 2440587.5) * 86400000)) || "
    "printf('%03x8%015x', NEW.fid & 4095, random() & 1152921504606846975)"
)


def trigger_statements(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield (name, CREATE TRIGGER statement) of all triggers that a store must have."""
    for table in schema.tables:
        checks = tuple(checks_of(schema, table))
        for event, asked in (("INSERT", checks), ("UPDATE", map(_if_changed, checks))):
            if checks:
                body = [_refuse(rule) for rule in asked]
                yield _trigger(table, f"check_{event.lower()}", f"BEFORE {event}", body)
        kept = [_refuse(rule) for rule in guards(schema, table)]
        if kept:
            yield _trigger(table, "guard_delete", "BEFORE DELETE", kept)
            key = quote(table.key)
            renamed = f"NEW.{key} IS NOT OLD.{key}"
            yield _trigger(table, "guard_key", "BEFORE UPDATE", kept, renamed)
        if table.tracked:
            yield from _history(table)
            yield from _stamp(table)
    yield from listing_triggers(schema)


def noted_together(table: Table, empty: Collection[str]) -> str:
    """Return what notes all new rows after a ``fid``, of which some columns are ``empty``.

    What a trigger of somebody else's fills in then is a change of its own, noted as such.
    """
    new = " ".join(("FROM", quote(table.name), "AS NEW WHERE NEW.fid > ? ORDER BY NEW.fid"))
    return " ".join((_change(table, "insert", together=True, empty=empty), new))


def counted_together(table: Table) -> str:
    """Return what counts all new rows after a ``fid``, as GDAL does."""
    return " ".join(
        ("UPDATE gpkg_ogr_contents SET feature_count = feature_count + (SELECT count(*) FROM",
         quote(table.name), "WHERE fid > ?) WHERE lower(table_name) = lower(",
         literal(table.name) + ")")
    )  # fmt: skip


def history_trigger(table: Table) -> str:
    """Return the name of the trigger that notes new rows in the history."""
    return _name(table, "history_insert")


def count_trigger(table: Table) -> str:
    """Return the name of GDAL's trigger that counts new rows."""
    return f"trigger_insert_feature_count_{table.name}"


def check_trigger(table: Table) -> str:
    """Return the name of the trigger that refuses new rows which break a rule."""
    return _name(table, "check_insert")


def index_trigger(table: Table) -> str:
    """Return the name of GDAL's trigger that puts new rows into the spatial index."""
    return f"{spatial_index(table)}_insert"


def _name(table: Table, name: str) -> str:
    return f"carte_{table.name}_{name}"


def _trigger(table: Table, name: str, event: str, body: list[str], when: str = ""):
    full = _name(table, name)
    condition = f" WHEN {when}" if when else ""
    text = (
        f"CREATE TRIGGER {quote(full)} {event} ON {quote(table.name)} FOR EACH ROW{condition}\n"
        "BEGIN\n  " + ";\n  ".join(body) + ";\nEND"
    )
    return full, text


def checks_of(schema: Schema, table: Table) -> Iterator[Rule]:
    """The rules of every store, and the days of the calendar, which SQLite does not know."""
    yield from rules(schema, table, _items)
    for field in table.fields:
        if field.type == "date":
            value = f"NEW.{quote(field.name)}"
            # With a modifier also older SQLites turn 31 February into a day of March.
            yield Rule(
                f"{value} <> '' AND date({value}, '+0 days') IS NOT {value}",
                f"{table.name}.{field.name} : cette date n'existe pas (attendu AAAA-MM-JJ).",
                "date",
                field.name,
                field.name,
            )


def _if_changed(rule: Rule) -> Rule:
    """The same rule for a row that is there already."""
    if not rule.column:
        return rule
    changed = f"NEW.{quote(rule.column)} IS NOT OLD.{quote(rule.column)}"
    return replace(rule, when=f"{changed} AND {rule.when}")


def _refuse(rule: Rule) -> str:
    return " ".join(("SELECT RAISE(ABORT,", literal(rule.sentence), ") WHERE", rule.when))


def _items(value: str) -> str:
    bare = f"replace(replace(trim({value}, '{{}}'), '\"', ''), ',', '\",\"')"
    return " ".join(("json_each('[\"' ||", bare, "|| '\"]') AS part"))


def _columns(table: Table) -> list[str]:
    return list(table.names) + ([GEOMETRY] if table.geometry else [])


def _json(table: Table, row: str, most: int, empty: Collection[str] = ()) -> str:
    """A row as a JSON object, made of ``most`` pairs at a time; a geometry as its blob's hex.

    The columns of which it is known that they are ``empty`` come last, as a text that is ready.
    """
    pairs = []
    for name in _columns(table):
        if name in empty:
            continue
        value = f"{row}.{quote(name)}"
        shown = f"hex({value})" if name == GEOMETRY else value
        pairs.append(f"{literal(name)}, {shown}")
    parts = [
        "json_object(" + ", ".join(pairs[start : start + most]) + ")"
        for start in range(0, len(pairs), most)
    ]
    end = literal("".join(f',"{name}":null' for name in empty) + "}")
    if most == _PAIRS_AT_ONCE and len(parts) == 1:
        return f"rtrim({parts[0]}, '}}') || {end}" if empty else parts[0]
    inner = " || ',' || ".join(f"rtrim(ltrim({part}, '{{'), '}}')" for part in parts)
    return f"'{{' || {inner} || {end}"


def _change(table: Table, action: str, together: bool = False, empty: Collection[str] = ()) -> str:
    """The statement that notes a change of the row NEW (OLD if it is deleted), or of many."""
    most, key = (_PAIRS_AT_ONCE, _NEW_KEYS) if together else (_PAIRS, _NEW_KEY)
    row = "OLD" if action == "delete" else "NEW"
    before = "NULL" if action == "insert" else _json(table, "OLD", most)
    after = "NULL" if action == "delete" else _json(table, "NEW", most, empty)
    author = f"{row}.updated_by" if table.common else "NULL"
    return " ".join(
        (
            "INSERT INTO change (change_id, table_name, key, action, before, after, at, by,",
            "batch_id) SELECT",
            key + ",",
            literal(table.name) + f", {row}.{quote(table.key)},",
            literal(action) + f", {before}, {after},",
            f"(SELECT {_NOW})," if together else f"{_NOW},",
            f"coalesce({author},",
            "(SELECT value FROM carte_context WHERE name = 'by')),",
            "(SELECT value FROM carte_context WHERE name = 'batch_id')",
        )
    )


def _history(table: Table):
    """One row of ``change`` for each insert, real update and delete."""
    differs = " OR ".join(
        f"OLD.{quote(name)} IS NOT NEW.{quote(name)}"
        for name in _columns(table)
        if name not in UNTRACKED
    )
    for action in ("insert", "update", "delete"):
        when = differs if action == "update" else ""
        event = f"AFTER {action.upper()}"
        yield _trigger(table, f"history_{action}", event, [_change(table, action)], when)


def _stamp(table: Table):
    """``updated_at`` follows every edit, whoever makes it."""
    if "updated_at" not in table.names:
        return
    body = [
        " ".join(
            (
                "UPDATE",
                quote(table.name),
                f"SET updated_at = {_NOW} WHERE fid = NEW.fid",
            )
        )
    ]
    # GDAL writes back the moment that it read, in its own way since 3.9: compared as a moment.
    when = "julianday(OLD.updated_at) IS julianday(NEW.updated_at)"
    yield _trigger(table, "stamp", "AFTER UPDATE", body, when)
