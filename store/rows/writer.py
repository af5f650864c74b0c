# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing what was decided of each row of a file: records, services, offers, findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from operator import attrgetter
from typing import Any, NamedTuple

from ...domain.duplicates import RULE as DUPLICATE
from ...domain.keys import fresh_keys
from ...domain.progress import Progress
from ...domain.records import same_name
from ...domain.text import fold
from ..alongside import Handover
from ..bulk import chunks
from ..database import Row, Store
from ..findings import record_findings
from ..planning import CREATED, REFUSED, UNCHANGED, UPDATED, ImportPlan, Planned

# Rules that only a check of the whole store asks (``store.checking``), or only of new records.
_UNASKED = (DUPLICATE, "translation_stale", "telephone_missing", "service_nowhere")


_OFTEN = 200  # items after which somebody may say that they are not wanted any more


class _Parts(NamedTuple):
    """What is made of rows and written part by part; ``keys`` are of the records checked."""

    records: Handover
    changed: Handover
    services: Handover
    offers: Handover
    keys: Handover
    findings: Handover


class RowWriter:
    """Writes planned rows, making each service of an institution once."""

    def __init__(self, store: Store, plan: ImportPlan, batch: str, by: str) -> None:
        self._store = store
        self._plan = plan
        self._table = store.schema.table(plan.columns.table)
        self._batch = batch
        self._stamp = {"batch_id": batch, "updated_by": by or None}
        self._by = by
        self._services = {
            (row["institution_code"], same_name(row["name_fr"])): row["service_id"]
            for row in store.each("service")
        }
        self._offers = {(row["service_id"], row["site_id"]) for row in store.each("offer")}
        self._themes = _Themes(store)
        self._keys = fresh_keys()
        self._parts = _Parts(*(Handover() for _part in _Parts._fields))

    def make(self, decided: Iterable[Planned]) -> list[Planned]:
        """Make of decided rows what ``write`` writes meanwhile; return them in the file's order.

        The rows may still be on their way; nothing is asked of the store.
        """
        rows: list[Planned] = []
        with ExitStack() as ended:
            for part in self._parts:
                ended.callback(part.close)
            for lot in chunks(self._new(_kept(decided, rows))):
                self._parts.records.give(lot)
            self._parts.records.close()
            rows.sort(key=attrgetter("row"))  # the first row that names a service makes it
            found = (one for row in rows for one in row.problems if one.rule != DUPLICATE)
            keys = (row.key for row in rows if row.key)
            made: tuple[Iterator[Any], ...] = (
                self._changed(rows),
                self._new_services(rows),
                self._new_offers(rows),
            )
            for part, items in zip(self._parts[1:], (*made, keys, found)):
                for lot in chunks(items):
                    part.give(lot)
                part.close()
        return rows

    def write(self, progress: Progress) -> None:
        """Write the records, the services that they name, what is offered where, what was found.

        To be called beside ``make``, in a thread of its own; ``progress`` may raise Cancelled.
        """
        store, table = self._store, self._table.name
        records, changed, services, offers, keys, found = (
            self._coming(part, progress) for part in self._parts
        )
        try:
            store.load(table, records)
            store.update_many(table, changed)
            store.load("service", services)
            store.load("offer", offers)
            record_findings(
                store, found, self._batch, list(keys), lambda kept: kept["rule"] in _UNASKED
            )
        finally:
            for part in self._parts:
                part.give_up()

    @staticmethod
    def _coming(part: Handover, progress: Progress) -> Iterator[Any]:
        for number, item in enumerate(part):
            if number % _OFTEN == 0:
                progress(0.0, "")
            yield item

    def finish(self, plan: ImportPlan) -> None:
        """Write what was counted, and the duplicates found, once all rows are written."""
        counts = {name: plan.count(name) for name in (CREATED, UPDATED, UNCHANGED, REFUSED)}
        self._store.update("import_batch", self._batch, {"counts": json.dumps(counts)})
        alike = [row for row in plan.rows if any(one.rule == DUPLICATE for one in row.found)]
        found = [one for row in alike for one in row.problems if one.rule == DUPLICATE]
        checked = [row.key for row in alike]
        record_findings(self._store, found, self._batch, checked, lambda _kept: True)

    def _new(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if row.outcome == CREATED:
                values = row.changes
                values[self._table.key] = row.key
                if self._table.common:
                    values.update(self._stamp, source_row=row.row, created_by=self._by or None)
                yield values

    def _changed(self, rows: Iterable[Planned]) -> Iterator[tuple[str, Row]]:
        for row in rows:
            if row.outcome == UPDATED and row.changes:
                stamp = {**self._stamp, "source_row": row.row} if self._table.common else {}
                yield row.key, {**row.changes, **stamp}

    def _new_services(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if not row.services or row.outcome not in (CREATED, UPDATED):
                continue
            institution = row.value("institution_code")
            for name in row.services:
                known = (institution, same_name(name))
                if known not in self._services:
                    self._services[known] = next(self._keys)
                    yield {
                        **self._common(row),
                        "service_id": self._services[known],
                        "institution_code": known[0],
                        "name_fr": name,
                        "theme": self._themes.of(name),
                        "source": row.value("source"),
                    }

    def _new_offers(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if row.outcome not in (CREATED, UPDATED):
                continue
            institution = row.value("institution_code") if row.services else None
            named = (self._services[institution, same_name(name)] for name in row.services)
            pairs = [(service, row.key) for service in named]
            pairs += [(row.key, site) for site in row.offered_at]
            for pair in pairs:
                if pair not in self._offers:
                    self._offers.add(pair)
                    service, site = pair
                    yield {**self._common(row), "service_id": service, "site_id": site}

    def _common(self, row: Planned) -> Row:
        return {
            **self._stamp,
            "source_row": row.row,
            "created_by": self._by or None,
            "status": row.value("status") or "draft",
        }


def _kept(coming: Iterable[Planned], rows: list[Planned]) -> Iterator[Planned]:
    """Yield rows, each of which is also added to a list."""
    for row in coming:
        rows.append(row)
        yield row


class _Themes:
    """The theme of a service whose name is a spelling of one; else none, never a guess."""

    def __init__(self, store: Store) -> None:
        self._terms = {
            fold(spelling): term.code
            for term in store.schema.vocabulary("theme")
            for spelling in (*term.labels.values(), *term.synonyms)
        }

    def of(self, name: str) -> str | None:
        """Return the theme as a multiple choice, None if the name is none."""
        code = self._terms.get(fold(name))
        return "{" + code + "}" if code else None
