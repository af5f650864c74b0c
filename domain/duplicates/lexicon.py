# SPDX-License-Identifier: GPL-2.0-or-later
"""The words that names of sites are made of, so that two spellings of one name meet.

``data/abbreviations.csv`` lists each idea once with its spellings in French and Arabic, the
abbreviations among them. Its column ``role`` says what an idea is worth in a name:

- ``kind``    what sort of place it is (codes of the list ``site_kind``, and finer ones);
  ``broader`` names the kinds that it is a case of;
- ``word``    a trade, a public, a person: tells two places apart;
- ``region``  the code of a region;
- ``street``  what announces the name of a street or a quarter: says little;
- ``empty``   says nothing.

The institutions' own names and the kinds that the list alone knows are added.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..places.name_index import distance
from ..places.names import ARTICLES, stems
from ..schema import DATA, load_schema
from ..text import fold, is_arabic

KIND, WORD, REGION, STREET, EMPTY = "kind", "word", "region", "street", "empty"
INSTITUTION = "institution"

_LINKS = "lien"  # the idea whose words are dropped before any other is looked for
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "ier": "1"}
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")  # I.S.T.A.
_JOINED_M = re.compile(r"(?<!\w)m['’](?=\w)", re.IGNORECASE)  # M’diq is one word, l’école two
_WORD_OR_NUMBER = re.compile(r"\d+|[^\W\d]+")  # TANGER2 is a word and a number
_JOINED_ARTICLE = re.compile(r"^l(?=[bcdfghjkmnpqrstvxz])")  # Lhajeb is El Hajeb
_ARABIC_JOINED = re.compile(r"^(?:وال|بال|لل)(?=\w{3})")
_ARABIC_PREFIXES = ("و", "ب", "ل")
_SHORTEST_MISSPELT = 5


class Idea(NamedTuple):
    """One meaning of some words of a name."""

    role: str
    code: str


class Part(NamedTuple):
    """Some words of a name, the ideas that they may stand for, and their codes by role."""

    form: str
    ideas: tuple[Idea, ...] = ()
    kinds: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()


class Token(NamedTuple):
    """A word as the lexicon spells it, and the most words of a run that it begins there."""

    part: Part
    longest: int


class Lexicon:
    """The ideas that words stand for; ``read`` takes a name apart."""

    def __init__(
        self, spellings: Iterable[tuple[Idea, str]], broader: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._broader = broader
        split = [(idea, [_plain(word) for word in split_words(text)]) for idea, text in spellings]
        self._links = {word for idea, words in split for word in words if idea.code == _LINKS}
        self._parts: dict[tuple[str, ...], Part] = {}
        self._longest: dict[str, int] = {}
        for idea, words in split:
            self._add(idea, tuple(word for word in words if word and word not in self._links))
        self._known = {word for words in self._parts for word in words}
        self._misspelt = _neighbours(self._known)
        self._token = lru_cache(maxsize=8192)(self._token_of)

    def _add(self, idea: Idea, words: tuple[str, ...]) -> None:
        if words:
            ideas = self._parts[words].ideas if words in self._parts else ()
            self._parts[words] = _part(" ".join(words), tuple(dict.fromkeys((*ideas, idea))))
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))

    def ancestors(self, kind: str) -> frozenset[str]:
        """Return the kinds that ``kind`` is a case of, itself included."""
        found, ahead = {kind}, [kind]
        while ahead:
            for other in self._broader.get(ahead.pop(), ()):
                if other not in found:
                    found.add(other)
                    ahead.append(other)
        return frozenset(found)

    def read(self, words: Iterable[str]) -> list[Part]:
        """Return the parts of a name, given its words.

        The longest run of words that stands for an idea is taken.
        """
        tokens = [token for token in map(self._token, words) if token.part.form]
        parts, start = [], 0
        while start < len(tokens):
            part, length = tokens[start].part, 1
            for longer in range(min(tokens[start].longest, len(tokens) - start), 0, -1):
                run = tuple([token.part.form for token in tokens[start : start + longer]])
                if run in self._parts:
                    part, length = self._parts[run], longer
                    break
            parts.append(part)
            start += length
        return parts

    def counts(self, word: str) -> bool:
        """Return whether a word is a number that no idea is spelt with: it only counts."""
        return word.isdecimal() and str(int(word)) not in self._known

    def _token_of(self, word: str) -> Token:
        form = self._spelt(word)
        return Token(Part(form), self._longest.get(form, 0))

    def _spelt(self, word: str) -> str:
        """Return a word as it is compared; as the lexicon spells it, if it is one of its words.

        Nothing is left of articles and links.
        """
        token = _plain(word)
        if token in self._known or not token or token.isdecimal():
            return token
        if token in self._links:
            return ""
        if is_arabic(token):
            bare = _plain(token[1:]) if token.startswith(_ARABIC_PREFIXES) else token
            return bare if bare in self._known else token
        if len(token) < _SHORTEST_MISSPELT:
            return token
        near = {other for form in _without_one(token) for other in self._misspelt.get(form, ())}
        return min(near, key=lambda other: (distance(token, other), other), default=token)


def _part(form: str, ideas: tuple[Idea, ...]) -> Part:
    def codes(role: str) -> frozenset[str]:
        return frozenset(idea.code for idea in ideas if idea.role == role)

    return Part(form, ideas, codes(KIND), codes(REGION), codes(INSTITUTION))


def split_words(text: str) -> list[str]:
    """Return the words of a name, folded; abbreviations with points are one word."""
    if "." in text:
        text = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", text)
    if "'" in text or "’" in text:
        text = _JOINED_M.sub("m", text)
    return _WORD_OR_NUMBER.findall(fold(text))


def _plain(word: str) -> str:
    """Return a folded word without its article, numbers in digits; "" for an article."""
    bare = _ROMAN.get(word, word)
    if not bare.isascii():
        bare = _ARABIC_JOINED.sub("", bare)
    if bare.isdecimal():
        return str(int(bare))
    return "" if bare in ARTICLES else "".join(stems(_JOINED_ARTICLE.sub("", bare)))


def _without_one(word: str) -> set[str]:
    """Return a word, and what is left of it without each of its letters in turn."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _neighbours(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the long words by what is left of them without one letter."""
    found: dict[str, set[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST_MISSPELT and not is_arabic(word):
            for form in _without_one(word):
                found.setdefault(form, set()).add(word)
    return {form: tuple(sorted(some)) for form, some in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _spellings(row: Mapping[str, str]) -> Iterator[str]:
    for column in ("fr", "ar"):
        yield from filter(None, row[column].split("|"))


def _institution_names(row: Mapping[str, str]) -> Iterator[str]:
    for name in ("name_fr", "name_ar", "short_name_fr", "short_name_ar"):
        yield row[name].partition("(")[0]
    yield from row["synonyms"].split("|")


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon of the files that ship with the plugin."""
    rows = _rows("abbreviations.csv")
    spellings = [(Idea(row["role"], row["code"]), text) for row in rows for text in _spellings(row)]
    listed = {row["code"] for row in rows}
    for term in load_schema().vocabulary("site_kind"):
        if term.code not in listed:
            names = (term.labels.get("fr", ""), term.labels.get("ar", ""), *term.synonyms)
            spellings += [(Idea(KIND, term.code), name.partition("(")[0]) for name in names]
    for row in _rows("institutions.csv"):
        spellings += [(Idea(INSTITUTION, row["code"]), name) for name in _institution_names(row)]
    return Lexicon(
        spellings,
        {row["code"]: tuple(row["broader"].split("|")) for row in rows if row["broader"]},
    )
