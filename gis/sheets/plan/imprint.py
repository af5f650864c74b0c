# SPDX-License-Identifier: GPL-2.0-or-later
"""The foot of a page: logos, the line to check the size with, the imprint, the way to the web."""

from __future__ import annotations

from dataclasses import replace

from ....domain.writing import written_date
from ..edition import Edition
from ..geometry import Rect
from ..logos import Logo, find_logos
from .content import Record
from .items import Box, Code, Item, Picture, Text, fitted, line_height
from .qr import code_rows, page_address
from .typesetting import SIDES, Typesetter

#: The line by which a reader sees whether the print is true to size.
CONTROL_LENGTH = 50.0
#: Gaps in mm: under the rule, between logos, and between the parts of the strip.
_UNDER_RULE, _BETWEEN, _APART = 0.6, 3.0, 6.0
#: Height in mm of the control line's ends.
_TICK = 1.4


def footer(setter: Typesetter, edition: Edition, rect: Rect, crs: tuple[str, str]) -> list[Item]:
    """Return the foot of a page: a strip of logos over the imprint, beside them the code.

    ``crs`` is the projection's name and EPSG code, empty if it has none.
    """
    style, colours = setter.style("footer"), setter.charter.colours
    items: list[Item] = [
        Box("footer rule", Rect(rect.x, rect.y, rect.w, 0.2), fill=colours["rule"])
    ]
    free = Rect(rect.x, rect.y + _UNDER_RULE, rect.w, rect.h - _UNDER_RULE)
    if edition.address:
        items.append(_code(setter, edition, replace(free, x=free.right - free.h, w=free.h)))
        free = replace(free, w=free.w - free.h - _BETWEEN)
    strip = replace(free, h=setter.charter["logos"]["height"])
    items += _strip(setter, edition, strip)
    side = (free.w - _APART) / 2 if setter.bilingual else free.w
    for language, align in zip(setter.languages, SIDES):
        x = free.x if align == "left" else free.right - side
        y = strip.bottom + _UNDER_RULE
        lines = _lines(setter, edition, crs, language, Rect(x, y, side, free.bottom - y))
        box = Rect(x, y, side, line_height(style) * len(lines))
        items.append(Text(f"footer {language}", box, "\n".join(lines), style, align))
    return items


def _code(setter: Typesetter, edition: Edition, box: Rect) -> Code:
    """Return the code that leads to the page on the web, of the sheet's region."""
    address = page_address(edition.address, setter.content.web_region, edition.languages)
    return Code("code", box, code_rows(address))


def _strip(setter: Typesetter, edition: Edition, strip: Rect) -> list[Item]:
    """Return the logos from the left, the control line and what the code is at the right."""
    items: list[Item] = []
    if edition.address:
        style = setter.style("footer_bold")
        words = setter.words("online")
        width = max(setter.measure(word, style) for word in words) + 1
        step = line_height(style)
        top = strip.centre[1] - step * len(words) / 2
        for rank, (language, word) in enumerate(zip(setter.languages, words)):
            box = Rect(strip.right - width, top + rank * step, width, step)
            items.append(Text(f"online {language}", box, word, style, "right"))
        strip = replace(strip, w=strip.w - width - _APART)
    items += _control(setter, strip.right - CONTROL_LENGTH, strip)
    room = replace(strip, w=strip.w - CONTROL_LENGTH - _APART)
    return items + _logos(setter, room)


def _logos(setter: Typesetter, room: Rect) -> list[Item]:
    """Return each institution's logo in a slot; where there is none, its name."""
    rows, charter = setter.content.owners, setter.charter
    count = max(1, len(rows))
    width = min(charter["logos"]["width"], (room.w - _BETWEEN * (count - 1)) / count)
    items: list[Item] = []
    for rank, (row, logo) in enumerate(zip(rows, find_logos(rows, charter))):
        slot = Rect(room.x + rank * (width + _BETWEEN), room.y, width, room.h)
        items += _slot(setter, row, logo, slot)
    return items


def _slot(setter: Typesetter, row: Record, logo: Logo, slot: Rect) -> list[Item]:
    name = f"logo {logo.institution}"
    if not logo.fault:
        return [Picture(name, slot, logo.file)]
    style, colours = setter.style("logo"), setter.charter.colours
    names = [
        row.get(f"short_name_{language}") or row.get("short_name_fr") or logo.institution
        for language in setter.languages
    ]
    step, inner = line_height(style), slot.w - 1.6
    top = slot.centre[1] - step * len(names) / 2
    items: list[Item] = [Box(name, slot, stroke=colours["rule"], width=0.15)]
    for rank, (language, text) in enumerate(zip(setter.languages, names)):
        box = Rect(slot.x + 0.8, top + rank * step, inner, step)
        fitting = fitted(text, style, inner, setter.measure, 6.0)
        shown = setter.cut(text, inner, fitting)
        items.append(Text(f"{name} {language}", box, shown, fitting, "centre"))
    return items


def _lines(
    setter: Typesetter, edition: Edition, crs: tuple[str, str], language: str, room: Rect
) -> tuple[str, ...]:
    """Return the imprint as lines; what the code says as well is left out for want of room."""
    style = setter.style("footer")
    lines = setter.wrapped(_imprint(setter, edition, crs, language), room.w, style)
    if len(lines) * line_height(style) <= room.h or not edition.address:
        return lines
    short = _imprint(setter, replace(edition, address=""), crs, language)
    return setter.wrapped(short, room.w, style)


def _imprint(setter: Typesetter, edition: Edition, crs: tuple[str, str], language: str) -> str:
    charter, day = setter.charter, written_date(edition.day)
    credits = edition.credits
    if language == "ar":
        credits = tuple(charter["credits_ar"].get(one, one) for one in credits)
    joined = ("؛ " if language == "ar" else " ; ").join(credits)
    projection = "projection" if crs[1] else "projection_country"
    texts = [
        charter.text(projection, language, name=crs[0], code=crs[1]),
        charter.text("data", language, date=day),
        charter.text("sources", language, credits=joined),
        charter.text("disclaimer", language),
        charter.text("edition", language, date=day, version=charter["version"]) + ".",
    ]
    if edition.address:
        texts.append(charter.text("web", language, address=edition.address.rstrip("/")))
    return " ".join(texts)


def _control(setter: Typesetter, x: float, strip: Rect) -> list[Item]:
    """Return the control line with its words above and, in two languages, below."""
    ink, style = setter.charter.colours["ink"], setter.style("footer")
    step, words = line_height(style), setter.words("control")
    top = strip.centre[1] - (step * len(words) + _TICK) / 2
    middle = top + step
    items: list[Item] = [
        Box("control line", Rect(x, middle + _TICK / 2 - 0.125, CONTROL_LENGTH, 0.25), fill=ink)
    ]
    for name, tick in (("left", x), ("right", x + CONTROL_LENGTH - 0.25)):
        items.append(Box(f"control {name}", Rect(tick, middle, 0.25, _TICK), fill=ink))
    for language, text, y in zip(setter.languages, words, (top, middle + _TICK)):
        box = Rect(x, y, CONTROL_LENGTH, step)
        items.append(Text(f"control {language}", box, text, style, "centre"))
    return items
