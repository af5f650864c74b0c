# SPDX-License-Identifier: GPL-2.0-or-later
"""What every plain page has around what it says: heading, languages, credits, and its address.

A plain page has no program and no map, and lies in ``pages/<language>/``; a ``base`` makes
every address in it one from the page's folder. Pure.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from ....domain.schema import DATA
from .book import Book, Values, text_of
from .markup import Markup, element, escape, join
from .prerender import credits
from .words import Words

FOLDER = "pages"
#: The page of contents of a language.
CONTENTS = "index"
TEXTS_FILE = DATA / "page_texts.csv"
#: Nothing but the page's own style and pictures; its data block is not code and needs no leave.
POLICY = "; ".join(
    ("default-src 'self'", "script-src 'none'", "object-src 'none'", "base-uri 'self'",
     "form-action 'none'")
)  # fmt: skip
#: Where a page's stem goes in what is written once for all pages: no stem has such a character.
_STEM = "\ue000stem\ue000"


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


@dataclass(frozen=True)
class Plain:
    """One plain page: its file's stem, its title, what it says, its linked data as JSON."""

    stem: str
    title: str
    body: Markup
    block: str = ""


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


def page_address(language: str, stem: str) -> str:
    """Return where a page lies, from the publication's folder."""
    return f"{FOLDER}/{language}/{stem}.html"


def stem_of(kind: str, key: str) -> str:
    """Return the name of a record's file, without its ending; ``kind`` says of which table.

    A key stands as it is when it is plain; else, and where case alone may tell, its digest does.
    """
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", key)
    safe = key if plain else "x" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:24]
    return f"{kind}-{safe}"


def relations(edition: Edition, stem: str, own: str = "") -> Markup:
    """Return the links to a page in its languages; ``own`` is its address, said if it is known.

    The contents are what the main page says without a program: both name each other.
    """
    first = "index.html" if stem == CONTENTS else page_address(edition.languages[0], stem)
    said = [(code, page_address(code, stem)) for code in edition.languages]
    links = [
        _link(rel="alternate", hreflang=code, href=edition.address + address)
        for code, address in (*said, ("x-default", first))
    ]
    if edition.address:
        links.append(_link(rel="canonical", href=edition.address + own))
    return join(links)


def whole_page(edition: Edition, book: Book, plain: Plain) -> str:
    """Return a plain page as a file's text."""
    contents = plain.stem == CONTENTS
    start, middle, end = book.once(("frame", contents), lambda: _frame(edition, book, contents))
    site = book.once("title", lambda: text_of(edition.data.get("title"), book))
    title = escape(f"{plain.title} – {site}" if site else plain.title)
    block = f'<script type="application/ld+json">{plain.block}</script>' if plain.block else ""
    middle = middle.replace(_STEM, plain.stem).replace(_BLOCK, block)
    return f"{start}{title}{middle}{plain.body}{end}"


#: Where a page's linked data go.
_BLOCK = "\ue000block\ue000"


def _frame(edition: Edition, book: Book, contents: bool) -> tuple[str, str, str]:
    """Return what stands before a page's title, between title and body, and after the body."""
    words = book.words
    stem = CONTENTS if contents else _STEM
    start = (
        f'<!doctype html>\n<html lang="{escape(words.language)}" dir="{words.direction()}" '
        f'class="cp3 cp3-plain-page"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<base href="../../index.html">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><title>'
    )
    middle = (
        f"</title>{relations(edition, stem, page_address(words.language, stem))}"
        '<link rel="stylesheet" href="assets/cp3.css">'
        '<link rel="icon" href="assets/icon.svg" type="image/svg+xml">'
        f'{_BLOCK}</head>\n<body>{_header(edition, book, stem)}\n<main class="cp3-main">'
    )
    back = None
    if not contents:
        to = {"href": page_address(words.language, CONTENTS)}
        back = element("p", {"class": "cp3-plain-back"}, element("a", to, words.label("all_pages")))
    foot = element("footer", {"class": "cp3-credits"}, credits(book))
    return start, middle, f"{back or ''}</main>\n{foot}</body></html>\n"


def _header(edition: Edition, book: Book, stem: str) -> Markup:
    words = book.words
    site = text_of(edition.data.get("title"), book) or words.label("list_title")
    own = element("a", {"href": f"index.html?l={quote(words.language)}"}, site)
    named = {"class": "cp3-languages", "aria-label": words.label("languages")}
    languages = element("nav", named, tongues(edition, book, stem))
    notice = words.label("specimen") if edition.data.get("specimen") else None
    return element(
        "header",
        {"class": "cp3-header"},
        element("div", {"class": "cp3-band"}, element("h1", {}, own), languages),
        element("p", {"class": "cp3-notice"}, notice) if notice else None,
    )


def tongues(edition: Edition, book: Book, stem: str) -> Markup:
    """Return the list of links to a page in its languages, for readers."""
    items = []
    for code, words in edition.words.items():
        given = {
            "href": page_address(code, stem),
            "lang": code,
            "hreflang": code,
            "aria-current": "true" if code == book.words.language else None,
        }
        items.append(element("li", {}, element("a", given, words.label("language_name"))))
    return element("ul", {}, *items)


def _link(**attributes: str) -> Markup:
    inner = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return Markup(f"<link{inner}>")
