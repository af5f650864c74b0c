# SPDX-License-Identifier: GPL-2.0-or-later
"""A job of the database done while Python goes on with another one.

A database's client lets go of the interpreter while it works, so that a thread of its own gives
it the time that Python would spend waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event
from typing import Any, Callable

from ..domain.errors import Cancelled
from ..domain.progress import Progress


@contextmanager
def alongside(job: Callable[[Progress], None]) -> Iterator[None]:
    """Run a job in a thread of its own; at the end of the block both are done.

    Only the job may use the connection meanwhile. What it raises is raised at the end of the
    block; if the block itself raises (Cancelled), the job is told so when it next reports its
    progress, and waited for.
    """
    given_up = Event()

    def listen(_done: float, _message: str) -> None:
        if given_up.is_set():
            raise Cancelled

    with ThreadPoolExecutor(max_workers=1) as threads:
        running = threads.submit(job, listen)
        try:
            yield
        except BaseException:
            given_up.set()
            raise
        running.result()


class Handover:
    """Items that one thread hands to another, some at a time; close it after the last.

    Whoever goes over them gets each, and waits for those that are still to come.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[Iterable | None] = SimpleQueue()

    def give(self, items: Iterable) -> None:
        """Hand some items over."""
        self._queue.put(items)

    def close(self) -> None:
        """Say that no more will come."""
        self._queue.put(None)

    def __iter__(self) -> Iterator[Any]:
        for items in iter(self._queue.get, None):
            yield from items
