# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of an import: the institution's own table, annotated, as XLSX, CSV or JSON.

The XLSX shows the rows as they came, every cell with a finding coloured and commented in
French and Arabic, and what became of each row. Text is written as text: nothing that came in
can run as a formula.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from ..domain.errors import CarteError, MissingDependency
from ..domain.report import BLOCKING, WARNING, Finding
from .importing import ImportResult
from .planning import Planned

#: Writes a finding out in a language (``fr``, ``ar`` or ``en``).
Say = Callable[[Finding, str], str]

OUTCOMES = {
    "created": "Créé / أنشئ",
    "updated": "Mis à jour / حُيّن",
    "unchanged": "Inchangé / دون تغيير",
    "refused": "Refusé / مرفوض",
}
_COLOURS = {BLOCKING: "#f4b6b0", WARNING: "#ffe6a6"}
_INFO_COLOUR = "#dcebf7"


def rule_code(finding: Finding, _language: str) -> str:
    """Name a finding by its rule, where nobody gave its sentences."""
    return finding.rule


def write_report(result: ImportResult, path: Path, say: Say = rule_code) -> None:
    """Write the report of an import; the format follows the ending of ``path``."""
    path = Path(path)
    writers = {".xlsx": _write_xlsx, ".csv": _write_csv, ".json": _write_json}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise CarteError(f"{path.name}: a report ends in .xlsx, .csv or .json.")
    with _finished(path) as scratch:
        writer(result, scratch, say)


@contextmanager
def _finished(path: Path):
    """Give a scratch path that takes the file's name only when it is complete."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".report-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise CarteError(f"The report {path} cannot be written: {error.strerror}.") from error
    scratch = Path(name)
    try:
        yield scratch
        scratch.replace(path)
    except OSError as error:
        raise CarteError(f"The report {path} cannot be written: {error}.") from error
    finally:
        scratch.unlink(missing_ok=True)


def _listed(result: ImportResult, say: Say) -> list[dict]:
    rows = []
    for finding in result.findings:
        rows.append(
            {
                "file": result.plan.grid.path.name,
                "sheet": result.plan.grid.sheet,
                "line": finding.row,
                "severity": finding.severity,
                "rule": finding.rule,
                "field": finding.field,
                "value": finding.value,
                "proposal": finding.proposal,
                "reason_fr": say(finding, "fr"),
                "reason_ar": say(finding, "ar"),
                "reason_en": say(finding, "en"),
            }
        )
    return rows


def _write_json(result: ImportResult, path: Path, say: Say) -> None:
    report = {
        "file": result.plan.grid.path.name,
        "sheet": result.plan.grid.sheet,
        "batch": result.batch,
        "counts": {
            name: getattr(result, name)
            for name in ("created", "updated", "unchanged", "refused", "warnings")
        },
        "columns": result.plan.columns.mapping,
        "rows": [
            {"line": row.row, "outcome": row.outcome, "key": row.key} for row in result.plan.rows
        ],
        "findings": _listed(result, say),
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _write_csv(result: ImportResult, path: Path, say: Say) -> None:
    names = ["file", "sheet", "line", "severity", "rule", "field", "value", "proposal"]
    names += ["reason_fr", "reason_ar", "reason_en"]
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        for row in _listed(result, say):
            writer.writerow({name: _inert(value) for name, value in row.items()})


def _inert(value: object) -> object:
    """A text that a spreadsheet would run as a formula is given an apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "@", "+", "-", "\t", "\r"):
        return value if value[1:].replace(" ", "").isdigit() else "'" + value
    return value


def _write_xlsx(result: ImportResult, path: Path, say: Say) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingDependency(
            "The library XlsxWriter is missing, which writes reports as XLSX. Install the plugin "
            "from its zip, which holds it, or choose a report that ends in .csv."
        ) from error
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    )
    _Sheets(book, result, say).write()
    book.close()


class _Sheets:
    """Writes the two sheets of the report: the table as it came, and the findings."""

    def __init__(self, book, result: ImportResult, say: Say) -> None:
        self._book = book
        self._result = result
        self._say = say
        wrap = {"text_wrap": True, "valign": "top"}
        self._plain = book.add_format(wrap)
        self._head = book.add_format({**wrap, "bold": True, "bg_color": "#e6e9ee"})
        self._own = book.add_format({**wrap, "font_color": "#3b4754", "italic": True})
        self._marked = {
            severity: book.add_format({**wrap, "bg_color": colour})
            for severity, colour in (*_COLOURS.items(), ("info", _INFO_COLOUR))
        }

    def write(self) -> None:
        """Write both sheets."""
        self._table()
        self._findings()

    def _table(self) -> None:
        plan = self._result.plan
        page = self._book.add_worksheet(plan.grid.sheet[:31].translate(_FORBIDDEN) or "Import")
        by_row = {row.row: row for row in plan.rows}
        width = len(plan.grid.rows[0])
        header = plan.grid.numbers[plan.header]
        for number, cells in zip(plan.grid.numbers, plan.grid.rows):
            row = by_row.get(number)
            marks = self._marks(row.findings if row else plan.findings if number == header else ())
            style = self._head if number == header else self._plain
            for column, text in enumerate(cells):
                self._cell(page, number - 1, column, text, marks.get(column), style)
            if row:
                self._verdict(page, number - 1, width, row)
        for offset, heading in enumerate(("Résultat / النتيجة", "Constats / الملاحظات", "Id")):
            page.write_string(header - 1, width + offset, heading, self._head)
        page.set_column(0, width - 1, 22)
        page.set_column(width, width, 18)
        page.set_column(width + 1, width + 1, 70)
        page.set_column(width + 2, width + 2, 36)
        page.freeze_panes(header, 0)

    def _cell(self, page, row: int, column: int, text: str, found: list, style) -> None:
        if not found:
            if text:
                page.write_string(row, column, text, style)
            return
        page.write_string(row, column, text, self._marked[found[0].severity])
        sentences = [self._say(one, language) for one in found for language in ("fr", "ar")]
        page.write_comment(row, column, "\n".join(sentences), {"x_scale": 2.2, "y_scale": 1.6})

    def _verdict(self, page, row: int, column: int, planned: Planned) -> None:
        page.write_string(row, column, OUTCOMES[planned.outcome], self._own)
        sentences = [self._say(one, "fr") for one in planned.findings if one.severity != "info"]
        page.write_string(row, column + 1, "\n".join(sentences), self._own)
        page.write_string(row, column + 2, planned.key, self._own)

    def _marks(self, findings) -> dict[int, list[Finding]]:
        """Return the findings of a row by column of the file, the gravest first."""
        columns = self._result.plan.columns
        order = {BLOCKING: 0, WARNING: 1}
        marks: dict[int, list[Finding]] = {}
        for finding in sorted(findings, key=lambda one: order.get(one.severity, 2)):
            column = self._column(columns, finding)
            if column is not None:
                marks.setdefault(column, []).append(finding)
        return marks

    def _column(self, columns, finding: Finding) -> int | None:
        if finding.rule in ("column_unmatched", "column_uncertain"):
            listed = (*columns.unmatched, *((one.index, one.heading) for one in columns.likely))
            return next((index for index, heading in listed if heading == finding.value), None)
        # A finding on a derived field stands on the column that it was derived from.
        derived = {
            "commune_code": ("commune_code", "commune", "address_fr", "province", "region"),
            "geom": ("lat", "lon"),
            "phone_2": ("phone_2", "phone"),
        }
        for target in derived.get(finding.field, (finding.field,)):
            index = columns.index(target)
            if index is not None:
                return index
        return None

    def _findings(self) -> None:
        page = self._book.add_worksheet("Constats")
        rows = _listed(self._result, self._say)
        names = ["line", "severity", "field", "value", "proposal", "reason_fr", "reason_ar"]
        headings = ["Ligne", "Gravité", "Champ", "Valeur", "Proposition", "Pourquoi", "السبب"]
        for column, heading in enumerate(headings):
            page.write_string(0, column, heading, self._head)
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(names):
                if name == "line":
                    page.write_number(number, column, row[name], self._plain)
                else:
                    page.write_string(number, column, str(row[name]), self._plain)
        page.set_column(0, 4, 16)
        page.set_column(5, 6, 60)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(rows), 1), len(names) - 1)


_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
