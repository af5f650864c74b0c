# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings: what a check has to say about one value, as codes and not as sentences.

The sentence of a rule stands in ``data/sentences.csv`` in French, Arabic and English; whoever
shows a finding writes it out there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

BLOCKING = "blocking"
WARNING = "warning"
INFO = "info"


_NO_PARAMS: Mapping[str, Any] = MappingProxyType({})


class Finding(NamedTuple):
    """One rule that one value breaks.

    ``blocking`` keeps a record from being published; ``refuses`` (always blocking too) keeps
    it from being a record at all. ``row`` is the line of the file as its reader counts it.
    """

    rule: str
    severity: str
    field: str = ""
    value: str = ""
    proposal: str = ""
    params: Mapping[str, Any] = _NO_PARAMS
    table: str = "site"
    key: str = ""
    row: int = 0
    refuses: bool = False


def signed(finding: Finding, key: str, row: int) -> Finding:
    """Return a finding that says which record and line it is about."""
    rule, severity, field, value, proposal, params, table, _key, _row, refused = finding
    return Finding(rule, severity, field, value, proposal, params, table, key, row, refused)


def blocks(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings forbids publication."""
    for one in findings:  # noqa: SIM110 - a third quicker than any(), and asked of each row
        if one.severity == BLOCKING:
            return True
    return False


def refuses(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings forbids taking the record in."""
    for one in findings:  # noqa: SIM110
        if one.refuses:
            return True
    return False


def counted(findings: Iterable[Finding]) -> tuple[int, int]:
    """Return how many findings are blocking, and how many are warnings."""
    times = Counter(map(attrgetter("severity"), findings))
    return times[BLOCKING], times[WARNING]
