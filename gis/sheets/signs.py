# SPDX-License-Identifier: GPL-2.0-or-later
"""The signs of the sites: a numbered marker where one stands alone, a card where several do.

A site alone at its place is a marker on that very place, its number inside. Several at one
place (most positions are the commune's so far) are never piled up: they share a card beside the
place, that names it and lists each institution with its numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Callable

from ...domain.text import is_arabic
from .charter import Charter, Style
from .content import Entry, Stop, stops, written_numbers
from .items import Measure, line_height
from .placement import Block

_PAD, _GAP = 0.9, 1.8
#: Symbols (vocabulary ``symbol``) too slender to hold a number.
SLENDER = ("star", "triangle")


@dataclass(frozen=True)
class Chip:
    """An institution's symbol in a sign: its middle from the sign's upper left corner, in mm.

    ``text`` stands inside the symbol if ``inside``, else right of it.
    """

    x: float
    y: float
    institution: str
    text: str
    inside: bool


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


def compose(
    point: tuple[float, float],
    entries: tuple[Entry, ...],
    charter: Charter,
    languages: Sequence[str],
    measure: Measure,
    slender: Collection[str],
) -> Sign:
    """Return the sign of the sites at a place of the paper map.

    ``slender`` are the institutions whose symbol has no room for a number.
    """
    if len(entries) == 1:
        return _marker(point, entries, charter, measure, entries[0].institution in slender)
    return _card(point, entries, charter, languages, measure)


def _marker(
    point: tuple[float, float], entries: tuple[Entry, ...], charter: Charter, measure: Measure,
    slender: bool,
) -> Sign:  # fmt: skip
    size, number = charter["marker"], str(entries[0].number)
    width = size
    if slender:
        # As much room on the left, so that the symbol stays in the middle, on its place.
        width += 2 * (measure(number, charter.styles["range"]) + 0.6)
    chip = Chip(width / 2, size / 2, entries[0].institution, number, not slender)
    return Sign(Block(*point, width, size, True), (chip,), (), entries)


def _card(
    point: tuple[float, float],
    entries: tuple[Entry, ...],
    charter: Charter,
    languages: Sequence[str],
    measure: Measure,
) -> Sign:
    style, size = charter.styles["range"], charter["chip"]
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(entry.institution, []).append(entry.number)
    labels = [(code, written_numbers(found)) for code, found in numbers.items()]
    widths = [size + 0.8 + measure(text, style) for _, text in labels]
    names = _names(entries, charter, languages)
    name_widths = [measure(text, one) for text, one in names]
    side_by_side = len(names) == 2 and sum(name_widths) + 3 <= max(26.0, *widths)
    across = max(sum(name_widths) + 3 if side_by_side else max(name_widths), 14.0, *widths)
    chips, y = _chips(labels, widths, across, _PAD + _top(names, side_by_side), size)
    width = across + 2 * _PAD
    headings = _headings(names, side_by_side, width)
    return Sign(Block(*point, width, y + _PAD, False), chips, headings, entries)


def _names(
    entries: tuple[Entry, ...], charter: Charter, languages: Sequence[str]
) -> list[tuple[str, Style]]:
    style = charter.styles["card"]
    units = list(dict.fromkeys(entry.unit for entry in entries))
    units.sort(key=lambda unit: -sum(entry.unit is unit for entry in entries))
    joints = {"fr": ", ", "ar": "، "}
    names = []
    for language in languages:
        found = dict.fromkeys(getattr(unit, f"name_{language}") or unit.name_fr for unit in units)
        names.append(
            (joints[language].join(list(found)[:2]) + (" …" if len(found) > 2 else ""), style)
        )
    return names


def _top(names: Sequence[tuple[str, Style]], side_by_side: bool) -> float:
    lines = 1 if side_by_side else len(names)
    return lines * line_height(names[0][1]) * 0.92 + 0.4


def _headings(
    names: Sequence[tuple[str, Style]], side_by_side: bool, width: float
) -> tuple[Heading, ...]:
    step = line_height(names[0][1]) * 0.92
    found = []
    for place, (text, style) in enumerate(names):
        line = 0 if side_by_side else place
        align = "right" if is_arabic(text) else "left"
        x = width - _PAD if align == "right" else _PAD
        found.append(Heading(x, _PAD + step * (line + 0.5), text, style, align))
    return tuple(found)


def _chips(
    labels: Sequence[tuple[str, str]],
    widths: Sequence[float],
    across: float,
    top: float,
    size: float,
) -> tuple[tuple[Chip, ...], float]:
    """Lay chips in rows no wider than the card; return them and where the last row ends."""
    chips, x, y = [], 0.0, top
    for (institution, text), width in zip(labels, widths):
        if x and x + width > across + 0.01:
            x, y = 0.0, y + size + 0.5
        chips.append(Chip(_PAD + x + size / 2, y + size / 2, institution, text, False))
        x += width + _GAP
    return tuple(chips), y + size
