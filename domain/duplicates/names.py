# SPDX-License-Identifier: GPL-2.0-or-later
"""What a site's name says: the kind of place, numbers, telling words, words of its town."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from string import ascii_lowercase
from typing import NamedTuple

from ..places.names import COMMON_WORDS
from .lexicon import INSTITUTION, KIND, REGION, STREET, WORD, Lexicon, Part, split_words
from .words import TELLING, Word, idea_word, plain_word

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
_ANY_NUMBER = "0"  # stands for any, where names that differ by their numbers are read as one
_ANY = (int(_ANY_NUMBER),)
_REMEMBERED = 16384


class Name(NamedTuple):
    """One name read: alternatives of its kind, numbers, telling words, words of its town.

    ``spelt`` is the name folded, without spaces; ``numbers`` are sorted, each once; ``mentions``
    are the institutions that it names. ``sounds`` are those of its telling words, ``heard`` those
    of all of them, sorted.
    """

    spelt: str
    kinds: frozenset[str]
    numbers: tuple[int, ...]
    words: tuple[Word, ...]
    town: tuple[Word, ...]
    mentions: frozenset[str]
    sounds: frozenset[str]
    heard: tuple[str, ...]

    @property
    def whole(self) -> tuple[Word, ...]:
        """The telling words and those of the town, to compare across towns."""
        return self.words + self.town


class TownNames(NamedTuple):
    """Tells whether some words name a record's town; the most words that such a name has."""

    are: Callable[[str], bool]
    longest: int


class NameReader:
    """Reads names of sites. Those that differ by their numbers alone are read once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._alike = lru_cache(_REMEMBERED)(partial(_read, lexicon))

    def read(self, text: str, institution: str, town_names: TownNames) -> Name:
        """Read a name of a site of ``institution``.

        The first kind named is the site's, another one a word like others. The institution's own
        name is dropped; so is any, if it is not known whose site it is (``institution`` empty).
        """
        spelt = split_words(text)
        counts = self._lexicon.counts
        counted = [word for word in spelt if word.isdecimal() and counts(word)]
        if not counted:
            return self._alike(tuple(spelt), institution, town_names)
        alike = tuple([_ANY_NUMBER if word in counted else word for word in spelt])
        _spelt, kinds, others, words, town, mentions, sounds, heard = self._alike(
            alike, institution, town_names
        )
        own: tuple[int, ...] = tuple(map(int, counted))
        if len(own) > 1 or others != _ANY:
            own = tuple(sorted({*others}.difference(_ANY).union(own)))
        return Name("".join(spelt), kinds, own, words, town, mentions, sounds, heard)


def _read(
    lexicon: Lexicon, spelt: tuple[str, ...], institution: str, town_names: TownNames
) -> Name:
    """Read a name, given its words."""
    kinds = mentions = _NONE
    words: list[Word] = []
    town: list[Word] = []
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
        elif part.form.isdecimal():
            numbers.add(int(part.form))
        else:
            words += _words_of(part, institution)
    sounds = frozenset(word.sound for word in words if word.weight >= TELLING)
    heard = tuple(sorted(word.sound for word in words + town))
    counted = tuple(sorted(numbers))
    return Name("".join(spelt), kinds, counted, tuple(words), tuple(town), mentions, sounds, heard)


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
    plain = [not (part.ideas or part.form.isdecimal()) for part in parts] + [False]
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
