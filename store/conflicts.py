# SPDX-License-Identifier: GPL-2.0-or-later
"""What field work and the store left otherwise, kept until a person chooses.

A check-in writes none of it: it notes both values in its row of ``import_batch``, where whoever
may write the institution's records can choose, today or later, the file at hand or not.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ..domain.errors import StoreError
from ..domain.schema import Schema
from ..domain.three_way import POSITION, WHOLE, compare, same, value_of, written
from .database import Row, Store

# Of an import that stayed behind.
_LEFT = ("batch_id", "source_row")


@dataclass(frozen=True)
class Conflict:
    """A field (a whole record if ``field`` is empty) that the field and the store left otherwise.

    ``base`` is the value that was taken along, ``mine`` the field's, ``theirs`` the store's now.
    """

    batch: str
    table: str
    key: str
    name: str
    field: str
    base: Any
    mine: Any
    theirs: Any

    def noted(self) -> Row:
        """Return what the check-in's row in ``import_batch`` keeps of it."""
        return {name: value for name, value in asdict(self).items() if name != "batch"}


_NOTED = {one.name for one in fields(Conflict)} - {"batch"}


def open_conflicts(store: Store) -> tuple[Conflict, ...]:
    """Return what still is to be chosen, of all check-ins; what came to agree is left out."""
    found = []
    for row in store.rows("import_batch", undone_at=None):
        for noted in noted_of(row, "conflicts"):
            if not _makes_sense(store.schema, noted):
                continue
            conflict = Conflict(batch=row["batch_id"], **noted)
            now = store.row(conflict.table, conflict.key)
            theirs = None if now is None else value_of(now, conflict.field)
            if not _agree(conflict, theirs):
                found.append(replace(conflict, theirs=theirs))
    return tuple(found)


def settle(store: Store, conflict: Conflict, mine: bool, by: str = "") -> None:
    """Write the field's value (``mine``), or let the store's stay; what loses is in the history.

    StoreError if the store's value is not the one that was compared any more: look again.
    """
    with store.transaction(by=by):
        now = store.row(conflict.table, conflict.key)
        theirs = None if now is None else value_of(now, conflict.field)
        if not _as_shown(conflict, theirs):
            raise StoreError(
                "{store}: somebody changed {key} again since the two versions were compared. "
                "Nothing was written: compare them again.",
                store=store.location,
                key=conflict.key,
            )
        if mine:
            _write_mine(store, conflict, now)
        (row,) = store.rows("import_batch", batch_id=conflict.batch)
        counts = _counts(row)
        counts["conflicts"] = [one for one in noted_of(row, "conflicts") if not _is(one, conflict)]
        store.update("import_batch", conflict.batch, {"counts": as_json(counts)})


def noted_of(batch: Row, name: str) -> list:
    """Return a list that a row of ``import_batch`` notes; other tools may write anything there."""
    found = _counts(batch).get(name)
    return found if isinstance(found, list) else []


def _counts(batch: Row) -> dict[str, Any]:
    try:
        noted = json.loads(batch["counts"] or "{}")
    except ValueError:
        return {}
    return noted if isinstance(noted, dict) else {}


def _makes_sense(schema: Schema, noted: Any) -> bool:
    """Return whether what a check-in's row notes is a conflict over something that a store has."""
    if not isinstance(noted, dict) or set(noted) != _NOTED:
        return False
    fields_of = {table.name: {*table.names, POSITION, WHOLE} for table in schema.tables}
    known = noted["field"] in fields_of.get(noted["table"], ())
    record = noted["mine"] is None or isinstance(noted["mine"], dict)
    return known and (record or noted["field"] != WHOLE)


def _agree(conflict: Conflict, theirs: Any) -> bool:
    if conflict.field == WHOLE and conflict.mine and theirs:
        return same(conflict.mine, theirs)
    return conflict.mine == theirs


def _as_shown(conflict: Conflict, theirs: Any) -> bool:
    if conflict.field == WHOLE:
        return (theirs is None) == (conflict.theirs is None)
    return theirs == conflict.theirs


def _write_mine(store: Store, conflict: Conflict, now: Row | None) -> None:
    table, key, mine = conflict.table, conflict.key, conflict.mine
    if conflict.field != WHOLE:
        store.update(table, key, written(conflict.field, mine))
    elif mine is None:
        store.delete(table, key)
    elif now is None:
        store.insert(table, [{**mine, **{name: None for name in _LEFT if name in mine}}])
    else:  # deleted when the file came in, and put back since: the field's version over that one
        changes = compare(now, mine, now).changes
        if changes:
            store.update(table, key, changes)


def _is(noted: Any, conflict: Conflict) -> bool:
    return isinstance(noted, dict) and all(
        noted.get(name) == getattr(conflict, name) for name in ("table", "key", "field")
    )


def as_json(value: Any) -> str:
    """Return a value as a store keeps it."""
    return json.dumps(value, ensure_ascii=False)
