# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer's labels for the page: each feature's text worked out by QGIS, in a plain format.

qgis2web writes a label's text into the page as HTML, unescaped, and its font's name into a
script; so the text is escaped here and only plain font names pass.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsPalLayerSettings,
    QgsRuleBasedLabeling,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QFont

from . import tongues

#: The field of a lean copy that holds its labels.
FIELD = "label"
#: Room that qgis2web gives a text field, in characters.
_LONGEST = 250
_POINTS = {
    QgsUnitTypes.RenderUnit.RenderPoints: 1.0,
    QgsUnitTypes.RenderUnit.RenderMillimeters: 72 / 25.4,
    QgsUnitTypes.RenderUnit.RenderPixels: 72 / 96,
    QgsUnitTypes.RenderUnit.RenderInches: 72.0,
}
_USUAL_SIZE = 9.0
#: qgis2web draws a halo as one shadow for each pixel around the text: keep it thin (mm).
_WIDEST_HALO = 1.0


@dataclass(frozen=True)
class Lettering:
    """What a layer writes on the map: its settings and the codes of what was approximated."""

    settings: QgsPalLayerSettings
    reasons: tuple[str, ...] = ()
    #: The layer's columns that hold one text in several languages.
    columns: tongues.Columns = field(default_factory=dict)

    def text(self, context: QgsExpressionContext) -> str | None:
        """Return the label of the context's feature as HTML, None if it has none.

        It holds what it says in the other languages that the feature's texts have.
        """
        show = self.settings.dataDefinedProperties().property(QgsPalLayerSettings.Property.Show)
        if show.isActive() and not show.valueAsBool(context, True)[0]:
            return None
        own = self._said(context)
        if own is None:
            return None
        text, others = escaped(own), self._others(context, own)
        while others and len(tongues.marked(text, others)) > _LONGEST:
            others.popitem()
        return tongues.marked(text, others)

    def _said(self, context: QgsExpressionContext) -> str | None:
        value = _expression(self.settings).evaluate(context)
        return str(value) if value not in (None, "") and str(value) != "NULL" else None

    def _others(self, context: QgsExpressionContext, own: str) -> dict[str, str]:
        """The label in other languages than its own, those alone in which it is another."""
        feature = context.feature()
        if not self.columns or tongues.says_several(own, feature, self.columns):
            return {}
        others = {}
        for language, translated in tongues.translations(feature, self.columns).items():
            context.setFeature(translated)
            others[language] = self._said(context)
        context.setFeature(feature)
        return {code: _tidy(text) for code, text in others.items() if text and text != own}

    def labeling(self) -> QgsVectorLayerSimpleLabeling:
        """Return the labelling of the lean copy: its own field in the same lettering."""
        plain = QgsPalLayerSettings()
        plain.fieldName = FIELD
        plain.setFormat(_format(self.settings.format()))
        plain.scaleVisibility = self.settings.scaleVisibility
        # qgis2web 4.1 takes the two ends of the range the other way round, and 0 as « far ».
        plain.minimumScale = self.settings.maximumScale or 1
        plain.maximumScale = self.settings.minimumScale or 1e9
        return QgsVectorLayerSimpleLabeling(plain)


def read_lettering(layer: QgsVectorLayer) -> Lettering | None:
    """Return the labels of a layer, None if it has none that are on."""
    labeling = layer.labeling()
    if labeling is None or not layer.labelsEnabled():
        return None
    reasons = set()
    settings = labeling.settings()
    if isinstance(labeling, QgsRuleBasedLabeling):
        reasons.add("label_rules")
        settings = _first_rule(labeling)
    if settings is None or not settings.fieldName or not settings.drawLabels:
        return None
    if settings.dataDefinedProperties().hasActiveProperties():
        reasons.add("data_defined")
    columns = tongues.language_columns(layer.fields().names())
    return Lettering(settings, tuple(reasons), columns)


def escaped(text: str) -> str:
    """Return HTML that shows the text, its line breaks kept, and fits qgis2web's fields."""
    text = _tidy(text)
    while len(_as_html(text)) > _LONGEST:
        text = text[:-1]
    return _as_html(text)


def _tidy(text: str) -> str:
    # A reverse solidus would be halved on its way through two languages.
    lines = [" ".join(line.split()).replace("\\", "⧵") for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _as_html(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _first_rule(labeling: QgsRuleBasedLabeling) -> QgsPalLayerSettings | None:
    rules = [rule for rule in labeling.rootRule().descendants() if rule.active()]
    return next((rule.settings() for rule in rules if rule.settings()), None)


def _expression(settings: QgsPalLayerSettings) -> QgsExpression:
    name = settings.fieldName
    return QgsExpression(name if settings.isExpression else QgsExpression.quotedColumnRef(name))


def _format(given: QgsTextFormat) -> QgsTextFormat:
    factor = _POINTS.get(given.sizeUnit())
    size = given.size() * factor if factor else _USUAL_SIZE
    font = QFont(_font_name(given.font()))
    font.setPointSize(max(6, round(size)))
    font.setBold(given.font().bold())
    font.setItalic(given.font().italic())
    plain = QgsTextFormat()
    plain.setFont(font)
    plain.setSize(size)
    plain.setColor(given.color())
    halo = given.buffer()
    halo.setSize(min(halo.size(), _WIDEST_HALO))
    plain.setBuffer(halo)
    return plain


def _font_name(font: QFont) -> str:
    name = font.family()
    return name if re.fullmatch(r"[A-Za-z0-9 -]{1,60}", name) else "sans-serif"
