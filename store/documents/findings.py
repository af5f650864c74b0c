# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as a file that people read: XLSX, CSV or JSON, with their sentences.

Text is written as text: nothing that came in can run as a formula. A file takes its name only
when it is complete.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ...domain.errors import CarteError
from ...domain.report import BLOCKING, WARNING, Finding, counted
from ..export_files import replacing_file
from ..formulas import defused
from .workbooks import list_sheet, workbook

#: Writes a finding out in a language (``fr``, ``ar`` or ``en``).
Say = Callable[[Finding, str], str]
LANGUAGES = ("fr", "ar", "en")
ORDER = {BLOCKING: 0, WARNING: 1}


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
            with workbook(scratch, in_memory=True) as book:
                findings_sheet(book, rows)


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
    with replacing_file(path) as scratch:
        yield scratch


def write_rows(rows: list[dict[str, object]], path: Path) -> None:
    """Write rows of a report as CSV that a spreadsheet opens as it is (UTF-8 with its mark)."""
    names = list(described(Finding("", ""), rule_code))
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        for row in rows:
            writer.writerow({name: defused(str(value)) for name, value in row.items()})


def findings_sheet(book, rows: list[dict[str, object]]) -> None:
    """Add the sheet that lists every finding with its reason in French and Arabic."""
    columns = (
        ("line", "Ligne", 8), ("severity", "Gravité", 12), ("key", "Fiche", 20),
        ("field", "Champ", 16), ("value", "Valeur", 28), ("proposal", "Proposition", 20),
        ("reason_fr", "Pourquoi", 60), ("reason_ar", "السبب", 60),
    )  # fmt: skip
    list_sheet(book, "Constats", columns, rows)
