# SPDX-License-Identifier: GPL-2.0-or-later
"""One region's sheet as plain data: worked out here, drawn by ``layout``, checked by ``verify``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, List, Mapping, Optional, Sequence, Tuple

from .charter import LANGUAGES, Charter
from .content import Content, Entry
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
from .ground import Ground, Paper, Setting, lay_paper, prepare, region_extent
from .index import IndexStyle, IndexWriter, Reference
from .items import Item, Measure, Text, line_height, mirrored
from .locator import Locator
from .mapplan import MapComposer, MapPlan
from .panel import PanelWriter
from .samples import row_height, sign_rows, sign_strip
from .titles import footer, title


@dataclass(frozen=True)
class Edition:
    """What all sheets of one printing share."""

    language: str
    day: date
    specimen: bool
    total: int
    credits: Tuple[str, ...]

    @property
    def languages(self) -> Tuple[str, ...]:
        """The languages on the sheet, the leading one first."""
        return LANGUAGES[self.language]

    @property
    def right_to_left(self) -> bool:
        """Whether pages read from right to left."""
        return self.languages[0] == "ar"


@dataclass(frozen=True)
class SheetPlan:
    """A sheet: its pages' items, its map, and what the report will say of it."""

    content: Content
    edition: Edition
    frames: Frames
    ground: Ground
    map: MapPlan
    map_rect: Rect
    overview: Optional[Rect]
    bar: Tuple[float, int]
    pages: Tuple[Tuple[Item, ...], ...]
    style: str

    @property
    def scale(self) -> float:
        """Denominator of the map's scale."""
        return self.ground.scale

    @property
    def listed(self) -> int:
        """How many sites the index lists: all of them, or the plan is wrong."""
        return len(self.content.entries)


def plate_size(scale: float) -> Tuple[float, float]:
    """Return width and height of the plate with north arrow, ratio and scale bar."""
    segment, count = bar_kilometres(scale)
    return 13 + segment * count * 1e6 / scale + 12, 15.0


def plan_sheet(
    content: Content,
    edition: Edition,
    charter: Charter,
    measure: Measure,
    places: Sequence[Any],
    units: Mapping[str, Any],
    locator: Locator,
    counts: Mapping[str, int],
) -> SheetPlan:
    """Work out a region's sheet.

    The side panel is the narrowest in which the list fits whole; a list too long for any goes
    on on further pages. Where the panel has room left it takes the locator, with ``counts``:
    the number of sites of each region.
    """
    epsg = charter.region_zone(content.region.code)
    extent = region_extent(content.region.code, epsg)
    turned = orientation(extent.width(), extent.height(), charter)
    chosen = _choose(content, edition, charter, measure, turned, (extent.width(), extent.height()))
    frames, setting, style, items, left, free = chosen
    ground = prepare(setting)
    first = [*title(content, edition, charter, frames.title, measure), *items]
    overview = None
    free = Rect(free.x, free.y + 6, free.w, free.h - 6)
    if free.h >= charter["locator"]["in_panel"]:
        writer = PanelWriter(content, charter, edition.languages, measure)
        more, overview = writer.overview(free, locator, counts)
        first += more
    composer = MapComposer(ground, charter, edition.languages, measure)
    planned = composer.compose(
        content, places, units, None if overview else locator.shape, plate_size(ground.scale)
    )
    turn = frames.page.width if edition.right_to_left else None
    first += sign_strip(
        signs_of(content, ground, planned), frames.signs, frames.page.sign_columns, content,
        charter, edition.languages,
    )  # fmt: skip
    first += footer(content, edition, charter, frames.footer, crs_label(ground), measure)
    pages = [first, *_continued(content, edition, charter, measure, frames, style, left, ground)]
    if turn:
        pages = [[mirrored(item, turn) for item in page] for page in pages]
    return SheetPlan(
        content, edition, frames, ground, planned, _turned(frames.map, turn),
        _turned(overview, turn) if overview else None, bar_kilometres(ground.scale),
        tuple(map(tuple, pages)), style.name,
    )  # fmt: skip


def _turned(rect: Rect, page_width: Optional[float]) -> Rect:
    return rect if page_width is None else rect.mirrored(page_width)


def _choose(content, edition: Edition, charter: Charter, measure: Measure, turned: str, size):
    """Return the first frames in which the panel fits, the map's setting and the panel's items."""
    fallback = None
    hidden = tuple(tuple(pair) for pair in charter["no_line_between"])
    writer = PanelWriter(content, charter, edition.languages, measure)
    page = charter.pages[turned]
    strip = sign_rows(len(SIGNS), page.sign_columns) * row_height(edition.languages, charter)
    for frames in page_frames(page, charter, strip):
        scale = round_scale(*size, frames.map, charter)
        setting = Setting(
            content.region.code, charter.region_zone(content.region.code), scale,
            frames.map.w, frames.map.h, charter["simplify"], hidden,
        )  # fmt: skip
        refer = _reference(lay_paper(setting), charter)
        notes = notes_of(content, edition, charter)
        for style in (IndexStyle.rich(charter), IndexStyle.compact(charter)):
            try:
                items, left, free = writer.write(frames.panel, style, refer, notes)
            except Full:
                continue
            if not left:
                return frames, setting, style, items, left, free
            if style.name == "compact" and fallback is None:
                fallback = frames, setting, style, items, left, free
    if fallback is None:
        raise Full
    return fallback


def _reference(paper: Paper, charter: Charter) -> Reference:
    def refer(entry: Entry) -> str:
        if entry.point is None:
            return "?"
        cell = search_cell(*paper.paper(*entry.point), paper.frame, charter["search_cell"])
        return cell if entry.approximate else f"{cell} •"

    return refer


#: Kinds of signs in the order of the legend.
SIGNS = (
    "one_site", "several_sites", "chief", "town",
    "region_limit", "province_limit", "commune_limit", "river",
)  # fmt: skip


def signs_of(content: Content, ground: Ground, planned: MapPlan) -> Tuple[str, ...]:
    """Return the kinds of signs on a sheet, for its legend: only what is there."""
    dots = {dot.kind for dot in planned.dots}
    there = {
        "one_site": any(not sign.card for sign, _ in planned.signs),
        "several_sites": any(sign.card for sign, _ in planned.signs),
        "chief": "chief" in dots,
        "town": "town" in dots,
        "region_limit": True,
        "province_limit": not ground.lines["province"].isEmpty(),
        "commune_limit": not ground.lines["commune"].isEmpty(),
        "river": bool(ground.rivers),
    }
    return tuple(kind for kind in SIGNS if there[kind])


def notes_of(content: Content, edition: Edition, charter: Charter) -> List[Tuple[str, ...]]:
    """Return the notes that hold for this sheet, each in the sheet's languages."""
    placed = [entry for entry in content.entries if entry.point is not None]
    approximate = sum(entry.approximate for entry in placed)
    described = sum(not entry.name("ar") for entry in content.entries)
    counts = {"count": approximate, "total": len(content.entries)}
    found = [
        ("note_commune", counts, 0 < approximate < len(placed)),
        ("note_all_commune", counts, 0 < approximate == len(placed)),
        ("note_unplaced", {"count": len(content.unplaced)}, content.unplaced),
        ("note_arabic", {"count": described}, described and "ar" in edition.languages),
    ]
    return [
        tuple(charter.text(key, language, **values) for language in edition.languages)
        for key, values, holds in found
        if holds
    ]


def _continued(
    content: Content, edition: Edition, charter: Charter, measure: Measure, frames: Frames,
    style: IndexStyle, left: Sequence[Entry], ground: Ground,
) -> List[List[Item]]:  # fmt: skip
    """Return the further pages of the list."""
    pages: List[List[Item]] = []
    refer = _reference(ground, charter)
    writer = IndexWriter(content, style, charter, edition.languages, measure, refer)
    while left:
        body = Rect(frames.title.x, frames.neat.y, frames.title.w, frames.footer.bottom - frames.neat.y)
        heading = charter.styles["heading"]
        head = Rect(body.x, body.y, body.w, line_height(heading))
        columns = split(
            Rect(body.x, head.bottom + 3, body.w, body.bottom - head.bottom - 3),
            max(2, int(body.w // 95)), 6.0,
        )  # fmt: skip
        flow = Flow(columns)
        before = len(left)
        left = writer.write(flow, left)
        if len(left) == before:
            raise Full
        page: List[Item] = title(content, edition, charter, frames.title, measure)
        for language, align in zip(edition.languages, ("left", "right")):
            text = charter.text("index_continued", language)
            page.append(Text(f"index continued {language}", head, text, heading, align))
        pages.append([*page, *flow.items])
    return pages



def crs_label(ground: Ground) -> Tuple[str, str]:
    """Return the name and EPSG code of a map's projection, as printed."""
    return ground.crs.description(), ground.crs.authid().split(":")[-1]
