# SPDX-License-Identifier: GPL-2.0-or-later
"""Memory while many lasting rows are made: the collector held back, lists given up."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")


@contextmanager
def collector_held() -> Iterator[None]:
    """Keep the collector from walking over all rows each time that some more were made.

    Rows refer to each other in no circle, so that it would find nothing; on a hundred thousand
    of them its walks take a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def given_up(ones: list[One], others: list[Other]) -> Iterator[tuple[One, Other]]:
    """Yield from two lists side by side and empty them: what comes of them needs the memory."""
    ones.reverse()
    others.reverse()
    while ones:
        yield ones.pop(), others.pop()
