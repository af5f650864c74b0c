# SPDX-License-Identifier: GPL-2.0-or-later
import pytest
from carte_cp3.domain.columns import find_header, match_columns
from carte_cp3.domain.schema import load_schema

SCHEMA = load_schema()


def targets(*headings, mapping=None):
    columns = match_columns(headings, SCHEMA, "site", mapping)
    return {match.heading: match.target for match in columns.matched}


def test_french_arabic_and_english_headings():
    assert targets("Nom de l'établissement", "اسم المؤسسة", "Phone", "VILLE", "الإقليم") == {
        "Nom de l'établissement": "name_fr",
        "اسم المؤسسة": "name_ar",
        "Phone": "phone",
        "VILLE": "commune",
        "الإقليم": "province",
    }


def test_a_typing_error_is_forgiven():
    assert targets("Etablisement", "Telefone", "Adrese")["Etablisement"] == "name_fr"
    assert targets("Téléphonne", "Nom")["Téléphonne"] == "phone"


def test_a_doubtful_heading_is_proposed_not_taken():
    columns = match_columns(["Nom", "Téléfonique"], SCHEMA, "site")
    assert [match.target for match in columns.matched] == ["name_fr"]
    assert [match.heading for match in columns.likely] == ["Téléfonique"]


def test_an_unknown_heading_is_listed():
    columns = match_columns(["Nom", "Superficie du terrain"], SCHEMA, "site")
    assert columns.unmatched == ((1, "Superficie du terrain"),)


def test_each_target_is_fed_by_one_column():
    matched = match_columns(["Téléphone", "Tél", "Nom"], SCHEMA, "site").matched
    assert [match.target for match in matched].count("phone") == 1


def test_a_mapping_wins_and_can_leave_a_column_out():
    mapping = {"Truc": "name_fr", "Nom": "-"}
    assert targets("Nom", "Truc", mapping=mapping) == {"Truc": "name_fr"}


def test_the_header_is_found_under_title_rows():
    rows = [
        ("ANAPEC – réseau des agences", "", ""),
        ("Année 2026", "", ""),
        ("Nom", "Ville", "Tél."),
        ("Agence A", "Rabat", "05 37 00 00 00"),
    ]
    number, columns = find_header(rows, SCHEMA)
    assert number == 2
    assert columns.table == "site"


def test_a_table_of_programmes_is_recognised():
    number, columns = find_header([("Code", "Programme", "Bailleur", "Partenaires")], SCHEMA)
    assert (number, columns.table) == (0, "programme")


def test_no_header_is_said():
    assert find_header([("12", "13"), ("14", "15")], SCHEMA) == (-1, None)


@pytest.mark.parametrize("heading", ["N°", "N° d'ordre", "Numéro", "الرقم"])
def test_a_count_of_the_lines_leaves_the_identifier_to_another_column(heading):
    head = (heading, "Code EFP", "Nom", "Ville")
    rows = [head, ("2", "A7", "a", "b"), ("1", "A9", "c", "d"), ("Total : 2", "", "", "")]
    columns = find_header(rows, SCHEMA)[1]
    assert columns.index("external_id") == 1
    assert columns.unmatched == ((0, heading),)
    alone = find_header([(row[0], *row[2:]) for row in rows], SCHEMA)[1]
    assert [(one.heading, one.target) for one in alone.likely] == [(heading, "external_id")]
    mapped = find_header(rows, SCHEMA, {heading: "external_id"})[1]
    assert mapped.index("external_id") == 0


def test_numbers_with_gaps_and_a_column_called_a_code_are_identifiers():
    for head, first in (("N°", "204"), ("Code EFP", "1")):
        rows = [(head, "Nom", "Ville"), (first, "a", "b"), ("2", "c", "d")]
        assert find_header(rows, SCHEMA)[1].index("external_id") == 0


@pytest.mark.parametrize("heading", ["Code", "N°", "ID", "Code commune"])
def test_a_code_that_counts_the_lines_is_taken_for_none(heading):
    rows = [(heading, "Nom", "Ville"), ("2", "A", "Rabat"), ("1", "B", "Salé"), ("3", "C", "Fès")]
    _header, columns = find_header(rows, load_schema())
    assert columns.targets == {"name_fr", "commune"}
    foot = [("4", "D", "Taza"), ("Total", "4", ""), ("Source : SPÉCIMEN", "", "")]
    _header, columns = find_header([*rows, *foot], load_schema())
    assert columns.targets == {"name_fr", "commune"}
    own = [(heading, *rows[0][1:]), *((f"E{row[0]}", *row[1:]) for row in rows[1:])]
    assert len(find_header(own, load_schema())[1].targets) == 3


def test_name_alone_is_the_name_and_beside_nom_the_english_one():
    schema = load_schema()
    assert match_columns(("Name", "City"), schema, "site").targets == {"name_fr", "commune"}
    both = match_columns(("Name", "Nom", "City"), schema, "site")
    assert both.targets == {"name_en", "name_fr", "commune"}


def test_a_heading_in_two_scripts_is_read_in_each():
    headings = ("Nom / الاسم", "المدينة - Ville", "Téléphone الهاتف", "Nom arabe / الاسم بالعربية")
    columns = match_columns(headings, load_schema(), "site")
    assert {one.index: one.target for one in columns.matched} == {
        0: "name_fr", 1: "commune", 2: "phone", 3: "name_ar",
    }  # fmt: skip


class Told(list):
    """Rows that tell how many of them were asked for."""

    asked = 0

    def __getitem__(self, index):
        found = super().__getitem__(index)
        self.asked += len(found) if isinstance(index, slice) else 1
        return found

    def __iter__(self):
        for row in super().__iter__():
            self.asked += 1
            yield row


@pytest.mark.parametrize("heading", ["Code", "Matricule", "code commune"])
def test_a_long_file_is_not_read_whole_to_know_its_headings(heading):
    rows = Told([("Nom", "Ville", heading)])
    rows += [(f"SPÉCIMEN {number}", "Salé", f"A{number:05}") for number in range(10_000)]
    _header, columns = find_header(rows, SCHEMA)
    assert columns.index("name_fr") == 0
    assert rows.asked < 100
