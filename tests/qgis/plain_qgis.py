# SPDX-License-Identifier: GPL-2.0-or-later
"""Run by test_fieldwork_plain.py in a QGIS of its own that knows nothing of this plugin.

python plain_qgis.py PROJECT: edits its layers as a person does, prints what it saw as JSON.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTools,
    QgsVectorLayerUtils,
)
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsGui, QgsMapCanvas
from qgis.PyQt.QtWidgets import QComboBox


class Tools(QgsVectorLayerTools):
    """What QGIS gives its forms to edit other layers with; nobody clicks here."""

    def addFeature(self, *_arguments, **_named):  # noqa: N802 (QGIS's name)
        return False, None

    def startEditing(self, layer):  # noqa: N802 (QGIS's name)
        return layer.startEditing()

    def stopEditing(self, layer, allow_cancel=True):  # noqa: N802 (QGIS's name)
        return layer.commitChanges()

    def saveEdits(self, layer):  # noqa: N802 (QGIS's name)
        return layer.commitChanges(False)


def role(layer):
    return QgsExpressionContextUtils.layerScope(layer).variable("carte_role")


def one(layer, expression):
    return next(layer.getFeatures(QgsFeatureRequest().setFilterExpression(expression)))


def saved(layer):
    """Save as QGIS does; what it says if it cannot, the edits being taken back."""
    if layer.commitChanges():
        return ""
    said = " ".join(layer.commitErrors())
    layer.rollBack()
    return said


def edit(layer, feature, **values):
    layer.startEditing()
    for name, value in values.items():
        layer.changeAttributeValue(feature.id(), layer.fields().indexOf(name), value)
    return saved(layer)


def form_of(layer, feature):
    """Open a record's form; return the kinds of its editors, how many lists drop, one list."""
    context = QgsAttributeEditorContext()
    context.setVectorLayerTools(TOOLS)
    context.setMapCanvas(CANVAS)
    form = QgsAttributeForm(layer, feature, context, CANVAS)
    kinds = {
        column: layer.editorWidgetSetup(layer.fields().indexOf(column)).type()
        for column in ("status", "precision", "institution_code", "languages", "verified_on")
    }
    shown = form.findChild(QComboBox, "precision")
    choices = {shown.itemData(row): shown.itemText(row) for row in range(shown.count())}
    return kinds, len(form.findChildren(QComboBox)), choices


def main(path):
    project = QgsProject.instance()
    seen = {"read": project.read(path)}
    layers = {role(layer): layer for layer in project.mapLayers().values()}
    site, service, offer = (layers[name] for name in ("site", "service", "offer"))
    seen["invalid"] = [layer.name() for layer in layers.values() if not layer.isValid()]
    relations = project.relationManager().relations()
    seen["relations"] = {name: relation.isValid() for name, relation in relations.items()}
    first = one(site, "site_id = 'site-0'")
    seen["editors"], seen["drop-downs"], seen["choices"] = form_of(site, first)
    offered = [r for r in relations.values() if r.referencingLayer() == offer]
    seen["offers of the site"] = sorted(
        feature["offer_id"]
        for relation in offered
        if relation.referencedLayer() == site
        for feature in relation.getRelatedFeatures(first)
    )
    seen["edited"] = edit(site, first, name_fr="SPÉCIMEN visité")
    seen["refused"] = edit(site, first, precision="environ")
    made = QgsVectorLayerUtils.createFeature(
        site, QgsGeometry.fromPointXY(QgsPointXY(-7.5, 33.5)),
        {site.fields().indexOf("institution_code"): "EN",
         site.fields().indexOf("name_fr"): "SPÉCIMEN trouvé"},
    )  # fmt: skip
    site.startEditing()
    site.addFeature(made)
    seen["added"] = saved(site)
    key = one(site, "name_fr = 'SPÉCIMEN trouvé'")["site_id"]
    service_key = next(service.getFeatures())["service_id"]
    fields = offer.fields()
    link = QgsVectorLayerUtils.createFeature(
        offer, QgsGeometry(), {fields.indexOf("site_id"): key,
                               fields.indexOf("service_id"): service_key},
    )  # fmt: skip
    offer.startEditing()
    offer.addFeature(link)
    seen["offered"] = saved(offer)
    seen["new site"] = key
    bare = QgsVectorLayer(site.source(), "bare", "ogr")
    registry = QgsGui.editorWidgetRegistry()
    seen["bare editor"] = registry.findBest(bare, "precision").type()
    seen["plugin"] = [name for name in sys.modules if name.startswith("carte_cp3")]
    project.clear()
    return seen


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    QgsGui.editorWidgetRegistry().initEditors()
    TOOLS, CANVAS = Tools(), QgsMapCanvas()
    print(json.dumps(main(sys.argv[1])), flush=True)
    CANVAS.deleteLater()
