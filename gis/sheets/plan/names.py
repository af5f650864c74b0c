# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the names go: towns in Imhof's order, areas in their midst, all in free space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..geometry import Rect
from . import mask as masks

#: Right and above first, then right and below, left and above, left and below, right, left,
#: above, below (E. Imhof, « Die Anordnung der Namen in der Karte », 1962); then between these.
#: Each is a side (0: above or below), a rise, and for side 0 how far to slide.
_POSITIONS = (
    (1, -0.55, 0), (1, 0.55, 0), (-1, -0.55, 0), (-1, 0.55, 0), (1, 0, 0), (-1, 0, 0),
    (0, -1, 0), (0, 1, 0), (1, -1, 0), (1, 1, 0), (-1, -1, 0), (-1, 1, 0),
    (0, -1, 0.3), (0, -1, -0.3), (0, 1, 0.3), (0, 1, -0.3),
)  # fmt: skip
_GAPS = (0.7, 1.7, 3.0)
#: All places for a name, the best first: cost, side, rise, slide, gap.
_TRIES = sorted(
    (rank + 3.0 * step, side, rise, slide, gap)
    for rank, (side, rise, slide) in enumerate(_POSITIONS)
    for step, gap in enumerate(_GAPS)
)
#: What a half millimetre of line under a name costs, in ranks of position.
_EDGE = 0.4
_STEP = 1.5
#: How far from its place a name may stand aside, in mm.
_ASIDE = 26.0


@dataclass(frozen=True)
class Name:
    """A point's name as a box of w x h millimetres; half its sign's width and height."""

    x: float
    y: float
    w: float
    h: float
    half_width: float
    half_height: float


def place_town(
    name: Name, taken: np.ndarray, edges: np.ndarray, frame: Rect
) -> tuple[Rect, int] | None:
    """Return the best free box for a name beside its point, and its side.

    The side is 1 for right, -1 for left, 0 for above or below. ``edges`` are lines better not
    written upon. None if there is no free place; the masks are not changed.
    """
    best: tuple[float, Rect, int] | None = None
    inner = frame.inset(0.8)
    for cost, side, rise, slide, gap in _TRIES:
        if best is not None and cost >= best[0]:
            break
        box = _beside(name, side, rise, slide, gap)
        if inner.holds(box) and not masks.count(taken, box):
            cost += _EDGE * masks.count(edges, box)
            if best is None or cost < best[0]:
                best = cost, box, side
    return None if best is None else best[1:]


def _beside(name: Name, side: int, rise: float, slide: float, gap: float) -> Rect:
    if side == 0:
        shift, x = name.half_height + gap + name.h / 2, name.x + (slide - 0.5) * name.w
        return Rect(x, name.y + rise * shift - name.h / 2, name.w, name.h)
    reach = name.half_width + gap
    x = name.x + reach if side > 0 else name.x - reach - name.w
    return Rect(x, name.y + rise * (name.half_height + name.h / 2) - name.h / 2, name.w, name.h)


def place_aside(
    point: tuple[float, float],
    size: tuple[float, float],
    taken: np.ndarray,
    avoid: np.ndarray,
    frame: Rect,
) -> list[tuple[Rect, tuple[float, float]]]:
    """Return free boxes for a name away from its place, the best first, at most eight.

    Each with the point of its side where a line from the place ends. Near is good; better still
    off what is to be avoided (a mask).
    """
    w, h = size
    x0, y0 = max(0.0, point[0] - _ASIDE - w), max(0.0, point[1] - _ASIDE - h)
    near = Rect(
        np.floor(x0), np.floor(y0),
        min(frame.w - 1, point[0] + _ASIDE + w) - np.floor(x0),
        min(frame.h - 1, point[1] + _ASIDE + h) - np.floor(y0),
    )  # fmt: skip
    x, y = masks.corners(near, w, h, _STEP)
    free = masks.Sums(masks.crop(taken, near)).count(x, y, w, h) == 0
    covered = masks.Sums(masks.crop(avoid, near)).count(x, y, w, h)[free]
    x, y = x[free] + near.x, y[free] + near.y
    ends = np.column_stack([np.clip(point[0], x, x + w), np.clip(point[1], y, y + h)])
    # A line ends at the middle of a side: it must not run along the name.
    ends[:, 1] = np.where((ends[:, 0] == x) | (ends[:, 0] == x + w), y + h / 2, ends[:, 1])
    far = np.hypot(*(ends - point).T)
    cost = far + 4.0 * covered * masks.CELL**2 / (w * h) + 100.0 * ((far > _ASIDE) | (far < 2))
    inside = (x > 1) & (y > 1)
    order = [i for i in np.argsort(cost, kind="stable") if inside[i] and cost[i] < 100]
    return [
        (Rect(float(x[i]), float(y[i]), w, h), (float(ends[i, 0]), float(ends[i, 1])))
        for i in order[:60:8]
    ]


def place_area(
    area: np.ndarray,
    taken: np.ndarray,
    frame: Rect,
    w: float,
    h: float,
    inside: Sequence[float] = (1.0,),
) -> Rect | None:
    """Return the free box nearest to the middle of an area; None if there is none.

    ``area`` and ``taken`` are masks; at least a part of the box is in the area, the first of
    ``inside`` that can be had.
    """
    rows, columns = np.nonzero(area)
    if not len(rows):
        return None
    near = _around(rows, columns, w, h, frame)
    x, y = masks.corners(near, w, h, _STEP)
    cells = np.ceil(w / masks.CELL) * np.ceil(h / masks.CELL)
    within = masks.Sums(masks.crop(area, near)).count(x, y, w, h)
    free = masks.Sums(masks.crop(taken, near)).count(x, y, w, h) == 0
    for part in inside:
        possible = free & (within >= part * cells)
        if possible.any():
            break
    else:
        return None
    middle = np.median(columns) * masks.CELL - near.x, np.median(rows) * masks.CELL - near.y
    distance = np.hypot(x + w / 2 - middle[0], 1.3 * (y + h / 2 - middle[1]))
    best = np.argmin(np.where(possible, distance, np.inf))
    return Rect(near.x + float(x[best]), near.y + float(y[best]), w, h)


def _around(rows: np.ndarray, columns: np.ndarray, w: float, h: float, frame: Rect) -> Rect:
    """Return the part of the frame in which a box could touch an area, on whole cells."""
    left = max(0.0, np.floor(columns.min() * masks.CELL - w))
    top = max(0.0, np.floor(rows.min() * masks.CELL - h))
    right = min(frame.w, np.ceil(columns.max() * masks.CELL + w) + 1)
    bottom = min(frame.h, np.ceil(rows.max() * masks.CELL + h) + 1)
    return Rect(float(left), float(top), float(right - left), float(bottom - top))


def place_plate(
    avoid: np.ndarray,
    taken: np.ndarray,
    frame: Rect,
    sizes: Sequence[tuple[float, float]],
    low: bool = False,
    strict: bool = False,
    step: float = _STEP,
) -> Rect | None:
    """Return a free box for a plate (locator, scale bar, inset), in a corner or along a side.

    The largest of ``sizes`` for which one is free of ``taken`` and of ``avoid``; at last the
    smallest, over as little of ``avoid`` as possible, or None if ``strict``. ``low`` prefers the
    lower corners.
    """
    found: list[tuple[float, Rect]] = []
    taken_sums, avoid_sums = masks.Sums(taken), masks.Sums(avoid)
    for w, h in sizes:
        x, y = masks.corners(frame, w, h, step)
        free = taken_sums.count(x, y, w, h) == 0
        covered = avoid_sums.count(x, y, w, h)
        aside = np.minimum(x, frame.w - w - x) + np.minimum(y, frame.h - h - y)
        wrong_end = (frame.h - h - y if low else y) / frame.h
        cost = np.where(free, covered * 1000.0 + aside + wrong_end, np.inf)
        best = int(np.argmin(cost))
        if np.isfinite(cost[best]) and not (strict and covered[best]):
            found.append((float(cost[best]), Rect(float(x[best]), float(y[best]), w, h)))
            if not covered[best]:
                break
    return found[-1][1] if found else None
