# SPDX-License-Identifier: GPL-2.0-or-later
"""The base map: what each layer of the boundaries looks like, and how names are written.

Widths are in millimetres, text sizes in points. Scales are denominators: what is
``closer_than=1_500_000`` shows from 1:1,500,000 inwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from qgis.core import (
    QgsExpression,
    QgsFeatureRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QFont, QFontInfo

from . import style
from .limits import COMMUNES_CLOSER_THAN, commune_renderer, limit_renderer

#: Languages in which the boundaries carry names.
NAME_LANGUAGES = ("fr", "ar")
SITE_NAMES_CLOSER_THAN = 60_000
#: Sans-serif families that desktops have, the first one found is taken.
FONT_FAMILIES = ("Noto Sans", "Open Sans", "Segoe UI", "Arial", "DejaVu Sans")


@dataclass(frozen=True)
class Lettering:
    """How names are written, between which scales, and how early (priority 0 to 10).

    ``inside`` leaves out a name that is wider than its area: a town's name says it then.
    """

    size: float
    colour: str
    expression: str = '"name_{language}"'
    closer_than: float = 0
    farther_than: float = 0
    bold: bool = False
    spacing: float = 0.0
    priority: int = 5
    inside: bool = False


@dataclass(frozen=True)
class Look:
    """A layer's symbol (QGIS's own property names), scales and lettering."""

    symbol: Mapping[str, str] = field(default_factory=dict)
    closer_than: float = 0
    lettering: Lettering | None = None


#: An area that is only named: its limits are lines of their own (role « limit »).
_UNDRAWN = {"style": "no", "outline_style": "no"}
#: Role of a layer to its look. Names of regions break at their hyphens to stay compact.
LOOKS = {
    "place": Look(
        {
            "name": "circle",
            "color": "#ffffff",
            "outline_color": style.TEXT,
            "outline_width": "0.25",
        },
        lettering=Lettering(7.5, style.TEXT),
    ),
    "limit": Look(),
    "region": Look(
        _UNDRAWN,
        lettering=Lettering(
            7.5,
            style.QUIET_TEXT,
            "replace(upper(\"name_{language}\"), '-', '-\\n')",
            closer_than=12_000_000,
            farther_than=1_500_000,
            bold=True,
            spacing=0.5,
            priority=9,
        ),
    ),
    "province": Look(
        _UNDRAWN,
        lettering=Lettering(
            8,
            style.QUIET_TEXT,
            closer_than=1_500_000,
            farther_than=200_000,
            spacing=0.3,
            inside=True,
        ),
    ),
    "commune": Look(
        {"style": "no", "outline_color": style.COMMUNE_LINE, "outline_width": "0.15"},
        closer_than=COMMUNES_CLOSER_THAN,
        lettering=Lettering(7, style.QUIET_TEXT, closer_than=200_000, priority=3, inside=True),
    ),
    "river": Look({"line_color": style.RIVER, "line_width": "0.3", "capstyle": "round"}),
    "neighbour": Look(
        {"color": style.NEIGHBOUR, "outline_color": style.NEIGHBOUR, "outline_width": "0.2"},
        lettering=Lettering(
            8, style.QUIET_TEXT, 'upper("name_{language}")', farther_than=1_500_000, spacing=1.0
        ),
    ),
    "land": Look({"color": style.LAND, "outline_color": style.LAND, "outline_width": "0.3"}),
}


def style_layer(
    layer: QgsVectorLayer,
    role: str,
    language: str = "fr",
    regions: Mapping[str, str] | None = None,
    bare: Collection[str] = (),
) -> None:
    """Give a layer of the boundaries the look of its role.

    Names are in ``language`` if it is one of NAME_LANGUAGES, else in French; ``regions`` (code
    to French name) lets the layer of towns show the regions' capitals before larger towns;
    communes of the regions ``bare`` (codes) get no outline: their limits are in another layer.
    """
    look = LOOKS[role]
    names = language if language in NAME_LANGUAGES else "fr"
    if role == "place":
        importance = _importance(regions or {})
        layer.setRenderer(_town_renderer(look, importance))
        layer.setLabeling(QgsVectorLayerSimpleLabeling(_town_names(look, names, importance)))
        layer.setLabelsEnabled(True)
        return
    layer.setRenderer(_renderer(role, look, language, bare))
    if look.closer_than:
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(look.closer_than)
    if look.lettering is not None:
        layer.setLabeling(QgsVectorLayerSimpleLabeling(_area_names(look.lettering, names)))
        layer.setLabelsEnabled(True)


def region_names(layer: QgsVectorLayer) -> dict[str, str]:
    """Return the French names of the regions by code, read from their layer."""
    return {feature["code"]: feature["name_fr"] for feature in layer.getFeatures()}


def site_names(*languages: str, near: float = SITE_NAMES_CLOSER_THAN) -> QgsRuleBasedLabeling:
    """Return the labels of the sites: names when close, an obstacle to other names when far.

    One line a language, French where a name lacks; names show from the scale 1:``near`` inwards.
    """
    label = QgsPalLayerSettings()
    label.fieldName = _site_label(languages)
    label.isExpression = True
    label.setFormat(text_format(8, style.TEXT))
    label.autoWrapLength = 24
    label.priority = 8
    _around_symbol(label)
    far = QgsPalLayerSettings()
    far.drawLabels = False
    far.setFormat(label.format())  # else QGIS writes its own default font, which may be missing
    root = QgsRuleBasedLabeling.Rule(None)
    root.appendChild(QgsRuleBasedLabeling.Rule(label, minimumScale=near))
    root.appendChild(QgsRuleBasedLabeling.Rule(far, maximumScale=near))
    return QgsRuleBasedLabeling(root)


def _site_label(languages: Sequence[str]) -> str:
    """Return a site's name in one language, or in several below each other."""
    if len(languages) == 1:
        return f'coalesce("name_{languages[0]}", "name_fr")'
    lines = ", ".join(f'"name_{language}"' for language in languages)
    return f"array_to_string(array_distinct(array_filter(array({lines}), @element <> '')), '\\n')"


def _importance(regions: Mapping[str, str]) -> str:
    """People of a town as an expression; a region's capital, which names it, counts five-fold."""
    people = 'coalesce("population", 0)'
    if not regions:
        return people
    pairs = (QgsExpression.quotedValue(text) for pair in sorted(regions.items()) for text in pair)
    region = f"coalesce(map_get(map({', '.join(pairs)}), \"region_code\"), '')"
    return f'{people} * if(strpos({region}, "name_fr") = 1, 5, 1)'


def _by_importance(importance: str, *values: float) -> str:
    """Return the expression of four values: above 1,000,000, 300,000 and 60,000, and below."""
    limits = zip((1_000_000, 300_000, 60_000), values)
    cases = " ".join(f"WHEN {importance} > {limit} THEN {value}" for limit, value in limits)
    return f"CASE {cases} ELSE {values[-1]} END"


def _visible(importance: str) -> str:
    """Towns appear by rank: above 150,000 people at 1:6,000,000, above 25,000 at 1:1,000,000."""
    return f"{importance} * 40 >= @map_scale"


def _town_renderer(look: Look, importance: str) -> QgsRuleBasedRenderer:
    symbol = QgsMarkerSymbol.createSimple(dict(look.symbol))
    size = _by_importance(importance, 2.0, 2.0, 1.6, 1.2)
    symbol.setDataDefinedSize(QgsProperty.fromExpression(size))
    root = QgsRuleBasedRenderer.Rule(None)
    root.appendChild(QgsRuleBasedRenderer.Rule(symbol, filterExp=_visible(importance)))
    return QgsRuleBasedRenderer(root)


def _renderer(role: str, look: Look, language: str, bare: Collection[str]) -> QgsFeatureRenderer:
    if role == "limit":
        return limit_renderer(language)
    if role == "commune" and bare:
        return commune_renderer(look.symbol, bare, language)
    if role != "river":
        return QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(dict(look.symbol)))
    symbol = QgsLineSymbol.createSimple(dict(look.symbol))
    symbol.setDataDefinedWidth(QgsProperty.fromExpression('if("level" <= 1, 0.45, 0.25)'))
    return QgsSingleSymbolRenderer(symbol)


def _names(lettering: Lettering, language: str) -> QgsPalLayerSettings:
    labels = QgsPalLayerSettings()
    labels.fieldName = lettering.expression.format(language=language)
    labels.isExpression = True
    labels.priority = lettering.priority
    labels.setFormat(
        text_format(lettering.size, lettering.colour, lettering.bold, lettering.spacing)
    )
    labels.scaleVisibility = bool(lettering.closer_than or lettering.farther_than)
    labels.minimumScale = lettering.closer_than or 100_000_000
    labels.maximumScale = lettering.farther_than
    return labels


def _area_names(lettering: Lettering, language: str) -> QgsPalLayerSettings:
    """One name in the middle of what is seen of each area (labelling outlines is slow)."""
    labels = _names(lettering, language)
    labels.placement = QgsPalLayerSettings.Placement.OverPoint
    labels.centroidInside = True
    labels.fitInPolygonOnly = lettering.inside
    labels.autoWrapLength = 16
    labels.multilineAlign = QgsPalLayerSettings.MultiLineAlign.MultiCenter
    return labels


def _town_names(look: Look, language: str, importance: str) -> QgsPalLayerSettings:
    labels = _names(look.lettering, language)
    _around_symbol(labels)
    properties = labels.dataDefinedProperties()
    for which, expression in (
        (QgsPalLayerSettings.Property.Show, _visible(importance)),
        (QgsPalLayerSettings.Property.Size, _by_importance(importance, 9.5, 9, 8.5, 7.5)),
        (QgsPalLayerSettings.Property.Priority, _by_importance(importance, 10, 7, 5, 3)),
    ):
        properties.setProperty(which, QgsProperty.fromExpression(expression))
    return labels


def _around_symbol(labels: QgsPalLayerSettings) -> None:
    labels.placement = QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint
    labels.offsetType = QgsPalLayerSettings.OffsetType.FromSymbolBounds
    labels.dist = 0.6


def text_format(
    size: float, colour: str, bold: bool = False, spacing: float = 0.0
) -> QgsTextFormat:
    """Return lettering with a halo of the land's colour: size and spacing in points."""
    font = map_font()
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


def map_font() -> QFont:
    """Return a plain font that this computer has; QGIS warns about a project's missing fonts."""
    # QgsFontUtils.fontFamilyOnSystem says yes to every name.
    known = (QFont(one) for one in FONT_FAMILIES if QFontInfo(QFont(one)).family() == one)
    return next(known, QFont())
