# SPDX-License-Identifier: GPL-2.0-or-later
"""Recognising a record that is already there.

By its own identifier, then by the institution's code for it, then by its name and commune
within the institution. A name alone never decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

from .duplicates.records import SignReader
from .duplicates.scoring import weigh_names
from .keys import fresh_keys, is_key
from .schema import Table
from .text import fold

Record = Mapping[str, Any]
#: By what a record was recognised.
KEY, CODE, NAME = "key", "code", "name"
#: By what a record is found, and its sign: one text, which takes less memory than several.
Signs = Sequence[tuple[str, str]]


class Match(NamedTuple):
    """A record that a row names, by what, and the record that it was merged into, if it was."""

    record: Record
    by: str
    replaced_by: Record | None = None


class Claimed(Mapping):
    """A record that a file makes: its values, which are not copied, and the key it will have."""

    __slots__ = ("_key", "_name", "_values")

    def __init__(self, values: Record, name: str, key: str) -> None:
        self._values, self._name, self._key = values, name, key

    def __getitem__(self, name: str) -> Any:
        return self._key if name == self._name else self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value, or the default."""
        return self._key if name == self._name else self._values.get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter({**self._values, self._name: self._key})

    def __len__(self) -> int:
        return len({**self._values, self._name: self._key})


class Known:
    """The records of a table, found by the ways in which files name them.

    What a file makes is kept as its values and its key: most of it nobody looks at again.
    """

    def __init__(self, records: Iterable[Record], table: Table) -> None:
        self._key = table.key
        self._coded = table.field(table.key).type != "uuid"
        self._fresh = fresh_keys()
        self._found: dict[str, Record | tuple[Record, str]] = {}
        # A record that stands goes before one that was merged and may bear the same name.
        for record in sorted(records, key=lambda one: bool(one.get("replaced_by"))):
            self.add(record)

    def add(self, record: Record) -> None:
        """Remember a record; the first of two that look alike stays."""
        for _by, sign in self.signs(record):
            self._found.setdefault(sign, record)

    def claim(self, values: Record, signs: Signs) -> str:
        """Remember a record that a file makes, and return the key that it will have."""
        key = self.new(values)
        claimed = (values, key)
        if self._coded:  # a UUID is in the values, or was just made and nobody can name it
            self._found.setdefault(_sign(KEY, key.lower()), claimed)
        for _by, sign in signs:
            self._found.setdefault(sign, claimed)
        return key

    def new(self, values: Record) -> str:
        """Return the key of a record that a file makes."""
        given = values.get(self._key)
        if self._coded:
            return given or self._made(values)
        return given.lower() if given and is_key(given) else next(self._fresh)

    def _made(self, values: Record) -> str:
        """Return a key that is a code, made from a name.

        Two long names may begin alike: a key that a record has already is not made again.
        """
        words = fold(values.get("name_fr") or values.get("name_ar") or "").upper()
        made = re.sub(r"\W+", "-", words)[:40] or next(self._fresh)
        again = chain([made], (f"{made}-{number}" for number in count(2)))
        return next(one for one in again if _sign(KEY, one.lower()) not in self._found)

    def find(self, record: Record, signs: Signs) -> Match | None:
        """Return the record that a row speaks of, None if it is new; ``signs`` are the row's.

        Its identifier decides. Without one, two records whose own codes differ are two, however
        alike their names are.
        """
        for by, sign in signs:
            if sign not in self._found:  # as nearly all of a new file
                continue
            found = self._at(sign)
            if found is not None and (by == KEY or not _told_apart(found, record)):
                stands = self._followed(found)
                return Match(found, by, None if stands is found else stands)
        return None

    def contradicting(self, match: Match, record: Record, signs: Signs) -> Record | None:
        """Return another record that the code of a row names, or without one its name.

        ``match`` was found by the row's identifier or by its code. Somebody who sorts some columns
        of a sheet and not the others moves identifiers and codes to other rows.
        """
        own = {sign for _by, sign in self.signs(match.record)}
        for by, sign in signs:
            if by in (KEY, match.by):
                continue
            found = self._at(sign)
            if sign in own or (found is not None and self._one(found, match.record)):
                return None
            if found is not None and (match.by == CODE or not _told_apart(found, record)):
                return found
        return None

    def _at(self, sign: str) -> Record | None:
        found = self._found.get(sign)
        return Claimed(found[0], self._key, found[1]) if isinstance(found, tuple) else found

    def _one(self, one: Record, other: Record) -> bool:
        return self._followed(one)[self._key] == self._followed(other)[self._key]

    def _followed(self, record: Record) -> Record:
        """Return the record that stands for one which was merged into it."""
        passed = set()
        while record.get("replaced_by") and record[self._key] not in passed:
            passed.add(record[self._key])
            record = self._at(_sign(KEY, record["replaced_by"].lower())) or record
        return record

    def signs(self, record: Record) -> Signs:
        """Return by what a record is found, the surest first."""
        said, signs = record.get, []
        institution, key, code = said("institution_code"), said(self._key), said("external_id")
        if key:
            signs.append((KEY, _sign(KEY, key.lower())))
        if code:
            signs.append((CODE, f"{CODE}\0{institution}\0{fold(code)}"))
        name = said("name_fr") or said("name_ar")
        if name:
            signs.append((NAME, f"{NAME}\0{institution}\0{said('commune_code')}\0{fold(name)}"))
        return signs


def _sign(by: str, key: str) -> str:
    return f"{by}\0{key}"


def _told_apart(one: Record, other: Record) -> bool:
    mine, theirs = one.get("external_id"), other.get("external_id")
    return bool(mine and theirs and fold(mine) != fold(theirs))


def is_elsewhere(record: Record, said: Record, reader: SignReader) -> bool:
    """Return whether a row says another town than a record, and a name that is no form of its own.

    A renumbered list gives one place's code to another one: what has a new name in the same
    town, or the same name in a new one, is a correction, and both at once is another place. What
    either does not say tells nothing.
    """
    if not said.get("commune_code") or not record.get("commune_code"):
        return False
    shared = [name for name in ("name_fr", "name_ar") if said.get(name) and record.get(name)]
    if said["commune_code"] == record["commune_code"] or not shared:
        return False
    compared = (*shared, "commune_code", "institution_code")
    mine, theirs = (reader.sign({name: one.get(name) for name in compared})
                    for one in (record, said))  # fmt: skip
    return mine.town.code != theirs.town.code and weigh_names(mine, theirs).points < 0
