# SPDX-License-Identifier: GPL-2.0-or-later
"""The signs of the map as they stand in the legend; widths and colours as on the map."""

from __future__ import annotations

from typing import Dict, List, Sequence, Tuple

from .charter import Charter
from .content import Content, written_numbers
from .geometry import Rect, around
from .items import Box, Item, Mark, Text, line_height

#: Lines of the map: colour of the charter and width in millimetres.
LINES: Dict[str, Tuple[str, float]] = {
    "region_limit": ("region_line", 0.55),
    "province_limit": ("province_line", 0.28),
    "commune_limit": ("commune_line", 0.13),
    "river": ("river", 0.35),
}
#: Point signs: diameter and width of the outline in millimetres.
POINTS: Dict[str, Tuple[float, float]] = {"chief": (1.7, 0.45), "town": (1.1, 0.2)}


def sign_rows(count: int, columns: int) -> int:
    """Return how many rows the strip of signs needs."""
    return -(-count // columns)


def row_height(languages: Sequence[str], charter: Charter) -> float:
    """Return the height of a row of the strip: a line for each language, or a marker."""
    return max(5.4, line_height(charter.styles["legend_small"]) * len(languages) + 0.6)


def sign_strip(
    kinds: Sequence[str], rect: Rect, columns: int, content: Content, charter: Charter,
    languages: Sequence[str],
) -> List[Item]:  # fmt: skip
    """Return the strip of the map's signs, each with its meaning in all languages."""
    style, step = charter.styles["legend_small"], row_height(languages, charter)
    line = line_height(style)
    rows = sign_rows(len(kinds), columns)
    items: List[Item] = []
    for place, kind in enumerate(kinds):
        column, row = place // rows, place % rows
        width = rect.w / columns
        box = Rect(rect.x + column * width, rect.y + row * step, width, step)
        items += sample(kind, Rect(box.x + 1, box.y, 11, step), content, charter)
        top = box.centre[1] - line * len(languages) / 2
        for rank, language in enumerate(languages):
            text = Rect(box.x + 14, top + rank * line, width - 15, line)
            name = f"sign {kind} {language}"
            items.append(Text(name, text, charter.text(kind, language), style))
    return items


def sample(kind: str, rect: Rect, content: Content, charter: Charter) -> List[Item]:
    """Return the items that show a sign of the map in a box of the legend."""
    x, y = rect.centre
    if kind in LINES:
        colour, width = LINES[kind]
        line = Rect(rect.x, y - width / 2, rect.w, width)
        return [Box(f"sign {kind}", line, fill=charter.colours[colour])]
    if kind in POINTS:
        size, width = POINTS[kind]
        colours = charter.colours
        return [
            Box(f"sign {kind}", around(x, y, size, size), colours["paper"], colours["ink"], width, True)
        ]
    first = content.entries[0]
    if kind == "one_site":
        size = charter["marker"]
        return [Mark("sign one_site", around(x, y, size, size), first.institution, "1")]
    return _card(rect, content, charter)


def _card(rect: Rect, content: Content, charter: Charter) -> List[Item]:
    """Return a small card with an institution's symbol and three numbers."""
    size, style = charter["chip"], charter.styles["range"]
    card = around(*rect.centre, min(rect.w, size + 5.6), size + 0.8)
    institution = content.entries[0].institution
    mark = Rect(card.x + 0.4, card.y + 0.4, size, size)
    text = Rect(mark.right + 0.4, card.y, card.right - mark.right - 0.4, card.h)
    return [
        Box("sign card", card, charter.colours["paper"], charter.colours["ink"], 0.18),
        Mark("sign card symbol", mark, institution),
        Text("sign card numbers", text, written_numbers([1, 2, 3]), style),
    ]
