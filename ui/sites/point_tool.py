# SPDX-License-Identifier: GPL-2.0-or-later
"""A map tool that takes one point and goes: to add a site, to move or to copy one."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapToolEmitPoint
from qgis.PyQt.QtCore import Qt

#: What a store's positions are in.
WGS84 = "EPSG:4326"
Taken = Callable[[float, float], None]


class PointTool(QgsMapToolEmitPoint):
    """Hands on longitude and latitude (degrees) of the next click; Escape or another tool ends it.

    ``deactivated`` (of every map tool) says that it is over, whichever way.
    """

    def __init__(self, canvas: QgsMapCanvas, taken: Taken) -> None:
        super().__init__(canvas)
        self._taken = taken
        self.deactivated.connect(self.deleteLater)  # else the canvas keeps every tool it had
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event) -> None:  # noqa: N802 (QGIS's name)
        """Take the point of a click, snapped as QGIS snaps."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.take(event.snapPoint() if event.isSnapped() else event.mapPoint())

    def keyReleaseEvent(self, event) -> None:  # noqa: N802 (QGIS's name)
        """Give up on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def leave(self, *_gone) -> None:
        """Wait for no click any more."""
        self.canvas().unsetMapTool(self)

    def take(self, point: QgsPointXY) -> None:
        """Hand on a point of the map, and leave the canvas to the tool that was there before."""
        canvas = self.canvas()
        source = canvas.mapSettings().destinationCrs()
        target = QgsCoordinateReferenceSystem(WGS84)
        degrees = QgsCoordinateTransform(source, target, QgsProject.instance()).transform(point)
        self.leave()
        self._taken(degrees.x(), degrees.y())
