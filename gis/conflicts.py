# SPDX-License-Identifier: GPL-2.0-or-later
"""Two people edit one record of a shared store: the second compares, then chooses.

A PostgreSQL store counts the versions of each record. A followed layer remembers which one was
read before the first edit and says it with what it saves, by whichever button: the database
writes that version or nothing (``store.postgres.triggers``), and the layer keeps its edits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsFeature, QgsFeatureRequest, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from ..domain.errors import StoreError
from ..domain.schema import load_schema
from ..store.postgres.columns import VERSION
from ..store.sql import GEOMETRY
from .editing import plain
from .project import layer_role

_NOT_COMPARED = (VERSION, "fid", "updated_at", "updated_by")


@dataclass(frozen=True)
class Difference:
    """A field that two people left with different values; ``geom`` is (lon, lat)."""

    field: str
    before: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Conflict:
    """A record that somebody else saved after it was read here."""

    layer: QgsVectorLayer
    key: str
    now: QgsFeature
    differences: tuple[Difference, ...]


class ReadVersions(QObject):
    """What a layer's records were when they were read, for those that are being edited."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        super().__init__(layer)
        self._layer = layer
        self.read: dict[int, QgsFeature] = {}
        layer.attributeValueChanged.connect(lambda fid, *_change: self._first(fid))
        layer.geometryChanged.connect(lambda fid, *_change: self._first(fid))
        layer.beforeCommitChanges.connect(lambda *_stop: self._say_versions())
        layer.afterCommitChanges.connect(self.read.clear)
        layer.afterRollBack.connect(self.read.clear)

    def _first(self, fid: int) -> None:
        if fid not in self.read and self._layer.isEditable():
            stored = stored_feature(self._layer, fid)
            if stored is not None:
                self.read[fid] = stored

    def _say_versions(self) -> None:
        """Let the versions go with what is saved; one that is said already is not said again."""
        column = self._layer.fields().indexOf(VERSION)
        changed = self._layer.editBuffer().changedAttributeValues()
        for fid in edited(self._layer):
            read = self.read.get(fid)
            if read is not None and changed.get(fid, {}).get(column) != read[VERSION]:
                self._layer.changeAttributeValue(fid, column, read[VERSION])


def follow_versions(layer: QgsVectorLayer) -> ReadVersions | None:
    """Follow the edits of a layer, once; None if its store does not count versions."""
    followed = layer.findChild(ReadVersions)
    if followed is None and layer.fields().indexOf(VERSION) >= 0:
        followed = ReadVersions(layer)
    return followed


def remember_read(layer: QgsVectorLayer, feature: QgsFeature) -> None:
    """Note that a person has this feature before the eyes (a form), to edit it perhaps."""
    followed = follow_versions(layer)
    if followed is not None and feature.id() > 0:
        followed.read.setdefault(feature.id(), QgsFeature(feature))


def conflicts(layer: QgsVectorLayer) -> tuple[Conflict, ...]:
    """Return the edited records that somebody else has saved since they were read.

    StoreError if one of them was deleted meanwhile: there is nothing to save it into.
    """
    followed = follow_versions(layer)
    if followed is None or not layer.isModified():
        return ()
    key = load_schema().table(layer_role(layer)).key
    found = []
    for fid in edited(layer):
        read = followed.read.get(fid)
        if read is None:
            continue
        now = stored_feature(layer, fid)
        if now is None:
            raise StoreError(
                "« {layer} »: somebody else deleted the record {key}, which you edited. Nothing "
                "was saved: take your edit of it back, or copy it into a new record.",
                layer=layer.name(),
                key=read[key],
            )
        if now[VERSION] != read[VERSION]:
            found.append(Conflict(layer, read[key], now, tuple(_differences(layer, read, now))))
    return tuple(found)


def settle(conflict: Conflict, mine: Collection[str]) -> None:
    """Keep one's own value of the fields ``mine`` and the other's of the rest, to be saved.

    Nothing is written yet: if a third person saves before, there is another conflict.
    """
    layer, now = conflict.layer, conflict.now
    layer.beginEditCommand(conflict.key)
    for difference in conflict.differences:
        own = difference.field in mine
        if difference.field == GEOMETRY:
            if not own:
                layer.changeGeometry(now.id(), QgsGeometry(now.geometry()))
            elif difference.mine == difference.before:
                layer.changeGeometry(now.id(), _geometry(difference.mine))
            continue
        index = layer.fields().indexOf(difference.field)
        value = difference.mine if own else now[difference.field]
        layer.changeAttributeValue(now.id(), index, value)
    layer.endEditCommand()
    followed = follow_versions(layer)
    if followed is not None:
        followed.read[now.id()] = now


def edited(layer: QgsVectorLayer) -> list[int]:
    """Return the stored features of a layer that have edits not saved yet."""
    edits = layer.editBuffer()
    if edits is None:
        return []
    return sorted({*edits.changedAttributeValues(), *edits.changedGeometries()})


def stored_feature(layer: QgsVectorLayer, fid: int) -> QgsFeature | None:
    """Return a feature as the store has it now, without one's own edits."""
    feature = QgsFeature()
    found = layer.dataProvider().getFeatures(QgsFeatureRequest(fid)).nextFeature(feature)
    return feature if found else None


def _differences(layer: QgsVectorLayer, read: QgsFeature, now: QgsFeature) -> Iterator[Difference]:
    """Yield the fields that one would leave otherwise than the other has."""
    edits = layer.editBuffer()
    mine = edits.changedAttributeValues().get(now.id(), {})
    for index, field in enumerate(layer.fields()):
        name = field.name()
        values = [plain(one) for one in (read[name], mine.get(index, read[name]), now[name])]
        if name not in _NOT_COMPARED and values[1] != values[2]:
            yield Difference(name, *values)
    moved = edits.changedGeometries().get(now.id(), read.geometry())
    points = [_point(one) for one in (read.geometry(), moved, now.geometry())]
    if points[1] != points[2]:
        yield Difference(GEOMETRY, *points)


def _geometry(point: tuple[float, float] | None) -> QgsGeometry:
    return QgsGeometry.fromPointXY(QgsPointXY(*point)) if point else QgsGeometry()


def _point(geometry: QgsGeometry) -> tuple[float, float] | None:
    if geometry.isEmpty():
        return None
    point = geometry.asPoint()
    return point.x(), point.y()
