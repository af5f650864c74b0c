# SPDX-License-Identifier: GPL-2.0-or-later
"""Sheets planned for a whole network in one town: every sign near its place, wherever it is."""

from __future__ import annotations

from datetime import date

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

#: Region, town and how far around it the sites stand, in km.
TOWNS = (
    ("06", "Casablanca", 3.5),
    ("01", "Tanger", 3.5),
    ("11", "Laâyoune", 3.5),
    ("06", "Casablanca", 0.0),
)


def planned(path, region):
    """Return the plan of a region's sheet and how many sites its store has."""
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import open_store

    with open_store(str(path)) as store:
        job = PrintJob(store, None, "fr+ar", date(2026, 11, 21), True)
        return job.plan(job.choose((region,))[0][0])


@pytest.mark.parametrize(("region", "town", "radius"), TOWNS)
def test_eight_hundred_sites_in_any_town_stand_near_their_places(
    qgis_app, tmp_path, region, town, radius
):
    from sheet_specimens import one_city_store

    plan = planned(one_city_store(tmp_path / "s.gpkg", 800, region, radius, town), region)
    displaced = [distance for one in plan.maps for distance in one.displacements()]
    assert len(displaced) == 800
    assert max(displaced) <= 8.0
    assert sum(displaced) / len(displaced) <= 3.5
    assert sum(one.faults() for one in plan.maps) == 0
    assert sorted(n for one in plan.maps for n in one.numbers()) == list(range(1, 801))
    pages = [one.window for one in plan.details if one.window.place == "page"]
    assert len({one.window.letter for one in plan.details}) == len(plan.details)
    assert not any(
        a.footprint.overlaps(b.footprint, -0.01) for i, a in enumerate(pages) for b in pages[:i]
    )


def test_crowded_regions_stand_near_their_places(qgis_app, tmp_path):
    from sheet_specimens import crowded_store

    path = crowded_store(tmp_path / "s.gpkg", 340, ("04", "06"))
    for region in ("04", "06"):
        displaced = [d for one in planned(path, region).maps for d in one.displacements()]
        assert max(displaced) <= 8.0
        assert sum(displaced) / len(displaced) <= 3.5
