# SPDX-License-Identifier: GPL-2.0-or-later
"""A job of the database done while Python goes on with another one.

A database's client lets go of the interpreter while it works, so that a thread of its own gives
it the time that Python would spend waiting.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import Callable

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
