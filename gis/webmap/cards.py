# SPDX-License-Identifier: GPL-2.0-or-later
"""A site as a card: the markup of ``web/src/card.ts``, described in ``web/README.md``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from .addresses import dialled, mail_address, shown_phone, web_address
from .markup import Markup, Part, element
from .words import Texts, Words, said

#: Services named before « et n autres ».
FIRST_SERVICES = 3
UNKNOWN = "inconnu"
#: Months after which a site is to be verified again, unless it says so itself.
VERIFY_EVERY = 12

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Book:
    """The page's data, its words in the page's own language, and today's date."""

    data: Values
    words: Words
    today: date

    def named(self, table: str, code: str | None) -> Values:
        """Return the entry of a table (``institutions``, ``communes`` …) that has a code."""
        return next((one for one in self.data.get(table, ()) if one["code"] == code), {})

    def term(self, vocabulary: str, code: str | None) -> Texts:
        """Return the labels of a term by language."""
        return self.data.get("terms", {}).get(vocabulary, {}).get(code, {})


def item(book: Book, site: Values) -> Markup:
    """Return one site as an item of the list."""
    services = [book.data["services"][offer["service"]] for offer in site.get("offers", ())]
    card = element(
        "article",
        {
            "class": "cp3-card",
            "id": f"s-{site['id']}",
            "tabindex": "-1",
            "aria-labelledby": f"n-{site['id']}",
        },
        *_heading(book, site),
        *_services(book, services),
        _facts(book, site, services),
        element("p", {"class": "cp3-trust"}, _verification(book, site), _precision(book, site)),
        _actions(book, site),
    )
    return element("li", {"class": "cp3-item"}, card)


def _heading(book: Book, site: Values) -> list[Part]:
    institution = book.named("institutions", site.get("institution"))
    kind = _spoken(book, book.term("site_kind", site.get("kind")))
    gist = _gist(book, site)
    return [
        element(
            "p",
            {"class": "cp3-owner"},
            _symbol(institution),
            element("span", {"class": "cp3-institution"}, _owner(book, institution, site)),
            kind and element("span", {"class": "cp3-kind"}, kind),
        ),
        element("h3", {"class": "cp3-name", "id": f"n-{site['id']}"}, _name(book, site)),
        gist and element("p", {"class": "cp3-gist"}, gist),
    ]


def _symbol(institution: Values) -> Markup | None:
    if not institution.get("icon"):
        return None
    return element("img", {"class": "cp3-symbol", "src": institution["icon"], "alt": "",
                           "width": "24", "height": "24"})  # fmt: skip


def _owner(book: Book, institution: Values, site: Values) -> Part:
    language = book.words.language
    found = said(institution.get("short_name"), language) or said(institution.get("name"), language)
    if not found or found.language == language:
        return found.text if found else site.get("institution", "")
    return element("span", _tongue(book, found.language), found.text)


def _tongue(book: Book, language: str, marked: bool = False) -> dict[str, Part]:
    direction = book.words.direction(language)
    return {"lang": language, "dir": direction, "class": "cp3-foreign" if marked else None}


def _spoken(book: Book, texts: Texts | None, prose: bool = False) -> Part:
    """Return a text; one in another language says so, to the eye too for prose or other script."""
    found = said(texts, book.words.language)
    if not found or found.language == book.words.language:
        return found.text if found else None
    other = book.words.direction(found.language) != book.words.direction()
    return element("span", _tongue(book, found.language, prose or other), found.text)


def _name(book: Book, site: Values) -> Part:
    name = _spoken(book, site.get("name"))
    return name or _spoken(book, book.term("site_kind", site.get("kind"))) or site["id"]


def _gist(book: Book, site: Values) -> str | None:
    """For a reader of Arabic when the name is not in Arabic: what it is and where."""
    name = said(site.get("name"), "ar")
    if book.words.language != "ar" or (name and name.language == "ar"):
        return None
    places = [texts.get("ar") for texts in _places(book, site)[:1]]
    parts = [book.term("site_kind", site.get("kind")).get("ar"), *places]
    return book.words.label("separator").join(filter(None, parts)) or None


def _services(book: Book, services: Sequence[Values]) -> list[Part]:
    if not services:
        return []
    items = [_service(book, service) for service in services]
    rest = items[FIRST_SERVICES:]
    listed = element("ul", {"class": "cp3-services"}, *items[:FIRST_SERVICES])
    more = rest and element(
        "details",
        {"class": "cp3-more"},
        element("summary", {}, book.words.counted("more_services", len(rest))),
        element("ul", {"class": "cp3-services"}, *rest),
    )
    return [listed, more or None]


def _service(book: Book, service: Values) -> Markup:
    name = _spoken(book, service.get("name"), prose=True) or book.words.label("to_confirm")
    return element(
        "li",
        {},
        name,
        _condition(book, "for_whom", "legal_status", _known(service, "publics")),
        _condition(book, "papers", "document", _known(service, "documents")),
    )


def _known(service: Values, key: str) -> list[str]:
    return [code for code in service.get(key) or () if code != UNKNOWN]


def _condition(book: Book, key: str, vocabulary: str, codes: Sequence[str]) -> Markup | None:
    if not codes:
        return None
    found = ((code, said(book.term(vocabulary, code), book.words.language)) for code in codes)
    names = book.words.label("separator").join(one.text if one else code for code, one in found)
    return element("span", {"class": "cp3-condition"}, book.words.label(key, list=names))


def _facts(book: Book, site: Values, services: Sequence[Values]) -> Markup:
    unsaid = any(
        not _known(service, "publics") or not _known(service, "documents") for service in services
    )
    label = book.words.label
    unknown = element("span", {"class": "cp3-unknown"}, label("to_confirm"))
    lines = [_spoken(book, site.get(key)) for key in ("address", "landmark")]
    address = [element("span", {"class": "cp3-line"}, line) for line in lines if line]
    places = [_spoken(book, texts) for texts in _places(book, site)]
    return element(
        "dl",
        {"class": "cp3-facts"},
        None if services else _fact("cp3-offer", label("services"), unknown),
        _fact("cp3-conditions", label("conditions"), unknown) if unsaid else None,
        _fact("cp3-address", label("address"), *address) if address else None,
        _fact("cp3-commune", label("place"), *(_separated(book, places) or [unknown])),
        *_contacts(book, site),
    )


def _fact(name: str, term: str, *parts: Part) -> Markup:
    return element(
        "div", {"class": f"cp3-fact {name}"}, element("dt", {}, term), element("dd", {}, *parts)
    )


def _separated(book: Book, parts: Sequence[Part]) -> list[Part]:
    separator = book.words.label("separator")
    return [one for part in parts for one in (separator, part)][1:]


def _places(book: Book, site: Values) -> list[Texts]:
    """Commune and province, once if they bear one name, else the region."""
    tables = (("communes", "commune"), ("provinces", "province"))
    found = [book.named(table, site.get(key)).get("name") for table, key in tables]
    names = [texts for texts in found if said(texts, "fr")]
    if len(names) == 2 and said(names[0], "fr").text == said(names[1], "fr").text:
        names.pop()
    region = book.named("regions", site.get("region")).get("name")
    return names or [texts for texts in (region,) if said(texts, "fr")]


def _contacts(book: Book, site: Values) -> list[Part]:
    label = book.words.label
    phones = [_phone(digits) for digits in map(dialled, site.get("phones") or ()) if digits]
    mail, web = mail_address(site.get("email")), web_address(site.get("website"))
    shown = re.sub(r"^https?://(www\.)?", "", web or "", flags=re.IGNORECASE).rstrip("/")
    link = {"href": web, "dir": "ltr", "rel": "noopener noreferrer"}
    letter = {"href": f"mailto:{mail}", "dir": "ltr"}
    return [
        _fact("cp3-phones", label("phone"), *phones) if phones else None,
        _fact("cp3-mail", label("email"), element("a", letter, mail)) if mail else None,
        _fact("cp3-web", label("website"), element("a", link, shown)) if web else None,
    ]


def _phone(digits: str) -> Markup:
    attributes = {"href": f"tel:{digits}", "dir": "ltr", "class": "cp3-phone"}
    return element("a", attributes, shown_phone(digits))


def _verification(book: Book, site: Values) -> Markup:
    words, verified = book.words, site.get("verified_on")
    if not verified:
        return element("span", {"class": "cp3-unverified"}, words.label("unverified"))
    given = {"date": words.long_date(verified), "who": site.get("verified_by")}
    text = words.label("verified_by" if given["who"] else "verified", **given)
    late = _months_since(verified, book.today) >= (site.get("verify_every_months") or VERIFY_EVERY)
    again = words.label("separator") + words.label("overdue") if late else None
    return element("span", {"class": "cp3-overdue" if late else "cp3-verified"}, text, again)


def _months_since(iso: str, today: date) -> int:
    """Whole months from a date to today."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    months = (today.year - year) * 12 + today.month - month
    return months - 1 if today.day < day else months


def _precision(book: Book, site: Values) -> Markup | None:
    if not has_position(site):
        return element("span", {"class": "cp3-nowhere"}, book.words.label("position_none"))
    kind = site.get("precision")
    if kind == "entrance":
        return None
    known = kind if kind in ("street", "district", "commune") else "unknown"
    return element("span", {"class": "cp3-approximate"}, book.words.label(f"position_{known}"))


def has_position(site: Values) -> bool:
    """Say whether a site can stand on the map."""
    return site.get("lon") is not None and site.get("lat") is not None


def _actions(book: Book, site: Values) -> Markup:
    route = _route(book, site)
    label = book.words.label
    permanent = {"href": f"?s={quote(site['id'], safe='')}", "class": "cp3-permalink"}
    return element(
        "p",
        {"class": "cp3-actions"},
        element("a", {"href": route, "class": "cp3-route"}, label("route")) if route else None,
        element("a", permanent, label("permalink")),
    )


def _route(book: Book, site: Values) -> str | None:
    """Where a route goes: to the point when it is the building's, else to a search by name."""
    if not has_position(site):
        return None
    point = f"{site['lat']:.5f},{site['lon']:.5f}"
    if site.get("precision") in ("entrance", "street"):
        return f"geo:{point}?q={point}"
    language = book.words.language
    names = [site.get("name") or book.term("site_kind", site.get("kind")) or {language: site["id"]}]
    found = [said(texts, language) for texts in names + _places(book, site)[:1]]
    query = ", ".join(one.text for one in found if one)
    return f"geo:{point}?q={quote(query, safe='~()*!.' + chr(39))}"
