# SPDX-License-Identifier: GPL-2.0-or-later
"""The signs of the sites: a numbered marker where one stands alone, a card where several do.

A site alone at its place is a marker on that very place, its number inside. Several at one
place (most positions are the commune's so far) are never piled up: they share a card beside the
place, that names it and lists each institution with its numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Callable

from ...domain.text import is_arabic
from .charter import Charter, Style
from .content import Entry, Stop, stops, written_numbers
from .items import Measure, line_height
from .placement import Block

_PAD, _GAP = 0.9, 1.8
#: Width in mm up to which a card sets its symbols, or its names, side by side.
_CARD = 25.0
#: Numbers wider than this many mm give way to how many they are, after this sign.
_NUMBERS, TIMES = 22.0, "×"
#: Gap between a symbol and its numbers in mm; a name's lines against a paragraph's.
_BESIDE, _TIGHT = 0.6, 0.92
Point = tuple[float, float]
#: Symbols (vocabulary ``symbol``) too slender to hold a number.
SLENDER = ("star", "triangle")


@dataclass(frozen=True)
class Chip:
    """An institution's symbol in a sign: its middle from the sign's upper left corner, in mm.

    ``text`` stands inside the symbol if ``side`` is 0, right of it if 1, left of it if -1.
    """

    x: float
    y: float
    institution: str
    text: str
    side: int


@dataclass(frozen=True)
class Heading:
    """A line of a card: its anchor from the upper left corner (``align`` tells which end)."""

    x: float
    y: float
    text: str
    style: Style
    align: str


@dataclass(frozen=True)
class Sign:
    """What stands for the sites of one place."""

    block: Block
    chips: tuple[Chip, ...]
    headings: tuple[Heading, ...]
    entries: tuple[Entry, ...]

    @property
    def counted(self) -> bool:
        """Whether it says of an institution how many sites it has, for want of room."""
        return any(chip.text.startswith(TIMES) for chip in self.chips)

    @property
    def card(self) -> bool:
        """Whether the sign is a card beside its place."""
        return not self.block.pinned


def merged(
    entries: Sequence[Entry], paper: Callable[[float, float], tuple[float, float]], reach: float
) -> tuple[tuple[tuple[float, float], tuple[Entry, ...]], ...]:
    """Return places on paper with their sites; places nearer than ``reach`` mm become one.

    The place with more sites stays where it is and takes the others in.
    """
    every = [(paper(*stop.point), stop) for stop in stops(entries)]
    every.sort(key=lambda one: (-len(one[1].entries), one[1].entries[0].number))
    heads: list[tuple[tuple[float, float], list[Stop]]] = []
    for point, stop in every:
        for head, members in heads:
            if (head[0] - point[0]) ** 2 + (head[1] - point[1]) ** 2 < reach**2:
                members.append(stop)
                break
        else:
            heads.append((point, [stop]))
    return tuple(
        (head, tuple(sorted((e for s in members for e in s.entries), key=lambda e: e.number)))
        for head, members in heads
    )


class SignComposer:
    """Composes the signs of one sheet.

    ``slender`` are the institutions whose symbol has no room for a number.
    """

    def __init__(
        self,
        charter: Charter,
        languages: Sequence[str],
        measure: Measure,
        slender: Collection[str],
    ) -> None:
        self._charter, self._languages = charter, languages
        self._measure, self._slender = measure, slender
        self._number, self._name = charter.styles["range"], charter.styles["card"]

    def compose(self, point: Point, entries: tuple[Entry, ...]) -> Sign:
        """Return the sign of the sites at a place of the paper map."""
        return self._marker(point, entries) if len(entries) == 1 else self._card(point, entries)

    def _marker(self, point: Point, entries: tuple[Entry, ...]) -> Sign:
        size, number = self._charter["marker"], str(entries[0].number)
        slender = entries[0].institution in self._slender
        width = size
        if slender:
            # As much room on the left, so that the symbol stays in the middle, on its place.
            width += 2 * (self._measure(number, self._number) + _BESIDE)
        chip = Chip(width / 2, size / 2, entries[0].institution, number, int(slender))
        return Sign(Block(*point, width, size, True), (chip,), (), entries)

    def _card(self, point: Point, entries: tuple[Entry, ...]) -> Sign:
        labels = self._labels(entries)
        widths = [width for _, _, width in labels]
        names = self._names(entries)
        name_widths = [self._measure(name, self._name) for name in names]
        beside = len(names) == 2 and sum(name_widths) + 3 <= max(_CARD, *widths)
        heading = sum(name_widths) + 3 if beside else max(name_widths)
        in_a_row = min(sum(widths) + _GAP * (len(widths) - 1), _CARD)
        across = max(heading, in_a_row, *widths)
        width = across + 2 * _PAD
        headings, y = self._headings(names, beside, width)
        chips, bottom = self._chips(labels, across, y)
        if self._languages[0] == "ar":
            chips = tuple(replace(chip, x=width - chip.x, side=-1) for chip in chips)
        return Sign(Block(*point, width, bottom + _PAD, False), chips, headings, entries)

    def _labels(self, entries: tuple[Entry, ...]) -> list[tuple[str, str, float]]:
        """Return each institution with its numbers, or how many they are, and the width."""
        numbers: dict[str, list[int]] = {}
        for entry in entries:
            numbers.setdefault(entry.institution, []).append(entry.number)
        labels = []
        for code, found in numbers.items():
            text = written_numbers(found)
            if self._measure(text, self._number) > _NUMBERS:
                text = f"{TIMES}\u00a0{len(found)}"
            width = self._charter["chip"] + _BESIDE + self._measure(text, self._number)
            labels.append((code, text, width + 0.2))
        return labels

    def _names(self, entries: tuple[Entry, ...]) -> list[str]:
        """Return the names of the card's place, the unit with most sites first."""
        units = list(dict.fromkeys(entry.unit for entry in entries))
        units.sort(key=lambda unit: -sum(entry.unit is unit for entry in entries))
        names = []
        for language in self._languages:
            found = [getattr(unit, f"name_{language}") or unit.name_fr for unit in units]
            found = list(dict.fromkeys(found))
            name = ("، " if language == "ar" else ", ").join(found[:2])
            names.append(name + (" …" if len(found) > 2 else ""))
        return names

    def _headings(
        self, names: Sequence[str], beside: bool, width: float
    ) -> tuple[tuple[Heading, ...], float]:
        """Return a card's names, in one line or two, and where they end."""
        step = line_height(self._name) * _TIGHT
        found = []
        for place, text in enumerate(names):
            align = "right" if is_arabic(text) else "left"
            x = width - _PAD if align == "right" else _PAD
            y = _PAD + step * (0.5 if beside else place + 0.5)
            found.append(Heading(x, y, text, self._name, align))
        return tuple(found), _PAD + step * (1 if beside else len(names)) + 0.4

    def _chips(
        self, labels: Sequence[tuple[str, str, float]], across: float, y: float
    ) -> tuple[tuple[Chip, ...], float]:
        """Lay chips in rows no wider than the card; return them and where the last row ends."""
        chips, x, size = [], 0.0, self._charter["chip"]
        for institution, text, width in labels:
            if x and x + width > across + 0.01:
                x, y = 0.0, y + size + 0.5
            chips.append(Chip(_PAD + x + size / 2, y + size / 2, institution, text, 1))
            x += width + _GAP
        return tuple(chips), y + size
