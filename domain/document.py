# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as plain data: a title, tables and pictures, whoever writes it out.

Texts are in the document's language already; numbers are numbers, so that each renderer (a
workbook, a PDF) writes them in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

#: Kinds of columns: words, dates and telephones (written from left to right), whole numbers,
#: differences (with their sign), numbers with one decimal, shares (0 to 1) shown with a bar.
TEXT, CODE, NUMBER, CHANGE, DECIMAL, BAR = "text", "code", "number", "change", "decimal", "bar"
NUMERIC = (NUMBER, CHANGE, DECIMAL, BAR)
Cell = Union[str, int, float, None]


@dataclass(frozen=True)
class Column:
    """A column: its heading, its kind, and its width in shares of the page."""

    heading: str
    kind: str = NUMBER
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table; ``totals`` last rows are sums, rows with a single cell are headings of groups."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    before: str = ""
    after: tuple[str, ...] = ()
    #: Begins a page of its own in print.
    new_page: bool = False
    #: Key of a picture that stands above the table in print.
    picture: str = ""


@dataclass(frozen=True)
class Document:
    """A report in a language (``fr``, ``ar`` or ``en``): lines under its title, tables, notes."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    language: str = "fr"
    landscape: bool = False

    @property
    def right_to_left(self) -> bool:
        """Whether it is read from right to left."""
        return self.language == "ar"
