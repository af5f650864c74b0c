# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file says no more, and the store keeps: cells emptied, records left out, services.

An empty cell erases nothing and a record that is left out is not closed: a file may be a part.
What was kept so is said, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ...domain.columns import Columns
from ...domain.report import INFO, WARNING, Finding
from ...domain.schema import Table
from ...domain.text import fold
from ..tables import Grid
from .planned import UNCHANGED, UPDATED, Planned
from .targets import NOT_FROM_FILES, name_of

Record = Mapping[str, Any]
_SHOWN = 20  # names in one sentence; a report lists all


def emptied_cells(
    rows: Sequence[Planned],
    grid: Grid,
    header: int,
    columns: Columns,
    table: Table,
    stored: Mapping[str, Record],
) -> Iterator[Finding]:
    """Yield, once a column, in how many rows it is empty where the record has a value."""
    kept = (*NOT_FROM_FILES, table.key, "institution_code")
    read = [
        (one.index, one.target)
        for one in columns.matched
        if one.target in table.names and one.target not in kept
    ]
    lines: dict[str, list[int]] = {}
    for place, row in enumerate(rows, header + 1):
        if row.outcome not in (UPDATED, UNCHANGED):
            continue
        record, cells = stored.get(row.key, {}), grid.rows[place]
        for index, name in read:
            if not cells[index] and record.get(name) and not row.value(name):
                lines.setdefault(name, []).append(row.row)
    for name, where in lines.items():
        yield Finding(
            "cells_emptied", INFO, field=name, value=str(len(where)), table=table.name,
            row=grid.numbers[header], params={"candidates": _first(list(map(str, where)))},
        )  # fmt: skip


def absent_records(
    stored: Mapping[str, Record], named: Collection[str], institution: str
) -> tuple[Record, ...]:
    """Return the open records of an institution that its file leaves out, by name.

    None if the file names fewer than it leaves out: it is no list of them all.
    """
    own = {
        key: record
        for key, record in stored.items()
        if record.get("institution_code") == institution and record.get("status") != "closed"
    }
    absent = [record for key, record in own.items() if key not in named]
    if 2 * len(absent) > len(own):
        return ()
    return tuple(sorted(absent, key=lambda record: fold(name_of(record))))


def absence(absent: Sequence[Record], table: Table, line: int) -> Iterator[Finding]:
    """Yield the finding that records are absent, if some are."""
    if absent:
        yield Finding(
            "records_absent", WARNING, value=str(len(absent)), table=table.name, row=line,
            params={"candidates": _first(list(map(name_of, absent)))},
        )  # fmt: skip


def _first(names: list[str]) -> list[str]:
    return names[:_SHOWN] + ["…"] * (len(names) > _SHOWN)
