# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS lifecycle: what loading adds, unloading removes, in reverse order."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .gis.algorithms.provider import Provider
from .gis.titles import interface_locale

RESOURCES = Path(__file__).resolve().parent / "resources"
MENU = "Carte CP3"
DOCK_WIDTH = 430  # pixels: what the places need to stand side by side


class Plugin:
    """Owns the translator, the Processing provider, one action and one dock."""

    def __init__(self, iface) -> None:
        self.iface = iface
        self.dock = None
        self._undo = ExitStack()

    def initGui(self) -> None:  # noqa: N802 (QGIS calls this name)
        """Add translator, provider and action."""
        self._install_translator()
        self.initProcessing()
        icon = QIcon(str(RESOURCES / "icon.svg"))
        self.action = QAction(icon, MENU, self.iface.mainWindow())
        self._undo.callback(self.action.deleteLater)
        self.action.setCheckable(True)
        self.action.toggled.connect(self._make_dock)
        self.iface.addToolBarIcon(self.action)
        self._undo.callback(self.iface.removeToolBarIcon, self.action)
        self.iface.addPluginToMenu(MENU, self.action)
        self._undo.callback(self.iface.removePluginMenu, MENU, self.action)

    def initProcessing(self) -> None:  # noqa: N802 (qgis_process calls this alone)
        """Add the Processing provider."""
        provider = Provider()
        registry = QgsApplication.processingRegistry()
        if registry.addProvider(provider):
            self._undo.callback(registry.removeProvider, provider)

    def unload(self) -> None:
        """Take away everything that was added."""
        self._undo.close()
        self.dock = None

    def _make_dock(self, _checked: bool) -> None:
        """Make the dock at its first showing; from then on the action only shows and hides it."""
        from .ui.dock import ServicesDock  # not before: keeps QGIS's start fast

        self.dock = ServicesDock(self.iface)
        self._undo.callback(self.dock.deleteLater)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self._undo.callback(self.iface.removeDockWidget, self.dock)
        window = self.iface.mainWindow()
        width = min(DOCK_WIDTH, window.width() * 2 // 5)
        window.resizeDocks([self.dock], [width], Qt.Orientation.Horizontal)
        self.action.toggled.disconnect(self._make_dock)
        self.dock.setUserVisible(True)
        self.dock.setToggleVisibilityAction(self.action)

    def _install_translator(self) -> None:
        translator = QTranslator()
        locale = QLocale(interface_locale())
        if translator.load(locale, "carte_cp3", "_", str(RESOURCES / "i18n")):
            QCoreApplication.installTranslator(translator)
            self._undo.callback(QCoreApplication.removeTranslator, translator)
