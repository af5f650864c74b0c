# SPDX-License-Identifier: GPL-2.0-or-later
"""The band at the head of a page and the imprint at its foot."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Tuple

from .charter import Charter, written_date
from .content import Content
from .geometry import Rect
from .items import Box, Item, Measure, Text, line_height, wrap

#: The line by which a reader sees whether the print is true to size.
CONTROL_LENGTH = 50.0


def title(
    content: Content, edition, charter: Charter, rect: Rect, measure: Measure
) -> List[Item]:
    """Return the title band: the region's name in all languages at equal rank, and the folio."""
    items: List[Item] = [Box("title band", rect, fill=charter.colours["band"])]
    big, small = charter.styles["title"], charter.styles["subtitle"]
    inner = Rect(rect.x + 4, rect.y, rect.w - 8, rect.h)
    top = rect.y + (rect.h - line_height(big) - line_height(small)) / 2
    middle = 30.0
    side = (inner.w - middle) / 2 if len(edition.languages) == 2 else inner.w - middle
    for place, language in enumerate(edition.languages):
        name = getattr(content.region, f"name_{language}")
        style = _fitting(name, big, side, measure)
        align = "left" if place == 0 else "right"
        x = inner.x if place == 0 else inner.right - side
        items.append(Text(f"title {language}", Rect(x, top, side, line_height(big)), name, style, align))
        below = Rect(x, top + line_height(big) - 0.6, side, line_height(small))
        text = charter.text("subtitle", language)
        items.append(Text(f"subtitle {language}", below, text, small, align))
    x = inner.centre[0] - middle / 2 if len(edition.languages) == 2 else inner.right - middle
    align = "centre" if len(edition.languages) == 2 else "right"
    return items + _folio(content, edition, charter, Rect(x, rect.y, middle, rect.h), align)


def _fitting(text: str, style, width: float, measure: Measure):
    """Return the style, smaller if the text is too wide for its place."""
    wide = measure(text, style)
    return style if wide <= width else replace(style, size=max(18.0, style.size * width / wide))


def _folio(content: Content, edition, charter: Charter, rect: Rect, align: str) -> List[Item]:
    style = charter.styles["folio"]
    step = line_height(style)
    top = rect.centre[1] - step * len(edition.languages) / 2
    items: List[Item] = []
    for place, language in enumerate(edition.languages):
        text = charter.text(
            "folio", language, folio=int(content.region.code), total=edition.total
        )
        box = Rect(rect.x, top + place * step, rect.w, step)
        items.append(Text(f"folio {language}", box, text, style, align))
    return items


def footer(
    content: Content, edition, charter: Charter, rect: Rect, crs: Tuple[str, str], measure: Measure
) -> List[Item]:
    """Return the imprint: projection, sources, dates, and the line to check the size with.

    ``crs`` is the projection's name and EPSG code.
    """
    style = charter.styles["footer"]
    middle = CONTROL_LENGTH + 12
    items: List[Item] = [
        Box("footer rule", Rect(rect.x, rect.y, rect.w, 0.2), fill=charter.colours["rule"])
    ]
    both = len(edition.languages) == 2
    side = (rect.w - middle) / 2 if both else rect.w - middle
    for place, language in enumerate(edition.languages):
        x = rect.x if place == 0 else rect.right - side
        lines = wrap(_imprint(edition, charter, crs, language), side, style, measure)
        box = Rect(x, rect.y + 1, side, line_height(style) * len(lines))
        align = "left" if place == 0 else "right"
        items.append(Text(f"footer {language}", box, "\n".join(lines), style, align))
    x = rect.centre[0] - CONTROL_LENGTH / 2 if both else rect.right - CONTROL_LENGTH
    return items + _control(edition, charter, x, rect.y + 2.2) + _specimen(edition, charter, x, rect)


def _imprint(edition, charter: Charter, crs: Tuple[str, str], language: str) -> str:
    day = written_date(edition.day)
    credits = edition.credits
    if language == "ar":
        credits = tuple(charter["credits_ar"].get(one, one) for one in credits)
    joint = "؛ " if language == "ar" else " ; "
    return " ".join(
        (
            charter.text("projection", language, name=crs[0], code=crs[1]),
            charter.text("data", language, date=day),
            charter.text("sources", language, credits=joint.join(credits)),
            charter.text("disclaimer", language),
            charter.text("edition", language, date=day, version=charter["version"]) + ".",
        )
    )


def _control(edition, charter: Charter, x: float, y: float) -> List[Item]:
    ink, style = charter.colours["ink"], charter.styles["footer"]
    items: List[Item] = [Box("control line", Rect(x, y + 0.9, CONTROL_LENGTH, 0.25), fill=ink)]
    for name, tick in (("left", x), ("right", x + CONTROL_LENGTH - 0.25)):
        items.append(Box(f"control {name}", Rect(tick, y, 0.25, 2.05), fill=ink))
    step = line_height(style)
    for place, language in enumerate(edition.languages):
        box = Rect(x, y + 2.3 + place * step, CONTROL_LENGTH, step)
        text = charter.text("control", language)
        items.append(Text(f"control {language}", box, text, style, "centre"))
    return items


def _specimen(edition, charter: Charter, x: float, rect: Rect) -> List[Item]:
    if not edition.specimen:
        return []
    style = charter.styles["warning"]
    text = " · ".join(charter.text("specimen", language) for language in edition.languages[:1])
    box = Rect(x, rect.bottom - line_height(style), CONTROL_LENGTH, line_height(style))
    return [Text("specimen footer", box, text, style, "centre")]
