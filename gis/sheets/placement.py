# SPDX-License-Identifier: GPL-2.0-or-later
"""Moving markers apart: blocks near their true places, none on another.

A block is what stands for one place: a single marker, or a card with several. Each has a few
hundred possible positions around its place; the solver takes the best one for each in turn,
given all others, until nothing changes. Same input, same result. Millimetres throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import mask as masks
from .geometry import Rect, around

_ANGLES = np.arange(24) * (2 * np.pi / 24)
#: Sweeps at most, and sweeps after which a crowd that stays one is given up.
_SWEEPS, _PATIENCE = 12, 2
#: Weights of the cost: a millimetre moved costs 1.
_OVERLAP, _COVER, _CROSS, _CLEARANCE = 60.0, 25.0, 12.0, 0.6
#: A half millimetre of the region's limit under a card.
_HIDDEN = 0.08


@dataclass(frozen=True)
class Block:
    """A rectangle to be placed near its anchor.

    One that is ``pinned`` would stand right on its anchor if it could (a marker); the others
    stand beside it, the anchor shown as a dot (a card).
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


def place_blocks(
    blocks: Sequence[Block], bounds: Rect, limit: float, edges: masks.Sums
) -> tuple[Placed, ...]:
    """Place blocks inside ``bounds``, none farther than ``limit`` from its anchor if possible.

    Overlaps are avoided at almost any price; what is left of them is for the caller to see, and
    a crowd that cannot be resolved is given up early.
    ``edges`` are lines of the map that cards had better not hide.
    """
    if not blocks:
        return ()
    candidates = [_candidates(block, bounds, limit, edges) for block in blocks]
    sizes = np.array([(block.w, block.h) for block in blocks]) / 2
    anchors = np.array([(block.x, block.y) for block in blocks])
    centres = np.array([found[0][np.argmin(found[1])] for found in candidates])
    order = sorted(range(len(blocks)), key=lambda i: -blocks[i].w * blocks[i].h)
    for sweep in range(_SWEEPS):
        moved = False
        for i in order:
            places, base = candidates[i]
            cost = base + _conflicts(i, places, centres, sizes, anchors)
            best = places[np.argmin(cost)]
            if not np.array_equal(best, centres[i]):
                centres[i], moved = best, True
        if not moved or (sweep >= _PATIENCE and _touching(centres, sizes) > len(blocks) / 8):
            break
    return tuple(
        Placed(
            around(float(centre[0]), float(centre[1]), block.w, block.h),
            float(_distance(block, np.array([centre]))[0]),
        )
        for block, centre in zip(blocks, centres)
    )


def _touching(centres: np.ndarray, sizes: np.ndarray) -> int:
    """Return how many pairs of rectangles (middles, half sizes) touch."""
    gaps = np.abs(centres[:, None] - centres) - (sizes[:, None] + sizes)
    return int(np.count_nonzero((gaps < 0).all(axis=2)) - len(centres)) // 2


def clear(placed: Sequence[Placed], limit: float) -> bool:
    """Tell whether no block touches another, and none is much farther away than the limit."""
    rects = [one.rect for one in placed]
    apart = not any(a.overlaps(b) for i, a in enumerate(rects) for b in rects[:i])
    return apart and all(one.distance <= 1.5 * limit for one in placed)


def _candidates(
    block: Block, bounds: Rect, limit: float, edges: masks.Sums
) -> tuple[np.ndarray, np.ndarray]:
    """Return possible centres and what each costs by itself."""
    anchor = np.array([block.x, block.y])
    found: list[np.ndarray] = [anchor[None, :]] if block.pinned else []
    directions = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    if block.pinned:
        for distance in np.arange(2.5, limit + 4, 0.75):
            found.append(anchor + directions * distance)
    else:
        half = np.array([block.w, block.h]) / 2
        for gap in np.arange(1.8, limit + 4, 0.9):
            for slide in (-0.7, 0.0, 0.7):
                for side in (-1, 1):
                    found.append(anchor + [[side * (half[0] + gap), slide * half[1]]])
                    found.append(anchor + [[slide * half[0], side * (half[1] + gap)]])
    places = np.concatenate(found)
    half = np.array([block.w, block.h]) / 2
    low = np.array([bounds.x, bounds.y]) + half
    high = np.array([bounds.right, bounds.bottom]) - half
    places = np.clip(places, low, np.maximum(low, high))
    distance = _distance(block, places)
    # Right of the place reads best (Imhof); beyond the limit only when all else fails.
    preference = 0.3 * (places[:, 0] < block.x) + 0.1 * (places[:, 1] > block.y)
    hidden = np.zeros(len(places))
    if not block.pinned:
        left, top = (places - half).T
        hidden = _HIDDEN * edges.count(left, top, block.w, block.h)
    return places, distance + preference + hidden + 8 * np.maximum(0, distance - limit)


def _distance(block: Block, centres: np.ndarray) -> np.ndarray:
    offset = np.abs(centres - [block.x, block.y])
    if not block.pinned:
        offset = np.maximum(0, offset - [block.w / 2, block.h / 2])
    return np.hypot(offset[:, 0], offset[:, 1])


def _conflicts(
    i: int, places: np.ndarray, centres: np.ndarray, sizes: np.ndarray, anchors: np.ndarray
) -> np.ndarray:
    """Return what each candidate of block ``i`` costs against all other blocks as they stand."""
    # Only what can be reached counts: twice the way a block and its neighbour may go.
    reach = 2 * np.abs(places - anchors[i]).max() + sizes[i].max() + sizes.max()
    others = (np.abs(anchors - anchors[i]) < reach).all(axis=1)
    others[i] = False
    gaps = np.abs(places[:, None, :] - centres[others]) - (sizes[i] + sizes[others] + _CLEARANCE)
    depth = np.minimum(-gaps[..., 0], -gaps[..., 1])
    cost = _OVERLAP * np.where(depth > 0, 1 + depth, 0).sum(axis=1)
    covered = (np.abs(places[:, None, :] - anchors[others]) < sizes[i] + 0.5).all(axis=2)
    cost += _COVER * covered.sum(axis=1)
    crossed = _crossings(anchors[i], places, anchors[others], centres[others])
    hidden = _hidden(anchors[i][None], places, centres[others], sizes[others])
    hiding = _hidden(anchors[others], centres[others], places, sizes[i][None]).T
    return cost + _CROSS * (crossed | hidden | hiding).sum(axis=1)


def _hidden(starts, ends: np.ndarray, centres: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Tell which lines starts-ends run under which rectangles (middles, half sizes)."""
    steps = np.linspace(0.15, 0.75, 4)[:, None, None]
    points = starts + (ends - starts) * steps
    return (np.abs(points[:, :, None, :] - centres) < sizes).all(axis=3).any(axis=0)


def _crossings(start, ends: np.ndarray, starts: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Tell which segments start-ends cross which segments starts-others."""

    def side(a, b, c):
        return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
            c[..., 0] - a[..., 0]
        )

    a, b = np.asarray(start)[None, None, :], ends[:, None, :]
    c, d = starts[None, :, :], others[None, :, :]
    return (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)


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
