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

from ....domain.progress import Progress, silent
from ..charter import Charter
from ..geometry import Rect
from . import mask as masks
from .content import Entry
from .groups import Group, Point, grouped
from .placement import Field, Placed, faults, place_blocks
from .signs import Sign, SignComposer

#: Places are joined step by step, over distances that grow; at most so many times.
_STEPS = 24
#: The step from which signs make room for one at fault, before farther places are joined.
_INSIST = 2
#: How much nearer than it must a wide sign could stand, so that it may be moved a little, in mm.
_SPARE = 3.0
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
    progress: Progress = silent,
) -> tuple[PlacedSign, ...]:
    """Return the signs of the sites on a map, placed.

    What still is in the way of another, when nothing helps any more, is marked as a fault.
    """

    def fits(group: Group) -> bool:
        return composer.compose(group, True).block.fitting <= field.limit - _SPARE

    groups = grouped(entries, paper, charter["same_place"])
    found = _placed(groups, composer, False, field, {})
    known = {id(one.group): one for one in found if not one.fault and not one.sign.card}
    for step in range(_STEPS):
        if not any(one.fault for one in found):
            break
        progress((step + 1) / (_STEPS + 1), "")
        if step:
            reach = min(step * charter["join_step"], field.limit)
            fewer = _thinned(found, reach, field.limit, fits)
            if len(fewer) == len(found) and reach == field.limit and step > _INSIST:
                break
            groups = fewer
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


def _thinned(
    found: Sequence[PlacedSign], reach: float, limit: float, fits: Callable[[Group], bool]
) -> list[Group]:
    """Return the groups, fewer of them where one is at fault.

    One at fault is joined with its nearest neighbour within reach; where there is none, two of
    its neighbours make room by becoming one. At last groups are joined that are wider than
    ``limit``, if their sign ``fits``. No sign stands farther from its sites than that, for it
    would mislead: what even then lies on another stays so, and the sheet's report tells it.
    """
    groups = [one.group for one in found]
    free = set(range(len(groups)))
    joined: list[Group] = []
    for number in sorted(free, key=lambda i: (len(groups[i].entries), i)):
        if number not in free or not found[number].fault:
            continue
        near = [i for i in free if i != number and _between(groups, number, i) <= 2 * limit]
        near = sorted(near, key=lambda i: _between(groups, number, i))[:_NEIGHBOURS]
        own, others = [(number, i) for i in near], list(combinations(near, 2))
        pair = _joinable(groups, own, reach, lambda group: group.radius <= limit)
        pair = pair or _joinable(groups, others, reach, lambda group: group.radius <= limit)
        if reach >= limit:
            pair = pair or _joinable(groups, own, 2 * limit, fits)
            pair = pair or _joinable(groups, others, 2 * limit, fits)
        if pair:
            free -= set(pair)
            joined.append(groups[pair[0]].joined(groups[pair[1]]))
    return [*joined, *(groups[number] for number in sorted(free))]


def _between(groups: Sequence[Group], one: int, other: int) -> float:
    return math.dist(groups[one].point, groups[other].point)


def _joinable(
    groups: Sequence[Group],
    pairs: Sequence[tuple[int, int]],
    reach: float,
    allowed: Callable[[Group], bool],
) -> tuple[int, int] | None:
    """Return the nearest pair within reach that may be joined."""
    near = sorted((far, pair) for pair in pairs if (far := _between(groups, *pair)) <= reach)
    return next((p for _, p in near if allowed(groups[p[0]].joined(groups[p[1]]))), None)


def _apart(rect: Rect, point: Point) -> float:
    x, y = point
    return math.hypot(max(rect.x - x, 0.0, x - rect.right), max(rect.y - y, 0.0, y - rect.bottom))


def field_of(frame: Rect, charter: Charter, edges, taken, shunned) -> Field:
    """Return where signs may go on a map: inside its frame, not on what is taken (masks)."""
    sums = masks.Sums(edges), masks.Sums(taken), masks.Sums(shunned)
    return Field(frame.inset(1.2), charter["displacement"], *sums)
