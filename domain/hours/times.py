# SPDX-License-Identifier: GPL-2.0-or-later
"""Times of day in a row of tokens: every opening that may be meant, and where it ends.

A time without a word beside it is read on the clock of twenty-four hours. « Du matin », « مساء »
and the like may stand after a time or before an opening, and turn « 4h30 » into 16:30. An
opening that could be meant in two ways or be at an hour when no counter opens (« 2-6 » for the
afternoon) is none; « 20h-2h » is a night.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import DAY_END, Interval, night
from .lexicon import MORNING, Clock, Token

GLUE = frozenset(("comma", "and", "colon", "stop", "dash", "slash", "open", "close"))
"""What may stand between days and their times, and between two openings."""

OPENINGS_A_DAY = 4
"""More than these is no day's timetable."""

MORNING_ENDS = 14 * 60
"""Until when an opening that is called « matin » may last, in minutes."""

_EARLIEST, _EARLIEST_CLOSING, _EARLIEST_SAID = 6 * 60, 10 * 60, 5 * 60
Half = tuple[int, int]


def kind(tokens: Sequence[Token], at: int) -> str:
    """Return the kind of the token at a place, "" after the last."""
    return tokens[at].kind if at < len(tokens) else ""


def glue(tokens: Sequence[Token], at: int) -> int:
    """Return the first place that is no mere sign or « and »."""
    while kind(tokens, at) in GLUE:
        at += 1
    return at


def signs(tokens: Sequence[Token], at: int) -> set[str]:
    """Return the kinds of the signs from a place to the next word."""
    return {token.kind for token in tokens[at : glue(tokens, at)]}


def times(
    tokens: Sequence[Token], at: int, most: int = OPENINGS_A_DAY
) -> Iterator[tuple[tuple[Interval, ...], int]]:
    """Yield the openings of a day that begin at a place: the first, the first two, and so on."""
    for first, end in _opening(tokens, at):
        yield (first,), end
        for others, last in times(tokens, glue(tokens, end), most - 1) if most > 1 else ():
            if first.closes <= others[0].opens:
                yield (first, *others), last


def called(half: Half, opening: Interval) -> bool:
    """Tell whether an opening lies in a part of the day, a morning's end included."""
    low, high = half[0] * 60, half[1] * 60
    closes_by = MORNING_ENDS if half == MORNING else DAY_END
    return low <= opening.opens < high and opening.closes <= closes_by


def _opening(tokens: Sequence[Token], at: int) -> Iterator[tuple[Interval, int]]:
    if kind(tokens, at) == "always":
        yield Interval(0, DAY_END), at + 1
    label = tokens[at].value if kind(tokens, at) == "half" else None
    at = glue(tokens, at + 1) if label else at
    between = kind(tokens, at) == "between"
    at += kind(tokens, at) in ("between", "from")
    for first, half, middle in _clock(tokens, at, label):
        after = _link(tokens, middle, between)
        for last, other_half, end in _clock(tokens, after, label) if after else ():
            clear = kind(tokens, after - 1) != "slash" and after != middle
            if clear or not (first.bare or last.bare):
                meant = _meant(first, half, last, other_half, label)
                if len(meant) == 1:
                    yield meant.pop(), end


def _clock(
    tokens: Sequence[Token], at: int, label: Half | None
) -> Iterator[tuple[Clock, Half | None, int]]:
    """Yield a time, with and without the part of the day that may be said after it."""
    if kind(tokens, at) == "clock":
        yield tokens[at].value, None, at + 1
        if kind(tokens, at + 1) == "half" and not label:
            yield tokens[at].value, tokens[at + 1].value, at + 2


def _link(tokens: Sequence[Token], at: int, between: bool) -> int:
    """Return where the closing time begins, 0 if what stands there does not lead to one."""
    if between:
        return at + 1 if kind(tokens, at) in ("and", "to", "dash") else 0
    closing = glue(tokens, at)
    if kind(tokens, closing) == "closing":
        closing += 1
        return closing + (kind(tokens, closing) in ("colon", "to", "dash"))
    at += kind(tokens, at) in ("dash", "comma") and kind(tokens, at + 1) == "to"
    return at + (kind(tokens, at) in ("to", "dash", "slash"))


def _meant(
    first: Clock, half: Half | None, last: Clock, other: Half | None, label: Half | None
) -> set[Interval]:
    """Return the openings that two times may mean, whatever is said beside them."""
    if label or (half and other):
        opens = _within(first, label or half or MORNING)
        closes = _until(last, label) if label else _within(last, other or MORNING)
    elif other:
        opens = {_minutes(first)} | (_later(first) if other != MORNING else set())
        closes = _until(last, other)
    elif half:
        opens = _within(first, half)
        twelve = half != MORNING and first.hour < 12
        closes = (_later(last) or {_minutes(last)}) if twelve else {_minutes(last)}
    else:
        opens, closes = {_minutes(first)}, {_minutes(last)}
    said = bool(label or half or other)
    if (first.hour, last.hour) == (24, 24):
        opens = {0}
    pairs = [(start, end) for start in opens for end in closes]
    bare = first.bare and last.bare  # « 18-5 » may be anything
    nights = () if bare else filter(None, (night(*pair) for pair in pairs))
    days = (Interval(*pair) for pair in pairs)
    return {*nights, *(one for one in days if _plausible(one, said, half == MORNING))}


def _plausible(opening: Interval, said: bool, early: bool) -> bool:
    if opening == (0, DAY_END):
        return True
    if not 0 < opening.opens < opening.closes <= DAY_END:
        return False
    if said:
        return early or opening.opens >= _EARLIEST_SAID
    return opening.opens >= _EARLIEST and opening.closes >= _EARLIEST_CLOSING


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + clock.minute


def _later(clock: Clock) -> set[int]:
    """Return the same time twelve hours later, if it is one of the morning."""
    return {_minutes(clock) + DAY_END // 2} if 1 <= clock.hour < 12 else set()


def _within(clock: Clock, half: Half) -> set[int]:
    """Return what a time may be in a part of the day; « 12h du matin » is nothing clear."""
    return {
        time for time in {_minutes(clock)} | _later(clock) if half[0] * 60 <= time < half[1] * 60
    }


def _until(clock: Clock, half: Half) -> set[int]:
    """Return what a time may be as the end of a morning or an afternoon."""
    if half == MORNING:
        return {_minutes(clock)} if _minutes(clock) <= MORNING_ENDS else set()
    return {time for time in {_minutes(clock)} | _later(clock) if half[0] * 60 < time <= DAY_END}
