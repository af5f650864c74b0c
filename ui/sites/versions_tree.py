# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of values side by side, one of which is ticked in each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ..language import leading

_SUBJECT = Qt.ItemDataRole.UserRole


class VersionsTree(QTreeWidget):
    """Lines whose last two columns are one's own value and the other's."""

    def __init__(self, headings: Sequence[str], parent=None) -> None:
        super().__init__(parent)
        self.setRootIsDecorated(False)
        self.setHeaderLabels(list(headings))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for section in range(self.columnCount()):
            self.headerItem().setTextAlignment(section, leading())
        self.mine, self.theirs = self.columnCount() - 2, self.columnCount() - 1
        self.itemChanged.connect(self._other_way)

    def add(self, texts: Iterable[str], subject: Any, mine: bool | None) -> None:
        """Add a line about a subject; its own value is ticked, the other's, or (None) neither."""
        item = QTreeWidgetItem(list(texts))
        for section in range(self.columnCount()):
            item.setToolTip(section, item.text(section))
        item.setData(0, _SUBJECT, subject)
        self.blockSignals(True)
        self._tick(item, None if mine is None else self.mine if mine else self.theirs)
        self.addTopLevelItem(item)
        self.blockSignals(False)

    def chosen(self) -> Iterator[tuple[Any, bool]]:
        """Yield the subjects of the lines that have a tick, and whether it is at one's own."""
        for item in map(self.topLevelItem, range(self.topLevelItemCount())):
            for section in (self.mine, self.theirs):
                if item.checkState(section) == Qt.CheckState.Checked:
                    yield item.data(0, _SUBJECT), section == self.mine

    def _other_way(self, item: QTreeWidgetItem, section: int) -> None:
        """Of the two values one is chosen, never both."""
        if section in (self.mine, self.theirs):
            chosen = item.checkState(section) == Qt.CheckState.Checked
            self.blockSignals(True)
            self._tick(item, section if chosen else self.mine + self.theirs - section)
            self.blockSignals(False)

    def _tick(self, item: QTreeWidgetItem, section: int | None) -> None:
        for one in (self.mine, self.theirs):
            state = Qt.CheckState.Checked if one == section else Qt.CheckState.Unchecked
            item.setCheckState(one, state)
