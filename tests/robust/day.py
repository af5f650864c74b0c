# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: one job of a cartographer's day on a store, to be killed at any moment.

    python day.py JOB FOLDER

JOB is import, publish, print, bring or take; FOLDER holds services.gpkg, or store.txt that says
where the store is, and for bring (a check-in) the file terrain.gpkg. It says « ready » when all is
loaded and the job begins, and « done » at its end, each on a line.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "sample"
REGIONS = ("04", "06")


def plugin() -> None:
    """Name the checkout `carte_cp3`, whatever its folder is called."""
    if "carte_cp3" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)


def take_in(folder: Path) -> None:
    """Import a list of some two hundred records."""
    from carte_cp3.store.boundaries import load_gazetteer, load_locator
    from carte_cp3.store.database import open_store
    from carte_cp3.store.importing import import_table

    load_gazetteer(), load_locator()
    print("ready", flush=True)
    with open_store(str(folder / "services.gpkg")) as store:
        source = SAMPLES / "ofppt_etablissements.csv"
        import_table(store, source, institution="OFPPT", status="published")


def work_in_the_field(job: str, folder: Path) -> None:
    """Bring back what was taken along, or take an institution's records along."""
    from carte_cp3.store.checkin import check_in
    from carte_cp3.store.checkout import check_out
    from carte_cp3.store.database import open_store

    said = folder / "store.txt"
    location = said.read_text() if said.exists() else str(folder / "services.gpkg")
    with open_store(location) as store:
        print("ready", flush=True)
        if job == "bring":
            check_in(store, folder / "terrain.gpkg")
        else:
            check_out(store, folder / "autre.gpkg", institution="OFPPT")


def draw(job: str, folder: Path) -> None:
    """Publish the page, or print two sheets."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(folder / "profile")
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    from carte_cp3.gis.sheets import print_sheets
    from carte_cp3.gis.webmap import publish
    from carte_cp3.store.database import open_store

    with open_store(str(folder / "services.gpkg")) as store:
        print("ready", flush=True)
        if job == "publish":
            publish(store, folder / "web", None, "builtin")
        else:
            print_sheets(store, folder / "a3", regions=REGIONS)
    application.exitQgis()


if __name__ == "__main__":
    plugin()
    if sys.argv[1] == "import":
        take_in(Path(sys.argv[2]))
    elif sys.argv[1] in ("bring", "take"):
        work_in_the_field(sys.argv[1], Path(sys.argv[2]))
    else:
        draw(sys.argv[1], Path(sys.argv[2]))
    print("done", flush=True)
