# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rows of a file may be about one record, told before any of them is understood.

The others can be decided, and written, while the rest of the file is still read: nothing that
comes later speaks of the same record. Too many may be named, never too few (``matching`` says
what leads to one record: an identifier, a code, a name).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from .columns import Columns
from .formula_cells import is_error
from .text import compact_all

_AT_ONCE = 1000
_LONGEST = 4000  # characters that ``records`` reads of a text
_CODE = "external_id"
_NAMES = ("name_fr", "name_ar")  # either may turn out to be in the other language


class Sharing(NamedTuple):
    """Which rows say the same identifier, code or name as another one; of these the ``twins``."""

    alike: Sequence[bool]
    twins: Sequence[bool]


def shared_signs(rows: Iterable[Sequence[str]], columns: Columns, key: str) -> Sharing:
    """Tell of each row whether another one has a sign of it, and may be about the same record.

    ``key`` is the column of the identifiers. Two rows whose codes differ are about two records,
    however alike their names; a row without a code is about any that has its name.
    """
    targets = (key, _CODE, *_NAMES)
    found = list(_hashed(rows, [columns.index(one) for one in targets]))
    if not found:
        return Sharing([], [])
    hashes = np.concatenate(found)
    keys, codes, names, others = hashes.T
    others = np.where(others == names, 0, others)
    coded = codes != 0
    named = np.stack((names, others))
    nameless = np.unique(named[:, ~coded])
    alone = coded & ~np.isin(named, nameless[nameless != 0]).any(axis=0)
    alike = _shared(named).any(axis=0)
    surely = _shared(keys) | _shared(codes)
    return Sharing((surely | alike).tolist(), (surely | (alike & ~alone)).tolist())


def _hashed(rows: Iterable[Sequence[str]], places: Sequence[int | None]) -> Iterator[np.ndarray]:
    """Yield the hashes of what some columns say, 0 for nothing, some rows at a time."""
    rows = iter(rows)
    for some in iter(lambda: list(islice(rows, _AT_ONCE)), []):
        found = np.zeros((len(some), len(places)), dtype=np.int64)
        for number, place in enumerate(places):
            if place is not None:
                cells = [row[place][:_LONGEST] for row in some]
                # « {} » is folded to nothing and is a code all the same; « #N/A » is none.
                said = zip(cells, compact_all(cells))
                found[:, number] = [
                    hash(text) or 1 if cell and not is_error(cell) else 0 for cell, text in said
                ]
        yield found


def _shared(hashes: np.ndarray) -> np.ndarray:
    """Tell of each hash whether it comes more than once; 0 does not count."""
    _known, which, times = np.unique(hashes, return_inverse=True, return_counts=True)
    return (times[which.reshape(hashes.shape)] > 1) & (hashes != 0)
