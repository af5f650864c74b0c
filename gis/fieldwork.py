# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work in QGIS and QField: what is taken along, with a project that opens it anywhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from ..domain.errors import StoreError
from ..domain.progress import Progress, silent
from ..store.checkout import check_out
from ..store.database import Store
from .project import build_project


def take_along(
    store: Store, path: Path, institution: str = "", region: str = "", progress: Progress = silent
) -> int:
    """Check a part of a store out into a GeoPackage, its project beside it; return how many sites.

    The project has the layers' forms and lists and the boundaries, by relative paths: copied as
    a folder to a telephone or a laptop it needs neither this plugin nor a network. All of it is
    written or nothing. Call it on the main thread.
    """
    path = Path(path)
    project = path.with_suffix(".qgz")
    if project.exists():
        raise StoreError("{path} exists already: open it, or choose another name.", path=project)
    count = check_out(store, path, institution, region, progress)
    try:
        build_project(path, project)
    except BaseException:
        with suppress(OSError):  # what failed is to be said, not this
            path.unlink(missing_ok=True)
        raise
    return count
