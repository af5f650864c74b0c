# SPDX-License-Identifier: GPL-2.0-or-later
"""What the second process does: the search for duplicates, on sites as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any

from ...domain.collecting import collector_held
from ...domain.duplicates import DuplicateIndex, pairs_in
from ...domain.duplicates.records import COMPARED
from ...domain.progress import Progress
from ..boundaries import load_gazetteer


class Counted:
    """Records as they come, and how many there will be: what the progress is reckoned by."""

    def __init__(self, records: Iterable[Mapping[str, Any]], total: int) -> None:
        self._records, self._total = records, total

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self._records)

    def __length_hint__(self) -> int:
        return self._total


def serve(messages: Iterator[Any], progress: Progress) -> list[Any]:
    """Return the pairs in which a new site is, each as its fields.

    The number of sites is told first, then come the sites, stored and new ones.
    """
    total = next(messages)
    asked: set[str] = set()

    def records() -> Iterator[Mapping[str, Any]]:
        for message in messages:
            if message["new"]:
                asked.update(row[0] for row in message["rows"])
            for row in message["rows"]:
                yield dict(zip(COMPARED, row))

    with collector_held():
        index = DuplicateIndex(Counted(records(), total), load_gazetteer(), progress)
        return list(map(astuple, pairs_in(index, asked, progress=progress)))
