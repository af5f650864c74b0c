# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock as a cartographer uses it: real widgets, stores, layers, files; French on the screen."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3.domain.errors import Cancelled, PublishError
from carte_cp3.gis.boundaries_copy import copy_for_store
from carte_cp3.gis.project import find_layer
from carte_cp3.gis.webmap.changes import read_digests
from carte_cp3.store.database import open_store
from carte_cp3.ui import asking
from carte_cp3.ui.map_view import show_store
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMarkerSymbol,
    QgsPointClusterRenderer,
    QgsPointXY,
    QgsProject,
    QgsSingleSymbolRenderer,
)
from qgis.PyQt.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QPoint,
    Qt,
    QUrl,
)
from qgis.PyQt.QtGui import QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from ..dock_hands import click, messages, settle

ROOT = Path(carte_cp3.__file__).resolve().parent
CSV = """Nom;Commune;Téléphone;Type
SPÉCIMEN agence 1;Rabat;0537000001;Agence
SPÉCIMEN agence 2;Casablanca;0522000002;Agence
SPÉCIMEN agence 3;Lieu-qui-n-existe-pas;pas de numéro;Agence
"""


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "anapec.csv"
    path.write_bytes(CSV.encode("cp1252"))
    return path


def place(dock, number: int):
    dock.form.places.setCurrentIndex(number)
    QCoreApplication.processEvents()


def choose_institution(dock, code: str) -> None:
    combo = dock.data.institution
    combo.setCurrentIndex(combo.findData(code))


def site_count(path) -> int:
    with open_store(str(path)) as store:
        return store.count("site")


def drop(dock, *paths) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none)
    event.setAccepted(False)
    dock.dropEvent(event)
    return event.isAccepted()


# -- the store ---------------------------------------------------------------------------------


def test_without_a_store_only_data_is_of_use(dock):
    titles = [dock.form.places.tabText(number) for number in range(5)]
    assert titles == ["Données", "Contrôle", "Style", "Publier", "Imprimer"]
    assert [dock.form.places.isTabEnabled(number) for number in range(5)] == [True] + [False] * 4
    assert dock.form.storeName.text() == "Aucune base n’est ouverte."
    assert not dock.data.importGroup.isEnabled()


def test_a_store_is_created_and_shown_on_the_map(dock, tmp_path, monkeypatch):
    target = tmp_path / "nouvelle"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_a, **_k: (str(target), ""))
    )
    click(dock.data.createButton)
    settle(dock)
    assert dock.session.location == f"{target}.gpkg"
    assert "nouvelle.gpkg" in dock.form.storeName.text()
    assert "Dernière publication : aucune" in dock.form.facts.text()
    assert all(dock.form.places.isTabEnabled(number) for number in range(5))
    assert find_layer(QgsProject.instance(), "site") is not None
    assert find_layer(QgsProject.instance(), "region") is not None
    assert QgsProject.instance().crs().authid() == "EPSG:3857"
    with open_store(dock.session.location) as store:
        assert store.count("institution") == 4


def test_the_map_shows_a_copy_of_the_boundaries_and_never_writes_the_shipped_file(opened):
    """QGIS writes into a GeoPackage as soon as it opens one."""
    shipped = ROOT / "data" / "morocco.gpkg"
    before = shipped.read_bytes()
    project = QgsProject.instance()
    project.clear()
    show_store(opened.session.iface, project, opened.session.location)
    place(opened, 2)
    click(opened.style_panel.restoreButton)
    region = find_layer(project, "region")
    assert region.featureCount() == 12
    copy = Path(region.source().split("|")[0])
    assert copy == Path(opened.session.location).with_name("morocco.gpkg")
    assert shipped.read_bytes() == before
    assert not list(shipped.parent.glob("morocco.gpkg-*"))
    stamp = copy.stat().st_mtime_ns
    assert copy_for_store(opened.session.location) == copy
    assert copy.stat().st_mtime_ns == stamp, "made once"


def test_the_boundaries_of_a_database_lie_in_the_profile(qgis_app):
    copy = copy_for_store("PG:dbname=nulle_part")
    assert copy.is_relative_to(QgsApplication.qgisSettingsDirPath())
    assert copy.read_bytes() == (ROOT / "data" / "morocco.gpkg").read_bytes()


def test_the_state_of_the_store_stands_at_the_top(opened):
    lines = {}
    for number in range(opened.form.counts.topLevelItemCount()):
        item = opened.form.counts.topLevelItem(number)
        lines[item.text(0)] = [item.text(column) for column in (1, 2, 3)]
    assert lines["Entraide Nationale"] == ["1", "1", "0"]
    assert lines["OFPPT"] == ["1", "0", "0"]
    assert "Sans position : 1" in opened.form.facts.text()


def test_a_file_that_is_no_store_is_refused_with_its_sentence_and_details(opened, tmp_path):
    before = opened.session.location
    other = tmp_path / "autre.gpkg"
    shutil.copy(ROOT / "data" / "morocco.gpkg", other)
    opened.session.open(str(other))
    settle(opened)
    assert opened.session.location == before
    item = opened.session.iface.messageBar().currentItem()
    assert "autre.gpkg" in item.text()
    (details,) = [one for one in item.findChildren(QPushButton) if one.text() == "Détails"]
    windows = set(QCoreApplication.instance().topLevelWidgets())
    click(details)
    (viewer,) = [
        one
        for one in set(QCoreApplication.instance().topLevelWidgets()) - windows
        if "Détails" in one.windowTitle()
    ]
    viewer.close()


def test_recent_stores_are_remembered_and_lost_ones_forgotten(opened, store_file, tmp_path):
    opened.data.recent.aboutToShow.emit()
    assert [str(store_file) in action.text() for action in opened.data.recent.actions()] == [True]
    gone = tmp_path / "disparue.gpkg"
    opened.session.open(str(gone))
    settle(opened)
    opened.data.recent.aboutToShow.emit()
    assert not any("disparue" in action.text() for action in opened.data.recent.actions())
    opened.data.recent.actions()[0].trigger()
    settle(opened)
    assert opened.session.location == str(store_file)


def test_a_geopackage_dropped_on_the_dock_is_opened_and_nothing_else(dock, store_file, tmp_path):
    assert not drop(dock, tmp_path / "photo.jpg")
    assert not drop(dock, store_file, tmp_path / "autre.gpkg")
    assert drop(dock, store_file)
    settle(dock)
    assert dock.session.location == str(store_file)


def test_the_dock_follows_the_project_that_is_opened(dock, store_file, tmp_path):
    from carte_cp3.gis.project import build_project

    project = build_project(store_file, tmp_path / "carte.qgz")
    assert QgsProject.instance().read(str(project))
    settle(dock)
    assert Path(dock.session.location) == store_file


def test_a_dock_opened_on_a_project_takes_its_store(iface, language, store_file, tmp_path):
    from carte_cp3.gis.project import build_project
    from carte_cp3.ui.dock import ServicesDock

    QgsProject.instance().read(str(build_project(store_file, tmp_path / "carte.qgz")))
    dock = ServicesDock(iface)
    settle(dock)
    assert Path(dock.session.location) == store_file
    dock.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QgsProject.instance().clear()


def test_a_project_that_shows_another_store_is_left_only_if_asked(opened, tmp_path, monkeypatch):
    asked = []

    def answer(*arguments, **_named):
        asked.append(arguments[2])
        return False

    monkeypatch.setattr(asking, "agreed", answer)
    shown = find_layer(QgsProject.instance(), "site").source()
    opened.session.create(str(tmp_path / "autre.gpkg"))
    settle(opened)
    click(opened.data.layersButton)
    settle(opened)
    assert len(asked) == 1
    assert "services.gpkg" in asked[0]
    assert find_layer(QgsProject.instance(), "site").source() == shown


def test_edits_saved_in_qgis_are_counted(opened):
    layer = find_layer(QgsProject.instance(), "site")
    draft = next(feature for feature in layer.getFeatures() if feature["site_id"] == "draft")
    layer.startEditing()
    layer.changeAttributeValue(draft.id(), layer.fields().indexOf("status"), "closed")
    assert layer.commitChanges(), layer.commitErrors()
    settle(opened)
    line = opened.form.counts.findItems("Entraide Nationale", Qt.MatchFlag.MatchExactly)[0]
    assert [line.text(column) for column in (1, 2, 3)] == ["1", "0", "1"]


# -- data --------------------------------------------------------------------------------------


def test_a_table_is_tried_imported_reported_and_undone(opened, table, tmp_path, monkeypatch):
    data, path = opened.data, opened.session.location
    before = site_count(path)
    assert not data.tryButton.isEnabled()
    assert not data.importButton.isEnabled()
    data.file.setFilePath(str(table))
    settle(opened)
    choose_institution(opened, "ANAPEC")
    settle(opened)
    assert not data.importButton.isEnabled(), "one tries before one imports"

    click(data.tryButton)
    settle(opened)
    assert "rien n’est encore écrit" in data.resultTitle.text()
    assert "Créées : 3" in data.resultCounts.text()
    assert site_count(path) == before
    model = data.imports.model
    lines = {model.item(row).finding.row for row in range(model.rowCount())}
    assert 4 in lines, "the third record stands on line 4 of the file"

    click(data.importButton)
    settle(opened)
    assert site_count(path) == before + 3
    assert not data.importButton.isEnabled()
    assert find_layer(QgsProject.instance(), "site").featureCount() == before + 3
    assert "anapec.csv" in data.undoLabel.text()
    assert any("Créées : 3" in text for text in messages(opened))

    report = tmp_path / "rapport"
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        staticmethod(lambda *_a, **_k: (str(report), "JSON (*.json)")),
    )
    click(data.reportButton)
    settle(opened)
    assert json.loads(report.with_name("rapport.json").read_text(encoding="utf-8"))

    monkeypatch.setattr(asking, "agreed", lambda *_a: True)
    click(data.undoButton)
    settle(opened)
    assert site_count(path) == before
    assert data.undoGroup.isHidden()


def test_another_choice_asks_for_another_trial(opened, table):
    opened.data.file.setFilePath(str(table))
    settle(opened)
    choose_institution(opened, "ANAPEC")
    settle(opened)
    click(opened.data.tryButton)
    settle(opened)
    assert opened.data.importButton.isEnabled()
    choose_institution(opened, "OFPPT")
    settle(opened)
    assert not opened.data.importButton.isEnabled()
    assert opened.data.resultTitle.isHidden()


def test_a_table_that_cannot_be_read_says_why(opened, tmp_path):
    empty = tmp_path / "vide.csv"
    empty.write_text("", encoding="utf-8")
    opened.data.file.setFilePath(str(empty))
    settle(opened)
    assert any("vide.csv" in text for text in messages(opened))


def test_the_sheets_of_a_workbook_are_offered(opened, tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    book = xlsxwriter.Workbook(str(tmp_path / "deux.xlsx"))
    for name in ("Agences", "Centres"):
        book.add_worksheet(name).write_row(0, 0, ["Nom", "Commune"])
    book.close()
    opened.data.file.setFilePath(str(tmp_path / "deux.xlsx"))
    settle(opened)
    assert [opened.data.sheet.itemData(row) for row in range(3)] == ["", "Agences", "Centres"]
    assert not opened.data.sheet.isHidden()


# -- control -----------------------------------------------------------------------------------


def test_checking_lists_findings_that_can_be_filtered_and_saved(opened, tmp_path):
    control = opened.control
    place(opened, 1)
    click(control.checkButton)
    settle(opened)
    whole = control.filter.rowCount()
    assert whole == sum(opened.session.overview.findings.values()) > 0
    assert "Bloquants : " in control.summary.text()
    control.severity.setCurrentIndex(control.severity.findData("blocking"))
    severities = {
        control.filter.item(row).finding.severity for row in range(control.filter.rowCount())
    }
    assert severities == {"blocking"}
    control.severity.setCurrentIndex(0)
    control.search.setText("specimen ARTISANAT")
    assert 0 < control.filter.rowCount() < whole
    records = {control.filter.item(row).record for row in range(control.filter.rowCount())}
    assert records == {"SPÉCIMEN artisanat"}
    control.save_report(tmp_path / "constats.csv")
    settle(opened)
    assert "name_missing_in_language" in (tmp_path / "constats.csv").read_text(encoding="utf-8-sig")


def test_a_finding_is_explained_in_french_below_the_table(opened):
    place(opened, 1)
    click(opened.control.checkButton)
    settle(opened)
    opened.control.search.setText("artisanat commune")
    opened.control.choose(0)
    assert opened.control.reason.isVisible()
    assert opened.control.reason.text().startswith("La commune n’est pas indiquée")


def test_a_double_click_shows_the_site_on_the_map(opened):
    place(opened, 1)
    click(opened.control.checkButton)
    settle(opened)
    opened.control.search.setText("accueil")
    assert opened.control.filter.item(0).position == pytest.approx((-6.84, 34.01))
    opened.control.findings.doubleClicked.emit(opened.control.tree.place(0))
    canvas = opened.session.iface.mapCanvas()
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"),
        canvas.mapSettings().destinationCrs(),
        QgsProject.instance(),
    )
    assert canvas.extent().contains(transform.transform(QgsPointXY(-6.84, 34.01)))
    assert canvas.scale() < 20_000
    layer = find_layer(QgsProject.instance(), "site")
    assert [feature["site_id"] for feature in layer.selectedFeatures()] == ["site-2"]


def test_a_site_without_position_says_so(opened):
    place(opened, 1)
    click(opened.control.checkButton)
    settle(opened)
    opened.control.search.setText("artisanat")
    opened.control.findings.doubleClicked.emit(opened.control.tree.place(0))
    assert any("n’a pas de position à montrer" in text for text in messages(opened))


# -- style -------------------------------------------------------------------------------------


def test_the_legend_follows_the_choice(opened):
    panel = opened.style_panel

    def shown():
        items = map(panel.legend.topLevelItem, range(panel.legend.topLevelItemCount()))
        return [item.text(0) for item in items]

    assert shown() == ["OFPPT", "ANAPEC", "Entraide Nationale", "Artisanat"]
    panel.by.setCurrentIndex(panel.by.findData("status"))
    assert shown()[:2] == ["Brouillon", "Publié"]
    assert panel.legend.headerItem().text(0) == "Statut"
    panel.by.setCurrentIndex(panel.by.findData("theme"))
    assert len(shown()) > 4
    assert all(not panel.legend.topLevelItem(0).icon(part).isNull() for part in (1, 2))


def test_the_styles_are_restored(opened):
    place(opened, 2)
    assert opened.style_panel.legend.topLevelItemCount() == 4
    layer = find_layer(QgsProject.instance(), "site")
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol()))
    layer.setLabelsEnabled(False)
    role_before = layer.customProperty("variableValues")
    click(opened.style_panel.restoreButton)
    assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)
    assert layer.labelsEnabled()
    assert layer.customProperty("variableValues") == role_before
    assert any("Styles rétablis" in text for text in messages(opened))


def test_a_style_is_chosen_applied_kept_and_left_again(opened, tmp_path, monkeypatch):
    place(opened, 2)
    panel, layer = opened.style_panel, find_layer(QgsProject.instance(), "site")
    panel.by.setCurrentIndex(panel.by.findData("status"))
    panel.names.setCurrentIndex(panel.names.findText("Français et arabe"))
    panel.stacked.setCurrentIndex(panel.stacked.findData("cluster"))
    click(panel.applyButton)
    assert isinstance(layer.renderer(), QgsPointClusterRenderer)
    assert layer.renderer().embeddedRenderer().classAttribute() == '"status"'
    click(panel.keepButton)
    assert any("gardé dans la base" in text for text in messages(opened))
    with open_store(opened.session.location) as store:
        assert store.count("site") == 5, "the store is still one"
    target = tmp_path / "style"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_a, **_k: (str(target), ""))
    )
    click(panel.fileButton)
    assert "pointCluster" in target.with_suffix(".qml").read_text(encoding="utf-8")
    click(panel.restoreButton)
    assert isinstance(layer.renderer(), QgsCategorizedSymbolRenderer)


# -- publish, print ----------------------------------------------------------------------------


def test_the_page_is_published_and_opened(opened, tmp_path, monkeypatch):
    panel = opened.publishing
    place(opened, 3)
    panel.folder.setFilePath(str(tmp_path / "page"))
    panel.backdrop.setCurrentIndex(panel.backdrop.findData("builtin"))
    assert not panel.openButton.isEnabled()
    click(panel.publishButton)
    settle(opened)
    assert panel.summary.text().startswith("Non publié : 1 fiches")
    assert "site-3" in panel.report.toPlainText()
    assert not (tmp_path / "page").exists()
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-3", {"commune_code": "07.351.01.0"})
    click(panel.publishButton)
    settle(opened)
    assert (tmp_path / "page" / "index.html").is_file(), messages(opened)
    assert panel.summary.text().startswith("Sites publiés : 4.")
    assert not panel.rollBackButton.isEnabled()
    assert panel.report.toPlainText().startswith("Fond de carte : La carte simple de l’extension")
    assert "aucune" not in opened.form.facts.text(), "the last publication is shown"
    urls = []
    monkeypatch.setattr(
        "carte_cp3.ui.publish_panel.QDesktopServices.openUrl", staticmethod(urls.append)
    )
    click(panel.openButton)
    assert [Path(url.toLocalFile()) for url in urls] == [tmp_path / "page" / "index.html"]


def test_what_changes_is_shown_and_taken_back(opened, tmp_path, monkeypatch):
    panel, page = opened.publishing, tmp_path / "page"
    place(opened, 3)
    panel.folder.setFilePath(str(page))
    panel.backdrop.setCurrentIndex(panel.backdrop.findData("builtin"))
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-3", {"commune_code": "07.351.01.0"})
    click(panel.publishButton)
    settle(opened)
    with open_store(opened.session.location) as store, store.transaction():
        store.update("site", "site-1", {"address_fr": "SPÉCIMEN"})
        store.update("site", "site-2", {"status": "closed"})
    click(panel.changesButton)
    settle(opened)
    assert "+0 ~1 −1" in panel.summary.text()
    answers = [False, True]
    monkeypatch.setattr(asking, "agreed", lambda *_given: answers.pop(0))
    for sites in (4, 3):  # the first answer is no
        click(panel.publishButton)
        settle(opened)
        assert len(read_digests(page)[1]["site"]) == sites
    answers.append(True)
    click(panel.rollBackButton)
    assert opened.session.busy, "the window lives meanwhile"
    settle(opened)
    assert len(read_digests(page)[1]["site"]) == 4
    assert not panel.rollBackButton.isEnabled()
    assert any("est de nouveau en place" in text for text in messages(opened)), messages(opened)


def test_a_fault_on_the_way_back_to_the_publication_before_is_said(opened, tmp_path, monkeypatch):
    def roll_back(_folder):
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "SPÉCIMEN")

    monkeypatch.setattr("carte_cp3.gis.webmap.roll_back", roll_back)
    opened.publishing.roll_back()
    settle(opened)
    assert any("Ceci n’aurait pas dû arriver" in text for text in messages(opened))


def test_a_publication_that_fails_leaves_the_page_before_it(opened, tmp_path):
    opened.publishing.folder.setFilePath(str(tmp_path / "page"))

    def work(_store, _progress):
        raise PublishError("Le dossier est plein.")

    opened.session.in_foreground("Publication", work, pytest.fail)
    settle(opened)
    assert any("Le dossier est plein." in text for text in messages(opened))
    assert opened.form.places.isEnabled()


def test_the_ticked_regions_are_printed(opened, tmp_path):
    panel = opened.printing
    place(opened, 4)
    assert panel.regions.topLevelItemCount() == 12
    assert panel.ticked() == ("04", "06"), "the regions that have published sites"
    click(panel.noneButton)
    assert not panel.printButton.isEnabled()
    panel.regions.topLevelItem(3).setCheckState(0, Qt.CheckState.Checked)
    panel.folder.setFilePath(str(tmp_path / "a3"))
    panel.language.setCurrentIndex(panel.language.findData("fr"))
    panel.country.setChecked(False)
    click(panel.printButton)
    settle(opened)
    assert panel.summary.text(), messages(opened)
    (sheet,) = (tmp_path / "a3").glob("*.pdf")
    assert sheet.name in panel.summary.text()
    assert panel.openButton.isEnabled()


def test_all_ticked_regions_are_one_atlas_with_the_country(opened, tmp_path):
    panel = opened.printing
    place(opened, 4)
    panel.folder.setFilePath(str(tmp_path / "a3"))
    panel.format.setCurrentIndex(panel.format.findData("atlas"))
    click(panel.printButton)
    settle(opened)
    (atlas,) = (tmp_path / "a3").glob("*.pdf")
    assert atlas.name.startswith("services_A3_")
    assert {path.name[:3] for path in (tmp_path / "a3").glob("R*.csv")} == {"R00", "R04", "R06"}


def broken(monkeypatch, effect: str, code: str = "06") -> None:
    """Have a rule of the sheets find something wrong with one region's."""
    from carte_cp3.domain.errors import PrintError
    from carte_cp3.gis.sheets import job
    from carte_cp3.gis.sheets.verify import Fault

    def check(proof):
        wrong = proof.plan.content.region.code == code
        return (Fault("on_purpose", effect, PrintError("signs lie on each other: 1")),) * wrong

    monkeypatch.setattr(job, "check_plan", check)


@pytest.mark.parametrize(
    ("effect", "line", "head"),
    [
        (
            "refused",
            "Feuilles non imprimées : 1 ; marquées « à vérifier » : 0.",
            "Casablanca-Settat : la feuille n’a pas été imprimée.",
        ),
        (
            "marked",
            "Feuilles non imprimées : 0 ; marquées « à vérifier » : 1.",
            "Casablanca-Settat : la feuille est marquée « à vérifier ».",
        ),
    ],
)
def test_a_sheet_that_did_not_pass_is_told_with_its_reason(
    opened, tmp_path, monkeypatch, effect, line, head
):
    broken(monkeypatch, effect)
    shown = []
    monkeypatch.setattr("carte_cp3.ui.messages.show_text", lambda *texts: shown.append(texts[-1]))
    panel = opened.printing
    place(opened, 4)
    panel.folder.setFilePath(str(tmp_path / "a3"))
    panel.country.setChecked(False)
    click(panel.printButton)
    settle(opened)
    assert line in panel.summary.text()
    (message,) = [item for item in opened.session.iface.messageBar().items() if line in item.text()]
    QTest.mouseClick(message.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert shown[0].splitlines()[0] == head
    assert shown[0].splitlines()[1].startswith("– "), "each reason follows, in its own line"
    printed = {path.name[:3] for path in (tmp_path / "a3").glob("*.pdf")}
    assert printed == ({"R04"} if effect == "refused" else {"R04", "R06"})


def test_when_no_sheet_is_fit_to_be_printed_the_first_reason_is_said(opened, tmp_path, monkeypatch):
    broken(monkeypatch, "refused")
    panel = opened.printing
    place(opened, 4)
    click(panel.noneButton)
    panel.regions.topLevelItem(5).setCheckState(0, Qt.CheckState.Checked)
    panel.folder.setFilePath(str(tmp_path / "a3"))
    panel.country.setChecked(False)
    click(panel.printButton)
    settle(opened)
    assert any("Aucune feuille n’a été imprimée" in text for text in messages(opened))
    assert not [*(tmp_path / "a3").glob("*.pdf")]
    assert [*(tmp_path / "a3").glob("R06*.json")], "its report says why"


def test_a_click_on_the_map_ticks_a_region(opened):
    panel = opened.printing
    place(opened, 4)
    for code in ("01", "06", "12"):
        point = panel.map.point_of(code).toPoint()
        assert panel.map.region_at(panel.map.point_of(code)) == code
        before = code in panel.ticked()
        QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=point)
        assert (code in panel.ticked()) is not before
        assert panel.current() == code
        QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=point)
        assert (code in panel.ticked()) is before
    ticked = panel.ticked()
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=panel.map.rect().bottomRight())
    assert panel.ticked() == ticked, "beside the country nothing is ticked"


def test_the_list_ticks_by_keyboard_what_the_map_shows(opened):
    panel = opened.printing
    place(opened, 4)
    panel.regions.setCurrentItem(panel.regions.topLevelItem(11))
    before = panel.map.grab().toImage()
    QTest.keyClick(panel.regions, Qt.Key.Key_Space)
    assert panel.ticked() == ("04", "06", "12")
    assert panel.map.grab().toImage() != before


def test_a_sheet_is_looked_at_before_it_is_printed(opened):
    panel = opened.printing
    place(opened, 4)
    panel.regions.setCurrentItem(panel.regions.topLevelItem(5))
    click(panel.previewButton)
    assert opened.session.busy, "worked out in a task, the window lives"
    settle(opened)
    preview = panel.preview
    assert preview is not None, messages(opened)
    assert preview.isVisible()
    width, height = preview.label.pixmap().width(), preview.label.pixmap().height()
    assert width / height == pytest.approx(420 / 297, rel=0.02)
    preview.large.setChecked(True)
    assert preview.label.pixmap().width() > width
    preview.close()


def no_memory(*_arguments, **_named):
    from carte_cp3.domain.errors import PrintError

    raise PrintError("The font {path} is missing or damaged. Install the plugin again.", path="x")


@pytest.mark.parametrize(
    "broken", ["job.PrintJob.layout", "preview.draw_preview"], ids=["layout", "page"]
)
def test_a_sheet_that_cannot_be_shown_says_why(opened, monkeypatch, broken):
    panel = opened.printing
    place(opened, 4)
    panel.regions.setCurrentItem(panel.regions.topLevelItem(5))
    monkeypatch.setattr(f"carte_cp3.gis.sheets.{broken}", no_memory)
    click(panel.previewButton)
    settle(opened)
    assert panel.preview is None
    assert any("Réinstallez l’extension" in text for text in messages(opened))


def test_a_page_that_cannot_be_shown_leaves_the_one_before(qgis_app, language):
    from carte_cp3.ui.sheet_preview import SheetPreview
    from qgis.PyQt.QtGui import QImage

    told = []
    pages = [QImage(420, 297, QImage.Format.Format_RGB32)]
    preview = SheetPreview(
        "SPÉCIMEN", 2, lambda page: pages[page] if page < 1 else no_memory(), told.append
    )
    assert preview.turn(0)
    before = preview.where.text()
    preview.after.click()
    assert len(told) == 1
    assert preview.where.text() == before and preview.after.isEnabled()
    preview.deleteLater()


def test_a_page_too_large_to_be_shown_is_a_whole_sentence(qgis_app):
    from types import SimpleNamespace

    from carte_cp3.domain.errors import PrintError
    from carte_cp3.gis.sheets.preview import draw_preview
    from qgis.core import QgsPrintLayout

    empty = QgsPrintLayout(QgsProject.instance())  # no page: QGIS gives an image that is none
    with pytest.raises(PrintError, match=r"This page cannot be shown: .*\.$"):
        draw_preview(SimpleNamespace(layout=empty))


def test_a_sheet_is_opened_in_the_layout_designer(opened, tmp_path):
    panel = opened.printing
    place(opened, 4)
    panel.folder.setFilePath(str(tmp_path / "a3"))
    panel.regions.setCurrentItem(panel.regions.topLevelItem(5))
    click(panel.composerButton)
    settle(opened)
    (layout,) = opened.session.project.layoutManager().layouts()
    opened.session.iface.openLayoutDesigner.assert_called_once_with(layout)
    assert layout.name().startswith("06 ")


def test_paths_are_read_out_by_their_labels(dock):
    data, publishing, printing = dock.data, dock.publishing, dock.printing
    for field, name in (
        (data.file, "Fichier"),
        (publishing.folder, "Dossier"),
        (printing.folder, "Dossier"),
        (printing.charter, "Charte"),
    ):
        assert field.lineEdit().accessibleName() == name


# -- long work ---------------------------------------------------------------------------------


def test_foreground_work_shows_its_progress_and_can_be_cancelled(opened):
    seen = []

    def work(_store, progress):
        progress(0.4, "Dessin")
        seen.append((opened.form.jobTitle.text(), opened.form.jobBar.value()))
        assert opened.form.job.isVisible()
        assert not opened.form.places.isEnabled()
        click(opened.form.cancelButton)
        progress(0.5, "Dessin")

    opened.session.in_foreground("Publication", work, pytest.fail)
    settle(opened)
    assert seen == [("Publication", 40)]
    assert opened.form.job.isHidden()
    assert opened.form.places.isEnabled()
    assert any("Annulé" in text for text in messages(opened))


def test_background_work_can_be_cancelled(opened):
    ended = []

    def work(_store, progress):
        try:
            while True:
                progress(0.5, "")
                time.sleep(0.005)
        except Cancelled:
            ended.append("stopped")
            raise

    opened.session.in_background("Contrôle", work, pytest.fail)
    QTest.qWait(50)
    assert opened.form.job.isVisible()
    click(opened.form.cancelButton)
    settle(opened)
    assert ended == ["stopped"]
    assert any("Annulé" in text for text in messages(opened))


def test_a_fault_of_ours_is_said_with_its_details(opened):
    opened.session.in_background("Contrôle", lambda _store, _progress: 1 / 0, pytest.fail)
    settle(opened)
    assert any("Ceci n’aurait pas dû arriver" in text for text in messages(opened))


def test_a_missing_library_is_named_with_the_way_to_install_it(opened):
    def work(_store, _progress):
        import no_such_library  # noqa: F401

    opened.session.in_background("Contrôle", work, pytest.fail)
    settle(opened)
    assert any("pip install no_such_library" in text for text in messages(opened))


def test_one_job_at_a_time(opened):
    order = []

    def work(_store, progress):
        opened.session.in_foreground("Autre", lambda _s, _p: order.append("other"), pytest.fail)
        progress(1.0, "")
        order.append("first")

    opened.session.in_foreground("Première", work, lambda _result: order.append("done"))
    assert order == ["first", "done"]


def test_a_dock_deleted_during_a_job_leaves_nothing_behind(iface, language, store_file, capsys):
    from carte_cp3.ui.dock import ServicesDock

    dock = ServicesDock(iface)
    session = dock.session
    session.open(str(store_file))
    dock.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert session.closed
    end = time.monotonic() + 20
    while session.busy and time.monotonic() < end:
        QTest.qWait(5)
    assert not session.busy
    assert "Traceback" not in capsys.readouterr().err


# -- Arabic ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar"], indirect=True)
def test_in_arabic_the_dock_is_read_from_right_to_left(opened):
    assert opened.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert opened.form.places.tabText(0) == "البيانات"
    assert opened.data.tryButton.text() == "تجربة"
    assert opened.data.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert "دون موضع: 1" in opened.form.facts.text()
    place(opened, 4)
    assert opened.printing.regions.topLevelItem(3).text(0) == "الرباط-سلا-القنيطرة"
    place(opened, 1)
    click(opened.control.checkButton)
    settle(opened)
    assert opened.control.reason.isVisible(), "the first finding is explained"
