# SPDX-License-Identifier: GPL-2.0-or-later
"""Name the checkout ``carte_cp3``, whatever its folder is called."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent))

from cluster import Cluster, programs  # noqa: E402

if "carte_cp3" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)


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
