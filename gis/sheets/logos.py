# SPDX-License-Identifier: GPL-2.0-or-later
"""The institutions' logos: files that the charter names; the plugin itself brings none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qgis.PyQt.QtGui import QImageReader

from ..dom import read_dom
from .charter import Charter
from .plan.content import Record


@dataclass(frozen=True)
class Logo:
    """An institution's logo: its file, and why it cannot be shown.

    ``fault`` is empty, ``not_given`` (the charter names no file), ``missing`` or ``unreadable``.
    """

    institution: str
    file: str
    fault: str


def find_logos(institutions: Iterable[Record], charter: Charter) -> tuple[Logo, ...]:
    """Return the logo of each institution; names of files are read from the charter's folder."""
    return tuple(_found(row["code"], charter) for row in institutions)


def _found(code: str, charter: Charter) -> Logo:
    named = charter["logos"]["files"].get(code, "")
    if not named:
        return Logo(code, "", "not_given")
    path = charter.folder / named
    fault = "" if path.is_file() else "missing"
    return Logo(code, str(path), fault or ("" if _readable(path) else "unreadable"))


def _readable(path: Path) -> bool:
    if path.suffix.lower() != ".svg":
        return QImageReader(str(path)).canRead()
    try:
        document = read_dom(path.read_bytes())
    except OSError:
        return False
    return document is not None and document.documentElement().tagName().split(":")[-1] == "svg"
