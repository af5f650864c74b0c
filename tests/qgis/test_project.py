# SPDX-License-Identifier: GPL-2.0-or-later
"""The project of a store: roles, forms, relations, and that it lives without the plugin."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import NotAStore, StoreError
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis import store_layers, style, titles
from carte_cp3.gis.basemap import map_font
from carte_cp3.gis.boundaries_copy import copy_beside
from carte_cp3.gis.forms import configure_form
from carte_cp3.gis.project import (
    BASE_TABLES,
    STORE_ROLES,
    add_base_layers,
    add_store_layers,
    build_project,
    find_layer,
)
from carte_cp3.store.boundaries import BOUNDARIES
from carte_cp3.store.database import open_store
from qgis.core import (
    QgsCoordinateTransform,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

pytestmark = pytest.mark.usefixtures("qgis_app")

SCHEMA = load_schema()
ALL_ROLES = (*STORE_ROLES, *BASE_TABLES)


@pytest.fixture
def built(store_file, tmp_path) -> Path:
    """A project of this test's own."""
    return build_project(store_file, tmp_path / "carte.qgz")


@pytest.fixture(scope="module")
def shared(qgis_app, specimen_file, tmp_path_factory) -> Path:
    """A project that tests only look at."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(specimen_file, folder / "services.gpkg")
    return build_project(folder / "services.gpkg", folder / "carte.qgz")


@pytest.fixture(scope="module")
def opened(shared):
    """That project, open; nothing in it is saved."""
    project = QgsProject()
    assert project.read(str(shared))
    yield project
    project.clear()


@pytest.fixture
def in_window(built):
    """A project of this test's own, open in the window (where expressions look for layers)."""
    project = QgsProject.instance()
    assert project.read(str(built))
    yield project
    project.clear()


def test_every_role_is_a_valid_layer(opened):
    for role in ALL_ROLES:
        layer = find_layer(opened, role)
        assert layer is not None and layer.isValid(), role
    assert len(opened.mapLayers()) == len(ALL_ROLES)


def test_a_renamed_layer_is_found_and_an_unknown_role_is_not(project, store):
    add_store_layers(project, store)["site"].setName("Mes lieux")
    assert find_layer(project, "site").name() == "Mes lieux"
    assert find_layer(project, "nonsense") is None


def test_paths_are_relative_and_no_plugin_is_named(shared):
    with zipfile.ZipFile(shared) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".qgs"))
        text = archive.read(name).decode("utf-8")
    assert "./services.gpkg|layername=site" in text
    assert "./morocco.gpkg|layername=commune" in text
    assert str(shared.parent) not in text
    assert "carte_cp3" not in text


def test_labels_ask_for_one_font_that_is_there(shared):
    with zipfile.ZipFile(shared) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".qgs"))
        families = set(re.findall(r'fontFamily="([^"]*)"', archive.read(name).decode("utf-8")))
    assert families == {map_font().family()}


def test_project_moves_with_its_store_and_opens_without_the_plugin(built, tmp_path):
    """Another process, another folder, no plugin: every layer opens and all sites are there."""
    moved = tmp_path / "ailleurs"
    moved.mkdir()
    for name in ("carte.qgz", "services.gpkg", "morocco.gpkg"):
        shutil.move(str(built.with_name(name)), str(moved / name))
    code = """
        import os, sys
        from qgis.core import QgsApplication, QgsProject
        application = QgsApplication([], True)
        application.initQgis()
        project = QgsProject.instance()
        print(project.read(sys.argv[1]))
        layers = project.mapLayers().values()
        print(all(layer.isValid() for layer in layers), len(layers))
        print(sum(l.featureCount() for l in layers if "layername=site" in l.source()))
        relations = project.relationManager().relations().values()
        print(all(relation.isValid() for relation in relations), len(relations) > 8)
        print(any(name.startswith("carte_cp3") for name in sys.modules))
        sys.stdout.flush()
        os._exit(0)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(moved / "carte.qgz")],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=moved,
    )
    assert done.stdout.split("\n")[:5] == ["True", "True 15", "5", "True True", "False"]


def test_boundaries_are_copied_once_and_again_when_they_changed(built, store_file):
    copy = built.with_name("morocco.gpkg")
    assert copy.read_bytes() == BOUNDARIES.read_bytes()
    stamp = copy.stat().st_mtime_ns
    build_project(store_file, built)
    assert copy.stat().st_mtime_ns == stamp
    copy.write_bytes(b"an older edition")
    build_project(store_file, built)
    assert copy.read_bytes() == BOUNDARIES.read_bytes()
    assert not list(built.parent.glob(".new-*"))


def test_building_leaves_the_store_as_it_was(store_file, tmp_path):
    before = store_file.read_bytes()
    build_project(store_file, tmp_path / "carte.qgz")
    assert store_file.read_bytes() == before
    assert not list(tmp_path.glob("services.gpkg-*"))


def test_very_many_sites_are_drawn_from_near_alone(project, store, monkeypatch):
    monkeypatch.setattr(store_layers, "_MANY", 4)  # there are five
    layers = add_store_layers(project, store)
    assert layers["site"].hasScaleBasedVisibility()
    assert layers["site"].minimumScale() == 500_000
    assert not layers["service"].hasScaleBasedVisibility()


def test_what_is_no_store_is_refused_and_nothing_is_written(tmp_path):
    other = tmp_path / "other.gpkg"
    other.write_text("not a GeoPackage")
    with pytest.raises(NotAStore, match=r"other\.gpkg"):
        build_project(other, tmp_path / "carte.qgz")
    assert list(tmp_path.iterdir()) == [other], "no copy of the boundaries either"
    assert other.read_text() == "not a GeoPackage"


def test_a_project_that_fails_leaves_what_was_there(tmp_path):
    other, there = tmp_path / "other.gpkg", tmp_path / "morocco.gpkg"
    other.write_text("not a GeoPackage")
    copy_beside(there)
    with pytest.raises(NotAStore):
        build_project(other, tmp_path / "carte.qgz")
    assert there.exists()


def test_a_folder_that_cannot_be_made_is_said(store_file, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Choose another folder"):
        build_project(store_file, tmp_path / "file" / "carte.qgz")


def test_project_opens_on_the_country(opened, shared):
    extent = opened.viewSettings().defaultViewExtent()
    assert extent.crs().authid() == "EPSG:4326"
    assert opened.crs().authid() == "EPSG:3857"
    with zipfile.ZipFile(shared) as archive:
        assert b'name="theMapCanvas"' in archive.read(
            next(one for one in archive.namelist() if one.endswith(".qgs"))
        )
    for town in ((-5.81, 35.77), (-15.93, 23.70), (-1.91, 34.68)):
        assert extent.contains(QgsPointXY(*town))


@pytest.mark.parametrize("language", ["fr", "ar", "en", "es"])
def test_every_field_has_an_alias_in_the_language(project, store, monkeypatch, language):
    monkeypatch.setattr("carte_cp3.gis.project.project_language", lambda _schema: language)
    layers = add_store_layers(project, store)
    for role, layer in layers.items():
        for field in SCHEMA.table(role).fields:
            alias = layer.attributeAlias(layer.fields().indexOf(field.name))
            assert alias == field.label.get(language, field.label["fr"]) != "", field.name


def test_an_unknown_language_of_qgis_becomes_french(monkeypatch):
    for locale, expected in (("ar_MA", "ar"), ("en_US", "en"), ("de_DE", "fr"), ("C", "fr")):
        monkeypatch.setattr(titles.QgsApplication, "locale", staticmethod(lambda one=locale: one))
        assert titles.project_language(SCHEMA) == expected


def test_titles_are_complete_in_every_language():
    with titles.TITLES_FILE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            assert all(row[language.code] for language in SCHEMA.languages), row["name"]


DROP_DOWNS = [
    pytest.param(role, field, id=f"{role}.{field.name}")
    for role in STORE_ROLES
    for field in SCHEMA.table(role).fields
    if field.vocabulary
]


@pytest.mark.parametrize(("role", "field"), DROP_DOWNS)
def test_a_closed_list_is_a_drop_down_of_its_own_terms(opened, role, field):
    layer = find_layer(opened, role)
    setup = layer.editorWidgetSetup(layer.fields().indexOf(field.name))
    assert setup.type() == "ValueRelation"
    config = setup.config()
    terms = find_layer(opened, "term")
    assert config["Layer"] == terms.id()
    assert bool(config["AllowMulti"]) is field.multiple
    listed = {feature["code"] for feature in terms.getFeatures(config["FilterExpression"])}
    assert listed == {term.code for term in SCHEMA.vocabulary(field.vocabulary)}


def test_references_are_relations_and_dependents_stand_in_the_form(opened):
    relations = opened.relationManager().relations()
    expected = {
        f"carte_{role}_{field.name}"
        for role in STORE_ROLES
        for field in SCHEMA.table(role).fields
        if field.references in STORE_ROLES
    }
    assert set(relations) == expected
    assert all(relation.isValid() for relation in relations.values())
    site = find_layer(opened, "site")
    offers = relations["carte_offer_site_id"]
    assert [f["offer_id"] for f in offers.getRelatedFeatures(feature_of(site, "site-0"))] == [
        "offer-0"
    ]


def test_forms_keep_their_relations_when_saved(shared):
    with zipfile.ZipFile(shared) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".qgs"))
        text = archive.read(name).decode("utf-8")
    shown = text.count("<attributeEditorRelation ")
    assert shown == 4  # sites and services of an institution, offers of a site and of a service
    assert 'relation=""' not in text


def feature_of(layer: QgsVectorLayer, key: str) -> QgsFeature:
    return next(layer.getFeatures(QgsExpression.createFieldEqualityExpression("site_id", key)))


def test_every_field_stands_once_in_a_tab(opened):
    for role in STORE_ROLES:
        layer = find_layer(opened, role)
        shown = []
        for tab in layer.editFormConfig().tabs():
            shown += [one.name() for one in tab.findElements(one_field())]
        assert sorted(shown) == sorted(SCHEMA.table(role).names), role


def one_field():
    from qgis.core import QgsAttributeEditorElement

    return QgsAttributeEditorElement.AttributeEditorType.AeTypeField


def test_read_only_fields_cannot_be_edited(opened):
    site = find_layer(opened, "site")
    config = site.editFormConfig()
    for field in SCHEMA.table("site").fields:
        assert config.readOnly(site.fields().indexOf(field.name)) is field.read_only, field.name
    assert all(find_layer(opened, role).readOnly() for role in BASE_TABLES)


def test_expressions_of_forms_and_titles_are_sound(in_window):
    """Constraints, defaults and display titles evaluate without an error on every table."""
    for role in STORE_ROLES:
        layer = find_layer(in_window, role)
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        feature = next(layer.getFeatures(), None) or QgsVectorLayerUtils.createFeature(layer)
        context.setFeature(feature)
        texts = [layer.displayExpression()]
        for index in range(layer.fields().count()):
            texts.append(layer.constraintExpression(index))
            texts.append(layer.defaultValueDefinition(index).expression())
        for text in filter(None, texts):
            expression = QgsExpression(text)
            expression.evaluate(context)
            assert not expression.hasParserError(), (role, text, expression.parserErrorString())
            assert not expression.hasEvalError(), (role, text, expression.evalErrorString())


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("phone", "+212537000000", "05 37"),
        ("email", "specimen@example.org", "specimen"),
        ("website", "https://example.org", "example.org"),
        ("name_fr", "SPÉCIMEN", "  "),
    ],
)
def test_constraints_are_said_while_typing(opened, field, good, bad):
    site = find_layer(opened, "site")
    index = site.fields().indexOf(field)
    feature = feature_of(site, "site-0")
    for value, expected in ((good, True), (bad, False)):
        feature[field] = value
        fits, errors = QgsVectorLayerUtils.validateAttribute(site, feature, index)
        assert fits is expected, (field, value, errors)
    assert site.constraintDescription(index)


def test_a_draft_needs_no_name_and_the_constraint_is_hard(opened):
    site = find_layer(opened, "site")
    index = site.fields().indexOf("name_fr")
    feature = feature_of(site, "draft")
    feature["name_fr"] = None
    assert QgsVectorLayerUtils.validateAttribute(site, feature, index)[0]
    constraints = site.fields().at(index).constraints()
    assert (
        constraints.constraintStrength(QgsFieldConstraints.Constraint.ConstraintExpression)
        == QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    )


def test_a_new_site_gets_identifier_status_and_commune_from_its_position(in_window):
    site = find_layer(in_window, "site")
    context = site.createExpressionContext()
    point = QgsGeometry.fromPointXY(QgsPointXY(-6.8416, 34.0209))
    made = [QgsVectorLayerUtils.createFeature(site, point, {}, context) for _ in range(2)]
    assert made[0]["site_id"] != made[1]["site_id"]
    assert len(made[0]["site_id"]) == 36
    assert made[0]["status"] == "draft"
    assert made[0]["verify_every_months"] == 12
    assert made[0]["commune_code"].startswith("04.421.")


def test_a_site_added_in_qgis_is_saved_in_the_store(in_window, store_file):
    site = find_layer(in_window, "site")
    point = QgsGeometry.fromPointXY(QgsPointXY(-6.84, 34.02))
    values = {
        site.fields().indexOf("institution_code"): "EN",
        site.fields().indexOf("name_fr"): "SPÉCIMEN ajouté",
        site.fields().indexOf("languages"): '{"fr","ar"}',
    }
    feature = QgsVectorLayerUtils.createFeature(site, point, values, site.createExpressionContext())
    feature["fid"] = None
    assert site.startEditing()
    assert site.addFeature(feature)
    assert site.commitChanges(), site.commitErrors()
    with open_store(str(store_file)) as store:
        (row,) = store.rows("site", name_fr="SPÉCIMEN ajouté")
        assert (round(row["lon"], 4), round(row["lat"], 4)) == (-6.84, 34.02)
        assert row["status"] == "draft"
        assert store.count("change", key=row["site_id"], action="insert") == 1


def test_layers_are_added_to_an_open_project_once(project, store, boundaries):
    add_base_layers(project, boundaries)
    first = add_store_layers(project, store)
    first["site"].setName("Mes lieux")
    again = add_store_layers(project, store)
    assert {role: layer.id() for role, layer in first.items()} == {
        role: layer.id() for role, layer in again.items()
    }
    assert again["site"].name() == "Mes lieux"
    assert len(project.mapLayers()) == len(ALL_ROLES)
    names = [group.name() for group in project.layerTreeRoot().children()]
    assert names == [titles.title("store", "fr"), titles.title("base", "fr")]


def test_a_lost_layer_comes_back_and_another_store_takes_the_place(
    project, store, specimen_file, tmp_path
):
    layers = add_store_layers(project, store)
    project.removeMapLayer(layers["notice"].id())
    assert add_store_layers(project, store)["notice"].isValid()
    other_file = Path(shutil.copy(specimen_file, tmp_path / "other.gpkg"))
    with open_store(str(other_file)) as other:
        replaced = add_store_layers(project, other)
    assert len(project.mapLayers()) == len(STORE_ROLES)
    assert all("other.gpkg" in layer.source() for layer in replaced.values())


def test_a_field_and_a_language_added_to_the_schema_reach_the_form(project, store):
    """Forms follow the schema: nothing is named by hand."""
    layers = add_store_layers(project, store)
    table = SCHEMA.table("site")
    fields = tuple(
        dataclasses.replace(one, label={**one.label, "wo": "Tur"}, group="contact")
        if one.name == "name_fr"
        else one
        for one in table.fields
    )
    layer = layers["site"]
    configure_form(layer, dataclasses.replace(table, fields=fields), SCHEMA, layers, {}, "wo")
    assert layer.attributeAlias(layer.fields().indexOf("name_fr")) == "Tur"
    tabs = {tab.name(): tab for tab in layer.editFormConfig().tabs()}
    contact = tabs[SCHEMA.groups["contact"]["fr"]]
    assert "name_fr" in [one.name() for one in contact.findElements(one_field())]


def rendered(project: QgsProject, extent: QgsRectangle, size: QSize):
    settings = QgsMapSettings()
    shown = [node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()]
    settings.setLayers([layer for layer in shown if layer.isSpatial()])
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setOutputSize(size)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors()
    return job.renderedImage()


def test_the_map_shows_sea_land_and_sites(opened):
    around = QgsRectangle(-860000, 3960000, -830000, 3990000)  # Casablanca, EPSG:3857
    picture = rendered(opened, around, QSize(600, 600))
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert {"#dce9f0", "#fdfcf8"} <= colours  # sea and land
    assert {"#152e58", "#ce4a12"} <= colours  # OFPPT and ANAPEC
    assert QColor("#95d4b0").name() not in colours  # Entraide Nationale has none here


BASE_EXTENT = 12_000  # metres to either side of a point: communes and their limits show


def along_the_limit(project: QgsProject, one: str, other: str):
    """Colours along what two regions share, base map only, without names; at two scales."""
    layers = {role: find_layer(project, role).clone() for role in BASE_TABLES}
    shapes = {row["code"]: row.geometry() for row in layers["region"].getFeatures()}
    shared = shapes[one].intersection(shapes[other])
    shared.convertGeometryCollectionToSubclass(QgsWkbTypes.GeometryType.LineGeometry)
    shared.transform(QgsCoordinateTransform(layers["region"].crs(), project.crs(), project))
    line = max(shared.mergeLines().asGeometryCollection(), key=QgsGeometry.length)
    middle = line.interpolate(line.length() / 2).asPoint()
    for half in (BASE_EXTENT, 20 * BASE_EXTENT):
        extent = middle_box(middle, half)
        picture = bare_picture(project, layers, extent)
        cell = 2 * half / picture.width()
        dense = line.densifyByDistance(cell)  # its vertices live no longer than itself
        for vertex in dense.vertices():
            column = int((vertex.x() - extent.xMinimum()) / cell)
            row = int((extent.yMaximum() - vertex.y()) / cell)
            if 0 <= column < picture.width() and 0 <= row < picture.height():
                yield half, picture.pixelColor(column, row)


def middle_box(at: QgsPointXY, half: float) -> QgsRectangle:
    return QgsRectangle(at.x() - half, at.y() - half, at.x() + half, at.y() + half)


def bare_picture(project: QgsProject, layers, extent: QgsRectangle):
    fresh = QgsProject()
    fresh.setCrs(project.crs())
    fresh.setBackgroundColor(project.backgroundColor())
    for layer in reversed(list(layers.values())):
        shown = layer.clone()
        shown.setLabelsEnabled(False)
        fresh.addMapLayer(shown, False)
        fresh.layerTreeRoot().insertLayer(0, shown)
    return rendered(fresh, extent, QSize(500, 500))


def test_no_line_is_drawn_between_the_two_regions_and_others_are(opened):
    """Between 10 and 11 the land goes on, but for rivers and limits that come from aside."""
    hidden = list(along_the_limit(opened, "10", "11"))
    assert {half for half, _colour in hidden} == {BASE_EXTENT, 20 * BASE_EXTENT}
    plain = [distance(colour, style.LAND) < 6 for _half, colour in hidden]
    assert sum(plain) > 0.95 * len(plain)
    drawn = [
        distance(colour, style.LAND) > 40 for _half, colour in along_the_limit(opened, "11", "12")
    ]
    assert sum(drawn) > 0.8 * len(drawn)


def distance(one: QColor, other: str) -> int:
    """How far two colours are apart, of 255."""
    pairs = zip(one.getRgb()[:3], QColor(other).getRgb()[:3])
    return max(abs(first - second) for first, second in pairs)


def test_communes_keep_their_limits_in_the_two_regions_too(opened):
    limit = find_layer(opened, "limit")
    rule = limit.renderer().rootRule().children()[-1]
    chosen = {row["left_code"][:2] for row in limit.getFeatures(rule.filterExpression())}
    bare = find_layer(opened, "commune").renderer().rootRule().children()[-1]
    listed = find_layer(opened, "commune").getFeatures(bare.filterExpression())
    assert {row["region_code"] for row in listed} == chosen == {"10", "11"}
