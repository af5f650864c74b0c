# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer stays open for editing as long as a form shows one of its records."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer

from ...domain.errors import CarteError
from ...gis.editing import begin_editing


class KeptEditing(QObject):
    """Opens a layer for editing, and again when the edits of others were saved or thrown away.

    QGIS's form forgets what was typed once its layer is not edited any more, and saves nothing.
    ``failed`` is told if the layer cannot be opened again. StoreError if it cannot be at first.
    """

    def __init__(
        self, layer: QgsVectorLayer, failed: Callable[[Exception], None], parent: QObject
    ) -> None:
        opened = begin_editing(layer)
        super().__init__(parent)
        self._layer = layer
        self._failed = failed
        self._opened = opened
        # QGIS has still something to do after it has said so: ours comes next.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._again)
        layer.editingStopped.connect(self._later.start)

    def _again(self) -> None:
        try:
            self._opened = begin_editing(self._layer) or self._opened
        except CarteError as error:
            self._failed(error)

    def end(self) -> None:
        """Close the layer again if it was opened for this form and nothing in it was edited."""
        self.leave()
        if self._opened and self._layer.isEditable() and not self._layer.isModified():
            self._layer.rollBack()

    def leave(self) -> None:
        """Let go of the layer, which may be about to go."""
        self._later.stop()
        self._layer.editingStopped.disconnect(self._later.start)
