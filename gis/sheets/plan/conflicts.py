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
    # Axis by axis: to reduce over an axis of two is many times as slow.
    room = size + sizes
    across = np.abs(places[:, None, 0] - others[:, 0]) - room[..., 0]
    along = np.abs(places[:, None, 1] - others[:, 1]) - room[..., 1]
    return np.maximum(across, along)


def cover(places: np.ndarray, size: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Tell which points a rectangle at each place covers."""
    across = np.abs(places[:, None, 0] - points[:, 0]) < size[..., 0]
    return across & (np.abs(places[:, None, 1] - points[:, 1]) < size[..., 1])


def running_under(
    starts: np.ndarray, ends: np.ndarray, centres: np.ndarray, sizes: np.ndarray
) -> np.ndarray:
    """Tell which lines starts-ends run under which rectangles, between their own ends.

    By slabs: along each axis a line is within the rectangle from one part of its length to
    another; it runs under it where both are.
    """
    way = ends - starts
    still = np.abs(way) < 1e-9
    way = np.where(still, 1e-9, way)
    (left, right), (top, bottom) = (_slab(starts, way, centres, sizes, axis) for axis in (0, 1))
    enter, leave = np.maximum(left, top), np.minimum(right, bottom)
    moved = ~(still[:, 0] & still[:, 1])[:, None]
    return moved & (np.maximum(enter, _PART[0]) < np.minimum(leave, _PART[1]))


def _slab(
    starts: np.ndarray, way: np.ndarray, centres: np.ndarray, sizes: np.ndarray, axis: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the parts of lines at which they enter and leave rectangles along an axis."""
    offset = centres[:, axis] - starts[:, None, axis]
    one = (offset - sizes[:, axis]) / way[:, None, axis]
    other = (offset + sizes[:, axis]) / way[:, None, axis]
    return np.minimum(one, other), np.maximum(one, other)


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
