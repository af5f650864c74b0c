# SPDX-License-Identifier: GPL-2.0-or-later
"""How a table of findings, or of rows, looks and behaves, wherever it stands in the dock."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from .language import leading

#: Widths in characters: severity (a shape), record, what is wrong, proposal, field, value.
_WIDTHS = (4, 24, 60, 20, 16, 20)
_LINE_WIDTH = 7


def prepare_findings_view(view: QTableView, lines: bool = False) -> None:
    """Rows to read and choose, columns to widen, one line a finding.

    ``lines`` tells that the second column holds line numbers of a file, not names.
    """
    prepare_table(view, (_WIDTHS[0], _LINE_WIDTH, *_WIDTHS[2:]) if lines else _WIDTHS)


def prepare_table(view: QTableView, widths: Sequence[int]) -> None:
    """Rows to read and choose, columns to widen; their widths are in characters."""
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    line = view.fontMetrics().height() + 6
    view.verticalHeader().setDefaultSectionSize(line)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(leading())
    character = view.fontMetrics().averageCharWidth()
    for section, width in enumerate(widths):
        header.resizeSection(section, character * width)
