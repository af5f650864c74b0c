# SPDX-License-Identifier: GPL-2.0-or-later
"""Moving markers apart: blocks near their true places, none on another, no leader crossed.

A block is what stands for one place: a marker or stack, or a card. Each has some two hundred
possible positions around its place; the solver takes the best one for each in turn, given all
others, until nothing changes. Same input, same result. Millimetres throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import mask as masks
from .conflicts import cover, crossings, gaps, reached, running_under
from .geometry import Rect, around

_ANGLES = np.arange(24) * (2 * np.pi / 24)
#: How far apart the rings of a marker's positions are, and the first of them, in mm.
_RING, _FIRST_RING = 0.75, 2.25
_SWEEPS = 12
#: Weights of the cost: a millimetre moved costs 1.
_OVERLAP, _COVER, _CROSS, _CLEARANCE = 60.0, 25.0, 40.0, 0.5
#: A half millimetre of the region's limit under a card.
_HIDDEN = 0.08


@dataclass(frozen=True)
class Block:
    """A rectangle to be placed near its anchor.

    One that is ``pinned`` would stand right on its anchor if it could (a marker, a stack); the
    others stand beside it, the anchor shown as a dot (a card).
    """

    x: float
    y: float
    w: float
    h: float
    pinned: bool


@dataclass(frozen=True)
class Placed:
    """Where a block went, and how far it is from its true place (0 if right on or beside it)."""

    rect: Rect
    distance: float


@dataclass(frozen=True)
class Field:
    """Where blocks may go.

    Inside ``bounds``, not on ``taken``, none farther than ``limit`` from its anchor; ``edges``
    are lines of the map that cards had better not hide.
    """

    bounds: Rect
    limit: float
    edges: masks.Sums
    taken: masks.Sums | None = None


def place_blocks(blocks: Sequence[Block], field: Field) -> tuple[Placed, ...]:
    """Place blocks; overlaps, and leaders that cross, are avoided at almost any price.

    What is left of them is for the caller to see (``faults``).
    """
    if not blocks:
        return ()
    candidates = [_candidates(block, field) for block in blocks]
    sizes = np.array([(block.w, block.h) for block in blocks]) / 2
    anchors = np.array([(block.x, block.y) for block in blocks])
    centres = np.array([places[np.argmin(base)] for places, base in candidates])
    order = sorted(range(len(blocks)), key=lambda i: -blocks[i].w * blocks[i].h)
    still = set(order)
    for _ in range(_SWEEPS):
        moved: set[int] = set()
        for i in order:
            if i in still and _move(i, candidates[i], centres, sizes, anchors):
                moved.add(i)
        if not moved:
            break
        # Only who stands near one that moved may find a better place now.
        still = _near(moved, anchors, field.limit + sizes.max() * 2)
    return tuple(
        Placed(
            around(float(centre[0]), float(centre[1]), block.w, block.h),
            float(_distance(block, np.array([centre]))[0]),
        )
        for block, centre in zip(blocks, centres)
    )


def _move(i: int, candidates, centres: np.ndarray, sizes: np.ndarray, anchors: np.ndarray) -> bool:
    """Give a block its best position as all others stand; tell whether it is another one."""
    places, base = candidates
    near = reached(i, places, anchors, sizes)
    if not near.any():
        best = places[np.argmin(base)]
    else:
        # What costs more by itself than the present position with its conflicts is not tried.
        now = _conflicts(i, centres[i][None], near, centres, sizes, anchors)[0]
        own = base[np.argmin(np.abs(places - centres[i]).sum(axis=1))]
        worth = base < own + now
        if not worth.any():
            return False
        places, base = places[worth], base[worth]
        cost = base + _conflicts(i, places, near, centres, sizes, anchors)
        if cost.min() >= own + now - 1e-9:
            return False
        best = places[np.argmin(cost)]
    if np.array_equal(best, centres[i]):
        return False
    centres[i] = best
    return True


def _near(moved: set[int], anchors: np.ndarray, reach: float) -> set[int]:
    apart = np.abs(anchors[:, None, :] - anchors[sorted(moved)]).max(axis=2)
    return set(np.nonzero((apart < 2 * reach).any(axis=1))[0].tolist())


def _candidates(block: Block, field: Field) -> tuple[np.ndarray, np.ndarray]:
    """Return possible centres and what each costs by itself."""
    half = np.array([block.w, block.h]) / 2
    low = np.array([field.bounds.x, field.bounds.y]) + half
    high = np.array([field.bounds.right, field.bounds.bottom]) - half
    places = np.clip(_positions(block, field.limit), low, np.maximum(low, high))
    distance = _distance(block, places)
    places, distance = places[distance <= field.limit], distance[distance <= field.limit]
    if not len(places):  # a true place beyond the bounds
        places = np.clip([[block.x, block.y]], low, np.maximum(low, high))
        distance = _distance(block, places)
    # Right of the place reads best (Imhof).
    cost = distance + 0.3 * (places[:, 0] < block.x) + 0.1 * (places[:, 1] > block.y)
    left, top = (places - half).T
    if not block.pinned:
        cost = cost + _HIDDEN * field.edges.count(left, top, block.w, block.h)
    if field.taken is not None:
        cost = cost + _OVERLAP * (field.taken.count(left, top, block.w, block.h) > 0)
    return places, cost


def _positions(block: Block, limit: float) -> np.ndarray:
    """Return the positions around a block's anchor, the nearest first."""
    anchor = np.array([block.x, block.y])
    if block.pinned:
        directions = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
        rings = np.arange(_FIRST_RING, limit + 0.01, _RING)
        return np.concatenate([anchor[None], *(anchor + directions * ring for ring in rings)])
    half = np.array([block.w, block.h]) / 2
    found: list[tuple[float, float]] = []
    for gap in np.arange(1.8, limit + 0.01, 0.9):
        for slide in (-0.7, 0.0, 0.7):
            for side in (-1, 1):
                found.append((side * (half[0] + gap), slide * half[1]))
                found.append((slide * half[0], side * (half[1] + gap)))
    return anchor + np.array(found)


def _distance(block: Block, centres: np.ndarray) -> np.ndarray:
    offset = np.abs(centres - [block.x, block.y])
    if not block.pinned:
        offset = np.maximum(0, offset - [block.w / 2, block.h / 2])
    return np.hypot(offset[:, 0], offset[:, 1])


def _conflicts(
    i: int,
    places: np.ndarray,
    near: np.ndarray,
    centres: np.ndarray,
    sizes: np.ndarray,
    anchors: np.ndarray,
) -> np.ndarray:
    """Return what each place of block ``i`` costs against its neighbours as they stand."""
    depth = -gaps(places, sizes[i] + _CLEARANCE, centres[near], sizes[near])
    cost = _OVERLAP * np.where(depth > 0, 1 + depth, 0).sum(axis=1)
    cost += _COVER * cover(places, sizes[i] + 0.5, anchors[near]).sum(axis=1)
    crossed = crossings(anchors[i], places, anchors[near], centres[near])
    hidden = running_under(anchors[i][None], places, centres[near], sizes[near])
    hiding = running_under(anchors[near], centres[near], places, sizes[i][None]).T
    return cost + _CROSS * (crossed | hidden | hiding).sum(axis=1)


def leader(block: Block, placed: Placed) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the line from a block's true place to the block: both ends."""
    rect = placed.rect
    if block.pinned:
        return (block.x, block.y), rect.centre
    nearest = (
        min(max(block.x, rect.x), rect.right),
        min(max(block.y, rect.y), rect.bottom),
    )
    return (block.x, block.y), nearest


def faults(blocks: Sequence[Block], placed: Sequence[Placed], field: Field) -> frozenset[int]:
    """Return which blocks still touch another or what is taken, or have a leader crossed or hidden.

    And those farther from their place than the limit.
    """
    if not blocks:
        return frozenset()
    sizes = np.array([(block.w, block.h) for block in blocks]) / 2
    anchors = np.array([(block.x, block.y) for block in blocks])
    centres = np.array([one.rect.centre for one in placed])
    wrong = gaps(centres, sizes[:, None, :], centres, sizes) < 0
    np.fill_diagonal(wrong, False)
    ends = np.array([leader(block, one)[1] for block, one in zip(blocks, placed)])
    under = running_under(anchors, ends, centres, sizes)
    np.fill_diagonal(under, False)
    wrong |= under
    for i in range(len(blocks)):
        wrong[i] |= crossings(anchors[i], ends[i][None], anchors, ends)[0]
    found = wrong.any(axis=0) | wrong.any(axis=1)
    found |= np.array([one.distance > field.limit + 0.01 for one in placed])
    if field.taken is not None:
        found |= [
            bool(field.taken.count(one.rect.x, one.rect.y, one.rect.w, one.rect.h))
            for one in placed
        ]
    return frozenset(np.nonzero(found)[0].tolist())
