# SPDX-License-Identifier: GPL-2.0-or-later
"""A map being composed: what is on it already, and where nothing stands yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..charter import Charter, Style
from ..geometry import Rect
from . import mask as masks
from .items import Measure, line_height
from .mapplan import Dot, Label

if TYPE_CHECKING:
    from ..land.boundaries import Area
    from ..land.ground import Ground, Shape
    from .groups import Point

#: Lines of one name follow each other a little closer than lines of a paragraph.
TIGHT = 0.9


class Canvas:
    """A map's frame with masks of what is taken, and the lists of what was put on it.

    ``region`` is the mask of the sheet's region, ``edges`` its limit.
    """

    def __init__(
        self, ground: Ground, charter: Charter, languages: Sequence[str], measure: Measure
    ) -> None:
        self.ground, self.charter = ground, charter
        self.languages, self.measure = languages, measure
        self.frame = ground.frame
        self._masks: dict[Area, np.ndarray] = {}
        self.region = self.mask([ground.region])
        self.edges = masks.edge(self.region)
        self.taken = masks.empty(self.frame)
        self.labels: list[Label] = []
        self.dots: list[Dot] = []
        self.leaders: list[tuple[Point, Point]] = []
        self.left_out: list[str] = []

    def mask(self, shapes: Iterable[Shape]) -> np.ndarray:
        """Return the mask of areas."""
        mask = masks.empty(self.frame)
        for area, geometry in shapes:
            if area not in self._masks:
                rings = self.ground.rings(geometry)
                self._masks[area] = masks.polygon(self.frame, rings)
            mask |= self._masks[area]
        return mask

    def inside(self, box: Sequence[float]) -> np.ndarray:
        """Return the mask of a box of degrees (west, south, east, north)."""
        west, south, east, north = box
        steps = np.linspace(0, 1, 12)
        ring = (
            [(west + (east - west) * t, south) for t in steps]
            + [(east, south + (north - south) * t) for t in steps]
            + [(east + (west - east) * t, north) for t in steps]
            + [(west, north + (south - north) * t) for t in steps]
        )
        return masks.polygon(self.frame, [[self.ground.paper(*point) for point in ring]])

    def named(self, french: str, arabic: str) -> list[str]:
        """Return a name in the sheet's languages, once if it is known in one only."""
        names = {"fr": french, "ar": arabic or french}
        return list(dict.fromkeys(names[language] for language in self.languages))

    def size(self, texts: Sequence[str], style: Style) -> tuple[float, float]:
        """Return width and height of lines of text."""
        width = max(self.measure(text, style) for text in texts)
        return width, line_height(style) * TIGHT * len(texts)

    def put_lines(
        self, box: Rect, texts: Sequence[str], style: Style, align: str, halo: str = ""
    ) -> None:
        """Write lines of text into a box; ``halo`` is a colour's name in the charter."""
        x = {"left": box.x, "right": box.right, "centre": box.centre[0]}[align]
        step = line_height(style) * TIGHT
        colour = self.charter.colours[halo] if halo else ""
        for line, text in enumerate(texts):
            self.labels.append(Label(x, box.y + step * (line + 0.5), text, style, align, colour))

    def put_dot(self, x: float, y: float, kind: str) -> None:
        """Put a point sign."""
        self.dots.append(Dot(x, y, kind))
        masks.fill(self.taken, Rect(x - 0.7, y - 0.7, 1.4, 1.4))

    def put_leader(self, start: Point, end: Point) -> None:
        """Draw a line from a place to what stands for it."""
        self.leaders.append((start, end))
        masks.fill_line(self.taken, start, end)

    def free_line(self, start: Point, end: Point) -> bool:
        """Tell whether a line meets nothing on its way, its first millimetre left out."""
        way = end[0] - start[0], end[1] - start[1]
        far = max(map(abs, way))
        if far <= 1:
            return True
        begin = start[0] + way[0] / far, start[1] + way[1] / far
        return not self.taken[masks.along(self.taken, begin, end)].any()
