# SPDX-License-Identifier: GPL-2.0-or-later
"""A job of the database done while Python goes on with another one.

A database's client lets go of the interpreter while it works, so that a thread of its own gives
it the time that Python would spend waiting.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Semaphore
from typing import Any, Callable

from ..domain.errors import Cancelled
from ..domain.progress import Progress

#: Seconds after which who works with Python lets the other thread have its turn: it waits so long
#: each time that the database has done a statement.
_SHORT = 0.0002


@contextmanager
def alongside(job: Callable[[Progress], None]) -> Iterator[None]:
    """Run a job in a thread of its own; at the end of the block both are done.

    Only the job may use the connection meanwhile. What it raises is raised at the end of the
    block; if the block itself raises (Cancelled), the job is told so when it next reports its
    progress, and waited for.
    """
    given_up = Event()
    patience = sys.getswitchinterval()

    def listen(_done: float, _message: str) -> None:
        if given_up.is_set():
            raise Cancelled

    with ThreadPoolExecutor(max_workers=1) as threads:
        sys.setswitchinterval(_SHORT)
        try:
            running = threads.submit(job, listen)
            yield
            running.result()
        except BaseException:
            given_up.set()
            raise
        finally:
            sys.setswitchinterval(patience)


class Handover:
    """Items that one thread hands to another, some at a time; close it after the last.

    Whoever goes over them gets each, and waits for those that are still to come. Whoever gives
    waits while ``most`` lots are not done with: they take memory.
    """

    def __init__(self, most: int = 4) -> None:
        self._queue: SimpleQueue[Iterable | None] = SimpleQueue()
        self._room = Semaphore(most)
        self._wanted = True

    def give(self, items: Iterable) -> None:
        """Hand some items over."""
        self._room.acquire()
        if self._wanted:
            self._queue.put(items)
        else:
            self._room.release()

    def close(self) -> None:
        """Say that no more will come."""
        self._queue.put(None)

    def give_up(self) -> None:
        """Say that nobody wants them any more: whoever gives need not wait."""
        self._wanted = False
        self._room.release()

    def __iter__(self) -> Iterator[Any]:
        for items in iter(self._queue.get, None):
            yield from items
            self._room.release()
