# SPDX-License-Identifier: GPL-2.0-or-later
"""Days in a row of tokens: every set of days that may be meant, and where it ends.

Days are 0 to 6 from Monday, and 7 for public holidays. « Lundi/vendredi » and « lundi
vendredi » are both two days and a range, as nobody can tell; three in a row are a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Union

from .lexicon import ALL, WORK, Token
from .times import Half, glue, kind, signs

Days = frozenset[int]
Closings = frozenset[tuple[int, Union[Half, None]]]


_LISTED = frozenset(("comma", "and", "slash"))
"""What may stand between the days of a list."""


class _Named(NamedTuple):
    """Days named so far, and the place after them.

    ``also`` after « y compris », when days may be named again; ``loose`` for « tous les jours »
    and the like, which may be made precise by names after them.
    """

    days: Days
    end: int
    also: bool = False
    loose: bool = False


@lru_cache(maxsize=256)
def days(tokens: tuple[Token, ...], at: int) -> tuple[tuple[Days, int], ...]:
    """Return the days that are named from a place on: the first, the first two, and so on."""
    found: dict[tuple[Days, int], None] = {}
    reached = list(_spans(tokens, at))
    while reached:
        found.update(dict.fromkeys((named.days, named.end) for named in reached))
        longer = (one for named in reached for one in _longer(tokens, named))
        reached = list(dict.fromkeys(longer))
    return tuple(found)


def closings(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[Closings, int]]:
    """Yield the days, whole or in part, that are named from a place on.

    They are pairs of a day and the part of it that is meant, None for all of it.
    """
    seen: set[tuple[Closings, int]] = set()
    reached = set(_parts(tokens, at))
    while reached:
        yield from reached
        seen |= reached
        longer = (
            (closed | more, last)
            for closed, end in reached
            if signs(tokens, end) and signs(tokens, end) <= _LISTED
            for more, last in _parts(tokens, glue(tokens, end))
        )
        reached = set(longer) - seen


def _parts(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[Closings, int]]:
    before = tokens[at].value if kind(tokens, at) == "half" else None
    for named, end in days(tokens, at + (before is not None)):
        yield frozenset((day, before) for day in named), end
        if before is None and kind(tokens, end) == "half":
            yield frozenset((day, tokens[end].value) for day in named), end + 1


def _longer(tokens: Sequence[Token], named: _Named) -> Iterator[_Named]:
    """Yield the days with one more day, range or group."""
    between, after = signs(tokens, named.end), glue(tokens, named.end)
    said = kind(tokens, after) == "with"
    listed = between <= _LISTED or (
        between == {"dash"} and _chain(tokens, named.end - 1, "dash") > 2
    )
    for new in _spans(tokens, after + said):
        included = kind(tokens, new.end) == "included"
        also = said or included or named.also
        apart = new.days.isdisjoint(named.days) or (new.days >= named.days and not named.loose)
        if (said or listed) and (also or apart):
            yield _Named(named.days | new.days, new.end + included, also)
        elif _more_precise(named, new.days, between) and not said:
            yield _Named(new.days, new.end)


def _more_precise(named: _Named, new: Days, between: set[str]) -> bool:
    """Tell whether « tous les jours » or « jours ouvrables » are said again with their names."""
    if not named.loose or new.isdisjoint(named.days) or "and" in between:
        return False
    if "colon" in between:
        return True
    return between <= {"comma", "open"} and len(new) > 1 and (named.days == ALL or new >= WORK)


def _spans(tokens: Sequence[Token], at: int) -> Iterator[_Named]:
    """Yield the group of days, the day or the range of days at a place."""
    if kind(tokens, at) == "group":
        for meant in tokens[at].value:
            yield _Named(meant, at + 1, loose=meant in (ALL, WORK))
    if kind(tokens, at) != "day":
        return
    first = tokens[at].value
    yield _Named(first, at + 1)
    link = kind(tokens, at + 1) if kind(tokens, at + 1) in ("to", "dash", "slash") else ""
    other = at + 1 + bool(link)
    if kind(tokens, other) != "day" or tokens[other].value == first:
        return
    if link in ("to", "dash") or _chain(tokens, at, link) == 2:
        included = kind(tokens, other + 1) == "included"
        yield _Named(_from_to(first, tokens[other].value), other + 1 + included)


def _from_to(first: Days, last: Days) -> Days:
    start, length = min(first), (min(last) - min(first)) % 7
    return frozenset((start + step) % 7 for step in range(length + 1))


def _chain(tokens: Sequence[Token], at: int, link: str) -> int:
    """Return how many days in a row are joined by one sign, or by none, around a place."""
    found = {tokens[at].value}
    for step in (-1, 1):
        place = at + step * (1 + bool(link))
        while place >= 0 and kind(tokens, place) == "day":
            if link and kind(tokens, place - step) != link:
                break
            found.add(tokens[place].value)
            place += step * (1 + bool(link))
    return len(found)
