# SPDX-License-Identifier: GPL-2.0-or-later
"""Seconds by the clock and by the processor, ours and the server's (Linux)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Callable, NamedTuple

_TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """Seconds: by the clock, of our processor, of the server's."""

    clock: float
    own: float = 0.0
    server: float = 0.0

    def __str__(self) -> str:
        return f"{self.clock:8.3f} s   processor {self.own:6.2f} ours {self.server:6.2f} server's"


class Meter:
    """Times jobs beside a server, given the number of its first process."""

    def __init__(self, server: int) -> None:
        self._server = server

    def time(self, job: Callable[[], Any]) -> Spent:
        """Return what a job takes."""
        server, own, began = self.worked(), time.process_time(), time.perf_counter()
        job()
        clock = time.perf_counter() - began
        return Spent(clock, time.process_time() - own, self.worked() - server)

    def slowest(self, jobs: Iterable[Callable[[], Any]]) -> Spent:
        """Return what the slowest of several jobs takes, one after the other."""
        return max(map(self.time, jobs))

    def worked(self) -> float:
        """Return the seconds of processor that the server has had, with those that have ended."""
        ticks = sum(_times(self._server)[:4])
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if _parent(process.name) == self._server:
                    ticks += sum(_times(process.name)[:2])
            except OSError:  # it has just ended
                continue
        return ticks / _TICKS


def spent(process: int) -> float:
    """Return the seconds of processor that a process has had."""
    return sum(_times(process)[:2]) / _TICKS


def _words(process: int | str) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _parent(process: int | str) -> int:
    return int(_words(process)[1])


def _times(process: int | str) -> list[int]:
    """Return its own ticks, user and system, and those of its children that have ended."""
    return [int(word) for word in _words(process)[11:15]]
