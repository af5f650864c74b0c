# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings kept in the store: seen again, gone, ignored with a reason, or open anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..domain.errors import StoreError
from ..domain.report import BLOCKING, INFO, WARNING, Finding
from .among import rows_among
from .database import Row, Store
from .sql import compose, moment

#: What makes a finding the same one when it is found again.
_SIGN = ("rule", "table_name", "key", "field", "value")
#: What becomes of a finding while it is kept.
_STATE = ("state", "severity", "reason")
#: What must be known of a kept finding to see that it is found again, or lasts.
_KNOWN_BY = ("finding_id", *_SIGN, *_STATE, "batch_id")
# Made once: ``json.dumps`` makes one for every text that is not all ASCII.
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_AT_ONCE = 500  # findings that are noted in one statement


def record_findings(
    store: Store,
    findings: Iterable[Finding],
    batch_id: str,
    checked: Sequence[str],
    lasts: Callable[[Row], bool] = lambda _row: False,
) -> None:
    """Bring the kept findings of the checked records in line with what was just found.

    A finding on the same field with the same value is the same one: it stays ignored if it
    was. One that is no longer found is *fixed*, unless it ``lasts``: the caller knows which
    rules it has not asked. Mere information (a position known only to the commune) can be read
    off the record at any time and is not kept; neither are the findings of a refused row, which
    is no record and stands in its import's report. Call it inside a transaction.
    """
    now = moment()
    asked = checked if store.count("finding") else ()  # of a first import nobody need be asked
    kept: dict[tuple, Row] = {
        row_sign(row): row for row in rows_among(store, "finding", "key", asked, _KNOWN_BY)
    }
    if kept:
        findings = _unknown(store, findings, kept, now)
    store.load("finding", finding_rows(findings, batch_id, now))
    for row in kept.values():
        if row["state"] == "open" and not lasts(row):
            change_state(store, row, {"state": "fixed"})


def finding_rows(findings: Iterable[Finding], batch_id: str, now: str) -> Iterator[Row]:
    """Yield findings as they are kept: those of records, and not what is mere information."""
    return (_row(one, batch_id, now) for one in findings if one.severity != INFO and one.key)


def _unknown(
    store: Store, findings: Iterable[Finding], kept: dict[tuple, Row], now: str
) -> list[Finding]:
    """Return the findings that are not kept yet; the others are noted and leave ``kept``."""
    new, same = [], []
    for one in findings:
        known = kept.pop(finding_sign(one), None) if one.severity != INFO and one.key else None
        if known and known["severity"] == one.severity and known["state"] != "fixed":
            same.append(known["finding_id"])
        elif known:
            _see_again(store, known, one, now)
        elif one.severity != INFO and one.key:
            new.append(one)
    _note_seen(store, same, now)
    return new


def change_state(store: Store, row: Row, changes: Mapping[str, Any]) -> None:
    """Change a kept finding; within a batch what it was before is kept, for the batch's undoing."""
    before = {name: row[name] for name in _STATE} if store.batch else None
    kept = {"changed_in": store.batch or None, "before": before and json.dumps(before)}
    store.update("finding", row["finding_id"], {**changes, **kept})


def take_back_findings(store: Store, batch: str) -> list[Row]:
    """Bring the findings that a batch changed back to their state before; return those it made.

    They are taken away, while the records that they are about are still there. A finding that
    somebody ignored since stays so. Call it inside a transaction.
    """
    changed = store.rows("finding", changed_in=batch)
    for row in changed:
        if row["before"]:
            back = {**json.loads(row["before"]), "changed_in": None, "before": None}
            store.update("finding", row["finding_id"], back)
    made = [row for row in changed if not row["before"]]
    made += store.rows("finding", batch_id=batch, changed_in=None, state="open")  # reopened
    for row in made:
        store.delete("finding", row["finding_id"])
    return made


def _see_again(store: Store, known: Row, finding: Finding, now: str) -> None:
    """Note that a finding was found again, with another severity or after it was fixed."""
    state = "open" if known["state"] == "fixed" else known["state"]
    change_state(store, known, {"last_seen": now, "severity": finding.severity, "state": state})


def _note_seen(store: Store, keys: Sequence[str], now: str) -> None:
    """Note that findings were found again as they were."""
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        statement = compose(
            "UPDATE finding SET last_seen = ? WHERE finding_id IN ({marks})", marks=len(some)
        )
        with store._speaking():
            store._connection.execute(statement, (now, *some))


def keep_finding(store: Store, finding: Finding) -> None:
    """Keep a finding that was made outside an import or a check, if it is not kept already."""
    now = moment()
    row = _row(finding, "", now)
    with store.transaction():
        known = store.rows("finding", **dict(zip(_SIGN, row_sign(row))))
        if not known:
            store.insert("finding", [row])
        elif known[0]["state"] == "fixed":
            change_state(store, known[0], {"state": "open", "last_seen": now})


def not_ignored(store: Store, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings that nobody has ignored."""
    ignored = {row_sign(row) for row in store.rows("finding", state="ignored")}
    if not ignored:
        return iter(findings)
    return (one for one in findings if finding_sign(one) not in ignored)


def ignore_findings(store: Store, findings: Iterable[Finding], reason: str, by: str = "") -> None:
    """Keep open findings out of the counts, with the reason why and who says so.

    They stay ignored when they are found again, until the value changes. All or none: raises
    StoreError if no reason is given or one of them is not open any more.
    """
    if not reason.strip():
        raise StoreError("Say why the findings are ignored: whoever comes later will ask.")
    said = f"{reason.strip()} ({by})" if by else reason.strip()
    _set_state(store, findings, "open", {"state": "ignored", "reason": said})


def reopen_findings(store: Store, findings: Iterable[Finding]) -> None:
    """Count ignored findings again. Raises StoreError if one of them is not ignored."""
    _set_state(store, findings, "ignored", {"state": "open", "reason": None})


def settle_finding(store: Store, finding: Finding) -> None:
    """Note that an open finding was answered. Call it inside a transaction."""
    for row in store.rows("finding", state="open", **dict(zip(_SIGN, finding_sign(finding)))):
        change_state(store, row, {"state": "fixed"})


def _set_state(
    store: Store, findings: Iterable[Finding], state: str, changes: dict[str, Any]
) -> None:
    with store.transaction():
        for finding in findings:
            sign = dict(zip(_SIGN, finding_sign(finding)))
            rows = store.rows("finding", state=state, **sign)
            if not rows:
                raise StoreError(
                    "{store}: a finding ({rule}) is not {state} any more. Nothing was "
                    "changed: check the store again.",
                    store=store.location,
                    rule=finding.rule,
                    state=state,
                )
            for row in rows:
                change_state(store, row, changes)


def _row(finding: Finding, batch_id: str, now: str) -> Row:
    rule, severity, field, value, proposal, params, table, key, row, _refuses = finding
    return {
        "rule": rule,
        "severity": severity,
        "table_name": table,
        "key": key or None,
        "field": field or None,
        "value": value or None,
        "proposal": proposal or None,
        "params": _as_json(dict(params)) if params else None,
        "batch_id": batch_id or None,
        "changed_in": batch_id or None,
        "source_row": row or None,
        "first_seen": now,
        "last_seen": now,
    }


def kept_findings(store: Store, state: str, most: int) -> list[Row]:
    """Return findings in a state, the gravest first, and no more of them than ``most``."""
    statement = compose(
        "SELECT {columns} FROM finding WHERE state = ? AND severity = ? ORDER BY fid LIMIT ?",
        columns=store.schema.table("finding").names,
    )
    found: list[Row] = []
    with store._speaking():
        for severity in (BLOCKING, WARNING, INFO):
            values = (state, severity, most - len(found))
            found += store._connection.records(statement, values)
    return found


def open_findings(store: Store) -> list[Finding]:
    """Return all findings that are open."""
    return [finding_of(row) for row in store.rows("finding", state="open")]


def finding_of(row: Row) -> Finding:
    """Return a row of the table ``finding`` as a finding."""
    return Finding(
        rule=row["rule"],
        severity=row["severity"],
        field=row["field"] or "",
        value=row["value"] or "",
        proposal=row["proposal"] or "",
        params=_params(row["params"]),
        table=row["table_name"] or "",
        key=row["key"] or "",
        row=row["source_row"] or 0,
    )


def _params(stored: str | None) -> Mapping[str, Any]:
    """Return the values of a finding; what another tool wrote there may be anything."""
    try:
        params = json.loads(stored or "{}")
    except ValueError:
        return {}
    return params if isinstance(params, dict) else {}


def finding_sign(finding: Finding) -> tuple:
    """Return what makes a finding the same one when it is found again."""
    one = finding
    return one.rule, one.table, one.key or None, one.field or None, one.value or None


def row_sign(row: Row) -> tuple:
    """Return what ``finding_sign`` does, of a row of the table."""
    return tuple(row[name] for name in _SIGN)
