# SPDX-License-Identifier: GPL-2.0-or-later
"""Stores of both kinds: what takes ``location`` runs on a GeoPackage and in PostgreSQL."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

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


@pytest.fixture
def store(location):
    """An empty store of this test's own."""
    from carte_cp3.store.database import create_store

    with create_store(location) as made:
        yield made


@pytest.fixture(scope="session")
def take_specimen():
    """Fill a store with the specimen; its hours in words are older than the database's rule."""
    file = Path(__file__).resolve().parents[1] / "data" / "hsds" / "specimen.json"
    words = "sur rendez-vous"

    def take(store, by=""):
        older = []
        with store.transaction(by=by):
            for table, rows in json.loads(file.read_text("utf-8")).items():
                key = store.schema.table(table).key
                older += [(table, row[key]) for row in rows if row.get("hours") == words]
                store.insert(table, [{**row, "hours": None} if row.get("hours") == words else row
                                     for row in rows])  # fmt: skip
        with store.transaction(), store.unruled():
            for table, key in older:
                store.update(table, key, {"hours": words})

    return take
