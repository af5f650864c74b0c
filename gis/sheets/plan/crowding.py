# SPDX-License-Identifier: GPL-2.0-or-later
"""Where points crowd on a map, and the window around them that a detail map shows larger.

The rule (``crowd`` in the charter): within a circle of ``radius`` mm, at least ``sites`` sites
whose markers and stacks would cover more than the part ``fill`` of it. Millimetres of paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..geometry import Rect, around

Rule = Mapping[str, Any]
#: Positions tried along each side for a window that cannot hold a whole crowd.
_TRIES = 16


@dataclass(frozen=True)
class Window:
    """A detail map: its letter, its part of the main map in mm of it, its scale and its frame.

    ``place`` is ``map``, ``panel`` or ``page``; ``rect`` its frame without the strip, in mm of
    the main map or of the page.
    """

    letter: str
    footprint: Rect
    scale: float
    place: str
    rect: Rect


@dataclass(frozen=True)
class Spots:
    """Places on a map: their points, the area that the sign of each covers, its sites."""

    points: np.ndarray
    areas: np.ndarray
    sites: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[tuple[float, float, float, int]]) -> Spots:
        """Return the spots of rows of (x, y, area, sites)."""
        table = np.array(rows, dtype=float).reshape(-1, 4)
        return cls(table[:, :2], table[:, 2], table[:, 3])

    def only(self, chosen: np.ndarray) -> Spots:
        """Return some of the spots."""
        return Spots(self.points[chosen], self.areas[chosen], self.sites[chosen])

    def enlarged(self, factor: float) -> Spots:
        """Return the spots on a map at another scale; signs stay as large as they are."""
        return Spots(self.points * factor, self.areas, self.sites)

    def inside(self, rect: Rect) -> np.ndarray:
        """Tell which spots lie in a rectangle."""
        x, y = self.points.T
        return (x >= rect.x) & (x <= rect.right) & (y >= rect.y) & (y <= rect.bottom)


class Pairs:
    """The spots within reach of each other: each pair once, and how far apart its spots are.

    Found along a sorted axis: a table of all with all grows with the square of a city.
    """

    def __init__(self, points: np.ndarray, reach: float) -> None:
        order = np.argsort(points[:, 0], kind="stable")
        x, y = points[order].T
        last = np.searchsorted(x, x + reach, side="right")
        counts = last - np.arange(len(x)) - 1
        one = np.repeat(np.arange(len(x)), counts)
        other = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts) + one + 1
        apart = np.hypot(x[one] - x[other], y[one] - y[other])
        near = apart <= reach
        self._one, self._other, self._apart = order[one[near]], order[other[near]], apart[near]

    def sums(self, values: np.ndarray, radius: float) -> np.ndarray:
        """Return the sum of a value over the spots within a radius of each, itself included."""
        near = self._apart <= radius
        one, other, count = self._one[near], self._other[near], len(values)
        found = np.bincount(one, values[other], count) + np.bincount(other, values[one], count)
        return values + found


def fills(
    spots: Spots, rule: Rule, frame: Rect | None = None, pairs: Pairs | None = None
) -> np.ndarray:
    """Return, for each spot, the part of the circle around it that signs would cover.

    0 where the circle has fewer sites than the rule asks for, or one spot only. There is no room
    beyond a ``frame``. ``pairs`` are the spots within the rule's radius, if they are known.
    """
    radius = rule["radius"]
    pairs = pairs or Pairs(spots.points, radius)
    room = np.pi * radius**2
    covered = pairs.sums(spots.areas, radius)
    fill = covered / (room if frame is None else room * _inside(spots, rule, frame))
    enough = pairs.sums(spots.sites, radius) >= rule["sites"]
    alone = pairs.sums(np.ones(len(spots.sites)), radius) <= 1
    return np.where(enough & ~alone, fill, 0.0)


def _inside(spots: Spots, rule: Rule, frame: Rect) -> np.ndarray:
    """Return about which part of the room around each spot is inside a frame.

    Half of what is lost there is found again farther inside, where signs may go.
    """
    low, high = np.array([frame.x, frame.y]), np.array([frame.right, frame.bottom])
    reach = np.minimum(spots.points + rule["radius"], high)
    reach -= np.maximum(spots.points - rule["radius"], low)
    return (0.5 + reach / (4 * rule["radius"])).prod(axis=1)


def overfull(spots: Spots, rule: Rule, frame: Rect | None = None) -> float:
    """Return how full the fullest circle is, of the crowd's size or of a smaller one.

    Fewer sites than make a crowd may be too many for a narrower place. 0 if nothing comes near.
    """
    if not len(spots.points):
        return 0.0
    rules = (rule, {**rule, **rule["narrow"]})
    pairs = Pairs(spots.points, max(one["radius"] for one in rules))
    return max(float(fills(spots, one, frame, pairs).max()) for one in rules)


def fullest_in(one: Window, spots: Spots, scale: float, rule: Rule) -> float:
    """Return how full the fullest circle of a detail map is; ``scale`` is the main map's."""
    factor = scale / one.scale
    shown = one.footprint
    frame = Rect(shown.x * factor, shown.y * factor, shown.w * factor, shown.h * factor)
    return overfull(spots.only(spots.inside(shown)).enlarged(factor), rule, frame)


def densest_crowd(spots: Spots, rule: Rule) -> Spots | None:
    """Return the crowd with the fullest circle: the crowded spots that hang together.

    With all that is in their circles. None if nothing crowds.
    """
    found = fills(spots, rule) if len(spots.points) else np.zeros(0)
    full = found > rule["fill"]
    if not full.any():
        return None
    member = np.zeros(len(full), dtype=bool)
    member[np.argmax(found)] = True
    while True:
        reached = full & _near(spots.points, spots.points[member], rule["radius"]).any(axis=1)
        if not (reached & ~member).any():
            break
        member |= reached
    return spots.only(_near(spots.points, spots.points[member], rule["radius"]).any(axis=1))


def _near(points: np.ndarray, others: np.ndarray, radius: float) -> np.ndarray:
    return np.hypot(*(points[:, None, :] - others).transpose(2, 0, 1)) <= radius


def window(crowd: Spots, w: float, h: float, edge: float) -> Rect:
    """Return the w x h rectangle that shows most of a crowd, ``edge`` free along its sides.

    Around the middle of the whole crowd if it has room; else where most sites are.
    """
    inner_w, inner_h = w - 2 * edge, h - 2 * edge
    low, high = crowd.points.min(axis=0), crowd.points.max(axis=0)
    if (high - low <= [inner_w, inner_h]).all():
        return around(*((low + high) / 2), w, h)
    x, y = crowd.points.T
    left = np.linspace(low[0], max(low[0], high[0] - inner_w), _TRIES)[:, None]
    top = np.linspace(low[1], max(low[1], high[1] - inner_h), _TRIES)[:, None]
    across = ((x >= left) & (x <= left + inner_w)) * crowd.sites
    held = across @ ((y >= top) & (y <= top + inner_h)).T.astype(float)
    column, row = np.unravel_index(int(np.argmax(held)), held.shape)
    best = Rect(float(left[column, 0]), float(top[row, 0]), inner_w, inner_h)
    inside = crowd.points[crowd.inside(best)]
    return around(*((inside.min(axis=0) + inside.max(axis=0)) / 2), w, h)
