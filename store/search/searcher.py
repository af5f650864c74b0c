# SPDX-License-Identifier: GPL-2.0-or-later
"""What the second process does: the search for duplicates, on sites as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Any

from ...domain.collecting import collector_held
from ...domain.duplicates import DuplicateIndex, pairs_in
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


def serve(messages: Iterator[Any], progress: Progress) -> list[Any]:
    """Return the pairs in which a new site is, each as its fields.

    The most sites that may come are told first; then come the sites, those that may be new
    after their numbers, and at last the numbers of those that are, in their order.
    """
    most = next(messages)
    reader = SignReader(load_gazetteer())
    signs: list[Sign] = []
    expected: dict[int, Sign] = {}
    with collector_held():
        for kind, some in messages:
            if kind == STORED:
                signs += map(reader.sign_of, some)
            elif kind == EXPECTED:
                expected.update((number, reader.sign_of(row)) for number, *row in some)
            else:
                new = [expected[number] for number in some]
            progress(0.5 * (len(signs) + len(expected)) / most, "")
        asked = {sign.key for sign in new}
        expected.clear()
        index = DuplicateIndex([*signs, *new], reader)
        return list(map(astuple, pairs_in(index, asked, progress=progress)))
