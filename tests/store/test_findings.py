# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as the store keeps them: ignored with a reason, reopened."""

import csv
from datetime import date

import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.domain.report import INFO
from carte_cp3.store.checking import check_store
from carte_cp3.store.database import create_store
from carte_cp3.store.findings import finding_of, ignore_findings, reopen_findings
from carte_cp3.store.history import undo_import
from carte_cp3.store.importing import import_table

TODAY = date(2026, 11, 1)
HEAD = ("Code", "Nom", "Ville", "Téléphone")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        yield made


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=";").writerows((HEAD, *rows))
    return path


def states(store, rule):
    return [row["state"] for row in store.rows("finding", rule=rule)]


@pytest.fixture
def doubtful(store, tmp_path):
    """A file with a number that cannot be read, taken in."""
    rows = (("S1", "SPÉCIMEN", "Rabat", "pas de numéro"), ("S2", "SPÉCIMEN bis", "Rabat", ""))
    file = write(tmp_path / "a.csv", *rows)
    result = import_table(store, file, institution="EN")
    return file, next(one for one in result.findings if one.field == "phone")


def test_an_ignored_finding_stays_ignored_after_the_same_file_again(store, doubtful):
    file, finding = doubtful
    ignore_findings(store, [finding], "  Le lieu n’a pas encore de ligne. ", by="cartographe")
    (row,) = store.rows("finding", rule=finding.rule)
    assert row["state"] == "ignored"
    assert row["reason"] == "Le lieu n’a pas encore de ligne. (cartographe)"
    import_table(store, file, institution="EN")
    assert states(store, finding.rule) == ["ignored"]


def test_it_opens_anew_when_the_value_changes(store, doubtful, tmp_path):
    _file, finding = doubtful
    ignore_findings(store, [finding], "Pas encore de ligne.")
    other = write(tmp_path / "b.csv", ("S1", "SPÉCIMEN", "Rabat", "néant pour l'instant"))
    import_table(store, other, institution="EN")
    assert sorted(states(store, finding.rule)) == ["ignored", "open"]


def test_an_ignored_finding_is_reopened(store, doubtful):
    _file, finding = doubtful
    ignore_findings(store, [finding], "Pas encore de ligne.")
    reopen_findings(store, [finding])
    (row,) = store.rows("finding", rule=finding.rule)
    assert (row["state"], row["reason"]) == ("open", None)


def test_an_ignored_finding_is_not_counted(store, doubtful):
    before = check_store(store, today=TODAY)
    first = before.findings[0]
    ignore_findings(store, [first], "Connu.")
    after = check_store(store, today=TODAY)
    assert after.blocking + after.warnings == before.blocking + before.warnings - 1
    assert first not in after.findings


def test_a_reason_is_asked_for_and_the_finding_must_be_open(store, doubtful):
    _file, finding = doubtful
    with pytest.raises(StoreError, match="why"):
        ignore_findings(store, [finding], "  ")
    with pytest.raises(StoreError, match="not ignored"):
        reopen_findings(store, [finding])
    ignore_findings(store, [finding], "Connu.")
    with pytest.raises(StoreError, match="not open"):
        ignore_findings(store, [finding], "Connu.")


def test_several_are_ignored_all_or_none(store, doubtful):
    found = check_store(store, today=TODAY).findings
    first, *others = [one for one in found if one.severity != INFO]
    assert others
    ignore_findings(store, [first], "Connu.")
    with pytest.raises(StoreError, match="not open"):
        ignore_findings(store, [*others, first], "Tous connus.")
    assert store.count("finding", state="ignored") == 1
    ignore_findings(store, others, "Tous connus.")
    assert store.count("finding", state="ignored") == 1 + len(others)


def test_findings_of_refused_rows_are_in_the_report_alone(store, tmp_path):
    file = write(tmp_path / "c.csv", ("S2", "", "Rabat", "0537000001"))
    result = import_table(store, file, institution="EN")
    assert result.refused == 1
    assert "name_missing" in {one.rule for one in result.findings}
    assert store.rows("finding") == []


def test_an_ignored_finding_is_not_counted_by_its_file(store, doubtful):
    file, finding = doubtful
    before = import_table(store, file, institution="EN").warnings
    ignore_findings(store, [finding], "Connu.")
    assert import_table(store, file, institution="EN", dry_run=True).warnings == before - 1
    assert import_table(store, file, institution="EN").warnings == before - 1


def test_a_check_counts_what_is_open_in_the_store(store, doubtful):
    _file, finding = doubtful
    result = check_store(store, today=TODAY)
    assert finding.rule in {one.rule for one in result.findings}
    assert result.blocking + result.warnings == store.count("finding", state="open")
    again = check_store(store, today=TODAY)
    assert (again.blocking, again.warnings) == (result.blocking, result.warnings)


def kept(store):
    """The findings as people see them: without when they were last seen."""
    names = ("finding_id", "rule", "severity", "key", "field", "value", "state", "reason")
    return sorted(tuple(row[name] for name in names) for row in store.rows("finding"))


def test_an_import_undone_brings_the_findings_back(store, doubtful, tmp_path):
    """What it settled is open again, what it ran into anew is no more, what it made too."""
    _file, finding = doubtful
    ignored = next(row for row in store.rows("finding") if row["rule"] != finding.rule)
    ignore_findings(store, [finding_of(ignored)], "Su.")
    before = kept(store)
    rows = (("S1", "SPÉCIMEN", "Rabat", "0537000000"), ("S3", "SPÉCIMEN ter", "Salé", "néant"))
    batch = import_table(store, write(tmp_path / "b.csv", *rows), institution="EN").batch
    assert states(store, finding.rule) == ["fixed", "open"]
    assert kept(store) != before
    undo_import(store, batch)
    assert kept(store) == before


def test_what_was_said_of_a_finding_since_an_import_stays(store, doubtful, tmp_path):
    _file, finding = doubtful
    rows = (("S1", "SPÉCIMEN", "Rabat", "néant"),)
    result = import_table(store, write(tmp_path / "b.csv", *rows), institution="EN")
    new = next(one for one in result.findings if one.value == "néant")
    ignore_findings(store, [new], "Su.")
    undo_import(store, result.batch)
    assert states(store, finding.rule) == ["open", "ignored"]


def test_what_an_undone_import_leaves_keeps_its_findings(store, doubtful, tmp_path):
    rows = (("S1", "SPÉCIMEN", "Rabat", ""), ("S3", "SPÉCIMEN ter", "Salé", "néant"))
    batch = import_table(store, write(tmp_path / "b.csv", *rows), institution="EN").batch
    made = store.rows("site", external_id="S3")[0]["site_id"]
    with store.transaction():
        store.update("site", made, {"name_fr": "SPÉCIMEN d’un autre"})
    assert [one.key for one in undo_import(store, batch).clashes] == [made]
    assert [row["state"] for row in store.rows("finding", key=made, value="néant")] == ["open"]
