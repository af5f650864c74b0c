# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rules of ``checks`` are asked of, and what they look things up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .places import Gazetteer
from .places.locator import Located, Locator
from .references import References
from .schema import Schema

Record = Mapping[str, Any]
_UNKNOWN: Any = object()


@dataclass(frozen=True)
class Context:
    """What the rules look things up in.

    ``offered`` are the sites that offer a service, ``unplaced`` the services that no site
    offers, ``reachable`` those with a telephone number somewhere, ``stale`` the outdated
    translations by the record's ``key``, ``located`` the positions (longitude, latitude) whose
    commune is known already: see ``locating``. Without ``references`` nobody asks whether the
    records exist that others name.
    """

    schema: Schema
    today: date
    gazetteer: Gazetteer | None = None
    locator: Locator | None = None
    offered: frozenset = frozenset()
    unplaced: frozenset = frozenset()
    reachable: frozenset = frozenset()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str = "site_id"
    located: dict[tuple[float, float], Located | None] = field(default_factory=dict)
    references: References | None = None

    def locate(self, lon: float, lat: float) -> Located | None:
        """Return the commune that holds a point, None at sea, abroad or with no locator."""
        found = self.located.get((lon, lat), _UNKNOWN)
        if found is not _UNKNOWN:
            return found
        return self.locator.locate(lon, lat) if self.locator else None


def locating(context: Context, records: Iterable[Record]) -> Context:
    """Return a context that has located the positions of these records too, in one go."""
    points = {(one["lon"], one["lat"]) for one in records if one.get("lon") is not None}
    new = points.difference(context.located)
    if not new or context.locator is None:
        return context
    lons, lats = zip(*new)
    context.located.update(zip(new, context.locator.locate_many(lons, lats)))
    return context


class Records:
    """Some records side by side: ``each`` of them, or what all of them have in a column.

    A rule goes down the columns that it is about. For some hundred records this takes a third of
    the time of all rules for one record after the other, as a column is taken out of them once
    and a rule is begun once. Whoever asks changes no record meanwhile.
    """

    def __init__(self, each: Sequence[Record]) -> None:
        self.each = each
        self._columns: dict[str, list[Any]] = {}
        self._shapes: list[tuple[str, ...]] = []

    def column(self, name: str) -> list[Any]:
        """Return what each record has in a column, None where it has no such column."""
        values = self._columns.get(name)
        if values is None:
            values = self._columns[name] = [record.get(name) for record in self.each]
        return values

    def columns(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield what each record has in some columns, side by side."""
        return zip(*map(self.column, names))

    def texts(self, ending: str) -> Iterator[tuple[int, str, str]]:
        """Yield what stands in columns whose names end so: the record's place, column, text.

        They come record by record, in the order of the record's own columns.
        """
        if not self._shapes:
            self._shapes = list(map(tuple, self.each))
        named = {shape: [name for name in shape if name.endswith(ending)]
                 for shape in set(self._shapes)}  # fmt: skip
        for place, shape in enumerate(self._shapes):
            for name in named[shape]:
                text = self.each[place][name]
                if text:
                    yield place, name, text
