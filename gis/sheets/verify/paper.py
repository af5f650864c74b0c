# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of the page: its size and margin, items apart, letters large and dark enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ....domain.errors import PrintError
from ..charter import Charter
from ..colours import contrast
from ..geometry import Rect, around
from ..land.ground import region_extent
from ..plan.frames import orientation, written_scale
from ..plan.items import Box, Item, Table, Text
from ..plan.mapplan import Label
from . import limits
from .fault import MARKED, REFUSED, Fault
from .maps import overlapping, overlapping_boxes
from .proof import Proof, lettered

#: First words of the names of what is meant to stand on a map's frame.
_ON_MAPS = frozenset(("inset", "overview", "region", "scale"))
#: What is no more outside than this is inside.
_CLOSE = 0.01


def pages_are_a3(proof: Proof) -> Iterator[Fault]:
    """Pages are A3, upright where the region is much higher than wide; the country's lies."""
    page, code, wanted = proof.plan.frames.page, proof.plan.content.web_region, "landscape"
    if code:
        extent = region_extent(code, proof.charter.region_zone(code))
        wanted = orientation(extent.width(), extent.height(), proof.charter)
    size = limits.A3 if wanted == "portrait" else limits.A3[::-1]
    if max(abs(page.width - size[0]), abs(page.height - size[1])) > limits.PAGE:
        yield Fault(
            "page_size",
            REFUSED,
            PrintError(
                "its page is {width} x {height} mm, not {planned_width} x {planned_height} mm",
                width=round(page.width, 1),
                height=round(page.height, 1),
                planned_width=size[0],
                planned_height=size[1],
            ),
        )


def nothing_in_the_margin(proof: Proof) -> Iterator[Fault]:
    """Nothing stands nearer than 5 mm to the page's sides."""
    inner = proof.plan.frames.page.rect.inset(limits.MARGIN)
    out = []
    for number, page in enumerate(proof.plan.pages):
        boxes = [(item.name, _upright(item)) for item in page]
        boxes += [("map", frame) for frame in proof.frames_on(number)]
        out += [name for name, box in boxes if not inner.holds(box)]
        labels, (left, top, right, bottom) = _sides(proof, number)
        outside = (left < inner.x - _CLOSE) | (top < inner.y - _CLOSE)
        outside |= (right > inner.right + _CLOSE) | (bottom > inner.bottom + _CLOSE)
        out += [labels[i].text for i in np.nonzero(outside)[0]]
    if out:
        yield Fault(
            "margin",
            REFUSED,
            PrintError(
                "these stand in the margin of 5 mm: {names}", names=list(dict.fromkeys(out))
            ),
        )


def _upright(item: Item) -> Rect:
    """Return the place that an item takes; a text turned by a right angle lies across it."""
    turned = isinstance(item, Text) and round(item.angle) % 180 == 90
    return around(*item.rect.centre, item.rect.h, item.rect.w) if turned else item.rect


def _sides(proof: Proof, page: int) -> tuple[tuple[Label, ...], np.ndarray]:
    """Return the upright lines of a page and the sides of their letters, a row for each side."""
    labels, boxes = proof.letters_on_pages[page]
    return labels, boxes.T


def texts_do_not_touch(proof: Proof) -> Iterator[Fault]:
    """No text of a page lies on another, on a map or beyond a table's side."""
    touching: list[str] = []
    for number, page in enumerate(proof.plan.pages):
        frames = proof.frames_on(number)
        labels, boxes = proof.letters_on_pages[number]
        for i, j in overlapping_boxes(boxes, limits.TOUCH_TEXT):
            touching += [labels[i].text, labels[j].text]
        if frames:
            touching += _on_maps(page, frames)
    if touching:
        yield Fault(
            "text_on_text",
            MARKED,
            PrintError(
                "texts lie on each other or on a map: {names}",
                names=list(dict.fromkeys(touching))[:12],
            ),
        )


def _on_maps(page: Sequence[Item], frames: Sequence[Rect]) -> Iterator[str]:
    """Yield texts that lie on a map and are not meant to."""
    for item in page:
        apart = isinstance(item, (Text, Table)) and item.name.split()[0] not in _ON_MAPS
        near = apart and any(item.rect.overlaps(frame, 10.0) for frame in frames)
        if near and not getattr(item, "angle", 0):
            for label in item.labels:
                if any(_deep(lettered(label), frame) for frame in frames):
                    yield label.text


def _deep(sides: tuple[float, float, float, float], other: Rect) -> bool:
    left, top, right, bottom = sides
    return Rect(left, top, right - left, bottom - top).overlaps(other, -limits.TOUCH_TEXT)


def frames_do_not_touch(proof: Proof) -> Iterator[Fault]:
    """Maps of a page lie apart, but for insets, which lie on the main one as a whole."""
    wrong = []
    for number in range(len(proof.plan.pages)):
        frames = proof.frames_on(number)
        for i, j in overlapping(frames, limits.TOUCH):
            if not frames[i].holds(frames[j]) and not frames[j].holds(frames[i]):
                wrong.append(number + 1)
    insets = [one.rect for one in proof.plan.details if one.page == 0]
    plates = [
        plate.moved(proof.plan.map_rect.x, proof.plan.map_rect.y)
        for plate in (proof.plan.map.locator, proof.plan.map.scale_plate)
        if plate is not None
    ]
    if wrong or any(True for _pair in overlapping([*insets, *plates], limits.TOUCH)):
        yield Fault("map_on_map", MARKED, PrintError("maps or plates of a page lie on each other"))


def letters_are_large(proof: Proof) -> Iterator[Fault]:
    """No letter is smaller than 6 points."""
    labels = (label for page in range(len(proof.plan.pages)) for label in proof.written_on(page))
    small = [label.text for label in labels if label.style.size < limits.LETTERS - 0.01]
    if small:
        yield Fault(
            "letters_small",
            MARKED,
            PrintError("texts are smaller than 6 points: {names}", names=small[:12]),
        )


def letters_stand_out(proof: Proof) -> Iterator[Fault]:
    """Every text has a contrast of 4.5:1 with what is behind it."""
    pale = []
    for page in proof.plan.pages:
        boxes = [item for item in page if isinstance(item, Box) and item.fill and _wide(item)]
        # A number in a symbol is another rule's (``symbols``); the overview is a map.
        texts = [item for item in page if isinstance(item, (Text, Table)) and not
                 item.name.startswith("overview ")]  # fmt: skip
        labels = [label for item in texts for label in item.labels]
        pale += [
            label.text
            for label, ground in zip(labels, _behind(labels, boxes, proof.charter))
            if contrast(label.style.colour, ground) < limits.CONTRAST
        ]
    pale += _pale_on_maps(proof)
    if pale:
        yield Fault(
            "letters_pale",
            MARKED,
            PrintError(
                "texts are too pale for their ground: {names}",
                names=list(dict.fromkeys(pale))[:12],
            ),
        )


def _wide(box: Box) -> bool:
    """Tell whether a box is a ground for letters, and not a line."""
    return min(box.rect.w, box.rect.h) > 1.0


def _behind(labels: Sequence[Label], boxes: Sequence[Box], charter: Charter) -> list[str]:
    """Return the colour of the box on which each text lies, the last one drawn; else paper."""
    fills = [charter.colours["paper"], *(box.fill for box in boxes)]
    x, y = np.array([(label.x, label.y) for label in labels]).reshape(-1, 2).T
    last = np.zeros(len(labels), dtype=int)
    for number, rect in enumerate((box.rect for box in boxes), start=1):
        inside = (x >= rect.x - _CLOSE) & (x <= rect.right + _CLOSE)
        last[inside & (y >= rect.y - _CLOSE) & (y <= rect.bottom + _CLOSE)] = number
    return [fills[number] for number in last]


#: The styles of the overview's numbers, and the colours of the regions on which they stand.
_OVERVIEW = (("overview", "locator"), ("overview_here", "accent"))
#: Colours on which names without a halo lie.
_GROUNDS = ("sea", "country", "neighbour", "region", "paper")


def _pale_on_maps(proof: Proof) -> Iterator[str]:
    """Yield names and numbers that are too pale on their halo, their symbol or any tint."""
    colours, styles = proof.charter.colours, proof.charter.styles
    if proof.plan.overview is not None:
        for style, ground in _OVERVIEW:
            if contrast(styles[style].colour, colours[ground]) < limits.CONTRAST:
                yield style
    for one, _ground in proof.maps:
        for label in one.labels:
            grounds = [label.halo] if label.halo else [colours[name] for name in _GROUNDS]
            if min(contrast(label.style.colour, ground) for ground in grounds) < limits.CONTRAST:
                yield label.text


def projection_and_scale_are_printed(proof: Proof) -> Iterator[Fault]:
    """The imprint names the projection, and each map's ratio is printed by it."""
    code = proof.zone
    for number, page in enumerate(proof.plan.pages):
        footer = (item.text for item in page if isinstance(item, Text)
                  and item.name.startswith("footer"))  # fmt: skip
        if proof.frames_on(number) and code not in "".join(footer).replace("\n", ""):
            yield Fault(
                "projection_printed",
                REFUSED,
                PrintError("its imprint does not say {code}", code=code),
            )
    plated = [ground.scale for one, ground in proof.maps if one.scale_plate is not None]
    printed = " ".join(item.text for item in proof.texts("inset"))
    wanted = {written_scale(one.window.scale) for one in proof.plan.details
              if one.map.scale_plate is None}  # fmt: skip
    if proof.plan.scale not in plated or not all(one in printed for one in wanted):
        yield Fault("scale_printed", REFUSED, PrintError("the scale of a map is not printed"))
