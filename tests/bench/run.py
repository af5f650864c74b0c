# SPDX-License-Identifier: GPL-2.0-or-later
"""`make bench`: every comparison in one go, our jobs beside their peers, as ratios.

Each side runs in turn, in processes of its own, after one warm-up; medians of BENCH_RUNS
(default 3). Sizes: BENCH_ROWS (default 100000) rows of a table, BENCH_SITES (default 100000) sites
of a shared store. Names of parts after the command measure those only: jobs, growth, reach, sheets,
dock, page, server. Prints a table and writes build/bench.json; `docs/performance.md` explains each
line.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
JOBS = HERE / "jobs.py"
ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
REACHED = 10_000
GROWING = (1_000, 10_000, 100_000)
SITES = int(os.environ.get("BENCH_SITES", "100000"))
# name, our job, the peer's job, the largest ratio of ours to theirs that we aim at
COMPARISONS = (
    ("import CSV, every check / raw copy of it", "import_csv", "copy_csv", 10.0),
    ("import XLSX, every check / raw copy of the CSV", "import_xlsx", "copy_csv", 10.0),
    ("locate points in communes / QGIS join by location", "locate", "join_by_location", 0.1),
)


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    ``ours`` and ``peer`` are medians, in seconds unless the name says otherwise; the goal bounds
    the ratio of the two, or our figure where there is no peer; there may be none. ``memory`` is
    our largest, in MB.
    """

    name: str
    ours: float
    goal: float | None = None
    peer: float | None = None
    ratio: float | None = None
    memory: float | None = None

    @property
    def held(self) -> bool:
        """Tell whether the goal is reached, or none is set."""
        return self.goal is None or (self.ours if self.ratio is None else self.ratio) <= self.goal


def environment() -> dict[str, str]:
    """Return a job's environment: no screen, and compiled modules kept, as QGIS keeps them."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(ROOT / "build" / "bench" / "pycache")
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}


def once(job: str, rows: int = ROWS) -> tuple[float, float]:
    """Run a job in a process of its own; return its seconds and its memory in MB."""
    done = subprocess.run(
        [sys.executable, str(JOBS), job, str(rows)],
        check=True, capture_output=True, text=True, env=environment(),
    )  # fmt: skip
    seconds, memory = done.stdout.strip().splitlines()[-1].split()
    return float(seconds), float(memory)


def jobs() -> Iterator[Measure]:
    """Import a table and locate its points, beside GDAL's copy and QGIS's join."""
    for name, ours, peer, goal in COMPARISONS:
        yield _beside(name, ours, peer, ROWS, goal)


def growth() -> Iterator[Measure]:
    """Measure what the work costs as it grows, each size beside its peer."""
    for rows in GROWING:
        for name, ours, peer, _goal in COMPARISONS:
            yield _beside(name, ours, peer, rows)
        yield _alone(rows)


def _beside(name: str, ours: str, peer: str, rows: int, goal: float | None = None) -> Measure:
    once(ours, rows), once(peer, rows)
    mine, theirs = zip(*((once(ours, rows), once(peer, rows)) for _run in range(RUNS)))
    a = statistics.median(seconds for seconds, _memory in mine)
    b = statistics.median(seconds for seconds, _memory in theirs)
    memory = max(one for _seconds, one in mine)
    return Measure(f"{name}, {rows} rows", a, goal, b, a / b, memory)


def reach() -> Iterator[Measure]:
    """Measure how far people live from services: the committee's coverage."""
    yield _alone(REACHED, 2.0)


def _alone(sites: int, goal: float | None = None) -> Measure:
    once("reach", sites)
    taken = [once("reach", sites) for _run in range(RUNS)]
    seconds, memory = statistics.median(one for one, _ in taken), max(one for _, one in taken)
    return Measure(f"reach of {sites} sites, 1,538 communes", seconds, goal, memory=memory)


def sheets() -> Iterator[Measure]:
    """Print sheets, beside bare layouts and QGIS's own atlas."""
    from sheets import MEMORY, compare_sheets

    memory = 0.0
    for one in compare_sheets(RUNS):
        memory = max(memory, one.memory)
        yield Measure(one.name, one.ours, one.goal, one.peer, one.ratio, one.memory)
        name = f"{one.name}, processor"
        yield Measure(name, one.ours_processor, one.goal, one.peer_processor, one.processor_ratio)
    yield Measure("largest memory of a process that prints, MB", memory, MEMORY)


def dock() -> Iterator[Measure]:
    """Start, open, search, filter and check in QGIS's window; 10,000 sites."""
    from dock import GOALS, measure

    for name, (clock, worked) in measure(RUNS, 10_000).items():
        yield Measure(f"dock: {name}", clock, GOALS[name])
        yield Measure(f"dock: {name}, processor", worked, GOALS[name])


def page() -> Iterator[Measure]:
    """Open the published page on a cheap telephone, and beside stock qgis2web."""
    from web import rows

    for row in rows():
        yield Measure(row.name, row.ours, row.goal, row.peer, row.ratio)


def server() -> Iterator[Measure]:
    """Work on a store in PostgreSQL that many share."""
    program = str(HERE / "postgres.py")
    command = [sys.executable, program, str(SITES)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    figures = json.loads((ROOT / "build" / "bench-postgres.json").read_text(encoding="utf-8"))
    for name, (value, goal) in figures["measures"].items():
        yield Measure(f"server, {SITES} sites: {name}", value, goal)


PARTS = {one.__name__: one for one in (jobs, growth, reach, sheets, dock, page, server)}


def main(chosen: list[str]) -> None:
    """Print a table as it grows and keep the figures."""
    machine = {
        "machine": platform.machine(), "cores": os.cpu_count(), "system": platform.platform(),
        "load": os.getloadavg()[0], "rows": ROWS, "runs": RUNS, "server_sites": SITES,
    }  # fmt: skip
    print(", ".join(f"{name} {value}" for name, value in machine.items()))
    print(f"{'':68} {'ours':>8} {'peer':>8} {'ratio':>7} {'goal':>7} {'MB':>5}")
    measures = []
    for part in chosen or PARTS:
        for one in PARTS[part]():
            measures.append({**asdict(one), "held": one.held})
            peer, ratio, goal, memory = (
                "" if value is None else f"{value:{form}}"
                for value, form in (
                    (one.peer, ".2f"), (one.ratio, ".3f"), (one.goal, ".3g"), (one.memory, ".0f")
                )
            )  # fmt: skip
            said = "" if one.held else "  not reached"
            print(
                f"{one.name:68} {one.ours:8.2f} {peer:>8} {ratio:>7} {goal:>7} {memory:>5}{said}",
                flush=True,
            )
    target = ROOT / "build" / "bench.json"
    target.write_text(json.dumps({**machine, "measures": measures}, indent=1) + "\n", "utf-8")
    print(f"{target.relative_to(ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
