# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing what was decided of each row of a file: records, their services, what is offered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ...domain.keys import fresh_keys
from ...domain.progress import Progress
from ...domain.records import same_name
from ...domain.text import fold
from ..database import Row, Store
from ..findings import record_findings
from ..planning import CREATED, REFUSED, UNCHANGED, UPDATED, ImportPlan, Planned, followed

# Rules that only a check of the whole store asks (``store.checking``), or only of new records.
_UNASKED = ("duplicate_likely", "translation_stale", "telephone_missing", "service_nowhere")


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

    def write(self, planned: Iterable[Planned], progress: Progress) -> None:
        """Write the records, then the services that they name, then what is offered where.

        The rows may still be on their way: each is asked for once.
        """
        rows: list[Planned] = []
        total, name = len(self._plan.grid.rows) - self._plan.header - 1, self._plan.grid.path.name
        coming = followed(planned, total, progress, (0.65, 0.8), name)
        self._store.load(self._table.name, self._new(_kept(coming, rows)))
        self._store.update_many(self._table.name, self._changed(rows))
        self._store.load("service", self._new_services(rows))
        again = followed(rows, total, progress, (0.8, 0.9), name)
        self._store.load("offer", self._new_offers(again))

    def finish(self, plan: ImportPlan) -> None:
        """Write what was counted and found, once all rows are decided and written."""
        counts = {name: plan.count(name) for name in (CREATED, UPDATED, UNCHANGED, REFUSED)}
        self._store.update("import_batch", self._batch, {"counts": json.dumps(counts)})
        record_findings(self._store, (one for row in plan.rows for one in row.problems),
                        self._batch, [row.key for row in plan.rows if row.key],
                        lambda row: row["rule"] in _UNASKED)  # fmt: skip

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
            values = row.values
            for name in row.services:
                known = (values["institution_code"], same_name(name))
                if known not in self._services:
                    self._services[known] = next(self._keys)
                    yield {
                        **self._common(row, values),
                        "service_id": self._services[known],
                        "institution_code": known[0],
                        "name_fr": name,
                        "theme": self._themes.of(name),
                        "source": values.get("source"),
                    }

    def _new_offers(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if row.outcome not in (CREATED, UPDATED):
                continue
            values = row.values
            institution = values["institution_code"] if row.services else None
            named = (self._services[institution, same_name(name)] for name in row.services)
            pairs = [(service, row.key) for service in named]
            pairs += [(row.key, site) for site in row.offered_at]
            for pair in pairs:
                if pair not in self._offers:
                    self._offers.add(pair)
                    service, site = pair
                    yield {**self._common(row, values), "service_id": service, "site_id": site}

    def _common(self, row: Planned, values: Row) -> Row:
        return {
            **self._stamp,
            "source_row": row.row,
            "created_by": self._by or None,
            "status": values.get("status") or "draft",
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
