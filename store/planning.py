# SPDX-License-Identifier: GPL-2.0-or-later
"""What an import would do, worked out before anything is written.

The same file twice makes nothing new: a record is recognised by the institution's own code,
then by its name and commune.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..domain.checks import CHECKS, SERVICE_CHECKS, Context, check, locating
from ..domain.columns import Columns, find_header
from ..domain.errors import TableError
from ..domain.matching import Known, choose_key
from ..domain.progress import Progress, silent
from ..domain.records import Candidate, Reader, derive_position
from ..domain.report import BLOCKING, INFO, WARNING, Finding, blocks, refuses
from ..domain.schema import Schema
from ..domain.text import clean
from .boundaries import load_gazetteer, load_locator
from .database import Row, Store
from .directory import Directory
from .offers import Offers
from .tables import Grid, read_grid

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
_CHECKS = {"site": CHECKS, "service": SERVICE_CHECKS}
# What a row may not change by itself once the record exists.
_KEPT = ("status", "visibility", "batch_id", "source_row", "created_at", "created_by")
_BETTER = {"entrance": 4, "street": 3, "district": 2, "commune": 1, "unknown": 0}


@dataclass(frozen=True)
class Planned:
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


@dataclass(frozen=True)
class ImportPlan:
    """All that an import would do, before anything is written."""

    grid: Grid
    header: int
    columns: Columns
    institution: str
    rows: tuple[Planned, ...]
    findings: tuple[Finding, ...]
    institutions: tuple[Row, ...]
    schema: Schema
    state: int

    def count(self, outcome: str) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def plan_import(
    store: Store,
    source: Path,
    sheet: str = "",
    institution: str = "",
    mapping: Mapping[str, str] | None = None,
    status: str = "draft",
    progress: Progress = silent,
) -> ImportPlan:
    """Work out what an import would do; the store is only read."""
    progress(0.0, source.name)
    state = store.state()
    grid = read_grid(source, sheet)
    directory = Directory(store, institution, source)
    remembered = {**directory.remembered_mapping(), **(mapping or {})}
    header, columns = find_header(grid.rows, store.schema, remembered)
    if columns is None:
        raise TableError(
            f"{source.name}: no row of headings was recognised among the first lines. Name the "
            "columns (« Nom », « Type », « Commune », « Téléphone »…), or give a mapping."
        )
    if (
        columns.table != "programme"
        and not institution
        and columns.index("institution_code") is None
    ):
        raise TableError(
            f"{source.name}: whose records are these? Give the institution's code "
            f"({', '.join(directory.codes)}), or add a column « Institution »."
        )
    reader = Reader(store.schema, columns, load_gazetteer())
    planner = _Planner(store, reader, directory, status)
    numbered = list(zip(grid.numbers[header + 1 :], grid.rows[header + 1 :]))
    read = [
        planner.read(number, cells)
        for number, cells in _followed(numbered, progress, 0.05, 0.4, source.name)
    ]
    planner.locate(read)
    rows = [planner.plan(one) for one in _followed(read, progress, 0.4, 0.65, source.name)]
    return ImportPlan(
        grid=grid,
        header=header,
        columns=columns,
        institution=directory.default or "",
        rows=tuple(rows),
        findings=tuple(_column_findings(columns, grid.numbers[header])),
        institutions=tuple(directory.added),
        schema=store.schema,
        state=state,
    )


def _followed(items: Sequence, progress: Progress, start: float, end: float, name: str):
    """Yield the items, reporting from one part of the job to the next."""
    for done, item in enumerate(items):
        if done % 200 == 0:
            part = start + (end - start) * done / len(items)
            progress(part, f"{name}: {done} / {len(items)}")
        yield item


def _column_findings(columns: Columns, line: int) -> Iterable[Finding]:
    for match in columns.likely:
        yield Finding(
            "column_uncertain", WARNING, value=match.heading, proposal=match.target,
            table=columns.table, row=line,
        )  # fmt: skip
    for _index, heading in columns.unmatched:
        yield Finding("column_unmatched", INFO, value=heading, table=columns.table, row=line)


class _Planner:
    """Decides row by row; remembers the keys that the file itself has used."""

    def __init__(self, store: Store, reader: Reader, directory: Directory, status: str) -> None:
        self._reader = reader
        self._directory = directory
        self._status = status
        self._table = reader.table
        self._known = Known(store.rows(self._table.name), self._table.key)
        self._seen: dict[str, int] = {}
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
        if self._table.name == "programme":
            self._programme(candidate)
        else:
            self._institution(candidate, cells)
        if self._table.geometry:
            town = self._cell(cells, "commune")
            derive_position(candidate.values, self._reader.gazetteer, town)
        return candidate

    def locate(self, candidates: Iterable[Candidate]) -> None:
        """Look up all positions at once, for the rules to use."""
        self._context = locating(self._context, (one.values for one in candidates))

    def plan(self, candidate: Candidate) -> Planned:
        """Return what becomes of one row."""
        number, values = candidate.row, candidate.values
        checks = _CHECKS.get(self._table.name, ())
        found = check(values, self._context, checks)
        findings = _without_doubles([*candidate.findings, *found])
        if refuses(findings):
            return self._refused(candidate, findings)
        existing = self._known.find(values)
        key = existing[self._table.key] if existing else choose_key(self._table, values)
        if key in self._seen:
            twice = Finding(
                "identifier_twice", BLOCKING, field="external_id",
                value=values.get("external_id") or values.get("name_fr", ""),
                params={"line": self._seen[key]}, refuses=True,
            )  # fmt: skip
            return self._refused(candidate, [*findings, twice])
        self._seen[key] = number
        return self._decided(candidate, key, existing, findings)

    def _refused(self, candidate: Candidate, findings: list[Finding]) -> Planned:
        found = self._signed(findings, candidate.row, "")
        return Planned(candidate.row, REFUSED, "", candidate.values, {}, found)

    def _signed(self, findings: Iterable[Finding], row: int, key: str) -> tuple[Finding, ...]:
        """Say of each finding which line, table and record it is about."""
        table = self._table.name
        return tuple(replace(one, row=row, key=key, table=table) for one in findings)

    def _decided(
        self,
        candidate: Candidate,
        key: str,
        existing: Mapping[str, Any] | None,
        findings: list[Finding],
    ) -> Planned:
        values = candidate.values
        if existing is None:
            if self._table.common:
                values["status"] = "draft" if blocks(findings) else self._status
            self._known.add({**values, self._table.key: key})
            outcome, changes = CREATED, dict(values)
        else:
            changes = _differences(existing, values)
            outcome = UPDATED if changes or self._offers.adds(key, candidate) else UNCHANGED
        return Planned(
            candidate.row,
            outcome,
            key,
            values,
            changes,
            self._signed(findings, candidate.row, key),
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


def _without_doubles(findings: Iterable[Finding]) -> list[Finding]:
    """A place that was looked for and not found is said once, with its reason."""
    listed = list(findings)
    reasons = {one.rule for one in listed if one.field == "commune_code"} - {"place_missing"}
    kept, said = [], False
    for one in listed:
        if one.rule == "place_missing":
            if reasons or said:
                continue
            said = True
        kept.append(one)
    return kept


def _differences(existing: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row changes; an empty cell says nothing, a coarser position neither."""
    changes = {
        name: value
        for name, value in values.items()
        if name not in _KEPT and value not in (None, "") and existing.get(name) != value
    }
    mine = _BETTER.get(values.get("precision") or "unknown", 0)
    theirs = _BETTER.get(existing.get("precision") or "unknown", 0)
    if existing.get("lon") is not None and mine < theirs:
        for name in ("lon", "lat", "precision"):
            changes.pop(name, None)
    if ("lon" in changes) != ("lat" in changes):
        changes.update(lon=values["lon"], lat=values["lat"])
    return changes
