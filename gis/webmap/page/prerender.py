# SPDX-License-Identifier: GPL-2.0-or-later
"""The first cards, filters and credits as HTML: what a reader has before, or without, JavaScript.

The words come from ``labels.json``, and every text of the data is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import quote

from .addresses import web_address
from .book import Book, Values, span
from .cards import has_position, item
from .markup import Markup, Part, element, escape, join
from .packing import FIRST
from .words import said

#: The address of what a filter finds, by its facet (``institution``, ``region``) and code.
Finding = Callable[[str, str], str]
_LETTERS = {"institution": "i", "region": "r"}


def by_query(facet: str, code: str) -> str:
    """Return the main page's own address with a filter, which its program obeys."""
    return f"?{_LETTERS[facet]}={quote(code)}"


def placeholders(book: Book, found_at: Finding = by_query, rest: Part = None) -> dict[str, str]:
    """Return what the template's own placeholders stand for, as HTML.

    ``found_at`` says where the filters lead while no program runs, ``rest`` is said under the
    first cards then.
    """
    data, words = book.data, book.words
    title = said(data.get("title"), words.language)
    heading = title.text if title else ""
    sites = _in_default_view(data)
    count = words.counted("count", len(sites))
    return {
        "CP3_LANG": escape(words.language),
        "CP3_DIR": words.direction(),
        "CP3_TITLE": escape(heading),
        "CP3_DESCRIPTION": escape(f"{heading} – {count}"),
        "CP3_FILTERS": filters(book, found_at),
        "CP3_LIST": Markup("\n".join([*(item(book, site) for site in sites[:FIRST]), rest or ""])),
        "CP3_COUNT": counts(book),
        "CP3_CREDITS": credits(book),
        "CP3_NOTICE": escape(words.label("specimen")) if data.get("specimen") else "",
    }


def filters(book: Book, found_at: Finding = by_query) -> Markup:
    """Return institutions and regions as a list of links, each with its number of sites."""
    links = []
    for key, table in (("institution", "institutions"), ("region", "regions")):
        found = Counter(site.get(key) for site in book.data.get("sites", ()))
        for entry in book.data.get(table, ()):
            if found[entry["code"]]:
                name = said(entry.get("short_name") or entry.get("name"), book.words.language)
                text = f"{name.text if name else entry['code']} ({found[entry['code']]})"
                link = element("a", {"href": found_at(key, entry["code"])}, text)
                links.append(element("li", {}, link))
    return element("ul", {}, *links)


def counts(book: Book) -> Markup:
    """Return how many sites there are, and how many of them have no position."""
    sites = _in_default_view(book.data)
    off = sum(1 for site in sites if not has_position(site))
    said_off = f" ({book.words.counted('off_map', off)})" if off else ""
    stale = len(book.data.get("stale", ()))
    return join([
        element("strong", {}, book.words.counted("count", len(sites))),
        said_off,
        span("cp3-stale", book.words.label("stale", n=stale)) if stale else None,
    ])  # fmt: skip


def _in_default_view(data: Values) -> list[Values]:
    """The sites that are shown when nothing is chosen: not those that nobody verified for long."""
    stale = set(data.get("stale", ()))
    return [site for number, site in enumerate(data.get("sites", ())) if number not in stale]


def credits(book: Book) -> Markup:
    """Return the foot of the page: sources, licences, date of publication."""
    words = book.words
    lines = [
        _credit(one, words.language) for one in book.data.get("credits", ()) if one.get("text")
    ]
    lines.append(_line(element("a", {"href": "assets/LICENSES.txt"}, words.label("software"))))
    published = words.label("published", date=words.long_date(book.data["release"]))
    return join([
        element("h2", {}, words.label("sources")),
        element("ul", {"class": "cp3-sources"}, *lines),
        element("p", {}, published),
    ])  # fmt: skip


def _credit(credit: Values, language: str) -> Markup:
    url = web_address(credit.get("url"))
    text: Part = credit.get("texts", {}).get(language) or credit["text"]
    if url:
        text = element("a", {"href": url, "rel": "noopener noreferrer"}, text)
    return _line(text, f" ({credit['licence']})" if credit.get("licence") else None)


def _line(*parts: Part) -> Markup:
    return element("li", {}, *parts)
