# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheets that were kept back or marked, and what a person is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...domain.errors import PrintError
from ..titles import interface_locale
from ..wording import spoken
from .verify.fault import NOTED, REFUSED, Fault


class Doubt(NamedTuple):
    """A sheet that did not pass: its region's code and names, what became of it, and why."""

    region: str
    names: Mapping[str, str]
    verdict: str
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        """Whether the sheet was kept back; else its pages are marked."""
        return self.verdict == REFUSED

    def sentences(self) -> list[str]:
        """Return what happened to the sheet and each reason, in QGIS's language."""
        language = interface_locale()[:2].lower()
        name = self.names.get(language) or self.names["fr"]
        if self.refused:
            head = PrintError("{region}: the sheet was not printed.", region=name)
        else:
            head = PrintError("{region}: the sheet is marked « to be checked ».", region=name)
        reasons = [one.said for one in self.faults if one.effect != NOTED]
        return [spoken(head), *(f"– {spoken(one)}" for one in reasons)]


def doubts_said(doubts: Iterable[Doubt]) -> str:
    """Return the sentences of several sheets, a line each."""
    return "\n".join(line for one in doubts for line in one.sentences())
