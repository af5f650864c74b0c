# SPDX-License-Identifier: GPL-2.0-or-later
"""The detail maps of a sheet: insets beside the main map, cities on pages of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ....domain.places import Unit
from ....domain.progress import Progress, silent
from ..geometry import Rect
from ..land.graticule import Graticule, graticule
from ..land.ground import Ground, Setting, prepare
from ..land.towns import Town
from .canvas import Canvas
from .composer import compose
from .content import Content, Entry
from .frames import search_cell, written_scale
from .items import Box, Item, Text, line_height
from .mapplan import Footprint, MapPlan
from .order import Order
from .typesetting import Typesetter
from .windows import STRIP, Window, with_strip


@dataclass(frozen=True)
class Detail:
    """A detail map: its window, its ground, what is on it, and its page (0: the first).

    ``rect`` is its frame on the page, ``name`` the place it shows, in the sheet's languages;
    ``graticule`` None where it has none.
    """

    window: Window
    ground: Ground
    map: MapPlan
    name: tuple[str, ...]
    page: int
    rect: Rect
    graticule: Graticule | None

    @property
    def footprint(self) -> Footprint:
        """What stands for it on the main map."""
        return Footprint(self.window.footprint, self.window.letter)

    def reference(self, entry: Entry, cell: float) -> str:
        """Return where a site is found: the map's letter, on a whole page with its cell."""
        if self.graticule is None or entry.point is None:
            return self.window.letter
        found = search_cell(*self.ground.paper(*entry.point), self.ground.frame, cell)
        return f"{self.window.letter}·{found}"


def shown_in(
    windows: Sequence[Window], entries: Sequence[Entry], paper
) -> tuple[dict[str, list[Entry]], list[Entry]]:
    """Share out the sites that have a position: those of each detail map, and the others.

    ``paper`` leads from degrees to the main map.
    """
    shared: dict[str, list[Entry]] = {one.letter: [] for one in windows}
    others = []
    for entry in entries:
        if entry.point is None:
            continue
        x, y = paper(*entry.point)
        place = Rect(x, y, 0, 0)
        for one in windows:
            if one.footprint.holds(place, 0.0):
                shared[one.letter].append(entry)
                break
        else:
            others.append(entry)
    return shared, others


def detail_ground(setting: Setting, main: Ground, window: Window) -> Ground:
    """Return the prepared base map of a detail map."""
    middle = main.ground(*window.footprint.centre)
    return prepare(
        replace(
            setting, scale=window.scale, width=window.rect.w, height=window.rect.h,
            middle=(middle.x(), middle.y()),
        ),
        within=setting,
    )  # fmt: skip


def compose_detail(
    setter: Typesetter,
    ground: Ground,
    window: Window,
    entries: Sequence[Entry],
    towns: Sequence[Town],
    units: Mapping[str, Unit],
    page: int,
    plate: tuple[float, float] | None,
    progress: Progress = silent,
) -> Detail:
    """Compose a detail map; ``towns`` are on its own paper."""
    canvas = Canvas(ground, setter.charter, setter.languages, setter.measure)
    order = Order(tuple(entries), tuple(towns), plate=plate)
    planned = compose(canvas, setter.content, order, progress)
    compass = setter.words("compass")[0]
    lines = graticule(ground, compass) if window.place == "page" else None
    name = tuple(canvas.named(*_name(entries, units, setter.content)))
    return Detail(window, ground, planned, name, page, window.rect, lines)


def _name(entries: Sequence[Entry], units: dict[str, Unit], content: Content) -> tuple[str, str]:
    """Return the name of the city, or commune, in which most of the sites are."""
    codes = Counter(entry.unit.city_code or entry.unit.code for entry in entries)
    unit = units[codes.most_common(1)[0][0]] if codes else content.region
    return unit.name_fr, unit.name_ar


def strip_items(setter: Typesetter, detail: Detail) -> list[Item]:
    """Return the strip above an inset: letter, name and ratio, as read from left to right.

    ``detail.rect`` is taken as it stands on a page that reads from left to right.
    """
    whole = with_strip(detail.rect)
    rect = replace(whole, h=STRIP)
    colours, style = setter.charter.colours, setter.style("inset")
    letter, ratio = setter.style("inset_letter"), written_scale(detail.window.scale)
    name = f"inset {detail.window.letter}"
    items: list[Item] = [
        Box(f"{name} frame", whole, colours["paper"], colours["ink"], 0.25),
        Box(f"{name} strip", replace(rect, w=STRIP + 0.8), fill=colours["accent"]),
        Text(
            f"{name} letter", replace(rect, w=STRIP + 0.8), detail.window.letter, letter, "centre"
        ),
    ]
    inner = Rect(rect.x + STRIP + 2.3, rect.y, rect.w - STRIP - 3.8, rect.h)
    if len(detail.name) == 2:
        first, second = detail.name
        items += setter.facing(f"{name} name", inner, (f"{first} · {ratio}", second), style)
    else:
        items.append(Text(f"{name} name", inner, detail.name[0], style))
        items.append(Text(f"{name} ratio", inner, ratio, style, "right"))
    return items


def page_strip(setter: Typesetter, detail: Detail, rect: Rect) -> list[Item]:
    """Return the line above a city's page: letter, name, number of sites."""
    style = setter.style("heading")
    count = len(detail.map.numbers())
    names = [*detail.name, *detail.name][: len(setter.languages)]
    words = [
        f"{detail.window.letter} · {name} · {text}"
        for name, text in zip(names, setter.words("sites_here", count=count))
    ]
    return setter.facing("city", replace(rect, h=line_height(style)), words, style)
