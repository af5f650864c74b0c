# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rows of a file say, with what the file's institution and the sheet add to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from ...domain.candidates import Candidate
from ...domain.records import Reader
from ...domain.report import BLOCKING, WARNING
from ...domain.row_places import derive_positions
from ...domain.text import clean
from ...domain.twins import Sharing
from ..directory import Directory
from ..files.furniture import furniture

Links = Mapping[int, Mapping[int, str]]  # what cells lead to, by line and column


class Block(NamedTuple):
    """Some rows of a file, with their lines, and what they share with others of the file.

    ``links`` are the addresses that cells of a line lead to and do not show, by column.
    """

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    sharing: Sharing
    links: Links


class RowReader:
    """Understands the rows of one file."""

    def __init__(self, reader: Reader, directory: Directory) -> None:
        self._reader = reader
        self._directory = directory

    def read_some(self, block: Block) -> list[Candidate]:
        """Return what rows say, with their institution and position."""
        numbers, rows, _wait, links = block
        some, columns = self._reader.read_some(numbers, rows, links), self._reader.columns
        for place, rule in furniture(rows, columns):
            value = next(filter(None, rows[place]))
            some[place].find(rule, WARNING, value=value, refuses=True)
        if columns.table == "programme":
            for candidate in some:
                self._programme(candidate)
        else:
            self._institutions(some, _column(rows, columns.index("institution_code")))
        if self._reader.table.geometry:
            towns = _column(rows, columns.index("commune"))
            derive_positions(some, towns, self._reader.gazetteer)
        return some

    def _institutions(self, some: Sequence[Candidate], cells: Iterable[str]) -> None:
        default = self._directory.default
        for candidate, cell in zip(some, cells):
            named = clean(cell)
            candidate.values["institution_code"] = (
                self._institution(candidate, named) if named else default
            )

    def _institution(self, candidate: Candidate, named: str) -> str | None:
        code, default = self._directory.find(named), self._directory.default
        if not code:
            candidate.find(
                "institution_unknown", BLOCKING, field="institution_code", value=named,
                proposal=self._directory.nearest(named), refuses=True,
            )  # fmt: skip
        elif default not in (None, code):
            candidate.find(
                "institution_other", BLOCKING, field="institution_code", value=named,
                proposal=default, refuses=True,
            )  # fmt: skip
        return code or default

    def _programme(self, candidate: Candidate) -> None:
        values = candidate.values
        if not (values.get("name_fr") or values.get("code")):
            candidate.find("name_missing", BLOCKING, field="name_fr", refuses=True)
        lead = values.pop("lead_code", None)
        code = self._directory.find(lead) if lead else None
        if code:
            values["lead_code"] = code
        elif lead:
            candidate.find("institution_unknown", WARNING, field="lead_code", value=lead)


def _column(rows: Sequence[Sequence[str]], index: int | None) -> Iterable[str]:
    return repeat("") if index is None else [row[index] for row in rows]
