# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading tables as they arrive."""

import os
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from carte_cp3.domain.errors import TableError
from carte_cp3.store import tables
from carte_cp3.store.files import archive, layer
from carte_cp3.store.files import workbook as files_workbook
from carte_cp3.store.files.encodings import decode
from carte_cp3.store.files.kept import KeptRows
from carte_cp3.store.tables import read_grid
from osgeo import gdal, ogr, osr

xlsxwriter = pytest.importorskip("xlsxwriter")

FRENCH = "Nom;Ville;Téléphone\r\nSPÉCIMEN à Fès « n° 1 »;Fès;05\r\n"
ARABIC = "الاسم;المدينة;الهاتف\r\nنموذج مركز التكوين;طنجة;05\r\n"


def written(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def workbook(path, rows, sheets=("Feuille",)):
    book = xlsxwriter.Workbook(str(path))
    for name in sheets:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_in_every_encoding(tmp_path, encoding):
    grid = read_grid(written(tmp_path / "a.csv", FRENCH.encode(encoding)))
    assert tuple(grid.rows) == (
        ("Nom", "Ville", "Téléphone"),
        ("SPÉCIMEN à Fès « n° 1 »", "Fès", "05"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1256"])
def test_arabic_in_every_encoding(tmp_path, encoding):
    grid = read_grid(written(tmp_path / "a.csv", ARABIC.encode(encoding)))
    assert grid.rows[1] == ("نموذج مركز التكوين", "طنجة", "05")


def test_mixed_encodings_are_read_line_by_line():
    mixed = "Fès;é\n".encode() + "Salé;à\n".encode("cp1252")
    assert decode(mixed) == "Fès;é\nSalé;à\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_delimiter(tmp_path, delimiter):
    text = "\n".join(delimiter.join(row) for row in (("Nom", "Ville"), ("A, B", "Fès; Saïss")))
    quoted = text.replace("A, B", '"A, B"').replace("Fès; Saïss", '"Fès; Saïss"')
    grid = read_grid(written(tmp_path / "a.csv", quoted))
    assert grid.rows[1] == ("A, B", "Fès; Saïss")


def test_line_numbers_are_those_of_the_file(tmp_path):
    text = 'Nom;Ville\n\nA;"deux\nlignes"\nB;Fès\n'
    grid = read_grid(written(tmp_path / "a.csv", text))
    assert grid.numbers == (1, 3, 5)
    assert grid.rows[1] == ("A", "deux\nlignes")


def test_nul_bytes_and_non_breaking_spaces_go(tmp_path):
    grid = read_grid(written(tmp_path / "a.csv", "Nom;Ville\nA\0\u00a0 B;\u200fFès\n"))
    assert grid.rows[1] == ("A B", "Fès")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_workbooks_keep_their_line_numbers(tmp_path, ending):
    source = workbook(
        tmp_path / "a.xlsx", [["Titre"], [], ["Nom", "Tél"], ["A", 522123456], [], ["B", "05"]]
    )
    if ending == "ods":
        gdal.VectorTranslate(str(tmp_path / "a.ods"), str(source), format="ODS")
    grid = read_grid(tmp_path / f"a.{ending}")
    assert grid.numbers == (1, 3, 4, 6)
    assert grid.rows[2] == ("A", "522123456")


def test_an_xls_keeps_its_sheets_and_line_numbers(tmp_path):
    xlwt = pytest.importorskip("xlwt", reason="xlwt is not installed (tools/requirements-test.txt)")
    if gdal.GetDriverByName("XLS") is None:
        pytest.skip("this GDAL has no driver XLS (FreeXL)")
    book = xlwt.Workbook()
    for name, city in (("Un", "Fès"), ("Deux", "طنجة")):
        page = book.add_sheet(name)
        for row, cells in ((0, ["Titre"]), (2, ["Nom", "Ville", "Tél"]), (4, ["A", city, 522])):
            for column, cell in enumerate(cells):
                page.write(row, column, cell)
    book.save(str(tmp_path / "a.xls"))
    grid = read_grid(tmp_path / "a.xls")
    assert (grid.sheet, grid.sheets, grid.numbers) == ("Un", ("Un", "Deux"), (1, 3, 5))
    assert grid.rows[1:] == (("Nom", "Ville", "Tél"), ("A", "Fès", "522"))
    assert read_grid(tmp_path / "a.xls", "Deux").rows[2][1] == "طنجة"


def test_merged_and_empty_columns_are_survived(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 4, "Réseau")
    page.write_row(2, 0, ["Nom", "", "Ville"])
    page.write_row(3, 0, ["A", "", "Fès"])
    book.close()
    assert read_grid(tmp_path / "a.xlsx").rows[1:] == (("Nom", "", "Ville"), ("A", "", "Fès"))


def test_a_sheet_is_chosen_or_the_first_with_content(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["Nom", "Ville"], ["A", "Fès"]], ("Un", "Deux"))
    assert read_grid(path).sheet == "Un"
    assert read_grid(path, "Deux").sheet == "Deux"
    with pytest.raises(TableError, match="Un, Deux"):
        read_grid(path, "Trois")


def sheets(path, **pages):
    book = xlsxwriter.Workbook(str(path))
    for name, rows in pages.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return path


def unread(grid):
    return [(one.value, one.params["candidates"]) for one in grid.findings]


def test_a_cover_sheet_is_passed_over_and_the_other_sheets_are_named(tmp_path):
    cover, records = [["OFPPT"], ["Liste, mars 2024"]], [["Nom", "Ville"], ["A", "Fès"]]
    path = sheets(tmp_path / "a.xlsx", Page=cover, Centre=records, Vide=[], Nord=records)
    grid = read_grid(path)
    assert grid.sheet == "Centre"
    assert unread(grid) == [("Centre", ["Page", "Nord"])]
    assert unread(read_grid(path, "Nord")) == [("Nord", ["Page", "Centre"])]


def test_without_recognised_headings_the_first_sheet_is_read(tmp_path):
    grid = read_grid(sheets(tmp_path / "a.xlsx", Un=[["x", "y"]], Deux=[["z"]]))
    assert (grid.sheet, unread(grid)) == ("Un", [("Un", ["Deux"])])


def test_the_sheets_that_a_report_adds_are_no_unread_records(tmp_path):
    rows = [["Nom", "Ville"], ["A", "Fès"]]
    assert not read_grid(sheets(tmp_path / "a.xlsx", Un=rows, Listes=[["x"]])).findings


def test_other_layers_of_a_geopackage_and_folders_of_a_kml_are_named(tmp_path):
    point = "<Placemark><name>A</name><Point><coordinates>-4,34</coordinates></Point></Placemark>"
    folders = "".join(f"<Folder><name>{name}</name>{point}</Folder>" for name in ("nord", "sud"))
    space = "http://www.opengis.net/kml/2.2"
    text = f'<kml xmlns="{space}"><Document>{folders}</Document></kml>'
    kml = written(tmp_path / "a.kml", text)
    gdal.VectorTranslate(str(tmp_path / "a.gpkg"), str(kml), format="GPKG")
    for name in ("a.kml", "a.gpkg"):
        assert unread(read_grid(tmp_path / name)) == [("nord", ["sud"])]


def test_a_layer_gives_its_positions(tmp_path):
    path = written(
        tmp_path / "a.geojson",
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Nom":"A"},'
        '"geometry":{"type":"Point","coordinates":[-7.5,33.5]}}]}',
    )
    grid = read_grid(path)
    assert tuple(grid.rows) == (("Nom", "latitude", "longitude"), ("A", "33.5", "-7.5"))


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n;;\n", "no row"),
        ("a.xlsx", b"PK\x03\x04 truncated", "damaged"),
        ("a.ods", b"not a zip", "damaged"),
        ("a.csv", (",".join(map(str, range(10_000)))).encode(), "10000 columns"),
    ],
)
def test_bad_files_are_told_so(tmp_path, name, data, word):
    with pytest.raises(TableError, match=word):
        read_grid(written(tmp_path / name, data))


def test_a_missing_file_is_told_so(tmp_path):
    with pytest.raises(TableError, match="does not exist"):
        read_grid(tmp_path / "rien.xlsx")


def test_a_quotation_mark_that_is_not_closed_is_said(tmp_path):
    text = 'Code;Nom;Ville\n1;"SPÉCIMEN;Settat\n2;B;Safi\n3;C;Taza\n'
    found = read_grid(written(tmp_path / "a.csv", text)).findings
    assert [(one.rule, one.row) for one in found] == [("quote_unclosed", 2)]
    fine = 'Code;Nom;Ville\n1;"12; rue\nlot; 2";Settat\n'
    assert not read_grid(written(tmp_path / "b.csv", fine)).findings


@pytest.mark.parametrize("delimiter", ":~#^*")
def test_a_rare_delimiter_is_found(tmp_path, delimiter):
    rows = [("Nom", "Ville", "Téléphone"), ("Centre A", "Rabat", "0537000000"),
            ("Centre B, annexe", "Salé", "0537000001")]  # fmt: skip
    text = "\n".join(delimiter.join(row) for row in rows)
    assert list(read_grid(written(tmp_path / "a.csv", text)).rows) == rows


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [FRENCH, ARABIC], ids=["fr", "ar"])
def test_utf_16_without_its_mark_is_read(tmp_path, text, encoding):
    marked = read_grid(written(tmp_path / "a.csv", text.encode("utf-16")))
    unmarked = read_grid(written(tmp_path / "a.csv", text.encode(encoding)))
    assert list(unmarked.rows) == list(marked.rows)


def test_the_marks_of_a_kml_file_are_set_aside_and_named(tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>SPÉCIMEN</name>'
        "<description>Porte B</description><visibility>1</visibility>"
        "<Point><coordinates>-6.83,34.01</coordinates></Point></Placemark></Document></kml>",
        encoding="utf-8",
    )
    grid = read_grid(path)
    assert [cell.lower() for cell in grid.rows[0]] == [
        "name", "description", "latitude", "longitude"
    ]  # fmt: skip
    if len(grid.findings):  # GDAL built without libkml gives no such columns
        assert grid.findings[0].params["candidates"] == ["visibility"]


def test_rows_are_kept_as_they_were_read():
    rows = [(f"A {number}", "", "deux\nlignes", "قصر \ud800") for number in range(1000)]
    kept = KeptRows(iter(rows))
    assert len(kept) == 1000 and list(kept) == rows
    assert [kept[number] for number in (0, 255, 256, 999, -1)] == [
        rows[number] for number in (0, 255, 256, 999, -1)
    ]
    assert kept[:3] == tuple(rows[:3]) and kept[990:2000] == tuple(rows[990:])
    assert kept[5:5] == () and not KeptRows([]) and list(KeptRows([("",)])) == [("",)]
    with pytest.raises(IndexError):
        kept[1000]


def test_rows_are_as_wide_as_the_widest_of_them():
    rows = [("A", "1")] * 300 + [("B",)] * 300 + [("C", "2", "3")]
    kept = KeptRows(iter(rows))
    assert kept.width == 3 and set(map(len, kept)) == {3}
    assert (kept[299], kept[300], kept[600]) == (("A", "1", ""), ("B", "", ""), ("C", "2", "3"))


def test_quotation_marks_and_formulas_of_csv_are_read_in_every_column(tmp_path):
    path = tmp_path / "SPÉCIMEN.csv"
    path.write_text('A,B,C\n\'=1,\'=2,"=""03"""\n-6.8,=1,\'été\n', encoding="utf-8")
    assert list(read_grid(path).rows[1:]) == [("=1", "=2", "03"), ("-6.8", "=1", "'été")]


# In a Python of its own: root may read everything, and gives that up for good.
_UNREADABLE = """
import os, pathlib, sys, tempfile
import checkout
from carte_cp3.domain.errors import TableError
from carte_cp3.store.tables import read_grid, sha256
with tempfile.TemporaryDirectory() as folder:
    os.chmod(folder, 0o777)
    paths = [pathlib.Path(folder) / name for name in ("a.csv", "a.xlsx", "a.geojson")]
    for path in paths:
        path.write_text("Nom;Ville")
        path.chmod(0)
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        said = 0
        for path in paths:
            for read in (read_grid, sha256):
                try:
                    read(path)
                except TableError as error:
                    said += "cannot be opened" in str(error)
        os._exit(said)
    print(os.WEXITSTATUS(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(os.name == "nt", reason="file modes of POSIX")
def test_a_file_that_may_not_be_read_is_told_so():
    tests = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", _UNREADABLE], cwd=tests, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "6", done.stderr


def test_a_mark_of_a_kml_file_with_nothing_in_it_is_no_row(tmp_path):
    marks = (
        "<Placemark><visibility>1</visibility></Placemark>",
        "<Placemark><name>SPÉCIMEN</name>"
        "<Point><coordinates>-6.83,34.01</coordinates></Point></Placemark>",
    )
    path = tmp_path / "a.kml"
    space = "http://www.opengis.net/kml/2.2"
    text = f'<kml xmlns="{space}"><Document>{"".join(marks)}</Document></kml>'
    path.write_text(text, encoding="utf-8")
    grid = read_grid(path)
    assert [row[0] for row in grid.rows] == ["Name", "SPÉCIMEN"]
    assert len(grid.numbers) == len(grid.rows)


@pytest.mark.parametrize("raising", [False, True])
def test_a_position_that_has_no_place_on_earth_is_none(tmp_path, raising):
    """Other plugins switch GDAL from one way of saying errors to the other."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32629)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "a.gpkg"))
    layer = source.CreateLayer("a", crs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("Nom", ogr.OFTString))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["Nom"] = "SPÉCIMEN"
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT (1e12 1e12)"))
    layer.CreateFeature(feature)
    feature = layer = source = None
    quiet = [one for one in (gdal, ogr, osr) if raising and not one.GetUseExceptions()]
    for module in quiet:
        module.UseExceptions()
    try:
        assert read_grid(tmp_path / "a.gpkg").rows[1] == ("SPÉCIMEN", "", "")
    finally:
        for module in reversed(quiet):  # GDAL lets go only of what was taken hold of last
            module.DontUseExceptions()


def test_links_of_any_sheet_of_a_workbook(tmp_path):
    """The first is read while GDAL reads; whichever is taken, its links are its own."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for number, name in enumerate(("Page", "Nord", "Sud")):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ("Nom", "Ville", "Site web") if number else ("Page",))
        page.write_row(1, 0, ("SPÉCIMEN", "Fès"))
        page.write_url(1, 2, f"https://{name.lower()}.invalid/", string="ici")
    book.close()
    for asked, taken in (("", "Nord"), ("Nord", "Nord"), ("Sud", "Sud"), ("Page", "Page")):
        grid = read_grid(path, asked)
        assert grid.sheet == taken
        assert grid.links == {2: {2: f"https://{taken.lower()}.invalid/"}}


def test_what_stands_beside_damaged_sheets_is_waited_for(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["Nom"], ["SPÉCIMEN"]])
    before = threading.active_count()
    for length in (3, 100, 3000):
        (tmp_path / "b.xlsx").write_bytes(path.read_bytes()[:length])
        with pytest.raises(TableError):
            read_grid(tmp_path / "b.xlsx")
    with pytest.raises(TableError):
        read_grid(path, "Autre")
    assert threading.active_count() == before


def odd_rows(longest):
    rows = [
        [f"SPÉCIMEN {n}", n, n / 3, "", "مركز\u200f", "x" * (n % longest), None] for n in range(200)
    ]
    rows[7] = [""] * 7
    rows[9] = ["_x001F_", "\U0001f9ed", " a  b ", "1,5", "ligne 1\nligne 2", "é\u0301", "₀"]
    rows[150] = []
    rows[151][1:3] = ["<" * 20, "&amp;"]
    return rows


@pytest.fixture
def together(monkeypatch):
    """The rows that GDAL gave some at a time."""
    given = []
    make = layer._some_together

    def noted(*asked):
        for rows in make(*asked):
            given.extend(rows)
            yield rows

    monkeypatch.setattr(layer, "_some_together", noted)
    return given


@pytest.mark.parametrize(("longest", "brief"), [(100, True), (4000, True), (20_000, False)])
@pytest.mark.parametrize("shared", [True, False])
def test_rows_some_at_a_time_are_those_one_by_one(
    tmp_path, monkeypatch, together, longest, brief, shared
):
    path, rows = tmp_path / "a.xlsx", odd_rows(100)
    rows[60][5] = "é" * (longest // 2)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": not shared})
    page = book.add_worksheet("Feuille")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    grid = read_grid(path)
    if hasattr(ogr.Layer, "GetArrowStreamAsNumPy"):
        assert len(together) == (200 if brief else 0)
    monkeypatch.setattr(layer, "_some_together", lambda *_asked: ())
    one_by_one = read_grid(path)
    assert list(grid.rows) == list(one_by_one.rows)
    assert grid.numbers == one_by_one.numbers
    assert len(grid.rows) == 198


@pytest.mark.parametrize("written", ["rich", "CDATA", "comment", "entity", "UTF-16", "backslash"])
def test_a_long_cell_is_seen_however_it_is_written(tmp_path, together, written):
    """GDAL 3.6 takes the memory of the longest cell for each of its rows."""
    plain, path, long = tmp_path / "a.xlsx", tmp_path / "b.xlsx", "x" * 3000
    book = xlsxwriter.Workbook(str(plain))
    page = book.add_worksheet("Liste")
    page.write_row(0, 0, ("Nom", "Ville"))
    bold = book.add_format({"bold": True})
    parts = [part for _ in range(5) for part in (bold, long, long)]
    page.write_rich_string(1, 0, *parts) if written == "rich" else page.write(1, 0, "LONG")
    book.close()
    cell = {
        "CDATA": f"<![CDATA[{f'<p>{long}' * 20}]]>",
        "comment": f"{long}<!-- -->" * 20,
        "entity": "&a;" * 20,
    }.get(written, long * 20)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/sharedStrings.xml":
                data = data.replace(b"LONG", cell.encode())
                if written == "entity":
                    data = data.replace(
                        b"<sst", f'<!DOCTYPE sst [<!ENTITY a "{long}">]><sst'.encode()
                    )
                if written == "UTF-16":
                    data = data.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")
            backwards = written == "backslash" and name == "xl/sharedStrings.xml"
            info = zipfile.ZipInfo(name)
            info.filename = "xl\\sharedStrings.xml" if backwards else name
            target.writestr(info, data)
    assert read_grid(path).sheet == "Liste"
    assert not together


def test_a_list_after_formatted_empty_rows_is_brief(tmp_path, together):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page, bold = book.add_worksheet("Liste"), book.add_format({"bold": True})
    for row in range(400):
        page.set_row(row, 30, bold)
        if row > 200:
            for column in range(20):
                page.write_blank(row, column, None, bold)
    page.write_row(400, 0, ("Nom", "Ville"))
    page.write_row(401, 0, ("SPÉCIMEN", "Fès"))
    for row in range(500):
        page.write_comment(row, 30, "x" * 40)
        page.data_validation(row, 1, row, 1, {"validate": "list", "source": ["a", "b"]})
    book.close()
    assert len(read_grid(path).rows) == 2
    if hasattr(ogr.Layer, "GetArrowStreamAsNumPy"):
        assert len(together) >= 402


def test_other_files_are_read_one_by_one(tmp_path, together):
    path = workbook(tmp_path / "a.xlsx", odd_rows(100))
    expected = [row[0] for row in read_grid(path).rows]
    together.clear()
    for driver in ("ODS", "GPKG"):
        copy = tmp_path / f"a.{driver.lower()}"
        gdal.VectorTranslate(str(copy), str(path), format=driver)
        assert {row[0] for row in read_grid(copy).rows} >= {"SPÉCIMEN 99", expected[-1]}
    assert not together


@pytest.mark.parametrize("given", [0, 1, 64, 130])
def test_a_reader_that_gives_up_half_way_loses_no_row(tmp_path, monkeypatch, given):
    path = workbook(
        tmp_path / "a.xlsx", [["Nom", "Ville"], *([f"S {n}", "Fès"] for n in range(150))]
    )
    whole = read_grid(path)

    class Stream:
        def __iter__(self):
            for n in range(0, given, 10):
                cells = [f"S {m - 1}" if m else "Nom" for m in range(n, min(n + 10, given))]
                towns = ["Fès" if m else "Ville" for m in range(n, min(n + 10, given))]
                yield {"Field1": np.char.encode(cells), "Field2": np.array([*towns], dtype=object)}
            while True:  # as GDAL does of a damaged GeoPackage
                yield {"Field1": np.array([], dtype="S1"), "Field2": np.array([], dtype="S1")}

    class Layer:
        def __init__(self, real):
            self._real = real

        def __getattr__(self, name):
            return getattr(self._real, name)

        def __iter__(self):
            return iter(self._real)

        def GetArrowStreamAsNumPy(self, _options):  # noqa: N802
            return Stream()

    monkeypatch.setattr(tables, "rows_of", lambda real, *asked: layer.rows_of(Layer(real), *asked))
    assert list(read_grid(path).rows) == list(whole.rows)
    assert read_grid(path).numbers == whole.numbers


def test_what_stands_beside_a_sheet_that_nobody_wants_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Formules")
    for row in range(3000):
        for column in range(20):
            page.write_formula(row, column, f"=A{row + 1}&B{row + 1}", None, "")
    book.add_worksheet("Liste").write_row(0, 0, ("Nom", "Ville", "=1"))
    book.close()
    seen = []
    keep = files_workbook._keep_formula

    def slowly(found, *cell):
        seen.append(cell)
        time.sleep(0.0001)
        keep(found, *cell)

    monkeypatch.setattr(files_workbook, "_keep_formula", slowly)
    monkeypatch.setattr(archive, "_PIECE", 1 << 12)
    assert read_grid(path).sheet == "Liste"
    assert len(seen) < 30_000  # of 60,000


def test_links_that_are_damaged_leave_the_rows(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Liste")
    page.write_row(0, 0, ("Nom", "Ville", "Site web"))
    page.write_url(1, 2, "https://x.invalid/", string="ici")
    book.close()
    with zipfile.ZipFile(path) as whole:
        part = whole.getinfo("xl/worksheets/_rels/sheet1.xml.rels")
    data = bytearray(path.read_bytes())
    start = part.header_offset + 30 + len(part.filename)
    data[start : start + part.compress_size] = b"\xff" * part.compress_size
    path.write_bytes(data)
    grid = read_grid(path)
    assert grid.rows[1][2] == "ici" and not grid.links
