# SPDX-License-Identifier: GPL-2.0-or-later
"""What a file seems to hold before its import, the answers, and what an update changes."""

import csv

import pytest
from carte_cp3.domain.columns import LEFT_OUT
from carte_cp3.domain.errors import TableError
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.preview import answered, preview_table, read_differences
from carte_cp3.store.tables import read_grid

HEAD = ("Code", "Nom", "Ville", "Téléfonique", "Superficie")
ROW = ("S1", "SPÉCIMEN agence", "Rabat", "0537 00 00 01", "300 m²")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


@pytest.fixture
def file(tmp_path):
    return write(tmp_path / "anapec.csv", HEAD, ROW)


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=";").writerows(rows)
    return path


def states(preview):
    return {column.heading: (column.state, column.target) for column in preview.columns}


def test_columns_are_sure_asked_about_or_unknown_each_with_a_sample(store, file):
    preview = preview_table(store, read_grid(file), "ANAPEC")
    assert states(preview) == {
        "Code": ("sure", "external_id"),
        "Nom": ("sure", "name_fr"),
        "Ville": ("sure", "commune"),
        "Téléfonique": ("asked", "phone"),
        "Superficie": ("unknown", ""),
    }
    assert [column.sample for column in preview.columns] == list(ROW)
    assert (preview.table, preview.lines, preview.questions) == ("site", 1, 1)
    assert not preview.remembered


def test_a_field_is_fed_by_one_column_the_last_one_named(store, file):
    preview = preview_table(store, read_grid(file))
    preview = answered(preview, store.schema, "Superficie", "phone")
    preview = answered(preview, store.schema, "Téléfonique", "phone")
    assert states(preview)["Téléfonique"] == ("sure", "phone")
    assert states(preview)["Superficie"] == ("unknown", "")
    preview = answered(preview, store.schema, "Code", "name_fr")
    assert states(preview)["Code"] == ("sure", "name_fr")
    assert states(preview)["Nom"][0] != "sure"


def test_answers_are_remembered_and_the_sender_recognised(store, file, tmp_path):
    preview = preview_table(store, read_grid(file), "ANAPEC")
    preview = answered(preview, store.schema, "Téléfonique", "phone")
    preview = answered(preview, store.schema, "Superficie", LEFT_OUT)
    result = import_table(store, file, institution="ANAPEC", mapping=preview.answers)
    assert result.created == 1
    assert store.rows("site")[0]["phone"] == "+212537000001"
    assert "column_unmatched" not in {one.rule for one in result.findings}

    again = write(tmp_path / "autre nom.csv", ("Titre", "", "", "", ""), HEAD, ROW)
    preview = preview_table(store, read_grid(again))
    assert preview.institution == "ANAPEC"
    assert preview.remembered
    assert preview.questions == 0
    assert states(preview)["Superficie"] == ("out", "")
    assert import_table(store, again, institution="ANAPEC").unchanged == 1


def test_two_senders_of_one_template_are_not_told_apart(store, file):
    for code in ("ANAPEC", "OFPPT"):
        import_table(store, file, institution=code)
    assert preview_table(store, read_grid(file)).institution == ""


def test_a_file_without_headings_is_no_table(store, tmp_path):
    preview = preview_table(store, read_grid(write(tmp_path / "x.csv", ("1", "2"), ("3", "4"))))
    assert (preview.table, preview.columns) == ("", ())


def test_the_differences_of_an_update_with_the_services_it_adds(store, tmp_path):
    head = ("Code", "Nom", "Ville", "Téléphone", "Services")
    first = write(tmp_path / "1.csv", head, ("S1", "SPÉCIMEN", "Rabat", "0537000001", "Accueil"))
    import_table(store, first, institution="EN")
    second = write(
        tmp_path / "2.csv", head, ("S1", "SPÉCIMEN", "Rabat", "0537000002", "Accueil; Couture")
    )
    plan = import_table(store, second, institution="EN", dry_run=True).plan
    ((key, differences),) = read_differences(store, plan).items()
    assert key == store.rows("site")[0]["site_id"]
    assert [(one.field, one.before, one.after) for one in differences] == [
        ("phone", "+212537000001", "+212537000002"),
        ("services", "Accueil", "Accueil; Couture"),
    ]


UNKNOWN = [("SPÉCIMEN", "liste"), ("Rubrique A", "Rubrique B"), ("SPÉCIMEN 1", "0537000001")]


def test_a_row_of_headings_is_pointed_at_and_its_columns_answered(store, tmp_path):
    grid = read_grid(write(tmp_path / "a.csv", *UNKNOWN))
    preview = preview_table(store, grid, "EN")
    assert (preview.header_line, preview.table) == (0, "")
    assert preview.first_rows[2] == ("Rubrique A", "Rubrique B")
    preview = preview_table(store, grid, "EN", header_line=2)
    assert (preview.header_line, preview.table, preview.lines) == (2, "site", 1)
    preview = answered(preview, store.schema, "Rubrique A", "name_fr")
    result = import_table(
        store, grid.path, institution="EN", mapping=preview.answers, header_line=2
    )
    assert (result.created, store.rows("site")[0]["name_fr"]) == (1, "SPÉCIMEN 1")


def test_a_row_once_pointed_at_is_recognised_in_the_next_file(store, tmp_path):
    first = write(tmp_path / "a.csv", *UNKNOWN)
    import_table(store, first, "", "EN", mapping={"Rubrique A": "name_fr"}, header_line=2)
    moved = [("Titre de plus", ""), ("", ""), *UNKNOWN, ("SPÉCIMEN 2", "")]
    second = write(tmp_path / "b.csv", *moved)
    preview = preview_table(store, read_grid(second), "EN")
    assert (preview.header_line, preview.remembered) == (4, True)
    result = import_table(store, second, institution="EN")
    assert (result.created, result.unchanged) == (1, 1)


def test_a_line_without_content_is_no_row_of_headings(store, tmp_path):
    file = write(tmp_path / "a.csv", *UNKNOWN)
    with pytest.raises(TableError, match=r"nothing on line 7.*1, 2, 3"):
        import_table(store, file, institution="EN", header_line=7)


def test_the_mapping_is_kept_for_each_set_of_headings(store, tmp_path):
    head = ("Code", "Dénommée ainsi", "Ville")
    sites = write(tmp_path / "a.csv", head, ("S1", "SPÉCIMEN agence", "Rabat"))
    services = write(tmp_path / "b.csv", ("Nom du service", "Thème"), ("SPÉCIMEN accueil", ""))
    import_table(store, sites, institution="ANAPEC", mapping={"Dénommée ainsi": "name_fr"})
    import_table(store, services, institution="ANAPEC")
    assert preview_table(store, read_grid(sites), "ANAPEC").remembered
    assert import_table(store, sites, institution="ANAPEC").unchanged == 1


def test_the_mapping_is_kept_of_a_file_that_names_its_institutions(store, tmp_path):
    head = ("Institution", "Dénommée ainsi", "Ville")
    file = write(tmp_path / "a.csv", head, ("ANAPEC", "SPÉCIMEN agence", "Rabat"))
    import_table(store, file, mapping={"Dénommée ainsi": "name_fr"})
    assert import_table(store, file).unchanged == 1
