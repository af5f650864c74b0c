# SPDX-License-Identifier: GPL-2.0-or-later
"""The import in the dock: columns answered, rows previewed, what was tried imported, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.store.database import open_store
from qgis.core import QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

FIRST = """Réseau des agences;;;;
Code;Nom;Ville;Téléfonique;Superficie
A1;SPÉCIMEN agence 1;Rabat;0537000001;120 m²
A2;SPÉCIMEN agence 2;Casablanca;0522000002;90 m²
A3;;Fès;0535000003;
"""
SECOND = FIRST.replace("0537000001", "0537000099").replace("A3;;", "A3;SPÉCIMEN agence 3;")
COLUMNS, ROWS, FINDINGS = range(3)


@pytest.fixture
def write(tmp_path):
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def data(opened, hands, write):
    """The place « Data » with the first file and its institution chosen."""
    opened.data.file.setFilePath(str(write("novembre.csv", FIRST)))
    hands.settle(opened)
    choose_institution(opened, "ANAPEC")
    hands.settle(opened)
    return opened.data


@pytest.fixture
def imported(opened, data, hands):
    """The same once the first file is in, its question answered with yes."""
    hands.click(data.acceptButton)
    for button in (data.tryButton, data.importButton):
        hands.click(button)
        hands.settle(opened)
    return data


def choose_institution(dock, code):
    dock.data.institution.setCurrentIndex(dock.data.institution.findData(code))


def column(data, heading):
    """The item of a column and its choice."""
    tree = data.columns
    items = (tree.topLevelItem(row) for row in range(tree.topLevelItemCount()))
    item = next(one for one in items if one.toolTip(0) == heading)
    return item, tree.itemWidget(item, 1)


def answer(data, heading, target):
    choice = column(data, heading)[1]
    choice.setCurrentIndex(choice.findData(target))
    choice.activated.emit(choice.currentIndex())


def shown_rows(data):
    model = data.imports.rows.filter
    return [
        [model.index(row, section).data() for section in range(4)]
        for row in range(model.rowCount())
    ]


def differences(data):
    tree = data.differences
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [[item.text(section).strip("\u2068\u2069") for section in range(3)] for item in items]


def show_outcome(data, outcome):
    data.outcome.setCurrentIndex(data.outcome.findData(outcome))


def phones(dock):
    with open_store(dock.session.location) as store:
        return {
            row["external_id"]: row["phone"]
            for row in store.rows("site", institution_code="ANAPEC")
        }


# -- columns -----------------------------------------------------------------------------------


def test_the_columns_are_shown_with_their_fields_and_a_sample(data):
    assert data.importTabs.currentIndex() == COLUMNS
    assert "Lieu d’accueil : 3 lignes ; colonnes reconnues : 3 sur 5" in data.columnsHint.text()
    item, choice = column(data, "Ville")
    assert choice.currentData() == "commune"
    assert item.toolTip(2) == "Rabat"
    assert column(data, "Superficie")[1].currentIndex() == -1
    assert column(data, "Superficie")[1].question == "non reconnue"


def test_a_doubtful_column_is_a_question_to_answer_before_the_trial(data, hands):
    choice = column(data, "Téléfonique")[1]
    assert choice.currentIndex() == -1
    assert choice.question == "Téléphone ?"
    assert data.importTabs.tabText(COLUMNS) == "Colonnes (1)"
    assert "Questions à trancher : 1" in data.columnsHint.text()
    assert not data.tryButton.isEnabled()
    hands.click(data.acceptButton)
    assert choice.currentData() == "phone"
    assert data.acceptButton.isHidden()
    assert data.tryButton.isEnabled()


def test_every_field_is_offered_under_its_group_and_none(data):
    model = column(data, "Superficie")[1].model()
    entries = [model.item(row) for row in range(model.rowCount())]
    assert (entries[0].text(), entries[0].data(Qt.ItemDataRole.UserRole)) == (
        "Ne pas reprendre",
        "-",
    )
    groups = [one.text() for one in entries if not one.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert groups[:3] == ["Identité", "Lieu", "Contact"]
    fields = {one.data(Qt.ItemDataRole.UserRole) for one in entries}
    assert {"name_ar", "commune", "lat", "phone", "hours", "services"} <= fields
    assert not {"site_id", "batch_id", "updated_at"} & fields


def test_a_field_taken_from_another_column_is_given_up_there(data):
    answer(data, "Superficie", "external_id")
    assert column(data, "Superficie")[1].currentData() == "external_id"
    assert column(data, "Code")[1].currentIndex() == -1


def test_the_wheel_scrolls_and_chooses_nothing(data):
    choice = column(data, "Ville")[1]
    before = choice.currentIndex()
    down, none = QPoint(0, -120), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), down, down, none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    choice.wheelEvent(event)
    assert not event.isAccepted()
    assert choice.currentIndex() == before


def test_a_file_without_headings_says_so(opened, hands, write):
    opened.data.file.setFilePath(str(write("x.csv", "1;2\n3;4\n")))
    hands.settle(opened)
    assert opened.data.columnsHint.text().startswith("Aucune ligne de titres")
    assert not opened.data.tryButton.isEnabled()


def test_the_row_of_headings_is_pointed_at(opened, hands, write):
    data = opened.data
    choose_institution(opened, "EN")
    data.file.setFilePath(str(write("x.csv", "SPÉCIMEN;liste\nRubrique A;Rubrique B\nA;0537\n")))
    hands.settle(opened)
    assert data.header.currentData() == 0
    data.header.setCurrentIndex(data.header.findData(2))
    assert data.header.currentText().startswith("Ligne 2 : ")
    data.header.activated.emit(data.header.currentIndex())
    hands.settle(opened)
    assert "1 lignes" in data.columnsHint.text()
    answer(data, "Rubrique A", "name_fr")
    for button in (data.tryButton, data.importButton):
        hands.click(button)
        hands.settle(opened)
    with open_store(opened.session.location) as store:
        assert [row["name_fr"] for row in store.rows("site", source_row=3)] == ["A"]


def test_the_recognised_headings_are_shown_and_can_be_changed(data):
    assert data.header.currentData() == 2
    assert data.header.findData(0) == -1
    assert not data.header.isHidden()


def test_a_layer_of_the_project_is_imported_instead_of_a_file(opened, hands):
    data, project = opened.data, opened.session.project
    layer = QgsVectorLayer(
        "Point?crs=EPSG:4326&field=Nom:string&field=Ville:string", "Liste", "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["SPÉCIMEN couche", "Fès"])
    layer.dataProvider().addFeatures([feature])
    project.addMapLayer(layer)
    data.imports.layers.menu.aboutToShow.emit()
    names = [action.text().strip("\u2068\u2069") for action in data.imports.layers.menu.actions()]
    assert names == ["Liste"], "the store's own layers and the base map are not offered"
    choose_institution(opened, "EN")
    hands.settle(opened)
    data.imports.layers.menu.actions()[0].trigger()
    hands.settle(opened)
    for button in (data.tryButton, data.importButton):
        hands.click(button)
        hands.settle(opened)
    project.removeMapLayer(layer)
    with open_store(opened.session.location) as store:
        assert "SPÉCIMEN couche" in {row["name_fr"] for row in store.rows("site")}


def test_a_column_left_out_is_left_out_the_next_time_too(opened, data, hands, write):
    answer(data, "Téléfonique", "-")
    for button in (data.tryButton, data.importButton):
        hands.click(button)
        hands.settle(opened)
    assert phones(opened)["A1"] is None
    data.file.setFilePath(str(write("decembre.csv", SECOND)))
    hands.settle(opened)
    assert column(data, "Téléfonique")[1].currentData() == "-"


def test_the_second_time_is_two_clicks(opened, imported, hands, write):
    choose_institution(opened, "")
    hands.settle(opened)
    imported.file.setFilePath(str(write("decembre.csv", SECOND)))
    hands.settle(opened)
    assert imported.institution.currentData() == "ANAPEC", "its columns tell whose file it is"
    assert imported.importTabs.currentIndex() == ROWS, "it was tried straight away"
    hands.click(imported.importButton)
    hands.settle(opened)
    assert phones(opened)["A1"] == "+212537000099"


# -- rows --------------------------------------------------------------------------------------


def test_a_trial_shows_what_becomes_of_each_row(opened, data, hands):
    hands.click(data.acceptButton)
    hands.click(data.tryButton)
    hands.settle(opened)
    assert data.importTabs.currentIndex() == ROWS
    assert [row[:2] for row in shown_rows(data)] == [
        ["3", "Créée"],
        ["4", "Créée"],
        ["5", "Refusée"],
    ]
    assert data.outcome.itemText(0) == "Toutes les lignes (3)"
    show_outcome(data, "refused")
    assert [row[0] for row in shown_rows(data)] == ["5"]
    assert "Le nom français manque" in data.rowReasons.text()
    show_outcome(data, "created")
    assert data.differences.isColumnHidden(1), "nothing is in the store yet"
    said = {field: after for field, _before, after in differences(data)}
    assert said["Téléphone"] == "+212537000001"
    assert said["Institution"] == "ANAPEC"
    assert any(field.startswith("Commune") and said[field] == "Rabat" for field in said)


def test_an_update_shows_what_it_changes_field_by_field(opened, imported, hands, write):
    imported.file.setFilePath(str(write("decembre.csv", SECOND)))
    hands.settle(opened)
    show_outcome(imported, "updated")
    assert [row[2].strip("\u2068\u2069") for row in shown_rows(imported)] == ["SPÉCIMEN agence 1"]
    assert differences(imported) == [["Téléphone", "+212537000001", "+212537000099"]]
    assert not imported.differences.isColumnHidden(1)
    show_outcome(imported, "unchanged")
    assert imported.differences.isHidden()


def test_a_store_that_changed_since_the_trial_is_left_alone_and_tried_again(opened, data, hands):
    hands.click(data.acceptButton)
    hands.click(data.tryButton)
    hands.settle(opened)
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "draft", {"name_fr": "SPÉCIMEN modifié"})
    hands.click(data.importButton)
    hands.settle(opened)
    assert "A1" not in phones(opened)
    item = opened.session.iface.messageBar().currentItem()
    assert "novembre.csv" in item.text()
    (again,) = [one for one in item.findChildren(QPushButton) if one.text() == "Essayer de nouveau"]
    again.click()
    hands.settle(opened)
    hands.click(data.importButton)
    hands.settle(opened)
    assert "A1" in phones(opened)


# -- undo, templates ---------------------------------------------------------------------------


def test_an_undo_lists_what_was_edited_since(opened, imported, hands):
    with open_store(opened.session.location) as store:
        (site,) = store.rows("site", external_id="A1")
        with store.transaction():
            store.update("site", site["site_id"], {"email": "specimen@example.org"})
        (batch,) = store.rows("import_batch")
    imported.undoing.undo(batch["batch_id"])
    hands.settle(opened)
    assert imported.undoGroup.isHidden()
    assert "gardent leurs corrections : 1" in imported.undoneLabel.text()
    (line,) = [
        imported.clashes.topLevelItem(row) for row in range(imported.clashes.topLevelItemCount())
    ]
    assert "SPÉCIMEN agence 1" in line.text(0)
    assert line.text(1) == "Courriel"
    assert set(phones(opened)) >= {"A1"}
    assert "A2" not in phones(opened)


def test_the_menu_of_tables_to_hand_out_shows_whole_names_as_tool_tips(opened):
    menu = opened.data.handouts.menu
    menu.aboutToShow.emit()
    assert menu.toolTipsVisible()
    assert any(len(one.toolTip()) > len(one.text()) for one in menu.actions())


def test_the_tables_to_hand_out_are_written_for_an_institution(
    opened, hands, tmp_path, monkeypatch
):
    folder = tmp_path / "modeles"
    folder.mkdir()
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", staticmethod(lambda *_a, **_k: str(folder))
    )
    opened.data.handouts.menu.aboutToShow.emit()
    action = next(one for one in opened.data.handouts.menu.actions() if one.text() == "ANAPEC")
    action.trigger()
    hands.settle(opened)
    assert sorted(one.name for one in folder.iterdir()) == [
        f"modele-ANAPEC-{table}.{ending}"
        for table in ("service", "site")
        for ending in ("json", "xlsx")
    ]
    schema = json.loads((folder / "modele-ANAPEC-site.json").read_text(encoding="utf-8"))
    assert "phone" in {field["rdf:property"] for field in schema["fields"]}
    opened.data.file.setFilePath(str(folder / "modele-ANAPEC-site.xlsx"))
    hands.settle(opened)
    assert opened.data.imports.columns.preview.questions == 0
