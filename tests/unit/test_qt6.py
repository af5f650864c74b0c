# SPDX-License-Identifier: GPL-2.0-or-later
"""Forms, names of Qt and the inner rings under PyQt6; QGIS itself on Qt 6 is not tried."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(
    importlib.util.find_spec("PyQt6") is None, reason="PyQt6 is not installed: make test does it"
)
def test_forms_and_names_hold_on_qt6():
    """In a process of its own: PyQt5 and PyQt6 do not live in one."""
    program = Path(__file__).with_name("qt6.py")
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == []
