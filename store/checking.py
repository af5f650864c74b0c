# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking a whole store with the importer's own rules, and keeping what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ..domain.checks import CHECKS, SERVICE_CHECKS, Context, check, locating
from ..domain.progress import Progress, silent
from ..domain.report import Finding, counted
from .boundaries import load_gazetteer, load_locator
from .database import Store
from .findings import record_findings

_LISTS = (("site", CHECKS), ("service", SERVICE_CHECKS))


@dataclass(frozen=True)
class CheckResult:
    """What a check of a store found; ignored findings are not counted."""

    blocking: int
    warnings: int
    findings: tuple[Finding, ...]


def check_store(
    store: Store, progress: Progress = silent, today: date | None = None
) -> CheckResult:
    """Check every record that is not closed; the findings are kept in the store."""
    context = Context(
        schema=store.schema,
        today=today or date.today(),
        gazetteer=load_gazetteer(),
        locator=load_locator(),
        offered=frozenset(row["site_id"] for row in store.rows("offer")),
    )
    found: list[Finding] = []
    keys: list[str] = []
    for table, checks in _LISTS:
        key = store.schema.table(table).key
        rows = store.rows(table)
        context = locating(context, rows)
        for done, row in enumerate(rows):
            if done % 200 == 0:
                progress(done / max(len(rows), 1), table)
            keys.append(row[key])
            if row["status"] != "closed":
                found += [replace(one, key=row[key]) for one in check(row, context, checks, table)]
    with store.transaction():
        record_findings(store, found, "", keys)
    ignored = {
        (row["rule"], row["key"], row["field"], row["value"])
        for row in store.rows("finding", state="ignored")
    }
    shown = tuple(
        one
        for one in found
        if (one.rule, one.key, one.field or None, one.value or None) not in ignored
    )
    blocking, warnings = counted(shown)
    progress(1.0, "")
    return CheckResult(blocking, warnings, shown)
