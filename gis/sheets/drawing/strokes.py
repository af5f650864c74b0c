# SPDX-License-Identifier: GPL-2.0-or-later
"""A symbol taken apart into the outlines that it draws, to be drawn many times at once.

QGIS plays the picture of an SVG marker anew at each point, with a kilobyte of settings around
it: a quarter of a sheet's time and bytes. Played once onto a device that only notes what it is
asked to draw, any symbol made of outlines can be drawn at all its points as one path.
"""

from __future__ import annotations

from typing import NamedTuple

from qgis.core import QgsMarkerSymbol, QgsRenderContext, QgsSymbolLayer
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QBrush, QPaintDevice, QPaintEngine, QPainter, QPainterPath, QPen

from ... import markers

#: Units of the noted outlines to a millimetre; whole ones, which a PDF writes shortest.
UNITS = 100
_DPI = round(UNITS * 25.4)
_RESOLUTIONS = (
    QPaintDevice.PaintDeviceMetric.PdmDpiX,
    QPaintDevice.PaintDeviceMetric.PdmDpiY,
    QPaintDevice.PaintDeviceMetric.PdmPhysicalDpiX,
    QPaintDevice.PaintDeviceMetric.PdmPhysicalDpiY,
)
_OTHERS = {
    QPaintDevice.PaintDeviceMetric.PdmDepth: 32,
    QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatio: 1,
    QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatioScaled: 1 << 16,
}


class Stroke(NamedTuple):
    """An outline around (0, 0) in hundredths of a millimetre, and how it is drawn."""

    path: QPainterPath
    pen: QPen
    brush: QBrush


def strokes(symbol: QgsMarkerSymbol) -> tuple[Stroke, ...]:
    """Return what a symbol draws at a point, from below; nothing if not of outlines alone.

    Only symbols of the plugin's shapes are taken apart: pictures within others cannot be noted.
    """
    if not all(_plain(layer) for layer in symbol.symbolLayers()):
        return ()
    device = _Notes()
    painter = QPainter(device)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(UNITS)
    context.setForceVectorOutput(True)
    symbol.startRender(context)
    symbol.renderPoint(QPointF(0, 0), None, context)
    symbol.stopRender(context)
    painter.end()
    return tuple(_joined(device.engine.found)) if device.engine.whole else ()


def _plain(layer: QgsSymbolLayer) -> bool:
    effect = layer.paintEffect()
    return bool(markers.shape_of(layer)) and not (effect and effect.enabled())


class _Notes(QPaintDevice):
    """A device of our own resolution that notes what is drawn on it."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = _Noting()

    def paintEngine(self) -> QPaintEngine:  # noqa: N802
        return self.engine

    def metric(self, metric) -> int:
        """Return a measure of the device, by QPaintDevice's enumeration of them."""
        if metric in _RESOLUTIONS:
            return _DPI
        return _OTHERS.get(metric, 100 * UNITS)


class _Noting(QPaintEngine):
    """Notes outlines; ``whole`` is False once there was anything else."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.found: list[Stroke] = []
        self.whole = True

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state) -> None:  # noqa: N802
        """Nothing: each outline is noted with the painter's state."""

    def drawPath(self, path: QPainterPath) -> None:  # noqa: N802
        painter = self.painter()
        turned, pen = painter.combinedTransform(), QPen(painter.pen())
        pen.setWidthF(pen.widthF() * abs(turned.determinant()) ** 0.5)
        self.whole = self.whole and painter.opacity() == 1 and not painter.hasClipping()
        self.found.append(Stroke(_rounded(turned.map(path)), pen, QBrush(painter.brush())))

    def drawPolygon(self, *_points) -> None:  # noqa: N802
        self.whole = False


def _rounded(path: QPainterPath) -> QPainterPath:
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        path.setElementPositionAt(number, round(element.x), round(element.y))
    return path


def _joined(found: list[Stroke]) -> list[Stroke]:
    """Return the strokes with each filling and the line around it as one."""
    joined: list[Stroke] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.path == one.path
            and last.pen.style() == Qt.PenStyle.NoPen
            and one.brush.style() == Qt.BrushStyle.NoBrush
        ):
            joined[-1] = Stroke(last.path, one.pen, last.brush)
        else:
            joined.append(one)
    return joined
