# SPDX-License-Identifier: GPL-2.0-or-later
"""What a heading says when it is in two scripts, or in no language that its column is in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .text import fold, is_arabic

if TYPE_CHECKING:
    from .columns import Match


def readings(folded: str) -> tuple[str, ...]:
    """Return what a heading says: one in two scripts says it in each, the French first."""
    words = folded.split()
    arabic = " ".join(word for word in words if is_arabic(word))
    latin = " ".join(word for word in words if not is_arabic(word))
    return (latin, arabic) if arabic and any(map(str.isalpha, latin)) else (folded,)


def take_unsuffixed(chosen: dict[str, Match]) -> None:
    """Take « Name » as the French name where no other column is: tools head any name so.

    A text in Arabic letters is filed under its own language later (``domain.records``).
    """
    for base in ("name", "address"):
        match = chosen.get(f"{base}_en")
        if (
            match
            and f"{base}_fr" not in chosen
            and match.score <= 1
            and fold(match.heading) == base
        ):
            del chosen[match.target]
            chosen[f"{base}_fr"] = replace(match, target=f"{base}_fr")


def column_letters(index: int) -> str:
    """Return what a spreadsheet calls a column: A for 0, B … Z, AA."""
    before, last = divmod(index, 26)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + last)
