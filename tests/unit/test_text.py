# SPDX-License-Identifier: GPL-2.0-or-later
"""Folding and cleaning of text."""

import json
from pathlib import Path

import pytest
from carte_cp3.domain.text import arabic_digits_to_ascii, clean, fold, is_arabic

VECTORS = json.loads(
    (Path(__file__).resolve().parents[1] / "data" / "fold_vectors.json").read_text("utf-8")
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["input"]))
def test_fold_gives_what_the_vectors_say(vector):
    assert fold(vector["input"]) == vector["expected"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: repr(vector["input"]))
def test_folding_twice_changes_nothing(vector):
    assert fold(fold(vector["input"])) == vector["expected"]


def test_nothing_folds_and_cleans_to_nothing():
    assert fold(None) == clean(None) == arabic_digits_to_ascii(None) == ""
    assert not is_arabic(None)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  Aïn\u00a0Sebaâ \t\n", "Aïn Sebaâ"),
        ("M’diq – Fnideq (1ᵉʳ)", "M’diq – Fnideq (1ᵉʳ)"),
        ("e\u0301cole", "école"),
        ("\ufeffRabat\u200b", "Rabat"),
        ("ﻃﻨﺠﺔ ١٢", "طنجة ١٢"),
        ("½ m² n° 5", "½ m² n° 5"),
        ("a\x00b\x0bc", "a b c"),
    ],
)
def test_clean_keeps_the_look(raw, stored):
    assert clean(raw) == stored
    assert clean(stored) == stored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("طنجة", True),
        ("ﻃﻨﺠﺔ", True),
        ("مركز التكوين OFPPT", True),
        ("Tanger (طنجة)", False),
        ("Rabat", False),
        ("123 ٤٥", False),
        ("", False),
    ],
)
def test_is_arabic_follows_most_of_the_letters(text, expected):
    assert is_arabic(text) is expected


def test_digits_become_ascii_and_the_rest_stays():
    assert arabic_digits_to_ascii("الهاتف: ٠٥٣٧ ۱۲ é") == "الهاتف: 0537 12 é"
