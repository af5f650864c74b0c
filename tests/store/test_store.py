# SPDX-License-Identifier: GPL-2.0-or-later
"""The store itself: creation, the rules inside it, its history, its migrations."""

import json
import sqlite3

import pytest
from carte_cp3.domain.errors import NotAStore, StoreError, StoreTooNew
from carte_cp3.domain.schema import SCHEMA_FILE, VOCABULARY_FILE, load_schema
from carte_cp3.store import migrations
from carte_cp3.store.database import create_store, open_store
from osgeo import gdal, ogr

SITE = {
    "site_id": "s1",
    "institution_code": "OFPPT",
    "name_fr": "SPÉCIMEN",
    "lon": -7.0,
    "lat": 33.0,
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "services.gpkg"


@pytest.fixture
def store(path):
    with create_store(str(path)) as made:
        yield made


def test_a_new_store_has_every_table_term_and_member(store):
    for table in store.schema.tables:
        assert (
            set(store.rows(table.name)[0]) >= set(table.names) if store.count(table.name) else True
        )
    assert store.count("term") == len(store.schema.terms)
    assert {row["code"] for row in store.rows("institution")} == {"OFPPT", "ANAPEC", "EN", "ART"}


def test_another_tool_meets_the_constraints(store, path):
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    definition = dataset.GetLayerByName("site").GetLayerDefn()
    field = {
        definition.GetFieldDefn(i).GetName(): definition.GetFieldDefn(i)
        for i in range(definition.GetFieldCount())
    }
    assert not field["site_id"].IsNullable()
    assert field["site_id"].IsUnique()
    assert field["status"].GetDefault() == "'draft'"
    assert field["precision"].GetDomainName() == "precision"
    terms = dataset.GetFieldDomain("precision").GetEnumeration()
    assert list(terms) and terms["commune"].startswith("Commune")
    assert definition.GetGeomType() == ogr.wkbPoint


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"precision": "exact"}, "precision"),
        ({"languages": "{fr,klingon}"}, "languages"),
        ({"institution_code": "NOBODY"}, "institution_code"),
        ({"institution_code": None}, "institution_code"),
        ({"status": "published", "name_fr": None}, "name_fr"),
        ({"verify_every_months": 600}, "verify_every_months"),
    ],
)
def test_the_database_refuses_what_breaks_a_rule(store, change, word):
    with pytest.raises(StoreError, match=word), store.transaction():
        store.insert("site", [{**SITE, **change}])
    assert store.count("site") == 0


def test_a_rule_holds_for_gdal_too(store, path):
    with store.transaction():
        store.insert("site", [SITE])
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayerByName("site")
    feature = layer.GetNextFeature()
    feature["precision"] = "exact"
    ogr.UseExceptions()
    try:
        with pytest.raises(RuntimeError, match="precision"):
            layer.SetFeature(feature)
    finally:
        ogr.DontUseExceptions()


def test_an_institution_with_sites_cannot_be_deleted(store):
    with store.transaction():
        store.insert("site", [SITE])
    with pytest.raises(StoreError, match="site"):
        store.delete("institution", "OFPPT")


def test_every_real_change_is_in_the_history(store):
    with store.transaction(batch_id="b", by="cellule carte"):
        store.insert("site", [SITE])
        store.update("site", "s1", {"name_fr": "SPÉCIMEN 2", "lon": -7.5, "lat": 33.5})
        store.update("site", "s1", {"name_fr": "SPÉCIMEN 2"})
        store.delete("site", "s1")
    changes = store.rows("change", table_name="site")
    assert [row["action"] for row in changes] == ["insert", "update", "delete"]
    assert {row["batch_id"] for row in changes} == {"b"}
    assert {row["by"] for row in changes} == {"cellule carte"}
    update = changes[1]
    assert json.loads(update["before"])["name_fr"] == "SPÉCIMEN"
    assert json.loads(update["after"])["name_fr"] == "SPÉCIMEN 2"
    assert json.loads(update["before"])["geom"] != json.loads(update["after"])["geom"]


def test_edits_by_gdal_are_in_the_history_and_stamped(store, path):
    with store.transaction():
        store.insert("site", [{**SITE, "updated_at": "2020-01-01T00:00:00.000Z"}])
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayerByName("site")
    feature = layer.GetNextFeature()
    feature["name_fr"] = "SPÉCIMEN GDAL"
    layer.SetFeature(feature)
    dataset = None
    assert store.rows("change")[-1]["action"] == "update"
    assert store.rows("site")[0]["updated_at"] > "2026"


def test_a_transaction_is_all_or_nothing(store):
    with pytest.raises(StoreError), store.transaction():
        store.insert("site", [SITE])
        store.insert("site", [SITE])
    assert store.count("site") == store.count("change", table_name="site") == 0


def test_positions_go_round_and_are_indexed(store, path):
    with store.transaction():
        store.insert("site", [SITE, {**SITE, "site_id": "s2", "lon": None, "lat": None}])
    assert [(row["lon"], row["lat"]) for row in store.rows("site")] == [(-7.0, 33.0), (None, None)]
    layer = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    sites = layer.GetLayerByName("site")
    sites.SetSpatialFilterRect(-7.1, 32.9, -6.9, 33.1)
    assert sites.GetFeatureCount() == 1


def test_creating_over_a_file_is_refused(store, path):
    with pytest.raises(StoreError, match="exists already"):
        create_store(str(path))


def test_opening_again_changes_nothing(store, path):
    store.close()
    before = path.read_bytes()
    open_store(str(path)).close()
    assert path.read_bytes() == before
    assert list(path.parent.glob("*before*")) == []


def test_what_is_no_store_is_refused_untouched(tmp_path):
    text = tmp_path / "texte.gpkg"
    text.write_text("bonjour")
    other = tmp_path / "autre.gpkg"
    gdal.GetDriverByName("GPKG").Create(str(other), 0, 0, 0, gdal.GDT_Unknown).FlushCache()
    for file in (text, other):
        before = file.read_bytes()
        with pytest.raises(NotAStore, match="untouched"):
            open_store(str(file))
        assert file.read_bytes() == before
    with pytest.raises(NotAStore, match="does not exist"):
        open_store(str(tmp_path / "rien.gpkg"))
    with pytest.raises(StoreError, match=r"\.gpkg"):
        open_store(str(tmp_path / "rien.txt"))


@pytest.mark.parametrize("name", ["9999_from_the_future", "schema 99"])
def test_a_later_store_is_refused_untouched(store, path, name):
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO carte_migration VALUES (?, 'now')", (name,))
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="update the plugin"):
        open_store(str(path))
    assert path.read_bytes() == before


def extended(tmp_path):
    """The schema with a fifth language, one more field and one more term."""
    raw = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    raw["languages"].append({"code": "wo", "name": "Wolof", "direction": "ltr", "required": False})
    site = next(table for table in raw["tables"] if table["name"] == "site")
    label = {"fr": "Étage", "ar": "الطابق", "en": "Floor"}
    site["fields"].append({"name": "floor", "type": "integer", "label": label, "public": True})
    raw["version"] += 1
    schema, vocabulary = tmp_path / "schema.json", tmp_path / "vocabulary.csv"
    schema.write_text(json.dumps(raw), encoding="utf-8")
    text = VOCABULARY_FILE.read_text(encoding="utf-8")
    vocabulary.write_text(
        text + "precision,floor,Étage,طابق,Floor,Planta,,99,,\n", encoding="utf-8"
    )
    return load_schema(schema, vocabulary)


def test_an_older_store_is_copied_then_migrated(store, path, tmp_path):
    with store.transaction():
        store.insert("site", [SITE])
    store.close()
    before = path.read_bytes()
    folder = tmp_path / "new"
    folder.mkdir()
    newer = extended(folder)
    with open_store(str(path), newer) as migrated:
        row = migrated.rows("site")[0]
        assert (row["name_fr"], row["name_wo"], row["floor"]) == ("SPÉCIMEN", None, None)
        with migrated.transaction():
            migrated.update("site", "s1", {"precision": "floor", "name_wo": "SPÉCIMEN wo"})
        assert "name_wo" in json.loads(migrated.rows("change")[-1]["after"])
    copies = list(path.parent.glob("services.before-*.gpkg"))
    assert len(copies) == 1
    assert copies[0].read_bytes() == before
    with pytest.raises(StoreTooNew):
        open_store(str(path))


def test_migrated_and_fresh_stores_are_the_same(store, path, tmp_path):
    store.close()
    (tmp_path / "new").mkdir()
    newer = extended(tmp_path / "new")
    open_store(str(path), newer).close()
    fresh = tmp_path / "fresh.gpkg"
    create_store(str(fresh), newer).close()
    assert shape(path)[1:] == shape(fresh)[1:]
    tables, expected = shape(path)[0], shape(fresh)[0]
    assert {
        name: tables[name] ^ expected[name] for name in expected if tables[name] != expected[name]
    } == {}
    assert set(tables) == set(expected)


def shape(path):
    """Tables with their columns, and triggers, however they came to be."""
    connection = sqlite3.connect(path)
    tables = {
        name: {(row[1], row[2], row[3]) for row in connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    }
    triggers = dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    )
    terms = set(connection.execute("SELECT vocabulary, code, label_fr FROM term"))
    connection.close()
    return tables, triggers, terms


def test_a_failed_migration_leaves_the_store_as_it_was(store, path, tmp_path, monkeypatch):
    store.close()
    (tmp_path / "new").mkdir()
    newer = extended(tmp_path / "new")

    def broken(_connection):
        raise RuntimeError("broken step")

    steps = (*migrations.MIGRATIONS, ("0002_broken", broken))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    before = shape(path)
    with pytest.raises(RuntimeError):
        open_store(str(path), newer)
    assert shape(path) == before


def test_a_locked_store_is_said_and_unchanged(store, path):
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    store._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match="another program"), store.transaction():
        store.insert("site", [SITE])
    other.execute("ROLLBACK")
    other.close()
    assert store.count("site") == 0
