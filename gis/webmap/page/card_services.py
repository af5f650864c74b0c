# SPDX-License-Identifier: GPL-2.0-or-later
"""The services on a card: what is offered, for whom, with which papers (``web/src/offer.ts``)."""

from __future__ import annotations

from collections.abc import Sequence

from .addresses import web_address
from .book import Book, Values, known, span
from .card_hours import hours_words
from .markup import Markup, Part, element
from .words import said

#: Services named before « et n autres ».
FIRST_SERVICES = 3


def services(book: Book, site: Values) -> list[Part]:
    """Return the first services, then the others folded away; nothing when there is none."""
    return book.shared(_services, site, "offers")


def _services(book: Book, site: Values) -> list[Part]:
    items = [_once(book, offer, service) for offer, service in book.offers(site)]
    rest = items[FIRST_SERVICES:]
    if not items:
        return []
    listed = element("ul", {"class": "cp3-services"}, *items[:FIRST_SERVICES])
    more = rest and element(
        "details",
        {"class": "cp3-more"},
        element("summary", {}, book.words.counted("more_services", len(rest))),
        element("ul", {"class": "cp3-services"}, *rest),
    )
    return [listed, more or None]


def _once(book: Book, offer: Values, service: Values) -> Markup:
    """The item of an offer: one service given at many sites on the same terms is written once."""
    key = ("offer", repr(sorted(offer.items())))
    return book.once(key, lambda: service_item(book, offer, service))


def service_item(book: Book, offer: Values, service: Values) -> Markup:
    """Return a service as an item of a list, with what its offer at a site adds."""
    summary = book.spoken(service.get("summary"), prose=True)
    note = book.spoken(offer.get("note"), prose=True)
    apply = web_address(service.get("apply_url"))
    link = {"href": apply, "rel": "noopener noreferrer", "class": "cp3-apply"}
    return element(
        "li",
        {},
        book.spoken(service.get("name"), prose=True) or book.words.label("to_confirm"),
        span("cp3-summary", summary) if summary else None,
        *_conditions(book, offer, service),
        span("cp3-condition", note) if note else None,
        element("a", link, book.words.label("apply")) if apply else None,
    )


def _conditions(book: Book, offer: Values, service: Values) -> list[Part]:
    programme = said(book.named("programmes", service.get("programme")).get("name"),
                     book.words.language)  # fmt: skip
    access = book.terms("access_mode", known(service.get("access_modes")))
    level = book.terms("education_level", known([service.get("education_level")]))
    hours = hours_words(book, offer.get("hours")) if offer.get("hours") else None
    return [
        _listed(book, "for_whom", _whom(book, service)),
        _listed(book, "papers", book.terms("document", known(service.get("documents")))),
        _listed(book, "price", _price(book, service)),
        _listed(book, "access", access),
        _listed(book, "level", level),
        _listed(book, "programme_of", [programme.text] if programme else []),
        _listed(book, "intake", _intake(book, offer)),
        span("cp3-condition", *hours) if hours is not None else None,
    ]


def _listed(book: Book, key: str, names: Sequence[str]) -> Markup | None:
    if not names:
        return None
    return span("cp3-condition", book.words.label(key, list=book.joined(names)))


def _whom(book: Book, service: Values) -> list[str]:
    sex = [one for one in known([service.get("gender")]) if one != "all"]
    publics = book.terms("legal_status", known(service.get("publics")))
    return [*publics, *book.terms("gender", sex), *_ages(book, service)]


def _ages(book: Book, service: Values) -> list[str]:
    youngest, oldest = service.get("age_min"), service.get("age_max")
    key = {(True, True): "ages", (True, False): "age_from", (False, True): "age_to"}.get(
        (youngest is not None, oldest is not None)
    )
    return [book.words.label(key, **{"from": youngest, "to": oldest})] if key else []


def _price(book: Book, service: Values) -> list[str]:
    note = said(service.get("cost_note"), book.words.language)
    return [*book.terms("cost", known([service.get("cost")])), *([note.text] if note else [])]


def _intake(book: Book, offer: Values) -> list[str]:
    room = [one for one in known([offer.get("capacity")]) if one != "available"]
    date = offer.get("next_intake")
    dates = [book.words.long_date(date)] if date else []
    return [*dates, *book.terms("capacity", room)]
