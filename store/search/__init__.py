# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for duplicates among many new sites, in a second process while others are written.

``start`` is what the second process runs, ``searcher`` what it does, ``process`` how it is
started and spoken to; this is the front, which the importer calls. Whatever goes wrong there (no
interpreter, another version, a process that dies), the same search is made here: the result is
the same, only later.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, islice
from typing import Any, Callable

from ...domain.duplicates import Pair, find_duplicates
from ...domain.duplicates.records import COMPARED
from ...domain.places import Gazetteer
from ...domain.progress import Progress
from .process import Failed, SecondProcess
from .searcher import Counted

Record = Mapping[str, Any]
_MANY = 4000  # new sites from which on a second process is worth its start
_AT_ONCE = 1000


class Search:
    """New sites, added one by one, and what they resemble: each other and the ``stored`` ones.

    ``expected`` is how many will be added. Close it, whatever happens: a search that was begun
    and is not wanted any more then ends.
    """

    def __init__(
        self, stored: Mapping[str, Record], gazetteer: Gazetteer | None, expected: int
    ) -> None:
        self._stored = stored
        self._gazetteer = gazetteer
        self._expected = expected
        self._new: dict[str, Record] = {}
        self._unsent: list[list[Any]] = []
        self._second: SecondProcess | None = None
        if expected >= _MANY:
            self._attempt(self._begin)

    def add(self, key: str, values: Record) -> None:
        """Add a new site."""
        self._new[key] = values
        if self._second:
            self._unsent.append(_row({**values, "site_id": key}))
            if len(self._unsent) == _AT_ONCE:
                self._attempt(self._send_new)

    def pairs(self, progress: Progress) -> tuple[Pair, ...]:
        """Return the new sites that probably are another place too; may raise Cancelled."""
        if not self._new:
            return ()
        if self._second:
            try:
                self._send_new()
                found = self._second.result(progress)
                return tuple(Pair(a, b, score, tuple(why)) for a, b, score, why in found)
            except Failed:
                self.close()
        new = ({**values, "site_id": key} for key, values in self._new.items())
        records = Counted(chain(self._stored.values(), new), len(self._stored) + len(self._new))
        return find_duplicates(records, self._gazetteer, self._new.keys(), progress=progress)

    def of(self, key: str) -> Record:
        """Return a site, new or stored, by its key."""
        return self._new[key] if key in self._new else self._stored[key]

    def close(self) -> None:
        """End the second process, if there is one."""
        if self._second:
            self._second.close()
        self._second = None

    def _attempt(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Failed:
            self.close()

    def _begin(self) -> None:
        self._second = SecondProcess("searcher")
        self._second.send(len(self._stored) + self._expected)
        stored = iter(self._stored.values())
        for some in iter(lambda: [_row(one) for one in islice(stored, _AT_ONCE)], []):
            self._second.send({"new": False, "rows": some})

    def _send_new(self) -> None:
        """Send the new sites that were not sent yet."""
        if self._second:
            self._second.send({"new": True, "rows": self._unsent})
            self._unsent = []


def _row(record: Record) -> list[Any]:
    return [record.get(name) for name in COMPARED]
