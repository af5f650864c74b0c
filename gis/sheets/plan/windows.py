# SPDX-License-Identifier: GPL-2.0-or-later
"""Which parts of a crowded map are shown larger, at which scale, and where on paper.

Insets stand in free space of the map or of the panel; a city that is too crowded even for the
best inset has a page of its own (``crowd`` and ``inset`` in the charter are the rules).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..charter import Charter
from ..geometry import Rect
from . import mask as masks
from .citypages import City, city_pages
from .crowding import Spots, Window, densest_crowd, fullest_in, overfull, window
from .frames import scales
from .names import place_plate

#: Height of the strip with an inset's letter, name and ratio, in mm.
STRIP = 5.2


@dataclass(frozen=True)
class Offer:
    """A place for a detail map, by ``place`` and ``rect`` as in Window."""

    place: str
    rect: Rect


def choose_windows(
    spots: Spots,
    scale: float,
    region: np.ndarray,
    frame: Rect,
    panel: Rect | None,
    page: Rect,
    charter: Charter,
) -> tuple[Window, ...]:
    """Return the detail maps of a crowded map, by the crowding rule.

    ``region`` is the mask of the region on the main map's ``frame``; ``panel`` what is free in
    the panel; ``page`` the map's frame on a page of its own.
    """
    rule = charter["crowd"]
    room = _Room(region, frame, panel, charter, spots)
    found: list[Window] = []
    left, pages = spots, 0
    while True:
        crowd = densest_crowd(left, rule)
        if crowd is None:
            break
        offers = room.offers() if len(found) - pages < rule["insets"] else []
        one, enough = _best(crowd, left, scale, offers, frame, charter)
        made = [one] if one else []
        if not made or (not enough and crowd.sites.sum() >= rule["page_sites"]):
            made = city_pages(City(crowd, left, scale, frame, page, rule["pages"] - pages, charter))
            pages += len(made)
        if not made or any(a.footprint.overlaps(b.footprint) for a in made for b in found):
            break
        for one in made:
            found.append(one)
            room.take(one)
            left = left.only(~left.inside(one.footprint))
    return tuple(replace(one, letter=rule["letters"][rank]) for rank, one in enumerate(found))


def _best(
    crowd: Spots,
    spots: Spots,
    scale: float,
    offers: Sequence[Offer],
    frame: Rect,
    charter: Charter,
) -> tuple[Window | None, bool]:
    """Return the largest detail map that is not crowded itself, and that it is not.

    Failing that the one that leaves the least crowd, on itself or on the main map; None without
    an offer.
    """
    rule = charter["crowd"]
    tried: list[tuple[float, Window]] = []
    for offer in sorted(offers, key=lambda one: -one.rect.w * one.rect.h):
        for one in _windows(crowd, scale, offer, frame, charter):
            left = crowd.only(~crowd.inside(one.footprint))
            worst = max(fullest_in(one, spots, scale, rule), overfull(left, rule))
            if worst <= rule["fill"]:
                return one, True
            tried.append((worst, one))
    return min(tried, key=lambda one: one[0], default=(0.0, None))[1], False


def _windows(
    crowd: Spots, scale: float, offer: Offer, frame: Rect, charter: Charter
) -> Iterator[Window]:
    """Yield detail maps of a crowd for a place, from the one that shows nearly all of it.

    Then at larger and larger scales, as long as they show the part ``inset.held`` of its sites.
    None is less than ``inset.enlarged`` times as large as the main map.
    """
    rule = charter["inset"]
    w, h, edge = offer.rect.w, offer.rect.h, rule["edge"]
    found: list[Window] = []
    for allowed in scales(charter["scales"]):
        if allowed > scale / rule["enlarged"]:
            break
        if allowed < rule["largest"]:
            continue
        part = allowed / scale
        footprint = window(crowd, w * part, h * part, edge * part).kept_in(frame)
        held = crowd.inside(footprint) @ crowd.sites / crowd.sites.sum()
        if held >= rule["held"]:
            found.append(Window("", footprint, allowed, offer.place, offer.rect))
        if held >= rule["whole"]:
            break
    if not found:  # not even at the smallest scale: as much as that shows
        found.append(Window("", footprint, round(part * scale), offer.place, offer.rect))
    yield from reversed(found)


class _Room:
    """What is still free for insets."""

    def __init__(
        self, region: np.ndarray, frame: Rect, panel: Rect | None, charter: Charter, spots: Spots
    ) -> None:
        self._frame, self._panel, self._rule = frame, panel, charter["inset"]
        self._avoid = region.copy()
        self._taken = masks.empty(frame)
        for x, y in spots.points:
            # Names and displaced signs need some room around a place.
            masks.fill(self._avoid, Rect(float(x) - 9, float(y) - 9, 18, 18))

    def offers(self) -> list[Offer]:
        """Return the largest free place on the map and the one in the panel."""
        found = []
        sizes = [(w, h + STRIP) for w, h in _sizes(self._rule)]
        on_map = place_plate(self._avoid, self._taken, self._frame, sizes, strict=True, step=4.0)
        if on_map is not None:
            found.append(Offer("map", below_strip(on_map)))
        least = self._rule["least"]
        if self._panel is not None and self._panel.h - STRIP >= least:
            height = min(self._panel.h, self._panel.w + STRIP)
            found.append(Offer("panel", below_strip(replace(self._panel, h=height))))
        return found

    def take(self, one: Window) -> None:
        """Take the place of a detail map, and its footprint, from what is free."""
        masks.fill(self._taken, one.footprint, 3)
        if one.place == "map":
            masks.fill(self._taken, with_strip(one.rect), 2)
        elif one.place == "panel" and self._panel is not None:
            top = one.rect.bottom + 4
            self._panel = replace(self._panel, y=top, h=self._panel.bottom - top)


def _sizes(rule: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Return the sizes that an inset on the map may have, the largest first."""
    widths = np.arange(rule["widest"], rule["narrowest"] - 0.1, -10.0)
    sizes = [(float(w), float(w * form)) for w in widths for form in rule["forms"]]
    return sorted((size for size in sizes if size[1] >= rule["least"]), key=lambda s: -s[0] * s[1])


def below_strip(rect: Rect) -> Rect:
    """Return what the strip of an inset's title leaves of its place."""
    return replace(rect, y=rect.y + STRIP, h=rect.h - STRIP)


def with_strip(rect: Rect) -> Rect:
    """Return an inset's frame together with the strip above it."""
    return replace(rect, y=rect.y - STRIP, h=rect.h + STRIP)
