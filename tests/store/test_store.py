# SPDX-License-Identifier: GPL-2.0-or-later
"""The store itself: creation, the rules inside it, its history, its migrations."""

import json
import sqlite3
from errno import EIO, ENOSPC
from pathlib import Path
from typing import ClassVar

import pytest
from carte_cp3.domain.errors import NotAStore, StoreBusy, StoreError, StoreTooNew
from carte_cp3.domain.schema import SCHEMA_FILE, VOCABULARY_FILE, load_schema
from carte_cp3.store import embedded, migrations
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.embedded import FileConnection, geopackage
from carte_cp3.store.postgres import tables as postgres_tables
from osgeo import gdal, ogr

SITE = {
    "site_id": "s1",
    "institution_code": "OFPPT",
    "name_fr": "SPÉCIMEN",
    "lon": -7.0,
    "lat": 33.0,
}


# About the file itself; what stands for it in PostgreSQL is in test_postgres.py.
files_alone = pytest.mark.parametrize("backend", ["geopackage"], indirect=True)


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


@pytest.fixture
def path(store):
    return Path(store.location)


@pytest.fixture
def dataset(location):
    """Open the store with GDAL, as another tool would."""

    def opened(flags=0):
        dataset = gdal.OpenEx(gdal_name(location), gdal.OF_VECTOR | flags)
        assert dataset, gdal.GetLastErrorMsg()
        return dataset

    return opened


def gdal_name(location):
    """How GDAL is told where a store is: it calls the schema differently."""
    return location.replace(" schema=", " active_schema=")


def test_a_new_store_has_every_table_term_and_member(store):
    for table in store.schema.tables:
        assert (
            set(store.rows(table.name)[0]) >= set(table.names) if store.count(table.name) else True
        )
    assert store.count("term") == len(store.schema.terms)
    assert {row["code"] for row in store.rows("institution")} == {"OFPPT", "ANAPEC", "EN", "ART"}


@files_alone
def test_another_tool_meets_the_constraints(store, dataset):
    opened = dataset()
    definition = opened.GetLayerByName("site").GetLayerDefn()
    field = {
        definition.GetFieldDefn(i).GetName(): definition.GetFieldDefn(i)
        for i in range(definition.GetFieldCount())
    }
    assert not field["site_id"].IsNullable()
    assert field["site_id"].IsUnique()
    assert field["status"].GetDefault() == "'draft'"
    assert field["precision"].GetDomainName() == "precision"
    terms = opened.GetFieldDomain("precision").GetEnumeration()
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


def test_a_rule_holds_for_gdal_too(store, dataset):
    with store.transaction():
        store.insert("site", [SITE])
    opened = dataset(gdal.OF_UPDATE)
    layer = opened.GetLayerByName("site")
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
    with pytest.raises(StoreError, match="« Site » still refer to it"):
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


def test_edits_by_gdal_are_in_the_history_and_stamped(store, dataset):
    with store.transaction():
        store.insert("site", [{**SITE, "updated_at": "2020-01-01T00:00:00.000Z"}])
    opened = dataset(gdal.OF_UPDATE)
    layer = opened.GetLayerByName("site")
    feature = layer.GetNextFeature()
    feature["name_fr"] = "SPÉCIMEN GDAL"
    layer.SetFeature(feature)
    opened = layer = None
    assert store.rows("change")[-1]["action"] == "update"
    assert store.rows("site")[0]["updated_at"] > "2026"


def test_a_row_is_found_by_its_key(store):
    store.insert("site", [SITE, {**SITE, "site_id": "s2", "lon": None, "lat": None}])
    assert list(store.by_key("site")) == ["s1", "s2"]
    assert store.row("site", "s1") == store.by_key("site")["s1"] == store.rows("site")[0]
    assert (store.row("site", "s1")["lon"], store.row("site", "s3")) == (-7.0, None)


def test_a_transaction_is_all_or_nothing(store):
    with pytest.raises(StoreError), store.transaction():
        store.insert("site", [SITE])
        store.insert("site", [SITE])
    assert store.count("site") == store.count("change", table_name="site") == 0


def test_positions_go_round_and_are_indexed(store, dataset):
    with store.transaction():
        store.insert("site", [SITE, {**SITE, "site_id": "s2", "lon": None, "lat": None}])
    assert [(row["lon"], row["lat"]) for row in store.rows("site")] == [(-7.0, 33.0), (None, None)]
    opened = dataset()
    sites = opened.GetLayerByName("site")
    sites.SetSpatialFilterRect(-7.1, 32.9, -6.9, 33.1)
    assert sites.GetFeatureCount() == 1


def test_creating_over_a_store_is_refused(store, location):
    with pytest.raises(StoreError, match=r"exists already|holds a store already"):
        create_store(location)
    assert store.count("institution") == 4


@files_alone
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
def test_a_later_store_is_refused_untouched(store, location, name):
    store._connection.execute("INSERT INTO carte_migration VALUES (?, '2026-01-01')", (name,))
    before = everything(store)
    with pytest.raises(StoreTooNew, match="update the plugin"):
        open_store(location)
    assert everything(store) == before


def everything(store):
    return {table.name: store.rows(table.name) for table in store.schema.tables}


def extended(tmp_path, unique=()):
    """The schema with a fifth language, one more field and one more term; sites unique by more."""
    raw = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    raw["languages"].append({"code": "wo", "name": "Wolof", "direction": "ltr", "required": False})
    site = next(table for table in raw["tables"] if table["name"] == "site")
    label = {"fr": "Étage", "ar": "الطابق", "en": "Floor"}
    site["fields"].append({"name": "floor", "type": "integer", "label": label, "public": True})
    if unique:
        site["unique"] = [*site.get("unique", []), list(unique)]
    raw["version"] += 1
    schema, vocabulary = tmp_path / "schema.json", tmp_path / "vocabulary.csv"
    schema.write_text(json.dumps(raw), encoding="utf-8")
    text = VOCABULARY_FILE.read_text(encoding="utf-8")
    vocabulary.write_text(
        text + "precision,floor,Étage,طابق,Floor,Planta,,99,,\n", encoding="utf-8"
    )
    return load_schema(schema, vocabulary)


def test_an_older_store_is_migrated(store, location, tmp_path):
    with store.transaction():
        store.insert("site", [SITE])
    store.close()
    newer = extended(tmp_path)
    with open_store(location, newer) as migrated:
        row = migrated.rows("site")[0]
        assert (row["name_fr"], row["name_wo"], row["floor"]) == ("SPÉCIMEN", None, None)
        with migrated.transaction():
            migrated.update("site", "s1", {"precision": "floor", "name_wo": "SPÉCIMEN wo"})
        assert "name_wo" in json.loads(migrated.rows("change")[-1]["after"])
    with pytest.raises(StoreTooNew):
        open_store(location)


@files_alone
def test_an_older_file_is_copied_before_it_is_migrated(store, path, tmp_path):
    store.close()
    before = path.read_bytes()
    (tmp_path / "new").mkdir()
    open_store(str(path), extended(tmp_path / "new")).close()
    (copy,) = path.parent.glob(f"{path.stem}.before-*.gpkg")
    assert copy.read_bytes() == before


class Watched(FileConnection):
    """A connection that tells when it was closed, as Windows would by refusing to delete."""

    closed: ClassVar[list] = []

    def close(self):
        super().close()
        self.closed.append(self)


@pytest.fixture
def watched(monkeypatch):
    Watched.closed.clear()
    monkeypatch.setattr(embedded, "FileConnection", Watched)
    return Watched.closed


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (sqlite3.OperationalError("database or disk is full"), "make room first"),
        (sqlite3.IntegrityError("UNIQUE constraint failed: site.site_id"), "refused the record"),
        (OSError(ENOSPC, "No space left on device"), "make room first"),
        (OSError(EIO, "Input/output error"), "cannot be opened"),
    ],
)
def test_a_store_that_could_not_be_made_is_not_there_and_says_why(
    tmp_path, monkeypatch, watched, error, said
):
    def broken(_connection):
        raise error

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, ("0003", broken)))
    unlink = Path.unlink

    def unlink_closed(path, *options, **named):
        assert watched or path.name.startswith(".new-"), "still open"
        unlink(path, *options, **named)

    monkeypatch.setattr(Path, "unlink", unlink_closed)
    with pytest.raises(StoreError, match=said):
        create_store(str(tmp_path / "new.gpkg"))
    assert list(tmp_path.iterdir()) == []


@files_alone
def test_an_older_file_in_which_twins_meet_a_new_rule_is_left_and_said(store, path, tmp_path):
    columns = ["institution_code", "landmark_fr"]
    with store.transaction():
        store.insert("site", [{**SITE, "site_id": key, "landmark_fr": "SPÉCIMEN"} for key in "ab"])
    store.close()
    (tmp_path / "new").mkdir()
    newer = extended(tmp_path / "new", unique=columns)
    with pytest.raises(StoreError, match="refused the record"):
        open_store(str(path), newer)
    with open_store(str(path)) as again:
        assert again.count("site") == 2


@files_alone
def test_an_older_file_that_cannot_be_copied_is_left_and_said(store, path, tmp_path, monkeypatch):
    store.close()
    (tmp_path / "new").mkdir()
    newer = extended(tmp_path / "new")

    def half(_source, target):
        Path(target).write_bytes(b"SQLite")
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(embedded.shutil, "copy2", half)
    with pytest.raises(StoreBusy, match="make room first"):
        open_store(str(path), newer)
    assert list(path.parent.glob("*.before-*")) == []


@files_alone
def test_tables_that_gdal_cannot_add_are_said(store, path, tmp_path, monkeypatch):
    store._connection.execute("DROP TABLE notice")
    store.close()
    (tmp_path / "new").mkdir()

    def refuse(*_arguments):
        raise RuntimeError("GDAL says no")

    monkeypatch.setattr(geopackage, "add_tables", refuse)
    with pytest.raises(StoreError, match="GDAL says no"):
        open_store(str(path), extended(tmp_path / "new"))


def test_migrated_and_fresh_stores_are_the_same(store, location, new_location, tmp_path):
    store.close()
    (tmp_path / "new").mkdir()
    newer = extended(tmp_path / "new")
    with open_store(location, newer) as migrated:
        tables, *rest = shape(migrated)
    with create_store(new_location(tmp_path), newer) as fresh:
        expected, *expected_rest = shape(fresh)
    assert rest == expected_rest
    assert {
        name: tables[name] ^ expected[name] for name in expected if tables[name] != expected[name]
    } == {}
    assert set(tables) == set(expected)


def test_a_failed_migration_leaves_the_store_as_it_was(store, location, tmp_path, monkeypatch):
    before = shape(store)
    store.close()
    newer = extended(tmp_path)

    def broken(_connection):
        raise RuntimeError("broken step")

    for module in (migrations, postgres_tables):
        steps = (*module.MIGRATIONS, ("0002_broken", broken))
        monkeypatch.setattr(module, "MIGRATIONS", steps)
    with pytest.raises(RuntimeError):
        open_store(location, newer)
    monkeypatch.undo()
    with open_store(location) as opened:
        assert shape(opened) == before


def shape(store):
    """Tables with their columns, and rules, however they came to be."""
    if isinstance(store._connection, sqlite3.Connection):
        return file_shape(store._connection)
    return server_shape(store._connection)


def file_shape(connection):
    tables = {
        name: {tuple(row)[1:4] for row in connection.execute(f"PRAGMA table_info({name})")}
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
    }
    triggers = dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    )
    terms = set(map(tuple, connection.execute("SELECT vocabulary, code, label_fr FROM term")))
    return tables, triggers, terms


def server_shape(connection):
    def asked(query):
        found = connection.execute(query, (connection.schema_name,)).fetchall()
        return [tuple(str(one).replace(connection.schema_name, "SCHEMA") for one in row)
                for row in found]  # fmt: skip

    tables = {}
    for name, *column in asked(
        "SELECT table_name, column_name, udt_name, is_nullable, column_default "
        "FROM information_schema.columns WHERE table_schema = ?"
    ):
        tables.setdefault(name, set()).add(tuple(column))
    in_schema = "JOIN pg_namespace n ON n.oid = {} WHERE n.nspname = ? ORDER BY 1"
    functions = asked("SELECT pg_get_functiondef(p.oid) FROM pg_proc p "
                      + in_schema.format("p.pronamespace"))  # fmt: skip
    rules = asked(
        "SELECT conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
        + in_schema.format("c.connamespace")
    )
    indexes = asked("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = ? ORDER BY 1")
    terms = set(map(tuple, connection.execute("SELECT vocabulary, code, label_fr FROM term")))
    return tables, functions, rules, indexes, terms


@files_alone
def test_a_locked_store_is_said_and_unchanged(store, path):
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    store._connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match="another program"), store.transaction():
        store.insert("site", [SITE])
    other.execute("ROLLBACK")
    other.close()
    assert store.count("site") == 0


@files_alone
def test_opening_a_locked_store_says_so_and_leaves_nothing_open(store, path, monkeypatch, watched):
    monkeypatch.setattr(geopackage, "_PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy, match="another program"):
        open_store(str(path))
    assert len(watched) == 1
    other.execute("ROLLBACK")
    other.close()
    open_store(str(path)).close()
