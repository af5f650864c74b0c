# SPDX-License-Identifier: GPL-2.0-or-later
"""How a job says how far it is, and how it learns that it should stop."""

from __future__ import annotations

from typing import Callable

#: Called with the part done (0 to 1) and a short sentence; raises ``Cancelled`` to stop the job.
Progress = Callable[[float, str], None]


def silent(_done: float, _message: str) -> None:
    """Report nothing and never cancel."""
