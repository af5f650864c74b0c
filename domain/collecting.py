# SPDX-License-Identifier: GPL-2.0-or-later
"""Memory while many rows are made: collector held back, records packed, lists given up."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, TypeVar

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


def give_back() -> None:
    """Let the system have the memory again that was freed, where the C library must be told to.

    Linux's (glibc) keeps all that lies below something still in use: of a workbook that GDAL
    has read and closed, 60 MB for 100,000 rows. Other systems know no such word, or no need.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def packed(record: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return a record in a third of its memory: its columns' names, shared by many, then values."""
    return (_shared(tuple(record)), *record.values())


def unpacked(pack: tuple[Any, ...]) -> dict[str, Any]:
    """Return the record that was packed, made anew."""
    return dict(zip(pack[0], pack[1:]))


@lru_cache(maxsize=4096)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def given_up(ones: list[One], others: list[Other]) -> Iterator[tuple[One, Other]]:
    """Yield from two lists side by side and empty them: what comes of them needs the memory."""
    ones.reverse()
    others.reverse()
    while ones:
        yield ones.pop(), others.pop()
