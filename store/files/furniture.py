# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows that belong to the sheet and are no records: totals, headings again, notes at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...domain.columns import Columns
from ...domain.text import fold

# « Total : 34 centres »
_TOTAL = re.compile(r"(sous )?(total|totaux|somme|nombre total|المجموع|مجموع)\b")
_FEW = 3  # filled cells of a row of totals that may hold others than amounts
_AMOUNT = re.compile(r"\d[\d\s.,]*%?")
# « Fait à Rabat, le 12 mars 2024 », « Source : … »
_NOTE = re.compile(
    r"\W*(fait à .*\ble\b|حرر (ب|في)|(source|n\.?b\.?|المصدر|ملاحظة)\s*:)", re.IGNORECASE
)


def furniture(rows: Sequence[Sequence[str]], columns: Columns) -> list[tuple[int, str]]:
    """Return which rows are no records, each with the rule that says why."""
    # A value as long as the longest heading is rare: few rows are compared with the headings.
    longest = max(columns.matched, key=lambda one: len(one.heading))
    index, length = longest.index, len(longest.heading)
    found = []
    for place, row in enumerate(rows):
        plain = (
            len(row) - row.count("") > _FEW
            and row[0] and row[1] and not row[1][0].isdecimal()
            and len(row[index]) != length
        )  # fmt: skip
        rule = "" if plain else _rule(row, columns)
        if rule:
            found.append((place, rule))
    return found


def _rule(cells: Sequence[str], columns: Columns) -> str:
    filled = [cell for cell in cells if cell]
    first, rest = filled[0], filled[1:]
    matched = columns.matched
    rule = ""
    if (len(filled) <= _FEW or all(map(_AMOUNT.fullmatch, rest))) and _TOTAL.match(fold(first)):
        rule = "row_total"
    elif not rest and _NOTE.match(first):
        rule = "row_note"
    # Two cells are the least: a single heading may also be a value.
    elif len(matched) > 1 and all(_same(cells[one.index], one.heading) for one in matched):
        rule = "row_headings"
    return rule


def _same(cell: str, heading: str) -> bool:
    return cell == heading or (len(cell) == len(heading) and fold(cell) == fold(heading))
