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
    """Return a record in a third of its memory: its columns' places, shared by many, and values."""
    return (_shared(tuple(record)), *record.values())


def unpacked(pack: tuple[Any, ...]) -> dict[str, Any]:
    """Return the record that was packed, made anew."""
    return dict(zip(pack[0], pack[1:]))


def value_in(pack: tuple[Any, ...], name: str) -> Any:
    """Return what a record that was packed has in a column, None if it has no such column."""
    place = pack[0].get(name)
    return pack[place] if place else None


@lru_cache(maxsize=4096)
def _shared(names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names, 1)}


class Kept(Mapping):
    """A record that is only read, in a quarter of a dictionary's memory.

    Many share its columns, and the texts that most have: codes, states, the moment of a batch.
    """

    __slots__ = ("_places", "_values")

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._places = _places(tuple(record))
        self._values = tuple(
            [_same(value) if isinstance(value, str) else value for value in record.values()]
        )

    def __getitem__(self, name: str) -> Any:
        return self._values[self._places[name]]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default."""
        place = self._places.get(name)
        return default if place is None else self._values[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@lru_cache(maxsize=4096)
def _same(text: str) -> str:
    return text


@lru_cache(maxsize=64)
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(names)}


def given_up(ones: list[One]) -> Iterator[One]:
    """Yield what a list holds and empty it: what comes of it needs the memory."""
    ones.reverse()
    while ones:
        yield ones.pop()
