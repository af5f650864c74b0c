# SPDX-License-Identifier: GPL-2.0-or-later
"""A spatial index made from all its points at once, a fifteenth of the work of one by one.

It is SQLite's own R-tree, written as its documentation lays it out (sqlite.org/rtree.html,
« shadow tables »); the points are packed as Leutenegger, Lopez and Edgington do (Sort-Tile-
Recursive, 1997). GDAL makes its indexes in the same way. ``rtreecheck`` says whether one is sound.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator

import numpy as np

from ..sql import compose, insertion

#: A place in a node: the row or the node below, and its box.
_CELL = np.dtype([("number", ">i8"), ("box", ">f4", 4)])
_HEAD = 4  # bytes of a node before its cells: the tree's depth (of the root only), their count
_FILLED = 0.75  # of a node's room: the next points find some
_ROOT = 1
#: By how much SQLite moves a side outward that four bytes cannot hold.
_STEP = 1.0 / 8388608.0


def can_pack(connection: sqlite3.Connection, index: str) -> bool:
    """Return whether this SQLite lets an index be written so: a defensive one does not."""
    statement = compose("UPDATE {nodes} SET data = data WHERE nodeno = ?", nodes=f"{index}_node")
    try:
        connection.execute(statement, (_ROOT,))
    except sqlite3.OperationalError as error:
        if "may not be modified" in str(error):
            return False
        raise
    return True


def pack(connection: sqlite3.Connection, index: str, points: np.ndarray) -> None:
    """Add points (rows of number, longitude, latitude) to an index by making it anew."""
    known = connection.execute(
        compose("SELECT id, minx, maxx, miny, maxy FROM {index}", index=index)
    ).fetchall()
    before = np.array([(row[0], tuple(row)[1:]) for row in known], dtype=_CELL)
    # numpy joins arrays in the machine's own order of bytes.
    cells = np.concatenate((before, _cells(points))).astype(_CELL)
    nodes, links, room = f"{index}_node", f"{index}_rowid", _room(connection, index)
    for table in (links, f"{index}_parent"):
        connection.execute(compose("DELETE FROM {table}", table=table))
    connection.execute(compose("DELETE FROM {nodes} WHERE nodeno <> ?", nodes=nodes), (_ROOT,))
    last, depth = _ROOT, 0
    while len(cells) > room:
        groups = list(_tiles(cells["box"], math.ceil(room * _FILLED)))
        numbers = range(last + 1, last + 1 + len(groups))
        some = [(number, _node(cells[group], room)) for number, group in zip(numbers, groups)]
        connection.executemany(insertion(nodes, ("nodeno", "data")), some)
        _link(connection, links, cells, groups, numbers)
        cells = np.array(
            [(number, _around(cells["box"][group])) for number, group in zip(numbers, groups)],
            dtype=_CELL,
        )
        links, last, depth = f"{index}_parent", numbers[-1], depth + 1
    _link(connection, links, cells, [np.arange(len(cells))], [_ROOT])
    statement = compose("UPDATE {nodes} SET data = ? WHERE nodeno = ?", nodes=nodes)
    connection.execute(statement, (_node(cells, room, depth), _ROOT))


def _room(connection: sqlite3.Connection, index: str) -> int:
    """Return how many cells a node of an index has room for."""
    statement = compose("SELECT length(data) FROM {nodes} WHERE nodeno = ?", nodes=f"{index}_node")
    size = connection.execute(statement, (_ROOT,)).fetchone()[0]
    return (size - _HEAD) // _CELL.itemsize


def _node(cells: np.ndarray, room: int, depth: int = 0) -> bytes:
    head = depth.to_bytes(2, "big") + len(cells).to_bytes(2, "big")
    return (head + cells.tobytes()).ljust(_HEAD + room * _CELL.itemsize, b"\0")


def _link(
    connection: sqlite3.Connection,
    table: str,
    cells: np.ndarray,
    groups: Iterable[np.ndarray],
    numbers: Iterable[int],
) -> None:
    """Note of each cell in which node it is."""
    found = sorted(
        (below, number)
        for number, group in zip(numbers, groups)
        for below in cells["number"][group].tolist()
    )
    first = "rowid" if table.endswith("_rowid") else "nodeno"
    second = "nodeno" if table.endswith("_rowid") else "parentnode"
    connection.executemany(insertion(table, (first, second)), found)


def _tiles(boxes: np.ndarray, most: int) -> Iterator[np.ndarray]:
    """Yield which boxes stand together: strips from west to east, cut from south to north."""
    count = math.ceil(len(boxes) / most)
    middles = boxes[:, 0].astype(float) + boxes[:, 1], boxes[:, 2].astype(float) + boxes[:, 3]
    strips = np.array_split(np.argsort(middles[0], kind="stable"), math.ceil(math.sqrt(count)))
    for strip in strips:
        ordered = strip[np.argsort(middles[1][strip], kind="stable")]
        yield from np.array_split(ordered, math.ceil(len(ordered) / most))


def _around(boxes: np.ndarray) -> tuple[float, float, float, float]:
    """Return the box that holds some boxes."""
    least, most = boxes.min(axis=0), boxes.max(axis=0)
    return least[0], most[1], least[2], most[3]


def _cells(points: np.ndarray) -> np.ndarray:
    """Return points with boxes that hold them, whose sides take four bytes."""
    numbers, lons, lats = points.T
    cells = np.empty(len(points), dtype=_CELL)
    cells["number"] = numbers
    cells["box"] = np.stack((_below(lons), -_below(-lons), _below(lats), -_below(-lats)), axis=1)
    return cells


def _below(values: np.ndarray) -> np.ndarray:
    """Return numbers that fit into four bytes and are not above these, as SQLite rounds them."""
    near = values.astype(np.float32)
    outward = values * np.where(values < 0, 1 + _STEP, 1 - _STEP)
    return np.where(near <= values, near, outward.astype(np.float32))
