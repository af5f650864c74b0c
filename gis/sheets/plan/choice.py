# SPDX-License-Identifier: GPL-2.0-or-later
"""Choosing a sheet's frames: the largest map beside which the panel, and all insets, find room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....domain.progress import Progress, silent
from ..charter import Charter
from ..geometry import Rect
from ..land.ground import Paper, Setting, lay_paper, region_extent, region_rings
from . import mask as masks
from .composer import sign_composer
from .content import Entry
from .crowding import Spots
from .flow import Full
from .frames import (
    Frames,
    city_frame,
    orientation,
    page_frames,
    round_scale,
    search_cell,
)
from .groups import grouped
from .index import Reference
from .index_lines import IndexStyle
from .items import line_height
from .panel import Panel, write_panel
from .samples import row_height, sign_rows
from .typesetting import Typesetter
from .windows import Window, choose_windows

#: Gap above an inset in the panel in mm.
_ABOVE_INSET = 5.0
#: Less than this many degrees apart are places that are the same on any map.
_SAME = 2e-5


@dataclass(frozen=True)
class Choice:
    """Frames of a sheet, its map's setting, its panel and its detail maps."""

    frames: Frames
    setting: Setting
    panel: Panel
    windows: tuple[Window, ...]

    @property
    def free(self) -> Rect:
        """What insets and the list leave of the panel's last column."""
        free = self.panel.free
        lowest = max((one.rect.bottom for one in self.windows if one.place == "panel"), default=0.0)
        top = max(free.y, lowest)
        return replace(free, y=top, h=free.bottom - top)


def choose(setter: Typesetter, progress: Progress = silent) -> Choice:
    """Return the first frames in which the whole panel fits, insets included.

    If there are none, the first ones; the list then goes on, or stands as a whole, on further
    pages. Raises Full if not even the tables find room.
    """
    charter, region = setter.charter, setter.content.region.code
    epsg = charter.region_zone(region)
    extent = region_extent(region, epsg)
    page = charter.pages[orientation(extent.width(), extent.height(), charter)]
    strip = sign_rows(page.sign_columns) * row_height(setter)
    tried, places = [], _places(setter)
    for rank, frames in enumerate(page_frames(page, charter, strip)):
        progress(rank / (2 * len(page.panels)), "")
        scale = round_scale(extent.width(), extent.height(), frames.map, charter)
        one = _Try(setter, frames, _setting(setter, epsg, scale, frames.map), places)
        found = one.whole()
        if found is not None:
            return found
        tried.append(one)
    for rank, one in enumerate(tried, start=len(tried)):
        progress(rank / (2 * len(tried)), "")
        found = one.in_part()
        if found is not None:
            return found
    raise Full


class _Try:
    """One possible set of frames."""

    def __init__(
        self, setter: Typesetter, frames: Frames, setting: Setting, places: Sequence[Place]
    ) -> None:
        self._setter, self._frames, self._setting = setter, frames, setting
        self._paper = lay_paper(setting)
        self._places = places

    def whole(self) -> Choice | None:
        """Return the choice with the whole list on it; None if there is no room for that."""
        charter = self._setter.charter
        rich = (IndexStyle.rich(charter),) if len(self._frames.panel) == 1 else ()
        for style in (*rich, IndexStyle.medium(charter), IndexStyle.compact(charter)):
            panel = self._written(style, (), True) if self._may_fit(style) else None
            if panel is None or panel.left:
                continue
            windows = self._windows(panel.free)
            if all(one.place != "page" for one in windows):
                # Insets change the references of the list, never its length.
                panel = self._written(style, windows, True) if windows else panel
                return panel and Choice(self._frames, self._setting, panel, windows)
        return None

    def in_part(self) -> Choice | None:
        """Return the choice with as much of the list as it holds; None without tables."""
        style = IndexStyle.compact(self._setter.charter)
        tables = self._panel(style, (), False)
        if tables is None:
            return None
        windows = self._windows(tables.free)
        listed = not any(one.place == "panel" for one in windows)
        panel = self._panel(style, windows, True) if listed else tables
        return panel and Choice(self._frames, self._setting, panel, windows)

    def _may_fit(self, style: IndexStyle) -> bool:
        """Tell whether the panel is high enough for a line for each site: cheaply."""
        height = sum(column.h for column in self._frames.panel)
        return len(self._setter.content.entries) * line_height(style.text) <= height

    def _panel(self, style: IndexStyle, windows: Sequence[Window], listed: bool) -> Panel | None:
        """Return the panel, with the note that the list goes on if it does."""
        panel = self._written(style, windows, listed)
        if panel is None or not panel.left:
            return panel
        return self._written(style, windows, listed, tuple(self._setter.words("index_next")))

    def _written(
        self, style: IndexStyle, windows: Sequence[Window], listed: bool, *more: tuple[str, ...]
    ) -> Panel | None:
        """Return the panel; None if not even the tables find room."""
        setter, reference = self._setter, reference_in(self._paper, windows, self._setter.charter)
        notes = [*notes_of(setter), *more]
        try:
            return write_panel(setter, self._frames.panel, style, reference, notes, listed)
        except Full:
            return None

    def _windows(self, free: Rect) -> tuple[Window, ...]:
        frame, setter = self._paper.frame, self._setter
        free = replace(free, y=free.y + _ABOVE_INSET, h=free.h - _ABOVE_INSET)
        region = masks.polygon(frame, region_rings(self._setting))
        city = city_frame(self._frames.page, setter.charter, row_height(setter))
        spots = Spots.of([(*self._paper.paper(*point), *more) for point, *more in self._places])
        return choose_windows(
            spots, self._setting.scale, region, frame, free, city.map, setter.charter
        )


#: A point in degrees, the area in mm² that its sign covers, and how many sites it has.
Place = tuple[tuple[float, float], float, int]


def _places(setter: Typesetter) -> list[Place]:
    """Return the places of a sheet's sites.

    A detail map may tell apart what is one place here, so only what is one place anywhere is.
    """
    composer = sign_composer(setter, setter.content)
    groups = grouped(setter.content.entries, lambda lon, lat: (lon, lat), _SAME)
    blocks = [composer.compose(group, True).block for group in groups]
    return [
        (group.point, block.w * block.h, len(group.entries)) for group, block in zip(groups, blocks)
    ]


def _setting(setter: Typesetter, epsg: int, scale: float, frame: Rect) -> Setting:
    return Setting(
        region=setter.content.region.code,
        epsg=epsg,
        scale=scale,
        width=frame.w,
        height=frame.h,
        tolerance=setter.charter["simplify"],
        hidden=setter.charter.undrawn,
    )


def reference_in(paper: Paper, windows: Sequence[Window], charter: Charter) -> Reference:
    """Return what says where a site is found.

    « C4 » on the map, « W » on an inset, « W·C4 » on a city's page; with « • » if the position
    is exact, « ? » if there is none.
    """
    cell = charter["search_cell"]

    def refer(entry: Entry) -> str:
        if entry.point is None:
            return "?"
        x, y = paper.paper(*entry.point)
        found = next((o for o in windows if o.footprint.holds(Rect(x, y, 0, 0), 0.0)), None)
        text = search_cell(x, y, paper.frame, cell) if found is None else found.letter
        if found is not None and found.place == "page":
            factor = paper.scale / found.scale
            inside = (x - found.footprint.x) * factor, (y - found.footprint.y) * factor
            frame = Rect(0, 0, found.rect.w, found.rect.h)
            text = f"{found.letter}·{search_cell(*inside, frame, cell)}"
        return text if entry.approximate else f"{text}\u00a0•"

    return refer


def notes_of(setter: Typesetter) -> list[tuple[str, ...]]:
    """Return the notes that hold for this sheet, each in the sheet's languages."""
    content = setter.content
    placed = [entry for entry in content.entries if entry.point is not None]
    approximate = sum(entry.approximate for entry in placed)
    described = sum(not entry.name("ar") for entry in content.entries)
    counts = {"count": approximate, "total": len(content.entries)}
    found = [
        ("note_commune", counts, 0 < approximate < len(placed)),
        ("note_all_commune", counts, 0 < approximate == len(placed)),
        ("note_unplaced", {"count": len(content.unplaced)}, content.unplaced),
        ("note_arabic", {"count": described}, described and "ar" in setter.languages),
    ]
    return [tuple(setter.words(key, **values)) for key, values, holds in found if holds]
