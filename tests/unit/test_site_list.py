# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as lines: what they show, how they are found, when they are due."""

from __future__ import annotations

from datetime import date

import pytest
from carte_cp3.domain.schema import load_schema
from carte_cp3.domain.site_list import KEPT, SiteFilter, SiteReader, matching

TODAY = date(2026, 11, 22)


def record(key: str, **values) -> dict:
    return {**dict.fromkeys(KEPT), "site_id": key, "status": "published", **values}


@pytest.fixture(scope="module")
def lines():
    from carte_cp3.store.boundaries import load_gazetteer

    reader = SiteReader(load_schema(), load_gazetteer(), "fr", TODAY)
    return [
        reader.line(one)
        for one in (
            record("a", name_fr="Agence Été", commune_code="06.141.01.0", kind="agence"),
            record("b", name_ar="إدارة المسيرة", phone="+212537770000", verified_on="2026-10-01"),
            record("c", name_fr="Fermé", status="closed", institution_code="EN"),
        )
    ]


def found(lines, **wanted) -> list[str]:
    return [lines[number].key for number in matching(lines, SiteFilter(**wanted))]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("ete", ["a"]),
        ("AGENCE  casablanca", ["a"]),
        ("الدار البيضاء", ["a"]),
        ("وكالة", ["a"]),
        ("ادارة", ["b"]),
        ("537770000", ["b"]),
        ("agence rabat", []),
        ("", ["a", "b", "c"]),
    ],
)
def test_every_word_is_looked_for_in_every_language(lines, text, keys):
    assert found(lines, text=text) == keys


def test_filters_add_up(lines):
    assert found(lines, region="06") == ["a"]
    assert found(lines, institution="EN", status="closed") == ["c"]
    assert found(lines, institution="EN", status="published") == []


def test_what_was_never_verified_is_due_unless_it_is_closed(lines):
    assert found(lines, overdue=True) == ["a"]


def test_a_line_is_called_what_there_is(lines):
    assert [line.name for line in lines] == ["Agence Été", "إدارة المسيرة", "Fermé"]
    assert lines[0].commune == "Casablanca"
