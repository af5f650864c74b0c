# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin's life: loads, shows, unloads, twice, without a trace; and without its libraries."""

from __future__ import annotations

import configparser
import gc
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3 import plugin as lifecycle
from carte_cp3.domain.errors import MissingDependency
from carte_cp3.gis.algorithms.base import missing
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, QTranslator
from qgis.PyQt.QtWidgets import QAction, QDockWidget

ROOT = Path(carte_cp3.__file__).resolve().parent
HEAVY = ("shapely", "pyproj", "qgis2web", "phonenumbers", "xlsxwriter", "segno", "pypdf")


def settle() -> None:
    """Let Qt delete what was asked to be deleted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()


def traces(iface) -> dict:
    """What a plugin could leave behind in QGIS."""
    settle()
    window = iface.mainWindow()
    return {
        "docks": [dock.objectName() for dock in window.findChildren(QDockWidget)],
        "actions": [one.text() for one in window.findChildren(QAction) if "CP3" in one.text()],
        "providers": sorted(one.id() for one in QgsApplication.processingRegistry().providers()),
        "translators": len(QCoreApplication.instance().findChildren(QTranslator)),
        "windows": sorted(type(one).__name__ for one in QgsApplication.topLevelWidgets()),
        "children": len(window.findChildren(QObject)),
    }


def added_and_removed(iface) -> tuple:
    """The actions that were given to and taken from QGIS's menu and tool bar."""
    return (
        [call.args for call in iface.addToolBarIcon.call_args_list],
        [call.args for call in iface.removeToolBarIcon.call_args_list],
        [call.args for call in iface.addPluginToMenu.call_args_list],
        [call.args for call in iface.removePluginMenu.call_args_list],
    )


def test_loads_shows_and_unloads_twice_without_a_trace(iface):
    before = traces(iface)
    for _ in range(2):
        plugin = carte_cp3.classFactory(iface)
        plugin.initGui()
        assert QgsApplication.processingRegistry().providerById("carte_cp3") is not None
        assert not iface.mainWindow().findChildren(QDockWidget), "the dock waits for its first use"
        plugin.action.trigger()
        (dock,) = iface.mainWindow().findChildren(QDockWidget)
        assert not dock.isHidden()
        assert plugin.action.isChecked()
        plugin.action.trigger()
        assert dock.isHidden()
        plugin.action.trigger()
        assert not dock.isHidden()
        plugin.unload()
        del plugin, dock
        assert traces(iface) == before
    icons_in, icons_out, menus_in, menus_out = added_and_removed(iface)
    assert len(icons_in) == len(menus_in) == 2
    assert icons_in == icons_out
    assert menus_in == menus_out


def test_unloads_with_windows_open_and_a_click_awaited(iface, store_file, hands, capsys):
    canvas = iface.mapCanvas()
    before = traces(iface)
    for _ in range(2):
        plugin = carte_cp3.classFactory(iface)
        plugin.initGui()
        plugin.action.trigger()
        dock = plugin.dock
        dock.session.open(str(store_file))
        hands.settle(dock)
        dock.form.places.setCurrentIndex(1)
        hands.click(dock.control.duplicatesButton)
        hands.settle(dock)
        assert dock.control.duplicates.isVisible()
        dock.form.places.setCurrentIndex(0)
        hands.click(dock.data.addSiteButton)
        assert canvas.mapTool() is dock.data.actions_box.tool is not None
        plugin.unload()
        del plugin, dock
        settle()
        assert canvas.mapTool() is None, "no click on the map is taken any more"
        iface.messageBar().clearWidgets()
        QgsProject.instance().clear()
        assert traces(iface) == before
    assert "Traceback" not in capsys.readouterr().err


def test_unloads_without_ever_having_shown_its_dock(iface):
    before = traces(iface)
    plugin = carte_cp3.classFactory(iface)
    plugin.initGui()
    plugin.unload()
    assert traces(iface) == before


def test_processing_alone_needs_no_window(qgis_app):
    """``qgis_process`` calls initProcessing only, with no interface at all."""
    plugin = carte_cp3.classFactory(None)
    plugin.initProcessing()
    registry = QgsApplication.processingRegistry()
    names = sorted(one.name() for one in registry.providerById("carte_cp3").algorithms())
    plugin.unload()
    assert names == [
        "buildproject",
        "calllist",
        "checkin",
        "checkout",
        "checkstore",
        "committeereport",
        "createstore",
        "exportstore",
        "importtable",
        "printsheets",
        "publishwebmap",
        "reach",
        "restoreinstitution",
        "rollbackwebmap",
        "undoimport",
    ]
    assert registry.providerById("carte_cp3") is None


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_language_of_qgis_is_spoken_and_forgotten(iface, monkeypatch, language):
    file = ROOT / "resources" / "i18n" / f"carte_cp3_{language}.qm"
    if not file.exists():
        pytest.skip(f"{file.name} is not there: run lrelease on its .ts file")
    monkeypatch.setattr(lifecycle.QgsApplication, "locale", staticmethod(lambda: language))
    plugin = carte_cp3.classFactory(iface)
    plugin.initGui()
    spoken = QCoreApplication.translate("CarteCP3", "Import a table")
    plugin.unload()
    assert spoken != "Import a table"
    assert QCoreApplication.translate("CarteCP3", "Import a table") == "Import a table"


def test_settings_of_the_tests_are_not_those_of_the_user(qgis_app, tmp_path_factory):
    assert str(tmp_path_factory.getbasetemp()) in QgsSettings().fileName()


def run_apart(code: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run code in a Python of its own, under the tests' name of the package."""
    setting_up = f"""
        import os, sys
        sys.path.insert(0, {str(ROOT / "tests")!r})
        import conftest
    """
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(setting_up) + textwrap.dedent(code), *arguments],
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_loads_and_creates_a_store_without_its_libraries(tmp_path):
    code = f"""
        for name in {HEAVY!r}:
            sys.modules[name] = None  # importing it now fails
        from unittest.mock import MagicMock
        from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
        from qgis.PyQt.QtWidgets import QMainWindow
        application = QgsApplication([], True)
        application.initQgis()
        import carte_cp3
        iface = MagicMock()
        window = QMainWindow()
        iface.mainWindow.return_value = window
        plugin = carte_cp3.classFactory(iface)
        plugin.initGui()
        registry = QgsApplication.processingRegistry()
        algorithm = registry.createAlgorithmById("carte_cp3:createstore")
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        outputs, done = algorithm.run({{"STORE": sys.argv[1]}}, context, feedback)
        print(done, os.path.exists(outputs["STORE"]))
        plugin.unload()
        print("unloaded")
        sys.stdout.flush()
        os._exit(0)
    """
    done = run_apart(code, str(tmp_path / "services.gpkg"))
    assert done.stdout.split("\n")[:2] == ["True True", "unloaded"], done.stderr


def test_loading_imports_nothing_heavy():
    code = f"""
        import qgis.core, qgis.PyQt.QtWidgets  # from 3.34 on they bring numpy and shapely
        there = set(sys.modules)
        import carte_cp3.plugin
        heavy = {(*HEAVY, "numpy", "osgeo", "sqlite3")!r}
        print([name for name in heavy if name in sys.modules and name not in there])
        ours = ("carte_cp3.store", "carte_cp3.ui", "carte_cp3.domain.schema")
        print([n for n in sys.modules if n.startswith(ours)])
        sys.stdout.flush()
        os._exit(0)
    """
    done = run_apart(code)
    assert done.stdout.split("\n")[:2] == ["[]", "[]"], done.stdout + done.stderr


def test_a_missing_library_is_named_with_the_way_to_install_it():
    error = missing(ModuleNotFoundError("No module named 'pyproj.crs'", name="pyproj.crs"))
    assert isinstance(error, MissingDependency)
    assert "pip install pyproj »" in str(error)


def test_metadata_say_what_qgis_needs():
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    assert general["plugin_dependencies"] == "qgis2web"
    assert (ROOT / general["icon"]).is_file()
    for field in ("name", "description", "about", "version", "author", "email", "tracker"):
        assert general[field], field
    assert "supportsQt6" not in general
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split()[:3] == [
        "GNU",
        "GENERAL",
        "PUBLIC",
    ]
