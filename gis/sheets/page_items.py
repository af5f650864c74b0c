# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts, boxes, marks and tables of a plan as items of a print layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qgis.core import (
    QgsFillSymbol,
    QgsLayoutFrame,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemManualTable,
    QgsLayoutItemMarker,
    QgsLayoutItemShape,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsTableCell,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from ...domain.errors import PrintError
from .. import style as carte_style
from .charter import Charter
from .content import Record
from .fonts import font, text_format
from .geometry import Rect
from .items import CELL_MARGIN, Box, Cell, Item, Mark, Table, Text
from .layers import number_style

MILLIMETRES = QgsUnitTypes.LayoutUnit.LayoutMillimeters
_HORIZONTAL = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}
_VERTICAL = {
    "top": Qt.AlignmentFlag.AlignTop,
    "middle": Qt.AlignmentFlag.AlignVCenter,
    "bottom": Qt.AlignmentFlag.AlignBottom,
}
_SPARE = 0.3


def place(item: QgsLayoutItem, rect: Rect, page: int) -> None:
    """Give an item its place on a page, in millimetres."""
    item.attemptResize(QgsLayoutSize(rect.w, rect.h, MILLIMETRES))
    item.attemptMove(QgsLayoutPoint(rect.x, rect.y, MILLIMETRES), True, False, page)


class PageWriter:
    """Adds a plan's items to a layout."""

    def __init__(
        self, layout: QgsPrintLayout, charter: Charter, institutions: Mapping[str, Record]
    ) -> None:
        self._layout, self._charter, self._institutions = layout, charter, institutions

    def write(self, items: Sequence[Item], page: int) -> None:
        """Add items to a page, the first lowest."""
        for item in items:
            if isinstance(item, Text):
                self._text(item, page)
            elif isinstance(item, Box):
                self._box(item, page)
            elif isinstance(item, Mark):
                self._mark(item, page)
            elif isinstance(item, Table):
                self._table(item, page)

    def _text(self, item: Text, page: int) -> None:
        label = QgsLayoutItemLabel(self._layout)
        label.setId(item.name)
        label.setText(_without_expressions(item.text))
        label.setMarginX(0)
        label.setMarginY(0)
        if hasattr(label, "setTextFormat"):  # QGIS 3.24
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

    def _box(self, item: Box, page: int) -> None:
        shape = QgsLayoutItemShape(self._layout)
        shape.setId(item.name)
        kinds = QgsLayoutItemShape.Shape
        shape.setShapeType(kinds.Ellipse if item.ellipse else kinds.Rectangle)
        shape.setSymbol(
            QgsFillSymbol.createSimple(
                {
                    "style": "solid" if item.fill else "no",
                    "color": item.fill or "#ffffff",
                    "outline_style": "solid" if item.stroke else "no",
                    "outline_color": item.stroke or "#ffffff",
                    "outline_width": str(item.width),
                    "joinstyle": "miter",
                }
            )
        )
        place(shape, item.rect, page)
        self._layout.addLayoutItem(shape)

    def _mark(self, item: Mark, page: int) -> None:
        row = self._institutions[item.institution]
        symbol = carte_style.institution_symbol(row, item.rect.w, approximate=False)
        self._symbol(item.name, symbol, item.rect, page)
        if item.number:
            style = number_style(row, self._charter)
            self._text(Text(f"{item.name} number", item.rect, item.number, style, "centre"), page)

    def _symbol(self, name: str, symbol: QgsMarkerSymbol, rect: Rect, page: int) -> None:
        marker = QgsLayoutItemMarker(self._layout)
        marker.setId(name)
        marker.setSymbol(symbol)
        # The item takes its symbol's size; what counts is where its middle is.
        marker.setReferencePoint(QgsLayoutItem.ReferencePoint.Middle)
        x, y = rect.centre
        marker.attemptMove(QgsLayoutPoint(x, y, MILLIMETRES), True, False, page)
        self._layout.addLayoutItem(marker)

    def _table(self, item: Table, page: int) -> None:
        table = QgsLayoutItemManualTable.create(self._layout)
        self._layout.addMultiFrame(table)
        table.setCellMargin(CELL_MARGIN)
        table.setShowGrid(False)
        table.setIncludeTableHeader(False)
        table.setBackgroundColor(QColor(0, 0, 0, 0))
        table.setColumnWidths([width - 2 * CELL_MARGIN for width in item.columns])
        table.setRowHeights([row.height - 2 * CELL_MARGIN for row in item.rows])
        # The contents last: each setting would measure them anew.
        table.setTableContents(
            [[self._cell(cell, row.fill) for cell in row.cells] for row in item.rows]
        )
        frame = QgsLayoutFrame(self._layout, table)
        frame.setId(item.name)
        # A hair more than the rows need: rounding must not push the last one off.
        place(frame, replace(item.rect, h=item.rect.h + _SPARE), page)
        table.addFrame(frame)
        _check_whole(table, item)

    def _cell(self, cell: Cell, fill: str) -> QgsTableCell:
        made = QgsTableCell(cell.text)
        made.setTextFormat(text_format(cell.text, cell.style))
        made.setHorizontalAlignment(_HORIZONTAL[cell.align])
        made.setVerticalAlignment(_VERTICAL[cell.level])
        if fill:
            made.setBackgroundColor(QColor(fill))
        return made


def _without_expressions(text: str) -> str:
    """Return a text in which QGIS finds nothing to compute: names come from others' tables."""
    return text.replace("[%", "[ %")


def _check_whole(table: QgsLayoutItemManualTable, item: Table) -> None:
    """Refuse a table of which QGIS would leave rows out without a word."""
    table.recalculateFrameSizes()
    needed = table.totalSize().height()
    if needed > item.rect.h + 2 * _SPARE:
        raise PrintError(
            "The table « {item} » needs {needed} mm and has {given} mm: rows would be "
            "missing. Nothing was printed: please report this.",
            item=item.name,
            needed=round(needed, 1),
            given=round(item.rect.h, 1),
        )
