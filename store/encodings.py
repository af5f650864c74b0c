# SPDX-License-Identifier: GPL-2.0-or-later
"""What a text file is written in: its encoding and its delimiter, which no file says."""

from __future__ import annotations

import csv

_DELIMITERS = ";\t,|"


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, Windows-1252 or Windows-1256.

    A file that is not UTF-8 as a whole is read line by line, since files pasted together from
    two programs mix encodings.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if data[1:200:2].count(0) > 60:
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    legacy = _legacy_encoding(data)
    lines = []
    for line in data.splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8-sig"))
        except UnicodeDecodeError:
            lines.append(line.decode(legacy, errors="replace"))
    return "".join(lines)


def _legacy_encoding(data: bytes) -> str:
    """Arabic in Windows-1256 makes runs of high bytes, French in Windows-1252 single ones."""
    runs = singles = 0
    length = 0
    for byte in data[:200_000] + b" ":
        if byte >= 0xC0:
            length += 1
            continue
        if length >= 3:
            runs += 1
        elif length:
            singles += 1
        length = 0
    return "cp1256" if runs > singles / 4 else "cp1252"


def delimiter_of(text: str) -> str:
    """Return the delimiter that splits most lines into the same number of columns."""
    sample = text[:65536].splitlines()[:50]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = wide.count(common) * min(common, 20)
        if score > best_score:
            best, best_score = delimiter, score
    return best
