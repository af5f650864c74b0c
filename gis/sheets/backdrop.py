# SPDX-License-Identifier: GPL-2.0-or-later
"""The cartographer's own layers, which go under the sheets."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import (
    QgsLayoutItemMap,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsPrintLayout,
    QgsProject,
    QgsVectorLayer,
    QgsVectorTileLayer,
)

from ..project import layer_role


def backdrop_layers(project: QgsProject | None) -> list[QgsMapLayer]:
    """Return a project's visible layers without a role of this plugin, from the top."""
    if project is None:
        return []
    nodes = [node for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    layers = [node.layer() for node in nodes if node.layer() is not None]
    return [one for one in layers if one.isValid() and one.isSpatial() and not layer_role(one)]


def labelled(layers: Sequence[QgsMapLayer]) -> list[QgsMapLayer]:
    """Return the layers that write labels."""
    return [
        one
        for one in layers
        if (isinstance(one, QgsVectorLayer) and one.labelsEnabled() and one.labeling())
        or (isinstance(one, QgsVectorTileLayer) and one.labeling())
    ]


def hide_labels(layout: QgsPrintLayout, layers: Sequence[QgsMapLayer]) -> None:
    """Have a layout's maps draw layers without their labels; the layers stay as they are.

    QGIS writes labels above everything else: they would lie on signs, and on names that know
    nothing of them.
    """
    styles = {one.id(): _unlabelled_style(one) for one in labelled(layers)}
    for item in layout.items() if styles else ():
        if isinstance(item, QgsLayoutItemMap):
            item.setKeepLayerStyles(True)
            item.setLayerStyleOverrides(styles)


def _unlabelled_style(layer: QgsMapLayer) -> str:
    copy = layer.clone()
    if isinstance(copy, QgsVectorLayer):
        copy.setLabelsEnabled(False)
    else:
        copy.setLabeling(None)
    style = QgsMapLayerStyle()
    style.readFromLayer(copy)
    return style.xmlData()
