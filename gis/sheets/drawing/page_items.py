# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts and boxes of a plan as items of a print layout, each of its own for who retouches it.

What a page has many of (lists, tables, symbols, grid letters) is drawn by ``overlay`` instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemPicture,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ..geometry import Rect
from ..plan.items import Box, Item, Picture, Text
from .fonts import font, text_format

#: The unit of a layout.
MILLIMETRES = QgsUnitTypes.LayoutUnit.LayoutMillimeters
_HORIZONTAL = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}
#: First words of the names of texts and boxes that ``overlay`` draws.
_MANY = frozenset(
    (
        "search",
        "graticule",
        "index",
        "provinces",
        "table",
        "legend",
        "sign",
        "overview",
        "city",
        "region",
        "sheets",
    )
)


def retouchable(item: Item) -> bool:
    """Tell whether an item is one of the layout's own, not one of the many that are drawn."""
    if isinstance(item, Picture):
        return True
    return isinstance(item, (Text, Box)) and item.name.split()[0] not in _MANY


def place(item: QgsLayoutItem, rect: Rect, page: int) -> None:
    """Give an item its place on a page, in millimetres."""
    item.attemptResize(QgsLayoutSize(rect.w, rect.h, MILLIMETRES))
    item.attemptMove(QgsLayoutPoint(rect.x, rect.y, MILLIMETRES), True, False, page)


class PageWriter:
    """Adds a plan's items to a layout."""

    def __init__(self, layout: QgsPrintLayout) -> None:
        self._layout = layout

    def write(self, items: Sequence[Item], page: int) -> None:
        """Add items to a page, the first lowest."""
        for item in items:
            if isinstance(item, Text):
                self._text(item, page)
            elif isinstance(item, Box):
                self._box(item, page)
            elif isinstance(item, Picture):
                self._picture(item, page)

    def _text(self, item: Text, page: int) -> None:
        label = QgsLayoutItemLabel(self._layout)
        label.setId(item.name)
        label.setText(_without_expressions(item.text))
        label.setMarginX(0)
        label.setMarginY(0)
        if Qgis.versionInt() >= 32400:
            label.setTextFormat(text_format(item.text, item.style))
        else:
            label.setFont(font(item.text, item.style))
            label.setFontColor(QColor(item.style.colour))
        label.setHAlign(_HORIZONTAL[item.align])
        label.setVAlign(Qt.AlignmentFlag.AlignVCenter)
        place(label, item.rect, page)
        if item.angle:
            label.setItemRotation(item.angle)
        self._layout.addLayoutItem(label)

    def _picture(self, item: Picture, page: int) -> None:
        picture = QgsLayoutItemPicture(self._layout)
        picture.setId(item.name)
        picture.setPicturePath(item.file)
        picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
        picture.setPictureAnchor(QgsLayoutItem.ReferencePoint.Middle)
        place(picture, item.rect, page)
        self._layout.addLayoutItem(picture)

    def _box(self, item: Box, page: int) -> None:
        shape = QgsLayoutItemShape(self._layout)
        shape.setId(item.name)
        kinds = QgsLayoutItemShape.Shape
        shape.setShapeType(kinds.Ellipse if item.ellipse else kinds.Rectangle)
        shape.setSymbol(box_symbol(item.fill, item.stroke, item.width))
        place(shape, item.rect, page)
        self._layout.addLayoutItem(shape)


def box_symbol(fill: str, stroke: str, width: float) -> QgsFillSymbol:
    """Return the symbol of a box; a colour that is empty is not drawn, ``width`` is in mm."""
    return QgsFillSymbol.createSimple(
        {
            "style": "solid" if fill else "no",
            "color": fill or "#ffffff",
            "outline_style": "solid" if stroke else "no",
            "outline_color": stroke or "#ffffff",
            "outline_width": str(width),
            "joinstyle": "miter",
        }
    )


def _without_expressions(text: str) -> str:
    """Return a text in which QGIS finds nothing to compute: names come from others' tables."""
    return text.replace("[%", "[ %")
