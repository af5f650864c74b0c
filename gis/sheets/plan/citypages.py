# SPDX-License-Identifier: GPL-2.0-or-later
"""A crowded city on pages of its own: as few, at scales as large, as its sites ask for.

Whole pages side by side, all at one scale, if so the signs find room near their places. If not,
the city is cut in two where it is fullest, again and again, each part on a page at its own scale.
Millimetres of the main map, if nothing else is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from ..charter import Charter
from ..geometry import Rect, around, hull
from .crowding import Spots, Window, fullest_in, overfull
from .frames import scales

#: Parts of a crowd that its pages may show, the farthest sites left to the main map.
_SHOWN = (1.0, 0.97, 0.93, 0.88)
#: Pages side by side that are tried: columns and rows.
_GRIDS = sorted(product(range(1, 5), repeat=2), key=lambda grid: grid[0] * grid[1])
#: How much fuller pages at one scale may be, for being whole and joining; at worst.
_EVEN = (1.15, 1.25)
#: Between these parts of a crowd's sites it is cut in two.
_MIDDLE = (0.35, 0.65)


@dataclass(frozen=True)
class _Part:
    """A part of a city: its sites' spots, and how far its page may reach."""

    spots: Spots
    cell: Rect


@dataclass(frozen=True)
class City:
    """A crowd that is to have pages.

    ``spots`` are all on the main map, ``scale`` and ``frame`` are the main map's; ``page`` is a
    page's map in mm of the page, ``most`` how many there may be.
    """

    crowd: Spots
    spots: Spots
    scale: float
    frame: Rect
    page: Rect
    most: int
    charter: Charter

    def excess(self, pages: Sequence[Window]) -> float:
        """Return how much fuller than allowed pages, or what they leave, are; 1 if they are not.

        A site left between pages has no room for its sign on the main map.
        """
        rule = self.charter["crowd"]
        shut_in = self.spots.inside(hull(one.footprint for one in pages)) & ~_shown(
            self.spots, pages
        )
        left = overfull(self.crowd.only(~_shown(self.crowd, pages)), rule)
        fullest = max(*self.fills(pages), left, rule["page_fill"])
        return fullest / rule["page_fill"] + float(shut_in @ self.spots.sites)

    def fills(self, pages: Sequence[Window]) -> list[float]:
        """Return how full each page is in its fullest place."""
        return [fullest_in(one, self.spots, self.scale, self.charter["crowd"]) for one in pages]

    def scale_for(self, w: float, h: float, columns: int = 1, rows: int = 1) -> float:
        """Return the largest scale at which w x h mm have room on so many pages, and an edge."""
        edge, page = 2 * self.charter["inset"]["edge"], self.page
        needed = self.scale * max(w / (columns * page.w - edge), h / (rows * page.h - edge))
        needed = max(needed, self.charter["crowd"]["page_largest"])
        return next(one for one in scales(self.charter["scales"]) if one >= needed)


def city_pages(city: City) -> list[Window]:
    """Return the pages of a city: as few as hold it, side by side at one scale if they can be.

    Where none suffice, those that leave the least crowd.
    """
    tried = []
    for pages in _grids(city):
        tried.append((city.excess(pages), len(pages), pages))
        if tried[-1][0] <= _EVEN[0]:
            return pages
    tried.sort(key=lambda one: one[:2])
    if tried and tried[0][0] <= _EVEN[1]:
        return tried[0][2]
    for pages in _cuts(city):
        tried.append((city.excess(pages), len(pages), pages))
        if tried[-1][0] <= 1.0:
            return pages
    return min(tried, key=lambda one: one[:2], default=(0.0, 0, []))[2]


def _grids(city: City) -> Iterator[list[Window]]:
    """Yield the city on whole pages side by side, more and more of them.

    What would hold few sites has no page: the main map shows them.
    """
    cores = [_core(city.crowd, shown) for shown in _SHOWN]
    for columns, rows in _GRIDS:
        for core in cores:
            low, high = core.points.min(axis=0), core.points.max(axis=0)
            chosen = city.scale_for(*(high - low), columns, rows)
            factor = chosen / city.scale
            w, h = city.page.w * factor, city.page.h * factor
            if columns * w > city.frame.w or rows * h > city.frame.h:
                continue
            whole = around(*((low + high) / 2), columns * w, rows * h).kept_in(city.frame)
            tiles = [
                Rect(whole.x + column * w, whole.y + row * h, w, h)
                for row in range(rows)
                for column in range(columns)
            ]
            least = city.charter["crowd"]["sites"]
            held = [city.crowd.inside(tile) @ city.crowd.sites for tile in tiles]
            shown = [tile for tile, sites in zip(tiles, held) if sites >= least]
            if 0 < len(shown) <= city.most:
                yield [Window("", tile, chosen, "page", city.page) for tile in shown]


def _core(crowd: Spots, shown: float) -> Spots:
    """Return the part ``shown`` of a crowd's sites that lies nearest to its middle."""
    middle = np.median(np.repeat(crowd.points, crowd.sites.astype(int), axis=0), axis=0)
    far = np.abs(crowd.points - middle).max(axis=1)
    order = np.argsort(far, kind="stable")
    counted = np.cumsum(crowd.sites[order])
    return crowd.only(order[counted <= max(shown * counted[-1], counted[0])])


def _cuts(city: City) -> Iterator[list[Window]]:
    """Yield the city on one page, then with the fullest cut in two each time more.

    Each has its own scale: for a city with a middle much fuller than the rest.
    """
    for shown in _SHOWN:
        parts = [_Part(_core(city.crowd, shown), city.frame)]
        while len(parts) <= city.most:
            pages = [_page(part, city) for part in parts]
            yield _in_reading_order(pages)
            fullest = int(np.argmax(city.fills(pages)))
            cuts = [_halves(parts[fullest], axis) for axis in (0, 1)]
            cuts = [cut for cut in cuts if cut]
            if not cuts:
                break
            parts[fullest : fullest + 1] = min(
                cuts, key=lambda cut: max(city.fills([_page(part, city) for part in cut]))
            )


def _halves(part: _Part, axis: int) -> list[_Part]:
    """Cut a part in two across an axis, in the widest gap near its middle; empty if it has none."""
    order = np.argsort(part.spots.points[:, axis], kind="stable")
    along = part.spots.points[order, axis]
    counted = np.cumsum(part.spots.sites[order]) / part.spots.sites.sum()
    gaps = np.diff(along)
    middle = (counted[:-1] >= _MIDDLE[0]) & (counted[:-1] <= _MIDDLE[1])
    if (gaps[middle] > 0).any():
        gaps = np.where(middle, gaps, 0.0)
    if not (gaps > 0).any():
        return []
    where = int(np.argmax(gaps))
    at, cell = float(along[where] + along[where + 1]) / 2, part.cell
    if axis == 0:
        cells = (replace(cell, w=at - cell.x), replace(cell, x=at, w=cell.right - at))
    else:
        cells = (replace(cell, h=at - cell.y), replace(cell, y=at, h=cell.bottom - at))
    low = part.spots.points[:, axis] < at
    return [_Part(part.spots.only(low), cells[0]), _Part(part.spots.only(~low), cells[1])]


def _page(part: _Part, city: City) -> Window:
    """Return the page of a part; it fills the page unless it would reach beyond its own part."""
    low, high = part.spots.points.min(axis=0), part.spots.points.max(axis=0)
    chosen = city.scale_for(*(high - low))
    factor = chosen / city.scale
    w, h = min(city.page.w * factor, part.cell.w), min(city.page.h * factor, part.cell.h)
    footprint = around(*((low + high) / 2), w, h).kept_in(part.cell)
    return Window("", footprint, chosen, "page", replace(city.page, w=w / factor, h=h / factor))


def _shown(spots: Spots, pages: Sequence[Window]) -> np.ndarray:
    return np.array([spots.inside(one.footprint) for one in pages]).any(axis=0)


def _in_reading_order(pages: Sequence[Window]) -> list[Window]:
    """Return pages from the north-west, in rows of about one page's height."""
    if not pages:
        return []
    step = min(one.footprint.h for one in pages)
    return sorted(pages, key=lambda one: (round(one.footprint.y / step), one.footprint.x))
