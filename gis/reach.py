# SPDX-License-Identifier: GPL-2.0-or-later
"""The reach of services on a map: communes shaded by the distance to the nearest one.

The layer is a file of its own, so that it can be kept, styled and joined. Communes are drawn
without outlines: between regions 10 and 11 no line is drawn on any map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from qgis.core import (
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRuleBasedRenderer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..domain.errors import StoreError
from ..domain.reach import ALL, RADII, Group
from ..store.boundaries import load_shapes
from ..store.documents.reach import group_name
from ..store.documents.words import Words
from ..store.export_files import replacing_file
from ..store.reach import StoreReach

#: From near to far, then where there is no service: one hue, told apart in grey too.
COLOURS = ("#0f5a4a", "#4a9a83", "#a9d3c2", "#efe6d2", "#d9d9d9")


def column_of(group: Group) -> str:
    """Return the name of the column that holds a group's distances."""
    return "_".join(filter(None, ("km", *(re.sub(r"\W+", "_", part) for part in group))))


def write_reach_layer(measured: StoreReach, path: Path, language: str = "fr") -> int:
    """Write the communes with their population and distances as GeoPackage; return how many.

    Distances are in kilometres, empty where a group has no service. CarteError says why the
    file could not be written.
    """
    layer = reach_layer(measured, language)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "reach"
    with replacing_file(Path(path)) as scratch:
        error, message, written, _layer = QgsVectorFileWriter.writeAsVectorFormatV3(
            layer, str(scratch), QgsProject().transformContext(), options
        )
        if error != QgsVectorFileWriter.WriterError.NoError:
            raise StoreError("{path} could not be written: {reason}", path=path, reason=message)
        Path(written).replace(scratch)  # QGIS puts an ending of its own behind the name
    return layer.featureCount()


def add_reach_layer(
    project: QgsProject, path: Path, measured: StoreReach, group: Group = ALL, language: str = "fr"
) -> QgsVectorLayer:
    """Add a layer of ``write_reach_layer`` to a project, shaded by one group's distances."""
    say = Words(language)
    name = say("reach_layer", group=group_name(group, measured, say))
    layer = QgsVectorLayer(f"{path}|layername=reach", name, "ogr")
    if not layer.isValid():
        raise StoreError("{path} cannot be opened as a layer of QGIS. Write it again.", path=path)
    layer.setRenderer(reach_renderer(group, language))
    project.addMapLayer(layer)
    return layer


def reach_renderer(group: Group, language: str) -> QgsRuleBasedRenderer:
    """Return the shades of distance of a group, each with its words."""
    root = QgsRuleBasedRenderer.Rule(None)
    for (expression, text), colour in zip(_classes(group, language), COLOURS):
        symbol = QgsFillSymbol.createSimple({"color": colour, "outline_style": "no"})
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, expression, text))
    return QgsRuleBasedRenderer(root)


def reach_layer(measured: StoreReach, language: str) -> QgsVectorLayer:
    """Return the communes with their population and distances as a layer in memory."""
    say = Words(language)
    groups = measured.reach.groups
    fields = [f"{name}:string" for name in ("code", "name", "province", "region")]
    fields += ["population:integer", *(f"{column_of(group)}:double" for group in groups)]
    source = "MultiPolygon?crs=EPSG:4326&field=" + "&field=".join(fields)
    layer = QgsVectorLayer(source, "reach", "memory")
    shapes = load_shapes()
    features = []
    for number, unit in enumerate(measured.communes):
        distances = measured.reach.metres[:, number] / 1000
        shape = QgsGeometry()
        shape.fromWkb(shapes[unit.code])
        feature = QgsFeature(layer.fields())
        feature.setGeometry(shape)
        feature.setAttributes(
            [
                unit.code, say.of_unit(unit), say.unit(unit.province_code),
                say.unit(unit.region_code), unit.population,
                *(round(float(km), 2) if np.isfinite(km) else None for km in distances),
            ]
        )  # fmt: skip
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def class_names(language: str) -> list[str]:
    """Return the words of each class of distance, from near to far, then « nowhere »."""
    say = Words(language)
    between = [say("reach_between", low=low, high=high) for low, high in zip(RADII, RADII[1:])]
    far = say("reach_far", km=RADII[-1])
    return [say("reach_within", km=RADII[0]), *between, far, say("reach_nowhere")]


def _classes(group: Group, language: str) -> Iterator[tuple[str, str]]:
    """Yield the expression and the words of each class of distance."""
    column = f'"{column_of(group)}"'
    bounds = [f"{column} <= {RADII[0]}"]
    bounds += [f"{column} <= {high} AND {column} > {low}" for low, high in zip(RADII, RADII[1:])]
    bounds += [f"{column} > {RADII[-1]}", f"{column} IS NULL"]
    yield from zip(bounds, class_names(language))
