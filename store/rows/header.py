# SPDX-License-Identifier: GPL-2.0-or-later
"""The row of headings of a file: which it is, what it must have, what is said of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from ...domain.columns import HEADER_WITHIN, Columns
from ...domain.errors import TableError
from ...domain.headings import column_letters
from ...domain.report import INFO, WARNING, Finding
from ...domain.text import fold
from ..directory import Directory
from ..tables import Grid


def pointed_row(grid: Grid, line: int) -> int | None:
    """Return the index of the row at a line of the file, None for line 0; TableError if none."""
    if not line:
        return None
    if line not in grid.numbers:
        raise TableError(
            "{file} has nothing on line {line}, which was chosen as its row of headings. Its first "
            "lines with content are: {lines}.",
            file=grid.path.name,
            line=line,
            lines=grid.numbers[:HEADER_WITHIN],
        )
    return grid.numbers.index(line)


def usable(columns: Columns | None, grid: Grid, header: int, mapping: Mapping[str, str]) -> Columns:
    """Return the columns if something can be made of them; TableError says what to do."""
    name = grid.path.name
    if columns is None:
        raise TableError(
            "{file}: no row of headings was recognised among the first lines. Name the "
            "columns (« Nom », « Type », « Commune », « Téléphone »…), or choose the row of "
            "headings.",
            file=name,
        )
    headings = [heading for heading in grid.rows[header] if heading]
    lost = [heading for heading in mapping if fold(heading) not in map(fold, headings)]
    if lost:
        raise TableError(
            "{file} has no column « {columns} », which the mapping names. Its columns are: "
            "{headings}.",
            file=name,
            columns=lost,
            headings=headings,
        )
    if not any(target.startswith("name_") for target in columns.targets):
        raise _no_name(name, [one.heading for one in columns.likely if "name_" in one.target])
    if header + 1 >= len(grid.rows):
        raise TableError(
            "{file} has headings and no row below them: ask for the file again.", file=name
        )
    return columns


def _no_name(name: str, likely: Sequence[str]) -> TableError:
    if likely:
        return TableError(
            "{file}: no column was recognised as the name (perhaps « {headings} »?). Call it "
            "« Nom », or give a mapping.",
            file=name,
            headings=likely,
        )
    return TableError(
        "{file}: no column was recognised as the name. Call it « Nom », or give a mapping.",
        file=name,
    )


def check_owner(columns: Columns, directory: Directory, source: Path) -> None:
    """Raise TableError if a file does not say whose records it has, and nobody else did."""
    if columns.table == "programme" or directory.default:
        return
    if columns.index("institution_code") is None:
        raise TableError(
            "{file}: whose records are these? Give the institution's code ({codes}), or add "
            "a column « Institution ».",
            file=source.name,
            codes=directory.codes,
        )


def column_findings(columns: Columns, grid: Grid, header: int) -> Iterable[Finding]:
    """Yield what is to say of columns: those that are unsure, unknown, without a heading."""
    line = grid.numbers[header]
    for match in columns.likely:
        yield Finding(
            "column_uncertain", WARNING, field=match.target, value=match.heading,
            proposal=match.target,
            table=columns.table, row=line,
        )  # fmt: skip
    for _index, heading in columns.unmatched:
        yield Finding("column_unmatched", INFO, value=heading, table=columns.table, row=line)
    for index, heading in enumerate(grid.rows[header]):
        if not fold(heading) and any(row[index] for row in islice(grid.rows, header + 1, None)):
            yield Finding(
                "column_headless", INFO, value=column_letters(index), table=columns.table, row=line
            )
