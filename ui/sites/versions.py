# SPDX-License-Identifier: GPL-2.0-or-later
"""Two versions of values side by side, one of which is ticked in each line, and their dialog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..language import direction, leading, name_buttons
from ..plain import tips

_SUBJECT = Qt.ItemDataRole.UserRole
translate = QCoreApplication.translate


class VersionsDialog(QDialog):
    """Explains what differs, lists it, and keeps what is ticked when it is accepted."""

    def __init__(
        self,
        title: str,
        explanation: str,
        versions: VersionsTree,
        size: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setLayoutDirection(direction())
        self.setWindowTitle(title)
        explained = QLabel(explanation, self)
        explained.setTextFormat(Qt.TextFormat.PlainText)
        explained.setWordWrap(True)
        self.versions = versions
        save = QDialogButtonBox.StandardButton.Save
        cancel = QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(save | cancel, self)
        name_buttons(self.buttons, translate("CarteCP3", "Save the chosen values"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (explained, versions, self.buttons):
            layout.addWidget(widget)
        self.resize(*size)


class VersionsTree(QTreeWidget):
    """Lines whose last two columns are one's own value and the other's."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
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
        tips(item)
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
