# SPDX-License-Identifier: GPL-2.0-or-later
"""Small plain values of the page's data: texts by language, keys without value left out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

#: The languages of a page unless others are chosen; the first is its own.
LANGUAGES = ("fr", "ar", "en", "es")
Record = Mapping[str, Any]
Values = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_HARMLESS = {one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}


def lean(values: Values) -> Values:
    """Drop keys that hold nothing; False and 0 are something."""
    return {key: one for key, one in values.items() if one not in (None, "", [], {}, ())}


def texts(row: Record, field: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a translated field by language, only those that have text."""
    found = {code: (row.get(f"{field}_{code}") or "").strip() for code in languages}
    return {code: text for code, text in found.items() if text}


def script_json(value: Any) -> str:
    """Return JSON that may stand in a script, even an inline one: no tag or line can end it."""
    text = _ENCODER.encode(value)
    for character, written in _HARMLESS.items():
        text = text.replace(character, written)
    return text
