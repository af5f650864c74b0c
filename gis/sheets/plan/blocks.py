# SPDX-License-Identifier: GPL-2.0-or-later
"""Blocks that stand for places on paper, and the positions each may take; millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ..geometry import Rect
from . import mask as masks

_ANGLES = np.arange(20) * (2 * np.pi / 20)
#: How far apart the rings of a marker's positions are, and the first of them, in mm.
_RING, _FIRST_RING = 0.8, 2.2
#: What lying on another block, or on what is taken, costs; a millimetre moved costs 1.
OVERLAP = 60.0
#: What a place that is shunned costs: more than to stand as far away as can be.
_SHUNNED = 12.0
#: A half millimetre of the region's limit under a card.
_HIDDEN = 0.08


@dataclass(frozen=True)
class Block:
    """A rectangle to be placed near its anchor.

    One that is ``pinned`` would stand right on its anchor if it could (a marker, a stack); the
    others stand beside it, the anchor shown as a dot (a card). ``sites`` are the places that a
    card or stack stands for: none may be farther from its nearest side than the limit. Of a
    marker, which has none, the middle counts.
    """

    x: float
    y: float
    w: float
    h: float
    pinned: bool
    sites: tuple[tuple[float, float], ...] = ()

    @property
    def fitting(self) -> float:
        """How far its farthest site would be from it at best, in mm."""
        sites = np.array(self.sites or ((self.x, self.y),))
        over = np.maximum(np.ptp(sites, axis=0) - [self.w, self.h], 0) / 2
        return float(np.hypot(*over))


@dataclass(frozen=True)
class Placed:
    """Where a block went, and how far it is from the farthest place it stands for, in mm."""

    rect: Rect
    distance: float


@dataclass(frozen=True)
class Field:
    """Where blocks may go.

    Inside ``bounds``, not on ``taken``, none farther than ``limit`` from its anchor; ``edges``
    are lines of the map that cards had better not hide, ``shunned`` is where nothing goes that
    finds another place.
    """

    bounds: Rect
    limit: float
    edges: masks.Sums
    taken: masks.Sums | None = None
    shunned: masks.Sums | None = None
    known: dict[Block, tuple[np.ndarray, np.ndarray]] = field(
        default_factory=dict, compare=False, repr=False
    )


def candidates(block: Block, where: Field) -> tuple[np.ndarray, np.ndarray]:
    """Return possible centres and what each costs by itself; the field remembers them."""
    if block not in where.known:
        where.known[block] = _candidates(block, where)
    return where.known[block]


def _candidates(block: Block, where: Field) -> tuple[np.ndarray, np.ndarray]:
    half = np.array([block.w, block.h]) / 2
    low = np.array([where.bounds.x, where.bounds.y]) + half
    high = np.array([where.bounds.right, where.bounds.bottom]) - half
    places = np.clip(_positions(block, where.limit), low, np.maximum(low, high))
    distance = distance_of(block, places)
    far = farthest_of(block, places)
    near = far <= max(where.limit, float(far.min()))
    places, distance = places[near], distance[near]
    # Right of the place reads best (Imhof).
    cost = distance + 0.3 * (places[:, 0] < block.x) + 0.1 * (places[:, 1] > block.y)
    left, top = (places - half).T
    if not block.pinned:
        cost = cost + _HIDDEN * where.edges.count(left, top, block.w, block.h)
    if where.taken is not None:
        cost = cost + OVERLAP * (where.taken.count(left, top, block.w, block.h) > 0)
    if where.shunned is not None:
        cost = cost + _SHUNNED * (where.shunned.count(left, top, block.w, block.h) > 0)
    return places, cost


@dataclass(frozen=True)
class Crowd:
    """Blocks as arrays: anchors, half sizes, which are pinned, and all places that each is for.

    ``sites`` are the places of the first block, then of the next; ``starts`` where each begins.
    """

    anchors: np.ndarray
    sizes: np.ndarray
    pinned: np.ndarray
    sites: np.ndarray
    starts: np.ndarray
    _counted: np.ndarray

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Crowd:
        """Return the arrays of blocks."""
        sites = [block.sites or ((block.x, block.y),) for block in blocks]
        sizes = np.array([(block.w, block.h) for block in blocks]) / 2
        # Of a marker the middle counts, of all others the nearest side.
        marker = np.array([block.pinned and not block.sites for block in blocks])
        return cls(
            anchors=np.array([(block.x, block.y) for block in blocks]),
            sizes=sizes,
            pinned=np.array([block.pinned for block in blocks]),
            sites=np.concatenate([np.array(one) for one in sites]),
            starts=np.cumsum([0, *(len(one) for one in sites[:-1])]),
            _counted=np.where(marker[:, None], 0.0, sizes),
        )

    def farthest(self, centres: np.ndarray) -> np.ndarray:
        """Return how far each block is from the farthest of the places it stands for."""
        counts = np.diff(self.starts, append=len(self.sites))
        apart = np.abs(np.repeat(centres, counts, axis=0) - self.sites)
        over = np.maximum(apart - np.repeat(self._counted, counts, axis=0), 0)
        return np.maximum.reduceat(np.hypot(over[:, 0], over[:, 1]), self.starts)

    def ends(self, centres: np.ndarray) -> np.ndarray:
        """Return where the leader of each block ends, as ``leader`` does."""
        nearest = np.clip(self.anchors, centres - self.sizes, centres + self.sizes)
        return np.where(self.pinned[:, None], centres, nearest)


def _positions(block: Block, limit: float) -> np.ndarray:
    """Return the positions around a block's anchor, the nearest first."""
    # Of what is larger than a marker the nearest side counts, so its middle may go farther.
    beyond = min(block.w, block.h) / 2 if block.pinned and block.sites else 0.0
    offsets = _rings(limit + beyond) if block.pinned else _sides(block.w / 2, block.h / 2, limit)
    return np.array([block.x, block.y]) + offsets


@lru_cache(maxsize=64)
def _rings(limit: float) -> np.ndarray:
    """Return offsets on rings around a place, and the place itself."""
    directions = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    rings = np.arange(_FIRST_RING, limit + 0.01, _RING)
    return np.concatenate([np.zeros((1, 2)), *(directions * ring for ring in rings)])


def _sides(half_width: float, half_height: float, limit: float) -> np.ndarray:
    """Return offsets of a rectangle's middle that put a place beside it."""
    found: list[tuple[float, float]] = []
    for gap in np.arange(1.8, limit + 0.01, 0.9):
        for slide in (-0.7, 0.0, 0.7):
            for side in (-1, 1):
                found.append((side * (half_width + gap), slide * half_height))
                found.append((slide * half_width, side * (half_height + gap)))
    return np.array(found)


def distance_of(block: Block, centres: np.ndarray) -> np.ndarray:
    """Return how far a block with its middle at each place is from its true place, in mm."""
    offset = np.abs(centres - [block.x, block.y])
    if not block.pinned:
        offset = np.maximum(0, offset - [block.w / 2, block.h / 2])
    return np.hypot(offset[:, 0], offset[:, 1])


def farthest_of(block: Block, centres: np.ndarray) -> np.ndarray:
    """Return how far a block at each place is from the farthest of the places it stands for."""
    if not block.sites:
        return distance_of(block, centres)
    apart = np.abs(centres[:, None, :] - np.array(block.sites)) - [block.w / 2, block.h / 2]
    return np.hypot(*np.moveaxis(np.maximum(apart, 0), 2, 0)).max(axis=1)


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
