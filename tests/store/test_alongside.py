# SPDX-License-Identifier: GPL-2.0-or-later
"""Two jobs at once: both are done, or neither; the same records as one after the other."""

import threading
import time
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled, StoreError
from carte_cp3.store.alongside import alongside
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
