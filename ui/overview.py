# SPDX-License-Identifier: GPL-2.0-or-later
"""What the dock shows of a store at a glance: plain data, counted by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Callable

from ..domain.progress import Progress, silent
from ..domain.report import BLOCKING, WARNING
from ..store.database import Row, Store
from ..store.listing import Figure, site_figures

STATUSES = ("published", "draft", "closed")


@dataclass(frozen=True)
class Overview:
    """A store at a glance.

    ``counts`` are numbers of sites by (institution code, status), ``regions`` numbers of
    published sites by region code; ``findings`` are the numbers of those that are open by their
    severity, ``ignored`` the number of those that are not counted; ``last_batch`` is the last
    import that still stands.
    """

    institutions: tuple[Row, ...]
    counts: Mapping[tuple[str, str], int]
    regions: Mapping[str, int]
    without_position: int
    findings: Mapping[str, int]
    ignored: int = 0
    last_publication: str = ""
    last_batch: Row | None = None


def read_overview(store: Store, progress: Progress = silent) -> Overview:
    """Read the state of a store."""
    progress(0.0, "")
    figures = site_figures(store)
    progress(0.6, "")
    batches = [row for row in store.rows("import_batch") if not row["undone_at"]]
    releases = [row["at"] for row in store.rows("release")]
    institutions = store.rows("institution")
    return Overview(
        institutions=tuple(sorted(institutions, key=lambda row: (row["sort"] or 100, row["code"]))),
        counts=_summed(figures, lambda one: (one.institution, one.status)),
        regions=_summed(
            [one for one in figures if (one.status, one.visibility) == ("published", "public")],
            lambda one: one.region,
        ),
        without_position=sum(
            one.sites for one in figures if not one.placed and one.status != "closed"
        ),
        findings={
            code: store.count("finding", state="open", severity=code)
            for code in (BLOCKING, WARNING)
        },
        ignored=store.count("finding", state="ignored"),
        last_publication=max(releases, default=""),
        last_batch=max(batches, key=lambda row: row["at"], default=None),
    )


def _summed(figures: Iterable[Figure], code: Callable[[Figure], Any]) -> Mapping[Any, int]:
    counts: Counter = Counter()
    for one in figures:
        counts[code(one)] += one.sites
    return counts
