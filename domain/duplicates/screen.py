# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of many pairs can be one place at all, before names and addresses are weighed.

The first grounds of ``scoring`` are reckoned for all pairs at once, in numpy; a pair
that the other grounds could not lift to the least score is dropped. ``weigh`` would drop it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import count

import numpy as np

from ..text import fold
from . import scoring
from .records import Sign

_NOWHERE = (np.nan, np.nan)
_DOUBT = 1.01  # what two ways of reckoning a distance may differ by, many times over


class Screen:
    """The records of an index by what is quickly compared; 0 stands for what is not known."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        phones = (phone for sign in signs for phone in (*sign.phones, "", "")[:2])
        self._phones = _hashed(phones).reshape(-1, 2)
        self._numbers = _hashed(sign.numbers for sign in signs)
        self._kinds = _numbered(sign.kinds for sign in signs)
        self._kind_sets = {number: s.kinds for number, s in zip(self._kinds.tolist(), signs)}
        self._towns = _numbered(sign.town.code for sign in signs)
        self._provinces = _numbered(sign.town.province for sign in signs)
        self._institutions = _numbered(sign.institution for sign in signs)
        self._codes = _hashed(map(_coded, signs))
        self._places = np.array([sign.position or _NOWHERE for sign in signs]).reshape(-1, 2)

    def passing(self, one: np.ndarray, other: np.ndarray, least: float) -> np.ndarray:
        """Tell of each pair of ranks whether it may have the ``least`` points or more."""
        points = self._phone(one, other) + self._position(one, other) + self._number(one, other)
        points += self._town(one, other)
        passing = points + scoring.SAME_KIND.points + scoring.MOST_AFTER_TOWN >= least
        kinds = self._kind(one[passing], other[passing])
        more = kinds + self._code(one[passing], other[passing]) + scoring.MOST_AFTER_TOWN
        passing[passing] = points[passing] + more >= least
        return passing

    def _phone(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        mine, theirs = self._phones[one], self._phones[other]
        shared = (mine[:, :, None] == theirs[:, None, :]) & (mine[:, :, None] != 0)
        given = mine.any(axis=1) & theirs.any(axis=1)
        same, differ = scoring.SAME_PHONE.points, scoring.OTHER_PHONE.points
        return np.where(given, np.where(shared.any(axis=(1, 2)), same, differ), 0.0)

    def _position(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Return the most points that two positions may give."""
        (lon, lat), (their_lon, their_lat) = self._places[one].T, self._places[other].T
        gap = 111.2 * np.hypot((their_lon - lon) * np.cos(np.radians(lat)), their_lat - lat)
        far, known = gap > _DOUBT * scoring.FAR, ~np.isnan(gap)
        near = np.where(known, scoring.SAME_POSITION.points, 0.0)
        return np.where(far, scoring.OTHER_POSITION.points, near)

    def _number(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        mine, theirs = self._numbers[one], self._numbers[other]
        same = np.where(mine != 0, scoring.SAME_NUMBER.points, 0.0)
        both = (mine != 0) & (theirs != 0)
        differ = np.where(both, scoring.OTHER_NUMBER.points, scoring.NUMBER_MISSING.points)
        return np.where(mine == theirs, same, differ)

    def _town(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        mine, theirs = self._towns[one], self._towns[other]
        same_province = self._provinces[one] == self._provinces[other]
        cases = ((mine == 0) | (theirs == 0), mine == theirs, same_province)
        reasons = (scoring.TOWN_UNKNOWN, scoring.SAME_TOWN, scoring.OTHER_TOWN)
        points = [reason.points for reason in reasons]
        return np.select(cases, points, scoring.OTHER_PROVINCE.points)

    def _code(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        mine, theirs = self._codes[one], self._codes[other]
        own = self._institutions[one] == self._institutions[other]
        differ = own & (mine != 0) & (theirs != 0) & (mine != theirs)
        return np.where(differ, scoring.OTHER_CODE.points, 0.0)

    def _kind(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Ask once for each two sets of kinds, of which there are few."""
        size = len(self._kind_sets) + 1
        codes, which = np.unique(self._kinds[one] * size + self._kinds[other], return_inverse=True)
        asked = (divmod(code, size) for code in codes.tolist())
        reasons = [scoring.related(*map(self._kind_sets.__getitem__, both)) for both in asked]
        return np.array([reason.points if reason else 0.0 for reason in reasons])[which]


def _hashed(values: Iterable[Hashable]) -> np.ndarray:
    """Return the hash of each value, 0 for an empty one: of 100,000 values most are different.

    It is enough: who passes because two values have one hash is weighed by the values themselves.
    """
    return np.fromiter((hash(value) if value else 0 for value in values), dtype=np.int64)


def _numbered(values: Iterable[Hashable]) -> np.ndarray:
    """Return each value as a number of its own, 0 for an empty one."""
    known: dict[Hashable, int] = defaultdict(count(1).__next__)
    return np.array([known[value] if value else 0 for value in values])


def _coded(sign: Sign) -> str:
    """Return an institution's code for a record as it is compared, "" if it has none."""
    return f"{fold(sign.external_id)};" if sign.external_id else ""
