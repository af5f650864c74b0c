# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules and the history that live in the database itself, as SQLite triggers.

They hold for every writer: this plugin, an edit saved from a QGIS layer, a second tool.
Made afresh from the schema whenever it has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.schema import Schema, Table
from .geopackage import GEOMETRY
from .rules import Rule, guards, rules
from .sql import literal, quote

# SQLite takes at most 100 arguments a function in older builds: 40 pairs and nested calls
# keep well below that, and more languages may come.
_PAIRS = 40
UNTRACKED = ("updated_at", "updated_by")


def trigger_statements(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield (name, CREATE TRIGGER statement) of all triggers that a store must have."""
    for table in schema.tables:
        checks = [_refuse(rule) for rule in rules(schema, table, _items)]
        for event in ("INSERT", "UPDATE"):
            if checks:
                yield _trigger(table, f"check_{event.lower()}", f"BEFORE {event}", checks)
        kept = [_refuse(rule) for rule in guards(schema, table)]
        if kept:
            yield _trigger(table, "guard_delete", "BEFORE DELETE", kept)
        if table.tracked:
            yield from _history(table)
            yield from _stamp(table)


def _trigger(table: Table, name: str, event: str, body: list[str], when: str = ""):
    full = f"carte_{table.name}_{name}"
    condition = f" WHEN {when}" if when else ""
    text = (
        f"CREATE TRIGGER {quote(full)} {event} ON {quote(table.name)} FOR EACH ROW{condition}\n"
        "BEGIN\n  " + ";\n  ".join(body) + ";\nEND"
    )
    return full, text


def _refuse(rule: Rule) -> str:
    return " ".join(("SELECT RAISE(ABORT,", literal(rule.sentence), ") WHERE", rule.when))


def _items(value: str) -> str:
    bare = f"replace(replace(trim({value}, '{{}}'), '\"', ''), ',', '\",\"')"
    return " ".join(("json_each('[\"' ||", bare, "|| '\"]') AS part"))


def _columns(table: Table) -> list[str]:
    return list(table.names) + ([GEOMETRY] if table.geometry else [])


def _json(table: Table, row: str) -> str:
    """A row as a JSON object; a geometry as the hexadecimal of its blob."""
    pairs = []
    for name in _columns(table):
        value = f"{row}.{quote(name)}"
        pairs.append((name, f"hex({value})" if name == GEOMETRY else value))
    text = "'{}'"
    for start in range(0, len(pairs), _PAIRS):
        chunk = pairs[start : start + _PAIRS]
        arguments = ", ".join(f"{literal('$.' + name)}, {value}" for name, value in chunk)
        text = f"json_set({text}, {arguments})"
    return text


def _history(table: Table):
    """One row of ``change`` for each insert, real update and delete."""
    differs = " OR ".join(
        f"OLD.{quote(name)} IS NOT NEW.{quote(name)}"
        for name in _columns(table)
        if name not in UNTRACKED
    )
    for action, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        before = "NULL" if action == "insert" else _json(table, "OLD")
        after = "NULL" if action == "delete" else _json(table, "NEW")
        author = f"{row}.updated_by" if table.common else "NULL"
        statement = " ".join(
            (
                "INSERT INTO change (change_id, table_name, key, action, before, after, at, by,",
                "batch_id) VALUES (lower(hex(randomblob(16))),",
                literal(table.name) + f", {row}.{quote(table.key)},",
                literal(action) + f", {before}, {after},",
                "strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),",
                f"coalesce({author},",
                "(SELECT value FROM carte_context WHERE name = 'by')),",
                "(SELECT value FROM carte_context WHERE name = 'batch_id'))",
            )
        )
        when = differs if action == "update" else ""
        yield _trigger(table, f"history_{action}", f"AFTER {action.upper()}", [statement], when)


def _stamp(table: Table):
    """``updated_at`` follows every edit, whoever makes it."""
    if "updated_at" not in table.names:
        return
    body = [
        " ".join(
            (
                "UPDATE",
                quote(table.name),
                "SET updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE fid = NEW.fid",
            )
        )
    ]
    when = "OLD.updated_at IS NEW.updated_at"
    yield _trigger(table, "stamp", "AFTER UPDATE", body, when)
