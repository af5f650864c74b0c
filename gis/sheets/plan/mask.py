# SPDX-License-Identifier: GPL-2.0-or-later
"""The map as a raster of half millimetres: what is land, sea, taken or free.

Asking « is this rectangle free? » for thousands of rectangles is then a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Union

import numpy as np

from ..geometry import Rect

CELL = 0.5
Ring = Union[np.ndarray, Sequence[tuple[float, float]]]


def empty(frame: Rect) -> np.ndarray:
    """Return a mask of a map's size with nothing set; rows from the top."""
    return np.zeros((int(np.ceil(frame.h / CELL)), int(np.ceil(frame.w / CELL))), dtype=bool)


def polygon(frame: Rect, rings: Iterable[Ring]) -> np.ndarray:
    """Return the mask of a polygon by the even-odd rule; rings in millimetres of the map."""
    mask = empty(frame)
    edges = [_edges(np.asarray(ring, dtype=float)) for ring in rings if len(ring) > 2]
    if not edges:
        return mask
    rows, x = _crossings(np.concatenate(edges) / CELL, mask.shape[0])
    columns = np.clip(np.ceil(x - 0.5), 0, mask.shape[1]).astype(int)
    # From each crossing on, everything to the right changes sides.
    height, width = mask.shape[0], mask.shape[1] + 1
    changes = np.bincount(rows * width + columns, minlength=height * width) % 2 == 1
    return np.logical_xor.accumulate(changes.reshape(height, width), axis=1)[:, :-1]


def _edges(ring: np.ndarray) -> np.ndarray:
    return np.hstack([ring, np.roll(ring, -1, axis=0)])


def _crossings(edges: np.ndarray, height: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the row and x of each crossing of an edge (in cells) with a row's middle."""
    x0, y0, x1, y1 = edges.T
    first = np.clip(np.ceil(np.minimum(y0, y1) - 0.5), 0, height).astype(int)
    last = np.clip(np.ceil(np.maximum(y0, y1) - 0.5), 0, height).astype(int)
    edge = np.repeat(np.arange(len(edges)), last - first)
    rows = np.arange(len(edge)) - np.repeat(np.cumsum(last - first) - last, last - first)
    part = (rows + 0.5 - y0[edge]) / (y1[edge] - y0[edge])
    return rows, x0[edge] + part * (x1[edge] - x0[edge])


def fill(mask: np.ndarray, rect: Rect, pad: float = 0.0) -> None:
    """Set a rectangle (widened by ``pad``) in a mask."""
    left, top = int(max(0, (rect.x - pad) / CELL)), int(max(0, (rect.y - pad) / CELL))
    right = int(np.ceil(max(0, rect.right + pad) / CELL))
    bottom = int(np.ceil(max(0, rect.bottom + pad) / CELL))
    mask[top:bottom, left:right] = True


def fill_line(mask: np.ndarray, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Set the cells along a line."""
    mask[along(mask, start, end)] = True


def along(
    mask: np.ndarray, start: tuple[float, float], end: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and columns of a mask's cells along a line."""
    steps = int(np.hypot(end[0] - start[0], end[1] - start[1]) / CELL * 2) + 2
    columns = (np.linspace(start[0], end[0], steps) / CELL).astype(int)
    rows = (np.linspace(start[1], end[1], steps) / CELL).astype(int)
    inside = (rows >= 0) & (columns >= 0) & (rows < mask.shape[0]) & (columns < mask.shape[1])
    return rows[inside], columns[inside]


def count(mask: np.ndarray, rect: Rect) -> int:
    """Return how many cells of a mask are set under one rectangle."""
    left, top = int(max(0, rect.x / CELL)), int(max(0, rect.y / CELL))
    right = int(np.ceil(max(0, rect.right) / CELL))
    bottom = int(np.ceil(max(0, rect.bottom) / CELL))
    return int(np.count_nonzero(mask[top:bottom, left:right]))


def crop(mask: np.ndarray, rect: Rect) -> np.ndarray:
    """Return the part of a mask in a rectangle that starts on a whole cell."""
    left, top = int(rect.x / CELL), int(rect.y / CELL)
    right, bottom = int(np.ceil(rect.right / CELL)), int(np.ceil(rect.bottom / CELL))
    return mask[top:bottom, left:right]


def edge(mask: np.ndarray) -> np.ndarray:
    """Return the cells at the edge of an area."""
    found = np.zeros_like(mask)
    found[1:] |= mask[1:] != mask[:-1]
    found[:, 1:] |= mask[:, 1:] != mask[:, :-1]
    return found


class Sums:
    """How many cells of a mask are set in any of many rectangles (summed-area table)."""

    def __init__(self, mask: np.ndarray) -> None:
        self._table = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
        self._table[1:, 1:] = mask.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)

    def count(self, x, y, w, h) -> np.ndarray:
        """Return the number of set cells in rectangles by upper left corners, widths and heights.

        Each is an array, or a number for all of them.
        """
        rows, columns = (size - 1 for size in self._table.shape)
        x, y = np.asarray(x) / CELL, np.asarray(y) / CELL
        left = _cells(np.floor(x), columns)
        top = _cells(np.floor(y), rows)
        right = _cells(np.ceil(x + w / CELL), columns)
        bottom = _cells(np.ceil(y + h / CELL), rows)
        table = self._table
        return table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]


def _cells(numbers: np.ndarray, most: int) -> np.ndarray:
    return np.minimum(np.maximum(numbers, 0), most).astype(np.intp)


def corners(frame: Rect, w: float, h: float, step: float) -> tuple[np.ndarray, np.ndarray]:
    """Return upper left corners, ``step`` apart, of all places a w x h rectangle can take."""
    x = np.append(np.arange(0, max(frame.w - w, 0), step), max(frame.w - w, 0))
    y = np.append(np.arange(0, max(frame.h - h, 0), step), max(frame.h - h, 0))
    columns, rows = np.meshgrid(x, y)
    return columns.ravel(), rows.ravel()
