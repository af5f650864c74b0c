# SPDX-License-Identifier: GPL-2.0-or-later
"""All names, numbers and lists of a page as one layout item, drawn straight onto the paper.

QGIS's own text renderer (3.22) records each line as outlines and as a picture before it writes
it: half a millisecond a line, most of the time of a sheet with hundreds of them. This item asks
the painter for the same letters at the same places, as text. It is for exporting only: a layout
to be retouched has label layers instead (``labels``), which QGIS can read back.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsLayoutItem, QgsLayoutItemRegistry, QgsPrintLayout
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from .charter import POINT, Style
from .fonts import family
from .mapplan import Label

#: Width in mm of the halo around a letter.
HALO = 0.55
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
        self._fonts: dict[tuple[str, Style, float], tuple[QFont, QFontMetricsF]] = {}

    def type(self) -> int:
        """Return the kind of item: one of a plugin's."""
        return QgsLayoutItemRegistry.ItemType.PluginItem

    def draw(self, context) -> None:
        """Draw the labels; called by QGIS."""
        render = context.renderContext()
        painter, pixels = render.painter(), render.scaleFactor()
        painter.save()
        painter.scale(1 / _FINE, 1 / _FINE)
        for label in self._labels:
            self._draw(painter, label, pixels * _FINE)
        painter.restore()

    def _draw(self, painter: QPainter, label: Label, unit: float) -> None:
        """Draw a label; ``unit`` is how many of the painter's units a millimetre has."""
        font, metrics = self._font(label, unit)
        width = metrics.horizontalAdvance(label.text)
        left = {"left": 0.0, "right": -width}.get(label.align, -width / 2)
        # The middle of the line, from the top of its ascent to the foot of its descent.
        start = QPointF(left, (metrics.ascent() - metrics.descent()) / 2)
        painter.save()
        painter.setTransform(QTransform.fromTranslate(label.x * unit, label.y * unit), True)
        painter.rotate(label.angle)
        if label.halo:
            _draw_halo(painter, start, font, label, unit)
        painter.setFont(font)
        painter.setPen(QColor(label.style.colour))
        painter.drawText(start, label.text)
        painter.restore()

    def _font(self, label: Label, unit: float) -> tuple[QFont, QFontMetricsF]:
        key = family(label.text), label.style, unit
        if key not in self._fonts:
            font = QFont(key[0])
            font.setBold(label.style.bold)
            font.setPixelSize(max(1, round(label.style.size * POINT * unit)))
            self._fonts[key] = font, QFontMetricsF(font)
        return self._fonts[key]


def _draw_halo(painter: QPainter, start: QPointF, font: QFont, label: Label, unit: float) -> None:
    path = QPainterPath()
    path.addText(start, font, label.text)
    pen = QPen(QColor(label.halo), 2 * HALO * unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
