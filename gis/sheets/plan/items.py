# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page is made of, as plain data: texts, boxes, marks, tables, with their places.

A page is composed as if it read from left to right, its leading language on the left;
``mirrored`` turns it round for the Arabic edition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Callable, Union

from ..charter import Style
from ..geometry import Rect
from .mapplan import Label

#: Width of a text in millimetres.
Measure = Callable[[str, Style], float]
#: Free space inside a table's cells in mm, counted in the widths and heights of rows.
CELL_MARGIN = 0.4
#: The part of a box's width that a line may fill.
FITTING = 0.97
#: Height of a line in ems: ascent and descent of the bundled fonts.
LINE = 1.362

_OPPOSITE = {"left": "right", "right": "left", "centre": "centre"}


def line_height(style: Style) -> float:
    """Return the height of one line in millimetres."""
    return style.height * LINE


@dataclass(frozen=True)
class Text:
    """A text in a style; ``align`` is left, right or centre, lines are broken already.

    ``angle`` turns it clockwise around its middle, in degrees.
    """

    name: str
    rect: Rect
    text: str
    style: Style
    align: str = "left"
    angle: float = 0.0

    @property
    def labels(self) -> list[Label]:
        """Its lines, in the middle of its box's height."""
        x = {"left": self.rect.x, "right": self.rect.right}.get(self.align, self.rect.centre[0])
        lines, step = self.text.split("\n"), line_height(self.style)
        top = self.rect.centre[1] - step * len(lines) / 2
        return [
            Label(x, top + step * (rank + 0.5), line, self.style, self.align, angle=self.angle)
            for rank, line in enumerate(lines)
        ]


@dataclass(frozen=True)
class Box:
    """A filled or outlined rectangle or ellipse; colours are ``#rrggbb`` or empty."""

    name: str
    rect: Rect
    fill: str = ""
    stroke: str = ""
    width: float = 0.15
    ellipse: bool = False


@dataclass(frozen=True)
class Mark:
    """An institution's symbol, with a number in it or none; ``about`` as a sign's (``Chip``)."""

    name: str
    rect: Rect
    institution: str
    number: str = ""
    about: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell of a table; ``level`` is top, middle or bottom."""

    text: str
    style: Style
    align: str = "left"
    level: str = "middle"


def _cell_labels(cell: Cell, x: float, y: float, w: float, h: float) -> list[Label]:
    """Return the lines of a cell; where its place begins, and how wide and high that is."""
    lines, step = cell.text.split("\n"), line_height(cell.style)
    spare = h - step * len(lines)
    top = y + {"top": 0.0, "bottom": spare}.get(cell.level, spare / 2)
    at = x + {"left": 0.0, "right": w}.get(cell.align, w / 2)
    return [
        Label(at, top + step * (rank + 0.5), line, cell.style, cell.align)
        for rank, line in enumerate(lines)
    ]


@dataclass(frozen=True)
class Row:
    """A row of a table, ``height`` millimetres high, with a background or none."""

    height: float
    cells: tuple[Cell, ...]
    fill: str = ""


@dataclass(frozen=True)
class Table:
    """A table: widths of its columns and its rows, which fill ``rect`` exactly."""

    name: str
    rect: Rect
    columns: tuple[float, ...]
    rows: tuple[Row, ...]

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Its lines of text, each at its place; found once, for they are asked for often."""
        found: list[Label] = []
        y = self.rect.y + CELL_MARGIN
        for row in self.rows:
            x, height = self.rect.x + CELL_MARGIN, row.height - 2 * CELL_MARGIN
            for cell, width in zip(row.cells, self.columns):
                if cell.text:
                    found += _cell_labels(cell, x, y, width - 2 * CELL_MARGIN, height)
                x += width
            y += row.height
        return tuple(found)


@dataclass(frozen=True)
class Picture:
    """A picture from a file, as large as its place allows."""

    name: str
    rect: Rect
    file: str


@dataclass(frozen=True)
class Code:
    """A QR code: its rows of « 1 » (dark) and « 0 »; ``rect`` holds its quiet zone as well."""

    name: str
    rect: Rect
    rows: tuple[str, ...]

    def boxes(self, quiet: int) -> list[Rect]:
        """Return its dark parts as rectangles, ``quiet`` modules away from the sides."""
        unit = min(self.rect.w, self.rect.h) / (len(self.rows) + 2 * quiet)
        return [
            Rect(
                self.rect.x + (quiet + run.start()) * unit,
                self.rect.y + (quiet + number) * unit,
                len(run.group()) * unit,
                unit,
            )
            for number, row in enumerate(self.rows)
            for run in re.finditer("1+", row)
        ]


Item = Union[Text, Box, Mark, Table, Picture, Code]


def mirrored(item: Item, page_width: float) -> Item:
    """Return an item as it stands on a page that reads from right to left."""
    turned = replace(item, rect=item.rect.mirrored(page_width))
    if isinstance(turned, Text):
        return replace(turned, align=_OPPOSITE[turned.align])
    if isinstance(turned, Table):
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, align=_OPPOSITE[cell.align]) for cell in reversed(row.cells)
                ),
            )
            for row in turned.rows
        )
        return replace(turned, columns=turned.columns[::-1], rows=rows)
    return turned


def fitted(text: str, style: Style, width: float, measure: Measure, least: float) -> Style:
    """Return the style, smaller if the text is too wide for its place; ``least`` in points."""
    wide = measure(text, style) / FITTING
    return style if wide <= width else replace(style, size=max(least, style.size * width / wide))


def wrap(text: str, width: float, style: Style, measure: Measure) -> tuple[str, ...]:
    """Break a text into lines that fit into ``width`` millimetres.

    Lines break at spaces (not at no-break ones) and after hyphens; a word too long for a line
    is cut. A little is kept free: QGIS rounds the size of a label's letters, and would break
    the line once more.
    """
    width *= FITTING
    lines: list[str] = []
    for word in re.findall(r"[^ -]*-|[^ -]+| ", re.sub(r"[ \t\r\n]+", " ", text)):
        joined = lines[-1] + word if lines else word
        if lines and measure(joined.strip(" "), style) <= width:
            lines[-1] = joined
        elif word != " ":
            lines.extend(_cut(word, width, style, measure))
    return tuple(line.strip(" ") for line in lines) or ("",)


def _cut(word: str, width: float, style: Style, measure: Measure) -> Sequence[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, style) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
