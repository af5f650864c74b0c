# SPDX-License-Identifier: GPL-2.0-or-later
"""A vector layer as a lean copy: geometry, a class number, a label, and nothing else.

qgis2web writes every field of a layer into the page and every class value into a script. The
copies hold neither: QGIS itself decides here which class each feature belongs to and what its
label says, so that renderers of every kind arrive as numbered classes, and no attribute of the
cartographer's data leaves the ministry by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qgis.core import (
    Qgs25DRenderer,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsGeometry,
    QgsHeatmapRenderer,
    QgsNullSymbolRenderer,
    QgsProject,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
    QgsWkbTypes,
)

from . import lettering
from .portable import portable_symbol, same_depth

#: The field of a lean copy that holds its class.
FIELD = "class"
#: The scale at which rules and expressions are read: the whole country on a screen.
VIEW_SCALE = 3_000_000
#: A layer with more vertices is simplified; one that has too many even so is left out.
MANY_VERTICES = 4_000
TOO_MANY_VERTICES = 20_000
#: With so many there is no need to try.
HOPELESS_VERTICES = 400_000
#: Degrees, about 200 metres: less than a pixel until a town fills the screen.
TOLERANCE = 0.002

_KINDS = {
    # Single points: the labels of a Leaflet group (a multipoint) stop qgis2web's program.
    QgsWkbTypes.GeometryType.PointGeometry: QgsWkbTypes.Type.Point,
    QgsWkbTypes.GeometryType.LineGeometry: QgsWkbTypes.Type.MultiLineString,
    QgsWkbTypes.GeometryType.PolygonGeometry: QgsWkbTypes.Type.MultiPolygon,
}


@dataclass(frozen=True)
class Copy:
    """A lean copy (None if there can be none), the texts of its legend, and codes of why."""

    layer: QgsVectorLayer | None
    legend: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass
class _Classes:
    """The symbols of a renderer by the key that QGIS gives each of its legend's entries."""

    renderer: QgsFeatureRenderer
    keys: list[str] = field(default_factory=list)
    symbols: list[QgsSymbol] = field(default_factory=list)
    legend: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    reasons: set[str] = field(default_factory=set)


def lean_copy(
    layer: QgsVectorLayer,
    name: str,
    project: QgsProject,
    light: Mapping[str, bytes] | None = None,
) -> Copy:
    """Return the lean copy of a layer, called ``name``, in WGS 84.

    ``light`` gives a lighter shape (WKB) for features by their field ``code``.
    """
    classes = _classes(layer)
    letters = lettering.read_lettering(layer)
    if classes is None or not (classes.symbols or letters):
        return Copy(None, reasons=("renderer",))
    if layer.opacity() == 0:
        return Copy(None, reasons=("hidden",))
    reasons = set(classes.reasons) | set(letters.reasons if letters else ())
    features = _features(layer, classes, letters, _context(layer, project), light, reasons)
    features = _lightened(features, reasons)
    if features is None:
        return Copy(None, reasons=("too_heavy",))
    copy = _memory_layer(layer, name)
    copy.dataProvider().addFeatures(features)
    copy.updateExtents()
    copy.setRenderer(_renderer(classes, name))
    _appearance(layer, copy, letters)
    return Copy(copy, tuple(classes.legend), tuple(sorted(reasons)))


def class_renderer(
    name: str, symbols: list[QgsSymbol], field_name: str = FIELD
) -> QgsRuleBasedRenderer:
    """Return a renderer of numbered classes; ``legend_mark`` stands for each one's text.

    Rules rather than categories: qgis2web 4.1 reads the symbol of a category that is gone
    already, and then fails (``IndexError``) or not, as the memory happens to be.
    """
    root = QgsRuleBasedRenderer.Rule(None)
    for number, symbol in enumerate(symbols):
        expression = QgsExpression.createFieldEqualityExpression(field_name, class_value(number))
        rule = QgsRuleBasedRenderer.Rule(symbol.clone(), 0, 0, expression)
        rule.setLabel(legend_mark(name, number))
        root.appendChild(rule)
    return QgsRuleBasedRenderer(root)


def class_value(number: int) -> str:
    """Return the value that a class has in the page."""
    return f"c{number}"


def legend_mark(name: str, number: int) -> str:
    """Return what stands for a legend's text until the page is written."""
    return f"[{name} {number}]"


def _classes(layer: QgsVectorLayer) -> _Classes | None:
    """Read a layer's renderer; None if it draws something else than one symbol a feature."""
    renderer = layer.renderer().clone()
    classes = _Classes(renderer)
    while getattr(renderer, "embeddedRenderer", lambda: None)() is not None:
        renderer = renderer.embeddedRenderer().clone()
        classes.reasons.add("renderer")
    if isinstance(renderer, (QgsHeatmapRenderer, Qgs25DRenderer)):
        return None
    classes.renderer = renderer
    for item in renderer.legendSymbolItems():
        if item.symbol() is None:
            continue
        symbol, reasons = portable_symbol(item.symbol())
        classes.keys.append(item.ruleKey())
        classes.symbols.append(symbol)
        classes.legend.append(item.label())
        classes.reasons |= reasons
        if not renderer.legendSymbolItemChecked(item.ruleKey()):
            classes.hidden.add(item.ruleKey())
    same_depth(classes.symbols)
    return classes


def _context(layer: QgsVectorLayer, project: QgsProject) -> QgsRenderContext:
    expressions = QgsExpressionContext()
    for scope in (
        QgsExpressionContextUtils.globalScope(),
        QgsExpressionContextUtils.projectScope(project),
        QgsExpressionContextUtils.layerScope(layer),
    ):
        expressions.appendScope(scope)
    scale = QgsExpressionContextScope()
    scale.setVariable("map_scale", VIEW_SCALE)
    expressions.appendScope(scale)
    context = QgsRenderContext()
    context.setRendererScale(VIEW_SCALE)
    context.setTransformContext(project.transformContext())
    context.setExpressionContext(expressions)
    return context


def _features(layer, classes, letters, context, light, reasons) -> list[QgsFeature]:
    """Return a copy of each feature that is drawn: its shape, class and label."""
    kept = []
    request = QgsFeatureRequest()
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    request.setDestinationCrs(wgs84, context.transformContext())
    request.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    classes.renderer.startRender(context, layer.fields())
    try:
        for feature in layer.getFeatures(request):
            context.expressionContext().setFeature(feature)
            number = _class_of(feature, classes, context, reasons)
            text = letters.text(context.expressionContext()) if letters else None
            drawn = text if not classes.symbols else number
            if drawn is None or not feature.hasGeometry():
                continue
            value = None if number is None else class_value(number)
            for shape in _shapes(feature, layer, light, reasons):
                lean = QgsFeature()
                lean.setGeometry(shape)
                lean.setAttributes([value, text] if letters else [value])
                kept.append(lean)
    finally:
        classes.renderer.stopRender(context)
    return kept


def _class_of(feature, classes, context, reasons) -> int | None:
    """Return the number of the class that draws a feature; None if nothing does."""
    if isinstance(classes.renderer, QgsSingleSymbolRenderer):
        return 0  # QGIS names no key for it
    found = classes.renderer.legendKeysForFeature(feature, context)
    shown = [key for key in classes.keys if key in found and key not in classes.hidden]
    if len(shown) > 1:
        reasons.add("first_rule")
    return classes.keys.index(shown[0]) if shown else None


def _shapes(feature, layer, light, reasons) -> list[QgsGeometry]:
    if light and layer.fields().indexFromName("code") >= 0 and feature["code"] in light:
        reasons.add("light")
        shape = QgsGeometry()
        shape.fromWkb(light[feature["code"]])
        return [shape]
    return feature.geometry().coerceToType(_KINDS[layer.geometryType()])


def _lightened(features: list[QgsFeature], reasons: set[str]) -> list[QgsFeature] | None:
    """Return the features, simplified if they are heavy; None if they are too heavy even so."""
    vertices = _vertices(features)
    if vertices <= MANY_VERTICES or ("light" in reasons and vertices <= TOO_MANY_VERTICES):
        return features
    if vertices > HOPELESS_VERTICES:
        return None
    reasons.add("simplified")
    for feature in features:
        feature.setGeometry(feature.geometry().simplify(TOLERANCE))
    drawn = [feature for feature in features if not feature.geometry().isEmpty()]
    return drawn if _vertices(drawn) <= TOO_MANY_VERTICES else None


def _vertices(features: list[QgsFeature]) -> int:
    return sum(feature.geometry().constGet().nCoordinates() for feature in features)


def _memory_layer(layer: QgsVectorLayer, name: str) -> QgsVectorLayer:
    kind = QgsWkbTypes.displayString(_KINDS[layer.geometryType()])
    source = f"{kind}?crs=EPSG:4326&field={FIELD}:string(20)"
    if lettering.read_lettering(layer):
        source += f"&field={lettering.FIELD}:string(255)"
    return QgsVectorLayer(source, name, "memory")


def _renderer(classes: _Classes, name: str) -> QgsFeatureRenderer:
    if not classes.symbols:
        return QgsNullSymbolRenderer()
    if len(classes.symbols) == 1:
        return QgsSingleSymbolRenderer(classes.symbols[0])
    return class_renderer(name, classes.symbols)


def _appearance(layer, copy, letters) -> None:
    copy.setOpacity(layer.opacity())
    if letters:
        copy.setLabeling(letters.labeling())
        copy.setLabelsEnabled(True)
    if layer.hasScaleBasedVisibility():
        copy.setScaleBasedVisibility(True)
        copy.setMinimumScale(layer.minimumScale() or 1e9)
        copy.setMaximumScale(layer.maximumScale() or 1)
