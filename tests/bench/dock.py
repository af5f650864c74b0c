# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock on 10,000 sites: opened, searched, filtered, checked, and what it adds to the start.

    build/venv/bin/python tests/bench/dock.py [--runs 9] [--sites 10000]

Each run has a process of its own; medians are printed beside their goals, by the clock and by
the processor, since the clock also counts what else the machine does. Exits with 1 if a median
by the processor misses its goal.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from jobs import FOLDER, Window, source
from run import ROOT, environment, once

#: What is measured, with its goal in seconds.
GOALS = {
    "start, more than an empty plugin": 0.030,
    "open the dock": 1.0,
    "search": 0.1,
    "filter": 0.1,
    "check all": 5.0,
}
SEARCHES = ("casa", "تكوين", "specimen ista 77")


def made_store(sites: int) -> Path:
    """Return a store of specimen sites, made if it is not there yet."""
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    path = FOLDER / f"dock-{sites}.gpkg"
    if not path.exists():
        table = source(sites, "csv")
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            made = Path(folder) / "store.gpkg"
            with create_store(str(made)) as store:
                import_table(store, table, institution="OFPPT", status="published")
            made.replace(path)
    return path


class Stopwatch:
    """Seconds by the clock and by the processor of what is done within it."""

    def __init__(self, kept: dict, name: str) -> None:
        self._kept, self._name = kept, name

    def __enter__(self) -> None:
        self._clock, self._worked = time.perf_counter(), time.process_time()

    def __exit__(self, *_raised) -> None:
        clock, worked = time.perf_counter() - self._clock, time.process_time() - self._worked
        self._kept.setdefault(self._name, []).append((clock, worked))


def use_the_dock(path: Path) -> None:
    """Open, search, filter and check; print the seconds as JSON."""
    from unittest.mock import MagicMock

    from qgis.core import QgsApplication
    from qgis.gui import QgsGui, QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QMainWindow

    application = QgsApplication([], True)
    application.initQgis()
    QgsGui.editorWidgetRegistry().initEditors()
    window = QMainWindow()
    canvas = QgsMapCanvas(window)
    window.setCentralWidget(canvas)
    window.show()
    iface = MagicMock()
    iface.mainWindow.return_value, iface.mapCanvas.return_value = window, canvas
    iface.messageBar.return_value = QgsMessageBar(window)
    taken: dict[str, list] = {}

    from carte_cp3.ui.dock import ServicesDock

    dock = ServicesDock(iface)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.show()
    with Stopwatch(taken, "open the dock"):
        dock.session.open(str(path))
        settle(application, dock)
    for text in SEARCHES:
        with Stopwatch(taken, "search"):
            dock.data.siteSearch.setText(text)
            application.processEvents()
    dock.data.siteSearch.clear()
    for number in range(min(4, dock.data.siteStatus.count())):
        with Stopwatch(taken, "filter"):
            dock.data.siteStatus.setCurrentIndex(number)
            application.processEvents()
    with Stopwatch(taken, "check all"):
        dock.control.check()
        settle(application, dock)
    print(json.dumps(taken), flush=True)
    os._exit(0)  # QGIS and its windows need not be taken apart for a figure


def settle(application, dock) -> None:
    """Wait until no job is under way, then let Qt do what it has put off."""
    while dock.session.busy:
        application.processEvents()
        time.sleep(0.002)
    for _ in range(5):
        application.processEvents()


def in_a_process(path: Path) -> dict[str, list]:
    """Use the dock in a process of its own, on a copy of the store."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(path.read_bytes())
        profile = {"QGIS_CUSTOM_CONFIG_PATH": folder}
        done = subprocess.run(
            [sys.executable, __file__, "--use", str(copy)],
            check=True, capture_output=True, text=True, env={**environment(), **profile},
        )  # fmt: skip
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(runs: int, sites: int) -> dict[str, tuple[float, float]]:
    """Return medians by name, by the clock and by the processor, after one warm-up each."""
    path = made_store(sites)
    in_a_process(path)
    taken: dict[str, list] = {}
    for _run in range(runs):
        for name, seconds in in_a_process(path).items():
            taken.setdefault(name, []).extend(seconds)
    once("start_with_plugin"), once("start_with_empty_plugin")
    more = [
        once("start_with_plugin")[0] - once("start_with_empty_plugin")[0] for _run in range(runs)
    ]
    worked = [loaded() for _run in range(runs)]
    taken["start, more than an empty plugin"] = list(zip(more, worked))
    return {name: tuple(map(statistics.median, zip(*seconds))) for name, seconds in taken.items()}


def loaded() -> float:
    """Return the processor's seconds for what QGIS does with the plugin at its start."""
    done = subprocess.run(
        [sys.executable, __file__, "--load"],
        check=True, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])


def load() -> None:
    """Import the plugin, make it, let it add itself; print the processor's seconds."""
    from qgis.core import QgsApplication
    from qgis.PyQt.QtWidgets import QMainWindow

    application = QgsApplication([], True)
    application.initQgis()
    window = Window(QMainWindow())
    began = time.process_time()
    import carte_cp3

    carte_cp3.classFactory(window).initGui()
    print(time.process_time() - began, flush=True)
    os._exit(0)


def main() -> int:
    """Print a table; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--use", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--load", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.load:
        load()
    if arguments.use:
        use_the_dock(arguments.use)
    medians = measure(arguments.runs, arguments.sites)
    print(f"{arguments.sites} sites, median of {arguments.runs}, milliseconds")
    print(f"{'':36} {'clock':>8} {'processor':>10} {'goal':>8}")
    for name, goal in GOALS.items():
        clock, worked = (1000 * seconds for seconds in medians[name])
        print(f"{name:36} {clock:8.0f} {worked:10.0f} {1000 * goal:8.0f}")
    target = ROOT / "build" / "bench-dock.json"
    target.write_text(json.dumps(medians, indent=1) + "\n", encoding="utf-8")
    return 1 if any(medians[name][1] >= goal for name, goal in GOALS.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
