# SPDX-License-Identifier: GPL-2.0-or-later
"""The call list: what is due this month, in the order in which one rings up."""

from datetime import date

import pytest
from carte_cp3.domain.freshness import due_on, end_of_month, overdue
from carte_cp3.store.calling import DUE, NEVER, OVERDUE, call_list
from carte_cp3.store.database import create_store
from carte_cp3.store.documents.calling import call_document
from carte_cp3.store.documents.xlsx import write_document
from carte_cp3.store.tables import read_grid

DAY = date(2026, 11, 10)


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        made.insert("site", [
            site("fresh", verified_on="2026-10-01"),
            site("soon", verified_on="2025-11-20", phone="+212522010203", phone_2="+212661010203",
                 commune_code="06.141.01.01"),
            site("late", verified_on="2024-01-01", commune_code="01.331.01.03", name_ar="نموذج"),
            site("never", commune_code="06.141.01.01"),
            site("draft", status="draft"),
            site("closed", status="closed"),
            site("anapec", institution_code="ANAPEC"),
        ])  # fmt: skip
        made.insert("service", [
            {"service_id": "course", "institution_code": "EN", "name_fr": "SPÉCIMEN cours",
             "status": "published", "verify_every_months": 6, "verified_on": "2026-05-15"},
        ])  # fmt: skip
        made.update("institution", "EN", {"phone": "+212537705150"})
        yield made


def site(key, **values):
    row = {"site_id": key, "institution_code": "EN", "name_fr": f"SPÉCIMEN {key}"}
    return {**row, "status": "published", **values}


def test_published_records_due_this_month_by_institution_and_region(store):
    calls = call_list(store, DAY)
    assert [(call.key, call.region_code, call.state) for call in calls] == [
        ("anapec", "", NEVER),
        ("late", "01", OVERDUE),
        ("never", "06", NEVER),
        ("soon", "06", DUE),
        ("course", "", DUE),
    ]


def test_a_record_without_a_number_has_its_institutions(store):
    calls = {call.key: call for call in call_list(store, DAY)}
    assert (calls["soon"].phones, calls["soon"].central) == (
        ("+212522010203", "+212661010203"), False)  # fmt: skip
    assert (calls["late"].phones, calls["late"].central) == (("+212537705150",), True)
    assert (calls["anapec"].phones, calls["anapec"].central) == ((), False)


def test_what_falls_due_later_is_not_on_the_list(store):
    assert "fresh" not in {call.key for call in call_list(store, DAY)}
    assert "fresh" in {call.key for call in call_list(store, date(2027, 10, 1))}


@pytest.mark.parametrize("months", [6, 12, None])
def test_a_record_is_overdue_the_day_after_it_was_due(months):
    for verified in ("2024-02-29", "2025-01-31", "2026-06-15"):
        due = due_on(verified, months)
        assert not overdue(verified, months, due)
        assert overdue(verified, months, date.fromordinal(due.toordinal() + 1))


def test_a_record_verified_at_the_end_of_time_by_a_slip_is_due_then(store):
    assert due_on("9999-06-15", 12) == date.max
    store.update("service", "course", {"verified_on": "9999-06-15"})
    assert "course" not in {call.key for call in call_list(store, DAY)}


def test_the_end_of_a_month():
    assert end_of_month(date(2024, 2, 3)) == date(2024, 2, 29)
    assert end_of_month(date(2026, 12, 31)) == date(2026, 12, 31)


def test_the_workbook_has_a_sheet_an_institution_with_numbers_as_text(store, tmp_path):
    document = call_document(call_list(store, DAY), "fr", DAY)
    write_document(document, tmp_path / "appels.xlsx")
    grid = read_grid(tmp_path / "appels.xlsx", sheet="2 Entraide Nationale (4)")
    cells = [cell.replace("\u00a0", " ") for row in grid.rows for cell in row]
    assert grid.sheets[0].startswith("1 ANAPEC")
    assert "05 22 01 02 03 · 06 61 01 02 03" in cells
    assert "05 37 70 51 50 (siège)" in cells
    assert "Casablanca-Settat" in cells and "31/12/2024 (en retard)" in cells


def test_in_arabic_it_reads_from_right_to_left_with_arabic_names(store):
    document = call_document(call_list(store, DAY), "ar", DAY)
    assert document.right_to_left
    cells = [cell for table in document.tables for row in table.rows for cell in row]
    assert "نموذج" in cells and "الدار البيضاء-سطات" in cells


def test_without_calls_the_report_says_so(tmp_path):
    with create_store(str(tmp_path / "empty.gpkg")) as empty:
        document = call_document(call_list(empty, DAY), "fr", DAY)
    assert document.tables[0].title == "Rien n’est à vérifier ce mois-ci."
    write_document(document, tmp_path / "vide.xlsx")
