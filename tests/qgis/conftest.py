# SPDX-License-Identifier: GPL-2.0-or-later
"""A QGIS without a screen for the tests: one application, settings of its own, real layers."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from . import dock_hands
from .dock_hands import settle

SITES = (
    ("OFPPT", "SPÉCIMEN formation", "نموذج التكوين", "06.141.01.0", "entrance", -7.61, 33.58),
    ("ANAPEC", "SPÉCIMEN emploi", "نموذج التشغيل", "06.141.01.0", "commune", -7.60, 33.57),
    ("EN", "SPÉCIMEN accueil", None, "04.421.01.0", "street", -6.84, 34.01),
    ("ART", "SPÉCIMEN artisanat", None, None, "unknown", None, None),
)


@pytest.fixture(scope="session")
def qgis_app(tmp_path_factory):
    """The one QgsApplication of the process, with windows and an empty profile."""
    core = pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(tmp_path_factory.mktemp("profile"))
    application = core.QgsApplication([], True)
    application.initQgis()
    from qgis.gui import QgsGui

    QgsGui.editorWidgetRegistry().initEditors()  # as QGIS's window does, for its forms
    yield application
    close_windows(application)
    core.QgsProject.instance().clear()


def close_windows(application) -> None:
    """Delete what is still open: a widget that outlives the application crashes the process."""
    from qgis.PyQt.QtCore import QCoreApplication, QEvent

    for widget in application.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.fixture(scope="module")
def processing(qgis_app):
    """QGIS's own module ``processing``, with the plugin's provider registered."""
    from carte_cp3.gis.algorithms.provider import Provider
    from qgis.core import QgsApplication

    plugins = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    if plugins not in sys.path:
        sys.path.append(plugins)
    module = pytest.importorskip("processing", reason="QGIS's Processing plugin is not installed")
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = Provider()
    QgsApplication.processingRegistry().addProvider(provider)
    yield module
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture(scope="session")
def specimen_file(tmp_path_factory) -> Path:
    """A store with four published sites, a service, its offer and a draft; copied by ``store``."""
    from carte_cp3.store.database import create_store

    path = tmp_path_factory.mktemp("specimen") / "services.gpkg"
    with create_store(str(path)) as store, store.transaction(by="tests"):
        for number, (code, name, arabic, commune, precision, lon, lat) in enumerate(SITES):
            store.insert(
                "site",
                [
                    {
                        "site_id": f"site-{number}",
                        "institution_code": code,
                        "name_fr": name,
                        "name_ar": arabic,
                        "commune_code": commune,
                        "precision": precision,
                        "lon": lon,
                        "lat": lat,
                        "languages": "{fr,ar}",
                        "status": "published",
                    }
                ],
            )
        draft = {"site_id": "draft", "institution_code": "EN", "name_fr": "SPÉCIMEN brouillon"}
        store.insert("site", [{**draft, "lon": -5.0, "lat": 34.03}])
        service = {"service_id": "service-0", "institution_code": "OFPPT"}
        store.insert("service", [{**service, "name_fr": "SPÉCIMEN cours", "status": "published"}])
        offer = {"offer_id": "offer-0", "service_id": "service-0", "site_id": "site-0"}
        store.insert("offer", [{**offer, "status": "published"}])
    return path


@pytest.fixture
def store_file(specimen_file, tmp_path) -> Path:
    """The path of a store of this test's own, closed."""
    return Path(shutil.copy(specimen_file, tmp_path / "services.gpkg"))


@pytest.fixture
def store(store_file):
    """An open store of this test's own."""
    from carte_cp3.store.database import open_store

    with open_store(str(store_file)) as opened:
        yield opened


@pytest.fixture(scope="session")
def authcfg(qgis_app, database):
    """The account of the tests' database, kept in QGIS's authentication store."""
    from carte_cp3.store.postgres.address import parse_location
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    words = parse_location(f"PG:{database}").words
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("SPÉCIMEN", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("SPÉCIMEN")
    config.setConfig("username", words["user"])
    config.setConfig("password", words["password"])
    assert manager.storeAuthenticationConfig(config)
    return config.id()


@pytest.fixture
def location(database, authcfg, request):
    """The location of a store of this test's own, as a person keeps it: without a password."""
    from carte_cp3.store.postgres.address import parse_location

    words = parse_location(f"PG:{database}").words
    place = {name: words[name] for name in ("host", "port", "dbname")}
    schema = f"layers_{abs(hash(request.node.name))}"
    dsn = " ".join(f"{name}={value}" for name, value in place.items())
    return f"PG:{dsn} schema={schema} authcfg={authcfg}"


@pytest.fixture
def server_store(location, store):
    """The tests' four sites, a service, its offer and a draft, in PostgreSQL."""
    from carte_cp3.gis.connections import resolved
    from carte_cp3.store.copying import copy_store
    from carte_cp3.store.database import create_store

    with create_store(resolved(location)) as made:
        copy_store(store, made)
        yield made


@pytest.fixture(scope="session")
def boundaries(tmp_path_factory) -> Path:
    """A copy of the boundaries that QGIS may open."""
    from carte_cp3.store.boundaries import BOUNDARIES

    return Path(shutil.copy(BOUNDARIES, tmp_path_factory.mktemp("boundaries")))


@pytest.fixture
def project(qgis_app):
    """An empty project that is not the one of the window."""
    from qgis.core import QgsProject

    made = QgsProject()
    yield made
    made.clear()


@pytest.fixture
def iface(qgis_app):
    """The interface that QGIS hands to plugins: real window, canvas and message bar."""
    from qgis.gui import QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow

    window = QMainWindow()
    canvas = QgsMapCanvas(window)
    window.setCentralWidget(canvas)
    bar = QgsMessageBar(window)
    window.show()
    made = MagicMock()
    made.mainWindow.return_value = window
    made.mapCanvas.return_value = canvas
    made.messageBar.return_value = bar
    made.vectorLayerTools.return_value = layer_tools()
    made.addDockWidget.side_effect = window.addDockWidget
    made.removeDockWidget.side_effect = window.removeDockWidget
    yield made
    close_windows(qgis_app)


def layer_tools():
    """What QGIS gives its forms to edit other layers with."""
    from qgis.core import QgsVectorLayerTools

    class Tools(QgsVectorLayerTools):
        def addFeature(self, *_arguments, **_named):  # noqa: N802 (QGIS's name)
            return False, None

        def startEditing(self, layer):  # noqa: N802 (QGIS's name)
            return layer.startEditing()

        def stopEditing(self, layer, allow_cancel=True):  # noqa: N802 (QGIS's name)
            return layer.commitChanges()

        def saveEdits(self, layer):  # noqa: N802 (QGIS's name)
            return layer.commitChanges(False)

    return Tools()


@pytest.fixture(scope="session")
def hands():
    """What a test does with the dock: ``settle(dock)``, ``click(button)``, ``messages(dock)``."""
    return dock_hands


@pytest.fixture(params=["fr"])
def language(request, qgis_app):
    """QGIS in a language: its settings, and the plugin's translation."""
    import carte_cp3
    from qgis.core import QgsSettings
    from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

    settings = QgsSettings()
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", request.param)
    translator = QTranslator()
    folder = str(Path(carte_cp3.__file__).parent / "resources" / "i18n")
    assert translator.load(QLocale(request.param), "carte_cp3", "_", folder)
    QCoreApplication.installTranslator(translator)
    yield request.param
    QCoreApplication.removeTranslator(translator)
    for key in ("locale/overrideFlag", "locale/userLocale", "carte_cp3"):
        settings.remove(key)


@pytest.fixture
def dock(iface, language):
    """The dock in its window, without a store."""
    from carte_cp3.ui.dock import ServicesDock
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt

    made = ServicesDock(iface)
    iface.mainWindow().addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, made)
    made.show()
    yield made
    settle(made)
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QgsProject.instance().clear()


@pytest.fixture
def opened(dock, store_file):
    """The dock on a store of four published sites and a draft."""
    dock.session.open(str(store_file))
    settle(dock)
    return dock
