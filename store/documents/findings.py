# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as a file that people read: XLSX, CSV or JSON, with their sentences.

Text is written as text: nothing that came in can run as a formula. A file takes its name only
when it is complete.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ...domain.errors import CarteError, MissingDependency
from ...domain.report import BLOCKING, WARNING, Finding, counted
from ..formulas import defused

#: Writes a finding out in a language (``fr``, ``ar`` or ``en``).
Say = Callable[[Finding, str], str]
LANGUAGES = ("fr", "ar", "en")
ORDER = {BLOCKING: 0, WARNING: 1}
_COLOURS = {BLOCKING: "#f4b6b0", WARNING: "#ffe6a6", "info": "#dcebf7"}


def rule_code(finding: Finding, _language: str) -> str:
    """Name a finding by its rule, where nobody gave its sentences."""
    return finding.rule


def write_findings(findings: Iterable[Finding], path: Path, say: Say = rule_code) -> None:
    """Write findings, the gravest first; the format follows the ending of ``path``."""
    listed = sorted(findings, key=lambda one: (ORDER.get(one.severity, 2), one.row, one.key))
    rows = [described(one, say) for one in listed]
    with finished(path) as scratch:
        if path.suffix.lower() == ".json":
            blocking, warnings = counted(listed)
            report = {"blocking": blocking, "warnings": warnings, "findings": rows}
            scratch.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
        elif path.suffix.lower() == ".csv":
            write_rows(rows, scratch)
        else:
            book = workbook(scratch)
            findings_sheet(book, rows)
            book.close()


def described(finding: Finding, say: Say) -> dict[str, object]:
    """Return a finding as one row of a report."""
    row: dict[str, object] = {
        "line": finding.row or "",
        "severity": finding.severity,
        "rule": finding.rule,
        "table": finding.table,
        "key": finding.key,
        "field": finding.field,
        "value": finding.value,
        "proposal": finding.proposal,
    }
    row.update({f"reason_{language}": say(finding, language) for language in LANGUAGES})
    return row


def check_target(path: Path) -> None:
    """Refuse a report's name before the work begins: its ending, and a folder that is not there."""
    if path.suffix.lower() not in (".xlsx", ".csv", ".json"):
        raise CarteError("{file}: a report ends in .xlsx, .csv or .json.", file=path.name)
    if not path.parent.is_dir():
        raise CarteError(
            "The report's folder {path} does not exist: make it first.", path=path.parent
        )


@contextmanager
def finished(path: Path) -> Iterator[Path]:
    """Give a scratch path that takes the file's name only when it is complete.

    CarteError for an ending that no report has, or a place that cannot be written.
    """
    path = Path(path)
    check_target(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".report-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise CarteError(
            "The report {path} cannot be written: {reason}.", path=path, reason=error.strerror
        ) from error
    scratch = Path(name)
    try:
        yield scratch
        scratch.chmod(0o644)
        scratch.replace(path)
    except OSError as error:
        raise CarteError(
            "The report {path} cannot be written: {reason}.", path=path, reason=error
        ) from error
    finally:
        scratch.unlink(missing_ok=True)


def write_rows(rows: list[dict[str, object]], path: Path) -> None:
    """Write rows of a report as CSV that a spreadsheet opens as it is (UTF-8 with its mark)."""
    names = list(described(Finding("", ""), rule_code))
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: defused(str(value)) for name, value in row.items()})


def workbook(path: Path):
    """Return an XLSX workbook that writes every text as text."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingDependency(
            "The library XlsxWriter is missing, which writes reports as XLSX. Install the plugin "
            "from its zip, which holds it, or choose a report that ends in .csv."
        ) from error
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    return xlsxwriter.Workbook(str(path), options)


def formats(book) -> dict[str, object]:
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


def findings_sheet(book, rows: list[dict[str, object]]) -> None:
    """Add the sheet that lists every finding with its reason in French and Arabic."""
    columns = (
        ("line", "Ligne", 8), ("severity", "Gravité", 12), ("key", "Fiche", 20),
        ("field", "Champ", 16), ("value", "Valeur", 28), ("proposal", "Proposition", 20),
        ("reason_fr", "Pourquoi", 60), ("reason_ar", "السبب", 60),
    )  # fmt: skip
    list_sheet(book, "Constats", columns, rows)


def list_sheet(
    book, title: str, columns: Sequence[tuple[str, str, int]], rows: Sequence[Mapping[str, object]]
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
