# SPDX-License-Identifier: GPL-2.0-or-later
"""What was decided of one row of a file."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, NamedTuple

from ...domain.candidates import Candidate
from ...domain.collecting import unpacked, value_in
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

    def value(self, name: str) -> Any:
        """Return what the row says in one column, None if nothing."""
        return value_in(self.said, name)

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


class KeptFindings:
    """Findings of rows as ``Planned`` keeps them: without row and record, what is alike once."""

    _MOST = 4096  # different ones that are remembered: a file in which all rows differ has more
    _sign = itemgetter(0, 1, 2, 3, 4, 9)  # all that tells findings without parameters apart

    def __init__(self, table: str) -> None:
        self._unsigned = (table, "", 0)
        self._known: dict[tuple, tuple[Finding, ...]] = {}

    def taken(self, candidate: Candidate) -> tuple[Finding, ...]:
        """Return the findings of a row, which gives them up: 100,000 rows are not kept twice."""
        found, candidate.findings = candidate.findings, ()
        return self.same(found)

    def same(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return findings of a row without the row; those that other rows have are the same."""
        if [one for one in findings if one.params]:
            return self._made(findings)
        sign = tuple(map(self._sign, findings))
        known = self._known.get(sign)
        if known is None:
            known = self._made(findings)
            if len(self._known) < self._MOST:
                self._known[sign] = known
        return known

    def _made(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        unsigned = self._unsigned
        return tuple(
            [
                one if one[6:9] == unsigned else Finding(*one[:6], *unsigned, one.refuses)
                for one in findings
            ]
        )
