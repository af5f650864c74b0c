# SPDX-License-Identifier: GPL-2.0-or-later
"""All names, numbers and lists of a page as one layout item, drawn straight onto the paper.

QGIS's own text renderer (3.22) records each line as outlines and as a picture before it writes
it: half a millisecond a line, most of the time of a sheet with hundreds of them. This item asks
the painter for the same letters at the same places, as text. It is for exporting only: a layout
to be retouched has label layers instead (``labels``), which QGIS can read back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qgis.core import QgsLayoutItem, QgsLayoutItemRegistry, QgsPrintLayout
from qgis.PyQt.QtCore import QPointF, QRect, QRectF, Qt
from qgis.PyQt.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from ..charter import POINT, Style
from ..plan.mapplan import Label
from .fonts import face, family, measure

#: Width in mm of the halo around a letter.
HALO = 0.55
#: How coarse a halo's outline is, in mm.
_STEP = 0.1
#: Letters are asked for in tenths of a pixel, or their widths would be rounded to whole ones.
_FINE = 10.0


class PaperText(QgsLayoutItem):
    """Labels in millimetres from the upper left corner of a page, drawn as text.

    Latin and Arabic letters are in different families, so each label is of one script.
    """

    def __init__(self, layout: QgsPrintLayout, labels: Sequence[Label]) -> None:
        super().__init__(layout)
        self.setBackgroundEnabled(False)
        self._labels = tuple(labels)
        self._fonts: dict[tuple[str, Style, float], tuple[QFont, float]] = {}

    def type(self) -> int:
        """Return the kind of item: one of a plugin's."""
        return QgsLayoutItemRegistry.ItemType.PluginItem

    def draw(self, context) -> None:
        """Draw the labels; called by QGIS."""
        render = context.renderContext()
        painter, unit = render.painter(), render.scaleFactor() * _FINE
        painter.save()
        painter.scale(1 / _FINE, 1 / _FINE)
        for label in self._labels:
            if label.angle:
                painter.save()
                turned = QTransform.fromTranslate(label.x * unit, label.y * unit)
                painter.setTransform(turned.rotate(label.angle), True)
                self._draw(painter, label, QPointF(0, 0), unit)
                painter.restore()
            else:
                self._draw(painter, label, QPointF(label.x * unit, label.y * unit), unit)
        painter.restore()

    def _draw(self, painter: QPainter, label: Label, at: QPointF, unit: float) -> None:
        """Draw a label at a point; ``unit`` is how many of the painter's units a millimetre has."""
        font, middle = self._font(label, unit)
        width = 0.0 if label.align == "left" else measure(label.text, label.style) * unit
        start = QPointF(at.x() - (width if label.align == "right" else width / 2), at.y() + middle)
        if label.halo:
            _draw_halo(painter, start, font, label, unit)
        painter.setFont(font)
        painter.setPen(_colour(label.style.colour))
        painter.drawText(start, label.text)

    def _font(self, label: Label, unit: float) -> tuple[QFont, float]:
        key = family(label.text), label.style, unit
        if key not in self._fonts:
            font = face(key[0], label.style.bold)
            font.setPixelSize(max(1, round(label.style.size * POINT * unit)))
            metrics = QFontMetricsF(font)
            # From the middle of a line, between its ascent and its descent, to the base of letters.
            self._fonts[key] = font, (metrics.ascent() - metrics.descent()) / 2
        return self._fonts[key]


@lru_cache(maxsize=64)
def _colour(name: str) -> QColor:
    return QColor(name)


def _draw_halo(painter: QPainter, start: QPointF, font: QFont, label: Label, unit: float) -> None:
    """Draw a soft edge around the letters, each taken as the rectangle that it fills.

    Nobody sees the finer curves under it, and they would be most of the file.
    """
    path, blocks, step = QPainterPath(), QPainterPath(), _STEP * unit
    path.addText(QPointF(0, 0), font, label.text)
    blocks.setFillRule(Qt.FillRule.WindingFill)
    for rect in _outer(path.toSubpathPolygons(QTransform.fromScale(1 / step, 1 / step))):
        blocks.addRect(QRectF(rect))
    pen = QPen(_colour(label.halo), 2 * HALO / _STEP)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setTransform(QTransform.fromTranslate(start.x(), start.y()).scale(step, step), True)
    painter.setPen(pen)
    painter.setBrush(_colour(label.halo))
    painter.drawPath(blocks)
    painter.restore()


def _outer(outlines: Sequence[QPolygonF]) -> list[QRect]:
    """Return the rectangles of outlines, without those that lie in another: holes of letters."""
    rects = {one.boundingRect().toRect().getRect() for one in outlines}
    found = [QRect(*sides) for sides in sorted(rects)]
    return [
        one for one in found if not any(one != other and other.contains(one) for other in found)
    ]
