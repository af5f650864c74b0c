# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands in each other's way on paper, for many positions at once.

Rectangles are given by middles and half sizes, leaders by their ends; millimetres.
"""

from __future__ import annotations

import numpy as np

#: Parts of a leader's length at which it is looked at, its ends left out.
_STEPS = np.linspace(0.15, 0.75, 4)[:, None, None]


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
    """Tell which lines starts-ends run under which rectangles."""
    points = starts + (ends - starts) * _STEPS
    return (np.abs(points[:, :, None, :] - centres) < sizes).all(axis=3).any(axis=0)


def crossings(
    start: np.ndarray, ends: np.ndarray, starts: np.ndarray, others: np.ndarray
) -> np.ndarray:
    """Tell which segments from one start to ``ends`` cross which segments starts-others."""
    a, b = np.asarray(start)[None, None, :], ends[:, None, :]
    c, d = starts[None, :, :], others[None, :, :]
    return (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)


def _side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Tell on which side of the line a-b the point c lies."""
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        c[..., 0] - a[..., 0]
    )
