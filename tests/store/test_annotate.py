# SPDX-License-Identifier: GPL-2.0-or-later
"""The annotated file that goes back to an institution, read by another library than ours."""

import re
from contextlib import contextmanager

import pytest
from carte_cp3.domain.errors import CarteError
from carte_cp3.gis.sentences import advice
from carte_cp3.store.annotate import write_report
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.documents.findings import write_findings
from carte_cp3.store.importing import import_table
from carte_cp3.store.templates import write_template

openpyxl = pytest.importorskip(
    "openpyxl", reason="openpyxl is not installed (tools/requirements-test.txt)"
)
ARABIC = re.compile("[\u0600-\u06ff]")
ROWS = (
    "Réseau des centres;;;;;\n"
    "Code;Nom;Type;Ville;Téléphone;Remarque de l’institution\n"
    "A1;SPÉCIMEN 1;Agence;Salé;0537000001;libre\n"
    "A2;SPÉCIMEN 2;Agense;Salé;12;\n"
    "A3;;Agence;Salé;0537000003;\n"
)


@pytest.fixture
def sheet(tmp_path):
    """The first sheet of the annotated report of a file with mistakes, as openpyxl reads it."""
    source, report = tmp_path / "envoi.csv", tmp_path / "import-envoi.xlsx"
    source.write_text(ROWS, encoding="utf-8")
    with create_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, source, institution="ANAPEC")
        write_report(result, report, advice)
        keys = {row["external_id"]: row["site_id"] for row in store.rows("site")}
    return openpyxl.load_workbook(report).worksheets[0], keys


def test_the_institutions_own_cells_stand_where_they_stood(sheet):
    page, _keys = sheet
    sent = [line.split(";") for line in ROWS.splitlines()]
    kept = [
        [cell.value or "" for cell in row[:6]]
        for row in page.iter_rows(min_row=1, max_row=len(sent))
    ]
    assert kept == sent


def test_bad_cells_are_coloured_with_reason_and_proposal_in_french_and_arabic(sheet):
    page, _keys = sheet
    fine, bad = page["E3"], page["E4"]
    assert fine.comment is None and fine.fill.fill_type is None
    assert bad.fill.fill_type == "solid"
    assert "12" in bad.comment.text and "numéro marocain" in bad.comment.text
    assert ARABIC.search(bad.comment.text)
    kind = page["C4"].comment.text
    assert "« Agense »" in kind and "Proposition : Agence" in kind
    assert "المقترح: " in kind
    assert page["B5"].comment is not None, "the row that was refused says why"


def test_closed_lists_drop_down_and_the_identifier_is_locked(sheet):
    page, keys = sheet
    lists = [one for one in page.data_validations.dataValidation if one.type == "list"]
    assert any("C4" in one.sqref for one in lists)
    assert page.protection.sheet
    identifier = next(cell for cell in page[3] if cell.value == keys["A1"])
    assert identifier.protection.locked
    assert not any(cell.protection.locked for cell in page[3][:6])


def test_corrected_and_sent_back_it_leads_to_the_same_records(sheet, tmp_path):
    page, keys = sheet
    page["E4"], page["C4"], page["B5"] = "0537000002", "Agence", "SPÉCIMEN 3"
    page["A4"] = None  # even without the institution's own code
    page.parent.save(tmp_path / "corrige.xlsx")

    with open_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, tmp_path / "corrige.xlsx", institution="ANAPEC")
        sites = {row["site_id"]: row for row in store.rows("site")}
    assert (result.created, result.updated, result.unchanged) == (1, 1, 1)
    assert set(keys.values()) <= set(sites)
    assert sites[keys["A2"]]["phone"] == "+212537000002"


def sent_back(tmp_path, rows):
    """What an annotated file holds that is made from an annotated file sent back as ``rows``."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "renvoi.xlsx")
    with open_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, tmp_path / "renvoi.xlsx", institution="ANAPEC")
        write_report(result, tmp_path / "import-renvoi.xlsx", advice)
    page = openpyxl.load_workbook(tmp_path / "import-renvoi.xlsx").worksheets[0]
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_columns_moved_or_added_at_the_right_come_back_in_their_order(sheet, tmp_path):
    page, keys = sheet
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    moved = [[*row[6:], *row[:6], None] for row in rows]
    moved[0][0] = "Titre"
    for row, text in zip(moved[1:], ("WhatsApp", "0661000001", "0661000002", None)):
        row[-1] = text

    back = sent_back(tmp_path, moved)
    assert back[:2] == moved[:2], "titles and headings"
    assert [row[3:] for row in back[2:]] == [row[3:] for row in moved[2:]]
    assert [row[2] for row in back[2:4]] == [keys["A1"], keys["A2"]]
    assert back[2][0].startswith("Mis à jour") and back[4][0].startswith("Refusé")


def test_a_refused_row_keeps_the_identifier_it_was_sent_with(sheet, tmp_path):
    page, keys = sheet
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    rows[2][1] = None  # its name
    rows.insert(3, list(rows[2]))
    rows[3][4] = "0537000009"
    back = sent_back(tmp_path, rows)
    assert back[3][6].startswith("Refusé") and back[3][8] == keys["A1"]


@pytest.mark.parametrize(
    "name",
    ["Listes", "constats", "ABSENTES", "History", "l’été 'à' [Rabat]", "'", "n" * 29 + "x'y"],
)
def test_a_report_is_written_whatever_the_file_is_called(tmp_path, name):
    source, report = tmp_path / f"{name}.csv", tmp_path / "renvoi.xlsx"
    source.write_text(ROWS, encoding="utf-8")
    with create_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, source, institution="ANAPEC")
        write_report(result, report, advice)
    names = openpyxl.load_workbook(report).sheetnames
    assert len(names) == len(set(map(str.casefold, names)))
    assert {"Listes", "Constats"} < set(names)
    # Sent back, the table is found again among the report's own sheets.
    with open_store(str(tmp_path / "services.gpkg")) as store:
        again = import_table(store, report, institution="ANAPEC")
        assert (again.created, store.count("site")) == (0, 2)


@pytest.fixture
def tiny_disk():
    """A disk on which no file grows beyond a thousand bytes."""
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limited


@pytest.mark.parametrize("writing", ["report", "findings", "template"])
def test_a_workbook_that_the_disk_cannot_hold_is_an_error_with_a_sentence(
    tmp_path, tiny_disk, writing
):
    source, path = tmp_path / "envoi.csv", tmp_path / "sortie.xlsx"
    source.write_text(ROWS, encoding="utf-8")
    path.write_text("ce qui était là", encoding="utf-8")
    with create_store(str(tmp_path / "services.gpkg")) as store:
        result = import_table(store, source, institution="ANAPEC")
        write = {
            "report": lambda: write_report(result, path, advice),
            "findings": lambda: write_findings(result.findings, path, advice),
            "template": lambda: write_template(store.schema, path),
        }[writing]
        with tiny_disk(), pytest.raises(CarteError, match="could not be written"):
            write()
    assert path.read_text(encoding="utf-8") == "ce qui était là"
    assert sorted(one.name for one in tmp_path.glob("*sortie*")) == ["sortie.xlsx"]
