# SPDX-License-Identifier: GPL-2.0-or-later
"""A store's records put into one language's words, for standards that have free text.

Labels of fields and terms come from the schema; a text that a language lacks is given in
French. What is not known is said so with the schema's own words (« À confirmer »).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.schema import Field, Labels, Schema, split_multiple
from ..public import Record, text

#: Codes that say a value is not known.
UNKNOWN = frozenset({"unknown", "inconnu"})


@dataclass(frozen=True)
class Wording:
    """One language's words. ``fields`` by table and name, ``terms`` by list and code."""

    language: str
    fields: Mapping[tuple[str, str], Field]
    terms: Mapping[tuple[str, str], Labels]

    def text(self, record: Record, base: str) -> str | None:
        """Return a translated text, None if there is none."""
        return text(record, base, self.language) or None

    def term(self, vocabulary: str, code: str) -> str:
        """Return the label of a term, or its code if the list has it no more."""
        return _said(self.terms.get((vocabulary, code), {}), self.language) or code

    def heading(self, table: str, name: str) -> str:
        """Return the label of a field."""
        return _said(self.fields[table, name].label, self.language) or name

    @property
    def unknown(self) -> str:
        """Return what a reader is told where a value is not known."""
        return self.term("yes_no", "unknown")

    def fact(self, table: str, name: str, value: Any) -> str | None:
        """Return « Label : value », None if the value is empty."""
        if value in (None, "", "{}"):
            return None
        field = self.fields[table, name]
        if field.vocabulary:
            codes = split_multiple(value) if field.multiple else (value,)
            comma = "، " if self.language == "ar" else ", "
            value = comma.join(self.term(field.vocabulary, code) for code in codes)
        colon = " : " if self.language == "fr" else ": "
        return f"{self.heading(table, name)}{colon}{value}"

    def facts(self, table: str, record: Record, names: Iterable[str]) -> str | None:
        """Return the facts of a record that are not empty, None if there are none."""
        return self.series(self.fact(table, name, record.get(name)) for name in names)

    def series(self, parts: Iterable[str | None]) -> str | None:
        """Return the parts that say something one after another, None if none does."""
        return joined(parts, "؛ " if self.language == "ar" else "; ")


def wording(schema: Schema, language: str) -> Wording:
    """Return the words of a language of the schema."""
    return Wording(
        language,
        {(table.name, field.name): field for table in schema.tables for field in table.fields},
        {(term.vocabulary, term.code): term.labels for term in schema.terms},
    )


def joined(parts: Iterable[str | None], separator: str = "\n") -> str | None:
    """Return the parts that say something as one text, None if none does."""
    return separator.join(part for part in parts if part) or None


def _said(labels: Labels, language: str) -> str | None:
    return labels.get(language) or labels.get("fr")
