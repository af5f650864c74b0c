# SPDX-License-Identifier: GPL-2.0-or-later
"""No cell stops an import: what the database would refuse is a finding on its line."""

import csv
from collections import Counter

import pytest
from carte_cp3.domain.schema import load_schema
from carte_cp3.store.checking import check_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.planning import plan_import

SCHEMA = load_schema()
#: Whatever stands in a field of some other kind.
CELLS = (
    "150", "72", "-5", "0", "9" * 20, "9" * 400, "1e400", "1,5", "inf", "nan", "٢٥", "04", "99.999",
    "SPÉCIMEN", "سبيسيمن", "draft", "published", "closed", "merged", "urgent", "null", "%s", "{x}",
    "25/03/2024", "2024-02-31", "0000-00-00", "31/12/9999", "25/03/999999999999", "1899-12-31",
    "2024-03-25 10:11:12", "n" * 5000, "é" * 300, "a@b.c", "a@b", "http://a", "www.a b.c",
    "[www.ofppt.ma", "www／ofppt.ma", "https://a.b:99999999", "05 37 00 00 00", "0801 00 00 00",
    "+999999999999999999", "+1 234", "112", "Lu-Ve 8h-16h", "Mo-Fr 08:30-16:30", "24/7",
    "25:00-26:00", "Mo 16:00-08:00", "{a,b}", "{}", "'; DROP", '"', "\x01", "a\\b", "x\x00y",
    "04.421.01.01.", "e\u0301", "\U0001f600", "018f0000000070008000000000000000", "AMUDDU",
    "accueil; ateliers",
)  # fmt: skip
TABLES = ("site", "service", "programme")


def table(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=";").writerows(rows)
    return path


def rules(result):
    return Counter(finding.rule for finding in result.findings)


def of(result, rule):
    return [
        (one.row, one.field, one.value, one.proposal, dict(one.params))
        for one in result.findings
        if one.rule == rule
    ]


def columns_of(name):
    """Every column that a file may have, and the one that names its rows."""
    fields = [one.name for one in SCHEMA.table(name).fields if one.name != "institution_code"]
    others = [one.name for one in SCHEMA.columns if one.table == name]
    return [one for one in (*fields, *others) if one not in ("name_es", SCHEMA.table(name).key)]


@pytest.mark.parametrize("status", ["draft", "published"])
@pytest.mark.parametrize("name", TABLES)
def test_no_cell_stops_an_import_whatever_it_holds(store, tmp_path, name, status):
    """Each cell stands once in each column, beside all others in theirs."""
    columns = columns_of(name)
    institution = "" if name == "programme" else "OFPPT"
    rows = [
        [f"SPÉCIMEN {start}", *(CELLS[(start + at) % len(CELLS)] for at in range(len(columns)))]
        for start in range(len(CELLS))
    ]
    path = table(tmp_path / "a.csv", ["name_es", *columns], *rows)
    mapping = {one: one for one in ("name_es", *columns)}
    for _twice in range(2):
        result = import_table(
            store, path, institution=institution, mapping=mapping, status=status, header_line=1
        )
        assert result.plan.columns.table == name
        assert len(result.plan.rows) == len(CELLS)
        assert result.created + result.updated + result.unchanged


@pytest.mark.parametrize(
    ("name", "heading", "cell", "field", "least", "most"),
    [
        ("site", "À revérifier tous les (mois)", "72", "verify_every_months", 1, 60),
        ("site", "À revérifier tous les (mois)", "0", "verify_every_months", 1, 60),
        ("service", "Âge maximum", "150", "age_max", 0, 120),
        ("service", "Âge minimum", "-1", "age_min", 0, 120),
    ],
)
def test_a_number_out_of_bounds_is_left_out_and_said(
    store, tmp_path, name, heading, cell, field, least, most
):
    start = "Nom" if name == "site" else "Nom du service"
    rows = [(start, "Type" if name == "site" else "Domaine", heading)]
    rows += [("SPÉCIMEN un", "", "12"), ("SPÉCIMEN deux", "", cell)]
    path = table(tmp_path / "a.csv", *rows)
    result = import_table(store, path, institution="OFPPT")
    assert (result.created, result.refused) == (2, 0)
    assert of(result, "number_out_of_bounds") == [
        (3, field, cell, "", {"least": least, "most": most})
    ]
    kept = {row["name_fr"]: row[field] for row in store.rows(name)}
    assert kept["SPÉCIMEN un"] == 12
    default = SCHEMA.table(name).field(field).default
    assert kept["SPÉCIMEN deux"] == (int(default) if default else None)


@pytest.fixture
def programmes(store):
    with store.transaction():
        store.insert("programme", [
            {"code": "AMUDDU", "name_fr": "SPÉCIMEN Amuddu", "name_ar": "سبيسيمن أمودو"},
            {"code": "P2", "name_fr": "SPÉCIMEN jumeau"},
            {"code": "P3", "name_fr": "SPÉCIMEN jumeau"},
        ])  # fmt: skip
    return store


def test_a_programme_is_named_by_its_code_or_its_name(programmes, tmp_path):
    named = {
        "AMUDDU": "AMUDDU", "amuddu": "AMUDDU", "Spécimen amuddu": "AMUDDU",
        "سبيسيمن أمودو": "AMUDDU", "p2": "P2", "": None,
    }  # fmt: skip
    rows = [(f"SPÉCIMEN {at}", "", text) for at, text in enumerate(named)]
    path = table(tmp_path / "a.csv", ("Nom du service", "Domaine", "Programme"), *rows)
    result = import_table(programmes, path, institution="OFPPT")
    assert (result.created, rules(result)["reference_unknown"]) == (len(named), 0)
    kept = {row["name_fr"]: row["programme_code"] for row in programmes.rows("service")}
    assert [kept[row[0]] for row in rows] == list(named.values())
    assert check_store(programmes).findings is not None


def test_a_programme_that_is_not_there_is_left_out_and_said(programmes, tmp_path):
    rows = [
        ("SPÉCIMEN un", "", "AMUDU"), ("SPÉCIMEN deux", "", "rien de tel"),
        ("SPÉCIMEN trois", "", "SPÉCIMEN jumeau"),
    ]  # fmt: skip
    path = table(tmp_path / "a.csv", ("Nom du service", "Domaine", "Programme"), *rows)
    result = import_table(programmes, path, institution="OFPPT")
    assert (result.created, result.refused) == (3, 0)
    assert of(result, "reference_unknown") == [
        (2, "programme_code", "AMUDU", "AMUDDU", {}),
        (3, "programme_code", "rien de tel", "", {}),
        (4, "programme_code", "SPÉCIMEN jumeau", "", {}),
    ]
    assert {row["programme_code"] for row in programmes.rows("service")} == {None}
    # A check of the store still tells what the file said and nobody has answered.
    assert rules(check_store(programmes))["reference_unknown"] == 3


def test_what_a_site_was_replaced_by_is_a_site_of_the_store(store, tmp_path):
    head = ("Nom", "Type", "replaced_by")
    import_table(store, table(tmp_path / "a.csv", head, ("SPÉCIMEN un", "", "")), institution="EN")
    key = store.rows("site")[0]["site_id"]
    rows = [("SPÉCIMEN deux", "", key), ("SPÉCIMEN trois", "", "un site inconnu")]
    result = import_table(store, table(tmp_path / "b.csv", head, *rows), institution="EN")
    assert (result.created, rules(result)["reference_unknown"]) == (2, 1)
    kept = {row["name_fr"]: row["replaced_by"] for row in store.rows("site")}
    assert (kept["SPÉCIMEN deux"], kept["SPÉCIMEN trois"]) == (key, None)


def test_a_site_that_replaces_itself_stands(store, tmp_path):
    head = ("site_id", "Nom", "Type", "replaced_by")
    path = table(tmp_path / "a.csv", head, ("", "SPÉCIMEN", "Agence", ""))
    import_table(store, path, institution="EN")
    key = store.rows("site")[0]["site_id"]
    path = table(tmp_path / "b.csv", head, (key, "SPÉCIMEN", "Agence", key))
    for _twice in range(2):
        import_table(store, path, institution="EN")
    assert store.count("site") == 1


def test_a_check_of_the_store_says_what_the_importer_says_of_a_number(programmes):
    with programmes.transaction(), programmes.unruled():
        programmes.insert("service", [
            {"institution_code": "OFPPT", "name_fr": "SPÉCIMEN", "age_max": 150},
        ])  # fmt: skip
    assert of(check_store(programmes), "number_out_of_bounds") == [
        (0, "age_max", "150", "", {"least": 0, "most": 120})
    ]


# PostgreSQL keeps references itself, whoever writes.
@pytest.mark.parametrize("backend", ["geopackage"], indirect=True)
def test_a_check_of_the_store_says_what_the_importer_says_of_a_reference(programmes):
    with programmes.transaction(), programmes.unruled():
        programmes.insert("service", [
            {"institution_code": "OFPPT", "name_fr": "SPÉCIMEN", "programme_code": "DISPARU"},
        ])  # fmt: skip
    assert of(check_store(programmes), "reference_unknown") == [
        (0, "programme_code", "DISPARU", "", {})
    ]


MOMENTS = ("Créé le", "Modifié le", "created_at", "updated_at", "Créé par", "batch_id", "Ligne")


def test_what_the_store_writes_itself_is_not_read_from_files(store, tmp_path):
    head = ("Code", "Nom", "Type", *MOMENTS)
    row = ("A1", "SPÉCIMEN", "Agence", "25/03/2024", "26/03/2024", "n’importe quoi", "2024", "moi",
           "un lot", "7")  # fmt: skip
    path = table(tmp_path / "a.csv", head, row)
    result = import_table(store, path, institution="OFPPT", by="SPÉCIMEN")
    assert result.created == 1
    said = {value for _row, _field, value, _proposal, _params in of(result, "column_unmatched")}
    assert said == set(MOMENTS)
    site = store.rows("site")[0]
    assert site["created_by"] == "SPÉCIMEN"
    assert "2024" not in f"{site['created_at']} {site['updated_at']}"
    again = plan_import(store, path, institution="OFPPT")
    assert [row.outcome for row in again.rows] == ["unchanged"]
