# SPDX-License-Identifier: GPL-2.0-or-later
"""A store copied from a file to a server and back is the same store."""

from pathlib import Path

import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.store.checking import check_store
from carte_cp3.store.checkout import check_out
from carte_cp3.store.copying import copy_store
from carte_cp3.store.database import create_store
from carte_cp3.store.history import undo_import
from carte_cp3.store.importing import import_table
from carte_cp3.store.public import public_view
from carte_cp3.store.restoring import restore_to_moment

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
BOTH = pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")


@pytest.fixture
def file_store(tmp_path, take_specimen):
    """A file that has seen work: records of every kind, an import, an undo, findings."""
    with create_store(str(tmp_path / "first.gpkg")) as made:
        take_specimen(made, by="cellule carte")
        first = import_table(made, SAMPLE / "artisanat_reseau.ods", institution="ART")
        import_table(made, SAMPLE / "ofppt_etablissements.csv", institution="OFPPT")
        with made.transaction(by="cellule carte"):
            site = made.rows("site", batch_id=first.batch)[0]
            made.update(
                "site", site["site_id"], {"wheelchair": None, "note_internal": "é ' % ? \\"}
            )
        check_store(made)
        undo_import(made, first.batch)
        yield made


def everything(store):
    return {table.name: store.rows(table.name) for table in store.schema.tables}


@BOTH
def test_there_and_back_is_the_same(file_store, location, tmp_path):
    before = everything(file_store)
    assert all(before[table] for table in ("site", "offer", "notice", "change", "finding"))
    with create_store(location) as server, create_store(str(tmp_path / "back.gpkg")) as back:
        copied = copy_store(file_store, server)
        assert copied == sum(map(len, before.values()))
        assert everything(server) == before
        assert public_view(server) == public_view(file_store)
        copy_store(server, back)
        assert everything(back) == before


def test_jobs_tell_how_far_they_are_in_no_language(file_store, tmp_path):
    told = []

    def progress(_done, message):
        told.append(message)

    (taken,) = (row["at"] for row in file_store.rows("import_batch", undone_at=None))
    with create_store(str(tmp_path / "back.gpkg")) as back:
        copy_store(file_store, back, progress)
        restore_to_moment(back, "OFPPT", taken, progress=progress)
        check_store(back, progress)
    check_out(file_store, tmp_path / "field.gpkg", "OFPPT", progress=progress)
    counts = [message for message in told if " / " in message]
    assert len(counts) > 20
    assert set(told) - set(counts) <= {"", str(tmp_path / "back.gpkg"), "field.gpkg"}


@BOTH
def test_an_import_is_undone_where_its_store_was_copied_to(file_store, location):
    (batch,) = (row["batch_id"] for row in file_store.rows("import_batch", undone_at=None))
    with create_store(location) as server:
        copy_store(file_store, server)
        here, there = undo_import(file_store, batch), undo_import(server, batch)
        assert there == here
        assert there.restored > 5
        assert server.rows("site") == file_store.rows("site")


@BOTH
def test_rules_and_history_hold_after_a_copy(file_store, location, tmp_path):
    with create_store(location) as server, create_store(str(tmp_path / "back.gpkg")) as back:
        for source, target in ((file_store, server), (server, back)):
            copy_store(source, target)
            site, changes = target.rows("site")[0], target.count("change")
            with pytest.raises(StoreError, match="precision"):
                target.update("site", site["site_id"], {"precision": "exact"})
            with pytest.raises(StoreError, match="still refer to it"):
                target.delete("institution", site["institution_code"])
            assert target.count("change") == changes


def test_a_store_that_holds_records_is_not_copied_over(file_store, location):
    with create_store(location) as target:
        with target.transaction():
            target.insert("site", [{"institution_code": "EN", "name_fr": "SPÉCIMEN"}])
        before = everything(target)
        with pytest.raises(StoreError, match="holds records already"):
            copy_store(file_store, target)
        with pytest.raises(StoreError, match="itself"):
            copy_store(target, target)
        assert everything(target) == before


def test_a_copy_that_fails_leaves_the_new_store_as_it_was(file_store, location):
    def fail(done, _message):
        if done > 0.5:
            raise RuntimeError("stop")

    with create_store(location) as target:
        before = everything(target)
        with pytest.raises(RuntimeError):
            copy_store(file_store, target, fail)
        assert everything(target) == before
        with pytest.raises(StoreError, match="precision"), target.transaction():
            target.insert("site", [{"institution_code": "EN", "precision": "exact"}])
