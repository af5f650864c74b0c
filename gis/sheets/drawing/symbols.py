# SPDX-License-Identifier: GPL-2.0-or-later
"""The institutions' symbols of one size as a layer, and how a number is written in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ... import style as carte_style
from ..charter import Charter, Style
from ..colours import contrast
from ..plan.content import Record
from ..shapes import extent

#: The part of a numbered symbol's size that its white inside takes.
_ROOM = 0.72


def symbol_layer(
    name: str,
    crs: QgsCoordinateReferenceSystem,
    size: float,
    institutions: Mapping[str, Record],
    points: Sequence[tuple[QgsPointXY, str, bool]],
    numbered: bool = False,
) -> QgsVectorLayer | None:
    """Return symbols at points, by the institution's code; None without any.

    They are drawn within a square of ``size`` mm; those to be ``numbered`` with room for the
    number, as wide as ``shapes.extent`` says. A point's last part tells whether its position is
    only about right: such a symbol has a white centre, as on the map in QGIS.
    """
    if not points:
        return None
    layer = QgsVectorLayer("Point?field=institution:string", name, "memory")
    layer.setCrs(crs)
    present = {(code, about) for _, code, about in points}
    categories = [
        QgsRendererCategory(
            _value(code, about),
            mark_symbol(row, size, numbered, about),
            carte_style.institution_name(row),
        )
        for code, row in institutions.items()
        for about in (False, True)
        if (code, about) in present
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("institution", categories))
    features = []
    for point, code, about in points:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(point))
        feature.setAttributes([_value(code, about)])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def _value(code: str, about: bool) -> str:
    return f"{code} ≈" if about else code


def mark_symbol(row: Record, size: float, numbered: bool, about: bool) -> QgsMarkerSymbol:
    """Return an institution's symbol as ``symbol_layer`` draws it."""
    if numbered and about:
        return carte_style.hollow_symbol(row, size, _ROOM)
    drawn = size if numbered else size / max(extent(row.get("symbol")))
    return carte_style.institution_symbol(row, drawn, about)


def number_style(row: Record, charter: Charter, about: bool = False) -> Style:
    """Return how a number is written inside an institution's symbol: in ink, or white.

    The one that stands out more; on a white centre, in ink.
    """
    symbol = charter.colours["paper"] if about else row.get("colour") or carte_style.FALLBACK_COLOUR
    inks = (charter.colours["paper"], charter.colours["ink"])
    return replace(
        charter.styles["number"], colour=max(inks, key=lambda ink: contrast(ink, symbol))
    )
