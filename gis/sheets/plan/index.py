# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of the sites by province, as tables that flow through columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

from ....domain.places import Unit
from ..geometry import Rect, around
from .content import Entry
from .flow import Flow, Full
from .index_lines import IndexStyle, Line, entry_lines
from .items import CELL_MARGIN, Box, Cell, Item, Mark, Row, Table, line_height
from .typesetting import SIDES, Typesetter

#: Says in which cell of the search grid an entry stands: « C4 », « C4 • » (exact) or « ? ».
Reference = Callable[[Entry], str]


class IndexWriter:
    """Writes entries into a flow; says which ones found no room."""

    def __init__(self, setter: Typesetter, style: IndexStyle, reference: Reference) -> None:
        self._setter, self._style, self._reference = setter, style, reference
        self._provinces = {unit.code: unit for unit in setter.content.provinces}

    def write(self, flow: Flow, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Write entries in order; return those that did not fit."""
        left = list(entries)
        try:
            while left:
                province = left[0].province_code
                group = [entry for entry in left if entry.province_code == province]
                flow.skip(1.2)
                self._write_heading(flow, group[0])
                del left[: self._write_table(flow, group)]
                if left and left[0].province_code == province:
                    flow.next_column()
        except Full:
            pass
        return tuple(left)

    def _write_heading(self, flow: Flow, first: Entry) -> None:
        """Write a province's name, if at least its first entry fits below."""
        style = self._setter.style("table_bold")
        below = sum(line.height for line in self._lines(first, flow.width))
        box = flow.take(line_height(style) + 0.8, below)
        province = self._province(first)
        name = f"index {province.code}"
        flow.items.append(Box(name, box, fill=self._setter.charter.colours["tint"]))
        texts = [getattr(province, f"name_{language}") for language in self._setter.languages]
        inner = Rect(box.x + 1, box.y + 0.4, box.w - 2, line_height(style))
        flow.items += self._setter.facing(name, inner, texts, style)

    def _write_table(self, flow: Flow, entries: Sequence[Entry]) -> int:
        """Write as many entries as the present column holds; return how many."""
        lines: list[Line] = []
        starts: list[float] = []
        height = 0.0
        for entry in entries:
            found = self._lines(entry, flow.width)
            taller = sum(line.height for line in found)
            if height + taller > flow.room + 1e-6:
                break
            starts.append(height)
            lines += found
            height += taller
        if starts:
            flow.items += self._items(flow.take(height), entries[: len(starts)], lines, starts)
        return len(starts)

    def _items(
        self, box: Rect, entries: Sequence[Entry], lines: Sequence[Line], starts: Sequence[float]
    ) -> list[Item]:
        """Return the tables, and each entry's symbol beside its first line."""
        name = f"index {entries[0].number}-{entries[-1].number}"
        size = self._style.mark
        middle = line_height(self._style.text) / 2 + CELL_MARGIN
        marks = [
            Mark(
                f"index {entry.number}",
                around(box.x + size / 2, box.y + start + middle, size, size),
                entry.institution,
                about=entry.approximate,
            )
            for entry, start in zip(entries, starts)
        ]
        return [*self._tables(name, box, lines), *marks]

    def _tables(self, name: str, box: Rect, lines: Sequence[Line]) -> list[Table]:
        """Return the tables of the first and of the second texts, laid over each other.

        Rows and columns are equal: a cell holds one script only, and where both texts are short
        they share a row.
        """
        columns = self._columns(box.w)
        count = max(len(line.texts) for line in lines)
        return [
            Table(
                f"{name} {place + 1}",
                box,
                columns,
                tuple(Row(line.height, self._cells(line, place, columns)) for line in lines),
            )
            for place in range(count)
        ]

    def _cells(self, line: Line, place: int, columns: Sequence[float]) -> tuple[Cell, ...]:
        style, level = self._style, "bottom" if place else "top"
        number, reference = ("", "") if place else (line.number, line.reference)
        text, text_style = "", style.text
        if place < len(line.texts):
            text, text_style = line.texts[place], line.styles[place]
        cells = (
            Cell("", style.number),
            Cell(number, style.number, "centre", level),
            Cell(text, text_style, SIDES[place], level),
            Cell(reference, style.quiet, "right", level),
            Cell(line.again if place else "", style.number, "right", level),
        )
        return cells[: len(columns)]

    def _columns(self, width: float) -> tuple[float, ...]:
        """Widths of: mark, number, text, cell of the map and, in two languages, number again."""
        size, mark = self._style.text.size, self._style.mark + 0.3
        number, cell = size * 0.85, size * 1.15
        again = (number,) if self._setter.bilingual else ()
        return (mark, number, width - mark - number - cell - sum(again), cell, *again)

    def _lines(self, entry: Entry, width: float) -> list[Line]:
        room = self._columns(width)[2] - 2 * CELL_MARGIN
        reference = self._reference(entry)
        return entry_lines(self._setter, self._style, entry, self._province(entry), reference, room)

    def _province(self, entry: Entry) -> Unit:
        return self._provinces[entry.province_code]
