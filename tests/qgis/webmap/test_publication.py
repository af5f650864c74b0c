# SPDX-License-Identifier: GPL-2.0-or-later
"""A publication as a whole: what is in the folder, what never is, and what a failure leaves."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import Cancelled, PublishError, StoreBusy
from carte_cp3.gis.project import add_base_layers, add_store_layers, find_layer
from carte_cp3.gis.style import category_symbol
from carte_cp3.gis.webmap import publication, publish, release
from carte_cp3.gis.webmap.qgis2web import Qgis2webMissing, Qgis2webUnfit
from carte_cp3.gis.webmap.scene.backdrop import (
    boundary_credits,
    light_areas,
    limit_lines,
    said_credits,
)
from carte_cp3.gis.webmap.scene.symbols import write_symbols
from carte_cp3.store.database import create_store
from qgis.core import QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer
from qgis.PyQt.QtCore import QTranslator
from qgis.PyQt.QtGui import QColor, QImage

pytestmark = pytest.mark.usefixtures("qgis_app")

I18N = Path(publication.__file__).parents[2] / "resources" / "i18n"
SENTINEL = "SENTINELLE-INTERNE"


@pytest.fixture
def mapped(project, store, boundaries):
    """A project with the base map and the layers of the store."""
    add_base_layers(project, boundaries)
    add_store_layers(project, store)
    return project


def texts(folder) -> str:
    """All that a folder says, names of files included."""
    files = [one for one in folder.rglob("*") if one.is_file()]
    return "\n".join(f"{one}\n{one.read_bytes().decode('utf-8', 'replace')}" for one in files)


def data_of(folder) -> dict:
    return json.loads((folder / "data" / "cp3.json").read_text(encoding="utf-8"))


def snapshot(folder) -> dict:
    return {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_page_on_the_builtin_backdrop(store, output):
    done = publish(store, output, None, "builtin")
    assert (done.index, done.count, done.backdrop) == (output / "index.html", 4, "builtin")
    data = data_of(output)
    assert [one["id"] for one in data["sites"]] == ["site-2", "site-0", "site-1", "site-3"]
    assert data["sites"][0]["region"] == "04"
    assert "lon" not in data["sites"][3]
    assert data["sites"][1]["offers"] == [{"service": 0, "capacity": "unknown"}]
    assert "layer" not in data
    page = done.index.read_text(encoding="utf-8")
    assert page.count("<article") == 4
    assert "SPÉCIMEN formation" in page
    assert "CP3_BACKDROP" in (output / "data" / "backdrop.js").read_text(encoding="utf-8")
    assert {one.name for one in (output / "symbols").iterdir()} == {
        "OFPPT.svg", "ANAPEC.svg", "EN.svg", "ART.svg",
    }  # fmt: skip


def test_the_report_and_the_release_say_what_was_done(store, output, mapped):
    done = publish(store, output, mapped, "builtin", by="atelier")
    report = json.loads(done.report.read_text(encoding="utf-8"))
    assert done.report.parent == output.parent
    assert report["backdrop"] == "builtin"
    assert report["counts"] == {"institutions": 4, "sites": 4, "services": 1, "offers": 1}
    assert {one["layer"] for one in report["layers"]} == {
        layer.name() for layer in mapped.mapLayers().values()
    }
    assert {one["result"] for one in report["layers"]} == {"left_out"}
    [row] = store.rows("release")
    assert row["by"] == "atelier"
    assert row["checksum"] == report["checksum"] == release.checksum(output)
    assert json.loads(row["counts"])["sites"] == 4
    assert set(json.loads(row["versions"])) == {"qgis", "plugin"}


def test_internal_fields_and_unpublished_records_are_nowhere(store, output):
    """A sentinel in every column that is not public, and in all of records that are not."""
    schema = store.schema
    keep = {"status", "visibility", "batch_id", "source_row"}
    with store.transaction():
        for name in ("site", "service", "offer"):
            table = schema.table(name)
            inner = {
                one.name: f"{SENTINEL}-{one.name}"
                for one in table.fields
                if not one.public and one.name not in keep and not one.vocabulary
            }
            for row in store.rows(name, status="published"):
                store.update(name, row[table.key], inner)
        for status, visibility in (
            ("draft", "public"),
            ("published", "internal"),
            ("published", "professional"),
            ("closed", "public"),
        ):
            key = f"{SENTINEL}-{status}-{visibility}"
            store.insert("site", [{"site_id": key, "institution_code": "EN", "name_fr": key,
                                   "lon": -5.0, "lat": 34.0, "status": status,
                                   "visibility": visibility}])  # fmt: skip
    done = publish(store, output, None, "builtin")
    assert done.count == 4
    assert SENTINEL not in texts(output)


def test_an_internal_column_in_the_data_stops_the_publication(store, output, monkeypatch):
    publish(store, output, None, "builtin")
    before = snapshot(output.parent)
    leaky = publication.page_data
    monkeypatch.setattr(
        publication, "page_data", lambda *given: {**leaky(*given), "note_internal": SENTINEL}
    )
    with pytest.raises(PublishError, match="note_internal, which is internal"):
        publish(store, output, None, "builtin")
    assert snapshot(output.parent) == before
    assert store.count("release") == 1


def test_another_count_than_the_stores_stops_the_publication(store, output, monkeypatch):
    short = publication.page_data

    def one_less(*given):
        data = short(*given)
        return {**data, "sites": data["sites"][1:]}

    monkeypatch.setattr(publication, "page_data", one_less)
    with pytest.raises(PublishError, match="has 3 sites, the store 4"):
        publish(store, output, None, "builtin")
    assert list(output.parent.iterdir()) == []


def test_a_publication_is_cancelled_while_its_open_data_are_written(store, output):
    said = []

    def stop(done, text):
        said.append(text)
        if 0.75 <= done < 0.85:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        publish(store, output, None, "builtin", progress=stop)
    assert said[-1] == "HSDS, fr"
    assert list(output.parent.iterdir()) == []


def publish_one_more(store):
    with store.transaction(by="a colleague"):
        row = {"institution_code": "EN", "name_fr": "SPÉCIMEN publié entre-temps"}
        row.update(commune_code="04.421.01.0", status="published", lon=-6.83, lat=34.02)
        store.insert("site", [row])


def test_a_site_published_meanwhile_is_on_the_next_page(store, output):
    def meanwhile(done, _message):
        if done == 0.7:
            publish_one_more(store)

    assert publish(store, output, None, "builtin", progress=meanwhile).count == 4
    assert publish(store, output, None, "builtin").count == 5


def test_a_site_published_while_the_store_is_read_is_on_the_page(store, output, monkeypatch):
    read = publication.public_view

    def late(store):
        view = read(store)
        monkeypatch.undo()
        publish_one_more(store)
        return view

    monkeypatch.setattr(publication, "public_view", late)
    assert publish(store, output, None, "builtin").count == 5


@pytest.mark.parametrize("at", [0.0, 0.1, 0.2, 0.7, 0.85, 0.95])
def test_a_cancelled_publication_changes_nothing(store, output, at):
    publish(store, output, None, "builtin")
    before = snapshot(output.parent)

    def stop(done, _message):
        if done >= at:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        publish(store, output, None, "builtin", progress=stop)
    assert snapshot(output.parent) == before


def test_a_store_that_cannot_record_the_release_puts_the_last_page_back(store, output, monkeypatch):
    publish(store, output, None, "builtin")
    before = snapshot(output.parent)

    def refuse(*_given):
        raise StoreBusy("locked")

    monkeypatch.setattr(store, "insert", refuse)
    with pytest.raises(StoreBusy):
        publish(store, output, None, "builtin")
    assert snapshot(output.parent) == before


def test_earlier_publications_are_kept_as_they_were(store, output):
    publish(store, output, None, "builtin")
    first = snapshot(output)
    for _again in range(4):
        publish(store, output, None, "builtin")
    kept = release.kept_releases(output)
    assert len(kept) == 3
    assert store.count("release") == 5
    assert set(snapshot(kept[0])) == set(first)
    assert {one.name for one in output.parent.iterdir()} == {
        "carte", "carte.releases", "carte-report.json",
    }  # fmt: skip


def test_nothing_published_is_said_and_leaves_nothing(tmp_path, output):
    empty = create_store(str(tmp_path / "empty.gpkg"))
    with empty, pytest.raises(PublishError, match="no published site"):
        publish(empty, output, None)
    assert list(output.parent.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(store, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="Choose a folder you may write to"):
        publish(store, tmp_path / "file" / "web", None, "builtin")


@pytest.mark.parametrize(
    "wrong, words",
    [({"languages": ("fr", "tlh")}, "tlh"), ({"languages": ()}, "Choose among: fr, ar"),
     ({"backdrop": "openlayers"}, "No backdrop is called openlayers")],
)  # fmt: skip
def test_wrong_choices_are_said(store, output, wrong, words):
    with pytest.raises(PublishError, match=words):
        publish(store, output, None, **{"backdrop": "builtin", **wrong})


@pytest.mark.parametrize("error", [Qgis2webMissing, Qgis2webUnfit])
def test_without_qgis2web_auto_takes_the_builtin_backdrop_and_says_why(
    store, output, mapped, monkeypatch, error
):
    def missing():
        raise error("SPÉCIMEN: how to install it.")

    monkeypatch.setattr(publication, "load_qgis2web", missing)
    done = publish(store, output, mapped)
    assert done.backdrop == "builtin"
    assert json.loads(done.report.read_text())["why"] == "SPÉCIMEN: how to install it."
    with pytest.raises(PublishError, match="how to install it"):
        publish(store, output, mapped, "qgis2web")


def test_the_projects_title_is_the_pages_and_stays_text(store, output, project):
    project.setTitle("<b>SPÉCIMEN</b> & </title><script>alert(1)</script>")
    page = publish(store, output, project, "builtin").index.read_text(encoding="utf-8")
    assert "&lt;b&gt;SPÉCIMEN&lt;/b&gt; &amp; &lt;/title&gt;" in page
    assert "<script>alert" not in page
    assert data_of(output)["title"] == {"fr": project.title()}


def test_without_a_title_the_page_has_one_in_each_language(store, output):
    page = publish(store, output, None, "builtin", languages=("ar", "fr")).index
    assert '<html lang="ar" dir="rtl"' in page.read_text(encoding="utf-8")
    assert set(data_of(output)["title"]) == {"ar", "fr"}


def test_the_folder_can_be_served(store, output):
    publish(store, output, None, "builtin")
    for one in (output, *output.rglob("*")):
        assert one.stat().st_mode & stat.S_IROTH, one


def test_the_same_symbol_on_screen_and_page(store, tmp_path, mapped):
    """What the plugin draws is an SVG; another symbol is drawn as it is."""
    rows = store.rows("institution")
    renderer = find_layer(mapped, "site").renderer().clone()
    assert write_symbols(tmp_path, rows, renderer)["OFPPT"] == "symbols/OFPPT.svg"
    symbol = category_symbol(renderer, "OFPPT")
    symbol.setColor(QColor("#ff00ff"))
    renderer.updateCategorySymbol(renderer.categoryIndexForValue("OFPPT"), symbol)
    own = QgsMarkerSymbol.createSimple({"name": "arrowhead", "color": "#00ff00"})
    own.appendSymbolLayer(
        QgsSimpleMarkerSymbolLayer.create({"name": "circle", "color": "#ff0000", "size": "2"})
    )
    renderer.updateCategorySymbol(renderer.categoryIndexForValue("EN"), own)
    drawn = write_symbols(tmp_path, rows, renderer)
    assert drawn["ANAPEC"] == "symbols/ANAPEC.svg"
    assert "#ff00ff" in (tmp_path / drawn["OFPPT"]).read_text()
    assert drawn["EN"] == "symbols/EN.png"
    picture = QImage(str(tmp_path / drawn["EN"]))
    assert picture.width() == 48
    assert picture.pixelColor(24, 24) == QColor("#ff0000")
    assert picture.pixelColor(1, 1).alpha() == 0


@pytest.mark.parametrize("code", ["../../x", "A B", "é", "<img>", ""])
def test_a_strange_code_makes_no_strange_file(tmp_path, code):
    [address] = write_symbols(tmp_path, [{"code": code}]).values()
    assert address == "symbols/institution-0.svg"


def test_the_light_boundaries_are_whole():
    regions, provinces = light_areas("region"), light_areas("province")
    assert (len(regions["features"]), len(provinces["features"])) == (12, 75)
    assert set(regions["features"][0]["properties"]) == {"code", "name_fr", "name_ar"}
    assert len(json.dumps(provinces)) < 400_000
    assert any("HCP" in one["text"] for one in boundary_credits())


def test_credits_are_said_as_the_printed_sheets_say_them():
    said = said_credits([*boundary_credits(), {"text": "SPÉCIMEN"}], ("fr", "ar"))
    assert all(one["texts"]["ar"] for one in said[:-1])
    assert said[-1] == {"text": "SPÉCIMEN"}


def test_the_builtin_map_gets_its_lines_from_the_limits():
    """Regions 10 and 11 share points, of which none but the ends is on a line."""
    limits = [one for one in limit_lines()["features"] if one["properties"]["level"] != "province"]
    on_lines = points(one["geometry"] for one in limits)
    shapes = {
        one["properties"]["code"]: points([one["geometry"]])
        for one in light_areas("region")["features"]
    }
    assert len(shapes["10"] & shapes["11"]) > 20
    assert len(shapes["10"] & shapes["11"] & on_lines) <= 2
    assert shapes["11"] & shapes["12"] <= on_lines


def points(geometries) -> set[tuple[float, float]]:
    """Every position of some GeoJSON geometries."""

    def flat(values):
        if isinstance(values[0], (int, float)):
            yield tuple(values)
        else:
            for one in values:
                yield from flat(one)

    return {point for one in geometries for point in flat(one["coordinates"])}


def test_progress_is_said_in_the_language_of_qgis(store, output, qgis_app):
    translator, said = QTranslator(), []
    assert translator.load(str(I18N / "carte_cp3_fr.qm"))
    qgis_app.installTranslator(translator)
    try:
        publish(store, output, None, "builtin", progress=lambda _done, text: said.append(text))
    finally:
        qgis_app.removeTranslator(translator)
    assert said[0] == "Lecture de ce qui est publié"
    assert said[-1] == "Sites publiés : 4."
