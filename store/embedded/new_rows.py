# SPDX-License-Identifier: GPL-2.0-or-later
"""What the triggers on INSERT do for each row, done for many new rows at once.

Thousands of rows have a handful of kinds, states and institutions among them. A rule that reads
one such column, or one that all rows have from its default, is asked of one row for each value;
the others are asked of every row. And many columns are empty in all of them: the history has
their part of its text ready.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Callable, NamedTuple, Optional

from ...domain.schema import Schema, Table
from ..rules import Rule
from ..sql import compose, literal, stitch
from .triggers import (
    ALIKE,
    check_trigger,
    checks_of,
    count_trigger,
    counted_together,
    history_trigger,
    noted_together,
)

# As many different values are looked for among the first rows, and then among all.
_FEW, _FIRST = 16, 64
_READ = re.compile(r'\bNEW\."?(\w+)')

#: Values by column of some of the rows, with their numbers as ``fid``: the other columns have
#: the same value in all of them, from its default.
Columns = Mapping[str, Sequence]


#: Done for all rows after a ``fid``, given these rows (None: they are the history's own);
#: sqlite3.IntegrityError with the rule's sentence if one breaks a rule.
Job = Callable[[sqlite3.Connection, int, Optional[Sequence[Columns]]], None]


def insert_work(schema: Schema, table: Table) -> dict[str, Job]:
    """Return what does the work of each trigger on INSERT, by its name, in their order.

    GDAL's trigger that counts rows is among them; the one that keeps the spatial index is not
    (``triggers.index_trigger``): no SQL reads the sides of a geometry.
    """

    def note(connection: sqlite3.Connection, last: int, written: Sequence[Columns] | None) -> None:
        given = frozenset().union(*written or ())
        # One with a default that is not written has it.
        empty = [one.name for one in table.fields if not (one.default or one.name in given)]
        connection.execute(noted_together(table, empty if written else ()), (last,))

    def count(connection: sqlite3.Connection, last: int, _written: object) -> None:
        connection.execute(counted_together(table), (last,))

    work: dict[str, Job] = {check_trigger(table): NewRowRules(schema, table).keep}
    if table.tracked:
        work[history_trigger(table)] = note
    return {**work, count_trigger(table): count}


class Seen(NamedTuple):
    """What is known of new rows: columns in which many values are, rows that show all others."""

    many: frozenset[str]
    examples: frozenset[int]


class NewRowRules:
    """The rules that each new row of a table keeps to."""

    def __init__(self, schema: Schema, table: Table) -> None:
        self._table = table.name
        self._rules = [
            (rule, frozenset(_READ.findall(rule.when))) for rule in checks_of(schema, table)
        ]
        self._columns = frozenset().union(*(names for _rule, names in self._rules))

    def keep(
        self, connection: sqlite3.Connection, last: int, written: Sequence[Columns] | None
    ) -> None:
        """Refuse new rows of which one breaks a rule, with the sentence of the first (``Job``)."""
        seen = self._history_seen(last) if written is None else self._seen(written)
        shown = [rule for rule, names in self._rules if len(names) == 1 and not names & seen.many]
        others = [rule for rule, _names in self._rules if rule not in shown]
        after = "{t} AS NEW WHERE NEW.fid > ?"
        among = "json_each(?) AS example CROSS JOIN {t} AS NEW ON NEW.fid = example.value WHERE 1"
        if not (
            self._first(connection, shown, among, json.dumps(sorted(seen.examples)))
            or self._first(connection, others, after, last)
        ):
            return
        # The same row and rule are named however they were asked.
        rules = [rule for rule, _names in self._rules]
        raise sqlite3.IntegrityError(self._first(connection, rules, after, last))

    def _first(
        self, connection: sqlite3.Connection, rules: Sequence[Rule], where: str, value: int | str
    ) -> str | None:
        if not rules:
            return None
        cases = " ".join(f"WHEN {rule.when} THEN {literal(rule.sentence)}" for rule in rules)
        statement = stitch(
            "SELECT (CASE {cases} END) AS sentence FROM {rows} AND sentence IS NOT NULL LIMIT 1",
            cases=cases,
            rows=compose(where, t=self._table),
        )
        found = connection.execute(statement, (value,)).fetchone()
        return found[0] if found else None

    def _history_seen(self, last: int) -> Seen:
        return Seen(self._columns.difference(ALIKE), frozenset((last + 1,)))

    def _seen(self, written: Iterable[Columns]) -> Seen:
        many: set[str] = set()
        examples: set[int] = set()
        for columns in written:
            examples.add(columns["fid"][0])
            for name in self._columns.intersection(columns):
                shown = _examples(columns[name], columns["fid"])
                if shown:
                    examples.update(shown.values())
                else:
                    many.add(name)
        return Seen(frozenset(many), frozenset(examples))


def _examples(values: Sequence, numbers: Sequence[int]) -> Mapping[str | None, int]:
    """Return a row for each value of a column, none if these are many, or not all of them text.

    Python takes for the same what a column keeps as different: 1 and 1.0.
    """
    if len(set(values[:_FIRST])) > _FEW:
        return {}
    shown = dict(zip(values, numbers))
    alike = all(value is None or isinstance(value, str) for value in shown)
    return shown if len(shown) <= _FEW and alike else {}
