# SPDX-License-Identifier: GPL-2.0-or-later
"""A plain page for each place, service and region in each language: no program, no map.

For readers without JavaScript and for search engines: the same cards as the list's, linked
data (JSON-LD) in a data block, which no browser runs, and the same page's other languages. They
lie in ``pages/<language>/``; a ``base`` makes every address in them one from the page's folder.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...domain.schema import DATA
from .book import Book, Values
from .card_services import service_item
from .cards import article
from .data import script_json
from .linked import service_node, site_graph
from .markup import Markup, Part, element, escape, join
from .opendata import CONDITIONS, OPEN_DATA
from .prerender import credits
from .words import Words, said

FOLDER = "pages"
TEXTS_FILE = DATA / "page_texts.csv"
#: More places than this get no page of their own: each makes a file for every language.
MOST_SITES = 10_000
#: Nothing but the page's own style and pictures; its data block is not code and needs no leave.
POLICY = "; ".join(
    ("default-src 'self'", "script-src 'none'", "object-src 'none'", "base-uri 'self'",
     "form-action 'none'")
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """All plain pages of one publication: its data, words by language, address on the web."""

    data: Values
    words: Mapping[str, Words]
    today: date
    address: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The page's languages, its own first."""
        return tuple(self.words)


def page_texts(path: Path = TEXTS_FILE) -> dict[str, dict[str, str]]:
    """Return the words that only the plain pages say, by language."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    languages = [name for name in rows[0] if name != "key"]
    return {code: {row["key"]: row[code] for row in rows if row[code]} for code in languages}


def with_page_texts(words: Words) -> Words:
    """Return the page's words with those of the plain pages."""
    texts = page_texts()
    codes = (*words.all, *(code for code in texts if code not in words.all))
    both = {code: {**words.all.get(code, {}), **texts.get(code, {})} for code in codes}
    return Words(both, words.language)


def write_pages(folder: Path, edition: Edition) -> list[str]:
    """Write every plain page below ``folder``; return their addresses, from that folder."""
    written = []
    for language, words in edition.words.items():
        book = Book(edition.data, words, edition.today)
        (folder / FOLDER / language).mkdir(parents=True)
        for stem, title, body, graph in _pages(book):
            address = page_address(language, stem)
            page = _page(edition, book, stem, title, body, graph)
            (folder / address).write_text(page, encoding="utf-8")
            written.append(address)
    return written


def page_address(language: str, stem: str) -> str:
    """Return where a page lies, from the publication's folder."""
    return f"{FOLDER}/{language}/{stem}.html"


def site_stem(key: str) -> str:
    """Return the file name of a place's page, without its ending."""
    return _stem("place", key)


def service_stem(key: str) -> str:
    """Return the file name of a service's page, without its ending."""
    return _stem("service", key)


def _stem(kind: str, key: str) -> str:
    """A key as it stands when it is plain; else, and where case alone may tell, its digest."""
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", key)
    safe = key if plain else "x" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:24]
    return f"{kind}-{safe}"


Plain = tuple[str, str, Markup, Any]


def _pages(book: Book) -> Iterator[Plain]:
    """Yield the stem, title, body and linked data of each page in one language."""
    yield "index", book.words.label("all_pages"), _contents(book), None
    for code, sites in _by_region(book).items():
        name = _region_name(book, code)
        listed = element("ul", {"class": "cp3-plain"}, *(_site_link(book, one) for one in sites))
        yield _region_stem(code), name, join([element("h2", {}, name), listed]), None
    given = _given(book)
    for number, service in enumerate(book.data.get("services", ())):
        yield _service_page(book, service, given.get(number, ()))
    for site in book.data.get("sites", ()):
        stem = site_stem(site["id"])
        page = page_address(book.words.language, stem)
        heading = element("h2", {"class": "cp3-hidden"}, book.words.label("list_title"))
        card = element("div", {"class": "cp3-item"}, article(book, site))
        yield stem, _site_title(book, site), join([heading, card]), site_graph(book, site, page)


def _service_page(book: Book, service: Values, sites: Sequence[Values]) -> Plain:
    stem = service_stem(service["id"])
    name = _text(service.get("name"), book) or book.words.label("to_confirm")
    page = page_address(book.words.language, stem)
    graph = {"@context": "https://schema.org", **service_node(book, service, page, sites)}
    body = join([
        element("h2", {}, name),
        element("ul", {"class": "cp3-services"}, service_item(book, {}, service)),
        element("h3", {}, book.words.label("list_title")),
        element("ul", {"class": "cp3-plain"}, *(_site_link(book, one) for one in sites)),
    ])  # fmt: skip
    return stem, name, body, graph


def _contents(book: Book) -> Markup:
    """Regions and services, each a link to its page; then the open data."""
    language, label = book.words.language, book.words.label
    regions = [
        (page_address(language, _region_stem(code)), f"{_region_name(book, code)} ({len(sites)})")
        for code, sites in _by_region(book).items()
    ]
    services = [
        (page_address(language, service_stem(one["id"])),
         _text(one.get("name"), book) or label("to_confirm"))
        for one in book.data.get("services", ())
    ]  # fmt: skip
    return join([
        *_linked(label("region"), regions),
        *_linked(label("services"), services),
        *_linked(label("open_data"), [*OPEN_DATA, (CONDITIONS, label("conditions"))]),
    ])  # fmt: skip


def elsewhere(edition: Edition, pages: bool) -> Markup:
    """Return the main page's links to plain pages in each language, and to the open data."""
    links = []
    for language, words in edition.words.items():
        given = {"lang": language, "dir": words.direction(), "hreflang": language,
                 "href": page_address(language, "index")}  # fmt: skip
        links.append(element("li", {}, element("a", given, words.label("elsewhere"))))
    files = (*OPEN_DATA, (CONDITIONS, "README"))
    data = [element("li", {}, element("a", {"href": to}, name)) for to, name in files]
    return element("ul", {"class": "cp3-sources"}, *(links if pages else []), *data)


def _linked(heading: str, links: Sequence[tuple[str, str]]) -> list[Part]:
    if not links:
        return []
    items = (element("li", {}, element("a", {"href": to}, text)) for to, text in links)
    return [element("h2", {}, heading), element("ul", {"class": "cp3-plain"}, *items)]


def _by_region(book: Book) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    for site in book.data.get("sites", ()):
        found.setdefault(site.get("region") or "", []).append(site)
    return found


def _region_stem(code: str) -> str:
    return _stem("region", code) if code else "region-none"


def _region_name(book: Book, code: str) -> str:
    name = _text(book.named("regions", code).get("name"), book)
    return name or book.words.label("no_region")


def _given(book: Book) -> dict[int, list[Values]]:
    """The places that give each service, by its number."""
    found: dict[int, list[Values]] = {}
    for site in book.data.get("sites", ()):
        for offer in site.get("offers") or ():
            found.setdefault(offer["service"], []).append(site)
    return found


def _site_link(book: Book, site: Values) -> Markup:
    address = page_address(book.words.language, site_stem(site["id"]))
    return element("li", {}, element("a", {"href": address}, _site_title(book, site)))


def _site_title(book: Book, site: Values) -> str:
    kind = _text(book.term("site_kind", site.get("kind")), book)
    name = _text(site.get("name"), book) or kind or site["id"]
    town = _text(book.named("communes", site.get("commune")).get("name"), book)
    return name if not town or town in name else f"{name} – {town}"


def _text(texts: Any, book: Book) -> str | None:
    found = said(texts, book.words.language)
    return found.text if found else None


def _page(edition: Edition, book: Book, stem: str, title: str, body: Markup, graph: Any) -> str:
    """Return a whole page."""
    words = book.words
    site = _text(edition.data.get("title"), book) or ""
    shown = f"{title} – {site}" if site else title
    block = f'<script type="application/ld+json">{script_json(graph)}</script>' if graph else None
    notice = words.label("specimen") if edition.data.get("specimen") else None
    head = join([
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'),
        Markup('<base href="../../index.html">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="referrer" content="no-referrer">'),
        element("title", {}, shown),
        *_relations(edition, words.language, stem),
        Markup('<link rel="stylesheet" href="assets/cp3.css">'),
        Markup('<link rel="icon" href="assets/icon.svg" type="image/svg+xml">'),
        Markup(block) if block else None,
    ])  # fmt: skip
    own = {"href": f"index.html?l={quote(words.language)}"}
    top = join([
        element("h1", {}, element("a", own, site or words.label("list_title"))),
        element("nav", {"class": "cp3-languages"}, *_tongues(edition, words.language, stem)),
        element("p", {"class": "cp3-notice"}, notice) if notice else None,
    ])  # fmt: skip
    back = None
    if stem != "index":
        contents = {"href": page_address(words.language, "index")}
        back = element("p", {}, element("a", contents, words.label("all_pages")))
    main = element("main", {"class": "cp3-main"}, body, back)
    foot = element("footer", {"class": "cp3-credits"}, book.once("credits", lambda: credits(book)))
    header = element("header", {"class": "cp3-header"}, top)
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}" dir="{words.direction()}" '
        f'class="cp3 cp3-plain-page"><head>{head}</head>\n'
        f"<body>{header}\n{main}\n{foot}</body></html>\n"
    )


def _relations(edition: Edition, language: str, stem: str) -> Iterator[Markup]:
    """The page's other languages; its own address where the publication's is known."""
    first = edition.languages[0]
    for code in edition.languages:
        address = edition.address + page_address(code, stem)
        yield _link(rel="alternate", hreflang=code, href=address)
    default = edition.address + page_address(first, stem)
    yield _link(rel="alternate", hreflang="x-default", href=default)
    if edition.address:
        yield _link(rel="canonical", href=edition.address + page_address(language, stem))


def _link(**attributes: str) -> Markup:
    inner = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return Markup(f"<link{inner}>")


def _tongues(edition: Edition, language: str, stem: str) -> Iterator[Markup]:
    for code, words in edition.words.items():
        given = {
            "href": page_address(code, stem),
            "lang": code,
            "hreflang": code,
            "aria-current": "true" if code == language else None,
        }
        yield element("a", given, words.label("language_name"))
