# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of sites by pages, on both kinds of store: found, sorted, counted, kept in step."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from carte_cp3.domain.site_list import REGION, SiteFilter, SiteReader, listed
from carte_cp3.domain.text import fold
from carte_cp3.store.boundaries import load_units
from carte_cp3.store.copying import copy_store
from carte_cp3.store.database import create_store, open_store
from carte_cp3.store.listing import Order, count_sites, read_page, site_figures
from osgeo import gdal

VECTORS = Path(__file__).resolve().parents[1] / "data" / "fold_vectors.json"
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()
SITES = (
    {"site_id": "a", "name_fr": "SPÉCIMEN Été", "commune_code": "06.141.01.0", "kind": "agence",
     "status": "published", "lon": -7.6, "lat": 33.5},
    {"site_id": "b", "name_fr": "SPÉCIMEN", "name_ar": "إدارة المسيرة", "phone": "+212537770000",
     "verified_on": YESTERDAY, "status": "published", "commune_code": "04.421.01.0"},
    {"site_id": "c", "name_fr": "SPÉCIMEN fermé", "status": "closed", "institution_code": "EN"},
    {"site_id": "d", "name_fr": "SPÉCIMEN Œuvre", "verified_on": "2020-02-29",
     "verify_every_months": 3, "visibility": "internal", "external_id": "N° 12/7"},
)  # fmt: skip


@pytest.fixture
def store(location):
    with create_store(location) as made:
        with made.transaction():
            made.insert("site", [{"institution_code": "OFPPT", **one} for one in SITES])
        yield made


def keys(store, order=None, **wanted) -> list[str]:
    return [row["site_id"] for row in read_page(store, SiteFilter(**wanted), order).rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ete", ["a"]),
        ("AGENCE  casablanca", ["a"]),
        ("الدار البيضاء", ["a"]),
        ("وكالة", ["a"]),
        ("ادارة", ["b"]),
        ("537770000", ["b"]),
        ("settat specimen", ["a"]),
        ("oeuvre 12 7", ["d"]),
        ("agence rabat", []),
        ("50% _", []),
        ("ofppt", ["b", "a", "d"]),
        ("", ["b", "a", "c", "d"]),
        ("et", ["a"]),  # short words: where a word begins, also after its article
        ("pe", []),
        ("فر", []),
        ("ادا", ["b"]),
        ("مس", ["b"]),
        ("53", []),
        ("1", ["d"]),
    ],
)
def test_every_word_is_looked_for_in_every_language(store, text, found):
    assert keys(store, text=text) == found
    assert count_sites(store, SiteFilter(text=text), 100) == len(found)


def test_filters_add_up(store):
    assert keys(store, region="06") == ["a"]
    assert keys(store, institution="EN", status="closed") == ["c"]
    assert keys(store, institution="EN", status="published") == []
    assert keys(store, open=True, without=("a",)) == ["b", "d"]
    assert keys(store, keys=("d", "a", "?"), text="specimen") == ["a", "d"]
    assert keys(store, keys=()) == []


def test_what_was_never_verified_is_due_unless_it_is_closed(store):
    assert keys(store, overdue=True) == ["a", "d"]


def test_a_list_is_counted_no_further_than_is_asked(store):
    assert count_sites(store, SiteFilter(), 2) == 3


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order(), ["b", "a", "c", "d"]),
        (Order(descending=True), ["d", "c", "a", "b"]),
        (Order(language="ar"), ["a", "c", "d", "b"]),
        (Order("verified_on"), ["a", "c", "d", "b"]),
        (Order("commune_code", codes=("06.141.01.0", "04.421.01.0")), ["a", "b", "c", "d"]),
        (Order("institution_code", True, ("OFPPT", "EN")), ["c", "d", "a", "b"]),
    ],
)
def test_pages_go_on_where_one_ended_in_every_order(store, order, found):
    assert keys(store, order) == found
    page, walked = read_page(store, SiteFilter(), order, size=1), []
    while page.rows:
        walked += [row["site_id"] for row in page.rows]
        if page.mark is None:
            break
        page = read_page(store, SiteFilter(), order, page.mark, 1)
    assert walked == found


def test_a_page_has_what_a_line_shows(store):
    (row,) = read_page(store, SiteFilter(text="ete")).rows
    line = SiteReader(store.schema, load_units(), "fr").line(row)
    assert (line.name, line.commune, line.region, line.overdue) == (
        "SPÉCIMEN Été", "Casablanca", "06", True,
    )  # fmt: skip
    assert (row["lon"], row["lat"]) == (-7.6, 33.5)


def test_figures_count_every_site_once(store):
    figures = site_figures(store)
    assert sum(one.sites for one in figures) == len(SITES)
    assert [one[:5] for one in figures if one.placed] == [
        ("OFPPT", "published", "public", "06", True)
    ]


def test_the_list_follows_what_is_written(store):
    with store.transaction():
        store.update("site", "a", {"name_fr": "SPÉCIMEN autre", "commune_code": "04.421.01.0"})
        store.delete("site", "b")
    assert keys(store, text="autre") == keys(store, region="04") == ["a"]
    assert keys(store, text="ete") == []
    assert count_sites(store, SiteFilter(), 9) == 3
    with store.transaction(), store.unruled():
        store.update("site", "a", {"name_fr": "SPÉCIMEN sans règles"})
    assert keys(store, text="regles") == ["a"]


def test_a_copy_is_listed_as_its_source(store, new_location, tmp_path):
    with create_store(new_location(tmp_path)) as copy:
        copy_store(store, copy)
        assert keys(copy, text="specimen") == ["b", "a", "c", "d"]


def test_what_another_tool_writes_is_listed(store, location):
    assert keys(store, text="ecrit ailleurs") == []
    name = location.replace(" schema=", " active_schema=")
    dataset = gdal.OpenEx(name, gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayerByName("site")
    layer.SetAttributeFilter("site_id = 'a'")
    feature = layer.GetNextFeature()
    feature.SetField("name_fr", "SPÉCIMEN écrit ailleurs")
    layer.SetFeature(feature)
    dataset = None  # closes it
    assert keys(store, text="ecrit ailleurs") == ["a"]


def test_both_stores_list_what_the_domain_says(store):
    read_page(store, SiteFilter())
    query = "SELECT * FROM carte_listing ORDER BY fid"
    kept = [tuple(row)[1:] for row in store._connection.execute(query)]
    rows = [{**row, "placed": row["lon"] is not None} for row in store.rows("site")]
    assert kept == [tuple(listed(row, store.schema)) for row in rows]


def test_the_server_folds_as_the_domain_does(store, backend):
    if backend != "postgresql":
        return  # there the domain folds itself
    texts = [one["input"] for one in json.loads(VECTORS.read_text("utf-8"))]
    texts += ["".join(chr(code) for code in range(start, start + 64) if chr(code).isprintable())
              for start in range(0x20, 0x30000, 64)]  # fmt: skip
    folded = store._connection.execute(
        "SELECT carte_fold(said) FROM unnest(?::text[]) WITH ORDINALITY AS one(said, place) "
        "ORDER BY place",
        (texts,),
    )
    wrong = {said: (ours, fold(said)) for said, (ours,) in zip(texts, folded) if ours != fold(said)}
    assert wrong == {}


def test_a_region_s_code_begins_those_of_its_places():
    units = load_units()
    assert {unit.region_code for unit in units.values()} == {code[:REGION] for code in units}
    assert all(unit.region_code == code[:REGION] for code, unit in units.items())


def test_a_file_that_somebody_else_writes_is_listed_all_the_same(store, backend, location):
    if backend != "geopackage":
        return  # a server lists by itself
    other = sqlite3.connect(location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert keys(store, text="ete") == ["a"]
    assert keys(store, text="oeuvre") == ["d"]
    other.execute("ROLLBACK")
    other.close()
    with open_store(location) as opened:
        assert keys(opened, text="oeuvre") == ["d"]
