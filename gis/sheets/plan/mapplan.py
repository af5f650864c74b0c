# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands on a map beside the ground, as plain data; millimetres from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..charter import Style
from ..geometry import Rect

if TYPE_CHECKING:
    from .groups import Point
    from .signing import PlacedSign


@dataclass(frozen=True)
class Label:
    """A line of text on the map; (x, y) is the middle of its left, right or middle end.

    ``angle`` turns it clockwise, in degrees.
    """

    x: float
    y: float
    text: str
    style: Style
    align: str = "centre"
    halo: str = ""
    angle: float = 0.0


@dataclass(frozen=True)
class Dot:
    """A point sign: a ``place`` of a card, or ``about`` that; a ``chief`` or another ``town``."""

    x: float
    y: float
    kind: str


@dataclass(frozen=True)
class Footprint:
    """The part of a map that a detail map shows larger, under its letter."""

    rect: Rect
    letter: str


@dataclass(frozen=True)
class MapPlan:
    """Everything on the map but the ground itself.

    ``left_out`` are names that found no room; ``named`` the codes of the provinces and the names
    of the chief towns that did.
    """

    signs: tuple[PlacedSign, ...]
    leaders: tuple[tuple[Point, Point], ...]
    labels: tuple[Label, ...]
    dots: tuple[Dot, ...]
    footprints: tuple[Footprint, ...]
    locator: Rect | None
    scale_plate: Rect | None
    left_out: tuple[str, ...]
    named: frozenset[str]

    def overlaps(self) -> int:
        """Return how many pairs of signs touch."""
        rects = [one.placed.rect for one in self.signs]
        return sum(a.overlaps(b) for i, a in enumerate(rects) for b in rects[:i])

    def faults(self) -> int:
        """Return how many signs touch another, stand too far off, or have a leader crossed."""
        return sum(one.fault for one in self.signs)

    def displacements(self) -> tuple[float, ...]:
        """Return how far from its own place the sign of each site is, in mm."""
        return tuple(distance for one in self.signs for distance in one.displacements())

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the sites on the map."""
        return tuple(sorted(entry.number for one in self.signs for entry in one.sign.entries))
