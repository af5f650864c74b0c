# SPDX-License-Identifier: GPL-2.0-or-later
"""One region's sheet as plain data; ``drawing`` draws and ``verify`` checks what is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ....domain.places import Place, Unit
from ....domain.progress import Progress, silent, within
from ..charter import Charter
from ..edition import Edition
from ..geometry import Rect
from ..land.graticule import Graticule, graticule
from ..land.ground import Ground, Paper, prepare
from ..land.locator import Locator
from ..land.towns import Town, region_towns
from .band import band_items
from .canvas import Canvas
from .choice import Choice, choose, reference_in
from .composer import compose
from .content import Content
from .details import Detail, compose_detail, detail_ground, page_strip, shown_in, strip_items
from .flow import Flow, Full, too_high
from .frames import Frames, bar_kilometres, city_frame, split
from .imprint import footer
from .index import IndexWriter
from .items import Item, Measure, line_height, mirrored
from .legend import institution_strip
from .mapplan import MapPlan
from .order import Order
from .panel import write_overview
from .samples import row_height, sign_strip, signs_on
from .titles import title
from .typesetting import Typesetter
from .windows import with_strip

#: Parts of the work that are done when the frames are chosen, and when the maps are composed.
_CHOSEN, _COMPOSED = 0.2, 0.9
#: Gap above the overview in mm, and least width of a column of a further page.
_ABOVE_OVERVIEW, _LIST_COLUMN = 6.0, 95.0


@dataclass(frozen=True)
class Country:
    """What a sheet takes from the whole country.

    ``places`` and ``units`` are the gazetteer's, ``counts`` the sites of each region.
    """

    places: Sequence[Place]
    units: Mapping[str, Unit]
    locator: Locator
    counts: Mapping[str, int]


@dataclass(frozen=True)
class SheetPlan:
    """A sheet: its pages' items, its maps, and what the report will say of it.

    ``overview`` is the locator's place in the panel, None if it stands on the map;
    ``details`` are the insets and cities' pages.
    """

    content: Content
    edition: Edition
    frames: Frames
    ground: Ground
    map: MapPlan
    map_rect: Rect
    graticule: Graticule
    overview: Rect | None
    pages: tuple[tuple[Item, ...], ...]
    style: str
    details: tuple[Detail, ...] = ()

    @property
    def scale(self) -> float:
        """Denominator of the map's scale."""
        return self.ground.scale

    @property
    def maps(self) -> tuple[MapPlan, ...]:
        """The main map and the detail maps."""
        return (self.map, *(detail.map for detail in self.details))


def plan_sheet(
    content: Content,
    edition: Edition,
    charter: Charter,
    measure: Measure,
    country: Country,
    progress: Progress = silent,
) -> SheetPlan:
    """Work out a region's sheet.

    The side panel is the narrowest in which the list fits whole; a list too long for any goes
    on on further pages. Where points crowd, detail maps show them larger. Where the panel has
    room left it takes the locator. Raises PrintError if not even the tables find room.
    """
    setter = Typesetter(content, charter, edition.languages, measure)
    try:
        choice = choose(setter, within(progress, 0.0, _CHOSEN))
        maps = within(progress, _CHOSEN, _COMPOSED - _CHOSEN)
        return _Planner(setter, edition, country, choice, maps).plan()
    except Full:
        raise too_high(content.region) from None


def plate_size(scale: float) -> tuple[float, float]:
    """Return width and height of the plate with north arrow, ratio and scale bar."""
    segment, count = bar_kilometres(scale)
    return 13 + segment * count * 1e6 / scale + 12, 15.0


class _Planner:
    """Works out one sheet, its frames being chosen."""

    def __init__(
        self, setter: Typesetter, edition: Edition, country: Country, choice: Choice,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._setter, self._edition, self._country = setter, edition, country
        self._choice, self._frames, self._progress = choice, choice.frames, progress
        self._ground = prepare(choice.setting)
        self._turn = choice.frames.page.width if edition.right_to_left else None

    def plan(self) -> SheetPlan:
        """Return the plan."""
        more, overview = self._overview()
        details, planned = self._maps(with_locator=overview is None)
        pages = self._pages(details, planned)
        pages[0] += more
        map_rect = self._turned(self._frames.map)
        lines = graticule(self._ground, self._setter.words("compass")[0])
        details = [self._on_page(detail, map_rect) for detail in details]
        turned = [
            [mirrored(item, self._turn) if self._turn else item for item in page] for page in pages
        ]
        turned[0] += band_items(map_rect, lines.crossings, self._setter.charter)
        for detail in details:
            turned[detail.page] += self._detail_items(detail)
        return SheetPlan(
            content=self._setter.content,
            edition=self._edition,
            frames=self._frames,
            ground=self._ground,
            map=planned,
            map_rect=map_rect,
            graticule=lines,
            overview=overview and self._turned(overview),
            pages=tuple(map(tuple, turned)),
            style=self._choice.panel.style.name,
            details=tuple(details),
        )

    def _turned(self, rect: Rect) -> Rect:
        return rect.mirrored(self._turn) if self._turn else rect

    # Maps

    def _maps(self, with_locator: bool) -> tuple[list[Detail], MapPlan]:
        """Compose the detail maps, then the main map around what stands on it."""
        windows, content = self._choice.windows, self._setter.content
        shared, others = shown_in(windows, content.entries, self._ground.paper)
        details: list[Detail] = []
        page, part = 0, 1 / (len(windows) + 1)
        for rank, one in enumerate(windows):
            ground = detail_ground(self._choice.setting, self._ground, one)
            page += one.place == "page"
            details.append(
                compose_detail(
                    self._setter, ground, one, shared[one.letter], self._towns(ground),
                    self._country.units, page if one.place == "page" else 0,
                    plate_size(one.scale) if one.place == "page" else None,
                    within(self._progress, rank * part, part),
                )
            )  # fmt: skip
        order = Order(
            entries=tuple(others),
            towns=self._towns(self._ground),
            reserved=tuple(with_strip(one.rect) for one in windows if one.place == "map"),
            footprints=tuple((detail.footprint, detail.name) for detail in details),
            locator=self._country.locator.shape if with_locator else None,
            plate=plate_size(self._ground.scale),
            elsewhere=frozenset().union(*(detail.map.named for detail in details)),
        )
        setter = self._setter
        canvas = Canvas(self._ground, setter.charter, setter.languages, setter.measure)
        return details, compose(canvas, content, order, within(self._progress, 1 - part, part))

    def _towns(self, paper: Paper) -> tuple[Town, ...]:
        country, charter = self._country, self._setter.charter
        return region_towns(
            country.places,
            country.units,
            self._setter.content.provinces,
            charter["chief_towns"],
            paper.paper,
        )

    def _on_page(self, detail: Detail, map_rect: Rect) -> Detail:
        """Return a detail map with its frame on the page as it is printed."""
        if detail.window.place == "map":
            return replace(detail, rect=detail.window.rect.moved(map_rect.x, map_rect.y))
        return replace(detail, rect=self._turned(detail.rect))

    def _detail_items(self, detail: Detail) -> list[Item]:
        """Return what frames a detail map, as printed."""
        if detail.graticule is not None:
            return band_items(detail.rect, detail.graticule.crossings, self._setter.charter)
        upright = replace(detail, rect=self._turned(detail.rect))
        items = strip_items(self._setter, upright)
        return [mirrored(item, self._turn) if self._turn else item for item in items]

    # Pages

    def _overview(self) -> tuple[list[Item], Rect | None]:
        free, setter = self._choice.free, self._setter
        free = Rect(free.x, free.y + _ABOVE_OVERVIEW, free.w, free.h - _ABOVE_OVERVIEW)
        if self._choice.panel.left or free.h < setter.charter["locator"]["in_panel"]:
            return [], None
        return write_overview(setter, free, self._country.locator, self._country.counts)

    def _pages(self, details: Sequence[Detail], planned: MapPlan) -> list[list[Item]]:
        """Return what stands on each page beside the maps, as read from left to right."""
        setter, frames, ground = self._setter, self._frames, self._ground
        maps = [planned, *(detail.map for detail in details)]
        signs = signs_on(ground.lines, bool(ground.rivers), maps)
        first = [
            *self._choice.panel.items,
            *sign_strip(setter, signs, frames.signs),
            *footer(setter, self._edition, frames.footer, crs_label(ground)),
        ]
        cities = [self._city_page(one) for one in details if one.window.place == "page"]
        pages = [first, *cities, *self._list_pages()]
        return [
            [*title(setter, self._edition, frames.title, number, len(pages)), *items]
            for number, items in enumerate(pages, start=1)
        ]

    def _city_page(self, detail: Detail) -> list[Item]:
        """Return what stands on a city's page beside its map, without the title."""
        setter = self._setter
        frames = city_frame(self._frames.page, setter.charter, row_height(setter))
        return [
            *page_strip(setter, detail, frames.head),
            *institution_strip(setter, frames.signs),
            *footer(setter, self._edition, frames.footer, crs_label(detail.ground)),
        ]

    def _list_pages(self) -> list[list[Item]]:
        """Return the pages on which the list goes on, without their titles."""
        pages: list[list[Item]] = []
        setter, frames, panel = self._setter, self._frames, self._choice.panel
        reference = reference_in(self._ground, self._choice.windows, setter.charter)
        writer = IndexWriter(setter, panel.style, reference)
        style, left = setter.style("heading"), panel.left
        head = Rect(frames.title.x, frames.neat.y, frames.title.w, line_height(style))
        body = Rect(head.x, head.bottom + 3, head.w, frames.footer.bottom - head.bottom - 3)
        while left:
            flow = Flow(split(body, max(2, int(body.w // _LIST_COLUMN)), 6.0))
            still = writer.write(flow, left)
            if len(still) == len(left):
                raise Full
            left = still
            words = setter.words("index_continued" if panel.listed else "index")
            pages.append([*setter.facing("index continued", head, words, style), *flow.items])
        return pages


def crs_label(ground: Ground) -> tuple[str, str]:
    """Return the name and EPSG code of a map's projection, as printed."""
    return ground.crs.description(), ground.crs.authid().split(":")[-1]
