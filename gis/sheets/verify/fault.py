# SPDX-License-Identifier: GPL-2.0-or-later
"""What is wrong with a sheet, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ....domain.errors import PrintError
from ...wording import error_sentence

#: What a fault does: keep the sheet back, mark its pages, or be told in the report only.
REFUSED, MARKED, NOTED = "refused", "marked", "noted"


class Fault(NamedTuple):
    """A rule that a sheet breaks, what that does, and what is to be said of it."""

    rule: str
    effect: str
    said: PrintError

    def report(self) -> dict[str, str]:
        """Return what the report says: the rule, what it does, the sentence."""
        return {
            "rule": self.rule,
            "effect": self.effect,
            "fr": error_sentence(self.said, "fr"),
            "ar": error_sentence(self.said, "ar"),
        }


def refused(faults: Iterable[Fault]) -> bool:
    """Tell whether any of the faults keeps the sheet back."""
    return any(fault.effect == REFUSED for fault in faults)


def verdict(faults: Iterable[Fault]) -> str:
    """Return what becomes of a sheet: ``passed``, ``marked`` or ``refused``."""
    effects = {fault.effect for fault in faults}
    return REFUSED if REFUSED in effects else MARKED if MARKED in effects else "passed"
