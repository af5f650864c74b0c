# SPDX-License-Identifier: GPL-2.0-or-later
"""People near a service, from a real store and the real census."""

import csv

import numpy as np
import pytest
from carte_cp3.domain.errors import CarteError
from carte_cp3.domain.reach import ALL
from carte_cp3.store.boundaries import load_gazetteer
from carte_cp3.store.database import create_store
from carte_cp3.store.documents.reach import write_reach
from carte_cp3.store.reach import store_reach
from carte_cp3.store.tables import read_grid

COUNTRY = 36_828_330  # people, HCP, census of 2024
RABAT = (-6.8326, 34.0133)


@pytest.fixture
def store(tmp_path):
    with create_store(str(tmp_path / "services.gpkg")) as made:
        made.insert("site", [
            site("offers", RABAT), site("mute", (-7.6, 33.59)), site("draft", (-5.0, 34.03)),
        ])  # fmt: skip
        made.insert("service", [
            {"service_id": "v", "institution_code": "EN", "name_fr": "SPÉCIMEN",
             "status": "published", "theme": "{emploi--orientation,langues--francais}"}
        ])  # fmt: skip
        made.insert("offer", [
            {"offer_id": "o", "site_id": "offers", "service_id": "v", "status": "published"},
            {"offer_id": "p", "site_id": "draft", "service_id": "v", "status": "draft"},
        ])  # fmt: skip
        yield made


def site(key, place):
    row = {"site_id": key, "institution_code": "EN", "name_fr": f"SPÉCIMEN {key}"}
    return {**row, "lon": place[0], "lat": place[1], "status": "published"}


def test_everybody_is_counted_once(store):
    measured = store_reach(store)
    assert measured.reach.population.sum() == COUNTRY
    assert len(measured.communes) == 1538
    assert measured.reach.people_within(ALL, 10_000) == COUNTRY


def test_only_published_offers_count_each_under_its_themes(store):
    measured = store_reach(store)
    assert measured.reach.groups == (
        ALL, ("institution", "EN"), ("theme", "langues--francais"),
        ("theme", "emploi--orientation"),
    )  # fmt: skip
    nearest = measured.communes[int(np.argmin(measured.reach.distances(ALL)))]
    assert nearest.province_code == "04.421"
    casablanca = measured.reach.communes.index("06.141.01.01")
    assert measured.reach.distances(ALL)[casablanca] > 80_000, "its site offers nothing"


def test_distances_are_those_of_pyproj(store):
    from pyproj import Geod

    measured, geod, gazetteer = store_reach(store), Geod(ellps="WGS84"), load_gazetteer()
    for number in range(0, 1538, 97):
        point = gazetteer.point(measured.reach.communes[number])
        expected = geod.inv(point.lon, point.lat, *RABAT)[2]
        assert measured.reach.distances(ALL)[number] == pytest.approx(expected, abs=1e-3)


def test_files_hold_every_commune(store, tmp_path):
    measured = store_reach(store)
    write_reach(measured, tmp_path / "portee.csv")
    with (tmp_path / "portee.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle))
    assert rows[0][:5] == ["Code HCP", "Commune", "Province", "Région", "Population 2024"]
    assert rows[0][5:7] == ["Tous les services (km)", "Entraide Nationale (km)"]
    assert sum(int(row[4]) for row in rows[1:]) == COUNTRY
    write_reach(measured, tmp_path / "portee.xlsx", "ar")
    grid = read_grid(tmp_path / "portee.xlsx", sheet="3 المسافات حسب الجماعة")
    assert sum(row[0].count(".") == 3 for row in grid.rows) == 1538
    with pytest.raises(CarteError, match=r"\.xlsx or \.csv"):
        write_reach(measured, tmp_path / "portee.pdf")
