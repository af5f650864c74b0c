# SPDX-License-Identifier: GPL-2.0-or-later
"""Plain pages that list places: of an institution, of a region; and the contents of all. Pure.

They are what the filters of the main page lead to while, or where, no program runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from .addresses import dialled, shown_phone
from .book import Book, Values, span, text_of
from .markup import Markup, Part, element, join
from .opendata import CONDITIONS, open_data
from .plainpage import CONTENTS, Plain, page_address, stem_of
from .words import said

#: Sites by the code of what they are listed under; empty where it is not known.
Groups = dict[str, list[Values]]


def list_pages(book: Book) -> Iterator[Plain]:
    """Yield the page of each institution, its places by region, and of each region, by province."""
    for code, sites in groups(book, "institution").items():
        if code:
            name = text_of(book.named("institutions", code).get("name"), book) or code
            yield _list_page(book, list_stem("institution", code), name, f"i={quote(code)}",
                             _sections(book, sites, "region"))  # fmt: skip
    for code, sites in groups(book, "region").items():
        query = f"r={quote(code)}" if code else ""
        yield _list_page(book, list_stem("region", code), unit_name(book, "region", code), query,
                         _sections(book, sites, "province"))  # fmt: skip


def groups(book: Book, key: str) -> Groups:
    """Return all places by their institution, region or province."""
    return book.once(("groups", key), lambda: _grouped(book.data.get("sites", ()), key))


def list_stem(kind: str, code: str) -> str:
    """Return the file name of a list, without its ending.

    Codes of institutions are in capitals, names of files in small letters: of two codes that
    case alone tells apart one gets a digest.
    """
    swapped = code.swapcase() if code.isascii() else code
    return stem_of(kind, swapped) if code else f"{kind}-none"


def unit_name(book: Book, level: str, code: str) -> str:
    """Return the name of a region or province; of none, that it is to be confirmed."""
    name = text_of(book.named(f"{level}s", code).get("name"), book)
    return name or book.words.label(f"no_{level}")


def contents(book: Book) -> Plain:
    """Return the page of all institutions, regions and services; then the open data."""
    label = book.words.label
    institutions = [
        _entry(book, list_stem("institution", code), _short_name(book, code), len(sites))
        for code, sites in groups(book, "institution").items()
        if code
    ]
    regions = [
        _entry(book, list_stem("region", code), unit_name(book, "region", code), len(sites))
        for code, sites in groups(book, "region").items()
    ]
    services = [
        _entry(book, stem_of("service", one["id"]),
               book.spoken(one.get("name"), prose=True) or label("to_confirm"))
        for one in book.data.get("services", ())
    ]  # fmt: skip
    data = [*open_data(len(book.data.get("sites", ()))), (CONDITIONS, label("conditions"))]
    body = join([
        element("h2", {}, label("all_pages")),
        *_linked(label("institution"), institutions),
        *_linked(label("region"), regions),
        *_linked(label("services"), services),
        *_linked(label("open_data"), data),
    ])  # fmt: skip
    return Plain(CONTENTS, label("all_pages"), body)


def place_list(book: Book, sites: Sequence[Values]) -> Markup:
    """Return places as a list of links, each with what it is and its telephone."""
    return element("ul", {"class": "cp3-plain"}, *(_place(book, one) for one in sites))


def place_title(book: Book, site: Values) -> str:
    """Return a place's name, with its town unless the name says it."""
    kind = text_of(book.term("site_kind", site.get("kind")), book)
    name = text_of(site.get("name"), book) or kind or site["id"]
    town = text_of(book.named("communes", site.get("commune")).get("name"), book)
    return name if not town or town in name else f"{name} – {town}"


def _place_words(book: Book, site: Values) -> list[Part]:
    """The same as ``place_title``, what is in another language said to be."""
    name = said(site.get("name"), book.words.language)
    title = place_title(book, site)
    if not name or name.language == book.words.language:
        return [title]
    return [book.spoken(site.get("name")), title[len(name.text) :]]


def _grouped(sites: Sequence[Values], key: str) -> Groups:
    found: Groups = {}
    for site in sites:
        found.setdefault(site.get(key) or "", []).append(site)
    return found


def _list_page(book: Book, stem: str, name: str, query: str, sections: Sequence[Part]) -> Plain:
    address = f"index.html?{query}{'&' if query else ''}l={quote(book.words.language)}"
    map_link = element("a", {"href": address}, book.words.label("show_on_map"))
    body = [element("h2", {}, name), element("p", {"class": "cp3-plain-map"}, map_link), *sections]
    return Plain(stem, name, join(body))


def _sections(book: Book, sites: Sequence[Values], level: str) -> list[Part]:
    """A heading and a list for each region or province, in the order of the places."""
    parts: list[Part] = []
    for code, own in _grouped(sites, level).items():
        heading = f"{unit_name(book, level, code)} ({len(own)})"
        parts += [element("h3", {}, heading), place_list(book, own)]
    return parts


def _place(book: Book, site: Values) -> Markup:
    return book.once(("place", site["id"]), lambda: _place_item(book, site))


def _place_item(book: Book, site: Values) -> Markup:
    address = page_address(book.words.language, stem_of("place", site["id"]))
    known = (_short_name(book, site.get("institution") or ""),
             text_of(book.term("site_kind", site.get("kind")), book))  # fmt: skip
    number = next(filter(None, map(dialled, site.get("phones") or ())), None)
    phone = {"href": f"tel:{number}", "dir": "ltr", "class": "cp3-phone"}
    return element(
        "li",
        {},
        element("a", {"href": address}, *_place_words(book, site)),
        span("cp3-plain-owner", book.joined(known)),
        element("a", phone, shown_phone(number)) if number else None,
    )


def _short_name(book: Book, code: str) -> str:
    entry = book.named("institutions", code)
    return text_of(entry.get("short_name") or entry.get("name"), book) or code


def _entry(book: Book, stem: str, name: Part, count: int | None = None) -> tuple[str, Part]:
    shown = name if count is None else f"{name} ({count})"
    return page_address(book.words.language, stem), shown


def _linked(heading: str, links: Sequence[tuple[str, Part]]) -> list[Part]:
    if not links:
        return []
    items = (element("li", {}, element("a", {"href": to}, text)) for to, text in links)
    return [element("h3", {}, heading), element("ul", {"class": "cp3-plain"}, *items)]
