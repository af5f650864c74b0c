# SPDX-License-Identifier: GPL-2.0-or-later
"""The many small things of a page (lists, tables, symbols, grid letters) as one map of the paper.

For a layout to be retouched: an item for each would be slow, and a table item leaves out in
silence the rows that find no room. The map's units are millimetres of the page, counted in
metres, y upwards: its scale is 1:1000.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
)

from ..charter import Charter
from ..geometry import Rect
from ..memory import memory_layer
from ..plan.content import Record
from ..plan.items import Box, Code, Item, Mark, Table, Text
from ..plan.mapplan import Label
from ..plan.qr import QUIET
from .labels import label_layer
from .page_items import box_symbol
from .symbols import number_style, symbol_layer


@dataclass(frozen=True)
class Drawn:
    """What items of a page come to: lines of text, boxes from below, symbols."""

    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]
    marks: tuple[Mark, ...]


def drawn(items: Iterable[Item], charter: Charter, institutions: Mapping[str, Record]) -> Drawn:
    """Take items of a page apart, tables into their cells; pictures are items of the layout."""
    labels: list[Label] = []
    boxes: list[Box] = []
    marks: list[Mark] = []
    for item in items:
        if isinstance(item, Text):
            labels += item.labels
        elif isinstance(item, Table):
            labels += item.labels
            boxes += _row_boxes(item)
        elif isinstance(item, Mark):
            marks.append(item)
            if item.number:
                style = number_style(institutions[item.institution], charter, item.about)
                labels.append(Label(*item.rect.centre, item.number, style))
        elif isinstance(item, Code):
            boxes += _code_boxes(item, charter)
        elif isinstance(item, Box):
            boxes.append(item)
    return Drawn(tuple(labels), tuple(boxes), tuple(marks))


def page_layers(
    page: Drawn, crs: QgsCoordinateReferenceSystem, institutions: Mapping[str, Record]
) -> list[QgsVectorLayer]:
    """Return the layers that draw a page's boxes, symbols and texts.

    From the top; what has nothing to draw is left out.
    """
    points = [(label, _point(label.x, label.y)) for label in page.labels]
    made = [
        label_layer("Textes", crs, points) if points else None,
        *_mark_layers(page.marks, crs, institutions),
        *_box_layers(page.boxes, crs),
    ]
    return [layer for layer in made if layer is not None]


def page_extent(width: float, height: float) -> QgsRectangle:
    """Return a page's extent on the map of its paper."""
    return QgsRectangle(0, -height, width, 0)


def _point(x: float, y: float) -> QgsPointXY:
    return QgsPointXY(x, -y)


def _rectangle(rect: Rect) -> QgsGeometry:
    return QgsGeometry.fromRect(QgsRectangle(rect.x, -rect.bottom, rect.right, -rect.y))


def _row_boxes(item: Table) -> list[Box]:
    boxes, y = [], item.rect.y
    for row in item.rows:
        if row.fill:
            boxes.append(Box("", Rect(item.rect.x, y, item.rect.w, row.height), row.fill))
        y += row.height
    return boxes


# Symbols and boxes


def _code_boxes(item: Code, charter: Charter) -> list[Box]:
    # An outline of the same colour closes the hair between two rows.
    ink, paper = charter.colours["ink"], charter.colours["paper"]
    dark = [Box(item.name, rect, ink, ink, 0.02) for rect in item.boxes(QUIET)]
    return [Box(item.name, item.rect, paper), *dark]


def _mark_layers(
    marks: Sequence[Mark], crs: QgsCoordinateReferenceSystem, institutions: Mapping[str, Record]
) -> list[QgsVectorLayer | None]:
    """Return a layer of symbols for each size, of those with a number and those without."""
    looks: dict[tuple[float, bool], list[tuple[QgsPointXY, str, bool]]] = {}
    for mark in marks:
        point = _point(*mark.rect.centre), mark.institution, mark.about
        looks.setdefault((mark.rect.w, bool(mark.number)), []).append(point)
    return [
        symbol_layer("Symboles", crs, size, institutions, looks[size, numbered], numbered)
        for size, numbered in sorted(looks)
    ]


def _box_layers(
    boxes: Sequence[Box], crs: QgsCoordinateReferenceSystem
) -> list[QgsVectorLayer | None]:
    """Return a layer for each look of boxes; the look that is used last lies on top."""
    looks: dict[tuple, list[QgsGeometry]] = {}
    for box in boxes:
        shape = _ellipse(box.rect) if box.ellipse else _rectangle(box.rect)
        look = (box.fill, box.stroke, box.width)
        looks[look] = [*looks.pop(look, ()), shape]
    made = [
        memory_layer("Aplats", "Polygon", crs, shapes, box_symbol(*look))
        for look, shapes in looks.items()
    ]
    return made[::-1]


def _ellipse(rect: Rect) -> QgsGeometry:
    return QgsGeometry.fromPointXY(_point(*rect.centre)).buffer(rect.w / 2, 12)
