# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing what was decided of each row of a file: records, services, offers, findings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, Callable, NamedTuple, Union

from ...domain.duplicates import RULE as DUPLICATE
from ...domain.keys import fresh_keys
from ...domain.progress import Progress
from ...domain.records import same_name
from ...domain.text import fold
from ..alongside import Handover
from ..bulk import Lot, chunks
from ..database import Row, Store
from ..findings import finding_rows, record_findings
from ..planning import CREATED, REFUSED, UNCHANGED, UPDATED, ImportPlan, Planned
from ..sql import moment

# Rules that only a check of the whole store asks (``store.checking``), or only of new records.
_UNASKED = (DUPLICATE, "translation_stale", "telephone_missing", "service_nowhere")
_LINE = attrgetter("row")
_AT_ONCE = 256  # rows: all that was decided of them is still at hand
_LOT = 5000  # rows of a table that are written together
#: A service as rows name it: its institution and its name, folded.
Named = tuple[Union[str, None], str]
_AHEAD = 4  # lots of findings that are made while indexes are
_OFTEN = 200  # items after which somebody may say that they are not wanted any more


class _Parts(NamedTuple):
    """What is made of rows and written part by part; ``keys`` are of the records checked."""

    lots: Handover  # of new rows
    changed: Handover
    late: Handover  # lots of what rows that change a record offer, and others that waited for them
    keys: Handover
    findings: Handover  # lots of them, where the store has none yet


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
        self._lot: dict[str, list[Row]] = {self._table.name: [], "service": [], "offer": []}
        self._unsure: set[Named] = set()
        self._nothing_found = not store.count("finding")
        self._parts = _Parts(Handover(2), Handover(), Handover(2), Handover(), Handover(_AHEAD))
        self._meanwhile: Callable[[], None] = lambda: None

    def make(
        self,
        decided: Iterable[Planned],
        unsure: Collection[Named] = (),
        meanwhile: Callable[[], None] = lambda: None,
    ) -> list[Planned]:
        """Make of decided rows what ``write`` writes meanwhile; return them in the file's order.

        The rows may still be on their way; nothing is asked of the store. The first row that names
        a service makes it: what names one of the ``unsure``, which rows that come late name too,
        waits for them. ``meanwhile`` is called now and then while the writing is waited for.
        """
        self._meanwhile = meanwhile
        try:
            return self._made(decided, unsure)
        except BaseException:
            for part in self._parts:
                part.fail()
            raise

    def _made(self, decided: Iterable[Planned], unsure: Collection[Named]) -> list[Planned]:
        rows: list[Planned] = []
        late: list[Planned] = []
        parts = self._parts
        for some in chunks(decided, _AT_ONCE):
            rows += some
            self._lot[self._table.name] += map(self._new, filter(_is_new, some))
            late += self._offer(some, unsure)
            self._give(parts.lots, _LOT)
        self._give(parts.lots, 1)
        parts.lots.close()
        rows.sort(key=_LINE)
        self._hand_over(parts.changed, self._changed(rows))
        for some in chunks(sorted(late, key=_LINE), _AT_ONCE):
            self._offer(some)
            self._give(parts.late, _LOT)
        self._give(parts.late, 1)
        parts.late.close()
        parts.keys.give([row.key for row in rows if row.key])
        parts.keys.close()
        found = (one for row in rows for one in row.problems if one.rule != DUPLICATE)
        if self._nothing_found:
            for lot in chunks(finding_rows(found, self._batch, moment())):
                parts.findings.give([self._store.lot("finding", lot)], self._meanwhile)
            parts.findings.close()
        else:
            self._hand_over(parts.findings, found)
        return rows

    def write(self, progress: Progress) -> None:
        """Write the records, the services that they name, what is offered where, what was found.

        To be called beside ``make``, in a thread of its own; ``progress`` may raise Cancelled.
        """
        store, tables = self._store, list(self._lot)
        lots, changed, late, keys, found = (self._coming(part, progress) for part in self._parts)
        try:
            store.load_lots(tables, lots)
            store.update_many(self._table.name, changed)
            store.load_lots(tables, late)
            checked = list(keys)
            if self._nothing_found:
                store.load_lots(["finding"], found)
            else:
                record_findings(
                    store, found, self._batch, checked, lambda kept: kept["rule"] in _UNASKED
                )
        finally:
            for part in self._parts:
                part.give_up()

    @staticmethod
    def _coming(part: Handover, progress: Progress) -> Iterator[Any]:
        for number, item in enumerate(part):
            if number % _OFTEN == 0 or isinstance(item, Lot):
                progress(0.0, "")
            yield item

    def finish(self, plan: ImportPlan) -> None:
        """Write what was counted, and the duplicates found, once all rows are written."""
        counts = {name: plan.outcomes[name] for name in (CREATED, UPDATED, UNCHANGED, REFUSED)}
        self._store.update("import_batch", self._batch, {"counts": json.dumps(counts)})
        alike = [row for row in plan.rows if any(one.rule == DUPLICATE for one in row.found)]
        found = [one for row in alike for one in row.problems if one.rule == DUPLICATE]
        checked = [row.key for row in alike]
        record_findings(self._store, found, self._batch, checked, lambda _kept: True)

    def _give(self, part: Handover, least: int) -> None:
        """Hand over the new rows that were made, if there are so many of a table."""
        if max(map(len, self._lot.values())) >= least:
            made = [(table, rows) for table, rows in self._lot.items() if rows]
            lots = [self._store.lot(table, rows) for table, rows in made]
            part.give(lots, self._meanwhile)
            self._lot = {table: [] for table in self._lot}

    def _hand_over(self, part: Handover, items: Iterable[Any]) -> None:
        for some in chunks(items):
            part.give(some, self._meanwhile)
        part.close()

    def _new(self, row: Planned) -> Row:
        values = row.changes
        values[self._table.key] = row.key
        if self._table.common:
            values.update(self._stamp, source_row=row.row, created_by=self._by or None)
        return values

    def _changed(self, rows: Iterable[Planned]) -> Iterator[tuple[str, Row]]:
        for row in rows:
            if row.outcome == UPDATED and row.changes:
                stamp = {**self._stamp, "source_row": row.row} if self._table.common else {}
                yield row.key, {**row.changes, **stamp}

    def _offer(
        self, rows: Iterable[Planned], unsure: Collection[Named] | None = None
    ) -> list[Planned]:
        """Make what rows offer, and the services that they are the first to name.

        Return those that wait: they change a record first, or name a service that is ``unsure``,
        as all that they name then is. None waits if nothing is told to be unsure.
        """
        late = []
        for row in rows:
            if row.outcome not in (CREATED, UPDATED):
                continue
            institution = row.value("institution_code") if row.services else None
            named = {(institution, same_name(name)): name for name in row.services}
            new = [one for one in named if one not in self._services]
            if unsure is not None and (
                row.outcome == UPDATED
                or not self._unsure.isdisjoint(new)
                or any(one in unsure for one in new)
            ):
                self._unsure.update(new)
                late.append(row)
                continue
            for one in new:
                self._services[one] = next(self._keys)
                self._lot["service"].append(self._service(row, one, named[one]))
            pairs = [(self._services[one], row.key) for one in named]
            pairs += [(row.key, site) for site in row.offered_at]
            # No two rows are about one record: only the store may have a pair already.
            for service, site in dict.fromkeys(pairs):
                if (service, site) not in self._offers:
                    offer = {**self._common(row), "service_id": service, "site_id": site}
                    self._lot["offer"].append(offer)
        return late

    def _service(self, row: Planned, named: Named, name: str) -> Row:
        return {
            **self._common(row),
            "service_id": self._services[named],
            "institution_code": named[0],
            "name_fr": name,
            "theme": self._themes.of(name),
            "source": row.value("source"),
        }

    def _common(self, row: Planned) -> Row:
        return {
            **self._stamp,
            "source_row": row.row,
            "created_by": self._by or None,
            "status": row.value("status") or "draft",
        }


def _is_new(row: Planned) -> bool:
    return row.outcome == CREATED


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
