# SPDX-License-Identifier: GPL-2.0-or-later
"""The plugin as QGIS itself finds it: in a plugin folder, called by ``qgis_process``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("osgeo", reason="GDAL's Python bindings are not installed")

from carte_cp3.store.database import open_store

ROOT = Path(__file__).resolve().parents[2]
# Debian 12's wrapper ``qgis_process`` passes a flag that its own QGIS refuses.
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="qgis_process.bin is not installed (Debian: apt install qgis)"
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict:
    """A profile and a plugin folder of their own, with this checkout as ``carte_cp3``."""
    home = tmp_path_factory.mktemp("home")
    plugins = home / "plugins"
    plugins.mkdir()
    (plugins / "carte_cp3").symlink_to(ROOT, target_is_directory=True)
    made = {
        **os.environ,
        "HOME": str(home),
        "QGIS_PLUGINPATH": str(plugins),
        "QGIS_CUSTOM_CONFIG_PATH": str(home / "profile"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(home),
    }
    done = run(made, "plugins", "enable", "carte_cp3")
    assert "carte_cp3" in done.stdout, done.stdout + done.stderr
    return made


def run(environment: dict, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [PROGRAM, *arguments], env=environment, capture_output=True, text=True, timeout=180
    )


def test_the_plugin_is_found_and_lists_its_algorithms(environment):
    listed = run(environment, "list").stdout
    for name in ("createstore", "importtable", "publishwebmap", "printsheets"):
        assert f"carte_cp3:{name}" in listed


def test_a_store_and_its_project_from_the_command_line(environment, tmp_path):
    store, project = tmp_path / "services.gpkg", tmp_path / "carte.qgz"
    done = run(environment, "run", "carte_cp3:createstore", f"--STORE={store}")
    assert done.returncode == 0, done.stdout + done.stderr
    with open_store(str(store)) as opened:
        assert opened.count("institution") == 4
    done = run(
        environment, "run", "carte_cp3:buildproject", f"--STORE={store}", f"--OUTPUT={project}"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert project.stat().st_size > 10_000


def test_a_refusal_is_a_sentence_and_a_failure(environment, tmp_path):
    other = tmp_path / "other.gpkg"
    other.write_text("nothing")
    done = run(environment, "run", "carte_cp3:checkstore", f"--STORE={other}")
    assert done.returncode != 0
    assert "is not a GeoPackage" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_store_on_a_server_from_the_command_line(environment, database):
    location = f"PG:{database} schema=command_line"
    for name in ("createstore", "checkstore"):
        done = run(environment, "run", f"carte_cp3:{name}", f"--STORE={location}")
        assert done.returncode == 0, done.stdout + done.stderr
    with open_store(location) as opened:
        assert opened.count("institution") == 4
