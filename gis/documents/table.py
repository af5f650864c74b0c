# SPDX-License-Identifier: GPL-2.0-or-later
"""A report's table as blocks that a page takes one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QPainter

from ...domain.document import BAR, NUMERIC, Cell, Column, Table
from .text import BODY, HEAD, STRONG, Laid, Style, TextSetter

Draw = Callable[[QPainter, float], None]

_HEAD_FILL, _GROUP_FILL, _LINE, _STRONG_LINE = "#dde3ec", "#f2f4f7", "#d8dce2", "#1f2328"
_BAR_FILL, _BAR_GROUND = "#3f8f7a", "#e6ebe9"
_PAD = 1.2  # mm beside a cell's text
_ABOVE = 0.5  # mm above and below it
_HAIR = 0.12  # mm
_BAR_TEXT = 0.36  # of a bar's column
_BAR_HEIGHT = 2.0  # mm


@dataclass(frozen=True)
class Block:
    """Something a page takes whole: its height, and how to draw it at a height of the page.

    ``keeps`` holds it to the next one; ``head`` is drawn again where a page begins with it. A
    ``gap`` is left out there. ``begins`` tells that it is the heading of a group.
    """

    height: float
    draw: Draw
    keeps: bool = False
    head: Block | None = None
    gap: bool = False
    begins: bool = False


@dataclass(frozen=True)
class _Frame:
    """Where the columns of one table stand, in pixels, right-to-left pages turned round."""

    setter: TextSetter
    columns: tuple[Column, ...]
    boxes: tuple[tuple[float, float], ...]
    width: float
    mm: float


def table_blocks(table: Table, setter: TextSetter, width: float, mm: float) -> Iterator[Block]:
    """Yield the heading and the rows of a table; ``mm`` is a millimetre in pixels."""
    frame = _Frame(setter, table.columns, _boxes(table, setter, width, mm), width, mm)
    headings: tuple[Cell, ...] = tuple(column.heading for column in table.columns)
    head = _row(frame, headings, HEAD, fill=_HEAD_FILL, keeps=True)
    if not table.rows:
        return
    yield head
    first_total = len(table.rows) - table.totals
    for number, row in enumerate(table.rows):
        if len(row) == 1 and len(table.columns) > 1:
            yield _group(frame, str(row[0]), head)
        elif number >= first_total:
            yield _row(frame, row, STRONG, line=_STRONG_LINE, head=head)
        else:
            last = number == first_total - 1
            yield _row(frame, row, BODY, head=head, keeps=last and bool(table.totals))


def _boxes(
    table: Table, setter: TextSetter, width: float, mm: float
) -> tuple[tuple[float, float], ...]:
    """Return the left side and the width of each column, on the page as it will be read."""
    boxes, x = [], 0.0
    for wide in _widths(table, setter, width, mm):
        boxes.append((width - x - wide if setter.right_to_left else x, wide))
        x += wide
    return tuple(boxes)


def _widths(table: Table, setter: TextSetter, width: float, mm: float) -> list[float]:
    """Share a width among the columns so that no word of a heading is broken."""
    least = [
        max((setter.wide(word, HEAD) for word in column.heading.split()), default=0.0)
        + 2.3 * _PAD * mm
        for column in table.columns
    ]
    whole = sum(column.width for column in table.columns)
    shares = [width * column.width / whole for column in table.columns]
    missing = sum(max(0.0, need - share) for need, share in zip(least, shares))
    spare = [max(0.0, share - need) for need, share in zip(least, shares)]
    taken = min(1.0, missing / sum(spare)) if missing else 0.0
    wide = [max(share, need) - taken * left for need, share, left in zip(least, shares, spare)]
    return [one * width / sum(wide) for one in wide]


def _group(frame: _Frame, text: str, head: Block) -> Block:
    pad, above = _PAD * frame.mm, _ABOVE * frame.mm
    laid = frame.setter.laid(text, STRONG, frame.width - 2 * pad)
    height = laid.height + 2 * above

    def draw(painter: QPainter, y: float) -> None:
        painter.fillRect(QRectF(0, y, frame.width, height), QColor(_GROUP_FILL))
        laid.draw(painter, pad, y + above)

    return Block(height, draw, keeps=True, head=head, begins=True)


def _row(
    frame: _Frame,
    row: tuple[Cell, ...],
    style: Style,
    fill: str = "",
    line: str = _LINE,
    head: Block | None = None,
    keeps: bool = False,
) -> Block:
    pad, above = _PAD * frame.mm, _ABOVE * frame.mm
    cells = [
        _cell(frame, column, value, style, box[1] - 2 * pad, is_head=head is None)
        for column, value, box in zip(frame.columns, row, frame.boxes)
    ]
    height = max(cell.height for cell in cells) + 2 * above

    def draw(painter: QPainter, y: float) -> None:
        if fill:
            painter.fillRect(QRectF(0, y, frame.width, height), QColor(fill))
        elif line == _LINE:
            hair = QRectF(0, y + height, frame.width, _HAIR * frame.mm)
            painter.fillRect(hair, QColor(line))
        else:
            painter.fillRect(QRectF(0, y, frame.width, 2 * _HAIR * frame.mm), QColor(line))
        for cell, (x, _wide) in zip(cells, frame.boxes):
            cell.draw(painter, x + pad, y + above)

    return Block(height, draw, keeps, head)


def _cell(
    frame: _Frame, column: Column, value: Cell, style: Style, width: float, is_head: bool
) -> Laid:
    numeric = column.kind in NUMERIC
    text = frame.setter.written(value, column.kind)
    if column.kind == BAR and isinstance(value, (int, float)) and not is_head:
        return _bar(frame, text, float(value), style, width)
    return frame.setter.laid(text, style, width, numeric=numeric)


def _bar(frame: _Frame, text: str, value: float, style: Style, width: float) -> Laid:
    """Return a share as a number and a bar, the bar beginning where reading begins."""
    turned = frame.setter.right_to_left
    room = width * _BAR_TEXT
    laid = frame.setter.laid(text, style, room, numeric=True)
    long = width - room - _PAD * frame.mm
    high = _BAR_HEIGHT * frame.mm

    def draw(painter: QPainter, x: float, y: float) -> None:
        laid.draw(painter, x + width - room if turned else x, y)
        left = x if turned else x + width - long
        top = y + (laid.height - high) / 2
        filled = long * min(max(value, 0.0), 1.0)
        painter.fillRect(QRectF(left, top, long, high), QColor(_BAR_GROUND))
        begin = left + long - filled if turned else left
        painter.fillRect(QRectF(begin, top, filled, high), QColor(_BAR_FILL))

    return Laid(laid.height, draw)
