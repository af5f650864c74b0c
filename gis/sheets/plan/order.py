# SPDX-License-Identifier: GPL-2.0-or-later
"""What a map is asked to show, before anything of it has a place."""

from __future__ import annotations

from dataclasses import dataclass

from ..geometry import Rect
from ..land.towns import Town
from .content import Entry
from .mapplan import Footprint


@dataclass(frozen=True)
class Order:
    """What a map is asked to show.

    ``reserved`` are rectangles for something else, ``footprints`` parts that a detail map shows;
    ``locator`` is the locator's width for a height of 1 (None: it stands elsewhere), ``plate``
    the size of the scale's plate (None: it has none). ``elsewhere`` is what detail maps name.
    """

    entries: tuple[Entry, ...]
    towns: tuple[Town, ...]
    reserved: tuple[Rect, ...] = ()
    footprints: tuple[tuple[Footprint, tuple[str, ...]], ...] = ()
    locator: float | None = None
    plate: tuple[float, float] | None = None
    elsewhere: frozenset[str] = frozenset()
