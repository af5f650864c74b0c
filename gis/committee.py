# SPDX-License-Identifier: GPL-2.0-or-later
"""The committee's report as a file: figures, tables, and the map of the reach in print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..domain.progress import Progress, silent
from ..store.committee import CommitteeFigures, committee_figures
from ..store.database import Store
from ..store.documents.committee import committee_document
from ..store.documents.reach import MAP
from ..store.reach import store_reach
from .documents import save_document
from .reach_picture import reach_picture


def write_committee_report(
    store: Store,
    output: Path,
    language: str = "fr",
    on: date | None = None,
    progress: Progress = silent,
) -> CommitteeFigures:
    """Write the report of a day (today if none is given) as PDF or XLSX; return its figures.

    CarteError says why nothing was written.
    """
    day = on or date.today()
    progress(0.0, output.name)
    reach = store_reach(store)
    progress(0.2, output.name)
    figures = committee_figures(store, day)
    document = committee_document(figures, language, reach)
    progress(0.4, output.name)
    save_document(document, output, day, {MAP: reach_picture(reach, language)})
    progress(1.0, output.name)
    return figures
