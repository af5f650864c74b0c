# SPDX-License-Identifier: GPL-2.0-or-later
"""Answering findings with what they propose: shown first, then written as one batch.

``store.history.undo_batch`` takes the batch back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.errors import StoreError
from ..domain.fixes import NO_FIX, Fix, Places, fix_of
from ..domain.report import Finding
from .boundaries import load_gazetteer, load_locator
from .database import Row, Store
from .findings import settle_finding

_TABLES = ("site", "service")


@dataclass(frozen=True)
class ProposedFix:
    """What a finding's fix would change: values before and after, by column.

    ``name`` is what the record is called; ``sure`` tells that nobody needs to look.
    """

    finding: Finding
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    sure: bool


def proposed_fixes(store: Store, findings: Iterable[Finding]) -> tuple[ProposedFix, ...]:
    """Return what can be done about findings; those that nothing is known for are left out."""
    records = {table: store.by_key(table) for table in _TABLES}
    places = _places(store)
    proposed = []
    for finding in findings:
        record = records.get(finding.table, {}).get(finding.key)
        fix = _possible(finding, record, places)
        if record is not None and fix.changes:
            name = record["name_fr"] or record["name_ar"] or finding.key
            before = {column: record.get(column) for column in fix.changes}
            proposed.append(ProposedFix(finding, name, before, fix.changes, fix.sure))
    return tuple(proposed)


def fix_findings(store: Store, findings: Iterable[Finding]) -> str:
    """Do what is proposed for findings, in one transaction, and return the batch.

    Each is worked out from the record as it then is. All or none: StoreError if one of them has
    no fix (any more), or if what it would write breaks a rule of the database.
    """
    batch = str(uuid.uuid4())
    places = _places(store)
    with store.transaction(batch_id=batch):
        for finding in findings:
            fix = _fix(store, finding, places)
            store.update(finding.table, finding.key, {**fix.changes, "updated_by": None})
            settle_finding(store, finding)
    return batch


def _fix(store: Store, finding: Finding, places: Places) -> Fix:
    record = store.row(finding.table, finding.key) if finding.table in _TABLES else None
    fix = _possible(finding, record, places)
    if not fix.changes:
        raise StoreError(
            "{store}: nothing can be done by itself about a finding ({rule}). Nothing was "
            "changed: check the store again.",
            store=store.location,
            rule=finding.rule,
        )
    return fix


def _possible(finding: Finding, record: Row | None, places: Places) -> Fix:
    """Return the fix of a finding on a record that is there and not closed."""
    if record is None or record["status"] == "closed":
        return NO_FIX
    return fix_of(finding, record, places)


def _places(store: Store) -> Places:
    return Places(store.schema, load_gazetteer(), load_locator())
