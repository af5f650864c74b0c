# SPDX-License-Identifier: GPL-2.0-or-later
"""A connection cut at any moment of an import: all is kept or nothing, and it is said which."""

from contextlib import closing
from threading import Thread
from time import sleep

import psycopg2
import pytest
from carte_cp3.domain.errors import StoreBusy, WorkKept
from carte_cp3.store.checkin import check_in
from carte_cp3.store.checkout import check_out
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.postgres import outcome
from lines import Line
from servers import ON_A_SERVER

pytestmark = ON_A_SERVER

ROWS = 400


@pytest.fixture
def through(location, cluster):
    """Open the store through a line that is cut."""
    lines = []

    def reach(**how):
        lines.append(Line(cluster.port, **how))
        port = f"port={lines[-1].port} sslmode=disable"
        return lines[-1], open_store(location.replace(f"port={cluster.port}", port))

    yield reach
    for line in lines:
        line.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "en.csv"
    rows = "".join(f"E{number};SPÉCIMEN {number};Salé;Atelier\n" for number in range(ROWS))
    path.write_text("Code;Nom;Ville;Service\n" + rows, encoding="utf-8")
    return path


def counts(store):
    return [store.count(table) for table in ("site", "offer", "import_batch", "finding", "change")]


@pytest.mark.parametrize("part", [0.1, 0.5, 0.8, 0.98])
def test_cut_in_the_middle_nothing_is_kept_and_the_next_one_is_whole(store, through, file, part):
    line, other = through()
    began = line.sent
    with other:
        import_table(other, file, institution="OFPPT")
    sent, whole = line.sent - began, counts(store)
    line, other = through(limit=began + int(part * sent))
    with other, pytest.raises(StoreBusy, match="repeat the last step"):
        import_table(other, file, institution="EN")
    assert line.cut
    assert counts(store) == whole
    import_table(store, file, institution="EN")
    assert [store.count(one, institution_code="EN") for one in ("site", "service")] == [ROWS, 1]


def test_cut_before_the_server_hears_that_it_should_keep_it(store, through, file):
    before = counts(store)
    line, other = through(at_commit="before")
    with other, pytest.raises(StoreBusy, match="repeat the last step"):
        import_table(other, file, institution="EN")
    assert line.cut
    assert counts(store) == before


def test_cut_after_the_server_has_kept_it_says_so_and_a_repetition_makes_nothing_twice(
    store, through, file
):
    line, other = through(at_commit="after")
    with other, pytest.raises(WorkKept, match="all of the work is kept"):
        import_table(other, file, institution="EN")
    assert line.cut
    assert store.count("site") == ROWS
    assert import_table(store, file, institution="EN").unchanged == ROWS
    assert store.count("site") == ROWS


@pytest.mark.parametrize("moment", ["before", "after"])
def test_cut_for_good_while_it_is_kept_nothing_is_promised(
    store, through, file, monkeypatch, moment
):
    monkeypatch.setattr(outcome, "_PATIENCE", 0.3)
    _line, other = through(at_commit=moment, once=False)
    with other, pytest.raises(StoreBusy, match="look whether it is there"):
        import_table(other, file, institution="EN")
    assert store.count("site") == (ROWS if moment == "after" else 0)
    assert store.count("change", table_name="site") == store.count("site")


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.9])
def test_a_server_stopped_and_started_in_the_middle_has_nothing_and_takes_all_the_next_time(
    location, cluster, file, tmp_path, moment
):
    seen = []

    def progress(done, _message=""):
        if done >= moment and not seen:
            seen.append(done)
            cluster.halt()
            cluster.start()

    create_store(location).close()
    with open_store(location) as mine, pytest.raises(StoreBusy, match="repeat the last step"):
        import_table(mine, file, institution="EN", progress=progress)
    field = tmp_path / "terrain.gpkg"
    with open_store(location) as mine:
        assert counts(mine)[:4] == [0, 0, 0, 0]
        import_table(mine, file, institution="EN")
        check_out(mine, field, institution="EN")
    with open_store(str(field)) as taken, taken.transaction():
        for row in taken.rows("site"):
            taken.update("site", row["site_id"], {"phone": "+212522000001"})
    seen.clear()
    with open_store(location) as mine, pytest.raises(StoreBusy, match="repeat the last step"):
        check_in(mine, field, progress=progress)
    with open_store(location) as mine:
        assert mine.count("site", phone="+212522000001") == 0
        assert [check_in(mine, field).updated, check_in(mine, field).updated] == [ROWS, 0]


def test_a_server_ended_while_it_keeps_the_work_keeps_nothing(store, location, cluster):
    """Within COMMIT itself: what is asked last takes its time, and the server's process ends."""
    execute = store._connection.execute
    execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
            "$f$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $f$")  # fmt: skip
    execute("CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON site DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION slow()")  # fmt: skip
    before = counts(store)
    with open_store(location) as other:
        (number,) = other._connection.execute("SELECT pg_backend_pid()").fetchone()
        ending = Thread(target=end_at_commit, args=(cluster, number))
        ending.start()
        with pytest.raises(StoreBusy, match="repeat the last step"), other.transaction():
            other.insert("site", [{"institution_code": "EN", "name_fr": "SPÉCIMEN"}])
        ending.join()
    assert counts(store) == before


def end_at_commit(cluster, number):
    """Wait until a server process is keeping its work, and end it."""
    query = (
        "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND query = 'COMMIT' AND state = 'active'"
    )
    with closing(psycopg2.connect(cluster.dsn("services"))) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        for _attempt in range(400):
            cursor.execute(query, (number,))
            if cursor.fetchone():
                break
            sleep(0.05)
    cluster.end(number)
