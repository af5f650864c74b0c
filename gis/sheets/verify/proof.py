# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet as a printer's proof: what is looked at, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..charter import Charter
from ..drawing.fonts import ink, measure
from ..drawing.layers import map_labels
from ..drawing.overlay import drawn
from ..geometry import Rect
from ..land.ground import Ground
from ..plan.content import Record
from ..plan.items import Table, Text
from ..plan.mapplan import Label, MapPlan
from ..plan.sheet import Country, SheetPlan

#: Height of the letters of a line for its size: from the tops of capitals to below the base.
_LETTERS = 0.95


@dataclass(frozen=True)
class Proof:
    """A sheet's plan, and what it must agree with.

    ``sites`` are the published, public sites of the whole store, ``institutions`` their rows by
    code, ``country`` the gazetteer.
    """

    plan: SheetPlan
    charter: Charter
    institutions: Mapping[str, Record]
    sites: Sequence[Record]
    country: Country

    @property
    def maps(self) -> Iterator[tuple[MapPlan, Ground]]:
        """The sheet's maps with their grounds, the main one first."""
        yield self.plan.map, self.plan.ground
        for detail in self.plan.details:
            yield detail.map, detail.ground

    @property
    def zone(self) -> str:
        """The projection that the charter states for the region; empty for the whole country."""
        content = self.plan.content
        return f"EPSG:{self.charter.region_zone(content.region.code)}" if content.web_region else ""

    @cached_property
    def own_sites(self) -> tuple[Record, ...]:
        """The store's sites of the sheet's region, or of all regions."""
        region = self.plan.content.web_region
        return tuple(
            row
            for row in self.sites
            if (row["region_code"] == region if region else row["region_code"])
        )

    @cached_property
    def written_on_maps(self) -> tuple[tuple[Label, ...], ...]:
        """What is written on each map, in millimetres of it."""
        return tuple(
            tuple(map_labels(one, self.charter, self.institutions)) for one, _ground in self.maps
        )

    @cached_property
    def written_on_pages(self) -> tuple[tuple[Label, ...], ...]:
        """What is written on each page beside the maps, in millimetres of it."""
        return tuple(
            drawn(items, self.charter, self.institutions).labels for items in self.plan.pages
        )

    @cached_property
    def letters_on_pages(self) -> tuple[tuple[tuple[Label, ...], np.ndarray], ...]:
        """The upright lines of each page beside the maps, and where their letters are.

        A row of left, top, right and bottom for each, by its width and a common height.
        """
        return tuple(_letters(labels) for labels in self.written_on_pages)

    def written_on(self, page: int) -> list[Label]:
        """Return all that is written on a page, on maps and beside."""
        pages = [0, *(detail.page for detail in self.plan.details)]
        on_maps = [
            label
            for here, labels in zip(pages, self.written_on_maps)
            if here == page
            for label in labels
        ]
        return [*self.written_on_pages[page], *on_maps]

    def frames_on(self, page: int) -> list[Rect]:
        """Return the frames of the maps on a page."""
        frames = [self.plan.map_rect] if page == 0 else []
        return frames + [one.rect for one in self.plan.details if one.page == page]

    def tables(self, name: str) -> list[Table]:
        """Return the tables of all pages whose names start with a word."""
        return [
            item
            for page in self.plan.pages
            for item in page
            if isinstance(item, Table) and item.name.split()[0] == name
        ]

    def texts(self, name: str) -> list[Text]:
        """Return the texts of all pages whose names start with something."""
        return [
            item
            for page in self.plan.pages
            for item in page
            if isinstance(item, Text) and item.name.startswith(name)
        ]


def _letters(labels: Sequence[Label]) -> tuple[tuple[Label, ...], np.ndarray]:
    upright = tuple(label for label in labels if not label.angle)
    return upright, np.array([lettered(label) for label in upright]).reshape(-1, 4)


def lettered(label: Label) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a line's letters."""
    width, half = measure(label.text, label.style), label.style.height * _LETTERS / 2
    left = {"left": label.x, "right": label.x - width}.get(label.align, label.x - width / 2)
    return left, label.y - half, left + width, label.y + half


def ink_of(label: Label) -> Rect:
    """Return the rectangle that the letters of a label cover, its halo not counted."""
    found = ink(label.text, label.style)
    start = {"left": 0.0, "right": found.advance}.get(label.align, found.advance / 2)
    return replace(found.rect, x=label.x - start + found.rect.x, y=label.y + found.rect.y)
