# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules that a store's own database enforces, as conditions in SQL, derived from the schema.

They are written once for GeoPackage and PostgreSQL, which wrap them in triggers of their own
(``store.triggers``, ``store.postgres_triggers``). ``NEW`` and ``OLD`` are the row after and
before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable

from ..domain.schema import Schema, Table
from .sql import literal, quote

#: What a backend writes after FROM to get the items of a multiple choice as ``part.value``.
Items = Callable[[str], str]


@dataclass(frozen=True)
class Rule:
    """A row is refused ``when`` (SQL) holds, with a sentence for the cartographer.

    With a ``column``, a change of the row is refused only if it changes that column: a record
    that is older than the rule can still be edited elsewhere, merged and taken back.
    """

    when: str
    sentence: str
    column: str = ""


#: What a column of a type never holds, and what is expected instead. It is less than the
#: importer's readers ask (``domain.cells``), so that nothing that they accept is refused.
_FORMATS = {
    "phone": (
        "{value} NOT LIKE '+%' OR {value} LIKE '+0%' OR length({value}) NOT BETWEEN 7 AND 16 "
        "OR ltrim(substr({value}, 2), '0123456789') <> ''",
        "un numéro de téléphone en forme internationale, par exemple +212500000000",
    ),
    "email": (
        "{value} NOT LIKE '_%@_%._%' OR {value} LIKE '% %'",
        "une adresse électronique, par exemple nom@domaine.ma",
    ),
    "url": (
        "(lower({value}) NOT LIKE 'http://%.%' AND lower({value}) NOT LIKE 'https://%.%') "
        "OR {value} LIKE '% %'",
        "une adresse qui commence par https:// ou http://",
    ),
}


def rules(schema: Schema, table: Table, items: Items) -> Iterator[Rule]:
    """Closed lists, references, bounds, formats, and what publishing demands."""
    for field in table.fields:
        value = f"NEW.{quote(field.name)}"
        where = f"{table.name}.{field.name}"
        if field.vocabulary and field.multiple:
            yield Rule(
                _unlisted(value, field.vocabulary, items),
                f"{where} : un terme n'est pas dans la liste « {field.vocabulary} ».",
            )
        elif field.vocabulary:
            yield Rule(
                f"{value} IS NOT NULL AND {_no_term(value, field.vocabulary)}",
                f"{where} : cette valeur n'est pas dans la liste « {field.vocabulary} ».",
            )
        if field.references:
            yield Rule(
                _dangling(schema.table(field.references), value),
                f"{where} : aucune fiche « {field.references} » n'a cet identifiant.",
            )
        if field.minimum is not None:
            yield Rule(
                f"{value} NOT BETWEEN {field.minimum} AND {field.maximum}",
                f"{where} : attendu de {field.minimum} à {field.maximum}.",
            )
        if field.type in _FORMATS:
            broken, expected = _FORMATS[field.type]
            yield Rule(
                f"{value} <> '' AND ({broken.format(value=value)})",
                f"{where} : attendu {expected}.",
                field.name,
            )
        if field.required == "published" and table.common:
            yield Rule(
                f"NEW.status = 'published' AND coalesce(trim({value}), '') = ''",
                f"{where} : à remplir avant de publier.",
            )


def guards(schema: Schema, table: Table) -> Iterator[Rule]:
    """A row that others refer to cannot be deleted."""
    for other in schema.tables:
        for field in other.fields:
            if field.references != table.name or other.name == table.name:
                continue
            yield Rule(
                " ".join(
                    (
                        "EXISTS (SELECT 1 FROM",
                        quote(other.name),
                        "AS child WHERE child." + quote(field.name),
                        "= OLD." + quote(table.key) + ")",
                    )
                ),
                f"{table.name} : des fiches « {other.name} » s'y rattachent encore.",
            )


def _unlisted(value: str, vocabulary: str, items: Items) -> str:
    return " ".join(
        (
            value,
            "IS NOT NULL AND EXISTS (SELECT 1 FROM",
            items(value),
            "WHERE trim(part.value) <> '' AND",
            _no_term("trim(part.value)", vocabulary) + ")",
        )
    )


def _no_term(value: str, vocabulary: str) -> str:
    """A look-up in the index of terms: IN would build a list of them for every row."""
    return " ".join(
        (
            "NOT EXISTS (SELECT 1 FROM term WHERE vocabulary =",
            literal(vocabulary),
            "AND code =",
            value + ")",
        )
    )


def _dangling(target: Table, value: str) -> str:
    return " ".join(
        (
            value,
            "IS NOT NULL AND",
            value,
            "<> '' AND NOT EXISTS (SELECT 1 FROM",
            quote(target.name),
            "AS target WHERE target." + quote(target.key),
            "=",
            value + ")",
        )
    )
