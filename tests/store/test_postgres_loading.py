# SPDX-License-Identifier: GPL-2.0-or-later
"""Many rows at once in PostgreSQL: the same rows, history, rules and rights as one by one."""

import json
import re

import psycopg2
import pytest
from carte_cp3.domain.errors import CarteError, StoreError
from carte_cp3.store import bulk
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.importing import import_table
from carte_cp3.store.postgres import loading
from carte_cp3.store.roles import Member, add_member
from servers import ON_A_SERVER

pytestmark = ON_A_SERVER

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
OWN = ("account", "at", "change_id", "created_at", "updated_at", "first_seen", "last_seen", "fid")
MESSY = (
    "L'Espace \\N {1}",
    "a\\tb \\\\ \\",
    'dit "le centre"',
    "مركز التكوين",
    "100 % ?",
    "\\.",
)


@pytest.fixture(scope="module")
def accounts(cluster):
    """Members to be: a password by account."""
    return {name: cluster.make_account(f"loading_{name}") for name in ("editor", "publisher")}


@pytest.fixture
def as_member(store, location, cluster, accounts):
    """Open the store as a member: an editor of OFPPT, or a publisher."""
    opened = []

    def reach(role):
        account = f"loading_{role}"
        add_member(store, Member(account, role, "OFPPT" if role == "editor" else ""))
        schema = location.rpartition("schema=")[2]
        words = cluster.dsn("services", account, accounts[role])
        opened.append(open_store(f"PG:{words} schema={schema}"))
        return opened[-1]

    yield reach
    for one in opened:
        one.close()


def sites(count, **values):
    for number in range(count):
        row = {"name_fr": f"SPÉCIMEN {number}", "institution_code": "OFPPT", **values}
        if number % 2:
            row.update(lon=-7.0, lat=33.0 + number / 1000, status="closed", note_internal="à nous")
        yield {"site_id": f"s{number}", **row}


def table_of(folder, rows=700):
    """A file of sites whose names hold what COPY and SQL have words for."""
    file = folder / "a.csv"
    lines = ["Code;Nom;Ville;Téléphone;Service;Remarque"]
    for number in range(rows):
        name = MESSY[number % len(MESSY)].replace('"', '""')
        phone = f"05220{number:05d}" if number % 3 else "sans"
        town = "Salé" if number % 5 else "Ville de nulle part"
        lines.append(f'S{number};"SPÉCIMEN {number} {name}";{town};{phone};Atelier;"deux\nlignes"')
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def content(store):
    """All rows but the lists, without what no two imports have in common."""
    found = {}
    for table in store.schema.tables:
        if table.name in ("term", "release"):
            continue
        rows = []
        for row in store.rows(table.name):
            kept = {name: value for name, value in row.items() if name not in OWN}
            if table.name == "change":
                for side in ("before", "after"):
                    said = json.loads(row[side] or "{}").items()
                    kept[side] = {name: value for name, value in said if name not in OWN}
            rows.append(UUID.sub("key", json.dumps(kept, ensure_ascii=False, sort_keys=True)))
        found[table.name] = sorted(rows)
    return found


def test_an_import_is_the_same_in_both_kinds_of_store(store, tmp_path):
    file = table_of(tmp_path)
    with create_store(str(tmp_path / "services.gpkg")) as other:
        for one in (store, other):
            made = import_table(one, file, institution="OFPPT", by="SPÉCIMEN")
            assert made.created == 700
        assert content(store) == content(other)
    names = " ".join(row["name_fr"] or "" for row in store.rows("site"))
    assert all(name in names for name in MESSY if name.isascii())


@pytest.mark.parametrize("few", [0, 10_000])
def test_rows_go_in_the_same_way_whatever_their_number(store, location, monkeypatch, few):
    monkeypatch.setattr(loading, "_FEW", few)
    monkeypatch.setattr(bulk, "_CHUNK", 7)
    with store.transaction(by="SPÉCIMEN"):
        assert store.load("site", sites(30)) == 30
    with create_store(location + "_other") as other:
        with other.transaction(by="SPÉCIMEN"):
            other.insert("site", sites(30))
        assert content(store) == content(other)
    rows = store.rows("site")
    assert [row["site_id"] for row in rows] == [f"s{number}" for number in range(30)]
    changes = store.rows("change", table_name="site")
    assert [row["key"] for row in changes] == [row["site_id"] for row in rows]


def test_an_account_that_may_make_no_tables_of_its_own_loads_too(
    store, as_member, cluster, monkeypatch
):
    monkeypatch.setattr(loading, "_FEW", 0)
    cluster.administer("REVOKE TEMPORARY ON DATABASE services FROM PUBLIC")
    try:
        mine = as_member("editor")
        with mine.transaction():
            mine.load("site", sites(20))
    finally:
        cluster.administer("GRANT TEMPORARY ON DATABASE services TO PUBLIC")
    assert store.count("change", table_name="site") == 20


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_second_import_changes_the_same_in_both_kinds_of_store(store, tmp_path, monkeypatch, few):
    monkeypatch.setattr(loading, "_FEW", few)
    file = table_of(tmp_path, 60)
    with create_store(str(tmp_path / "services.gpkg")) as other:
        for one in (store, other):
            import_table(one, file, institution="OFPPT", by="SPÉCIMEN")
        text = file.read_text("utf-8").replace("05220", "05221").replace("sans", "0537000000")
        file.write_text(text.replace("Ville de nulle part", "Rabat"), encoding="utf-8")
        for one in (store, other):
            assert import_table(one, file, institution="OFPPT", by="SPÉCIMEN").updated == 60
        assert content(store) == content(other)


@pytest.mark.parametrize("few", [0, 10_000])
def test_of_many_changes_none_is_made_if_one_record_is_not_there(
    store, as_member, monkeypatch, few
):
    monkeypatch.setattr(loading, "_FEW", few)
    mine = as_member("editor")
    with mine.transaction():
        mine.load("site", sites(5))
    changes = [(f"s{number}", {"name_fr": "x", "lon": -8.0, "lat": 34.0}) for number in range(6)]
    with pytest.raises(StoreError, match="no site has the identifier s5"), mine.transaction():
        mine.update_many("site", changes)
    with mine.transaction():
        mine.update_many("site", changes[:5])
    assert {(row["name_fr"], row["lon"]) for row in store.rows("site")} == {("x", -8.0)}
    assert store.count("change", table_name="site", action="update") == 5
    with store.transaction():
        store.update("site", "s0", {"institution_code": "ANAPEC"})
    with pytest.raises(StoreError, match=r"« ANAPEC »|no site has"), mine.transaction():
        mine.update_many("site", changes[:5])


def test_two_institutions_load_at_once(store, location, monkeypatch):
    monkeypatch.setattr(loading, "_FEW", 0)
    with open_store(location) as other, store.transaction(batch_id="a", institution="OFPPT"):
        store.load("site", sites(20))
        with other.transaction(batch_id="b", institution="ANAPEC"):
            row = {"institution_code": "ANAPEC"}
            other.load("site", ({**one, "site_id": f"t{n}", **row} for n, one in
                                enumerate(sites(20))))  # fmt: skip
        assert other.count("site") == 20
    assert store.count("site") == 40


BROKEN = [
    ({"kind": "palais"}, "this value is not in the list"),
    ({"phone": "0522"}, "not written as it should be"),
    ({"batch_id": "nulle part"}, "no record of « Import »"),
    ({"name_fr": "x", "closed_on": "hier"}, "hier"),
    ({"site_id": "s1"}, "another record has this identifier"),
]


@pytest.mark.parametrize(("values", "word"), BROKEN)
def test_one_row_that_breaks_a_rule_takes_all_back(store, monkeypatch, values, word):
    monkeypatch.setattr(loading, "_FEW", 0)
    with pytest.raises(StoreError, match=word), store.transaction():
        store.load("site", [*sites(9), {**next(sites(1)), "site_id": "x", **values}])
    assert store.count("site") == store.count("change", table_name="site") == 0


def test_a_column_that_a_table_lacks_is_said(store, monkeypatch):
    monkeypatch.setattr(loading, "_FEW", 0)
    with pytest.raises(CarteError, match="no column colour"), store.transaction():
        store.load("site", [{"colour": "red"}])


def test_a_member_loads_its_own_at_once_and_the_history_knows_who(store, as_member, monkeypatch):
    monkeypatch.setattr(loading, "_FEW", 0)
    mine = as_member("editor")
    with mine.transaction(by="somebody else"):
        assert mine.load("site", sites(20)) == 20
    assert [row["note_internal"] for row in store.rows("site")] == [None, "à nous"] * 10
    query = "SELECT DISTINCT account, by, institution_code FROM change WHERE table_name = 'site'"
    (found,) = store._connection.execute(query).fetchall()
    assert list(found) == ["loading_editor", "somebody else", "OFPPT"]


@pytest.mark.parametrize(
    ("role", "values", "word"),
    [
        ("editor", {"institution_code": "ANAPEC"}, "of the institution « ANAPEC »"),
        ("editor", {"status": "published"}, "only a publisher publishes"),
        ("publisher", {}, "of the institution « OFPPT »"),
        ("publisher", {"status": "published"}, "without being changed"),
    ],
)
def test_a_member_loads_nothing_else(store, as_member, monkeypatch, role, values, word):
    monkeypatch.setattr(loading, "_FEW", 0)
    mine = as_member(role)
    last = {**next(sites(1)), "site_id": "last", **values}
    with pytest.raises(StoreError, match=word), mine.transaction():
        mine.load("site", [*(sites(4) if role == "editor" else ()), last])
    assert store.count("site") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {desk}.carte_site_door (site_id, institution_code) VALUES ('x', 'ANAPEC')",
        "INSERT INTO {desk}.carte_site_door (site_id, institution_code, status, name_fr) "
        "VALUES ('x', 'OFPPT', 'published', 'x')",
        "INSERT INTO {desk}.carte_site_door (site_id, institution_code, kind) "
        "VALUES ('x', 'OFPPT', 'palais')",
    ],
)
def test_the_door_has_the_tables_rules_and_rights(store, as_member, statement):
    mine = as_member("editor")
    desk = mine.tables_schema
    with pytest.raises(psycopg2.Error, match=r"ANAPEC|publicateur|liste"):
        mine._connection.execute(statement.replace("{desk}", desk))
    assert store.count("site") == 0


def test_through_the_door_nothing_is_seen_changed_or_deleted(store, as_member):
    with store.transaction():
        store.load("site", sites(5))
    execute = as_member("editor")._connection.execute
    for statement in (
        "SELECT count(*) FROM carte_site_door",
        "UPDATE carte_site_door SET name_fr = 'x'",
        "DELETE FROM carte_site_door",
        "INSERT INTO carte_site_door (site_id, institution_code) VALUES ('x', 'OFPPT') "
        "RETURNING note_internal",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            execute(statement)


def test_no_trigger_of_a_members_own_writes_the_history(store, as_member):
    """It would be deep enough within triggers; but it runs as that member."""
    execute = as_member("editor")._connection.execute
    execute("CREATE TEMP TABLE own (a int)")
    execute(
        "CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN "
        "INSERT INTO change (change_id, table_name, key, action) "
        "VALUES ('c', 'site', 'x', 'insert'); RETURN NULL; END $f$"
    )
    execute(
        "CREATE TRIGGER forge AFTER INSERT ON own FOR EACH ROW EXECUTE FUNCTION pg_temp.forge()"
    )
    before = store.count("change")
    with pytest.raises(psycopg2.Error, match="historique"):
        execute("INSERT INTO own VALUES (1)")
    assert store.count("change") == before


def test_an_empty_reference_is_none(store, monkeypatch):
    for few in (0, 100):
        monkeypatch.setattr(loading, "_FEW", few)
        with store.transaction():
            store.load("site", [{**next(sites(1)), "site_id": f"e{few}", "replaced_by": ""}])
    assert {row["replaced_by"] for row in store.rows("site")} == {None}
