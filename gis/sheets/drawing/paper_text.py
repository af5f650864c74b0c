# SPDX-License-Identifier: GPL-2.0-or-later
"""Names, numbers and lists of a page drawn straight onto the paper, as text.

QGIS's own text renderer (3.22) records each line as outlines and as a picture before it writes
it: half a millisecond a line, most of the time of a sheet with hundreds of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTextLayout,
    QTransform,
)

from ..plan.mapplan import Label
from .fonts import face, family, measure

#: Width in mm of the halo around a letter.
HALO = 0.55
#: How coarse a halo's outline is, in mm.
_STEP = 0.1
#: Letters are asked for at one size, the largest whose shapes Qt keeps, and scaled by the painter.
_PIXELS = 60


class TextWriter:
    """Writes labels with a painter that has ``unit`` of its own to a millimetre of the page.

    Latin and Arabic letters are in different families, so each label is of one script.
    """

    def __init__(self, painter: QPainter, unit: float) -> None:
        self._painter, self._unit = painter, unit
        self._page = painter.transform()
        self._size = 0.0

    def write(self, labels: Iterable[Label]) -> None:
        """Write labels, in millimetres from the upper left corner of the page."""
        for label in labels:
            size = label.style.height / _PIXELS  # millimetres to a pixel of the letters
            x, y = label.x / size, label.y / size
            if label.angle:
                turned = QTransform.fromTranslate(label.x * self._unit, label.y * self._unit)
                self._set(size, turned.rotate(label.angle))
                self._write(label, QPointF(0, 0))
                self._size = 0.0
            else:
                if size != self._size:  # a PDF notes each change
                    self._set(size, QTransform())
                self._write(label, QPointF(x, y))

    def _set(self, size: float, turned: QTransform) -> None:
        scaled = turned.scale(size * self._unit, size * self._unit)
        self._painter.setTransform(scaled * self._page)
        self._size = size

    def _write(self, label: Label, at: QPointF) -> None:
        style = label.style
        font, middle = _font(family(label.text), style.bold)
        x = at.x()
        if label.align != "left":
            width = measure(label.text, style) / style.height * _PIXELS
            x -= width if label.align == "right" else width / 2
        start = QPointF(round(x, 1), round(at.y() + middle, 1))
        if label.halo:
            _draw_halo(self._painter, start, font, label)
        self._painter.setFont(font)
        self._painter.setPen(_colour(style.colour))
        self._painter.drawText(start, label.text)


@lru_cache(maxsize=8)
def _font(name: str, bold: bool) -> tuple[QFont, float]:
    """Return a face, and how far the base of its letters is below the middle of its lines."""
    font = face(name, bold)
    font.setPixelSize(_PIXELS)
    metrics = QFontMetricsF(font)
    return font, (metrics.ascent() - metrics.descent()) / 2


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


def _draw_halo(painter: QPainter, start: QPointF, font: QFont, label: Label) -> None:
    """Draw a soft edge around the letters, each taken as the rectangle that it fills.

    Nobody sees the finer curves under it, and they would be most of the file.
    """
    blocks, step = QPainterPath(), _STEP / label.style.height * _PIXELS
    blocks.setFillRule(Qt.FillRule.WindingFill)
    for x, y, right, bottom in letter_boxes(label.text, font):
        x, y = round(x / step), round(y / step)
        blocks.addRect(x, y, round(right / step) - x, round(bottom / step) - y)
    pen = QPen(_colour(label.halo), 2 * HALO / _STEP)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    placed = QTransform.fromTranslate(start.x(), start.y()).scale(step, step)
    painter.setTransform(placed, True)
    painter.setPen(pen)
    painter.setBrush(_colour(label.halo))
    painter.drawPath(blocks)
    painter.restore()


def letter_boxes(text: str, font: QFont) -> Iterator[tuple[float, float, float, float]]:
    """Yield what each letter of a line fills: left, top, right, bottom, from the line's start."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    left, base = line.naturalTextRect().x(), line.ascent()
    for run in layout.glyphRuns():
        letters = run.rawFont()
        name = letters.familyName(), letters.styleName()
        for letter, at in zip(run.glyphIndexes(), run.positions()):
            x, y, w, h = _box(name, letter, letters)
            if w and h:
                x, y = x + at.x() - left, y + at.y() - base
                yield x, y, x + w, y + h


_boxes: dict[tuple, tuple[float, float, float, float]] = {}


def _box(name: tuple[str, str], letter: int, letters: QRawFont) -> tuple:
    """Return what a font's letter fills around its point on the base; asked of Qt once."""
    key = (*name, letter)
    if key not in _boxes:
        _boxes[key] = letters.boundingRect(letter).getRect()
    return _boxes[key]
