# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores of both kinds: what takes ``location`` runs on a GeoPackage and in PostgreSQL."""

from __future__ import annotations

from itertools import count

import pytest

_NUMBERS = count(1)


@pytest.fixture(scope="session", params=["geopackage", "postgresql"])
def backend(request):
    """Which kind of store the test runs on."""
    return request.param


@pytest.fixture(scope="session")
def new_location(backend, request):
    """Return how a store not yet made is to be named, given a folder for files."""
    if backend == "geopackage":
        return lambda folder: str(folder / f"services-{next(_NUMBERS)}.gpkg")
    database = request.getfixturevalue("database")
    return lambda _folder: f"PG:{database} schema=store_{next(_NUMBERS)}"


@pytest.fixture
def location(new_location, tmp_path):
    """Where this test may make a store, of either kind."""
    return new_location(tmp_path)
