# SPDX-License-Identifier: GPL-2.0-or-later
"""The report of an import: the institution's own table, annotated, as XLSX, CSV or JSON.

The XLSX shows the rows as they came, every cell with a finding coloured and commented in
French and Arabic, and what became of each row.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from ..domain.columns import REPORT_HEADINGS
from ..domain.report import Finding
from ..domain.text import fold
from .documents.findings import (
    ORDER,
    Say,
    described,
    findings_sheet,
    finished,
    rule_code,
    write_rows,
)
from .documents.workbooks import formats, list_sheet, sheet_name, workbook
from .files.sheets import ABSENT_SHEET, OWN_SHEETS
from .importing import ImportResult
from .planning import ImportPlan, Planned
from .templates import ChoiceLists, choices_of

# What stays possible on the protected sheet: everything but changing the identifier.
_ALLOWED = (
    "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort",
    "autofilter",
)  # fmt: skip
OUTCOMES = {
    "created": "Créé / أنشئ",
    "updated": "Mis à jour / حُيّن",
    "unchanged": "Inchangé / دون تغيير",
    "refused": "Refusé / مرفوض",
}
#: Columns that a report adds; sent back, the last one leads to the same records.
ADDED_HEADINGS = (*REPORT_HEADINGS, "Identifiant carte")


def write_report(result: ImportResult, path: Path, say: Say = rule_code) -> None:
    """Write the report of an import; the format follows the ending of ``path``.

    ``say`` writes a finding out in a language. CarteError if the file cannot be written.
    """
    path = Path(path)
    with finished(path) as scratch:
        if path.suffix.lower() == ".json":
            _write_json(result, scratch, say)
        elif path.suffix.lower() == ".csv":
            write_rows([described(one, say) for one in result.findings], scratch)
        else:
            with workbook(scratch, in_memory=True) as book:
                _Sheets(book, result, say).write()


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
        "absent": _absent(result.plan),
        "findings": [described(one, say) for one in result.findings],
    }
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _absent(plan: ImportPlan) -> list[dict[str, str]]:
    """Return the records that a file leaves out, by what a person recognises them."""
    names = _known_by(plan)
    return [{name: record.get(name) or "" for name in names} for record in plan.absent]


def _known_by(plan: ImportPlan) -> list[str]:
    table = plan.schema.table(plan.columns.table)
    wanted = (table.key, "external_id", "name_fr", "name_ar", "commune_code", "status")
    return [name for name in wanted if name in table.names]


class _Sheets:
    """Writes the sheets of the report: the table as it came, the findings, what is absent."""

    def __init__(self, book, result: ImportResult, say: Say) -> None:
        self._book = book
        self._result = result
        self._say = say
        self._style = formats(book)
        self._lists = ChoiceLists(book)

    def write(self) -> None:
        """Write the sheets, and the one that holds the drop-down lists."""
        self._table()
        self._lists.write()
        findings_sheet(self._book, [described(one, self._say) for one in self._result.findings])
        if self._result.plan.absent:
            self._absent(self._result.plan)

    def _absent(self, plan: ImportPlan) -> None:
        table = plan.schema.table(plan.columns.table)
        labels = ((name, table.field(name).label) for name in _known_by(plan))
        columns = [(name, " / ".join((label["fr"], label["ar"])), 28) for name, label in labels]
        list_sheet(self._book, ABSENT_SHEET, columns, _absent(plan))

    def _table(self) -> None:
        plan = self._result.plan
        page = self._book.add_worksheet(sheet_name(plan.grid.sheet, OWN_SHEETS))
        by_row = {row.row: row for row in plan.rows}
        header = plan.grid.numbers[plan.header]
        headings = plan.grid.rows[plan.header]
        added = _added_columns(headings)
        for number, cells in zip(plan.grid.numbers, plan.grid.rows):
            row = by_row.get(number)
            marks = self._marks(row.findings if row else plan.findings if number == header else ())
            style = self._style["head"] if number == header else self._style["plain"]
            for column, text in enumerate(cells):
                self._cell(page, number - 1, column, text, marks.get(column, []), style)
            if row:
                self._verdict(page, number - 1, added, row, cells)
        self._choices(page, header)
        self._lock(page)
        free = self._style["plain"]
        page.set_column(0, len(headings) - 1, 22, free)
        for column, heading, width, style in zip(
            added, ADDED_HEADINGS, (18, 70, 36), (free, free, None)
        ):
            page.set_column(column, column, width, style)
            page.write_string(header - 1, column, heading, self._style["head"])
        page.freeze_panes(header, 0)

    def _choices(self, page, header: int) -> None:
        """Offer the closed lists in the columns that hold a single choice."""
        schema, plan = self._result.plan.schema, self._result.plan
        table = schema.table(plan.columns.table)
        for match in plan.columns.matched:
            choices = choices_of(schema, table, match.target)
            if choices:
                last = max(plan.grid.numbers) - 1
                self._lists.offer(page, match.index, header, last, choices, strict=False)

    def _lock(self, page) -> None:
        """Only the identifier cannot be changed: it leads back to the same record."""
        page.protect("", dict.fromkeys(_ALLOWED, True))

    def _cell(self, page, row: int, column: int, text: str, found: list, style) -> None:
        if not found:
            if text:
                page.write_string(row, column, text, style)
            return
        page.write_string(row, column, text, self._style[found[0].severity])
        sentences = [self._say(one, language) for one in found for language in ("fr", "ar")]
        page.write_comment(row, column, "\n".join(sentences), {"x_scale": 2.2, "y_scale": 1.6})

    def _verdict(
        self, page, row: int, added: Sequence[int], planned: Planned, cells: Sequence[str]
    ) -> None:
        outcome, said, key = added
        page.write_string(row, outcome, OUTCOMES[planned.outcome], self._style["own"])
        sentences = [self._say(one, "fr") for one in planned.findings if one.severity != "info"]
        page.write_string(row, said, "\n".join(sentences), self._style["own"])
        # A row that was refused keeps the identifier with which it was sent.
        sent = cells[key] if key < len(cells) else ""
        page.write_string(row, key, planned.key or sent, self._style["locked"])

    def _marks(self, findings) -> dict[int, list[Finding]]:
        """Return the findings of a row by column of the file, the gravest first."""
        columns = self._result.plan.columns
        marks: dict[int, list[Finding]] = {}
        for finding in sorted(findings, key=lambda one: ORDER.get(one.severity, 2)):
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
            "geom": ("lat", "lon", "coordinates"),
            "phone_2": ("phone_2", "phone"),
        }
        for target in derived.get(finding.field, (finding.field,)):
            index = columns.index(target)
            if index is not None:
                return index
        return None


def _added_columns(headings: Sequence[str]) -> list[int]:
    """Return where the report's own columns stand: where a report sent back has them, or last."""
    places = {fold(heading): index for index, heading in reversed(list(enumerate(headings)))}
    free = count(len(headings))
    return [places[fold(one)] if fold(one) in places else next(free) for one in ADDED_HEADINGS]
