# SPDX-License-Identifier: GPL-2.0-or-later
"""The panel beside the map: how many, who, where by province, the list, the notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..geometry import Rect, around
from .content import Entry
from .flow import Flow
from .index import IndexWriter, Reference
from .index_lines import IndexStyle
from .items import Item, Text, line_height
from .legend import write_figure, write_legend
from .province_table import write_provinces
from .typesetting import SIDES, Typesetter

if TYPE_CHECKING:
    from ..land.locator import Locator

#: Free space above the notes in mm.
_ABOVE_NOTES = 3.0


@dataclass(frozen=True)
class Panel:
    """A panel's items, the entries that found no room in it, and what is free at its end.

    ``listed`` tells whether any of the list stands in it.
    """

    items: tuple[Item, ...]
    left: tuple[Entry, ...]
    free: Rect
    style: IndexStyle
    listed: bool = True


def write_panel(
    setter: Typesetter,
    columns: Sequence[Rect],
    style: IndexStyle,
    reference: Reference,
    notes: Sequence[Sequence[str]],
    listed: bool = True,
) -> Panel:
    """Write the panel into its columns.

    ``notes`` has a tuple of texts for each note, one for each language. Unless ``listed`` the
    whole list is left for further pages. Raises Full if not even the tables find room.
    """
    last = columns[-1]
    foot = _notes(setter, last, notes)
    top = min((item.rect.y - _ABOVE_NOTES for item in foot), default=last.bottom)
    flow = Flow([*columns[:-1], replace(last, h=top - last.y)])
    write_figure(setter, flow)
    if setter.content.entries:
        write_legend(setter, flow, full=style.contact is not None)
        write_provinces(setter, flow)
    entries = setter.content.entries
    if not listed or not entries:
        return Panel((*flow.items, *foot), entries, flow.free, style, False)
    setter.heading(flow, "index", 12)
    left = IndexWriter(setter, style, reference).write(flow, entries)
    return Panel((*flow.items, *foot), left, flow.free, style)


def write_overview(
    setter: Typesetter, free: Rect, locator: Locator, counts: Mapping[str, int]
) -> tuple[list[Item], Rect]:
    """Fill a free place with the country's map and the number of sites in each region.

    Returns the items and the place of the map.
    """
    flow = Flow([free])
    setter.heading(flow, "overview", 20)
    flow.skip(2)
    height = min(flow.room, free.w / locator.shape)
    width = height * locator.shape
    box = Rect(free.x + (free.w - width) / 2, flow.take(height).y, width, height)
    size = max(6.0, min(setter.style("overview").size, height / 10))
    for code, (x, y) in locator.middles.items():
        here = code == setter.content.region.code
        style = replace(setter.style("overview_here" if here else "overview"), size=size)
        # The page is turned round, the map on it is not.
        across = 1 - x if setter.right_to_left else x
        place = around(box.x + across * box.w, box.y + y * box.h, 12, line_height(style))
        number = str(counts.get(code, 0))
        flow.items.append(Text(f"overview {code}", place, number, style, "centre"))
    return flow.items, box


def _notes(setter: Typesetter, column: Rect, notes: Sequence[Sequence[str]]) -> list[Item]:
    """Return the notes at the foot of a column."""
    style = setter.style("note")
    found = [
        (f"note {rank} {language}", setter.wrapped(text, column.w, style), side)
        for rank, texts in enumerate(notes)
        for language, text, side in zip(setter.languages, texts, SIDES)
    ]
    y = column.bottom - sum(line_height(style) * len(lines) + 0.4 for _, lines, _ in found)
    items: list[Item] = []
    for name, lines, side in found:
        box = Rect(column.x, y, column.w, line_height(style) * len(lines))
        items.append(Text(name, box, "\n".join(lines), style, side))
        y = box.bottom + 0.4
    return items
