# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists whose lines Enter opens, for who has no mouse, and windows in which it decides nothing."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QDialog

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKey(QObject):
    """Has the line of a list opened by Enter, as a double click opens it."""

    def __init__(self, view: QAbstractItemView, open_line: Callable[[QModelIndex], object]) -> None:
        super().__init__(view)
        self._open_line = open_line
        view.installEventFilter(self)

    def eventFilter(self, view: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Open the line that has the focus."""
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            index = view.currentIndex()
            if index.isValid():
                self._open_line(index)
            return True
        return super().eventFilter(view, event)


class StillDialog(QDialog):
    """A window in which Enter decides nothing, unless a button has the focus."""

    def keyPressEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Close on Escape; Enter in a list would else press the first button there is."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
