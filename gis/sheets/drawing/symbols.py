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
    QgsPointXY,
    QgsRendererCategory,
    QgsVectorLayer,
)

from ... import style as carte_style
from ..charter import Charter, Style
from ..colours import contrast
from ..plan.content import Record
from ..shapes import extent


def symbol_layer(
    name: str,
    crs: QgsCoordinateReferenceSystem,
    size: float,
    institutions: Mapping[str, Record],
    points: Sequence[tuple[QgsPointXY, str]],
    numbered: bool = False,
) -> QgsVectorLayer | None:
    """Return symbols at points, by the institution's code; None without any.

    They are drawn within a square of ``size`` mm; those to be ``numbered`` with room for the
    number, as wide as ``shapes.extent`` says.
    """
    if not points:
        return None
    layer = QgsVectorLayer("Point?field=institution:string", name, "memory")
    layer.setCrs(crs)
    present = {code for _, code in points}
    categories = [
        QgsRendererCategory(
            code,
            carte_style.institution_symbol(
                row, size if numbered else size / max(extent(row.get("symbol"))), approximate=False
            ),
            carte_style.institution_name(row),
        )
        for code, row in institutions.items()
        if code in present
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("institution", categories))
    features = []
    for point, code in points:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(point))
        feature.setAttributes([code])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def number_style(row: Record, charter: Charter) -> Style:
    """Return how a number is written inside an institution's symbol: in ink, or white.

    The one that stands out more.
    """
    symbol = row.get("colour") or "#5f6b76"
    inks = (charter.colours["paper"], charter.colours["ink"])
    return replace(
        charter.styles["number"], colour=max(inks, key=lambda ink: contrast(ink, symbol))
    )
