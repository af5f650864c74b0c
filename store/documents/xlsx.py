# SPDX-License-Identifier: GPL-2.0-or-later
"""A report as a workbook: one sheet a table, numbers as numbers, text as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...domain.document import BAR, NUMERIC, Cell, Document, Table
from .findings import finished
from .workbooks import sheet_name, workbook

_WIDEST = 60  # characters
_FORMS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "line": {"font_color": "#3b4754"},
    "head": {"bold": True, "bg_color": "#e6e9ee", "text_wrap": True, "valign": "top"},
    "group": {"bold": True, "bg_color": "#f3f4f6"},
    "text": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top"},
    "change": {"num_format": "+#,##0;-#,##0;0", "valign": "top"},
    "decimal": {"num_format": "#,##0.0", "valign": "top"},
    "bar": {"num_format": "0 %", "valign": "top"},
}
_DATA_BAR = {
    "type": "data_bar", "bar_solid": True, "bar_color": "#9fc5b8",
    "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1,
}  # fmt: skip
_TOTAL = {"bold": True, "top": 1}


def write_document(document: Document, path: Path) -> None:
    """Write a report as XLSX; CarteError says why it could not be written."""
    with finished(Path(path)) as scratch, workbook(scratch, in_memory=True) as book:
        forms = {name: book.add_format(form) for name, form in _FORMS.items()}
        forms.update(
            (f"total {name}", book.add_format({**_FORMS[name], **_TOTAL}))
            for name in ("text", *NUMERIC)
        )
        for number, table in enumerate(document.tables, start=1):
            page = book.add_worksheet(sheet_name(f"{number} {table.title}"))
            if document.right_to_left:
                page.right_to_left()
            _sheet(page, document, table, forms)


def _sheet(page, document: Document, table: Table, forms: dict) -> None:
    for column, wanted in enumerate(table.columns):
        page.set_column(column, column, min(_WIDEST, 6 + 8 * wanted.width))
    page.write_string(0, 0, table.title, forms["title"])
    above = [*document.lines, *filter(None, (table.before,))]
    for line, text in enumerate(above, start=1):
        page.write_string(line, 0, text, forms["line"])
    head = len(above) + 2
    for column, wanted in enumerate(table.columns):
        page.write_string(head, column, wanted.heading, forms["head"])
    page.freeze_panes(head + 1, 1)
    first_total = len(table.rows) - table.totals
    for number, row in enumerate(table.rows):
        _row(page, head + 1 + number, table, row, "total " if number >= first_total else "", forms)
    for column, wanted in enumerate(table.columns):
        if wanted.kind == BAR:
            page.conditional_format(head + 1, column, head + len(table.rows), column, _DATA_BAR)
    for line, text in enumerate((*table.after, *document.notes)):
        page.write_string(head + 2 + len(table.rows) + line, 0, text, forms["line"])


def _row(page, line: int, table: Table, row: tuple[Cell, ...], prefix: str, forms: dict) -> None:
    group = len(row) == 1 and len(table.columns) > 1
    for column, (wanted, value) in enumerate(zip(table.columns, row)):
        number = wanted.kind in NUMERIC and not isinstance(value, str)
        form = forms["group" if group else prefix + (wanted.kind if number else "text")]
        if value is None:
            page.write_blank(line, column, None, form)
        elif number:
            page.write_number(line, column, value, form)
        else:
            page.write_string(line, column, str(value), form)
