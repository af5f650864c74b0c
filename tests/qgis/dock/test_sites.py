# SPDX-License-Identifier: GPL-2.0-or-later
"""The cartographer's day: sites looked for, added, edited, checked, verified, undone, saved."""

from __future__ import annotations

import shutil
import time
from datetime import date

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreError
from carte_cp3.gis import editing, site_edits
from carte_cp3.gis.project import find_layer
from carte_cp3.store.boundaries import load_locator
from carte_cp3.store.database import create_store, open_store
from carte_cp3.ui import asking
from carte_cp3.ui.settings import load_settings
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QDate, QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QPushButton,
    QWidget,
)

RABAT = (-6.8400, 34.0102)


def wait(milliseconds: int = 30) -> None:
    QTest.qWait(milliseconds)


def until(met, seconds: float = 5) -> None:
    """Let Qt work until something is so."""
    end = time.monotonic() + seconds
    while not met() and time.monotonic() < end:
        wait(20)
    assert met()


def box(dock):
    return dock.data.sites_box


def actions(dock):
    return dock.data.actions_box


def names(dock) -> list[str]:
    model = box(dock).model
    return [model.line(row).name for row in range(model.rowCount())]


def layer(role: str = "site"):
    return find_layer(QgsProject.instance(), role)


def site(path, key: str) -> dict:
    with open_store(str(path)) as store:
        return store.rows("site", site_id=key)[0]


def choose(dock, *keys: str) -> None:
    """Select rows of the table as a hand would."""
    model, view = box(dock).model, dock.data.sites
    view.clearSelection()
    flag = view.selectionModel().SelectionFlag
    for row in model.rows_of(keys):
        view.selectionModel().select(model.index(row, 0), flag.Select | flag.Rows)


def press(dialog, which=QDialogButtonBox.StandardButton.Ok) -> None:
    QTest.mouseClick(dialog.buttons.button(which), Qt.MouseButton.LeftButton)


def click_map(dock, lon: float, lat: float) -> None:
    """Click on the map at a point."""
    canvas = dock.session.iface.mapCanvas()
    source = QgsCoordinateReferenceSystem("EPSG:4326")
    target = canvas.mapSettings().destinationCrs()
    transform = QgsCoordinateTransform(source, target, QgsProject.instance())
    canvas.setCenter(transform.transform(QgsPointXY(lon, lat)))
    canvas.zoomScale(2000)
    wait()
    where = canvas.getCoordinateTransform().transform(transform.transform(QgsPointXY(lon, lat)))
    place = where.toQPointF().toPoint()
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    wait()


# -- the table -----------------------------------------------------------------------------------


def test_the_sites_are_searched_without_accents_case_or_forms_of_letters(opened):
    assert len(names(opened)) == 5
    opened.data.siteSearch.setText("specimen FORMATION")
    assert names(opened) == ["SPÉCIMEN formation"]
    opened.data.siteSearch.setText("نمودج التشغيل")
    assert names(opened) == []
    opened.data.siteSearch.setText("نموذج تشغيل")
    assert names(opened) == ["SPÉCIMEN emploi"]
    opened.data.siteSearch.setText("casablanca")
    assert set(names(opened)) == {"SPÉCIMEN emploi", "SPÉCIMEN formation"}
    opened.data.siteSearch.clear()
    assert len(names(opened)) == 5


def test_the_sites_are_filtered_by_institution_state_region_and_term(opened, hands):
    data = opened.data
    data.siteInstitution.setCurrentIndex(data.siteInstitution.findData("EN"))
    assert set(names(opened)) == {"SPÉCIMEN accueil", "SPÉCIMEN brouillon"}
    data.siteStatus.setCurrentIndex(data.siteStatus.findData("draft"))
    assert names(opened) == ["SPÉCIMEN brouillon"]
    data.siteInstitution.setCurrentIndex(0)
    data.siteStatus.setCurrentIndex(0)
    data.siteRegion.setCurrentIndex(data.siteRegion.findData("04"))
    assert names(opened) == ["SPÉCIMEN accueil"]
    data.siteRegion.setCurrentIndex(0)
    choose(opened, "site-2")
    actions(opened).verifying.verify("visite")
    hands.settle(opened)
    data.overdueButton.setChecked(True)
    assert "SPÉCIMEN accueil" not in names(opened)
    assert len(names(opened)) == 4


def test_a_heading_sorts(opened, hands):
    header = opened.data.sites.horizontalHeader()
    place = header.sectionViewportPosition(1) + 10
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center().__class__(place, 8)
    )
    model = box(opened).model
    shown = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert shown == sorted(shown)


def test_table_and_map_select_the_same_without_end(opened):
    told = []
    layer().selectionChanged.connect(lambda *_change: told.append(1))
    choose(opened, "site-0", "site-2")
    assert {one["site_id"] for one in layer().selectedFeatures()} == {"site-0", "site-2"}
    assert len(told) <= 3
    told.clear()
    layer().selectByExpression("\"site_id\" = 'site-1'")
    assert [line.key for line in box(opened).chosen()] == ["site-1"]
    assert len(told) == 1, "what the map selected is not selected again"
    opened.data.siteSearch.setText("emploi")
    assert [line.key for line in box(opened).chosen()] == ["site-1"], "a filter keeps the selection"
    assert "sélectionnés : 1" in opened.data.siteCount.text()


def test_a_double_click_shows_the_site_and_opens_its_form(opened):
    choose(opened, "site-2")
    index = box(opened).model.index(box(opened).model.rows_of(["site-2"])[0], 0)
    opened.data.sites.doubleClicked.emit(index)
    assert opened.session.iface.mapCanvas().scale() < 20_000
    form = actions(opened).dialog
    assert form.isVisible()
    assert form.windowTitle() == "SPÉCIMEN accueil"
    form.reject()
    wait()
    assert not layer().isEditable(), "a form that was only read leaves no edit behind"


# -- adding and typing ---------------------------------------------------------------------------


def test_one_click_adds_a_site_with_its_commune_and_its_neighbours(opened, hands):
    hands.click(opened.data.addSiteButton)
    click_map(opened, *RABAT)
    form = actions(opened).dialog
    assert not opened.data.addSiteButton.isChecked()
    assert "Rabat" in form.place.text()
    assert form.typed()["commune_code"].startswith("04.421.01")
    assert form.neighbours.topLevelItemCount() == 1, "the site next door is shown before saving"
    assert "accueil" in form.neighbours.topLevelItem(0).text(0)
    combo = form.editor.findChild(QWidget, "institution_code").findChildren(QComboBox)[-1]
    until(lambda: combo.count() >= 4)  # QGIS reads the institutions in a thread
    assert form.typed()["institution_code"] is None, "none is chosen unasked"
    combo.setCurrentIndex(combo.findText("Entraide", Qt.MatchFlag.MatchContains))
    form.editor.changeAttribute("name_fr", "SPÉCIMEN accueil")
    form.check()
    assert "est peut-être déjà" in form.neighboursLabel.text()
    form.editor.changeAttribute("name_fr", "SPÉCIMEN nouveau centre")
    key = form.typed()["site_id"]
    press(form)
    wait()
    assert load_settings().institution == "EN"
    assert "SPÉCIMEN nouveau centre" in names(opened), "it is listed before it is saved"
    assert not opened.data.editBar.isHidden()
    assert layer().undoStack().undoText() == "Site ajouté"
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    saved = site(opened.session.location, key)
    assert (saved["lon"], saved["lat"]) == pytest.approx(RABAT, abs=1e-4)
    assert (saved["status"], saved["precision"]) == ("draft", "street")
    assert opened.data.editBar.isHidden()
    hands.click(opened.data.addSiteButton)
    click_map(opened, -6.83, 34.02)
    assert actions(opened).dialog.typed()["institution_code"] == "EN", "the last one is remembered"
    press(actions(opened).dialog, QDialogButtonBox.StandardButton.Cancel)


def test_what_is_typed_is_checked_and_stored_as_the_importer_would(opened, hands):
    choose(opened, "site-2")
    hands.click(opened.data.editSiteButton)
    form = actions(opened).dialog
    form.show_field("phone")
    field = form.focusWidget()
    QTest.keyClicks(field, "sans numero")
    wait(400)
    rules = {one.rule for one in form.judgement.findings}
    assert "phone_unreadable" in rules
    assert "corriger ou à vider" in form.verdict.text()
    press(form)
    assert form.isVisible(), "what cannot be read is not stored"
    field.clear()
    QTest.keyClicks(field, "05 37 77 00 00")
    wait(400)
    assert "phone_unreadable" not in {one.rule for one in form.judgement.findings}
    press(form)
    wait()
    assert editing.features_by_key(layer(), ["site-2"])["site-2"]["phone"] == "+212537770000"
    hands.click(opened.data.undoEditButton)
    assert editing.plain(editing.features_by_key(layer(), ["site-2"])["site-2"]["phone"]) is None


def test_a_finding_leads_to_its_field(opened):
    actions(opened).open_site("site-2")
    form = actions(opened).dialog
    form.show_field("phone")
    (tabs,) = [one for one in form.editor.findChildren(type(opened.form.places)) if one.count() > 3]
    assert tabs.tabText(tabs.currentIndex()) == "Contact"
    form.reject()


# -- edits ---------------------------------------------------------------------------------------


def test_a_site_is_moved_and_moved_back(opened, hands):
    choose(opened, "site-1")
    actions(opened).move()
    click_map(opened, *RABAT)
    moved = editing.to_row(editing.features_by_key(layer(), ["site-1"])["site-1"])
    assert (moved["lon"], moved["lat"]) == pytest.approx(RABAT, abs=1e-4)
    assert moved["commune_code"].startswith("04.421.01")
    assert moved["precision"] == "street"
    wait()
    assert box(opened).chosen()[0].region == "04", "the table follows the edit"
    hands.click(opened.data.undoEditButton)
    back = editing.to_row(editing.features_by_key(layer(), ["site-1"])["site-1"])
    assert (back["lon"], back["commune_code"]) == (-7.60, "06.141.01.0")
    assert layer().undoStack().canRedo()


def test_a_site_is_split_off_with_its_services_and_both_layers_are_undone(opened, hands):
    choose(opened, "site-0")
    before = layer().featureCount(), layer("offer").featureCount()
    actions(opened).split()
    click_map(opened, *RABAT)
    assert (layer().featureCount(), layer("offer").featureCount()) == (before[0] + 1, before[1] + 1)
    form = actions(opened).dialog
    key = form.typed()["site_id"]
    form.reject()
    hands.click(opened.data.undoEditButton)
    assert (layer().featureCount(), layer("offer").featureCount()) == before
    actions(opened).sites.choose(["site-0"])
    actions(opened).split()
    click_map(opened, *RABAT)
    key = actions(opened).dialog.typed()["site_id"]
    actions(opened).dialog.reject()
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    assert site(opened.session.location, key)["name_fr"] == "SPÉCIMEN formation"
    with open_store(opened.session.location) as store:
        (offer,) = store.rows("offer", site_id=key)
    assert (offer["service_id"], offer["status"]) == ("service-0", "draft")


def test_services_are_ticked_in_one_list(opened, hands):
    choose(opened, "site-2")
    actions(opened).services()
    dialog = actions(opened).dialog
    dialog.search.setText("COURS")
    item = dialog.list.item(0)
    assert not item.isHidden()
    item.setCheckState(Qt.CheckState.Checked)
    press(dialog)
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    with open_store(opened.session.location) as store:
        assert [row["service_id"] for row in store.rows("offer", site_id="site-2")] == ["service-0"]


def test_sites_are_closed_with_a_reason_and_a_replacement(opened, hands):
    choose(opened, "site-1")
    actions(opened).close()
    dialog = actions(opened).dialog
    dialog.reason.setCurrentIndex(dialog.reason.findData("demenagement"))
    dialog.replacement.setText("accueil")
    dialog.day.setDate(QDate(2026, 9, 1))
    press(dialog)
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    closed = site(opened.session.location, "site-1")
    assert (closed["status"], closed["closure_reason"]) == ("closed", "demenagement")
    assert (closed["replaced_by"], closed["closed_on"]) == ("site-2", "2026-09-01")


def test_one_field_of_several_sites_is_changed_as_the_importer_reads_it(opened, hands):
    choose(opened, "site-0", "site-1")
    actions(opened).change()
    dialog = actions(opened).dialog
    dialog.field.setCurrentIndex(dialog.field.findData("website"))
    dialog._wrapper.setValues("www.example.org", [])
    dialog.check()
    press(dialog)
    values = {
        one["website"] for one in editing.features_by_key(layer(), ["site-0", "site-1"]).values()
    }
    assert values == {"https://www.example.org"}
    assert layer().undoStack().count() == 1, "one step of undo for all"


def test_a_photo_is_kept_beside_the_store(opened, hands, tmp_path):
    picture = tmp_path / "ailleurs" / "entrée.JPG"
    picture.parent.mkdir()
    picture.write_bytes(b"SPECIMEN")
    choose(opened, "site-2")
    actions(opened).keep_photo(box(opened).chosen()[0], picture)
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    assert site(opened.session.location, "site-2")["picture"] == "photos/site-2.jpg"
    assert (tmp_path / "photos" / "site-2.jpg").read_bytes() == b"SPECIMEN"


def test_a_picture_that_has_gone_is_said(opened, hands, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "site-2.jpg").write_bytes(b"SPECIMEN")
    with pytest.raises(StoreError, match=r"The photo .*gone\.jpg was not kept"):
        site_edits.set_photo(layer(), "site-2", tmp_path / "gone.jpg", opened.session.location)
    with pytest.raises(StoreError, match="this one is a database"):
        site_edits.set_photo(layer(), "site-2", tmp_path / "gone.jpg", "PG:dbname=services")


def test_one_click_notes_a_verification_and_another_takes_it_back(opened, hands, monkeypatch):
    monkeypatch.setattr(asking, "asked_text", lambda *_a: "Point focal régional")
    actions(opened).verifying.ask_function()
    actions(opened).verifying.menu.actions()[2].trigger()  # nothing is selected: nothing is noted
    hands.settle(opened)
    choose(opened, "site-1", "site-2")
    hands.click(opened.data.verifyButton)
    hands.settle(opened)
    for key in ("site-1", "site-2"):
        row = site(opened.session.location, key)
        assert row["verified_on"] == date.today().isoformat()
        assert (row["verification_method"], row["verified_by"]) == (
            "visite",
            "Point focal régional",
        )
    assert {line.key for line in box(opened).chosen()} == {"site-1", "site-2"}
    (undo,) = opened.session.iface.messageBar().currentItem().findChildren(QPushButton)
    hands.click(undo)
    hands.settle(opened)
    assert site(opened.session.location, "site-1")["verified_on"] is None


def test_a_verification_taken_back_says_what_was_edited_since_and_stays(opened, hands):
    choose(opened, "site-1", "site-2")
    hands.click(opened.data.verifyButton)
    hands.settle(opened)
    (undo,) = opened.session.iface.messageBar().currentItem().findChildren(QPushButton)
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-1", {"verified_on": "2026-01-02"})
    hands.click(undo)
    hands.settle(opened)
    assert site(opened.session.location, "site-1")["verified_on"] == "2026-01-02"
    assert site(opened.session.location, "site-2")["verified_on"] is None
    assert any("qui gardent leurs corrections : 1." in text for text in hands.messages(opened))
    (details,) = opened.session.iface.messageBar().currentItem().findChildren(QPushButton)
    assert details.text() == "Détails"


def test_an_overdue_day_is_read_out_as_it_is_shown_and_called_overdue(opened, hands):
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-1", {"verified_on": "2001-02-03"})
    opened.session.refresh()
    hands.settle(opened)
    model = box(opened).model
    for key, day in (("site-1", "2001"), ("site-0", "jamais")):
        index = model.index(model.rows_of([key])[0], 5)
        assert day in index.data()
        for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            assert index.data(role) == f"{index.data()} · À vérifier"


def test_two_sites_are_merged_from_the_table(opened, hands, monkeypatch):
    monkeypatch.setattr(asking, "agreed", lambda *_a: True)
    choose(opened, "site-2", "draft")
    actions(opened).merge()
    hands.settle(opened)
    dialog = actions(opened).dialog
    assert dialog.pairs.topLevelItemCount() == 1
    hands.click(dialog.mergeButton)
    hands.settle(opened)
    states = {site(opened.session.location, key)["status"] for key in ("site-2", "draft")}
    assert states == {"closed", "published"}
    assert {line.status for line in box(opened).model.lines} == {"closed", "published"}
    dialog.close()


def test_a_merge_waits_for_edits_to_be_saved(opened, hands):
    site_edits.change_sites(layer(), ["site-0"], {"women_only": "no"})
    choose(opened, "site-0", "site-1")
    actions(opened).merge()
    assert actions(opened).dialog is None
    assert any("Enregistrez d’abord" in text for text in hands.messages(opened))


def test_an_edit_that_fails_leaves_nothing_behind(opened):
    def half_done():
        with editing.edit_command(layer(), "essai"):
            feature = editing.features_by_key(layer(), ["site-0"])["site-0"]
            editing.set_values(layer(), feature, {"name_fr": "à moitié"})
            raise StoreError("non")

    with pytest.raises(StoreError):
        half_done()
    assert editing.features_by_key(layer(), ["site-0"])["site-0"]["name_fr"] == "SPÉCIMEN formation"
    assert not layer().isModified()


def test_what_the_store_refuses_is_said_and_the_edits_stay(opened, hands):
    site_edits.change_sites(layer(), ["site-0"], {"name_fr": ""})
    wait()
    hands.click(opened.data.saveEditsButton)
    assert any("publier" in text for text in hands.messages(opened)), hands.messages(opened)
    assert layer().isModified()
    layer().rollBack()
    wait()
    assert "SPÉCIMEN formation" in names(opened)


def test_without_its_layers_the_store_is_not_edited(opened, hands):
    QgsProject.instance().removeAllMapLayers()
    choose(opened, "site-0")
    actions(opened).edit()
    assert any("n’est pas sur la carte" in text for text in hands.messages(opened))


def test_the_dock_goes_while_a_form_is_open(iface, language, store_file, hands):
    from carte_cp3.ui.dock import ServicesDock

    for _ in range(2):
        dock = ServicesDock(iface)
        dock.session.open(str(store_file))
        hands.settle(dock)
        actions(dock).open_site("site-0")
        site_edits.move_site(layer(), "site-0", *RABAT, load_locator())
        wait()
        dock.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        layer().selectAll()
        layer().undoStack().undo()
        wait()
        QgsProject.instance().clear()
    shutil.rmtree(store_file.parent / "photos", ignore_errors=True)


# -- ten thousand --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "services.gpkg"
    rows = [
        {
            "site_id": f"site-{number}",
            "institution_code": ("ANAPEC", "OFPPT", "EN", "ART")[number % 4],
            "name_fr": f"SPÉCIMEN centre n° {number}",
            "name_ar": f"نموذج مركز {number}",
            "commune_code": ("06.141.01.0", "04.421.01.0")[number % 2],
            "lon": -7 + number / 10_000,
            "lat": 33 + number % 100 / 100,
        }
        for number in range(10_000)
    ]
    with create_store(str(path)) as store, store.transaction():
        store.insert("site", rows)
    return path


def test_ten_thousand_sites_are_opened_searched_and_selected(dock, large_store, hands):
    data = dock.data
    dock.session.open(str(large_store))
    hands.settle(dock)
    assert box(dock).source.count == 10_000
    assert box(dock).model.rowCount() < 1_000, "only the lines in sight are read"

    for text, found in (("spécimen centre 77", 111), ("نموذج 9999", 1), ("casablanca 9998", 1)):
        data.siteSearch.setText(text)
        assert box(dock).source.count == found, text
    data.siteSearch.clear()
    data.siteInstitution.setCurrentIndex(data.siteInstitution.findData("EN"))
    assert box(dock).source.count == 2500
    data.siteInstitution.setCurrentIndex(0)
    layer().selectAll()
    assert len(box(dock).chosen()) == 10_000, "what the map selects is listed to be worked on"


def test_lines_come_as_one_scrolls_and_all_of_them_to_be_selected(dock, large_store, hands):
    data, model = dock.data, box(dock).model
    dock.session.open(str(large_store))
    hands.settle(dock)
    assert model.canFetchMore()
    data.sites.scrollToBottom()
    wait()
    assert 200 < model.rowCount() < 1_000
    shown = names(dock)
    assert len(set(shown)) == len(shown)
    layer().selectByExpression("\"site_id\" = 'site-9999'")
    assert [line.key for line in box(dock).chosen()] == ["site-9999"], "though its page is far"
    data.siteInstitution.setCurrentIndex(data.siteInstitution.findData("EN"))
    data.sites.setFocus()
    QTest.keyClick(data.sites, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {line.institution for line in box(dock).chosen()} == {"EN"}
    assert layer().selectedFeatureCount() == 2500
    data.siteInstitution.setCurrentIndex(0)
