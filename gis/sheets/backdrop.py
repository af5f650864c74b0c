# SPDX-License-Identifier: GPL-2.0-or-later
"""The cartographer's own layers, which go under the sheets."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsProject

from ..project import layer_role


def backdrop_layers(project: QgsProject | None) -> list[QgsMapLayer]:
    """Return a project's visible layers without a role of this plugin, from the top."""
    if project is None:
        return []
    nodes = [node for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    layers = [node.layer() for node in nodes if node.layer() is not None]
    return [one for one in layers if one.isValid() and one.isSpatial() and not layer_role(one)]
