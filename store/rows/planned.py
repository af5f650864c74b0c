# SPDX-License-Identifier: GPL-2.0-or-later
"""What was decided of one row of a file."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...domain.collecting import unpacked
from ...domain.report import INFO, Finding, signed

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"


class Planned(NamedTuple):
    """What becomes of one row: the outcome, the record's key, what it says, what it changes.

    ``said`` and ``changed`` are packed (``domain.collecting``): ``values`` and ``changes`` make
    them anew, by column. ``found`` are its findings without their row and record, which
    ``findings`` adds: most of 100,000 rows have the same ones, kept once. ``services`` are the
    names of services that a site offers, ``offered_at`` the keys of the sites at which a
    service is newly offered.
    """

    row: int
    outcome: str
    key: str
    said: tuple[Any, ...]
    changed: tuple[Any, ...]
    found: tuple[Finding, ...]
    services: tuple[str, ...] = ()
    offered_at: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        """What the row says, by column."""
        return unpacked(self.said)

    @property
    def changes(self) -> dict[str, Any]:
        """What the row changes in its record, by column; of a new one it is all that it says."""
        return unpacked(self.changed)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the row, with its line and its record."""
        return tuple([signed(one, self.key, self.row) for one in self.found])

    @property
    def problems(self) -> list[Finding]:
        """The findings that are more than information, which most of 100,000 rows have as well."""
        return [signed(one, self.key, self.row) for one in self.found if one.severity != INFO]
