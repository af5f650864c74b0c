# SPDX-License-Identifier: GPL-2.0-or-later
"""From rows of a file to candidate records: cells read, place found, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from .candidates import Candidate
from .cells import listed
from .columns import Columns
from .formula_cells import empty_formulas, take_addresses
from .places import Gazetteer
from .references import References
from .report import INFO
from .row_fields import LOOKED_UP_LATER, FieldReader
from .row_places import read_places
from .schema import Field, Schema, Table
from .text import fold, in_one_script, is_arabic

# Whose record it is, is decided for the whole row by the importer's directory.
_FROM_DIRECTORY = ("institution_code",)
_NOTE = "note_internal"
_SCRIPTS = ("fr", "ar")  # languages that a text's letters tell apart
_FINENESS = {"entrance": 4, "street": 3, "district": 2, "commune": 1, "unknown": 0}

Row = Sequence[str]
Links = Mapping[int, str]  # what cells of a row lead to and do not show, by column
_NO_LINKS: Mapping[int, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Reader:
    """What is needed to understand the rows of one file.

    Without ``references`` what names another record is kept as it stands.
    """

    schema: Schema
    columns: Columns
    gazetteer: Gazetteer | None = None
    references: References | None = None

    @cached_property
    def table(self) -> Table:
        """The table that the file's rows belong to."""
        return self.schema.table(self.columns.table)

    @cached_property
    def _fields(self) -> tuple[Field, ...]:
        """The fields of the table that the file has columns of, in the columns' order.

        But the note is the first: what other cells add to it stands below what it says itself.
        """
        own = set(self.table.names).difference(_FROM_DIRECTORY)
        targets = [match.target for match in self.columns.matched if match.target in own]
        return tuple(map(self.table.field, sorted(targets, key=lambda one: one != _NOTE)))

    @cached_property
    def _field_reader(self) -> FieldReader:
        return FieldReader(self.schema, self.table, self.gazetteer, self.references)

    def look_up(self) -> None:
        """Ask now what the file's columns may refer to, and not at the first row that does."""
        for field in self._fields:
            if self.references and field.references not in LOOKED_UP_LATER:
                self.references.look_up(self.schema.table(field.references))

    def read(self, number: int, row: Row, links: Links = _NO_LINKS) -> Candidate:
        """Return what the row on a line says."""
        return self.read_some((number,), (row,), {number: links})[0]

    def read_some(
        self, numbers: Sequence[int], rows: Sequence[Row], links: Mapping[int, Links] = _NO_LINKS
    ) -> list[Candidate]:
        """Return what some rows say; ``numbers`` are their lines, ``links`` are by line.

        They are read column by column: what is so of most cells, that there is nothing to clean
        for one, is asked of all of them at once. A row's findings are in its columns' order.
        """
        if not rows:
            return []
        some = [Candidate(number) for number in numbers]
        whole = list(zip(*rows))
        columns = {match.target: list(whole[match.index]) for match in self.columns.matched}
        empty_formulas(some, columns, self.table)
        others = self._take_addresses(some, columns, links) if links else ()
        read = self._field_reader
        for field in self._fields:
            read.column(some, field, columns[field.name])
        for candidate, heading, target, link in others:
            read.note(candidate, f"{heading} : {link}")
            candidate.find("link_kept", INFO, field=target, value=link)
        for field in self._fields:
            if field.language in _SCRIPTS:
                _file_by_script(some, field, columns[field.name])
        for candidate, text in zip(some, columns.get("services", ())):
            candidate.services = listed(text)
        for candidate, text in zip(some, columns.get("site_kinds", ())):
            candidate.site_kinds = read.site_kinds(candidate, text)
        if self.table.geometry:
            read_places(some, columns, self.gazetteer)
        return some

    def _take_addresses(
        self,
        some: Sequence[Candidate],
        columns: Mapping[str, list[str]],
        links: Mapping[int, Links],
    ) -> list[tuple[Candidate, str, str, str]]:
        """Read links as their cells' values; return the others, with their heading and target."""
        others = []
        for place, candidate in enumerate(some):
            if links.get(candidate.row):
                cell = {target: texts[place] for target, texts in columns.items()}
                kept = take_addresses(cell, self.table, links[candidate.row], self.columns.matched)
                others += [(candidate, match.heading, match.target, link) for match, link in kept]
                for target, text in cell.items():
                    columns[target][place] = text
        return others


def _file_by_script(some: Sequence[Candidate], field: Field, texts: Sequence[str]) -> None:
    """File texts under the language of their letters when that place is free.

    Files with one column of names mix both scripts; what stands in its right column
    stays, and so does what cannot be told.
    """
    if in_one_script(texts, field.language):
        return
    for candidate in some:
        values = candidate.values
        text = values.get(field.name)
        if not text:
            continue
        arabic = is_arabic(text)
        if arabic == (field.language == "ar") or not any(map(str.isalpha, text)):
            continue
        other = f"{field.base}_{'ar' if arabic else 'fr'}"
        if not values.get(other):
            values[other] = values.pop(field.name)
            candidate.find("text_in_other_script", INFO, field=other, value=text)


def fineness(precision: str | None) -> int:
    """Return how fine a position is, 0 (unknown) to 4 (entrance): a coarser one never wins."""
    return _FINENESS.get(precision or "unknown", 0)


@lru_cache(maxsize=4096)
def same_name(name: str | None) -> str:
    """Return the form under which two names of one institution are the same."""
    return fold(name)
