# SPDX-License-Identifier: GPL-2.0-or-later
"""The import, on the sample files and on small files of its own."""

import csv
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled, CarteError, TableError
from carte_cp3.store.annotate import write_report
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.history import last_batch, undo_import
from carte_cp3.store.importing import import_table
from carte_cp3.store.tables import read_grid

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
FILES = (
    ("programmes.csv", "", 2),
    ("ofppt_etablissements.csv", "OFPPT", 165),
    ("anapec_agences.xlsx", "ANAPEC", 28),
    ("entraide_nationale.csv", "EN", 29),
    ("artisanat_reseau.ods", "ART", 28),
    ("partenaires.xlsx", "", 27),
    ("catalogue_services.csv", "", 11),
)
CONTENT = ("institution", "programme", "site", "service", "offer")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


def table(path, *rows, delimiter=";"):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows(rows)
    return path


def content(store):
    return {name: store.rows(name) for name in CONTENT}


def rules(result):
    return Counter(finding.rule for finding in result.findings)


HEAD = ("Code", "Nom", "Type", "Ville", "Province", "Téléphone", "Services")


def test_the_sample_files_come_in_whole_and_only_once(store):
    for name, institution, rows in FILES:
        result = import_table(store, SAMPLE / name, institution=institution, status="published")
        assert (result.created, result.refused) == (rows, 0), name
    assert store.count("site") == 277
    assert Counter(row["status"] for row in store.rows("site")) == {"published": 243, "draft": 34}
    before = content(store)
    for name, institution, rows in FILES:
        result = import_table(store, SAMPLE / name, institution=institution, status="published")
        assert (result.created, result.updated, result.unchanged) == (0, 0, rows), name
    assert content(store) == before


def test_the_samples_are_located_as_expected(store):
    expected = {
        row["id"]: row["expected_code"]
        for row in csv.DictReader((ROOT / "tests/data/places_expected.csv").open(encoding="utf-8"))
    }
    for name, institution, _rows in FILES[1:6]:
        import_table(store, SAMPLE / name, institution=institution, status="published")
    found = {row["external_id"]: row["commune_code"] or "" for row in store.rows("site")}
    wanted = {key: code for key, code in expected.items() if code}
    same = sum(found[key] == code for key, code in wanted.items())
    assert same / len(wanted) >= 0.97
    assert all(not found[key] for key in expected if not expected[key])
    wrong = {k for k, c in wanted.items() if found[k] and found[k][:6] != c[:6]}
    assert wrong == set()


def test_phones_services_and_position_of_a_row(store, tmp_path):
    path = table(
        tmp_path / "a.csv", HEAD,
        ("A1", "SPÉCIMEN Agence", "Agence", "Larache", "Larache",
         "05 39 52 00 68; 05 39 52 12 22", "accueil; ateliers"),
    )  # fmt: skip
    result = import_table(store, path, institution="ANAPEC", status="published")
    assert (result.created, result.warnings) == (1, 1)
    site = store.rows("site")[0]
    assert (site["phone"], site["phone_2"]) == ("+212539520068", "+212539521222")
    assert (site["kind"], site["precision"], site["status"]) == ("agence", "commune", "published")
    assert abs(site["lon"] + 6.15) < 0.1
    assert abs(site["lat"] - 35.19) < 0.1
    assert [row["name_fr"] for row in store.rows("service")] == ["accueil", "ateliers"]
    assert store.count("offer", site_id=site["site_id"]) == 2
    assert (site["source_row"], site["batch_id"]) == (2, result.batch)


def test_a_service_given_at_two_sites_is_one_service(store, tmp_path):
    path = table(
        tmp_path / "a.csv", HEAD,
        ("A1", "SPÉCIMEN 1", "Agence", "Larache", "", "", "Accueil"),
        ("A2", "SPÉCIMEN 2", "Agence", "Tétouan", "", "", "accueil"),
    )  # fmt: skip
    import_table(store, path, institution="ANAPEC")
    assert (store.count("service"), store.count("offer")) == (1, 2)


def test_rows_shuffled_and_corrected_keep_their_identifiers(store, tmp_path):
    rows = [(f"A{i}", f"SPÉCIMEN {i}", "Agence", "Larache", "", "", "") for i in range(5)]
    import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="ANAPEC")
    keys = {row["external_id"]: row["site_id"] for row in store.rows("site")}
    rows[2] = ("A2", "SPÉCIMEN corrigé", "Agence", "Tétouan", "", "", "")
    shuffled = table(tmp_path / "b.csv", HEAD, *reversed(rows))
    result = import_table(store, shuffled, institution="ANAPEC")
    assert (result.created, result.updated, result.unchanged) == (0, 1, 4)
    assert {row["external_id"]: row["site_id"] for row in store.rows("site")} == keys
    assert store.rows("site", external_id="A2")[0]["name_fr"] == "SPÉCIMEN corrigé"


def test_what_a_file_says_no_more_is_kept_and_said(store, tmp_path):
    """Emptied cells, records left out, services no longer named: nothing goes by itself."""
    rows = [(f"S{n}", f"SPÉCIMEN {n}", "", "Rabat", "", "0537000000", "Accueil; Écoute")
            for n in range(1, 6)]  # fmt: skip
    import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="EN")
    before = content(store)
    less = [(*row[:5], "", "Accueil") for row in rows[:2]] + rows[2:4]
    result = import_table(store, table(tmp_path / "b.csv", HEAD, *less), institution="EN")
    assert (result.unchanged, content(store)) == (4, before)
    said = {one.rule: one for one in result.findings}
    emptied = said["cells_emptied"]
    assert (emptied.field, emptied.value, emptied.params["candidates"]) == (
        "phone", "2", ["2", "3"]
    )  # fmt: skip
    assert (said["services_kept"].value, said["services_kept"].row) == ("Écoute", 3)
    assert said["records_absent"].value == "1"
    assert said["records_absent"].params["candidates"] == ["SPÉCIMEN 5 (S5)"]
    write_report(result, tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [one["external_id"] for one in report["absent"]] == ["S5"]
    write_report(result, tmp_path / "r.xlsx")
    sheet = read_grid(tmp_path / "r.xlsx", "Absentes")
    assert sheet.rows[1][1:3] == ("S5", "SPÉCIMEN 5")
    part = import_table(store, table(tmp_path / "c.csv", HEAD, *rows[:2]), institution="EN")
    assert rules(part)["records_absent"] == 0


def test_an_internal_note_is_only_added_to(store, tmp_path):
    """What a cartographer wrote stays, whether or not the file has notes of its own."""
    head, row = ("Code", "Nom", "Ville", "Téléphone"), ("S1", "SPÉCIMEN", "Rabat")
    phones = "0537000000 / 0537000001 / 0537000002"
    bare = table(tmp_path / "a.csv", head, (*row, phones))
    import_table(store, bare, institution="EN")
    (site,) = store.rows("site")
    mine = f"Rappeler en mars.\n{site['note_internal']}"
    with store.transaction():
        store.update("site", site["site_id"], {"note_internal": mine})
    assert import_table(store, bare, institution="EN").unchanged == 1
    noted = table(tmp_path / "b.csv", (*head, "Remarques"), (*row, phones, "Porte B"))
    result = import_table(store, noted, institution="EN")
    assert result.plan.rows[0].changes["note_internal"].startswith(mine)
    (site,) = store.rows("site")
    assert site["note_internal"].splitlines() == [*mine.splitlines(), "Porte B"]
    assert import_table(store, noted, institution="EN").unchanged == 1


def test_without_codes_name_and_commune_recognise_a_record(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "Ville"), ("SPÉCIMEN Été", "Salé"))
    import_table(store, path, institution="EN")
    again = table(tmp_path / "b.csv", ("Ville", "Nom"), ("SALE", "specimen ete"))
    result = import_table(store, again, institution="EN")
    assert result.created == 0
    assert store.count("site") == 1


def test_a_better_position_is_not_undone_by_a_coarser_one(store, tmp_path):
    path = table(tmp_path / "a.csv", HEAD, ("A1", "SPÉCIMEN", "", "Larache", "", "", ""))
    import_table(store, path, institution="ANAPEC")
    key = store.rows("site")[0]["site_id"]
    with store.transaction():
        store.update("site", key, {"lon": -6.1512, "lat": 35.1931, "precision": "entrance"})
    result = import_table(store, path, institution="ANAPEC")
    assert result.unchanged == 1
    assert store.rows("site")[0]["precision"] == "entrance"


def test_bad_rows_are_refused_or_kept_as_drafts_with_their_reason(store, tmp_path):
    path = table(
        tmp_path / "a.csv", HEAD,
        ("A1", "", "Agence", "Larache", "", "", ""),
        ("A2", "SPÉCIMEN sans lieu", "Agence", "", "", "", ""),
        ("A3", "SPÉCIMEN", "Agense", "Larache", "", "12", ""),
        ("A3", "SPÉCIMEN deux fois", "Agence", "Larache", "", "", ""),
        ("A5", "SPÉCIMEN ancienne région", "", "", "", "", ""),
    )  # fmt: skip
    result = import_table(store, path, institution="ANAPEC", status="published")
    assert (result.created, result.refused) == (2, 3)
    found = rules(result)
    assert found["name_missing"] == found["term_unknown"] == found["phone_unreadable"] == 1
    assert found["identifier_twice"] == found["place_missing"] == 2
    sites = {row["external_id"]: row["status"] for row in store.rows("site")}
    assert sites == {"A2": "draft", "A5": "draft"}
    assert store.count("finding", state="open") > 0


def test_rows_that_contradict_each_other_leave_the_record_alone(store, tmp_path):
    good = ("A1", "SPÉCIMEN un", "", "Khouribga", "", "", "")
    other = ("A1", "SPÉCIMEN autre", "", "Fès", "", "", "")
    import_table(store, table(tmp_path / "a.csv", HEAD, good), institution="EN")
    before = store.rows("site")
    for rows in ((other, good), (good, other)):
        path = table(tmp_path / "b.csv", HEAD, *rows)
        result = import_table(store, path, institution="EN")
        assert (result.updated, result.refused) == (0, 2)
        assert store.rows("site") == before


def test_the_same_row_twice_is_one_record(store, tmp_path):
    row = ("A1", "SPÉCIMEN un", "", "Khouribga", "", "", "")
    result = import_table(store, table(tmp_path / "a.csv", HEAD, row, row), institution="EN")
    assert (result.created, result.refused) == (1, 1)


def test_places_outside_the_communes_are_not_taken_for_another(store, tmp_path):
    rows = [("A1", "SPÉCIMEN", "", name, "", "", "") for name in ("Ceuta",)]
    result = import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="EN")
    assert rules(result)["place_wider"] == 1
    assert store.rows("site")[0]["commune_code"] is None


def test_a_region_in_the_town_column_is_said_to_be_one(store, tmp_path):
    row = ("A1", "SPÉCIMEN", "", "Guelmim-Oued Noun", "", "", "")
    result = import_table(store, table(tmp_path / "a.csv", HEAD, row), institution="EN")
    assert rules(result)["place_wider"] == 1


def test_every_reading_of_a_place_is_said(store, tmp_path):
    rows = [("A1", "SPÉCIMEN", "", "Ain Taoujdat", "El Hajeb", "", "")]
    result = import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="EN")
    assert rules(result)["place_read"] + rules(result)["place_doubtful"] == 1


def test_a_new_site_that_resembles_another_is_said(store, tmp_path):
    first = table(tmp_path / "a.csv", ("Nom", "Ville"), ("CFP Sidi Moussa", "Salé"))
    import_table(store, first, institution="OFPPT")
    name = "Centre de formation professionnelle Sidi Moussa"
    second = table(tmp_path / "b.csv", ("Nom", "Ville"), (name, "Salé"), ("Crèche Bettana", "Salé"))
    result = import_table(store, second, institution="EN")
    likely = [one for one in result.findings if one.rule == "duplicate_likely"]
    assert [(one.row, one.params["other_name"]) for one in likely] == [(2, "CFP Sidi Moussa")]
    assert result.created == 2


def test_a_merged_record_is_not_revived_by_its_old_code(store, tmp_path):
    from carte_cp3.store.merging import merge_sites

    blank = ("", "Salé", "", "", "")
    rows = [("A1", "SPÉCIMEN", *blank), ("A2", "SPÉCIMEN bis", *blank)]
    path = table(tmp_path / "a.csv", HEAD, *rows)
    import_table(store, path, institution="EN")
    keys = {row["external_id"]: row["site_id"] for row in store.rows("site")}
    merge_sites(store, keys["A1"], keys["A2"])
    result = import_table(store, table(tmp_path / "b.csv", HEAD, rows[1]), institution="EN")
    assert result.created == 0
    merged = store.rows("site", site_id=keys["A2"])[0]
    assert (merged["status"], merged["replaced_by"]) == ("closed", keys["A1"])
    kept = store.rows("site", site_id=keys["A1"])[0]
    assert (kept["external_id"], kept["name_fr"]) == ("A1", "SPÉCIMEN")


def test_an_open_duplicate_stays_open_when_its_file_comes_again(store, tmp_path):
    first = table(tmp_path / "a.csv", ("Nom", "Ville"), ("CFP Sidi Moussa", "Salé"))
    import_table(store, first, institution="OFPPT")
    name = "Centre de formation professionnelle Sidi Moussa"
    second = table(tmp_path / "b.csv", ("Nom", "Ville"), (name, "Salé"))
    for _time in range(2):
        import_table(store, second, institution="EN")
        assert store.count("finding", rule="duplicate_likely", state="open") == 1


def test_a_line_of_totals_is_no_record(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "Ville"), ("SPÉCIMEN", "Salé"), ("Total : 1", ""))
    result = import_table(store, path, institution="EN")
    assert (result.created, result.refused) == (1, 1)
    assert rules(result)["row_total"] == 1


def test_headings_again_totals_of_columns_and_notes_are_no_records(store, tmp_path):
    head = ("Code", "Nom", "Ville", "Téléphone")
    rows = (
        ("A1", "SPÉCIMEN", "Salé", ""),
        head,
        ("TOTAL GÉNÉRAL", "2", "2", "2"),
        ("المجموع", "2", "3", "4"),
        ("", "Fait à Rabat, le 12 mars 2024", "", ""),
        ("A2", "Totale énergie SPÉCIMEN", "Salé", ""),
    )
    result = import_table(store, table(tmp_path / "a.csv", head, *rows), institution="EN")
    assert (result.created, result.refused) == (2, 4)
    found = rules(result)
    assert (found["row_headings"], found["row_total"], found["row_note"]) == (1, 2, 1)


def test_arabic_in_the_french_column_is_said(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "الاسم", "Ville"), ("مركز", "مركز نموذج", "Salé"))
    result = import_table(store, path, institution="EN")
    assert rules(result)["arabic_in_french"] == 1


def test_a_position_in_another_province_is_not_published(store, tmp_path):
    head = ("Nom", "Ville", "Latitude", "Longitude")
    path = table(tmp_path / "a.csv", head, ("SPÉCIMEN", "Khouribga", "33.57", "-7.59"))
    import_table(store, path, institution="EN", status="published")
    assert store.rows("site")[0]["status"] == "draft"


def test_a_report_that_fails_takes_the_import_back(store):
    def failing(_result):
        raise CarteError("no report")

    with pytest.raises(CarteError, match="no report"):
        import_table(
            store, SAMPLE / "anapec_agences.xlsx", institution="ANAPEC", before_commit=failing
        )
    assert store.count("site") == store.count("import_batch") == 0


def test_the_author_of_a_change_is_noted(store):
    import_table(store, SAMPLE / "anapec_agences.xlsx", institution="ANAPEC", by="cellule carte")
    assert {row["by"] for row in store.rows("change", table_name="site")} == {"cellule carte"}


@pytest.mark.parametrize(
    ("rows", "mapping", "word"),
    [
        ((("Nom", "Ville"),), None, "no row below"),
        ((("Ville", "Téléphone"), ("Salé", "05")), None, "recognised as the name"),
        ((("Nom", "Ville"), ("S", "Salé")), {"Absente": "kind"}, "no column « Absente »"),
    ],
)
def test_what_cannot_be_understood_is_refused_early(store, tmp_path, rows, mapping, word):
    with pytest.raises(TableError, match=word):
        import_table(store, table(tmp_path / "a.csv", *rows), institution="EN", mapping=mapping)


def test_a_dry_run_writes_nothing(store):
    result = import_table(store, SAMPLE / "anapec_agences.xlsx", institution="ANAPEC", dry_run=True)
    assert (result.batch, result.created) == ("", 28)
    assert store.count("site") == store.count("import_batch") == 0


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({}, "whose records"),
        ({"institution": "NOBODY"}, "NOBODY"),
        ({"institution": "ANAPEC", "sheet": "Rien"}, "Agences"),
    ],
)
def test_what_is_missing_is_asked_for(store, options, word):
    with pytest.raises(TableError, match=word):
        import_table(store, SAMPLE / "anapec_agences.xlsx", **options)


def test_a_file_without_header_and_a_wrong_status_are_told(store, tmp_path):
    path = table(tmp_path / "a.csv", ("1", "2"), ("3", "4"))
    with pytest.raises(TableError, match="headings"):
        import_table(store, path, institution="EN")
    with pytest.raises(CarteError, match="draft or published"):
        import_table(store, path, institution="EN", status="closed")


def test_a_site_of_another_institution_is_refused(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "Ville", "Institution"), ("S", "Salé", "OFPPT"))
    result = import_table(store, path, institution="EN")
    assert result.refused == 1
    assert rules(result)["institution_other"] == 1


def test_a_mapping_names_columns(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Truc", "Chose"), ("SPÉCIMEN", "Salé"))
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Truc": "name_fr", "Chose": "commune"}), encoding="utf-8")
    assert import_table(store, path, institution="EN", mapping=mapping).created == 1
    mapping.write_text("[]", encoding="utf-8")
    with pytest.raises(TableError, match="object"):
        import_table(store, path, institution="EN", mapping=mapping)


def test_a_mapping_is_remembered_for_its_institution(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Truc", "Chose"), ("SPÉCIMEN", "Salé"))
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Truc": "name_fr", "Chose": "commune"}), encoding="utf-8")
    import_table(store, path, institution="EN", mapping=mapping)
    assert import_table(store, path, institution="EN").unchanged == 1
    with pytest.raises(TableError, match="headings"):
        import_table(store, path, institution="ART")


def test_a_mapping_to_nothing_is_refused(store, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"Nom": "name_xx"}), encoding="utf-8")
    with pytest.raises(TableError, match="name_xx"):
        import_table(store, SAMPLE / "programmes.csv", mapping=mapping)


def test_an_annotated_report_sent_back_leads_to_the_same_records(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "Ville"), ("SPÉCIMEN", "Salé"), ("SPÉCIMEN 2", "Fès"))
    first = import_table(store, path, institution="EN")
    write_report(first, tmp_path / "report.xlsx")
    again = import_table(store, tmp_path / "report.xlsx", institution="EN")
    assert (again.created, again.unchanged) == (0, 2)
    write_report(again, tmp_path / "report2.xlsx")
    assert (
        read_grid(tmp_path / "report2.xlsx").rows[0] == read_grid(tmp_path / "report.xlsx").rows[0]
    )


def test_unmatched_columns_are_listed(store, tmp_path):
    path = table(tmp_path / "a.csv", ("Nom", "Ville", "Superficie"), ("S", "Salé", "12"))
    result = import_table(store, path, institution="EN")
    unmatched = [one for one in result.findings if one.rule == "column_unmatched"]
    assert [(one.value, one.row) for one in unmatched] == [("Superficie", 1)]


def test_a_column_with_values_and_no_heading_is_not_dropped_in_silence(store, tmp_path):
    rows = [("Nom", *[""] * 26, "Ville"), ("S", *[""] * 25, "perdu", "Salé")]
    result = import_table(store, table(tmp_path / "a.csv", *rows), institution="EN")
    found = [one.value for one in result.findings if one.rule == "column_headless"]
    assert (result.created, found) == (1, ["AA"])


def test_undo_brings_back_every_value(store, tmp_path):
    import_table(store, SAMPLE / "anapec_agences.xlsx", institution="ANAPEC", status="published")
    before = content(store)
    rows = [("ANA-0002", "SPÉCIMEN renommée", "Agence", "Larache", "", "", "nouveau service")]
    rows.append(("NEW", "SPÉCIMEN nouvelle", "Agence", "Rabat", "", "", ""))
    result = import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="ANAPEC")
    assert (result.created, result.updated) == (1, 1)
    assert content(store) != before
    undone = undo_import(store, last_batch(store))
    assert undone.clashes == ()
    stamps = ("updated_at",)
    after = content(store)
    for name in CONTENT:
        strip = [{k: v for k, v in row.items() if k not in stamps} for row in after[name]]
        wanted = [{k: v for k, v in row.items() if k not in stamps} for row in before[name]]
        assert strip == wanted, name
    with pytest.raises(CarteError, match="already"):
        undo_import(store, result.batch)
    with pytest.raises(CarteError, match="no import"):
        undo_import(store, "nothing")


def test_undo_leaves_later_edits_and_says_so(store, tmp_path):
    first = table(tmp_path / "a.csv", HEAD, ("A1", "SPÉCIMEN", "", "Larache", "", "", ""))
    import_table(store, first, institution="ANAPEC")
    key = store.rows("site")[0]["site_id"]
    second = table(
        tmp_path / "b.csv", HEAD, ("A1", "SPÉCIMEN 2", "Agence", "Larache", "", "0539520068", "")
    )
    result = import_table(store, second, institution="ANAPEC")
    with store.transaction():
        store.update("site", key, {"name_fr": "SPÉCIMEN à la main"})
    undone = undo_import(store, result.batch)
    assert [(one.key, one.fields) for one in undone.clashes] == [(key, ("name_fr",))]
    site = store.rows("site")[0]
    assert (site["name_fr"], site["phone"], site["kind"]) == ("SPÉCIMEN à la main", None, None)


def test_undo_takes_a_position_as_one_value(store, tmp_path):
    head, line = "Code;Nom;Ville;Latitude;Longitude", "S1;SPÉCIMEN;Settat;33.001;"
    path = tmp_path / "a.csv"
    batches = []
    for longitude in ("-7.62", "-7.61"):
        path.write_text(f"{head}\n{line}{longitude}\n", encoding="utf-8")
        batches.append(import_table(store, path, institution="EN").batch)
    key = store.rows("site")[0]["site_id"]
    store.update("site", key, {"lon": -7.61, "lat": 33.05})
    undone = undo_import(store, batches[1])
    assert [(one.key, set(one.fields)) for one in undone.clashes] == [(key, {"lon", "lat"})]
    site = store.rows("site")[0]
    assert (site["lon"], site["lat"]) == (-7.61, 33.05)


def test_a_site_that_stays_keeps_what_it_offers(store, tmp_path):
    path = tmp_path / "a.csv"
    rows = "Code;Nom;Ville;Services\nS1;SPÉCIMEN;Settat;Accueil\nS2;SPÉCIMEN 2;Safi;Conseil\n"
    path.write_text(rows, encoding="utf-8")
    batch = import_table(store, path, institution="EN").batch
    key = store.rows("site", external_id="S1")[0]["site_id"]
    store.update("site", key, {"name_fr": "SPÉCIMEN corrigé"})
    undone = undo_import(store, batch)
    (offer,) = store.rows("offer")
    assert (offer["site_id"], store.count("site"), store.count("service")) == (key, 1, 1)
    assert ("offer", offer["offer_id"]) in {(one.table, one.key) for one in undone.clashes}


def test_a_cancelled_import_leaves_nothing(store):
    def cancel(done, _message):
        if done > 0.7:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        import_table(
            store, SAMPLE / "ofppt_etablissements.csv", institution="OFPPT", progress=cancel
        )
    assert store.count("site") == store.count("import_batch") == store.count("service") == 0


def everything(store):
    return {table.name: store.rows(table.name) for table in store.schema.tables}


KILLED_IMPORT = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT / "tests")!r})
import conftest
from carte_cp3.store.database import open_store
from carte_cp3.store.importing import import_table

def kill():
    os.kill(os.getpid(), signal.SIGKILL)

def progress(done, message):
    if done >= moment:
        kill()

location, source, moment = sys.argv[1], sys.argv[2], float(sys.argv[3])
store = open_store(location)
import_table(store, source, institution="OFPPT", progress=progress)
"""


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.62, 0.66, 0.9, 1.0])
def test_a_killed_import_leaves_the_store_as_it_was(store, location, tmp_path, moment):
    """Killed while it reads, checks, has begun to write, has written all but not yet committed."""
    first = table(tmp_path / "a.csv", HEAD, ("A1", "SPÉCIMEN", "", "Larache", "", "", ""))
    import_table(store, first, institution="ANAPEC")
    before = everything(store)
    store.close()
    source = str(SAMPLE / "ofppt_etablissements.csv")
    done = subprocess.run(
        [sys.executable, "-c", KILLED_IMPORT, location, source, str(moment)],
        env={**os.environ}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with open_store(location) as opened:
        assert everything(opened) == before
        again = import_table(opened, SAMPLE / "ofppt_etablissements.csv", institution="OFPPT")
        assert again.created > 100


KILLED_JOB = f"""
import os, signal, sqlite3, sys
sys.path.insert(0, {str(ROOT / "tests")!r})
import conftest
from carte_cp3.store import embedded
from carte_cp3.store.database import open_store
from carte_cp3.store.history import undo_import
from carte_cp3.store.importing import import_table
from carte_cp3.store.merging import merge_sites

location, job, first, second, moment = sys.argv[1:]
done = 0
executed = embedded.FileConnection.execute

def execute(self, statement, *values):
    global done
    if statement == "COMMIT" and moment == "commit":
        os.kill(os.getpid(), signal.SIGKILL)
    if statement.lstrip().startswith(("UPDATE", "INSERT", "DELETE")):
        done += 1
        if moment == str(done):
            os.kill(os.getpid(), signal.SIGKILL)
    return executed(self, statement, *values)

embedded.FileConnection.execute = execute
store = open_store(location)
if job == "undo":
    undo_import(store, first)
elif job == "merge":
    merge_sites(store, first, second)
else:
    import_table(store, first, institution="EN")
"""


@pytest.mark.parametrize("backend", ["geopackage"], indirect=True)
@pytest.mark.parametrize("job", ["undo", "merge", "import"])
@pytest.mark.parametrize("moment", ["3", "6", "commit"])
def test_a_job_killed_while_it_writes_leaves_the_store_as_it_was(
    store, location, tmp_path, job, moment
):
    rows = [(f"S{n}", f"SPÉCIMEN {n}", "", "Rabat", "", "0537000000", "Accueil") for n in (1, 2, 3)]
    batch = import_table(store, table(tmp_path / "a.csv", HEAD, *rows), institution="EN").batch
    more = table(tmp_path / "b.csv", HEAD, *((f"T{row[0]}", *row[1:]) for row in rows))
    keys = [row["site_id"] for row in store.rows("site")]
    given = {"undo": (batch, ""), "merge": keys[:2], "import": (str(more), "")}[job]
    before = everything(store)
    store.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED_JOB, location, job, *given, moment],
        env={**os.environ}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with open_store(location) as opened:
        assert everything(opened) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_reports_name_every_row(store, tmp_path, ending):
    result = import_table(store, SAMPLE / "artisanat_reseau.ods", institution="ART")
    report = tmp_path / f"report.{ending}"
    write_report(result, report)
    if ending == "json":
        read = json.loads(report.read_text(encoding="utf-8"))
        assert read["counts"]["created"] == len(read["rows"]) == 28
    elif ending == "csv":
        rows = list(csv.DictReader(report.open(encoding="utf-8-sig")))
        assert len(rows) == len(result.findings)
    else:
        grid = read_grid(report)
        assert len(grid.rows) == 29
        assert grid.rows[0][-3].startswith("Résultat")
        assert all(row[-1] for row in grid.rows[1:])
    assert list(tmp_path.glob(".report*")) == []


def test_a_report_never_holds_a_formula(store, tmp_path):
    path = table(
        tmp_path / "a.csv", ("Nom", "Ville"), ('=HYPERLINK("http://x")', "Salé"), ("S", "@SUM(1)")
    )
    result = import_table(store, path, institution="EN")
    assert rules(result)["cell_formula"] == 1
    assert store.rows("site")[0]["name_fr"].startswith("=HYPERLINK")
    for ending in ("csv", "xlsx"):
        write_report(result, tmp_path / f"r.{ending}")
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8-sig")
    assert ",=HYPERLINK" not in lines
    import zipfile

    with zipfile.ZipFile(tmp_path / "r.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_an_unknown_report_format_is_refused(store, tmp_path):
    result = import_table(store, SAMPLE / "programmes.csv")
    with pytest.raises(CarteError, match=r"\.xlsx, \.csv or \.json"):
        write_report(result, tmp_path / "r.pdf")


def test_a_catalogue_attaches_a_service_to_sites_of_a_kind(store, tmp_path):
    rows = [("A1", "SPÉCIMEN 1", "Agence", "Larache"), ("A2", "SPÉCIMEN 2", "Siège", "Rabat")]
    sites = table(tmp_path / "a.csv", ("Code", "Nom", "Type", "Ville"), *rows)
    import_table(store, sites, institution="ANAPEC", status="published")
    catalogue = table(
        tmp_path / "c.csv", ("Institution", "Service", "Thème", "Types de lieux"),
        ("ANAPEC", "SPÉCIMEN accueil", "Emploi : orientation", "Agence ; Inconnu"),
    )  # fmt: skip
    result = import_table(store, catalogue, status="published")
    assert (result.created, rules(result)["term_unknown"]) == (1, 1)
    service = store.rows("service")[0]
    assert (service["theme"], service["status"]) == ("{emploi--orientation}", "published")
    sites = {row["site_id"]: row["external_id"] for row in store.rows("site")}
    assert [sites[row["site_id"]] for row in store.rows("offer")] == ["A1"]
    assert import_table(store, catalogue, status="published").unchanged == 1
    more = table(
        tmp_path / "b.csv", ("Code", "Nom", "Type", "Ville"), ("A3", "S 3", "Agence", "Fès")
    )
    import_table(store, more, institution="ANAPEC", status="published")
    again = import_table(store, catalogue, status="published")
    assert again.updated == 1
    assert store.count("offer") == 2
    undone = [undo_import(store, one.batch).restored for one in (again, result)]
    assert undone == [1, 1], "an offer, then the service, whose offer nobody counts"
    assert (store.count("service"), store.count("offer")) == (0, 0)


def test_a_programme_names_its_lead(store, tmp_path):
    path = table(
        tmp_path / "p.csv", ("Code", "Programme", "Bailleur", "Porteur"),
        ("P1", "SPÉCIMEN", "SPÉCIMEN", "Anapec"), ("P2", "SPÉCIMEN 2", "", "Personne"),
    )  # fmt: skip
    result = import_table(store, path)
    assert [row["lead_code"] for row in store.rows("programme")] == ["ANAPEC", None]
    assert rules(result)["institution_unknown"] == 1


def test_programmes_are_read_with_their_regions(store):
    import_table(store, SAMPLE / "programmes.csv")
    rows = {row["code"]: row for row in store.rows("programme")}
    assert rows["AMUDDU"]["region_codes"] == "{04,06}"
    assert rows["CHEMIN-REUSSITE"]["name_ar"] == "طريق النجاح"


@pytest.mark.parametrize(
    ("codes", "refused"),
    [
        (("#N/A", "b1"), [2, 3]),
        (("#REF!", "#N/A"), [3]),  # they say the same: one is enough
        (("", "b2"), [2, 3]),
        (("a1", "#N/A"), [2, 3]),
    ],
)
def test_rows_of_one_name_without_a_code_are_about_one_record(store, tmp_path, codes, refused):
    """An error that a formula gave is no code."""
    rows = [(code, "SPÉCIMEN centre", "Salé") for code in codes]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("Code", "Nom", "Ville"), *rows, ("c", "SPÉCIMEN", "Rabat")])
    for dry_run in (True, False):
        result = import_table(store, path, institution="EN", dry_run=dry_run)
        twice = [one.row for one in result.findings if one.rule == "identifier_twice"]
        assert (result.created, result.refused) == (3 - len(refused), len(refused))
        assert twice == refused
