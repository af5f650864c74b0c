# SPDX-License-Identifier: GPL-2.0-or-later
"""Checking a whole store with the importer's own rules, and keeping what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from ..domain.checks import CHECKS_OF, Check, check_all
from ..domain.context import Context, locating
from ..domain.duplicates import duplicate_findings
from ..domain.progress import Progress, silent, within
from ..domain.references import References
from ..domain.report import BLOCKING, Finding, counted
from ..domain.stored_values import references_exist, values_can_be_read
from .boundaries import load_gazetteer, load_locator
from .bulk import chunks
from .database import Row, Store
from .findings import finding_of, finding_sign, not_ignored, record_findings, row_sign
from .search import NewSite, Search

# Rules of reading a file (domain.records), which no look at the record can ask again.
READ_RULES = frozenset(
    ("cell_error", "coordinates_projected", "coordinates_unreadable", "date_unreadable",
     "email_unreadable", "formula_uncomputed", "hours_unreadable", "number_out_of_bounds",
     "number_unreadable", "phone_before_2009", "phone_unreadable", "place_ambiguous",
     "place_conflict", "place_doubtful", "place_old_region", "place_wider",
     "reference_unknown", "region_unknown", "services_kept", "term_unknown", "website_unreadable")
)  # fmt: skip
# The importer asks this of the cells of a file; here it is asked of what is stored.
_OF_STORED = (values_can_be_read, references_exist)


@dataclass(frozen=True)
class CheckResult:
    """What a check of a store found; ignored findings are not counted."""

    blocking: int
    warnings: int
    findings: tuple[Finding, ...]


def check_store(
    store: Store, progress: Progress = silent, today: date | None = None
) -> CheckResult:
    """Check every record that is not closed; the findings are kept in the store.

    What a file said and nobody has answered yet counts as well: the result is what is open.
    """
    rows = {table: store.rows(table) for table in CHECKS_OF}
    records = {row[store.schema.table(table).key]: row for table in rows for row in rows[table]}
    there = [row for row in rows["site"] if row["status"] != "closed"]
    sites = [NewSite(number, row["site_id"], row) for number, row in enumerate(there)]
    # In a second process while the rules are asked.
    with closing(Search()) as search:
        search.among({}, load_gazetteer(), len(sites))
        for site in sites:
            search.expect(site)
        found = list(_broken(store, rows, today or date.today(), progress))
        pairs = search.pairs(sites, within(progress, 0.5, 0.5))
    found += duplicate_findings(pairs, records)
    mine = _mine(store, records)
    with store.transaction():
        kept = [one for one in found if one.key in mine]
        record_findings(store, kept, "", list(mine), lambda row: _only_in_the_file(row, records))
    found += _unanswered(store, found)
    shown = tuple(not_ignored(store, found))
    blocking, warnings = counted(shown)
    progress(1.0, "")
    return CheckResult(blocking, warnings, shown)


def _broken(
    store: Store, rows: Mapping[str, Sequence[Row]], today: date, progress: Progress
) -> Iterator[Finding]:
    """Yield what the rules say of each record that is not closed."""
    context = _context(store, rows, today)
    for table, checks in CHECKS_OF.items():
        key = store.schema.table(table).key
        stale = stale_translations(store, table, rows[table])
        context = locating(replace(context, key=key, stale=stale), rows[table])
        open_ones = [row for row in rows[table] if row["status"] != "closed"]
        asked = _found(open_ones, context, (*checks, *_OF_STORED), table)
        for done, (row, found) in enumerate(asked):
            if done % 200 == 0:
                progress(0.5 * done / len(open_ones), f"{done} / {len(open_ones)}")
            for one in found:
                yield one._replace(key=row[key])


def _found(
    rows: Sequence[Row], context: Context, checks: Sequence[Check], table: str
) -> Iterator[tuple[Row, Sequence[Finding]]]:
    """Yield each record with what the rules say of it."""
    for some in chunks(rows):
        yield from zip(some, check_all(some, context, checks, table))


def blocking_findings(store: Store, today: date | None = None) -> tuple[Finding, ...]:
    """Return what forbids the publication of records that are published and public.

    The rules are asked anew, so that what was mended since the last check no longer counts;
    nothing is written. What somebody ignored, and said why, does not block.
    """
    context = Context(
        schema=store.schema,
        today=today or date.today(),
        gazetteer=load_gazetteer(),
        locator=load_locator(),
    )
    found: list[Finding] = []
    for table, checks in CHECKS_OF.items():
        key = store.schema.table(table).key
        rows = store.rows(table, status="published", visibility="public")
        context = locating(context, rows)
        for row, broken in _found(rows, context, checks, table):
            found += [one._replace(key=row[key]) for one in broken if one.severity == BLOCKING]
    return tuple(not_ignored(store, found))


def _unanswered(store: Store, found: Iterable[Finding]) -> list[Finding]:
    """Return what is open in the store beside what a check finds: what files said."""
    known = {finding_sign(one) for one in found}
    kept = store.rows("finding", state="open")
    return [finding_of(row) for row in kept if row_sign(row) not in known]


def _mine(store: Store, records: Mapping[str, Row]) -> set[str]:
    """Return the records whose findings this account may keep: those that it may write."""
    codes = store.institutions()
    return {
        key for key, row in records.items() if codes is None or row["institution_code"] in codes
    }


def _only_in_the_file(finding: Row, records: Mapping[str, Row]) -> bool:
    """Return whether a finding is about a cell that nobody has answered yet.

    What could not be read stood in the file and left its field empty: only a value in that
    field, or the file's next import, settles it. What a check found stood in the record.
    """
    if finding["rule"] not in READ_RULES or not finding["batch_id"]:
        return False
    record = records.get(finding["key"], {})
    field = "lon" if finding["field"] == "geom" else finding["field"]
    return finding["rule"] == "place_doubtful" or not record.get(field)


def _context(store: Store, rows: Mapping[str, Sequence[Row]], today: date) -> Context:
    offers = store.rows("offer")
    offering: dict[str, set[str]] = {}
    for offer in offers:
        offering.setdefault(offer["service_id"], set()).add(offer["site_id"])
    phoned = {row["site_id"] for row in rows["site"] if row["phone"] or row["phone_2"]}
    called = {row["code"] for row in store.rows("institution") if row["phone"]}
    services = rows["service"]
    return Context(
        schema=store.schema,
        today=today,
        gazetteer=load_gazetteer(),
        locator=load_locator(),
        offered=frozenset(offer["site_id"] for offer in offers),
        unplaced=frozenset(
            row["service_id"] for row in services if row["service_id"] not in offering
        ),
        reachable=frozenset(
            row["service_id"]
            for row in services
            if row["institution_code"] in called or offering.get(row["service_id"], set()) & phoned
        ),
        references=References(store.each),
    )


def stale_translations(store: Store, table: str, rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return, by record, those of the translations in a table's rows older than their French text.

    Read from the history: a French text that changed after the translation last did.
    """
    definition = store.schema.table(table)
    pairs = [
        (f"{field.base}_fr", field.name)
        for field in definition.fields
        if field.language and field.language != "fr"
    ]
    changed: dict[tuple[str, str], int] = {}
    for number, change in enumerate(store.rows("change", table_name=table, action="update")):
        before, after = json.loads(change["before"]), json.loads(change["after"])
        for name in {name for pair in pairs for name in pair}:
            if before.get(name) != after.get(name):
                changed[change["key"], name] = number
    current = {row[definition.key]: row for row in rows} if changed else {}
    stale: dict[str, tuple[str, ...]] = {}
    for key, row in current.items():
        names = tuple(
            other
            for french, other in pairs
            if row[other] and changed.get((key, french), -1) > changed.get((key, other), -1)
        )
        if names:
            stale[key] = names
    return stale
