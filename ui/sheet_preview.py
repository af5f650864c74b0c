# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet on the screen before it is printed, page by page."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
)

from ..domain.errors import CarteError
from .language import direction, name_buttons, number
from .tasks import Failed

#: Draws a page, counted from 0.
Draw = Callable[[int], QImage]
translate = QCoreApplication.translate


class SheetPreview(QDialog):
    """Shows the pages of a sheet, fitted to the window or as large as they were drawn.

    Nothing is shown before ``turn``. A page that cannot be drawn is told to ``failed``.
    """

    def __init__(self, title: str, pages: int, draw: Draw, failed: Failed, parent=None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(direction())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._draw, self._failed = draw, failed
        self._pages, self._page = pages, 0
        self._picture = QPixmap()
        self.label = QLabel(self)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea(self)
        self.area.setWidget(self.label)
        self.area.setWidgetResizable(True)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = QPushButton(translate("CarteCP3", "Page before"), self)
        self.after = QPushButton(translate("CarteCP3", "Next page"), self)
        self.large = QPushButton(translate("CarteCP3", "Enlarge"), self)
        self.large.setCheckable(True)
        self.where = QLabel(self)
        self._arrange()
        self.before.clicked.connect(lambda: self.turn(self._page - 1))
        self.after.clicked.connect(lambda: self.turn(self._page + 1))
        self.large.toggled.connect(self._fit)
        self.resize(QSize(900, 700))

    def _arrange(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        name_buttons(buttons)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for widget in (self.before, self.where, self.after, self.large):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.area, 1)
        column.addLayout(row)
        for widget in (self.before, self.where, self.after):
            widget.setVisible(self._pages > 1)

    def turn(self, page: int) -> bool:
        """Show a page, counted from 0; the one before stays if that cannot be drawn."""
        try:
            image = self._draw(page)
        except CarteError as error:
            self._failed(error)
            return False
        self._page = page
        self._picture = QPixmap.fromImage(image)
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page < self._pages - 1)
        text = translate("CarteCP3", "Page {page} of {pages}")
        self.where.setText(text.format(page=number(page + 1), pages=number(self._pages)))
        self._fit()
        return True

    def resizeEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Fit the page to the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *_state) -> None:
        picture = self._picture
        if not self.large.isChecked():
            picture = picture.scaled(
                self.area.viewport().size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self.label.setPixmap(picture)
        self.label.setMinimumSize(picture.size() if self.large.isChecked() else QSize(1, 1))
