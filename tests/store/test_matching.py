# SPDX-License-Identifier: GPL-2.0-or-later
"""Which record a row of an institution's file is about, when the file is not what it was."""

import csv

import pytest
from carte_cp3.domain.keys import new_key
from carte_cp3.store.checking import check_store
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.merging import merge_sites

HEAD = ("Code EFP", "Nom", "Ville", "Téléphone")
IDENTIFIER = "Identifiant carte"
SETTAT = ("OFP-01", "ISTA SPÉCIMEN Settat", "Settat", "0523401101")
SAFI = ("OFP-02", "ISTA SPÉCIMEN Safi", "Safi", "0524461102")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


@pytest.fixture
def take(store, tmp_path):
    """Import rows, headings first, as a file of the OFPPT."""

    def taken(*rows):
        path = tmp_path / "liste.csv"
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, delimiter=";").writerows(rows)
        return import_table(store, path, institution="OFPPT")

    return taken


def said(result, rule):
    return [one for one in result.findings if one.rule == rule]


def outcomes(result):
    return [row.outcome for row in result.plan.rows]


def keys(store):
    return {row["external_id"]: row["site_id"] for row in store.rows("site")}


def test_a_damaged_identifier_leaves_the_record_its_own(store, take):
    take((*HEAD, "Services"), (*SETTAT, "Accueil"))
    before, offers = store.rows("site"), store.rows("offer")
    broken = before[0]["site_id"][:-1]
    result = take((*HEAD, IDENTIFIER), (*SETTAT, broken))
    assert (outcomes(result), result.plan.rows[0].changes) == (["unchanged"], {})
    assert (store.rows("site"), store.rows("offer")) == (before, offers)
    (found,) = said(result, "identifier_unknown")
    assert (found.value, found.severity) == (broken, "warning")


def test_what_is_no_identifier_never_becomes_one(store, take):
    whole = new_key()
    head = (*HEAD[1:], IDENTIFIER)
    result = take(head, (*SETTAT[1:], "hello"), (*SAFI[1:], whole.upper()))
    assert result.created == 2
    settat, safi = sorted(store.rows("site"), key=lambda row: row["phone"])
    assert len(settat["site_id"]) == 36
    assert safi["site_id"] == whole
    assert [one.severity for one in said(result, "identifier_unknown")] == ["warning", "info"]


def test_identifiers_moved_to_other_rows_are_refused(store, take):
    take(HEAD, SETTAT, SAFI)
    known, before = keys(store), store.rows("site")
    moved = ((*SETTAT, known["OFP-02"]), (*SAFI, known["OFP-01"]))
    assert outcomes(take((*HEAD, IDENTIFIER), *moved)) == ["refused"] * 2
    result = take((*HEAD[1:], IDENTIFIER), *(row[1:] for row in moved))
    assert outcomes(result) == ["refused"] * 2
    first = said(result, "identifier_conflict")[0]
    assert first.params["record"].startswith(SAFI[1])
    assert first.params["other"].startswith(SETTAT[1])
    assert store.rows("site") == before


def test_a_column_of_identifiers_moved_one_row_down_changes_nothing(store, take):
    """The last one comes to stand beside a place that the store does not know yet."""
    new = ("OFP-03", "Centre d’apprentissage SPÉCIMEN", "Agadir", "0528000003")
    take(HEAD, SETTAT, SAFI)
    known, before = keys(store), store.rows("site")
    moved = ((*SETTAT, ""), (*SAFI, known["OFP-01"]), (*new, known["OFP-02"]))
    result = take((*HEAD, IDENTIFIER), *moved)
    assert outcomes(result) == ["unchanged", "refused", "refused"]
    assert said(result, "identifier_conflict")[0].row == 3
    (found,) = said(result, "identifier_of_another_place")
    assert (found.row, found.field, found.value) == (4, "site_id", known["OFP-02"])
    assert store.rows("site") == before
    alike = (*SAFI[:1], "ISTA SPÉCIMEN Safi 2", *SAFI[2:])  # in the same town, nearly the same name
    moved = ((*SAFI[1:], known["OFP-01"]), (*alike[1:], known["OFP-02"]))
    assert outcomes(take((*HEAD[1:], IDENTIFIER), *moved)) == ["refused"] * 2
    # Who gives both its identifier and its code means it.
    meant = (SAFI[0], *new[1:], known["OFP-02"])
    assert outcomes(take((*HEAD, IDENTIFIER), meant)) == ["updated"]


def test_codes_moved_to_other_rows_of_one_town_change_nothing(store, take):
    other = ("OFP-03", "Centre SPÉCIMEN de la mer", "Safi", "0524461103")
    take(HEAD, SETTAT, SAFI, other)
    before = store.rows("site")
    result = take(HEAD, SETTAT, (other[0], *SAFI[1:]), (SAFI[0], *other[1:]))
    assert outcomes(result) == ["unchanged", "refused", "refused"]
    found = said(result, "identifier_conflict")
    assert [(one.row, one.field) for one in found] == [(3, "external_id"), (4, "external_id")]
    assert store.rows("site") == before


def test_programmes_whose_long_names_begin_alike_are_two(store, tmp_path):
    name = "Programme SPÉCIMEN d’appui à l’insertion professionnelle des jeunes"
    path = tmp_path / "p.csv"
    for phase in ("phase 1", "phase 2"):
        path.write_text(f"Programme;Bailleur\n{name}, {phase};Enabel\n", encoding="utf-8")
        assert import_table(store, path).created == 1
    assert len({row["code"] for row in store.rows("programme")}) == 2


def test_after_a_merge_the_row_of_the_record_kept_speaks_for_it(store, take):
    other = ("OFP-02", "Institut SPÉCIMEN de Settat", "Settat", "0523401102")
    take(HEAD, SETTAT, other)
    known = keys(store)
    merge_sites(store, known["OFP-01"], known["OFP-02"])
    assert outcomes(take(HEAD, SETTAT, other)) == ["unchanged"] * 2
    result = take(HEAD, (*SETTAT[:3], "0523401109"), other)
    assert outcomes(result) == ["updated", "unchanged"]
    assert store.rows("site", external_id="OFP-01")[0]["phone"] == "+212523401109"
    (found,) = said(result, "record_merged")
    assert (found.row, found.severity) == (3, "warning")
    assert "OFP-01" in found.params["record"]
    by_identifier = take((*HEAD, IDENTIFIER), (*other, known["OFP-02"]))
    assert (outcomes(by_identifier), len(said(by_identifier, "record_merged"))) == (
        ["unchanged"],
        1,
    )


def test_a_code_written_differently_does_not_hide_corrections(store, take):
    take(HEAD, SETTAT)
    result = take(HEAD, ("ofp 01", *SETTAT[1:3], "0523401109"))
    assert dict(result.plan.rows[0].changes) == {"phone": "+212523401109"}
    assert list(keys(store)) == ["OFP-01"]


def test_a_code_is_corrected_on_the_record_of_its_identifier(store, take):
    take(HEAD, SETTAT)
    key = keys(store)["OFP-01"]
    row = ("OFP-77", "ISTA SPÉCIMEN Settat 2", "Settat", "0523401109", key)
    result = take((*HEAD, IDENTIFIER), row, ("OFP-77", *SAFI[1:], ""))
    assert outcomes(result) == ["refused"] * 2  # two rows with the new code
    result = take((*HEAD, IDENTIFIER), row)
    assert set(result.plan.rows[0].changes) == {"external_id", "name_fr", "phone"}
    assert keys(store) == {"OFP-77": key}


def test_a_code_given_to_another_place_is_asked_about(store, take):
    take(HEAD, SETTAT, SAFI)
    before = store.rows("site")
    other = ("OFP-01", "CFP SPÉCIMEN Nahda", "Agadir", "0528841103")
    result = take(HEAD, other, SAFI)
    assert outcomes(result) == ["refused", "unchanged"]
    assert store.rows("site") == before
    (found,) = said(result, "code_of_another_place")
    assert (found.severity, found.params["unit"]) == ("blocking", before[0]["commune_code"])
    moved = (*SETTAT[:2], "Agadir", SETTAT[3])
    renamed = ("OFP-02", "CFP Nahda", *SAFI[2:])
    assert outcomes(take(HEAD, moved, renamed)) == ["updated"] * 2


def test_a_row_of_an_unknown_institution_is_not_taken_for_the_files(store, take):
    head = ("Institution", *HEAD)
    result = take(head, ("OFPT", *SETTAT), ("XYZ", *SAFI))
    assert (outcomes(result), store.count("site")) == (["refused"] * 2, 0)
    found = said(result, "institution_unknown")
    assert [(one.value, one.proposal) for one in found] == [("OFPT", "OFPPT"), ("XYZ", "")]


def test_the_record_that_results_is_checked(store, take):
    head = ("Code EFP", "Nom", "الاسم", "Ville", "GPS")
    name = ("1", "ISTA SPÉCIMEN", "معهد نموذج")
    take(head, (*name, "Taza", "34.2101 ; -4.0112"))
    result = take(head[:4], (*name, "Fès"))
    (found,) = said(result, "position_outside_commune")
    assert found.severity == "blocking"
    asked = {one.rule for one in check_store(store).findings if one.key == found.key}
    assert "position_outside_commune" in asked


def test_what_a_file_leaves_out_the_record_still_has(store, take):
    head = ("Code EFP", "Nom", "الاسم", "Ville", "Téléphone")
    take(head, ("1", "ISTA SPÉCIMEN", "معهد نموذج", "Taza", "0535671101"))
    result = take(("Code EFP", "Nom", "Téléphone"), ("1", "ISTA SPÉCIMEN", "0535671102"))
    assert result.updated == 1
    assert not said(result, "place_missing") + said(result, "name_missing_in_language")
    assert store.count("finding", state="open") == 0


def test_a_column_that_counts_the_lines_is_no_identifier(store, take, tmp_path):
    head, agadir = ("N°", *HEAD[1:]), ("CFP Nahda", "Agadir", "")
    asked = take(head, (1, *SETTAT[1:]), (2, *SAFI[1:]))
    (found,) = said(asked, "column_uncertain")
    assert (found.value, found.proposal) == ("N°", "external_id")
    before = store.rows("site")
    again = take(head, (1, *agadir), (2, *SAFI[1:]), (3, *SETTAT[1:]))
    assert outcomes(again) == ["created", "unchanged", "unchanged"]
    known = {row["site_id"]: row for row in store.rows("site")}
    assert [known[row["site_id"]] for row in before] == before
    mapping = {"N°": "external_id"}
    told = import_table(store, tmp_path / "liste.csv", institution="OFPPT", mapping=mapping)
    assert told.updated == 3
    kept = take(head, (1, *SAFI[1:]))  # the mapping is kept, and the code known
    assert said(kept, "code_of_another_place")
