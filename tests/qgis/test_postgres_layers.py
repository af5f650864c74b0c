# SPDX-License-Identifier: GPL-2.0-or-later
"""A store in PostgreSQL in QGIS: its layers, forms and edits, its password in QGIS's own store."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreError
from carte_cp3.gis import store_layers
from carte_cp3.gis.conflicts import conflicts, follow_versions, settle
from carte_cp3.gis.connections import resolved
from carte_cp3.gis.editing import save_edits
from carte_cp3.gis.project import STORE_ROLES, add_store_layers, build_project, find_layer
from carte_cp3.store.database import open_store
from carte_cp3.store.postgres.address import parse_location
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsDataSourceUri,
    QgsFeature,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtWidgets import QPushButton

#: What keeps a name's own direction inside a menu.
ISOLATES = "\u2066\u2068\u2069"

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_the_password_is_neither_in_the_location_nor_in_the_project(
    server_store, database, tmp_path
):
    output = build_project(server_store.location, tmp_path / "carte.qgz")
    password = parse_location(f"PG:{database}").words["password"]
    assert password not in server_store.location
    with zipfile.ZipFile(output) as archive:
        texts = [archive.read(name) for name in archive.namelist()]
    assert not any(password.encode() in text for text in texts)
    assert any(b"authcfg=" in text for text in texts)


def test_an_account_that_qgis_does_not_keep_is_asked_for(database):
    with pytest.raises(StoreError, match="zzzzzzz"):
        resolved("PG:host=127.0.0.1 dbname=services authcfg=zzzzzzz")


def test_every_layer_has_the_forms_and_relations_of_a_file(server_store, store, project):
    from qgis.core import QgsProject

    layers = add_store_layers(project, server_store)
    beside = QgsProject()
    of_file = add_store_layers(beside, store)
    assert tuple(layers) == STORE_ROLES
    for role, layer in layers.items():
        assert layer.providerType() == "postgres"
        assert layer.featureCount() == server_store.count(role)
        assert layer.primaryKeyAttributes() == [0]
        names = [field.name() for field in layer.fields() if field.name() != "row_version"]
        assert names == [field.name() for field in of_file[role].fields()]
        for index, name in enumerate(names):
            mine, theirs = (one.editorWidgetSetup(index) for one in (layer, of_file[role]))
            assert mine.type() == theirs.type(), name
    relations = project.relationManager().relations()
    assert set(relations) == set(beside.relationManager().relations())
    assert all(relation.isValid() for relation in relations.values())
    assert layers["site"].crs().authid() == "EPSG:4326"
    assert layers["site"].renderer().type() == "categorizedSymbol"
    beside.clear()


def test_layers_of_the_same_store_are_kept(server_store, store, project):
    first = {role: layer.id() for role, layer in add_store_layers(project, server_store).items()}
    again = {role: layer.id() for role, layer in add_store_layers(project, server_store).items()}
    assert again == first
    add_store_layers(project, store)
    assert find_layer(project, "site").providerType() == "ogr"


def test_very_many_sites_are_drawn_from_near_alone(server_store, project, monkeypatch):
    site = add_store_layers(project, server_store)["site"]
    assert not site.hasScaleBasedVisibility()
    project.clear()
    monkeypatch.setattr(store_layers, "_MANY", 4)
    assert add_store_layers(project, server_store)["site"].hasScaleBasedVisibility()


def test_an_edit_of_a_layer_keeps_the_rules_and_the_history(server_store, project):
    layer = add_store_layers(project, server_store)["site"]
    feature = next(layer.getFeatures("site_id = 'site-0'"))
    assert layer.startEditing()
    index = layer.fields().indexOf("name_fr")
    assert layer.changeAttributeValue(feature.id(), index, "SPÉCIMEN modifié")
    assert layer.commitChanges(), layer.commitErrors()
    assert server_store.rows("site", site_id="site-0")[0]["name_fr"] == "SPÉCIMEN modifié"
    assert server_store.rows("change")[-1]["action"] == "update"
    assert layer.startEditing()
    layer.changeAttributeValue(feature.id(), layer.fields().indexOf("precision"), "exact")
    assert not layer.commitChanges()
    assert "n'est pas dans la liste" in " ".join(layer.commitErrors())
    layer.rollBack()


def test_a_feature_drawn_in_qgis_is_a_record(server_store, project):
    layer = add_store_layers(project, server_store)["site"]
    made: QgsFeature = QgsVectorLayerUtils.createFeature(layer)
    made["institution_code"] = "EN"
    made["name_fr"] = "SPÉCIMEN dessiné"
    assert layer.startEditing()
    assert layer.addFeature(made)
    assert layer.commitChanges(), layer.commitErrors()
    with open_store(resolved(server_store.location)) as again:
        (row,) = again.rows("site", name_fr="SPÉCIMEN dessiné")
    assert row["status"] == "draft"
    assert len(row["site_id"]) == 36


@pytest.fixture
def editor_layers(server_store, location, cluster, database, project):
    """The layers of an editor of OFPPT: it may write what is its institution's."""
    from carte_cp3.store.roles import Member, add_member

    if not hasattr(cluster, "layer_editor"):
        cluster.layer_editor = cluster.make_account("layer_editor")
    add_member(server_store, Member("layer_editor", "editor", "OFPPT"))
    with open_store(f"PG:{cluster.dsn('services', 'layer_editor', cluster.layer_editor)} "
                    f"schema={parse_location(location).schema}") as mine:  # fmt: skip
        config = QgsAuthMethodConfig("Basic")
        config.setName("SPÉCIMEN éditeur")
        config.setConfig("username", "layer_editor")
        config.setConfig("password", cluster.layer_editor)
        assert QgsApplication.authManager().storeAuthenticationConfig(config)
        mine.location = parse_location(f"{mine.location} authcfg={config.id()}").location
        yield add_store_layers(project, mine)


def saved(layer, key, **values):
    """Change a feature as a person does; return what QGIS says if it cannot be saved."""
    feature = next(layer.getFeatures(f"{layer.fields()[1].name()} = '{key}'"))
    assert layer.startEditing()
    for name, value in values.items():
        index = layer.fields().indexOf(name)
        assert layer.changeAttributeValue(feature.id(), index, value)
    if layer.commitChanges():
        return ""
    said = " ".join(layer.commitErrors())
    layer.rollBack()
    return said


def test_an_editors_layers_keep_to_its_rights(editor_layers, server_store):
    layer = editor_layers["site"]
    seen = {feature["site_id"] for feature in layer.getFeatures()}
    assert seen == {"site-0", "site-1", "site-2", "site-3"}  # another's draft is not among them
    assert saved(layer, "site-0", name_fr="SPÉCIMEN à nous", note_internal="à nous") == ""
    row = server_store.rows("site", site_id="site-0")[0]
    assert (row["name_fr"], row["note_internal"]) == ("SPÉCIMEN à nous", "à nous")
    before = server_store.rows("site")
    assert "institution « ANAPEC »" in saved(layer, "site-1", name_fr="SPÉCIMEN pris")
    assert "institution « ANAPEC »" in saved(layer, "site-0", institution_code="ANAPEC")
    assert saved(layer, "site-0", status="draft") == ""
    assert "seul un publicateur publie" in saved(layer, "site-0", status="published")
    assert layer.startEditing()
    assert layer.deleteFeature(next(layer.getFeatures("site_id = 'site-1'")).id())
    assert not layer.commitChanges()
    assert "institution « ANAPEC »" in " ".join(layer.commitErrors())
    layer.rollBack()
    others = [row for row in server_store.rows("site") if row["site_id"] != "site-0"]
    assert others == [row for row in before if row["site_id"] != "site-0"]


def test_what_layers_can_do_beside_editing_is_refused_too(editor_layers, server_store):
    layer = editor_layers["site"]
    provider = layer.dataProvider()
    before = {table.name: server_store.rows(table.name) for table in server_store.schema.tables}
    assert not provider.truncate()
    assert not provider.deleteAttributes([3])
    for version in (7, 99):
        assert "quelqu'un d'autre" in saved(layer, "site-0", row_version=version)
    place = QgsDataSourceUri(layer.source())
    desk = place.schema()

    def other(schema, name):
        place.setDataSource(schema, name, None, "", "fid")
        return QgsVectorLayer(place.uri(False), name, "postgres")

    history = other(desk, "change")
    assert history.startEditing()
    assert history.addFeature(QgsFeature(history.fields()))
    assert not history.commitChanges()
    assert "historique" in " ".join(history.commitErrors())
    history.rollBack()
    base = desk[: -len("_desk")]
    assert not other(base, "carte_listing").startEditing()
    for schema, name in ((base, "site"), (base, "carte_member"), (desk, "carte_site_door")):
        assert not other(schema, name).isValid(), name
    assert before == {
        table.name: server_store.rows(table.name) for table in server_store.schema.tables
    }


def test_an_edit_outlives_a_server_that_is_stopped_and_started(
    editor_layers, server_store, cluster
):
    layer = editor_layers["site"]
    feature = next(layer.getFeatures("site_id = 'site-0'"))
    assert layer.startEditing()
    field = layer.fields().indexOf("name_fr")
    assert layer.changeAttributeValue(feature.id(), field, "SPÉCIMEN gardé")
    cluster.halt()
    try:
        assert not layer.commitChanges()
        assert layer.isModified(), "the edit is still in the layer"
    finally:
        cluster.start()
    assert layer.commitChanges(), layer.commitErrors()
    with open_store(resolved(server_store.location)) as again:
        assert again.rows("site", site_id="site-0")[0]["name_fr"] == "SPÉCIMEN gardé"


def test_an_editor_draws_a_site_of_its_own_and_no_other(editor_layers, server_store):
    layer = editor_layers["site"]
    for code, refused in (("OFPPT", ""), ("EN", "institution « EN »")):
        made = QgsVectorLayerUtils.createFeature(layer)
        made["institution_code"] = code
        made["name_fr"] = f"SPÉCIMEN dessiné {code}"
        assert layer.startEditing()
        assert layer.addFeature(made)
        kept = layer.commitChanges()
        assert kept is not bool(refused)
        assert refused in " ".join(layer.commitErrors())
        if not kept:
            layer.rollBack()
    assert server_store.count("site", name_fr="SPÉCIMEN dessiné OFPPT") == 1
    assert server_store.count("site", name_fr="SPÉCIMEN dessiné EN") == 0


def test_a_connection_of_qgis_opens_its_store_in_the_dock(dock, location, server_store, hands):
    from qgis.core import QgsDataSourceUri, QgsProject, QgsProviderRegistry

    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    address = parse_location(location)
    uri = QgsDataSourceUri()
    words = address.words
    uri.setConnection(words["host"], words["port"], words["dbname"], "", "")
    uri.setAuthConfigId(address.authcfg)
    for name, schema in (("SPÉCIMEN", address.schema), ("SPÉCIMEN vide", "empty_one")):
        uri.setSchema(schema)
        connection = provider.createConnection(uri.uri(False), {})
        provider.saveConnection(connection, name)
    provider.createConnection("SPÉCIMEN vide").createSchema("empty_one")

    def schemas_offered(connection):
        """What the menu offers, its submenu of the connection opened as a hand does."""
        dock.data.servers.aboutToShow.emit()
        names = {one.text().strip(ISOLATES): one for one in dock.data.servers.actions()}
        names[connection].menu().aboutToShow.emit()
        return {one.text().strip(ISOLATES): one for one in names[connection].menu().actions()}

    offered = schemas_offered("SPÉCIMEN")
    assert next(iter(offered)) == "carte" and "information_schema" not in offered
    assert f"{address.schema}_desk" not in offered
    offered[address.schema].trigger()
    hands.settle(dock)
    assert dock.publishing.folder.filePath() == str(Path.home() / "web")
    assert dock.printing.folder.filePath() == str(Path.home() / "a3")
    assert parse_location(dock.session.location) == address
    assert f"{words['dbname']}.{address.schema}" in dock.form.storeName.text()
    assert dock.data.sites_box.model.rowCount() == 5
    assert find_layer(QgsProject.instance(), "site").providerType() == "postgres"
    assert dock.data.sites_box.link.layer is not None
    schemas_offered("SPÉCIMEN vide")["empty_one"].trigger()
    hands.settle(dock)
    bar = dock.session.iface.messageBar()
    (create,) = bar.currentItem().findChildren(QPushButton)
    hands.click(create)
    hands.settle(dock)
    assert dock.session.location.endswith(f"schema=empty_one authcfg={address.authcfg}")
    for name in ("SPÉCIMEN", "SPÉCIMEN vide"):
        provider.deleteConnection(name)


def edited_by_two(project, store, mine, theirs):
    """Edit one site in a layer; before it is saved, somebody else saves the same site."""
    layer = add_store_layers(project, store)["site"]
    follow_versions(layer)
    feature = next(layer.getFeatures("site_id = 'site-0'"))
    assert layer.startEditing()
    for name, value in mine.items():
        assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf(name), value)
    with open_store(resolved(store.location)) as other, other.transaction():
        other.update("site", "site-0", theirs)
    return layer


def test_the_second_of_two_editors_is_refused_and_compares_field_by_field(server_store, project):
    layer = edited_by_two(
        project, server_store,
        {"name_fr": "SPÉCIMEN à moi", "landmark_fr": "SPÉCIMEN repère"},
        {"name_fr": "SPÉCIMEN à l'autre", "lon": -6.5, "lat": 34.25},
    )  # fmt: skip
    assert not layer.commitChanges()
    assert "modifiée par quelqu'un d'autre" in " ".join(layer.commitErrors())
    assert layer.isModified()
    assert server_store.rows("site", site_id="site-0")[0]["name_fr"] == "SPÉCIMEN à l'autre"
    (conflict,) = conflicts(layer)
    shown = {one.field: (one.mine, one.theirs) for one in conflict.differences}
    assert shown["name_fr"] == ("SPÉCIMEN à moi", "SPÉCIMEN à l'autre")
    assert shown["landmark_fr"][0] == "SPÉCIMEN repère"
    assert shown["geom"][1] == (-6.5, 34.25)
    assert set(shown) == {"name_fr", "landmark_fr", "geom"}
    settle(conflict, {"landmark_fr"})
    assert layer.commitChanges(), layer.commitErrors()
    row = server_store.rows("site", site_id="site-0")[0]
    assert (row["name_fr"], row["landmark_fr"]) == ("SPÉCIMEN à l'autre", "SPÉCIMEN repère")
    assert (row["lon"], row["lat"]) == (-6.5, 34.25)


def test_ones_own_version_can_be_kept_whole_and_the_others_is_in_the_history(server_store, project):
    before = server_store.rows("site", site_id="site-0")[0]
    layer = edited_by_two(
        project, server_store, {"name_fr": "SPÉCIMEN à moi"},
        {"name_fr": "SPÉCIMEN à l'autre", "lon": -6.5, "lat": 34.25},
    )  # fmt: skip
    (conflict,) = conflicts(layer)
    settle(conflict, {one.field for one in conflict.differences})
    assert conflicts(layer) == ()
    assert layer.commitChanges(), layer.commitErrors()
    row = server_store.rows("site", site_id="site-0")[0]
    assert (row["name_fr"], row["lon"]) == ("SPÉCIMEN à moi", before["lon"])
    assert "SPÉCIMEN à l'autre" in server_store.rows("change", key="site-0")[-1]["before"]


def test_a_record_deleted_by_another_keeps_the_edit(server_store, project):
    layer = add_store_layers(project, server_store)["notice"]
    with server_store.transaction():
        server_store.insert("notice", [{"notice_id": "n", "applies_to": "site", "key": "site-0",
                                        "kind": "message", "text_fr": "SPÉCIMEN",
                                        "starts_on": "2026-01-01"}])  # fmt: skip
    follow_versions(layer)
    feature = next(layer.getFeatures())
    assert layer.startEditing()
    index = layer.fields().indexOf("text_fr")
    layer.changeAttributeValue(feature.id(), index, "SPÉCIMEN modifié")
    server_store.delete("notice", "n")
    with pytest.raises(StoreError, match="deleted the record n"):
        conflicts(layer)
    assert layer.isModified()
    layer.rollBack()


def test_a_connection_lost_in_the_middle_of_edits_keeps_them(server_store, project, cluster):
    layer = add_store_layers(project, server_store)["site"]
    follow_versions(layer)
    feature = next(layer.getFeatures("site_id = 'site-0'"))
    assert layer.startEditing()
    index = layer.fields().indexOf("name_fr")
    layer.changeAttributeValue(feature.id(), index, "SPÉCIMEN gardé")
    cluster.administer("ALTER DATABASE services ALLOW_CONNECTIONS false")
    try:
        cluster.end_all("services", "carte_admin")
        with pytest.raises(StoreError, match="still here"):
            save_edits(project)
        assert layer.isModified()
    finally:
        cluster.administer("ALTER DATABASE services ALLOW_CONNECTIONS true")
    save_edits(project)
    with open_store(resolved(server_store.location)) as again:
        assert again.rows("site", site_id="site-0")[0]["name_fr"] == "SPÉCIMEN gardé"


def test_the_dock_shows_both_versions_and_saves_what_is_chosen(
    dock, location, server_store, hands, monkeypatch
):
    from carte_cp3.ui.sites.conflict_dialog import ConflictDialog
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import Qt

    dock.session.open(location)
    hands.settle(dock)
    layer = edited_by_two(
        QgsProject.instance(), server_store,
        {"name_fr": "SPÉCIMEN à moi", "landmark_fr": "SPÉCIMEN repère"},
        {"name_fr": "SPÉCIMEN à l'autre", "lon": -6.5, "lat": 34.25},
    )  # fmt: skip
    seen = {}

    def choose(dialog):
        tree = dialog.versions
        for number in range(tree.topLevelItemCount()):
            item = tree.topLevelItem(number)
            seen[item.data(0, Qt.ItemDataRole.UserRole)] = (item.text(1), item.text(2))
            if item.text(1) == "SPÉCIMEN à moi":
                item.setCheckState(2, Qt.CheckState.Checked)
        assert dialog.mine == {"landmark_fr"}
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(ConflictDialog, "exec", lambda dialog: dialog.DialogCode.Rejected)
    hands.click(dock.data.saveEditsButton)
    assert layer.isModified()
    monkeypatch.setattr(ConflictDialog, "exec", choose)
    hands.click(dock.data.saveEditsButton)
    assert not layer.isModified()
    assert seen["name_fr"] == ("SPÉCIMEN à moi", "SPÉCIMEN à l'autre")
    assert "34.25000, -6.50000" in seen["geom"][1]
    row = server_store.rows("site", site_id="site-0")[0]
    assert (row["name_fr"], row["landmark_fr"]) == ("SPÉCIMEN à l'autre", "SPÉCIMEN repère")
    assert (row["lon"], row["lat"]) == (-6.5, 34.25)


def test_a_style_is_kept_in_the_database(project, server_store, location):
    """``layer_styles``, which QGIS reads by itself; kept twice it is there once."""
    from carte_cp3.gis.site_style import SiteStyle, status_renderer, style_sites
    from carte_cp3.gis.style_files import canonical_qml, keep_style, load_kept_style

    layer = add_store_layers(project, server_store)["site"]
    institutions = server_store.rows("institution")
    style_sites(layer, SiteStyle(by="status"), server_store.schema, institutions, "fr")
    keep_style(layer)
    kept = canonical_qml(layer)
    keep_style(layer)
    style_sites(layer, SiteStyle(), server_store.schema, institutions, "fr")
    assert canonical_qml(layer) != kept
    assert load_kept_style(layer) and canonical_qml(layer) == kept
    drawn = {one.label() for one in status_renderer(server_store.schema, "fr").categories()}
    assert {one.label() for one in layer.renderer().categories()} == drawn
    count, *_rest = layer.listStylesInDatabase()
    assert count == 1
