# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL leaves out of a sheet: formulas never worked out, addresses behind links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ...domain.text import clean
from ..formulas import quoted_value
from . import opendocument, workbook
from .archive import Beside

_READERS = {"XLSX": workbook.beside_values, "ODS": opendocument.beside_values}
#: What GDAL gives of a formula without value: nothing, or the formula as OpenDocument writes it.
_UNREAD = re.compile(r"$|\w+:=")


def beside_values(path: Path, driver: str, sheet: str) -> Beside:
    """Return what stands beside the values of a sheet, nothing in a file of another format."""
    read = _READERS.get(driver)
    return read(path, sheet) if read else Beside({}, {})


def with_formulas(row: Sequence[str], formulas: Mapping[int, str]) -> tuple[str, ...]:
    """Return a row of cells in which each formula that has no value is its own text."""
    cells = dict(enumerate(row))
    for column, text in formulas.items():
        if _UNREAD.match(cells.get(column, "")):
            cells[column] = clean(quoted_value(text))
    return tuple(cells.get(column, "") for column in range(max(cells) + 1))
