# SPDX-License-Identifier: GPL-2.0-or-later
"""The call list and the committee's place in the dock, with real files."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.reach import ALL
from carte_cp3.store.database import open_store
from carte_cp3.store.reach import store_reach
from carte_cp3.store.tables import read_grid
from carte_cp3.ui.control.call_list import CALL
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

TODAY = date.today().isoformat()


@pytest.fixture
def calls(opened):
    opened.form.places.setCurrentIndex(1)
    opened.control.views.setCurrentWidget(opened.control.call_list)
    return opened.control.call_list


@pytest.fixture
def committee(opened):
    opened.form.places.setCurrentIndex(1)
    opened.control.views.setCurrentWidget(opened.control.committee)
    return opened.control.committee


def lines(box):
    tops = [box.calls.topLevelItem(place) for place in range(box.calls.topLevelItemCount())]
    return [top.child(row) for top in tops for row in range(top.childCount())]


def keys(box):
    return [item.data(0, CALL).key for item in lines(box)]


def text_of(pdf):
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_published_records_are_listed_by_institution_and_region(calls):
    assert sorted(keys(calls)) == ["service-0", "site-0", "site-1", "site-2", "site-3"]
    headings = [
        calls.calls.topLevelItem(one).text(0) for one in range(calls.calls.topLevelItemCount())
    ]
    assert "OFPPT · Casablanca-Settat (1)" in headings and "OFPPT · Services (1)" in headings
    assert "À vérifier ce mois-ci : 5" in calls.summary.text()


def test_filters_and_search_narrow_the_list(calls):
    calls.institution.setCurrentIndex(calls.institution.findData("EN"))
    assert keys(calls) == ["site-2"]
    calls.institution.setCurrentIndex(0)
    calls.region.setCurrentIndex(calls.region.findData("06"))
    assert sorted(keys(calls)) == ["site-0", "site-1"]
    calls.region.setCurrentIndex(0)
    calls.search.setText("ACCUEIL")
    assert keys(calls) == ["site-2"]


def test_one_click_confirms_and_one_takes_it_back(opened, calls, hands):
    assert not calls.verifyButton.isEnabled()
    for item in lines(calls):
        item.setSelected(item.data(0, CALL).key in ("site-0", "service-0"))
    hands.click(calls.verifyButton)
    hands.settle(opened)
    assert sorted(keys(calls)) == ["site-1", "site-2", "site-3"]
    with open_store(opened.session.location) as store:
        (site,) = store.rows("site", site_id="site-0")
        assert (site["verified_on"], site["verification_method"]) == (TODAY, "telephone")
        assert store.rows("service")[0]["verified_on"] == TODAY
    assert any("vérifiées aujourd’hui par téléphone : 2" in text for text in hands.messages(opened))
    bar = opened.session.iface.messageBar()
    (undo,) = (one for one in bar.findChildren(QPushButton) if one.text() == "Annuler")
    hands.click(undo)
    hands.settle(opened)
    assert len(keys(calls)) == 5
    with open_store(opened.session.location) as store:
        assert store.rows("site", site_id="site-0")[0]["verified_on"] is None


def test_headings_cannot_be_confirmed(calls):
    calls.calls.selectAll()
    assert len(calls.chosen()) == 5
    assert not calls.calls.topLevelItem(0).flags() & Qt.ItemFlag.ItemIsSelectable


def test_the_list_is_saved_as_it_is_filtered(opened, calls, hands, tmp_path, monkeypatch):
    calls.institution.setCurrentIndex(calls.institution.findData("EN"))
    answer = (str(tmp_path / "appels"), "PDF (*.pdf)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: answer))
    hands.click(calls.saveButton)
    hands.settle(opened)
    text = text_of(tmp_path / "appels.pdf")
    assert "SPÉCIMEN accueil" in text and "SPÉCIMEN formation" not in text
    calls.language.setCurrentIndex(calls.language.findData("ar"))
    calls.save(tmp_path / "appels.xlsx")
    hands.settle(opened)
    grid = read_grid(tmp_path / "appels.xlsx")
    assert len(grid.sheets) == 1 and any("SPÉCIMEN accueil" in row for row in grid.rows)


def test_a_double_click_opens_the_site(opened, calls, hands):
    from carte_cp3.ui.map_view import show_store

    show_store(opened.session.iface, QgsProject.instance(), opened.session.location)
    item = next(one for one in lines(calls) if one.data(0, CALL).key == "site-2")
    calls.calls.itemDoubleClicked.emit(item, 0)
    form = opened.data.actions_box.dialog
    assert form.isVisible()
    form.reject()
    form.layer.rollBack()


def test_the_figures_are_counted_on_demand(opened, committee, hands):
    assert committee.figures.topLevelItemCount() == 0
    hands.click(committee.countButton)
    hands.settle(opened)
    rows = [
        committee.figures.topLevelItem(row) for row in range(committee.figures.topLevelItemCount())
    ]
    assert (rows[0].text(0), rows[0].text(1), rows[0].text(2)) == ("Sites publiés", "4", "–")


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_committees_report_is_saved(opened, committee, hands, tmp_path, monkeypatch, ending):
    file = tmp_path / f"comite.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: (str(file), "")))
    hands.click(committee.reportButton)
    hands.settle(opened)
    if ending == "pdf":
        text = text_of(file)
        assert "Couverture par institution" in text and "Population à portée d’un service" in text
    else:
        grid = read_grid(file)
        assert grid.sheets[0] == "1 En bref" and len(grid.sheets) >= 11
    assert any("Rapport enregistré" in text for text in hands.messages(opened))


def test_a_table_of_distances_gets_an_ending_that_can_be_written(
    opened, committee, hands, tmp_path, monkeypatch
):
    answer = (str(tmp_path / "portee.v2"), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a: answer))
    hands.click(committee.tableButton)
    hands.settle(opened)
    assert [file.name for file in tmp_path.glob("portee.*")] == ["portee.v2.csv"]


def test_the_reach_is_a_table_and_a_layer(opened, committee, hands, tmp_path):
    committee.save_table(tmp_path / "portee.csv")
    hands.settle(opened)
    assert len((tmp_path / "portee.csv").read_text(encoding="utf-8-sig").splitlines()) == 1539
    with open_store(opened.session.location) as store:
        reach = store_reach(store)
    committee.show_layer(reach, ALL, tmp_path / "portee.gpkg")
    hands.settle(opened)
    (layer,) = QgsProject.instance().mapLayersByName("Portée : Tous les services")
    assert layer.featureCount() == 1538


def test_a_folder_that_is_not_there_is_said(opened, committee, hands, tmp_path):
    committee.save_report(tmp_path / "nowhere" / "comite.xlsx")
    hands.settle(opened)
    assert any("n’existe pas" in text for text in hands.messages(opened))
