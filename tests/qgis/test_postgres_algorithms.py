# SPDX-License-Identifier: GPL-2.0-or-later
"""Every algorithm on a store in PostgreSQL, whose account QGIS keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.gis.connections import resolved
from carte_cp3.gis.project import find_layer
from carte_cp3.store.database import open_store
from carte_cp3.store.postgres.address import parse_location
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QDateTime

pytestmark = pytest.mark.usefixtures("processing")

# Each algorithm that takes a store, with its parameters and what it answers on the four
# sites of ``server_store``, three of them published and whole.
JOBS = {
    "checkstore": ({"REPORT": "constats.csv"}, {"BLOCKING": 1}),
    "exportstore": ({"FORMAT": "xlsx", "OUTPUT": "export.xlsx"}, {"COUNT": 3}),
    "buildproject": ({"OUTPUT": "carte.qgz"}, {}),
    "publishwebmap": ({"BACKDROP": "builtin", "OUTPUT": "web"}, {"COUNT": 3}),
    "printsheets": ({"REGIONS": "06", "FORMAT": "png", "OUTPUT": "a3"}, {"COUNT": 1}),
    "calllist": ({"LANGUAGE": "fr", "OUTPUT": "appels.xlsx"}, {"COUNT": 4}),
    "committeereport": ({"LANGUAGE": "fr", "OUTPUT": "comite.xlsx"}, {"COUNT": 3}),
    "reach": ({"LANGUAGE": "fr", "OUTPUT": "portee.csv"}, {"COUNT": 1538}),
}
FILES = ("REPORT", "OUTPUT")


@pytest.fixture
def password(database):
    return parse_location(f"PG:{database}").words["password"]


@pytest.mark.parametrize("name", JOBS)
def test_an_algorithm_works_on_a_server(processing, server_store, location, tmp_path, name):
    given, expected = JOBS[name]
    server_store.update("site", "site-3", {"status": "draft"})  # it has no place yet
    files = {key: str(tmp_path / given[key]) for key in FILES if key in given}
    outputs = processing.run(f"carte_cp3:{name}", {"STORE": location, **given, **files})
    assert {key: outputs[key] for key in expected} == expected
    assert all(Path(file).exists() for file in files.values())


def test_a_store_is_made_filled_and_undone(processing, location, tmp_path, password):
    made = processing.run("carte_cp3:createstore", {"STORE": location})["STORE"]
    assert parse_location(made) == parse_location(location)
    table = tmp_path / "envoi.csv"
    table.write_text("Nom;Ville\nSPÉCIMEN un;Casablanca\nSPÉCIMEN deux;Rabat\n", encoding="utf-8")
    sending = {"STORE": location, "INPUT": str(table), "INSTITUTION": "EN"}
    done = processing.run("carte_cp3:importtable", sending)
    assert done["CREATED"] == 2
    with open_store(resolved(location)) as store:
        assert store.count("site") == 2
    undoing = {"STORE": location, "BATCH": done["BATCH"]}
    assert processing.run("carte_cp3:undoimport", undoing)["RESTORED"] == 2
    with pytest.raises(QgsProcessingException, match="holds a store already") as caught:
        processing.run("carte_cp3:createstore", {"STORE": location})
    assert password not in str(caught.value)


def test_field_work_goes_out_with_its_project_and_comes_back(
    processing, server_store, location, tmp_path, password
):
    file = tmp_path / "terrain" / "ofppt.gpkg"
    file.parent.mkdir()
    going = {"STORE": location, "INSTITUTION": "OFPPT", "OUTPUT": str(file)}
    out = processing.run("carte_cp3:checkout", going)
    assert out["COUNT"] == 1
    moved = file.parent.rename(tmp_path / "téléphone")
    assert not any(password.encode() in one.read_bytes() for one in moved.iterdir())
    project = QgsProject()
    assert project.read(str(moved / Path(out["PROJECT"]).name))
    layers = project.mapLayers().values()
    assert all(layer.isValid() and layer.providerType() == "ogr" for layer in layers)
    assert all(str(moved) in layer.source() for layer in layers)
    layer = find_layer(project, "site")
    feature = next(layer.getFeatures())
    assert layer.startEditing()
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("phone"), "+212522000001")
    assert layer.commitChanges(), layer.commitErrors()
    server_store.update("site", "site-0", {"email": "a@example.org"})
    coming = {"STORE": location, "INPUT": str(moved / "ofppt.gpkg")}
    back = processing.run("carte_cp3:checkin", coming)
    assert (back["UPDATED"], back["CONFLICTS"], back["REFUSED"]) == (1, 0, 0)
    (row,) = server_store.rows("site", site_id="site-0")
    assert (row["phone"], row["email"]) == ("+212522000001", "a@example.org")
    assert processing.run("carte_cp3:checkin", coming)["BATCH"] == ""
    project.clear()


def test_an_institutions_records_are_put_back(processing, server_store, location, store_file):
    asked = {"STORE": location, "INSTITUTION": "ofppt"}
    with pytest.raises(QgsProcessingException, match="which moment"):
        processing.run("carte_cp3:restoreinstitution", asked)
    moment = QDateTime.currentDateTime()
    while QDateTime.currentDateTime() <= moment.addMSecs(50):
        pass
    server_store.update("site", "site-0", {"name_fr": "perdu"})
    server_store.update("site", "site-1", {"name_fr": "SPÉCIMEN gardé"})
    done = processing.run("carte_cp3:restoreinstitution", {**asked, "MOMENT": moment})
    assert (done["RESTORED"], done["DELETED"], done["REFUSED"]) == (1, 0, 0)
    server_store.update("site", "site-0", {"name_fr": "perdu"})
    done = processing.run("carte_cp3:restoreinstitution", {**asked, "SOURCE": str(store_file)})
    assert (done["RESTORED"], done["DELETED"], done["REFUSED"]) == (1, 0, 0)
    names = {row["site_id"]: row["name_fr"] for row in server_store.rows("site")}
    assert (names["site-0"], names["site-1"]) == ("SPÉCIMEN formation", "SPÉCIMEN gardé")


def test_the_account_is_looked_up_before_the_work_leaves_the_main_thread(server_store, location):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("carte_cp3:checkstore")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(algorithm, {"STORE": location}, context, feedback)
    answers = []
    task.executed.connect(lambda done, results: answers.append((done, results)))
    QgsApplication.taskManager().addTask(task)
    assert task.waitForFinished(60_000) or answers
    while not answers:
        QgsApplication.processEvents()
    ((done, results),) = answers
    assert done and results["BLOCKING"] == 1


def test_an_account_that_qgis_does_not_keep_is_said(processing, location):
    unknown = location.replace(location[-7:], "zzzzzzz")
    with pytest.raises(QgsProcessingException, match="zzzzzzz"):
        processing.run("carte_cp3:checkstore", {"STORE": unknown})


@pytest.mark.parametrize("name", ["createstore", "checkstore"])
def test_the_history_of_processing_shows_no_password(location, password, name):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"carte_cp3:{name}")
    context = QgsProcessingContext()
    parameters = {"STORE": resolved(location)}
    assert password in parameters["STORE"]
    command = algorithm.asPythonCommand(parameters, context)
    assert "dbname=services" in command
    assert password not in command
    parameters = {"STORE": f"PG:host='unclosed password={password}"}
    assert password not in algorithm.asPythonCommand(parameters, context)
    file = algorithm.asPythonCommand({"STORE": "/data/services.gpkg"}, context)
    assert "'/data/services.gpkg'" in file


def test_what_processings_dialog_puts_before_a_connection_is_left_out(
    processing, server_store, location, tmp_path
):
    """Its folder for results, since a connection does not look like a path."""
    with pytest.raises(QgsProcessingException, match="holds a store already"):
        processing.run("carte_cp3:createstore", {"STORE": str(tmp_path / location)})
    assert list(tmp_path.glob("PG*")) == []
