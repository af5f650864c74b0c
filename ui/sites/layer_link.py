# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of sites and the layer of sites in step: what is selected, and what is edited."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...gis.editing import Row, feature_ids, to_row

#: Signals of a layer that say that one of its features is not what it was.
_EDITED = ("attributeValueChanged", "geometryChanged", "featureAdded")


class LayerLink(QObject):
    """Follows one layer of sites.

    ``selected`` brings the keys of the features that are selected now, however that came;
    ``edited`` the rows of features edited since (not saved yet) and the keys of those deleted;
    ``restored`` says that edits were thrown away.
    """

    selected = pyqtSignal(object)
    edited = pyqtSignal(object, object)
    restored = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer: QgsVectorLayer | None = None
        self._known: dict[int, str] = {}  # keys of features that are edited, by their identifier
        self._touched: set[int] = set()
        self._telling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._tell_edits)

    def follow(self, layer: QgsVectorLayer | None) -> None:
        """Follow another layer, or none."""
        if layer is self.layer:
            return
        self._leave()
        self.layer = layer
        self.forget()
        if layer is None:
            return
        layer.willBeDeleted.connect(self._lost)
        layer.selectionChanged.connect(self._tell_selection)
        layer.featureDeleted.connect(self.touch)
        layer.afterRollBack.connect(self._roll_back)
        layer.afterCommitChanges.connect(self.forget)
        layer.dataChanged.connect(self.forget)
        for name in _EDITED:
            getattr(layer, name).connect(self.touch)

    def _leave(self) -> None:
        if self.layer is None:
            return
        self.layer.willBeDeleted.disconnect(self._lost)
        self.layer.selectionChanged.disconnect(self._tell_selection)
        self.layer.featureDeleted.disconnect(self.touch)
        self.layer.afterRollBack.disconnect(self._roll_back)
        self.layer.afterCommitChanges.disconnect(self.forget)
        self.layer.dataChanged.disconnect(self.forget)
        for name in _EDITED:
            getattr(self.layer, name).disconnect(self.touch)

    def _lost(self) -> None:
        self.layer = None
        self.forget()

    def forget(self) -> None:
        """Look up which feature is which record again: the features may be others now."""
        self._known.clear()
        self._touched.clear()

    def select(self, keys: Collection[str]) -> None:
        """Select the features of some records; it is not said back."""
        if self.layer is None:
            return
        identifiers = feature_ids(self.layer, keys) if keys else []
        self._telling = True
        try:
            self.layer.selectByIds(identifiers)
        finally:
            self._telling = False

    def selection(self) -> set[str]:
        """Return the keys of the features that are selected."""
        if self.layer is None or not self.layer.selectedFeatureCount():
            return set()
        return set(self._keys_of(self.layer.selectedFeatureIds()).values())

    def _keys_of(self, identifiers: Collection[int]) -> dict[int, str]:
        """Return the keys of some features of the layer, by their identifiers."""
        if self.layer is None:
            return {}
        request = self._request(identifiers)
        return {one.id(): one["site_id"] for one in self.layer.getFeatures(request)}

    def _request(self, identifiers: Collection[int]) -> QgsFeatureRequest:
        request = QgsFeatureRequest().setFilterFids(list(identifiers))
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        return request.setSubsetOfAttributes(["site_id"], self.layer.fields())

    def _tell_selection(self, *_changes) -> None:
        if not self._telling:
            self.selected.emit(self.selection())

    def touch(self, identifier: int, *_change) -> None:
        """Remember an edited feature; what became of it is told once Qt is idle."""
        self._touched.add(identifier)
        self._later.start(0)

    def _tell_edits(self) -> None:
        if self.layer is None or not self._touched:
            return
        touched, self._touched = self._touched, set()
        request = QgsFeatureRequest().setFilterFids(list(touched))
        rows: list[Row] = []
        for feature in self.layer.getFeatures(request):
            self._known[feature.id()] = feature["site_id"]
            rows.append(to_row(feature))
        found = {row["site_id"] for row in rows}
        self.edited.emit(rows, self._gone(touched) - found)

    def _gone(self, touched: Collection[int]) -> set[str]:
        """Return the keys of those of some features that the layer has no more.

        One that was saved is still in the store; one that was only added was told of before.
        """
        there = set(self._keys_of(touched))
        lost = [one for one in touched if one not in there]
        saved = self.layer.dataProvider().getFeatures(self._request(lost)) if lost else ()
        keys = {one.id(): one["site_id"] for one in saved}
        return {self._known.pop(one, None) or keys.get(one, "") for one in lost} - {""}

    def _roll_back(self) -> None:
        self.forget()
        self.restored.emit()
