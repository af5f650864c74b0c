# SPDX-License-Identifier: GPL-2.0-or-later
"""Each forbidden thing is tried, by raw SQL and by the plugin's own functions, and refused."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import sleep

import psycopg2
import pytest
from carte_cp3.domain.errors import NotAStore, StoreError
from carte_cp3.domain.site_list import SiteFilter
from carte_cp3.store.checkin import _known_changes, check_in
from carte_cp3.store.checking import check_store
from carte_cp3.store.checkout import check_out
from carte_cp3.store.conflicts import open_conflicts
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.history import undo_import
from carte_cp3.store.importing import import_table
from carte_cp3.store.listing import count_sites, read_page, site_figures
from carte_cp3.store.postgres.address import parse_location
from carte_cp3.store.public import public_view
from carte_cp3.store.roles import Member, add_member, members, remove_member
from servers import ON_A_SERVER

SITE = {"name_fr": "SPÉCIMEN", "lon": -7.0, "lat": 33.0, "note_internal": "SECRET"}
BOTH = "editing_publisher"
MEMBERS = (
    Member("ofppt_editor", "editor", "OFPPT"),
    Member("anapec_editor", "editor", "ANAPEC"),
    Member("publisher", "publisher"),
    Member(BOTH, "publisher"),
    Member(BOTH, "editor", "OFPPT"),
    Member("reader", "reader"),
)


@pytest.fixture(scope="session")
def passwords(cluster):
    """Plain accounts of the server, members of the stores or not."""
    names = {member.account for member in MEMBERS} | {"stranger"}
    return {name: cluster.make_account(name) for name in sorted(names)}


pytestmark = ON_A_SERVER


@pytest.fixture
def store(location, passwords):
    with create_store(location) as made:
        with made.transaction(by="administrator"):
            for code in ("OFPPT", "ANAPEC"):
                for status, visibility in (
                    ("published", "public"),
                    ("published", "internal"),
                    ("draft", "public"),
                ):
                    key = "-".join((code.lower(), status, visibility))
                    row = {**SITE, "site_id": key, "institution_code": code, "status": status}
                    made.insert("site", [{**row, "visibility": visibility}])
        for member in MEMBERS:
            add_member(made, member)
        yield made


@pytest.fixture
def reached(location, cluster, passwords):
    """How an account reaches the store."""
    schema = parse_location(location).schema

    def as_account(name):
        return f"PG:{cluster.dsn('services', name, passwords[name])} schema={schema}"

    return as_account


@pytest.fixture
def sql(store, location, cluster, passwords):
    """Run raw SQL as an account, as psql would; return its rows or how many were written."""
    schema = parse_location(location).schema
    opened = []

    def run(account, statement):
        connection = psycopg2.connect(cluster.dsn("services", account, passwords[account]))
        opened.append(connection)
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(statement.replace("BASE.", f"{schema}.").replace("DESK.", f"{schema}_desk."))
        return cursor.fetchall() if cursor.description else cursor.rowcount

    yield run
    for connection in opened:
        connection.close()


def everything(store):
    return {table.name: store.rows(table.name) for table in store.schema.tables}


EDITOR_MAY_NOT = [
    ("INSERT INTO DESK.site (site_id, institution_code) VALUES ('x', 'ANAPEC')", "ANAPEC"),
    ("UPDATE DESK.site SET name_fr = 'x' WHERE site_id = 'anapec-published-public'", "ANAPEC"),
    ("UPDATE DESK.site SET institution_code = 'OFPPT' WHERE site_id LIKE 'anapec%'", "ANAPEC"),
    ("UPDATE DESK.site SET institution_code = 'ANAPEC' WHERE status = 'draft'", "ANAPEC"),
    ("DELETE FROM DESK.site WHERE site_id = 'anapec-published-public'", "ANAPEC"),
    ("UPDATE DESK.site SET status = 'published' WHERE status = 'draft'", "publicateur"),
    (
        "INSERT INTO DESK.site (site_id, institution_code, name_fr, status) "
        "VALUES ('x', 'OFPPT', 'x', 'published')",
        "publicateur",
    ),
    ("UPDATE DESK.institution SET phone = '+212522000000' WHERE code = 'ANAPEC'", "ANAPEC"),
    ("INSERT INTO DESK.institution (code, name_fr) VALUES ('X', 'x')", "administrateur"),
    ("INSERT INTO DESK.programme (code, lead_code) VALUES ('x', 'ANAPEC')", "ANAPEC"),
    (
        "INSERT INTO DESK.notice (notice_id, applies_to, key, kind, starts_on) "
        "VALUES ('n', 'site', 'anapec-published-public', 'closure', '2026-01-01')",
        "ANAPEC",
    ),
    (
        "INSERT INTO DESK.finding (finding_id, rule, severity, table_name, key) "
        "VALUES ('f', 'r', 'warning', 'site', 'anapec-published-public')",
        "ANAPEC",
    ),
    (
        "INSERT INTO DESK.import_batch (batch_id, file_name, sha256, institution_code) "
        "VALUES ('b', 'f', '0', 'ANAPEC')",
        "ANAPEC",
    ),
    ("UPDATE DESK.term SET label_fr = 'x'", "administrateur"),
    ("INSERT INTO DESK.release (release_id) VALUES ('r')", "administrateur"),
    ("DELETE FROM DESK.change", "historique"),
    ("UPDATE DESK.change SET by = 'x'", "historique"),
    (
        "INSERT INTO DESK.change (change_id, table_name, key, action) "
        "VALUES ('c', 'site', 'x', 'insert')",
        "historique",
    ),
    # Round the views: PostgreSQL's own word, since nothing else can be said there.
    ("SELECT note_internal FROM BASE.site", "permission denied"),
    ("UPDATE BASE.site SET name_fr = 'x'", "permission denied"),
    ("DELETE FROM BASE.change", "permission denied"),
    ("SELECT * FROM BASE.carte_member", "permission denied"),
    ("INSERT INTO BASE.carte_member VALUES ('ofppt_editor', 'publisher')", "permission denied"),
    ("UPDATE BASE.carte_migration SET name = 'x'", "permission denied"),
    ("ALTER TABLE BASE.site DISABLE TRIGGER USER", "must be owner"),
    ("ALTER TABLE BASE.site DISABLE ROW LEVEL SECURITY", "must be owner"),
    ("TRUNCATE BASE.change", "permission denied"),
    ("CREATE OR REPLACE VIEW DESK.site AS SELECT 1", "permission denied|must be owner"),
    ("CREATE FUNCTION BASE.carte_is_publisher(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
     "permission denied"),
    ("SET ROLE carte_admin", "permission denied"),
    ("SET SESSION AUTHORIZATION carte_admin", "permission denied"),
    ("SET session_replication_role = replica", "permission denied"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "word"), EDITOR_MAY_NOT)
def test_an_editor_is_refused(store, sql, statement, word):
    before = everything(store)
    with pytest.raises(psycopg2.Error, match=word):
        sql("ofppt_editor", statement)
    assert everything(store) == before


def test_an_editor_sees_what_is_published_and_all_of_its_own(sql):
    seen = {row[0] for row in sql("ofppt_editor", "SELECT site_id FROM DESK.site")}
    own = {"ofppt-published-public", "ofppt-published-internal", "ofppt-draft-public"}
    assert seen == own | {"anapec-published-public"}


def test_internal_fields_and_the_history_stay_with_their_institution(store, sql):
    notes = dict(sql("ofppt_editor", "SELECT site_id, note_internal FROM DESK.site"))
    assert notes["anapec-published-public"] is None
    assert notes["ofppt-published-public"] == "SECRET"
    found = (
        "SELECT count(*) FROM DESK.site WHERE note_internal = 'SECRET' AND site_id LIKE 'anapec%'"
    )
    assert sql("ofppt_editor", found) == [(0,)]
    keys = {row[0] for row in sql("ofppt_editor", "SELECT DISTINCT key FROM DESK.change")}
    assert keys == {key for key in keys if key.startswith("ofppt") or key == "OFPPT"}
    assert sql("reader", "SELECT count(*) FROM DESK.change") == [(0,)]


def test_an_editor_writes_its_own_and_the_history_knows_who(store, sql):
    statement = "UPDATE DESK.site SET name_fr = 'SPÉCIMEN 2' WHERE site_id = 'ofppt-draft-public'"
    assert sql("ofppt_editor", "SET carte.by = 'somebody else'; " + statement) == 1
    assert sql("ofppt_editor", "INSERT INTO DESK.site (site_id, institution_code, note_internal) "
               "VALUES ('new', 'OFPPT', 'SECRET')") == 1  # fmt: skip
    row = store.rows("site", site_id="new")[0]
    assert (row["status"], row["precision"], row["note_internal"]) == ("draft", "unknown", "SECRET")
    assert sql("ofppt_editor", "DELETE FROM DESK.site WHERE site_id = 'new'") == 1
    accounts = store._connection.execute("SELECT account FROM change ORDER BY fid DESC LIMIT 3")
    assert [row[0] for row in accounts] == ["ofppt_editor"] * 3


def publish(key, also=""):
    return f"UPDATE DESK.site SET status = 'published'{also} WHERE site_id = '{key}'"


def test_a_publisher_publishes_what_somebody_else_wrote(store, sql):
    assert sql("publisher", publish("anapec-draft-public")) == 1
    row = store.rows("site", site_id="anapec-draft-public")[0]
    assert (row["status"], row["note_internal"]) == ("published", "SECRET")


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        (publish("anapec-draft-public", ", name_fr = 'x'"), "sans être modifiée"),
        ("UPDATE DESK.site SET name_fr = 'x' WHERE site_id = 'anapec-published-public'", "ANAPEC"),
        ("DELETE FROM DESK.site WHERE site_id = 'anapec-published-public'", "ANAPEC"),
        ("INSERT INTO DESK.site (site_id, institution_code) VALUES ('x', 'ANAPEC')", "ANAPEC"),
        ("DELETE FROM DESK.change", "historique"),
    ],
)
def test_a_publisher_does_nothing_else(store, sql, statement, word):
    before = everything(store)
    with pytest.raises(psycopg2.Error, match=word):
        sql("publisher", statement)
    assert everything(store) == before


def test_nobody_approves_an_own_last_edit(store, sql):
    edit = "UPDATE DESK.site SET name_fr = 'SPÉCIMEN 3' WHERE site_id = 'ofppt-draft-public'"
    assert sql(BOTH, edit) == 1
    with pytest.raises(psycopg2.Error, match="un autre publicateur"):
        sql(BOTH, publish("ofppt-draft-public"))
    with pytest.raises(psycopg2.Error, match="sans être modifiée"):
        sql(BOTH, publish("ofppt-draft-public", ", name_fr = 'SPÉCIMEN 4'"))
    with pytest.raises(psycopg2.Error, match="sans être modifiée"):
        sql(BOTH, "INSERT INTO DESK.site (site_id, institution_code, name_fr, status) "
            "VALUES ('x', 'OFPPT', 'x', 'published')")  # fmt: skip
    assert sql("publisher", publish("ofppt-draft-public")) == 1


def test_a_reader_reads_what_is_published_and_writes_nothing(store, sql):
    seen = {row[0] for row in sql("reader", "SELECT site_id FROM DESK.site")}
    assert seen == {"ofppt-published-public", "anapec-published-public"}
    before = everything(store)
    for statement in ("UPDATE DESK.site SET name_fr = 'x'", "DELETE FROM DESK.site"):
        with pytest.raises(psycopg2.Error, match="permission denied"):
            sql("reader", statement)
    assert everything(store) == before


def test_a_stranger_reads_nothing(store, sql, reached):
    with pytest.raises(psycopg2.Error, match="permission denied"):
        sql("stranger", "SELECT * FROM DESK.site")
    with pytest.raises(NotAStore, match="may not use it"):
        open_store(reached("stranger"))


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_the_plugins_jobs_keep_to_the_rights(store, reached, tmp_path):
    file = written(tmp_path / "a.csv", "Code;Nom;Ville;Service\nA1;SPÉCIMEN neuf;Salé;Atelier\n")
    with open_store(reached("ofppt_editor")) as mine:
        result = import_table(mine, file, institution="OFPPT")
        assert (result.created, mine.count("service"), mine.count("offer")) == (1, 1, 1)
        check_store(mine)
        assert len(public_view(mine).sites) == 2
        before = everything(store)
        with pytest.raises(StoreError, match="ANAPEC"):
            import_table(mine, file, institution="ANAPEC")
        with pytest.raises(StoreError, match="ANAPEC"), mine.transaction():
            mine.update("site", "anapec-published-public", {"phone": "+212500000000"})
        with pytest.raises(StoreError, match="no site has the identifier"):
            mine.update("site", "anapec-draft-public", {"phone": "+212500000000"})
        with pytest.raises(StoreError, match="only a publisher publishes"):
            import_table(mine, written(tmp_path / "b.csv", "Nom;Ville\nSPÉCIMEN b;Salé\n"),
                         institution="OFPPT", status="published")  # fmt: skip
        assert everything(store) == before
        assert undo_import(mine, result.batch).restored == 1
        assert not mine.rows("site", external_id="A1")
    with open_store(reached("anapec_editor")) as other:
        assert other.rows("import_batch") == []
    with (
        open_store(reached("reader")) as reading,
        pytest.raises(StoreError, match="may not do that"),
        reading.transaction(),
    ):
        reading.update("site", "ofppt-published-public", {"phone": "+212500000000"})


def test_field_work_keeps_to_the_rights(store, reached, tmp_path):
    file = tmp_path / "terrain.gpkg"
    store.update("site", "ofppt-draft-public", {"note_internal": "à nous"})
    store.update("site", "anapec-published-public", {"note_internal": "à eux"})
    with open_store(reached("ofppt_editor")) as mine:
        assert check_out(mine, file) == 4  # two of the other's sites are not for this account
        with open_store(str(file)) as field, field.transaction():
            notes = {row["site_id"]: row["note_internal"] for row in field.rows("site")}
            assert notes["ofppt-draft-public"] == "à nous"
            assert notes["anapec-published-public"] is None
            field.update("site", "ofppt-draft-public", {"phone": "+212522000001"})
            field.update("site", "anapec-published-public", {"phone": "+212522000002"})
            field.update("site", "ofppt-published-internal", {"status": "draft"})
        made = check_in(mine, file)
        assert made.updated == 2
        ((table, key, reason),) = [(one.table, one.key, str(one.reason)) for one in made.refused]
        assert (table, key) == ("site", "anapec-published-public")
        assert "ANAPEC" in reason
    (row,) = store.rows("site", site_id="anapec-published-public")
    assert (row["phone"], row["note_internal"]) == (None, "à eux")
    with open_store(reached("anapec_editor")) as other:
        other_made = check_in(other, file)
        assert other_made.updated == 1  # what the first could not write, and nothing else
    with open_store(reached("reader")) as reading, pytest.raises(StoreError):
        check_in(reading, file)


def test_members_are_data_that_the_administrator_alone_changes(store, reached, sql):
    assert set(members(store)) == set(MEMBERS)
    with (
        open_store(reached(BOTH)) as member,
        pytest.raises(StoreError, match="may not"),
    ):
        add_member(member, Member(BOTH, "editor", "ANAPEC"))
    remove_member(store, "anapec_editor")
    with pytest.raises(psycopg2.Error, match="permission denied"):
        sql("anapec_editor", "SELECT * FROM DESK.site")
    assert "anapec_editor" not in {member.account for member in members(store)}


@pytest.mark.parametrize(
    ("member", "word"),
    [
        (Member("reader", "king"), "no role"),
        (Member("reader", "editor"), "belongs to an institution"),
        (Member("reader", "publisher", "EN"), "belongs to an institution"),
        (Member("reader", "editor", "XX"), "no institution XX"),
        (Member("nobody_at_all", "reader"), "nobody_at_all"),
    ],
)
def test_a_member_that_cannot_be_is_refused(store, member, word):
    with pytest.raises(StoreError, match=word):
        add_member(store, member)
    assert set(members(store)) == set(MEMBERS)


@pytest.mark.parametrize("account", ["reader", "ofppt_editor", "publisher", BOTH])
def test_the_list_of_sites_shows_what_one_may_see_and_nothing_else(sql, reached, account):
    seen = {row[0] for row in sql(account, "SELECT site_id FROM DESK.site")}
    with open_store(reached(account)) as mine:
        for text in ("", "specimen"):
            page = read_page(mine, SiteFilter(text=text))
            assert {row["site_id"] for row in page.rows} == seen
            assert count_sites(mine, SiteFilter(text=text), 100) == len(seen)
        assert sum(one.sites for one in site_figures(mine)) == len(seen)
    assert {row[0] for row in sql(account, "SELECT key FROM BASE.carte_listing")} == seen
    for statement in ("DELETE FROM {t}", "UPDATE {t} SET searched = 'x'", "TRUNCATE {t}"):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            sql(account, statement.format(t="BASE.carte_listing"))


LEAKS = "CREATE FUNCTION pg_temp.leaks(said text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
LEAKS += "$$ BEGIN IF said LIKE '%anapec%' THEN RAISE '%', said; END IF; RETURN true; END $$; "


def test_a_function_of_ones_own_is_shown_no_row_that_one_may_not_see(sql, store):
    with store.transaction():
        store.delete("site", "anapec-published-public")
    count = "SELECT count(*) FROM BASE.carte_listing WHERE pg_temp.leaks(key)"
    assert sql("ofppt_editor", LEAKS + count) == [(3,)]
    with pytest.raises(psycopg2.errors.RaiseException, match="anapec"):
        sql("publisher", LEAKS + count)


def test_what_a_member_writes_is_listed(store, reached):
    with open_store(reached("ofppt_editor")) as mine:
        with mine.transaction():
            mine.update("site", "ofppt-draft-public", {"name_fr": "SPÉCIMEN modifié"})
        assert [row["site_id"] for row in read_page(mine, SiteFilter(text="modifie")).rows] == [
            "ofppt-draft-public"
        ]


def test_a_member_cannot_write_the_list(sql):
    with pytest.raises(psycopg2.Error):
        sql("ofppt_editor", "INSERT INTO BASE.carte_listing SELECT * FROM BASE.carte_listing")


def test_no_conflict_of_a_row_that_is_added_tells_of_one_that_is_hidden(store, sql):
    """PostgreSQL asks the condition of ON CONFLICT before it asks whether the row may be seen."""
    with store.transaction():
        store.insert("import_batch", [{"batch_id": "b", "file_name": "SECRET", "sha256": "0",
                                       "institution_code": "ANAPEC"}])  # fmt: skip
        store.insert("finding", [{"finding_id": "f", "rule": "r", "severity": "warning",
                                  "table_name": "site", "key": "anapec-draft-public",
                                  "value": "SECRET"}])  # fmt: skip
        store.insert("notice", [{"notice_id": "n", "applies_to": "site", "text_fr": "SECRET",
                                 "key": "anapec-draft-public", "kind": "message",
                                 "starts_on": "2026-01-01"}])  # fmt: skip
    hidden = {
        "site": "(site_id, institution_code) VALUES ('anapec-draft-public', 'OFPPT')",
        "import_batch": "(batch_id, file_name, sha256, institution_code) "
                        "VALUES ('b', 'x', '0', 'OFPPT')",
        "finding": "(finding_id, rule, severity, table_name, key) "
                   "VALUES ('f', 'r', 'warning', 'site', 'ofppt-draft-public')",
        "notice": "(notice_id, applies_to, key, kind, starts_on) "
                  "VALUES ('n', 'site', 'ofppt-draft-public', 'message', '2026-01-01')",
    }  # fmt: skip
    secret = {"site": "note_internal", "import_batch": "file_name", "finding": "value",
              "notice": "text_fr"}  # fmt: skip
    for table, values in hidden.items():
        key = store.schema.table(table).key
        assert sql("ofppt_editor", f"SELECT count(*) FROM DESK.{table}")[0][0] == (
            4 if table == "site" else 0
        )
        for view in (table, f"carte_{table}_door"):
            with pytest.raises(psycopg2.Error) as refused:
                sql("ofppt_editor", f"INSERT INTO DESK.{view} AS shown {values} ON CONFLICT "
                    f"({key}) DO UPDATE SET {key} = 'x' "
                    f"WHERE shown.{secret[table]}::int = 1")  # fmt: skip
            assert "SECRET" not in str(refused.value)


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("AFTER INSERT ON own REFERENCING NEW TABLE AS added", "site_added"),
        ("AFTER INSERT ON own REFERENCING NEW TABLE AS written", "listing_insert"),
        ("AFTER DELETE ON own REFERENCING OLD TABLE AS gone", "listing_delete"),
    ],
)
def test_no_trigger_of_the_store_can_be_put_on_a_table_of_ones_own(sql, event, name):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        sql("ofppt_editor", "CREATE TEMP TABLE own AS SELECT * FROM DESK.site; CREATE TRIGGER mine "
            f"{event} FOR EACH STATEMENT EXECUTE FUNCTION BASE.carte_{name}()")  # fmt: skip


def test_all_trigger_functions_are_closed(store):
    query = (
        "SELECT count(*), count(*) FILTER (WHERE has_function_privilege('public', p.oid, "
        "'EXECUTE')) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = ? AND p.prorettype = 'trigger'::regtype"
    )
    made, open_ = store._connection.execute(query, (store._connection.schema_name,)).fetchone()
    assert made > 40
    assert open_ == 0


def test_not_even_the_administrator_empties_a_table_past_the_history(store, location):
    schema = parse_location(location).schema
    before = everything(store)
    for table, word in (("change", "historique"), ("site", "historique"), ("offer", "historique")):
        with pytest.raises(psycopg2.Error, match=word):
            store._connection.execute(f"TRUNCATE {schema}.{table} CASCADE")
    assert everything(store) == before


def test_a_row_keeps_the_number_that_the_database_gave_it(store, sql):
    query = "SELECT fid FROM DESK.site WHERE site_id = 'ofppt-draft-public'"
    ((before,),) = sql("ofppt_editor", query)
    sql("ofppt_editor", "UPDATE DESK.site SET fid = 999 WHERE site_id = 'ofppt-draft-public'")
    sql("publisher", "UPDATE DESK.site SET fid = 998 WHERE site_id = 'ofppt-draft-public'")
    assert sql("ofppt_editor", query) == [(before,)]
    store._connection.execute("UPDATE site SET fid = 997 WHERE site_id = 'ofppt-draft-public'")
    assert sql("ofppt_editor", query) == [(before,)]
    sql("ofppt_editor", "INSERT INTO DESK.site (fid, site_id, institution_code) "
        f"VALUES ({before}, 'pasted', 'OFPPT')")  # fmt: skip
    assert store.count("site", site_id="pasted") == 1
    assert sql("ofppt_editor", "SELECT count(*) FROM BASE.carte_listing") == [(5,)]


def test_a_publisher_does_not_say_who_wrote_what_it_leaves_as_it_is(store, sql):
    before = everything(store)
    with pytest.raises(psycopg2.Error, match="ANAPEC"):
        sql("publisher", "UPDATE DESK.site SET updated_by = 'x' WHERE institution_code = 'ANAPEC'")
    assert everything(store) == before


@pytest.mark.parametrize(("account", "seen"), [("ofppt_editor", {"own", "shown", "kind"}),
                                               ("anapec_editor", {"hidden", "shown", "kind"}),
                                               ("publisher", {"own", "hidden", "shown", "kind"}),
                                               ("reader", {"shown", "kind"})])  # fmt: skip
def test_a_notice_is_seen_with_its_record(store, sql, account, seen):
    about = {"own": ("site", "ofppt-draft-public"), "hidden": ("site", "anapec-draft-public"),
             "shown": ("site", "anapec-published-public"), "kind": ("institution", "ANAPEC"),
             }  # fmt: skip
    with store.transaction():
        store.insert("notice", [
            {"notice_id": name, "applies_to": table, "key": key, "kind": "message",
             "starts_on": "2026-01-01"}
            for name, (table, key) in about.items()
        ])  # fmt: skip
    assert {row[0] for row in sql(account, "SELECT notice_id FROM DESK.notice")} == seen


def test_who_may_make_functions_beside_the_stores_is_no_member(store, cluster):
    cluster.make_account("maker")
    cluster.administer("GRANT CREATE ON SCHEMA public TO maker", database="services")
    with pytest.raises(StoreError, match="REVOKE CREATE ON SCHEMA public"):
        add_member(store, Member("maker", "reader"))
    assert "maker" not in {one.account for one in members(store)}


def test_what_a_member_writes_into_its_batches_hinders_nobody(store, sql):
    for number, counts in enumerate(("[]", "5", '{"conflicts": [{"x": 1}, 2], "changes": 7}')):
        sql(
            "ofppt_editor",
            "INSERT INTO DESK.import_batch (batch_id, file_name, sha256, institution_code, counts) "
            f"VALUES ('b{number}', 'f', '0', 'OFPPT', '{counts}')",
        )
    assert open_conflicts(store) == ()
    assert _known_changes(store) == set()


def test_two_at_once_write_different_columns_of_a_row_without_version(
    store, location, cluster, passwords
):
    with store.transaction():
        store.insert("finding", [{"finding_id": "f", "rule": "r", "severity": "warning",
                                  "table_name": "site", "key": "ofppt-draft-public"}])  # fmt: skip
    desk = f"{parse_location(location).schema}_desk"
    dsn = cluster.dsn("services", "ofppt_editor", passwords["ofppt_editor"])
    with closing(psycopg2.connect(dsn)) as one, closing(psycopg2.connect(dsn)) as other:
        one.cursor().execute(f"UPDATE {desk}.finding SET reason = 'SPÉCIMEN'")
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(
                other.cursor().execute, f"UPDATE {desk}.finding SET severity = 'blocking'"
            )
            sleep(0.5)
            assert not waiting.done()
            one.commit()
            waiting.result(timeout=20)
        other.commit()
    (row,) = store.rows("finding")
    assert (row["reason"], row["severity"]) == ("SPÉCIMEN", "blocking")


def test_two_at_once_write_one_record_and_the_second_is_refused(
    store, location, cluster, passwords
):
    desk = f"{parse_location(location).schema}_desk"
    dsn = cluster.dsn("services", "ofppt_editor", passwords["ofppt_editor"])
    where = "WHERE site_id = 'ofppt-draft-public'"
    with closing(psycopg2.connect(dsn)) as one, closing(psycopg2.connect(dsn)) as other:
        one.cursor().execute(f"UPDATE {desk}.site SET phone = '+212522000001' {where}")
        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(
                other.cursor().execute, f"UPDATE {desk}.site SET name_fr = 'SPÉCIMEN 9' {where}"
            )
            sleep(0.5)
            one.commit()
            with pytest.raises(psycopg2.errors.SerializationFailure, match="quelqu'un d'autre"):
                waiting.result(timeout=20)
    (row,) = store.rows("site", site_id="ofppt-draft-public")
    assert (row["phone"], row["name_fr"]) == ("+212522000001", "SPÉCIMEN")
