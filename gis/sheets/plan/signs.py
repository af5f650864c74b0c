# SPDX-License-Identifier: GPL-2.0-or-later
"""The signs of the sites: a numbered marker where one stands alone, a card or a stack for several.

A site alone is a marker on its very place, its number inside. Several at one place share a
sign: a card beside the place, that names it and lists each institution with its numbers; or, on
a map too full for cards, a stack right on the place, the run of its numbers (« 12–18 ») over
small symbols of its institutions. Every number is written, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ....domain.places import Unit
from ....domain.text import is_arabic
from ..charter import Charter, Style
from ..shapes import NO_EXTENTS
from .content import Entry, known_by_commune, written_numbers
from .groups import Group
from .items import Measure, line_height, wrap
from .placement import Block

_PAD, _GAP = 0.9, 1.8
#: Width in mm up to which a card sets its symbols, or its names, side by side.
_CARD = 25.0
#: Width in mm at which a card's, and a stack's, numbers go on on a line below.
_NUMBERS, _STACK = 22.0, 19.0
#: Gap between the small symbols of a stack, and its upper and lower margin, in mm.
_CLOSE, _THIN = 0.35, 0.55
#: Largest area in mm² of a stack that covers its place, if its sites are no farther apart in mm.
_ON_PLACE, _SPREAD = 160.0, 2.0
#: How many places a card names.
_NAMED = 2
#: Gap between a symbol and its numbers in mm; a name's lines against a paragraph's.
_BESIDE, _TIGHT = 0.6, 0.92


@dataclass(frozen=True)
class Chip:
    """An institution's symbol in a sign: its middle from the sign's upper left corner, in mm.

    ``size`` is the charter's name of its size. ``text`` stands inside the symbol if ``side`` is
    0, right of it if 1, left of it if -1. ``about``: of all its sites only the commune is known.
    """

    x: float
    y: float
    institution: str
    text: str
    side: int
    size: str
    about: bool = False


@dataclass(frozen=True)
class Heading:
    """A line of a card or stack: its anchor from the upper left corner.

    ``align`` tells which of its ends that is.
    """

    x: float
    y: float
    text: str
    style: Style
    align: str


@dataclass(frozen=True)
class Sign:
    """What stands for the sites of one place: a ``marker``, a ``card`` or a ``stack``."""

    kind: str
    block: Block
    chips: tuple[Chip, ...]
    headings: tuple[Heading, ...]
    entries: tuple[Entry, ...]

    @property
    def named(self) -> tuple[Unit, ...]:
        """The units that a card names, the one with most sites first; of other signs none."""
        return named_units(self.entries) if self.card else ()

    @property
    def card(self) -> bool:
        """Whether it is a card, which says its place's name itself."""
        return self.kind == "card"


def named_units(entries: Sequence[Entry]) -> tuple[Unit, ...]:
    """Return the units that a card of these sites names: two at most, of different names."""
    found: dict[str, Unit] = {}
    for unit, _count in Counter(entry.unit for entry in entries).most_common():
        found.setdefault(unit.name_fr, unit)
    return tuple(found.values())[:_NAMED]


@dataclass(frozen=True)
class _Label:
    """An institution's numbers on a card, broken into lines, and how wide they are."""

    institution: str
    lines: tuple[str, ...]
    width: float


class SignComposer:
    """Composes the signs of one sheet.

    ``slender`` are the institutions whose symbol has no room for a number, ``extents`` how much
    wider and higher than its size each one's symbol is drawn.
    """

    def __init__(
        self,
        charter: Charter,
        languages: Sequence[str],
        measure: Measure,
        slender: Collection[str],
        extents: Mapping[str, tuple[float, float]] = NO_EXTENTS,
    ) -> None:
        self._charter, self._languages = charter, languages
        self._measure, self._slender, self._extents = measure, slender, extents
        self._number, self._name = charter.styles["range"], charter.styles["card"]

    def compose(self, group: Group, stacked: bool) -> Sign:
        """Return the sign of a group: a marker, a card, or a stack if so asked."""
        if len(group.entries) == 1:
            made = self._marker(group)
        else:
            made = self._stack(group) if stacked else self._card(group)
        about = known_by_commune(group.entries)
        if not about:
            return made
        chips = (replace(chip, about=chip.institution in about) for chip in made.chips)
        return replace(made, chips=tuple(chips))

    def _marker(self, group: Group) -> Sign:
        size, number = self._charter["marker"], str(group.entries[0].number)
        code = group.entries[0].institution
        slender = code in self._slender
        wide, high = (1.0, 1.0) if slender else self._extents.get(code, (1.0, 1.0))
        width, height = size * wide, size * high
        if slender:
            # As much room on the left, so that the symbol stays in the middle, on its place.
            width += 2 * (self._measure(number, self._number) + _BESIDE)
        kind = "chip" if slender else "marker"
        chip = Chip(width / 2, height / 2, code, number, int(slender), kind)
        return Sign("marker", Block(*group.point, width, height, True), (chip,), (), group.entries)

    def _stack(self, group: Group) -> Sign:
        """Return the run of numbers over the symbols of their institutions."""
        step, size = line_height(self._number) * _TIGHT, self._charter["tiny"]
        codes = list(dict.fromkeys(entry.institution for entry in group.entries))
        lines = self._numbers([entry.number for entry in group.entries], _STACK)
        symbols = len(codes) * (size + _CLOSE) - _CLOSE
        width = max(symbols, *(self._measure(line, self._number) for line in lines)) + 2 * _PAD
        headings = tuple(
            Heading(width / 2, _THIN + step * (rank + 0.5), line, self._number, "centre")
            for rank, line in enumerate(lines)
        )
        bottom = _THIN + step * len(lines)
        x = (width - symbols + size) / 2
        chips = tuple(
            Chip(x + rank * (size + _CLOSE), bottom + size / 2, code, "", 0, "tiny")
            for rank, code in enumerate(codes)
        )
        height = bottom + size + _THIN
        # One too large to stand on its one place stands beside it, as a card does.
        on_place = width * height <= _ON_PLACE or group.radius > _SPREAD
        block = Block(*group.point, width, height, on_place, group.points)
        return Sign("stack", block, chips, headings, group.entries)

    def _card(self, group: Group) -> Sign:
        labels = self._labels(group.entries)
        widths = [label.width for label in labels]
        names = self._names(group.entries)
        name_widths = [self._measure(name, self._name) for name in names]
        beside = len(names) == 2 and sum(name_widths) + 3 <= max(_CARD, *widths)
        heading = sum(name_widths) + 3 if beside else max(name_widths)
        in_a_row = min(sum(widths) + _GAP * (len(widths) - 1), _CARD)
        across = max(heading, in_a_row, *widths)
        width = across + 2 * _PAD
        headings, y = self._headings(names, beside, width)
        chips, further, bottom = self._chips(labels, across, y)
        if self._languages[0] == "ar":
            chips = tuple(replace(chip, x=width - chip.x, side=-1) for chip in chips)
            further = tuple(replace(one, x=width - one.x, align="right") for one in further)
        block = Block(*group.point, width, bottom + _PAD, False, group.points)
        return Sign("card", block, chips, headings + further, group.entries)

    def _numbers(self, numbers: Sequence[int], width: float) -> tuple[str, ...]:
        """Return numbers as runs, on as many lines as they need."""
        return wrap(written_numbers(numbers), width, self._number, self._measure)

    def _labels(self, entries: tuple[Entry, ...]) -> list[_Label]:
        """Return each institution with its numbers."""
        numbers: dict[str, list[int]] = {}
        for entry in entries:
            numbers.setdefault(entry.institution, []).append(entry.number)
        labels = []
        for code, found in numbers.items():
            lines = self._numbers(found, _NUMBERS)
            width = max(self._measure(line, self._number) for line in lines)
            labels.append(_Label(code, lines, self._charter["chip"] + _BESIDE + width + 0.2))
        return labels

    def _names(self, entries: tuple[Entry, ...]) -> list[str]:
        """Return the names of the card's place, the unit with most sites first."""
        more = len({entry.unit.name_fr for entry in entries}) > _NAMED
        names = []
        for language in self._languages:
            found = [getattr(u, f"name_{language}") or u.name_fr for u in named_units(entries)]
            name = ("، " if language == "ar" else ", ").join(found)
            names.append(name + (" …" if more else ""))
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
        self, labels: Sequence[_Label], across: float, y: float
    ) -> tuple[tuple[Chip, ...], tuple[Heading, ...], float]:
        """Lay symbols with their numbers in rows no wider than the card.

        Returns the symbols, the numbers' further lines, and where the last row ends.
        """
        chips, further, x = [], [], 0.0
        size, step = self._charter["chip"], line_height(self._number) * _TIGHT
        bottom = y + size
        for label in labels:
            if x and x + label.width > across + 0.01:
                x, y = 0.0, bottom + 0.5
            middle = y + size / 2
            chips.append(
                Chip(_PAD + x + size / 2, middle, label.institution, label.lines[0], 1, "chip")
            )
            for rank, line in enumerate(label.lines[1:], start=1):
                left = _PAD + x + size + _BESIDE
                further.append(Heading(left, middle + rank * step, line, self._number, "left"))
            bottom = max(bottom, y + size + step * (len(label.lines) - 1))
            x += label.width + _GAP
        return tuple(chips), tuple(further), bottom
