# SPDX-License-Identifier: GPL-2.0-or-later
"""Layers in memory, made at once of geometries and one symbol."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)


def memory_layer(
    name: str,
    kind: str,
    crs: QgsCoordinateReferenceSystem,
    geometries: Iterable[QgsGeometry],
    symbol: QgsSymbol,
) -> QgsVectorLayer | None:
    """Return a layer of geometries (Point, LineString, Polygon); None if there are none."""
    features = []
    for geometry in geometries:
        if not geometry.isEmpty():
            feature = QgsFeature()
            feature.setGeometry(geometry)
            features.append(feature)
    if not features:
        return None
    layer = QgsVectorLayer(kind if kind == "Point" else f"Multi{kind}", name, "memory")
    layer.setCrs(crs)
    layer.dataProvider().addFeatures(features)
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer
