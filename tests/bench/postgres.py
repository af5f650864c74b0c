# SPDX-License-Identifier: GPL-2.0-or-later
"""A shared store at scale: `build/venv/bin/python tests/bench/postgres.py [SITES] [ROWS]`.

SITES (100000) are in the store before anything is timed; ROWS (100000) are imported beside raw
COPYs of them. Each line says what was measured, the seconds (the slowest of several) and the
goal. Runs on a server of its own, whose filled data stays under build/bench for the next time;
writes build/bench-postgres.json.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]
import checkout  # noqa: E402, F401  (names the checkout carte_cp3)
from cluster import Cluster, programs  # noqa: E402
from filled import DATABASE, SCHEMA, kept_cluster, open_filled  # noqa: E402
from meter import Meter, Spent  # noqa: E402
from postgres_reading import asked, mapped, opened  # noqa: E402
from postgres_writing import at_once, edited, imported  # noqa: E402

SITES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
HOT = 40  # records that fifty editors share
_GOAL = 1.0


class Figures:
    """What was measured, printed as it comes and written at the end."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {"sites": SITES, "rows": ROWS, "measures": {}}
        self._kept["load"] = os.getloadavg()

    def say(self, name: str, value: Any, goal: float | None = None) -> None:
        """Keep a figure, in seconds unless its name says otherwise, and print it."""
        seconds = value.clock if isinstance(value, Spent) else value
        self._kept[name] = value
        if goal is not None:
            self._kept["measures"][name] = seconds, goal
        shown = str(value) if isinstance(value, Spent) else f"{value:8.3f}"
        print(f"{name:46} {shown} {'' if goal is None else f'  goal {goal}'}", flush=True)

    def write(self, file: Path) -> None:
        """Write them as JSON."""
        file.write_text(json.dumps(self._kept, indent=1) + "\n", encoding="utf-8")


def editor(cluster: Cluster, location: str) -> str:
    """Make an account that edits one institution's records; return how it reaches the store."""
    from carte_cp3.store.database import open_store
    from carte_cp3.store.roles import Member, add_member, members

    name, member = "bench_editor", Member("bench_editor", "editor", "OFPPT")
    with open_store(location) as store:
        if member in members(store):
            password = cluster.password
            cluster.administer(f"ALTER ROLE {name} PASSWORD '{password}'")
        else:
            password = cluster.make_account(name)
            add_member(store, member)
    return f"PG:{cluster.dsn(DATABASE, name, password)} schema={SCHEMA}"


def read(meter: Meter, figures: Figures, location: str, role: str) -> None:
    """Use the store as the dock and QGIS do."""
    for part in (opened, asked, mapped):
        for name, value in part(meter, location):
            figures.say(f"{name}, {role}", value, _GOAL if isinstance(value, Spent) else None)


def written(cluster: Cluster, figures: Figures) -> None:
    """Have fifty people write at once, and imports, in stores of their own."""
    from carte_cp3.store.database import create_store

    location = f"PG:{cluster.make_database('written', owner='bench_writer')} schema=bench"
    with create_store(location) as store, store.transaction():
        keys = [f"site-{number}" for number in range(HOT)]
        store.load("site", [{"site_id": key, "institution_code": "OFPPT"} for key in keys])
    for name, count in edited(location, keys).items():
        figures.say(name, count, 0 if name == "of them lost" else None)
    both = imported(location, ROWS)
    for name, seconds in both.items():
        figures.say(name, seconds)
    for raw in ("raw COPY of the file", "raw COPY of the rows that it becomes"):
        figures.say(f"import / {raw}", both["import with every check"] / both[raw], 10)
    for name, seconds in at_once(location, ROWS // 4).items():
        figures.say(name, seconds)


def main() -> None:
    """Print the figures and keep them."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    figures = Figures()
    kept = kept_cluster(programs(), ROOT / "build" / "bench", SITES)
    try:
        kept.start()
        began = time.perf_counter()
        location = open_filled(kept, SITES)
        print(f"{SITES} sites ready in {time.perf_counter() - began:.0f} s", flush=True)
        meter = Meter(kept.number)
        read(meter, figures, location, "administrator")
        read(meter, figures, editor(kept, location), "editor")
    finally:
        kept.stop()
    if ROWS:
        cluster = Cluster(programs())
        try:
            cluster.start()
            written(cluster, figures)
        finally:
            cluster.stop()
    figures.write(ROOT / "build" / "bench-postgres.json")


if __name__ == "__main__":
    main()
