# SPDX-License-Identifier: GPL-2.0-or-later
"""How a table of findings, or of rows, looks and behaves, wherever it stands in the dock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QTreeView

from ..language import leading

#: Widths in characters: severity (a shape), record, what is wrong, proposal, field, value.
_WIDTHS = (4, 24, 60, 20, 16, 20)
_LINE_WIDTH = 7
_HEADING_WIDTH = 9  # room for the branches of the tree


def prepare_findings_view(view: QTableView, lines: bool = False) -> None:
    """Rows to read and choose, columns to widen, one line a finding.

    ``lines`` tells that the second column holds line numbers of a file, not names.
    """
    prepare_table(view, (_WIDTHS[0], _LINE_WIDTH, *_WIDTHS[2:]) if lines else _WIDTHS)


def prepare_findings_tree(view: QTreeView) -> None:
    """Findings under headings: several to choose, columns to widen and to sort by."""
    _prepare(view)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setExpandsOnDoubleClick(False)
    header = view.header()
    header.setDefaultAlignment(leading())
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    _widen(view, header, (_HEADING_WIDTH, *_WIDTHS[1:]))


def prepare_table(view: QTableView, widths: Sequence[int]) -> None:
    """Rows to read and choose, columns to widen; their widths are in characters."""
    _prepare(view)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    line = view.fontMetrics().height() + 6
    view.verticalHeader().setDefaultSectionSize(line)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(leading())
    _widen(view, header, widths)


class WholeSelection(QObject):
    """Has all of a list read before all of it is selected by the keyboard."""

    def __init__(self, view: QAbstractItemView, read_all: Callable[[], None]) -> None:
        super().__init__(view)
        self._read_all = read_all
        view.installEventFilter(self)

    def eventFilter(self, view: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Read, then let the view select."""
        if event.type() == QEvent.Type.KeyPress and event.matches(
            QKeySequence.StandardKey.SelectAll
        ):
            self._read_all()
        return super().eventFilter(view, event)


def _prepare(view: QAbstractItemView) -> None:
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)


def _widen(view: QAbstractItemView, header: QHeaderView, widths: Sequence[int]) -> None:
    character = view.fontMetrics().averageCharWidth()
    for section, width in enumerate(widths):
        header.resizeSection(section, character * width)
