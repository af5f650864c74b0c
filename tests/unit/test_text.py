# SPDX-License-Identifier: GPL-2.0-or-later
"""Folding and cleaning of text."""

import json
import random
import unicodedata
from pathlib import Path

import pytest
from carte_cp3.domain.text import (
    ARABIC_DIGITS,
    BETWEEN,
    SAME_LETTERS,
    arabic_digits_to_ascii,
    clean,
    fold,
    in_one_script,
    is_arabic,
    joined_if_clean,
)

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


_UNCLEAN = (
    "  a",
    "a ",
    "a  b",
    "a\u00a0b",
    "e\u0301cole",
    "ﻃﻨﺠﺔ",
    "a\nb",
    f"a{BETWEEN}b",
    " ",
)


@pytest.mark.parametrize("unclean", _UNCLEAN)
def test_texts_are_joined_only_if_each_of_them_is_clean(unclean):
    kept = ["école", "", "طنجة", "1ᵉʳ – ½", ""]
    assert joined_if_clean(kept).split(BETWEEN) == kept == [clean(one) for one in kept]
    assert joined_if_clean([]) == joined_if_clean([""]) == ""
    for place in range(len(kept) + 1):
        assert clean(unclean) != unclean
        assert not joined_if_clean([*kept[:place], unclean, *kept[place:]])
        assert not joined_if_clean([*kept[place:], unclean, *kept[:place]])


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


def folded_by_the_rule(text):
    """The five steps of ``fold``, one by one."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    letters = []
    for one in plain:
        category = unicodedata.category(one)
        if category[0] != "M" and category != "Cf":
            one = SAME_LETTERS.get(one, ARABIC_DIGITS.get(one, one))
            letters.append(one if all(unicodedata.category(c)[0] in "LN" for c in one) else " ")
    return " ".join("".join(letters).split())


def cleaned_by_the_rule(text):
    """What ``clean`` promises, character by character."""
    kept = []
    for one in unicodedata.normalize("NFC", text):
        category = unicodedata.category(one)
        shaped = "\ufb50" <= one <= "\ufdff" or "\ufe70" <= one <= "\ufefe"
        if category != "Cf":
            blank = category[0] == "Z" or category == "Cc"
            kept.append(" " if blank else unicodedata.normalize("NFKC", one) if shaped else one)
    return " ".join("".join(kept).split())


def test_two_neighbours_of_latin_1_are_folded_and_cleaned_by_the_rule():
    letters = [chr(code) for code in range(256)]
    for text in (one + other for one in letters for other in letters):
        assert fold(text) == folded_by_the_rule(text)
    for text in (f"a{one} {other}" for one in letters for other in letters[::7]):
        assert clean(text) == cleaned_by_the_rule(text)


def test_texts_of_any_letters_are_folded_and_cleaned_by_the_rule():
    chance = random.Random(20261121)
    kinds = (
        [chr(code) for code in range(0x20, 0x17F)],
        [chr(code) for code in range(0x600, 0x6FF)],
        [chr(code) for code in (*range(0xFB50, 0xFDFF), *range(0xFE70, 0xFEFF))],
        list("eaoc\u0301\u0327\u0308\u200b\u00ad\u2019\u00a0\t\n  -_/ſﬁΣςİ①²½"),
    )
    for _ in range(20_000):
        some = chance.sample(kinds, chance.randint(1, 4))
        text = "".join(chance.choice(chance.choice(some)) for _ in range(chance.randint(1, 12)))
        assert fold(text) == folded_by_the_rule(text)
        assert clean(text) == cleaned_by_the_rule(text)


ODD = ("", " ", "a ", " a", "a  b", "a\nb", "é", "e\u0301", "\u0301", "œ", "\u00a0", "\u00ad",
       "\ufefb", "لا", "a ~", "\u200f", "a b", "1", "١", "ʼ", "b²", "ـ", "\u064b")  # fmt: skip


def test_texts_of_one_script_are_not_of_the_other():
    for text in ODD:
        letters = any(map(str.isalpha, text))
        if in_one_script(("مركز", text), "ar"):
            assert is_arabic(text) or not letters, repr(text)
        if in_one_script(("Centre", text), "fr"):
            assert not is_arabic(text), repr(text)
