# SPDX-License-Identifier: GPL-2.0-or-later
"""Rows loaded all together: the same rows, rules, history and registers as one by one."""

import json
import random
import re
import sqlite3
import time
import uuid

import numpy as np
import pytest
from carte_cp3.domain.errors import Cancelled, CarteError, StoreError
from carte_cp3.domain.schema import load_schema
from carte_cp3.store import bulk
from carte_cp3.store.database import create_store
from carte_cp3.store.embedded.new_rows import NewRowRules
from carte_cp3.store.embedded.packed import can_pack, pack

# What no two writings have in common.
OWN = ("change_id", "at", "last_change", "created_at", "updated_at", "first_seen", "last_seen")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.]+Z?")
TABLES = ("site", "offer", "finding", "change", "rtree_site_geom", "gpkg_ogr_contents")


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        yield made


def sites(count):
    """Rows with every kind of gap: a place or none, a language, defaults given and not."""
    for number in range(count):
        row = {
            "site_id": f"s{number}",
            "institution_code": "OFPPT",
            "name_fr": f"SPÉCIMEN « d'{number} » \\ {{1}}",
            "name_ar": None,
            "lon": -7.0 - number / 7 if number % 3 else None,
            "lat": 33.0 + number / 7 if number % 3 else None,
            "source_row": number,
            "languages": "{fr,ar}",
        }
        if number % 2:
            row.update(status="published", verify_every_months=6, name_ar="عينة }")
        if number % 5 == 0:
            row["updated_by"] = "SPÉCIMEN"
        yield row


OFFERS = [{"offer_id": f"o{n}", "service_id": "v", "site_id": f"s{n}"} for n in range(40)]
FINDINGS = [{"finding_id": f"f{n}", "rule": "r", "severity": "warning"} for n in range(9)]


def content(store):
    """Return all rows of the tables, without what no two writings have in common.

    In which order a record's columns stand in the history says nothing.
    """
    connection = sqlite3.connect(store.location)
    found = {}
    for table in TABLES:
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        found[table] = [
            {
                name: json.loads(MOMENT.sub("", value)) if name == "after" and value else value
                for name, value in zip(names, row)
                if name not in OWN
            }
            for row in cursor
        ]
    found["made by"] = sorted(connection.execute("SELECT type, name, sql FROM sqlite_master"))
    connection.close()
    return found


def write(store, way):
    with sqlite3.connect(store.location) as connection:  # as once GDAL has counted the rows
        connection.execute("UPDATE gpkg_ogr_contents SET feature_count = 0")
    with store.transaction(batch_id="b", by="SPÉCIMEN"):
        store.insert("service", [{"service_id": "v", "institution_code": "OFPPT"}])
        for table, rows in (("site", sites(40)), ("offer", OFFERS), ("finding", FINDINGS)):
            way(store, table, rows)


def test_together_and_one_by_one_leave_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "_CHUNK", 7)
    found = []
    for name, way in (
        ("one", lambda store, table, rows: store.insert(table, rows)),
        ("all", lambda store, table, rows: store.load(table, rows)),
    ):
        with create_store(str(tmp_path / f"{name}.gpkg")) as store:
            write(store, way)
        found.append(content(store))
    one, together = found
    assert len(one["site"]) == len(one["offer"]) == 40
    assert len(one["change"]) > 80
    assert len(one["rtree_site_geom"]) == 26
    for table, rows in one.items():
        assert together[table] == rows, table


def test_the_history_of_many_rows_has_keys_in_their_order(store):
    before = time.time_ns() // 1_000_000
    with store.transaction():
        store.load("site", sites(5000))
    made = [uuid.UUID(row["change_id"]) for row in store.rows("change", table_name="site")]
    assert len(set(made)) == 5000
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    assert made[:4095] == sorted(made[:4095])
    moments = {one.int >> 80 for one in made}
    assert len(moments) == 1 and before <= moments.pop() <= time.time_ns() // 1_000_000


def test_a_row_added_after_has_its_history_and_its_rules(store):
    write(store, lambda made, table, rows: made.load(table, rows))
    with store.transaction(by="after"):
        store.insert("site", [{"site_id": "x", "institution_code": "OFPPT", "name_fr": "SPÉCIMEN"}])
    assert [row["by"] for row in store.rows("change", key="x")] == ["after"]
    with pytest.raises(StoreError, match="precision"), store.transaction():
        store.update("site", "x", {"precision": "exact"})


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"precision": "exact"}, "site.precision.: this value is not in the list"),
        ({"languages": "{fr,klingon}"}, "languages"),
        ({"institution_code": "NOBODY"}, "institution_code"),
        ({"institution_code": None}, "institution_code"),
        ({"status": "published", "name_fr": None}, "name_fr"),
        ({"verify_every_months": 600}, "verify_every_months"),
        ({"site_id": "s1"}, "Site: another record has this identifier"),
    ],
)
def test_one_row_that_breaks_a_rule_keeps_all_out(store, change, word):
    before = content(store)
    rows = list(sites(20))
    rows[17].update(change)
    with store.transaction():
        with pytest.raises(StoreError, match=word) as together:
            store.load("site", rows)
        with pytest.raises(StoreError) as alone:
            store.insert("site", [rows[1], rows[17]])
        assert str(together.value) == str(alone.value)
        store.delete("site", "s1")
    after = content(store)
    assert [row["action"] for row in after.pop("change")][-2:] == ["insert", "delete"]
    assert not after["site"]
    assert after["made by"] == before["made by"]


def many_sites(**changes):
    """Rows of which most columns have few values, or only at first, with changes by number."""
    rows = list(sites(200))
    for number, row in enumerate(rows):
        row.update(phone=f"+2125{number:08d}", precision=("entrance", "street")[number > 150])
        row["external_id"] = f"S{max(0, number - 100)}"
        row.update(changes.get(f"row_{number}", {}))
    return rows


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"row_199": {"precision": "exact"}}, "precision"),
        ({"row_70": {"precision": "exact"}, "row_60": {"phone": "0522"}}, "phone"),
        ({"row_70": {"phone": "0522"}, "row_60": {"precision": "exact"}}, "precision"),
        ({"row_199": {"batch_id": "nobody's"}}, "batch_id"),
        ({"row_100": {"visibility": "nobody"}}, "visibility"),  # of most rows by default
        ({"row_100": {"wheelchair": 1}, "row_101": {"wheelchair": 1.0}}, "wheelchair"),
        ({"row_199": {"commune_code": "4.421"}, "row_3": {"commune_code": "04.421"}}, "commune"),
        ({"row_191": {"name_fr": " "}}, "name_fr"),  # published
        (
            {
                f"row_{one}": {"verify_every_months": 600 if one == 190 else one}
                for one in range(191)
            },
            "verify_every_months",
        ),
    ],
)
def test_rules_asked_together_name_the_row_that_they_name_one_by_one(store, changes, word):
    with store.transaction():
        assert store.load("site", many_sites()) == 200
        store._connection.execute("DELETE FROM site")
        with pytest.raises(StoreError, match=word) as together:
            store.load("site", many_sites(**changes))
        with pytest.raises(StoreError) as alone:
            store.insert("site", many_sites(**changes))
        assert str(together.value) == str(alone.value)


def test_every_rule_reads_columns_of_its_table():
    schema = load_schema()
    for table in schema.tables:
        for rule, columns in NewRowRules(schema, table)._rules:
            assert columns and columns <= set(table.names), rule


@pytest.mark.parametrize("chunk", [7, 5000])
def test_an_offer_given_twice_is_refused_in_the_same_words(store, monkeypatch, chunk):
    monkeypatch.setattr(bulk, "_CHUNK", chunk)
    write(store, lambda made, table, rows: made.load(table, rows))
    twice = [{**OFFERS[0], "offer_id": f"x{n}"} for n in range(2)]
    with store.transaction():
        with pytest.raises(StoreError, match=r"Offer .*: another record has") as together:
            store.load("offer", [{**OFFERS[1], "offer_id": "y", "site_id": "s9"}, *twice])
        with pytest.raises(StoreError) as alone:
            store.insert("offer", twice)
    assert str(together.value) == str(alone.value)
    assert store.count("offer") == len(OFFERS)


def test_what_stops_half_way_leaves_nothing(store, monkeypatch):
    monkeypatch.setattr(bulk, "_CHUNK", 7)
    before = content(store)

    def cancelled():
        yield from sites(30)
        raise Cancelled

    with store.transaction():
        with pytest.raises(Cancelled):
            store.load("site", cancelled())
        with pytest.raises(CarteError, match="colour"):
            store.load("site", [{"colour": "red"}])
    assert content(store) == before


@pytest.mark.parametrize("known, new", [(0, 0), (0, 1), (51, 1), (3, 2000), (4000, 20_000)])
def test_an_index_that_is_packed_is_the_one_made_point_by_point(tmp_path, known, new):
    chance = random.Random(3)
    points = [
        (number, round(chance.uniform(-17, -1), 6), round(chance.uniform(21, 36), 6))
        for number in range(1, known + new + 1)
    ]
    columns = ("id", "minx", "maxx", "miny", "maxy")
    with create_store(str(tmp_path / "s.gpkg")) as store:
        connection, index = store._connection, "rtree_site_geom"

        def listed(name, where="minx > -8 AND maxx < -6 AND miny > 30 AND maxy < 33"):
            return [
                [tuple(row) for row in connection.execute(f"SELECT * FROM {name} {part}")]
                for part in ("ORDER BY id", f"WHERE {where} ORDER BY id")
            ]

        def sound():
            return connection.execute("SELECT rtreecheck(?)", (index,)).fetchone()[0]

        connection.execute("BEGIN")
        connection.execute(f"CREATE VIRTUAL TABLE plain USING rtree ({', '.join(columns)})")
        boxes = [(number, lon, lon, lat, lat) for number, lon, lat in points]
        connection.add(index, columns, boxes[:known])
        connection.add("plain", columns, boxes)
        assert can_pack(connection, index)
        pack(connection, index, np.array(points[known:], dtype=float).reshape(-1, 3))
        assert sound() == "ok"
        assert listed(index) == listed("plain")
        for name in (index, "plain"):  # SQLite goes on with it as with its own
            connection.execute(f"DELETE FROM {name} WHERE id % 3 = 0")
            connection.add(name, columns, [(one + 10**6, *rest) for one, *rest in boxes[:700]])
        assert sound() == "ok"
        assert listed(index) == listed("plain")
        connection.execute("ROLLBACK")
        assert sound() == "ok"
        assert listed(index) == [[], []]
