# SPDX-License-Identifier: GPL-2.0-or-later
"""The panel beside the map: how many, who, where by province, the list, the signs.

Two languages stand face to face, the leading one on the left, the other on the right.
"""

from __future__ import annotations

from dataclasses import replace
from typing import List, Mapping, Sequence, Tuple

from .charter import Charter, Style
from .content import Content, Entry, Record
from .flow import Flow
from .geometry import Rect, around
from .index import IndexStyle, IndexWriter, Reference
from .items import Box, Cell, Item, Mark, Measure, Row, Table, Text, line_height, wrap
from .locator import Locator


class PanelWriter:
    """Writes the panel of one sheet into columns."""

    def __init__(
        self, content: Content, charter: Charter, languages: Sequence[str], measure: Measure
    ) -> None:
        self._content, self._charter = content, charter
        self._languages, self._measure = languages, measure
        self._styles = charter.styles

    def write(
        self, columns: Sequence[Rect], style: IndexStyle, reference: Reference,
        notes: Sequence[Sequence[str]],
    ) -> Tuple[Tuple[Item, ...], Tuple[Entry, ...], Rect]:  # fmt: skip
        """Write the panel; return its items, the entries that found no room, and what is free.

        ``notes`` has a tuple of texts for each note, one for each language. Raises Full if not
        even the tables find room.
        """
        tail = self._tail(columns[-1], notes)
        top = min((item.rect.y for item in tail), default=columns[-1].bottom)
        last = columns[-1]
        room = [*columns[:-1], Rect(last.x, last.y, last.w, top - 3 - last.y)]
        flow = Flow(room)
        self._figure(flow)
        if self._content.entries:
            self._legend(flow, full=style.name == "rich")
            self._table(flow)
            self._heading(flow, "index", 12)
        writer = IndexWriter(
            self._content, style, self._charter, self._languages, self._measure, reference
        )
        left = writer.write(flow, self._content.entries)
        return (*flow.items, *tail), left, flow.free

    def _words(self, key: str, **values) -> List[str]:
        return [self._charter.text(key, language, **values) for language in self._languages]

    def _pair(self, name: str, box: Rect, texts: Sequence[str], style: Style) -> List[Item]:
        """Return texts face to face: the first on the left, the second on the right."""
        return [
            Text(f"{name} {language}", box, text, style, align)
            for language, text, align in zip(self._languages, texts, ("left", "right"))
        ]

    def _heading(self, flow: Flow, key: str, below: float) -> None:
        flow.skip(4.5)
        style = self._styles["heading"]
        height = line_height(style)
        box = flow.take(height + 1.6, below)
        words = self._words(key)
        wide = sum(self._measure(word, style) for word in words) + 4 * (len(words) - 1)
        if wide > box.w:
            style = replace(style, size=style.size * box.w / wide)
        flow.items += self._pair(key, Rect(box.x, box.y, box.w, height), words, style)
        rule = Rect(box.x, box.y + height + 0.3, box.w, 0.3)
        flow.items.append(Box(f"{key} rule", rule, fill=self._charter.colours["accent"]))

    # How many

    def _figure(self, flow: Flow) -> None:
        total = len(self._content.entries)
        number, style = self._styles["figure"], self._styles["figure_text"]
        if not total:
            for language, text in zip(self._languages, self._words("no_site")):
                lines = wrap(text, flow.width, style, self._measure)
                box = flow.take(line_height(style) * len(lines) + 1)
                flow.items.append(Text(f"figure {language}", box, "\n".join(lines), style, "centre"))
            return
        width = self._measure(str(total), number) + 3
        box = flow.take(line_height(number))
        words = self._words("site" if total == 1 else "sites")
        if len(words) == 1:
            flow.items.append(Text("figure", Rect(box.x, box.y, width, box.h), str(total), number))
            rest = Rect(box.x + width, box.y, box.w - width, box.h)
            flow.items.append(self._wrapped("figure text", rest, words[0], style, "left"))
            return
        side = (box.w - width) / 2
        flow.items.append(Text("figure", box, str(total), number, "centre"))
        for place, (language, word) in enumerate(zip(self._languages, words)):
            rest = Rect(box.x if place == 0 else box.right - side, box.y, side, box.h)
            align = "left" if place == 0 else "right"
            flow.items.append(self._wrapped(f"figure {language}", rest, word, style, align))

    def _wrapped(self, name: str, box: Rect, text: str, style: Style, align: str) -> Text:
        return Text(name, box, "\n".join(wrap(text, box.w, style, self._measure)), style, align)

    # Who

    def _legend(self, flow: Flow, full: bool) -> None:
        self._heading(flow, "institutions", 10)
        for row in self._content.institutions:
            self._legend_row(flow, row, full)

    def _legend_row(self, flow: Flow, row: Record, full: bool) -> None:
        size, count = self._charter["marker"], 8.0
        bold = self._styles["legend_bold"]
        side = (flow.width - size - 2) if len(self._languages) == 1 else (
            flow.width - size - 2 - count) / 2  # fmt: skip
        if len(self._languages) == 1:
            side -= count
        columns = [self._legend_texts(row, language, side, full) for language in self._languages]
        height = max(sum(line_height(style) * len(lines) for lines, style in one) for one in columns)
        box = flow.take(max(height, size) + 1.2)
        code = row["code"]
        flow.items.append(Mark(f"legend {code}", around(
            box.x + size / 2 + 0.2, box.y + 0.6 + max(line_height(bold), size) / 2, size, size), code))  # fmt: skip
        left = box.x + size + 2
        for place, (language, one) in enumerate(zip(self._languages, columns)):
            x = left if place == 0 else box.right - side
            self._stack(flow, f"legend {code} {language}", Rect(x, box.y + 0.6, side, 0), one,
                        "left" if place == 0 else "right")  # fmt: skip
        total = Rect(left + side, box.y + 0.6, count, max(line_height(bold), size))
        number = str(self._content.total(institution=code))
        flow.items.append(Text(f"legend {code} count", total, number, bold, "centre"))

    def _legend_texts(self, row: Record, language: str, width: float, full: bool):
        short = row.get(f"short_name_{language}") or row.get("short_name_fr") or row["code"]
        name = row.get(f"name_{language}") or row.get("name_fr") or ""
        bold, small = self._styles["legend_bold"], self._styles["legend_small"]
        found = [(wrap(short, width, bold, self._measure), bold)]
        if full and name and name != short:
            found.append((wrap(name, width, small, self._measure), small))
        return found

    def _stack(self, flow: Flow, name: str, box: Rect, blocks, align: str) -> None:
        y, lowest = box.y, self._charter["marker"]
        for rank, (lines, style) in enumerate(blocks):
            height = line_height(style) * len(lines)
            if len(blocks) == 1:
                height = max(height, lowest)
            place = Rect(box.x, y, box.w, height)
            flow.items.append(Text(f"{name} {rank}", place, "\n".join(lines), style, align))
            y += height

    # Where, by province

    def _table(self, flow: Flow) -> None:
        codes = [row["code"] for row in self._content.institutions]
        number = self._figure_width(flow.width, len(codes) + 1)
        names = (flow.width - number * (len(codes) + 1)) / len(self._languages)
        columns = (names, *[number] * len(codes), number, *[names] * (len(self._languages) - 1))
        rows = [self._province_row(province, codes, names) for province in self._content.provinces]
        rows.append(self._total_row(codes))
        size = self._charter["chip"]
        height = sum(row.height for row in rows)
        self._heading(flow, "by_province", height + size + 1)
        head = flow.take(size + 1.2)
        for rank, code in enumerate(codes):
            middle = head.x + names + number * (rank + 0.5)
            place = around(middle, head.y + head.h / 2 - 0.2, size, size)
            flow.items.append(Mark(f"table {code}", place, code))
        box = flow.take(height)
        flow.items.append(Table("provinces", box, columns, tuple(rows)))
        rule = Rect(box.x, box.bottom - rows[-1].height, box.w, 0.25)
        flow.items.append(Box("provinces rule", rule, fill=self._charter.colours["ink"]))

    def _figure_width(self, width: float, columns: int) -> float:
        """Return the width of a column of figures: what the provinces' names leave, in bounds."""
        style = self._styles["table"]
        names = max(
            self._measure(getattr(province, f"name_{language}"), style)
            for province in self._content.provinces
            for language in self._languages
        )
        left = width - len(self._languages) * (names + 2)
        return min(9.0, max(self._charter["chip"] + 0.6, left / columns))

    def _province_row(self, province, codes: Sequence[str], width: float) -> Row:
        style = self._styles["table"]
        counts = [self._content.total(province.code, code) for code in codes]
        texts = [getattr(province, f"name_{language}") for language in self._languages]
        lines = [wrap(text, width - 1.2, style, self._measure) for text in texts]
        names = [
            Cell("\n".join(one), style, align) for one, align in zip(lines, ("left", "right"))
        ]
        bold = self._styles["table_bold"]
        figures = [Cell(str(count) if count else "–", style, "centre") for count in counts]
        total = Cell(str(sum(counts)) if sum(counts) else "–", bold, "centre")
        height = line_height(style) * max(map(len, lines)) + 0.7
        tint = self._charter.colours["tint"]
        odd = self._content.provinces.index(province) % 2 == 0
        return Row(height, (names[0], *figures, total, *names[1:]), tint if odd else "")

    def _total_row(self, codes: Sequence[str]) -> Row:
        style = self._styles["table_bold"]
        words = [
            Cell(text, style, align)
            for text, align in zip(self._words("total"), ("left", "right"))
        ]
        counts = [Cell(str(self._content.total(institution=code)), style, "centre") for code in codes]
        total = Cell(str(self._content.total()), style, "centre")
        return Row(line_height(style) + 1.2, (words[0], *counts, total, *words[1:]))

    def overview(
        self, free: Rect, locator: Locator, counts: Mapping[str, int]
    ) -> Tuple[List[Item], Rect]:
        """Fill a free place with the country's map and the number of sites in each region.

        Returns the items and the place of the map.
        """
        flow = Flow([free])
        self._heading(flow, "overview", 20)
        flow.skip(2)
        height = min(flow.room, free.w / locator.shape)
        width = height * locator.shape
        box = Rect(free.x + (free.w - width) / 2, flow.take(height).y, width, height)
        size = max(6.0, min(self._styles["overview"].size, height / 10))
        for code, (x, y) in locator.middles.items():
            here = code == self._content.region.code
            style = replace(self._styles["overview_here" if here else "overview"], size=size)
            place = around(box.x + x * box.w, box.y + y * box.h, 12, line_height(style))
            number = str(counts.get(code, 0))
            flow.items.append(Text(f"overview {code}", place, number, style, "centre"))
        return flow.items, box

    # Notes, at the foot of the last column

    def _tail(self, column: Rect, notes: Sequence[Sequence[str]]) -> List[Item]:
        flow = Flow([Rect(column.x, column.y, column.w, 1000)])
        for rank, texts in enumerate(notes):
            self._note(flow, rank, texts)
        shift = flow.room - 1000 + column.h
        return [_moved(item, shift) for item in flow.items]

    def _note(self, flow: Flow, rank: int, texts: Sequence[str]) -> None:
        style = self._styles["note"]
        for place, (language, text) in enumerate(zip(self._languages, texts)):
            lines = wrap(text, flow.width, style, self._measure)
            box = flow.take(line_height(style) * len(lines) + 0.4)
            align = "left" if place == 0 else "right"
            flow.items.append(Text(f"note {rank} {language}", box, "\n".join(lines), style, align))


def _moved(item: Item, dy: float) -> Item:
    return replace(item, rect=item.rect.moved(0, dy))
