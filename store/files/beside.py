# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL leaves out of a sheet: formulas never worked out, addresses behind links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from osgeo import gdal

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


class BesideReader:
    """What stands beside the values of a file's sheets.

    Of a workbook's ``sheet``, or of its first if none is named, it is read while GDAL reads the
    values. Close it, whatever happens.
    """

    def __init__(self, path: Path, sheet: str = "") -> None:
        self._path, self._sheet = path, sheet
        self._threads = ThreadPoolExecutor(max_workers=1)
        self._begun: dict[str, Future[Beside]] = {}

    def begin(self, dataset: gdal.Dataset) -> None:
        """Begin to read a file that GDAL has opened: it knows its sheets, and no row of them."""
        driver = dataset.GetDriver().ShortName
        self._read = partial(beside_values, self._path, driver)
        if driver == "XLSX":  # a large ODS is refused by GDAL: nobody would wait for the rest
            sheet = self._sheet or dataset.GetLayer(0).GetName()
            self._begun[sheet] = self._threads.submit(self._read, sheet)

    def of(self, sheet: str) -> Beside:
        """Return what stands beside the values of a sheet, as ``beside_values`` does."""
        begun = self._begun.pop(sheet, None)
        return begun.result() if begun else self._read(sheet)

    def close(self) -> None:
        """Wait for what was begun."""
        self._threads.shutdown()


def with_formulas(row: Sequence[str], formulas: Mapping[int, str]) -> tuple[str, ...]:
    """Return a row of cells in which each formula that has no value is its own text."""
    cells = dict(enumerate(row))
    for column, text in formulas.items():
        if _UNREAD.match(cells.get(column, "")):
            cells[column] = clean(quoted_value(text))
    return tuple(cells.get(column, "") for column in range(max(cells) + 1))
