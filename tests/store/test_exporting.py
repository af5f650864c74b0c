# SPDX-License-Identifier: GPL-2.0-or-later
"""Exports: what they carry, what they never carry, and that nothing is written half."""

import csv
import json
import re
import sys
import zipfile

import pytest
from carte_cp3.domain.errors import Cancelled, CarteError, MissingDependency
from carte_cp3.store.database import create_store
from carte_cp3.store.export_flat import site_columns
from carte_cp3.store.export_xlsx import sheet_title, write_xlsx
from carte_cp3.store.exporting import FORMATS, export_store
from carte_cp3.store.formulas import defused, restored
from carte_cp3.store.importing import import_table
from carte_cp3.store.public import public_view
from osgeo import gdal

OUTPUTS = {"csv": "x.csv", "xlsx": "x.xlsx", "geojson": "x.geojson", "hsds": "x.zip"}
TEXT, NUMBER, MOMENT = "ZQXSENTINELLE", 987654321, "1987-06-05T04:03:02.000Z"
AGENCY = "00000000-0000-4000-8000-000000000001"
FORMULA = "00000000-0000-4000-8000-000000000002"


@pytest.fixture
def store(location, take_specimen):
    with create_store(location) as made:
        take_specimen(made)
        yield made


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def sheet(path, store, table):
    """The rows of a sheet by its own headings."""
    gdal.SetThreadLocalConfigOption("OGR_XLSX_HEADERS", "DISABLE")
    try:
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
        layer = dataset.GetLayerByName(sheet_title(store.schema, table))
        heading, *rows = [list(feature.items().values()) for feature in layer]
    finally:
        gdal.SetThreadLocalConfigOption("OGR_XLSX_HEADERS", None)
    return [dict(zip(heading, row)) for row in rows]


def contents(path):
    """The bytes of every file in an output, those inside zips and workbooks as they read."""
    if path.is_dir():
        return b"".join(contents(inner) for inner in sorted(path.rglob("*")) if inner.is_file())
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


# What is in


@pytest.mark.parametrize("kind", FORMATS)
def test_the_number_of_sites_is_returned(store, out, kind):
    assert export_store(store, kind, out / OUTPUTS[kind]) == 4
    assert (out / OUTPUTS[kind]).is_file()


def test_csv_has_a_mark_and_a_row_for_each_site(store, out):
    export_store(store, "csv", out / "x.csv")
    assert (out / "x.csv").read_bytes().startswith(b"\xef\xbb\xbfsite_id;")
    rows = {row["site_id"]: row for row in read_csv(out / "x.csv")}
    agency = rows[AGENCY]
    assert tuple(agency) == site_columns(store.schema)
    assert (agency["lon"], agency["lat"]) == ("-7.61", "33.58")
    assert (agency["commune"], agency["commune_code"]) == ("Casablanca", "06.141.01.0")
    assert (agency["province_code"], agency["region_code"]) == ("06.141", "06")
    assert agency["region"] == "Casablanca-Settat"
    assert agency["phone"] == "+212500000001"
    assert agency["languages"] == "{fr,ar,wo}"
    assert agency["name_ar"] == "نموذج وكالة"
    assert agency["services"] == "SPÉCIMEN inscription"


def test_geojson_has_points_or_null(store, out):
    export_store(store, "geojson", out / "x.geojson")
    collection = json.loads((out / "x.geojson").read_text("utf-8"))
    assert set(collection) == {"type", "features"}
    assert collection["type"] == "FeatureCollection"
    features = {one["properties"]["site_id"]: one for one in collection["features"]}
    assert len(features) == 4
    assert features[AGENCY]["geometry"] == {"type": "Point", "coordinates": [-7.61, 33.58]}
    unplaced = [one for one in features.values() if one["geometry"] is None]
    assert [one["properties"]["commune_code"] for one in unplaced] == [None]
    for feature in features.values():
        names = set(site_columns(store.schema)) - {"lon", "lat"}
        assert set(feature["properties"]) == names
        assert set(feature) == {"type", "geometry", "properties"}


def test_geojson_of_an_empty_store_is_a_collection(location, out):
    with create_store(location) as empty:
        assert export_store(empty, "geojson", out / "x.geojson") == 0
    assert json.loads((out / "x.geojson").read_text("utf-8"))["features"] == []


def test_the_workbook_has_four_sheets_with_the_same_values(store, out):
    export_store(store, "xlsx", out / "x.xlsx")
    export_store(store, "csv", out / "x.csv")
    sites = {row["site_id"]: row for row in sheet(out / "x.xlsx", store, "site")}
    for row in read_csv(out / "x.csv"):
        for name, value in row.items():
            found = sites[row["site_id"]][name]
            assert restored(value) == ("" if found is None else str(found))
    assert {row["code"] for row in sheet(out / "x.xlsx", store, "institution")} == {
        "ANAPEC",
        "OFPPT",
    }
    assert len(sheet(out / "x.xlsx", store, "service")) == 3
    assert len(sheet(out / "x.xlsx", store, "offer")) == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson"])
def test_an_export_imports_back_to_the_same_sites(store, out, kind):
    with store.transaction():  # the importer takes no formula in
        store.update("site", FORMULA, {"name_fr": "SPÉCIMEN", "address_fr": "SPÉCIMEN"})
    export_store(store, kind, out / OUTPUTS[kind])
    result = import_table(store, out / OUTPUTS[kind], dry_run=True)
    assert (result.created, result.updated, result.refused) == (0, 0, 0)
    assert result.unchanged == 4


# What is not


def hidden(store):
    """Put a sentinel into every column that is not public and no closed list; return how many."""
    planted = 0
    for table in store.schema.tables:
        fields = [
            field
            for field in table.fields
            if not (field.public or field.vocabulary or field.name == table.key)
        ]
        for row in store.rows(table.name) if fields and table.name != "term" else ():
            store.update(table.name, row[table.key], {one.name: planting(one) for one in fields})
            planted += len(fields)
    return planted


def planting(field):
    if field.name == "batch_id":
        return TEXT
    if field.type == "json":
        return json.dumps(f"{TEXT}-{field.name}")
    return {"integer": NUMBER, "datetime": MOMENT}.get(field.type, f"{TEXT}-{field.name}")


def unpublished(store, sentinel):
    """Add a record of each kind that may not be shown, its public texts being the sentinel."""
    states = [
        {"status": "draft"}, {"status": "closed"},
        {"status": "published", "visibility": "professional"},
        {"status": "published", "visibility": "internal"},
    ]  # fmt: skip
    service = {"institution_code": "EN", "name_fr": sentinel, "summary_fr": sentinel}
    for number, state in enumerate(states):
        site = {"institution_code": "EN", "precision": "unknown", "site_id": f"{sentinel}{number}"}
        store.insert("site", [{**site, "name_fr": sentinel, "phone": sentinel, **state}])
        store.insert("service", [{**service, "service_id": f"{sentinel}{number}", **state}])
        offer = {"service_id": f"{sentinel}{number}", "site_id": AGENCY, "note_fr": sentinel}
        store.insert("offer", [{**offer, "status": "published"}])
    notice = {"applies_to": "site", "key": f"{sentinel}0", "kind": "message"}
    store.insert("notice", [{**notice, "starts_on": "2026-01-01", "text_fr": sentinel}])
    return len(states)


@pytest.mark.parametrize("kind", [*FORMATS, "folder"])
def test_nothing_that_is_not_public_leaves(store, out, kind):
    with store.transaction(), store.unruled():  # the history is not written by hand otherwise
        store.insert("import_batch", [{"batch_id": TEXT, "file_name": TEXT, "sha256": TEXT}])
        assert hidden(store) > 60
        assert unpublished(store, TEXT) == 4
    kept = str([store.rows(table.name) for table in store.schema.tables])
    assert all(one in kept for one in (TEXT, MOMENT))
    output = out / OUTPUTS.get(kind, "folder")
    assert export_store(store, "hsds" if kind == "folder" else kind, output) == 4
    written = contents(output)
    assert "SPÉCIMEN agence".encode() in written
    for sentinel in (TEXT, str(NUMBER), MOMENT, MOMENT[:10]):
        assert sentinel.encode() not in written


def test_no_column_of_a_flat_file_is_held_back_by_the_schema(store):
    inner = {field.name for field in store.schema.table("site").fields if not field.public}
    assert inner >= {"status", "visibility", "note_internal", "external_id"}
    assert not inner & set(site_columns(store.schema))


# Formulas


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", '=HYPERLINK("x")', "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1",
        "\n=1", "＝1+1", "+212 522-000000", "+", "-", "--1", "'=1", "''=1", "+1\n", "+٢١٢", "1e5=",
    ],
)  # fmt: skip
def test_a_formula_is_made_harmless_and_comes_back(text):
    assert defused(text)[0] in ("'", "1")
    assert restored(defused(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "+212522000000", "-7.61", "+5", "33.58", "O'Brien", "'", "'abc", "a=b", "2026-01-01", "—"],
)
def test_what_no_spreadsheet_would_run_stays(text):
    assert defused(text) == text == restored(text)


def test_csv_runs_nothing_and_loses_nothing(store, out):
    export_store(store, "csv", out / "x.csv")
    rows = read_csv(out / "x.csv")
    cells = [cell for row in rows for cell in row.values()]
    assert "'=SPÉCIMEN(1;2)" in cells
    plain = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
    assert not [one for one in cells if one[:1] in tuple("=+-@\t\r") and not plain.fullmatch(one)]
    stored = {row["site_id"]: row for row in public_view(store).sites}
    for row in rows:
        for name in ("name_fr", "address_fr", "phone", "hours"):
            assert restored(row[name]) == (stored[row["site_id"]][name] or "")


def test_the_workbook_has_texts_only(store, out):
    export_store(store, "xlsx", out / "x.xlsx")
    with zipfile.ZipFile(out / "x.xlsx") as archive:
        names = archive.namelist()
        pages = [archive.read(name) for name in names if "worksheets/" in name]
    assert len(pages) == 4
    assert not any(b"<f>" in page or b"hyperlink" in page for page in pages)
    assert not [name for name in names if name.startswith("xl/worksheets/_rels")]


# Nothing half, and said clearly


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        ("shapefile", "x.shp", "no format of export"),
        ("csv", "x.xlsx", "ends in .xlsx"),
        ("hsds", "x.geojson", "ends in .geojson"),
        ("csv", "services.gpkg", "ends in .gpkg"),
        ("csv", ".", "is a folder"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused(store, out, kind, name, word):
    with pytest.raises(CarteError, match=word):
        export_store(store, kind, out / name)
    assert not list(out.iterdir())


@pytest.mark.parametrize(("languages", "word"), [(["fr", "tlh"], "« tlh »"), ([], "No language")])
def test_languages_are_those_of_the_store(store, out, languages, word):
    with pytest.raises(CarteError, match=word):
        export_store(store, "hsds", out / "x", languages)


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(store, out):
    with pytest.raises(OSError, match="No such file"):
        write_xlsx(public_view(store), out / "none" / "x.xlsx")


@pytest.mark.parametrize("kind", [*FORMATS, "folder"])
def test_a_place_that_cannot_be_made_is_told(store, out, kind):
    (out / "file").write_text("x")
    output = out / "file" / OUTPUTS.get(kind, "folder")
    with pytest.raises(CarteError, match="could not be written"):
        export_store(store, "hsds" if kind == "folder" else kind, output)
    assert [one.name for one in out.iterdir()] == ["file"]


@pytest.mark.parametrize("kind", FORMATS)
def test_what_was_there_stands_until_the_end(store, out, kind, monkeypatch):
    output = out / OUTPUTS[kind]
    output.write_text("before")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("carte_cp3.store.export_flat.site_rows", broken)
    monkeypatch.setattr("carte_cp3.store.export_xlsx.site_rows", broken)
    monkeypatch.setattr("carte_cp3.store.hsds.files.compile_package", broken)
    with pytest.raises(CarteError, match="No space left on device"):
        export_store(store, kind, output)
    assert output.read_text() == "before"
    assert list(out.iterdir()) == [output]


def test_a_cancelled_export_leaves_nothing(store, out):
    def cancel(done, _message):
        if done > 0.3:
            raise Cancelled("stopped")

    for name in ("folder", "x.zip"):
        with pytest.raises(Cancelled):
            export_store(store, "hsds", out / name, progress=cancel)
    assert not list(out.iterdir())


def test_an_export_replaces_an_export_and_nothing_else(store, out):
    export_store(store, "hsds", out / "folder", ["fr", "ar"])
    export_store(store, "hsds", out / "folder", ["fr"])
    assert sorted(one.name for one in (out / "folder").iterdir()) == ["fr", "hsds.json"]
    mine = out / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    with pytest.raises(CarteError, match="holds other things"):
        export_store(store, "hsds", mine)
    assert (mine / "letter.txt").read_text() == "dear"
    assert sorted(one.name for one in out.iterdir()) == ["folder", "mine"]


def test_a_missing_library_is_named(store, out, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingDependency, match="XlsxWriter"):
        export_store(store, "xlsx", out / "x.xlsx")
    assert not list(out.iterdir())


def test_a_text_too_long_for_a_cell_is_told_with_its_place(store, out):
    with store.transaction():
        store.update("site", AGENCY, {"address_fr": "x" * 40000})
    with pytest.raises(CarteError, match="address_fr, row 2"):
        write_xlsx(public_view(store), out / "x.xlsx")
    assert export_store(store, "csv", out / "x.csv") == 4


def test_the_file_is_readable_by_others(store, out):
    for kind in FORMATS:
        export_store(store, kind, out / OUTPUTS[kind])
        (out / "plain").write_text("x")
        assert (out / OUTPUTS[kind]).stat().st_mode == (out / "plain").stat().st_mode
