# SPDX-License-Identifier: GPL-2.0-or-later
"""Which record each row of a file is about, and what the row would change in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...domain.duplicates.records import SignReader
from ...domain.keys import is_key
from ...domain.matching import CODE, KEY, NAME, Known, Match, Signs, is_elsewhere
from ...domain.places.gazetteer import Gazetteer
from ...domain.records import Candidate, fineness
from ...domain.report import BLOCKING, INFO, WARNING, Finding, refuses
from ...domain.schema import Table
from ...domain.text import fold

Record = Mapping[str, Any]
#: What a row may not change by itself once the record exists.
NOT_FROM_FILES = (
    "status", "visibility", "batch_id", "source_row", "created_at", "created_by", "updated_at",
    "updated_by",
)  # fmt: skip


class Target(NamedTuple):
    """The record that a row is about: its key, as it is stored (None: new), what would change.

    ``by`` is what it was recognised by, ``replaced_by`` the record that it was merged into.
    """

    key: str
    stored: Record | None
    changes: Mapping[str, Any]
    by: str = ""
    replaced_by: Record | None = None

    def result(self, values: Record) -> Record:
        """Return the record that results when a row with these values is taken in."""
        return values if self.stored is None else {**self.stored, **self.changes}


class Targets:
    """Finds the record of each row, in the store or earlier in the file.

    ``named`` are the keys of all records that rows are about, those of refused rows too.
    """

    def __init__(self, table: Table, stored: Mapping[str, Record], gazetteer: Gazetteer | None):
        self._table = table
        self._stored = stored
        self._known = Known(stored.values(), table)
        self._signs = SignReader(gazetteer)
        self.named: set[str] = set()
        self._claimed: set[str] = set()  # by rows that bear another record's identifier

    def of(self, candidate: Candidate, alone: bool = False) -> Target | None:
        """Return whom a row is about, None if it is refused; what is odd is noted on the row.

        It stands ``alone`` if no other row of the file has its identifier, code or name: it then
        need not be remembered, which takes much memory, nor looked for where nothing is stored.
        """
        if candidate.findings and refuses(candidate.findings):
            return None
        values = candidate.values
        asked = self._stored or not alone
        signs = self._known.signs(values) if asked else []
        match = self._known.find(values, signs)
        if match is not None:
            self.named.add(match.record[self._table.key])
        if values.get(self._table.key) and (match is None or match.by != KEY):
            self._unknown(candidate, match)
            signs = self._known.signs(values) if asked else []
        if match is None:
            made = self._known.new(values) if alone else self._known.claim(values, signs)
            return Target(made, None, values)
        if match.by != NAME and self._contradicted(candidate, match, signs):
            return None
        key = match.record[self._table.key]
        stored = self._stored.get(key)
        if stored is None:
            return Target(key, None, values, match.by)
        if stored.get("institution_code") and not values.get("institution_code"):
            values["institution_code"] = stored["institution_code"]
        changes = {} if match.replaced_by else differences(stored, values, self._table.key)
        if match.by == KEY and "external_id" in changes:
            self._known.add({**stored, **changes})  # nobody else in the file has the new code
        return Target(key, stored, changes, match.by, match.replaced_by)

    def settle(self) -> None:
        """Give up what rows are recognised by, once all are: it takes much memory."""
        self._known = Known((), self._table)

    def elsewhere(self, candidate: Candidate, target: Target) -> Finding | None:
        """Return why a row is probably about another place than the record that it names.

        Where both its identifier and its code name that record, it was moved and renamed.
        """
        record, values = target.stored, candidate.values
        if target.by == NAME or record is None:
            return None
        code = values.get("external_id")
        twice = target.by == KEY and code and fold(code) == fold(record.get("external_id"))
        claimed = target.by == KEY and target.key in self._claimed and _renamed(record, values)
        if twice or not (claimed or is_elsewhere(record, values, self._signs)):
            return None
        by_code = target.by == CODE
        field = "external_id" if by_code else self._table.key
        return Finding(
            "code_of_another_place" if by_code else "identifier_of_another_place", BLOCKING,
            field=field, value=values[field], refuses=True,
            params={"record": name_of(record), "unit": record["commune_code"]},
        )  # fmt: skip

    def _unknown(self, candidate: Candidate, match: Match | None) -> None:
        """Note an identifier that no record has; it makes a new one only if it is whole.

        A whole one is kept (an export read into another store leads to the same records), and
        that is mere information. A table whose key is its code (programmes) has new codes.
        """
        key = self._table.key
        given = candidate.values[key]
        coded = self._table.field(key).type != "uuid"
        kept = match is None and (coded or is_key(given))
        if not kept:
            del candidate.values[key]
        if not (kept and coded):
            severity = INFO if kept else WARNING
            candidate.find("identifier_unknown", severity, field=key, value=given)

    def _contradicted(self, candidate: Candidate, match: Match, signs: Signs) -> bool:
        other = self._known.contradicting(match, candidate.values, signs)
        if other is not None and match.by == CODE:
            # ``elsewhere`` says more of a code that went to another town.
            other = None if is_elsewhere(match.record, candidate.values, self._signs) else other
        if other is not None:
            self._claimed.add(other[self._table.key])
            self.named.add(other[self._table.key])
            field = self._table.key if match.by == KEY else "external_id"
            candidate.find(
                "identifier_conflict", BLOCKING, field=field,
                value=candidate.values[field], refuses=True,
                params={"record": name_of(match.record), "other": name_of(other)},
            )  # fmt: skip
        return other is not None


def _renamed(record: Record, values: Record) -> bool:
    shared = [name for name in ("name_fr", "name_ar") if values.get(name) and record.get(name)]
    return bool(shared) and all(fold(values[name]) != fold(record[name]) for name in shared)


def name_of(record: Record) -> str:
    """Return a record's name with the institution's code for it, to find it again."""
    name, code = record.get("name_fr") or record.get("name_ar") or "", record.get("external_id")
    return f"{name} ({code})" if code else name


def _noted(present: str | None, said: str) -> str:
    """Return the internal note with the lines that it lacks: what colleagues wrote there stays."""
    lines = (present or "").splitlines()
    return "\n".join([*lines, *(one for one in said.splitlines() if one not in lines)])


def differences(stored: Record, values: Record, key: str) -> dict[str, Any]:
    """Return what a row changes; an empty cell says nothing, a coarser position neither.

    A code that is only written differently (case, spaces) stays as it is; to the internal note,
    which is the cartographers' own, a row only adds.
    """
    changes = {
        name: value
        for name, value in values.items()
        if name not in NOT_FROM_FILES
        and name != key
        and value not in (None, "")
        and stored.get(name) != value
    }
    if "note_internal" in changes:
        note = _noted(stored.get("note_internal"), changes.pop("note_internal"))
        changes.update({"note_internal": note} if note != stored.get("note_internal") else {})
    if fold(stored.get("external_id")) == fold(changes.get("external_id")):
        changes.pop("external_id", None)
    mine = fineness(values.get("precision"))
    theirs = fineness(stored.get("precision"))
    if stored.get("lon") is not None and mine < theirs:
        for name in ("lon", "lat", "precision"):
            changes.pop(name, None)
    if ("lon" in changes) != ("lat" in changes):
        changes.update(lon=values["lon"], lat=values["lat"])
    return changes
