# SPDX-License-Identifier: GPL-2.0-or-later
"""A month in miniature: edits, imports and publications, without growth that nobody wants.

A twentieth of it here; SOAK_DAYS=20 is the month (`make soak`): 10,000 edits, 200 imports,
200 publications. What may grow is the history of what was changed, and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

DAYS = int(os.environ.get("SOAK_DAYS", "1"))
PROGRAM = Path(__file__).with_name("month.py")


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """What the program has measured after each tenth of its days' work."""
    folder = tmp_path_factory.mktemp("month")
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder), str(DAYS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_memory_comes_to_rest(month):
    """From the third tenth, when all caches are warm, to the end: at most a tenth more."""
    assert month[-1]["memory"] <= 1.1 * month[2]["memory"], [one["memory"] for one in month]


def test_no_file_is_left_behind(month):
    """Three earlier publications and their report are kept on purpose, and no more."""
    assert month[-1]["files"] == month[4]["files"], [one["files"] for one in month]
    assert month[-1]["scratch"] == 0 and month[-1]["handles"] <= month[2]["handles"] + 2


def test_the_store_grows_by_its_history_alone(month):
    first, last = month[2], month[-1]
    assert last["sites"] == first["sites"]
    changes = last["changes"] - first["changes"]
    assert changes > 0
    assert (last["store"] - first["store"]) / changes < 6000  # bytes a change, both versions kept


def test_findings_do_not_pile_up(month):
    assert month[-1]["findings"] == month[2]["findings"]


def test_all_was_done(month):
    assert month[-1]["edits"] >= 500 * DAYS and month[-1]["imports"] >= 10 * DAYS
    assert month[-1]["publications"] >= 10 * DAYS
