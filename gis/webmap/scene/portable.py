# SPDX-License-Identifier: GPL-2.0-or-later
"""Symbols in the few kinds that qgis2web carries over: simple markers, lines and fills.

Whatever else a cartographer drew is replaced by the nearest of these, and said so by a code
(``report.REASONS``). Sizes become millimetres and a symbol's opacity part of its colours,
because qgis2web takes sizes as millimetres and reads no symbol's opacity.
"""

from __future__ import annotations

from qgis.core import (
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPropertyCollection,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

_MILLIMETRES = QgsUnitTypes.RenderUnit.RenderMillimeters
_IN_MILLIMETRES = {
    _MILLIMETRES: 1.0,
    QgsUnitTypes.RenderUnit.RenderPoints: 25.4 / 72,
    QgsUnitTypes.RenderUnit.RenderPixels: 25.4 / 96,
    QgsUnitTypes.RenderUnit.RenderInches: 25.4,
}
#: Stands for a size in the map's own units, which the page cannot follow.
_SOME_SIZE = 0.4
#: A hatching becomes a tint of this opacity.
_TINT = 0.35
#: Shapes of simple markers that qgis2web draws; others become the nearest of these.
_SHAPES = ("square", "diamond", "triangle", "circle", "cross2")
_NEAREST_SHAPE = {
    "equilateral_triangle": "triangle",
    "rectangle": "square",
    "square_with_corners": "square",
    "rounded_square": "square",
    "cross": "cross2",
    "cross_fill": "cross2",
    "pentagon": "circle",
    "hexagon": "circle",
    "octagon": "circle",
}


def portable_symbol(symbol: QgsSymbol) -> tuple[QgsSymbol, set[str]]:
    """Return a symbol's portable likeness, and the codes of what was approximated in it."""
    reasons: set[str] = set()
    if symbol.hasDataDefinedProperties():
        reasons.add("data_defined")
    copy = symbol.clone()
    copy.setOpacity(1)
    for index in reversed(range(symbol.symbolLayerCount())):
        layer = symbol.symbolLayer(index)
        if not layer.enabled():
            copy.deleteSymbolLayer(index)
            continue
        plain = _portable_layer(layer, symbol, reasons)
        _fade(plain, symbol.opacity())
        copy.changeSymbolLayer(index, plain)
    if not copy.symbolLayerCount():
        copy.appendSymbolLayer(_nothing(symbol))
    return copy, reasons


def same_depth(symbols: list[QgsSymbol]) -> None:
    """Give the symbols of one layer the same number of symbol layers.

    qgis2web reads that number from the first category and fails (``IndexError``) on a category
    with fewer; those are filled up with layers that draw nothing.
    """
    depth = max((symbol.symbolLayerCount() for symbol in symbols), default=0)
    for symbol in symbols:
        while symbol.symbolLayerCount() < depth:
            symbol.appendSymbolLayer(_nothing(symbol))


def _portable_layer(layer: QgsSymbolLayer, symbol: QgsSymbol, reasons: set[str]) -> QgsSymbolLayer:
    if isinstance(layer, QgsSimpleMarkerSymbolLayer):
        return _marker(layer, reasons)
    if isinstance(layer, QgsSimpleLineSymbolLayer):
        return _line(layer, reasons)
    if isinstance(layer, QgsSimpleFillSymbolLayer):
        return _fill(layer, reasons)
    if isinstance(layer, QgsLinePatternFillSymbolLayer):
        return _tint(layer.color(), reasons)
    reasons.add("symbol")
    if isinstance(symbol, QgsMarkerSymbol):
        plain = QgsSimpleMarkerSymbolLayer()
        plain.setSize(symbol.size())
        plain.setFillColor(symbol.color())
        plain.setStrokeStyle(Qt.PenStyle.NoPen)
        return plain
    if isinstance(symbol, QgsLineSymbol):
        return QgsSimpleLineSymbolLayer(layer.color(), _SOME_SIZE)
    return _tint(symbol.color(), reasons)


def _marker(layer: QgsSimpleMarkerSymbolLayer, reasons: set[str]) -> QgsSymbolLayer:
    plain = layer.clone()
    plain.setDataDefinedProperties(QgsPropertyCollection())
    shape = layer.properties().get("name", "circle")
    if shape not in _SHAPES:
        reasons.add("marker_shape")
        plain = QgsSimpleMarkerSymbolLayer.create(
            {**layer.properties(), "name": _NEAREST_SHAPE.get(shape, "circle")}
        )
    plain.setSize(_millimetres(layer.size(), layer.sizeUnit(), reasons, 2.0))
    plain.setSizeUnit(_MILLIMETRES)
    plain.setStrokeWidth(_millimetres(layer.strokeWidth(), layer.strokeWidthUnit(), reasons))
    plain.setStrokeWidthUnit(_MILLIMETRES)
    return plain


def _line(layer: QgsSimpleLineSymbolLayer, reasons: set[str]) -> QgsSymbolLayer:
    plain = layer.clone()
    plain.setDataDefinedProperties(QgsPropertyCollection())
    if layer.useCustomDashPattern() or layer.offset():
        reasons.add("line_detail")
        plain.setUseCustomDashPattern(False)
        plain.setOffset(0)
    plain.setWidth(_millimetres(layer.width(), layer.widthUnit(), reasons))
    plain.setWidthUnit(_MILLIMETRES)
    return plain


def _fill(layer: QgsSimpleFillSymbolLayer, reasons: set[str]) -> QgsSymbolLayer:
    plain = layer.clone()
    plain.setDataDefinedProperties(QgsPropertyCollection())
    if layer.brushStyle() not in (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush):
        reasons.add("hatching")
        plain.setBrushStyle(Qt.BrushStyle.SolidPattern)
        plain.setFillColor(_faded(layer.fillColor(), _TINT))
    plain.setStrokeWidth(_millimetres(layer.strokeWidth(), layer.strokeWidthUnit(), reasons))
    plain.setStrokeWidthUnit(_MILLIMETRES)
    return plain


def _tint(colour: QColor, reasons: set[str]) -> QgsSymbolLayer:
    reasons.add("hatching")
    fill = QgsSimpleFillSymbolLayer(_faded(colour, _TINT))
    fill.setStrokeStyle(Qt.PenStyle.NoPen)
    return fill


def _nothing(symbol: QgsSymbol) -> QgsSymbolLayer:
    """A symbol layer that draws nothing."""
    clear = QColor(0, 0, 0, 0)
    if isinstance(symbol, QgsMarkerSymbol):
        marker = QgsSimpleMarkerSymbolLayer()
        marker.setFillColor(clear)
        marker.setStrokeStyle(Qt.PenStyle.NoPen)
        return marker
    if isinstance(symbol, QgsLineSymbol):
        return QgsSimpleLineSymbolLayer(clear, 0, Qt.PenStyle.NoPen)
    return QgsSimpleFillSymbolLayer(clear, Qt.BrushStyle.NoBrush, clear, Qt.PenStyle.NoPen)


def _millimetres(
    size: float, unit: QgsUnitTypes.RenderUnit, reasons: set[str], otherwise: float = _SOME_SIZE
) -> float:
    factor = _IN_MILLIMETRES.get(unit)
    if factor is None:
        reasons.add("map_units")
        return otherwise
    return size * factor


def _fade(layer: QgsSymbolLayer, opacity: float) -> None:
    if opacity >= 1:
        return
    if isinstance(layer, QgsSimpleLineSymbolLayer):
        layer.setColor(_faded(layer.color(), opacity))
        return
    layer.setFillColor(_faded(layer.fillColor(), opacity))
    layer.setStrokeColor(_faded(layer.strokeColor(), opacity))


def _faded(colour: QColor, opacity: float) -> QColor:
    faded = QColor(colour)
    faded.setAlphaF(colour.alphaF() * opacity)
    return faded
