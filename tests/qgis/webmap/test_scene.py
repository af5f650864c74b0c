# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a project goes onto the page: lean copies of its layers, and what became of each."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreError
from carte_cp3.gis.project import ROLE, add_base_layers, add_store_layers, find_layer
from carte_cp3.gis.sentences import load_sentences
from carte_cp3.gis.webmap import scene
from carte_cp3.gis.webmap.report import APPROXIMATED, LEFT_OUT, PRESERVED, REASONS
from carte_cp3.gis.webmap.scene import copies, shapes, tiles
from carte_cp3.gis.webmap.scene.backdrop import light_limits, light_shapes
from carte_cp3.gis.webmap.scene.lettering import escaped, read_lettering
from carte_cp3.gis.webmap.scene.names import groups_of, names_of
from carte_cp3.gis.webmap.scene.portable import portable_symbol, same_depth
from carte_cp3.store.public import public_view
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsGradientFillSymbolLayer,
    QgsGraduatedSymbolRenderer,
    QgsHeatmapRenderer,
    QgsInvertedPolygonRenderer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsRendererRange,
    QgsRuleBasedLabeling,
    QgsRuleBasedRenderer,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

pytestmark = pytest.mark.usefixtures("qgis_app")

MM = QgsUnitTypes.RenderUnit.RenderMillimeters


@pytest.fixture
def layer_of(project):
    """Make a layer of the project: `layer_of("Polygon", [("WKT", code, number), …])`."""

    def make(kind, rows, name="Couche", crs="EPSG:4326"):
        fields = "field=code:string(20)&field=number:double&field=secret:string(40)"
        layer = QgsVectorLayer(f"{kind}?crs={crs}&{fields}", name, "memory")
        features = []
        for wkt, code, number in rows:
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
            feature.setAttributes([code, number, "SENTINELLE"])
            features.append(feature)
        layer.dataProvider().addFeatures(features)
        layer.updateExtents()
        project.addMapLayer(layer)
        return layer

    return make


SQUARE = "Polygon((-7 33, -6 33, -6 34, -7 34, -7 33))"
OTHER = "Polygon((-6 33, -5 33, -5 34, -6 34, -6 33))"


def fill(colour="#ff0000", **more):
    return QgsFillSymbol.createSimple({"color": colour, **more})


def rules_of(layer):
    """Rules, not categories: qgis2web reads the symbols of categories that are gone already."""
    return layer.renderer().rootRule().children()


def drawn(copy) -> list[tuple]:
    return [tuple(one.attributes()) for one in copy.layer.getFeatures()]


def test_a_copy_has_geometry_class_and_nothing_else(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1)])
    layer.setRenderer(QgsSingleSymbolRenderer(fill()))
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert [one.name() for one in copy.layer.fields()] == ["class"]
    assert drawn(copy) == [("c0",)]
    assert copy.reasons == ()
    [feature] = copy.layer.getFeatures()
    assert feature.geometry().asWkt() == f"Multi{SQUARE.replace('((', ' (((').replace('))', ')))')}"


def test_positions_come_in_degrees(layer_of, project):
    layer = layer_of("Point", [("Point(-779236 3971250)", "a", 1)], crs="EPSG:3857")
    [feature] = copies.lean_copy(layer, "backdrop0", project).layer.getFeatures()
    point = feature.geometry().asPoint()
    assert (point.x(), point.y()) == pytest.approx((-7.0, 33.57), abs=0.01)


def test_several_points_become_single_ones(layer_of, project):
    layer = layer_of("MultiPoint", [("MultiPoint((-7 33), (-6 34))", "a", 1)])
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert copy.layer.wkbType() == QgsWkbTypes.Type.Point
    assert len(drawn(copy)) == 2


def test_categories_become_numbers_and_hidden_ones_go(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1), (OTHER, "b", 2), (OTHER, "z", 3)])
    categories = [QgsRendererCategory("a", fill(), "Alpha"),
                  QgsRendererCategory("b", fill("#00ff00"), "Bêta", False)]  # fmt: skip
    layer.setRenderer(QgsCategorizedSymbolRenderer("code", categories))
    copy = copies.lean_copy(layer, "backdrop3", project)
    assert drawn(copy) == [("c0",)]
    assert copy.legend == ("Alpha", "Bêta")
    assert [(one.filterExpression(), one.label()) for one in rules_of(copy.layer)] == [
        ("\"class\" = 'c0'", "[backdrop3 0]"), ("\"class\" = 'c1'", "[backdrop3 1]"),
    ]  # fmt: skip


def test_an_expression_classes_features_too(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1), (OTHER, "b", 2)])
    categories = [QgsRendererCategory(1, fill(), "one"), QgsRendererCategory(0, fill(), "other")]
    layer.setRenderer(QgsCategorizedSymbolRenderer("\"code\" = 'a'", categories))
    assert drawn(copies.lean_copy(layer, "backdrop0", project)) == [("c0",), ("c1",)]


def test_graduated_classes(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1), (OTHER, "b", 15)])
    ranges = [QgsRendererRange(0, 10, fill(), "0-10"), QgsRendererRange(10, 20, fill(), "10-20")]
    layer.setRenderer(QgsGraduatedSymbolRenderer("number", ranges))
    assert drawn(copies.lean_copy(layer, "backdrop0", project)) == [("c0",), ("c1",)]


def rules(*expressions):
    root = QgsRuleBasedRenderer.Rule(None)
    for expression in expressions:
        root.appendChild(QgsRuleBasedRenderer.Rule(fill(), filterExp=expression))
    return QgsRuleBasedRenderer(root)


def test_rules_with_the_first_that_draws(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1), (OTHER, "b", 15)])
    layer.setRenderer(rules('"number" > 10', '"number" > 0'))
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert drawn(copy) == [("c1",), ("c0",)]
    assert copy.reasons == ("first_rule",)


def test_rules_are_read_at_the_scale_of_the_whole_country(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1), (OTHER, "b", 80_000)])
    layer.setRenderer(rules('"number" * 80 >= @map_scale'))
    assert len(drawn(copies.lean_copy(layer, "backdrop0", project))) == 1


def test_a_renderer_around_another_gives_way_to_it(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1)])
    inverted = QgsInvertedPolygonRenderer(QgsSingleSymbolRenderer(fill()))
    layer.setRenderer(inverted)
    assert copies.lean_copy(layer, "backdrop0", project).reasons == ("renderer",)


def test_a_heat_map_is_left_out(layer_of, project):
    layer = layer_of("Point", [("Point(-7 33)", "a", 1)])
    layer.setRenderer(QgsHeatmapRenderer())
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert copy == copies.Copy(None, reasons=("renderer",))


def zigzag(steps: int) -> str:
    points = ", ".join(f"{-7 + i / steps} {33 + (i % 2) * 1e-5}" for i in range(steps))
    return f"LineString({points})"


def test_heavy_shapes_are_simplified(layer_of, project):
    layer = layer_of("LineString", [(zigzag(shapes.MANY_VERTICES + 1), "a", 1)])
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert copy.reasons == ("simplified",)
    [feature] = copy.layer.getFeatures()
    assert feature.geometry().constGet().nCoordinates() < 10


def test_what_stays_too_heavy_is_left_out(layer_of, project):
    square = "Polygon(({0} 33, {1} 33, {1} 34, {0} 34, {0} 33))"
    many = shapes.TOO_MANY_VERTICES // 5 + 1
    layer = layer_of("Polygon", [(square.format(-7 + i, -6 + i), "a", 1) for i in range(many)])
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert copy.layer is None
    assert copy.reasons == ("too_heavy",)


def test_light_boundaries_stand_for_the_heavy_ones(layer_of, project):
    light = light_shapes("region")
    layer = layer_of("Polygon", [(SQUARE, "06", 1), (OTHER, "??", 1)])
    copy = copies.lean_copy(layer, "backdrop0", project, light)
    first, second = copy.layer.getFeatures()
    assert copy.reasons == ("light",)
    assert first.geometry().constGet().nCoordinates() > 50
    assert second.geometry().constGet().nCoordinates() == 5


def test_boundaries_that_are_missing_or_another_file_are_said(tmp_path):
    from carte_cp3.gis.sheets.land.boundaries import load_boundaries

    wrong = tmp_path / "autre.gpkg"
    wrong.write_bytes(b"SPECIMEN")
    for read in (light_limits, load_boundaries):
        with pytest.raises(StoreError, match="is missing"):
            read(tmp_path / "rien.gpkg")
        with pytest.raises(StoreError, match="is not the one this plugin needs"):
            read(wrong)
        assert read()


def test_light_limits_stand_for_the_heavy_ones(project, boundaries):
    """Those of communes, which show at large scales only, stay behind."""
    limit = add_base_layers(project, boundaries)["limit"]
    copy = copies.lean_copy(limit, "backdrop0", project, light_limits())
    assert copy.reasons == ("light",)
    assert len(copy.legend) == 2
    assert len(drawn(copy)) == len(light_limits())
    vertices = [one.geometry().constGet().nCoordinates() for one in copy.layer.getFeatures()]
    assert sum(vertices) < 8_000


def test_areas_that_are_only_named_become_points(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 1)])
    layer.setRenderer(QgsSingleSymbolRenderer(fill(style="no", outline_style="no")))
    label(layer, '"code"')
    copy = copies.lean_copy(layer, "backdrop0", project)
    [feature] = copy.layer.getFeatures()
    point = feature.geometry().asPoint()
    assert (point.x(), point.y()) == pytest.approx((-6.5, 33.5), abs=0.01)
    assert feature["label"] == "a"
    assert copy.reasons == ()


def test_no_area_of_the_project_has_an_outline_on_the_page(made_scene):
    """Else the limit between two regions would show; the land's has the land's own colour."""
    for one in made_scene().layers:
        if one.role in ("region", "province"):
            assert one.layer.wkbType() == QgsWkbTypes.Type.Point
        if one.role == "land":
            symbol = one.layer.renderer().symbol()
            layer = symbol.symbolLayer(0)
            assert layer.strokeColor() == layer.fillColor()


def test_what_is_chosen_by_scale_waits_for_that_scale(layer_of, project):
    layer = layer_of("Polygon", [(SQUARE, "a", 80_000)])
    layer.setRenderer(rules('"number" * 80 >= @map_scale'))
    copy = copies.lean_copy(layer, "backdrop0", project).layer
    assert copy.hasScaleBasedVisibility()
    assert copy.minimumScale() == copies.VIEW_SCALE


def label(layer, expression, **settings):
    given = QgsPalLayerSettings()
    given.fieldName = expression
    given.isExpression = True
    for name, value in settings.items():
        setattr(given, name, value)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(given))
    layer.setLabelsEnabled(True)
    return given


def test_labels_are_worked_out_and_escaped(layer_of, project):
    layer = layer_of("Point", [("Point(-7 33)", "<b>\\é", 1), ("Point(-6 33)", None, 2)])
    label(layer, "upper(\"code\") || '\\n' || 'x'", scaleVisibility=True, minimumScale=9e6,
          maximumScale=2e6)  # fmt: skip
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert drawn(copy)[0][1] == "&lt;B&gt;⧵É<br>x"
    settings = copy.layer.labeling().settings()
    assert (settings.fieldName, settings.isExpression) == ("label", False)
    # the two ends the other way round, as qgis2web takes them
    assert (settings.minimumScale, settings.maximumScale) == (2e6, 9e6)


def test_a_label_that_a_property_hides_is_not_shown(layer_of, project):
    layer = layer_of("Point", [("Point(-7 33)", "a", 1), ("Point(-6 33)", "b", 20)])
    given = label(layer, '"code"')
    hidden = QgsProperty.fromExpression('"number" > 10')
    given.dataDefinedProperties().setProperty(QgsPalLayerSettings.Property.Show, hidden)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(given))
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert [str(one[1]) for one in drawn(copy)] == ["NULL", "b"]


def test_label_rules_give_their_first(layer_of):
    layer = layer_of("Point", [("Point(-7 33)", "a", 1)])
    root = QgsRuleBasedLabeling.Rule(QgsPalLayerSettings())
    given = QgsPalLayerSettings()
    given.fieldName = "code"
    root.appendChild(QgsRuleBasedLabeling.Rule(given))
    layer.setLabeling(QgsRuleBasedLabeling(root))
    layer.setLabelsEnabled(True)
    letters = read_lettering(layer)
    assert letters.reasons == ("label_rules",)
    assert letters.settings.fieldName == "code"


def test_a_font_with_a_strange_name_becomes_a_plain_one(layer_of, project):
    layer = layer_of("Point", [("Point(-7 33)", "a", 1)])
    given = label(layer, '"code"')
    text = given.format()
    font = text.font()
    font.setFamily("x'); alert(1); ('")
    text.setFont(font)
    given.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(given))
    copy = copies.lean_copy(layer, "backdrop0", project)
    assert copy.layer.labeling().settings().format().font().family() == "sans-serif"


@pytest.mark.parametrize("text", ["<" * 300, "é" * 300, "&" * 300, "a\n" * 300])
def test_a_long_label_fits_the_field_of_qgis2web(text):
    assert len(escaped(text)) <= 250
    assert not escaped(text).endswith(("&", "&l", "&lt", "<", "<b", "<br"))


def test_simple_symbols_stay_as_they_are():
    for symbol in (fill(), QgsLineSymbol.createSimple({}),
                   QgsMarkerSymbol.createSimple({"name": "diamond"})):  # fmt: skip
        same, reasons = portable_symbol(symbol)
        assert reasons == set()
        assert same.symbolLayer(0).properties() == symbol.symbolLayer(0).properties()


def test_an_opacity_becomes_part_of_the_colours():
    symbol = fill("#ff0000")
    symbol.setOpacity(0.5)
    faded, _reasons = portable_symbol(symbol)
    assert faded.opacity() == 1
    assert faded.symbolLayer(0).fillColor().alphaF() == pytest.approx(0.5, abs=0.01)


def test_sizes_become_millimetres():
    line = QgsLineSymbol.createSimple({"line_width": "10", "line_width_unit": "Pixel"})
    plain, reasons = portable_symbol(line)
    assert plain.symbolLayer(0).width() == pytest.approx(10 * 25.4 / 96)
    assert plain.symbolLayer(0).widthUnit() == MM
    assert reasons == set()
    line.symbolLayer(0).setWidthUnit(QgsUnitTypes.RenderUnit.RenderMapUnits)
    assert portable_symbol(line)[1] == {"map_units"}


def test_what_the_page_cannot_draw_becomes_plain_and_is_said():
    gradient = fill()
    gradient.changeSymbolLayer(0, QgsGradientFillSymbolLayer(QColor("red"), QColor("blue")))
    plain, reasons = portable_symbol(gradient)
    assert reasons == {"symbol", "hatching"}
    assert plain.symbolLayer(0).layerType() == "SimpleFill"
    hatched, reasons = portable_symbol(fill(style="b_diagonal"))
    assert reasons == {"hatching"}
    assert hatched.symbolLayer(0).brushStyle() == Qt.BrushStyle.SolidPattern
    star, reasons = portable_symbol(QgsMarkerSymbol.createSimple({"name": "star"}))
    assert reasons == {"marker_shape"}
    assert star.symbolLayer(0).properties()["name"] == "circle"
    dashed = QgsLineSymbol.createSimple({"customdash": "5;2", "use_custom_dash": "1"})
    assert portable_symbol(dashed)[1] == {"line_detail"}
    moved = QgsMarkerSymbol.createSimple({})
    size = QgsProperty.fromExpression("2 + 2")
    moved.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.Property.PropertySize, size)
    fixed, reasons = portable_symbol(moved)
    assert reasons == {"data_defined"}
    assert not fixed.hasDataDefinedProperties()


def test_symbols_of_one_layer_get_the_same_depth():
    """qgis2web fails with IndexError on a category with fewer symbol layers than the first."""
    deep = fill()
    deep.appendSymbolLayer(QgsSimpleLineSymbolLayer(QColor("red"), 1))
    shallow = fill()
    same_depth([deep, shallow])
    assert shallow.symbolLayerCount() == 2
    assert shallow.symbolLayer(1).strokeStyle() == Qt.PenStyle.NoPen


def tile(source, name="Fond"):
    return tiles.tile_layer(QgsRasterLayer(source, name, "wms"), "backdrop [0]")


def test_tiles_are_rebuilt_from_checked_parts():
    made = tile("type=xyz&url=https://tile.openstreetmap.org/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19")
    assert made.host == "tile.openstreetmap.org"
    assert made.layer.name() == "backdrop [0]"
    assert made.layer.attribution() == "&#169; OpenStreetMap contributors"


@pytest.mark.parametrize(
    "source",
    [
        "type=xyz&url=https://example.org/{z}/{x}/{y}.png%27);alert(1);//",
        "type=xyz&url=file:///etc/{z}/{x}/{y}",
        "type=xyz&url=https://example.org/{q}.png",
        "type=xyz&url=https://example.org/one.png",
        "type=xyz&authcfg=abc&url=https://example.org/{z}/{x}/{y}.png",
        "crs=EPSG:3857&format=image/png&layers=a&styles=&url=https://example.org/wms",
    ],
)
def test_other_image_maps_are_no_tiles(source):
    assert tile(source) is None


def test_a_zoom_that_is_no_number_is_dropped():
    made = tile("type=xyz&url=https://example.org/{z}/{x}/{y}.png&zmax=19});alert(1)&zmin=3")
    assert "alert" not in made.layer.source()
    assert "zmin=3" in made.layer.source()


@pytest.fixture
def made_scene(project, store, boundaries):
    """The scene of a project with the base map, the store and whatever was added before."""

    def make(**properties):
        view = public_view(store)
        icons = {row["code"]: f"symbols/{row['code']}.svg" for row in view.institutions}
        return scene.make_scene(project, view.institutions, icons, view.sites)

    add_base_layers(project, boundaries)
    add_store_layers(project, store)
    return make


def test_the_projects_layers_from_the_bottom_up(made_scene, project):
    made = made_scene()
    titles = [one.title for one in made.layers]
    root = project.layerTreeRoot()
    order = [layer.name() for layer in reversed(root.layerOrder()) if layer.isSpatial()]
    assert titles == [name for name in order if name in titles]
    assert titles[-1] == find_layer(project, "site").name()
    assert made.services_layer == f"layer_services_{len(titles) - 1}"
    assert made.has_backdrop
    assert list(groups_of(made)) == [root.children()[-1].name()]


def test_every_layer_has_its_fate(made_scene, project):
    fates = made_scene().fates
    assert sorted(one.layer for one in fates) == sorted(
        one.name() for one in project.mapLayers().values()
    )
    results = {one.role: one.result for one in fates}
    assert results["site"] == results["service"] == PRESERVED
    assert results["region"] == results["province"] == PRESERVED
    assert results["land"] == results["limit"] == APPROXIMATED
    assert results["commune"] == LEFT_OUT
    for fate in fates:
        assert set(fate.reasons) <= set(REASONS)
        assert fate.as_values()["reasons"] == [
            {"code": code, "text": load_sentences()[f"layer_{code}"]["en"]} for code in fate.reasons
        ]


def test_hidden_layers_tables_and_files_that_are_gone_stay_behind(made_scene, project, layer_of):
    hidden = layer_of("Polygon", [(SQUARE, "a", 1)], "Cachée")
    project.layerTreeRoot().findLayer(hidden.id()).setItemVisibilityChecked(False)
    table = QgsVectorLayer("NoGeometry?field=a:string", "Tableau", "memory")
    broken = QgsVectorLayer("Point?field=a:string", "Cassée", "memory")
    project.addMapLayers([table, broken])
    broken.setDataSource("/nowhere.gpkg|layername=a", "Cassée", "ogr")
    fates = {one.layer: one for one in made_scene().fates}
    assert fates["Cachée"].reasons == ("hidden",)
    assert fates["Tableau"].reasons == ("table",)
    assert fates["Cassée"].reasons == ("broken",)


def test_tiles_are_offered_unticked(made_scene, project):
    source = "type=xyz&url=https://tile.example.org/%7Bz%7D/%7Bx%7D/%7By%7D.png"
    project.addMapLayer(QgsRasterLayer(source, "Plan", "wms"))
    made = made_scene()
    [shown] = [one for one in made.layers if one.title.startswith("Plan")]
    assert shown.title == "Plan (tile.example.org)"
    assert not shown.visible
    assert made.tile_hosts == ("tile.example.org",)


def test_the_services_are_a_lean_layer(made_scene):
    services = made_scene().layers[-1]
    assert services.layer.featureCount() == 0
    assert [one.name() for one in services.layer.fields()] == ["id"]
    assert services.legend == ("OFPPT", "ANAPEC", "Entraide Nationale", "Artisanat")
    assert len(rules_of(services.layer)) == 4


def test_the_view_holds_the_sites_and_their_regions(store):
    view = public_view(store)
    box = scene.extent_of(view.sites, light_shapes("region"))
    assert box.contains(scene.QgsRectangle(-8.5, 33.0, -5.8, 34.9))
    assert box.width() < 5
    country = scene.extent_of([], light_shapes("region"))
    assert (country.xMinimum(), country.yMaximum()) == (scene.COUNTRY[0], scene.COUNTRY[3])


def test_a_filter_of_the_cartographer_is_not_the_publications(made_scene, project):
    find_layer(project, "site").setSubsetString("\"institution_code\" = 'EN'")
    [fate] = [one for one in made_scene().fates if one.role == "site"]
    assert (fate.result, fate.reasons) == (APPROXIMATED, ("filter_ignored",))


def test_names_are_marked_until_the_page_is_written(made_scene, project, layer_of):
    layer_of("Polygon", [(SQUARE, "a", 1)], "'); alert(1); ('")
    made = made_scene()
    names = names_of(made)
    assert "'); alert(1); ('" in {one.text for one in names}
    assert all(one.layer.name().isascii() and "'" not in one.layer.name() for one in made.layers)
    assert len({one.mark for one in names}) == len(names)


def test_a_project_with_no_site_layer_still_shows_the_services(project, store, layer_of):
    layer = layer_of("Polygon", [(SQUARE, "a", 1)])
    QgsExpressionContextUtils.setLayerVariable(layer, ROLE, "")
    view = public_view(store)
    icons = dict.fromkeys([row["code"] for row in view.institutions], "symbols/x.svg")
    made = scene.make_scene(project, view.institutions, icons, view.sites)
    assert [one.title for one in made.layers] == ["Couche", "Services"]
