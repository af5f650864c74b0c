# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input and bad luck: a clear sentence, and nothing lost."""

import os
import stat
from pathlib import Path

import pytest
from carte_cp3.domain.errors import StoreBusy, StoreError, TableError
from carte_cp3.store import tables
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import apply_plan, import_table
from carte_cp3.store.planning import plan_import
from carte_cp3.store.tables import read_grid
from osgeo import gdal, ogr, osr

# A disk that is full, a file that is read-only: said of PostgreSQL in test_postgres.py.
files_alone = pytest.mark.parametrize("backend", ["geopackage"], indirect=True)


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


def written(path, text="Code;Nom;Ville\nA1;SPÉCIMEN;Salé\n"):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_store_changed_since_the_plan_is_not_written(store, tmp_path):
    plan = plan_import(store, written(tmp_path / "a.csv"), institution="EN")
    with store.transaction():
        store.insert("site", [{"institution_code": "EN", "name_fr": "SPÉCIMEN d’un autre"}])
    with pytest.raises(StoreError, match="somebody else"):
        apply_plan(store, plan)
    assert (store.count("site"), store.count("import_batch")) == (1, 0)


def test_a_file_that_goes_away_after_the_plan_is_no_matter(store, tmp_path):
    path = written(tmp_path / "a.csv")
    plan = plan_import(store, path, institution="EN")
    path.unlink()
    apply_plan(store, plan)
    assert store.count("site") == 1


@files_alone
def test_a_full_disk_leaves_the_store_as_it_was(store, tmp_path):
    rows = "".join(f"A{n};SPÉCIMEN {n};Salé\n" for n in range(3000))
    path = written(tmp_path / "a.csv", "Code;Nom;Ville\n" + rows)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(StoreBusy, match="disk"):
        import_table(store, path, institution="EN")
    assert store.count("site") == store.count("import_batch") == 0


@files_alone
@pytest.mark.skipif(os.name == "nt", reason="file modes of POSIX")
def test_a_read_only_store_is_read_and_said(store, tmp_path):
    store.close()
    path = Path(store.location)
    path.chmod(stat.S_IREAD)
    with open_store(str(path)) as opened:
        assert opened.count("term") > 100
        if os.geteuid() == 0:  # root writes where others may not
            opened._connection.execute("PRAGMA query_only = 1")
        with pytest.raises(StoreError, match=r"read-only|attempt to write"):
            import_table(opened, written(tmp_path / "a.csv"), institution="EN")


def test_a_large_csv_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_LARGEST_TEXT", 10)
    with pytest.raises(TableError, match="split it"):
        read_grid(written(tmp_path / "a.csv"))


def test_a_protected_workbook_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)  # encrypted XLSX are OLE
    with pytest.raises(TableError, match="password"):
        read_grid(path)


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(TableError, match="no file"):
        read_grid(tmp_path)


@pytest.mark.parametrize("driver", ["GPKG", "KML", "GeoJSON"])
def test_layers_are_read_with_their_positions(tmp_path, driver):
    path = tmp_path / f"a.{driver.lower()}"
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(26191 if driver == "GPKG" else 4326)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("sites", srs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("Name", ogr.OFTString))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["Name"] = "SPÉCIMEN"
    x, y = (295511.15, 324618.49) if driver == "GPKG" else (-7.6, 33.5)
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
    layer.CreateFeature(feature)
    del layer, dataset
    grid = read_grid(path)
    row = dict(zip(grid.rows[0], grid.rows[1]))
    assert float(row["latitude"]) == pytest.approx(33.5, abs=0.005)
    assert float(row["longitude"]) == pytest.approx(-7.6, abs=0.005)


def test_numbers_of_before_2009_are_proposed_under_todays_plan(store, tmp_path):
    text = "Nom;Ville;Téléphone\nSPÉCIMEN;Salé;037 78 12 34\nSPÉCIMEN 2;Salé;061 23 45 67\n"
    result = import_table(store, written(tmp_path / "a.csv", text), institution="EN")
    found = [(one.value, one.proposal) for one in result.findings if "2009" in one.rule]
    assert found == [("037 78 12 34", "+212537781234"), ("061 23 45 67", "+212661234567")]
    assert [row["phone"] for row in store.rows("site")] == [None, None]
