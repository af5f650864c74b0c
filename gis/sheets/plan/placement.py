# SPDX-License-Identifier: GPL-2.0-or-later
"""Moving markers apart: blocks near their true places, none on another, no leader crossed.

A block is what stands for one place: a marker or stack, or a card. Each has some two hundred
possible positions around its place; the solver takes the best one for each in turn, given all
others, until nothing changes. Same input, same result. Millimetres throughout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..geometry import around
from .blocks import OVERLAP, Block, Crowd, Field, Placed, candidates
from .conflicts import cover, crossings, gaps, reached, running_under

#: Sweeps at most, and sweeps after which one that helps nobody is the last.
_SWEEPS, _PATIENCE = 12, 2
#: Turns at most in which room is made for blocks at fault.
_TURNS = 12
#: Positions whose leaders are looked at together.
_BATCH = 16
NOTHING: Mapping[int, Any] = {}
#: Weights of the cost: a millimetre moved costs 1.
_COVER, _CROSS, _CLEARANCE = 25.0, 40.0, 0.5


def place_blocks(
    blocks: Sequence[Block],
    field: Field,
    known: Mapping[int, Placed] = NOTHING,
    insist: bool = False,
) -> tuple[Placed, ...]:
    """Place blocks; overlaps, and leaders that cross, are avoided at almost any price.

    What is left of them is for the caller to see (``faults``). ``known`` are blocks by number
    that have a good place already: they move only if others come near. ``insist`` has
    others make room for those at fault (``_insist``): slower, for when little else helps.
    """
    if not blocks:
        return ()
    found = [candidates(block, field) for block in blocks]
    crowd = Crowd.of(blocks)
    sizes, anchors = crowd.sizes, crowd.anchors
    centres = np.array(
        [
            known[i].rect.centre if i in known else places[np.argmin(base)]
            for i, (places, base) in enumerate(found)
        ]
    )
    own = np.array([_own(*one, centre) for one, centre in zip(found, centres)])
    order = np.argsort(-sizes.prod(axis=1), kind="stable")
    reach = 2 * (field.limit + 2 * sizes.max())
    weights = np.ones(len(blocks))
    moved, before = np.zeros(len(blocks), dtype=bool), len(blocks) + 1
    for sweep in range(_SWEEPS):
        wrong = _in_the_way(centres, sizes, anchors)
        if sweep >= _PATIENCE and wrong.sum() >= before:
            break  # a crowd that stays one is for others to thin out
        before = wrong.sum()
        # Who is in nobody's way moves only if pushed off its place, and room was made near by.
        pushed = np.array([base.min() < now for now, (_, base) in zip(own, found)])
        moved = wrong | (pushed & _near(moved, anchors, reach))
        for i in order[moved[order]]:
            moved[i] = _move(i, found[i], own, centres, sizes, anchors, weights)
        moved |= _uncross(blocks, centres, anchors, field.limit)
        if not moved.any():
            break
    if insist:
        centres = _insist(blocks, crowd, field, found, own, centres, order)
    return tuple(
        Placed(around(float(x), float(y), block.w, block.h), float(far))
        for block, (x, y), far in zip(blocks, centres, crowd.farthest(centres))
    )


def _insist(
    blocks: Sequence[Block],
    crowd: Crowd,
    field: Field,
    found,
    own: np.ndarray,
    centres: np.ndarray,
    order: np.ndarray,
) -> np.ndarray:
    """Return the middles with the fewest blocks at fault, others having made room for them.

    To lie on a block costs the more, the longer it has been at fault: so those around it give
    way, step by step, where none would gain by moving alone (Morris's breakout method, 1993).
    """
    weights = np.ones(len(blocks))
    best, least = centres, len(blocks) + 1
    for turn in range(_TURNS + 1):
        wrong = _at_fault(crowd, centres, field)
        if wrong.sum() < least:
            best, least = centres.copy(), wrong.sum()
        if not least or turn == _TURNS:
            break
        weights[wrong] += 1
        for i in order[_near(wrong, crowd.anchors, 2 * field.limit)[order]]:
            _move(i, found[i], own, centres, crowd.sizes, crowd.anchors, weights)
        _uncross(blocks, centres, crowd.anchors, field.limit)
    return best


def _own(places: np.ndarray, base: np.ndarray, centre: np.ndarray) -> float:
    """Return what a block's position costs by itself."""
    return float(base[np.argmin(np.abs(places - centre).sum(axis=1))])


def _move(
    i: int,
    found,
    own: np.ndarray,
    centres: np.ndarray,
    sizes: np.ndarray,
    anchors: np.ndarray,
    weights: np.ndarray,
) -> bool:
    """Give a block its best position as all others stand; tell whether it is another one."""
    places, base = found
    near = reached(i, places, anchors, sizes)
    others = _Others(anchors[near], centres[near], sizes[near], weights[near])
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
    """The neighbours of a block as they stand: anchors, middles, half sizes, weights."""

    anchors: np.ndarray
    centres: np.ndarray
    sizes: np.ndarray
    weights: np.ndarray

    def overlaps(self, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what lying on a neighbour, or on its dot, costs at each place."""
        depth = -gaps(places, size + _CLEARANCE, self.centres, self.sizes)
        cost = OVERLAP * (np.where(depth > 0, 1 + depth, 0) @ self.weights)
        return cost + _COVER * (cover(places, size + 0.5, self.anchors) @ self.weights)

    def lines(self, anchor: np.ndarray, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what leaders that cross or are hidden cost at each place."""
        crossed = crossings(anchor[None], places, self.anchors, self.centres)
        hidden = running_under(anchor[None], places, self.centres, self.sizes)
        hiding = running_under(self.anchors, self.centres, places, size[None]).T
        return _CROSS * ((crossed | hidden | hiding) @ self.weights)

    def conflicts(self, anchor: np.ndarray, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Return what each place costs against the neighbours."""
        return self.overlaps(places, size) + self.lines(anchor, places, size)


def _near(moved: np.ndarray, anchors: np.ndarray, reach: float) -> np.ndarray:
    """Tell which blocks are within reach of one that moved."""
    if not moved.any():
        return moved.copy()
    others = anchors[moved]
    near = np.abs(anchors[:, None, 0] - others[:, 0]) < reach
    near &= np.abs(anchors[:, None, 1] - others[:, 1]) < reach
    return near.any(axis=1)


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


def faults(blocks: Sequence[Block], placed: Sequence[Placed], field: Field) -> frozenset[int]:
    """Return which blocks still touch another or what is taken, or have a leader crossed or hidden.

    And those farther from their place than the limit.
    """
    if not blocks:
        return frozenset()
    centres = np.array([one.rect.centre for one in placed])
    return frozenset(np.nonzero(_at_fault(Crowd.of(blocks), centres, field))[0].tolist())


def _at_fault(crowd: Crowd, centres: np.ndarray, field: Field) -> np.ndarray:
    """Tell which blocks are at fault, in the sense of ``faults``."""
    sizes, anchors = crowd.sizes, crowd.anchors
    wrong = gaps(centres, sizes[:, None, :], centres, sizes) < 0
    ends = crowd.ends(centres)
    wrong |= running_under(anchors, ends, centres, sizes)
    np.fill_diagonal(wrong, False)
    wrong |= crossings(anchors, ends, anchors, ends)
    found = wrong.any(axis=0) | wrong.any(axis=1)
    found |= crowd.farthest(centres) > field.limit + 0.01
    if field.taken is not None:
        (left, top), (w, h) = (centres - sizes).T, 2 * sizes.T
        found |= field.taken.count(left, top, w, h) > 0
    return found
