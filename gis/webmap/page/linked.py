# SPDX-License-Identifier: GPL-2.0-or-later
"""Places and services as linked data (JSON-LD, schema.org), for search engines.

A place is a ``GovernmentOffice``, each service a ``GovernmentService`` whose channel is that
place. Only what the institution said is stated: what is to be confirmed is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ....domain.hours import DAY_END, Day, parse
from .addresses import dialled, mail_address, web_address
from .book import Book, Values, known, places, text_of
from .values import lean, script_json
from .words import clock

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTRY = "MA"
CONTEXT = "https://schema.org"
#: The address of the page in what is written once for many of them: no text of people has it.
_HERE = "\ue000here\ue000"


def site_block(book: Book, site: Values, page: str) -> str:
    """Return, as JSON, a place and what it offers; ``page`` is the address of its page.

    A service that is given on the same terms at many places is written once for all of them.
    """
    office = f"{page}#place"
    nodes = [script_json(_office(book, site, office))]
    for offer, _service in book.offers(site):
        terms = {
            "service": offer["service"],
            "region": site.get("region"),
            "hours": offer.get("hours") if parse(offer.get("hours")) else site.get("hours"),
            "languages": known(site.get("languages")),
        }
        nodes.append(_service_at(book, terms).replace(_HERE, page))
    return f'{{"@context":"{CONTEXT}","@graph":[{",".join(nodes)}]}}'


def _service_at(book: Book, terms: Values) -> str:
    """A service as it is given at a place of a region, as JSON, ``_HERE`` for the place's page."""
    service = book.shared(_service_json, terms, "service", "region")
    channel = book.shared(_channel_json, terms, "languages")
    hours = book.shared(_hours_json, terms, "hours")
    available = f',"hoursAvailable":{hours}' if hours else ""
    return f'{service[:-1]},"availableChannel":{channel}{available}}}'


def _service_json(book: Book, terms: Values) -> str:
    number = terms["service"]
    service, region = book.data["services"][number], {"region": terms["region"]}
    return script_json(service_node(book, service, f"{_HERE}#service-{number}", [region]))


def _channel_json(book: Book, terms: Values) -> str:
    channel = {
        "@type": "ServiceChannel",
        "serviceLocation": {"@id": f"{_HERE}#place"},
        "availableLanguage": book.terms("language", terms["languages"]),
    }
    return script_json(lean(channel))


def _hours_json(_book: Book, terms: Values) -> str:
    hours = list(openings(terms["hours"]))
    return script_json(hours) if hours else ""


def service_node(
    book: Book, service: Values, identifier: str, sites: Sequence[Values]
) -> dict[str, Any]:
    """Return a service; the area that it serves are the regions of the places that give it."""
    codes = dict.fromkeys(site["region"] for site in sites if site.get("region"))
    areas = [_name(book, book.named("regions", code)) for code in codes]
    publics = book.terms("legal_status", known(service.get("publics")))
    apply = web_address(service.get("apply_url"))
    return lean({
        "@type": "GovernmentService",
        "@id": identifier,
        "name": text_of(service.get("name"), book),
        "description": text_of(service.get("summary"), book),
        "serviceType": book.terms("theme", known(service.get("theme"))),
        "provider": _organization(book, service.get("institution")),
        "areaServed": [{"@type": "AdministrativeArea", "name": one} for one in areas if one],
        "audience": [{"@type": "Audience", "audienceType": one} for one in publics],
        "url": apply,
    })  # fmt: skip


def openings(text: str | None, ramadan: Sequence[Sequence[str]] = ()) -> Iterator[dict[str, Any]]:
    """Yield the openings of hours as ``OpeningHoursSpecification``, once for each Ramadan given."""
    hours = parse(text)
    if hours is None:
        return
    days = [*zip(_DAYS, hours.week), ("PublicHolidays", hours.holidays or ())]
    for first, last in ramadan or [("", "")]:
        for openings, names in _together(days).items():
            for one in openings:
                yield lean({
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": [f"https://schema.org/{name}" for name in names],
                    "opens": clock(one.opens),
                    "closes": clock(min(one.closes, DAY_END - 1)),
                    "validFrom": first,
                    "validThrough": last,
                })  # fmt: skip


def _together(days: Sequence[tuple[str, Day]]) -> dict[Day, list[str]]:
    found: dict[Day, list[str]] = {}
    for name, day in days:
        found.setdefault(day, []).append(name)
    return found


def _office(book: Book, site: Values, identifier: str) -> dict[str, Any]:
    exact = site.get("lon") is not None and site.get("precision") in ("entrance", "street")
    phones = [digits for digits in map(dialled, site.get("phones") or ()) if digits]
    kind = book.term("site_kind", site.get("kind"))
    return lean({
        "@type": "GovernmentOffice",
        "@id": identifier,
        "name": text_of(site.get("name"), book) or text_of(kind, book),
        "identifier": site["id"],
        "parentOrganization": book.shared(_owner, site, "institution"),
        "address": _address(book, site),
        "geo": {"@type": "GeoCoordinates", "latitude": site["lat"], "longitude": site["lon"]}
        if exact
        else None,
        "telephone": phones,
        "email": mail_address(site.get("email")),
        "url": web_address(site.get("website")),
        "openingHoursSpecification": book.shared(_week, site, "hours", "hours_ramadan"),
    })  # fmt: skip


def _week(book: Book, site: Values) -> list[dict[str, Any]]:
    """A place's openings, those of each Ramadan to come among them."""
    today = book.today.isoformat()
    months = [one for one in book.data.get("calendar", {}).get("ramadan", ()) if one[1] >= today]
    ramadan = openings(site.get("hours_ramadan"), months) if months else ()
    return [*openings(site.get("hours")), *ramadan]


def _address(book: Book, site: Values) -> dict[str, Any]:
    towns = [text_of(texts, book) for texts in places(book, site)[:1]]
    return lean({
        "@type": "PostalAddress",
        "streetAddress": text_of(site.get("address"), book),
        "addressLocality": towns[0] if towns else None,
        "addressRegion": _name(book, book.named("regions", site.get("region"))),
        "addressCountry": COUNTRY,
    })  # fmt: skip


def _owner(book: Book, site: Values) -> dict[str, Any] | None:
    return _organization(book, site.get("institution"))


def _organization(book: Book, code: str | None) -> dict[str, Any] | None:
    entry = book.named("institutions", code)
    name = _name(book, entry)
    if not name:
        return None
    url = web_address(entry.get("website"))
    return lean({"@type": "GovernmentOrganization", "name": name, "url": url})


def _name(book: Book, entry: Values) -> str | None:
    return text_of(entry.get("name"), book)
