# SPDX-License-Identifier: GPL-2.0-or-later
"""How institutions and the base map look: one sober palette for screen, web and print.

Nothing here knows an institution by name: shape and colour come from its row (columns
``symbol`` and ``colour``). Outlines are chosen so that neighbours in lightness still part in
grey, and a position that is known only to the commune shows a hollow centre.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsMarkerSymbol,
    QgsPointDistanceRenderer,
    QgsProperty,
    QgsRendererCategory,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbolLayer,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

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

_DARK_OUTLINE = "#1f2328"
_LIGHT_OUTLINE = "#ffffff"
_FALLBACK_COLOUR = "#5f6b76"
#: QGIS's names of the shapes of the vocabulary ``symbol``.
_SHAPES = {
    "circle": "circle",
    "square": "square",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "triangle": "equilateral_triangle",
    "star": "star",
}
#: Shapes of equal width look unequal; these factors give them about the same area.
_OPTICAL = {"square": 0.9, "diamond": 1.1, "triangle": 1.15, "star": 1.3}

#: What Qt's SVG writer adds to the shapes.
_SVG_BALLAST = (
    r"<\?xml.*?\?>",
    r"(?s)<(title|desc|defs)>.*?</\1>",
    r' (version|baseProfile|xmlns:xlink|font-[a-z]+|vector-effect)="[^"]*"',
    r'\s*font-family="[^"]*"',
)


def institution_symbol(
    row: Mapping[str, Any], size_mm: float = 4.0, approximate: bool | None = None
) -> QgsMarkerSymbol:
    """Return an institution's marker, ``size_mm`` millimetres wide.

    ``approximate`` draws the hollow (True) or the full (False) form; None lets each feature's
    own field ``precision`` decide when the map is drawn, and shows the full form in legends.
    """
    return _symbol(row, size_mm, approximate, QgsUnitTypes.RenderUnit.RenderMillimeters)


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


def as_styled(row: Mapping[str, Any], renderer: QgsFeatureRenderer | None) -> dict[str, Any]:
    """Return an institution's row with the colour and shape that a renderer gives it.

    A shape that the vocabulary ``symbol`` lacks, and a symbol that is no plain marker, leave
    the row as it is.
    """
    classes = classes_of(renderer)
    index = classes.categoryIndexForValue(row["code"]) if classes else -1
    if index < 0:
        return dict(row)
    category = classes.categories()[index]
    body = category.symbol().symbolLayer(0)
    if not isinstance(body, QgsSimpleMarkerSymbolLayer):
        return dict(row)
    drawn = QgsSimpleMarkerSymbolLayer.encodeShape(body.shape())
    shapes = {qgis: code for code, qgis in _SHAPES.items()}
    symbol = shapes.get(drawn, row.get("symbol"))
    return {**row, "colour": body.fillColor().name(), "symbol": symbol}


def institution_name(row: Mapping[str, Any], language: str = "fr") -> str:
    """Return what legends call an institution: short name, else name, French if need be."""
    fields = [f"{base}_{code}" for code in (language, "fr") for base in ("short_name", "name")]
    return next((row[field] for field in fields if row.get(field)), row["code"])


def symbol_svg(row: Mapping[str, Any], size_px: int = 24, approximate: bool = False) -> bytes:
    """Return an institution's marker as an SVG file of ``size_px`` pixels, drawn by QGIS."""
    margin = 1.45
    symbol = _symbol(row, size_px / margin, approximate, QgsUnitTypes.RenderUnit.RenderPixels)
    with tempfile.TemporaryDirectory(prefix="carte-") as folder:
        file = Path(folder) / "symbol.svg"
        symbol.exportImage(str(file), "svg", QSize(size_px, size_px))
        return _lean_svg(file.read_text(encoding="utf-8"), size_px)


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


def _symbol(row: Mapping[str, Any], size: float, approximate: bool | None, unit) -> QgsMarkerSymbol:
    colour = QColor(row.get("colour") or _FALLBACK_COLOUR)
    if not colour.isValid():
        colour = QColor(_FALLBACK_COLOUR)
    shape = row.get("symbol") if row.get("symbol") in _SHAPES else "circle"
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, _body(shape, colour, size, unit))
    if approximate is not False:
        symbol.appendSymbolLayer(_hollow(shape, size, unit, by_feature=approximate is None))
    return symbol


def _body(shape: str, colour: QColor, size: float, unit) -> QgsSimpleMarkerSymbolLayer:
    light = is_light(colour)
    return _layer(
        shape,
        size * _OPTICAL.get(shape, 1.0),
        colour.name(),
        _DARK_OUTLINE if light else _LIGHT_OUTLINE,
        size * (0.06 if light else 0.09),
        unit,
    )


def _hollow(shape: str, size: float, unit, by_feature: bool) -> QgsSimpleMarkerSymbolLayer:
    """The white centre of an approximate position."""
    inner = size * _OPTICAL.get(shape, 1.0) * (0.34 if shape == "star" else 0.42)
    layer = _layer(shape, inner, _LIGHT_OUTLINE, _DARK_OUTLINE, size * 0.03, unit)
    if by_feature:
        # Size, not « enabled »: legends draw static properties, and the full form belongs there.
        codes = ", ".join(f"'{code}'" for code in APPROXIMATE)
        expression = f'if(try("precision" IN ({codes}), false), {inner:.3f}, 0)'
        layer.setDataDefinedProperty(
            QgsSymbolLayer.Property.PropertySize, QgsProperty.fromExpression(expression)
        )
        layer.setSize(0)
    return layer


def _layer(
    shape: str, size: float, fill: str, outline: str, width: float, unit
) -> QgsSimpleMarkerSymbolLayer:
    layer = QgsSimpleMarkerSymbolLayer.create(
        {"name": _SHAPES[shape], "color": fill, "outline_color": outline, "joinstyle": "miter"}
    )
    layer.setSizeUnit(unit)
    layer.setSize(size)
    layer.setStrokeWidthUnit(unit)
    layer.setStrokeWidth(width)
    return layer


def _lean_svg(svg: str, size_px: int) -> bytes:
    """Keep the shapes only: size in pixels, no title, no font; the same input, the same bytes."""
    for pattern in _SVG_BALLAST:
        svg = re.sub(pattern, "", svg)
    size = f'<svg width="{size_px}" height="{size_px}"'
    svg = re.sub(r'<svg width="[^"]*" height="[^"]*"', size, svg)
    return re.sub(r"\s+", " ", svg).replace(" >", ">").replace("> <", "><").strip().encode("utf-8")
