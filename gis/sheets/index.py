# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of the sites by province, as tables that flow through columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, List, Optional, Sequence, Tuple

from .charter import Charter, Style
from .content import Content, Entry
from .flow import Flow, Full
from .geometry import Rect, around
from .items import (
    CELL_MARGIN,
    Box,
    Cell,
    Mark,
    Measure,
    Row,
    Table,
    Text,
    line_height,
    wrap,
)

#: Cell of the search grid in which an entry stands: « C4 », « ≈ C4 » or « ? ».
Reference = Callable[[Entry], str]


@dataclass(frozen=True)
class IndexStyle:
    """How much the list says: sizes, and whether address and telephone are given."""

    name: str
    text: Style
    quiet: Style
    number: Style
    contact: Optional[Style]
    mark: float

    @classmethod
    def rich(cls, charter: Charter) -> IndexStyle:
        """Large, with address and telephone: for regions with few sites."""
        found = charter.styles
        return cls(
            "rich", found["entry_plain"], found["entry_quiet"], found["entry"],
            found["index_quiet"], charter["chip"],
        )  # fmt: skip

    @classmethod
    def compact(cls, charter: Charter) -> IndexStyle:
        """Small, names only."""
        found = charter.styles
        return cls(
            "compact", found["index"], found["index_quiet"], found["index_bold"], None,
            charter["chip"] * 0.85,
        )  # fmt: skip


class IndexWriter:
    """Writes entries into a flow; says which ones found no room."""

    def __init__(
        self,
        content: Content,
        style: IndexStyle,
        charter: Charter,
        languages: Sequence[str],
        measure: Measure,
        reference: Reference,
    ) -> None:
        self._content, self._style, self._charter = content, style, charter
        self._languages, self._measure, self._reference = languages, measure, reference

    def write(self, flow: Flow, entries: Sequence[Entry]) -> Tuple[Entry, ...]:
        """Write entries in order; return those that did not fit."""
        done = 0
        try:
            for group in _by_province(entries):
                done += self._write_province(flow, group)
        except _Stopped as stop:
            return tuple(entries[done + stop.written :])
        return ()

    def _write_province(self, flow: Flow, entries: List[Entry]) -> int:
        written = 0
        while written < len(entries):
            try:
                first = sum(line.height for line in self._lines(entries[written], flow.width))
                flow.skip(1.2)
                self._write_heading(flow, entries[0], first)
                written += self._write_table(flow, entries[written:])
                if written < len(entries):
                    flow.next_column()
            except Full:
                raise _Stopped(written) from None
        return written

    def _write_heading(self, flow: Flow, entry: Entry, below: float) -> None:
        style = self._charter.styles["table_bold"]
        box = flow.take(line_height(style) + 0.8, below)
        province = self._province(entry)
        tint = self._charter.colours["tint"]
        flow.items.append(Box(f"index {province.code}", box, fill=tint))
        for language, align in zip(self._languages, ("left", "right")):
            text = Rect(box.x + 1, box.y + 0.4, box.w - 2, line_height(style))
            name = getattr(province, f"name_{language}")
            flow.items.append(Text(f"index {province.code} {language}", text, name, style, align))

    def _write_table(self, flow: Flow, entries: Sequence[Entry]) -> int:
        """Write as many entries as the present column holds."""
        rows: List[_Line] = []
        marks: List[Mark] = []
        written, height = 0, 0.0
        for entry in entries:
            found = self._lines(entry, flow.width)
            taller = sum(line.height for line in found)
            if height + taller > flow.room + 1e-6:
                break
            marks.append(self._mark(entry, height + line_height(self._style.text) / 2 + CELL_MARGIN))
            rows.extend(found)
            height += taller
            written += 1
        if written:
            box = flow.take(height)
            name = f"index {entries[0].number}-{entries[written - 1].number}"
            flow.items += self._tables(name, box, rows)
            flow.items += [replace(one, rect=one.rect.moved(box.x, box.y)) for one in marks]
        return written

    def _mark(self, entry: Entry, y: float) -> Mark:
        size = self._style.mark
        return Mark(f"index {entry.number}", around(size / 2, y, size, size), entry.institution)

    def _tables(self, name: str, box: Rect, lines: Sequence[_Line]) -> List[Table]:
        """Return one table for each language, laid over each other: equal rows and columns.

        A cell holds one script only, and where both texts are short they share a row.
        """
        columns, style = self._columns(box.w), self._style
        found = []
        for place, (language, align) in enumerate(zip(self._languages, ("left", "right"))):
            rows = []
            for line in lines:
                level = "bottom" if place else "top"
                text = Cell(line.texts[place], line.styles[place], align, level)
                number, cell, again = line.number, line.reference, ""
                if place:
                    number, cell, again = "", "", line.again
                cells = [
                    Cell("", style.number), Cell(number, style.number, "centre", level), text,
                    Cell(cell, style.quiet, "right", level),
                    *[Cell(again, style.number, "right", level)] * (len(columns) - 4),
                ]  # fmt: skip
                rows.append(Row(line.height, tuple(cells)))
            found.append(Table(f"{name} {language}", box, columns, tuple(rows)))
        return found

    def _columns(self, width: float) -> Tuple[float, ...]:
        """Widths of: mark, number, text, cell of the map and, in two languages, number again."""
        size = self._style.text.size
        number, cell = size * 0.85, size * 1.15
        again = [number] * (len(self._languages) - 1)
        mark = self._style.mark + 0.3
        return mark, number, width - mark - number - cell - sum(again), cell, *again

    def _lines(self, entry: Entry, width: float) -> List[_Line]:
        room = self._columns(width)[2] - 2 * CELL_MARGIN - 0.2
        texts, styles = self._texts(entry)
        reference, number = self._reference(entry), str(entry.number)
        contact = self._contact_line(entry, room)
        space = 0.5 if contact else 0.8
        wrapped = [wrap(text, room, style, self._measure) for text, style in zip(texts, styles)]
        broken = ["\n".join(lines) for lines in wrapped]
        if len(texts) == 1 or self._share(wrapped, styles, room):
            return [_Line(broken, styles, number, reference, number, space), *contact]
        return [
            _Line([broken[0], ""], styles, number, reference, "", 0.2),
            _Line(["", broken[1]], styles, "", "", number, space),
            *contact,
        ]

    def _share(self, wrapped, styles: Sequence[Style], room: float) -> bool:
        """Tell whether the second text fits beside the end of the first."""
        first, second = wrapped
        ends = self._measure(first[-1], styles[0]) + self._measure(second[-1], styles[1])
        return len(second) == 1 and ends + 2.5 <= room

    def _texts(self, entry: Entry) -> Tuple[List[str], List[Style]]:
        province = self._province(entry)
        texts, styles = [], []
        for language in self._languages:
            own = entry.name(language)
            texts.append(own or entry.described(language, province))
            styles.append(self._style.text if own else self._style.quiet)
        return texts, styles

    def _province(self, entry: Entry):
        code = entry.unit.province_code
        return next(unit for unit in self._content.provinces if unit.code == code)

    def _contact_line(self, entry: Entry, room: float) -> List[_Line]:
        style, contact = self._style.contact, self._contact(entry)
        if style is None or not contact:
            return []
        text = "\n".join(wrap(contact, room, style, self._measure))
        blank = [""] * (len(self._languages) - 1)
        return [_Line([text, *blank], [style] * len(self._languages), "", "", "", 1.0)]

    def _contact(self, entry: Entry) -> str:
        language = self._languages[0]
        address = entry.site.get(f"address_{language}") or entry.site.get("address_fr") or ""
        return " · ".join(filter(None, (address, written_phone(entry.site.get("phone") or ""))))


@dataclass(frozen=True)
class _Line:
    """A row of the list: a text for each language (some empty), and what stands beside."""

    texts: Sequence[str]
    styles: Sequence[Style]
    number: str
    reference: str
    again: str
    space: float

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return self.space + max(
            line_height(style) * (text.count("\n") + 1)
            for text, style in zip(self.texts, self.styles)
            if text
        )


class _Stopped(Exception):
    """The flow was full after so many entries of a province."""

    def __init__(self, written: int) -> None:
        super().__init__()
        self.written = written


def _by_province(entries: Sequence[Entry]) -> List[List[Entry]]:
    groups: List[List[Entry]] = []
    for entry in entries:
        if not groups or groups[-1][0].unit.province_code != entry.unit.province_code:
            groups.append([])
        groups[-1].append(entry)
    return groups


def written_phone(phone: str) -> str:
    """Return a Moroccan number as it is dialled in the country: 05 22 01 02 03."""
    if not phone.startswith("+212") or len(phone) != 13:
        return phone
    national = "0" + phone[4:]
    return "\u00a0".join(national[start : start + 2] for start in range(0, 10, 2))
