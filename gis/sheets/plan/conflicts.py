# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in each other's way on paper, for many positions at once.

Rectangles are given by middles and half sizes, leaders by their ends; millimetres.
"""

from __future__ import annotations

import numpy as np

#: The part of a leader's length that is looked at, its ends left out.
_PART = (0.12, 0.78)


def reached(i: int, places: np.ndarray, anchors: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Tell which blocks could be met by block ``i`` on any of its places."""
    reach = 2 * np.abs(places - anchors[i]).max() + sizes[i].max() + sizes.max()
    near = (np.abs(anchors - anchors[i]) < reach).all(axis=1)
    near[i] = False
    return near


def gaps(places: np.ndarray, size: np.ndarray, others: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return how far rectangles at places are from others: negative is how deep they overlap."""
    apart = np.abs(places[:, None, :] - others) - (size + sizes)
    return np.maximum(apart[..., 0], apart[..., 1])


def cover(places: np.ndarray, size: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Tell which points a rectangle at each place covers."""
    return (np.abs(places[:, None, :] - points) < size).all(axis=2)


def running_under(
    starts: np.ndarray, ends: np.ndarray, centres: np.ndarray, sizes: np.ndarray
) -> np.ndarray:
    """Tell which lines starts-ends run under which rectangles, between their own ends.

    By slabs: along each axis a line is within the rectangle from one part of its length to
    another; it runs under it where both are.
    """
    way = ends - starts
    still = np.abs(way) < 1e-9
    way = np.where(still, 1e-9, way)[:, None, :]
    offset = centres - starts[:, None, :]
    one, other = (offset - sizes) / way, (offset + sizes) / way
    enter = np.minimum(one, other).max(axis=2)
    leave = np.maximum(one, other).min(axis=2)
    moved = ~still.all(axis=1)[:, None]
    return moved & (np.maximum(enter, _PART[0]) < np.minimum(leave, _PART[1]))


def crossings(
    starts: np.ndarray, ends: np.ndarray, other_starts: np.ndarray, other_ends: np.ndarray
) -> np.ndarray:
    """Tell which segments cross which other ones."""
    a, b = starts[:, None, :], ends[:, None, :]
    c, d = other_starts[None, :, :], other_ends[None, :, :]
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Tell on which side of the line a-b the point c lies."""
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
