# SPDX-License-Identifier: GPL-2.0-or-later
"""Choosing and placing a map's signs: as much told as there is room for, nothing dishonest.

Cards first, for they say most. Where they do not all find room, stacks; and where even those
do not, only the places that stand in each other's way share one, step by step.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Callable

from ..charter import Charter
from ..geometry import Rect
from . import mask as masks
from .content import Entry
from .placement import Field, Placed, faults, place_blocks
from .signs import Group, Point, Sign, SignComposer, grouped

#: Places are joined step by step, over distances that grow; at most so many times.
_STEPS = 40
#: The step from which signs make room for one at fault, before farther places are joined.
_INSIST = 2
#: How many neighbours of a sign at fault are looked at.
_NEIGHBOURS = 8


@dataclass(frozen=True)
class PlacedSign:
    """A sign, where it went, the sites it stands for, and whether it is in another's way."""

    sign: Sign
    placed: Placed
    group: Group
    fault: bool

    def displacements(self) -> tuple[float, ...]:
        """Return how far from each site's own place its sign is, in mm.

        Of a marker its middle counts, of a card or stack its nearest side.
        """
        if self.sign.kind == "marker":
            return (self.placed.distance,)
        return tuple(_apart(self.placed.rect, point) for point in self.group.points)


def place_signs(
    entries: Sequence[Entry],
    paper: Callable[[float, float], Point],
    composer: SignComposer,
    charter: Charter,
    field: Field,
) -> tuple[PlacedSign, ...]:
    """Return the signs of the sites on a map, placed.

    What still is in the way of another, when nothing helps any more, is marked as a fault.
    """
    groups = grouped(entries, paper, charter["same_place"])
    found = _placed(groups, composer, False, field, {})
    known = {id(one.group): one for one in found if not one.fault and not one.sign.card}
    for step in range(_STEPS):
        if not any(one.fault for one in found):
            break
        if step:
            groups = _thinned(found, min(step * charter["join_step"], field.limit), field.limit)
        found = _placed(groups, composer, True, field, known, insist=step >= _INSIST)
        known = {id(one.group): one for one in found if not one.fault}
    return found


def _placed(
    groups: Sequence[Group],
    composer: SignComposer,
    stacked: bool,
    field: Field,
    known: Mapping[int, PlacedSign],
    insist: bool = False,
) -> tuple[PlacedSign, ...]:
    """Compose and place signs; ``known`` are those of groups (by identity) that stand well."""
    kept = [known.get(id(group)) for group in groups]
    signs = [
        one.sign if one else composer.compose(group, stacked) for one, group in zip(kept, groups)
    ]
    blocks = [sign.block for sign in signs]
    places = {number: one.placed for number, one in enumerate(kept) if one}
    placed = place_blocks(blocks, field, places, insist)
    wrong = faults(blocks, placed, field)
    return tuple(
        PlacedSign(sign, place, group, number in wrong)
        for number, (sign, place, group) in enumerate(zip(signs, placed, groups))
    )


def _thinned(found: Sequence[PlacedSign], reach: float, limit: float) -> list[Group]:
    """Return the groups, fewer of them where one is at fault.

    One at fault is joined with its nearest neighbour within reach. Where there is none, two of
    its neighbours make room by becoming one; at last it joins whoever is nearest: better a sign
    farther off, which the report tells, than one upon another. Before that no group becomes
    wider than ``limit``.
    """
    groups = [one.group for one in found]
    free = set(range(len(groups)))
    joined: list[Group] = []
    for number in sorted(free, key=lambda i: (len(groups[i].entries), i)):
        if number not in free or not found[number].fault:
            continue
        others = sorted(free - {number}, key=lambda i: _between(groups, number, i))
        pair = (
            _joinable(groups, [(number, i) for i in others[:_NEIGHBOURS]], reach, limit)
            or _joinable(groups, list(combinations(others[:_NEIGHBOURS], 2)), limit, limit)
            or (_joinable(groups, [(number, i) for i in others[:1]], math.inf, math.inf))
        )
        if pair and (reach >= limit or _between(groups, *pair) <= reach):
            free -= set(pair)
            joined.append(groups[pair[0]].joined(groups[pair[1]]))
    return [*joined, *(groups[number] for number in sorted(free))]


def _between(groups: Sequence[Group], one: int, other: int) -> float:
    return math.dist(groups[one].point, groups[other].point)


def _joinable(
    groups: Sequence[Group], pairs: Sequence[tuple[int, int]], reach: float, limit: float
) -> tuple[int, int] | None:
    """Return the nearest pair within reach that becomes no wider than the limit."""
    fitting = [
        (_between(groups, *pair), pair)
        for pair in pairs
        if _between(groups, *pair) <= reach
        and groups[pair[0]].joined(groups[pair[1]]).radius <= limit
    ]
    return min(fitting, default=(0.0, None))[1]


def _apart(rect: Rect, point: Point) -> float:
    x, y = point
    return math.hypot(max(rect.x - x, 0.0, x - rect.right), max(rect.y - y, 0.0, y - rect.bottom))


def field_of(frame: Rect, charter: Charter, edges, taken) -> Field:
    """Return where signs may go on a map: inside its frame, not on what is taken (masks)."""
    return Field(frame.inset(1.2), charter["displacement"], masks.Sums(edges), masks.Sums(taken))
