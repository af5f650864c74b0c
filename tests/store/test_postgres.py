# SPDX-License-Identifier: GPL-2.0-or-later
"""What is PostgreSQL's own: the address, the extensions, a plain account, lost connections."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import psycopg2
import pytest
from carte_cp3.domain.errors import NotAStore, StoreBusy, StoreError
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import apply_plan
from carte_cp3.store.planning import plan_import
from carte_cp3.store.postgres.address import parse_location
from servers import ON_A_SERVER

SITE = {"site_id": "s1", "institution_code": "OFPPT", "name_fr": "SPÉCIMEN"}

pytestmark = ON_A_SERVER


@pytest.fixture
def administer(cluster):
    """Do something as the server's administrator, in the database of the stores."""
    return lambda statement: cluster.administer(statement, database="services")


def test_an_address_is_read_and_shown_without_its_password():
    address = parse_location(
        "PG:host=db.example dbname='carte cp3' user=u password='s e\\'cret' schema='ma carte' "
        "sslpassword=discret"
    )
    assert (address.words["dbname"], address.words["password"]) == ("carte cp3", "s e'cret")
    assert address.schema == "ma carte"
    assert "cret" not in address.location
    assert parse_location(address.location).words == {
        "host": "db.example", "dbname": "carte cp3", "user": "u"
    }  # fmt: skip
    assert parse_location(address.location).schema == "ma carte"


def test_an_address_keeps_the_name_under_which_qgis_keeps_the_password():
    kept = parse_location("PG:dbname=carte authcfg=a1b2c3d user=u password=secret").location
    assert "authcfg=a1b2c3d" in kept
    assert "secret" not in kept
    assert "user" not in kept
    assert "schema=carte" in kept


def test_what_is_no_address_is_told_so():
    with pytest.raises(StoreError, match="not written"):
        open_store("PG:services.gpkg")


def test_a_server_that_does_not_answer_is_said_without_the_password(location, cluster):
    for wrong in (
        location.replace(f"port={cluster.port}", "port=1"),
        f"PG:{cluster.dsn('services', 'nobody_here', 'hunter2')}",
    ):
        with pytest.raises(StoreBusy, match="cannot be reached") as caught:
            open_store(wrong)
        assert "hunter2" not in str(caught.value)
        assert parse_location(wrong).words["password"] not in str(caught.value)


def test_the_account_that_makes_a_store_is_a_plain_one(store):
    query = (
        "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = session_user"
    )
    assert list(store._connection.execute(query).fetchone()) == [False, False, False]


def test_no_password_is_in_a_stores_location(store, location):
    password = parse_location(location).words["password"]
    assert password not in store.location


@pytest.mark.parametrize("extension", ["postgis", "pg_trgm"])
def test_a_missing_extension_is_asked_for(cluster, extension):
    others = [one for one in ("postgis", "pg_trgm") if one != extension]
    name = f"bare_{extension}"
    words = cluster.make_database(name, owner=f"owner_{extension}", extensions=others)
    cluster.administer(f"ALTER DATABASE {name} OWNER TO postgres")
    cluster.administer(f"GRANT TEMPORARY, CONNECT ON DATABASE {name} TO owner_{extension}")
    with pytest.raises(StoreError, match=f"CREATE EXTENSION {extension};") as caught:
        create_store(f"PG:{words}")
    assert name in str(caught.value)
    assert "administrator" in str(caught.value)


def test_an_account_that_may_not_make_a_schema_is_told_so(cluster):
    password = cluster.make_account("guest")
    with pytest.raises(StoreError, match="may not") as caught:
        create_store(f"PG:{cluster.dsn('services', 'guest', password)} schema=guests")
    assert "administrator" in str(caught.value)


def test_a_schema_without_a_store_is_refused(store, location, administer):
    other = location + "_other"
    with pytest.raises(NotAStore, match="not a store"):
        open_store(other)
    administer(f"CREATE SCHEMA {parse_location(other).schema} AUTHORIZATION carte_admin")
    administer(f"CREATE TABLE {parse_location(other).schema}.site (fid int)")
    with pytest.raises(StoreError, match=r"other tables of the same names \(site\)"):
        create_store(other)


def test_a_store_that_cannot_be_filled_is_taken_back(location, monkeypatch):
    from carte_cp3.store import database

    def fail():
        raise RuntimeError("no directory")

    monkeypatch.setattr(database, "known_institutions", fail)
    with pytest.raises(RuntimeError):
        create_store(location)
    with pytest.raises(NotAStore):
        open_store(location)
    monkeypatch.undo()
    create_store(location).close()


def test_dates_moments_and_json_are_the_text_of_a_file(store):
    with store.transaction():
        batch = {"batch_id": "b", "file_name": "f", "sha256": "0", "mapping": '{"b": 1, "a": [2]}'}
        store.insert("import_batch", [{**batch, "at": "2026-01-31T12:00:00.5Z"}])
        store.insert("site", [{**SITE, "verified_on": "2026-01-31"}])
    (row,) = store.rows("import_batch")
    assert (row["at"], row["mapping"]) == ("2026-01-31T12:00:00.500Z", '{"b": 1, "a": [2]}')
    assert store.rows("site")[0]["verified_on"] == "2026-01-31"
    with pytest.raises(StoreError, match="hier"):
        store.update("site", "s1", {"verified_on": "hier"})


def test_a_text_that_the_server_cannot_hold_is_refused(store):
    with pytest.raises(StoreError, match="NUL"), store.transaction():
        store.insert("site", [{**SITE, "name_fr": "a\0b"}])
    assert store.count("site") == 0


def test_a_lost_connection_loses_nothing_and_says_what_to_do(store, location, cluster):
    with pytest.raises(StoreBusy, match="repeat the last step"), store.transaction():
        store.insert("site", [SITE])
        (number,) = store._connection.execute("SELECT pg_backend_pid()").fetchone()
        cluster.end(number)
        store.insert("site", [{**SITE, "site_id": "s2"}])
    with open_store(location) as again:
        assert again.count("site") == again.count("change", table_name="site") == 0


def test_somebody_who_holds_a_record_for_long_is_said(store, location):
    with store.transaction():
        store.insert("site", [SITE])
    with open_store(location) as other:
        other._connection.execute("SET lock_timeout = '100ms'")
        with store.transaction():
            store.update("site", "s1", {"name_fr": "SPÉCIMEN un"})
            with pytest.raises(StoreBusy, match="somebody else"), other.transaction():
                other.update("site", "s1", {"name_fr": "SPÉCIMEN deux"})
        assert other.rows("site")[0]["name_fr"] == "SPÉCIMEN un"


def test_two_imports_of_one_file_at_once_make_nothing_twice(store, location, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("Nom;Ville\nSPÉCIMEN;Salé\n", encoding="utf-8")
    with open_store(location) as other:
        mine, theirs = (plan_import(one, file, institution="EN") for one in (store, other))
        with ThreadPoolExecutor() as pool:
            with store.transaction(batch_id="first"):
                waiting = pool.submit(apply_plan, other, theirs)
                sleep(0.5)
                assert not waiting.done()
                store.load("site", [{**SITE, "institution_code": "EN"}])
            with pytest.raises(StoreError, match="changed by somebody else"):
                waiting.result(timeout=20)
    assert (mine.state, store.count("site")) == (theirs.state, 1)


def test_a_read_only_database_is_read_and_said(store):
    store._connection.execute("SET default_transaction_read_only = on")
    assert store.count("term") > 100
    with pytest.raises(StoreBusy, match="read-only"):
        store.update("institution", "EN", {"phone": "+212500000000"})


def test_two_writers_cannot_leave_a_reference_that_leads_nowhere(store, location):
    """The triggers do not see what the other has not kept yet; the foreign keys do."""
    with store.transaction():
        store.insert("institution", [{"code": "X", "name_fr": "SPÉCIMEN"}])
    with open_store(location) as other:
        other._connection.execute("SET lock_timeout = '100ms'")
        with store.transaction():
            store.insert("site", [{**SITE, "institution_code": "X"}])
            with pytest.raises(StoreError):
                other.delete("institution", "X")
    assert store.count("institution", code="X") == 1


def test_the_history_names_the_account_that_cannot_be_chosen(store):
    with store.transaction(by="somebody else"):
        store.insert("site", [{**SITE, "updated_by": "somebody else"}])
    query = "SELECT by, account FROM change WHERE table_name = 'site'"
    assert list(store._connection.execute(query).fetchone()) == ["somebody else", "carte_admin"]


def test_spatial_and_text_searches_have_indexes(store):
    query = (
        "SELECT indexdef FROM pg_indexes WHERE schemaname = ? "
        "AND tablename IN ('site', 'carte_listing')"
    )
    found = [row[0] for row in store._connection.execute(query, (store._connection.schema_name,))]
    assert any("gist (geom)" in one for one in found)
    assert any("gin (searched" in one and "gin_trgm_ops" in one for one in found)


def test_the_server_runs_as_a_plain_user_on_the_loopback_alone(cluster):
    connection = psycopg2.connect(cluster.dsn())
    cursor = connection.cursor()
    cursor.execute("SELECT current_setting('listen_addresses')")
    assert cursor.fetchone() == ("127.0.0.1",)
    connection.close()


def table_of(folder, name, rows):
    """Write a small file of sites."""
    file = folder / name
    file.write_text("Nom;Ville\n" + "".join(f"SPÉCIMEN {row};Salé\n" for row in rows))
    return file


def test_two_institutions_import_at_once(store, location, tmp_path):
    first = table_of(tmp_path, "en.csv", ("un", "deux"))
    second = table_of(tmp_path, "anapec.csv", ("trois", "quatre", "cinq"))
    with open_store(location) as other, ThreadPoolExecutor() as pool:
        mine = plan_import(store, first, institution="EN")
        theirs = plan_import(other, second, institution="ANAPEC")
        written = []

        def meanwhile():
            """Before the one is kept, the other is written, kept and over."""
            written.append(pool.submit(apply_plan, other, theirs).result(timeout=20))

        apply_plan(store, mine, before_commit=meanwhile)
    assert len(written) == 1
    assert (store.count("site", institution_code="EN"), store.count("site")) == (2, 5)


def test_a_connection_lost_during_an_import_leaves_nothing_and_the_next_one_is_whole(
    store, location, tmp_path, cluster
):
    file = table_of(tmp_path, "en.csv", ("un", "deux"))
    plan = plan_import(store, file, institution="EN")

    def cut():
        (number,) = store._connection.execute("SELECT pg_backend_pid()").fetchone()
        cluster.end(number)

    with pytest.raises(StoreBusy, match="repeat the last step"):
        apply_plan(store, plan, before_commit=cut)
    with open_store(location) as again:
        assert (again.count("site"), again.count("import_batch")) == (0, 0)
        apply_plan(again, plan_import(again, file, institution="EN"))
        assert again.count("site") == 2


def test_what_a_job_read_and_somebody_changed_is_not_written(store, location):
    with store.transaction():
        store.insert("site", [SITE])
    seen = pytest.raises(StoreBusy, match="same moment")
    with open_store(location) as other, seen, store.transaction():
        (row,) = store.rows("site")
        other.update("site", "s1", {"phone": "+212537000000"})
        store.update("site", "s1", {"name_fr": row["name_fr"] + " modifié"})
    (row,) = store.rows("site")
    assert (row["name_fr"], row["phone"]) == ("SPÉCIMEN", "+212537000000")


def test_a_writer_that_says_which_version_it_read_writes_that_one_or_nothing(store):
    with store.transaction():
        store.insert("site", [SITE])
    write = "UPDATE site SET phone = ?, row_version = ? WHERE site_id = 's1'"
    store._connection.execute(write, ("+212537000001", 1))
    with pytest.raises(psycopg2.errors.SerializationFailure, match="quelqu'un d'autre"):
        store._connection.execute(write, ("+212537000002", 1))
    store._connection.execute(write, ("+212537000003", 2))
    assert [row["action"] for row in store.rows("change", table_name="site")] == [
        "insert", "update", "update"
    ]  # fmt: skip
