# SPDX-License-Identifier: GPL-2.0-or-later
"""A file as it is understood before it is imported: whose it is, and what its columns feed.

What the cartographer answers here is the ``mapping`` of ``store.importing.import_table``; the
store keeps it with the import, so that the next file of the institution asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..domain.columns import (
    HEADER_WITHIN,
    LEFT_OUT,
    REPORT_HEADINGS,
    Columns,
    find_header,
    match_columns,
    taken_headings,
)
from ..domain.records import same_name
from ..domain.schema import Schema
from ..domain.text import fold
from .database import Store
from .directory import Directory
from .planning import UPDATED, ImportPlan
from .rows.header import pointed_row
from .tables import Grid

#: What is known of a column: taken, asked about, not recognised, left out on purpose.
SURE, ASKED, UNKNOWN, OUT = "sure", "asked", "unknown", "out"
_SAMPLES = 500  # rows among which a sample value is looked for


@dataclass(frozen=True)
class FileColumn:
    """A column of a file: its state, the field that it feeds or may feed, a value of it."""

    index: int
    heading: str
    state: str
    target: str = ""
    sample: str = ""


@dataclass(frozen=True)
class Preview:
    """What a file seems to hold; ``table`` is empty if no row of headings was recognised.

    ``remembered`` tells that the institution's last file had these columns too, so that there
    is nothing left to ask; ``lines`` are the rows below the headings, ``header`` is the row of
    these, ``mapping`` what the institution's last import and the answers to questions say.
    """

    grid: Grid
    institution: str
    table: str = ""
    columns: tuple[FileColumn, ...] = ()
    lines: int = 0
    remembered: bool = False
    header: int = -1
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, str]:
        """Return the mapping of the columns that this file has: what its import is given."""
        headings = {fold(column.heading) for column in self.columns}
        return {name: fed for name, fed in self.mapping.items() if fold(name) in headings}

    @property
    def header_line(self) -> int:
        """Return the line of the file that holds the headings, 0 if none was recognised."""
        return self.grid.numbers[self.header] if self.table else 0

    @property
    def first_rows(self) -> Mapping[int, Sequence[str]]:
        """Return the rows that may be the headings, by the line at which they stand."""
        rows = zip(self.grid.numbers, self.grid.rows[:HEADER_WITHIN])
        return {line: tuple(filter(None, row)) for line, row in rows}

    @property
    def questions(self) -> int:
        """Return how many columns are asked about."""
        return sum(column.state == ASKED for column in self.columns)


@dataclass(frozen=True)
class Difference:
    """What a row changes in one field of a record: the value before and after."""

    field: str
    before: Any
    after: Any


def preview_table(
    store: Store,
    grid: Grid,
    institution: str = "",
    recognise: bool = True,
    header_line: int = 0,
) -> Preview:
    """Return how the columns of a file are understood, as its import would begin.

    ``recognise`` takes the institution whose last file, and no other's, had these columns, and
    the given one only if there is none. ``header_line`` is the line of the file that holds the
    headings, 0 to look for it.
    """
    if recognise:
        institution = _sender(store, grid) or institution
    remembered = Directory(store, institution, grid.path).remembered_mapping(grid.rows)
    header, columns = find_header(
        grid.rows, store.schema, remembered, pointed_row(grid, header_line)
    )
    if columns is None:
        return Preview(grid, institution)
    taken = taken_headings(remembered)
    return Preview(
        grid,
        institution,
        columns.table,
        tuple(_columns(grid, header, columns)),
        len(grid.rows) - header - 1,
        bool(taken) and taken <= set(map(fold, grid.rows[header])) and not columns.likely,
        header,
        remembered,
    )


def answered(preview: Preview, schema: Schema, heading: str, target: str) -> Preview:
    """Return a preview in which a column feeds a field, or is left out (``LEFT_OUT``).

    A field is fed by one column: the column that fed it before gives it up.
    """
    mapping = {
        name: fed
        for name, fed in preview.mapping.items()
        if fold(name) != fold(heading) and (fed != target or target == LEFT_OUT)
    }
    mapping[heading] = target
    headings = preview.grid.rows[preview.header]
    columns = match_columns(headings, schema, preview.table, mapping)
    shown = tuple(_columns(preview.grid, preview.header, columns))
    return replace(preview, columns=shown, mapping=mapping)


def _sender(store: Store, grid: Grid) -> str:
    """Return the institution whose last import had all of its columns in this file, "" if none.

    Institutions that fill in the same template cannot be told apart: then nothing is guessed.
    """
    titles = [set(map(fold, row)) for row in grid.rows[:HEADER_WITHIN]]
    found = []
    for row in store.rows("institution"):
        mapping = Directory(store, row["code"], grid.path).remembered_mapping(grid.rows)
        taken = taken_headings(mapping)
        if len(taken) > 1 and any(taken <= title for title in titles):
            found.append(row["code"])
    return found[0] if len(found) == 1 else ""


def _columns(grid: Grid, header: int, columns: Columns) -> Iterator[FileColumn]:
    known = {match.index: (SURE, match.target) for match in columns.matched}
    known.update({match.index: (ASKED, match.target) for match in columns.likely})
    left_out = {fold(heading) for heading in columns.left_out}
    report = {fold(heading) for heading in REPORT_HEADINGS}
    for index, heading in enumerate(grid.rows[header]):
        folded = fold(heading)
        if not folded or folded in report:
            continue
        state, target = known.get(index, (OUT if folded in left_out else UNKNOWN, ""))
        below = grid.rows[header + 1 : header + 1 + _SAMPLES]
        sample = next((row[index] for row in below if row[index]), "")
        yield FileColumn(index, heading, state, target, sample)


def read_differences(store: Store, plan: ImportPlan) -> Mapping[str, tuple[Difference, ...]]:
    """Return, by key, what the plan changes in the records that it updates."""
    table = store.schema.table(plan.columns.table)
    updated = {row.key: row for row in plan.rows if row.outcome == UPDATED}
    offered = _offered(store)
    differences: dict[str, tuple[Difference, ...]] = {}
    for record in store.rows(table.name) if updated else ():
        row = updated.get(record[table.key])
        if row is None:
            continue
        found = [Difference(name, record.get(name), row.changes[name]) for name in row.changes]
        present = offered.get(row.key, ())
        new = _new_names(row.services, present)
        if new:
            found.append(Difference("services", "; ".join(present), "; ".join((*present, *new))))
        if row.offered_at:
            found.append(Difference("site_kinds", None, str(len(row.offered_at))))
        differences[row.key] = tuple(found)
    return differences


def _offered(store: Store) -> Mapping[str, Sequence[str]]:
    """Return the names of the services that each site offers."""
    names = {row["service_id"]: row["name_fr"] for row in store.rows("service")}
    offered: dict[str, list[str]] = {}
    for row in store.rows("offer"):
        offered.setdefault(row["site_id"], []).append(names.get(row["service_id"]) or "")
    return offered


def _new_names(names: Sequence[str], present: Sequence[str]) -> list[str]:
    known = set(map(same_name, present))
    return [name for name in names if same_name(name) not in known]
