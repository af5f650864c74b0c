# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for duplicates among many new sites, in a second process.

It gets ready while the file is read, reads the sites that may be new while the rows are understood,
and looks for pairs while the records are written.
``start`` is what the second process runs, ``searcher`` what it does, ``process`` how it is
started and spoken to; this is the front, which the importer calls. Whatever goes wrong there (no
interpreter, another version, a process that dies), the same search is made here: the result is
the same, only later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, Callable, NamedTuple, Union

from ...domain.duplicates import Pair, find_duplicates
from ...domain.duplicates.records import COMPARED
from ...domain.places import Gazetteer
from ...domain.progress import Progress
from ..rows.planned import Planned
from .process import Failed, SecondProcess
from .searcher import EXPECTED, NEW, STORED, Counted

Record = Mapping[str, Any]
_MANY = 4000  # new sites from which on a second process is worth its start
_AT_ONCE = 1000


class NewSite(NamedTuple):
    """A site that is not stored; its ``row`` is a number that tells it from all others."""

    row: int
    key: str
    values: Record


Site = Union[NewSite, Planned]


class Search:
    """What new sites resemble: each other and the stored ones.

    ``probably`` is how many new ones there may be, as far as somebody guesses who still reads
    them: the second process gets ready meanwhile. Close it, whatever happens: a search that is
    not wanted any more then ends.
    """

    def __init__(self, probably: int = 0) -> None:
        self._stored: Mapping[str, Record] = {}
        self._gazetteer: Gazetteer | None = None
        self._unsent: list[list[Any]] = []
        self._second: SecondProcess | None = None
        self._begun = False
        if probably >= _MANY:
            self._attempt(self._start)

    def among(self, stored: Mapping[str, Record], gazetteer: Gazetteer | None, most: int) -> None:
        """Say, before any new site, which ones are stored, and how many new ones there may be."""
        self._stored, self._gazetteer = stored, gazetteer
        if most < _MANY:
            self.close()
        else:
            self._attempt(partial(self._send_stored, len(stored) + most))

    def expect(self, site: NewSite) -> None:
        """Say early that a site may be among the new ones; its values will be the same then."""
        if self._second:
            self._unsent.append([site.row, *_compared(site.key, site.values)])
            if len(self._unsent) == _AT_ONCE:
                self._attempt(self._send_expected)

    def begin(self, rows: Iterable[int]) -> None:
        """Say which of the expected sites are new and open, by their rows: no more will come.

        Whoever has something else to do meanwhile says so before asking for the ``pairs``.
        """
        if self._second and not self._begun:
            self._begun = True
            self._attempt(partial(self._send_new, list(rows)))

    def pairs(self, new: Sequence[Site], progress: Progress) -> tuple[Pair, ...]:
        """Return which new sites probably are another place too; may raise Cancelled.

        All of them were expected. Closed ones are left out.
        """
        if not new:
            return ()
        self.begin(one.row for one in new if _is_open(one.values))
        if self._second:
            try:
                found = self._second.result(progress)
                return tuple(Pair(a, b, score, tuple(why)) for a, b, score, why in found)
            except Failed:
                self.close()
        records = chain(self._stored.values(), ({**one.values, "site_id": one.key} for one in new))
        counted = Counted(records, len(self._stored) + len(new))
        return find_duplicates(
            counted, self._gazetteer, {one.key for one in new}, progress=progress
        )

    def close(self) -> None:
        """End the second process, if there is one."""
        if self._second:
            self._second.close()
        self._second = None

    def _attempt(self, step: Callable[[], object]) -> None:
        try:
            step()
        except Failed:
            self.close()

    def _start(self) -> SecondProcess:
        self._second = self._second or SecondProcess("searcher")
        return self._second

    def _send_stored(self, most: int) -> None:
        second = self._start()
        second.send(most)
        stored = (_compared(key, one) for key, one in self._stored.items() if _is_open(one))
        for some in iter(lambda: list(islice(stored, _AT_ONCE)), []):
            second.send((STORED, some))

    def _send_expected(self) -> None:
        """Send the sites that may be new and were not sent yet."""
        if self._second:
            self._second.send((EXPECTED, self._unsent))
            self._unsent = []

    def _send_new(self, rows: list[int]) -> None:
        self._send_expected()
        if self._second:
            self._second.send((NEW, rows))
            self._second.send(None)


def _is_open(site: Record) -> bool:
    return site.get("status") != "closed"


def _compared(key: str, values: Record) -> list[Any]:
    """Return what a site is compared by: the columns ``COMPARED``, its key the first of them."""
    return [key, *map(values.get, COMPARED[1:])]
