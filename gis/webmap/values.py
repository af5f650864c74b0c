# SPDX-License-Identifier: GPL-2.0-or-later
"""Small plain values of the page's data: texts by language, keys without value left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]
Values = dict[str, Any]


def lean(values: Values) -> Values:
    """Drop keys that hold nothing; False and 0 are something."""
    return {key: one for key, one in values.items() if one not in (None, "", [], {}, ())}


def texts(row: Record, field: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a translated field by language, only those that have text."""
    found = {code: (row.get(f"{field}_{code}") or "").strip() for code in languages}
    return {code: text for code, text in found.items() if text}
