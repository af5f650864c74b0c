# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests share: the package under its name, a PostgreSQL server."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import checkout  # noqa: F401  (names the checkout carte_cp3)
from cluster import Cluster, programs


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server that runs as long as the tests."""
    pytest.importorskip("psycopg2", reason="psycopg2 is not installed: make test installs it")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: make test installs it")
    made = Cluster(found)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def database(cluster):
    """How a plain account reaches a database that has the extensions: libpq's words."""
    return cluster.make_database("services", owner="carte_admin")
