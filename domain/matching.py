# SPDX-License-Identifier: GPL-2.0-or-later
"""Recognising a record that is already there.

By its own identifier, then by the institution's code for it, then by its name and commune
within the institution. A name alone never decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .keys import new_key
from .schema import Table
from .text import fold

Record = Mapping[str, Any]


class Known:
    """The records of a table, found by the ways in which files name them."""

    def __init__(self, records: Iterable[Record], key: str) -> None:
        self._key = key
        self._found: dict[tuple, Record] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> None:
        """Remember a record; the first of two that look alike stays."""
        for sign in self._signs(record):
            self._found.setdefault(sign, record)

    def find(self, record: Record) -> Record | None:
        """Return the record that a row speaks of, None if it is new.

        Two records whose own codes differ are two, however alike their names are.
        """
        for sign in self._signs(record):
            found = self._found.get(sign)
            if found is not None and not _told_apart(found, record):
                return self._followed(found)
        return None

    def _followed(self, record: Record) -> Record:
        """Return the record that stands for one which was merged into it."""
        passed = set()
        while record.get("replaced_by") and record[self._key] not in passed:
            passed.add(record[self._key])
            record = self._found.get(("key", record["replaced_by"]), record)
        return record

    def _signs(self, record: Record) -> Iterable[tuple]:
        institution = record.get("institution_code")
        if record.get(self._key):
            yield ("key", record[self._key])
        if record.get("external_id"):
            yield ("external", institution, fold(record["external_id"]))
        name = record.get("name_fr") or record.get("name_ar")
        if name:
            yield ("name", institution, fold(name), record.get("commune_code"))


def _told_apart(one: Record, other: Record) -> bool:
    mine, theirs = one.get("external_id"), other.get("external_id")
    return bool(mine and theirs and fold(mine) != fold(theirs))


def choose_key(table: Table, values: Record) -> str:
    """Return the key of a new record: its own, one made from its name, or a UUID."""
    if values.get(table.key):
        return values[table.key]
    if table.field(table.key).type == "uuid":
        return new_key()
    words = fold(values.get("name_fr") or values.get("name_ar") or "").upper()
    return re.sub(r"\W+", "-", words)[:40] or new_key()
