# SPDX-License-Identifier: GPL-2.0-or-later
"""The band at the head of a page and the imprint at its foot."""

from __future__ import annotations

from ...domain.writing import written_date
from .edition import Edition
from .geometry import Rect
from .items import Box, Item, Text, fitted, line_height
from .typesetting import SIDES, Typesetter

#: The line by which a reader sees whether the print is true to size.
CONTROL_LENGTH = 50.0
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
    words = setter.words("folio", folio=int(setter.content.region.code), total=edition.total)
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


def footer(setter: Typesetter, edition: Edition, rect: Rect, crs: tuple[str, str]) -> list[Item]:
    """Return the imprint: projection, sources, dates, and the line to check the size with.

    ``crs`` is the projection's name and EPSG code.
    """
    style, colours = setter.style("footer"), setter.charter.colours
    items: list[Item] = [
        Box("footer rule", Rect(rect.x, rect.y, rect.w, 0.2), fill=colours["rule"])
    ]
    side = (rect.w - CONTROL_LENGTH - 12) / (2 if setter.bilingual else 1)
    for language, align in zip(setter.languages, SIDES):
        x = rect.x if align == "left" else rect.right - side
        lines = setter.wrapped(_imprint(setter, edition, crs, language), side, style)
        box = Rect(x, rect.y + 1, side, line_height(style) * len(lines))
        items.append(Text(f"footer {language}", box, "\n".join(lines), style, align))
    x = rect.centre[0] - CONTROL_LENGTH / 2 if setter.bilingual else rect.right - CONTROL_LENGTH
    return items + _control(setter, x, rect.y + 2)


def _imprint(setter: Typesetter, edition: Edition, crs: tuple[str, str], language: str) -> str:
    charter, day = setter.charter, written_date(edition.day)
    credits = edition.credits
    if language == "ar":
        credits = tuple(charter["credits_ar"].get(one, one) for one in credits)
    joined = ("؛ " if language == "ar" else " ; ").join(credits)
    return " ".join(
        (
            charter.text("projection", language, name=crs[0], code=crs[1]),
            charter.text("data", language, date=day),
            charter.text("sources", language, credits=joined),
            charter.text("disclaimer", language),
            charter.text("edition", language, date=day, version=charter["version"]) + ".",
        )
    )


def _control(setter: Typesetter, x: float, y: float) -> list[Item]:
    ink, style = setter.charter.colours["ink"], setter.style("footer")
    items: list[Item] = [Box("control line", Rect(x, y + 0.9, CONTROL_LENGTH, 0.25), fill=ink)]
    for name, tick in (("left", x), ("right", x + CONTROL_LENGTH - 0.25)):
        items.append(Box(f"control {name}", Rect(tick, y, 0.25, 2.05), fill=ink))
    step = line_height(style)
    for rank, (language, text) in enumerate(zip(setter.languages, setter.words("control"))):
        box = Rect(x, y + 2.2 + rank * step, CONTROL_LENGTH, step)
        items.append(Text(f"control {language}", box, text, style, "centre"))
    return items
