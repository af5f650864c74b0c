# SPDX-License-Identifier: GPL-2.0-or-later
"""What the second process does: the search for duplicates, on sites as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any

from ...domain.collecting import collector_held
from ...domain.duplicates import DuplicateIndex, pairs_in
from ...domain.duplicates.index import Marks
from ...domain.duplicates.records import Sign, SignReader
from ...domain.progress import Progress
from ..boundaries import load_gazetteer

#: What a message brings: sites of the store, sites that may be new, the numbers of the new ones.
STORED, EXPECTED, NEW = "stored", "expected", "new"


class Counted:
    """Records as they come, and how many there will be: what the progress is reckoned by."""

    def __init__(self, records: Iterable[Mapping[str, Any]], total: int) -> None:
        self._records, self._total = records, total

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self._records)

    def __length_hint__(self) -> int:
        return self._total


def serve(messages: Iterator[Any], progress: Progress) -> Iterator[list[Any]]:
    """Yield once the pairs in which a new site is, each as its fields.

    Not returned: while it waits here, all that they took is kept, and to free it takes its time
    (``start`` ends the process instead). The most sites that may come are told first; then come
    the sites, those that may be new after their numbers, and at last the numbers of those that
    are, in their order.
    """
    reader, marks = SignReader(load_gazetteer()), Marks()  # while nothing is sent yet
    most = next(messages)
    signs: list[Sign] = []
    places: dict[int, int] = {}

    def take(values: Iterable[Any]) -> None:
        signs.append(reader.sign_of(values))
        marks.add(signs[-1])

    with collector_held():
        chosen: list[int] = []
        for kind, some in messages:
            if kind == STORED:
                chosen += range(len(signs), len(signs) + len(some))
                for row in some:
                    take(row)
            elif kind == EXPECTED:
                for number, *row in some:
                    places[number] = len(signs)
                    take(row)
            else:
                new = [places[number] for number in some]
            progress(0.5 * len(signs) / most, "")
        asked = {signs[place].key for place in new} if chosen else None  # None: all
        chosen += new
        places.clear()
        index = DuplicateIndex([signs[place] for place in chosen], reader, (marks, chosen))
        signs.clear()
        yield list(map(astuple, pairs_in(index, asked, progress=progress)))
