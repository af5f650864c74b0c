# SPDX-License-Identifier: GPL-2.0-or-later
"""What all sheets of one printing share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .charter import LANGUAGES


@dataclass(frozen=True)
class Edition:
    """Language (a key of ``LANGUAGES``), date, whether the data are made up, sheets, credits.

    ``address`` is that of the published page on the web, ending in a slash; empty if unknown.
    """

    language: str
    day: date
    specimen: bool
    total: int
    credits: tuple[str, ...]
    address: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages on the sheet, the leading one first."""
        return LANGUAGES[self.language]

    @property
    def right_to_left(self) -> bool:
        """Whether pages read from right to left."""
        return self.languages[0] == "ar"
