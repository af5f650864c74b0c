# SPDX-License-Identifier: GPL-2.0-or-later
"""Saying that records were verified: the day, the way and the function of who did it.

Each confirmation is a batch of the history, which ``store.history.undo_batch`` takes back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from ..domain.errors import StoreError
from .database import Store
from .findings import change_state

#: What a finding on a date of verification is about, settled by a new date.
_SETTLED = ("verification_missing", "verification_overdue", "verification_to_come")


def verify_sites(
    store: Store, ids: Iterable[str], method: str, by: str = "", on: date | None = None
) -> str:
    """Confirm sites and return the batch; see ``verify_records``."""
    return verify_records(store, (("site", one) for one in ids), method, by, on)


def verify_records(
    store: Store,
    records: Iterable[tuple[str, str]],
    method: str,
    by: str = "",
    on: date | None = None,
) -> str:
    """Confirm records, each a table (site, service, offer) and its key; return the batch.

    ``method`` is a code of the vocabulary ``verification_method``; ``by`` a function, never a
    person's name (what stood there before goes, for it verified something older); ``on`` the
    day, today if none is given. All or none: StoreError if a record is missing or closed, or
    if the day is still to come or the method unknown.
    """
    day = on or date.today()
    if day > date.today():
        raise StoreError(
            "Nothing can have been verified on {day}: it is to come.", day=day.isoformat()
        )
    if method not in {term.code for term in store.schema.vocabulary("verification_method")}:
        raise StoreError(
            "« {method} » is no way of verifying that the vocabulary knows.", method=method
        )
    batch = str(uuid.uuid4())
    said = {
        "verified_on": day.isoformat(),
        "verified_by": by.strip() or None,
        "verification_method": method,
        "updated_by": None,  # the history notes the account
    }
    with store.transaction(batch_id=batch):
        for table, key in dict.fromkeys(records):
            _check_open(store, table, key)
            store.update(table, key, said)
            _settle_findings(store, table, key)
    return batch


def _check_open(store: Store, table: str, key: str) -> None:
    row = store.row(table, key)
    if row is None:
        raise StoreError(
            "{store}: no {table} has the identifier {key}.",
            store=store.location,
            table=table,
            key=key,
        )
    if row["status"] == "closed":
        name = row.get("name_fr") or row.get("name_ar") or key
        raise StoreError(
            "« {record} » is closed: only open records are verified. Nothing was changed: "
            "leave it out, or reopen it first.",
            record=name,
        )


def _settle_findings(store: Store, table: str, key: str) -> None:
    for row in store.rows("finding", table_name=table, key=key, state="open"):
        if row["rule"] in _SETTLED:
            change_state(store, row, {"state": "fixed"})
