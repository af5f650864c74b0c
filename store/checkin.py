# SPDX-License-Identifier: GPL-2.0-or-later
"""Bringing field work back: three versions compared, and what only a person can decide kept.

The records of the file that was taken along are only read (a file of an older version is brought
up to date when it is opened, as every store is). One transaction writes its edits into the store
and notes, in the row of ``import_batch`` that stands for it, which changes of the file it has:
the same file again, a copy of it, or the same one after a cut in the middle brings only what is
not there yet. A check-in is undone as an import is.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

from ..domain.errors import StoreBusy, StoreError
from ..domain.keys import new_key
from ..domain.progress import Progress, silent
from ..domain.schema import Schema
from ..domain.three_way import WHOLE, Difference, compare, same
from .checkout import Checkout, checkout_of
from .conflicts import Conflict, as_json, noted_of
from .database import Row, Store, open_store
from .history import values_of
from .merging import MERGED
from .one_by_one import Refused, in_order, refusal_of
from .tables import sha256

# Two at once may refuse each other: the second then reads what the first has written.
_TRIES = 3


@dataclass(frozen=True)
class CheckedIn:
    """What a check-in did; ``batch`` is empty if the store had all of it already.

    What was ``refused`` the file still has.
    """

    batch: str
    created: int = 0
    updated: int = 0
    deleted: int = 0
    conflicts: tuple[Conflict, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class _Edit:
    """A record edited in the field, before and after (None: it was not there)."""

    table: str
    key: str
    base: Row | None
    mine: Row | None
    changes: tuple[str, ...]


def check_in(store: Store, path: Path, by: str = "", progress: Progress = silent) -> CheckedIn:
    """Bring the edits of a file that was checked out into a store, all in one transaction.

    What the field alone changed is written; what the store has otherwise meanwhile stays, and
    is listed for choosing (``store.conflicts``); what is refused is said with its
    reason and can be brought again. StoreError if the file is no check-out of this store.
    """
    progress(0.0, Path(path).name)
    with open_store(str(path)) as field:
        checkout = checkout_of(field)
        taken = _taken_along(field)
        changes = field.rows("change")
    if taken and not any(store.count("site", site_id=key) for key in taken):
        raise StoreError(
            "{store} has none of the sites of {path}: it was checked out of another store. "
            "Nothing was changed.",
            store=store.location,
            path=path,
        )
    for _again in range(_TRIES - 1):
        with suppress(StoreBusy):
            return _CheckIn(store, checkout, Path(path), by).run(changes, progress)
    return _CheckIn(store, checkout, Path(path), by).run(changes, progress)


def _taken_along(field: Store) -> list[str]:
    """Return the keys of some sites that came out of the store, not of the field."""
    made = {row["key"] for row in field.rows("change", table_name="site", action="insert")}
    return [row["site_id"] for row in field.rows("site") if row["site_id"] not in made][:50]


class _CheckIn:
    """One check-in while it is written."""

    def __init__(self, store: Store, checkout: Checkout, path: Path, by: str) -> None:
        self._store = store
        self._checkout = checkout
        self._path = path
        self._by = by
        self._batch = new_key()
        self._counts = {"created": 0, "updated": 0, "deleted": 0}
        self._conflicts: list[Conflict] = []

    def run(self, changes: Iterable[Row], progress: Progress) -> CheckedIn:
        """Write what the store does not have yet."""
        refused: list[Refused] = []
        brought: list[str] = []
        with self._store.transaction(self._batch, self._by, self._checkout.institution):
            known = _known_changes(self._store)
            new = [row for row in changes if row["change_id"] not in known]
            edits = _edits(self._store.schema, self._checkout, new)
            if not edits:
                return CheckedIn("")
            self._store.insert("import_batch", [self._row()])
            for done, edit in enumerate(edits):
                progress(done / len(edits), self._path.name)
                record = (edit.table, edit.key)
                refusal = refusal_of(self._store, record, partial(self._write, edit))
                if refusal:
                    refused.append(refusal)
                else:
                    brought += edit.changes
            self._note(brought)
            progress(1.0, self._path.name)
        return CheckedIn(
            self._batch if brought else "",
            **self._counts,
            conflicts=tuple(self._conflicts),
            refused=tuple(refused),
        )

    def _row(self) -> Row:
        own = self._store.institutions()
        code = self._checkout.institution or (min(own) if own else None)
        return {
            "batch_id": self._batch,
            "file_name": self._path.name,
            "sha256": sha256(self._path),
            "institution_code": code,
            "by": self._by or None,
        }

    def _note(self, brought: Iterable[str]) -> None:
        """Note what was brought, and what is to be chosen; of nothing there is nothing to note."""
        if not brought:
            self._store.delete("import_batch", self._batch)
            return
        conflicts = [one.noted() for one in self._conflicts]
        counts = {**self._counts, "changes": brought, "conflicts": conflicts}
        self._store.update("import_batch", self._batch, {"counts": as_json(counts)})

    def _write(self, edit: _Edit) -> None:
        now = self._store.row(edit.table, edit.key)
        if edit.base is None and now is None:
            self._add(edit)
        elif edit.mine is None or now is None:
            self._one_deleted(edit, now)
        else:
            compared = compare(edit.base or {}, edit.mine, now)
            if compared.changes:
                changes = {**compared.changes, **self._stamp(edit.table)}
                self._store.update(edit.table, edit.key, changes)
                self._counts["updated"] += 1
            self._differ(edit, compared.differences)

    def _add(self, edit: _Edit) -> None:
        if edit.mine is not None:
            row = {**edit.mine, **self._moved(edit.table, edit.mine), **self._stamp(edit.table)}
            self._store.insert(edit.table, [row])
            self._counts["created"] += 1

    def _moved(self, table: str, row: Row) -> Row:
        """Return where a new offer or notice goes whose site was merged into another one."""
        column = {"offer": "site_id", "notice": "key"}.get(table)
        if not column or row.get("applies_to", "site") != "site":
            return {}
        site = self._store.row("site", row[column])
        followed = site and site["closure_reason"] == MERGED and site["replaced_by"]
        return {column: followed} if followed else {}

    def _one_deleted(self, edit: _Edit, now: Row | None) -> None:
        """One side deleted the record: so it is, unless the other edited it."""
        base = edit.base or {}
        if edit.mine is None and now is not None and same(base, now):
            self._store.delete(edit.table, edit.key)
            self._counts["deleted"] += 1
        elif (edit.mine is None) != (now is None) and not (edit.mine and same(base, edit.mine)):
            self._differ(edit, [Difference(WHOLE, base, edit.mine, now)])

    def _differ(self, edit: _Edit, differences: Iterable[Difference]) -> None:
        name = str((edit.mine or edit.base or {}).get("name_fr") or edit.key)
        self._conflicts += [
            Conflict(self._batch, edit.table, edit.key, name, *one) for one in differences
        ]

    def _stamp(self, table: str) -> Row:
        common = self._store.schema.table(table).common
        stamp = {"batch_id": self._batch, "updated_by": self._by or None, "source_row": None}
        return stamp if common else {}


def _known_changes(store: Store) -> set[str]:
    """Return the changes of files that were brought in already, and not undone."""
    return {
        change
        for row in store.rows("import_batch", undone_at=None)
        for change in noted_of(row, "changes")
        if isinstance(change, str)
    }


def _edits(schema: Schema, checkout: Checkout, changes: Iterable[Row]) -> list[_Edit]:
    """Return the records that the changes are about, in the order of writing."""
    by_record: dict[tuple[str, str], list[Row]] = {}
    for row in changes:
        by_record.setdefault((row["table_name"], row["key"]), []).append(row)
    edits = []
    for (table, key), rows in by_record.items():
        named = {} if key else {schema.table(table).key: _key_of_nameless(checkout, table)}
        key = key or named[schema.table(table).key]
        base, mine = (
            {**values_of(text), **named} if text else None
            for text in (rows[0]["before"], rows[-1]["after"])
        )
        edits.append(_Edit(table, key, base, mine, tuple(row["change_id"] for row in rows)))
    return in_order(edits, lambda one: one.table, lambda one: bool(one.mine))


def _key_of_nameless(checkout: Checkout, table: str) -> str:
    """Return the key of a record that was drawn without one, the same however often it comes."""
    return str(uuid5(UUID(checkout.key), table))
