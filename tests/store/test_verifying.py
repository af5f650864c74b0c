# SPDX-License-Identifier: GPL-2.0-or-later
"""Records confirmed: all of them or none, in the history, and taken back."""

from datetime import date, timedelta

import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.store.checking import check_store
from carte_cp3.store.database import create_store
from carte_cp3.store.history import undo_batch
from carte_cp3.store.sql import account
from carte_cp3.store.verifying import verify_records, verify_sites

DAY = date(2026, 3, 2)


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        rows = [
            {"site_id": f"s{number}", "institution_code": "EN", "name_fr": f"SPÉCIMEN {number}",
             "verified_on": "2023-01-01", "verified_by": "SPÉCIMEN délégation",
             "updated_by": "SPÉCIMEN auteur"}
            for number in range(3)
        ]  # fmt: skip
        made.insert("site", rows)
        made.insert("service", [
            {"service_id": "v0", "institution_code": "EN", "name_fr": "SPÉCIMEN service"}
        ])  # fmt: skip
        made.update("site", "s2", {"status": "closed"})
        yield made


def verified(store):
    return [row["verified_on"] for row in store.rows("site")]


def test_a_confirmation_is_written_with_its_day_way_and_function(store):
    batch = verify_sites(store, ["s0", "s1", "s0"], "telephone", by="  Chargé de la carte ", on=DAY)
    row = store.rows("site", site_id="s0")[0]
    assert (row["verified_on"], row["verification_method"]) == ("2026-03-02", "telephone")
    assert row["verified_by"] == "Chargé de la carte"
    changes = store.rows("change", batch_id=batch)
    assert [one["key"] for one in changes] == ["s0", "s1"]
    assert {one["by"] for one in changes} == {account() or None}, "not the author of older values"


def test_without_a_function_the_former_one_goes(store):
    verify_sites(store, ["s0"], "visite")
    row = store.rows("site", site_id="s0")[0]
    assert (row["verified_on"], row["verified_by"]) == (date.today().isoformat(), None)


def test_services_are_confirmed_too(store):
    verify_records(store, [("site", "s0"), ("service", "v0")], "courriel", on=DAY)
    assert store.rows("service")[0]["verified_on"] == "2026-03-02"


@pytest.mark.parametrize(
    ("ids", "method", "day", "said"),
    [
        (["s0", "s2"], "telephone", DAY, "is closed"),
        (["s0", "nobody"], "telephone", DAY, "no site has the identifier nobody"),
        (["s0"], "rumeur", DAY, "no way of verifying"),
        (["s0"], "telephone", date.today() + timedelta(days=1), "to come"),
    ],
)
def test_all_or_none(store, ids, method, day, said):
    with pytest.raises(StoreError, match=said):
        verify_sites(store, ids, method, on=day)
    assert verified(store) == ["2023-01-01"] * 3


def test_what_was_overdue_is_settled(store):
    check_store(store, today=DAY)
    assert store.count("finding", rule="verification_overdue", state="open") == 2
    verify_sites(store, ["s0"], "telephone", on=DAY)
    assert [
        row["key"] for row in store.rows("finding", rule="verification_overdue", state="open")
    ] == ["s1"]
    assert store.count("finding", rule="verification_overdue", state="fixed") == 1


def test_a_confirmation_is_taken_back_once(store):
    batch = verify_records(store, [("site", "s0"), ("service", "v0")], "telephone", on=DAY)
    undone = undo_batch(store, batch)
    assert (undone.restored, undone.clashes) == (2, ())
    row = store.rows("site", site_id="s0")[0]
    assert (row["verified_on"], row["verified_by"]) == ("2023-01-01", "SPÉCIMEN délégation")
    with pytest.raises(StoreError, match="undone already"):
        undo_batch(store, batch)
    with pytest.raises(StoreError, match="knows of no batch"):
        undo_batch(store, "nothing")


def test_what_was_edited_since_stays(store):
    batch = verify_sites(store, ["s0", "s1"], "telephone", on=DAY)
    verify_sites(store, ["s1"], "visite", on=DAY + timedelta(days=1))
    undone = undo_batch(store, batch)
    assert undone.restored == 1
    assert [(one.key, set(one.fields)) for one in undone.clashes] == [
        ("s1", {"verified_on", "verification_method"})
    ]
    assert verified(store)[:2] == ["2023-01-01", "2026-03-03"]
