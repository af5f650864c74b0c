# SPDX-License-Identifier: GPL-2.0-or-later
"""A job killed at a random moment: the store opens, the last page stands, no sheet is half.

A few kills each; SOAK_KILLS gives how many in all (`make soak`).
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

PROGRAM = Path(__file__).with_name("day.py")
SAMPLES = PROGRAM.parents[2] / "data" / "sample"
KILLS = int(os.environ.get("SOAK_KILLS", "6"))


def start(job: str, folder: Path) -> subprocess.Popen:
    """Start a job and wait until it has loaded all and begins."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), job, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    return process


def duration(job: str, folder: Path) -> float:
    """Let a job end by itself; return its seconds."""
    process = start(job, folder)
    begun = time.monotonic()
    assert process.stdout.readline() == "done\n"
    process.wait()
    return time.monotonic() - begun


def killed(job: str, folder: Path, after: float) -> bool:
    """Kill a job after some seconds; return whether it was still at work."""
    process = start(job, folder)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    return "done" not in process.stdout.read()


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with a store of some published sites."""
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    with create_store(str(tmp_path / "services.gpkg")) as store:
        import_table(store, SAMPLES / "artisanat_reseau.ods", institution="ART", status="published")
        import_table(store, SAMPLES / "anapec_agences.xlsx", institution="ANAPEC",
                     status="published")  # fmt: skip
    return tmp_path


def everything(folder: Path) -> dict[str, list]:
    """Return all rows of a store, after SQLite has found it whole."""
    from carte_cp3.store.database import open_store

    with open_store(str(folder / "services.gpkg")) as store:
        held = {table.name: store.rows(table.name) for table in store.schema.tables}
    with sqlite3.connect(folder / "services.gpkg") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return held


def moments(job: str, whole: float) -> list[float]:
    """Random moments within a job, the same for one number of kills; the last is near its end."""
    chance = random.Random(f"{job}-{KILLS}")
    count = -(-KILLS // 3)
    return [*(chance.uniform(0, whole) for _kill in range(count - 1)), 0.97 * whole]


def test_a_killed_import_leaves_all_or_nothing(folder, tmp_path_factory):
    from carte_cp3.store.history import undo_import

    before = everything(folder)
    whole = duration("import", folder)
    full = len(everything(folder)["site"])
    assert full > len(before["site"])
    undo(folder, undo_import)
    for after in moments("import", whole):
        before = everything(folder)
        at_work = killed("import", folder, after)
        held = everything(folder)
        if held == before:
            assert at_work
            continue
        assert len(held["site"]) == full, after
        undo(folder, undo_import)


def undo(folder: Path, undo_import) -> None:
    """Take the last import back, so that the next one has as much to do."""
    from carte_cp3.store.database import open_store
    from carte_cp3.store.history import last_batch

    with open_store(str(folder / "services.gpkg")) as store:
        undo_import(store, last_batch(store))


def test_a_killed_publication_leaves_a_whole_page(folder):
    from carte_cp3.domain.schema import load_schema
    from carte_cp3.gis.webmap.inspection import Expected, inspect

    whole = duration("publish", folder)
    sites = len([one for one in everything(folder)["site"] if one["status"] == "published"])
    for after in moments("publish", whole):
        killed("publish", folder, after)
        inspect(folder / "web", Expected(load_schema(), sites))
        everything(folder)
    duration("publish", folder)
    assert len(list((folder / "web.releases").iterdir())) <= 4


def test_a_killed_printing_leaves_no_half_sheet(folder):
    from pypdf import PdfReader

    whole = duration("print", folder)
    names = sorted(one.name for one in (folder / "a3").iterdir())
    assert sum(name.endswith(".pdf") for name in names) == 2
    for after in moments("print", whole):
        for old in (folder / "a3").glob("*.pdf"):
            old.unlink()
        killed("print", folder, after)
        for sheet in (folder / "a3").glob("*.pdf"):
            assert sheet.read_bytes().rstrip().endswith(b"%%EOF")
            assert len(PdfReader(sheet).pages) >= 1
        shown = {one.name for one in (folder / "a3").iterdir() if not one.name.startswith(".")}
        assert shown <= set(names)
        everything(folder)
