# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours as people write them, in French or Arabic, to OpenStreetMap's writing.

« Du lundi au vendredi 8h30-16h30, samedi 9h-12h » becomes ``Mo-Fr 08:30-16:30; Sa
09:00-12:00``. A text is read in every way that the grammar allows: it is understood when all of
it takes part and every reading comes to the same week. Days that are not said, an afternoon
that may be a morning, a season, a condition: then it is not, and a person has to look.

The words are in ``domain.hours.lexicon``, what may be meant by them in ``domain.hours.times``
and ``domain.hours.days``, how statements go together in ``domain.hours.week``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..text import clean
from . import DAYS, Hours, over_midnight, parse
from .days import closings, days
from .lexicon import Token
from .times import called, glue, kind, signs, times
from .week import Statement, week_of, written
from .words import tokens

_READINGS = 64
"""A text with more readings than this is not looked at further."""

_APART = ("comma", "colon", "stop", "dash", "slash")
"""Signs, other than « et », between things of which each may go with what follows."""

_TIME_BEGINS = ("clock", "half", "between", "from", "always", "")
_PAUSES = ("break", "closed", "closing")

Row = tuple[Token, ...]
Said = tuple[Statement, ...]


@dataclass(frozen=True)
class HoursAnswer:
    """Hours in OpenStreetMap's writing, and those of Ramadan; "" where nothing is said."""

    hours: str
    ramadan: str = ""


@lru_cache(maxsize=4096)
def read_hours(text: str | None) -> HoursAnswer | None:
    """Return the hours that a text means, None if it is empty or leaves any doubt.

    What is in OpenStreetMap's writing already stays as it is, but for hours past midnight, which
    become two openings, and for times without a day: who fills in a form means the days of
    work by them, OpenStreetMap every day.
    """
    if not text:
        return None
    given = clean(text)
    if any(name in given for name in (*DAYS, "24/7")):
        if parse(given):
            return HoursAnswer(given)
        nights = parse(given, nights=True)
        if nights:
            # Whether a second rule takes the night before from its day, readers disagree.
            split = over_midnight(nights) if ";" not in given else None
            return HoursAnswer(written(split)) if split else None
    row = tokens(text)
    return _answer(row) if row else None


def _answer(row: Row) -> HoursAnswer | None:
    """Read the hours and those of Ramadan, each by itself."""
    seasons = _by_season(row)
    if not seasons:
        return None
    usual, ramadan = seasons
    week = _week(usual)
    if usual and not week:
        return None
    if ramadan and week and not any(token.kind in ("day", "group") for token in ramadan):
        if len({openings for openings in week.week if openings}) > 1:
            return None  # the days open may not all have Ramadan's one opening
        ramadan = (Token("group", (_open_days(week),)), *ramadan)
    fasting = _week(ramadan)
    if ramadan and not (fasting and _open_days(fasting) <= _open_days(week or fasting)):
        return None  # nobody opens on more days in Ramadan: some of these are of the others
    split = [over_midnight(one) if one else None for one in (week, fasting)]
    texts = [written(one) if one else "" for one in split]
    same = all(parse(text) == one for text, one in zip(texts, split))
    lost = bool(week and not split[0]) or bool(fasting and not split[1])
    return HoursAnswer(*texts) if any(texts) and same and not lost else None


def _open_days(week: Hours) -> frozenset[int]:
    return frozenset(day for day, openings in enumerate(week.week) if openings)


def _by_season(row: Row) -> tuple[Row, Row] | None:
    """Return the tokens of the ordinary days and those of Ramadan, None if not clear.

    « Ramadan : … » goes on to the end of the text or to « hors Ramadan ». After ordinary hours
    that end must be the end of the sentence, too: what follows may be about either.
    """
    marks = [at for at, token in enumerate(row) if token.kind in ("ramadan", "usual")]
    if not marks:
        return row, ()
    parts: dict[str, list[Row]] = {"usual": [row[: marks[0]]], "ramadan": []}
    for start, end in zip(marks, [*marks[1:], len(row)]):
        parts[row[start].kind].append(row[start + 1 : end])
    usual, ramadan = (
        [part for part in parts[season] if glue(part, 0) < len(part)]
        for season in ("usual", "ramadan")
    )
    if not ramadan and len(usual) == 1 and kind(row, marks[-1]) == "ramadan":
        return _last_of(usual[0])
    if len(usual) > 1 or len(ramadan) > 1:
        return None
    if usual and ramadan and kind(row, marks[-1]) == "ramadan" and _sentences(ramadan[0]) > 1:
        return None
    return (usual or [()])[0], (ramadan or [()])[0]


def _last_of(row: Row) -> tuple[Row, Row] | None:
    """Cut off the one opening that « … pendant le Ramadan » is about, with its days if any."""
    cut = max((at for at, token in enumerate(row) if token.kind in ("stop", "open")), default=0)
    clocks = sum(token.kind == "clock" for token in row[cut:])
    return (row[:cut], row[cut:]) if clocks == 2 else None


def _sentences(row: Row) -> int:
    """Return how many sentences there are; a bracket that was not opened ends one, too."""
    count, depth, begun = 0, 0, False
    for token in row:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "stop" or depth < 0:
            begun, depth = False, 0
        elif glue((token,), 0) == 0 and not begun:
            count, begun = count + 1, True
    return count


def _week(row: Row) -> Hours | None:
    """Return the one week that all readings of a row of tokens come to."""
    readings = _readings(row)
    if any(statement.kind == "undated" for said in readings for statement in said):
        return None
    weeks = {week_of(statements) for statements in readings} - {None}
    return weeks.pop() if len(weeks) == 1 else None


def _readings(row: Row) -> frozenset[Said]:
    """Return every way to take a row of tokens apart into statements, none if too many.

    From the end to the beginning, so that what leads nowhere is dropped at once.
    """
    nothing: frozenset[Said] = frozenset()
    after: dict[int, frozenset[Said]] = {len(row): frozenset(((),))}
    for at in reversed(range(len(row))):
        if glue(row, at) > at:
            after[at] = after[glue(row, at)]
            continue
        after[at] = frozenset(
            (*said, *others)
            for unit in _UNITS
            for said, end in unit(row, at)
            if not _cuts_list(row, end)
            for others in after.get(end, nothing)
        )
        if len(after[at]) > _READINGS:
            return nothing
    return after.get(0, nothing)


def _cuts_list(row: Row, at: int) -> bool:
    """Tell whether the place is inside of days that go together (« samedi et dimanche »)."""
    between = signs(row, at)
    apart = bool(between & {"comma", "stop", "open", "close"}) and "and" not in between
    return not apart and all(
        kind(row, place) in ("day", "group") for place in (at - 1, glue(row, at))
    )


Unit = Callable[[Row, int], Iterator[tuple[Said, int]]]


def _days_then_times(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Du lundi au vendredi 8h30-16h30 », « tous les jours sauf le dimanche 9h-17h »."""
    for named, end in days(row, at):
        for openings, last in times(row, glue(row, end)):
            yield (Statement("open", named, openings),), last
        excepted = glue(row, end)
        for closed, after in closings(row, excepted + 1) if kind(row, excepted) == "except" else ():
            # « sauf dimanche, samedi 9h-12h »: whose are the hours?
            if {"comma", "close"} & signs(row, after) or not any(
                one.kind in _APART for one in row[excepted:after]
            ):
                for openings, last in times(row, glue(row, after)):
                    opened = Statement("open", named, openings)
                    yield (opened, Statement("except", closings=closed)), last


def _times_then_days(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« 8h30-16h30 du lundi au vendredi ».

    A sign may part the two at the beginning only: in « lundi 9h-12h, 14h-17h, mardi fermé »
    the days after the comma are not those of the hours before it. At the beginning, too, the
    hours may have no days at all: « 8h30-16h30, samedi, dimanche fermé ».
    """
    begin = glue(row, 0)
    parting = {"colon"} if kind(row, begin) not in ("day", "group") else set()
    for openings, end in times(row, at):
        after = glue(row, end)
        if at == begin or signs(row, end) <= parting:
            for named, last in days(row, after):
                yield (Statement("open", named, openings),), last
        if at == begin and after > end and kind(row, after) not in _TIME_BEGINS:
            yield (Statement("undated", openings=openings),), end


def _part_of_days(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Matin : du lundi au samedi 9h-12h »."""
    if kind(row, at) != "half":
        return
    for named, end in days(row, glue(row, at + 1)):
        for openings, last in times(row, glue(row, end)):
            if all(called(row[at].value, opening) for opening in openings):
                yield (Statement("part", named, openings),), last


def _always(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« 24h/24 » without days."""
    if kind(row, at) == "always":
        yield (Statement("always"),), at + 1


def _closed(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Fermé le dimanche », « dimanche : fermé »."""
    if kind(row, at) in ("closed", "closing"):
        for closed, end in closings(row, glue(row, at + 1)):
            yield (Statement("closed", closings=closed),), end
    for closed, end in closings(row, at):
        after = glue(row, end)
        if kind(row, after) == "closed":
            yield (Statement("closed", closings=closed),), after + 1


def _except(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Sauf le samedi après-midi », « sauf le vendredi de 9h à 12h »."""
    if kind(row, at) != "except":
        return
    for closed, end in closings(row, at + 1):
        yield (Statement("except", closings=closed),), end
    for named, end in days(row, at + 1):
        for openings, last in times(row, glue(row, end)):
            yield (Statement("instead", named, openings),), last


def _also(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Y compris le samedi », « jours fériés inclus »."""
    said = kind(row, at) == "with"
    for named, end in days(row, at + said):
        if said or kind(row, end) == "included":
            yield (Statement("also", named),), end + (not said)


def _break(row: Row, at: int) -> Iterator[tuple[Said, int]]:
    """« Pause de 12h à 13h », « fermé de 12h à 13h », « le vendredi pause de 12h à 14h »."""
    if kind(row, at) in _PAUSES:
        start = glue(row, _past_prayer(row, at + 1))
        for named, end in (*days(row, start), (frozenset(), start)):
            for pause, last in times(row, glue(row, end)):
                said = (Statement("break", named, pause),)
                yield said, _past_prayer(row, last)
        for pause, end in times(row, start):
            for named, last in days(row, glue(row, end)):
                yield (Statement("break", named, pause),), last
    for named, end in days(row, at):
        after = glue(row, end)
        if kind(row, after) in _PAUSES:
            for pause, last in times(row, glue(row, _past_prayer(row, after + 1))):
                yield (Statement("break", named, pause),), _past_prayer(row, last)


def _past_prayer(row: Row, at: int) -> int:
    return at + (kind(row, at) == "prayer")


_UNITS: tuple[Unit, ...] = (
    _days_then_times,
    _times_then_days,
    _part_of_days,
    _always,
    _closed,
    _except,
    _also,
    _break,
)
