# SPDX-License-Identifier: GPL-2.0-or-later
"""Merging two records of one place: nothing of either is lost."""

import json

import pytest
from carte_cp3.domain.errors import CarteError, StoreError
from carte_cp3.store.database import create_store
from carte_cp3.store.history import undo_batch
from carte_cp3.store.merging import POSITION, choosable, merge_sites, merges, side_by_side

KEEP, DROP, OTHER = "site-keep", "site-drop", "site-other"
TABLES = ("site", "service", "offer", "notice", "finding", "change")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        made.insert("site", [
            site(KEEP, external_id="A1", name_fr="SPÉCIMEN Agence Larache", phone="+212539000001",
                 precision="commune", lon=-6.15, lat=35.19, wheelchair="unknown",
                 commune_code="01.331.01.03"),
            site(DROP, external_id="B7", name_fr="SPÉCIMEN ANAPEC Larache", name_ar="وكالة العرائش",
                 phone="+212539000002", address_fr="SPÉCIMEN 1", precision="entrance", lon=-6.151,
                 lat=35.191, wheelchair="yes", status="published"),
            site(OTHER, external_id="C3", name_fr="SPÉCIMEN Agence Tanger"),
        ])  # fmt: skip
        made.insert("service", [service("common"), service("alone")])
        yield made


def site(key, **values):
    return {"site_id": key, "institution_code": "ANAPEC", "kind": "agence", **values}


def service(key):
    return {"service_id": key, "institution_code": "ANAPEC", "name_fr": f"SPÉCIMEN {key}"}


def offer(key, service_id, site_id, **values):
    return {"offer_id": key, "service_id": service_id, "site_id": site_id, **values}


def one(store, table, **where):
    (row,) = store.rows(table, **where)
    return row


def content(store):
    return {table: store.rows(table) for table in TABLES}


def test_values_stand_side_by_side(store):
    pairs = {pair.field: pair for pair in side_by_side(store, KEEP, DROP)}
    assert (pairs["name_fr"].a, pairs["name_fr"].b) == (
        "SPÉCIMEN Agence Larache", "SPÉCIMEN ANAPEC Larache")  # fmt: skip
    assert (pairs["kind"].a, pairs["kind"].same) == ("agence", True)
    assert pairs["name_ar"].a is None and not pairs["name_ar"].same
    assert pairs[POSITION].a == (-6.15, 35.19, "commune")
    assert pairs[POSITION].b == (-6.151, 35.191, "entrance")
    assert "name_es" not in pairs  # empty in both
    assert set(pairs) <= set(choosable(store.schema))
    assert not {"site_id", "external_id", "created_at", "replaced_by"} & set(pairs)


def test_both_identifiers_stay(store):
    merge_sites(store, KEEP, DROP)
    kept, dropped = one(store, "site", site_id=KEEP), one(store, "site", site_id=DROP)
    assert (kept["external_id"], dropped["external_id"]) == ("A1", "B7")
    assert (dropped["status"], dropped["closure_reason"]) == ("closed", "doublon")
    assert dropped["replaced_by"] == KEEP
    assert dropped["closed_on"]
    assert dropped["name_fr"] == "SPÉCIMEN ANAPEC Larache"
    assert store.count("site") == 3


def test_what_is_empty_unknown_or_coarser_is_completed(store):
    merge_sites(store, KEEP, DROP)
    kept = one(store, "site", site_id=KEEP)
    assert kept["name_fr"] == "SPÉCIMEN Agence Larache"
    assert kept["name_ar"] == "وكالة العرائش"
    assert kept["address_fr"] == "SPÉCIMEN 1"
    assert kept["wheelchair"] == "yes"
    assert (kept["lon"], kept["lat"], kept["precision"]) == (-6.151, 35.191, "entrance")
    assert (kept["phone"], kept["phone_2"]) == ("+212539000001", "+212539000002")
    assert kept["status"] == "published"  # the place was on the map and stays there


def test_values_are_chosen_field_by_field(store):
    choices = {"name_fr": "drop", "address_fr": "keep", "phone": "drop", POSITION: "keep",
               "status": "keep"}  # fmt: skip
    merge_sites(store, KEEP, DROP, choices)
    kept = one(store, "site", site_id=KEEP)
    assert kept["name_fr"] == "SPÉCIMEN ANAPEC Larache"
    assert kept["address_fr"] is None
    assert (kept["phone"], kept["phone_2"]) == ("+212539000002", None)
    assert (kept["lon"], kept["lat"], kept["precision"]) == (-6.15, 35.19, "commune")
    assert kept["status"] == "draft"


def test_offers_move_and_no_service_is_offered_twice(store):
    store.insert("offer", [
        offer("o1", "common", KEEP, status="draft"),
        offer("o2", "common", DROP, status="published", note_fr="SPÉCIMEN le matin"),
        offer("o3", "alone", DROP, status="published"),
    ])  # fmt: skip
    merge_sites(store, KEEP, DROP)
    offers = {row["offer_id"]: row for row in store.rows("offer")}
    assert (offers["o1"]["site_id"], offers["o3"]["site_id"]) == (KEEP, KEEP)
    assert (offers["o1"]["status"], offers["o1"]["note_fr"]) == ("published", "SPÉCIMEN le matin")
    assert (offers["o2"]["site_id"], offers["o2"]["status"]) == (DROP, "closed")
    assert (offers["o2"]["replaced_by"], offers["o2"]["closure_reason"]) == ("o1", "doublon")


def test_a_closed_offer_reopens_if_the_other_record_offers_it(store):
    store.insert("offer", [
        offer("o1", "common", KEEP, status="closed", closure_reason="erreur",
              closed_on="2026-01-01"),
        offer("o2", "common", DROP, status="draft"),
    ])  # fmt: skip
    merge_sites(store, KEEP, DROP)
    kept = one(store, "offer", offer_id="o1")
    assert (kept["status"], kept["closure_reason"], kept["closed_on"]) == ("draft", None, None)


def test_notices_and_earlier_duplicates_follow(store):
    store.insert("offer", [offer("o1", "common", KEEP), offer("o2", "common", DROP)])
    store.insert("notice", [
        {"notice_id": "n1", "applies_to": "site", "key": DROP, "kind": "closure",
         "starts_on": "2026-08-01"},
        {"notice_id": "n2", "applies_to": "offer", "key": "o2", "kind": "message",
         "starts_on": "2026-08-01"},
        {"notice_id": "n3", "applies_to": "site", "key": OTHER, "kind": "closure",
         "starts_on": "2026-08-01"},
    ])  # fmt: skip
    merge_sites(store, DROP, OTHER)
    merge_sites(store, KEEP, DROP)
    keys = {row["notice_id"]: row["key"] for row in store.rows("notice")}
    assert keys == {"n1": KEEP, "n2": "o1", "n3": KEEP}
    assert one(store, "site", site_id=OTHER)["replaced_by"] == KEEP


def test_findings_on_what_is_no_more_are_settled(store):
    def finding(key, rule, **values):
        return {"finding_id": f"{key}-{rule}", "rule": rule, "severity": "warning",
                "table_name": "site", "key": key, "first_seen": "2026-01-01T00:00:00Z",
                "last_seen": "2026-01-01T00:00:00Z", **values}  # fmt: skip

    about = json.dumps({"other": DROP})
    store.insert("finding", [
        finding(DROP, "verification_missing"),
        finding(KEEP, "duplicate_likely", params=about),
        finding(KEEP, "verification_missing"),
        finding(OTHER, "duplicate_likely", params=about),
    ])  # fmt: skip
    batch = merge_sites(store, KEEP, DROP)
    states = {row["finding_id"]: row["state"] for row in store.rows("finding")}
    assert states == {
        f"{DROP}-verification_missing": "fixed",
        f"{KEEP}-duplicate_likely": "fixed",
        f"{KEEP}-verification_missing": "open",
        f"{OTHER}-duplicate_likely": "open",
    }
    undo_batch(store, batch)
    assert {row["state"] for row in store.rows("finding")} == {"open"}


def test_the_history_tells_who_merged_and_what_was_before(store):
    merge_sites(store, KEEP, DROP, by="SPÉCIMEN cellule carte")
    changes = [row for row in store.rows("change") if row["action"] == "update"]
    assert {row["key"] for row in changes} == {KEEP, DROP}
    assert {row["by"] for row in changes} == {"SPÉCIMEN cellule carte"}
    before = {row["key"]: json.loads(row["before"]) for row in changes}
    assert before[DROP]["status"] == "published"
    assert before[KEEP]["address_fr"] is None


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        ((KEEP, KEEP), StoreError, "itself"),
        ((KEEP, "nowhere"), StoreError, "nowhere"),
        ((KEEP, DROP, {"external_id": "drop"}), CarteError, "external_id"),
        ((KEEP, DROP, {"name_fr": "both"}), CarteError, "both"),
    ],
)
def test_what_cannot_be_merged_is_said(store, arguments, error, said):
    before = content(store)
    with pytest.raises(error, match=said):
        merge_sites(store, *arguments)
    assert content(store) == before


def test_a_closed_record_is_not_merged_again(store):
    merge_sites(store, KEEP, DROP)
    for pair in ((KEEP, DROP), (DROP, OTHER)):
        with pytest.raises(StoreError, match="closed"):
            merge_sites(store, *pair)


def test_a_merge_that_fails_changes_nothing(store):
    """Published without the name that publishing demands: the database refuses the whole."""
    store.update("site", KEEP, {"name_ar": "وكالة", "status": "published"})
    store.update("site", DROP, {"status": "draft", "name_fr": None})
    store.insert("offer", [offer("o1", "alone", DROP)])
    before = content(store)
    with pytest.raises(StoreError):
        merge_sites(store, KEEP, DROP, {"name_fr": "drop"})
    assert content(store) == before


PUBLIC = ("site", "service", "offer", "notice")
STAMPS = ("updated_at", "updated_by", "batch_id")


def public(store):
    """Every value of the records but who wrote it last and when."""
    return {
        table: [
            {name: value for name, value in row.items() if name not in STAMPS}
            for row in store.rows(table)
        ]
        for table in PUBLIC
    }


def offered_and_told(store):
    """Both sites offer one service, one offers another, and something is told of both."""
    store.insert("offer", [
        offer("o-kept", "common", KEEP),
        offer("o-drop", "common", DROP, status="published", note_fr="SPÉCIMEN"),
        offer("o-alone", "alone", DROP, status="published"),
    ])  # fmt: skip
    store.insert("notice", [
        {"notice_id": key, "applies_to": table, "key": of, "kind": "message",
         "starts_on": "2026-01-01", "text_fr": "SPÉCIMEN"}
        for key, table, of in (("n1", "site", DROP), ("n2", "offer", "o-drop"))
    ])  # fmt: skip
    store.update("site", OTHER, {"status": "closed", "replaced_by": DROP})


def test_a_merge_undone_leaves_every_value_as_it_was(store):
    offered_and_told(store)
    before = public(store)
    batch = merge_sites(store, KEEP, DROP, {"name_fr": "drop", POSITION: "drop"})
    assert public(store) != before
    undone = undo_batch(store, batch)
    assert undone.clashes == ()
    assert public(store) == before
    with pytest.raises(StoreError, match="undone already"):
        undo_batch(store, batch)


def test_what_was_edited_since_a_merge_stays_and_is_said(store):
    offered_and_told(store)
    batch = merge_sites(store, KEEP, DROP)
    store.update("site", KEEP, {"address_fr": "SPÉCIMEN corrigé", "email": "specimen@example.org"})
    clashes = undo_batch(store, batch).clashes
    assert [(one.key, one.fields) for one in clashes] == [(KEEP, ("address_fr",))]
    kept, dropped = one(store, "site", site_id=KEEP), one(store, "site", site_id=DROP)
    assert (kept["address_fr"], kept["name_ar"]) == ("SPÉCIMEN corrigé", None)
    assert kept["email"] == "specimen@example.org"
    assert (dropped["status"], dropped["replaced_by"]) == ("published", None)


def test_two_merges_are_undone_one_by_one(store):
    before = public(store)
    first = merge_sites(store, KEEP, DROP)
    between = public(store)
    second = merge_sites(store, OTHER, KEEP)
    undo_batch(store, second)
    assert public(store) == between
    undo_batch(store, first)
    assert public(store) == before


def test_the_first_of_two_merges_in_a_row_is_undone_but_for_what_the_second_moved(store):
    store.insert("offer", [offer("moved", "alone", DROP)])
    first = merge_sites(store, KEEP, DROP)
    merge_sites(store, OTHER, KEEP)
    undone = undo_batch(store, first)
    assert {(one.table, one.key, one.fields) for one in undone.clashes} == {
        ("offer", "moved", ("site_id",)), ("site", KEEP, ("status",)),
        ("site", DROP, ("status", "closed_on", "closure_reason", "replaced_by")),
    }  # fmt: skip
    assert one(store, "offer", offer_id="moved")["site_id"] == OTHER
    dropped = one(store, "site", site_id=DROP)
    assert (dropped["status"], dropped["replaced_by"]) == ("closed", OTHER), "or else half of it"
    assert one(store, "site", site_id=KEEP)["status"] == "closed"
    assert one(store, "site", site_id=KEEP)["name_ar"] is None


def test_a_merge_is_found_again_until_it_is_undone(store):
    assert merges(store) == ()
    first = merge_sites(store, KEEP, DROP)
    second = merge_sites(store, OTHER, KEEP)
    assert [(one.batch, one.dropped["site_id"]) for one in merges(store)] == [
        (second, KEEP), (first, DROP)
    ]  # fmt: skip
    undo_batch(store, second)
    (left,) = merges(store)
    assert (left.batch, left.kept["site_id"], left.dropped["site_id"]) == (first, KEEP, DROP)
    undo_batch(store, first)
    assert merges(store) == ()
