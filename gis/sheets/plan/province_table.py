# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of provinces by institutions, with totals that add up."""

from __future__ import annotations

from collections.abc import Sequence

from ....domain.places import Unit
from ..geometry import Rect, around
from .flow import Flow
from .items import CELL_MARGIN, Box, Cell, Mark, Row, Table, line_height
from .typesetting import SIDES, Typesetter

#: Widest column of figures in mm.
_WIDEST = 9.0
#: Narrowest one, in widths of its symbol: a shape may be wider than high.
_NARROWEST = 1.35
#: Least gap in mm between two figures of a row.
_APART = 0.8
_NONE = "–"


def write_provinces(setter: Typesetter, flow: Flow) -> None:
    """Write the table: all provinces of the region, even those without a site."""
    codes = [row["code"] for row in setter.content.institutions]
    number = _figure_width(setter, flow.width, len(codes) + 1)
    names = (flow.width - number * (len(codes) + 1)) / len(setter.languages)
    columns = (names, *[number] * (len(codes) + 1), *[names] * (len(setter.languages) - 1))
    rows = [
        _row(setter, province, codes, names, rank % 2 == 0)
        for rank, province in enumerate(setter.content.provinces)
    ]
    rows.append(_total(setter, codes))
    height, size = sum(row.height for row in rows), setter.charter["chip"]
    heading = "by_province" if setter.content.web_region else "by_region"
    setter.heading(flow, heading, height + size + 1.2)
    head = flow.take(size + 1.2)
    for rank, code in enumerate(codes):
        x = head.x + names + number * (rank + 0.5)
        mark = around(x, head.centre[1] - 0.2, size, size)
        flow.items.append(Mark(f"table {code}", mark, code))
    box = flow.take(height)
    flow.items.append(Table("provinces", box, columns, tuple(rows)))
    rule = Rect(box.x, box.bottom - rows[-1].height, box.w, 0.25)
    flow.items.append(Box("provinces rule", rule, fill=setter.charter.colours["ink"]))


def _figure_width(setter: Typesetter, width: float, columns: int) -> float:
    """Return the width of a column of figures: what the provinces' names leave, in bounds."""
    style = setter.style("table")
    names = max(
        setter.measure(getattr(province, f"name_{language}"), style)
        for province in setter.content.provinces
        for language in setter.languages
    )
    left = width - len(setter.languages) * (names + 2)
    total = setter.measure(str(setter.content.total()), setter.style("table_bold"))
    narrowest = max(_NARROWEST * setter.charter["chip"], total + 2 * CELL_MARGIN + _APART)
    return max(narrowest, min(_WIDEST, left / columns))


def _row(setter: Typesetter, province: Unit, codes: Sequence[str], width: float, odd: bool) -> Row:
    style, bold = setter.style("table"), setter.style("table_bold")
    room = width - 2 * CELL_MARGIN
    names = [getattr(province, f"name_{language}") for language in setter.languages]
    lines = [setter.wrapped(name, room, style) for name in names]
    cells = [Cell("\n".join(one), style, side) for one, side in zip(lines, SIDES)]
    counts = [setter.content.total(province.code, code) for code in codes]
    figures = [Cell(str(count) if count else _NONE, style, "centre") for count in counts]
    total = Cell(str(sum(counts)) if sum(counts) else _NONE, bold, "centre")
    height = line_height(style) * max(map(len, lines)) + 0.7
    tint = setter.charter.colours["tint"] if odd else ""
    return Row(height, (cells[0], *figures, total, *cells[1:]), tint)


def _total(setter: Typesetter, codes: Sequence[str]) -> Row:
    style = setter.style("table_bold")
    words = [Cell(text, style, side) for text, side in zip(setter.words("total"), SIDES)]
    counts = [setter.content.total(institution=code) for code in codes]
    figures = [Cell(str(count), style, "centre") for count in (*counts, setter.content.total())]
    return Row(line_height(style) + 1.2, (words[0], *figures, *words[1:]))
