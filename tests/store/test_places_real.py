# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole country: real records, every commune's name, the towns' positions."""

import csv
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from carte_cp3.domain.errors import StoreError
from carte_cp3.domain.places import locate_record
from carte_cp3.domain.places.rows import COMMUNAL
from carte_cp3.store import boundaries
from carte_cp3.store.boundaries import (
    BOUNDARIES,
    load_gazetteer,
    load_locator,
    places_at_hand,
)

EXPECTED = Path(__file__).resolve().parents[1] / "data" / "places_expected.csv"


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


@pytest.fixture(scope="module")
def records():
    with EXPECTED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def answers(gazetteer, records):
    columns = ("commune", "province", "region", "address", "name")
    return [
        locate_record(gazetteer, **{column: record[column] for column in columns})
        for record in records
    ]


def communal(gazetteer):
    return [unit for unit in gazetteer.units.values() if unit.level in COMMUNAL]


def test_real_records_get_the_code_that_is_right(records, answers):
    coded = [(r, a) for r, a in zip(records, answers) if r["expected_code"]]
    wrong = [(r["id"], a.kind, a.code) for r, a in coded if a.code != r["expected_code"]]
    assert len(coded) > 240
    assert len(wrong) <= 0.03 * len(coded), wrong


def test_no_record_gets_a_wrong_province_or_region(records, answers):
    wrong = [
        (r["id"], a.province_code, a.region_code)
        for r, a in zip(records, answers)
        if (a.province_code or "") != r["expected_province"]
        or (a.region_code or "") != r["expected_region"]
    ]
    assert wrong == []


def test_records_that_name_no_commune_get_none(records, answers):
    assert not [r["id"] for r, a in zip(records, answers) if not r["commune"] and a.code]


def test_a_record_that_says_only_its_town_is_placed_without_province_too(gazetteer, records):
    for record in records:
        columns = {column: record[column] for column in ("commune", "address", "name")}
        answer = locate_record(gazetteer, **columns)
        if answer.code:
            assert answer.code == record["expected_code"], record["id"]


@pytest.mark.parametrize("language", ["name_fr", "name_ar"])
def test_every_commune_finds_itself_by_its_name_and_province(gazetteer, language):
    lost = []
    for unit in communal(gazetteer):
        province = getattr(gazetteer.units[unit.province_code], language)
        answer = gazetteer.find(getattr(unit, language), province)
        if (answer.kind, answer.code) != ("found", unit.code):
            lost.append((unit.code, getattr(unit, language), answer.kind))
    assert lost == []


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda name: name.replace("-", " ")])
def test_case_and_hyphens_change_nothing(gazetteer, change):
    for unit in communal(gazetteer):
        province = gazetteer.units[unit.province_code].name_fr
        assert gazetteer.find(change(unit.name_fr), change(province)).code == unit.code


@pytest.mark.parametrize("language", ["name_fr", "name_ar"])
def test_without_a_province_a_name_finds_itself_or_is_ambiguous(gazetteer, language):
    ambiguous = 0
    for unit in communal(gazetteer):
        answer = gazetteer.find(getattr(unit, language))
        if answer.kind == "ambiguous":
            ambiguous += 1
            assert unit in answer.candidates
        else:
            assert answer.code == unit.code
    assert ambiguous < 45


@pytest.mark.parametrize("level", ["province", "region"])
@pytest.mark.parametrize("language", ["name_fr", "name_ar"])
def test_every_province_and_region_finds_itself(gazetteer, level, language):
    find = gazetteer.find_province if level == "province" else gazetteer.find_region
    units = [unit for unit in gazetteer.units.values() if unit.level == level]
    assert len(units) == (75 if level == "province" else 12)
    assert [unit.code for unit in units if find(getattr(unit, language)).code != unit.code] == []


def test_the_sixteen_regions_of_1997_are_recognised_and_never_taken_for_todays(gazetteer):
    assert len(gazetteer.old_regions) == 16
    for old in gazetteer.old_regions.values():
        assert old.successors
        for name in (old.name_fr, old.name_ar, "Région " + old.name_fr, "جهة " + old.name_ar):
            if name.endswith("Oriental"):
                continue  # the same word in French, then and now
            answer = gazetteer.find_region(name)
            assert (answer.kind, answer.code, answer.region_code) == ("old_region", None, None)
            assert answer.old_region == old


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Mogador", "07.211.01.05"),
        ("Port Lyautey", "04.281.01.01"),
        ("Mazagan", "06.181.01.03"),
        ("Petitjean", "04.481.01.11"),
        ("Villa Cisneros", "12.391.01.01"),
        ("Villa Sanjurjo", "01.051.01.01"),
        ("El Aaiún", "11.321.01.03"),
        ("العيون", "11.321.01.03"),
        ("العيون سيدي ملوك", "02.533.01.15"),
        ("Tamesna", "04.501.03.11"),
        ("Tamansourt", "07.351.03.03"),
        ("Kelaa des Sraghna", "07.191.01.03"),
        ("Kalâat M’Gouna", "08.577.01.05"),
        ("Salé-Tabriquet", "04.441.01.09"),
        ("Marrakech Guéliz", "07.351.01.05"),
        ("Fkih Ben Salah", "05.255.01.05"),
        ("Smara", "11.221.01.01"),
        ("Tinerhir", "08.577.01.11"),
        ("Wazzane", "01.405.01.09"),
        ("Alhoceima", "01.051.01.01"),
        ("گلميم", "10.261.01.03"),
        ("سوق السبت أولاد النمة", "05.255.01.11"),
    ],
)
def test_names_as_they_arrive(gazetteer, written, code):
    assert gazetteer.find(written).code == code


@pytest.mark.parametrize(
    "written", ["Rissani", "Dcheira", "Imouzzer", "El Kelaa", "Médina", "Rabat-Salé", "اليوسفية"]
)
def test_names_of_several_places_are_ambiguous(gazetteer, written):
    assert gazetteer.find(written).kind == "ambiguous"


def test_ambiguous_towns_of_one_province_are_surely_in_it(gazetteer):
    answer = gazetteer.find("Rissani")
    assert (answer.code, answer.province_code, answer.region_code) == (None, "08.201", "08")


def test_suggested_points_lie_in_their_units(gazetteer):
    locator = load_locator()
    units = communal(gazetteer)
    points = [gazetteer.point(unit.code) for unit in units]
    found = locator.locate_many([p.lon for p in points], [p.lat for p in points])
    for unit, point, located in zip(units, points, found):
        assert unit.code in (located.code, located.city_code), (unit, point)
    assert sum(point.source == "town" for point in points) > 300


def test_quays_are_in_their_port_and_the_open_sea_is_nowhere():
    locator = load_locator()
    assert locator.locate(-7.61, 33.612).city_code == "06.141.01.0"
    assert locator.locate(-9.0, 34.0) is None
    assert locator.locate(-3.7, 40.4) is None


def test_both_ways_of_locating_agree_on_the_whole_country():
    locator = load_locator()
    rng = np.random.default_rng(2)
    lons, lats = rng.uniform(-13, -1, 400), rng.uniform(27, 36, 400)
    together = locator.locate_many(lons, lats)
    assert together == [locator.locate(lon, lat) for lon, lat in zip(lons, lats)]
    assert sum(located is not None for located in together) > 100


def test_the_gazetteer_is_read_once(tmp_path):
    copy = tmp_path / "limites é.gpkg"
    copy.write_bytes(BOUNDARIES.read_bytes())
    first = load_gazetteer(copy)
    assert load_gazetteer(str(copy)) is first
    assert sorted(path.name for path in tmp_path.iterdir()) == [copy.name]


def test_a_file_that_is_missing_or_something_else_is_refused(tmp_path):
    with pytest.raises(StoreError, match="missing"):
        load_gazetteer(tmp_path / "none.gpkg")
    text = tmp_path / "text.gpkg"
    text.write_text("not a database")
    with pytest.raises(StoreError, match=r"text\.gpkg"):
        load_gazetteer(text)
    empty = tmp_path / "empty.gpkg"
    sqlite3.connect(empty).close()
    with pytest.raises(StoreError, match=r"empty\.gpkg"):
        load_locator(empty)


@pytest.mark.parametrize("text", ["Melilla", "MELILLA", "Melilia", "مليلية", "Melilla, Maroc"])
def test_melilla_is_not_taken_for_mellila(gazetteer, text):
    """Sebta and Melilla are in no commune of the census: they are recognised, never placed."""
    answer = gazetteer.find(text)
    assert (answer.kind, answer.code, answer.province_code) == ("wider", None, "02.381")
    assert gazetteer.find("Mellila").code == gazetteer.find("Melilla", "Benslimane").code


def test_places_are_read_while_something_else_is_done(tmp_path, monkeypatch):
    copy = tmp_path / "limites.gpkg"
    copy.write_bytes(BOUNDARIES.read_bytes())
    with places_at_hand(copy):
        pass

    @contextmanager
    def closed(_path):
        pytest.fail("read again")
        yield

    monkeypatch.setattr(boundaries, "opened", closed)
    assert load_locator(copy).locate(-6.84, 34.02).code.startswith("04.421.")
    assert "04.421.01.03" in load_gazetteer(copy).units


def test_what_is_wrong_with_the_places_is_said_to_whoever_asks_for_them(tmp_path):
    with places_at_hand(tmp_path / "none.gpkg"):
        done = True
    assert done
    with pytest.raises(StoreError, match="Install the plugin again"):
        load_gazetteer(tmp_path / "none.gpkg")
