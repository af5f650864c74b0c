# SPDX-License-Identifier: GPL-2.0-or-later
"""What is taken along is opened and edited by a QGIS without this plugin, and brought back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.errors import StoreError
from carte_cp3.gis import project
from carte_cp3.gis.fieldwork import take_along
from carte_cp3.store.checkin import check_in

#: The files that this process holds open, on Linux.
FILES = Path("/proc/self/fd")
PROGRAM = Path(__file__).with_name("plain_qgis.py")


@pytest.fixture
def folder(qgis_app, store, tmp_path):
    """The folder that was taken along, moved to a machine of its own."""
    made = tmp_path / "made"
    made.mkdir()
    assert take_along(store, made / "terrain.gpkg")
    return Path(shutil.move(str(made), str(tmp_path / "elsewhere")))


@pytest.fixture
def seen(folder, tmp_path):
    """What another QGIS saw and did there; it has a profile of its own and no plugin."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
    }
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), str(folder / "terrain.qgz")],
        capture_output=True, text=True, env=environment, cwd=str(tmp_path), timeout=300,
    )  # fmt: skip
    assert done.stdout.strip(), done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_a_qgis_without_the_plugin_edits_what_was_taken_along(seen, folder, store):
    assert seen["plugin"] == []
    assert seen["read"] and seen["invalid"] == []
    assert len(seen["relations"]) > 5 and all(seen["relations"].values())
    assert seen["offers of the site"] == ["offer-0"]
    assert seen["editors"] == {
        "status": "ValueRelation", "precision": "ValueRelation",
        "institution_code": "RelationReference",
        "languages": "ValueRelation", "verified_on": "DateTime",
    }  # fmt: skip
    assert seen["drop-downs"] > 5
    assert set(seen["choices"]) == {"entrance", "street", "district", "commune", "unknown"}
    assert not set(seen["choices"]) & set(seen["choices"].values())  # labels, and not codes
    assert (seen["edited"], seen["added"], seen["offered"]) == ("", "", "")
    assert "n'est pas dans la liste" in seen["refused"]
    brought = check_in(store, folder / "terrain.gpkg")
    assert (brought.created, brought.updated) == (2, 1)
    assert store.rows("site", site_id="site-0")[0]["name_fr"] == "SPÉCIMEN visité"
    (offer,) = store.rows("offer", site_id=seen["new site"])
    assert offer["service_id"] == "service-0"
    again = check_in(store, folder / "terrain.gpkg")
    assert (again.created, again.updated) == (0, 0)


def test_the_file_alone_has_drop_downs_in_any_qgis(seen):
    assert seen["bare editor"] == "ValueMap"


@pytest.mark.skipif(not FILES.is_dir(), reason="this system does not list open files in /proc")
def test_work_that_cannot_be_taken_along_leaves_nothing_and_holds_nothing_open(
    qgis_app, store, tmp_path, monkeypatch
):
    """A file that a layer still holds open cannot be removed on Windows, and hides the reason."""
    made = tmp_path / "made"
    made.mkdir()

    def fail(_project):
        raise StoreError("SPÉCIMEN: it failed.")

    monkeypatch.setattr(project, "_set_view", fail)
    with pytest.raises(StoreError, match="it failed"):
        try:
            take_along(store, made / "terrain.gpkg")
        except StoreError:  # what the call made is still there, and so are its open files
            held = [str(one.readlink()) for one in FILES.iterdir() if one.is_symlink()]
            raise
    assert [one for one in held if "terrain.gpkg" in one] == []
    assert list(made.iterdir()) == []
