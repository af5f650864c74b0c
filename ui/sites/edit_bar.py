# SPDX-License-Identifier: GPL-2.0-or-later
"""Edits that are not in the store yet: how many, the last one taken back, all of them saved."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from qgis.core import QgsMapLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer
from qgis.PyQt.QtWidgets import QDialog

from ...domain.errors import CarteError
from ...gis.conflicts import conflicts, follow_versions, settle
from ...gis.editing import edited_layers, save_edits
from ...gis.project import STORE_ROLES, layer_role
from ..language import number
from ..session import Session
from .conflict_dialog import ConflictDialog

translate = QCoreApplication.translate


class EditBar(QObject):
    """Drives the bar below the table of sites; it is there while something waits to be saved."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self._done: list[tuple[int, str]] = []  # turn of Qt's loop, layer
        self._index: dict[str, int] = {}
        self._turn = 0
        form.editBar.hide()
        form.undoEditButton.clicked.connect(self.undo)
        form.saveEditsButton.clicked.connect(self.save)
        session.project.layersAdded.connect(self._follow)
        self._follow(session.project.mapLayers().values())
        self._show()

    def _follow(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if isinstance(layer, QgsVectorLayer) and layer_role(layer) in STORE_ROLES:
                follow_versions(layer)
                layer.undoStack().indexChanged.connect(partial(self._stepped, layer.id()))
                layer.afterCommitChanges.connect(self._show)
                layer.afterRollBack.connect(self._show)
                for _step in range(layer.undoStack().index()):  # edited before the dock was there
                    self._done.append((self._turn, layer.id()))
                    self._next_turn()
                self._index[layer.id()] = layer.undoStack().index()

    def _stepped(self, layer_id: str, index: int) -> None:
        """Remember in which order the layers were edited: each has an undo of its own."""
        before, self._index[layer_id] = self._index.get(layer_id, 0), index
        if index > before:
            self._done.append((self._turn, layer_id))
            QTimer.singleShot(0, self._next_turn)
        else:
            for _step in range(before - index):
                self._forget_last(layer_id)
        QTimer.singleShot(0, self._show)

    def _next_turn(self) -> None:
        self._turn += 1

    def _forget_last(self, layer_id: str) -> None:
        for place in range(len(self._done) - 1, -1, -1):
            if self._done[place][1] == layer_id:
                del self._done[place]
                return

    def undo(self) -> None:
        """Take back the last edit, in every layer that it was one of."""
        if not self._done:
            return
        turn = self._done[-1][0]
        for layer_id in [layer_id for one, layer_id in reversed(self._done) if one == turn]:
            layer = self.session.project.mapLayer(layer_id)
            if layer is not None:
                layer.undoStack().undo()
                layer.triggerRepaint()
        self._show()

    def save(self) -> None:
        """Write all edits into the store, in the order that it needs."""
        try:
            if self._compared():
                save_edits(self.session.project)
        except CarteError as error:
            self.session.say_error(error)
        self._show()

    def _compared(self) -> bool:
        """Show what somebody else saved meanwhile, record by record; False if one is left open."""
        for layer in edited_layers(self.session.project):
            for conflict in conflicts(layer):
                dialog = ConflictDialog(conflict, self.form.window())
                if conflict.differences and dialog.exec() != QDialog.DialogCode.Accepted:
                    return False
                settle(conflict, dialog.mine)
        return True

    def _show(self) -> None:
        layers = edited_layers(self.session.project)
        count = sum(layer.undoStack().index() for layer in layers)
        text = translate("CarteCP3", "Edits not saved yet: {count}")
        self.form.editLabel.setText(text.format(count=number(count)))
        self.form.undoEditButton.setEnabled(bool(self._done))
        self.form.editBar.setVisible(bool(layers))
