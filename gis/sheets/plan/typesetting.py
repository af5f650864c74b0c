# SPDX-License-Identifier: GPL-2.0-or-later
"""Setting texts in one or two languages: the leading one on the left, the other facing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....domain.text import is_arabic
from ..charter import Charter, Style
from ..geometry import Rect
from .content import Content
from .flow import Flow
from .items import FITTING, Box, Item, Measure, Text, line_height, wrap

SIDES = ("left", "right")
#: The sign RIGHT-TO-LEFT MARK, which has no width.
_FROM_THE_RIGHT = "\u200f"


@dataclass(frozen=True)
class Typesetter:
    """What all parts of a sheet's panel are set with."""

    content: Content
    charter: Charter
    languages: tuple[str, ...]
    measure: Measure

    @property
    def bilingual(self) -> bool:
        """Whether two languages face each other."""
        return len(self.languages) == 2

    @property
    def right_to_left(self) -> bool:
        """Whether the page will be turned round to read from right to left."""
        return self.languages[0] == "ar"

    def style(self, name: str) -> Style:
        """Return a style of the charter."""
        return self.charter.styles[name]

    def words(self, key: str, **values) -> list[str]:
        """Return a text of the charter in each language."""
        return [self.charter.text(key, language, **values) for language in self.languages]

    def wrapped(self, text: str, width: float, style: Style) -> tuple[str, ...]:
        """Return a text as lines that fit into a width.

        Each line of an Arabic text reads from the right, also one that starts with a Latin word.
        """
        lines = wrap(text, width, style, self.measure)
        mark = _FROM_THE_RIGHT if is_arabic(text) else ""
        return tuple(mark + line if line and line[0].isascii() else line for line in lines)

    def cut(self, text: str, width: float, style: Style) -> str:
        """Return a text, its end left out (…) if it is wider than a width."""
        shown = text
        while shown and self.measure(shown, style) > width * FITTING:
            text = text[:-1].rstrip()
            shown = f"{text}…"
        return shown

    def facing(self, name: str, box: Rect, texts: Sequence[str], style: Style) -> list[Item]:
        """Return texts on one line, the first on the left, the second on the right.

        They become smaller if they would meet.
        """
        wide = sum(self.measure(text, style) for text in texts) / FITTING + 4
        if wide > box.w:
            style = replace(style, size=style.size * box.w / wide)
        return [
            Text(f"{name} {language}", box, text, style, side)
            for language, text, side in zip(self.languages, texts, SIDES)
        ]

    def heading(self, flow: Flow, key: str, below: float) -> None:
        """Write a heading with its rule; ``below`` millimetres must fit under it."""
        flow.skip(4.5)
        style = self.style("heading")
        height = line_height(style)
        box = flow.take(height + 1.6, below)
        flow.items += self.facing(key, replace(box, h=height), self.words(key), style)
        rule = Rect(box.x, box.y + height + 0.3, box.w, 0.3)
        flow.items.append(Box(f"{key} rule", rule, fill=self.charter.colours["accent"]))
