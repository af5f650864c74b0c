# SPDX-License-Identifier: GPL-2.0-or-later
"""HSDS exports: valid against the standard's own schemas, and true to the records."""

import csv
import gzip
import json
import uuid
import zipfile
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from carte_cp3.domain.calendar import load_calendar
from carte_cp3.domain.errors import CarteError
from carte_cp3.store.database import create_store
from carte_cp3.store.exporting import export_store
from carte_cp3.store.formulas import restored
from carte_cp3.store.hsds.ids import NAMESPACE, identifier, record_id
from carte_cp3.store.hsds.schedules import spans
from carte_cp3.store.hsds.tables import LINKS
from carte_cp3.store.public import public_view
from jsonschema import Draft202012Validator, FormatChecker

DATA = Path(__file__).resolve().parents[1] / "data" / "hsds"
TODAY = date(2026, 1, 10)
LANGUAGES = ("fr", "ar", "en", "es")
UNSAID = {"fr": "À confirmer", "ar": "للتأكيد", "en": "To be confirmed", "es": "Por confirmar"}


def key(number):
    return f"00000000-0000-4000-8000-{number:012d}"


@pytest.fixture(scope="module")
def store(new_location, tmp_path_factory, take_specimen):
    with create_store(new_location(tmp_path_factory.mktemp("store"))) as made:
        take_specimen(made)
        with made.transaction(), made.unruled():  # older than the rule, or another tool's
            made.update("service", key(12), {"apply_url": "example sans adresse"})
        yield made


@pytest.fixture(scope="module")
def folder(store, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "hsds"
    assert export_store(store, "hsds", path, today=TODAY) == 4
    return path


@lru_cache
def schema(name):
    return json.loads(gzip.decompress((DATA / f"{name}.json.gz").read_bytes()))


def errors(instance, against):
    validator = Draft202012Validator(against, format_checker=FormatChecker())
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(instance)]


def loaded(folder, name, language="fr"):
    return json.loads((folder / language / f"{name}.json").read_text("utf-8"))


def table(folder, name, language="fr"):
    """The rows of a table as its data package describes them, without what is empty."""
    package = loaded(folder, "tabular/datapackage", language)
    resource = next((one for one in package["resources"] if one["name"] == name), None)
    if resource is None:
        return []
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    read = {"number": float, "string": restored, "date": lambda text: str(date.fromisoformat(text))}
    with (folder / language / "tabular" / resource["path"]).open(encoding="utf-8") as handle:
        return [
            {name: read[types[name]](text) for name, text in row.items() if text}
            for row in csv.DictReader(handle)
        ]


def tables(folder, language="fr"):
    package = loaded(folder, "tabular/datapackage", language)
    return {one["name"]: table(folder, one["name"], language) for one in package["resources"]}


def one(rows, identifier):
    (found,) = [row for row in rows if row["id"] == identifier]
    return found


# Valid


@pytest.mark.parametrize("language", LANGUAGES)
def test_services_are_valid(folder, language):
    services = loaded(folder, "services", language)
    assert len(services) == 3
    assert [errors(service, schema("service")) for service in services] == [[]] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_organizations_are_valid(folder, language):
    organizations = loaded(folder, "organizations", language)
    assert len(organizations) == 2
    against = schema("service")["properties"]["organization"]
    assert [errors(organization, against) for organization in organizations] == [[]] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_valid(folder, language):
    made = tables(folder, language)
    assert set(made) <= set(schema("tabular")["properties"])
    assert len(made) == 18
    assert errors(made, schema("tabular")) == []
    for name, rows in made.items():
        definition = schema("tabular")["properties"][name]["items"]
        for row in rows:
            assert set(row) <= set(definition["properties"])
            assert set(row) >= set(definition.get("tabular_required", ()))
    for resource in loaded(folder, "tabular/datapackage", language)["resources"]:
        definition = schema("tabular")["properties"][resource["name"]]["items"]
        assert resource["path"] == definition["path"]


def test_the_check_would_see_a_fault(folder):
    service = loaded(folder, "services")[0]
    assert errors({**service, "status": "open"}, schema("service"))
    assert errors({**service, "id": "12"}, schema("service"))
    deep = json.loads(json.dumps(service))
    del deep["service_at_locations"][0]["location"]["addresses"][0]["postal_code"]
    assert errors(deep, schema("service"))
    assert errors({"address": [{"id": key(1)}]}, schema("tabular"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_identifiers_are_unique_and_lead_somewhere(folder, language):
    made = tables(folder, language)
    known = {name: {row["id"] for row in rows} for name, rows in made.items()}
    everywhere = set().union(*known.values())
    assert sum(len(rows) for rows in made.values()) == len(everywhere)
    for rows in made.values():
        for row in rows:
            for column, target in LINKS.items():
                assert column not in row or row[column] in known[target]
            assert "link_id" not in row or row["link_id"] in known[row["link_entity"]]


def test_every_language_has_the_same_rows(folder):
    identifiers = [
        {name: [row["id"] for row in rows] for name, rows in tables(folder, language).items()}
        for language in LANGUAGES
    ]
    assert all(one == identifiers[0] for one in identifiers)
    for language in LANGUAGES:
        described = table(folder, "meta_table_description", language)
        assert {row["language"] for row in described} == {language}


def test_a_second_export_is_the_same(store, folder, tmp_path):
    export_store(store, "hsds", tmp_path / "again", today=TODAY)
    for path in folder.rglob("*.*"):
        again = tmp_path / "again" / path.relative_to(folder)
        assert path.is_dir() or again.read_bytes() == path.read_bytes()


def test_a_zip_has_the_same_files(store, folder, tmp_path):
    export_store(store, "hsds", tmp_path / "hsds.zip", ["ar"], today=TODAY)
    with zipfile.ZipFile(tmp_path / "hsds.zip") as archive:
        names = [name for name in archive.namelist() if name != "hsds.json"]
        assert {name.split("/")[0] for name in names} == {"ar"}
        assert "ar/services.json" in names
        assert all(archive.read(name) == (folder / name).read_bytes() for name in names)


def test_nested_and_tabular_say_the_same(folder):
    services = {one["id"]: one for one in loaded(folder, "services")}
    for row in table(folder, "service"):
        assert row.items() <= services[row["id"]].items()
    locations = {
        place["id"]: place
        for organization in loaded(folder, "organizations")
        for place in organization["locations"]
    }
    assert (
        set(locations)
        == {row["id"] for row in table(folder, "location")}
        == {key(number) for number in (1, 2, 3, 4)}
    )


# True


@pytest.mark.parametrize(
    ("language", "name", "theme"),
    [
        ("fr", "SPÉCIMEN inscription", "Emploi : accueil et inscription"),
        ("ar", "نموذج تسجيل", "التشغيل: الاستقبال والتسجيل"),
        ("es", "SPÉCIMEN inscription", "Empleo: acogida e inscripción"),
    ],
)
def test_a_service_in_its_language(folder, language, name, theme):
    service = one(loaded(folder, "services", language), key(11))
    assert service["name"] == name
    terms = [attribute["taxonomy_term"] for attribute in service["attributes"]]
    assert {"code": "theme:emploi--inscription", "name": theme}.items() <= next(
        term.items() for term in terms if term["code"] == "theme:emploi--inscription"
    )


def test_a_service_with_everything(folder):
    service = one(loaded(folder, "services"), key(11))
    assert service["status"] == "active"
    assert (service["minimum_age"], service["maximum_age"]) == (18, 60)
    assert service["assured_date"] == "2026-01-05"
    assert service["url"] == "https://example.org/inscription"
    assert service["alert"] == "SPÉCIMEN message"
    assert service["description"] == "SPÉCIMEN résumé\nDurée : SPÉCIMEN 1 h"
    assert "Régularisé" in service["eligibility_description"]
    assert [one["document"] for one in service["required_documents"]] == [
        "Passeport", "Carte de séjour",
    ]  # fmt: skip
    (cost,) = service["cost_options"]
    assert (cost["amount"], cost["currency"], cost["option"]) == (0, "MAD", "Gratuit")
    assert service["organization"]["alternate_name"] == "ANAPEC"
    assert service["program"]["name"] == "SPÉCIMEN programme"
    (place,) = service["service_at_locations"]
    assert place["description"] == "SPÉCIMEN précision\nProchaine entrée : 2026-03-01"


def test_a_location_with_everything(folder):
    service = one(loaded(folder, "services"), key(11))
    place = service["service_at_locations"][0]["location"]
    assert (place["longitude"], place["latitude"]) == (-7.61, 33.58)
    (address,) = place["addresses"]
    assert address["address_1"] == "SPÉCIMEN, 1 rue"
    assert (address["city"], address["region"]) == ("Casablanca", "Casablanca-Settat")
    assert [(one["number"], one["type"]) for one in place["phones"]] == [
        ("+212500000001", "voice"), ("+212500000002", "voice"), ("+212600000003", "cell"),
    ]  # fmt: skip
    assert [one["code"] for one in place["languages"]] == ["fr", "ar", "wo"]
    assert [one["email"] for one in place["contacts"]] == ["specimen@example.org"]
    assert place["accessibility"][0]["description"].endswith("Accès partiel")
    assert "https://example.org/specimen" in place["description"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_so(folder, language):
    unsaid = UNSAID[language]
    address = one(loaded(folder, "organizations", language), organization(folder, "OFPPT"))
    place = one(address["locations"], key(2))
    assert place["addresses"][0]["postal_code"] == unsaid
    assert place["addresses"][0]["city"] == place["addresses"][0]["state_province"] == unsaid
    assert "latitude" not in place
    assert not place.get("attributes")
    service = one(loaded(folder, "services", language), key(13))
    assert [one["document"] for one in service["required_documents"]] == [unsaid]
    assert unsaid in service["fees_description"]
    assert unsaid in service["eligibility_description"]
    assert "cost_options" not in service


def organization(folder, code):
    rows = table(folder, "organization_identifier")
    return next(row["organization_id"] for row in rows if row["identifier"] == code)


def test_closures_make_a_service_wait(folder):
    service = one(loaded(folder, "services"), key(13))
    assert service["status"] == "temporarily closed"
    assert service["alert"] == "SPÉCIMEN suspendu"


def test_what_hsds_could_not_take_is_left_out(folder):
    service = one(loaded(folder, "services"), key(12))
    assert "url" not in service  # « example sans adresse » is no address
    assert "program" not in service  # its lead is not exported
    assert [row["name"] for row in table(folder, "program")] == ["SPÉCIMEN programme"]


def test_tabular_cells_run_nothing(folder):
    text = (folder / "fr" / "tabular" / "locations.csv").read_text("utf-8")
    assert "'=SPÉCIMEN(1;2)" in text
    names = [service["name"] for service in loaded(folder, "services")]
    assert "@SPÉCIMEN formation" in names


def test_identifiers_are_those_of_the_standard_library():
    for number in range(200):
        made = identifier("schedule", f"نموذج {number}")
        assert made == str(uuid.uuid5(NAMESPACE, f"schedule/نموذج {number}"))


def test_a_record_keeps_its_uuid_and_another_key_becomes_one():
    assert record_id(key(7)) == key(7)
    assert record_id("{ABCDEF00-0000-4000-8000-000000000007}")[:8] == "abcdef00"
    assert record_id("SPE-7") == identifier("record", "SPE-7") != identifier("record", "SPE-8")


# Schedules


def weeks(rows):
    """Schedules in short: days, opening and closing, zone, from and to."""
    return [
        (
            row.get("byday"), row.get("opens_at"), row.get("closes_at"), row.get("timezone"),
            row.get("valid_from"), row.get("valid_to"),
        )
        for row in rows
    ]  # fmt: skip


def at(folder, number, language="fr"):
    rows = table(folder, "schedule", language)
    return [row for row in rows if row.get("location_id") == key(number)]


def test_hours_are_split_at_ramadan_the_clock_and_special_days(folder):
    week, saturday, fasting = "MO,TU,WE,TH,FR", "SA", "MO,TU,WE,TH,FR"

    def usual(zone, offset, first, last):
        return [
            (week, f"08:30{zone}", f"16:30{zone}", offset, first, last),
            (saturday, f"09:00{zone}", f"12:00{zone}", offset, first, last),
        ]

    assert weeks(at(folder, 1)) == [
        *usual("+01:00", 1, "2025-04-06", "2026-02-14"),
        *usual("Z", 0, "2026-02-15", "2026-02-18"),
        (fasting, "09:00Z", "15:00Z", 0, "2026-02-19", "2026-03-19"),
        *usual("Z", 0, "2026-03-20", "2026-03-21"),
        *usual("+01:00", 1, "2026-03-22", "2026-05-31"),
        *usual("+01:00", 1, "2026-06-08", "2026-09-19"),
        *usual("Z", 0, "2026-09-20", "2027-02-07"),
        (fasting, "09:00Z", "15:00Z", 0, "2027-02-08", "2027-03-08"),
        *usual("Z", 0, "2027-03-09", "2027-12-31"),
        (week, "10:00+01:00", "11:00+01:00", 1, "2026-06-01", "2026-06-07"),
    ]


def test_notes_tell_of_holidays_and_estimates(folder):
    rows = at(folder, 1)
    assert rows[0]["notes"] == "Fermé les jours fériés : Oui"
    assert "estimées" in rows[-2]["notes"] and "Fermé" in rows[-2]["notes"]
    assert rows[-1]["description"] == "SPÉCIMEN semaine réduite"
    assert "تقديرية" in at(folder, 1, "ar")[-2]["notes"]


def test_hours_not_understood_are_a_description(folder):
    rows = at(folder, 2)
    assert {row["description"] for row in rows} >= {"sur rendez-vous"}
    assert not any("opens_at" in row or "freq" in row for row in rows)


def test_ramadan_hours_that_nobody_gave_are_to_be_confirmed(folder):
    fasting = [row for row in at(folder, 3) if row["valid_from"] == "2026-02-19"]
    assert [row["description"] for row in fasting] == ["Horaires de Ramadan : À confirmer"]
    assert "opens_at" not in fasting[0]


def test_a_closure_takes_its_days_out(folder):
    rows = [row for row in at(folder, 3) if "2026-07-15" < row["valid_to"] < "2026-09-30"]
    assert weeks(rows) == [
        ("MO,TU,WE,TH,FR,SA,SU", "00:00+01:00", "23:59+01:00", 1, "2026-03-22", "2026-07-31"),
        ("MO,TU,WE,TH,FR,SA,SU", "00:00+01:00", "23:59+01:00", 1, "2026-09-01", "2026-09-19"),
        (None, None, None, 1, "2026-08-01", "2026-08-31"),
    ]
    assert rows[-1]["description"] == "SPÉCIMEN fermeture en août"


def test_several_openings_a_day_are_several_rows(folder):
    first = [row for row in at(folder, 4) if row["valid_to"] == "2026-02-14"]
    assert weeks(first) == [
        ("MO", "08:00+01:00", "12:00+01:00", 1, "2025-04-06", "2026-02-14"),
        ("MO", "14:00+01:00", "23:59+01:00", 1, "2025-04-06", "2026-02-14"),
    ]
    assert first[0]["description"] == "Mo 08:00-12:00,14:00-24:00; PH 09:00-10:00"


def test_an_offer_has_its_own_hours(folder):
    rows = [row for row in table(folder, "schedule") if "service_at_location_id" in row]
    assert {row["service_at_location_id"] for row in rows} == {key(21)}
    assert weeks(rows)[0] == ("WE", "14:00+01:00", "17:00+01:00", 1, "2025-04-06", "2026-02-14")


def test_beyond_the_calendar_hours_have_no_zone():
    (span,) = spans(load_calendar(), date(2040, 1, 1))
    assert span.offset is None
    assert span.first == date.min
    assert span.last == date.max


def test_hours_outlive_the_calendar(store, tmp_path):
    export_store(store, "hsds", tmp_path / "late", ["fr"], today=date(2040, 1, 1))
    rows = at(tmp_path / "late", 1)
    assert weeks(rows) == [
        ("MO,TU,WE,TH,FR", "08:30", "16:30", None, None, None),
        ("SA", "09:00", "12:00", None, None, None),
    ]
    assert errors(tables(tmp_path / "late"), schema("tabular")) == []


# PostgreSQL refuses such a date itself.
@pytest.mark.parametrize("backend", ["geopackage"], indirect=True, scope="session")
def test_a_notice_with_a_broken_date_is_named(store, tmp_path):
    (notice,) = [row for row in public_view(store).notices if row["notice_id"] == key(35)]
    try:
        with store.transaction(), store.unruled():  # another tool's, before the rule
            store.update("notice", key(35), {"starts_on": "hier"})
        with pytest.raises(CarteError, match=key(35)):
            export_store(store, "hsds", tmp_path / "x", today=TODAY)
    finally:
        with store.transaction():
            store.update("notice", key(35), {"starts_on": notice["starts_on"]})
    assert not list(tmp_path.iterdir())
