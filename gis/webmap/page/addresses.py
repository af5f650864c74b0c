# SPDX-License-Identifier: GPL-2.0-or-later
"""Addresses that come from the data: only the harmless kinds become links (``web/src/safe.ts``)."""

from __future__ import annotations

import re


def web_address(text: str | None) -> str | None:
    """Return a web address, None when it is anything but http or https."""
    trimmed = (text or "").strip()
    return trimmed if re.fullmatch(r"https?://[^\s\"'<>\\]+", trimmed, re.IGNORECASE) else None


def mail_address(text: str | None) -> str | None:
    """Return an e-mail address, None when it is not one."""
    trimmed = (text or "").strip()
    part = r"[^\s@<>\"'?&]+"
    return trimmed if re.fullmatch(rf"{part}@{part}\.{part}", trimmed) else None


def dialled(text: str | None) -> str | None:
    """Return a telephone number's digits with their plus, None when nothing can be dialled."""
    digits = re.sub(r"[^0-9+]", "", text or "")
    return digits if re.fullmatch(r"\+?[0-9]{3,15}", digits) else None


def shown_phone(digits: str) -> str:
    """Return a number as people read it: Moroccan numbers in pairs, others as they are."""
    moroccan = re.fullmatch(r"\+212(\d)(\d\d)(\d\d)(\d\d)(\d\d)", digits)
    return f"+212 {' '.join(moroccan.groups())}" if moroccan else digits
