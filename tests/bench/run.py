# SPDX-License-Identifier: GPL-2.0-or-later
"""`make bench`: our jobs beside their peers, in one run, as ratios.

Each comparison runs both sides in turn in processes of their own, after one warm-up, and
takes medians. Sizes: BENCH_ROWS (default 20000). Writes build/bench.json.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JOBS = Path(__file__).with_name("jobs.py")
ROWS = int(os.environ.get("BENCH_ROWS", "20000"))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
# name, our job, the peer's job, the largest ratio of ours to theirs that we aim at
COMPARISONS = (
    ("import CSV, every check / raw copy of it", "import_csv", "copy_csv", 10.0),
    ("import XLSX, every check / raw copy of the CSV", "import_xlsx", "copy_csv", 10.0),
    ("locate points in communes / QGIS join by location", "locate", "join_by_location", 0.1),
    # An empty plugin costs nothing: 1.1 is some 30 ms on QGIS's own third of a second.
    (
        "start with the plugin / with an empty one",
        "start_with_plugin",
        "start_with_empty_plugin",
        1.1,
    ),
)


@dataclass(frozen=True)
class Comparison:
    """Median seconds of both sides, their ratio, our goal, our largest memory in MB."""

    name: str
    rows: int
    ours: float
    peer: float
    ratio: float
    goal: float
    memory: float


def environment() -> dict[str, str]:
    """Return a job's environment: no screen, and compiled modules kept, as QGIS keeps them."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(ROOT / "build" / "bench" / "pycache")
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}


def once(job: str) -> tuple[float, float]:
    """Run a job in a process of its own; return its seconds and its memory in MB."""
    done = subprocess.run(
        [sys.executable, str(JOBS), job, str(ROWS)],
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )
    seconds, memory = done.stdout.strip().splitlines()[-1].split()
    return float(seconds), float(memory)


def compare(name: str, ours: str, peer: str, goal: float) -> Comparison:
    """Run both sides in turn and compare their medians."""
    once(ours), once(peer)
    mine, theirs = [], []
    for _run in range(RUNS):
        mine.append(once(ours))
        theirs.append(once(peer))
    a = statistics.median(seconds for seconds, _memory in mine)
    b = statistics.median(seconds for seconds, _memory in theirs)
    return Comparison(name, ROWS, a, b, a / b, goal, max(memory for _s, memory in mine))


def main() -> None:
    """Print a table and keep the figures."""
    results = []
    print(f"{platform.machine()}, {os.cpu_count()} cores, {ROWS} rows, median of {RUNS}")
    print(f"{'comparison':52} {'ours s':>8} {'peer s':>8} {'ratio':>8} {'goal':>6} {'MB':>6}")
    for comparison in COMPARISONS:
        result = compare(*comparison)
        results.append(asdict(result))
        print(
            f"{result.name:52} {result.ours:8.2f} {result.peer:8.2f} {result.ratio:8.2f} "
            f"{result.goal:6.2f} {result.memory:6.0f}",
            flush=True,
        )
    target = ROOT / "build" / "bench.json"
    target.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
