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
    QgsHeatmapRenderer,
    QgsMarkerSymbol,
    QgsNullSymbolRenderer,
    QgsProject,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSimpleFillSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt

from . import lettering, tongues
from .portable import portable_symbol, same_depth
from .shapes import kind_of, lightened, shapes_of

#: The field of a lean copy that holds its class.
FIELD = "class"
#: The scale at which rules and expressions are read: the whole country on a screen.
VIEW_SCALE = 3_000_000


@dataclass(frozen=True)
class Copy:
    """A lean copy (None if there can be none), the texts of its legend, and codes of why.

    ``one_language`` says that it has labels, and these in the project's language alone.
    """

    layer: QgsVectorLayer | None
    legend: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    one_language: bool = False


@dataclass
class _Classes:
    """The symbols of a renderer by the key that QGIS gives each of its legend's entries."""

    renderer: QgsFeatureRenderer
    keys: list[str] = field(default_factory=list)
    symbols: list[QgsSymbol] = field(default_factory=list)
    legend: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    named_only: bool = False
    reasons: set[str] = field(default_factory=set)


def lean_copy(
    layer: QgsVectorLayer,
    name: str,
    project: QgsProject,
    light: Mapping[str, bytes] | None = None,
) -> Copy:
    """Return the lean copy of a layer, called ``name``, in WGS 84.

    ``light`` gives a lighter shape (WKB) for features by their field ``code``, for limits by
    ``backdrop.limit_key``. Areas that are only named become the points of their names.
    """
    classes = _classes(layer)
    letters = lettering.read_lettering(layer)
    if (
        classes
        and letters
        and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        and not _drawn(classes.symbols)
    ):
        classes.named_only, light = True, None
        classes.symbols = [_unseen_marker() for _symbol in classes.symbols]
    if classes is None or not (classes.symbols or letters):
        return Copy(None, reasons=("renderer",))
    if layer.opacity() == 0:
        return Copy(None, reasons=("hidden",))
    reasons = set(classes.reasons) | set(letters.reasons if letters else ())
    features = _features(layer, classes, letters, _context(layer, project), light, reasons)
    features = lightened(features, reasons)
    if features is None:
        return Copy(None, reasons=("too_heavy",))
    labels = [one.attributes()[-1] for one in features] if letters else []
    copy = _memory_layer(kind_of(layer, classes.named_only), name, letters is not None)
    copy.dataProvider().addFeatures(features)
    copy.updateExtents()
    copy.setRenderer(_renderer(classes, name))
    _appearance(layer, copy, letters)
    if _depends_on_scale(classes.renderer) and not copy.hasScaleBasedVisibility():
        # What is drawn was chosen for this scale; farther away it would be too much.
        copy.setScaleBasedVisibility(True)
        copy.setMinimumScale(VIEW_SCALE)
        copy.setMaximumScale(1)
    one_language = any(labels) and not any(map(tongues.is_marked, labels))
    return Copy(copy, tuple(classes.legend), tuple(sorted(reasons)), one_language)


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
        if item.symbol() is None or not item.isScaleOK(VIEW_SCALE):
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


def _drawn(symbols: list[QgsSymbol]) -> bool:
    """Do these symbols of areas leave anything on the map?"""
    return any(
        layer.strokeStyle() != Qt.PenStyle.NoPen or layer.brushStyle() != Qt.BrushStyle.NoBrush
        if isinstance(layer, QgsSimpleFillSymbolLayer)
        else True
        for symbol in symbols
        for layer in symbol.symbolLayers()
    )


def _unseen_marker() -> QgsMarkerSymbol:
    return QgsMarkerSymbol.createSimple(
        {"name": "circle", "size": "0.1", "color": "0,0,0,0", "outline_style": "no"}
    )


def _depends_on_scale(renderer: QgsFeatureRenderer) -> bool:
    """Does a renderer choose its features by the scale of the map?"""
    if not isinstance(renderer, QgsRuleBasedRenderer):
        return False
    rules = renderer.rootRule().descendants()
    return any("@map_scale" in rule.filterExpression() for rule in rules)


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
            for shape in shapes_of(feature, layer, light, reasons, classes.named_only):
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


def _memory_layer(kind: QgsWkbTypes.Type, name: str, lettered: bool) -> QgsVectorLayer:
    source = f"{QgsWkbTypes.displayString(kind)}?crs=EPSG:4326&field={FIELD}:string(20)"
    if lettered:
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
