# SPDX-License-Identifier: GPL-2.0-or-later
"""What a text file is written in: its encoding and its delimiter, which no file says."""

from __future__ import annotations

import csv

_DELIMITERS = ";\t,|"
_RARE = ":~#^*"  # in texts and hours too: taken only where they split every line alike


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, Windows-1252 or Windows-1256.

    A file that is not UTF-8 as a whole is read line by line, since files pasted together from
    two programs mix encodings.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if _is_utf_16(data[:4096], first):
            return data.decode(encoding, errors="replace")
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


def _is_utf_16(sample: bytes, first: int) -> bool:
    """Return whether every second byte is the high one of a Latin or an Arabic character."""
    high = sample[first::2]
    zeros, arabic = high.count(0), high.count(6)
    return len(sample) > 1 and zeros > 0 and zeros + arabic > 0.9 * len(high)


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
    best, best_score, split = ",", 0.0, 0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = wide.count(common) * min(common, 20)
        if score > best_score:
            best, best_score, split = delimiter, score, wide.count(common)
    if 2 * split > len(list(filter(str.strip, sample))):
        return best
    return next((one for one in _RARE if _splits_alike(sample, one)), best)


def _splits_alike(lines: list[str], delimiter: str) -> bool:
    """Return whether a delimiter splits all lines but a few title lines into as many columns."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    wide = [width for width in widths if width > 1]
    alike = wide.count(max(set(wide), key=wide.count)) if wide else 0
    return alike > 1 and alike == len(wide) and 2 * alike > len(widths)
