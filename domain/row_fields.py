# SPDX-License-Identifier: GPL-2.0-or-later
"""What the cells of rows say of their fields.

A cell that cannot be read leaves its field empty and a finding with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, Callable

from . import cells
from .candidates import Candidate
from .hours.prose import read_hours
from .places import Gazetteer
from .references import References
from .report import INFO, WARNING
from .schema import Field, Schema, Table, join_multiple
from .text import clean, joined_if_clean

LOOKED_UP_LATER = ("", "institution")
"""What fields refer to that the importer's directory looks up, or nobody."""
_LIMIT = 4000  # characters of a text: more is a paste by mistake
_TEXTS = ("text", "longtext", "uuid")
# Addresses as nearly all are written, alone in their cells.
_EMAIL = re.compile(r"[a-z\d_.+-]+@[a-z\d_-]+(?:\.[a-z\d_-]+)+", re.ASCII)
_WEBSITE = re.compile(r"(https?://)?[a-z\d-]+(?:\.[a-z\d-]+)+(?:/[\w/.?=&%+-]*)?", re.ASCII)
_READERS: Mapping[str, Callable[[str], Any]] = {
    "email": cells.email,
    "url": cells.website,
    "integer": cells.integer,
    "date": cells.day,
}


def plain_email(text: str) -> str | None:
    """Return what ``cells.email`` does of an address in its usual form, None of anything else."""
    return text if _EMAIL.fullmatch(text) else None


def plain_website(text: str) -> str | None:
    """Return what ``cells.website`` does of an address in its usual form, else None."""
    match = _WEBSITE.fullmatch(text)
    return (text if match[1] else f"https://{text}") if match else None


_PLAIN: Mapping[str, Callable[[str], str | None]] = {
    "phone": cells.plain_number,
    "email": plain_email,
    "url": plain_website,
}


@dataclass(frozen=True)
class FieldReader:
    """What is needed to read the fields of a table; without ``references`` as ``Reader``."""

    schema: Schema
    table: Table
    gazetteer: Gazetteer | None
    references: References | None

    def column(self, some: Sequence[Candidate], field: Field, texts: Sequence[str]) -> None:
        """Read one field of some rows."""
        name = field.name
        for candidate, text, value in zip(some, texts, self._usual(some, field, texts)):
            if not text:
                continue
            if value is None:
                self._field(candidate, field, text)
            else:
                candidate.values[name] = value

    def _usual(
        self, some: Sequence[Candidate], field: Field, texts: Sequence[str]
    ) -> Iterable[str | None]:
        """Return the values of the cells that are as most are, None where a closer look is due."""
        name, kind = field.name, field.type
        if field.multiple or max(map(len, texts)) > _LIMIT:
            return repeat(None)
        if kind in _PLAIN:
            plain = _PLAIN[kind]
            return [None if name in one.values else plain(text) for one, text in zip(some, texts)]
        if field.vocabulary:
            terms = {text: cells.known_term(text, self.schema, field.vocabulary)
                     for text in set(texts)}  # fmt: skip
            return map(terms.get, texts)
        if kind in _TEXTS and not field.references:
            return texts if kind == "longtext" or joined_if_clean(texts) else repeat(None)
        return repeat(None)

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
            elif self.references and definition.references not in LOOKED_UP_LATER:
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
            self.note(candidate, f"{definition.name} : {clean(text)}")
            candidate.find("value_extra", WARNING, field=definition.name, value=rest)

    def note(self, candidate: Candidate, line: str) -> None:
        """Add a line to the note that only colleagues see, where the table has one."""
        if "note_internal" in self.table.names:
            note = candidate.values.get("note_internal") or ""
            candidate.values["note_internal"] = f"{note}\n{line}".strip()

    def _phones(self, candidate: Candidate, name: str, text: str) -> None:
        """The first number into the field, the next into the free ones, the rest into a note."""
        plain = None if candidate.values.get(name) else cells.plain_number(text)
        if plain:
            candidate.values[name] = plain
            return
        numbers, unreadable = cells.phones(text)
        beside = cells.beside_phones(text) if numbers else ""
        if beside:
            self.note(candidate, f"{name} : {clean(text)}")
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
                self.note(candidate, f"Tél. : {number}")
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

    def site_kinds(self, candidate: Candidate, text: str) -> tuple[str, ...]:
        """Return the kinds of site that a cell lists."""
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
