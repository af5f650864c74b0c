# SPDX-License-Identifier: GPL-2.0-or-later
"""One institution's records put back: from the history, from a copy, from a pg_dump."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timezone
from time import sleep

import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.store.copying import copy_store
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.history import undo_batch
from carte_cp3.store.postgres.address import parse_location
from carte_cp3.store.restoring import restore_from, restore_to_moment

KEPT = ("site", "service", "offer", "notice", "institution")


@pytest.fixture
def store(location):
    with create_store(location) as made:
        with made.transaction():
            for number, code in enumerate(("EN", "EN", "EN", "OFPPT")):
                made.insert("site", [{"site_id": f"s{number}", "institution_code": code,
                                      "name_fr": f"SPÉCIMEN {number}", "lon": -7.0, "lat": 33.0,
                                      "status": "published"}])  # fmt: skip
            made.insert("service", [{"service_id": "v", "institution_code": "EN"}])
            made.insert("offer", [{"offer_id": "o", "service_id": "v", "site_id": "s0"}])
            made.insert("notice", [{"notice_id": "n", "applies_to": "offer", "key": "o",
                                    "kind": "message", "starts_on": "2026-01-01"}])  # fmt: skip
        yield made


def now():
    """A moment that no change falls upon."""
    sleep(0.05)
    moment = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    sleep(0.05)
    return moment.replace("+00:00", "Z")


def content(store):
    """What people wrote, without what the store stamps."""
    stamps = ("updated_at", "updated_by")
    return {
        name: sorted(
            ({k: v for k, v in row.items() if k not in stamps} for row in store.rows(name)),
            key=str,
        )
        for name in KEPT
    }


def havoc(store):
    """A bad day at EN; OFPPT works on."""
    with store.transaction():
        store.delete("notice", "n")
        store.delete("offer", "o")
        store.delete("service", "v")
        store.delete("site", "s0")
        store.update("site", "s1", {"name_fr": "perdu", "lon": -5.0, "lat": 30.0})
        store.update("site", "s2", {"institution_code": "OFPPT"})
        store.insert("site", [{"site_id": "s9", "institution_code": "EN", "name_fr": "de trop"}])
        store.update("institution", "EN", {"phone": "+212500000000"})
        store.update("site", "s3", {"name_fr": "SPÉCIMEN bon travail"})


def expected(before):
    return {
        **before,
        "site": sorted(
            (
                {**row, "name_fr": "SPÉCIMEN bon travail"} if row["site_id"] == "s3" else row
                for row in before["site"]
            ),
            key=str,
        ),
    }


def test_an_institutions_records_are_as_they_were_and_the_others_as_they_are(store):
    before, moment = content(store), now()
    havoc(store)
    after = content(store)
    made = restore_to_moment(store, "EN", moment, by="SPÉCIMEN")
    assert content(store) == expected(before)
    assert (made.restored, made.deleted, made.refused) == (7, 1, ())
    assert restore_to_moment(store, "EN", moment).batch == ""
    undo_batch(store, made.batch)
    assert content(store) == after


def test_they_come_back_from_a_copy_that_was_kept(store, tmp_path):
    before = content(store)
    with create_store(str(tmp_path / "kept.gpkg")) as kept:
        copy_store(store, kept)
        havoc(store)
        made = restore_from(store, kept, "EN")
        # The site that was given away is OFPPT's now, and came back all the same.
        assert content(store) == expected(before)
        assert restore_from(store, kept, "EN").batch == ""
    assert made.batch


def test_what_others_refer_to_is_not_deleted_and_said(store):
    moment = now()
    with store.transaction():
        store.insert("site", [{"site_id": "s9", "institution_code": "EN", "name_fr": "SPÉCIMEN"}])
        store.insert("service", [{"service_id": "w", "institution_code": "OFPPT"}])
        store.insert("offer", [{"offer_id": "p", "service_id": "w", "site_id": "s9"}])
    made = restore_to_moment(store, "EN", moment)
    assert [(one.table, one.key) for one in made.refused] == [("site", "s9")]
    assert store.count("site", site_id="s9") == 1


def test_what_cannot_be_meant_is_refused(store):
    for institution, moment, word in (
        ("XX", "2026-01-01T00:00:00Z", "no institution"),
        ("EN", "hier", "no moment"),
    ):
        with pytest.raises(StoreError, match=word):
            restore_to_moment(store, institution, moment)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True, scope="session")
def test_they_come_back_from_a_pg_dump(store, location, cluster, database, tmp_path):
    """The commands of docs/postgresql.md, with the server's own programs."""
    before, dump = content(store), tmp_path / "services.dump"
    address = parse_location(location)
    words = address.words
    reach = ["-h", words["host"], "-p", words["port"], "-U", words["user"]]
    environment = {**os.environ, "PGPASSWORD": words["password"]}
    programs = cluster._programs

    def run(program, *arguments):
        subprocess.run(
            [str(programs / program), *reach, *arguments],
            check=True, env=environment, capture_output=True, text=True,
        )  # fmt: skip

    run("pg_dump", "--enable-row-security", "-Fc", "-n", address.schema, "-n",
        f"{address.schema}_desk", "-f", str(dump), "services")  # fmt: skip
    havoc(store)
    cluster.administer("CREATE DATABASE services_then OWNER carte_admin")
    for extension in ("postgis", "pg_trgm"):
        cluster.administer(f"CREATE EXTENSION {extension}", database="services_then")
    run("pg_restore", "-d", "services_then", "--exit-on-error", str(dump))
    then = location.replace("dbname=services", "dbname=services_then")
    with open_store(then) as source:
        assert content(source) == before
        restore_from(store, source, "EN")
    assert content(store) == expected(before)
    cluster.administer("DROP DATABASE services_then WITH (FORCE)")
