# SPDX-License-Identifier: GPL-2.0-or-later
"""One institution's records as they were: from the history, or from a store that was kept.

The others' records stay as they are. What is written is itself a batch in the history, and is
taken back with ``history.undo_batch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ..domain.errors import StoreError
from ..domain.keys import new_key
from ..domain.progress import Progress, silent
from ..domain.three_way import compare
from .database import Row, Store
from .history import values_of
from .institutions import check_institution
from .one_by_one import ORDER, Record, Refused, in_order, refusal_of
from .sql import compose

_OWNERS = {"institution": "code", "programme": "lead_code"}


@dataclass(frozen=True)
class Restored:
    """What was put back; ``batch`` is empty if nothing had changed."""

    batch: str
    restored: int = 0
    deleted: int = 0
    refused: tuple[Refused, ...] = ()


def restore_to_moment(
    store: Store, institution: str, moment: str, by: str = "", progress: Progress = silent
) -> Restored:
    """Put the records of an institution back as they were at a moment, from the history.

    ``moment`` is ISO 8601 in UTC (2026-01-31T12:00:00Z). What was deleted since is there again,
    what was changed is as before, what was added is deleted unless others refer to it.
    """
    check_institution(store, institution)
    try:
        datetime.fromisoformat(moment.replace("Z", "+00:00"))
    except ValueError as error:
        raise StoreError(
            "« {moment} » is no moment. Write it as 2026-01-31T12:00:00Z.", moment=moment
        ) from error
    batch = new_key()
    with store.transaction(batch, by, institution):
        return _written(store, batch, _before(store, institution, moment), by, progress)


def restore_from(
    store: Store, source: Store, institution: str, by: str = "", progress: Progress = silent
) -> Restored:
    """Put the records of an institution back as another store has them (a restored backup)."""
    for one in (store, source):
        check_institution(one, institution)
    batch = new_key()
    with store.transaction(batch, by, institution):
        wanted: dict[Record, Row | None] = dict.fromkeys(_records(store, institution))
        wanted.update(_records(source, institution))
        return _written(store, batch, wanted, by, progress)


def _before(store: Store, institution: str, moment: str) -> dict[Record, Row | None]:
    """Return how the records that changed since a moment were then; None: they were not."""
    changes = list(_changes_since(store, moment))
    owners = _owners(store)
    for table in ORDER:  # what is deleted had an owner too
        for name, key, versions in changes:
            for row in versions if name == table else ():
                owners.setdefault((table, key), _owner(table, row, owners) if row else None)
    wanted: dict[Record, Row | None] = {}
    for table, key, versions in changes:
        if institution in [_owner(table, row, owners) for row in versions if row]:
            wanted.setdefault((table, key), versions[0])
    return wanted


def _changes_since(store: Store, moment: str) -> Iterator[tuple[str, str, tuple]]:
    """Yield table, key, and the record before and after each change, the oldest change first."""
    statement = compose(
        "SELECT table_name, key, {before}, {after} FROM change WHERE at > ? ORDER BY fid",
        before="before",
        after="after",
    )
    with store._speaking():
        for table, key, *texts in store._connection.execute(statement, (moment,)):
            if table in ORDER:
                yield table, key, tuple(values_of(text) if text else None for text in texts)


def _owners(store: Store) -> dict[Record, str | None]:
    owners: dict[Record, str | None] = {}
    for table in ORDER:
        key = store.schema.table(table).key
        for row in store.rows(table):
            owners[table, row[key]] = _owner(table, row, owners)
    return owners


def _owner(table: str, row: Row, owners: Mapping[Record, str | None]) -> str | None:
    """Return the code of the institution that a record belongs to."""
    if table == "offer":
        return owners.get(("service", row["service_id"]))
    if table == "notice":
        return owners.get((row["applies_to"], row["key"]))
    return row[_OWNERS.get(table, "institution_code")]


def _records(store: Store, institution: str) -> dict[Record, Row | None]:
    owners = _owners(store)
    return {
        (table, row[store.schema.table(table).key]): row
        for table in ORDER
        for row in store.rows(table)
        if _owner(table, row, owners) == institution
    }


def _written(
    store: Store, batch: str, wanted: Mapping[Record, Row | None], by: str, progress: Progress
) -> Restored:
    counts = {"restored": 0, "deleted": 0}
    refused = []

    def put_back(record: Record) -> None:
        what = _put_back(store, *record, wanted[record], by)
        if what:
            counts[what] += 1

    records = in_order(wanted, lambda one: one[0], lambda one: bool(wanted[one]))
    for done, record in enumerate(records):
        progress(done / len(records), f"{done} / {len(records)}")
        refusal = refusal_of(store, record, partial(put_back, record))
        if refusal:
            refused.append(refusal)
    progress(1.0, "")
    return Restored(batch if any(counts.values()) else "", **counts, refused=tuple(refused))


def _put_back(store: Store, table: str, key: str, wanted: Row | None, by: str) -> str:
    """Write one record as it was; return what that was, "" if it is so already."""
    definition = store.schema.table(table)
    now = store.row(table, key)
    stamp = {"updated_by": by or None} if definition.common else {}
    if wanted is None:
        if now is None:
            return ""
        store.delete(table, key)
        return "deleted"
    if now is None:
        if wanted.get("batch_id") and not store.count("import_batch", batch_id=wanted["batch_id"]):
            wanted = {**wanted, "batch_id": None}
        store.insert(table, [{**wanted, **stamp}])
        return "restored"
    changes = compare(now, wanted, now).changes
    if changes:
        store.update(table, key, {**changes, **stamp})
    return "restored" if changes else ""
