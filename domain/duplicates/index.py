# SPDX-License-Identifier: GPL-2.0-or-later
"""Which records are worth comparing: those that meet under a telling key.

Records meet by telephone, by position, by a word of their names in one town, by all the words
of their names in one province. One that meets few others so is compared with those of its kind
in its town, one whose town is not known with those that share a word anywhere.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from operator import length_hint
from typing import Callable

import numpy as np

from ..places.gazetteer import Gazetteer
from ..progress import Progress, silent
from .postings import Key, Met, Postings, hashed, runs
from .records import Record, Sign, SignReader
from .words import TELLING

_FEW = 2  # records met, itself among them, from which on no more are looked for
_CELL = 0.002  # degrees: about 200 m
_COLUMN = 1 << 32  # what the numbers of two cells side by side differ by
_STEPS = tuple(east * _COLUMN + north for east in (-1, 0, 1) for north in (-1, 0, 1))
_NONE: frozenset[str] = frozenset()

KeysOf = Callable[[Sign], Iterable[Key]]


class Marks:
    """The keys of signs, hashed one sign after the other while others are still awaited.

    An index of them is then made in two thirds of the time.
    """

    def __init__(self) -> None:
        self._hashes, self._ends = array("q"), array("q", [0])

    def add(self, sign: Sign) -> None:
        """Take the keys of one more sign."""
        self._hashes.extend(map(hash, _keys(sign)))
        self._ends.append(len(self._hashes))

    def given_up(self, numbers: np.ndarray) -> Met:
        """Return the hashes of the keys of some signs, and beside them as which one each comes.

        Those of the others are given up, for the memory.
        """
        hashes, ends = (np.frombuffer(one, dtype=np.int64) for one in (self._hashes, self._ends))
        self._hashes, self._ends = array("q"), array("q", [0])
        starts, ends = ends[numbers], ends[numbers + 1]
        return hashes[runs(starts, ends)], np.repeat(
            np.arange(len(numbers), dtype=np.int64), ends - starts
        )


class DuplicateIndex:
    """Records of the table ``site``, found by what they may share with another one.

    ``signs`` are the records as they are compared, sorted; ``given`` says as which one each
    was given. ``reader`` is what read them.
    """

    def __init__(
        self,
        signs: Sequence[Sign],
        reader: SignReader,
        marks: tuple[Marks, list[int]] | None = None,
    ) -> None:
        """``marks`` are those of the signs, if they were taken before, and as which ones."""
        self.reader = reader
        # By the key, then by the words, as ``_order`` but without a pair for each in memory.
        self.given = sorted(range(len(signs)), key=lambda number: signs[number].key)
        self.given.sort(key=lambda number: _order(signs[number])[0])
        self.signs = tuple(signs[number] for number in self.given)
        self._townless = not all(sign.town.code for sign in self.signs)
        if marks:
            taken, numbers = marks
            shared = taken.given_up(np.array(numbers, dtype=np.int64)[self.given])
            self._shared = Postings(shared, len(self.signs))
        else:
            self._shared = self._postings(_keys)
        self._cells = self._postings(_cell)
        self._kinds = self._postings(_kind_keys)

    @cached_property
    def _orders(self) -> list[tuple[str, str]]:
        """What the signs are sorted by: only who asks for one record at a time needs it."""
        return list(map(_order, self.signs))

    def _postings(self, keys: KeysOf) -> Postings:
        entries = ((key, rank) for rank, sign in enumerate(self.signs) for key in keys(sign))
        return Postings(hashed(entries), len(self.signs))

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
        signs = map(self.signs.__getitem__, ranks.tolist())
        places = [
            (*sign.position, rank) for sign, rank in zip(signs, ranks.tolist()) if sign.position
        ]
        found = [self._shared.met_by(ranks), self._cells.near_hashes(*_cells_around(places))]
        if self._townless and not asked.all():
            found.append(
                self._without_town.near_all(
                    (key, rank) for rank in ranks.tolist() for key in _everywhere(self.signs[rank])
                )
            )
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
    return (f"{_sorted(_words(sign))} {numbers}", sign.key)


@lru_cache(maxsize=4096)
def _sorted(words: frozenset[str]) -> str:
    return " ".join(sorted(words))


def _keys(sign: Sign) -> set[Key]:
    """Return the keys under which two records find each other."""
    code, province, _region = sign.town
    found: set[Key] = {("name", province, *name.heard) for name in sign.names}
    found.update([("phone", phone) for phone in sign.phones])
    if code:
        words = _words(sign)
        found.update([("word", code, word) for word in words])
        if not words:
            found.update([("only kind", code, kind) for kind in sign.kinds])
    return found


def _kind_keys(sign: Sign) -> Iterator[Key]:
    for kind in sign.kinds if sign.town.code else ():
        yield (sign.town.code, kind)


def _words(sign: Sign) -> frozenset[str]:
    names = sign.names
    return names[0].sounds if len(names) == 1 else _NONE.union(*[name.sounds for name in names])


def _everywhere(sign: Sign) -> set[str]:
    """Return all the words of a record's names, those of its town among them."""
    return {word.sound for name in sign.names for word in name.whole if word.weight >= TELLING}


def _cell(sign: Sign) -> Iterator[int]:
    """Return the number of the cell in which a position lies."""
    if sign.position:
        lon, lat = sign.position
        yield math.floor(lon / _CELL) * _COLUMN + math.floor(lat / _CELL)


def _around(sign: Sign) -> Iterator[Key]:
    """Return the numbers of that cell and its neighbours."""
    return (cell + step for cell in _cell(sign) for step in _STEPS)


def _cells_around(places: Sequence[tuple[float, float, int]]) -> Met:
    """Return what ``_around`` does of many positions with their ranks, and the ranks beside."""
    lons, lats, ranks = np.array(places, dtype=float).reshape(-1, 3).T
    cells = np.floor(lons / _CELL).astype(np.int64) * _COLUMN + np.floor(lats / _CELL).astype(
        np.int64
    )
    return (cells[:, None] + np.array(_STEPS)).ravel(), ranks.astype(np.int64).repeat(len(_STEPS))
