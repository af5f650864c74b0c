# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of each row of a file: created, updated, unchanged or refused, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from ..domain.checks import CHECKS, SERVICE_CHECKS, Context, check, locating, without_doubles
from ..domain.duplicates import duplicate_findings, find_duplicates
from ..domain.matching import Known, choose_key
from ..domain.progress import Progress
from ..domain.records import Candidate, Reader, derive_position, fineness
from ..domain.report import BLOCKING, WARNING, Finding, blocks, refuses
from ..domain.text import clean, fold
from .boundaries import load_locator
from .database import Store
from .directory import Directory
from .offers import Offers

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
_CHECKS = {"site": CHECKS, "service": SERVICE_CHECKS}
# What a row may not change by itself once the record exists.
_KEPT = ("status", "visibility", "batch_id", "source_row", "created_at", "created_by")


class Planned(NamedTuple):
    """What becomes of one row: the outcome, the record's key, its values, its differences.

    ``services`` are the names of services that a site offers, ``offered_at`` the keys of the
    sites at which a service is newly offered.
    """

    row: int
    outcome: str
    key: str
    values: Mapping[str, Any]
    changes: Mapping[str, Any]
    findings: tuple[Finding, ...]
    services: tuple[str, ...] = ()
    offered_at: tuple[str, ...] = ()


# The foot of a table: « Total : 34 centres ».
_TOTAL = re.compile(r"(sous )?(total|totaux|somme|nombre total|المجموع|مجموع)\b")


class RowPlanner:
    """Decides row by row; remembers the keys that the file itself has used."""

    def __init__(self, store: Store, reader: Reader, directory: Directory, status: str) -> None:
        self._reader = reader
        self._directory = directory
        self._status = status
        self._table = reader.table
        rows = store.rows(self._table.name)
        self._stored = {row[self._table.key]: row for row in rows}
        self._offers = Offers(store)
        self._context = Context(
            schema=store.schema,
            today=date.today(),
            gazetteer=reader.gazetteer,
            locator=load_locator() if self._table.geometry else None,
        )

    def read(self, number: int, cells: Sequence[str]) -> Candidate:
        """Return what one row says, with its institution and position."""
        candidate = self._reader.read(number, cells)
        filled = [cell for cell in cells if cell]
        if len(filled) <= 3 and _TOTAL.match(fold(filled[0])):
            candidate.find("row_total", WARNING, value=filled[0], refuses=True)
        if self._table.name == "programme":
            self._programme(candidate)
        else:
            self._institution(candidate, cells)
        if self._table.geometry:
            town = self._cell(cells, "commune")
            derive_position(candidate.values, self._reader.gazetteer, town)
        return candidate

    def plan_all(self, candidates: Sequence[Candidate]) -> Iterator[Planned]:
        """Return what becomes of each row, in the file's order.

        Rows that are about one record must say the same: if they differ, none is taken, since
        which of them is right cannot be told from their order.
        """
        known = Known(self._stored.values(), self._table.key)
        context = locating(self._context, (one.values for one in candidates))
        for candidate in candidates:
            candidate.findings = self._checked(candidate, context)
        keys = [None if refuses(one.findings) else self._key(known, one) for one in candidates]
        twins = _twins(keys, candidates)
        for key, candidate in zip(keys, candidates):
            alike = twins.get(key, ()) if key else ()
            if key is None:
                yield self._refused(candidate)
            elif alike and (candidate is not alike[0] or _contradict(alike)):
                yield self._refused(candidate, _twice(candidate, alike))
            elif self._owner(key) not in (None, candidate.values.get("institution_code")):
                yield self._refused(candidate, _not_theirs(self._owner(key)))
            else:
                yield self._decided(candidate, key, self._stored.get(key))

    def with_duplicates(self, planned: Sequence[Planned], progress: Progress) -> list[Planned]:
        """Add to new sites the warning that they resemble another, of the store or the file."""
        new = {row.key: row for row in planned if row.outcome == CREATED}
        if not self._table.geometry or not new:
            return list(planned)
        records = _Records(self._stored, new, self._table.key)
        pairs = find_duplicates(records, self._reader.gazetteer, only=new.keys(), progress=progress)
        others = {pair.key_b: records.of(pair.key_b) for pair in pairs}
        found: dict[str, list[Finding]] = {}
        for finding in duplicate_findings(pairs, others):
            found.setdefault(finding.key, []).append(finding)
        return [self._with_more(row, found.get(row.key, ())) for row in planned]

    def _with_more(self, row: Planned, findings: Iterable[Finding]) -> Planned:
        more = self._signed(findings, row.row, row.key)
        return row._replace(findings=row.findings + more) if more else row

    def _checked(self, candidate: Candidate, context: Context) -> list[Finding]:
        checks = _CHECKS.get(self._table.name, ())
        found = check(candidate.values, context, checks)
        return without_doubles([*candidate.findings, *found])

    def _key(self, known: Known, candidate: Candidate) -> str:
        """Return the key of the record that a row is about: known, earlier in the file, or new."""
        record = known.find(candidate.values)
        if record:
            return record[self._table.key]
        key = choose_key(self._table, candidate.values)
        known.add({**candidate.values, self._table.key: key})
        return key

    def _owner(self, key: str) -> str | None:
        """Return whose a record is that the file of one institution names, None if that is new."""
        if self._directory.default is None:
            return None
        return self._stored.get(key, {}).get("institution_code")

    def _refused(self, candidate: Candidate, *more: Finding) -> Planned:
        candidate.findings.extend(more)
        found = self._taken(candidate, "")
        return Planned(candidate.row, REFUSED, "", candidate.values, {}, found)

    def _taken(self, candidate: Candidate, key: str) -> tuple[Finding, ...]:
        """Sign the findings of a row, which gives them up: 100,000 rows are not kept twice."""
        found, candidate.findings = candidate.findings, []
        return self._signed(found, candidate.row, key)

    def _signed(self, findings: Iterable[Finding], row: int, key: str) -> tuple[Finding, ...]:
        """Say of each finding which line, table and record it is about."""
        table = self._table.name
        return tuple(one._replace(row=row, key=key, table=table) for one in findings)

    def _decided(
        self, candidate: Candidate, key: str, existing: Mapping[str, Any] | None
    ) -> Planned:
        values = candidate.values
        if existing is None:
            if self._table.common:
                values["status"] = "draft" if blocks(candidate.findings) else self._status
            outcome, changes = CREATED, values
        else:
            changes = _differences(existing, values)
            outcome = UPDATED if changes or self._offers.adds(key, candidate) else UNCHANGED
        return Planned(
            candidate.row,
            outcome,
            key,
            values,
            changes,
            self._taken(candidate, key),
            candidate.services,
            self._offers.sites_for(key, candidate),
        )

    def _institution(self, candidate: Candidate, cells: Sequence[str]) -> None:
        named = self._cell(cells, "institution_code")
        code = self._directory.find(named) if named else self._directory.default
        if named and not code:
            code = self._directory.default
            candidate.find(
                "institution_unknown", WARNING if code else BLOCKING, field="institution_code",
                value=named, refuses=not code,
            )  # fmt: skip
        elif code and self._directory.default not in (None, code):
            candidate.find(
                "institution_other", BLOCKING, field="institution_code", value=named,
                proposal=self._directory.default, refuses=True,
            )  # fmt: skip
        candidate.values["institution_code"] = code

    def _cell(self, cells: Sequence[str], target: str) -> str:
        index = self._reader.columns.index(target)
        return "" if index is None else clean(cells[index])

    def _programme(self, candidate: Candidate) -> None:
        values = candidate.values
        if not (values.get("name_fr") or values.get("code")):
            candidate.find("name_missing", BLOCKING, field="name_fr", refuses=True)
        lead = values.pop("lead_code", None)
        code = self._directory.find(lead) if lead else None
        if code:
            values["lead_code"] = code
        elif lead:
            candidate.find("institution_unknown", WARNING, field="lead_code", value=lead)


class _Records:
    """Stored and planned records with their keys, each made when it is asked for."""

    def __init__(self, stored: Mapping[str, Any], new: Mapping[str, Planned], key: str) -> None:
        self._stored, self._new, self._key = stored, new, key

    def __len__(self) -> int:
        return len(self._stored) + len(self._new)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return map(self.of, chain(self._stored, self._new))

    def of(self, key: str) -> Mapping[str, Any]:
        row = self._new.get(key)
        return {**row.values, self._key: key} if row else self._stored[key]


def _differences(existing: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row changes; an empty cell says nothing, a coarser position neither."""
    changes = {
        name: value
        for name, value in values.items()
        if name not in _KEPT and value not in (None, "") and existing.get(name) != value
    }
    if existing.get("external_id") and "external_id" in changes:
        # The row speaks of a record that was merged into this one: it adds, and changes nothing.
        changes = {name: value for name, value in changes.items() if not existing.get(name)}
    mine = fineness(values.get("precision"))
    theirs = fineness(existing.get("precision"))
    if existing.get("lon") is not None and mine < theirs:
        for name in ("lon", "lat", "precision"):
            changes.pop(name, None)
    if ("lon" in changes) != ("lat" in changes):
        changes.update(lon=values["lon"], lat=values["lat"])
    return changes


def _twins(
    keys: Sequence[str | None], candidates: Sequence[Candidate]
) -> Mapping[str, Sequence[Candidate]]:
    """Return the rows that are about one record, by its key, where there are several."""
    again = {key for key, times in Counter(keys).items() if key and times > 1}
    twins: dict[str, list[Candidate]] = {}
    for key, candidate in zip(keys, candidates) if again else ():
        if key in again:
            twins.setdefault(key, []).append(candidate)
    return twins


def _contradict(rows: Sequence[Candidate]) -> bool:
    return any(one.values != rows[0].values for one in rows)


def _not_theirs(owner: str | None) -> Finding:
    return Finding(
        "record_of_another", BLOCKING, field="institution_code", value=owner or "", refuses=True
    )


def _twice(candidate: Candidate, twins: Sequence[Candidate]) -> Finding:
    other = next(one for one in twins if one is not candidate)
    return Finding(
        "identifier_twice",
        BLOCKING,
        field="external_id",
        value=candidate.values.get("external_id") or candidate.values.get("name_fr", ""),
        params={"line": other.row},
        refuses=True,
    )
