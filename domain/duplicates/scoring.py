# SPDX-License-Identifier: GPL-2.0-or-later
"""How likely it is that two records are one place, and why.

Each comparison gives points for or against (Fellegi and Sunter's log-odds, rounded by hand on
the labelled pairs of ``tests/data/duplicate_pairs.csv``); their sum is a probability's logit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, Optional

from ..text import fold
from .lexicon import INSTITUTION, STREET, load_lexicon, split_words
from .names import Name
from .records import Sign
from .words import Likeness, Word, compare_words, tells

NEAR, FAR = 0.15, 1.5  # km between two positions of buildings
_SAME_ADDRESS = 3  # words that two addresses share
_BEST_NAME = 4.0


class Reason(NamedTuple):
    """One ground: its code and its points, above 0 for one place and below for two."""

    code: str
    points: float


SAME_NUMBER = Reason("same_number", 0.5)
OTHER_NUMBER = Reason("other_number", -9.5)
NUMBER_MISSING = Reason("number_missing", -5.5)
SAME_KIND = Reason("same_kind", 1.0)
OTHER_KIND = Reason("other_kind", -7.0)
SAME_PHONE = Reason("same_phone", 4.0)
OTHER_PHONE = Reason("other_phone", -0.5)
TOWN_UNKNOWN = Reason("town_unknown", -2.5)
SAME_TOWN = Reason("same_town", 1.0)
OTHER_TOWN = Reason("other_town", -2.5)
OTHER_PROVINCE = Reason("other_province", -7.0)
SAME_POSITION = Reason("same_position", 2.5)
OTHER_POSITION = Reason("other_position", -3.0)
SAME_ADDRESS = Reason("same_address", 1.5)
SAME_INSTITUTION = Reason("same_institution", 0.5)
OTHER_INSTITUTION = Reason("other_institution", -2.0)
OTHER_CODE = Reason("other_code", -1.0)
SAME_NAME = Reason("same_name", _BEST_NAME)
SAME_KIND_ONLY = Reason("same_kind_only", 2.5)
NOTHING_SAID = Reason("nothing_said", -1.5)
NAME_SAYS_LESS = Reason("name_says_less", -3.5)
OTHER_NAME = Reason("other_name", -7.0)

Ground = Callable[[Sign, Sign], Optional[Reason]]


def probability(points: float) -> float:
    """Return a sum of points as a probability."""
    return 1 / (1 + math.exp(-points))


def logit(likely: float) -> float:
    """Return the sum of points that makes a probability, above 0 and below 1."""
    return math.log(likely / (1 - likely))


def weigh(one: Sign, other: Sign, least: float) -> tuple[Reason, ...]:
    """Return the grounds on which two records are one place, none if below ``least`` points.

    Nothing more is looked at once the rest could not make up for what speaks against it.
    """
    found = []
    points = 0.0
    for ground, most_after in _GROUNDS:
        reason = ground(one, other)
        if reason:
            found.append(reason)
            points += reason.points
        if points + most_after < least:
            return ()
    return tuple(found)


def _number(one: Sign, other: Sign) -> Reason | None:
    if one.numbers == other.numbers:
        return SAME_NUMBER if one.numbers else None
    return OTHER_NUMBER if one.numbers and other.numbers else NUMBER_MISSING


def _kind(one: Sign, other: Sign) -> Reason | None:
    return related(one.kinds, other.kinds)


@lru_cache(maxsize=4096)
def related(ones: frozenset[str], others: frozenset[str]) -> Reason | None:
    """Compare two records' kinds; nothing of one not known, or that is a case of the other."""
    if not ones.isdisjoint(others):
        return SAME_KIND
    above = load_lexicon().ancestors
    broader = any(a in above(b) or b in above(a) for a in ones for b in others)
    return None if broader or not (ones and others) else OTHER_KIND


def _phone(one: Sign, other: Sign) -> Reason | None:
    if not one.phones or not other.phones:
        return None
    for phone in one.phones:
        if phone in other.phones:
            return SAME_PHONE
    return OTHER_PHONE


def _town(one: Sign, other: Sign) -> Reason:
    if not one.town.code or not other.town.code:
        return TOWN_UNKNOWN
    if one.town.code == other.town.code:
        return SAME_TOWN
    return OTHER_TOWN if one.town.province == other.town.province else OTHER_PROVINCE


def _position(one: Sign, other: Sign) -> Reason | None:
    if not one.position or not other.position:
        return None
    gap = kilometres(one.position, other.position)
    if gap <= NEAR:
        return SAME_POSITION
    return OTHER_POSITION if gap >= FAR else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two (lon, lat), near enough to compare."""
    east = (other[0] - one[0]) * math.cos(math.radians(one[1]))
    return 111.2 * math.hypot(east, other[1] - one[1])


def _address(one: Sign, other: Sign) -> Reason | None:
    if not one.address or not other.address:
        return None
    mine, theirs = _address_words(one.address), _address_words(other.address)
    shared = len(mine & theirs)
    alike = shared >= _SAME_ADDRESS and 2 * shared >= min(len(mine), len(theirs))
    return SAME_ADDRESS if alike else None


@lru_cache(maxsize=8192)
def _address_words(text: str) -> frozenset[str]:
    return frozenset(
        part.form
        for part in load_lexicon().read(split_words(text))
        if not any(idea.role == STREET for idea in part.ideas)
    )


def _institution(one: Sign, other: Sign) -> Reason | None:
    if not one.institution or not other.institution:
        return None
    if one.institution == other.institution:
        return SAME_INSTITUTION
    named = any(one.institution in name.mentions for name in other.names)
    named = named or any(other.institution in name.mentions for name in one.names)
    return None if named else OTHER_INSTITUTION


def _code(one: Sign, other: Sign) -> Reason | None:
    """An institution that gives two codes has two places in mind, mistakes apart."""
    if one.institution != other.institution or not (one.external_id and other.external_id):
        return None
    return None if fold(one.external_id) == fold(other.external_id) else OTHER_CODE


def weigh_names(one: Sign, other: Sign) -> Reason:
    """Weigh the names in the two languages in which they are the most alike."""
    same_town = bool(one.town.code) and one.town.code == other.town.code
    best: Reason | None = None
    for mine in one.names:
        for theirs in other.names:
            if mine.spelt == theirs.spelt:
                return SAME_NAME
            words = _telling(mine, other, same_town)
            others = _telling(theirs, one, same_town)
            if not tells(words) and not tells(others):
                return _bare(one, other, same_town)
            reason = _by_words(compare_words(words, others))
            if best is None or reason.points > best.points:
                best = reason
    return best or NOTHING_SAID


def _telling(name: Name, other: Sign, same_town: bool) -> tuple[Word, ...]:
    """Return the words of a name to compare; the other's own institution is none of them."""
    words = name.words if same_town else name.whole
    if other.institution in name.mentions:
        own = f"{INSTITUTION} {other.institution}"
        return tuple(word for word in words if word.form != own)
    return words


def _bare(one: Sign, other: Sign, same_town: bool) -> Reason:
    """Two names that say no more than what kind of place it is, and the town."""
    own = one.institution == other.institution or not (one.institution and other.institution)
    same_kind = not one.kinds.isdisjoint(other.kinds)
    return SAME_KIND_ONLY if same_town and own and same_kind else NOTHING_SAID


def _by_words(like: Likeness) -> Reason:
    """Weigh two names by their words (rounded on the labelled pairs).

    What one alone says is left out by the other; what each says alone is a contradiction.
    """
    least = min(like.alone, like.other_alone)
    if like.share == 0:
        return OTHER_NAME if least else NAME_SAYS_LESS
    if least < 0.5 and like.share < 0.9:
        return Reason("part_of_name", 7.0 * like.share - 4.5)
    apart = 3.0 * min(least, 1.0) if least >= 0.5 else 0.0
    points = min(12.0 * like.share - 7.5 - apart, _BEST_NAME)
    if like.translated:
        return Reason("translated_name", points)
    return Reason("same_words" if like.share > 0.99 else "close_name", points)


def _with_the_most_after(
    grounds: Sequence[tuple[Ground, float]],
) -> tuple[tuple[Ground, float], ...]:
    """Return each ground with the most points that those after it can give."""
    after = [sum(most for _, most in grounds[number + 1 :]) for number in range(len(grounds))]
    return tuple((ground, most) for (ground, _), most in zip(grounds, after))


#: In the order of their cost, the texts last; with the most points that each can give.
_GROUNDS = _with_the_most_after(
    (
        (_phone, SAME_PHONE.points),
        (_position, SAME_POSITION.points),
        (_number, SAME_NUMBER.points),
        (_kind, SAME_KIND.points),
        (_town, SAME_TOWN.points),
        (_institution, SAME_INSTITUTION.points),
        (_code, 0.0),
        (weigh_names, _BEST_NAME),
        (_address, SAME_ADDRESS.points),
    )
)
#: The most points that the grounds after a record's town can give.
MOST_AFTER_TOWN = dict(_GROUNDS)[_town]
