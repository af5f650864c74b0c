# SPDX-License-Identifier: GPL-2.0-or-later
"""Two folders that take each other's place in one step, and scratch that nobody will finish.

A page is published by a rename. Where a page stands already two renames would be needed, and a
computer that stops between them would leave none: Linux and macOS exchange two names at once
(renameat2(2) with RENAME_EXCHANGE, renamex_np(2) with RENAME_SWAP); elsewhere, and on disks that
cannot, the two renames follow each other.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

_HERE = -100  # AT_FDCWD: names are relative to the folder the program works in
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, and RENAME_SWAP of macOS
#: After how many seconds scratch is taken to be left by a program that was stopped.
STALE = 24 * 3600


def exchange(folder: Path, other: Path) -> None:
    """Let two folders on one disk take each other's place. Raises OSError; nothing changed then."""
    if not _exchanged_at_once(folder, other):
        aside = other.with_name(f".{other.name}.aside")
        other.rename(aside)
        try:
            folder.rename(other)
        except OSError:
            aside.rename(other)
            raise
        aside.rename(folder)


def _exchanged_at_once(folder: Path, other: Path) -> bool:
    names = os.fsencode(folder), os.fsencode(other)
    try:
        system = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return system.renamex_np(*names, _EXCHANGE) == 0
        return system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0
    except (AttributeError, OSError, TypeError):  # no such call in this system's library
        return False


def replace(folder: Path, place: Path, kept: Path) -> None:
    """Put a folder in the place of another, which goes to ``kept``. Raises OSError as above."""
    exchange(folder, place)
    try:
        folder.rename(kept)
    except OSError:
        exchange(folder, place)
        raise


def sweep(folder: Path, prefix: str) -> None:
    """Remove the scratch folders of a prefix that a stopped program left a day ago or more."""
    for left in folder.iterdir():
        with suppress(OSError):
            if left.name.startswith(prefix) and time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left)
