# SPDX-License-Identifier: GPL-2.0-or-later
"""All that is laid into a page's folder once its map is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ...domain.progress import within
from . import finish
from .changes import write_digests
from .job import Job
from .offline import write_offline
from .page.book import Book
from .page.data import write_data
from .page.opendata import write_open_data
from .page.openpages import MOST_SITES, main_page_links, write_pages
from .page.plainpage import Edition, with_page_texts
from .page.sitemap import at_root, write_sitemap
from .page.words import Words, load_words
from .scene import Scene


def complete(page: Path, job: Job, data: dict[str, Any], scene: Scene | None) -> list[str]:
    """Fill a page's folder; return the codes of what the report has to note."""
    today, hosts = job.moment.date(), scene.tile_hosts if scene else ()
    edition = _edition(job, data, today)
    with_pages = len(data["sites"]) <= MOST_SITES
    write_data(page, data)
    finish.copy_assets(page)
    words = edition.words[data["default_language"]]
    finish.fill(page, main_page_links(edition, Book(data, words, today), with_pages), hosts)
    finish.prune(page)
    write_offline(page, data)
    # After the pruning, which asks of each file whether the main page names it.
    credits = data.get("credits", ())
    with_hsds = write_open_data(
        page, job.view, job.languages, credits, today, within(job.progress, 0.75, 0.1)
    )
    write_digests(page, job.view, job.released)
    pages = write_pages(page, edition) if with_pages else []
    write_sitemap(page, job.address, pages, job.released)
    noted = {
        "no_address": not job.address,
        "robots_elsewhere": bool(job.address) and not at_root(job.address),
        "no_pages": not with_pages,
        "no_hsds": not with_hsds,
        "labels_language": bool(scene and scene.one_language) and len(job.languages) > 1,
    }
    return [code for code, holds in noted.items() if holds]


def _edition(job: Job, data: dict[str, Any], today: date) -> Edition:
    known = with_page_texts(load_words(finish.LABELS, job.languages[0]))
    words = {code: Words(known.all, code) for code in job.languages}
    return Edition(data, words, today, job.address)
