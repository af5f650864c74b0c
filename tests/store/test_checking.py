# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules on a whole store: each breaks in the record made to break it, and nowhere else."""

import re
from datetime import date
from itertools import product

import pytest
from carte_cp3.domain.checks import check, check_all
from carte_cp3.domain.context import Context
from carte_cp3.domain.errors import CarteError, StoreError
from carte_cp3.domain.report import blocks
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.store.checking import check_store, stale_translations
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import import_table

TODAY = date(2026, 11, 21)
RABAT = load_gazetteer().point("04.421.01.0")
GOOD = {
    "site_id": "good", "institution_code": "ANAPEC", "name_fr": "SPÉCIMEN", "name_ar": "نموذج",
    "commune_code": "04.421.01.0", "lon": -6.83, "lat": 34.0, "precision": "entrance",
    "verified_on": "2026-10-01", "status": "published", "phone": "+212522000000",
}  # fmt: skip
SERVICE = {
    "service_id": "v", "institution_code": "ANAPEC", "name_fr": "SPÉCIMEN", "name_ar": "نموذج",
    "verified_on": "2026-10-01", "status": "published",
}  # fmt: skip


@pytest.fixture
def store(location):
    with create_store(location) as made:
        with made.transaction():
            made.insert("site", [GOOD])
            made.insert("service", [SERVICE])
            made.insert("offer", [{"service_id": "v", "site_id": "good", "status": "published"}])
        yield made


def rules(store, **more):
    return {(one.key, one.rule) for one in check_store(store, today=TODAY, **more).findings}


def test_a_good_record_has_no_finding(store):
    assert rules(store) == set()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"name_ar": None}, "name_missing_in_language"),
        ({"commune_code": None, "lon": None, "lat": None}, "place_missing"),
        ({"commune_code": "99.999.99.99", "lon": None, "lat": None}, "place_unknown"),
        ({"lon": 2.35, "lat": 48.85}, "position_outside_country"),
        ({"lon": -12.0, "lat": 33.0}, "position_outside_country"),
        ({"lon": -7.62, "lat": 33.58}, "position_outside_commune"),
        ({"precision": "commune"}, "position_derived"),
        ({"lon": RABAT.lon, "lat": RABAT.lat}, "position_is_centre"),
        ({"address_ar": "Rue SPECIMEN"}, "latin_in_arabic"),
        ({"name_fr": "=HYPERLINK(1)"}, "cell_formula"),
        ({"verified_on": None}, "verification_missing"),
        ({"verified_on": "2025-01-01"}, "verification_overdue"),
        ({"verified_on": "2203-05-01"}, "verification_to_come"),
    ],
)
def test_each_rule_finds_its_record(store, change, rule):
    with store.transaction():
        store.insert("site", [{**GOOD, **change, "site_id": "bad"}])
        store.insert("offer", [{"service_id": "v", "site_id": "bad", "status": "published"}])
    found = rules(store)
    assert {key for key, _rule in found} == {"bad"}
    assert ("bad", rule) in found


def test_a_site_without_service_and_services_nowhere(store):
    with store.transaction():
        store.insert("site", [{**GOOD, "site_id": "lonely", "phone": None}])
        store.insert("service", [
            {**SERVICE, "service_id": "nowhere"},
            {**SERVICE, "service_id": "online", "access_modes": "{en-ligne}"},
            {**SERVICE, "service_id": "mute", "access_modes": "{telephone}"},
        ])  # fmt: skip
        store.insert("offer", [{"service_id": "mute", "site_id": "lonely"}])
    found = rules(store) - {("lonely", "duplicate_likely")}  # it has the other's name and town
    assert found == {("nowhere", "service_nowhere"), ("mute", "telephone_missing")}


def test_a_translation_older_than_its_french_text_is_stale(store):
    with store.transaction():
        store.update("site", "good", {"name_fr": "SPÉCIMEN déménagé"})
    assert stale_translations(store, "site", store.rows("site")) == {"good": ("name_ar",)}
    assert rules(store) == {("good", "translation_stale")}
    with store.transaction():
        store.update("site", "good", {"name_ar": "نموذج جديد"})
    assert rules(store) == set()


def test_closed_records_are_left_alone(store):
    with store.transaction():
        store.insert("site", [{**GOOD, "site_id": "closed", "status": "closed", "name_ar": None}])
    assert rules(store) == set()


def test_findings_are_kept_fixed_and_reopened(store):
    def states():
        return [(row["rule"], row["state"]) for row in store.rows("finding")]

    with store.transaction():
        store.update("site", "good", {"name_ar": None})
    check_store(store, today=TODAY)
    assert states() == [("name_missing_in_language", "open")]
    with store.transaction():
        store.update("site", "good", {"name_ar": "نموذج"})
    check_store(store, today=TODAY)
    assert states() == [("name_missing_in_language", "fixed")]
    with store.transaction():
        store.update("site", "good", {"name_ar": None})
    check_store(store, today=TODAY)
    assert states() == [("name_missing_in_language", "open")]


def test_an_ignored_finding_stays_ignored_until_its_value_changes(store):
    with store.transaction():
        store.update("site", "good", {"address_ar": "Rue SPECIMEN"})
    assert check_store(store, today=TODAY).warnings == 1
    finding = store.rows("finding")[0]["finding_id"]
    with store.transaction():
        store.update("finding", finding, {"state": "ignored", "reason": "SPÉCIMEN"})
    assert check_store(store, today=TODAY).warnings == 0
    with store.transaction():
        store.update("site", "good", {"address_ar": "Avenue SPECIMEN"})
    assert check_store(store, today=TODAY).warnings == 1
    assert store.rows("finding", finding_id=finding)[0]["state"] == "ignored"


def test_what_a_file_said_stays_open_until_it_is_answered(store, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Nom;Ville;Téléphone\nSPÉCIMEN lu;Salé;12\n", encoding="utf-8")
    import_table(store, path, institution="EN")

    def state():
        return [row["state"] for row in store.rows("finding", rule="phone_unreadable")]

    check_store(store, today=TODAY)
    assert state() == ["open"]
    key = store.rows("site", institution_code="EN")[0]["site_id"]
    with store.transaction():
        store.update("site", key, {"phone": "+212522000000"})
    check_store(store, today=TODAY)
    assert state() == ["fixed"]


#: Blocking rules that no constraint enforces: the country's limits are in no store, and a
#: published site that has lost its place stays in lists, exports and on paper until it is found.
OF_PLACES = {
    "place_missing", "place_unknown", "position_outside_country", "position_outside_commune",
}  # fmt: skip


def test_the_database_gives_the_same_verdict_as_the_checks(store):
    """What the checks keep from being published the database does not publish, and no more."""
    context = Context(schema=store.schema, today=TODAY, gazetteer=load_gazetteer())
    choices = product(
        ("SPÉCIMEN", " ", None), ("نموذج", None), ("ANAPEC", None), ("04.421.01.0", "", None),
        ((-6.83, 34.0), (None, None)), ("draft", "published"),
    )  # fmt: skip
    verdicts = set()
    for name_fr, name_ar, institution, commune, (lon, lat), status in choices:
        record = {
            "site_id": "tried", "name_fr": name_fr, "name_ar": name_ar, "status": status,
            "institution_code": institution, "commune_code": commune, "lon": lon, "lat": lat,
        }  # fmt: skip
        found = [one for one in check(record, context) if one.rule not in OF_PLACES]
        refused = blocks(found) if status == "published" else institution is None
        assert accepts(store, record) is not refused, record
        verdicts.add(refused)
    assert verdicts == {True, False}


def test_records_checked_together_have_the_findings_that_each_has_alone(store):
    """Their columns differ and stand in another order: each has what is its own, in its order."""
    context = Context(schema=store.schema, today=TODAY, gazetteer=load_gazetteer())
    odd = [
        {"name_fr": "=HYPERLINK(1)", "address_ar": "Rue SPECIMEN", "name_ar": "SPECIMEN"},
        {"name_ar": "SPECIMEN", "address_ar": "Rue SPECIMEN", "institution_code": "ANAPEC"},
        {"name_ar": "نموذج", "address_fr": "نموذج", "lon": 2.35, "lat": 48.85},
        {"name_fr": " ", "commune_code": "99.999.99.99", "verified_on": "2027-01-01"},
        {},
        GOOD,
    ]
    records = [odd[number % len(odd)] for number in range(600)]
    alone = [check(one, context) for one in records]
    assert check_all(records, context) == alone
    assert [one.field for one in alone[0] if one.rule == "latin_in_arabic"] == [
        "address_ar", "name_ar",
    ]  # fmt: skip
    assert [one.field for one in alone[1] if one.rule == "latin_in_arabic"] == [
        "name_ar", "address_ar",
    ]  # fmt: skip
    assert check_all([], context) == []


def accepts(store, record) -> bool:
    """Whether the database takes a record in; nothing of it stays."""
    try:
        with store.transaction():
            store.insert("site", [record])
            raise InterruptedError
    except InterruptedError:
        return True
    except StoreError:
        return False


#: Values of each kind that nobody can use, and what they seem to mean.
BROKEN = (
    ("phone", "abc", "phone_unreadable", ""),
    ("phone_2", "0522 01 02 03", "phone_unreadable", "+212522010203"),
    ("email", "nope", "email_unreadable", ""),
    ("website", "javascript:alert(1)", "website_unreadable", ""),
    ("website", "www.example.org", "website_unreadable", "https://www.example.org"),
    ("verified_on", "2024-02-31", "date_unreadable", ""),
    ("closed_on", "bientôt", "date_unreadable", ""),
    ("hours", "blah", "hours_unreadable", ""),
    ("hours", "Mo-Fr 8h30-16h30", "hours_unreadable", "Mo-Fr 08:30-16:30"),
    ("hours", "Mo-Fr 16:30-08:30", "hours_unreadable", ""),
    ("hours_ramadan", "Mo-Fr 09:00-25:00", "hours_unreadable", ""),
    ("commune_code", "99.9", "place_unknown", ""),
    ("commune_code", "Rabat", "place_unknown", ""),
)


@pytest.mark.parametrize(("field", "value", "rule", "meant"), BROKEN)
def test_the_database_refuses_what_no_cell_may_say(store, field, value, rule, meant):
    before = store.rows("site")
    with pytest.raises(StoreError):
        store.update("site", "good", {field: value})
    assert not accepts(store, {**GOOD, "site_id": "tried", field: value})
    with pytest.raises(StoreError), store.transaction():
        store.load("site", [{**GOOD, "site_id": "tried", field: value}])
    assert store.rows("site") == before


@pytest.mark.parametrize(("field", "value", "rule", "meant"), BROKEN)
def test_a_value_older_than_the_rule_is_found(store, backend, field, value, rule, meant):
    if rule == "date_unreadable" and backend == "postgresql":
        pytest.skip("a column of dates has held nothing else in PostgreSQL")
    with store.transaction(), store.unruled():
        store.update("site", "good", {field: value})
    found = check_store(store, today=TODAY).findings
    said = {(one.rule, one.field, one.value, one.proposal) for one in found}
    assert (rule, field, value, meant) in said
    store.update("site", "good", {"name_en": "SPÉCIMEN"})  # the rest may still be edited
    store.update("site", "good", {field: None})
    assert (rule, field) not in {
        (one.rule, one.field) for one in check_store(store, today=TODAY).findings
    }


@pytest.mark.parametrize(
    "hours",
    [
        "24/7",
        "off",
        "Mo-Fr 08:30-12:00, 14:00-18:00; PH off",
        "Sa-Mo,We 09:00-24:00",
        "08:00-20:00",
    ],
)
def test_the_database_takes_all_hours_that_are_understood(store, hours):
    store.update("site", "good", {"hours": hours, "hours_ramadan": hours})
    assert rules(store) == set()


def test_the_database_takes_the_code_of_every_place(store):
    with store.transaction():
        store.load("site", [{**GOOD, "site_id": code, "commune_code": code}
                            for code in load_gazetteer().units])  # fmt: skip


def test_what_the_database_refuses_is_said_in_each_language(store):
    """Keys that are taken, empty columns, lists, references, formats: none in raw SQL."""
    said = {
        "another record has this identifier": GOOD,
        "this cannot be empty": {"site_id": "x", "institution_code": None, "name_fr": "SPÉCIMEN"},
        "not in the list": {**GOOD, "site_id": "x", "kind": "mairie"},
        "no record of": {**GOOD, "site_id": "x", "institution_code": "NOBODY"},
        "for example +212": {**GOOD, "site_id": "x", "phone": "abc"},
        "before publishing": {**GOOD, "site_id": "x", "name_fr": ""},
    }
    for words, record in said.items():
        with pytest.raises(StoreError, match=re.escape(words)) as raised, store.transaction():
            store.insert("site", [record])
        assert isinstance(raised.value.values["reason"], CarteError)
    with pytest.raises(StoreError, match="still refer to it"), store.transaction():
        store.delete("site", "good")


def test_hours_and_places_that_nobody_understands_are_found(store):
    """What the database cannot know: the order of the parts of hours, which communes there are."""
    store.update("site", "good", {"hours": "08:30-16:30 Mo-Fr", "commune_code": "04.999.99.99"})
    found = {(one.rule, one.field) for one in check_store(store, today=TODAY).findings}
    assert {("hours_unreadable", "hours"), ("place_unknown", "commune_code")} <= found


def test_what_is_written_as_it_should_be_is_not_found(store):
    store.update("site", "good", {
        "phone": "+33123456789", "email": "Specimen@Example.org", "closed_on": "2024-02-29",
        "website": "http://example.org/a?b=c", "hours": "Mo-Fr 08:30-12:00,14:00-16:30; PH off",
    })  # fmt: skip
    assert rules(store) == set()
