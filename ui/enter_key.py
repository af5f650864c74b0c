# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists whose lines Enter opens, for who has no mouse."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView


class EnterKey(QObject):
    """Has the line of a list opened by Enter, as a double click opens it."""

    def __init__(self, view: QAbstractItemView, open_line: Callable[[QModelIndex], object]) -> None:
        super().__init__(view)
        self._open_line = open_line
        view.installEventFilter(self)

    def eventFilter(self, view: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Open the line that has the focus."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and event.key() in enter:
            index = view.currentIndex()
            if index.isValid():
                self._open_line(index)
            return True
        return super().eventFilter(view, event)
