# SPDX-License-Identifier: GPL-2.0-or-later
"""Which editor of QGIS a field of the schema has in a form."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsEditorWidgetSetup, QgsExpression, QgsRelation, QgsVectorLayer

from ..domain.schema import Field, Table

Layers = Mapping[str, QgsVectorLayer]


def field_editor(
    table: Table,
    field: Field,
    layers: Layers,
    relations: Mapping[str, QgsRelation],
    language: str,
) -> QgsEditorWidgetSetup:
    """Return the editor of a field: drop-down, reference, calendar, number, picture or text."""
    if field.vocabulary and "term" in layers:
        return _drop_down(field, layers["term"], language)
    relation = relations.get(f"{table.name}.{field.name}")
    if relation is not None:
        return _reference(relation)
    if field.type == "date":
        return QgsEditorWidgetSetup(
            "DateTime",
            {
                "allow_null": True,
                "calendar_popup": True,
                "display_format": "dd/MM/yyyy",
                "field_format": "yyyy-MM-dd",
            },
        )
    if field.minimum is not None:
        bounds = {"Min": field.minimum, "Max": field.maximum, "Step": 1}
        return QgsEditorWidgetSetup("Range", {**bounds, "AllowNull": True, "Style": "SpinBox"})
    if field.type == "colour":
        return QgsEditorWidgetSetup("Color", {})
    if field.type == "file":
        return _picture()
    return QgsEditorWidgetSetup("TextEdit", {"IsMultiline": field.type == "longtext"})


def _picture() -> QgsEditorWidgetSetup:
    """A picture whose path is kept from the store's folder on, so that both move together."""
    beside_store = {
        "active": True,
        "type": 3,  # QgsProperty::ExpressionBasedProperty
        "expression": "file_path(layer_property(@layer, 'path')) || '/'",
    }
    return QgsEditorWidgetSetup(
        "ExternalResource",
        {
            "RelativeStorage": 2,  # QgsFileWidget::RelativeDefaultPath
            "StorageMode": 0,  # a file
            "FileWidget": True,
            "FileWidgetButton": True,
            "FileWidgetFilter": "JPEG, PNG (*.jpg *.jpeg *.png)",
            "DocumentViewer": 1,  # an image
            "DocumentViewerHeight": 160,
            "DocumentViewerWidth": 0,
            "PropertyCollection": {
                "name": "",
                "type": "collection",
                "properties": {"propertyRootPath": beside_store},
            },
        },
    )


def _drop_down(field: Field, terms: QgsVectorLayer, language: str) -> QgsEditorWidgetSetup:
    """A closed list, read live from the table ``term``.

    Deprecated terms stay listed: a value that the list lacks would be lost on saving.
    """
    known = terms.fields().names()
    value = f"label_{language}" if f"label_{language}" in known else "label_fr"
    return QgsEditorWidgetSetup(
        "ValueRelation",
        {
            "Layer": terms.id(),
            "LayerName": terms.name(),
            "Key": "code",
            "Value": value,
            "FilterExpression": QgsExpression.createFieldEqualityExpression(
                "vocabulary", field.vocabulary
            ),
            "AllowMulti": field.multiple,
            "NofColumns": 2,
            "AllowNull": field.required != "always",
            "OrderByValue": False,
        },
    )


def _reference(relation: QgsRelation) -> QgsEditorWidgetSetup:
    referenced = relation.referencedLayer()
    return QgsEditorWidgetSetup(
        "RelationReference",
        {
            "Relation": relation.id(),
            "ReferencedLayerId": referenced.id(),
            "ReferencedLayerName": referenced.name(),
            "AllowNULL": True,  # else the first of the list would be taken unasked
            "OrderByValue": True,
            "ShowForm": False,
            "ShowOpenFormButton": True,
            "AllowAddFeatures": False,
            "MapIdentification": False,
        },
    )
