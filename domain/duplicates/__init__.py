# SPDX-License-Identifier: GPL-2.0-or-later
"""Finding records that are probably one place, in one institution's list or across several.

The front of the modules that find duplicates: ``lexicon`` knows the words and their
abbreviations, ``names`` reads a name and ``words`` compares two,
``records`` reads a record, ``index`` chooses what is worth comparing,
``screen`` drops at once what cannot be one place and ``scoring`` weighs the
grounds. The same records give the same pairs in whatever
order they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..places.gazetteer import Gazetteer
from ..progress import Progress, silent
from ..report import WARNING, Finding
from .index import DuplicateIndex, index_of
from .records import Sign
from .scoring import logit, probability, weigh
from .screen import Screen

__all__ = (
    "LIKELY",
    "RULE",
    "DuplicateIndex",
    "Pair",
    "duplicate_findings",
    "find_duplicates",
    "index_of",
    "pairs_in",
    "similar_to",
)

LIKELY = 0.5
"""The score from which two records are shown as probably one place."""

RULE = "duplicate_likely"
_AT_ONCE = 2000  # records whose meetings are looked for together: a few hundred thousand pairs

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two records that are probably one place.

    ``key_a`` is the record asked about, or the later given of the two. ``score`` is
    a probability, ``reasons`` the codes of what speaks for it, the strongest first
    (``domain.duplicates.scoring``).
    """

    key_a: str
    key_b: str
    score: float
    reasons: tuple[str, ...]


def find_duplicates(
    records: Iterable[Record],
    gazetteer: Gazetteer | None = None,
    only: Collection[str] | None = None,
    least: float = LIKELY,
    progress: Progress = silent,
) -> tuple[Pair, ...]:
    """Return the pairs among rows of the table ``site`` that are probably one place.

    ``only`` are the keys of the records asked about: pairs of two others are not looked for.
    ``least`` is the lowest score shown, above 0 and below 1. The likeliest pairs come first.
    Closed records are left out. ``progress`` may raise Cancelled.
    """
    if only is not None and not only:
        return ()
    return pairs_in(index_of(records, gazetteer, progress), only, least, progress)


def pairs_in(
    index: DuplicateIndex,
    only: Collection[str] | None = None,
    least: float = LIKELY,
    progress: Progress = silent,
) -> tuple[Pair, ...]:
    """Return the pairs of an index that are probably one place, as ``find_duplicates`` does."""
    asked = np.array([only is None or sign.key in only for sign in index.signs], dtype=bool)
    floor = logit(least)
    found: dict[tuple[int, int], Pair] = {}
    # Whoever was asked about comes first; of two, the later given.
    places = list(zip(asked.tolist(), index.given))
    for both in _meetings(index, asked, floor, progress):
        low, high = both
        one, other = both if places[low] > places[high] else (high, low)
        pair = both not in found and _pair(index.signs[one], index.signs[other], floor)
        if pair:
            found[both] = pair
    progress(1.0, "")
    return _likeliest_first(found.values())


def _meetings(
    index: DuplicateIndex, asked: np.ndarray, floor: float, progress: Progress
) -> Iterator[tuple[int, int]]:
    """Yield which records to compare, by rank: those that meet and may be one place."""
    screen = Screen(index.signs)
    ranks = np.flatnonzero(asked)
    for start in range(0, len(ranks), _AT_ONCE):
        progress(0.5 + 0.5 * start / len(ranks), f"{start} / {len(ranks)}")
        low, high = index.meetings(ranks[start : start + _AT_ONCE], asked)
        passing = screen.passing(low, high, floor)
        yield from zip(low[passing].tolist(), high[passing].tolist())


def similar_to(record: Record, index: DuplicateIndex, least: float = LIKELY) -> tuple[Pair, ...]:
    """Return the records of an index that are probably the same place as one, itself left out."""
    sign = index.reader.sign(record)
    others = (index.signs[rank] for ranks in index.candidates(sign) for rank in ranks)
    floor = logit(least)
    pairs = (_pair(sign, other, floor) for other in others if other.key != sign.key)
    return _likeliest_first(pair for pair in pairs if pair)


def _pair(one: Sign, other: Sign, floor: float) -> Pair | None:
    grounds = weigh(one, other, floor)
    if not grounds:
        return None
    speaking_for = sorted((each for each in grounds if each.points > 0), key=lambda g: -g.points)
    return Pair(
        one.key,
        other.key,
        probability(sum(each.points for each in grounds)),
        tuple(each.code for each in speaking_for),
    )


def _likeliest_first(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.key_a, pair.key_b)))


def duplicate_findings(pairs: Iterable[Pair], records: Mapping[str, Record]) -> tuple[Finding, ...]:
    """Return a warning for each pair, on its first record; ``records`` by key.

    The value is the other record's name and code: a warning that was ignored comes back when
    the other record changes its name.
    """
    return tuple(_finding(pair, records[pair.key_b]) for pair in pairs)


def _finding(pair: Pair, other: Record) -> Finding:
    name = other.get("name_fr") or other.get("name_ar") or ""
    return Finding(
        RULE,
        WARNING,
        field="name_fr",
        value=f"{name} ({other.get('external_id') or pair.key_b})",
        key=pair.key_a,
        params={
            "other": pair.key_b,
            "other_name": name,
            "score": round(pair.score, 2),
            "reasons": list(pair.reasons),
        },
    )
