# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input and bad luck: a clear sentence, and nothing lost."""

import os
import sqlite3
import stat
import subprocess
import sys
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from carte_cp3.domain.errors import StoreBusy, StoreError, TableError
from carte_cp3.store.annotate import write_report
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import apply_plan, import_table
from carte_cp3.store.planning import plan_import
from carte_cp3.store.tables import read_grid
from osgeo import gdal, ogr, osr

xlsxwriter = pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")

# A disk that is full, a file that is read-only: said of PostgreSQL in test_postgres.py.
files_alone = pytest.mark.parametrize("backend", ["geopackage"], indirect=True)


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


def workbook(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


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


def test_a_csv_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = written(tmp_path / "a.csv")
    os.truncate(path, 200_000_000)  # the rest of the file takes no room on the disk
    tracemalloc.start()
    try:
        with pytest.raises(TableError, match=r"200 MB.*split it"):
            read_grid(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_csv_of_many_columns_and_rows_stays_within_bounds(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8") as handle:
        handle.write(";".join(f"c{n}" for n in range(10_000)) + "\n")
        handle.write(";".join("x" for _n in range(10_000)) + "\n")
    with pytest.raises(TableError, match=r"10000 columns.*keep the columns"):
        read_grid(path)


def test_a_workbook_of_ten_thousand_columns_is_refused_with_what_to_do(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [[f"c{n}" for n in range(10_000)], ["x"] * 10_000])
    with pytest.raises(TableError, match=r"columns, and at most 400.*keep the columns"):
        read_grid(path)


def test_a_protected_workbook_is_refused_with_what_to_do(tmp_path):
    ooxml = pytest.importorskip(
        "msoffcrypto.format.ooxml",
        reason="msoffcrypto-tool is not installed (tools/requirements-test.txt)",
    )
    path = workbook(tmp_path / "a.xlsx", [["Nom", "Ville"], ["SPÉCIMEN", "Salé"]])
    protected = tmp_path / "b.xlsx"
    with path.open("rb") as plain, protected.open("wb") as secret:
        ooxml.OOXMLFile(plain).encrypt("SPÉCIMEN", secret)
    with pytest.raises(TableError, match=r"protected by a password.*without a password"):
        read_grid(protected)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_refused_with_what_to_do(tmp_path, part):
    path = workbook(tmp_path / "a.xlsx", [["Nom", "Ville"], ["SPÉCIMEN", "Salé"]])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(TableError, match=r"damaged.*save it again"):
        read_grid(path)


def test_a_format_that_this_gdal_does_not_read_is_said(tmp_path, monkeypatch):
    known = gdal.GetDriverByName
    absent = {"XLS"}
    monkeypatch.setattr(
        gdal, "GetDriverByName", lambda name: None if name in absent else known(name)
    )
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(TableError, match=r"does not read XLS files.*save it as XLSX"):
        read_grid(path)


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_formulas_come_in_as_text_and_go_out_as_text(store, tmp_path, ending):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", "Ville", "Adresse"])
        page.write_row(1, 0, ["SPÉCIMEN", "Salé"])
        page.write_formula(1, 2, '=HYPERLINK("http://x.invalid","clic")', None, "clic")
        page.write_row(2, 0, ["SPÉCIMEN 2", "Salé"])
        page.write_string(2, 2, '=HYPERLINK("http://x.invalid","clic")')
    if ending == "ods":
        gdal.VectorTranslate(str(tmp_path / "a.ods"), str(path), format="ODS")
    result = import_table(store, tmp_path / f"a.{ending}", institution="EN")
    addresses = [row["address_fr"] for row in store.rows("site")]
    assert addresses == ["clic", '=HYPERLINK("http://x.invalid","clic")']
    assert [one.rule for one in result.findings if one.rule == "cell_formula"] == ["cell_formula"]
    write_report(result, tmp_path / "r.xlsx")
    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and not any(b"<f>" in archive.read(name) for name in sheets)


def test_a_formula_that_nobody_worked_out_is_said_and_kept_as_text(store, tmp_path):
    """As openpyxl and many exports write it: no result stands beside the formula."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Nom", "Ville", "Téléphone", "Site web", "Adresse"])
    page.append(["SPÉCIMEN", "Salé", "=B9&C9", '=HYPERLINK("http://x.invalid";"clic")', "=A1&B1"])
    page.append(["SPÉCIMEN 2", "Salé", '="0537000000"', "=A3", "#N/A"])
    page.append(['=HYPERLINK("http://y.invalid","Trois")', "Salé"])
    book.save(tmp_path / "a.xlsx")
    result = import_table(store, tmp_path / "a.xlsx", institution="EN")
    sites = {row["source_row"]: row for row in store.rows("site")}
    assert sites[2]["website"] == "http://x.invalid"
    assert sites[2]["address_fr"] == "=A1&B1"
    assert sites[3]["phone"] == "+212537000000"
    assert sites[3]["address_fr"] is None
    assert sites[4]["name_fr"] == '=HYPERLINK("http://y.invalid","Trois")'
    said = {(one.rule, one.row, one.field, one.value) for one in result.findings}
    assert ("formula_uncomputed", 2, "phone", "=B9&C9") in said
    assert ("formula_uncomputed", 3, "website", "=A3") in said
    assert ("cell_error", 3, "address_fr", "#N/A") in said
    assert ("cell_formula", 2, "address_fr", "=A1&B1") in said


def opendocument(path: Path, *rows: str) -> None:
    """Write a sheet as it stands in the file: GDAL writes no formula without its value."""
    names = ("office", "table", "text")
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
            "<office:body><office:spreadsheet>"
            '<table:table table:name="Note"><table:table-row/></table:table>'
            f'<table:table table:name="Sites">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )


def ods_row(*cells: str) -> str:
    inside = (
        one
        if one.startswith("<")
        else f'<table:table-cell office:value-type="string"><text:p>{one}</text:p>'
        "</table:table-cell>"
        for one in cells
    )
    return f"<table:table-row>{''.join(inside)}</table:table-row>"


@pytest.fixture(params=[False, True], ids=["told", "raised"])
def gdal_errors(request):
    """How GDAL tells its errors: a switch that other plugins set for the whole of QGIS."""
    quiet = [one for one in (gdal, ogr, osr) if request.param and not one.GetUseExceptions()]
    for module in quiet:
        module.UseExceptions()
    yield
    for module in reversed(quiet):  # GDAL lets go only of what was taken hold of last
        module.DontUseExceptions()


def test_formulas_and_links_of_an_opendocument_sheet(store, tmp_path, gdal_errors):
    link = "of:=HYPERLINK(&quot;http://x.invalid&quot;;&quot;clic&quot;)"
    kept = 'office:value-type="string"><text:p>clic</text:p></table:table-cell>'
    opendocument(
        tmp_path / "a.ods",
        ods_row("Nom", "Ville", "Téléphone", "Site web", "Adresse"),
        ods_row(
            "SPÉCIMEN",
            "Salé",
            '<table:table-cell table:formula="of:=[.B9]&amp;[$Feuil2.C9]"/>',
            f'<table:table-cell table:formula="{link}"/>',
            '<table:table-cell table:formula="of:=IF([.A1]>3;1;2)"/>',
        ),
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>',
        ods_row(
            "SPÉCIMEN 2",
            "Salé",
            '<table:covered-table-cell table:number-columns-repeated="1"/>',
            f'<table:table-cell table:formula="{link}" {kept}',
            '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string"/>',
        ),
        ods_row(
            "SPÉCIMEN 3",
            "Salé",
            '<table:table-cell table:number-columns-repeated="1"/>',
            '<table:table-cell office:value-type="string"><office:annotation><text:p>'
            '<text:a xlink:href="https://note.invalid/">lu</text:a></text:p></office:annotation>'
            '<text:p><text:a xlink:href="https://y.invalid/?a=1&amp;b=2">ici</text:a></text:p>'
            "</table:table-cell>",
        ),
    )
    result = import_table(store, tmp_path / "a.ods", institution="EN")
    sites = {row["source_row"]: row for row in store.rows("site")}
    assert sorted(sites) == [2, 6, 7]
    assert [sites[line]["website"] for line in (2, 6, 7)] == [
        "http://x.invalid",
        "http://x.invalid",
        "https://y.invalid/?a=1&b=2",
    ]
    assert sites[2]["address_fr"] == "=IF(A1>3;1;2)"
    assert sites[6]["address_fr"] is None
    said = {(one.rule, one.row, one.field, one.value) for one in result.findings}
    assert ("formula_uncomputed", 2, "phone", "=B9&$Feuil2.C9") in said


def test_an_opendocument_sheet_that_gdal_breaks_off_is_refused(tmp_path):
    """GDAL reads some 10 MB of cells of an ODS and hands out what came before."""
    row = ods_row(*"abcdefghijklmnopqrstuvwxyz" * 4)
    opendocument(tmp_path / "a.ods", *[row] * 10000)
    try:
        grid = read_grid(tmp_path / "a.ods")
    except TableError as refused:
        assert "a.ods is too large to be read whole as ODS" in str(refused)
        assert "save it as XLSX or CSV" in str(refused)
    else:  # a GDAL that holds more
        assert len(grid.rows) == 10000


def test_what_a_cell_leads_to_is_kept_with_what_it_shows(store, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Nom", "Ville", "Site web", "E-mail"])
        link = '=HYPERLINK("https://x.invalid/1","SPÉCIMEN")'
        page.write_formula(1, 0, link, None, "SPÉCIMEN")
        page.write_string(1, 1, "Salé")
        page.write_url(1, 2, "https://site.invalid/", None, "notre site")
        page.write_url(1, 3, "mailto:a@b.invalid", None, "a@b.invalid")
    first = import_table(store, tmp_path / "a.xlsx", institution="EN")
    (site,) = store.rows("site")
    assert (site["name_fr"], site["note_internal"]) == ("SPÉCIMEN", f"Nom : {link}")
    assert (site["website"], site["email"]) == ("https://site.invalid/", "a@b.invalid")
    assert [one.value for one in first.findings if one.rule == "link_kept"] == [link]
    assert import_table(store, tmp_path / "a.xlsx", institution="EN").unchanged == 1


def test_nul_bytes_and_mixed_encodings_come_in_as_what_they_mean(store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        b"Code;Nom;Ville\nA\x001;SP\xc9CIMEN;Sal\xe9\nA2;" + "SPÉCIMEN نموذج;Fès\n\0\0".encode()
    )
    assert import_table(store, path, institution="EN").created == 2
    named = {row["external_id"]: row["name_fr"] for row in store.rows("site")}
    assert named == {"A1": "SPÉCIMEN", "A2": "SPÉCIMEN نموذج"}


def test_an_identifier_given_twice_is_said_with_its_first_line(store, tmp_path):
    text = "Code;Nom;Ville\nA1;SPÉCIMEN;Salé\nA2;SPÉCIMEN 2;Salé\nA1;SPÉCIMEN 3;Fès\n"
    result = import_table(store, written(tmp_path / "a.csv", text), institution="EN")
    assert (result.created, result.refused) == (1, 2)
    found = [one for one in result.findings if one.rule.startswith("identifier")]
    assert {(one.row, one.value) for one in found} == {(2, "A1"), (4, "A1")}


def test_an_institution_that_does_not_exist_is_said_row_by_row(store, tmp_path):
    text = "Institution;Nom;Ville\nNOBODY;SPÉCIMEN;Salé\nOFPPT;SPÉCIMEN 2;Salé\n"
    result = import_table(store, written(tmp_path / "a.csv", text))
    assert (result.created, result.refused) == (1, 1)
    (found,) = [one for one in result.findings if one.rule == "institution_unknown"]
    assert (found.row, found.value, found.refuses) == (2, "NOBODY", True)


def test_a_site_of_another_institution_keeps_its_owner(store, tmp_path):
    """A code that another institution has is not that institution's site."""
    import_table(store, written(tmp_path / "a.csv"), institution="EN")
    import_table(store, written(tmp_path / "b.csv"), institution="ART")
    owners = {(row["institution_code"], row["external_id"]) for row in store.rows("site")}
    assert owners == {("EN", "A1"), ("ART", "A1")}
    key = store.rows("site", institution_code="EN")[0]["site_id"]
    text = f"site_id;Nom;Ville\n{key};SPÉCIMEN pris;Salé\n"
    result = import_table(store, written(tmp_path / "c.csv", text), institution="ART")
    assert store.rows("site", site_id=key)[0]["name_fr"] == "SPÉCIMEN"
    assert result.refused == 1
    assert ("record_of_another", "EN") in {(one.rule, one.value) for one in result.findings}


@files_alone
def test_a_store_locked_by_another_process_is_said(store, tmp_path):
    """Another QGIS holds the file in the middle of a transaction."""
    script = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, store.location],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert other.stdout.readline() == "held\n"
        store._connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(StoreBusy, match="another program"):
            import_table(store, written(tmp_path / "a.csv"), institution="EN")
    finally:
        other.communicate("")
    assert import_table(store, written(tmp_path / "a.csv"), institution="EN").created == 1


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


def test_a_message_of_gdals_that_is_no_text(tmp_path):
    """GDAL repeats what stands in a damaged file, whatever its bytes are."""
    path = tmp_path / "liste.gpkg"
    with closing(sqlite3.connect(path)) as damaged:
        damaged.execute("CREATE TABLE liste (nom TEXT)")
        damaged.commit()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE liste", b"CREATE \xffABLE liste"))
    with pytest.raises(TableError, match="damaged"):
        read_grid(path)
