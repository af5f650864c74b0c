# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page has many of (boxes, symbols, texts) as one layout item, drawn onto the paper.

QGIS's own ways cost many times as much: a map of the paper for each page with a layer for each
look, a picture for each symbol, text recorded before it is written. This item asks the painter
for the same at the same places. It is for exporting only: a layout to be retouched has layers
and items instead (``overlay``, ``labels``, ``page_items``), which QGIS can read back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Union

from qgis.core import (
    QgsLayoutItem,
    QgsLayoutItemRegistry,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsRenderContext,
)
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from ..plan.content import Record
from ..plan.items import Box, Mark
from ..plan.mapplan import Label
from .paper_text import TextWriter
from .strokes import UNITS, Stroke, strokes
from .symbols import mark_symbol

Thing = Union[Box, Mark, Label]


#: The items of a page: its lists and the main map's symbols; above insets, symbols and all texts.
PAPERS = ("Listes et signes", "Textes")


def paper_name(name: str, page: int) -> str:
    """Return what an item of PAPERS is called on a page (from 0)."""
    return f"{name}, page {page + 1}"


class Looks:
    """How the institutions' symbols are drawn; each look is taken apart once."""

    def __init__(self, institutions: Mapping[str, Record]) -> None:
        self._institutions = institutions
        self._found: dict[tuple, tuple[QgsMarkerSymbol, tuple[Stroke, ...]]] = {}

    def of(self, mark: Mark) -> tuple[QgsMarkerSymbol, tuple[Stroke, ...]]:
        """Return a mark's symbol and its outlines, which are none if it has other things."""
        key = mark.institution, mark.rect.w, bool(mark.number), mark.about
        if key not in self._found:
            symbol = mark_symbol(self._institutions[key[0]], *key[1:])
            self._found[key] = symbol, strokes(symbol)
        return self._found[key]


class Paper(QgsLayoutItem):
    """Boxes, marks and labels in millimetres from a page's upper left corner, from below.

    Marks that follow one another do not lie on each other: those of one look are one path.
    """

    def __init__(self, layout: QgsPrintLayout, things: Iterable[Thing], looks: Looks) -> None:
        super().__init__(layout)
        self.setBackgroundEnabled(False)
        self._runs = [(kind, tuple(run)) for kind, run in groupby(things, type)]
        self._looks = looks
        for one in self._all(Mark):
            looks.of(one)

    def type(self) -> int:
        """Return the kind of item: one of a plugin's."""
        return QgsLayoutItemRegistry.ItemType.PluginItem

    def draw(self, context) -> None:
        """Draw everything; called by QGIS."""
        render = context.renderContext()
        painter = render.painter()
        for kind, run in self._runs:
            painter.save()
            if kind is Label:
                TextWriter(painter, render.scaleFactor()).write(run)
            elif kind is Box:
                _draw_boxes(painter, run, render.scaleFactor())
            else:
                self._draw_marks(render, run)
            painter.restore()

    def _all(self, wanted: type) -> Iterator[Thing]:
        return (one for kind, run in self._runs if kind is wanted for one in run)

    def _draw_marks(self, render: QgsRenderContext, marks: Sequence[Mark]) -> None:
        alike: dict[QgsMarkerSymbol, tuple[tuple[Stroke, ...], list[Mark]]] = {}
        for mark in marks:
            symbol, outlines = self._looks.of(mark)
            alike.setdefault(symbol, (outlines, []))[1].append(mark)
        for symbol, (outlines, some) in alike.items():
            if outlines:
                _draw_outlines(render, outlines, some)
            else:
                _draw_symbol(render, symbol, some)


def _draw_boxes(painter: QPainter, boxes: Sequence[Box], unit: float) -> None:
    painter.scale(unit / UNITS, unit / UNITS)
    for look, run in groupby(boxes, lambda one: (one.fill, one.stroke, one.width)):
        fill, stroke, width = look
        pen = QPen(QColor(stroke), width * UNITS) if stroke else QPen(Qt.PenStyle.NoPen)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(QColor(fill) if fill else QBrush(Qt.BrushStyle.NoBrush))
        for box in run:
            x, y, right, bottom = (
                round(side * UNITS)
                for side in (box.rect.x, box.rect.y, box.rect.right, box.rect.bottom)
            )
            if box.ellipse:
                painter.drawEllipse(QRectF(x, y, right - x, bottom - y))
            else:
                painter.drawRect(QRectF(x, y, right - x, bottom - y))


def _draw_outlines(
    render: QgsRenderContext, outlines: Sequence[Stroke], marks: Sequence[Mark]
) -> None:
    painter, unit = render.painter(), render.scaleFactor() / UNITS
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(unit, unit)
    places = [[round(side * UNITS) for side in mark.rect.centre] for mark in marks]
    for path, pen, brush in outlines:
        whole = QPainterPath()
        whole.setFillRule(path.fillRule())
        for x, y in places:
            whole.addPath(path.translated(x, y))
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(whole)
    painter.restore()


def _draw_symbol(render: QgsRenderContext, symbol: QgsMarkerSymbol, marks: Sequence[Mark]) -> None:
    """Draw a symbol that has more than outlines (a picture, an effect) as QGIS does."""
    unit = render.scaleFactor()
    symbol.startRender(render)
    for mark in marks:
        x, y = mark.rect.centre
        symbol.renderPoint(QPointF(x * unit, y * unit), None, render)
    symbol.stopRender(render)
