# SPDX-License-Identifier: GPL-2.0-or-later
"""What an import would do, worked out before anything is written.

The same file twice makes nothing new: a record is recognised by its identifier, then by the
institution's own code, then by its name and commune (``domain.matching``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from operator import attrgetter
from pathlib import Path

from ..domain.collecting import collector_held, give_back
from ..domain.columns import Columns, find_header
from ..domain.progress import Progress, silent
from ..domain.records import Reader
from ..domain.references import References
from ..domain.report import Finding
from ..domain.schema import Schema
from ..domain.text import clean
from ..domain.twins import Sharing, shared_signs
from .boundaries import load_gazetteer, places_at_hand
from .database import Row, Store
from .directory import Directory
from .rows.header import check_owner, column_findings, pointed_row, usable
from .rows.planned import CREATED, REFUSED, UNCHANGED, UPDATED, Planned
from .rows.planner import RowPlanner
from .rows.row_reader import Block
from .rows.unsaid import Record, absence, absent_records, emptied_cells
from .search import Search
from .tables import Grid, read_grid, sha256

__all__ = [
    "CREATED",
    "REFUSED",
    "UNCHANGED",
    "UPDATED",
    "ImportPlan",
    "Planned",
    "Understood",
    "followed",
    "plan_import",
    "understood",
]

_BYTES = 50  # that a row of a list takes in a workbook, roughly: it is packed there
_AT_ONCE = 256  # rows: step by step, so that the processor has each step's code and data at hand


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
    sha256: str
    owner: str  # of all its records; "" if they are of several institutions
    absent: tuple[Record, ...] = ()  # the institution's records that its list leaves out

    def changed(self, store: Store) -> bool:
        """Return whether somebody changed the records that it is about since it was made."""
        return store.state(self.owner) != self.state

    @cached_property
    def outcomes(self) -> Counter[str]:
        """How many rows have each outcome."""
        return Counter(map(attrgetter("outcome"), self.rows))


@dataclass(frozen=True)
class Understood:
    """A file read, its headings understood; its rows are understood and decided as they are asked.

    ``start`` is the plan as far as it is known by then: without its rows, and with those
    findings only that need none. The ``search`` for duplicates is under way.
    """

    start: ImportPlan
    planner: RowPlanner
    search: Search

    def rows(self, progress: Progress = silent) -> Iterator[Planned]:
        """Understand and decide the rows, once: most in the file's order, some after all others."""
        grid, header = self.start.grid, self.start.header
        total, name = len(grid.rows) - header - 1, grid.path.name
        blocks = _blocks(grid, header, self._sharing())
        decided = self.planner.plan_all(blocks, self.search)
        new: list[int] = []
        for row in followed(decided, total, progress, (0.05, 0.6), name):
            if row.outcome == CREATED and row.value("status") != "closed":
                new.append(row.row)
            yield row
        self.search.begin(sorted(new))

    def _sharing(self) -> Sharing:
        """Tell which rows may be about one record; of a table whose keys are names, any may."""
        grid, header, columns = self.start.grid, self.start.header, self.start.columns
        table = self.start.schema.table(columns.table)
        if table.field(table.key).type != "uuid":
            any_may = [True] * (len(grid.rows) - header - 1)
            return Sharing(any_may, any_may)
        return shared_signs(islice(grid.rows, header + 1, None), columns, table.key)

    def plan(self, rows: Sequence[Planned], progress: Progress = silent) -> ImportPlan:
        """Return the whole plan, given all its rows in the file's order, and their duplicates."""
        start, stored = self.start, self.planner.stored
        table = start.schema.table(start.columns.table)
        absent = (
            absent_records(stored, self.planner.named, start.institution)
            if start.institution
            else ()
        )
        findings = (
            *start.findings,
            *emptied_cells(rows, start.grid, start.header, start.columns, table, stored),
            *absence(absent, table, start.grid.numbers[start.header]),
        )
        # Last: the duplicates may still be looked for.
        found = tuple(self.planner.with_duplicates(rows, self.search, progress))
        return replace(start, rows=found, findings=findings, absent=absent)


@collector_held()
def plan_import(
    store: Store,
    source: Path,
    sheet: str = "",
    institution: str = "",
    mapping: Mapping[str, str] | None = None,
    status: str = "draft",
    progress: Progress = silent,
    header_line: int = 0,
) -> ImportPlan:
    """Work out what an import would do; the store is only read.

    ``header_line`` is the line of the file that holds the headings; 0: find it.
    """
    asked = (store, source, sheet, institution, mapping, status, progress, header_line)
    with understood(*asked) as read:
        rows = sorted(read.rows(progress), key=attrgetter("row"))
        return read.plan(rows, lambda done, _message: progress(0.6 + 0.05 * done, source.name))


@contextmanager
def understood(
    store: Store,
    source: Path,
    sheet: str,
    institution: str,
    mapping: Mapping[str, str] | None,
    status: str,
    progress: Progress,
    header_line: int,
) -> Iterator[Understood]:
    """Read a file and understand its headings, as ``plan_import`` does, but no row yet.

    The search for duplicates ends with the block.
    """
    progress(0.0, source.name)
    directory = Directory(store, institution, source)
    states = {owner: store.state(owner) for owner in ("", directory.default or "")}
    with closing(Search(_probable_rows(source))) as search:
        with places_at_hand():
            grid = read_grid(source, sheet)
        give_back()
        remembered = {**directory.remembered_mapping(grid.rows), **(mapping or {})}
        pointed = pointed_row(grid, header_line)
        header, columns = find_header(grid.rows, store.schema, remembered, pointed)
        columns = usable(columns, grid, header, mapping or {})
        check_owner(columns, directory, source)
        alone = columns.table != "programme" and not directory.added
        owner = (directory.default or "") if alone else ""
        reader = Reader(store.schema, columns, load_gazetteer(), References(store.each))
        _prepare(reader, directory, grid.rows, header)
        planner = RowPlanner(store, reader, directory, status)
        planner.ready(search, len(grid.rows) - header - 1)
        start = ImportPlan(
            grid=grid,
            header=header,
            columns=columns,
            institution=directory.default or "",
            rows=(),
            findings=(*grid.findings, *column_findings(columns, grid, header)),
            institutions=tuple(directory.added),
            schema=store.schema,
            state=states[owner],
            sha256=sha256(source),
            owner=owner,
        )
        yield Understood(start, planner, search)


def _probable_rows(source: Path) -> int:
    """Return how many rows a file may hold, by its size; 0 of none, which reading it will tell."""
    with suppress(OSError, ValueError):
        return source.stat().st_size // _BYTES
    return 0


def _prepare(
    reader: Reader, directory: Directory, rows: Sequence[Sequence[str]], header: int
) -> None:
    """Ask the store beforehand what rows lead to: it is written while they are understood."""
    reader.look_up()
    for target in ("institution_code", "lead_code"):
        place = reader.columns.index(target)
        if place is not None:
            for cell in dict.fromkeys(row[place] for row in islice(rows, header + 1, None)):
                directory.find(clean(cell))


def _blocks(grid: Grid, header: int, sharing: Sharing) -> Iterator[Block]:
    """Yield the rows below the headings some at a time."""
    rows = islice(grid.rows, header + 1, None)
    for start in range(0, len(sharing.twins), _AT_ONCE):
        some = slice(header + 1 + start, header + 1 + start + _AT_ONCE)
        yield Block(
            grid.numbers[some],
            list(islice(rows, _AT_ONCE)),
            Sharing(*(one[start : start + _AT_ONCE] for one in sharing)),
            grid.links,
        )


def followed(
    items: Iterable, total: int, progress: Progress, part: tuple[float, float], name: str
) -> Iterator:
    """Yield the items, reporting from one part of the job to the next."""
    start, end = part
    for done, item in enumerate(items):
        if done % 200 == 0:
            progress(start + (end - start) * done / total, f"{name}: {done} / {total}")
        yield item
