# SPDX-License-Identifier: GPL-2.0-or-later
"""The copy of the boundaries that QGIS opens.

QGIS writes into a GeoPackage when it opens one (its journal mode, in the header), and the
plugin's own folder may be read-only: layers therefore never show the file that ships.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from qgis.core import QgsApplication

from ..domain.errors import StoreError
from ..store.boundaries import BOUNDARIES
from ..store.postgres.address import PREFIX

#: The header of an SQLite file, the part that opening it changes (https://sqlite.org/fileformat).
_HEADER = 100


def copy_beside(neighbour: Path) -> Path:
    """Lay a copy of the boundaries beside a file, unless it is there already; return its path.

    Raises OSError if the folder cannot be written.
    """
    target = neighbour.with_name(BOUNDARIES.name)
    if target.exists() and _content(target) == _content(BOUNDARIES):
        return target
    handle, scratch = tempfile.mkstemp(suffix=".gpkg", prefix=".new-", dir=target.parent)
    os.close(handle)
    try:
        shutil.copyfile(BOUNDARIES, scratch)
        Path(scratch).chmod(0o644)
        Path(scratch).replace(target)
    finally:
        Path(scratch).unlink(missing_ok=True)
    return target


def copy_for_store(location: str) -> Path:
    """Return a copy of the boundaries for the layers of a store.

    It lies beside the store's file, so that a project moves with both; for a database, or in a
    folder that cannot be written, in QGIS's profile. Raises StoreError if neither can be.
    """
    profile = Path(QgsApplication.qgisSettingsDirPath()) / "carte_cp3" / BOUNDARIES.name
    if not location.startswith(PREFIX):
        try:
            return copy_beside(Path(location).resolve())
        except OSError:
            pass  # a store that is only read: the profile is this account's own
    return lay_beside(profile)


def lay_beside(neighbour: Path) -> Path:
    """``copy_beside`` in a folder that is made if need be; StoreError if that cannot be."""
    try:
        neighbour.parent.mkdir(parents=True, exist_ok=True)
        return copy_beside(neighbour)
    except OSError as error:
        raise StoreError(
            "Nothing can be written beside {path}: {reason}. Choose another folder.",
            path=neighbour,
            reason=error.strerror,
        ) from error


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(_HEADER)
        return file.read()
