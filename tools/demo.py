# SPDX-License-Identifier: GPL-2.0-or-later
"""`make demo`: the whole job, on the files of data/sample/, into build/demo/.

The institutions' tables become a checked store, a styled project, a web map and A3 sheets.
Only the plugin's own jobs are called, the same that the dock and Processing call.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "build" / "demo"
SAMPLE = ROOT / "data" / "sample"
# file, institution (empty: the file names it itself)
FILES = (
    ("programmes.csv", ""),
    ("ofppt_etablissements.csv", "OFPPT"),
    ("anapec_agences.xlsx", "ANAPEC"),
    ("entraide_nationale.csv", "EN"),
    ("artisanat_reseau.ods", "ART"),
    ("partenaires.xlsx", ""),
    ("catalogue_services.csv", ""),
)


def plugin() -> None:
    """Name the checkout ``carte_cp3``, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)


@contextmanager
def step(title: str):
    """Print a step's title and, when it is done, its seconds."""
    print(f"{title} …", flush=True)
    began = time.perf_counter()
    yield
    print(f"  {time.perf_counter() - began:.1f} s", flush=True)


@contextmanager
def qgis():
    """Start QGIS without a window, with settings of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(ROOT / "build" / "profile")
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    yield application
    application.exitQgis()


def import_all(store) -> None:
    """Take in every sample file and write its annotated report."""
    from carte_cp3.gis.sentences import advice
    from carte_cp3.store.annotate import write_report
    from carte_cp3.store.importing import import_table

    for name, institution in FILES:
        result = import_table(store, SAMPLE / name, institution=institution, status="published")
        report = OUTPUT / f"import-{Path(name).stem}.xlsx"
        write_report(result, report, advice)
        print(
            f"  {name}: {result.created} created, {result.updated} updated, "
            f"{result.unchanged} unchanged, {result.refused} refused, "
            f"{result.warnings} warnings -> {report.name}"
        )


def print_counts(store) -> None:
    """Print what is in the store."""
    sites = store.rows("site")
    status = Counter(row["status"] for row in sites)
    placed = sum(row["lon"] is not None for row in sites)
    print(
        f"  {len(sites)} sites ({status['published']} published, {status['draft']} drafts; "
        f"{placed} on the map), {store.count('service')} services, {store.count('offer')} offers, "
        f"{store.count('institution')} institutions, {store.count('programme')} programmes"
    )


def main() -> None:
    """Make everything afresh under build/demo/."""
    began = time.perf_counter()
    plugin()
    from carte_cp3.gis.project import build_project
    from carte_cp3.gis.sheets.printing import print_sheets
    from carte_cp3.gis.webmap import publish
    from carte_cp3.store.checking import check_store
    from carte_cp3.store.database import create_store

    shutil.rmtree(OUTPUT, ignore_errors=True)
    OUTPUT.mkdir(parents=True)
    with qgis():
        with step("Importing the institutions' files"):
            store = create_store(str(OUTPUT / "services.gpkg"))
            import_all(store)
            print_counts(store)
        with step("Checking the store"):
            checked = check_store(store)
            print(f"  {checked.blocking} blocking, {checked.warnings} warnings")
        with step("Building the project"):
            project = build_project(OUTPUT / "services.gpkg", OUTPUT / "carte.qgz")
            print(f"  {project.name}")
        with step("Publishing the web map"):
            published = publish(store, OUTPUT / "web", opened(project))
            print(f"  {published.count} sites on the {published.backdrop} backdrop")
        with step("Printing the A3 sheets"):
            printed = print_sheets(store, OUTPUT / "a3", opened(project))
            print(f"  {len(printed.files)} sheets, {printed.count} sites")
        store.close()
    print(f"Done in {time.perf_counter() - began:.0f} s.")
    print(
        "Open build/demo/web/index.html in a browser, build/demo/a3/*.pdf, "
        "and build/demo/carte.qgz in QGIS (make qgis)."
    )


def opened(path: Path):
    """Read the project into QGIS's current one, as a cartographer would have it open."""
    from qgis.core import QgsProject

    project = QgsProject.instance()
    project.read(str(path))
    return project


if __name__ == "__main__":
    main()
