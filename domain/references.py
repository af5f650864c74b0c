# SPDX-License-Identifier: GPL-2.0-or-later
"""Which record a cell means that names another one: a service's programme, a site's successor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Callable

from .cells import Unreadable
from .schema import Table
from .text import fold

Record = Mapping[str, Any]
Rows = Callable[[str], Iterable[Record]]


class References:
    """The records that others may refer to; ``rows`` gives those of a table, asked for once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._spelled: dict[str, Mapping[str, str]] = {}
        self._keys: dict[str, frozenset[str]] = {}

    def read(self, text: str, table: Table) -> str:
        """Return the key of the record that a cell names: by its key, else by its only name.

        A name that several records bear is none's. Raises Unreadable; the key of a record that is
        spelt nearly so is proposed where people read it (no UUID).
        """
        known = self._of(table)
        if text in self._keys[table.name]:
            return text
        folded = fold(text)
        if known.get(folded):
            return known[folded]
        near: Sequence[str] = ()
        if folded not in known and table.field(table.key).type != "uuid":
            near = get_close_matches(folded, filter(known.get, known), n=1, cutoff=0.7)
        raise Unreadable("reference_unknown", text, known[near[0]] if near else "")

    def look_up(self, table: Table) -> None:
        """Ask for the records of a table now."""
        self._of(table)

    def has(self, key: str, table: Table) -> bool:
        """Return whether a table has a record with this key."""
        self._of(table)
        return key in self._keys[table.name]

    def _of(self, table: Table) -> Mapping[str, str]:
        """Return each folded spelling of a table's records with its key, "" if it is not clear."""
        if table.name not in self._spelled:
            names = [one.name for one in table.fields if one.base == "name"]
            keys: set[str] = set()
            named: dict[str, str] = {}
            coded: dict[str, str] = {}
            for row in self._rows(table.name):
                keys.add(row[table.key])
                for name in names:
                    _spell(named, row.get(name), row[table.key])
            self._keys[table.name] = frozenset(keys)
            for key in keys:
                _spell(coded, key, key)
            self._spelled[table.name] = {**named, **coded}
        return self._spelled[table.name]


def _spell(found: dict[str, str], text: str | None, key: str) -> None:
    """Note what a record is called; what several are called is nobody's."""
    if text and found.setdefault(fold(text), key) != key:
        found[fold(text)] = ""
