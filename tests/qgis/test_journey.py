# SPDX-License-Identifier: GPL-2.0-or-later
"""The cartographer's whole day with the plugin, from loading to unloading, twice on one store."""

from __future__ import annotations

import gc

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3.gis import editing
from carte_cp3.gis.project import find_layer
from carte_cp3.store.database import open_store
from carte_cp3.ui import asking
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QDialogButtonBox, QDockWidget, QWidget


def sites():
    return find_layer(QgsProject.instance(), "site")


def stored(dock, key: str) -> dict:
    with open_store(dock.session.location) as store:
        return store.rows("site", site_id=key)[0]


def choose(dock, *keys: str) -> None:
    model, view = dock.data.sites_box.model, dock.data.sites
    view.clearSelection()
    flag = view.selectionModel().SelectionFlag
    for row in model.rows_of(keys):
        view.selectionModel().select(model.index(row, 0), flag.Select | flag.Rows)


def click_map(dock, lon: float, lat: float) -> None:
    canvas = dock.session.iface.mapCanvas()
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    ours = canvas.mapSettings().destinationCrs()
    point = QgsCoordinateTransform(degrees, ours, QgsProject.instance()).transform(
        QgsPointXY(lon, lat)
    )
    canvas.setCenter(point)
    canvas.zoomScale(2000)
    QTest.qWait(30)
    place = canvas.getCoordinateTransform().transform(point).toQPointF().toPoint()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.qWait(30)


def accept(dialog) -> None:
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.qWait(30)


def load(dock, hands, store_file):
    dock.session.open(str(store_file))
    hands.settle(dock)
    assert sites() is not None


def add(dock, hands, lon: float) -> str:
    """Add a site to Entraide Nationale by one click on the map; return its key."""
    hands.click(dock.data.addSiteButton)
    click_map(dock, lon, 33.99)
    form = dock.data.actions_box.dialog
    combo = form.editor.findChild(QWidget, "institution_code").findChildren(QComboBox)[-1]
    for _ in range(250):  # QGIS reads the institutions in a thread
        if combo.count() >= 4:
            break
        QTest.qWait(20)
    combo.setCurrentIndex(combo.findText("Entraide", Qt.MatchFlag.MatchContains))
    form.editor.changeAttribute("name_fr", f"SPÉCIMEN point {lon}")
    key = form.typed()["site_id"]
    accept(form)
    return key


def edit(dock, hands, key: str) -> None:
    """Type a telephone into the form, and into QGIS's own table a fault that can be mended."""
    choose(dock, key)
    hands.click(dock.data.editSiteButton)
    form = dock.data.actions_box.dialog
    form.editor.changeAttribute("phone", "05 37 77 00 00")
    accept(form)
    feature = editing.features_by_key(sites(), [key])[key]
    column = sites().fields().indexOf("address_ar")
    assert sites().changeAttributeValue(feature.id(), column, "12 rue SPÉCIMEN")
    hands.click(dock.data.saveEditsButton)
    hands.settle(dock)
    saved = stored(dock, key)
    assert (saved["phone"], saved["address_ar"]) == ("+212537770000", "12 rue SPÉCIMEN")


def check_and_fix(dock, hands, key: str) -> None:
    dock.form.places.setCurrentIndex(1)
    hands.click(dock.control.checkButton)
    hands.settle(dock)
    hands.click(dock.control.fixButton)
    hands.settle(dock)
    hands.click(dock.control.fixes.applyButton)
    hands.settle(dock)
    fixed = stored(dock, key)
    assert (fixed["address_fr"], fixed["address_ar"]) == ("12 rue SPÉCIMEN", None)


def merge(dock, hands, kept: str, other: str) -> None:
    dock.form.places.setCurrentIndex(0)
    QTest.qWait(30)
    choose(dock, kept, other)
    dock.data.actions_box.merge()
    hands.settle(dock)
    window = dock.data.actions_box.dialog
    hands.click(window.mergeButton)
    hands.settle(dock)
    window.close()
    states = sorted(stored(dock, key)["status"] for key in (kept, other))
    assert states == ["closed", "draft"]


def verify_and_undo(dock, hands, key: str) -> None:
    choose(dock, key)
    hands.click(dock.data.verifyButton)
    hands.settle(dock)
    assert stored(dock, key)["verified_on"]
    dock.data.actions_box.open_site(key)
    form = dock.data.actions_box.dialog
    form.editor.changeAttribute("landmark_fr", "SPÉCIMEN repère")
    accept(form)
    hands.click(dock.data.undoEditButton)
    feature = editing.features_by_key(sites(), [key])[key]
    assert editing.plain(feature["landmark_fr"]) is None
    assert dock.data.editBar.isHidden() or not sites().isModified()
    sites().rollBack()
    hands.settle(dock)


def style(dock, hands) -> None:
    dock.form.places.setCurrentIndex(2)
    panel = dock.style_panel
    panel.by.setCurrentIndex(panel.by.findData("status"))
    hands.click(panel.applyButton)
    assert isinstance(sites().renderer(), QgsCategorizedSymbolRenderer)
    assert sites().renderer().classAttribute() == '"status"'
    hands.click(panel.restoreButton)
    assert sites().renderer().classAttribute() == "institution_code"


def test_the_whole_day_twice(iface, language, store_file, hands, monkeypatch):
    monkeypatch.setattr(asking, "agreed", lambda *_a: True)
    registry = QgsApplication.processingRegistry()
    for turn in range(2):
        plugin = carte_cp3.classFactory(iface)
        plugin.initGui()
        plugin.action.trigger()
        dock = plugin.dock
        load(dock, hands, store_file)
        first = add(dock, hands, -6.80 - turn / 10)
        second = add(dock, hands, -6.8003 - turn / 10)
        edit(dock, hands, first)
        check_and_fix(dock, hands, first)
        merge(dock, hands, first, second)
        verify_and_undo(dock, hands, first)
        style(dock, hands)
        with open_store(str(store_file)) as store:
            assert len(store.rows("site")) == 5 + 2 * (turn + 1)
        plugin.unload()
        del plugin, dock
        QgsProject.instance().clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        gc.collect()
        assert not iface.mainWindow().findChildren(QDockWidget)
        assert registry.providerById("carte_cp3") is None
