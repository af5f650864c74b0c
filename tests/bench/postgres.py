# SPDX-License-Identifier: GPL-2.0-or-later
"""A shared store at scale: `build/venv/bin/python tests/bench/postgres.py [SITES] [ROWS]`.

SITES (100000) are in the store before anything is timed; ROWS (100000) are imported beside raw
COPYs of them. Each line says what was measured, the seconds (the slowest of several) and
the goal. Runs on a server of its own; writes build/bench-postgres.json.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]
import conftest  # noqa: E402, F401  (names the checkout carte_cp3)
from cluster import Cluster, programs  # noqa: E402
from jobs import source  # noqa: E402

SITES = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
EDITORS, EDITS, HOT = 50, 20, 40
_FILL = """
INSERT INTO site (site_id, institution_code, external_id, kind, name_fr, commune_code, "precision",
    phone, status, verified_on, geom)
SELECT gen_random_uuid()::text, (ARRAY['ANAPEC', 'OFPPT', 'EN', 'ART'])[1 + n % 4], 'B' || n,
    'agence', 'SPÉCIMEN ' || md5(n::text), c.codes[1 + n % array_length(c.codes, 1)], 'commune',
    '+2125' || lpad((n % 100000000)::text, 8, '0'),
    (ARRAY['published', 'draft', 'published'])[1 + n % 3], DATE '2026-01-01' - (n % 700)::int,
    ST_SetSRID(ST_MakePoint(-13 + random() * 12, 27.7 + random() * 8), 4326)
FROM generate_series(1, ?) AS n, (SELECT ?::text[] AS codes) AS c
"""


def timed(job: Callable[[], Any]) -> float:
    """Return the seconds that a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def filled(location: str):
    """Make a store with SITES sites, without their history."""
    from carte_cp3.store.boundaries import load_gazetteer
    from carte_cp3.store.database import create_store

    units = load_gazetteer().units.values()
    codes = [one.code for one in units if one.level not in ("region", "province")]
    store = create_store(location)
    with store.transaction(), store.unruled():
        store._connection.execute(_FILL, (SITES, codes))
    store._connection.execute("ANALYZE site")
    return store


def searched(store) -> dict[str, float]:
    """Search by a part of a name, and filter, a page of a hundred each time."""
    marks = [f"%{number:04x}%" for number in random.Random(1).sample(range(65536), 20)]
    page = "SELECT site_id, name_fr FROM site WHERE {} ORDER BY name_fr LIMIT 100"

    def run(condition: str, values: tuple) -> float:
        return timed(lambda: store._connection.execute(page.format(condition), values).fetchall())

    trigram = [run("name_fr ILIKE ?", (mark,)) for mark in marks]
    institution = [run("institution_code = ?", (code,)) for code in ("EN", "ART")]
    commune = [run("commune_code = ?", (code,)) for code in ("06.141.01.0", "04.421.01.0")]
    return {"search by name, in the database": max(trigram),
            "filter by institution, in the database": max(institution),
            "filter by commune, in the database": max(commune)}  # fmt: skip


def opened(location: str) -> tuple[float, float]:
    """Open the store as the dock does; return seconds and the megabytes that it takes."""
    from carte_cp3.store.database import open_store
    from carte_cp3.ui.overview import read_overview

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open_store(location) as store:
        seconds = timed(lambda: read_overview(store))
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def panned(store) -> float:
    """Read what a map of a province shows, as QGIS's layer does, at ten places."""
    from carte_cp3.gis.store_layers import table_uri
    from carte_cp3.store.postgres.address import parse_location
    from qgis.core import QgsFeatureRequest, QgsRectangle, QgsVectorLayer

    address = parse_location(LOCATION)
    uri = table_uri(address, store.schema.table("site"), address.schema)
    uri.setPassword(address.words["password"])
    layer = QgsVectorLayer(uri.uri(False), "site", "postgres")
    chance, seconds = random.Random(2), []
    for _ in range(10):
        lon, lat = chance.uniform(-12, -2), chance.uniform(28, 35)
        request = QgsFeatureRequest(QgsRectangle(lon, lat, lon + 0.5, lat + 0.5))
        request.setSubsetOfAttributes(["institution_code", "status", "name_fr"], layer.fields())
        seconds.append(timed(lambda request=request: list(layer.getFeatures(request))))
    return max(seconds)


def imported(location: str) -> dict[str, float]:
    """Import a CSV with every check beside two raw COPYs: of the file, and of what it becomes.

    The first puts the file's lines, ten columns, as text into a table without index or key. The
    second puts the rows that the import has written, of all tables and with their history, into
    tables of the same columns and indexes, without triggers, foreign keys and row-level security.
    """
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    file = source(ROWS, "csv")
    with create_store(location + "_import") as store:
        execute = store._connection.execute
        process = Path("/proc") / str(execute("SELECT pg_backend_pid()").fetchone()[0]) / "stat"
        mine, server = time.process_time(), spent(process)
        ours = timed(lambda: import_table(store, file, institution="OFPPT"))
        mine, server = time.process_time() - mine, spent(process) - server
        head = file.read_text("utf-8").splitlines()[0].split(",")
        execute("CREATE TABLE raw (" + ", ".join(f'"{name}" text' for name in head) + ")")
        began = spent(process)
        with file.open("rb") as handle:
            raw = copied(store, "raw", handle, "CSV HEADER")
        raw_cpu = spent(process) - began
        same = [copied_again(store, table.name, process) for table in store.schema.tables]
    return {"import with every check": ours, "of it the processor in Python": mine,
            "of it the processor in the server": server,
            "raw COPY of the file": raw, "of it the processor": raw_cpu,
            "raw COPY of the rows that it becomes": sum(clock for clock, _cpu in same),
            "of that the processor": sum(cpu for _clock, cpu in same)}  # fmt: skip


def spent(process: Path) -> float:
    """Return the seconds of processor that a process has had (Linux)."""
    words = process.read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def copied(store, table: str, handle, how: str) -> float:
    """Return the seconds of a COPY into a table."""
    cursor = store._connection._raw.cursor()
    return timed(lambda: cursor.copy_expert(f"COPY {table} FROM STDIN {how}", handle))


def copied_again(store, table: str, process: Path) -> tuple[float, float]:
    """Copy the rows of a table into one like it; return the seconds of writing, clock and CPU."""
    cursor = store._connection._raw.cursor()
    with tempfile.TemporaryFile() as handle:
        cursor.copy_expert(f"COPY (SELECT * FROM {table} ORDER BY fid) TO STDOUT", handle)
        cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
        handle.seek(0)
        began = spent(process)
        return copied(store, f"raw_{table}", handle, ""), spent(process) - began


def at_once(location: str) -> dict[str, float]:
    """Two institutions' imports, each a process: one alone, and both at once."""
    from carte_cp3.store.database import create_store

    file = source(ROWS // 4, "csv")
    with create_store(location + "_two"):
        pass
    program = (
        "import sys; sys.path[:0] = [sys.argv[1]]; import conftest; from pathlib import Path;"
        "from carte_cp3.store.database import open_store;"
        "from carte_cp3.store.importing import import_table;"
        "store = open_store(sys.argv[2]); print('ready', flush=True); input();"
        "import_table(store, Path(sys.argv[3]), institution=sys.argv[4]); print('done')"
    )

    given = (sys.executable, "-c", program, str(ROOT / "tests"), location + "_two", str(file))

    def run(*institutions: str) -> float:
        jobs = [
            subprocess.Popen(
                [*given, one],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for one in institutions
        ]  # fmt: skip
        for job in jobs:
            assert job.stdout.readline() == "ready\n"

        def go() -> None:
            for job in jobs:
                job.stdin.write("\n")
                job.stdin.flush()
            assert all(job.stdout.readline() == "done\n" for job in jobs)

        seconds = timed(go)
        for job in jobs:
            job.wait()
        return seconds

    return {"one institution's import alone": run("EN"),
            "two institutions' imports at once": run("ANAPEC", "ART")}  # fmt: skip


def edited(location: str, keys: list[str]) -> dict[str, int]:
    """Fifty editors append marks to a few records at once; count what was kept and refused."""
    from carte_cp3.domain.errors import StoreBusy
    from carte_cp3.store.database import open_store

    def edit(editor: int) -> tuple[list[tuple[str, str]], int]:
        chance, kept, refused = random.Random(editor), [], 0
        with open_store(location) as store:
            for number in range(EDITS):
                mark = f"{editor}/{number};"
                while True:
                    pair = chance.sample(keys, 2)  # in any order: deadlocks are possible
                    try:
                        with store.transaction():
                            for key in pair:
                                (row,) = store.rows("site", site_id=key)
                                note = (row["note_internal"] or "") + mark
                                store.update("site", key, {"note_internal": note})
                    except StoreBusy:
                        refused += 1
                        continue
                    kept += [(key, mark) for key in pair]
                    break
        return kept, refused

    with ThreadPoolExecutor(EDITORS) as pool:
        results = list(pool.map(edit, range(EDITORS)))
    with open_store(location) as store:
        notes = {key: store.rows("site", site_id=key)[0]["note_internal"] or "" for key in keys}
        written = store.count("change", action="update")
    kept = [one for marks, _refused in results for one in marks]
    lost = sum(mark not in notes[key].replace(";", "; ").split() for key, mark in kept)
    return {"edits kept": len(kept), "of them lost": lost, "in the history": written,
            "refused with a sentence and repeated": sum(one for _kept, one in results)}  # fmt: skip


def main() -> None:
    """Print the figures and keep them."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    figures: dict[str, Any] = {"sites": SITES, "rows": ROWS, "measures": {}}
    began = time.perf_counter()
    store = filled(LOCATION)
    print(f"{SITES} sites ready in {time.perf_counter() - began:.0f} s", flush=True)

    def say(name: str, value: float, goal: float | None = None) -> None:
        """Keep a figure, in seconds unless its name says otherwise, and print it."""
        figures[name] = value
        if goal is not None:
            figures["measures"][name] = value, goal
        print(f"{name:48} {value:10.3f} {'' if goal is None else f'goal {goal}'}", flush=True)

    for name, seconds in searched(store).items():
        say(name, seconds, 1)
    say("panning, QGIS's layer", panned(store), 1)
    keys = [row[0] for row in store._connection.execute("SELECT site_id FROM site LIMIT ?", (HOT,))]
    for name, count in edited(LOCATION, keys).items():
        say(name, count, 0 if name == "of them lost" else None)
    both = imported(LOCATION)
    for name, seconds in both.items():
        say(name, seconds)
    for raw in ("raw COPY of the file", "raw COPY of the rows that it becomes"):
        say(f"import / {raw}", both["import with every check"] / both[raw], 10)
    for name, seconds in at_once(LOCATION).items():
        say(name, seconds)
    seconds, memory = opened(LOCATION)
    say("opening the dock", seconds, 1)
    say("memory of the dock's lists, MB", memory)
    store.close()
    target = ROOT / "build" / "bench-postgres.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    cluster = Cluster(programs())
    try:
        cluster.start()
        LOCATION = f"PG:{cluster.make_database('services', owner='carte_admin')} schema=bench"
        main()
    finally:
        cluster.stop()
