# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites' style in one click: classes safe for every eye, names, stacking, kept and restored."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import date

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import numpy as np
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis import style
from carte_cp3.gis.project import add_store_layers, find_layer
from carte_cp3.gis.sheets import print_sheets
from carte_cp3.gis.sheets.job import PrintJob
from carte_cp3.gis.site_classes import shown_classes, shown_in
from carte_cp3.gis.site_style import (
    PALETTE,
    SHAPES,
    SiteStyle,
    status_renderer,
    style_sites,
    theme_renderer,
)
from carte_cp3.gis.style_files import canonical_qml, keep_style, load_kept_style, write_qml
from carte_cp3.gis.webmap import publish
from carte_cp3.gis.webmap.scene import _symbol
from carte_cp3.store.database import open_store
from carte_cp3.store.institutions import known_institutions
from carte_cp3.store.public import public_view
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsMarkerSymbol,
    QgsPointClusterRenderer,
    QgsPointDisplacementRenderer,
    QgsProject,
    QgsRectangle,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

#: Linear-light sRGB as the three kinds of dichromats see it (Machado, Oliveira, Fernandes 2009).
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
    "grey": [[0.2126, 0.7152, 0.0722]] * 3,
}  # fmt: skip
#: CIE 1976 difference under which two colours of small marks are not told apart for sure.
APART = 15


@pytest.fixture
def shown(qgis_app, store):
    """The window's project with the layers of the store."""
    project = QgsProject.instance()
    add_store_layers(project, store)
    yield project
    project.clear()


def chosen(project, store, **words):
    layer = find_layer(project, "site")
    institutions = store.rows("institution")
    services = find_layer(project, "service")
    style_sites(layer, SiteStyle(**words), store.schema, institutions, "fr", services)
    return layer


def lab(colour: str, seen: str) -> np.ndarray:
    parts = np.array([QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(BLINDNESS[seen]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722],
                    [0.0193, 0.1192, 0.9505]]) @ linear / [0.9505, 1.0, 1.089]  # fmt: skip
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def confused(looks, seen: str) -> list[tuple]:
    """Return the pairs that have one shape and colours that are not told apart."""
    pairs = [(a, b) for number, a in enumerate(looks) for b in looks[number + 1 :]]
    return [
        (a, b)
        for a, b in pairs
        if a[1] == b[1] and np.linalg.norm(lab(a[0], seen) - lab(b[0], seen)) < APART
    ]


@pytest.mark.parametrize("seen", BLINDNESS)
def test_classes_are_told_apart_by_every_eye_and_in_grey(qgis_app, seen):
    members = [(row["colour"], row["symbol"]) for row in known_institutions()
               if row["member"] == "yes"]  # fmt: skip
    for looks in (members, looks_of(theme_renderer(load_schema(), "fr", None)),
                  looks_of(status_renderer(load_schema(), "fr"))):  # fmt: skip
        assert not confused(looks, seen)
    alike = [("#cc6677", "circle"), ("#cc6678", "circle")]
    assert confused(alike, seen), "the test itself sees two colours that are one"


@pytest.mark.parametrize("seen", ["protanopia", "deuteranopia", "tritanopia"])
def test_colours_alone_are_told_apart(qgis_app, seen):
    """Even where a symbol is too small for its shape."""
    members = [row for row in known_institutions() if row["member"] == "yes"]
    themes = looks_of(theme_renderer(load_schema(), "fr", None))
    for colours in ([row["colour"] for row in members], [colour for colour, _shape in themes]):
        assert not confused([(colour, "") for colour in colours], seen)


def test_each_class_has_a_shape_of_its_own_and_a_lightness_of_its_own(qgis_app):
    """In grey, where colours are gone: shapes differ, and L* by 7 at least."""
    institutions = [(row["colour"], row["symbol"]) for row in known_institutions()]
    for looks, apart in (
        (institutions, 0),
        (institutions[:4], 15),
        (looks_of(theme_renderer(load_schema(), "fr", None)), 7),
        (looks_of(status_renderer(load_schema(), "fr")), 7),
    ):
        assert len({shape for _colour, shape in looks}) == len(looks)
        light = sorted(lab(colour, "grey")[0] for colour, _shape in looks)
        assert min(b - a for a, b in zip(light, light[1:])) >= apart


def looks_of(renderer) -> list[tuple[str, str]]:
    rows = [{"code": category.value()} for category in renderer.categories()]
    drawn = [style.as_styled(row, renderer) for row in rows]
    return [(row["colour"], row["symbol"]) for row in drawn]


def test_themes_and_status_follow_the_closed_lists(qgis_app):
    schema = load_schema()
    renderer = theme_renderer(schema, "fr", None)
    families = list(dict.fromkeys(t.code.split("--")[0] for t in schema.vocabulary("theme")))
    assert [one.value() for one in renderer.categories()] == [*families, "several", ""]
    assert renderer.categories()[0].label() == "Se former"
    assert theme_renderer(schema, "ar", None).categories()[0].label() == "التكوين"
    codes = [term.code for term in schema.vocabulary("status")]
    assert [one.value() for one in status_renderer(schema, "fr").categories()] == codes
    assert len(SHAPES) == len(set(SHAPES)) and len(PALETTE) == len(set(PALETTE))


def test_a_site_has_the_theme_of_its_services(shown, store):
    with store.transaction():
        store.update("service", "service-0", {"theme": "{langues--francais,langues--arabe-darija}"})
        both = {"service_id": "s2", "institution_code": "EN", "name_fr": "SPÉCIMEN"}
        store.insert("service", [{**both, "theme": "{emploi--inscription,droits--information}"}])
        store.insert("offer", [{"offer_id": "o2", "service_id": "s2", "site_id": "site-1"}])
        store.insert("offer", [{"offer_id": "o3", "service_id": "s2", "site_id": "site-2",
                                "status": "closed"}])  # fmt: skip
    layer = chosen(shown, store, by="theme")
    expression = QgsExpression(layer.renderer().classAttribute())
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    found = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found[feature["site_id"]] = expression.evaluate(context)
        assert not expression.hasEvalError(), expression.evalErrorString()
    assert found["site-0"] == "langues"
    assert found["site-1"] == "several"
    assert found["site-2"] == found["draft"] == ""


@pytest.mark.parametrize("by", ["institution", "theme", "status"])
@pytest.mark.parametrize("stacked", ["none", "cluster", "displacement"])
def test_every_choice_draws_the_sites(shown, store, by, stacked):
    layer = chosen(shown, store, by=by, stacked=stacked, names=("fr", "ar"), names_from=1e9)
    kinds = {"cluster": QgsPointClusterRenderer, "displacement": QgsPointDisplacementRenderer}
    if stacked in kinds:
        assert isinstance(layer.renderer(), kinds[stacked])
    assert style.classes_of(layer.renderer()) is not None
    assert ink(layer) > 50


def test_names_are_in_the_languages_and_from_the_scale_that_were_chosen(shown, store):
    layer = chosen(shown, store, names=("fr", "ar"), names_from=25_000)
    near, far = layer.labeling().rootRule().children()
    assert (near.minimumScale(), far.maximumScale()) == (25_000, 25_000)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    texts = {}
    for feature in layer.getFeatures():
        context.setFeature(feature)
        texts[feature["site_id"]] = QgsExpression(near.settings().fieldName).evaluate(context)
    assert texts["site-0"] == "SPÉCIMEN formation\nنموذج التكوين"
    assert texts["site-2"] == "SPÉCIMEN accueil"
    assert not chosen(shown, store, names=()).labelsEnabled()


def test_page_and_sheets_follow_a_symbol_that_was_changed(shown, store):
    layer = chosen(shown, store, stacked="cluster")
    classes = style.classes_of(layer.renderer())
    own = QgsMarkerSymbol.createSimple({"name": "star", "color": "#123456"})
    classes.updateCategorySymbol(classes.categoryIndexForValue("ANAPEC"), own)
    rows = {row["code"]: row for row in shown_in(shown, public_view(store))[1]}
    assert (rows["ANAPEC"]["colour"], rows["ANAPEC"]["symbol"]) == ("#123456", "star")
    assert rows["OFPPT"] == {row["code"]: row for row in public_view(store).institutions}["OFPPT"]
    page = _symbol(layer.renderer(), rows["ANAPEC"])
    assert page.symbolLayer(0).fillColor() == QColor("#123456")


def test_a_style_as_a_file_is_the_same_text_each_time(shown, store, tmp_path):
    texts = set()
    for _ in range(3):
        chosen(shown, store, by="status", stacked="displacement")
        layer = chosen(shown, store, by="institution", names=("ar",))
        texts.add(canonical_qml(layer))
    (text,) = texts
    write_qml(layer, tmp_path / "sites.qml")
    chosen(shown, store, by="status")
    assert canonical_qml(layer) != text
    _message, done = layer.loadNamedStyle(str(tmp_path / "sites.qml"))
    assert done
    assert canonical_qml(layer) == text


def test_a_style_kept_in_the_store_is_there_in_the_next_project(shown, store, store_file, project):
    layer = chosen(shown, store, by="status", stacked="cluster", names=("fr", "ar"))
    assert not load_kept_style(layer)
    keep_style(layer)
    keep_style(layer)  # a second time replaces it
    with closing(sqlite3.connect(store_file)) as database:
        kept = database.execute("SELECT styleName, useAsDefault FROM layer_styles").fetchall()
    assert len(kept) == 1 and kept[0][0] == "Carte CP3"
    with open_store(str(store_file)) as again:
        next_one = add_store_layers(project, again)["site"]
        assert canonical_qml(next_one) == canonical_qml(layer)
        other = QgsProject()
        plain = add_store_layers(other, again, kept_styles=False)["site"]
        assert style.classes_of(plain.renderer()).classAttribute() == "institution_code"
        assert not isinstance(plain.renderer(), QgsPointClusterRenderer)


def ink(layer) -> int:
    """Draw a layer alone and return how many pixels are not white."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(300, 300))
    settings.setExtent(QgsRectangle(-9, 32, -4, 36))
    settings.setBackgroundColor(QColor("#ffffff"))
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    settings.setExpressionContext(QgsExpressionContext(scopes))
    picture = QImage(300, 300, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    painter = QPainter(picture)
    QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
    painter.end()
    pixels = np.frombuffer(picture.constBits().asarray(picture.sizeInBytes()), dtype=np.uint8)
    return int((pixels.reshape(-1, 4)[:, :3] < 250).any(axis=1).sum())


@pytest.fixture
def themed(shown, store):
    """The project by theme; one site of languages, one of several, the others of none."""
    with store.transaction():
        store.update("service", "service-0", {"theme": "{langues--francais}"})
        both = {"service_id": "s2", "institution_code": "EN", "name_fr": "SPÉCIMEN"}
        both |= {"theme": "{emploi--inscription,droits--information}", "status": "published"}
        store.insert("service", [both])
        given = {"offer_id": "o2", "service_id": "s2", "site_id": "site-1"}
        store.insert("offer", [{**given, "status": "published"}])
        store.update("site", "site-3", {"commune_code": "07.351.01.0"})
    chosen(shown, store, by="theme", stacked="cluster")
    return shown


def test_the_classes_of_a_style_are_those_of_the_public_records(themed, store):
    layer, view = find_layer(themed, "site"), public_view(store)
    classes = shown_classes(layer, view)
    names = {row["code"]: (row["name_fr"], row["name_ar"], row["symbol"]) for row in classes.rows}
    said = {site: names[code] for site, code in classes.of_site.items()}
    assert said["site-0"] == ("Langues", "اللغات", "bubble")
    assert said["site-1"] == ("Plusieurs domaines", "عدة مجالات", "star")
    assert said["site-2"] == ("Services à confirmer", "خدمات للتأكيد", "circle")
    assert "draft" not in said and len(names) == 3
    drawn = {row["site_id"]: row for row in map(dict, view.sites)}
    assert set(drawn) == set(classes.of_site)


def test_by_institution_there_are_no_other_classes(shown, store):
    layer = chosen(shown, store, by="institution", stacked="displacement")
    assert shown_classes(layer, public_view(store)) is None
    assert shown_classes(None, public_view(store)) is None


def test_rules_of_the_cartographers_give_classes(shown, store):
    """What QGIS's legend says of each site."""
    layer, view = find_layer(shown, "site"), public_view(store)
    rules = QgsRuleBasedRenderer(QgsMarkerSymbol.createSimple({"name": "arrowhead"}))
    root = rules.rootRule()
    root.children()[0].setLabel("SPÉCIMEN autres")
    root.children()[0].setFilterExpression("ELSE")
    near = QgsRuleBasedRenderer.Rule(
        style.institution_symbol({"symbol": "heart", "colour": "#112233"}), 0, 0,
        "\"precision\" = 'entrance'", "Entrée",
    )  # fmt: skip
    root.appendChild(near)
    layer.setRenderer(rules)
    classes = shown_classes(layer, view)
    names = {row["code"]: row for row in classes.rows}
    assert names[classes.of_site["site-0"]]["symbol"] == "heart"
    assert names[classes.of_site["site-1"]]["name_fr"] == "SPÉCIMEN autres"
    assert style.OWN in names[classes.of_site["site-1"]]


def test_sites_that_the_layer_leaves_out_are_a_class_of_their_own(shown, store):
    layer, view = find_layer(shown, "site"), public_view(store)
    layer.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple({})))
    (only,) = shown_classes(layer, view).rows
    layer.setSubsetString("\"site_id\" = 'site-0'")
    left = shown_classes(layer, view)
    assert [row["name_fr"] for row in left.rows][1:] == ["Autres sites"] and only["name_fr"]


@pytest.mark.parametrize("backdrop", ["builtin", "qgis2web"])
def test_the_page_follows_the_theme(themed, store, tmp_path, backdrop):
    if backdrop == "qgis2web" and not os.environ.get("QGIS2WEB_PATH"):
        pytest.skip("QGIS2WEB_PATH does not say where qgis2web is")
    publish(store, tmp_path / "web", themed, backdrop)
    data = json.loads((tmp_path / "web" / "data" / "cp3.json").read_text(encoding="utf-8"))
    names = {row["code"]: row["name"]["fr"] for row in data["classes"]}
    shown_as = {site["id"]: names[site["class"]] for site in data["sites"]}
    assert shown_as["site-0"] == "Langues"
    icons = {row["name"]["fr"]: row["icon"] for row in data["classes"]}
    picture = (tmp_path / "web" / icons["Langues"]).read_bytes()
    row = looks_row(find_layer(themed, "site").renderer(), "langues")
    assert picture == style.symbol_svg(row, 24)
    assert icons["Langues"] in (tmp_path / "web" / "index.html").read_text(encoding="utf-8")


def looks_row(renderer, value: str) -> dict:
    return style.as_styled({"code": value}, renderer)


def test_the_sheets_follow_the_theme(themed, store):
    job = PrintJob(store, themed, "fr+ar", date(2026, 3, 2), specimen=True)
    [content], _empty = job.choose(["06"])
    assert {row["name_fr"] for row in content.institutions} == {"Langues", "Plusieurs domaines"}
    assert {row["code"] for row in content.owners} == {"OFPPT", "ANAPEC"}
    plan = job.plan(content)
    laid_out = job.layout(plan)
    written = [item.text for item in plan.pages[0] if hasattr(item, "text")]
    assert any("Légende" in text for text in written)
    assert "Institutions" not in written and laid_out.layout is not None


@pytest.mark.parametrize("by", ["institution", "theme", "status", "rules"])
def test_the_sheets_are_printed_however_sites_are_shown(themed, store, tmp_path, by):
    """What a sheet counts is compared with the store by whatever its legend shows."""
    layer = find_layer(themed, "site")
    if by == "rules":
        symbol = QgsMarkerSymbol.createSimple({})
        renderer = QgsRuleBasedRenderer(symbol)
        renderer.rootRule().children()[0].setFilterExpression("\"institution_code\" = 'OFPPT'")
        renderer.rootRule().children()[0].setLabel("SPÉCIMEN")
        layer.setRenderer(renderer)
    else:
        chosen(themed, store, by=by)
    printed = print_sheets(store, tmp_path / "a3", themed, day=date(2026, 3, 2))
    assert (len(printed.files), printed.count, printed.refused) == (4, 4, ()), printed.doubts
