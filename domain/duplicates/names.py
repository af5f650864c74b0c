# SPDX-License-Identifier: GPL-2.0-or-later
"""What a site's name says: the kind of place, numbers, telling words, words of its town."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from ..places.names import COMMON_WORDS
from .lexicon import INSTITUTION, KIND, REGION, STREET, WORD, Lexicon, Part, split_words
from .words import Word, idea_word, plain_word

#: What an idea weighs in a comparison, in the order in which its roles are tried.
_WEIGHTS = {WORD: 1.0, REGION: 1.0, KIND: 0.5, STREET: 0.2, INSTITUTION: 1.0}
_NONE: frozenset[str] = frozenset()


def _plain_letters() -> str:
    """Return the Latin letters that are no Roman numerals of these names."""
    return "".join(letter for letter in ascii_lowercase if letter not in "ivx")


#: What counts places as numbers do (« Centre A », « مركز ب »), with numbers of their own: those
#: that are Roman numerals are read as such.
_LETTERS = {
    **{letter: -number for number, letter in enumerate(_plain_letters(), start=1)},
    **{letter: -number for number, letter in enumerate("ابجد", start=1)},
}
_COMMON = 0.3  # Sidi, Oulad, Aïn… begin many names and make none
_SHORTEST = 3  # letters of a word that tells two places apart


class Name(NamedTuple):
    """One name read: alternatives of its kind, numbers, telling words, words of its town.

    ``spelt`` is the name folded, without spaces; ``numbers`` are sorted, each once; ``mentions``
    are the institutions that it names.
    """

    spelt: str
    kinds: frozenset[str]
    numbers: tuple[int, ...]
    words: tuple[Word, ...]
    town: tuple[Word, ...]
    mentions: frozenset[str]

    @property
    def whole(self) -> tuple[Word, ...]:
        """The telling words and those of the town, to compare across towns."""
        return self.words + self.town


class TownNames(NamedTuple):
    """Tells whether some words name a record's town; the most words that such a name has."""

    are: Callable[[str], bool]
    longest: int


def read_name(text: str, lexicon: Lexicon, institution: str, town_names: TownNames) -> Name:
    """Read a name of a site of ``institution``.

    The first kind named is the site's, another one a word like others. The institution's own
    name is dropped; so is any, if it is not known whose site it is (``institution`` empty).
    """
    kinds = mentions = _NONE
    words: list[Word] = []
    town: list[Word] = []
    spelt = split_words(text)
    letter = _LETTERS.get(spelt[-1], 0) if len(spelt) > 1 else 0
    numbers = {letter} if letter else set()
    parts = lexicon.read(spelt[:-1] if letter else spelt)
    in_town = _town_parts(parts, town_names)
    for index, part in enumerate(parts):
        if part.institutions:
            mentions |= part.institutions
        if index in in_town:
            town += _words_of(part, "")
        elif part.kinds and not kinds:
            kinds = part.kinds
        elif part.form.isdigit():
            numbers.add(int(part.form))
        else:
            words += _words_of(part, institution)
    counted = tuple(sorted(numbers))
    return Name("".join(spelt), kinds, counted, _once(tuple(words)), _once(tuple(town)), mentions)


@lru_cache(maxsize=4096)
def _once(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return words that many names have as one object: 100,000 names take less memory."""
    return words


@lru_cache(maxsize=32768)
def _words_of(part: Part, institution: str) -> tuple[Word, ...]:
    """Return what a part of a name is as a word, nothing if it says nothing."""
    if not part.ideas:
        common = part.form in COMMON_WORDS or len(part.form) < _SHORTEST
        return (plain_word(part.form, _COMMON if common else 1.0),)
    codes = {idea.role: idea.code for idea in part.ideas}
    if codes.get(INSTITUTION) == institution:
        return ()
    for role, weight in _WEIGHTS.items():
        if role in codes and not (role == INSTITUTION and not institution):
            return (idea_word(f"{role} {codes[role]}", weight),)
    return ()


def _town_parts(parts: Sequence[Part], town: TownNames) -> set[int]:
    """Return which parts of a name are the name of its town, province or region."""
    found: set[int] = set()
    plain = [not (part.ideas or part.form.isdigit()) for part in parts] + [False]
    for start, part in enumerate(parts):
        if part.regions and any(map(town.are, part.regions)):
            found.add(start)
        if start in found or not plain[start]:
            continue
        longest = plain.index(False, start)
        for end in range(min(longest, start + town.longest), start, -1):
            if town.are(" ".join([other.form for other in parts[start:end]])):
                found.update(range(start, end))
                break
    return found
