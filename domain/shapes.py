# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapes made lighter for drawing."""

from __future__ import annotations


def lighter(shape: bytes, tolerance: float) -> bytes:
    """Return a shape (WKB) with fewer points, none moved by more than ``tolerance``.

    By the algorithm of Douglas and Peucker (1973), each line by itself: many times as fast as
    one that keeps lines from touching, which nobody sees at a tolerance of a hair's breadth.
    """
    import shapely.wkb

    return bytes(shapely.wkb.loads(shape).simplify(tolerance, preserve_topology=False).wkb)
