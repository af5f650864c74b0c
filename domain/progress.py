# SPDX-License-Identifier: GPL-2.0-or-later
"""How a job says how far it is, and how it learns that it should stop."""

from __future__ import annotations

from typing import Callable

#: Called with the part done (0 to 1) and a short sentence; raises ``Cancelled`` to stop the job.
Progress = Callable[[float, str], None]


def within(progress: Progress, start: float, length: float, sentence: str = "") -> Progress:
    """Return the progress of a part of a job, its own ``sentence`` said where it has none.

    The part begins at ``start`` and is ``length`` of the whole. It says that it is done (1.0)
    only with the whole job.
    """

    def part(done: float, message: str) -> None:
        progress(start + length * done, message or sentence)

    return part


def silent(_done: float, _message: str) -> None:
    """Report nothing and never cancel."""


def repeating(progress: Progress) -> tuple[Progress, Callable[[], None]]:
    """Return a progress, and what says again what was last said by it.

    Whoever only waits says it now and then: that is how a cancel is heard.
    """
    last: list[tuple[float, str]] = [(0.0, "")]

    def say(done: float, message: str) -> None:
        last[0] = (done, message)
        progress(done, message)

    return say, lambda: progress(*last[0])
