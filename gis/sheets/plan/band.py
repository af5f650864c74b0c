# SPDX-License-Identifier: GPL-2.0-or-later
"""The band around the map: letters and figures of the search grid, names of the graticule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..charter import Charter
from ..geometry import Rect, around
from .frames import search_grid
from .items import Box, Item, Text

if TYPE_CHECKING:
    from ..land.graticule import Crossing

#: Length in mm of a coordinate's box, and what is kept free for each of its signs.
_NAME, _SIGN = 12.0, 1.25
#: How far in mm a coordinate may slide along the band.
_SLIDES = (0.0, 2.0, -2.0, 4.0, -4.0, 6.0, -6.0, 8.0, -8.0)
_ANGLES = {"left": 270.0, "right": 90.0, "top": 0.0, "bottom": 0.0}


def band_items(frame: Rect, crossings: Sequence[Crossing], charter: Charter) -> list[Item]:
    """Return what stands in the band around a map's frame, given in millimetres of the page."""
    outer = frame.inset(-charter["frame_band"])
    line = Box("neat line", outer, stroke=charter.colours["ink"], width=0.4)
    letters = _letters(frame, charter)
    ticks = _ticks(frame, charter)
    return [line, *ticks, *letters, *_coordinates(frame, crossings, charter, [*letters, *ticks])]


def _cells(frame: Rect, charter: Charter) -> list[tuple[str, Rect]]:
    """Return the band's cells with their letter or figure, on all four sides."""
    band = charter["frame_band"]
    columns, rows = search_grid(frame, charter["search_cell"])
    w, h = frame.w / columns, frame.h / rows
    across = [
        (chr(ord("A") + number), Rect(frame.x + w * number, y, w, band))
        for y in (frame.y - band, frame.bottom)
        for number in range(columns)
    ]
    down = [
        (str(number + 1), Rect(x, frame.y + h * number, band, h))
        for x in (frame.x - band, frame.right)
        for number in range(rows)
    ]
    return across + down


def _letters(frame: Rect, charter: Charter) -> list[Text]:
    style, band = charter.styles["search"], charter["frame_band"]
    return [
        Text(f"search {text}", around(*cell.centre, band, band), text, style, "centre")
        for text, cell in _cells(frame, charter)
    ]


def _ticks(frame: Rect, charter: Charter) -> list[Box]:
    """Return the short lines between the cells of the band."""
    colour, ticks = charter.colours["rule"], []
    for text, cell in _cells(frame, charter):
        if text in ("A", "1"):
            continue
        wide = cell.w > cell.h
        rect = Rect(cell.x, cell.y, 0.2 if wide else cell.w, cell.h if wide else 0.2)
        ticks.append(Box("search tick", rect, fill=colour))
    return ticks


def _coordinates(
    frame: Rect, crossings: Sequence[Crossing], charter: Charter, others: Sequence[Text | Box]
) -> list[Text]:
    """Return the names of the graticule's lines where they meet the frame, or close by.

    One that finds no room beside the ``others`` is left out.
    """
    style, band = charter.styles["graticule"], charter["frame_band"]
    taken = [one.rect for one in others]
    found: list[Text] = []
    for one in crossings:
        upright = one.side in ("left", "right")
        length = _SIGN * len(one.text)
        for slide in _SLIDES:
            x, y = _place(one, frame, band, slide)
            size = (band, length) if upright else (length, band)
            covered = around(x, y, *size)
            free = not any(map(covered.overlaps, taken))
            if free and frame.inset(-band).holds(covered):
                taken.append(covered)
                name = f"graticule {one.side} {one.text}"
                place = around(x, y, _NAME, band)
                found.append(Text(name, place, one.text, style, "centre", _ANGLES[one.side]))
                break
    return found


def _place(one: Crossing, frame: Rect, band: float, slide: float) -> tuple[float, float]:
    if one.side in ("left", "right"):
        x = frame.x - band / 2 if one.side == "left" else frame.right + band / 2
        return x, frame.y + one.y + slide
    y = frame.y - band / 2 if one.side == "top" else frame.bottom + band / 2
    return frame.x + one.x + slide, y
