# SPDX-License-Identifier: GPL-2.0-or-later
"""Edits of a store's layers in QGIS's own manner: one command each, undone as everywhere.

A layer that is not being edited is opened for editing. Nothing is in the store before
``save_edits``: until then QGIS's undo and « Cancel edits » hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import Any

from qgis.core import (
    NULL,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..domain.errors import CarteError, StoreError
from ..domain.schema import load_schema
from ..store.refusals import refusal
from .project import find_layer, layer_role
from .wording import spoken

Row = dict[str, Any]
_AT_ONCE = 1000  # keys that are asked for in one statement
_AROUND = re.compile(r"failed to execute \w+ : |sqlite3_exec\(.*?\) failed: ")
#: Records are saved before those that refer to them, or the store would refuse the latter.
SAVED_IN_ORDER = ("term", "institution", "programme", "site", "service", "offer", "notice")


@contextmanager
def edit_command(layer: QgsVectorLayer, text: str) -> Iterator[QgsVectorLayer]:
    """Make one step of undo of all that is done to a layer; on an error nothing is done.

    Raises StoreError if the layer cannot be edited.
    """
    begin_editing(layer)
    layer.beginEditCommand(text)
    try:
        yield layer
    except BaseException:
        layer.destroyEditCommand()
        raise
    layer.endEditCommand()


@contextmanager
def edit_commands(layers: Iterable[QgsVectorLayer], text: str) -> Iterator[None]:
    """One step of undo in each of several layers: all of them, or none on an error."""
    with ExitStack() as stack:
        for layer in layers:
            stack.enter_context(edit_command(layer, text))
        yield


def begin_editing(layer: QgsVectorLayer) -> bool:
    """Open a layer for editing; return whether it was not. StoreError if it cannot be edited."""
    if layer.isEditable():
        return False
    if not layer.startEditing():
        raise StoreError(
            "The layer « {layer} » cannot be edited: its store is read-only, or "
            "another program holds it.",
            layer=layer.name(),
        )
    return True


def edited_layers(project: QgsProject) -> tuple[QgsVectorLayer, ...]:
    """Return the layers of the store that hold edits not saved yet, in the order of saving."""
    layers = (find_layer(project, role) for role in SAVED_IN_ORDER)
    return tuple(layer for layer in layers if layer is not None and layer.isModified())


def save_edits(project: QgsProject) -> None:
    """Save the edits of the store's layers, what is referred to first.

    Raises StoreError with the store's own reasons; the layer then keeps its edits.
    """
    for layer in edited_layers(project):
        if not layer.commitChanges():
            raise StoreError(
                "The edits of « {layer} » were not saved and are still here: they can be saved "
                "again. {reasons}",
                layer=layer.name(),
                reasons=_reasons(layer.commitErrors()),
            )


def _reasons(errors: list[str]) -> str:
    """Return what the store itself said, without what QGIS and GDAL write around it."""
    lines = [line.strip() for text in errors for line in text.splitlines() if line.strip()]
    marks = [number for number, line in enumerate(lines) if line.startswith("Provider errors")]
    said = lines[marks[0] + 1 :] if marks else []
    told = [refusal(load_schema(), _AROUND.split(line)[-1]) for line in said or lines]
    known = [spoken(one) for one in told if isinstance(one, CarteError)]
    # QGIS says what is around in its own language; what is known needs nothing around it.
    return " ".join(dict.fromkeys(known or map(str, told)))


def to_row(feature: QgsFeature) -> Row:
    """Return a feature's values by column, as a store gives them: dates as text, NULL as None.

    A point's position comes under ``lon`` and ``lat``, None for no point; a layer of a store is
    in degrees.
    """
    fields = feature.fields().names()
    row = {name: plain(value) for name, value in zip(fields, feature.attributes())}
    there = feature.hasGeometry() and not feature.geometry().isEmpty()
    point = feature.geometry().asPoint() if there else None
    row.update(lon=point.x() if point else None, lat=point.y() if point else None)
    return row


def plain(value: Any) -> Any:
    """Return a value of a feature without Qt's types: None, text, number, ISO date."""
    if value is None or value == NULL:
        return None
    if isinstance(value, (QDate, QDateTime)):
        return value.toString(Qt.DateFormat.ISODate) or None
    return value


def features_by_key(layer: QgsVectorLayer, keys: Iterable[str]) -> dict[str, QgsFeature]:
    """Return the features of some records, by key, edits not saved yet included."""
    key = load_schema().table(layer_role(layer)).key
    return {
        feature[key]: QgsFeature(feature)
        for request in _requests(key, keys)
        for feature in layer.getFeatures(request)
    }


def feature_by_key(layer: QgsVectorLayer, key: str) -> QgsFeature:
    """Return the feature of a record, edits not saved yet included; StoreError if none is there."""
    found = features_by_key(layer, [key])
    if key not in found:
        raise StoreError(
            "{layer}: this record is not there any more. It was deleted, or the map shows "
            "another store.",
            layer=layer.name(),
        )
    return found[key]


def feature_ids(layer: QgsVectorLayer, keys: Iterable[str]) -> list[int]:
    """Return the identifiers of the features of some records, in no order."""
    key = load_schema().table(layer_role(layer)).key
    found = []
    for request in _requests(key, keys):
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([key], layer.fields())
        found += [feature.id() for feature in layer.getFeatures(request)]
    return found


def _requests(key: str, keys: Iterable[str]) -> Iterator[QgsFeatureRequest]:
    """Yield requests for the features of some records: a statement has a greatest length."""
    left = iter(keys)
    for some in iter(lambda: list(islice(left, _AT_ONCE)), []):
        quoted = ", ".join("'" + one.replace("'", "''") + "'" for one in some)
        yield QgsFeatureRequest().setFilterExpression(f'"{key}" IN ({quoted})')


def rows_around(layer: QgsVectorLayer, lon: float, lat: float, degrees: float) -> list[Row]:
    """Return the rows of a layer's points within so many degrees, edits not saved yet included."""
    around = QgsRectangle(lon - degrees, lat - degrees, lon + degrees, lat + degrees)
    return [to_row(feature) for feature in layer.getFeatures(QgsFeatureRequest(around))]


def set_values(layer: QgsVectorLayer, feature: QgsFeature, values: Mapping[str, Any]) -> None:
    """Change values of a feature inside an edit command; StoreError if QGIS refuses one."""
    for name, value in values.items():
        index = layer.fields().indexOf(name)
        if index < 0 or plain(feature[name]) == value:
            continue
        if not layer.changeAttributeValue(feature.id(), index, value):
            raise StoreError(
                "{layer}: the field {field} cannot be changed.",
                layer=layer.name(),
                field=name,
            )


def new_feature(
    layer: QgsVectorLayer,
    values: Mapping[str, Any],
    position: tuple[float, float] | None = None,
) -> QgsFeature:
    """Return a feature with the layer's defaults, some values and a position, not added yet."""
    fields = layer.fields()
    known = {
        fields.indexOf(name): value for name, value in values.items() if name in fields.names()
    }
    point = QgsGeometry.fromPointXY(QgsPointXY(*position)) if position else QgsGeometry()
    return QgsVectorLayerUtils.createFeature(layer, point, known, layer.createExpressionContext())


def add_feature(layer: QgsVectorLayer, feature: QgsFeature) -> None:
    """Add a feature inside an edit command; StoreError if QGIS refuses it."""
    if not layer.addFeature(feature):
        raise StoreError("{layer}: a record cannot be added.", layer=layer.name())
