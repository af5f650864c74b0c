# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a text says, statement by statement, to a week; and a week in OSM's writing.

A statement on fewer days takes the place of one on more days where their hours overlap (« du
lundi au vendredi 8h30-16h30, vendredi 8h30-12h »); on the same days it adds to it. Where it
cannot be told whether hours are added to others or stand for them, there is no week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from . import DAY_END, DAYS, Day, Hours, Interval
from .lexicon import ALL, HOLIDAYS, MORNING
from .times import MORNING_ENDS, Half, called

Days = frozenset[int]
_NOON = 11 * 60 + 30
_WHOLE_DAY = (Interval(0, DAY_END),)


@dataclass(frozen=True)
class Statement:
    """One thing said of days, which are 0 to 6 from Monday and 7 for public holidays.

    ======= ===========================================================================
    open    openings on days
    part    openings on days, said of their mornings or afternoons only
    always  round the clock, no days said
    instead other openings on some of the days that are open
    also    days with the openings said before (« y compris le samedi »)
    break   closed from one time to another; without days, on every day that is open
    except  some of the open days, or a part of them, are closed
    closed  days, or a part of them, are closed
    undated openings, and no days that they are surely of
    ======= ===========================================================================
    """

    kind: str
    days: Days = frozenset()
    openings: Day = ()
    closings: frozenset[tuple[int, Half | None]] = frozenset()


class _Contradiction(Exception):
    """What is said cannot all be so, or may be meant in two ways."""


@dataclass
class _Week:
    """The openings of each day so far, and the sets of days that were said together."""

    openings: dict[int, Day] = field(default_factory=dict)
    said: list[Days] = field(default_factory=list)


def week_of(statements: Sequence[Statement]) -> Hours | None:
    """Return the week that statements make together, None if they do not make one."""
    opening = [one.kind for one in statements if one.kind in ("open", "part", "always")]
    if "always" in opening and len(opening) > 1:
        return None
    week = _Week()
    try:
        for step in (_open, _vary, _close):
            for statement in statements:
                step(week, statement)
    except _Contradiction:
        return None
    if not any(week.openings.get(day) for day in ALL):
        return None
    return Hours(tuple(week.openings.get(day, ()) for day in range(7)), week.openings.get(HOLIDAYS))


def _open(week: _Week, statement: Statement) -> None:
    """Lay openings on days that have none, add them to what they have, or replace it."""
    days, new = statement.days, statement.openings
    if statement.kind == "always":
        days, new = ALL, _WHOLE_DAY
    elif statement.kind not in ("open", "part"):
        return
    same = days in week.said or statement.kind == "part"
    if not (same or days.isdisjoint(week.openings) or any(days < said for said in week.said)):
        raise _Contradiction
    for day in days:
        old = week.openings.get(day, ())
        apart = all(
            one.closes <= two.opens or two.closes <= one.opens for one in old for two in new
        )
        if old and old != new and (same != apart or (not same and _at_noon(old, new))):
            raise _Contradiction
        week.openings[day] = tuple(sorted((*old, *new))) if apart else new
    week.said.append(days)


def _inside(old: Day, new: Day) -> bool:
    """Tell whether one opening is in the middle of another: « sauf le samedi de 12h à 14h »."""
    return len(new) == 1 and any(
        one.opens < new[0].opens and new[0].closes < one.closes for one in old
    )


def _at_noon(old: Day, new: Day) -> bool:
    """Tell whether new hours may as well be a break: « (vendredi 12h-14h) »."""
    return _inside(old, new) and new[0].opens >= _NOON


def _vary(week: _Week, statement: Statement) -> None:
    """Give some days other hours, more days the same hours, or all days a break."""
    days, openings = statement.days, week.openings
    if statement.kind == "instead":
        _demand(days <= openings.keys())
        _demand(not any(_inside(openings[day], statement.openings) for day in days))
        openings.update(dict.fromkeys(days, statement.openings))
    elif statement.kind == "also":
        _demand(len(set(openings.values())) == 1)
        openings.update(dict.fromkeys(days, next(iter(openings.values()))))
    elif statement.kind == "break":
        _demand(days <= openings.keys() and (bool(days) or len(week.said) == 1))
        for day in days or openings:
            for pause in statement.openings:
                openings[day] = tuple(_interrupted(openings[day], pause))


def _interrupted(day: Day, pause: Interval) -> Iterator[Interval]:
    """Yield a day's openings around a pause, which is inside of one or between two."""
    for opening in day:
        if opening.opens < pause.opens and pause.closes < opening.closes:
            yield Interval(opening.opens, pause.opens)
            yield Interval(pause.closes, opening.closes)
        else:
            _demand(opening.closes <= pause.opens or pause.closes <= opening.opens)
            yield opening
    _demand(day[0].opens < pause.opens and pause.closes < day[-1].closes)


def _close(week: _Week, statement: Statement) -> None:
    """Close days or parts of days; « sauf » speaks of open ones, « fermé » of any."""
    if statement.kind not in ("except", "closed"):
        return
    whole = frozenset(day for day, half in statement.closings if half is None)
    for day, half in statement.closings:
        old = week.openings.get(day)
        if half is not None:
            _demand(old is not None)
            week.openings[day] = tuple(_without(old or (), half))
        elif day == HOLIDAYS:
            week.openings[day] = ()
        elif statement.kind == "except":
            _demand(old is not None)
            week.openings[day] = ()
        elif old:
            _demand(all(whole & ALL < said for said in week.said if day in said))
            week.openings[day] = ()


def _without(day: Day, half: Half) -> Iterator[Interval]:
    """Yield a day's openings that are not in a part of it; one must be left."""
    kept = [opening for opening in day if not called(half, opening)]
    _demand(bool(kept))
    for opening in kept:
        afternoon = opening.opens >= DAY_END // 2
        _demand(afternoon if half == MORNING else opening.closes <= MORNING_ENDS)
        yield opening


def _demand(condition: bool) -> None:
    if not condition:
        raise _Contradiction


def written(hours: Hours) -> str:
    """Return hours in OpenStreetMap's writing: days with the same openings together.

    Closed days are left out, public holidays come last: ``Mo-Th,Sa 09:00-12:00; PH off``.
    """
    if hours == Hours((_WHOLE_DAY,) * 7):
        return "24/7"
    together: dict[Day, list[int]] = {}
    for day, openings in enumerate(hours.week):
        if openings:
            together.setdefault(openings, []).append(day)
    rules = [[_days(days), _times(openings)] for openings, days in together.items()]
    if hours.holidays is not None:
        if rules and rules[-1][1] == _times(hours.holidays):
            rules[-1][0] += ",PH"
        else:
            rules.append(["PH", _times(hours.holidays)])
    return "; ".join(map(" ".join, rules))


def _days(days: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(map(_run, runs))


def _run(days: Sequence[int]) -> str:
    names = [DAYS[day] for day in days]
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else ",".join(names)


def _times(openings: Iterable[Interval]) -> str:
    spans = (f"{_time(opens)}-{_time(closes)}" for opens, closes in openings)
    return ",".join(spans) or "off"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
