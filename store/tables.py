# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading the tables that institutions send, as text and with their line numbers.

XLSX, XLS, ODS and every other format are read by GDAL; CSV by the standard library, since
GDAL neither finds a delimiter nor reads Windows-1252 or 1256.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ..domain.errors import TableError
from ..domain.report import WARNING, Finding
from ..domain.text import BETWEEN, clean, joined_if_clean
from .files.archive import Beside
from .files.beside import BesideReader, with_formulas
from .files.dataset import HEADERLESS, open_dataset
from .files.encodings import decode, delimiter_of
from .files.kept import KeptRows
from .files.layer import rows_of
from .files.sheets import has_records, holds_rows, unread, without_technical
from .formulas import FIRST, quoted_value, restored

_TEXT = (".csv", ".txt", ".tsv")
_MAX_COLUMNS = 400
_REMEMBERED = 16384  # towns, types and services come again and again: cleaned and kept once
# What ``restored`` and ``quoted_value`` may take away, at the start of a row or of another cell.
_SIGNED = "'="
_SIGN = re.compile(f"{BETWEEN}[{_SIGNED}]")
_LARGEST_TEXT = 100_000_000  # bytes: some 500,000 rows, which fit in memory


@dataclass(frozen=True)
class Grid:
    """A sheet as rows of cleaned text; ``numbers`` are the line numbers its reader sees.

    ``findings`` are what reading it has shown, before any column is understood; ``links`` the
    addresses that cells of a line lead to and do not show, by column.
    """

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: Sequence[tuple[str, ...]]
    findings: tuple[Finding, ...] = ()
    links: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Say of a file that cannot be opened why, and what to do: another program may hold it."""
    try:
        yield
    except OSError as error:
        raise TableError(
            "{file} cannot be opened: {reason}. Close it in other programs, or copy it to a folder "
            "that you may read.",
            file=path.name,
            reason=error.strerror or error,
        ) from error


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; TableError if it cannot be opened."""
    digest = hashlib.sha256()
    with _readable(path), path.open("rb") as handle:
        for block in iter(lambda: handle.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def read_grid(path: Path, sheet: str = "") -> Grid:
    """Read one sheet of a file; if none is named, the first whose headings are recognised.

    Without any such sheet it is the first with content. Other sheets with content are a finding.

    Raises TableError with what is wrong with the file and what to do.
    """
    path = Path(path)
    with _readable(path):
        return _read(path, sheet)


def _read(path: Path, sheet: str) -> Grid:
    if path.is_dir():
        raise TableError("{path} is a folder, and no file: choose a file in it.", path=path)
    if not path.is_file():
        raise TableError("{path} does not exist: choose another file.", path=path)
    if path.stat().st_size == 0:
        raise TableError("{file} is empty: ask for the file again.", file=path.name)
    if path.suffix.lower() in _TEXT:
        if path.stat().st_size > _LARGEST_TEXT:
            raise TableError(
                "{file} has {size} MB, and at most {most} are read at once: split it in parts.",
                file=path.name,
                size=path.stat().st_size // 1_000_000,
                most=_LARGEST_TEXT // 1_000_000,
            )
        return _read_text(path)
    path.open("rb").close()  # GDAL does not say why it cannot
    return _read_gdal(path, sheet)


def _read_text(path: Path) -> Grid:
    text = decode(path.read_bytes()).replace("\0", "")
    csv.field_size_limit(1 << 24)
    delimiter = delimiter_of(text)
    # As bytes: a StringIO takes four for each letter.
    lines = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    del text
    utf_8 = io.TextIOWrapper(lines, encoding="utf-8", errors="surrogatepass", newline="")
    reader = csv.reader(utf_8, delimiter=delimiter)
    numbers: list[int] = []
    found: list[Finding] = []
    try:
        rows = KeptRows(_csv_rows(reader, delimiter, numbers, found))
    except csv.Error as error:
        raise TableError(
            "{file}, line {line}: {reason}. Save it again as CSV or XLSX.",
            file=path.name,
            line=reader.line_num,
            reason=error,
        ) from error
    grid = _grid(path, path.stem, (path.stem,), numbers, rows)
    return replace(grid, findings=tuple(found))


def _csv_rows(
    reader: Any, delimiter: str, numbers: list[int], found: list[Finding]
) -> Iterator[Sequence[str]]:
    """Yield the rows with content, cleaned; note their lines, and what is found on the way."""
    cell = lru_cache(_REMEMBERED)(_csv_cell)
    line, width = 1, 0
    for raw in reader:
        row = raw
        text = joined_if_clean(raw)
        if not text or text[0] in _SIGNED or _SIGN.search(text):
            row = tuple(map(cell, raw))
        if any(row):
            width = width or len(row)
            numbers.append(line)
            if reader.line_num > line and _swallows(raw, delimiter, width):
                found.append(Finding("quote_unclosed", WARNING, value=row[0], row=line))
            yield row
        line = reader.line_num + 1


def _swallows(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """Return whether a cell holds whole rows: a quotation mark was opened and not closed."""
    lines = (line for cell in cells for line in cell.splitlines()[1:])
    return any(line.count(delimiter) >= max(1, width - 1) for line in lines)


def _csv_cell(raw: str) -> str:
    return _cell(quoted_value(restored(raw)) if raw[:1] in FIRST else raw)


def _cell(text: str) -> str:
    """Clean a cell but keep the line ends, which separate the items of a list."""
    if "\n" not in text and "\r" not in text:
        return clean(text)
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _grid(
    path: Path, sheet: str, sheets: Sequence[str], numbers: Sequence[int], rows: KeptRows
) -> Grid:
    if not rows:
        raise TableError(
            "{file} holds no row with content: ask for the file again.", file=path.name
        )
    _check_width(path, rows.width)
    return Grid(path, sheet, tuple(sheets), tuple(numbers), rows)


def _check_width(path: Path, width: int) -> None:
    if width > _MAX_COLUMNS:
        raise TableError(
            "{file} has {width} columns, and at most {most} are read: keep the columns of "
            "the services and save it again.",
            file=path.name,
            width=width,
            most=_MAX_COLUMNS,
        )


def _read_gdal(path: Path, sheet: str) -> Grid:
    with closing(BesideReader(path, sheet)) as beside:
        return _read_layers(path, sheet, open_dataset(path, beside.begin), beside)


def _read_layers(path: Path, sheet: str, dataset: gdal.Dataset, beside: BesideReader) -> Grid:
    names = [dataset.GetLayer(index).GetName() for index in range(dataset.GetLayerCount())]
    if sheet and sheet not in names:
        raise TableError(
            "{file} has no sheet « {sheet} »; it has: {names}.",
            file=path.name,
            sheet=sheet,
            names=names,
        )
    driver = dataset.GetDriver().ShortName
    headed = driver not in HEADERLESS
    filled = [
        name for name in names if holds_rows(dataset.GetLayerByName(name), headed, _MAX_COLUMNS)
    ]
    first = None
    for name in [sheet] if sheet else filled:
        layer = dataset.GetLayerByName(name)
        _check_width(path, layer.GetLayerDefn().GetFieldCount())  # of too many GDAL reads none
        more = beside.of(name)
        numbers: list[int] = []
        rows = KeptRows(_layer_rows(layer, headed, more, numbers))
        kept, found = without_technical(driver, rows)
        if kept is not rows:  # a mark may have had nothing else
            said = [(line, row) for line, row in zip(numbers, kept) if any(row)]
            numbers, rows = [line for line, _row in said], KeptRows(row for _line, row in said)
        grid = _grid(path, name, names, numbers, rows)
        found = (*unread(name, filled), *found)
        grid = replace(grid, findings=found, links=more.links)
        if sheet or len(filled) == 1 or has_records(rows):
            return grid
        first = first or grid
    return first or _grid(path, sheet, names, [], KeptRows([]))


def _layer_rows(
    layer: ogr.Layer, headed: bool, beside: Beside, numbers: list[int]
) -> Iterator[Sequence[str]]:
    """Yield the rows with content of a layer, cleaned, and note their numbers."""
    definition = layer.GetLayerDefn()
    width = min(definition.GetFieldCount(), _MAX_COLUMNS + 1)
    placed = headed and definition.GetGeomType() != ogr.wkbNone
    if headed:
        names = (definition.GetFieldDefn(index).GetName() for index in range(width))
        numbers.append(1)
        yield (*map(_cell, names), *(("latitude", "longitude") if placed else ()))
    cell = lru_cache(_REMEMBERED)(_cell)
    rows = rows_of(layer, width, placed, beside.brief)
    for number, cells in enumerate(rows, start=2 if headed else 1):
        row = cells if joined_if_clean(cells) else tuple(map(cell, cells))
        if number in beside.formulas:
            row = with_formulas(row, beside.formulas[number])
        if any(row):
            numbers.append(number)
            yield row
