# SPDX-License-Identifier: GPL-2.0-or-later
"""Which records are worth comparing: those that meet under a telling key.

Records meet by telephone, by position, by a word of their names in one town, by all the words
of their names in one province. One that meets few others so is compared with those of its kind
in its town, one whose town is not known with those that share a word anywhere.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import length_hint
from typing import Callable

import numpy as np

from ..places.gazetteer import Gazetteer
from ..progress import Progress, silent
from .postings import Key, Met, Postings
from .records import Record, Sign, SignReader
from .words import TELLING, Word

_FEW = 2  # records met, itself among them, from which on no more are looked for
_CELL = 0.002  # degrees: about 200 m

KeysOf = Callable[[Sign], Iterable[Key]]


class DuplicateIndex:
    """Records of the table ``site``, found by what they may share with another one.

    ``signs`` are the records as they are compared, sorted; ``given`` says as which one each
    was given. ``reader`` is what read them.
    """

    def __init__(self, signs: Sequence[Sign], reader: SignReader) -> None:
        self.reader = reader
        self.given = sorted(range(len(signs)), key=lambda number: _order(signs[number]))
        self.signs = tuple(signs[number] for number in self.given)
        self._townless = not all(sign.town.code for sign in self.signs)
        self._shared = self._postings(_keys)
        self._cells = self._postings(_cell)
        self._kinds = self._postings(_kind_keys)

    @cached_property
    def _orders(self) -> list[tuple[str, str]]:
        """What the signs are sorted by: only who asks for one record at a time needs it."""
        return list(map(_order, self.signs))

    def _postings(self, keys: KeysOf) -> Postings:
        entries = ((key, rank) for rank, sign in enumerate(self.signs) for key in keys(sign))
        return Postings(entries, len(self.signs))

    @cached_property
    def _without_town(self) -> Postings:
        """Records without a town by all their words: each record asks for its own."""
        return self._postings(lambda sign: () if sign.town.code else _everywhere(sign))

    @cached_property
    def _anywhere(self) -> Postings:
        """All records by all their words; only those without a town ask for them."""
        return self._postings(_everywhere)

    def candidates(self, sign: Sign) -> tuple[set[int], set[int]]:
        """Return the ranks in ``signs`` of the records to compare with one, in two sets.

        Those of the first would find this one too, if they were asked; those of the second
        might not.
        """
        place = bisect_left(self._orders, _order(sign))
        found = self._shared.near(_keys(sign), place) | self._cells.near(_around(sign), place)
        if self._townless:
            found |= self._without_town.near(_everywhere(sign), place)
        further: set[int] = set()
        if not sign.town.code:
            further = self._anywhere.near(_everywhere(sign), place)
        elif len(found) <= _FEW:
            further = self._kinds.near(_kind_keys(sign), place)
        return found, further - found

    def meetings(self, ranks: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the pairs to compare for some records of the index, a lower and a higher rank.

        ``asked`` tells of each record whether it is asked about too: of two that would find
        each other, the lower one asks; and if all ask, those without a town do for themselves.
        """
        found = self._codes(self._found(ranks, asked))
        askers, others = self._ranks(found)
        asks = (others > askers) | ~asked[others]
        further = np.setdiff1d(self._codes(self._found_further(ranks, askers)), found)
        one, other = self._ranks(np.concatenate((found[asks], further)))
        pairs = self._codes((np.minimum(one, other), np.maximum(one, other)))
        low, high = self._ranks(pairs)
        return low[low != high], high[low != high]

    def _codes(self, met: Met) -> np.ndarray:
        """Return each pair of ranks as one number, once, in order."""
        return np.unique(met[0] * len(self.signs) + met[1])

    def _ranks(self, codes: np.ndarray) -> Met:
        low, high = np.divmod(codes, len(self.signs))
        return low, high

    def _found(self, ranks: np.ndarray, asked: np.ndarray) -> Met:
        found = [self._shared.met_by(ranks), self._near(self._cells, _around, ranks)]
        if self._townless and not asked.all():
            found.append(self._near(self._without_town, _everywhere, ranks))
        return _joined(found)

    def _found_further(self, ranks: np.ndarray, askers: np.ndarray) -> Met:
        """Return more for those that met few, and for those without a town.

        ``askers`` tells once for each record met who met it.
        """
        townless = np.array([not self.signs[rank].town.code for rank in ranks.tolist()], dtype=bool)
        few = np.bincount(askers, minlength=len(self.signs))[ranks] <= _FEW
        further = [self._kinds.met_by(ranks[few & ~townless])]
        if townless.any():
            further.append(self._anywhere.met_by(ranks[townless]))
        return _joined(further)

    def _near(self, postings: Postings, keys: KeysOf, ranks: np.ndarray) -> Met:
        return postings.near_all(
            (key, rank) for rank in ranks.tolist() for key in keys(self.signs[rank])
        )


def index_of(
    records: Iterable[Record], gazetteer: Gazetteer | None = None, progress: Progress = silent
) -> DuplicateIndex:
    """Return the index of records, but for the closed ones.

    With a gazetteer the names of towns are known as such, and a city and its arrondissements
    are one town.
    """
    reader, total = SignReader(gazetteer), length_hint(records)
    signs = []
    for done, record in enumerate(records):
        if done % 500 == 0:
            progress(0.5 * done / max(total, done, 1), f"{done} / {total}")
        if record.get("status") != "closed":
            signs.append(reader.sign(record))
    return DuplicateIndex(signs, reader)


def _joined(met: Iterable[Met]) -> Met:
    askers, others = zip(*met)
    return np.concatenate(askers), np.concatenate(others)


def _order(sign: Sign) -> tuple[str, str]:
    numbers = " ".join(map(str, sign.numbers))
    return (f"{' '.join(sorted(_words(sign)))} {numbers}", sign.key)


def _keys(sign: Sign) -> set[Key]:
    """Return the keys under which two records find each other."""
    return set(_shared_keys(sign))


def _shared_keys(sign: Sign) -> Iterator[Key]:
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


def _kind_keys(sign: Sign) -> Iterator[Key]:
    for kind in sign.kinds if sign.town.code else ():
        yield (sign.town.code, kind)


def _words(sign: Sign) -> set[str]:
    return {sound for name in sign.names for sound in _sounds(name.words)}


def _everywhere(sign: Sign) -> set[str]:
    """Return all the words of a record's names, those of its town among them."""
    return {sound for name in sign.names for sound in _sounds(name.whole)}


def _sounds(words: Iterable[Word]) -> Iterator[str]:
    return (word.sound for word in words if word.weight >= TELLING)


def _cell(sign: Sign) -> Iterator[tuple[int, int]]:
    if sign.position:
        lon, lat = sign.position
        yield math.floor(lon / _CELL), math.floor(lat / _CELL)


def _around(sign: Sign) -> Iterator[Key]:
    for east, north in _cell(sign):
        for column in (east - 1, east, east + 1):
            for row in (north - 1, north, north + 1):
                yield (column, row)
