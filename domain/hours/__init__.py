# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening hours: the part of OpenStreetMap's ``opening_hours`` that a counter needs.

Understood are rules separated by ``;``, each one days, then times or ``off``::

    Mo-Fr 08:30-16:30; Sa 09:00-12:00
    Mo-Th 08:30-12:00,14:00-18:00; Fr 08:30-11:30; PH off
    24/7

Days are ``Mo`` to ``Su``, ranges of them (``Sa-Mo`` goes over the weekend), lists with
commas, and ``PH`` for public holidays; no days means every day. As in OpenStreetMap a later
rule replaces an earlier one on the days that it names. Whatever else the grammar has
(months, week numbers, sunrise, comments) is refused, never guessed at. Hours past midnight are
kept as two openings, the second one of the next day: ``parse(…, nights=True)`` and
``over_midnight`` make them so of ``Mo 20:00-02:00`` and ``Mo 20:00-26:00``.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_END = 24 * 60
#: A night begins and ends at these minutes of two days; « 16:30-08:30 » is none.
NIGHT_BEGINS, NIGHT_ENDS = 18 * 60, 6 * 60

_DAY = "(?:" + "|".join((*DAYS, "PH")) + ")"
_SPAN = rf"{_DAY}(?:-{_DAY})?"
_TIME = r"\d\d:\d\d"
_TIMES = rf"{_TIME}-{_TIME}(?:\s?,\s?{_TIME}-{_TIME})*"
_RULE = re.compile(
    rf"(?:(?P<days>{_SPAN}(?:\s?,\s?{_SPAN})*)(?:\s|$))?\s?(?P<times>{_TIMES}|off|24/7)",
    re.ASCII,
)


class Interval(NamedTuple):
    """An opening, in minutes after midnight; ``closes`` is at most 1440 but of a night."""

    opens: int
    closes: int


Day = tuple[Interval, ...]


@dataclass(frozen=True)
class Hours:
    """A week of openings, Monday first; an empty day is closed.

    ``holidays`` are the openings of public holidays, None where nothing is said of them.
    """

    week: tuple[Day, ...]
    holidays: Day | None = None


@lru_cache(maxsize=1024)  # thousands of counters keep the same few hours
def parse(text: str | None, nights: bool = False) -> Hours | None:
    """Return the hours that a text means, None if it is empty or not understood as a whole.

    With ``nights`` an opening may go on to the morning; its ``closes`` is then past 1440.
    """
    rules = [_RULE.fullmatch(" ".join(part.split())) for part in (text or "").split(";")]
    week: list[Day] = [()] * 7
    holidays: Day | None = None
    for position, rule in enumerate(rules):
        days = _days(rule, first=position == 0, alone=len(rules) == 1) if rule else None
        openings = _openings(rule["times"], nights) if rule else None
        if days is None or openings is None:
            return None
        weekdays = days - {"PH"}
        if weekdays and holidays is not None:
            return None  # « PH off; Mo-Fr … » opens on holidays, which nobody means
        for day in weekdays:
            week[DAYS.index(day)] = openings
        if "PH" in days:
            holidays = openings
    return Hours(tuple(week), holidays)


def over_midnight(hours: Hours) -> Hours | None:
    """Return hours in which what goes past midnight is the next day's first opening.

    None if that day is open then already, or if public holidays have hours of their own: whose
    the night before a holiday is, nobody says.
    """
    nights = [[one for one in day if one.closes > DAY_END] for day in hours.week]
    if not any(nights):
        return hours
    week = []
    for day, openings in enumerate(hours.week):
        rest = [Interval(0, one.closes - DAY_END) for one in nights[day - 1]]
        own = [Interval(one.opens, min(one.closes, DAY_END)) for one in openings]
        if rest and own and own[0].opens <= rest[0].closes:
            return None
        week.append((*rest, *own))
    return Hours(tuple(week)) if hours.holidays is None else None


def night(opens: int, closes: int) -> Interval | None:
    """Return the opening from an evening to the morning after, None if these are no such times."""
    if opens >= NIGHT_BEGINS and closes <= NIGHT_ENDS:
        return Interval(opens, closes + DAY_END)
    return None


def _days(rule: re.Match, first: bool, alone: bool) -> set[str] | None:
    """Return the days that a rule is about, None if it cannot stand where it does.

    A rule for every day would undo the ones before it; a bare ``off`` says something only
    by itself, and ``24/7`` takes no days.
    """
    if rule["days"] is None:
        sensible = alone if rule["times"] == "off" else first
        return set(DAYS) if sensible else None
    if rule["times"] == "24/7":
        return None
    named: set[str] = set()
    for span in re.split(r"\s?,\s?", rule["days"]):
        start, _, end = span.partition("-")
        if not end:
            named.add(start)
        elif "PH" in (start, end) or start == end:
            return None
        else:
            length = (DAYS.index(end) - DAYS.index(start)) % 7
            named.update(DAYS[(DAYS.index(start) + step) % 7] for step in range(length + 1))
    return named


def _openings(times: str, nights: bool) -> Day | None:
    """Return a day's openings in order, None if one is no time or they overlap."""
    if times == "off":
        return ()
    if times == "24/7":
        return (Interval(0, DAY_END),)
    pairs = [pair.split("-") for pair in re.split(r"\s?,\s?", times)]
    found = [_interval(_minutes(opens), _minutes(closes), nights) for opens, closes in pairs]
    day = sorted(filter(None, found))
    ends = [0, *(interval.closes for interval in day)]
    fits = all(end <= interval.opens for end, interval in zip(ends, day))
    return tuple(day) if fits and len(day) == len(pairs) else None


def _interval(opens: int, closes: int, nights: bool) -> Interval | None:
    """Return an opening, None if a time is none or it closes before it opens."""
    if opens < closes <= DAY_END:
        return Interval(opens, closes)
    if nights and opens < DAY_END and closes < 2 * DAY_END:
        return night(opens, closes % DAY_END)
    return None


def _minutes(time: str) -> int:
    """Return minutes after midnight, past the end of two days if the text is no time."""
    hours, minutes = int(time[:2]), int(time[3:])
    return hours * 60 + minutes if minutes < 60 else 2 * DAY_END + 1
