# SPDX-License-Identifier: GPL-2.0-or-later
"""The strip of signs below the map; widths and colours are those of the map itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..geometry import Rect, around
from .content import written_numbers
from .items import FITTING, Box, Item, Mark, Text, fitted, line_height
from .mapplan import MapPlan
from .signing import PlacedSign
from .typesetting import Typesetter

#: Lines of the map: colour of the charter and width in millimetres.
LINES: dict[str, tuple[str, float]] = {
    "region_limit": ("region_line", 0.5),
    "province_limit": ("province_line", 0.28),
    "commune_limit": ("commune_line", 0.13),
    "river": ("river", 0.35),
}
#: Point signs: diameter and width of the outline in millimetres.
POINTS: dict[str, tuple[float, float]] = {"chief": (1.7, 0.45), "town": (1.1, 0.2)}
#: Kinds of signs in the order of the legend.
SIGNS = ("one_site", "about_site", "several_sites", "stacked_sites", "detail", "chief", "town",
         *LINES)  # fmt: skip
_SAMPLE, _BESIDE = 13.0, 2.5


def signs_on(lines: Mapping[str, Any], rivers: bool, maps: Sequence[MapPlan]) -> tuple[str, ...]:
    """Return the kinds of signs on a sheet's maps, the main one first, for its legend.

    Only what is there; ``lines`` are the limits by kind, as geometries.
    """
    dots = {dot.kind for one in maps for dot in one.dots}
    placed = [sign for one in maps for sign in one.signs]
    signs = {one.sign.kind for one in placed}
    there = {
        "one_site": any(one.sign.kind == "marker" and not _about(one) for one in placed),
        "about_site": any(map(_about, placed)),
        "several_sites": "card" in signs,
        "stacked_sites": "stack" in signs,
        "detail": bool(maps[0].footprints),
        "chief": "chief" in dots,
        "town": "town" in dots,
        "region_limit": True,
        "province_limit": not lines["province"].isEmpty(),
        "commune_limit": not lines["commune"].isEmpty(),
        "river": rivers,
    }
    return tuple(kind for kind in SIGNS if there[kind])


def _about(one: PlacedSign) -> bool:
    """Tell whether a sign has the mark of sites known by their commune alone."""
    return any(chip.about for chip in one.sign.chips)


def sign_rows(columns: int) -> int:
    """Return how many rows the strip of signs is given in so many columns.

    That is room for all kinds but three, which few maps have; a fuller strip takes more columns.
    """
    return -(-(len(SIGNS) - 3) // columns)


def row_height(setter: Typesetter) -> float:
    """Return the height of a row of the strip: a line for each language, or a marker."""
    step = line_height(setter.style("legend_small"))
    return max(setter.charter["marker"] + 0.6, step * len(setter.languages) + 0.6)


def sign_strip(setter: Typesetter, kinds: Sequence[str], rect: Rect) -> list[Item]:
    """Return the strip of the map's signs, each with its meaning in all languages.

    Columns are as wide as their words ask for, in proportion.
    """
    style, step = setter.style("legend_small"), row_height(setter)
    rows = max(1, int(rect.h / step + 0.01))
    columns = [kinds[start : start + rows] for start in range(0, len(kinds), rows)]
    needed = [
        max(setter.measure(word, style) for kind in column for word in setter.words(kind))
        / FITTING + _SAMPLE + _BESIDE + 3
        for column in columns
    ]  # fmt: skip
    items: list[Item] = []
    x, part = rect.x, rect.w / sum(needed)
    for column, width in zip(columns, needed):
        for rank, kind in enumerate(column):
            box = Rect(x, rect.y + rank * step, width * part, step)
            items += _sample(setter, kind, Rect(x + 1, box.y, _SAMPLE, step))
            items += _meaning(setter, kind, box)
        x += width * part
    return items


def _meaning(setter: Typesetter, kind: str, box: Rect) -> list[Item]:
    style = setter.style("legend_small")
    line = line_height(style)
    top = box.centre[1] - line * len(setter.languages) / 2
    items: list[Item] = []
    for rank, (language, word) in enumerate(zip(setter.languages, setter.words(kind))):
        left = _SAMPLE + _BESIDE
        text = Rect(box.x + left, top + rank * line, box.w - left - 1, line)
        fitting = fitted(word, style, text.w, setter.measure, 6.0)
        items.append(Text(f"sign {kind} {language}", text, word, fitting))
    return items


def _sample(setter: Typesetter, kind: str, rect: Rect) -> list[Item]:
    """Return the items that show a sign of the map in a box of the strip."""
    x, y = rect.centre
    colours = setter.charter.colours
    if kind in LINES:
        colour, width = LINES[kind]
        line = Rect(rect.x, y - width / 2, rect.w, width)
        return [Box(f"sign {kind}", line, fill=colours[colour])]
    if kind in POINTS:
        size, width = POINTS[kind]
        dot = around(x, y, size, size)
        return [Box(f"sign {kind}", dot, colours["paper"], colours["ink"], width, ellipse=True)]
    if kind in ("one_site", "about_site"):
        size, about = setter.charter["marker"], kind == "about_site"
        entries = setter.content.entries
        shown = next((one for one in entries if one.approximate == about), entries[0])
        box = around(x, y, size, size)
        return [Mark(f"sign {kind}", box, shown.institution, "1", about)]
    if kind == "detail":
        box = around(x, y, 6.5, min(4.6, rect.h - 0.4))
        letter = replace(setter.style("letter"), size=9)
        name = setter.charter["crowd"]["letters"][0]
        return [
            Box("sign detail", box, stroke=colours["accent"], width=0.4),
            Text("sign detail letter", box, name, letter, "centre"),
        ]
    return _card(setter, rect) if kind == "several_sites" else _stack(setter, rect)


def _stack(setter: Typesetter, rect: Rect) -> list[Item]:
    """Return a small stack: a run of numbers over symbols."""
    charter, size = setter.charter, setter.charter["tiny"]
    height = min(rect.h - 0.2, 6.0)
    card = around(*rect.centre, 9.5, height)
    numbers = Rect(card.x, card.y + 0.2, card.w, height - size - 0.4)
    codes = [row["code"] for row in setter.content.institutions[:2]]
    marks = [
        Mark(
            "sign stack symbol",
            around(
                card.centre[0] + (rank - (len(codes) - 1) / 2) * (size + 0.35),
                card.bottom - size / 2 - 0.35, size, size,
            ),
            code,
        )
        for rank, code in enumerate(codes)
    ]  # fmt: skip
    return [
        Box("sign stack", card, charter.colours["paper"], charter.colours["ink"], 0.18),
        Text("sign stack numbers", numbers, "4–7", setter.style("range"), "centre"),
        *marks,
    ]


def _card(setter: Typesetter, rect: Rect) -> list[Item]:
    """Return a small card with an institution's symbol and three numbers, tied to its place."""
    charter, size = setter.charter, setter.charter["chip"]
    ink, y = charter.colours["ink"], rect.centre[1]
    card = Rect(rect.x + 3.2, y - size / 2 - 0.4, rect.w - 3.2, size + 0.8)
    mark = Rect(card.x + 0.4, card.y + 0.4, size, size)
    text = Rect(mark.right + 0.4, card.y, card.right - mark.right - 0.4, card.h)
    entries = setter.content.entries
    about = all(entry.approximate for entry in entries)
    place = Box("sign card place", around(rect.x + 0.65, y, 1.3, 1.3), ink, ellipse=True)
    if about:
        place = replace(place, fill=charter.colours["paper"], stroke=ink, width=0.25)
    return [
        Box("sign card leader", Rect(rect.x + 0.65, y - 0.1, 2.6, 0.2), ink),
        place,
        Box("sign card", card, charter.colours["paper"], ink, 0.18),
        Mark("sign card symbol", mark, entries[0].institution, about=about),
        Text("sign card numbers", text, written_numbers([1, 2, 3]), setter.style("range")),
    ]
