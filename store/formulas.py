# SPDX-License-Identifier: GPL-2.0-or-later
"""Text that a spreadsheet would run as a formula, made harmless in CSV files and back.

A CSV cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end is code to a
spreadsheet (OWASP, « CSV Injection »). The rule here is safe and loses nothing:

- a plain number stays as it is: an optional sign, digits, at most one decimal point. So a
  telephone in E.164 (``+212522000000``) and a longitude (``-7.61``) are read by every importer,
  and a number alone calls no function;
- every other such text gets one apostrophe in front, the spreadsheets' own mark for text;
- so does a text that already has apostrophes before such a beginning. ``restored`` takes one
  apostrophe away from what begins with apostrophes and a dangerous character: it gives back
  exactly what ``defused`` was given.

A formula that is nothing but a text, ``="0537112233"``, is how a CSV file keeps a leading zero:
``quoted_value`` gives that text.

XLSX, GeoJSON and JSON know text from formulas by themselves and need none of this.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]")
#: What such texts begin with; spares most cells the search.
FIRST = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_QUOTED = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def defused(text: str) -> str:
    """Return a cell's text as it may stand in a CSV file."""
    if text[:1] in FIRST and _DANGEROUS.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def restored(text: str) -> str:
    """Return the text that ``defused`` was given."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text) else text


def quoted_value(text: str) -> str:
    """Return the text that a formula is, if it is nothing else; any other text as it is."""
    match = _QUOTED.fullmatch(text) if text.startswith("=") else None
    return match[1].replace('""', '"') if match else text
