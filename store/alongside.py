# SPDX-License-Identifier: GPL-2.0-or-later
"""A job of the database done while Python goes on with another one.

A database's client lets go of the interpreter while it works, so that a thread of its own gives
it the time that Python would spend waiting.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Event, Lock, Semaphore
from typing import Any, Callable

from ..domain.errors import Cancelled
from ..domain.progress import Progress

#: Seconds after which who works with Python lets the other thread have its turn: it waits so long
#: each time that the database has done a statement.
_SHORT = 0.0002
_OFTEN = 0.2  # seconds: how often somebody who waits is asked whether to go on
_FAILED = object()
_turns: list[float] = []  # how long turns were before, for each job that is under way
_one = Lock()


class Unwanted(Exception):
    """What is given has nobody who takes it any more; what that one raised says why."""


@contextmanager
def alongside(
    job: Callable[[Progress], None], meanwhile: Callable[[], None] = lambda: None
) -> Iterator[None]:
    """Run a job in a thread of its own; at the end of the block both are done.

    Only the job may use the connection meanwhile. What it raises is raised at the end of the
    block, or when the block meets Unwanted; if the block itself raises (Cancelled), the job is
    told so when it next reports its progress, and waited for. ``meanwhile`` is called now and then
    while the job is waited for, and may raise Cancelled.
    """
    given_up = Event()

    def listen(_done: float, _message: str) -> None:
        if given_up.is_set():
            raise Cancelled

    with _short_turns(), ThreadPoolExecutor(max_workers=1) as threads:
        running = threads.submit(job, listen)
        try:
            yield
            while not wait([running], _OFTEN).done:
                meanwhile()
            running.result()
        except Unwanted:
            running.result()
            raise
        except BaseException:
            given_up.set()
            raise


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let threads take short turns while any job is under way."""
    with _one:
        _turns.append(_turns[0] if _turns else sys.getswitchinterval())
        sys.setswitchinterval(_SHORT)
    try:
        yield
    finally:
        with _one:
            before = _turns.pop()
            if not _turns:
                sys.setswitchinterval(before)


class Handover:
    """Items that one thread hands to another, some at a time; close it after the last.

    Whoever goes over them gets each, and waits for those that are still to come. Whoever gives
    waits while ``most`` lots are not done with: they take memory.
    """

    def __init__(self, most: int = 4) -> None:
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._room = Semaphore(most)
        self._wanted = True

    def give(self, items: Iterable, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Hand some items over; ``meanwhile`` is called now and then until there is room.

        Unwanted if nobody takes them any more.
        """
        while not self._room.acquire(timeout=_OFTEN):
            meanwhile()
        if not self._wanted:
            self._room.release()
            raise Unwanted
        self._queue.put(items)

    def close(self) -> None:
        """Say that no more will come."""
        self._queue.put(None)

    def fail(self) -> None:
        """Say that those that should come will not: whoever goes over them gets Cancelled."""
        self._queue.put(_FAILED)

    def give_up(self) -> None:
        """Say that nobody wants them any more: whoever gives need not wait."""
        self._wanted = False
        self._room.release()

    def __iter__(self) -> Iterator[Any]:
        for items in iter(self._queue.get, None):
            if items is _FAILED:
                raise Cancelled
            yield from items
            self._room.release()
