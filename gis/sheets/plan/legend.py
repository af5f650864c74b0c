# SPDX-License-Identifier: GPL-2.0-or-later
"""The head of the panel: how many sites the region has, and of which institutions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..charter import Style
from ..geometry import Rect, around
from .content import Record
from .flow import Flow
from .items import Item, Mark, Text, fitted, line_height
from .typesetting import SIDES, Typesetter

Lines = tuple[tuple[str, ...], Style]
_COUNT = 8.0
_PAD = 0.6


def write_figure(setter: Typesetter, flow: Flow) -> None:
    """Write the number of sites in large figures, or that there is none."""
    total = len(setter.content.entries)
    if not total:
        _write_none(setter, flow)
        return
    number, style = setter.style("figure"), setter.style("figure_text")
    width = setter.measure(str(total), number) + 3
    box = flow.take(line_height(number))
    words = setter.words("site" if total == 1 else "sites")
    if not setter.bilingual:
        rest = replace(box, x=box.x + width, w=box.w - width)
        flow.items.append(Text("figure", replace(box, w=width), str(total), number))
        flow.items.append(_wrapped(setter, "figure text", rest, words[0], style, "left"))
        return
    flow.items.append(Text("figure", box, str(total), number, "centre"))
    half = (box.w - width) / 2
    for language, word, side in zip(setter.languages, words, SIDES):
        rest = replace(box, x=box.x if side == "left" else box.right - half, w=half)
        flow.items.append(_wrapped(setter, f"figure {language}", rest, word, style, side))


def _write_none(setter: Typesetter, flow: Flow) -> None:
    style = setter.style("figure_text")
    for language, text in zip(setter.languages, setter.words("no_site")):
        lines = setter.wrapped(text, flow.width, style)
        box = flow.take(line_height(style) * len(lines) + 1)
        flow.items.append(Text(f"figure {language}", box, "\n".join(lines), style, "centre"))


def _wrapped(setter: Typesetter, name: str, box: Rect, text: str, style: Style, align: str) -> Text:
    return Text(name, box, "\n".join(setter.wrapped(text, box.w, style)), style, align)


def write_legend(setter: Typesetter, flow: Flow, full: bool) -> None:
    """Write the institutions on the sheet with their symbols and counts.

    ``full`` gives their whole names under the short ones.
    """
    content = setter.content
    setter.heading(flow, "classes" if content.classes else "institutions", 10)
    for row in content.institutions:
        _write_institution(setter, flow, row, full)


def _write_institution(setter: Typesetter, flow: Flow, row: Record, full: bool) -> None:
    size, code = setter.charter["marker"], row["code"]
    side = (flow.width - size - 2 - _COUNT) / len(setter.languages)
    texts = [_texts(setter, row, language, side, full) for language in setter.languages]
    box = flow.take(max(size, *(_height(one) for one in texts)) + 2 * _PAD)
    first = replace(box, y=box.y + _PAD, h=max(size, line_height(setter.style("legend_bold"))))
    mark = around(box.x + size / 2 + 0.2, first.centre[1], size, size)
    flow.items.append(Mark(f"legend {code}", mark, code))
    left = box.x + size + 2
    for language, one, align in zip(setter.languages, texts, SIDES):
        x = left if align == "left" else box.right - side
        place = Rect(x, first.y, side, first.h)
        flow.items += _stacked(f"legend {code} {language}", place, one, align)
    number = str(setter.content.total(institution=code))
    place = Rect(left + side, first.y, _COUNT, first.h)
    style = setter.style("legend_bold")
    flow.items.append(Text(f"legend {code} count", place, number, style, "centre"))


def _texts(setter: Typesetter, row: Record, language: str, width: float, full: bool) -> list[Lines]:
    short = row.get(f"short_name_{language}") or row.get("short_name_fr") or row["code"]
    name = row.get(f"name_{language}") or row.get("name_fr") or ""
    bold, small = setter.style("legend_bold"), setter.style("legend_small")
    found = [(setter.wrapped(short, width, bold), bold)]
    if full and name and name != short:
        found.append((setter.wrapped(name, width, small), small))
    return found


def _height(texts: Sequence[Lines]) -> float:
    return sum(line_height(style) * len(lines) for lines, style in texts)


def _stacked(name: str, box: Rect, texts: Sequence[Lines], align: str) -> list[Item]:
    """Return texts one below the other; one alone stands in the middle of the box."""
    items: list[Item] = []
    y = box.y
    for rank, (lines, style) in enumerate(texts):
        height = line_height(style) * len(lines)
        if len(texts) == 1:
            height = max(height, box.h)
        place = Rect(box.x, y, box.w, height)
        items.append(Text(f"{name} {rank}", place, "\n".join(lines), style, align))
        y += height
    return items


def institution_strip(setter: Typesetter, rect: Rect) -> list[Item]:
    """Return the institutions' symbols with their short names in one row."""
    rows, size = setter.content.institutions, setter.charter["marker"]
    style, items = setter.style("legend_bold"), []
    width = rect.w / max(1, len(rows))
    for rank, row in enumerate(rows):
        x, y = rect.x + rank * width, rect.centre[1]
        mark = around(x + size / 2 + 0.2, y, size, size)
        items.append(Mark(f"city {row['code']}", mark, row["code"]))
        names = [
            row.get(f"short_name_{language}") or row.get("short_name_fr") or row["code"]
            for language in setter.languages
        ]
        step = line_height(style)
        top = y - step * len(names) / 2
        for line, (language, name) in enumerate(zip(setter.languages, names)):
            box = Rect(x + size + 2, top + line * step, width - size - 4, step)
            fitting = fitted(name, style, box.w, setter.measure, 6.0)
            items.append(Text(f"city {row['code']} {language}", box, name, fitting))
    return items
