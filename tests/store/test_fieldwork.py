# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work: a part of a store taken along, edited with no network, and brought back."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from carte_cp3.domain.errors import NotAStore, StoreError
from carte_cp3.store.checkin import check_in
from carte_cp3.store.checkout import check_out
from carte_cp3.store.conflicts import open_conflicts, settle
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.history import undo_import
from carte_cp3.store.merging import merge_sites
from osgeo import gdal, ogr

TESTS = Path(__file__).resolve().parents[1]
TOWN = {"OFPPT": "06.141.01.0", "EN": "04.421.01.0"}  # Casablanca-Settat, Rabat-Salé-Kénitra


def site(number: int, code: str, **values) -> dict:
    return {
        "site_id": f"s{number}", "institution_code": code, "name_fr": f"SPÉCIMEN {number}",
        "commune_code": TOWN[code], "lon": -7.5 - number / 100, "lat": 33.5, **values,
    }  # fmt: skip


@pytest.fixture
def store(location):
    with create_store(location) as made:
        with made.transaction(by="tests"):
            made.insert("site", [site(1, "OFPPT"), site(2, "OFPPT"), site(3, "EN")])
            made.insert("service", [
                {"service_id": "v1", "institution_code": "OFPPT", "name_fr": "SPÉCIMEN cours"},
                {"service_id": "v3", "institution_code": "EN", "name_fr": "SPÉCIMEN accueil"},
            ])  # fmt: skip
            made.insert("offer", [
                {"offer_id": "o1", "service_id": "v1", "site_id": "s1"},
                {"offer_id": "o3", "service_id": "v3", "site_id": "s3"},
            ])  # fmt: skip
            made.insert("notice", [
                {"notice_id": f"n{number}", "applies_to": "site", "key": f"s{number}",
                 "kind": "message", "starts_on": "2026-01-01", "text_fr": "SPÉCIMEN"}
                for number in (1, 3)
            ])  # fmt: skip
        yield made


@pytest.fixture
def taken(store, tmp_path):
    """OFPPT's records, taken along."""
    file = tmp_path / "terrain.gpkg"
    assert check_out(store, file, institution="OFPPT") == 2
    return file


def one(store, key="s1"):
    (row,) = store.rows("site", site_id=key)
    return row


def in_the_field(file, statement):
    """Edit a file as QField does: through GDAL, with nothing of the plugin."""
    opened = gdal.OpenEx(str(file), gdal.OF_VECTOR | gdal.OF_UPDATE)
    result = opened.ExecuteSQL(statement)
    opened.ReleaseResultSet(result)
    opened.FlushCache()
    assert gdal.GetLastErrorType() < gdal.CE_Failure, gdal.GetLastErrorMsg()


def test_an_institutions_part_is_whole_and_nothing_else(store, taken):
    with open_store(str(taken)) as field:
        kept = {name: [row[field.schema.table(name).key] for row in field.rows(name)]
                for name in ("site", "service", "offer", "notice")}  # fmt: skip
        assert kept == {
            "site": ["s1", "s2"], "service": ["v1"], "offer": ["o1"], "notice": ["n1"]
        }  # fmt: skip
        assert field.count("institution") == store.count("institution")
        assert field.count("term") == store.count("term")
        assert field.count("change") == 0
    assert [file.name for file in taken.parent.glob("*part*")] == []


def test_a_regions_part(store, tmp_path):
    file = tmp_path / "region.gpkg"
    assert check_out(store, file, region="04") == 1
    with open_store(str(file)) as field:
        assert [row["site_id"] for row in field.rows("site")] == ["s3"]
        assert [row["service_id"] for row in field.rows("service")] == ["v3"]
    with pytest.raises(StoreError, match="exists already"):
        check_out(store, file, region="04")
    for wrong, word in (({"region": "99"}, "no region"), ({"institution": "XX"}, "no institution"),
                        ({"region": "12"}, "no records")):  # fmt: skip
        with pytest.raises(StoreError, match=word):
            check_out(store, tmp_path / "none.gpkg", **wrong)
    assert not (tmp_path / "none.gpkg").exists()


def test_what_the_field_alone_changed_is_written(store, taken):
    in_the_field(taken, "UPDATE site SET name_fr = 'SPÉCIMEN vu' WHERE site_id = 's1'")
    in_the_field(taken, "DELETE FROM offer WHERE offer_id = 'o1'")
    in_the_field(taken, "DELETE FROM site WHERE site_id = 's2'")
    with open_store(str(taken)) as field, field.transaction():
        field.insert("site", [site(9, "OFPPT")])
        field.insert("offer", [{"offer_id": "o9", "service_id": "v1", "site_id": "s9"}])
    with store.transaction():
        store.update("site", "s1", {"phone": "+212522000001"})
    made = check_in(store, taken, by="SPÉCIMEN")
    assert (made.created, made.updated, made.deleted) == (2, 1, 2)
    assert made.conflicts == made.refused == ()
    row = one(store)
    assert (row["name_fr"], row["phone"]) == ("SPÉCIMEN vu", "+212522000001")
    assert one(store, "s9")["lon"] == pytest.approx(-7.59)
    assert store.count("site", site_id="s2") == store.count("offer", offer_id="o1") == 0
    changes = store.rows("change", batch_id=made.batch)
    assert len(changes) == 5
    assert one(store, "s9")["batch_id"] == made.batch


def test_again_and_again_creates_nothing_twice(store, taken, tmp_path):
    in_the_field(taken, "UPDATE site SET name_fr = 'SPÉCIMEN vu' WHERE site_id = 's1'")
    with open_store(str(taken)) as field, field.transaction():
        field.insert("site", [site(9, "OFPPT")])
    copy = shutil.copy(taken, tmp_path / "copie.gpkg")
    first = check_in(store, taken)
    with store.transaction():
        store.update("site", "s1", {"name_fr": "SPÉCIMEN corrigé"})
        store.update("site", "s9", {"name_fr": "SPÉCIMEN corrigé"})
    before = store.state()
    assert [check_in(store, file).batch for file in (taken, copy)] == ["", ""]
    assert store.state() == before
    assert store.count("import_batch") == 1
    in_the_field(taken, "UPDATE site SET phone = '+212522000002' WHERE site_id = 's1'")
    second = check_in(store, taken)
    assert (first.created, first.updated, second.created, second.updated) == (1, 1, 0, 1)
    assert second.conflicts == ()
    assert one(store)["name_fr"] == "SPÉCIMEN corrigé"


def test_a_copy_edited_apart_brings_its_own_edits(store, taken, tmp_path):
    copy = shutil.copy(taken, tmp_path / "copie.gpkg")
    in_the_field(taken, "UPDATE site SET phone = '+212522000001' WHERE site_id = 's1'")
    in_the_field(copy, "UPDATE site SET email = 'a@example.org' WHERE site_id = 's1'")
    assert [check_in(store, file).updated for file in (taken, copy)] == [1, 1]
    assert (one(store)["phone"], one(store)["email"]) == ("+212522000001", "a@example.org")


def conflicting(store, taken):
    in_the_field(
        taken,
        "UPDATE site SET name_fr = 'SPÉCIMEN à moi', landmark_fr = 'SPÉCIMEN repère' "
        "WHERE site_id = 's1'",
    )
    with open_store(str(taken)) as field, field.transaction():
        field.update("site", "s1", {"lon": -7.7, "lat": 33.7})
    with store.transaction():
        store.update("site", "s1", {"name_fr": "SPÉCIMEN à eux", "lon": -7.6, "lat": 33.5})
    return check_in(store, taken)


def test_conflicts_are_listed_field_by_field_and_kept(store, taken, location):
    made = conflicting(store, taken)
    shown = {conflict.field: conflict for conflict in made.conflicts}
    assert set(shown) == {"name_fr", "geom"}
    name = shown["name_fr"]
    assert (name.base, name.mine, name.theirs) == ("SPÉCIMEN 1", "SPÉCIMEN à moi", "SPÉCIMEN à eux")
    assert shown["geom"].mine == [-7.7, 33.7]
    row = one(store)
    assert (row["name_fr"], row["landmark_fr"]) == ("SPÉCIMEN à eux", "SPÉCIMEN repère")
    with open_store(location) as again:
        assert open_conflicts(again) == made.conflicts
        kept = {conflict.field: conflict for conflict in open_conflicts(again)}
        settle(again, kept["name_fr"], mine=True)
        settle(again, kept["geom"], mine=False)
        assert open_conflicts(again) == ()
    row = one(store)
    assert (row["name_fr"], row["lon"], row["lat"]) == ("SPÉCIMEN à moi", -7.6, 33.5)
    assert check_in(store, taken).batch == ""


def test_a_choice_is_for_the_versions_that_were_shown(store, taken):
    conflicting(store, taken)
    name = next(one for one in open_conflicts(store) if one.field == "name_fr")
    with store.transaction():
        store.update("site", "s1", {"name_fr": "SPÉCIMEN encore"})
    with pytest.raises(StoreError, match="again since"):
        settle(store, name, mine=True)
    name = next(one for one in open_conflicts(store) if one.field == "name_fr")
    assert name.theirs == "SPÉCIMEN encore"
    settle(store, name, mine=True)
    assert one(store)["name_fr"] == "SPÉCIMEN à moi"


def test_what_both_left_alike_is_no_conflict(store, taken):
    in_the_field(taken, "UPDATE site SET name_fr = 'SPÉCIMEN pareil' WHERE site_id = 's1'")
    with store.transaction():
        store.update("site", "s1", {"name_fr": "SPÉCIMEN pareil"})
    made = check_in(store, taken)
    assert (made.updated, made.conflicts) == (0, ())


@pytest.mark.parametrize("mine", [True, False])
def test_a_record_that_one_deleted_and_the_other_edited_is_chosen(store, taken, mine):
    with store.transaction():
        store.delete("notice", "n1")
        store.update("site", "s2", {"phone": "+212522000002"})
    in_the_field(taken, "UPDATE notice SET text_fr = 'SPÉCIMEN vu' WHERE notice_id = 'n1'")
    in_the_field(taken, "DELETE FROM site WHERE site_id = 's2'")
    made = check_in(store, taken)
    assert {(one.table, one.key, one.field) for one in made.conflicts} == {
        ("notice", "n1", ""), ("site", "s2", "")
    }  # fmt: skip
    assert (store.count("notice", notice_id="n1"), store.count("site", site_id="s2")) == (0, 1)
    for conflict in open_conflicts(store):
        settle(store, conflict, mine=mine)
    assert store.count("notice", notice_id="n1") == int(mine)
    assert store.count("site", site_id="s2") == int(not mine)
    assert open_conflicts(store) == ()


def test_the_fields_version_is_written_over_a_record_that_was_put_back_meanwhile(store, taken):
    (before,) = store.rows("notice", notice_id="n1")
    with store.transaction():
        store.delete("notice", "n1")
    in_the_field(taken, "UPDATE notice SET text_fr = 'SPÉCIMEN vu' WHERE notice_id = 'n1'")
    check_in(store, taken)
    with store.transaction():
        store.insert("notice", [{**before, "text_ar": "عينة"}])
    (conflict,) = open_conflicts(store)
    assert (conflict.mine["text_fr"], conflict.theirs["text_fr"]) == ("SPÉCIMEN vu", "SPÉCIMEN")
    settle(store, conflict, mine=True)
    (notice,) = store.rows("notice", notice_id="n1")
    assert notice["text_fr"] == "SPÉCIMEN vu"
    assert open_conflicts(store) == ()


def test_what_another_tool_noted_in_a_batch_is_passed_over(store, taken, backend):
    conflicting(store, taken)
    (row,) = store.rows("import_batch")
    noted = json.loads(row["counts"])
    for wrong in ({"table": "nothing"}, {"field": "nothing"}, {"field": "", "mine": "text"}):
        noted["conflicts"].append({**noted["conflicts"][0], **wrong})
    noted["conflicts"].append("text")
    store.update("import_batch", row["batch_id"], {"counts": json.dumps(noted)})
    assert len(open_conflicts(store)) == 2
    for conflict in open_conflicts(store):
        settle(store, conflict, mine=True)
    assert open_conflicts(store) == ()
    unreadable = ["{"] if backend == "geopackage" else []  # which a server's column refuses
    for counts in ("[]", "1", *unreadable):
        store._connection.execute("UPDATE import_batch SET counts = ?", (counts,))
        assert open_conflicts(store) == ()


def test_what_the_store_refuses_is_said_and_can_be_brought_again(store, taken):
    in_the_field(taken, "UPDATE site SET phone = '+212522000001' WHERE site_id = 's1'")
    with open_store(str(taken)) as field, field.transaction():
        field.insert("offer", [{"offer_id": "o9", "service_id": "v1", "site_id": "s2"}])
    with store.transaction():
        store.delete("offer", "o1")
        store.delete("service", "v1")
    made = check_in(store, taken)
    assert (made.created, made.updated) == (0, 1)
    assert [(one.table, one.key) for one in made.refused] == [("offer", "o9")]
    assert one(store)["phone"] == "+212522000001"
    with store.transaction():
        store.insert("service", [{"service_id": "v1", "institution_code": "OFPPT"}])
    again = check_in(store, taken)
    assert (again.created, again.refused) == (1, ())


def test_a_check_in_is_undone_as_an_import_and_can_be_repeated(store, taken):
    in_the_field(taken, "UPDATE site SET name_fr = 'SPÉCIMEN vu' WHERE site_id = 's1'")
    in_the_field(taken, "DELETE FROM site WHERE site_id = 's2'")
    made = check_in(store, taken)
    undo_import(store, made.batch)
    assert one(store)["name_fr"] == "SPÉCIMEN 1"
    assert one(store, "s2")["lon"] == pytest.approx(-7.52)
    again = check_in(store, taken)
    assert (again.updated, again.deleted) == (1, 1)


def test_what_was_never_checked_out_or_elsewhere_is_refused(store, taken, tmp_path):
    with create_store(str(tmp_path / "autre.gpkg")) as other:
        with pytest.raises(StoreError, match="another store"):
            check_in(other, taken)
        with pytest.raises(StoreError, match="not checked out"):
            check_in(store, tmp_path / "autre.gpkg")
    with pytest.raises(NotAStore):
        check_in(store, tmp_path / "rien.gpkg")


def test_two_at_once_bring_it_once(store, taken, location):
    with open_store(str(taken)) as field, field.transaction():
        field.insert("site", [site(number, "OFPPT") for number in range(10, 60)])
    in_the_field(taken, "UPDATE site SET phone = '+212522000001' WHERE site_id = 's1'")

    def bring(_number):
        with open_store(location) as mine:
            return check_in(mine, taken)

    with ThreadPoolExecutor() as pool:
        made = list(pool.map(bring, range(4)))
    assert sorted(one.created for one in made) == [0, 0, 0, 50]
    assert store.count("site", institution_code="OFPPT") == 52
    assert store.count("import_batch") == 1


KILLED = """
import sys, time
sys.path.insert(0, sys.argv[1])
import conftest
from carte_cp3.store.checkin import check_in
from carte_cp3.store.database import open_store
def progress(done, _message):
    if done > 0.5:
        print("half", flush=True)
        time.sleep(60)
check_in(open_store(sys.argv[2]), sys.argv[3], progress=progress)
"""


def test_a_check_in_that_is_killed_left_nothing_and_is_repeated(store, taken, location):
    with open_store(str(taken)) as field, field.transaction():
        field.insert("site", [site(number, "OFPPT") for number in range(10, 20)])
    before = store.state(), store.count("import_batch")
    command = [sys.executable, "-c", KILLED, str(TESTS), location, str(taken)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout.readline() == "half\n"
        os.kill(killed.pid, signal.SIGKILL)
    assert (store.state(), store.count("import_batch")) == before
    made = check_in(store, taken)
    assert (made.created, store.count("site", institution_code="OFPPT")) == (10, 12)


def test_positions_are_what_gdal_reads(store, taken):
    opened = ogr.Open(str(taken))  # its layers live no longer than itself
    layer = opened.GetLayerByName("site")
    points = sorted(feature.GetGeometryRef().GetX() for feature in layer)
    assert points == pytest.approx([-7.52, -7.51])


def test_a_site_drawn_without_an_identifier_is_one_however_often_it_is_edited(
    store, taken, tmp_path
):
    in_the_field(
        taken,
        "INSERT INTO site (site_id, institution_code, name_fr) VALUES ('', 'OFPPT', 'SPÉCIMEN')",
    )
    copy = shutil.copy(taken, tmp_path / "copie.gpkg")
    in_the_field(copy, "UPDATE site SET phone = '+212522000007' WHERE site_id = ''")
    assert check_in(store, taken).created == 1
    assert check_in(store, copy).updated == 1
    in_the_field(taken, "UPDATE site SET email = 'a@example.org' WHERE site_id = ''")
    made = check_in(store, taken)
    assert (made.updated, made.conflicts) == (1, ())
    (row,) = store.rows("site", name_fr="SPÉCIMEN")
    assert (row["phone"], row["email"]) == ("+212522000007", "a@example.org")
    assert store.count("site", institution_code="OFPPT") == 3


def test_edits_of_a_site_that_was_closed_meanwhile_are_chosen_and_not_lost_from_sight(store, taken):
    in_the_field(taken, "UPDATE site SET phone = '+212522000001' WHERE site_id = 's2'")
    with store.transaction():
        store.update("site", "s2", {"status": "closed", "closed_on": "2026-01-01"})
    made = check_in(store, taken)
    assert [(one.key, one.field, one.mine) for one in made.conflicts] == [
        ("s2", "phone", "+212522000001")
    ]
    assert one(store, "s2")["phone"] is None
    settle(store, open_conflicts(store)[0], mine=True)
    assert one(store, "s2")["phone"] == "+212522000001"
    assert check_in(store, taken).batch == ""


def test_what_is_added_to_a_site_that_was_merged_meanwhile_goes_to_the_one_that_was_kept(
    store, taken
):
    with open_store(str(taken)) as field, field.transaction():
        field.insert("offer", [{"offer_id": "o9", "service_id": "v1", "site_id": "s2"}])
        field.insert("notice", [{"notice_id": "n9", "applies_to": "site", "key": "s2",
                                 "kind": "message", "starts_on": "2026-01-01"}])  # fmt: skip
    with store.transaction():
        store.delete("offer", "o1")
    merge_sites(store, "s1", "s2")
    assert check_in(store, taken).refused == ()
    assert store.rows("offer", offer_id="o9")[0]["site_id"] == "s1"
    assert store.rows("notice", notice_id="n9")[0]["key"] == "s1"
    assert check_in(store, taken).batch == ""
