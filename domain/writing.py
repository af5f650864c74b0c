# SPDX-License-Identifier: GPL-2.0-or-later
"""Days and telephone numbers as they are written in Morocco, in French and in Arabic."""

from __future__ import annotations

from datetime import date


def written_date(day: date) -> str:
    """Return a day as it is written in Morocco, in French and in Arabic: 21/11/2026."""
    return day.strftime("%d/%m/%Y")


def written_phone(phone: str) -> str:
    """Return a Moroccan number as it is dialled in the country: 05 22 01 02 03."""
    if not phone.startswith("+212") or len(phone) != 13:
        return phone
    national = "0" + phone[4:]
    return "\u00a0".join(national[start : start + 2] for start in range(0, 10, 2))
