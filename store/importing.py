# SPDX-License-Identifier: GPL-2.0-or-later
"""Taking an institution's table in: plan first, then one transaction.

``store.planning`` reads, understands and checks, and writes nothing; a dry run stops there.
``apply_plan`` writes the plan as one batch that ``store.history.undo_import`` can take back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..domain.collecting import collector_held
from ..domain.errors import CarteError, StoreError, TableError
from ..domain.keys import new_key
from ..domain.progress import Progress, silent
from ..domain.records import same_name
from ..domain.report import Finding, counted
from ..domain.schema import Schema
from ..domain.text import fold
from .alongside import alongside
from .database import Row, Store
from .findings import not_ignored, record_findings
from .planning import (
    CREATED,
    REFUSED,
    UNCHANGED,
    UPDATED,
    ImportPlan,
    Planned,
    followed,
    plan_import,
    plan_records,
)

# Rules that only a check of the whole store asks (``store.checking``), or only of new records.
_UNASKED = ("duplicate_likely", "translation_stale", "telephone_missing", "service_nowhere")


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do if ``batch`` is empty."""

    batch: str
    created: int
    updated: int
    unchanged: int
    refused: int
    warnings: int
    plan: ImportPlan = field(repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: of the file's columns, then row by row."""
        rows = tuple(finding for row in self.plan.rows for finding in row.findings)
        return self.plan.findings + rows


def import_table(
    store: Store,
    source: Path,
    sheet: str = "",
    institution: str = "",
    mapping: Path | Mapping[str, str] | None = None,
    status: str = "draft",
    dry_run: bool = False,
    progress: Progress = silent,
    by: str = "",
    before_commit: Callable[[ImportResult], None] | None = None,
    header_line: int = 0,
) -> ImportResult:
    """Read a file into a store and report every row.

    ``institution`` is a code; without it the file must have a column that names one.
    ``mapping`` gives heading to field (``-`` leaves a column out), or is a JSON file that does.
    ``header_line`` is the line that holds the headings (0: it is found; the next file of the
    institution has it recognised). New records without a blocking finding get ``status``, the
    others stay drafts. Raises TableError, StoreError, Cancelled. ``before_commit`` (the report) is
    called when all is written but not yet kept: if it fails, nothing is imported.
    """
    if status not in ("draft", "published"):
        raise CarteError(
            "The status of new records is draft or published, not « {status} ».", status=status
        )
    given = _mapping(mapping, store.schema)
    asked = (store, Path(source), sheet, institution, given, status, progress, header_line)
    if dry_run:
        result = _result(store, plan_import(*asked))
        if before_commit:
            before_commit(result)
        progress(1.0, result.plan.grid.path.name)
        return result
    batch = new_key()
    with collector_held(), _applied(store, plan_records(*asked), by, progress, batch) as plan:
        result = replace(_result(store, plan), batch=batch)
        if before_commit:
            before_commit(result)
    return result


def _result(store: Store, plan: ImportPlan) -> ImportResult:
    findings = (*plan.findings, *(one for row in plan.rows for one in row.findings))
    return ImportResult(
        batch="",
        created=plan.count(CREATED),
        updated=plan.count(UPDATED),
        unchanged=plan.count(UNCHANGED),
        refused=plan.count(REFUSED),
        warnings=counted(not_ignored(store, findings))[1],
        plan=plan,
    )


def _mapping(given: Path | Mapping[str, str] | None, schema: Schema) -> Mapping[str, str] | None:
    if given is None or isinstance(given, Mapping):
        return given
    path = given
    try:
        mapping = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TableError(
            "The mapping {path} cannot be read as JSON: {reason}.", path=path, reason=error
        ) from error
    if not isinstance(mapping, dict):
        raise TableError("The mapping {path} must be an object of heading to field.", path=path)
    known = {one.name for table in schema.tables for one in table.fields} | {"-"}
    known |= {one.name for one in schema.columns}
    wrong = [str(target) for target in mapping.values() if target not in known]
    if wrong:
        raise TableError(
            "The mapping {path} names fields that do not exist: {fields}.", path=path, fields=wrong
        )
    return {str(heading): str(target) for heading, target in mapping.items()}


@collector_held()
def apply_plan(
    store: Store,
    plan: ImportPlan,
    by: str = "",
    progress: Progress = silent,
    batch: str = "",
    before_commit: Callable[[], None] | None = None,
) -> str:
    """Write a plan in one transaction and return its batch.

    StoreError if somebody changed the store since the plan was made: nothing is then written.
    """
    batch = batch or new_key()
    with _applied(store, plan, by, progress, batch):
        if before_commit:
            before_commit()
    return batch


@contextmanager
def _applied(
    store: Store, plan: ImportPlan, by: str, progress: Progress, batch: str
) -> Iterator[ImportPlan]:
    """Write a plan in one transaction, kept at the end of the block; gives it as it was written."""
    with store.transaction(batch_id=batch, by=by, institution=plan.owner):
        if plan.changed(store):
            raise StoreError(
                "{store} was changed by somebody else since {file} was read. Nothing was "
                "imported: import it again.",
                store=store.location,
                file=plan.grid.path.name,
            )
        store.insert("institution", plan.institutions)
        store.insert("import_batch", [_batch_row(plan, batch, by)])
        plan = _written(plan, _Writer(store, plan, batch, by), progress)
        record_findings(store, [one for row in plan.rows for one in row.findings], batch,
                        [row.key for row in plan.rows if row.key],
                        lambda row: row["rule"] in _UNASKED)  # fmt: skip
        yield plan
        progress(1.0, plan.grid.path.name)


def _written(plan: ImportPlan, writer: _Writer, progress: Progress) -> ImportPlan:
    """Write the records of a plan, and meanwhile look for duplicates if that is still to do."""
    if plan.search is None:
        writer.write(progress)
        return plan
    name = plan.grid.path.name
    with alongside(writer.write):
        return plan.searched(lambda done, _message: progress(0.6 + 0.3 * done, name))


def _batch_row(plan: ImportPlan, batch: str, by: str) -> Row:
    counts = {name: plan.count(name) for name in (CREATED, UPDATED, UNCHANGED, REFUSED)}
    return {
        "batch_id": batch,
        "file_name": plan.grid.path.name,
        "sha256": plan.sha256,
        "institution_code": plan.institution or None,
        "sheet": plan.grid.sheet,
        "mapping": json.dumps(plan.columns.mapping, ensure_ascii=False),
        "counts": json.dumps(counts),
        "by": by or None,
    }


class _Writer:
    """Writes planned rows, making each service of an institution once."""

    def __init__(self, store: Store, plan: ImportPlan, batch: str, by: str) -> None:
        self._store = store
        self._plan = plan
        self._table = store.schema.table(plan.columns.table)
        self._stamp = {"batch_id": batch, "updated_by": by or None}
        self._by = by
        self._services = {
            (row["institution_code"], same_name(row["name_fr"])): row["service_id"]
            for row in store.rows("service")
        }
        self._offers = {(row["service_id"], row["site_id"]) for row in store.rows("offer")}
        self._themes = _Themes(store)

    def write(self, progress: Progress) -> None:
        """Write the records, then the services that they name, then what is offered where."""
        rows = self._plan.rows
        self._store.load(self._table.name, self._new(self._followed(progress, (0.65, 0.8))))
        for row in rows:
            if row.outcome == UPDATED and row.changes:
                stamp = {**self._stamp, "source_row": row.row} if self._table.common else {}
                self._store.update(self._table.name, row.key, {**row.changes, **stamp})
        self._store.load("service", self._new_services(rows))
        self._store.load("offer", self._new_offers(self._followed(progress, (0.8, 0.9))))

    def _followed(self, progress: Progress, part: tuple[float, float]) -> Iterator[Planned]:
        rows, name = self._plan.rows, self._plan.grid.path.name
        return followed(rows, len(rows), progress, part, name)

    def _new(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if row.outcome == CREATED:
                values = {**row.changes, self._table.key: row.key}
                if self._table.common:
                    values.update(self._stamp, source_row=row.row, created_by=self._by or None)
                yield values

    def _new_services(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            for name in row.services if row.outcome in (CREATED, UPDATED) else ():
                known = (row.values["institution_code"], same_name(name))
                if known not in self._services:
                    self._services[known] = new_key()
                    yield {
                        **self._common(row),
                        "service_id": self._services[known],
                        "institution_code": known[0],
                        "name_fr": name,
                        "theme": self._themes.of(name),
                        "source": row.values.get("source"),
                    }

    def _new_offers(self, rows: Iterable[Planned]) -> Iterator[Row]:
        for row in rows:
            if row.outcome not in (CREATED, UPDATED):
                continue
            institution = row.values["institution_code"] if row.services else None
            named = (self._services[institution, same_name(name)] for name in row.services)
            pairs = [*((service, row.key) for service in named)]
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
            "status": row.values.get("status") or "draft",
        }


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
