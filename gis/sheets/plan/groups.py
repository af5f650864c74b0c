# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites that share a sign, being at one place on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable

import numpy as np

from .content import Entry, stops

Point = tuple[float, float]


@dataclass(frozen=True)
class Group:
    """Sites that share a sign: their common place on paper, and each one's own."""

    point: Point
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]

    @property
    def radius(self) -> float:
        """How far the farthest of its sites is from the common place, in mm."""
        return max(math.dist(self.point, point) for point in self.points)

    def joined(self, other: Group) -> Group:
        """Return both as one, at the place of the one with more sites."""
        head = max(self, other, key=lambda group: (len(group.entries), -group.entries[0].number))
        both = sorted(
            zip(self.entries + other.entries, self.points + other.points),
            key=lambda one: one[0].number,
        )
        entries, points = zip(*both)
        return Group(head.point, entries, points)


def grouped(
    entries: Sequence[Entry], paper: Callable[[float, float], Point], reach: float
) -> tuple[Group, ...]:
    """Return the sites by place on paper; the larger takes in others nearer than ``reach`` mm."""
    every = [(paper(*stop.point), stop) for stop in stops(entries)]
    every.sort(key=lambda one: (-len(one[1].entries), one[1].entries[0].number))
    heads: list[list[tuple[Point, Entry]]] = []
    middles = np.zeros((len(every), 2))
    for point, stop in every:
        near = np.nonzero(np.hypot(*(middles[: len(heads)] - point).T) < reach)[0]
        if not len(near):
            middles[len(heads)] = point
            heads.append([])
        heads[near[0] if len(near) else -1] += [(point, entry) for entry in stop.entries]
    return tuple(_group(members) for members in heads)


def _group(members: Sequence[tuple[Point, Entry]]) -> Group:
    points, entries = zip(*sorted(members, key=lambda one: one[1].number))
    return Group(members[0][0], entries, points)
