# SPDX-License-Identifier: GPL-2.0-or-later
"""The base map: what each layer of the boundaries looks like, and its names.

Widths are in millimetres, text sizes in points. Scales are denominators: a layer with
``closer_than=1_500_000`` shows from 1:1,500,000 inwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qgis.core import (
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont

from . import style


@dataclass(frozen=True)
class Lettering:
    """How names are written: size in points, colour, scales, an expression for capitals."""

    size: float
    colour: str
    closer_than: float = 0
    farther_than: float = 0
    expression: str = '"name_{language}"'
    bold: bool = False
    spacing: float = 0.0
    size_expression: str = ""
    priority_expression: str = ""


@dataclass(frozen=True)
class Look:
    """A layer's symbol (QGIS's own property names), scales and lettering."""

    symbol: dict = field(default_factory=dict)
    rule: str = ""
    closer_than: float = 0
    lettering: Lettering | None = None


#: Towns appear by rank: at 1:6,000,000 those above 75,000 people, at 1:1,000,000 above 12,500.
_TOWN_RULE = 'coalesce("population", 0) * 80 >= @map_scale'
_TOWN_SIZE = "CASE WHEN {0} > 300000 THEN {1} WHEN {0} > 60000 THEN {2} ELSE {3} END"
_PEOPLE = 'coalesce("population", 0)'

#: Role of a layer to its look; lines above, the land and its neighbours below.
LOOKS = {
    "place": Look(
        {
            "name": "circle",
            "color": "#ffffff",
            "outline_color": style.TEXT,
            "outline_width": "0.25",
        },
        rule=_TOWN_RULE,
        lettering=Lettering(
            7.5,
            style.TEXT,
            size_expression=_TOWN_SIZE.format(_PEOPLE, 9.5, 8.5, 7.5),
            priority_expression=f"min(10, log10(1 + {_PEOPLE}) * 1.6)",
        ),
    ),
    "region": Look(
        {"style": "no", "outline_color": style.REGION_LINE, "outline_width": "0.45"},
        lettering=Lettering(
            8,
            style.REGION_LINE,
            closer_than=9_000_000,
            farther_than=1_500_000,
            expression='upper("name_{language}")',
            bold=True,
            spacing=0.6,
        ),
    ),
    "province": Look(
        {"style": "no", "outline_color": style.PROVINCE_LINE, "outline_width": "0.2"},
        lettering=Lettering(
            8,
            style.QUIET_TEXT,
            closer_than=1_500_000,
            farther_than=200_000,
            spacing=0.3,
        ),
    ),
    "commune": Look(
        {"style": "no", "outline_color": style.COMMUNE_LINE, "outline_width": "0.15"},
        closer_than=750_000,
        lettering=Lettering(7, style.QUIET_TEXT, closer_than=200_000),
    ),
    "river": Look({"line_color": style.RIVER, "line_width": "0.3", "capstyle": "round"}),
    "neighbour": Look(
        {"color": style.NEIGHBOUR, "outline_color": style.NEIGHBOUR, "outline_width": "0.2"},
        lettering=Lettering(
            8,
            style.QUIET_TEXT,
            farther_than=1_500_000,
            expression='upper("name_{language}")',
            spacing=1.0,
        ),
    ),
    "land": Look({"color": style.LAND, "outline_color": style.LAND, "outline_width": "0.3"}),
}


def style_layer(layer: QgsVectorLayer, role: str, language: str = "fr") -> None:
    """Give a layer of the boundaries the look of its role, with names in ``language``."""
    look = LOOKS[role]
    layer.setRenderer(_renderer(role, look))
    if look.closer_than:
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(look.closer_than)
    if look.lettering is not None:
        layer.setLabeling(QgsVectorLayerSimpleLabeling(_labels(look, role, language)))
        layer.setLabelsEnabled(True)


def _renderer(role: str, look: Look) -> QgsFeatureRenderer:
    if role == "river":
        return QgsSingleSymbolRenderer(_river(look))
    if role != "place":
        return QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(look.symbol))
    symbol = QgsMarkerSymbol.createSimple(look.symbol)
    symbol.setDataDefinedSize(QgsProperty.fromExpression(_TOWN_SIZE.format(_PEOPLE, 2.0, 1.6, 1.2)))
    root = QgsRuleBasedRenderer.Rule(None)
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=look.rule))
    return QgsRuleBasedRenderer(root)


def _river(look: Look) -> QgsLineSymbol:
    """Large rivers (level 1) are drawn wider than their tributaries."""
    symbol = QgsLineSymbol.createSimple(look.symbol)
    symbol.setDataDefinedWidth(
        QgsProperty.fromExpression('CASE WHEN "level" <= 1 THEN 0.45 ELSE 0.25 END')
    )
    return symbol


def _labels(look: Look, role: str, language: str) -> QgsPalLayerSettings:
    lettering = look.lettering
    labels = QgsPalLayerSettings()
    labels.fieldName = lettering.expression.format(language=language)
    labels.isExpression = True
    labels.setFormat(
        text_format(lettering.size, lettering.colour, lettering.bold, lettering.spacing)
    )
    labels.scaleVisibility = bool(lettering.closer_than or lettering.farther_than)
    labels.minimumScale = lettering.closer_than or 100_000_000
    labels.maximumScale = lettering.farther_than
    if role == "place":
        labels.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
        labels.dist = 0.4
        _define(labels, QgsPalLayerSettings.Property.Show, look.rule)
        _define(labels, QgsPalLayerSettings.Property.Size, lettering.size_expression)
        _define(labels, QgsPalLayerSettings.Property.Priority, lettering.priority_expression)
    else:
        labels.placement = QgsPalLayerSettings.Placement.Horizontal
        labels.autoWrapLength = 16
        labels.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
        labels.priority = 3
    return labels


def _define(labels: QgsPalLayerSettings, which, expression: str) -> None:
    if expression:
        labels.dataDefinedProperties().setProperty(which, QgsProperty.fromExpression(expression))


def text_format(
    size: float, colour: str, bold: bool = False, spacing: float = 0.0
) -> QgsTextFormat:
    """Return lettering with a halo of the land's colour: size in points, spacing in points."""
    font = QFont()
    font.setBold(bold)
    if spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.7)
    halo.setColor(QColor(style.LAND))
    text = QgsTextFormat()
    text.setFont(font)
    text.setSize(size)
    text.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    text.setColor(QColor(colour))
    text.setBuffer(halo)
    return text
