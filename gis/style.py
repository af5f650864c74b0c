# SPDX-License-Identifier: GPL-2.0-or-later
"""How institutions and the base map look: one sober palette for screen, web and print.

Nothing here knows an institution by name: shape and colour come from its row (columns
``symbol`` and ``colour``). Outlines are chosen so that neighbours in lightness still part in
grey, and a position that is known only to the commune shows a hollow centre.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsMarkerSymbol,
    QgsPointDistanceRenderer,
    QgsProperty,
    QgsRendererCategory,
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbol,
    QgsSymbolLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor

from . import markers
from .titles import title

SEA = "#dce9f0"
LAND = "#fdfcf8"
NEIGHBOUR = "#ecebe5"
REGION_LINE = "#8a7f74"
PROVINCE_LINE = "#b9b1a7"
COMMUNE_LINE = "#d6d0c8"
RIVER = "#a9c9dc"
TEXT = "#33302c"
QUIET_TEXT = "#6f6a63"

#: Precisions (vocabulary ``precision``) of a position that is not the building's own.
APPROXIMATE = ("commune", "unknown")
#: Keys under which a row carries a symbol of the cartographer's own, or just its outline.
OWN = "own_symbol"
OUTLINE = "outline"

_DARK_OUTLINE = "#1f2328"
_LIGHT_OUTLINE = "#ffffff"
#: The colour of an institution that has none of its own.
FALLBACK_COLOUR = "#5f6b76"
_MILLIMETRES = QgsUnitTypes.RenderUnit.RenderMillimeters
#: The part of a marker's width that the white centre of an approximate position takes.
_HOLLOW = 0.4


def institution_symbol(
    row: Mapping[str, Any], size_mm: float = 4.0, approximate: bool | None = None
) -> QgsMarkerSymbol:
    """Return an institution's marker, ``size_mm`` millimetres wide.

    ``approximate`` draws the hollow (True) or the full (False) form; None lets each feature's
    own field ``precision`` decide when the map is drawn, and shows the full form in legends.
    A row with a symbol of the cartographer's (``as_styled``) gets that one, as it is.
    """
    if row.get(OWN):
        return _own(row[OWN], size_mm)
    shape, fill, outline, width = _look(row)
    symbol = QgsMarkerSymbol()
    body = markers.svg_layer(shape, size_mm, fill, outline, width * size_mm, _MILLIMETRES)
    symbol.changeSymbolLayer(0, body)
    if approximate is not False:
        symbol.appendSymbolLayer(_hollow(size_mm, by_feature=approximate is None))
    return symbol


def hollow_symbol(row: Mapping[str, Any], size_mm: float, part: float) -> QgsMarkerSymbol:
    """Return an institution's marker of an approximate position with room for a number.

    Its inside is white and of its own shape, ``part`` of its size; in a symbol of the
    cartographer's it is a disc.
    """
    if row.get(OWN):
        symbol = _own(row[OWN], size_mm)
        symbol.appendSymbolLayer(_white_centre(size_mm * part))
        return symbol
    shape, fill, outline, width = _look(row)
    edge = fill if outline == _LIGHT_OUTLINE else outline  # no white around, too
    symbol = QgsMarkerSymbol()
    body = markers.svg_layer(shape, size_mm, fill, edge, width * size_mm, _MILLIMETRES)
    symbol.changeSymbolLayer(0, body)
    white = _LIGHT_OUTLINE
    inside = markers.svg_layer(shape, size_mm * part, white, white, 0.0, _MILLIMETRES)
    symbol.appendSymbolLayer(inside)
    return symbol


def site_renderer(
    institutions: Iterable[Mapping[str, Any]], language: str = "fr", size_mm: float = 4.0
) -> QgsCategorizedSymbolRenderer:
    """Return the renderer of the sites: one category an institution, in their own order.

    A last category shows sites of an institution that was added since.
    """
    ordered = sorted(institutions, key=lambda row: (_number(row.get("sort")), row["code"]))
    categories = [
        QgsRendererCategory(
            row["code"], institution_symbol(row, size_mm), institution_name(row, language)
        )
        for row in ordered
    ]
    other = title("other_institution", language)
    categories.append(QgsRendererCategory(None, institution_symbol({}, size_mm), other))
    return QgsCategorizedSymbolRenderer("institution_code", categories)


def classes_of(renderer: QgsFeatureRenderer | None) -> QgsCategorizedSymbolRenderer | None:
    """Return the classes of a renderer, also where its points are clustered or displaced."""
    if isinstance(renderer, QgsPointDistanceRenderer):
        renderer = renderer.embeddedRenderer()
    return renderer if isinstance(renderer, QgsCategorizedSymbolRenderer) else None


def category_symbol(renderer: QgsCategorizedSymbolRenderer, value: str) -> QgsSymbol | None:
    """Return a copy of the symbol that a value has, None if it has none.

    A copy, because a category that PyQt hands out takes its symbol with it when it goes.
    """
    index = renderer.categoryIndexForValue(value)
    if index < 0:
        return None
    category = renderer.categories()[index]
    return category.symbol().clone()


def as_styled(row: Mapping[str, Any], renderer: QgsFeatureRenderer | None) -> dict[str, Any]:
    """Return an institution's row with what a renderer draws for it.

    That is a colour and a shape, as far as it draws one of the plugin's; a symbol that differs
    in anything else comes along whole under the key OWN.
    """
    classes = classes_of(renderer)
    symbol = category_symbol(classes, row["code"]) if classes else None
    return with_symbol(row, symbol) if isinstance(symbol, QgsMarkerSymbol) else dict(row)


def with_symbol(row: Mapping[str, Any], symbol: QgsMarkerSymbol) -> dict[str, Any]:
    """Return a row with a symbol's colour and shape, and the symbol itself if it is not ours."""
    body = symbol.symbolLayer(0)
    shape = markers.shape_of(body) or row.get("symbol")
    styled = {**row, "colour": symbol.color().name(), "symbol": shape}
    if body.strokeColor().name() != _look(styled)[2]:
        styled[OUTLINE] = body.strokeColor().name()
    if _drawn(symbol) != _drawn(institution_symbol(styled)):
        styled[OWN] = symbol.clone()
    return styled


def _drawn(symbol: QgsMarkerSymbol) -> list[tuple]:
    """Return what a symbol draws, whatever its size."""
    parts = ("name", "color", "outline_color", "outline_style", "angle", "offset")
    layers = [(one.layerType(), one.properties()) for one in symbol.symbolLayers()]
    return [(symbol.opacity(), kind, *(held.get(part) for part in parts)) for kind, held in layers]


def institution_name(row: Mapping[str, Any], language: str = "fr") -> str:
    """Return what legends call an institution: short name, else name, French if need be."""
    fields = [f"{base}_{code}" for code in (language, "fr") for base in ("short_name", "name")]
    return next((row[field] for field in fields if row.get(field)), row["code"])


def symbol_svg(row: Mapping[str, Any], size_px: int = 24) -> bytes:
    """Return an institution's marker as an SVG file of ``size_px`` pixels."""
    shape, fill, outline, width = _look(row)
    return markers.svg_file(shape, size_px, fill, outline, width * size_px / markers.FRAME)


def is_light(colour: QColor) -> bool:
    """Say whether a colour needs a dark outline or dark text: CIE lightness L* over 60."""
    linear = [_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF())]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 > 60


def _linear(part: float) -> float:
    """Undo the gamma of sRGB (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _number(value: Any) -> int:
    return 100 if value is None else int(value)


def _look(row: Mapping[str, Any]) -> tuple[str, str, str, float]:
    """Return an institution's shape, fill, outline, and the outline's part of the size."""
    colour = QColor(row.get("colour") or FALLBACK_COLOUR)
    if not colour.isValid():
        colour = QColor(FALLBACK_COLOUR)
    shape = row.get("symbol") if row.get("symbol") in markers.drawings() else "circle"
    outline, width = (_DARK_OUTLINE, 0.06) if is_light(colour) else (_LIGHT_OUTLINE, 0.09)
    return shape, colour.name(), row.get(OUTLINE) or outline, width


def _own(symbol: QgsMarkerSymbol, size: float) -> QgsMarkerSymbol:
    """Return a symbol of the cartographer's at a size in millimetres."""
    symbol = symbol.clone()
    symbol.setSizeUnit(_MILLIMETRES)
    drawn = markers.shape_of(symbol.symbolLayer(0))
    svg = isinstance(symbol.symbolLayer(0), QgsSvgMarkerSymbolLayer)
    symbol.setSize(size * markers.FRAME if drawn and svg else size)
    return symbol


def _hollow(size: float, by_feature: bool) -> QgsSimpleMarkerSymbolLayer:
    """The white centre of an approximate position, within a shape ``size`` mm wide."""
    inner = size * _HOLLOW
    layer = _white_centre(inner)
    if by_feature:
        # Size, not « enabled »: legends draw static properties, and the full form belongs there.
        codes = ", ".join(f"'{code}'" for code in APPROXIMATE)
        expression = f'if(try("precision" IN ({codes}), false), {inner:.3f}, 0)'
        layer.setDataDefinedProperty(
            QgsSymbolLayer.Property.PropertySize, QgsProperty.fromExpression(expression)
        )
        layer.setSize(0)
    return layer


def _white_centre(width: float) -> QgsSimpleMarkerSymbolLayer:
    layer = QgsSimpleMarkerSymbolLayer.create(
        {"name": "circle", "color": _LIGHT_OUTLINE, "outline_color": _DARK_OUTLINE}
    )
    layer.setSizeUnit(_MILLIMETRES)
    layer.setSize(width)
    layer.setStrokeWidthUnit(_MILLIMETRES)
    layer.setStrokeWidth(width * 0.075)
    layer.setLocked(True)  # another colour for the symbol leaves its centre white
    return layer
