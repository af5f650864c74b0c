# SPDX-License-Identifier: GPL-2.0-or-later
"""The XML files inside a workbook, read piece by piece: one of 100,000 rows is never whole in
memory."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

#: Text by line of the sheet, from 1, then by column, from 0.
Cells = dict[int, dict[int, str]]

_PIECE = 1 << 20
_LONG = 4096  # bytes
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Beside(NamedTuple):
    """``formulas`` without a value, as text, and the ``links`` of cells that show other text.

    ``brief``: no cell takes more than 8 kB in the file.
    """

    formulas: Cells
    links: Cells
    brief: bool = False


def pieces(archive: zipfile.ZipFile, part: str, *ends: bytes) -> Iterator[bytes]:
    """Yield a file of the archive in pieces, cut where a row ends: no cell or tag is in two.

    ``ends`` are the ways in which the end of a row may be written; the first one there is taken.
    """
    with archive.open(part) as handle:
        rest = b""
        for block in iter(lambda: handle.read(_PIECE), b""):
            rest += block
            found = ((rest.rfind(end), len(end)) for end in ends)
            cut = next((at + length for at, length in found if at >= 0), 0)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def may_be_long(piece: bytes, *beginnings: bytes) -> bool:
    """Return whether an item that begins so takes more than 8 kB; perhaps also if it is half of it.

    Looked at are stretches of 4 kB, one after the other: an item of 8 fills one of them. One that
    is written in an unusual way (a CDATA section, entities, comments) may be long too.
    """

    def begins(start: int) -> bool:
        return any(piece.find(one, start, start + _LONG) >= 0 for one in beginnings)

    return b"<!" in piece or not all(map(begins, range(0, len(piece) - _LONG + 1, _LONG)))


@contextmanager
def damage_passed_over() -> Iterator[None]:
    """End the block at what is damaged: GDAL has read the file, and says what it could not."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:  # another program holds it
            raise
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError):
        pass


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, by their names without prefix."""
    return {
        name.rpartition(":")[2]: html.unescape(one or other)
        for name, one, other in _ATTRIBUTE.findall(tag)
    }
