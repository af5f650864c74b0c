# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ....domain.errors import PrintError
from ...wording import error_sentence


class Fault(NamedTuple):
    """A rule that a sheet breaks, whether that refuses it, and what is to be said of it."""

    rule: str
    grave: bool
    said: PrintError

    def report(self) -> dict[str, object]:
        """Return what the report says: the rule, what became of the sheet, the sentence."""
        return {
            "rule": self.rule,
            "refused": self.grave,
            "fr": error_sentence(self.said, "fr"),
            "ar": error_sentence(self.said, "ar"),
        }


def refused(faults: Iterable[Fault]) -> bool:
    """Tell whether any of the faults refuses the sheet."""
    return any(fault.grave for fault in faults)
