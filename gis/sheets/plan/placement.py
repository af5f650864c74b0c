# SPDX-License-Identifier: GPL-2.0-or-later
"""Moving markers apart: blocks near their true places, none on another, no leader crossed.

A block is what stands for one place: a marker or stack, or a card. Each has some two hundred
possible positions around its place; the solver takes the best one for each in turn, given all
others, until nothing changes. Same input, same result. Millimetres throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ..geometry import Rect, around
from . import mask as masks
from .conflicts import cover, crossings, gaps, reached, running_under

_ANGLES = np.arange(20) * (2 * np.pi / 20)
#: How far apart the rings of a marker's positions are, and the first of them, in mm.
_RING, _FIRST_RING = 0.8, 2.2
#: Sweeps at most, and sweeps after which one that helps nobody is the last.
_SWEEPS, _PATIENCE = 12, 2
#: Positions whose leaders are looked at together.
_BATCH = 16
NOTHING: Mapping[int, Any] = {}
#: Weights of the cost: a millimetre moved costs 1.
_OVERLAP, _COVER, _CROSS, _CLEARANCE = 60.0, 25.0, 40.0, 0.5
#: A half millimetre of the region's limit under a card.
_HIDDEN = 0.08


@dataclass(frozen=True)
class Block:
    """A rectangle to be placed near its anchor.

    One that is ``pinned`` would stand right on its anchor if it could (a marker, a stack); the
    others stand beside it, the anchor shown as a dot (a card). ``spread`` is how far the places
    it stands for are from the anchor: by so much less may it go away.
    """

    x: float
    y: float
    w: float
    h: float
    pinned: bool
    spread: float = 0.0


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


def place_blocks(
    blocks: Sequence[Block], field: Field, known: Mapping[int, Placed] = NOTHING
) -> tuple[Placed, ...]:
    """Place blocks; overlaps, and leaders that cross, are avoided at almost any price.

    What is left of them is for the caller to see (``faults``). ``known`` are blocks by number
    that have a good place already: they move only if others come near.
    """
    if not blocks:
        return ()
    candidates = [_candidates(block, field) for block in blocks]
    sizes = np.array([(block.w, block.h) for block in blocks]) / 2
    anchors = np.array([(block.x, block.y) for block in blocks])
    centres = np.array(
        [
            known[i].rect.centre if i in known else places[np.argmin(base)]
            for i, (places, base) in enumerate(candidates)
        ]
    )
    own = np.array([_own(*found, centre) for found, centre in zip(candidates, centres)])
    order = np.argsort(-sizes.prod(axis=1), kind="stable")
    reach = 2 * (field.limit + 2 * sizes.max())
    moved, before = np.zeros(len(blocks), dtype=bool), len(blocks) + 1
    for sweep in range(_SWEEPS):
        wrong = _in_the_way(centres, sizes, anchors)
        if sweep >= _PATIENCE and wrong.sum() >= before:
            break  # a crowd that stays one is for others to thin out
        before = wrong.sum()
        # Who is in nobody's way moves only if pushed off its place, and room was made near by.
        pushed = np.array([base.min() < now for now, (_, base) in zip(own, candidates)])
        moved = wrong | (pushed & _near(moved, anchors, reach))
        for i in order[moved[order]]:
            moved[i] = _move(i, candidates[i], own, centres, sizes, anchors)
        moved |= _uncross(blocks, centres, anchors, field.limit)
        if not moved.any():
            break
    return tuple(
        Placed(
            around(float(centre[0]), float(centre[1]), block.w, block.h),
            float(_distance(block, np.array([centre]))[0]),
        )
        for block, centre in zip(blocks, centres)
    )


def _own(places: np.ndarray, base: np.ndarray, centre: np.ndarray) -> float:
    """Return what a block's position costs by itself."""
    return float(base[np.argmin(np.abs(places - centre).sum(axis=1))])


def _move(
    i: int, candidates, own: np.ndarray, centres: np.ndarray, sizes: np.ndarray, anchors: np.ndarray
) -> bool:
    """Give a block its best position as all others stand; tell whether it is another one."""
    places, base = candidates
    near = reached(i, places, anchors, sizes)
    others = _Others(anchors[near], centres[near], sizes[near])
    own[i] = _own(places, base, centres[i])
    now = own[i] + others.conflicts(anchors[i], centres[i][None], sizes[i])[0]
    # What costs as much by itself as the present position with its conflicts is not tried.
    worth = np.nonzero(base < now - 1e-9)[0]
    if not len(worth):
        return False
    cost = base[worth] + others.overlaps(places[worth], sizes[i])
    order = np.argsort(cost, kind="stable")
    least, best = now - 1e-9, -1
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        if cost[batch[0]] >= least:
            break
        whole = cost[batch] + others.lines(anchors[i], places[worth[batch]], sizes[i])
        if whole.min() < least:
            least, best = whole.min(), worth[batch[np.argmin(whole)]]
    if best < 0 or np.array_equal(places[best], centres[i]):
        return False
    centres[i], own[i] = places[best], base[best]
    return True


@dataclass(frozen=True)
class _Others:
    """The neighbours of a block as they stand: anchors, middles, half sizes."""

    anchors: np.ndarray
    centres: np.ndarray
    sizes: np.ndarray

    def overlaps(self, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what lying on a neighbour, or on its dot, costs at each place."""
        depth = -gaps(places, size + _CLEARANCE, self.centres, self.sizes)
        cost = _OVERLAP * np.where(depth > 0, 1 + depth, 0).sum(axis=1)
        return cost + _COVER * cover(places, size + 0.5, self.anchors).sum(axis=1)

    def lines(self, anchor: np.ndarray, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what leaders that cross or are hidden cost at each place."""
        crossed = crossings(anchor[None], places, self.anchors, self.centres)
        hidden = running_under(anchor[None], places, self.centres, self.sizes)
        hiding = running_under(self.anchors, self.centres, places, size[None]).T
        return _CROSS * (crossed | hidden | hiding).sum(axis=1)

    def conflicts(self, anchor: np.ndarray, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what each place costs against the neighbours."""
        return self.overlaps(places, size) + self.lines(anchor, places, size)


def _near(moved: np.ndarray, anchors: np.ndarray, reach: float) -> np.ndarray:
    """Tell which blocks are within reach of one that moved."""
    if not moved.any():
        return moved.copy()
    return (np.abs(anchors[:, None, :] - anchors[moved]).max(axis=2) < reach).any(axis=1)


def _uncross(
    blocks: Sequence[Block], centres: np.ndarray, anchors: np.ndarray, limit: float
) -> np.ndarray:
    """Let blocks of one size whose leaders cross change places; tell which did.

    Crossed diagonals are longer than the opposite sides, so both leaders together get shorter.
    """
    swapped = np.zeros(len(blocks), dtype=bool)
    for i, j in np.argwhere(np.triu(crossings(anchors, centres, anchors, centres))):
        one, other = blocks[i], blocks[j]
        alike = one.pinned and other.pinned and (one.w, one.h) == (other.w, other.h)
        far = max(np.hypot(*(centres[j] - anchors[i])), np.hypot(*(centres[i] - anchors[j])))
        if alike and far <= limit and not swapped[[i, j]].any():
            centres[[i, j]] = centres[[j, i]]
            swapped[[i, j]] = True
    return swapped


def _in_the_way(centres: np.ndarray, sizes: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    """Tell which blocks stand in another's way, or another in theirs."""
    wrong = gaps(centres, sizes[:, None, :] + _CLEARANCE, centres, sizes) < 0
    wrong |= cover(centres, sizes[:, None, :] + 0.5, anchors)
    wrong |= running_under(anchors, centres, centres, sizes)
    np.fill_diagonal(wrong, False)
    wrong |= crossings(anchors, centres, anchors, centres)
    return wrong.any(axis=0) | wrong.any(axis=1)


@lru_cache(maxsize=512)
def _candidates(block: Block, field: Field) -> tuple[np.ndarray, np.ndarray]:
    """Return possible centres and what each costs by itself."""
    half = np.array([block.w, block.h]) / 2
    low = np.array([field.bounds.x, field.bounds.y]) + half
    high = np.array([field.bounds.right, field.bounds.bottom]) - half
    places = np.clip(_positions(block, field.limit), low, np.maximum(low, high))
    distance = _distance(block, places)
    near = distance <= max(field.limit - block.spread, field.limit / 2, float(distance.min()))
    places, distance = places[near], distance[near]
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
    wrong |= crossings(anchors, ends, anchors, ends)
    found = wrong.any(axis=0) | wrong.any(axis=1)
    found |= np.array([one.distance > field.limit + 0.01 for one in placed])
    if field.taken is not None:
        found |= [
            bool(field.taken.count(one.rect.x, one.rect.y, one.rect.w, one.rect.h))
            for one in placed
        ]
    return frozenset(np.nonzero(found)[0].tolist())
