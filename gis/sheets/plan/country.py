# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheet of the whole country: what each region has, and on which sheet it is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ....domain.places import Unit
from ..charter import Charter
from ..edition import Edition
from ..geometry import Rect, around
from ..land.country_ground import country_ground
from ..land.graticule import graticule
from . import mask as masks
from .band import band_items
from .canvas import Canvas
from .content import Content, Record
from .flow import Flow, Full, too_high
from .frames import page_frames
from .imprint import footer
from .index_lines import IndexStyle
from .items import CELL_MARGIN, Box, Cell, Item, Measure, Row, Table, Text, line_height, mirrored
from .mapplan import MapPlan
from .names import place_plate
from .naming import Namer
from .panel import Panel, write_panel
from .sheet import SheetPlan, plate_size
from .titles import title
from .typesetting import SIDES, Typesetter

#: Level of the unit that stands for the country, and its code in the names of files.
COUNTRY, CODE = "country", "00"
#: Radius in mm of the disc with a region's number of sites.
_DISC = 3.4
#: Widest name of a region on the map in mm.
_NAME = 46.0


@dataclass(frozen=True)
class Listed:
    """A region's sheet as the index names it: its printed scale and its page, « – » for none."""

    scale: str
    page: str


def country_content(contents: Sequence[Content], institutions: Sequence[Record]) -> Content:
    """Gather what the regions have; the regions stand in the place of the provinces.

    ``institutions`` are the rows that give the symbols.
    """
    entries = tuple(entry for content in contents for entry in content.entries)
    present = {entry.institution for entry in entries}
    owners = {row["code"]: row for content in contents for row in content.owners}
    counts: Counter[tuple[str, str]] = Counter()
    for content in contents:
        counts.update((content.region.code, entry.institution) for entry in content.entries)
    return Content(
        region=Unit(COUNTRY, CODE, "Royaume du Maroc", "المملكة المغربية"),
        institutions=tuple(row for row in institutions if row["code"] in present),
        owners=tuple(owners.values()),
        provinces=tuple(content.region for content in contents),
        entries=entries,
        counts=counts,
    )


def plan_country(
    content: Content,
    edition: Edition,
    charter: Charter,
    measure: Measure,
    listed: Mapping[str, Listed],
) -> SheetPlan:
    """Work out the country's sheet; ``listed`` are the regions' sheets by code.

    Raises PrintError if its tables are higher than the page.
    """
    setter = Typesetter(content, charter, edition.languages, measure)
    page = charter.pages["landscape"]
    frames = next(page_frames(replace(page, panels=page.panels[-1:]), charter, 0.0))
    ground = country_ground(charter, frames.map)
    planned, discs = _map(setter, Canvas(ground, charter, setter.languages, measure))
    try:
        panel = _panel(setter, frames.panel, listed)
    except Full:
        raise too_high(content.region) from None
    items = [
        *title(setter, edition, frames.title, 1, 1),
        *panel,
        *footer(setter, edition, frames.footer, ("", "")),
    ]
    turn = page.width if edition.right_to_left else None
    if turn:
        items = [mirrored(item, turn) for item in items]
    map_rect = frames.map.mirrored(turn) if turn else frames.map
    lines = graticule(ground, setter.words("compass")[0])
    items += band_items(map_rect, lines.crossings, charter)
    items += [replace(item, rect=item.rect.moved(map_rect.x, map_rect.y)) for item in discs]
    return SheetPlan(
        content=content,
        edition=edition,
        frames=frames,
        ground=ground,
        map=planned,
        map_rect=map_rect,
        graticule=lines,
        overview=None,
        pages=(tuple(items),),
        style=COUNTRY,
    )


# The map


def _map(setter: Typesetter, canvas: Canvas) -> tuple[MapPlan, list[Item]]:
    """Name the regions beside discs with their numbers of sites; both in mm of the map."""
    discs: list[Item] = []
    middles = {shape[0].code: _middle(canvas, shape) for shape in canvas.ground.provinces}
    for code, (x, y) in middles.items():
        masks.fill(canvas.taken, around(x, y, 2 * _DISC, 2 * _DISC), 0.3)
        discs += _disc(setter, code, x, y)
    plate = place_plate(canvas.region, canvas.taken, canvas.frame,
                        [plate_size(canvas.ground.scale)], low=True)  # fmt: skip
    if plate is not None:
        masks.fill(canvas.taken, plate, 1.5)
    namer = Namer(canvas, ())
    # The smallest first: they have the least room of their own.
    for area, _ in sorted(canvas.ground.provinces, key=lambda shape: shape[1].area()):
        style = setter.style("chief")
        texts = [
            line
            for name in canvas.named(area.name_fr, area.name_ar)
            for line in setter.wrapped(name, _NAME, style)
        ]
        x, y = middles[area.code]
        if namer.name_point(x, y, texts, "chief", (_DISC, _DISC)):
            namer.named.add(area.code)
        else:
            canvas.left_out.append(area.name_fr)
    namer.name_surroundings()
    planned = MapPlan(
        signs=(), leaders=tuple(canvas.leaders), labels=tuple(canvas.labels),
        dots=tuple(canvas.dots), footprints=(), locator=None, scale_plate=plate,
        left_out=tuple(canvas.left_out), named=frozenset(namer.named),
    )  # fmt: skip
    return planned, discs


def _middle(canvas: Canvas, shape) -> tuple[float, float]:
    """Return the point of a region that is farthest from its limits, in mm of the map."""
    ground = canvas.ground
    point = shape[1].poleOfInaccessibility(ground.scale / 1000)[0].asPoint()
    unit = ground.scale / 1000
    return (point.x() - ground.extent.xMinimum()) / unit, (
        ground.extent.yMaximum() - point.y()
    ) / unit


def _disc(setter: Typesetter, code: str, x: float, y: float) -> list[Item]:
    total, colours = setter.content.total(code), setter.charter.colours
    box, style = around(x, y, 2 * _DISC, 2 * _DISC), setter.style("disc")
    fill = colours["accent"] if total else colours["quiet"]
    name = f"region {code}"
    return [
        Box(name, box, fill, colours["paper"], 0.3, ellipse=True),
        Text(name, around(x, y, 2 * _DISC, line_height(style)), str(total), style, "centre"),
    ]


# The panel


def _panel(setter: Typesetter, columns: Sequence[Rect], listed: Mapping[str, Listed]) -> list[Item]:
    """Return the figures, the institutions and the regions' table, then the index of sheets."""
    notes = [tuple(setter.words("note_country"))]
    panel = _tables(setter, columns, notes)
    free = panel.free
    last = columns[-1]
    if free.x != last.x:  # the tables stand in the first column alone
        foot = min(item.rect.y for item in panel.items if item.name.startswith("note "))
        free = replace(last, h=foot - 3 - last.y)
    flow = Flow([free])
    rows = [_row(setter, unit, listed, rank, flow.width)
            for rank, unit in enumerate(setter.content.provinces)]  # fmt: skip
    height = sum(row.height for row in rows)
    setter.heading(flow, "sheets", height)
    columns = _columns(setter, listed, flow.width)
    flow.items.append(Table("sheets", flow.take(height), columns, tuple(rows)))
    return [*panel.items, *flow.items]


def _tables(setter: Typesetter, columns: Sequence[Rect], notes: Sequence[tuple[str, ...]]) -> Panel:
    """Return the tables in the first column, with the institutions' whole names if they fit."""
    rich, compact = IndexStyle.rich(setter.charter), IndexStyle.compact(setter.charter)
    panel = write_panel(setter, columns, rich, lambda _: "", notes, listed=False)
    if panel.free.x != columns[0].x:
        panel = write_panel(setter, columns, compact, lambda _: "", notes, listed=False)
    return panel


def _columns(setter: Typesetter, listed: Mapping[str, Listed], width: float) -> tuple[float, ...]:
    """Widths of: number, name, scale, page, and in two languages the other name and number."""
    style, number = setter.style("entry_plain"), 6.0
    scale = max(setter.measure(one.scale, style) for one in listed.values()) + 4
    page = max(setter.measure(one.page, style) for one in listed.values()) + 4
    rest = width - number - scale - page
    if not setter.bilingual:
        return number, rest, scale, page
    return number, (rest - number) / 2, scale, page, (rest - number) / 2, number


def _row(
    setter: Typesetter, unit: Unit, listed: Mapping[str, Listed], rank: int, width: float
) -> Row:
    style, bold = setter.style("entry_plain"), setter.style("entry")
    one, columns = listed[unit.code], _columns(setter, listed, width)
    names = [
        setter.wrapped(getattr(unit, f"name_{language}"), columns[1] - 2 * CELL_MARGIN, style)
        for language in setter.languages
    ]
    cells = [Cell("\n".join(name), style, side) for name, side in zip(names, SIDES)]
    number = str(int(unit.code))
    height = line_height(style) * max(map(len, names)) + 2.0
    again = (Cell(number, bold, "centre"),) if setter.bilingual else ()
    return Row(
        height,
        (
            Cell(number, bold, "centre"),
            cells[0],
            Cell(one.scale, style, "right"),
            Cell(one.page, style, "centre"),
            *cells[1:],
            *again,
        ),
        setter.charter.colours["tint"] if rank % 2 == 0 else "",
    )
