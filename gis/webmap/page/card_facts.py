# SPDX-License-Identifier: GPL-2.0-or-later
"""The facts of a card: when, where, how to reach it, what is not known (``web/src/facts.ts``)."""

from __future__ import annotations

import re

from ....domain.hours import parse
from .addresses import dialled, mail_address, shown_phone, web_address
from .book import Book, Values, known, places, span
from .card_hours import hours_lines
from .markup import Markup, Part, element, join

#: A conversation with a number: where a reader's own tap leads, never asked by the page.
WHATSAPP = "https://wa.me/"


def facts(book: Book, site: Values) -> Markup:
    """Return the list of facts; those that many sites share are made once."""
    shared = book.shared
    return element(
        "dl",
        {"class": "cp3-facts"},
        shared(_hours, site, "hours", "hours_ramadan", "closed_on_holidays"),
        _address(book, site),
        shared(_commune, site, "commune", "province", "region"),
        _contacts(book, site),
        shared(_access, site, "languages", "wheelchair", "women_only"),
        shared(_lacking, site, "offers", "hours", "languages"),
    )


def _fact(name: str, term: str, *parts: Part) -> Markup:
    return element(
        "div", {"class": f"cp3-fact {name}"}, element("dt", {}, term), element("dd", {}, *parts)
    )


def _hours(book: Book, site: Values) -> Markup:
    label = book.words.label
    usual = hours_lines(book, site.get("hours"))
    ramadan = hours_lines(book, site.get("hours_ramadan"))
    keys = {"yes": "holidays_closed", "no": "holidays_open"}
    key = keys.get(site.get("closed_on_holidays") or "")
    stated = parse(site.get("hours"))
    said = stated is not None and stated.holidays is not None
    line = span("cp3-line", label(key)) if key and not said else None
    return join([
        _fact("cp3-hours", label("hours"), *usual, line) if usual is not None else None,
        _fact("cp3-hours", label("hours_ramadan"), *ramadan) if ramadan is not None else None,
    ])  # fmt: skip


def _address(book: Book, site: Values) -> Part:
    lines = [book.spoken(site.get(key)) for key in ("address", "landmark")]
    address = [span("cp3-line", line) for line in lines if line]
    return _fact("cp3-address", book.words.label("address"), *address) if address else None


def _commune(book: Book, site: Values) -> Markup:
    label = book.words.label
    named = [book.spoken(texts) for texts in places(book, site)]
    unknown = span("cp3-unknown", label("to_confirm"))
    return _fact("cp3-commune", label("place"), *(book.separated(named) or [unknown]))


def _link(href: str, shown: str, name: str | None = None) -> Markup:
    outside = "noopener noreferrer" if href.lower().startswith("http") else None
    return element("a", {"href": href, "dir": "ltr", "rel": outside, "class": name}, shown)


def _contacts(book: Book, site: Values) -> Markup:
    label = book.words.label
    numbers = [digits for digits in map(dialled, site.get("phones") or ()) if digits]
    phones = [_link(f"tel:{digits}", shown_phone(digits), "cp3-phone") for digits in numbers]
    chat = dialled(site.get("whatsapp"))
    mail, web = mail_address(site.get("email")), web_address(site.get("website"))
    shown = re.sub(r"^https?://(www\.)?", "", web or "", flags=re.IGNORECASE).rstrip("/")
    return join([
        _fact("cp3-phones", label("phone"), *phones) if phones else None,
        _fact("cp3-chat", "WhatsApp", _link(WHATSAPP + chat[1:], shown_phone(chat), "cp3-phone"))
        if chat and chat.startswith("+")
        else None,
        _fact("cp3-mail", label("email"), _link(f"mailto:{mail}", mail)) if mail else None,
        _fact("cp3-web", label("website"), _link(web, shown)) if web else None,
    ])  # fmt: skip


def _access(book: Book, site: Values) -> Markup:
    label = book.words.label
    tongues = book.joined(book.terms("language", known(site.get("languages"))))
    women = label("women_place") if site.get("women_only") == "yes" else None
    entry = book.joined([*book.terms("wheelchair", known([site.get("wheelchair")])), women])
    return join([
        _fact("cp3-tongues", label("spoken"), tongues) if tongues else None,
        _fact("cp3-entry", label("entry"), entry) if entry else None,
    ])  # fmt: skip


def _lacking(book: Book, site: Values) -> Part:
    """What the institution has not said, in one line: never taken for a no, nor for a yes."""
    services = [service for _, service in book.offers(site)]
    lacks = {
        "services": not services,
        "publics": any(not known(one.get("publics")) for one in services),
        "documents": any(not known(one.get("documents")) for one in services),
        "hours": hours_lines(book, site.get("hours")) is None,
        "spoken": not known(site.get("languages")),
    }
    names = book.joined([book.words.label(key).lower() for key, unsaid in lacks.items() if unsaid])
    if not names:
        return None
    return _fact("cp3-lacking", book.words.label("unknown"), span("cp3-unknown", names))
