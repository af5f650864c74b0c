# SPDX-License-Identifier: GPL-2.0-or-later
"""A row of a file as it was understood, on its way to becoming a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .report import Finding


@dataclass
class Candidate:
    """A row understood: its values by column, and what was found in it.

    ``services`` are the services that a site names, ``site_kinds`` the kinds of site where a
    service is offered.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    services: tuple[str, ...] = ()
    site_kinds: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def find(self, rule: str, severity: str, **details: Any) -> None:
        """Note a finding on this row."""
        self.findings.append(Finding(rule, severity, row=self.row, **details))
