# SPDX-License-Identifier: GPL-2.0-or-later
"""A row of a file as it was understood, on its way to becoming a record."""

from __future__ import annotations

from typing import Any

from .report import Finding


class Candidate:
    """A row understood: its values by column, and what was found in it.

    ``services`` are the services that a site names, ``site_kinds`` the kinds of site where a
    service is offered. There may be 100,000 at once: their slots take less memory.
    """

    __slots__ = ("findings", "row", "services", "site_kinds", "values")

    def __init__(self, row: int) -> None:
        self.row = row
        self.values: dict[str, Any] = {}
        self.services: tuple[str, ...] = ()
        self.site_kinds: tuple[str, ...] = ()
        self.findings: tuple[Finding, ...] = ()

    def find(self, rule: str, severity: str, **details: Any) -> None:
        """Note a finding on this row."""
        self.note(Finding(rule, severity, row=self.row, **details))

    def note(self, *findings: Finding) -> None:
        """Note findings that are made already."""
        self.findings += findings
