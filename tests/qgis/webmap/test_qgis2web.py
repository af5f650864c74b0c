# SPDX-License-Identifier: GPL-2.0-or-later
"""Publication through the real qgis2web, and what happens when it is missing, unfit or fails."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import PublishError
from carte_cp3.gis.project import add_base_layers, add_store_layers
from carte_cp3.gis.webmap import publication, publish, qgis2web
from carte_cp3.gis.webmap.qgis2web import Qgis2webMissing, Qgis2webUnfit, load_qgis2web
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsPalLayerSettings,
    QgsProject,
    QgsRendererCategory,
    QgsSimpleLineSymbolLayer,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor, QGuiApplication

pytestmark = pytest.mark.usefixtures("qgis_app")

HOSTILE = "\\'); alert(1); //</script><script>alert(2)</script><img src=x onerror=alert(3)>"
SENTINEL = "SENTINELLE-INTERNE"
SQUARE = "Polygon((-7 33, -6 33, -6 34, -7 34, -7 33))"


@pytest.fixture
def real(qgis_app):
    """The real qgis2web, or the reason why these tests are left out."""
    try:
        return load_qgis2web()
    except Qgis2webMissing:
        pytest.skip(
            "qgis2web was found neither in QGIS2WEB_PATH (the folder that holds qgis2web/) "
            "nor in QGIS's plugin folders"
        )


@pytest.fixture
def mapped(project, store, boundaries):
    add_base_layers(project, boundaries)
    add_store_layers(project, store)
    project.setTitle("SPÉCIMEN")
    return project


@pytest.fixture
def hostile(mapped):
    """A project whose every name is an attack, on a layer whose every value is one."""
    layer = QgsVectorLayer(
        "Polygon?crs=EPSG:4326&field=class:string(200)&field=secret:string(40)", HOSTILE, "memory"
    )
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromWkt(SQUARE))
    feature.setAttributes([HOSTILE, SENTINEL])
    layer.dataProvider().addFeature(feature)
    deep = QgsFillSymbol.createSimple({})
    shallow = deep.clone()
    deep.appendSymbolLayer(QgsSimpleLineSymbolLayer(QColor("red"), 1))
    layer.setRenderer(QgsCategorizedSymbolRenderer("class", [
        QgsRendererCategory(HOSTILE, deep, HOSTILE),
        QgsRendererCategory("other", shallow, HOSTILE),
    ]))  # fmt: skip
    label = QgsPalLayerSettings()
    label.fieldName = "class"
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    layer.setAttribution(HOSTILE)
    mapped.addMapLayer(layer, False)
    mapped.layerTreeRoot().insertGroup(0, HOSTILE).addLayer(layer)
    mapped.setTitle(HOSTILE)
    return mapped


def page_of(output) -> str:
    return (output / "index.html").read_text(encoding="utf-8")


def report_of(done) -> dict:
    return json.loads(done.report.read_text(encoding="utf-8"))


def texts(folder) -> str:
    files = [one for one in folder.rglob("*") if one.is_file()]
    return "\n".join(f"{one}\n{one.read_bytes().decode('utf-8', 'replace')}" for one in files)


def test_the_projects_map_becomes_the_page(real, store, output, mapped):
    done = publish(store, output, mapped)
    assert (done.backdrop, done.count) == ("qgis2web", 4)
    page = page_of(output)
    data = json.loads((output / "data" / "cp3.json").read_text(encoding="utf-8"))
    layer = data["layer"]
    assert re.search(rf"var {layer} = new L\.geoJson", page)
    assert "overlaysTree" in page
    regions = next(one for one in report_of(done)["layers"] if one["role"] == "region")
    assert html.escape(regions["layer"]) in html.unescape(page)
    for code in ("OFPPT", "ANAPEC", "EN", "ART"):
        assert f'src="symbols/{code}.svg"' in page.split("overlaysTree")[1]
    assert page.count("<article") == 4
    assert report_of(done)["versions"]["qgis2web"].startswith(real.version)


def test_layers_on_the_map_hold_no_attribute(real, store, output, mapped):
    publish(store, output, mapped)
    files = [one for one in (output / "data").glob("*.js") if one.name != "cp3.js"]
    assert len(files) > 4
    for file in files:
        text = file.read_text(encoding="utf-8")
        features = json.loads(text[text.index("{") :])["features"]
        assert {key for one in features for key in one["properties"]} <= {"class", "label"}


def test_only_what_is_used_is_published(real, store, output, mapped):
    publish(store, output, mapped)
    names = {one.name for one in output.rglob("*") if one.is_file()}
    assert not names & {
        "Autolinker.min.js", "fontawesome-all.min.css", "fa-solid-900.ttf", "leaflet.js.map",
        "OSMBuildings-Leaflet.js", "leaflet.photon.js", "leaflet-hash.js",
    }  # fmt: skip
    others = ("data", "pages", "open-data")  # what the map's page never loads, and its data
    files = (one for one in output.rglob("*") if one.is_file())
    own = [one for one in files if one.relative_to(output).parts[0] not in others]
    assert sum(one.stat().st_size for one in own) < 500_000


def test_names_of_every_kind_stay_text(real, store, output, hostile):
    done = publish(store, output, hostile)
    page = page_of(output)
    assert done.count == 4
    assert "alert(1); //</script" not in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert len(re.findall(r"<script>", page)) == 1
    fate = next(one for one in report_of(done)["layers"] if one["layer"] == HOSTILE)
    assert fate["result"] == "preserved"
    assert SENTINEL not in texts(output)
    label = "&lt;script&gt;alert(2)&lt;/script&gt;"
    assert label in texts(output / "data")


def test_the_open_project_is_given_back_as_it_was(real, store, output, mapped):
    current = QgsProject.instance()
    current.setTitle("SPÉCIMEN du cartographe")
    current.setDirty(False)
    layers = set(mapped.mapLayers())
    mapped.writeEntryBool("ScaleBar", "/Enabled", True)
    publish(store, output, mapped)
    assert "L.control.scale" in page_of(output)
    assert not current.readBoolEntry("ScaleBar", "/Enabled", False)[0]
    assert current.title() == "SPÉCIMEN du cartographe"
    assert not current.isDirty()
    assert current.mapLayers() == {}
    assert set(mapped.mapLayers()) == layers
    current.setTitle("")


def failing(monkeypatch, times):
    """Let qgis2web fail so many times, late in its work, as it does on some versions of QGIS."""
    calls = []
    module = sys.modules["qgis2web.leafletWriter"]
    write = module.writeVectorLayer

    def fail(*given):
        if len(calls) < times:
            calls.append(1)
            raise IndexError("list index out of range")
        return write(*given)

    monkeypatch.setattr(module, "writeVectorLayer", fail)
    return calls


def test_a_first_failure_is_tried_again(real, store, output, mapped, monkeypatch):
    calls = failing(monkeypatch, 1)
    assert publish(store, output, mapped).backdrop == "qgis2web"
    assert len(calls) == 1
    assert QGuiApplication.overrideCursor() is None


@pytest.mark.parametrize("backdrop", ["auto", "qgis2web"])
def test_a_second_failure_leaves_the_last_publication(
    real, store, output, mapped, monkeypatch, backdrop
):
    publish(store, output, mapped)
    before = {one: one.read_bytes() for one in output.parent.rglob("*") if one.is_file()}
    failing(monkeypatch, 2)
    with pytest.raises(PublishError, match=r"failed twice \(IndexError: list index"):
        publish(store, output, mapped, backdrop)
    after = {one: one.read_bytes() for one in output.parent.rglob("*") if one.is_file()}
    assert after == before
    assert store.count("release") == 1
    assert QGuiApplication.overrideCursor() is None


def test_a_page_that_was_not_written_is_a_failure(real, store, output, mapped, monkeypatch):
    """qgis2web logs an error in its last step and goes on as if nothing had been."""

    def fail(*_given):
        raise ValueError

    monkeypatch.setattr(sys.modules["qgis2web.leafletWriter"], "writeHTMLstart", fail)
    with pytest.raises(PublishError, match="failed twice"):
        publish(store, output, mapped)
    assert list(output.parent.iterdir()) == []


def test_an_empty_project_takes_the_builtin_backdrop(real, store, output, project):
    done = publish(store, output, project)
    assert done.backdrop == "builtin"
    assert "no layer that can be shown" in report_of(done)["why"]


def test_our_template_is_put_beside_its_own(real, store, output, mapped):
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "qgis2web" / "templates"
    publish(store, output, mapped)
    assert {"cp3.html", "full-screen.html"} <= {one.name for one in folder.iterdir()}


@pytest.fixture
def no_qgis2web(monkeypatch):
    """A Python that knows no qgis2web."""
    for name in [one for one in sys.modules if one.split(".")[0] == "qgis2web"]:
        monkeypatch.delitem(sys.modules, name)
    holders = [one for one in sys.path if not (Path(one) / "qgis2web").is_dir()]
    monkeypatch.setattr(sys, "path", holders)
    monkeypatch.delenv("QGIS2WEB_PATH", raising=False)
    monkeypatch.delenv("QGIS_PLUGINPATH", raising=False)
    yield
    for name in [one for one in sys.modules if one.split(".")[0] == "qgis2web"]:
        del sys.modules[name]


def fake(folder, writer, defaults="{}", version="9.9.9"):
    """A plugin qgis2web of another making."""
    package = folder / "qgis2web"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "metadata.txt").write_text(f"[general]\nname=qgis2web\nversion={version}\n")
    (package / "leafletWriter.py").write_text(writer)
    (package / "configparams.py").write_text(f"def getDefaultParams():\n    return {defaults}\n")
    return folder


ARGUMENTS = "cls, iface, feedback, folder, layer_list, groups, collapsedGroup, visible, " \
    "interactive, cluster, json, getFeatureInfo, baseMap, params, popup"  # fmt: skip
WRITER = """class LeafletWriter:
    @classmethod
    def writeLeaflet({}):
        pass
    def write(self, iface, folder, feedback=None):
        pass
"""


def test_without_qgis2web_the_sentence_says_how_to_install_it(no_qgis2web):
    with pytest.raises(Qgis2webMissing, match="menu Plugins"):
        load_qgis2web()


@pytest.mark.parametrize("variable", ["QGIS2WEB_PATH", "QGIS_PLUGINPATH"])
def test_qgis2web_is_looked_for_where_people_say(no_qgis2web, tmp_path, monkeypatch, variable):
    places = str(fake(tmp_path, WRITER.format(ARGUMENTS), repr(qgis2web.SETTINGS), "4.2.0"))
    if variable == "QGIS_PLUGINPATH":
        places = os.pathsep.join([str(tmp_path / "none"), places])
    monkeypatch.setenv(variable, places)
    found = load_qgis2web()
    assert found.version == "4.2.0"
    assert not found.tested


@pytest.mark.parametrize(
    "writer, defaults, words",
    [
        ("", "{}", "LeafletWriter"),
        ("import nothing_of_the_kind", "{}", "nothing_of_the_kind"),
        ("class LeafletWriter:\n    pass\n", "{}", r"LeafletWriter\.writeLeaflet"),
        (WRITER.format(ARGUMENTS.replace("baseMap, ", "")), "{}", r"writeLeaflet\(baseMap\)"),
        (WRITER.format(ARGUMENTS + ", hat"), "{}", r"writeLeaflet\(hat\), which is new"),
        (WRITER.format(ARGUMENTS), "{'Appearance': {}}", "Appearance/Template"),
        ("class LeafletWriter(", "{}", "SyntaxError"),
        ("raise OSError('half installed')", "{}", "OSError: half installed"),
        (WRITER.format(ARGUMENTS), "{}[0]", "KeyError: 0"),
        (WRITER.format(ARGUMENTS), "None", "AttributeError"),
    ],
)
def test_a_version_that_lacks_something_is_refused(
    no_qgis2web, tmp_path, monkeypatch, store, output, mapped, writer, defaults, words
):
    monkeypatch.setenv("QGIS2WEB_PATH", str(fake(tmp_path, writer, defaults)))
    with pytest.raises(Qgis2webUnfit, match=rf"qgis2web 9\.9\.9 .* lacks: .*{words}"):
        load_qgis2web()
    done = publish(store, output, mapped)
    assert done.backdrop == "builtin"
    assert "9.9.9" in report_of(done)["why"]
    with pytest.raises(PublishError, match=r"9\.9\.9"):
        publish(store, output, mapped, "qgis2web")


def test_the_adapter_is_the_only_one_that_knows_it():
    """No other module of the package imports qgis2web."""
    folder = Path(publication.__file__).parent
    knowing = [
        file.name
        for file in folder.parents[1].rglob("*.py")
        if "build" not in file.parts and "tests" not in file.parts
        and re.search(r"^\s*(from|import) qgis2web\b|import_module\(\"qgis2web", file.read_text(
            encoding="utf-8"), flags=re.MULTILINE)
    ]  # fmt: skip
    assert knowing == ["qgis2web.py"]
