# SPDX-License-Identifier: GPL-2.0-or-later
"""The band at the head of a page."""

from __future__ import annotations

from ..edition import Edition
from ..geometry import Rect
from .items import Box, Item, Text, fitted, line_height
from .typesetting import SIDES, Typesetter

#: Room for the folio in the middle of the band.
_MIDDLE = 50.0


def title(setter: Typesetter, edition: Edition, rect: Rect, page: int, pages: int) -> list[Item]:
    """Return the title band: the region's name in all languages at equal rank, and the folio."""
    charter = setter.charter
    items: list[Item] = [Box("title band", rect, fill=charter.colours["band"])]
    big, small = setter.style("title"), setter.style("subtitle")
    inner = Rect(rect.x + 4, rect.y, rect.w - 8, rect.h)
    top = rect.y + (rect.h - line_height(big) - line_height(small)) / 2
    side = (inner.w - _MIDDLE) / (2 if setter.bilingual else 1)
    for language, align in zip(setter.languages, SIDES):
        name = getattr(setter.content.region, f"name_{language}")
        style = fitted(name, big, side, setter.measure, 18.0)
        x = inner.x if align == "left" else inner.right - side
        box = Rect(x, top, side, line_height(big))
        items.append(Text(f"title {language}", box, name, style, align))
        below = Rect(x, box.bottom - 0.6, side, line_height(small))
        text = charter.text("subtitle", language)
        items.append(Text(f"subtitle {language}", below, text, small, align))
    return items + _folio(setter, edition, inner, page, pages)


def _folio(setter: Typesetter, edition: Edition, rect: Rect, page: int, pages: int) -> list[Item]:
    """Return the sheet's number and, on made-up data, the notice that says so."""
    style, notice = setter.style("folio"), setter.style("notice")
    if setter.content.web_region:
        words = setter.words("folio", folio=int(setter.content.region.code), total=edition.total)
    else:
        words = setter.words("country_folio")
    if pages > 1:
        further = setter.words("page", page=page, pages=pages)
        words = [f"{one} · {more}" for one, more in zip(words, further)]
    warning = setter.words("specimen") if edition.specimen else []
    step, small = line_height(style), line_height(notice)
    plate = small * len(warning) + 0.6 if warning else 0.0
    y = rect.centre[1] - (step * len(words) + plate) / 2
    x = rect.centre[0] - _MIDDLE / 2 if setter.bilingual else rect.right - _MIDDLE
    align = "centre" if setter.bilingual else "right"
    items: list[Item] = []
    for language, text in zip(setter.languages, words):
        items.append(Text(f"folio {language}", Rect(x, y, _MIDDLE, step), text, style, align))
        y += step
    if warning:
        paper = setter.charter.colours["paper"]
        items.append(Box("specimen", Rect(x, y, _MIDDLE, plate), fill=paper))
    for rank, (language, text) in enumerate(zip(setter.languages, warning)):
        box = Rect(x, y + 0.3 + rank * small, _MIDDLE, small)
        items.append(Text(f"specimen {language}", box, text, notice, "centre"))
    return items
