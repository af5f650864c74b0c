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
    for table in ("site", "carte_listing"):  # as the server does by itself after a while
        store._connection.execute(f"VACUUM ANALYZE {table}")
    return store


def asked(location: str, role: str) -> dict[str, float]:
    """Ask for a page of the list and its count as the table of sites does; the slowest of each.

    Each question is asked on a connection of its own, as from the dock.
    """
    from carte_cp3.domain.site_list import SiteFilter
    from carte_cp3.store.database import open_store
    from carte_cp3.store.listing import Order, count_sites, read_page

    def run(wanted: SiteFilter, order: Order | None = None) -> float:
        def question() -> None:
            with open_store(location) as store:
                read_page(store, wanted, order)
                count_sites(store, wanted, 10_000)

        return timed(question)

    marks = [f"{number:04x}" for number in random.Random(1).sample(range(65536), 10)]
    texts = [*marks, "specimen", "casablanca", f"tanger {marks[0]}", "الرباط", "aucun-tel-lieu"]
    filters = [SiteFilter(institution="EN"), SiteFilter(status="draft"), SiteFilter(region="12"),
               SiteFilter(status="closed"), SiteFilter(institution="ART", region="06")]  # fmt: skip
    return {
        f"search, {role}": max(run(SiteFilter(text=text)) for text in texts),
        f"filter, {role}": max(map(run, filters)),
        f"sort by another column, {role}": run(SiteFilter(), Order("institution_code", True)),
    }


def opened(location: str, role: str) -> dict[str, float]:
    """Open the store as the dock does: its state, its first page, its layers; and megabytes."""
    from carte_cp3.domain.site_list import SiteFilter
    from carte_cp3.store.database import open_store
    from carte_cp3.store.listing import count_sites, read_page
    from carte_cp3.ui.overview import read_overview

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def open_it() -> None:
        with open_store(location) as store:
            read_overview(store)
        with open_store(location) as store:
            read_page(store, SiteFilter())
            count_sites(store, SiteFilter(), 10_000)

    seconds = timed(open_it)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {f"opening the dock, {role}": seconds, f"memory that this takes, {role}, MB": memory}


def layered(store) -> float:
    """Give a project the layers of the store, as opening it in the dock does."""
    from carte_cp3.gis.project import add_store_layers
    from carte_cp3.store.postgres.address import parse_location
    from qgis.core import QgsProject

    os.environ["PGPASSWORD"] = parse_location(LOCATION).words["password"]  # QGIS would ask for it
    project = QgsProject()
    return timed(lambda: add_store_layers(project, store))


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


def editor(store) -> str:
    """Make an account that edits one institution's records; return how it reaches the store."""
    from carte_cp3.store.roles import Member, add_member

    password = cluster.make_account("bench_editor")
    add_member(store, Member("bench_editor", "editor", "OFPPT"))
    return f"PG:{cluster.dsn('services', 'bench_editor', password)} schema=bench"


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


def written(store, say: Callable[..., None]) -> None:
    """Have fifty people write at once, and imports."""
    found = store._connection.execute("SELECT site_id FROM site LIMIT ?", (HOT,))
    keys = [row[0] for row in found]
    for name, count in edited(LOCATION, keys).items():
        say(name, count, 0 if name == "of them lost" else None)
    both = imported(LOCATION)
    for name, seconds in both.items():
        say(name, seconds)
    for raw in ("raw COPY of the file", "raw COPY of the rows that it becomes"):
        say(f"import / {raw}", both["import with every check"] / both[raw], 10)
    for name, seconds in at_once(LOCATION).items():
        say(name, seconds)


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

    for role, location in (("administrator", LOCATION), ("editor", editor(store))):
        for name, value in {**asked(location, role), **opened(location, role)}.items():
            say(name, value, None if name.endswith("MB") else 1)
    say("panning, QGIS's layer", panned(store), 1)
    say("adding the layers", layered(store), 1)
    if ROWS:
        written(store, say)
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
