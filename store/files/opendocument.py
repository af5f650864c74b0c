# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL leaves out of an OpenDocument sheet (ODS): plain formulas, addresses behind links.

A formula that no program worked out comes from GDAL as the file writes it (``of:=[.B9]``), and a
link shows one text and leads to another. Both are read here from ``content.xml`` (OpenDocument
1.2, part 1, clauses 9.1 and 19.642; its formulas: part 2, clause 5.8), piece by piece.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from .archive import Beside, attributes, damage_passed_over, pieces

_CONTENT = "content.xml"
_ATTRIBUTES = rb"((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"
_TABLE_OR_ROW = re.compile(
    rb"<table:table (?P<table>[^<>]*)>"
    rb"|<table:table-row\b(?P<row>[^<>]*?)(?:/>|>(?P<cells>.*?)</table:table-row>)",
    re.DOTALL,
)
_CELL = re.compile(
    rb"<table:(covered-)?table-cell\b" + _ATTRIBUTES + rb"(?:/>|>(.*?)</table:\1?table-cell>)",
    re.DOTALL,
)
_NOTE = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_LINK = re.compile(rb"<text:a\b([^<>]*)>")
_DIALECT = re.compile(r"^\w+:=")
_REFERENCE = re.compile(r"\[\.?([^\[\]]*)\]")


def beside_values(path: Path, sheet: str, _given_up: Event) -> Beside:
    """Return what stands beside the values of a sheet; nothing of a file that is no such sheet."""
    found = Beside({}, {})
    with damage_passed_over(), zipfile.ZipFile(path) as archive:
        for line, cells in _rows(archive, sheet):
            if b"table:formula" in cells or b"<text:a" in cells:
                _keep(found, line, cells)
    return found


def _rows(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a sheet, from 1, and their cells; repeated lines once."""
    inside, line = False, 1
    for piece in pieces(archive, _CONTENT, b"</table:table-row>"):
        for found in _TABLE_OR_ROW.finditer(piece):
            if found["table"] is not None:
                inside = attributes(found["table"].decode("utf-8")).get("name") == sheet
                line = 1
            elif inside:
                if found["cells"]:
                    yield line, found["cells"]
                line += _repeated(found["row"], b"rows")


def _keep(found: Beside, line: int, cells: bytes) -> None:
    column = 0
    for cell in _CELL.finditer(_NOTE.sub(b"", cells)):
        said = attributes(cell[2].decode("utf-8"))
        formula = plain_formula(said.get("formula", ""))
        if formula and "value-type" not in said:
            found.formulas.setdefault(line, {})[column] = formula
        elif formula.upper().startswith("=HYPERLINK("):
            found.links.setdefault(line, {})[column] = formula
        link = _LINK.search(cell[3] or b"")
        if link:
            address = attributes(link[1].decode("utf-8")).get("href", "")
            found.links.setdefault(line, {}).setdefault(column, address)
        column += _repeated(cell[2], b"columns")


def _repeated(tag: bytes, what: bytes) -> int:
    number = re.search(rb"table:number-" + what + rb"-repeated=[\"'](\d{1,7})[\"']", tag)
    return int(number[1]) if number else 1


def plain_formula(text: str) -> str:
    """Return an OpenDocument formula as a spreadsheet shows it: « of:=[.B9] » is « =B9 »."""
    return _REFERENCE.sub(r"\1", _DIALECT.sub("=", text))
