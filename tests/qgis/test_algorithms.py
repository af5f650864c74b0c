# SPDX-License-Identifier: GPL-2.0-or-later
"""The Processing algorithms: their public interface, and that each calls its job truly."""

from __future__ import annotations

import csv
import sys
import types
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import Cancelled, CarteError, PrintError
from carte_cp3.gis.algorithms.base import progress_of, split_codes
from carte_cp3.gis.sheets.doubts import Doubt
from carte_cp3.gis.sheets.verify.fault import Fault
from carte_cp3.store.database import open_store
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProject,
)

#: The table of the design: name to parameters and outputs. Others rely on these names.
INTERFACE = {
    "createstore": ("STORE", "STORE"),
    "importtable": (
        "STORE INPUT SHEET INSTITUTION MAPPING HEADER STATUS DRY_RUN REPORT",
        "BATCH CREATED UPDATED UNCHANGED REFUSED WARNINGS",
    ),
    "undoimport": ("STORE BATCH", "RESTORED"),
    "checkstore": ("STORE REPORT", "BLOCKING WARNINGS"),
    "exportstore": ("STORE FORMAT OUTPUT", "COUNT"),
    "buildproject": ("STORE OUTPUT", "OUTPUT"),
    "publishwebmap": (
        "STORE PROJECT BACKDROP OUTPUT LANGUAGES ADDRESS CONTACT",
        "INDEX COUNT BACKDROP REPORT",
    ),
    "rollbackwebmap": ("FOLDER", "RELEASE"),
    "printsheets": (
        "STORE PROJECT REGIONS LANGUAGE FORMAT ATLAS OVERVIEW ADDRESS CHARTER OUTPUT",
        "FILES COUNT REFUSED MARKED",
    ),
    "calllist": ("STORE LANGUAGE OUTPUT", "OUTPUT COUNT"),
    "committeereport": ("STORE LANGUAGE OUTPUT", "OUTPUT COUNT"),
    "reach": ("STORE LANGUAGE OUTPUT", "OUTPUT COUNT"),
    "checkout": ("STORE INSTITUTION REGION OUTPUT", "OUTPUT PROJECT COUNT"),
    "checkin": ("STORE INPUT", "BATCH CREATED UPDATED DELETED CONFLICTS REFUSED"),
    "restoreinstitution": (
        "STORE INSTITUTION MOMENT SOURCE",
        "BATCH RESTORED DELETED REFUSED",
    ),
}
CHOICES = {
    ("importtable", "STATUS"): (["draft", "published"], "draft"),
    ("exportstore", "FORMAT"): (["xlsx", "geojson", "csv", "hsds"], "xlsx"),
    ("publishwebmap", "BACKDROP"): (["auto", "qgis2web", "builtin"], "auto"),
    ("printsheets", "LANGUAGE"): (["fr", "ar", "fr+ar"], "fr+ar"),
    ("printsheets", "FORMAT"): (["pdf", "png"], "pdf"),
    ("printsheets", "OVERVIEW"): (["auto", "yes", "no"], "auto"),
    ("calllist", "LANGUAGE"): (["fr", "ar"], "fr"),
    ("committeereport", "LANGUAGE"): (["fr", "ar"], "fr"),
    ("reach", "LANGUAGE"): (["fr", "ar"], "fr"),
}

pytestmark = pytest.mark.usefixtures("processing")


def algorithm(name: str) -> QgsProcessingAlgorithm:
    found = QgsApplication.processingRegistry().createAlgorithmById(f"carte_cp3:{name}")
    assert found is not None, name
    return found


def test_the_provider_offers_these_algorithms_and_no_other():
    provider = QgsApplication.processingRegistry().providerById("carte_cp3")
    assert {one.name() for one in provider.algorithms()} == set(INTERFACE)
    assert provider.name() == "Carte CP3"
    assert not provider.icon().isNull()


@pytest.mark.parametrize("name", INTERFACE)
def test_parameters_and_outputs_bear_their_names(name):
    parameters, outputs = (set(text.split()) for text in INTERFACE[name])
    one = algorithm(name)
    assert {definition.name() for definition in one.parameterDefinitions()} == parameters
    assert {definition.name() for definition in one.outputDefinitions()} >= outputs


@pytest.mark.parametrize("name", INTERFACE)
def test_every_algorithm_explains_itself(name):
    one = algorithm(name)
    assert one.displayName() and len(one.shortHelpString()) > 60
    assert all(definition.description() for definition in one.parameterDefinitions())
    ok, _message = one.canExecute()
    assert ok


@pytest.mark.parametrize("name", INTERFACE)
def test_jobs_that_draw_stay_on_the_main_thread(name):
    draws = name in (
        "buildproject", "publishwebmap", "printsheets", "calllist", "committeereport", "checkout",
    )  # fmt: skip
    flags = algorithm(name).flags()
    assert bool(flags & QgsProcessingAlgorithm.Flag.FlagNoThreading) is draws


@pytest.mark.parametrize(("name", "parameter"), CHOICES)
def test_choices_are_written_as_words(name, parameter):
    options, default = CHOICES[name, parameter]
    one = algorithm(name)
    definition = one.parameterDefinition(parameter)
    assert definition.usesStaticStrings()
    assert definition.options() == options
    assert definition.defaultValue() == default
    context = QgsProcessingContext()
    assert all(definition.checkValueIsAcceptable(word, context) for word in options)
    assert not definition.checkValueIsAcceptable("nonsense", context)


OPTIONAL = {
    "importtable": {"SHEET", "INSTITUTION", "MAPPING", "REPORT"},
    "checkstore": {"REPORT"},
    "publishwebmap": {"PROJECT", "ADDRESS", "CONTACT"},
    "printsheets": {"PROJECT", "REGIONS", "ADDRESS", "CHARTER"},
    "checkout": {"INSTITUTION", "REGION"},
    "restoreinstitution": {"MOMENT", "SOURCE"},
}


@pytest.mark.parametrize("name", INTERFACE)
def test_only_these_parameters_may_be_left_out(name):
    one = algorithm(name)  # its definitions live no longer than itself
    optional = {
        definition.name()
        for definition in one.parameterDefinitions()
        if definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    }
    assert optional == OPTIONAL.get(name, set())


def test_a_postgresql_store_may_be_named():
    one = algorithm("checkstore")
    definition = one.parameterDefinition("STORE")
    context = QgsProcessingContext()
    assert definition.checkValueIsAcceptable("PG:dbname=services", context)
    assert definition.checkValueIsAcceptable("/data/services.gpkg", context)


@pytest.mark.parametrize(
    ("name", "file", "count"),
    [
        ("calllist", "appels.pdf", 5),
        ("calllist", "appels.xlsx", 5),
        ("committeereport", "comite.pdf", 4),
        ("committeereport", "comite.xlsx", 4),
        ("reach", "portee.csv", 1538),
        ("reach", "portee.xlsx", 1538),
        ("reach", "portee.gpkg", 1538),
    ],
)
def test_reports_are_written_by_the_ending_of_their_file(
    processing, store_file, tmp_path, name, file, count
):
    output = tmp_path / file
    parameters = {"STORE": str(store_file), "LANGUAGE": "ar", "OUTPUT": str(output)}
    answer = processing.run(f"carte_cp3:{name}", parameters)
    assert (answer["COUNT"], answer["OUTPUT"]) == (count, str(output))
    assert output.stat().st_size > 5000
    parameters["OUTPUT"] = str(tmp_path / "rapport.txt")
    with pytest.raises(QgsProcessingException):
        processing.run(f"carte_cp3:{name}", parameters)
    assert not (tmp_path / "rapport.txt").exists()


def test_create_store_makes_one_and_refuses_to_overwrite_it(processing, tmp_path):
    file = tmp_path / "new" / "services.gpkg"
    assert processing.run("carte_cp3:createstore", {"STORE": str(file)}) == {"STORE": str(file)}
    with open_store(str(file)) as store:
        assert store.count("institution") == 4
    before = file.read_bytes()
    with pytest.raises(QgsProcessingException, match="exists already"):
        processing.run("carte_cp3:createstore", {"STORE": str(file)})
    assert file.read_bytes() == before


def test_build_project_writes_one_that_opens(processing, store_file, tmp_path):
    file = tmp_path / "carte.qgz"
    outputs = processing.run(
        "carte_cp3:buildproject", {"STORE": str(store_file), "OUTPUT": str(file)}
    )
    assert outputs["OUTPUT"] == str(file)
    project = QgsProject()
    assert project.read(str(file))
    assert all(layer.isValid() for layer in project.mapLayers().values())


def findings_in(report: Path) -> list[dict]:
    with report.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_line_of_the_headings_can_be_given(processing, tmp_path):
    store = str(tmp_path / "services.gpkg")
    processing.run("carte_cp3:createstore", {"STORE": store})
    table, mapping = tmp_path / "envoi.csv", tmp_path / "colonnes.json"
    table.write_text("Liste;2026\nRubrique A;Rubrique B\nSPÉCIMEN;1\n", encoding="utf-8")
    mapping.write_text('{"Rubrique A": "name_fr"}', encoding="utf-8")
    sending = {"STORE": store, "INPUT": str(table), "INSTITUTION": "EN", "MAPPING": str(mapping)}
    with pytest.raises(QgsProcessingException, match="9"):
        processing.run("carte_cp3:importtable", {**sending, "HEADER": 9})
    assert processing.run("carte_cp3:importtable", {**sending, "HEADER": 2})["CREATED"] == 1


def test_import_check_and_undo(processing, tmp_path):
    """Three rows in, one refused; a second time nothing new; undone, nothing left."""
    store = str(tmp_path / "services.gpkg")
    processing.run("carte_cp3:createstore", {"STORE": store})
    table = tmp_path / "envoi.csv"
    table.write_text(
        "Référence;Nom de l'établissement;Ville;Téléphone\n"
        "S-1;SPÉCIMEN un;Casablanca;0522000001\n"
        "S-2;SPÉCIMEN deux;Rabat;0537000002\n"
        "S-3;;Fès;0535000003\n",
        encoding="utf-8",
    )
    sending = {"STORE": store, "INPUT": str(table), "INSTITUTION": "OFPPT", "STATUS": "published"}
    tried = processing.run("carte_cp3:importtable", {**sending, "DRY_RUN": True})
    assert (tried["CREATED"], tried["REFUSED"]) == (2, 1)
    report = tmp_path / "rapport.csv"
    done = processing.run("carte_cp3:importtable", {**sending, "REPORT": str(report)})
    assert (done["CREATED"], done["UPDATED"], done["REFUSED"]) == (2, 0, 1)
    assert done["BATCH"] and done["REPORT"] == str(report)
    refused = [row for row in findings_in(report) if row["severity"] == "blocking"]
    assert [row["line"] for row in refused] == ["4"]
    assert refused[0]["reason_fr"] != refused[0]["rule"], "a sentence, not the code"
    again = processing.run("carte_cp3:importtable", sending)
    assert (again["CREATED"], again["UPDATED"], again["UNCHANGED"]) == (0, 0, 2)
    with open_store(store) as opened:
        assert opened.count("site", status="published") == 2
    report = tmp_path / "controle.csv"
    checked = processing.run("carte_cp3:checkstore", {"STORE": store, "REPORT": str(report)})
    assert (
        len([row for row in findings_in(report) if row["severity"] == "warning"])
        == (checked["WARNINGS"])
    )
    assert checked["BLOCKING"] == 0
    assert checked["WARNINGS"] > 0
    undone = processing.run("carte_cp3:undoimport", {"STORE": store, "BATCH": done["BATCH"]})
    assert undone["RESTORED"] == 2
    with open_store(store) as opened:
        assert opened.count("site") == 0


@pytest.mark.parametrize("form", ["xlsx", "geojson", "csv"])
def test_export_counts_what_is_published(processing, store_file, tmp_path, form):
    file = tmp_path / f"export.{form}"
    outputs = processing.run(
        "carte_cp3:exportstore", {"STORE": str(store_file), "FORMAT": form, "OUTPUT": str(file)}
    )
    assert outputs["COUNT"] == 4
    assert file.exists()


def test_a_file_that_is_no_store_is_refused_with_a_sentence(processing, tmp_path):
    other = tmp_path / "other.gpkg"
    other.write_text("nothing")
    with pytest.raises(QgsProcessingException, match="not a GeoPackage"):
        processing.run("carte_cp3:checkstore", {"STORE": str(other)})


def test_a_project_that_cannot_be_read_is_said(processing, store_file, tmp_path):
    broken = tmp_path / "broken.qgz"
    broken.write_text("nothing")
    with pytest.raises(QgsProcessingException, match=r"broken\.qgz"):
        processing.run(
            "carte_cp3:printsheets",
            {"STORE": str(store_file), "PROJECT": str(broken), "OUTPUT": str(tmp_path / "a3")},
        )


class Job:
    """A stand-in for a job that belongs to others: keeps how it was called."""

    def __init__(self, result):
        self.result = result

    def __call__(self, store, output, project, **options):
        self.sites = store.count("site")
        self.output, self.project, self.options = output, project, options
        return self.result


def replace_job(monkeypatch, module: str, name: str, job: Job) -> None:
    stand_in = types.ModuleType(module)
    setattr(stand_in, name, job)
    monkeypatch.setitem(sys.modules, module, stand_in)


def test_publish_passes_its_parameters_on(processing, store_file, tmp_path, monkeypatch):
    page = types.SimpleNamespace(
        index=tmp_path / "web" / "index.html", count=3, backdrop="builtin", report=tmp_path / "r"
    )
    job = Job(page)
    replace_job(monkeypatch, "carte_cp3.gis.webmap", "publish", job)
    outputs = processing.run(
        "carte_cp3:publishwebmap",
        {
            "STORE": str(store_file),
            "BACKDROP": "builtin",
            "LANGUAGES": "ar, fr,,ar",
            "OUTPUT": str(tmp_path / "web"),
        },
    )
    assert (job.sites, job.output) == (5, tmp_path / "web")
    assert job.options["backdrop"] == "builtin"
    assert job.options["languages"] == ("ar", "fr")
    assert outputs["INDEX"] == str(page.index)
    assert (outputs["COUNT"], outputs["BACKDROP"]) == (3, "builtin")
    assert outputs["REPORT"] == str(page.report)


def test_print_passes_its_parameters_on(processing, store_file, tmp_path, monkeypatch):
    doubts = tuple(
        Doubt(code, {"fr": code}, verdict, (Fault("rule", verdict, PrintError("Why.")),))
        for code, verdict in (("04", "marked"), ("06", "refused"))
    )
    files = (tmp_path / "a.pdf", tmp_path / "b.pdf")
    job = Job(types.SimpleNamespace(files=files, count=2, doubts=doubts))
    replace_job(monkeypatch, "carte_cp3.gis.sheets", "print_sheets", job)
    processing.run(
        "carte_cp3:buildproject", {"STORE": str(store_file), "OUTPUT": str(tmp_path / "c.qgz")}
    )
    outputs = processing.run(
        "carte_cp3:printsheets",
        {
            "STORE": str(store_file),
            "PROJECT": str(tmp_path / "c.qgz"),
            "REGIONS": "06, 04",
            "FORMAT": "png",
            "OVERVIEW": "yes",
            "ADDRESS": "https://example.org/",
            "OUTPUT": str(tmp_path / "a3"),
        },
    )
    assert job.project.fileName() == str(tmp_path / "c.qgz")
    assert job.options["regions"] == ("06", "04")
    assert (job.options["language"], job.options["format"]) == ("fr+ar", "png")
    assert (job.options["atlas"], job.options["overview"]) == (False, True)
    assert job.options["address"] == "https://example.org/"
    assert job.options["charter"].name == "charter.json"
    assert (outputs["REFUSED"], outputs["MARKED"]) == ("06", "04")
    assert outputs["FILES"] == [str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf")]
    assert outputs["COUNT"] == 2


class Listening(QgsProcessingFeedback):
    """A feedback that keeps what is shown beside the progress bar."""

    def __init__(self):
        super().__init__()
        self.said = []

    def setProgressText(self, text):  # noqa: N802
        self.said.append(text)


def test_progress_speaks_and_stops(qgis_app):
    feedback = Listening()
    progress = progress_of(feedback)
    progress(0.25, "SPÉCIMEN")
    progress(0.5, "")
    assert feedback.progress() == 50.0
    assert feedback.said == ["SPÉCIMEN"]
    feedback.cancel()
    with pytest.raises(Cancelled):
        progress(0.9, "")
    progress(1.0, "what is done is done")


def test_a_cancelled_job_fails_with_its_sentence(store_file, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    one = algorithm("buildproject")
    parameters = {"STORE": str(store_file), "OUTPUT": str(tmp_path / "carte.qgz")}
    _outputs, done = one.run(parameters, QgsProcessingContext(), feedback)
    assert not done
    assert "as it was before" in feedback.textLog()
    assert not Path(parameters["OUTPUT"]).exists()


@pytest.mark.parametrize(
    ("text", "codes"),
    [("", ()), (" ", ()), ("06", ("06",)), ("06,04 ; 06", ("06", "04")), ("fr, ar,", ("fr", "ar"))],
)
def test_lists_of_codes(text, codes):
    assert split_codes(text) == codes


def test_errors_of_the_job_are_those_of_the_house():
    assert issubclass(Cancelled, CarteError)
