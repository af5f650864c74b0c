# SPDX-License-Identifier: GPL-2.0-or-later
"""A store in PostgreSQL in QGIS: its layers, forms and edits, its password in QGIS's own store."""

from __future__ import annotations

import zipfile

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreError
from carte_cp3.gis.connections import resolved
from carte_cp3.gis.project import STORE_ROLES, add_store_layers, build_project, find_layer
from carte_cp3.store.copying import copy_store
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.postgres_address import parse_location
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsFeature, QgsVectorLayerUtils

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture(scope="session")
def authcfg(qgis_app, database):
    """The account of the tests' database, kept in QGIS's authentication store."""
    words = parse_location(f"PG:{database}").words
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("SPÉCIMEN", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("SPÉCIMEN")
    config.setConfig("username", words["user"])
    config.setConfig("password", words["password"])
    assert manager.storeAuthenticationConfig(config)
    return config.id()


@pytest.fixture
def location(database, authcfg, cluster, request):
    """The location of a store of this test's own, as a person keeps it: without a password."""
    words = parse_location(f"PG:{database}").words
    place = {name: words[name] for name in ("host", "port", "dbname")}
    schema = f"layers_{abs(hash(request.node.name))}"
    dsn = " ".join(f"{name}={value}" for name, value in place.items())
    return f"PG:{dsn} schema={schema} authcfg={authcfg}"


@pytest.fixture
def server_store(location, store):
    """The tests' four sites, a service, its offer and a draft, in PostgreSQL."""
    with create_store(resolved(location)) as made:
        copy_store(store, made)
        yield made


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
        names = [field.name() for field in layer.fields()]
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
