# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing to a shared store: imports beside raw COPYs, two at once, and fifty editors at once."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Callable

from jobs import source
from meter import spent

ROOT = Path(__file__).resolve().parents[2]
EDITORS, EDITS = 50, 20


def timed(job: Callable[[], Any]) -> float:
    """Return the seconds that a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def imported(location: str, rows: int) -> dict[str, float]:
    """Import a CSV with every check beside two raw COPYs: of the file, and of what it becomes.

    The first puts the file's lines, ten columns, as text into a table without index or key. The
    second puts the rows that the import has written, of all tables and with their history, into
    tables of the same columns and indexes, without triggers, foreign keys and row-level security.
    """
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    file = source(rows, "csv")
    with create_store(location + "_import") as store:
        execute = store._connection.execute
        process = execute("SELECT pg_backend_pid()").fetchone()[0]
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


def copied(store, table: str, handle, how: str) -> float:
    """Return the seconds of a COPY into a table."""
    cursor = store._connection._raw.cursor()
    return timed(lambda: cursor.copy_expert(f"COPY {table} FROM STDIN {how}", handle))


def copied_again(store, table: str, process: int) -> tuple[float, float]:
    """Copy the rows of a table into one like it; return the seconds of writing, clock and CPU."""
    cursor = store._connection._raw.cursor()
    with tempfile.TemporaryFile() as handle:
        cursor.copy_expert(f"COPY (SELECT * FROM {table} ORDER BY fid) TO STDOUT", handle)
        cursor.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
        handle.seek(0)
        began = spent(process)
        return copied(store, f"raw_{table}", handle, ""), spent(process) - began


def at_once(location: str, rows: int) -> dict[str, float]:
    """Two institutions' imports, each a process: one alone, and both at once."""
    from carte_cp3.store.database import create_store

    file = source(rows, "csv")
    with create_store(location + "_two"):
        pass
    program = (
        "import sys; sys.path[:0] = [sys.argv[1]]; import checkout; from pathlib import Path;"
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
