# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain page for each place, service, institution and region in each language.

For readers without JavaScript and for search engines: the same cards as the list's, linked
data (JSON-LD) in a data block, which no browser runs, and the same page's other languages. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..finish import INDEX
from .book import Book, Values, text_of
from .card_services import service_item
from .cards import article
from .linked import CONTEXT, service_node, site_block
from .markup import Markup, element, join
from .opendata import CONDITIONS, open_data
from .plainlists import contents, list_pages, list_stem, place_list, place_title
from .plainpage import (
    CONTENTS,
    FOLDER,
    Edition,
    Plain,
    page_address,
    relations,
    stem_of,
    tongues,
    whole_page,
)
from .prerender import placeholders
from .values import script_json

#: More places than this get no page of their own: each makes a file for every language.
MOST_SITES = 10_000


def write_pages(folder: Path, edition: Edition) -> list[str]:
    """Write every plain page below ``folder``; return their addresses, from that folder."""
    written = []
    for language, words in edition.words.items():
        book = Book(edition.data, words, edition.today)
        (folder / FOLDER / language).mkdir(parents=True)
        for plain in _pages(book):
            address = page_address(language, plain.stem)
            text = whole_page(edition, book, plain)
            (folder / address).write_bytes(text.encode("utf-8"))
            written.append(address)
    return written


def _pages(book: Book) -> Iterator[Plain]:
    """Yield each page in one language."""
    yield contents(book)
    yield from list_pages(book)
    given = _given(book)
    for number, service in enumerate(book.data.get("services", ())):
        yield _service_page(book, service, given.get(number, ()))
    heading = element("h2", {"class": "cp3-hidden"}, book.words.label("list_title"))
    for site in book.data.get("sites", ()):
        stem = stem_of("place", site["id"])
        block = site_block(book, site, page_address(book.words.language, stem))
        card = element("div", {"class": "cp3-item"}, article(book, site))
        yield Plain(stem, place_title(book, site), join([heading, card]), block)


def _service_page(book: Book, service: Values, sites: Sequence[Values]) -> Plain:
    stem = stem_of("service", service["id"])
    name = text_of(service.get("name"), book) or book.words.label("to_confirm")
    page = page_address(book.words.language, stem)
    graph = {"@context": CONTEXT, **service_node(book, service, page, sites)}
    body = join([
        element("h2", {}, book.spoken(service.get("name"), prose=True) or name),
        element("ul", {"class": "cp3-services"}, service_item(book, {}, service)),
        element("h3", {}, book.words.label("list_title")),
        place_list(book, sites),
    ])  # fmt: skip
    return Plain(stem, name, body, script_json(graph))


def main_page_links(edition: Edition, book: Book, pages: bool) -> dict[str, str]:
    """Return the placeholders of the main page that lead to plain pages, if there are any.

    Without a program the filters, the languages and the rest of the list lead there.
    """
    links = {"CP3_ELSEWHERE": _elsewhere(edition, pages)}
    if not pages:
        return {**placeholders(book), **links}
    language = book.words.language

    def found_at(facet: str, code: str) -> str:
        return page_address(language, list_stem(facet, code))

    all_pages = {"href": page_address(language, CONTENTS), "class": "cp3-all-pages"}
    more = element("a", all_pages, book.words.label("all_pages"))
    return {
        **placeholders(book, found_at, element("li", {"class": "cp3-item"}, more)),
        "CP3_LANGUAGES": tongues(edition, book, CONTENTS),
        "CP3_RELATIONS": relations(edition, CONTENTS, INDEX),
        **links,
    }


def _elsewhere(edition: Edition, pages: bool) -> Markup:
    """Plain pages in each language, and the open data."""
    links = []
    for language, words in edition.words.items():
        given = {"lang": language, "dir": words.direction(), "hreflang": language,
                 "href": page_address(language, CONTENTS)}  # fmt: skip
        links.append(element("li", {}, element("a", given, words.label("elsewhere"))))
    files = (*open_data(len(edition.data["sites"])), (CONDITIONS, "README"))
    data = [element("li", {}, element("a", {"href": to}, name)) for to, name in files]
    return element("ul", {"class": "cp3-sources"}, *(links if pages else []), *data)


def _given(book: Book) -> dict[int, list[Values]]:
    """The places that give each service, by its number."""
    found: dict[int, list[Values]] = {}
    for site in book.data.get("sites", ()):
        for offer in site.get("offers") or ():
            found.setdefault(offer["service"], []).append(site)
    return found
