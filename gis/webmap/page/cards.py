# SPDX-License-Identifier: GPL-2.0-or-later
"""A site as a card: the markup of ``web/src/card.ts``, described in ``web/README.md``.

Buttons, and what depends on the minute, are left to the page's program.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from .addresses import mail_address
from .book import Book, Values, places, span
from .card_facts import facts
from .card_hours import notices
from .card_services import services
from .markup import Markup, Part, element
from .moments import VERIFY_EVERY, months_later
from .words import said

#: Directions for computers, which know no ``geo:`` address: where a reader's own tap leads.
OSM = "https://www.openstreetmap.org/"
_VERIFIED = ("verified_on", "verified_by", "verification_method", "verify_every_months")
#: What JavaScript's ``encodeURIComponent`` leaves as it is.
_PLAIN = "~()*!.'"


def item(book: Book, site: Values) -> Markup:
    """Return one site as an item of the list."""
    return element("li", {"class": "cp3-item"}, article(book, site))


def article(book: Book, site: Values) -> Markup:
    """Return one site as a card."""
    return element(
        "article",
        {
            "class": "cp3-card",
            "id": f"s-{site['id']}",
            "tabindex": "-1",
            "aria-labelledby": f"n-{site['id']}",
        },
        *_heading(book, site),
        notices(book, site),
        *services(book, site),
        facts(book, site),
        element(
            "p",
            {"class": "cp3-trust"},
            book.shared(_verification, site, *_VERIFIED),
            _precision(book, site),
        ),
        _actions(book, site),
    )


def _heading(book: Book, site: Values) -> list[Part]:
    gist = _gist(book, site)
    return [
        book.shared(_owner_line, site, "institution", "class", "kind"),
        element("h3", {"class": "cp3-name", "id": f"n-{site['id']}"}, _name(book, site)),
        gist and element("p", {"class": "cp3-gist"}, gist),
    ]


def _owner_line(book: Book, site: Values) -> Markup:
    institution = book.named("institutions", site.get("institution"))
    kind = book.spoken(book.term("site_kind", site.get("kind")))
    return element(
        "p",
        {"class": "cp3-owner"},
        _symbol(book.named("classes", site.get("class")) or institution),
        span("cp3-institution", _owner(book, institution, site)),
        kind and span("cp3-kind", kind),
    )


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
    return element("span", book.tongue(found.language, marked=False), found.text)


def _name(book: Book, site: Values) -> Part:
    name = book.spoken(site.get("name"))
    return name or book.spoken(book.term("site_kind", site.get("kind"))) or site["id"]


def _plain_name(book: Book, site: Values) -> str:
    language = book.words.language
    name = said(site.get("name"), language)
    found = name or said(book.term("site_kind", site.get("kind")), language)
    return found.text if found else site["id"]


def _gist(book: Book, site: Values) -> str | None:
    """For a reader of Arabic when the name is not in Arabic: what it is and where."""
    name = said(site.get("name"), "ar")
    if book.words.language != "ar" or (name and name.language == "ar"):
        return None
    towns = [texts.get("ar") for texts in places(book, site)[:1]]
    return book.joined([book.term("site_kind", site.get("kind")).get("ar"), *towns]) or None


def _verification(book: Book, site: Values) -> Markup:
    words, verified = book.words, site.get("verified_on")
    if not verified or not re.match(r"\d{4}-\d\d-\d\d", verified):
        return span("cp3-unverified", words.label("unverified"))
    given = {"date": words.long_date(verified), "who": site.get("verified_by")}
    text = words.label("verified_by" if given["who"] else "verified", **given)
    way = said(book.term("verification_method", site.get("verification_method")), words.language)
    until = months_later(verified, site.get("verify_every_months") or VERIFY_EVERY)
    late = book.today.isoformat() >= until
    end = "overdue" if late else "valid_until"
    return span(
        "cp3-overdue" if late else "cp3-verified",
        text,
        f" ({way.text})" if way else None,
        words.label("separator"),
        words.label(end, date=words.long_date(until)),
    )


def _precision(book: Book, site: Values) -> Markup | None:
    if not has_position(site):
        return span("cp3-nowhere", book.words.label("position_none"))
    kind = site.get("precision")
    if kind == "entrance":
        return None
    known = kind if kind in ("street", "district", "commune") else "unknown"
    return span("cp3-approximate", book.words.label(f"position_{known}"))


def has_position(site: Values) -> bool:
    """Say whether a site can stand on the map."""
    return site.get("lon") is not None and site.get("lat") is not None


def _actions(book: Book, site: Values) -> Markup:
    label, report = book.words.label, _report(book, site)
    permanent = {"href": f"?s={quote(site['id'], safe='')}", "class": "cp3-permalink"}
    return element(
        "p",
        {"class": "cp3-actions"},
        *_routes(book, site),
        element("a", {"href": report, "class": "cp3-report"}, label("report")) if report else None,
        element("a", permanent, label("permalink")),
    )


def _routes(book: Book, site: Values) -> list[Part]:
    """To the point when it is the building's, else to a search by name: telephones, computers."""
    if not has_position(site):
        return []
    lat, lon = f"{site['lat']:.5f}", f"{site['lon']:.5f}"
    exact = site.get("precision") in ("entrance", "street")
    if exact:
        query, web = f"{lat},{lon}", f"directions?to={lat}%2C{lon}"
    else:
        towns = [said(texts, book.words.language) for texts in places(book, site)[:1]]
        names = [_plain_name(book, site), *(one.text for one in towns if one)]
        query = quote(", ".join(names), safe=_PLAIN)
        web = f"?mlat={lat}&mlon={lon}#map=14/{lat}/{lon}"
    route = book.words.label("route" if exact else "route_approximate")
    outside = {"href": OSM + web, "class": "cp3-route-web", "rel": "noopener noreferrer"}
    return [
        element("a", {"href": f"geo:{lat},{lon}?q={query}", "class": "cp3-route"}, route),
        element("a", outside, route),
    ]


def _report(book: Book, site: Values) -> str | None:
    """A letter on an error, ready but for what is wrong: to the page's address for these, else
    to the institution."""
    own = book.named("institutions", site.get("institution")).get("email")
    to = mail_address(book.data.get("report_to")) or mail_address(own)
    if not to:
        return None
    given = {"name": _plain_name(book, site), "id": site["id"]}
    subject = quote(book.words.label("report_subject", **given), safe=_PLAIN)
    body = quote(book.words.label("report_body", **given), safe=_PLAIN)
    return f"mailto:{to}?subject={subject}&body={body}"
