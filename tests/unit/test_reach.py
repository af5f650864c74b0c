# SPDX-License-Identifier: GPL-2.0-or-later
"""Who lives near a service: the same distances as measuring every pair."""

import random

import numpy as np
import pyproj
import pytest
from carte_cp3.domain.reach import ALL, Reach, nearest

# Corners of the national territory: west, south, east, north.
WEST, SOUTH, EAST, NORTH = -17.1, 20.8, -1.0, 35.9


def points(count, seed):
    chance = random.Random(seed)
    return [(chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)) for _ in range(count)]


def brute_force(communes, services, members):
    """Measure every pair with pyproj."""
    geod = pyproj.Geod(ellps="WGS84")
    found = np.full((len(members), len(communes)), np.inf)
    for group, places in enumerate(members):
        for number, (lon, lat) in enumerate(communes):
            for place in places:
                metres = geod.inv(lon, lat, *services[place])[2]
                found[group, number] = min(found[group, number], metres)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_distances_are_those_of_measuring_every_pair(seed):
    communes, services = points(60, seed), points(90, seed + 100)
    members = [range(90), range(0, 90, 7), [3], [3, 4], []]
    found = nearest(communes, services, members)
    assert found.shape == (5, 60)
    np.testing.assert_allclose(found, brute_force(communes, services, members), atol=1e-6)


def test_near_ties_are_told_apart():
    """Two services on a circle round a commune, one some metres nearer, in all directions."""
    geod = pyproj.Geod(ellps="WGS84")
    commune = (-7.6, 33.6)
    for kilometres in (1, 30, 400, 1500):
        for azimuth in range(0, 180, 15):
            near = geod.fwd(*commune, azimuth, 1000 * kilometres - 2)[:2]
            far = geod.fwd(*commune, azimuth + 90, 1000 * kilometres)[:2]
            assert nearest([commune], [far, near], [[0, 1]])[0, 0] == pytest.approx(
                1000 * kilometres - 2, abs=1e-3
            )


def test_services_at_one_place_and_at_the_commune_itself():
    found = nearest([(-6.8, 34.0)], [(-6.8, 34.0)] * 27 + [(-6.9, 34.0)], [range(28), [27]])
    assert found[0, 0] == 0
    # A tenth of a degree along the parallel of 34° N, by the radius of the ellipsoid there.
    assert found[1, 0] == pytest.approx(9238.5, abs=0.5)


def test_without_services_or_communes_there_is_nothing_near():
    assert np.isinf(nearest([(-6.8, 34.0)], [], [[], []])).all()
    assert nearest([], [(-6.8, 34.0)], [[0]]).shape == (1, 0)


def test_people_are_counted_up_to_the_limit():
    reach = Reach(
        ("a", "b", "c"), np.array([100, 20, 3]), (ALL,), np.array([[0.0, 5000.0, np.inf]])
    )
    assert [reach.people_within(ALL, one) for one in (4.9, 5, 25)] == [100, 120, 120]
    assert reach.people_within(ALL, 25, np.array([False, True, True])) == 20


def test_the_country_by_ten_thousand_services_and_many_groups():
    communes, services = points(1538, 1), points(10_000, 2)
    members = [range(10_000)] + [range(number, 10_000, 7) for number in range(7)]
    members += [range(number, 10_000, 20) for number in range(20)]
    found = nearest(communes, services, members)
    assert np.isfinite(found).all()
    assert (found[0] == found[1:8].min(axis=0)).all()
    assert (found[0] == found[8:].min(axis=0)).all()
