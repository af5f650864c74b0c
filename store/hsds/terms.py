# SPDX-License-Identifier: GPL-2.0-or-later
"""Coded fields as HSDS taxonomies, terms and attributes."""

from __future__ import annotations

from ...domain.schema import split_multiple
from ..public import Record
from .ids import identifier
from .source import Rows, Source, made
from .wording import UNKNOWN

#: Tables whose records carry attributes.
_TABLES = ("institution", "service", "site", "offer")


def attributes(source: Source, table: str, entity: str, key: str, record: Record) -> Rows:
    """Yield a record's terms; what is unknown has no attribute."""
    for field in source.coded[table]:
        value = record[field.name]
        for code in split_multiple(value) if field.multiple else filter(None, (value,)):
            if code in UNKNOWN or (field.vocabulary, code) not in source.words.terms:
                continue
            yield made(
                "attribute",
                id=identifier("attribute", key, field.name, code),
                link_id=key,
                taxonomy_term_id=identifier("term", field.vocabulary, code),
                link_type=field.name,
                link_entity=entity,
            )


def taxonomies(source: Source) -> Rows:
    """Yield the closed lists that attributes draw from, with all their terms."""
    words = source.words
    lists = {field.vocabulary: (table, field) for table in _TABLES for field in source.coded[table]}
    for vocabulary, (table, field) in lists.items():
        yield made(
            "taxonomy",
            id=identifier("taxonomy", vocabulary),
            name=vocabulary,
            description=words.heading(table, field.name),
        )
    for vocabulary, code in words.terms:
        if vocabulary in lists:
            label = words.term(vocabulary, code)
            yield made(
                "taxonomy_term",
                id=identifier("term", vocabulary, code),
                code=f"{vocabulary}:{code}",
                name=label,
                description=label,
                taxonomy=vocabulary,
                language=words.language,
                taxonomy_id=identifier("taxonomy", vocabulary),
            )
