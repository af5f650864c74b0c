# SPDX-License-Identifier: GPL-2.0-or-later
"""The frames of a page and the map's scale: pure geometry in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..charter import Charter, Page
from ..geometry import Rect


@dataclass(frozen=True)
class Frames:
    """Where things stand on a page that reads from left to right.

    ``neat`` is the map's outer frame, ``map`` the map itself inside the band of the search
    grid, ``signs`` the strip below it, ``panel`` the columns beside it.
    """

    page: Page
    title: Rect
    neat: Rect
    map: Rect
    signs: Rect
    panel: tuple[Rect, ...]
    footer: Rect


def orientation(width: float, height: float, charter: Charter) -> str:
    """Return ``portrait`` for a region much higher than wide, else ``landscape``."""
    return "portrait" if height > charter["portrait_from"] * width else "landscape"


def page_frames(page: Page, charter: Charter, strip: float) -> Iterator[Frames]:
    """Yield a page's possible frames, the one with the largest map first.

    ``strip`` is the height of the signs below the map.
    """
    for panel_width, columns in page.panels:
        yield _frames(page, panel_width, columns, charter, strip)


def _frames(page: Page, panel_width: float, columns: int, charter: Charter, strip: float) -> Frames:
    margin, gap = charter["margin"], charter["gap"]
    inner = Rect(0, 0, page.width, page.height).inset(margin)
    title = Rect(inner.x, inner.y, inner.w, charter["title_height"])
    footer = Rect(inner.x, inner.bottom - page.footer, inner.w, page.footer)
    top = title.bottom + gap
    body = Rect(inner.x, top, inner.w, footer.y - gap - top)
    width = body.w - panel_width - charter["panel_gap"]
    neat = Rect(body.x, body.y, width, body.h - strip - (gap if strip else 0))
    signs = Rect(body.x, body.bottom - strip, width, strip)
    panel = Rect(body.right - panel_width, body.y, panel_width, body.h)
    band = charter["frame_band"]
    return Frames(page, title, neat, neat.inset(band), signs, split(panel, columns, 5.0), footer)


@dataclass(frozen=True)
class CityFrames:
    """Where things stand on a page that shows one city: its heading, map, signs, imprint."""

    head: Rect
    map: Rect
    signs: Rect
    footer: Rect


def city_frame(page: Page, charter: Charter, strip: float) -> CityFrames:
    """Return the frames of a city's page; ``strip`` is the height of the signs below its map."""
    margin, gap = charter["margin"], charter["gap"]
    inner = Rect(0, 0, page.width, page.height).inset(margin)
    footer = Rect(inner.x, inner.bottom - page.footer, inner.w, page.footer)
    head = Rect(inner.x, inner.y + charter["title_height"] + gap, inner.w, 5.0)
    signs = Rect(inner.x, footer.y - gap - strip, inner.w, strip)
    top = head.bottom + 1.5
    neat = Rect(inner.x, top, inner.w, signs.y - gap - top)
    return CityFrames(head, neat.inset(charter["frame_band"]), signs, footer)


def split(rect: Rect, columns: int, gap: float) -> tuple[Rect, ...]:
    """Cut a rectangle into columns of equal width, left to right."""
    width = (rect.w - gap * (columns - 1)) / columns
    return tuple(
        Rect(rect.x + number * (width + gap), rect.y, width, rect.h) for number in range(columns)
    )


def round_scale(width: float, height: float, frame: Rect, charter: Charter) -> float:
    """Return the largest allowed scale (its denominator) at which an extent fits a frame.

    ``width`` and ``height`` in metres on the ground; the charter's margin stays free around it.
    """
    margin = 2 * charter["region_margin"]
    needed = max(width / (frame.w - margin), height / (frame.h - margin)) * 1000
    return next(scale for scale in scales(charter["scales"]) if scale >= needed)


def scales(mantissas: Sequence[float]) -> Iterator[float]:
    """Yield the allowed scales from the largest: 1:1 000, 1:1 250, …"""
    for exponent in range(3, 9):
        for mantissa in mantissas:
            yield mantissa * 10**exponent


def written_scale(scale: float) -> str:
    """Return the ratio as printed; no-break spaces keep it on one line."""
    return "1:" + f"{round(scale):,}".replace(",", "\u00a0")


def bar_kilometres(scale: float, longest: float = 55.0) -> tuple[float, int]:
    """Return (kilometres of one segment, number of segments) of a round scale bar.

    The bar is at most ``longest`` millimetres on paper.
    """
    for exponent in (2, 1, 0, -1):
        for unit in (5, 2.5, 2, 1):
            segment = unit * 10**exponent
            if segment * 1e6 / scale * 4 <= longest:
                return segment, 4
    return 0.1, 4


def search_grid(frame: Rect, cell: float) -> tuple[int, int]:
    """Return columns and rows of the search grid, cells being about ``cell`` wide."""
    return max(2, round(frame.w / cell)), max(2, round(frame.h / cell))


def search_cell(x: float, y: float, frame: Rect, cell: float) -> str:
    """Return the cell of a point of the map (from its upper left corner): « C4 »."""
    columns, rows = search_grid(frame, cell)
    column = min(columns - 1, max(0, int(x / frame.w * columns)))
    row = min(rows - 1, max(0, int(y / frame.h * rows)))
    return f"{chr(ord('A') + column)}{row + 1}"
