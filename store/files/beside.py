# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL leaves out of a sheet: formulas never worked out, addresses behind links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

from osgeo import gdal

from ...domain.text import clean
from ..formulas import quoted_value
from . import opendocument, workbook
from .archive import Beside

_READERS = {"XLSX": workbook.beside_values, "ODS": opendocument.beside_values}
#: What GDAL gives of a formula without value: nothing, or the formula as OpenDocument writes it.
_UNREAD = re.compile(r"$|\w+:=")


class BesideReader:
    """What stands beside the values of a file's sheets, nothing in a file of another format.

    Of a workbook's ``sheet``, or of its first if none is named, it is read while GDAL reads the
    values. Close it, whatever happens.
    """

    def __init__(self, path: Path, sheet: str = "") -> None:
        self._path, self._sheet, self._driver = path, sheet, ""
        self._threads = ThreadPoolExecutor(max_workers=1)
        self._begun: tuple[str, Future[Beside]] | None = None
        self._given_up = Event()

    def begin(self, dataset: gdal.Dataset) -> None:
        """Begin to read a file that GDAL has opened: it knows its sheets, and no row of them."""
        self._driver = dataset.GetDriver().ShortName
        if self._driver == "XLSX":  # of an ODS nobody may want it: GDAL refuses a large one
            sheet = self._sheet or dataset.GetLayer(0).GetName()
            self._begun = sheet, self._threads.submit(self._read, sheet, self._given_up)

    def of(self, sheet: str) -> Beside:
        """Return what stands beside the values of a sheet."""
        if self._begun and self._begun[0] == sheet:
            return self._begun[1].result()
        self._given_up.set()  # the first sheet holds nothing
        self._begun = None
        return self._read(sheet, Event())

    def close(self) -> None:
        """Give up what is not read yet."""
        self._given_up.set()
        self._threads.shutdown()

    def _read(self, sheet: str, given_up: Event) -> Beside:
        read = _READERS.get(self._driver)
        return read(self._path, sheet, given_up) if read else Beside({}, {})


def with_formulas(row: Sequence[str], formulas: Mapping[int, str]) -> tuple[str, ...]:
    """Return a row of cells in which each formula that has no value is its own text."""
    cells = dict(enumerate(row))
    for column, text in formulas.items():
        if _UNREAD.match(cells.get(column, "")):
            cells[column] = clean(quoted_value(text))
    return tuple(cells.get(column, "") for column in range(max(cells) + 1))
