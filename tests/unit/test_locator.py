# SPDX-License-Identifier: GPL-2.0-or-later
"""From points to units, on squares drawn by hand."""

import builtins
import math

import numpy as np
import pytest
from carte_cp3.domain.errors import MissingDependency
from carte_cp3.domain.places import Located, Locator, Unit

shapely_wkt = pytest.importorskip("shapely.wkt", reason="shapely is not installed")

# Two neighbours, one with a hole that the third fills, and a city's arrondissement.
SHAPES = {
    "01.001.01.01": "POLYGON((0 30, 1 30, 1 31, 0 31, 0 30), "
    "(.4 30.4, .4 30.6, .6 30.6, .6 30.4, .4 30.4))",
    "01.001.01.03": "POLYGON((1 30, 2 30, 2 31, 1 31, 1 30))",
    "01.001.01.05": "POLYGON((.4 30.4, .6 30.4, .6 30.6, .4 30.6, .4 30.4))",
    "02.002.01.01": "MULTIPOLYGON(((4 30, 5 30, 5 31, 4 31, 4 30)), "
    "((6 30, 7 30, 7 31, 6 31, 6 30)))",
}
METRE = 1 / 111_200


def unit(code):
    city = "02.002.01.0" if code.startswith("02") else None
    level = "arrondissement" if city else "commune"
    return Unit(level, code, code, "", code[:6], code[:2], city)


@pytest.fixture(scope="module")
def locator():
    return Locator((unit(code), shapely_wkt.loads(text).wkb) for code, text in SHAPES.items())


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (0.2, 30.2, "01.001.01.01"),
        (1.5, 30.5, "01.001.01.03"),
        (0.5, 30.5, "01.001.01.05"),
        (6.5, 30.5, "02.002.01.01"),
        (5.5, 30.5, None),
        (-30.0, 10.0, None),
        (math.nan, 30.5, None),
        (0.2, math.inf, None),
    ],
)
def test_a_point_lies_in_its_unit(locator, lon, lat, code):
    found = locator.locate(lon, lat)
    assert (found and found.code) == code
    assert not (found and found.nearest)


def test_an_answer_carries_the_units_above(locator):
    assert locator.locate(4.5, 30.5) == Located("02.002.01.01", "02.002", "02", "02.002.01.0")


def test_a_point_on_a_line_between_two_goes_to_the_first_code(locator):
    assert locator.locate(1.0, 30.5) == Located("01.001.01.01", "01.001", "01")
    assert locator.locate(0.4, 30.5).code == "01.001.01.01"


@pytest.mark.parametrize(
    ("metres", "code"), [(100, "01.001.01.03"), (490, "01.001.01.03"), (510, None)]
)
def test_a_point_just_out_at_sea_goes_to_the_nearest(locator, metres, code):
    north = locator.locate(1.5, 31 + metres * METRE)
    east = locator.locate(2 + metres * METRE / math.cos(math.radians(30.5)), 30.5)
    for found in (north, east):
        assert (found and found.code) == code
        assert found is None or found.nearest


def test_the_tolerance_is_a_choice():
    strict = Locator([(unit("01.001.01.03"), shapely_wkt.loads(SHAPES["01.001.01.03"]).wkb)], 0)
    assert strict.locate(1.5, 31 + METRE) is None
    assert strict.locate(1.5, 31).code == "01.001.01.03"


def test_many_points_are_answered_in_their_order(locator):
    rng = np.random.default_rng(6)
    lons, lats = rng.uniform(-1, 8, 3000), rng.uniform(29.5, 31.5, 3000)
    lons[7], lats[8] = np.nan, np.nan
    together = locator.locate_many(lons, lats)
    assert together == [locator.locate(lon, lat) for lon, lat in zip(lons, lats)]
    assert {found.code for found in together if found} == set(SHAPES)
    assert locator.locate_many([], []) == []
    assert locator.locate_many([None, 0.2], [30.0, 30.2])[0] is None


def asked_one_by_one(lon, lat):
    """What a plain reading of the rule gives: inside, else the nearest within tolerance."""
    from shapely.geometry import Point
    from shapely.ops import nearest_points

    point, shrink, gaps = Point(lon, lat), math.cos(math.radians(lat)), []
    for code in sorted(SHAPES):
        polygon = shapely_wkt.loads(SHAPES[code])
        near = nearest_points(polygon, point)[0]
        gaps.append((math.hypot((near.x - lon) * shrink, near.y - lat) / METRE, code))
    gap, code = min(gaps)
    return (code, gap > 0) if gap <= 500 else None


def test_points_near_every_edge_are_answered_as_one_by_one(locator):
    rng = np.random.default_rng(20261121)
    lons, lats = rng.uniform(-0.01, 7.01, 1500), rng.uniform(29.99, 31.01, 1500)
    sides = rng.choice([0, 0.4, 0.6, 1, 2, 4, 5, 6, 7], 1500) + rng.uniform(-0.01, 0.01, 1500)
    lons[:1000], lats[500:1500] = sides[:1000], 30 + sides[500:1500] % 1.01
    found = locator.locate_many(lons, lats)
    expected = [asked_one_by_one(lon, lat) for lon, lat in zip(lons, lats)]
    assert [one and (one.code, one.nearest) for one in found] == expected
    assert sum(one is not None and one.nearest for one in found) > 100


def test_points_far_from_all_units_are_in_none():
    near_null = [(east / 20, north / 20) for east in range(-3, 4) for north in range(-3, 4)]
    points = [*near_null, (1e5, 2.0), (-1e300, 2.0), (179.99, -89.99)]
    shape = shapely_wkt.loads("POLYGON((-7 34, -6 34, -6 35, -7 35, -7 34))").wkb
    units = Locator([(unit("01.001.01.01"), shape)])
    assert units.locate_many(*zip(*points)) == [None] * len(points)


def test_no_units_hold_nothing():
    assert Locator([]).locate(0, 30) is None


def test_without_shapely_the_message_says_how_to_install_it(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.split(".")[0] == "shapely":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingDependency, match=r"shapely.*apt install python3-shapely.*pip"):
        Locator([])
