# SPDX-License-Identifier: GPL-2.0-or-later
"""The twelve regions as a small map: a click ticks a region, or takes the tick away.

It shows the same choice as the list beside it, which is the way in by keyboard.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)
from qgis.PyQt.QtWidgets import QToolTip, QWidget

_MARGIN = 4.0
#: Width of the map in pixels at its smallest, and as it likes to be.
_SMALLEST, _LIKED = 110, 140


class RegionMap(QWidget):
    """Shows which regions are ticked; ``clicked`` carries the code of the one under the mouse."""

    clicked = pyqtSignal(str)

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._ticked: frozenset[str] = frozenset()
        self._current = self._hovered = ""
        self._names: Mapping[str, str] = {}
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the size it likes to have."""
        return QSize(_LIKED, _LIKED)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the size below which regions cannot be told apart."""
        return QSize(_SMALLEST, _SMALLEST)

    def show_choice(self, ticked: Collection[str], current: str, names: Mapping[str, str]) -> None:
        """Show the ticked regions and the current one (codes); ``names`` are for the pointer."""
        self._ticked, self._current, self._names = frozenset(ticked), current, names
        self.update()

    def region_at(self, point: QPointF) -> str:
        """Return the code of the region under a point of the widget, "" for none."""
        inverted, possible = self._transform().inverted()
        there = inverted.map(point)
        found = (code for code, path in shapes()[0].items() if path.contains(there))
        return next(found, "") if possible else ""

    def point_of(self, code: str) -> QPointF:
        """Return a point of the widget inside a region."""
        return self._transform().map(shapes()[2][code])

    # What Qt calls

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Mark the region under the mouse."""
        self._hover(self.region_at(QPointF(event.pos())))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Mark none any more."""
        self._hover("")

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell which region was clicked."""
        code = self.region_at(QPointF(event.pos()))
        if code and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(code)

    def event(self, event: QEvent) -> bool:
        """Say the name of the region under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            name = self._names.get(self.region_at(QPointF(event.pos())), "")
            QToolTip.showText(event.globalPos(), name, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QEvent) -> None:  # noqa: N802
        """Draw the regions, the ticked ones in the colour of what is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        transform, palette = self._transform(), self.palette()
        regions, limits, middles = shapes()
        for code, path in regions.items():
            colour = palette.highlight() if code in self._ticked else palette.midlight()
            fill = QColor(colour.color())
            if code == self._hovered:
                fill = fill.lighter(115)
            # The outline has the colour of the region: limits are drawn where there are any.
            painter.setPen(QPen(fill, 0.6))
            painter.setBrush(fill)
            painter.drawPath(transform.map(path))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.base().color(), 1.0))
        painter.drawPath(transform.map(limits))
        if self._current:
            painter.setPen(QPen(palette.text().color(), 2.0))
            painter.drawEllipse(transform.map(middles[self._current]), 4.0, 4.0)
        painter.end()

    def _hover(self, code: str) -> None:
        if code != self._hovered:
            self._hovered = code
            self.update()

    def _transform(self) -> QTransform:
        """Return the way from the map's metres to the widget; north is above in any language."""
        bounds = QRectF()
        for path in shapes()[0].values():
            bounds = bounds.united(path.boundingRect())
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / bounds.width(), room.height() / bounds.height())
        middle, there = bounds.center(), room.center()
        return (
            QTransform.fromTranslate(-middle.x(), -middle.y())
            * QTransform.fromScale(scale, -scale)
            * QTransform.fromTranslate(there.x(), there.y())
        )


@lru_cache(maxsize=1)
def shapes() -> tuple[dict[str, QPainterPath], QPainterPath, dict[str, QPointF]]:
    """Return the regions by code, the limits between them, and a point inside each."""
    from ..gis.sheets.charter import load_charter
    from ..gis.sheets.land.locator import Locator

    outlines = Locator(load_charter()).outlines()
    regions = {code: _path(geometry) for code, geometry in outlines.regions.items()}
    middles = {
        code: QPointF(geometry.poleOfInaccessibility(5000.0)[0].asPoint().x(),
                      geometry.poleOfInaccessibility(5000.0)[0].asPoint().y())
        for code, geometry in outlines.regions.items()
    }  # fmt: skip
    limits = QPainterPath()
    for line in outlines.limits.asMultiPolyline():
        limits.addPolygon(QPolygonF([QPointF(point.x(), point.y()) for point in line]))
    return regions, limits, middles


def _path(geometry) -> QPainterPath:
    path = QPainterPath()
    polygons = geometry.asMultiPolygon() if geometry.isMultipart() else [geometry.asPolygon()]
    for polygon in polygons:
        for ring in polygon:
            path.addPolygon(QPolygonF([QPointF(point.x(), point.y()) for point in ring]))
    return path
