# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of sites and the layer of sites in step: what is selected, and what is edited."""

from __future__ import annotations

from collections.abc import Collection

from qgis.core import QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...gis.editing import Row, to_row

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
        self._keys: dict[int, str] | None = None  # by feature identifier, made when needed
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
        self._keys = None
        self._touched.clear()

    def select(self, keys: Collection[str]) -> None:
        """Select the features of some records; it is not said back."""
        if self.layer is None:
            return
        wanted = set(keys)
        known = self._known() if wanted else {}
        identifiers = [one for one, key in known.items() if key in wanted]
        self._telling = True
        try:
            self.layer.selectByIds(identifiers)
        finally:
            self._telling = False

    def selection(self) -> set[str]:
        """Return the keys of the features that are selected."""
        if self.layer is None or not self.layer.selectedFeatureCount():
            return set()
        known = self._known()
        return {known[one] for one in self.layer.selectedFeatureIds() if one in known}

    def _known(self) -> dict[int, str]:
        if self._keys is None and self.layer is not None:
            request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
            request.setSubsetOfAttributes(["site_id"], self.layer.fields())
            self._keys = {one.id(): one["site_id"] for one in self.layer.getFeatures(request)}
        return self._keys or {}

    def _tell_selection(self, *_changes) -> None:
        if not self._telling:
            self.selected.emit(self.selection())

    def touch(self, identifier: int, *_change) -> None:
        """Remember an edited feature; what became of it is told once Qt is idle."""
        self._known()
        self._touched.add(identifier)
        self._later.start(0)

    def _tell_edits(self) -> None:
        if self.layer is None or not self._touched:
            return
        touched, self._touched = self._touched, set()
        known = self._known()
        request = QgsFeatureRequest().setFilterFids(list(touched))
        rows: list[Row] = []
        for feature in self.layer.getFeatures(request):
            known[feature.id()] = feature["site_id"]
            rows.append(to_row(feature))
        found = {row["site_id"] for row in rows}
        gone = {known.pop(one) for one in touched if one in known and known[one] not in found}
        self.edited.emit(rows, gone)

    def _roll_back(self) -> None:
        self.forget()
        self.restored.emit()
