# SPDX-License-Identifier: GPL-2.0-or-later
"""A form says of a value what an import says of it."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from carte_cp3.domain.context import Context
from carte_cp3.domain.neighbours import neighbours
from carte_cp3.domain.offering import plan_offers
from carte_cp3.domain.schema import load_schema
from carte_cp3.domain.typed import corrections, judge

SCHEMA = load_schema()
GOOD = {
    "name_fr": "SPÉCIMEN centre",
    "name_ar": "مركز نموذج",
    "commune_code": "04.421.01.0",
    "precision": "street",
}
CASES = [
    {},
    {"phone": "05 37 77 00 00"},
    {"phone": "pas de numéro"},
    {"phone": "037 77 00 00"},
    {"email": "Contact@Example.MA"},
    {"email": "arobase"},
    {"website": "www.example.org"},
    {"website": "ftp://example.org"},
    {"website": "[www.example.org"},
    {"verify_every_months": "72"},
    {"verify_every_months": "6"},
    {"verified_on": "25/03/999999999999"},
    {"hours": "Lundi au vendredi de 8h30 à 16h30"},
    {"hours": "quand on peut"},
    {"kind": "Agence"},
    {"kind": "agense"},
    {"name_fr": ""},
    {"name_fr": "مركز"},
    {"name_ar": "Centre"},
    {"name_ar": ""},
    {"commune_code": "99.999.99.9"},
    {"commune_code": "Rabat"},
    {"commune_code": "Ramat"},
    {"commune_code": "Sidi Ali"},
    {"verified_on": "2024-01-05"},
    {"verified_on": "hier"},
    {"lon": -7.6, "lat": 33.57},
    {"note_internal": "=1+1"},
    {"languages": "{fr,ar}"},
]


@pytest.fixture(scope="module")
def context():
    from carte_cp3.store.boundaries import load_gazetteer, load_locator

    return Context(SCHEMA, date.today(), load_gazetteer(), load_locator())


def said(findings):
    return {(one.rule, one.field, one.severity, one.proposal) for one in findings}


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case.values())) or "-")
def test_form_and_import_give_one_verdict(case, context, tmp_path):
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    typed = {**GOOD, "lon": -6.84, "lat": 34.01, **case}
    file = tmp_path / "un.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(typed))
        writer.writeheader()
        writer.writerow(typed)
    with create_store(str(tmp_path / "store.gpkg")) as store:
        result = import_table(
            store, file, institution="EN", mapping={name: name for name in typed}, dry_run=True
        )
    (row,) = result.plan.rows
    judgement = judge("site", {**typed, "institution_code": "EN"}, context)
    assert said(judgement.findings) == said(row.findings)
    for name in typed:
        assert judgement.values.get(name) == row.values.get(name), name


def test_what_cannot_be_read_is_named_and_the_rest_is_put_right(context):
    typed = {**GOOD, "institution_code": "EN", "phone": "0537770000", "phone_2": "rien"}
    judgement = judge("site", typed, context)
    assert judgement.unreadable == ("phone_2",)
    assert corrections(typed, judgement) == {"phone": "+212537770000"}


@pytest.mark.parametrize("name", ["Kénitra", "kenitra", "القنيطرة"])
def test_a_commune_may_be_typed_by_its_name(name, context):
    typed = {**GOOD, "institution_code": "EN", "commune_code": name}
    assert corrections(typed, judge("site", typed, context)) == {"commune_code": "04.281.01.01"}


def test_a_position_abroad_is_kept_and_keeps_the_site_from_being_published(context):
    typed = {**GOOD, "institution_code": "EN", "lon": 2.35, "lat": 48.85}
    (found,) = [one for one in judge("site", typed, context).findings if one.field == "geom"]
    assert (found.rule, found.severity) == ("position_outside_country", "blocking")


@pytest.mark.parametrize("lon, lat", [(-15.0, 30.0), (-1.0, 32.0)], ids=["at sea", "abroad"])
def test_a_position_in_no_commune_is_said_as_what_it_is(context, lon, lat):
    whole = {**GOOD, "institution_code": "EN", "lon": lon, "lat": lat}
    placed = {**whole, "commune_code": ""}
    found = [one for one in judge("site", placed, context).findings if one.severity == "blocking"]
    assert [one.rule for one in found] == ["position_outside_country"], "a place was given"
    named = judge("site", whole, context).findings
    assert ("position_outside_country", "warning") in {(one.rule, one.severity) for one in named}


def test_what_people_do_not_fill_in_is_left_alone(context):
    typed = {**GOOD, "institution_code": "EN", "created_at": "CURRENT_TIMESTAMP", "fid": "Auto"}
    assert corrections(typed, judge("site", typed, context)) == {}


def test_neighbours_are_those_next_door_and_those_alike():
    new = {**GOOD, "site_id": "new", "institution_code": "EN", "lon": -6.84, "lat": 34.01}
    others = [
        {
            **new,
            "site_id": "next door",
            "name_fr": "Maison de quartier",
            "name_ar": None,
            "institution_code": "ART",
            "lon": -6.8401,
        },
        {**new, "site_id": "alike", "lon": -6.85},
        {**new, "site_id": "far", "lon": -7.5},
        {**new, "site_id": "closed", "status": "closed"},
        {**new, "site_id": "nowhere", "lon": None, "lat": None},
    ]
    found = neighbours(new, others)
    assert [one.key for one in found] == ["alike", "next door"]
    assert found[0].score >= 0.5 > found[1].score == 0
    assert found[1].metres == pytest.approx(9.2, abs=0.5)
    assert neighbours({**new, "lon": None}, others) == ()


def test_offers_come_go_and_come_back():
    offers = [
        {"offer_id": "o1", "service_id": "kept", "status": "published"},
        {"offer_id": "o2", "service_id": "seen", "status": "published"},
        {"offer_id": "o3", "service_id": "unseen", "status": "draft"},
        {"offer_id": "o4", "service_id": "again", "status": "closed"},
        {"offer_id": "o5", "service_id": "gone", "status": "closed"},
    ]
    plan = plan_offers(offers, {"kept", "new", "again"})
    assert plan == (("new",), ("o4",), ("o2",), ("o3",))
    assert not plan_offers(offers[:1], {"kept"})
