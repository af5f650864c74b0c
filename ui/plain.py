# SPDX-License-Identifier: GPL-2.0-or-later
"""Text of others (names, paths, what a server says) where Qt would read HTML in it.

A label is told to show plain text (``textFormat`` in its form); a tool tip and a line of QGIS's
message bar cannot be told, so what they would take for HTML is written as HTML writes it.
"""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtWidgets import QTreeWidgetItem


def as_rich(text: str) -> str:
    """Return HTML that shows a text as it is written, its lines too."""
    return escape(text, quote=False).replace("\n", "<br>")


def tip(text: str) -> str:
    """Return a tool tip that shows a text as it is written; Qt guesses which ones are HTML."""
    return f"<span>{as_rich(text)}</span>" if "<" in text or "&" in text else text


def tips(item: QTreeWidgetItem, first: int = 0) -> None:
    """Give the cells of a line, from one on, their whole text as tool tip."""
    for section in range(first, item.columnCount()):
        item.setToolTip(section, tip(item.text(section)))
