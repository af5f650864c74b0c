# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer of QGIS as a file that can be imported, wherever its records come from.

A layer may be a view of a database, a web service or something drawn a moment ago: it is
written into a GeoPackage, which the import reads as it reads any file.
"""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import QgsCoordinateTransformContext, QgsProject, QgsVectorFileWriter, QgsVectorLayer

from ..domain.errors import TableError
from .project import layer_role

_NO_NAME = re.compile(r"[^\w .()-]+")


def importable_layers(project: QgsProject) -> tuple[QgsVectorLayer, ...]:
    """Return the project's vector layers that are not the store's own or its base map."""
    layers = (node.layer() for node in project.layerTreeRoot().findLayers())
    return tuple(
        layer
        for layer in layers
        if isinstance(layer, QgsVectorLayer) and layer.isValid() and not layer_role(layer)
    )


def layer_file(layer: QgsVectorLayer, folder: Path) -> Path:
    """Write a layer's records, as they are shown now, into a file of a folder and return it.

    Edits not saved yet are among them, records that its filter hides are not. Call it on the
    thread that the layer belongs to. TableError says why a layer cannot be read.
    """
    name = " ".join(_NO_NAME.sub(" ", layer.name()).split())
    path = Path(folder) / f"{name or 'couche'}.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = path.stem
    options.layerOptions = ["FID=carte_fid"]  # the layer may have a column « fid » of its own
    context = QgsCoordinateTransformContext()
    result = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
    if result[0] != QgsVectorFileWriter.WriterError.NoError:
        raise TableError(
            "The layer « {layer} » cannot be read as a table: {reason}. Save it as a file "
            "(Export, Save Features As) and import that.",
            layer=layer.name(),
            reason=result[1],
        )
    return path
