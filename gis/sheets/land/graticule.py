# SPDX-License-Identifier: GPL-2.0-or-later
"""Meridians and parallels of a sheet, and where their names stand in the frame's band."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from qgis.core import Qgis

from .ground import Ground

#: Steps in degrees, from which the first is taken that gives lines at least so far apart.
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0)
_APART = 55.0
_PIECES = 40


@dataclass(frozen=True)
class Crossing:
    """Where a line meets the frame: millimetres from the map's upper left corner."""

    x: float
    y: float
    side: str
    text: str


@dataclass(frozen=True)
class Graticule:
    """Lines as sequences of paper points, and the names at the frame."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    crossings: tuple[Crossing, ...]


def graticule(ground: Ground, compass: str) -> Graticule:
    """Return the meridians and parallels that cross a map.

    ``compass`` are the letters of north, south, east and west, with spaces between.
    """
    to_north, to_south, to_east, to_west = compass.split()
    west, south, east, north = _bounds(ground)
    step = _step(ground, (west + east) / 2, (south + north) / 2)
    lines: list[tuple[tuple[float, float], ...]] = []
    crossings: list[Crossing] = []
    for lon in _ticks(west, east, step):
        line = _line(ground, [(lon, lat) for lat in np.linspace(south, north, _PIECES)])
        lines.append(line)
        crossings += _crossings(line, ground, _written(lon, to_east, to_west), ("top", "bottom"))
    for lat in _ticks(south, north, step):
        line = _line(ground, [(lon, lat) for lon in np.linspace(west, east, _PIECES)])
        lines.append(line)
        crossings += _crossings(line, ground, _written(lat, to_north, to_south), ("left", "right"))
    return Graticule(tuple(lines), tuple(crossings))


def _bounds(ground: Ground) -> tuple[float, float, float, float]:
    box = ground.transform.transformBoundingBox(ground.extent, Qgis.TransformDirection.Reverse)
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _step(ground: Ground, lon: float, lat: float) -> float:
    for step in _STEPS:
        a, b = ground.paper(lon, lat), ground.paper(lon, lat + step)
        if np.hypot(a[0] - b[0], a[1] - b[1]) >= _APART:
            return step
    return _STEPS[-1]


def _ticks(low: float, high: float, step: float) -> np.ndarray:
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def _line(ground: Ground, points) -> tuple[tuple[float, float], ...]:
    return tuple(ground.paper(*point) for point in points)


def _crossings(line, ground: Ground, text: str, sides: tuple[str, str]) -> list[Crossing]:
    """Return where a line leaves the frame on the two sides that bear its kind's names."""
    frame = ground.frame
    axis = 1 if sides[0] == "top" else 0
    found = []
    for side, edge in zip(sides, (0.0, frame.h if axis else frame.w)):
        for a, b in zip(line, line[1:]):
            if (a[axis] - edge) * (b[axis] - edge) <= 0 and a[axis] != b[axis]:
                part = (edge - a[axis]) / (b[axis] - a[axis])
                other = a[1 - axis] + part * (b[1 - axis] - a[1 - axis])
                x, y = (other, edge) if axis else (edge, other)
                if 0 <= other <= (frame.w if axis else frame.h):
                    found.append(Crossing(x, y, side, text))
    return found


def _written(degrees: float, positive: str, negative: str) -> str:
    """Return a coordinate as printed: 7°30′ O."""
    minutes = round(abs(degrees) * 60)
    text = f"{minutes // 60}°" + (f"{minutes % 60:02d}′" if minutes % 60 else "")
    return f"{text}\u00a0{positive if degrees >= 0 else negative}" if minutes else text
