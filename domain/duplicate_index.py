# SPDX-License-Identifier: GPL-2.0-or-later
"""Which records are worth comparing: those that meet under a telling key.

Records meet by telephone, by position, by a word of their names in one town, by all the words
of their names in one province. One that meets few others so is compared with those of its kind
in its town, one whose town is not known with those that share a word anywhere.

Under a key that many share, the records stand sorted by their words and each is compared with
its neighbours only (the sorted neighbourhood of Hernández and Stolfo), so that the work grows
with the records and not with their pairs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .duplicate_records import Record, Sign, SignReader
from .duplicate_words import TELLING, Word
from .gazetteer import Gazetteer
from .progress import Progress, silent

_COMPARED_WHOLE = 24  # records under one key that are all compared
_NEIGHBOURS = 6  # on each side, under a key that more share
_FEW = 2  # records met, itself among them, from which on no more are looked for
_CELL = 0.002  # degrees: about 200 m

Key = tuple[Any, ...]
Postings = dict[Key, list[int]]


class DuplicateIndex:
    """Records of the table ``site``, found by what they may share with another one.

    Closed records are left out. With a gazetteer the names of towns are known as such, and
    a city and its arrondissements are one town. ``signs`` are the records as they are
    compared, sorted; ``given`` says as which one each was given.
    """

    def __init__(
        self,
        records: Iterable[Record],
        gazetteer: Gazetteer | None = None,
        progress: Progress = silent,
    ) -> None:
        self.reader = SignReader(gazetteer)
        signs = self._signs([one for one in records if one.get("status") != "closed"], progress)
        ordered = sorted((_order(sign), number) for number, sign in enumerate(signs))
        self._orders = [order for order, _ in ordered]
        self.signs = tuple(signs[number] for _, number in ordered)
        self.given = tuple(number for _, number in ordered)
        self._keys = tuple(tuple(set(_keys(sign))) for sign in self.signs)
        self._postings: Postings = defaultdict(list)
        for rank, sign in enumerate(self.signs):
            for key in (*self._keys[rank], *_own_keys(sign)):
                self._postings[key].append(rank)
        self._townless = not all(sign.town.code for sign in self.signs)
        self._anywhere: Postings | None = None

    def _signs(self, records: Sequence[Record], progress: Progress) -> list[Sign]:
        signs = []
        for done, record in enumerate(records):
            if done % 500 == 0:
                progress(0.5 * done / len(records), f"{done} / {len(records)}")
            signs.append(self.reader.sign(record))
        return signs

    def candidates(self, sign: Sign) -> tuple[set[int], set[int]]:
        """Return the ranks in ``signs`` of the records to compare with one, in two sets.

        Those of the first would find this one too, if they were asked; those of the second
        might not.
        """
        keys = {*_keys(sign), *self._townless_keys(sign)}
        return self._met(sign, bisect_left(self._orders, _order(sign)), keys)

    def neighbours(self, rank: int, all_ask: bool) -> tuple[set[int], set[int]]:
        """Return the candidates for a record of the index, itself among them.

        Records without a town, which ask for themselves, are left out if ``all_ask``.
        """
        sign = self.signs[rank]
        others = () if all_ask else self._townless_keys(sign)
        return self._met(sign, rank, (*self._keys[rank], *others))

    def _met(self, sign: Sign, place: int, keys: Iterable[Key]) -> tuple[set[int], set[int]]:
        found: set[int] = set()
        for key in (*keys, *_cells_around(sign)):
            found.update(_near(self._postings.get(key, ()), place))
        further: set[int] = set()
        if not sign.town.code:
            for word in _everywhere(sign):
                further.update(_near(self._all_words.get(("word", word), ()), place))
        elif len(found) <= _FEW:
            for key in _kind_keys(sign):
                further.update(_near(self._postings.get(key, ()), place))
        return found, further - found

    def _townless_keys(self, sign: Sign) -> Iterator[Key]:
        if self._townless:
            for word in _everywhere(sign):
                yield ("no town", word)

    @property
    def _all_words(self) -> Postings:
        """All the words of all names; made when a record without a town first asks."""
        if self._anywhere is None:
            self._anywhere = defaultdict(list)
            for rank, sign in enumerate(self.signs):
                for word in _everywhere(sign):
                    self._anywhere["word", word].append(rank)
        return self._anywhere


def _near(ranks: Sequence[int], place: int) -> Sequence[int]:
    """Return some ranks; of too many, the neighbours of a place among them."""
    if len(ranks) <= _COMPARED_WHOLE:
        return ranks
    here = bisect_left(ranks, place)
    return ranks[max(0, here - _NEIGHBOURS) : here + _NEIGHBOURS + 1]


def _order(sign: Sign) -> tuple[str, str]:
    numbers = " ".join(map(str, sorted(sign.numbers)))
    return (f"{' '.join(sorted(_words(sign)))} {numbers}", sign.key)


def _keys(sign: Sign) -> Iterator[Key]:
    """Yield the keys under which two records find each other."""
    for phone in sign.phones:
        yield ("phone", phone)
    for name in sign.names:
        yield ("name", sign.town.province, *sorted(word.sound for word in name.whole))
    if sign.town.code:
        words = _words(sign)
        for word in words:
            yield ("word", sign.town.code, word)
        for kind in () if words else sign.kinds:
            yield ("only kind", sign.town.code, kind)


def _own_keys(sign: Sign) -> Iterator[Key]:
    """Yield the keys under which others find a record that might not find them."""
    if sign.position:
        yield ("cell", *_cell(sign.position))
    if sign.town.code:
        yield from _kind_keys(sign)
    else:
        for word in _everywhere(sign):
            yield ("no town", word)


def _kind_keys(sign: Sign) -> Iterator[Key]:
    for kind in sign.kinds:
        yield ("kind", sign.town.code, kind)


def _words(sign: Sign) -> set[str]:
    return {sound for name in sign.names for sound in _sounds(name.words)}


def _everywhere(sign: Sign) -> set[str]:
    return {sound for name in sign.names for sound in _sounds(name.whole)}


def _sounds(words: Iterable[Word]) -> Iterator[str]:
    return (word.sound for word in words if word.weight >= TELLING)


def _cell(position: tuple[float, float]) -> tuple[int, int]:
    return (math.floor(position[0] / _CELL), math.floor(position[1] / _CELL))


def _cells_around(sign: Sign) -> Iterator[Key]:
    if sign.position:
        east, north = _cell(sign.position)
        for column in (east - 1, east, east + 1):
            for row in (north - 1, north, north + 1):
                yield ("cell", column, row)
