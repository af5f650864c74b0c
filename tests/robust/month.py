# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: days of work on one store, in one QGIS, with its memory and files measured.

    python month.py FOLDER DAYS

A day is 500 edits (half through QGIS's layers, half by jobs), 10 imports of a list that has
changed, and 10 publications; every tenth of the whole it prints what it measures as JSON.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from pathlib import Path

import day

EDITS, IMPORTS, PUBLICATIONS = 500, 10, 10
HEADINGS = ("Code établissement", "Nom", "Ville", "Téléphone", "Statut")
RECORDS = 40


def main(folder: Path, days: int) -> None:
    """Do the work in ten rounds."""
    day.plugin()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(folder / "profile")
    tempfile.tempdir = str(folder / "scratch")
    Path(tempfile.tempdir).mkdir()
    from qgis.core import QgsApplication, QgsProject

    application = QgsApplication([], True)
    application.initQgis()
    from carte_cp3.gis.project import build_project
    from carte_cp3.store.database import create_store

    with create_store(str(folder / "services.gpkg")) as store:
        take_in(store, folder, 0)
        project = QgsProject.instance()
        project.read(str(build_project(folder / "services.gpkg", folder / "carte.qgz")))
        done = {"edits": 0, "imports": 0, "publications": 0}
        for number in range(10):
            work(store, project, folder, days, number, done)
            print(json.dumps({**measured(store, folder), **done}), flush=True)
        project.clear()
    application.exitQgis()


def work(store, project, folder: Path, days: int, number: int, done: dict) -> None:
    """A tenth of the edits, imports and publications."""
    from carte_cp3.gis.webmap import publish

    for one in range(days):
        step = number * days + one
        edit_by_job(store, step)
        edit_in_layer(project, step)
        take_in(store, folder, step)
        publish(store, folder / "web", project, "builtin")
        done["edits"] += EDITS // 10
        done["imports"] += IMPORTS // 10
        done["publications"] += PUBLICATIONS // 10


def take_in(store, folder: Path, step: int) -> None:
    """Import the institution's list, in which telephones have changed."""
    from carte_cp3.store.importing import import_table

    path = folder / "liste.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADINGS)
        for number in range(RECORDS):
            phone = f"05370000{(step + number) % 90 + 10}" if number % 2 else ""
            writer.writerow((f"S{number}", f"SPÉCIMEN centre {number}", "Rabat", phone, ""))
    import_table(store, path, institution="EN", status="published")


def edit_by_job(store, step: int) -> None:
    """Change some records in transactions, as the dock's jobs do."""
    keys = [row["site_id"] for row in store.rows("site")]
    for number in range(EDITS // 20):
        with store.transaction(by="SPÉCIMEN"):
            key = keys[(step + number) % len(keys)]
            store.update("site", key, {"address_fr": f"SPÉCIMEN, adresse {step} {number}"})


def edit_in_layer(project, step: int) -> None:
    """Change some records in QGIS's layer and save them, as a form does."""
    from carte_cp3.gis.editing import edit_command, set_values
    from carte_cp3.gis.project import find_layer

    layer = find_layer(project, "site")
    features = list(layer.getFeatures())
    layer.startEditing()
    for number in range(EDITS // 20):
        feature = features[(step + number) % len(features)]
        with edit_command(layer, "SPÉCIMEN"):
            set_values(layer, feature, {"landmark_fr": f"SPÉCIMEN, repère {step} {number}"})
    if not layer.commitChanges():
        raise SystemExit("; ".join(layer.commitErrors()))


def measured(store, folder: Path) -> dict:
    """Return memory in MB, open files, files and bytes kept, and what the store holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    shelf = folder / "web.releases"
    kept = [folder / "web", *(shelf.iterdir() if shelf.is_dir() else ())]
    return {
        "memory": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        "handles": len(list(Path("/proc/self/fd").iterdir())),
        "files": len(kept),
        "scratch": len(list((folder / "scratch").iterdir()))
        + len([one for one in folder.iterdir() if one.name.startswith(".")]),
        "store": (folder / "services.gpkg").stat().st_size,
        "sites": store.count("site"),
        "findings": store.count("finding"),
        "changes": store.count("change"),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
