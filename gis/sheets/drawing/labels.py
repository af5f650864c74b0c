# SPDX-License-Identifier: GPL-2.0-or-later
"""All names and numbers of a map as one layer of labels, each at the place worked out for it."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsPointXY,
    QgsProperty,
    QgsPropertyCollection,
    QgsTextFormat,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)

from ..charter import Style
from ..plan.mapplan import Label
from .fonts import family, text_format
from .paper_text import HALO

_FIELDS = (
    "text:string",
    "family:string",
    "bold:integer",
    "size:double",
    "colour:string",
    "halo:string",
    "x:double",
    "y:double",
    "align:string",
    "angle:double",
    "rank:integer",
)
_ALIGN = {"left": "Left", "right": "Right", "centre": "Center"}


def label_layer(
    name: str, crs: QgsCoordinateReferenceSystem, labels: Iterable[tuple[Label, QgsPointXY]]
) -> QgsVectorLayer:
    """Return a layer that writes labels at their points; nothing is moved or left out.

    They are written in the order given, which is the order in which a file is read aloud.
    """
    fields = "&".join(f"field={one}" for one in _FIELDS)
    layer = QgsVectorLayer(f"Point?{fields}", name, "memory")
    layer.setCrs(crs)
    features = []
    for rank, (label, point) in enumerate(labels):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromPointXY(point))
        feature.setAttributes(
            [label.text, family(label.text), int(label.style.bold), label.style.size,
             label.style.colour, label.halo, point.x(), point.y(), _ALIGN[label.align],
             label.angle, rank]
        )  # fmt: skip
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.setRenderer(QgsNullSymbolRenderer())
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_settings()))
    layer.setLabelsEnabled(True)
    return layer


def _settings() -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = "text"
    settings.setFormat(_format())
    _show_always(settings)
    key = QgsPalLayerSettings.Property
    found = QgsPropertyCollection()
    for name, field in (
        (key.Family, "family"), (key.Bold, "bold"), (key.Size, "size"), (key.Color, "colour"),
        (key.PositionX, "x"), (key.PositionY, "y"), (key.Hali, "align"), (key.BufferColor, "halo"),
        (key.LabelRotation, "angle"), (key.ZIndex, "rank"),
    ):  # fmt: skip
        found.setProperty(name, QgsProperty.fromField(field))
    found.setProperty(key.BufferDraw, QgsProperty.fromExpression("\"halo\" <> ''"))
    found.setProperty(key.Vali, QgsProperty.fromValue("Half"))
    settings.setDataDefinedProperties(found)
    return settings


def _show_always(settings: QgsPalLayerSettings) -> None:
    """Have every label written, whatever it touches: the plan has seen to that."""
    if Qgis.versionInt() >= 32600:
        placement = settings.placementSettings()
        placement.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapAtNoCost)
        placement.setAllowDegradedPlacement(True)
        settings.setPlacementSettings(placement)
    else:
        settings.displayAll = True


def _format() -> QgsTextFormat:
    made = text_format("", Style(8, False, "#000000"))
    halo = made.buffer()
    halo.setSize(HALO)
    halo.setSizeUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    halo.setOpacity(1)
    made.setBuffer(halo)
    return made
