# SPDX-License-Identifier: GPL-2.0-or-later
"""The limits of the base map: lines by level, and the communes that have no outline.

Areas are drawn without an outline and limits as lines of their own (table ``limit``), for
between two regions no line is drawn (``data/morocco.md``): an outline cannot leave it out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from qgis.core import (
    QgsExpression,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)

from . import style
from .titles import title

#: Communes and their limits show from this scale inwards.
COMMUNES_CLOSER_THAN = 750_000
#: Name of a class in the project's titles, levels that it draws, colour, width in mm, scale.
_CLASSES = (
    ("region", ("outline", "region"), style.REGION_LINE, "0.4", 0),
    ("province", ("province",), style.PROVINCE_LINE, "0.25", 0),
    ("commune", ("commune",), style.COMMUNE_LINE, "0.15", COMMUNES_CLOSER_THAN),
)


def limit_renderer(language: str) -> QgsRuleBasedRenderer:
    """Return the renderer of the limits: one rule a level, with its title in a language."""
    root = QgsRuleBasedRenderer.Rule(None)
    for name, levels, colour, width, closer_than in _CLASSES:
        symbol = QgsLineSymbol.createSimple({
            "line_color": colour, "line_width": width, "capstyle": "round", "joinstyle": "round",
        })  # fmt: skip
        rule = QgsRuleBasedRenderer.Rule(symbol, 0, closer_than, _among("level", levels))
        rule.setLabel(title(name, language))
        root.appendChild(rule)
    return QgsRuleBasedRenderer(root)


def regions_with_limits(limits: QgsVectorLayer) -> set[str]:
    """Return the codes of the regions whose communes' limits stand in the layer of limits."""
    chosen = limits.getFeatures(_among("level", ("commune",)))
    return {feature["left_code"].split(".")[0] for feature in chosen}


def commune_renderer(
    symbol: Mapping[str, str], bare: Collection[str], language: str
) -> QgsRuleBasedRenderer:
    """Return the renderer of the communes, with no outline in the regions ``bare`` (codes)."""
    root = QgsRuleBasedRenderer.Rule(None)
    within = _among("region_code", sorted(bare))
    for look, expression, label in (
        (symbol, f"NOT {within}", title("commune", language)),
        ({**symbol, "outline_style": "no"}, within, ", ".join(sorted(bare))),
    ):
        rule = QgsRuleBasedRenderer.Rule(QgsFillSymbol.createSimple(dict(look)), 0, 0, expression)
        rule.setLabel(label)
        root.appendChild(rule)
    return QgsRuleBasedRenderer(root)


def _among(field: str, values: Collection[str]) -> str:
    listed = ", ".join(QgsExpression.quotedValue(value) for value in values)
    return f"{QgsExpression.quotedColumnRef(field)} IN ({listed})"
