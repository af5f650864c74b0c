# SPDX-License-Identifier: GPL-2.0-or-later
"""Taking an institution's table in: plan first, then one transaction.

``store.planning`` reads, understands and checks, and writes nothing; a dry run stops there.
``apply_plan`` writes the plan as one batch that ``store.history.undo_import`` can take back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from ..domain.collecting import collector_held
from ..domain.errors import CarteError, StoreError, TableError
from ..domain.keys import new_key
from ..domain.progress import Progress, repeating, silent
from ..domain.report import Finding, counted
from ..domain.schema import Schema
from .alongside import alongside
from .database import Row, Store
from .findings import not_ignored
from .planning import (
    CREATED,
    REFUSED,
    UNCHANGED,
    UPDATED,
    ImportPlan,
    Understood,
    followed,
    plan_import,
    understood,
)
from .rows.writer import RowWriter


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
    with (
        collector_held(),
        understood(*asked) as read,
        _begun(store, read.start, by, progress, batch) as writer,
    ):
        plan = _decided_and_written(read, writer, progress)
        writer.finish(plan)
        result = replace(_result(store, plan), batch=batch)
        if before_commit:
            before_commit(result)
    return result


def _result(store: Store, plan: ImportPlan) -> ImportResult:
    found: Iterator[Finding] = chain.from_iterable(row.found for row in plan.rows)
    if store.count("finding", state="ignored"):  # which of them, their rows and records tell
        found = (one for row in plan.rows for one in row.problems)
    findings = chain(plan.findings, found)
    return ImportResult(
        batch="",
        created=plan.outcomes[CREATED],
        updated=plan.outcomes[UPDATED],
        unchanged=plan.outcomes[UNCHANGED],
        refused=plan.outcomes[REFUSED],
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
    progress: Progress = silent,
    before_commit: Callable[[], None] | None = None,
) -> str:
    """Write a plan in one transaction and return its batch.

    StoreError if somebody changed the store since the plan was made: nothing is then written.
    """
    batch, name = new_key(), plan.grid.path.name
    with _begun(store, plan, "", progress, batch) as writer:
        say, again = repeating(progress)
        rows = followed(plan.rows, len(plan.rows), say, (0.65, 0.9), name)
        with alongside(writer.write, again):
            writer.make(rows, meanwhile=again)
        writer.finish(plan)
        if before_commit:
            before_commit()
    return batch


@contextmanager
def _begun(
    store: Store, plan: ImportPlan, by: str, progress: Progress, batch: str
) -> Iterator[RowWriter]:
    """Begin to write a plan in one transaction, kept at the end of the block."""
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
        yield RowWriter(store, plan, batch, by)
        progress(1.0, plan.grid.path.name)


def _decided_and_written(read: Understood, writer: RowWriter, progress: Progress) -> ImportPlan:
    """Decide row by row; a thread writes them meanwhile, and while duplicates are looked for."""
    name = read.start.grid.path.name
    say, again = repeating(progress)
    with alongside(writer.write, again):
        rows = writer.make(read.rows(say), read.planner.unsure, again)
        return read.plan(rows, lambda done, _message: say(0.6 + 0.3 * done, name))


def _batch_row(plan: ImportPlan, batch: str, by: str) -> Row:
    return {
        "batch_id": batch,
        "file_name": plan.grid.path.name,
        "sha256": plan.sha256,
        "institution_code": plan.institution or None,
        "sheet": plan.grid.sheet,
        "mapping": json.dumps(plan.columns.mapping, ensure_ascii=False),
        "by": by or None,
    }
