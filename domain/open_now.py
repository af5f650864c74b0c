# SPDX-License-Identifier: GPL-2.0-or-later
"""Open or closed at a given moment."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime

from .hours import DAY_END, Hours, Interval


def is_open(
    hours: Hours | None,
    at: datetime,
    holidays: Container[date] = (),
    closed_on_holidays: bool | None = None,
) -> bool | None:
    """Tell whether a place is open: True, False, or None where it is not known.

    ``at`` is the time on the wall in Morocco, without a zone (ValueError with one): the clock
    of the reader's device does not count. ``holidays`` are the public holidays, on which hours
    that say nothing of them hold only for a place that says it is not ``closed_on_holidays``,
    or never closes. Closing time is closed already; an opening up to midnight goes on in the
    next day's first one. In Ramadan give the hours of Ramadan.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at} has a time zone: give the local time in Morocco without it.")
    if hours is None:
        return None
    open_that_day = _covers(hours.week[at.weekday()], at)
    if at.date() not in holidays:
        return open_that_day
    if hours.holidays is not None:
        return _covers(hours.holidays, at)
    never_closes = all(day == (Interval(0, DAY_END),) for day in hours.week)
    if not open_that_day or never_closes or closed_on_holidays is False:
        return open_that_day
    return False if closed_on_holidays else None


def _covers(openings: tuple[Interval, ...], at: datetime) -> bool:
    minute = at.hour * 60 + at.minute
    return any(opening.opens <= minute < opening.closes for opening in openings)
