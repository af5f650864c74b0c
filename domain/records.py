# SPDX-License-Identifier: GPL-2.0-or-later
"""From a row of a file to a candidate record: cells read, place found, nothing guessed.

A cell that cannot be read leaves its field empty and a finding with its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Callable

from . import cells
from .candidates import Candidate
from .columns import Columns
from .formula_cells import take_addresses, without_formulas
from .hours.prose import read_hours
from .places import Gazetteer
from .references import References
from .report import INFO, WARNING
from .row_places import read_place
from .schema import Field, Schema, Table, join_multiple
from .text import clean, fold, is_arabic

# Whose record it is, is decided for the whole row by the importer's directory.
_FROM_DIRECTORY = ("institution_code",)
_LOOKED_UP_LATER = ("", "institution")  # there too, or nowhere
_FINENESS = {"entrance": 4, "street": 3, "district": 2, "commune": 1, "unknown": 0}
_NO_LINKS: Mapping[int, str] = MappingProxyType({})
_LIMIT = 4000  # characters of a text: more is a paste by mistake
_READERS: Mapping[str, Callable[[str], Any]] = {
    "email": cells.email,
    "url": cells.website,
    "integer": cells.integer,
    "date": cells.day,
}


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
    def _fields(self) -> tuple[tuple[str, Field], ...]:
        """The columns of the file that are fields of the table."""
        own = set(self.table.names).difference(_FROM_DIRECTORY)
        return tuple(
            (match.target, self.table.field(match.target))
            for match in self.columns.matched
            if match.target in own
        )

    @cached_property
    def _places(self) -> tuple[tuple[str, int], ...]:
        """Where in a row the text of each target stands."""
        return tuple((match.target, match.index) for match in self.columns.matched)

    @cached_property
    def _translated(self) -> Mapping[str, Field]:
        """The fields whose text is French or Arabic."""
        return {one.name: one for one in self.table.fields if one.language in ("fr", "ar")}

    def look_up(self) -> None:
        """Ask now what the file's columns may refer to, and not at the first row that does."""
        for _target, definition in self._fields:
            if self.references and definition.references not in _LOOKED_UP_LATER:
                self.references.look_up(self.schema.table(definition.references))

    def read(
        self, number: int, row: Sequence[str], links: Mapping[int, str] = _NO_LINKS
    ) -> Candidate:
        """Return what one row says; ``links`` are what cells lead to and do not show, by column."""
        candidate = Candidate(number)
        cell = {target: row[index] for target, index in self._places}
        for rule, target, text in without_formulas(cell, self.table):
            candidate.find(rule, WARNING, field=target, value=text)
        others = links and take_addresses(cell, self.table, links, self.columns.matched)
        for target, definition in self._fields:
            if cell[target]:
                self._field(candidate, definition, cell[target])
        for match, link in others or ():
            self._note(candidate, f"{match.heading} : {link}")
            candidate.find("link_kept", INFO, field=match.target, value=link)
        self._file_by_script(candidate)
        candidate.services = cells.listed(cell.get("services", ""))
        if cell.get("site_kinds"):
            candidate.site_kinds = self._kinds(candidate, cell["site_kinds"])
        if self.table.geometry:
            read_place(candidate, cell, self.gazetteer)
        return candidate

    def _field(self, candidate: Candidate, definition: Field, text: str) -> None:
        name = definition.name
        if len(text) > _LIMIT:
            candidate.find("value_too_long", WARNING, field=name, value=text[:80])
            text = text[:_LIMIT]
        try:
            if definition.type == "phone":
                self._phones(candidate, name, text)
            elif definition.vocabulary and definition.multiple:
                self._terms(candidate, definition, text)
            elif definition.vocabulary:
                candidate.values[name] = cells.term(text, self.schema, definition.vocabulary)
            elif definition.type in _READERS:
                self._single(candidate, definition, text)
            elif self.references and definition.references not in _LOOKED_UP_LATER:
                target = self.schema.table(definition.references)
                candidate.values[name] = self.references.read(clean(text), target)
            elif definition.type == "regions":
                candidate.values[name] = self._regions(candidate, name, text)
            elif definition.type == "hours":
                self._hours(candidate, name, text)
            else:
                candidate.values[name] = text if definition.type == "longtext" else clean(text)
        except cells.Unreadable as problem:
            candidate.find(
                problem.rule, WARNING, field=name, value=problem.value, proposal=problem.proposal
            )

    def _terms(self, candidate: Candidate, definition: Field, text: str) -> None:
        """The terms that are known are kept, the others said."""
        known, unknown = cells.terms(text, self.schema, definition.vocabulary or "")
        for problem in unknown:
            candidate.find(problem.rule, WARNING, field=definition.name, value=problem.value,
                           proposal=problem.proposal)  # fmt: skip
        if known:
            candidate.values[definition.name] = known

    def _single(self, candidate: Candidate, definition: Field, text: str) -> None:
        """A number, a date or an address; a number out of its field's bounds is not taken."""
        value = _READERS[definition.type](text)
        if definition.type == "integer" and not definition.allows(value):
            bounds = {"least": definition.minimum, "most": definition.maximum}
            candidate.find("number_out_of_bounds", WARNING, field=definition.name, value=text,
                           params=bounds)  # fmt: skip
            return
        candidate.values[definition.name] = value
        self._rest(candidate, definition, text)

    def _rest(self, candidate: Candidate, definition: Field, text: str) -> None:
        """What a cell says beside the one address that its field holds goes into the note."""
        rest = cells.beside_address(text, definition.type)
        if rest:
            self._note(candidate, f"{definition.name} : {clean(text)}")
            candidate.find("value_extra", WARNING, field=definition.name, value=rest)

    def _note(self, candidate: Candidate, line: str) -> None:
        if "note_internal" in self.table.names:
            note = candidate.values.get("note_internal") or ""
            candidate.values["note_internal"] = f"{note}\n{line}".strip()

    def _file_by_script(self, candidate: Candidate) -> None:
        """File a text under the language of its letters when that place is free.

        Files with one column of names mix both scripts; what stands in its right column
        stays, and so does what cannot be told.
        """
        values, translated = candidate.values, self._translated
        for name in [one for one in values if one in translated]:
            definition, text = translated[name], values[name]
            if not text:
                continue
            arabic = is_arabic(text)
            if arabic == (definition.language == "ar") or not any(map(str.isalpha, text)):
                continue
            other = f"{definition.base}_{'ar' if arabic else 'fr'}"
            if not values.get(other):
                values[other] = values.pop(name)
                candidate.find("text_in_other_script", INFO, field=other, value=text)

    def _phones(self, candidate: Candidate, name: str, text: str) -> None:
        """The first number into the field, the next into the free ones, the rest into a note."""
        plain = None if candidate.values.get(name) else cells.plain_number(text)
        if plain:
            candidate.values[name] = plain
            return
        numbers, unreadable = cells.phones(text)
        beside = cells.beside_phones(text) if numbers else ""
        if beside:
            self._note(candidate, f"{name} : {clean(text)}")
            candidate.find("phone_note", INFO, field=name, value=beside)
        for part in unreadable or (() if numbers else (text,)):
            today = cells.renumbered(part) or ""
            rule = "phone_before_2009" if today else "phone_unreadable"
            candidate.find(rule, WARNING, field=name, value=part, proposal=today)
        places = [name] + (["phone_2"] if "phone_2" in self.table.names else [])
        for number in numbers:
            free = next((place for place in places if not candidate.values.get(place)), None)
            if free:
                candidate.values[free] = number
            elif number not in candidate.values.values():
                self._note(candidate, f"Tél. : {number}")
                candidate.find("phone_extra", INFO, field="note_internal", value=number)

    def _regions(self, candidate: Candidate, name: str, text: str) -> str | None:
        codes = []
        for part in cells.listed(text):
            answer = self.gazetteer.find_region(part) if self.gazetteer else None
            if answer and answer.region_code and answer.kind != "old_region":
                codes.append(answer.region_code)
            else:
                candidate.find("region_unknown", WARNING, field=name, value=part)
        return join_multiple(codes) if codes else None

    def _kinds(self, candidate: Candidate, text: str) -> tuple[str, ...]:
        codes = []
        for part in cells.listed(text):
            try:
                codes.append(cells.term(part, self.schema, "site_kind"))
            except cells.Unreadable as problem:
                candidate.find(problem.rule, WARNING, field="site_kinds", value=part,
                               proposal=problem.proposal)  # fmt: skip
        return tuple(codes)

    def _hours(self, candidate: Candidate, name: str, text: str) -> None:
        answer = read_hours(text)
        if answer is None or (answer.ramadan and "hours_ramadan" not in self.table.names):
            raise cells.Unreadable("hours_unreadable", text)
        said = {"hours": answer.hours, "hours_ramadan": answer.ramadan}
        if name == "hours_ramadan" and not answer.ramadan:
            said = {name: answer.hours}  # the heading says Ramadan already
        for column, value in said.items():
            if value and (column == name or not candidate.values.get(column)):
                candidate.values[column] = value


def fineness(precision: str | None) -> int:
    """Return how fine a position is, 0 (unknown) to 4 (entrance): a coarser one never wins."""
    return _FINENESS.get(precision or "unknown", 0)


def derive_position(values: dict[str, Any], gazetteer: Gazetteer | None, town: str = "") -> None:
    """Give a site its town's centre when it has no position, and say so in ``precision``.

    A position that the file gives without a precision counts as *street*: somebody measured
    it, nobody says that it is the door.
    """
    if values.get("lon") is not None:
        values.setdefault("precision", "street")
        return
    code = values.get("commune_code")
    point = gazetteer.point(code, town) if gazetteer and code else None
    if point:
        values.update(lon=round(point.lon, 6), lat=round(point.lat, 6), precision="commune")


@lru_cache(maxsize=4096)
def same_name(name: str | None) -> str:
    """Return the form under which two names of one institution are the same."""
    return fold(name)
