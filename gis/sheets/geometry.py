# SPDX-License-Identifier: GPL-2.0-or-later
"""Rectangles on paper: millimetres, x to the right, y downwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rect:
    """A rectangle by its upper left corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def inset(self, by: float) -> Rect:
        """Return the rectangle made smaller by the same width on all sides."""
        return Rect(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def moved(self, dx: float, dy: float) -> Rect:
        """Return the rectangle elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def kept_in(self, other: Rect) -> Rect:
        """Return the rectangle moved as little as possible into another, larger one."""
        return replace(
            self,
            x=min(max(self.x, other.x), other.right - self.w),
            y=min(max(self.y, other.y), other.bottom - self.h),
        )

    def mirrored(self, width: float) -> Rect:
        """Return its place on a page of this width that reads from right to left."""
        return replace(self, x=width - self.right)

    def overlaps(self, other: Rect, gap: float = 0.0) -> bool:
        """Tell whether the two come nearer to each other than ``gap``."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )

    def holds(self, other: Rect, tolerance: float = 0.01) -> bool:
        """Tell whether the other lies inside."""
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )


def around(x: float, y: float, w: float, h: float) -> Rect:
    """Return the rectangle with its middle at a point."""
    return Rect(x - w / 2, y - h / 2, w, h)


def hull(rects: Iterable[Rect]) -> Rect:
    """Return the smallest rectangle that holds all of some."""
    rects = tuple(rects)
    x, y = min(one.x for one in rects), min(one.y for one in rects)
    right, bottom = max(one.right for one in rects), max(one.bottom for one in rects)
    return Rect(x, y, right - x, bottom - y)
