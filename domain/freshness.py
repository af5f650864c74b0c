# SPDX-License-Identifier: GPL-2.0-or-later
"""How fresh a record is: computed from its last verification, never stored.

The score follows data·inclusion: 1 up to 6 months after verification, then falling in a line
to 0 at 24 months.
"""

from __future__ import annotations

from datetime import date, timedelta

FULL_MONTHS = 6
ZERO_MONTHS = 24
USUAL_RHYTHM = 12  # months, where a record does not say
MONTH = 30.4375  # days


def day_of(text: str | None) -> date | None:
    """Return the day of an ISO date or moment, None for none and for what is no date.

    A file that other tools wrote before the database refused it may say « 2024-02-31 ».
    """
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def months_since(day: date, today: date) -> float:
    """Return months between a day and today (a month is 30.44 days)."""
    return (today - day).days / MONTH


def score(verified_on: str | None, today: date) -> float:
    """Return freshness between 0 (24 months or never verified) and 1 (up to 6 months)."""
    day = day_of(verified_on)
    if day is None:
        return 0.0
    months = months_since(day, today)
    return min(1.0, max(0.0, (ZERO_MONTHS - months) / (ZERO_MONTHS - FULL_MONTHS)))


def overdue(verified_on: str | None, every_months: int | None, today: date) -> bool:
    """Return whether a record should have been verified again by today."""
    day = day_of(verified_on)
    return day is None or months_since(day, today) > (every_months or USUAL_RHYTHM)


def due_on(verified_on: str | None, every_months: int | None) -> date | None:
    """Return the last day before a record is overdue, None if it was never verified."""
    day = day_of(verified_on)
    days = int((every_months or USUAL_RHYTHM) * MONTH)
    try:
        return day + timedelta(days=days) if day else None
    except OverflowError:  # verified in the year 9999, by a slip
        return date.max


def end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
