# SPDX-License-Identifier: GPL-2.0-or-later
"""Finished files go to their places together, or none does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def move_all(files: Sequence[Path], folder: Path, scratch: Path) -> list[Path]:
    """Move files into a folder under their own names; return where they are.

    What bears one of these names is replaced. ``scratch`` is a folder for what was there
    before, on the same disk. Raises OSError, and the folder is then as it was.
    """
    places = [folder / file.name for file in files]
    kept = _kept(places, Path(tempfile.mkdtemp(prefix="before-", dir=scratch)))
    moved: list[Path] = []
    try:
        for file, place in zip(files, places):
            file.replace(place)
            moved.append(place)
    except OSError:
        for place in moved:
            with suppress(OSError):  # the others are to come back all the same
                kept[place].replace(place) if place in kept else place.unlink()
        raise
    return places


def _kept(places: Sequence[Path], shelf: Path) -> dict[Path, Path]:
    """Copy what stands in the places; OSError if one of them cannot be replaced."""
    kept = {}
    for place in places:
        if place.exists():
            with place.open("r+b"):  # on Windows not while a reader of PDF holds it
                kept[place] = shelf / place.name
            shutil.copy2(place, kept[place])
    return kept
