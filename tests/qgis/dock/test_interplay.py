# SPDX-License-Identifier: GPL-2.0-or-later
"""Several things at once: forms, saving, jobs and the map get in each other's way, to no harm."""

from __future__ import annotations

import time

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.gis import editing, site_edits
from carte_cp3.gis.project import find_layer
from carte_cp3.store.database import open_store
from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

OK = QDialogButtonBox.StandardButton.Ok
CANCEL = QDialogButtonBox.StandardButton.Cancel


def wait(milliseconds: int = 50) -> None:
    QTest.qWait(milliseconds)


def layer(role: str = "site"):
    return find_layer(QgsProject.instance(), role)


def stored(key: str) -> dict:
    return editing.to_row(editing.features_by_key(layer(), [key])[key])


def form_of(dock, key: str):
    dock.data.actions_box.open_site(key)
    return dock.data.actions_box.dialog


def type_phone(form, number: str) -> None:
    form.show_field("phone")
    form.focusWidget().clear()
    QTest.keyClicks(form.focusWidget(), number)
    wait(300)


def press(form, which) -> None:
    QTest.mouseClick(form.buttons.button(which), Qt.MouseButton.LeftButton)
    wait()


def test_what_is_typed_outlives_another_form_that_is_cancelled(opened):
    first, second = form_of(opened, "site-0"), form_of(opened, "site-1")
    type_phone(second, "0537770001")
    press(first, CANCEL)
    press(second, OK)
    assert stored("site-1")["phone"] == "+212537770001"
    layer().rollBack()


@pytest.mark.parametrize("way", ["dock", "qgis", "thrown away"])
def test_what_is_typed_outlives_the_saving_of_other_edits(opened, hands, way):
    form = form_of(opened, "site-0")
    type_phone(form, "0537770002")
    site_edits.change_sites(layer(), ["site-1"], {"landmark_fr": "SPÉCIMEN repère"})
    wait()
    if way == "dock":
        hands.click(opened.data.saveEditsButton)
    elif way == "qgis":
        layer().commitChanges()
    else:
        layer().rollBack()
    hands.settle(opened)
    wait()
    press(form, OK)
    assert stored("site-0")["phone"] == "+212537770002"
    assert stored("site-1")["landmark_fr"] == (None if way == "thrown away" else "SPÉCIMEN repère")
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    assert not layer().isEditable(), "nothing is left open when the last form has gone"


def test_a_form_that_changed_nothing_leaves_its_layer_closed(opened):
    for button in (OK, CANCEL):
        press(form_of(opened, "site-0"), button)
        assert not layer().isEditable()


def test_one_site_has_one_form(opened):
    first = form_of(opened, "site-0")
    assert form_of(opened, "site-0") is first
    press(first, CANCEL)
    assert sip.isdeleted(first)
    again = form_of(opened, "site-0")
    assert again is not None and again.isVisible()
    press(again, CANCEL)


# -- jobs ----------------------------------------------------------------------------------------


def slow(_store, _progress) -> None:
    time.sleep(0.5)


def test_edits_saved_during_a_job_are_read_after_it(opened, hands):
    opened.session.read("SPÉCIMEN", slow, lambda _result: None)
    site_edits.change_sites(layer(), ["site-1"], {"status": "draft"})
    assert layer().commitChanges()
    hands.settle(opened)
    assert opened.session.overview.counts["ANAPEC", "draft"] == 1
    listed = {line.key: line.status for line in opened.data.sites_box.model.lines}
    assert listed["site-1"] == "draft"


def test_edits_thrown_away_during_a_job_leave_the_list_whole(opened, hands):
    site_edits.change_sites(layer(), ["site-1"], {"status": "draft"})
    wait()
    opened.session.read("SPÉCIMEN", slow, lambda _result: None)
    layer().rollBack()
    hands.settle(opened)
    listed = {line.key: line.status for line in opened.data.sites_box.model.lines}
    assert len(listed) == 5
    assert listed["site-1"] == "published"


# -- what is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize("table, key", [("service", "service-0"), ("site", "site-0")])
def test_a_store_that_cannot_be_written_is_said_for_every_form(opened, hands, table, key):
    layer(table).setReadOnly(True)
    opened.session.record_wanted.emit(table, key, "name_ar")
    assert any("lecture seule" in text for text in hands.messages(opened))


@pytest.mark.parametrize("table", ["service", "site"])
def test_a_record_that_is_not_on_the_map_is_said(opened, hands, table):
    opened.session.record_wanted.emit(table, "parti", "name_ar")
    assert any("n’y est plus" in text for text in hands.messages(opened))
    QgsProject.instance().clear()
    opened.session.record_wanted.emit(table, f"{table}-0", "name_ar")
    assert any("n’est pas sur la carte" in text for text in hands.messages(opened))


def test_layers_that_were_removed_come_back(opened, hands):
    for role in ("offer", "term"):
        QgsProject.instance().removeMapLayer(layer(role).id())
    hands.click(opened.data.layersButton)
    wait()
    assert layer("offer").isValid()
    fields = layer().fields()
    setup = fields.field(fields.indexOf("kind")).editorWidgetSetup()
    assert setup.config()["Layer"] == layer("term").id(), "forms read the list that is there"


def test_a_site_moved_out_to_sea_is_said(opened, hands):
    actions = opened.data.actions_box
    opened.data.sites_box.choose(["site-0"])
    actions.move()
    centre = QgsPointXY(-1_780_000, 3_500_000)  # metres of the map: the Atlantic
    actions.tool.take(centre)
    assert any("aucune commune" in text for text in hands.messages(opened))
    layer().rollBack()


def test_a_photo_that_is_given_up_leaves_the_one_before(opened, hands, store_file, tmp_path):
    for name in ("avant", "apres"):
        (tmp_path / f"{name}.jpg").write_bytes(name.encode())
    actions, sites = opened.data.actions_box, opened.data.sites_box
    sites.choose(["site-0"])
    actions.keep_photo(sites.chosen()[0], tmp_path / "avant.jpg")
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    actions.keep_photo(sites.chosen()[0], tmp_path / "apres.jpg")
    picture = store_file.parent / stored("site-0")["picture"]
    assert picture.read_bytes() == b"apres"
    layer().rollBack()
    picture = store_file.parent / stored("site-0")["picture"]
    assert picture.read_bytes() == b"avant"


# -- what was done before, by hand or without a mouse ---------------------------------------------


def test_edits_from_before_the_dock_are_counted_and_taken_back(opened, iface, hands):
    from carte_cp3.ui.dock import ServicesDock

    for number in range(2):
        site_edits.change_sites(layer(), ["site-1"], {"landmark_fr": f"SPÉCIMEN {number}"})
    later = ServicesDock(iface)
    hands.settle(later)
    assert not later.data.editBar.isHidden()
    later.data.undoEditButton.click()
    assert stored("site-1")["landmark_fr"] == "SPÉCIMEN 0"
    later.data.undoEditButton.click()
    assert stored("site-1")["landmark_fr"] is None
    hands.settle(later)
    sip.delete(later)
    layer().rollBack()


def test_enter_opens_what_a_double_click_opens(opened, hands):
    actions = opened.data.actions_box
    opened.data.sites_box.choose(["site-0"])
    opened.data.sites.setCurrentIndex(opened.data.sites.selectedIndexes()[0])
    QTest.keyClick(opened.data.sites, Qt.Key.Key_Return)
    assert actions.dialog.key == "site-0"
    press(actions.dialog, CANCEL)
    opened.control.check()
    hands.settle(opened)
    opened.form.places.setCurrentIndex(1)
    wait()
    opened.control.choose(0)
    QTest.keyClick(opened.control.findings, Qt.Key.Key_Enter)
    assert actions.dialog is not None or opened.record_form is not None
    for form in (actions.dialog, opened.record_form):
        if form is not None and not sip.isdeleted(form):
            form.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_a_finding_of_the_form_leads_to_its_field_and_saves_nothing(opened, key):
    form = form_of(opened, "site-3")
    row = next(row for row, one in enumerate(form.judgement.findings) if one.field)
    form.findings.setCurrentItem(form.findings.topLevelItem(row))
    QTest.keyClick(form.findings, key)
    assert form.isVisible() and not form.saved
    assert form.editor.isAncestorOf(form.focusWidget()), "the cursor is in the field"
    form.reject()


def test_enter_on_a_neighbour_opens_that_site_and_adds_nothing(opened):
    before = layer().featureCount()
    opened.data.actions_box.add_at(-6.84, 34.0101)
    form = opened.data.actions_box.dialog
    form.neighbours.setCurrentItem(form.neighbours.topLevelItem(0))
    form.neighbours.setFocus()
    QTest.keyClick(form.neighbours, Qt.Key.Key_Return)
    wait()
    other = opened.data.actions_box.dialog
    assert other is not form and other.key == "site-2"
    assert layer().featureCount() == before
    other.reject()


def test_enter_in_the_list_of_fixes_applies_nothing(opened, hands):
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-0", {"address_ar": "12 rue SPÉCIMEN"})
    opened.form.places.setCurrentIndex(1)
    hands.click(opened.control.checkButton)
    hands.settle(opened)
    hands.click(opened.control.fixButton)
    hands.settle(opened)
    dialog = opened.control.fixes
    assert dialog.ticked() and dialog.applyButton.isEnabled()
    dialog.fixes.setCurrentItem(dialog.fixes.topLevelItem(0))
    dialog.fixes.setFocus()
    QTest.keyClick(dialog.fixes, Qt.Key.Key_Return)
    hands.settle(opened)
    assert dialog.isVisible()
    assert stored("site-0")["address_ar"] == "12 rue SPÉCIMEN"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_replacement_that_is_not_found_closes_nothing(opened):
    actions = opened.data.actions_box
    opened.data.sites_box.choose(["site-1"])
    actions.close()
    dialog = actions.dialog
    dialog.replacement.setText("zzzz")
    assert dialog.missing.isVisible()
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.replacement.clear()
    press(dialog, OK)
    assert stored("site-1")["status"] == "closed"
    layer().rollBack()


def test_the_choices_of_the_style_follow_what_is_restored(opened, hands):
    panel = opened.style_panel
    for choice in (panel.by, panel.stacked):
        choice.setCurrentIndex(1)
    panel.apply()
    assert type(layer().renderer()).__name__ == "QgsPointClusterRenderer"
    panel.restore()
    assert (panel.by.currentData(), panel.stacked.currentData()) == ("institution", "none")
    assert panel.legend.headerItem().text(0) == "Institution"
    panel.apply()
    assert layer().renderer().classAttribute() == "institution_code"


def test_an_undo_during_a_job_waits_for_it(opened, hands):
    done = []
    opened.session.read("SPÉCIMEN", slow, lambda _result: done.append("first"))
    opened.session.in_background(
        "SPÉCIMEN", lambda _store, _progress: None, lambda _result: done.append("second")
    )
    until = time.monotonic() + 20
    while len(done) < 2 and time.monotonic() < until:
        wait()
    assert done == ["first", "second"]
    hands.settle(opened)


def test_a_store_in_a_folder_that_cannot_be_made_is_said(opened, hands):
    opened.session.create("/proc/specimen/services.gpkg")
    hands.settle(opened)
    assert any("n’a pas pu être créée" in text for text in hands.messages(opened))


def test_what_is_made_for_others_waits_for_edits_to_be_saved(opened, hands, tmp_path):
    panel = opened.publishing
    panel.folder.setFilePath(str(tmp_path / "web"))
    panel.backdrop.setCurrentIndex(panel.backdrop.findData("builtin"))
    site_edits.change_sites(layer(), ["site-1"], {"status": "draft"})
    hands.click(panel.publishButton)
    hands.settle(opened)
    opened.session.in_foreground("SPÉCIMEN", lambda _store, _progress: None, pytest.fail)
    assert any("Enregistrez d’abord" in text for text in hands.messages(opened))
    assert not (tmp_path / "web").exists()
    hands.click(opened.data.saveEditsButton)
    hands.settle(opened)
    assert opened.session.edits_saved()


def test_sites_that_the_rules_hold_back_are_counted_before_they_are_published(opened):
    opened.data.sites_box.choose(["draft", "site-1"])
    opened.data.actions_box.change()
    dialog = opened.data.actions_box.dialog
    dialog.field.setCurrentIndex(dialog.field.findData("status"))
    dialog._wrapper.setValues("published", [])
    dialog.check()
    assert "bloquant" not in dialog.verdict.text()
    site_edits.change_sites(layer(), ["draft"], {"name_fr": None, "name_ar": "نموذج"})
    dialog.check()
    assert "1 ont un constat bloquant" in dialog.verdict.text()
    dialog.reject()
    layer().rollBack()


def test_a_site_that_is_opened_again_loses_its_closing(opened, hands):
    site_edits.close_sites(layer(), ["site-0", "site-2"], "demenagement", "site-1")
    assert stored("site-0")["closed_on"]
    site_edits.change_sites(layer(), ["site-0"], {"status": "draft"})
    form = form_of(opened, "site-2")
    form.editor.changeAttribute("status", "draft")
    press(form, OK)
    for key in ("site-0", "site-2"):
        row = stored(key)
        assert [row[name] for name in site_edits.CLOSING] == [None] * 3
    layer().rollBack()


def test_a_store_that_another_program_holds_is_said(opened, hands, store_file, monkeypatch):
    site_edits.change_sites(layer(), ["site-1"], {"landmark_fr": "SPÉCIMEN"})
    wait()
    reasons = ["Fehler", "Anbieterfehler:", "OGR 1: failed to execute update : database is locked"]
    monkeypatch.setattr(type(layer()), "commitErrors", lambda _layer: reasons)
    monkeypatch.setattr(type(layer()), "commitChanges", lambda _layer: False)
    hands.click(opened.data.saveEditsButton)
    (said,) = [text for text in hands.messages(opened) if "restent ici" in text]
    assert "un autre programme" in said
    assert "Fehler" not in said, "whatever QGIS's language, only what is known is said"
    monkeypatch.undo()
    layer().rollBack()


@pytest.mark.parametrize("table, change", [("institution", "code"), ("site", "delete")])
def test_what_others_refer_to_keeps_its_code(opened, hands, table, change):
    key = {"institution": "EN", "site": "site-0"}[table]
    feature = editing.feature_by_key(layer(table), key)
    with editing.edit_command(layer(table), "SPÉCIMEN"):
        if change == "delete":
            layer(table).deleteFeature(feature.id())
        else:
            editing.set_values(layer(table), feature, {"code": "EN2"})
    wait()
    hands.click(opened.data.saveEditsButton)
    (said,) = [text for text in hands.messages(opened) if "restent ici" in text]
    assert "rattach" in said
    assert "sqlite3" not in said
    layer(table).rollBack()


@pytest.mark.parametrize("language", ["ar"], indirect=True)
@pytest.mark.parametrize("ask", ["close", "change", "services"])
def test_dialogs_name_their_buttons_in_arabic(opened, ask):
    opened.data.sites_box.choose(["site-0"])
    getattr(opened.data.actions_box, ask)()
    dialog = opened.data.actions_box.dialog
    assert [dialog.buttons.button(one).text() for one in (OK, CANCEL)] == ["موافق", "إلغاء"]
    dialog.reject()
