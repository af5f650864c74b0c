# SPDX-License-Identifier: GPL-2.0-or-later
"""The public records as a workbook: sites, institutions, services, offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..domain.errors import CarteError
from ..domain.schema import Schema
from .documents.workbooks import workbook
from .export_flat import site_columns, site_rows
from .public import PublicView, public_columns

_WIDTH = 18  # characters
_LIMIT = 32767  # characters that a cell of XLSX can hold


def write_xlsx(view: PublicView, path: Path) -> None:
    """Write one sheet for each table, under its French name, with the schema's columns.

    MissingDependency if XlsxWriter is not there; CarteError if a text is too long for a cell.
    """
    tables: dict[str, Iterable[Mapping[str, Any]]] = {
        "institution": view.institutions, "service": view.services, "offer": view.offers,
    }  # fmt: skip
    with workbook(path, constant_memory=True) as book:
        heading = book.add_format({"bold": True, "bg_color": "#e6e9ee"})
        title = sheet_title(view.schema, "site")
        _sheet(book, title, site_columns(view.schema), site_rows(view), heading)
        for name, rows in tables.items():
            columns = public_columns(view.schema.table(name))
            _sheet(book, sheet_title(view.schema, name), columns, rows, heading)


def sheet_title(schema: Schema, table: str) -> str:
    """Return a table's French name without what stands in brackets, for its sheet."""
    return schema.table(table).label["fr"].partition(" (")[0]


def _sheet(
    book, title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], heading
) -> None:
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    page.set_column(0, len(columns) - 1, _WIDTH)
    for column, name in enumerate(columns):
        page.write_string(0, column, name, heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, name in enumerate(columns):
            _write(page, last, column, row[name], f"{title}, {name}")
    page.autofilter(0, 0, last, len(columns) - 1)


def _write(page, row: int, column: int, value: Any, where: str) -> None:
    if value is None:
        return
    if isinstance(value, (int, float)):
        page.write_number(row, column, value)
    elif len(str(value)) > _LIMIT:
        raise CarteError(
            "{where}, row {row}: the text has more than {most} characters, which no XLSX "
            "cell can hold. Shorten it, or export as CSV.",
            where=where,
            row=row + 1,
            most=_LIMIT,
        )
    else:
        page.write_string(row, column, str(value))
