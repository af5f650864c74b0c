# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person types into a form, judged as the importer judges the row of a file.

The values go through the reader of rows (``domain.records``) and the list of rules
(``domain.checks``): a form and an import say the same of the same values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .checks import CHECKS_OF, check, without_doubles
from .columns import Columns, Match
from .context import Context
from .records import Reader
from .report import WARNING, Finding
from .schema import Schema

_POSITION = ("lon", "lat")


@dataclass(frozen=True)
class Judgement:
    """What is said of a record as it stands in a form.

    ``values`` are the fields as they would be stored (a telephone in E.164), ``unreadable``
    the fields whose text means nothing and would be lost, ``read`` those that people fill in.
    """

    values: Mapping[str, Any]
    findings: tuple[Finding, ...]
    unreadable: tuple[str, ...]
    read: tuple[str, ...] = ()


def judge(table: str, typed: Mapping[str, Any], context: Context) -> Judgement:
    """Return what the importer would say of the values of a form.

    ``typed`` are values by column, a site's position (degrees) under ``lon`` and ``lat``. A
    position is judged as it stands: none is derived from the commune, and one abroad, which an
    import drops with a warning, is blocking.
    """
    columns = _columns(context.schema, table)
    names = [match.target for match in columns.matched]
    cells = [_text(typed.get(name)) for name in names]
    reader = Reader(context.schema, columns, context.gazetteer, context.references)
    candidate = reader.read(0, cells)
    values = candidate.values
    key = context.schema.table(table).key
    for name in (key, "institution_code", *_POSITION):
        if typed.get(name) is not None:
            values[name] = typed[name]
    # The reader of rows looks for a place in columns that a form has not: the rules look again.
    said = (one for one in candidate.findings if one.rule != "place_missing")
    found = without_doubles([*said, *check(values, context, CHECKS_OF.get(table, ()))])
    signed = (one._replace(table=table, key=str(typed.get(key) or ""), row=0) for one in found)
    lost = {one.field for one in candidate.findings if one.severity == WARNING}
    unreadable = tuple(
        name for name in names if name in lost and _text(typed.get(name)) and name not in values
    )
    return Judgement(values, tuple(signed), unreadable, tuple(names))


def corrections(typed: Mapping[str, Any], judgement: Judgement) -> dict[str, Any]:
    """Return what is stored otherwise than it was typed, by column; unreadable ones left out."""
    return {
        name: judgement.values.get(name)
        for name in judgement.read
        if name not in judgement.unreadable
        and _text(typed.get(name)) != _text(judgement.values.get(name))
    }


@lru_cache(maxsize=8)
def _columns(schema: Schema, table: str) -> Columns:
    """Every field of a table that people fill in, as a column of its own name."""
    fields = [one.name for one in schema.table(table).fields if not one.read_only]
    matched = tuple(Match(number, name, name, 1.0) for number, name in enumerate(fields))
    return Columns(table, matched, (), ())


def _text(value: Any) -> str:
    return "" if value in (None, "{}") else str(value).strip()
