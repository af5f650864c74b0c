# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules that a store's own database enforces, as conditions in SQL, derived from the schema.

They are written once for GeoPackage and PostgreSQL, which wrap them in triggers of their own
(``store.embedded.triggers``, ``store.postgres.triggers``). ``NEW`` and ``OLD`` are the row after
and before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Callable

from ..domain.schema import Field, Schema, Table
from .sql import literal, quote

#: What a backend writes after FROM to get the items of a multiple choice as ``part.value``.
Items = Callable[[str], str]

UNTRACKED = ("updated_at", "updated_by")


@dataclass(frozen=True)
class Rule:
    """A row is refused ``when`` (SQL) holds, with a sentence for the cartographer.

    With a ``column``, a change of the row is refused only if it changes that column: a record
    that is older than the rule can still be edited elsewhere, merged and taken back. ``kind``
    and ``about`` (a field, or the table that refers to it) say it in other languages
    (``store.refusals``).
    """

    when: str
    sentence: str
    kind: str
    about: str
    column: str = ""


#: What stands as an example of a value that is written as it should be.
EXAMPLES = {
    "phone": "+212500000000",
    "email": "nom@domaine.ma",
    "url": "https://www.domaine.ma",
    "date": "2026-12-31",
    "hours": "Mo-Fr 08:30-16:30",
    "commune": "04.421.01.01",
}
#: What a column of a type never holds. It is at most what the importer's readers ask
#: (``domain.cells``, ``domain.hours``), so that nothing that they accept is refused. That a
#: commune's code exists, and that the parts of hours stand in their order and do not overlap, are
#: asked by the checks alone: no store has the list of communes.
_FORMATS = {
    "phone": (
        "{value} NOT LIKE '+%' OR {value} LIKE '+0%' OR length({value}) NOT BETWEEN 7 AND 16 "
        "OR ltrim(substr({value}, 2), '0123456789') <> ''"
    ),
    "email": "{value} NOT LIKE '_%@_%._%' OR {value} LIKE '% %'",
    "url": (
        "(lower({value}) NOT LIKE 'http://%.%' AND lower({value}) NOT LIKE 'https://%.%') "
        "OR {value} LIKE '% %'"
    ),
    "commune": (
        "ltrim({value}, '0123456789.') <> '' OR length({value}) NOT IN (2, 6, 11, 12) "
        "OR substr({value} || '.', 3, 1) <> '.' "
        "OR substr({value} || '.', 7, 1) NOT IN ('', '.') "
        "OR substr({value} || '.', 10, 1) NOT IN ('', '.')"
    ),
}
_DAYS = "('Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su')"
#: One part of opening hours that is neither days, nor an opening, nor « off » or « 24/7 ».
_NO_HOURS = (
    "trim(part.value) NOT IN ('', 'PH', 'off', '24/7') AND trim(part.value) NOT IN {days} "
    "AND NOT (length(trim(part.value)) = 5 AND substr(trim(part.value), 1, 2) IN {days} "
    "AND substr(trim(part.value), 3, 1) = '-' AND substr(trim(part.value), 4) IN {days}) "
    "AND NOT (length(trim(part.value)) = 11 AND substr(trim(part.value), 3, 1) = ':' "
    "AND substr(trim(part.value), 6, 1) = '-' AND substr(trim(part.value), 9, 1) = ':' "
    "AND ltrim(replace(replace(trim(part.value), ':', ''), '-', ''), '0123456789') = '' "
    "AND substr(trim(part.value), 4, 2) <= '59' AND substr(trim(part.value), 10, 2) <= '59' "
    "AND substr(trim(part.value), 7, 5) <= '24:00' "
    "AND substr(trim(part.value), 1, 5) < substr(trim(part.value), 7, 5))"
)
_OF_HOURS = "MoTuWehFrSaPHf0123456789:;,-/ "


def _broken(kind: str, value: str, items: Items) -> str:
    """Return the condition that a value is not written as its kind is."""
    if kind != "hours":
        return _FORMATS[kind].format(value=value)
    parts = f"replace(replace({value}, ';', ','), ' ', ',')"
    return " ".join(
        (
            f"ltrim({value}, {literal(_OF_HOURS)}) <> '' OR EXISTS (SELECT 1 FROM",
            items(parts),
            "WHERE",
            _NO_HOURS.format(days=_DAYS) + ")",
        )
    )


def _kind(field: Field) -> str:
    """Return which format a field has, "" if none."""
    kind = "commune" if field.name == "commune_code" else field.type
    return kind if kind == "hours" or kind in _FORMATS else ""


def rules(schema: Schema, table: Table, items: Items) -> Iterator[Rule]:
    """Closed lists, references, bounds, formats, and what publishing demands."""
    for field in table.fields:
        value = f"NEW.{quote(field.name)}"
        where = f"{table.name}.{field.name}"
        if field.vocabulary and field.multiple:
            yield Rule(
                _unlisted(value, field.vocabulary, items),
                f"{where} : un terme n'est pas dans la liste « {field.vocabulary} ».",
                "list",
                field.name,
            )
        elif field.vocabulary:
            yield Rule(
                f"{value} IS NOT NULL AND {_no_term(value, field.vocabulary)}",
                f"{where} : cette valeur n'est pas dans la liste « {field.vocabulary} ».",
                "list",
                field.name,
            )
        if field.references:
            yield Rule(
                _dangling(schema.table(field.references), value),
                f"{where} : aucune fiche « {field.references} » n'a cet identifiant.",
                "reference",
                field.name,
            )
        if field.minimum is not None:
            yield Rule(
                f"{value} NOT BETWEEN {field.minimum} AND {field.maximum}",
                f"{where} : attendu de {field.minimum} à {field.maximum}.",
                "bounds",
                field.name,
            )
        kind = _kind(field)
        if kind:
            yield Rule(
                f"{value} <> '' AND ({_broken(kind, value, items)})",
                f"{where} : attendu par exemple {EXAMPLES[kind]}.",
                kind,
                field.name,
                field.name,
            )
        if field.required == "published" and table.common:
            yield Rule(
                f"NEW.status = 'published' AND coalesce(trim({value}), '') = ''",
                f"{where} : à remplir avant de publier.",
                "publish",
                field.name,
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
                "guard",
                other.name,
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
