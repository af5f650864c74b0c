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
_DAYS = 30.4375  # of a month


def months_since(day: str, today: date) -> float:
    """Return months between an ISO date and today (a month is 30.44 days)."""
    return (today - date.fromisoformat(day[:10])).days / _DAYS


def score(verified_on: str | None, today: date) -> float:
    """Return freshness between 0 (24 months or never verified) and 1 (up to 6 months)."""
    if not verified_on:
        return 0.0
    months = months_since(verified_on, today)
    return min(1.0, max(0.0, (ZERO_MONTHS - months) / (ZERO_MONTHS - FULL_MONTHS)))


def overdue(verified_on: str | None, every_months: int | None, today: date) -> bool:
    """Return whether a record should have been verified again by today."""
    if not verified_on:
        return True
    return months_since(verified_on, today) > (every_months or USUAL_RHYTHM)


def due_on(verified_on: str | None, every_months: int | None) -> date | None:
    """Return the last day before a record is overdue, None if it was never verified."""
    if not verified_on:
        return None
    days = int((every_months or USUAL_RHYTHM) * _DAYS)
    return date.fromisoformat(verified_on[:10]) + timedelta(days=days)


def end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
