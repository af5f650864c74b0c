# SPDX-License-Identifier: GPL-2.0-or-later
"""Records by the keys under which they are looked for, asked one by one or many at once.

Under a key that many share, the records stand sorted by their words and each is compared with
its neighbours only (the sorted neighbourhood of Hernández and Stolfo), so that the work grows
with the records and not with their pairs.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable

import numpy as np

_COMPARED_WHOLE = 24  # records under one key that are all compared
_NEIGHBOURS = 6  # on each side, under a key that more share

Key = Hashable
Met = tuple[np.ndarray, np.ndarray]


class Postings:
    """The ranks of the records that stand under each key, of ``size`` records in all.

    They come as the keys' hashes with the ranks beside them, in the order of ranks. Whoever asks
    for a key gets all who stand there, or of too many the neighbours of a rank. Who asks and who is
    found are given as two arrays, a pair as often as it shares keys.
    """

    def __init__(self, entries: Met, size: int) -> None:
        self._size = size
        hashes, self._owners = entries
        self._known, self._keys = np.unique(hashes, return_inverse=True)
        #: « key * size + rank », sorted: all ranks of a key in a row, the keys one by one.
        self._entries = np.sort(self._keys * size + self._owners)
        self._firsts = np.searchsorted(
            self._entries, np.arange(len(self._known) + 1, dtype=np.int64) * size
        )

    def near(self, keys: Iterable[Key], rank: int) -> set[int]:
        """Return whom somebody who would stand at a rank finds under some keys."""
        return set(self.near_all((key, rank) for key in keys)[1].tolist())

    def near_all(self, asked: Iterable[tuple[Key, int]]) -> Met:
        """Return whom some ranks find under the keys that they ask for."""
        return self.near_hashes(*hashed(asked))

    def near_hashes(self, hashes: np.ndarray, ranks: np.ndarray) -> Met:
        """Return whom some ranks find under the keys of these hashes; a small number is its own."""
        keys = np.searchsorted(self._known, hashes)
        there = np.append(self._known, 0)[keys] == hashes
        there &= keys < len(self._known)
        return self._found(keys[there], ranks[there])

    def met_by(self, ranks: np.ndarray) -> Met:
        """Return whom some records find under the keys that they stand under themselves."""
        own = runs(*np.searchsorted(self._owners, (ranks, ranks + 1)))
        return self._found(self._keys[own], self._owners[own])

    def _found(self, keys: np.ndarray, ranks: np.ndarray) -> Met:
        starts, ends = self._firsts[keys], self._firsts[keys + 1]
        here = np.searchsorted(self._entries, keys * self._size + ranks)
        whole = ends - starts <= _COMPARED_WHOLE
        starts = np.where(whole, starts, np.maximum(starts, here - _NEIGHBOURS))
        ends = np.where(whole, ends, np.minimum(ends, here + _NEIGHBOURS + 1))
        others = self._entries[runs(starts, ends)] % max(self._size, 1)
        return np.repeat(ranks, ends - starts), others


def hashed(entries: Iterable[tuple[Key, int]]) -> Met:
    """Return the hashes of keys, and the ranks beside them.

    Two keys of one hash, which 64 bits make next to impossible, would only make some more
    records meet; the keys themselves would take most of the memory.
    """
    hashes, ranks = array("q"), array("q")
    for key, rank in entries:
        hashes.append(hash(key))
        ranks.append(rank)
    return np.array(hashes, dtype=np.int64), np.array(ranks, dtype=np.int64)


def runs(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return the numbers from each start up to its end, all runs in one array."""
    counts = ends - starts
    passed = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(starts - passed, counts)
