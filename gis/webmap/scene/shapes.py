# SPDX-License-Identifier: GPL-2.0-or-later
"""The shape of a feature on the page: light where there is a lighter one, never too heavy."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer, QgsWkbTypes

from .backdrop import limit_key

#: A layer with more vertices is simplified; one that has too many even so is left out.
MANY_VERTICES = 4_000
TOO_MANY_VERTICES = 20_000
#: With so many there is no need to try.
HOPELESS_VERTICES = 400_000
#: Degrees, about 200 metres: less than a pixel until a town fills the screen.
TOLERANCE = 0.002
#: Degrees, about ten metres: as fine as a light or a simplified shape is written.
GRID = 0.0001

_POLYGONS = QgsWkbTypes.GeometryType.PolygonGeometry
_KINDS = {
    # Single points: the labels of a Leaflet group (a multipoint) stop qgis2web's program.
    QgsWkbTypes.GeometryType.PointGeometry: QgsWkbTypes.Type.Point,
    QgsWkbTypes.GeometryType.LineGeometry: QgsWkbTypes.Type.MultiLineString,
    _POLYGONS: QgsWkbTypes.Type.MultiPolygon,
}


def kind_of(layer: QgsVectorLayer, named_only: bool) -> QgsWkbTypes.Type:
    """Return the type of the shapes of a layer's copy."""
    return QgsWkbTypes.Type.Point if named_only else _KINDS[layer.geometryType()]


def shapes_of(
    feature: QgsFeature,
    layer: QgsVectorLayer,
    light: Mapping[str, bytes] | None,
    reasons: set[str],
    named_only: bool,
) -> list[QgsGeometry]:
    """Return a feature's shapes; of one that is only named, the point where its name stands."""
    if named_only:
        return [feature.geometry().poleOfInaccessibility(TOLERANCE)[0]]
    key = _light_key(feature) if light else None
    if key in (light or ()):
        reasons.add("light")
        shape = QgsGeometry()
        shape.fromWkb(light[key])
        return [shape.snappedToGrid(GRID, GRID)]
    return feature.geometry().coerceToType(_KINDS[layer.geometryType()])


def _light_key(feature: QgsFeature) -> str | None:
    names = feature.fields().names()
    if "code" in names:
        return feature["code"]
    if not {"level", "left_code", "right_code"} <= set(names):
        return None
    values = (feature["level"], feature["left_code"], feature["right_code"])
    return limit_key(*(value if isinstance(value, str) else None for value in values))


def lightened(features: list[QgsFeature], reasons: set[str]) -> list[QgsFeature] | None:
    """Return the features, simplified if they are heavy; None if they are too heavy even so."""
    vertices = _vertices(features)
    if vertices <= MANY_VERTICES or ("light" in reasons and vertices <= TOO_MANY_VERTICES):
        return features
    if vertices > HOPELESS_VERTICES:
        return None
    reasons.add("simplified")
    for feature in features:
        feature.setGeometry(feature.geometry().simplify(TOLERANCE).snappedToGrid(GRID, GRID))
    drawn = [feature for feature in features if not feature.geometry().isEmpty()]
    return drawn if _vertices(drawn) <= TOO_MANY_VERTICES else None


def _vertices(features: list[QgsFeature]) -> int:
    return sum(feature.geometry().constGet().nCoordinates() for feature in features)
