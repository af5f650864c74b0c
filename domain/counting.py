# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns « N° » that count the lines of a list and name no record."""

from __future__ import annotations

from collections.abc import Iterable

from .text import arabic_digits_to_ascii, fold

#: Headings, folded, of an identifier or of a count of the lines: « N° », « N° d'ordre ».
_COUNTING = frozenset(
    ("n", "no", "nr", "num", "numero", "n ordre", "n d ordre", "numero d ordre", "ordre")
    + ("number", "code", "id", "fid", "objectid", "identifiant", "الرمز", "الرقم", "رقم")
    + ("الرقم الترتيبي", "رقم ترتيبي", "ر ت")
)
_AT_THE_FOOT = 3  # lines below a list that are no records


def may_count(heading: str) -> bool:
    """Return whether a heading is that of an identifier or of a count of the lines."""
    return fold(heading) in _COUNTING


def counts_lines(cells: Iterable[str]) -> bool:
    """Return whether a column holds each number from 1 on once, in whatever order.

    A few values may be no numbers: « Total », « Source : … » at the foot. The cells are read only
    as far as it takes to tell: other codes are told apart by the first of them.
    """
    numbers: set[str] = set()
    others = 0
    for cell in cells:
        value = arabic_digits_to_ascii(cell).strip()
        if not value:
            continue
        if not value.isdecimal():
            others += 1
        elif value in numbers:
            return False
        else:
            numbers.add(value)
        if others > _AT_THE_FOOT:
            return False
    few = others <= 1 or others <= len(numbers) // 2
    return bool(numbers) and few and numbers == set(map(str, range(1, len(numbers) + 1)))
