# SPDX-License-Identifier: GPL-2.0-or-later
"""What of the page's data depends on the day: calendar, notices, records that are closed.

The page reckons « open now » from these and from nothing that the reader's device believes:
the legal time of Morocco changed in 2026, and a device may not know it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from ....domain.calendar import Calendar, Period
from .values import Record, Values, lean, texts

#: Days before the publication that the calendar keeps, for devices whose clock is slow.
_SLACK = timedelta(days=40)
#: Months after which a site is to be verified again, unless it says so itself.
VERIFY_EVERY = 12


def calendar_values(calendar: Calendar, release: str) -> Values:
    """Return clock, Ramadan and holidays from shortly before a release (ISO 8601, UTC) on.

    Each is a list of ``[first day, last day, …]``: with the clock's offset from UTC in hours,
    with the holiday's names by language.
    """
    first = date.fromisoformat(release[:10]) - _SLACK
    kept = {
        kind: [one for one in calendar.of_kind(kind) if one.last >= first]
        for kind in ("clock", "ramadan", "holiday")
    }
    return {
        "clock": [[*_days(one), one.utc_offset or 0] for one in kept["clock"]],
        "ramadan": [_days(one) for one in kept["ramadan"]],
        "holidays": [
            [*_days(one), lean({"fr": one.name_fr, "ar": one.name_ar})] for one in kept["holiday"]
        ],
    }


def _days(period: Period) -> list[str]:
    return [period.first.isoformat(), period.last.isoformat()]


def notice(row: Record, languages: Sequence[str]) -> Values:
    """Return a notice: a closure, special hours or a message, with its days."""
    return lean({
        "id": row["notice_id"],
        "applies_to": row.get("applies_to"),
        "key": row.get("key"),
        "kind": row.get("kind"),
        "starts_on": row.get("starts_on"),
        "ends_on": row.get("ends_on"),
        "hours": row.get("hours"),
        "text": texts(row, "text", languages),
    })  # fmt: skip


def gone(rows: Iterable[Record], living: Iterable[str], languages: Sequence[str]) -> list[Values]:
    """Return what permanent links to closed records lead to.

    ``replaced_by`` is the record that took over in the end, over several replacements, and
    only if it is among those published (``living``).
    """
    rows = list(rows)
    next_of = {row["id"]: row.get("replaced_by") for row in rows}
    published = frozenset(living)
    return [
        lean({
            "id": row["id"],
            "institution": row.get("institution_code"),
            "name": texts(row, "name", languages),
            "closed_on": row.get("closed_on"),
            "closure_reason": row.get("closure_reason"),
            "replaced_by": _successor(row["id"], next_of, published),
        })
        for row in rows
    ]  # fmt: skip


def _successor(key: str, next_of: Mapping[str, str | None], living: frozenset) -> str | None:
    """Follow replacements to a published record; None if they end, or turn in a circle."""
    seen: set[str] = set()
    current: str | None = key
    while current and current not in seen:
        if current in living:
            return current
        seen.add(current)
        current = next_of.get(current)
    return None


def months_later(iso: str, months: int) -> str:
    """Return the day so many months later; the month's last where it has no such day."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1])).isoformat()


def stale_sites(sites: Sequence[Values], today: str) -> list[int]:
    """Return the numbers of sites that were to be verified again twice over by a day (ISO 8601).

    They are out of the page's default view: search, filters and links show them, and say so. A
    site that was never verified has no such day.
    """
    found = []
    for number, site in enumerate(sites):
        verified = site.get("verified_on") or ""
        if re.match(r"\d{4}-\d\d-\d\d", verified):
            months = 2 * (site.get("verify_every_months") or VERIFY_EVERY)
            if months_later(verified, months) <= today:
                found.append(number)
    return found


def past_only(records: Sequence[Values], today: str) -> list[Values]:
    """Return records without a verification of a day (ISO 8601) to come, a slip of the pen."""
    said = ("verified_on", "verified_by", "verification_method")
    return [
        {key: value for key, value in one.items() if key not in said}
        if (one.get("verified_on") or "")[: len(today)] > today
        else one
        for one in records
    ]
