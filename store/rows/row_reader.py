# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rows of a file say, with what the file's institution and the sheet add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ...domain.records import Candidate, Reader, derive_position
from ...domain.report import BLOCKING, WARNING
from ...domain.text import clean
from ..directory import Directory
from ..files.furniture import furniture

Links = Mapping[int, Mapping[int, str]]  # what cells lead to, by line and column


class Block(NamedTuple):
    """Some rows of a file, with their lines; which must ``wait`` until all others are read.

    ``links`` are the addresses that cells of a line lead to and do not show, by column.
    """

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    wait: Sequence[bool]
    links: Links


class RowReader:
    """Understands the rows of one file."""

    def __init__(self, reader: Reader, directory: Directory) -> None:
        self._reader = reader
        self._directory = directory

    def read_some(self, block: Block) -> list[Candidate]:
        """Return what rows say, with their institution and position."""
        numbered = zip(block.numbers, block.rows)
        return [self._read(number, row, block.links) for number, row in numbered]

    def _read(self, number: int, cells: Sequence[str], links: Links) -> Candidate:
        candidate = self._reader.read(number, cells, links.get(number, {}))
        rule = furniture(cells, self._reader.columns)
        if rule:
            candidate.find(rule, WARNING, value=next(filter(None, cells)), refuses=True)
        if self._reader.table.name == "programme":
            self._programme(candidate)
        else:
            self._institution(candidate, cells)
        if self._reader.table.geometry:
            town = self._cell(cells, "commune")
            derive_position(candidate.values, self._reader.gazetteer, town)
        return candidate

    def _institution(self, candidate: Candidate, cells: Sequence[str]) -> None:
        named = self._cell(cells, "institution_code")
        code = self._directory.find(named) if named else self._directory.default
        if named and not code:
            candidate.find(
                "institution_unknown", BLOCKING, field="institution_code", value=named,
                proposal=self._directory.nearest(named), refuses=True,
            )  # fmt: skip
        elif code and self._directory.default not in (None, code):
            candidate.find(
                "institution_other", BLOCKING, field="institution_code", value=named,
                proposal=self._directory.default, refuses=True,
            )  # fmt: skip
        candidate.values["institution_code"] = code or self._directory.default

    def _cell(self, cells: Sequence[str], target: str) -> str:
        index = self._reader.columns.index(target)
        return "" if index is None else clean(cells[index])

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
