# SPDX-License-Identifier: GPL-2.0-or-later
"""How much two lists of words say the same, in any order, spelling and script.

Words of two scripts are compared by their consonants, written with the same signs: المسيرة
and Massira are both « msr ».
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..places.name_index import distance
from ..places.names import keys
from ..text import is_arabic

#: The weight of words from which they are enough to know a place by.
TELLING = 0.5
_TRANSLITERATED = 0.95  # one word, its vowels apart
_MISSPELT = 0.85  # one letter in five apart, or a slip of the pen
_SHORTEST_MISSPELT = 5
_ARTICLES = ("al", "el")
_SHORTEST_JOINED = 6

_NO_VOWELS = str.maketrans({"a": "", "e": "", "i": "", "u": "", "g": "k", "p": "b"})
_ARABIC_SIGNS = str.maketrans(
    {"ب": "b", "ت": "t", "ث": "t", "ج": "j", "خ": "X", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
     "س": "s", "ش": "C", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "غ": "G", "ف": "f", "ق": "k",
     "ك": "k", "ل": "l", "م": "m", "ن": "n", "ا": "", "ح": "", "ع": "", "ه": "", "و": "",
     "ي": ""}
)  # fmt: skip


class Word(NamedTuple):
    """A word of a name as it is compared; ``idea`` if it stands for one of the lexicon.

    Words of one ``sound`` are looked for together.
    """

    form: str
    weight: float
    idea: bool
    sound: str


def plain_word(form: str, weight: float) -> Word:
    """Return a word of no idea; it sounds as its consonants, if it has two or more.

    The article is left out where it is written with the word: « Alamal », « El Amal ».
    """
    if len(form) >= _SHORTEST_JOINED and form.startswith(_ARTICLES) and form.isascii():
        form = form[2:]
    bones = skeleton(form)
    return Word(form, weight, False, bones if len(bones) > 1 else form)


def idea_word(form: str, weight: float) -> Word:
    """Return a word for an idea."""
    return Word(form, weight, True, form)


class Likeness(NamedTuple):
    """How much two lists of words say the same (0 to 1), and the weight each says alone."""

    share: float
    alone: float
    other_alone: float
    translated: bool = False


def compare_words(ones: Sequence[Word], others: Sequence[Word]) -> Likeness:
    """Return how much two lists of words say the same, in any order and spelling."""
    mine = [word for word in ones if word not in others]
    theirs = [word for word in others if word not in ones]
    total = _weight(ones) + _weight(others)
    said = total - _weight(mine) - _weight(theirs)
    translated = False
    for like, one, other in _alike(mine, theirs):
        if one in mine and other in theirs:
            mine.remove(one)
            theirs.remove(other)
            said += like * (one.weight + other.weight)
            translated = translated or is_arabic(one.form) != is_arabic(other.form)
    said += _joined(mine, theirs) + _joined(theirs, mine)
    return Likeness(said / total if total else 0.0, _weight(mine), _weight(theirs), translated)


def tells(words: Sequence[Word]) -> bool:
    """Tell whether some words are enough to know a place by."""
    return _weight(words) >= TELLING


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)


def _alike(ones: Sequence[Word], others: Sequence[Word]) -> list[tuple[float, Word, Word]]:
    """Return the pairs of words that are one in two spellings, the most alike first."""
    found = [
        (_same_word(one.form, other.form), one, other)
        for one in ones
        if not one.idea
        for other in others
        if not other.idea
    ]
    return sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0])


def _joined(mine: list[Word], theirs: list[Word]) -> float:
    """Take out the words that are two neighbours of the other name, joined (« Benslimane »)."""
    said = 0.0
    for one in tuple(mine):
        for pair in zip(theirs, theirs[1:]):
            ideas = one.idea or pair[0].idea or pair[1].idea
            if not ideas and _same_word(one.form, pair[0].form + pair[1].form):
                mine.remove(one)
                for word in pair:
                    theirs.remove(word)
                said += one.weight + _weight(pair)
                break
    return said


@lru_cache(maxsize=32768)
def _same_word(one: str, other: str) -> float:
    """Return how sure it is that two words are one, 0 if they are two."""
    bones, their_bones = skeleton(one), skeleton(other)
    if is_arabic(one) != is_arabic(other):
        return _TRANSLITERATED if bones == their_bones and len(bones) > 1 else 0.0
    voiced, their_voiced = keys(one).voiced, keys(other).voiced
    if voiced == their_voiced:
        return 1.0
    longest = max(len(voiced), len(their_voiced))
    if abs(len(voiced) - len(their_voiced)) > max(1, longest // 3):
        return 0.0
    gap = distance(voiced, their_voiced)
    if bones == their_bones and len(bones) > 1 and gap <= max(1, longest // 3):
        return _TRANSLITERATED
    long = min(len(one), len(other)) >= _SHORTEST_MISSPELT
    return _MISSPELT if gap <= longest // 5 or (long and one_slip(one, other)) else 0.0


def one_slip(one: str, other: str) -> bool:
    """Tell whether a slip of the pen parts two words.

    A letter was added, dropped or changed, or two neighbours changed places.
    """
    shortest = min(len(one), len(other))
    if max(len(one), len(other)) > shortest + 1:
        return False
    start = end = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(mine), len(theirs)) < 2 or (len(mine) == 2 and mine == theirs[::-1])


@lru_cache(maxsize=32768)
def skeleton(form: str) -> str:
    """Return the consonants of a word, in signs that both scripts share."""
    signs = _ARABIC_SIGNS if is_arabic(form) else _NO_VOWELS
    return keys(form).voiced.translate(signs)
