# SPDX-License-Identifier: GPL-2.0-or-later
"""Filling columns from the top: where the next thing goes, and when there is no more room."""

from __future__ import annotations

from collections.abc import Sequence

from ....domain.errors import PrintError
from ....domain.places import Unit
from ..geometry import Rect
from .items import Item


class Full(Exception):
    """The columns have no room for the next thing."""


def too_high(region: Unit) -> PrintError:
    """Return what is said when the tables of a sheet find no room on it."""
    return PrintError(
        "The tables of {region} are higher than the page. Give the panels more width, or "
        "the table a smaller type, in charter.json.",
        region=region.name_fr,
    )


class Flow:
    """Columns that are filled one after the other; ``items`` is what stands in them."""

    def __init__(self, columns: Sequence[Rect]) -> None:
        self.items: list[Item] = []
        self._columns = list(columns)
        self._y = self._columns[0].y

    @property
    def width(self) -> float:
        """Width of the columns."""
        return self._columns[0].w

    @property
    def room(self) -> float:
        """Height that is left in the present column."""
        return self._columns[0].bottom - self._y

    @property
    def free(self) -> Rect:
        """What is left of the present column."""
        column = self._columns[0]
        return Rect(column.x, self._y, column.w, self.room)

    @property
    def at_top(self) -> bool:
        """Whether the present column is still empty."""
        return self._y == self._columns[0].y

    def take(self, height: float, with_next: float = 0.0) -> Rect:
        """Return the next box of this height; ``with_next`` must fit below it as well.

        Raises Full when no column has room for it.
        """
        while self.room + 1e-6 < height + with_next:
            self.next_column()
        box = Rect(self._columns[0].x, self._y, self.width, height)
        self._y += height
        return box

    def skip(self, gap: float) -> None:
        """Leave a gap, unless at the top of a column."""
        if not self.at_top:
            self._y += gap

    def next_column(self) -> None:
        """Go on at the top of the next column; Full if there is none."""
        if len(self._columns) == 1:
            raise Full
        del self._columns[0]
        self._y = self._columns[0].y
