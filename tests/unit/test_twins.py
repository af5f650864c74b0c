# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows that may be about one record are told beforehand: too many perhaps, never too few."""

import random

import pytest
from carte_cp3.domain.columns import match_columns
from carte_cp3.domain.matching import Known
from carte_cp3.domain.schema import load_schema
from carte_cp3.domain.text import compact_all, fold
from carte_cp3.domain.twins import shared_signs

HEAD = ("Identifiant", "Code", "Nom", "Nom (arabe)", "Commune")
KEYS = ("0190a0b1-0000-7000-8000-000000000001", "0190A0B1-0000-7000-8000-000000000001", "")


def twins(rows):
    columns = match_columns(HEAD, load_schema(), "site")
    shared = shared_signs(rows, columns, "site_id")
    assert all(alike for alike, twin in zip(*shared) if twin)
    return shared.twins


@pytest.mark.parametrize(
    "one, other, expected",
    [
        (("", "A1", "Centre Atlas", "", "Rabat"), ("", "A2", "Centre Rif", "", "Rabat"), False),
        (("", "A1", "Centre Atlas", "", "Rabat"), ("", "a1", "Centre Rif", "", "Fès"), True),
        (("", "A1", "Centre Atlas", "", "Rabat"), ("", "A2", "Centre Atlas", "", "Rabat"), False),
        (("", "A1", "Centre Atlas", "", "Rabat"), ("", "", "CENTRE  ATLAS", "", "Rabat"), True),
        (("", "", "Centre Atlas", "", "Rabat"), ("", "", "", "Centre Atlas", "Rabat"), True),
        (("", "", "مركز الأطلس", "", ""), ("", "", "", "مركز الاطلس", ""), True),
        ((KEYS[0], "", "Un", "", ""), (KEYS[1], "", "Deux", "", ""), True),
        (("", "", "", "", "Rabat"), ("", "", "", "", "Rabat"), False),
        (("", "#N/A", "Centre Atlas", "", ""), ("", "A2", "Centre Atlas", "", ""), True),
        (("", "#REF!", "Centre Atlas", "", ""), ("", "#N/A", "Centre Rif", "", ""), False),
        (("", "{}", "Centre", "", ""), ("", "*", "Rif", "", ""), True),
        (("", "", "Centre", "Centre", "Rabat"), ("", "", "Rif", "", "Rabat"), False),
    ],
)
def test_two_rows_may_be_about_one_record(one, other, expected):
    assert twins([one, other]) == [expected, expected]


def test_whoever_is_recognised_in_a_file_was_told_beforehand():
    chance = random.Random(20261123)
    for _ in range(60):
        rows = [
            (
                chance.choice((*KEYS, "", "", "")),
                chance.choice(
                    ("", "", "A1", "{}", "*", "a 1", "É2", "e2", "ب3", str(chance.random()))
                ),
                chance.choice(("", "Centre Atlas", "centre  ATLAS", "Foyer", "مركز", "Œuvre")),
                chance.choice(("", "", "مركز", "Foyer", "مَركز")),
                "Rabat",
            )
            for number in range(chance.randrange(2, 9))
        ]
        told, known = twins(rows), Known((), load_schema().table("site"))
        owners = {}
        for number, (key, code, french, arabic, town) in enumerate(rows):
            record = {"site_id": key, "external_id": code, "name_fr": french, "name_ar": arabic,
                      "commune_code": town}  # fmt: skip
            signs = known.signs(record)
            found = known.find(record, signs)
            if found:
                first = owners[found.record["site_id"]]
                assert told[number] and told[first], (rows[first], rows[number])
            else:
                owners[known.claim(record, signs)] = number


def test_no_rows_share_nothing():
    assert twins([]) == []


def test_a_name_that_two_rows_have_is_shared_though_their_codes_differ():
    rows = [("", "A1", "Foyer", "", ""), ("", "A2", "FOYER", "", ""), ("", "A3", "Rif", "", "")]
    columns = match_columns(HEAD, load_schema(), "site")
    assert shared_signs(rows, columns, "site_id") == ([True, True, False], [False] * 3)


def test_many_texts_are_compacted_as_each_is_folded():
    chance = random.Random(20261123)
    letters = [chr(code) for code in range(32, 256)] + list("ابجد٣Œœ")
    for known in (letters[:224], letters):
        for _ in range(300):
            texts = ["".join(chance.choices(known, k=chance.randrange(7))) for _ in range(4)]
            folded = [fold(text).replace(" ", "").encode() for text in texts]
            assert list(compact_all(texts)) == folded
