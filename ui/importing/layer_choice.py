# SPDX-License-Identifier: GPL-2.0-or-later
"""A layer of the project chosen instead of a file: the menu beside the file of the import."""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QMenu

from ...domain.errors import CarteError
from ...gis.layer_table import importable_layers, layer_file
from ..language import isolated
from ..session import Session

translate = QCoreApplication.translate


class LayerChoice:
    """Lists the layers that are not the store's own; the one chosen becomes the form's file."""

    def __init__(self, form, session: Session) -> None:
        self.form = form
        self.session = session
        self._folder = tempfile.TemporaryDirectory(prefix="carte-cp3-")
        self.menu = QMenu(form.layerButton)
        self.menu.aboutToShow.connect(self._list)
        form.layerButton.setMenu(self.menu)
        form.destroyed.connect(self._folder.cleanup)

    def choose(self, layer: QgsVectorLayer) -> None:
        """Write a layer as a file and choose that; its name is the layer's."""
        folder = Path(tempfile.mkdtemp(dir=self._folder.name))
        try:
            self.form.file.setFilePath(str(layer_file(layer, folder)))
        except CarteError as error:
            self.session.say_error(error)

    def holds(self, path: str) -> bool:
        """Whether a file is one that a layer was written into."""
        return Path(self._folder.name) in Path(path).parents

    def _list(self) -> None:
        self.menu.clear()
        for layer in importable_layers(self.session.project):
            action = self.menu.addAction(isolated(layer.name()))
            action.triggered.connect(lambda _checked=False, layer=layer: self.choose(layer))
        if self.menu.isEmpty():
            nothing = self.menu.addAction(translate("CarteCP3", "No other layer in the project"))
            nothing.setEnabled(False)
