# SPDX-License-Identifier: GPL-2.0-or-later
"""Composing a map: signs first, then the plates, then the names, each in free space."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ....domain.progress import Progress, silent, within
from ..geometry import Rect
from ..shapes import SLENDER, extent
from . import mask as masks
from .blocks import leader
from .canvas import Canvas
from .content import Content
from .mapplan import MapPlan
from .names import place_plate
from .naming import Namer
from .order import Order
from .signing import PlacedSign, field_of, place_signs
from .signs import SignComposer
from .typesetting import Typesetter

#: The part of a map's work that is done when its signs stand.
_SIGNED = 0.7


def sign_composer(tools: Canvas | Typesetter, content: Content) -> SignComposer:
    """Return what makes the signs of a region's maps; ``tools`` give charter and letters."""
    slender = {row["code"] for row in content.institutions if row["symbol"] in SLENDER}
    extents = {row["code"]: extent(row["symbol"]) for row in content.institutions}
    return SignComposer(tools.charter, tools.languages, tools.measure, slender, extents)


def compose(canvas: Canvas, content: Content, order: Order, progress: Progress = silent) -> MapPlan:
    """Compose a map on an empty canvas."""
    progress(0.0, "")
    for rect in order.reserved:
        masks.fill(canvas.taken, rect, 0.8)
    signs = _put_signs(canvas, content, order, within(progress, 0.0, _SIGNED))
    progress(_SIGNED, "")
    locator, plate = _put_plates(canvas, order)
    namer = Namer(canvas, order.elsewhere)
    namer.name_footprints(order.footprints, signs)
    namer.name_towns(signs, order)
    namer.name_provinces()
    namer.name_others(signs, order)
    namer.name_surroundings()
    return MapPlan(
        signs=signs,
        leaders=tuple(canvas.leaders),
        labels=tuple(canvas.labels),
        dots=tuple(canvas.dots),
        footprints=tuple(footprint for footprint, _ in order.footprints),
        locator=locator,
        scale_plate=plate,
        left_out=tuple(canvas.left_out),
        named=frozenset(namer.named),
    )


def _put_signs(
    canvas: Canvas, content: Content, order: Order, progress: Progress
) -> tuple[PlacedSign, ...]:
    """Put signs where they may go: on a detail map's footprint only where all else is full."""
    shunned = masks.empty(canvas.frame)
    for footprint, _ in order.footprints:
        masks.fill(shunned, footprint.rect, 0.4)
    field = field_of(canvas.frame, canvas.charter, canvas.edges, canvas.taken, shunned)
    composer = sign_composer(canvas, content)
    paper = canvas.ground.paper
    signs = place_signs(order.entries, paper, composer, canvas.charter, field, progress)
    canvas.taken |= shunned
    for one in signs:
        masks.fill(canvas.taken, one.placed.rect, 0.3)
        block = one.sign.block
        if not one.placed.rect.holds(Rect(block.x, block.y, 0, 0), 0.0):
            canvas.put_leader(*leader(block, one.placed))
            exact = any(not entry.approximate for entry in one.sign.entries)
            canvas.put_dot(block.x, block.y, "place" if exact else "about")
    return signs


def _put_plates(canvas: Canvas, order: Order) -> tuple[Rect | None, Rect | None]:
    rule = canvas.charter["locator"]
    heights = np.arange(rule["height"], rule["smallest"] - 0.1, -3)
    locator = plate = None
    if order.locator:
        sizes = [(float(height * order.locator), float(height)) for height in heights]
        locator = _put_plate(canvas, sizes)
    if order.plate:
        plate = _put_plate(canvas, [order.plate], low=True)
    return locator, plate


def _put_plate(
    canvas: Canvas, sizes: Sequence[tuple[float, float]], low: bool = False
) -> Rect | None:
    found = place_plate(canvas.region, canvas.taken, canvas.frame, sizes, low)
    if found is not None:
        masks.fill(canvas.taken, found, 1.5)
    return found
