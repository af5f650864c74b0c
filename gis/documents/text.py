# SPDX-License-Identifier: GPL-2.0-or-later
"""Paragraphs as they stand on paper, in the bundled fonts, wrapped to a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from qgis.PyQt.QtCore import QLocale, QPointF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QTextLayout,
    QTextOption,
)

from ...domain.document import BAR, CHANGE, DECIMAL, Cell
from ..sheets.charter import Style
from ..sheets.drawing.fonts import font
from ..titles import locale

INK, QUIET, ACCENT = "#1f2328", "#5b6570", "#1d3a6b"
TITLE = Style(18, True, ACCENT)
LEAD = Style(10, False, QUIET)
HEADING = Style(12.5, True, ACCENT)
HEAD = Style(7.5, True, INK)
BODY = Style(8, False, INK)
STRONG = Style(8, True, INK)
NOTE = Style(7.5, False, QUIET)


@dataclass(frozen=True)
class Laid:
    """A paragraph: its height in the device's pixels, and how to draw it at a point."""

    height: float
    draw: Callable[[QPainter, float, float], None]


class TextSetter:
    """Sets the texts of one report for a device; pages read in one direction."""

    def __init__(self, device: QPagedPaintDevice, language: str) -> None:
        self._device = device
        self._locale: QLocale = locale(language)
        self.right_to_left = language == "ar"

    def wide(self, text: str, style: Style) -> float:
        """Return the width of a text on one line, in pixels."""
        return QFontMetricsF(font(text, style), self._device).horizontalAdvance(text)

    def laid(
        self, text: str, style: Style, width: float, at_end: bool = False, numeric: bool = False
    ) -> Laid:
        """Return a text wrapped to a width (pixels), at the line's beginning or its end.

        A ``numeric`` one stands on the right in every language: numbers stand under each other
        by their last digit.
        """
        layout = QTextLayout(text, font(text, style), self._device)
        layout.setTextOption(self._option(numeric or self.right_to_left != at_end))
        layout.setCacheEnabled(True)
        height = 0.0
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(max(width, 1.0))
            line.setPosition(QPointF(0, height))
            height += line.height()
            line = layout.createLine()
        layout.endLayout()

        def draw(painter: QPainter, x: float, y: float) -> None:
            painter.setPen(QColor(style.colour))
            layout.draw(painter, QPointF(x, y))

        return Laid(height, draw)

    def written(self, value: Cell, kind: str) -> str:
        """Return a cell as text; a dash where there is nothing to say."""
        if value is None:
            return "–"
        if isinstance(value, str):
            return value
        if kind == BAR:
            return f"\u2066{self._locale.toString(round(100 * value))}\u00a0%\u2069"
        if kind == DECIMAL:
            return self._locale.toString(float(value), "f", 1)
        text = self._locale.toString(round(value))
        signed = kind == CHANGE and value > 0
        return f"\u200e+{text}" if signed else text

    def _option(self, on_the_right: bool) -> QTextOption:
        side = Qt.AlignmentFlag.AlignRight if on_the_right else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        leftwards, rightwards = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        option.setTextDirection(leftwards if self.right_to_left else rightwards)
        return option
