# SPDX-License-Identifier: GPL-2.0-or-later
"""Two jobs at once: both are done, or neither; the same records as one after the other."""

import csv
import sqlite3
import sys
import threading
import time
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled, StoreBusy, StoreError
from carte_cp3.store.alongside import Handover, alongside
from carte_cp3.store.database import create_store
from carte_cp3.store.importing import apply_plan, import_table
from carte_cp3.store.planning import plan_import

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
# What no two imports have in common.
OWN = (
    "_id",
    "key",
    "changed_in",
    "created_at",
    "updated_at",
    "first_seen",
    "last_seen",
    "params",
    "value",
)


def test_the_job_runs_in_a_thread_of_its_own_and_is_waited_for():
    threads = []

    def job(_progress):
        time.sleep(0.05)
        threads.append(threading.current_thread())

    with alongside(job):
        assert not threads
    assert threads
    assert threads[0] is not threading.current_thread()


def test_what_the_job_raises_is_raised_at_the_end():
    def job(_progress):
        raise StoreError("SPÉCIMEN")

    done = []
    with pytest.raises(StoreError, match="SPÉCIMEN"), alongside(job):
        done.append(True)
    assert done


def test_a_job_whose_block_is_cancelled_stops():
    stopped = []

    def job(progress):
        try:
            while True:
                progress(0.5, "")
                time.sleep(0.01)
        except Cancelled:
            stopped.append(True)
            raise

    with pytest.raises(ValueError, match="SPÉCIMEN"), alongside(job):
        raise ValueError("SPÉCIMEN")
    assert stopped


def test_who_gives_is_told_when_nobody_takes_any_more():
    part = Handover(1)

    def job(_progress):
        try:
            next(iter(part))
            raise StoreError("SPÉCIMEN")
        finally:
            part.give_up()

    given = []
    with pytest.raises(StoreError, match="SPÉCIMEN"), alongside(job):
        for number in range(1000):
            part.give([number])
            given.append(number)
    assert len(given) < 1000


def test_who_takes_is_told_when_no_more_can_come():
    part, ended = Handover(), []

    def job(_progress):
        try:
            list(part)
        except Cancelled:
            ended.append(True)
            raise

    with pytest.raises(ValueError, match="SPÉCIMEN"), alongside(job):
        part.give([1, 2])
        part.fail()
        raise ValueError("SPÉCIMEN")
    assert ended


def test_whoever_waits_may_be_called_off():
    part, calls = Handover(1), []

    def meanwhile():
        calls.append(True)
        raise Cancelled

    part.give([1])
    with pytest.raises(Cancelled):
        part.give([2], meanwhile)
    with pytest.raises(Cancelled), alongside(lambda _progress: time.sleep(0.5), meanwhile):
        pass
    assert len(calls) == 2


def test_threads_have_their_usual_turns_again_whoever_ends_last():
    before = sys.getswitchinterval()
    one, other = alongside(lambda _progress: None), alongside(lambda _progress: None)
    one.__enter__()
    other.__enter__()
    assert sys.getswitchinterval() < before
    one.__exit__(None, None, None)
    assert sys.getswitchinterval() < before
    other.__exit__(None, None, None)
    assert sys.getswitchinterval() == before


@pytest.mark.parametrize("fails", range(4))
def test_an_import_ends_soon_when_its_writer_fails(tmp_path, fails):
    """Nothing is kept, and the rest of a file is not understood for nobody."""
    rows = [
        (f"S{number}", f"SPÉCIMEN {number}", "Rabat", "Service SPÉCIMEN") for number in range(30000)
    ]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([("Code", "Nom", "Commune", "Services"), *rows])
    with create_store(str(tmp_path / "s.gpkg")) as store:
        added, calls, said = store._connection.add, [], []

        def add(table, *others):
            calls.append(table)
            if calls.count("site") > fails:
                raise sqlite3.OperationalError("database or disk is full")
            return added(table, *others)

        store._connection.add = add
        with pytest.raises(StoreBusy, match="full"):
            import_table(
                store, path, institution="OFPPT", progress=lambda done, _: said.append(done)
            )
        assert max(said) < 0.6
        del store._connection.add
        assert not (
            store.count("site")
            or store.count("import_batch")
            or store.count("change", table_name="site")
        )


def written(store):
    """Return what an import wrote, without what no two imports have in common."""
    return {
        table: sorted(
            repr([value for name, value in row.items() if not name.endswith(OWN)])
            for row in store.rows(table)
        )
        for table in ("site", "service", "offer", "finding")
    }


def test_a_direct_import_writes_what_a_tried_one_does(tmp_path):
    name, found = SAMPLE / "ofppt_etablissements.csv", []
    with create_store(str(tmp_path / "direct.gpkg")) as store:
        direct = import_table(store, name, institution="OFPPT", status="published")
        found.append(written(store))
    with create_store(str(tmp_path / "tried.gpkg")) as store:
        plan = plan_import(store, name, institution="OFPPT", status="published")
        apply_plan(store, plan)
        found.append(written(store))
    assert found[0] == found[1]
    assert found[0]["offer"]
    rules = [sorted(one.rule for one in row.findings) for row in plan.rows]
    assert [sorted(one.rule for one in row.findings) for row in direct.plan.rows] == rules
    assert any("duplicate_likely" in row for row in rules)


def test_an_import_cancelled_while_it_searches_writes_nothing(tmp_path):
    def cancel(done, _message):
        if 0.6 < done < 0.9:
            raise Cancelled

    with create_store(str(tmp_path / "store.gpkg")) as store:
        with pytest.raises(Cancelled):
            import_table(
                store, SAMPLE / "ofppt_etablissements.csv", institution="OFPPT", progress=cancel
            )
        assert store.count("site") == store.count("change", table_name="site") == 0
        import_table(store, SAMPLE / "ofppt_etablissements.csv", institution="OFPPT")
        assert store.count("site") == 165
