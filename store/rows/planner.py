# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of each row of a file: created, updated, unchanged or refused, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, starmap
from typing import Any

from ...domain.checks import (
    CHECKS_OF,
    check_all,
    service_can_be_reached,
    site_offers_something,
    telephone_access_has_a_number,
    without_doubles,
)
from ...domain.collecting import Kept, given_up, packed
from ...domain.context import Context, locating
from ...domain.duplicates import duplicate_findings
from ...domain.progress import Progress
from ...domain.records import Candidate, Reader, same_name
from ...domain.report import BLOCKING, WARNING, Finding, blocks, refuses
from ..boundaries import load_locator
from ..database import Store
from ..directory import Directory
from ..search import NewSite, Search
from .offers import Offers
from .planned import CREATED, REFUSED, UNCHANGED, UPDATED, KeptFindings, Planned
from .row_reader import Block, RowReader
from .targets import Target, Targets, name_of

Row = tuple[Candidate, "Target | None"]
# Rules that look at other records too: a check of the whole store asks them.
_OF_THE_STORE = (site_offers_something, service_can_be_reached, telephone_access_has_a_number)
_NOTHING = packed({})
_AT_ONCE = 256  # rows between two looks at their findings


class RowPlanner:
    """Decides row by row; remembers the keys that the file itself has used.

    ``stored`` are the records of the table by key, ``named`` the keys of those that rows name,
    ``unsure`` the services, by institution and folded name, that rows name which are decided late.
    """

    def __init__(self, store: Store, reader: Reader, directory: Directory, status: str) -> None:
        self._reader = reader
        self._directory = directory
        self._rows = RowReader(reader, directory)
        self._status = status
        self._table = reader.table
        key = self._table.key
        self.stored = {row[key]: Kept(row) for row in store.each(self._table.name)}
        self.named: Collection[str] = ()
        self.unsure: set[tuple[str | None, str]] = set()
        self._kept = KeptFindings(self._table.name)
        self._offers = Offers(store)
        self._finder = Targets(self._table, self.stored, reader.gazetteer)
        self._context = Context(
            schema=store.schema,
            today=date.today(),
            gazetteer=reader.gazetteer,
            locator=load_locator() if self._table.geometry else None,
        )

    def _target(self, candidate: Candidate, alone: bool, search: Search) -> Target | None:
        """Return whom a row is about, as ``Targets.of``; sites that may be new are looked for."""
        target = self._finder.of(candidate, alone)
        if target and target.stored is None and self._table.geometry:
            search.expect(NewSite(candidate.row, target.key, candidate.values))
        return target

    def plan_all(self, blocks: Iterable[Block], search: Search) -> Iterator[Planned]:
        """Return what becomes of each row of a file that is read meanwhile.

        The rules are asked of the record that results, not of the row alone. Rows that are about
        one record must say the same: if they differ, none is taken, since which of them is right
        cannot be told from their order. So what stands alone and is new is decided at once, and
        the others, after it, when all are read.
        """
        waiting: list[Row] = []
        for block in blocks:
            candidates = self._rows.read_some(block)
            asked = zip(candidates, block.sharing.alike)
            targets = [self._target(one, not alike, search) for one, alike in asked]
            now: list[Row] = []
            for candidate, target, twin in zip(candidates, targets, block.sharing.twins):
                later = target and (twin or target.stored is not None)
                (waiting if later else now).append((candidate, target))
                if later:
                    whose = candidate.values.get("institution_code")
                    self.unsure.update((whose, same_name(name)) for name in candidate.services)
            self._check(now, locating(self._context, starmap(_result, now)))
            yield from starmap(self._outcome, now)
        self.named = self._finder.named
        self._finder.settle()
        yield from self._plan_waiting(waiting)

    def _plan_waiting(self, waiting: list[Row]) -> Iterator[Planned]:
        """Decide rows that are about stored records, or several about one; empties the list."""
        context = locating(self._context, starmap(_result, waiting))
        twins = self._twins(waiting, context)
        rows = given_up(waiting)
        while some := list(islice(rows, _AT_ONCE)):
            self._check([row for row in some if row[1] and row[1].key not in twins], context)
            for candidate, target in some:
                alike = twins.get(target.key, ()) if target else ()
                yield self._outcome(candidate, target, alike)

    def _check(self, rows: Sequence[Row], context: Context) -> None:
        """Complete the findings of some hundred rows with what the rules find."""
        found = self._checked_all([row[0] for row in rows], [row[1] for row in rows], context)
        for (candidate, _target), findings in zip(rows, found):
            candidate.findings = findings

    def _outcome(
        self, candidate: Candidate, target: Target | None, alike: Sequence[Candidate] = ()
    ) -> Planned:
        """Return what becomes of a row that was checked; ``alike`` speak for the same record."""
        if target is None or refuses(candidate.findings):
            return self._refused(candidate)
        if alike and (candidate is not alike[0] or _contradict(alike)):
            return self._refused(candidate, _twice(candidate, alike))
        if self._owner(target.key) not in (None, candidate.values.get("institution_code")):
            return self._refused(candidate, _not_theirs(self._owner(target.key)))
        if target.replaced_by:
            return self._passed_over(candidate, target.key, target.replaced_by)
        other = self._finder.elsewhere(candidate, target)
        return self._refused(candidate, other) if other else self._decided(candidate, target)

    def _twins(self, rows: Sequence[Row], context: Context) -> Mapping[str, Sequence[Candidate]]:
        """Return, by the keys that several rows name, those rows that speak for the record.

        These rows are checked here: one that is refused speaks for none.
        """
        times = Counter(target.key for _candidate, target in rows if target)
        twins: dict[str, list[Candidate]] = {key: [] for key, many in times.items() if many > 1}
        alike = [row for row in rows if row[1] and row[1].key in twins] if twins else []
        self._check(alike, context)
        for candidate, target in alike:
            if target and not target.replaced_by and not refuses(candidate.findings):
                twins[target.key].append(candidate)
        return {key: some if len(some) > 1 else () for key, some in twins.items()}

    def ready(self, search: Search, most: int) -> None:
        """Say to a search what new sites may resemble, and how many of them there are at most."""
        search.among(self.stored, self._reader.gazetteer, most if self._table.geometry else 0)

    def with_duplicates(
        self, planned: Sequence[Planned], search: Search, progress: Progress
    ) -> list[Planned]:
        """Add to new sites the warning that they resemble another, of the store or the file."""
        new = [row for row in planned if row.outcome == CREATED and self._table.geometry]
        pairs = search.pairs(new, progress)
        others = {pair.key_b for pair in pairs}
        sites = {**self.stored, **{row.key: row.values for row in new if row.key in others}}
        found: dict[str, tuple[Finding, ...]] = {}
        for finding in duplicate_findings(pairs, sites):
            found[finding.key] = (*found.get(finding.key, ()), finding)
        return [_with_more(row, found.get(row.key)) for row in planned]

    def _checked_all(
        self, candidates: Sequence[Candidate], targets: Sequence[Target | None], context: Context
    ) -> list[tuple[Finding, ...]]:
        """Return what was found in reading each of some hundred rows, and what the rules find."""
        checks = CHECKS_OF.get(self._table.name, ())
        of_stored = tuple(one for one in checks if one not in _OF_THE_STORE)
        stored = [target is not None and target.stored is not None for target in targets]
        results = list(map(_result, candidates, targets))
        found = [one.findings for one in candidates]
        for known, asked in ((False, checks), (True, of_stored)):
            places = [place for place, one in enumerate(stored) if one is known]
            more = check_all([results[place] for place in places], context, asked)
            for place, some in zip(places, more):
                read = _sought(found[place], results[place]) if known else found[place]
                found[place] = without_doubles(read + some)
        return found

    def _owner(self, key: str) -> str | None:
        """Return whose a record is that the file of one institution names, None if that is new."""
        if self._directory.default is None:
            return None
        record = self.stored.get(key)
        return None if record is None else record.get("institution_code")

    def _refused(self, candidate: Candidate, *more: Finding) -> Planned:
        candidate.note(*more)
        found = self._kept.taken(candidate)
        return Planned(candidate.row, REFUSED, "", packed(candidate.values), _NOTHING, found)

    def _decided(self, candidate: Candidate, target: Target) -> Planned:
        values, key = candidate.values, target.key
        if target.stored is None:
            if self._table.common:
                values["status"] = "draft" if blocks(candidate.findings) else self._status
            outcome = CREATED
        else:
            unnamed = self._offers.unnamed(key, candidate)
            if unnamed:
                candidate.find("services_kept", WARNING, field="services", value=unnamed)
            outcome = UPDATED if target.changes or self._offers.adds(key, candidate) else UNCHANGED
        said = packed(values)
        return Planned(
            candidate.row,
            outcome,
            key,
            said,
            said if target.stored is None else packed(target.changes),
            self._kept.taken(candidate),
            candidate.services,
            self._offers.sites_for(key, candidate),
        )

    def _passed_over(self, candidate: Candidate, key: str, kept: Mapping[str, Any]) -> Planned:
        """A row about a record that was merged into another one changes neither."""
        merged = Finding(
            "record_merged",
            WARNING,
            value=name_of(self.stored[key]),
            params={"record": name_of(kept)},
        )
        found = self._kept.same((merged,))
        return Planned(candidate.row, UNCHANGED, key, packed(candidate.values), _NOTHING, found)


def _result(candidate: Candidate, target: Target | None) -> Mapping[str, Any]:
    return target.result(candidate.values) if target else candidate.values


def _sought(found: tuple[Finding, ...], record: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return what was found, less that a row names no place if its record is in one already."""
    if record.get("commune_code") or record.get("lon") is not None:
        return tuple([one for one in found if one.rule != "place_missing"])
    return found


def _with_more(row: Planned, found: tuple[Finding, ...] | None) -> Planned:
    return row._replace(found=row.found + found) if found else row


def _contradict(rows: Sequence[Candidate]) -> bool:
    return any(one.values != rows[0].values for one in rows)


def _not_theirs(owner: str | None) -> Finding:
    return Finding(
        "record_of_another", BLOCKING, field="institution_code", value=owner or "", refuses=True
    )


def _twice(candidate: Candidate, twins: Sequence[Candidate]) -> Finding:
    other = next(one for one in twins if one is not candidate)
    return Finding(
        "identifier_twice",
        BLOCKING,
        field="external_id",
        value=candidate.values.get("external_id") or candidate.values.get("name_fr", ""),
        params={"line": other.row},
        refuses=True,
    )
