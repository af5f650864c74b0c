# SPDX-License-Identifier: GPL-2.0-or-later
"""Taking an import or another batch back, from the history kept of every change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.errors import StoreError
from .database import Row, Store
from .embedded.geopackage import point_of
from .findings import take_back_findings
from .sql import GEOMETRY, moment

_OWN = ("batch_id", "source_row", "updated_at", "updated_by")
# A position is one value: half of it is another place. So is a closing: a record that is open
# and replaced by another would lend that one its rows.
_POSITION = ("lon", "lat")
_CLOSING = ("closed_on", "closure_reason", "replaced_by")


@dataclass(frozen=True)
class Clash:
    """A record that was changed after the import, so that the undo leaves what was changed."""

    table: str
    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Undone:
    """How many records are again as before the import, and which clash with later edits."""

    restored: int
    clashes: tuple[Clash, ...]


def last_batch(store: Store) -> str:
    """Return the last import that was not undone, "" if there is none."""
    rows = store.rows("import_batch", undone_at=None)
    return max(rows, key=lambda row: row["at"])["batch_id"] if rows else ""


def undo_import(store: Store, batch: str) -> Undone:
    """Bring back what an import changed, newest change first, in one transaction.

    A value that somebody changed since stays as it is and is reported as a clash; so does a
    record that the import made and that was edited, or that others refer to, since.
    """
    rows = store.rows("import_batch", batch_id=batch)
    if not rows:
        raise StoreError("{store}: there is no import {batch}.", store=store.location, batch=batch)
    if rows[0]["undone_at"]:
        raise StoreError(
            "The import {batch} was undone already, on {moment}.",
            batch=batch,
            moment=rows[0]["undone_at"],
        )
    with store.transaction(by=f"undo {batch}"):
        undone = _take_back(store, batch, _counted(store, batch))
        store.update("import_batch", batch, {"undone_at": moment()})
    return undone


def undo_batch(store: Store, batch: str) -> Undone:
    """Bring back what a batch that is no import changed, as ``undo_import`` does for imports.

    Such batches (confirmations, corrections) stand in the history alone, and so does their
    undoing: StoreError if there is no such batch or it was undone already.
    """
    undoing = f"undo {batch}"
    if not store.count("change", batch_id=batch):
        raise StoreError(
            "{store}: the history knows of no batch {batch}.", store=store.location, batch=batch
        )
    if store.count("change", batch_id=undoing):
        raise StoreError("This was undone already. Nothing was changed.")
    with store.transaction(batch_id=undoing):
        return _take_back(store, batch, [table.name for table in store.schema.tables])


def _counted(store: Store, batch: str) -> Collection[str]:
    """Return the tables whose rows a person counts as records: what the import was of."""
    for tables in (("site", "programme"), ("service",)):
        if any(store.count("change", batch_id=batch, table_name=one) for one in tables):
            return tables
    return [table.name for table in store.schema.tables]


def _take_back(store: Store, batch: str, counted: Collection[str]) -> Undone:
    """Undo the changes of a batch; ``counted`` are the tables whose rows count as records."""
    restored, clashes = 0, []
    changes = store.rows("change", batch_id=batch)
    findings = take_back_findings(store, batch)
    staying = _staying_sites(store, changes)
    for change in reversed(changes):
        at_a_staying_site = (
            change["table_name"] == "offer"
            and change["action"] == "insert"
            and values_of(change["after"])["site_id"] in staying
        )
        fields = ("site_id",) if at_a_staying_site else _undo(store, change)
        if fields:
            clashes.append(Clash(change["table_name"], change["key"], fields))
        else:
            restored += change["table_name"] in counted
    store.load("finding", _still_true(findings, clashes, changes))
    return Undone(restored, tuple(clashes))


def _still_true(
    findings: Iterable[Row], clashes: Iterable[Clash], changes: Iterable[Row]
) -> Iterator[Row]:
    """Yield the findings of a batch on what its undoing has left: a record of its own, a field."""
    own = {(row["table_name"], row["key"]) for row in changes if row["action"] == "insert"}
    left = {(one.table, one.key): one.fields for one in clashes}
    for row in findings:
        record = (row["table_name"], row["key"])
        field = "lon" if row["field"] == GEOMETRY else row["field"]
        if record in left and (record in own or field in left[record]):
            yield row


def _staying_sites(store: Store, changes: Sequence[Row]) -> set[str]:
    """Return the sites that a batch made and that its undoing leaves, with what they offer."""
    made = {
        row["key"]: row
        for row in changes
        if row["table_name"] == "site" and row["action"] == "insert"
    }
    if not made:
        return set()
    own = {row["key"] for row in changes if row["table_name"] == "offer"}
    others = {row["site_id"] for row in store.rows("offer") if row["offer_id"] not in own}
    return {
        row["site_id"]
        for row in store.rows("site")
        if row["site_id"] in made
        and (row["site_id"] in others or _differing(row, values_of(made[row["site_id"]]["after"])))
    }


def _undo(store: Store, change: Row) -> tuple[str, ...]:
    """Undo one change; return the fields that stand in the way, none if it is undone."""
    table, key = change["table_name"], change["key"]
    current = store.row(table, key)
    if change["action"] == "delete":
        if current is None:  # else somebody has put it back already
            store.insert(table, [values_of(change["before"])])
        return ()
    after = values_of(change["after"])
    if current is None:
        return ("deleted",)
    edited = _differing(current, after)
    if change["action"] == "insert":
        if not edited and not _referred_to(store, table, key):
            store.delete(table, key)
            return ()
        return edited or ("referred_to",)
    before = values_of(change["before"])
    changed = _whole({name for name, value in before.items() if after.get(name) != value})
    back = {name: before[name] for name in before if name in changed and name not in edited}
    if back:  # else all of it was edited since
        store.update(table, key, back)
    return tuple(name for name in edited if name in changed)


def _whole(names: Collection[str]) -> set[str]:
    """Return the names of fields, with all of a position or a closing if a part is among them."""
    whole = set(names)
    for parts, more in ((_POSITION, ()), (_CLOSING, ("status",))):
        if whole.intersection(parts):
            whole.update(parts, more)
    return whole


def values_of(text: str) -> dict[str, Any]:
    """Return the values that the history keeps of a row, its position in degrees."""
    values = json.loads(text)
    if GEOMETRY in values:
        blob = values.pop(GEOMETRY)
        values["lon"], values["lat"] = point_of(bytes.fromhex(blob) if blob else None)
    return values


def _differing(current: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    differing = _whole([name for name, value in after.items() if current.get(name, value) != value])
    return tuple(name for name in after if name in differing and name not in _OWN)


def _referred_to(store: Store, table: str, key: str) -> bool:
    references: list[tuple[str, str]] = [
        (other.name, field.name)
        for other in store.schema.tables
        for field in other.fields
        if field.references == table and other.name != table
    ]
    return any(store.count(other, **{name: key}) for other, name in references)
