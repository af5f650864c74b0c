# SPDX-License-Identifier: GPL-2.0-or-later
"""One region's sheet as plain data: worked out here, drawn by ``layout``, checked by ``verify``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...domain.errors import PrintError
from ...domain.places import Place, Unit
from .band import band_items
from .charter import Charter
from .content import Content, Entry
from .edition import Edition
from .flow import Flow, Full
from .frames import (
    Frames,
    bar_kilometres,
    orientation,
    page_frames,
    round_scale,
    search_cell,
    split,
)
from .geometry import Rect
from .graticule import Graticule, graticule
from .ground import Ground, Paper, Setting, lay_paper, prepare, region_extent
from .index import IndexWriter, Reference
from .index_lines import IndexStyle
from .items import Item, Measure, line_height, mirrored
from .locator import Locator
from .mapplan import MapComposer, MapPlan
from .panel import Panel, write_overview, write_panel
from .samples import SIGNS, row_height, sign_rows, sign_strip, signs_on
from .titles import footer, title
from .typesetting import Typesetter

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
    """A sheet: its pages' items, its map, and what the report will say of it.

    ``overview`` is the locator's place in the panel, None if it stands on the map; ``bar`` the
    scale bar's kilometres a segment and segments.
    """

    content: Content
    edition: Edition
    frames: Frames
    ground: Ground
    map: MapPlan
    map_rect: Rect
    graticule: Graticule
    overview: Rect | None
    bar: tuple[float, int]
    pages: tuple[tuple[Item, ...], ...]
    style: str

    @property
    def scale(self) -> float:
        """Denominator of the map's scale."""
        return self.ground.scale


def plan_sheet(
    content: Content, edition: Edition, charter: Charter, measure: Measure, country: Country
) -> SheetPlan:
    """Work out a region's sheet.

    The side panel is the narrowest in which the list fits whole; a list too long for any goes
    on on further pages. Where the panel has room left it takes the locator. Raises PrintError if
    not even the tables find room.
    """
    setter = Typesetter(content, charter, edition.languages, measure)
    try:
        frames, setting, panel = _choose(setter)
    except Full:
        raise PrintError(
            "The tables of {region} are higher than the page. Give the panels more width, or "
            "the table a smaller type, in charter.json.",
            region=content.region.name_fr,
        ) from None
    ground = prepare(setting)
    more, overview = _overview(setter, panel, country)
    locator_shape = None if overview else country.locator.shape
    composer = MapComposer(ground, charter, edition.languages, measure)
    planned = composer.compose(
        content, country.places, country.units, locator_shape, plate_size(ground.scale)
    )
    pages = _pages(setter, edition, frames, panel, ground, planned)
    pages[0] += more
    turn = frames.page.width if edition.right_to_left else None
    map_rect = frames.map.mirrored(turn) if turn else frames.map
    lines = graticule(ground)
    turned = [[mirrored(item, turn) if turn else item for item in page] for page in pages]
    turned[0] += band_items(map_rect, lines.crossings, charter)
    return SheetPlan(
        content=content,
        edition=edition,
        frames=frames,
        ground=ground,
        map=planned,
        map_rect=map_rect,
        graticule=lines,
        overview=overview.mirrored(turn) if overview and turn else overview,
        bar=bar_kilometres(ground.scale),
        pages=tuple(map(tuple, turned)),
        style=panel.style.name,
    )


def _pages(
    setter: Typesetter,
    edition: Edition,
    frames: Frames,
    panel: Panel,
    ground: Ground,
    planned: MapPlan,
) -> list[list[Item]]:
    """Return what stands on each page beside the map, as read from left to right."""
    further = _further_pages(setter, frames, panel, _reference(ground, setter.charter))
    signs = signs_on(ground.lines, bool(ground.rivers), planned)
    first = [
        *panel.items,
        *sign_strip(setter, signs, frames.signs, frames.page.sign_columns),
        *footer(setter, edition, frames.footer, crs_label(ground)),
    ]
    pages = [first, *further]
    return [
        [*title(setter, edition, frames.title, number, len(pages)), *items]
        for number, items in enumerate(pages, start=1)
    ]


def plate_size(scale: float) -> tuple[float, float]:
    """Return width and height of the plate with north arrow, ratio and scale bar."""
    segment, count = bar_kilometres(scale)
    return 13 + segment * count * 1e6 / scale + 12, 15.0


def _choose(setter: Typesetter) -> tuple[Frames, Setting, Panel]:
    """Return the first frames in which the whole panel fits.

    If there are none, the first ones with as much of the list as they hold.
    """
    charter, fallback = setter.charter, None
    epsg = charter.region_zone(setter.content.region.code)
    extent = region_extent(setter.content.region.code, epsg)
    page = charter.pages[orientation(extent.width(), extent.height(), charter)]
    strip = sign_rows(len(SIGNS), page.sign_columns) * row_height(setter)
    for frames in page_frames(page, charter, strip):
        scale = round_scale(extent.width(), extent.height(), frames.map, charter)
        setting = _setting(setter, epsg, scale, frames.map)
        reference = _reference(lay_paper(setting), charter)
        rich = (IndexStyle.rich(charter),) if len(frames.panel) == 1 else ()
        for style in (*rich, IndexStyle.medium(charter), IndexStyle.compact(charter)):
            try:
                panel = write_panel(setter, frames.panel, style, reference, notes_of(setter))
            except Full:
                continue
            if not panel.left:
                return frames, setting, panel
            if style.contact is None and fallback is None:
                notes = [*notes_of(setter), tuple(setter.words("index_next"))]
                panel = write_panel(setter, frames.panel, style, reference, notes)
                fallback = frames, setting, panel
    if fallback is None:
        raise Full
    return fallback


def _setting(setter: Typesetter, epsg: int, scale: float, frame: Rect) -> Setting:
    return Setting(
        region=setter.content.region.code,
        epsg=epsg,
        scale=scale,
        width=frame.w,
        height=frame.h,
        tolerance=setter.charter["simplify"],
        hidden=tuple(tuple(pair) for pair in setter.charter["no_line_between"]),
    )


def _reference(paper: Paper, charter: Charter) -> Reference:
    def refer(entry: Entry) -> str:
        if entry.point is None:
            return "?"
        cell = search_cell(*paper.paper(*entry.point), paper.frame, charter["search_cell"])
        return cell if entry.approximate else f"{cell}\u00a0•"

    return refer


def _overview(setter: Typesetter, panel: Panel, country: Country) -> tuple[list[Item], Rect | None]:
    free = panel.free
    free = Rect(free.x, free.y + _ABOVE_OVERVIEW, free.w, free.h - _ABOVE_OVERVIEW)
    if panel.left or free.h < setter.charter["locator"]["in_panel"]:
        return [], None
    return write_overview(setter, free, country.locator, country.counts)


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


def _further_pages(
    setter: Typesetter, frames: Frames, panel: Panel, reference: Reference
) -> list[list[Item]]:
    """Return the pages on which the list goes on, without their titles."""
    pages: list[list[Item]] = []
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
        words = setter.words("index_continued")
        pages.append([*setter.facing("index continued", head, words, style), *flow.items])
    return pages


def crs_label(ground: Ground) -> tuple[str, str]:
    """Return the name and EPSG code of a map's projection, as printed."""
    return ground.crs.description(), ground.crs.authid().split(":")[-1]
