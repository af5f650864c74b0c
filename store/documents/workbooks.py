# SPDX-License-Identifier: GPL-2.0-or-later
"""Workbooks (XLSX): opened, closed and named in one way, and lists written into them.

Text is written as text: nothing that came in can run as a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ...domain.errors import MissingDependency
from ...domain.report import BLOCKING, WARNING

if TYPE_CHECKING:
    from pathlib import Path

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLOURS = {BLOCKING: "#f4b6b0", WARNING: "#ffe6a6", "info": "#dcebf7"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # in the name of a sheet
_LONGEST = 31  # characters of such a name
_RESERVED = "history"  # Excel keeps this one for itself


@contextmanager
def workbook(path: Path, **options: Any) -> Iterator[Any]:
    """Give an XLSX workbook to fill in, which is written at the end of the block.

    MissingDependency if XlsxWriter is not there; OSError if the file cannot be written, on a full
    disk for example.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingDependency(
            "The library XlsxWriter is missing, which writes XLSX files. Install the plugin "
            "from its zip, which holds it, or export as CSV."
        ) from error
    try:
        with xlsxwriter.Workbook(str(path), {**_OPTIONS, **options}) as book:
            yield book
    except xlsxwriter.exceptions.XlsxFileError as error:
        cause = error.args[0] if error.args else error
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """Return a name that XLSX allows and no other sheet has, whatever its case."""
    others = {_RESERVED, *map(str.casefold, taken)}
    name = _FORBIDDEN.sub("_", wanted)[:_LONGEST].strip("' ") or "Import"
    free, number = name, 1
    while free.casefold() in others:
        number += 1
        free = f"{name[: _LONGEST - 6].rstrip()} ({number})"
    return free


def formats(book: Any) -> dict[str, object]:
    """Return the cell formats of a report: plain, head, own, and one for each severity."""
    wrap = {"text_wrap": True, "valign": "top", "locked": False}
    made = {
        "plain": book.add_format(wrap),
        "locked": book.add_format({**wrap, "locked": True, "font_color": "#7a8691"}),
        "head": book.add_format({**wrap, "bold": True, "bg_color": "#e6e9ee"}),
        "own": book.add_format({**wrap, "font_color": "#3b4754", "italic": True}),
    }
    for severity, colour in _COLOURS.items():
        made[severity] = book.add_format({**wrap, "bg_color": colour})
    return made


def list_sheet(
    book: Any,
    title: str,
    columns: Sequence[tuple[str, str, int]],
    rows: Sequence[Mapping[str, object]],
) -> None:
    """Add a sheet of rows; ``columns`` are what a row calls it, a heading, a width in letters."""
    style = formats(book)
    page = book.add_worksheet(title)
    for column, (_name, heading, width) in enumerate(columns):
        page.set_column(column, column, width)
        page.write_string(0, column, heading, style["head"])
    for number, row in enumerate(rows, start=1):
        for column, (name, _heading, _width) in enumerate(columns):
            form = style[str(row[name])] if name == "severity" else style["plain"]
            value = row[name]
            if isinstance(value, int):
                page.write_number(number, column, value, form)
            else:
                page.write_string(number, column, str(value), form)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
