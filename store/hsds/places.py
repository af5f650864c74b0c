# SPDX-License-Identifier: GPL-2.0-or-later
"""Sites as HSDS locations, offers as services at locations."""

from __future__ import annotations

from ...domain.places import Unit
from ...domain.schema import split_multiple
from ..public import Record
from .ids import identifier, record_id
from .schedules import schedules
from .source import EMAIL, Rows, Source, institution_id, made, matching, phones
from .terms import attributes
from .wording import UNKNOWN, joined

COUNTRY = "MA"
#: What HSDS has no column for and a reader should know of a place.
_FACTS = ("precision", "website", "verified_on", "verified_by", "source")


def locations(source: Source) -> Rows:
    """Yield the sites with their address, contacts, hours and terms."""
    words, notices = source.words, source.notices
    for site in source.view.sites:
        key, code = record_id(site["site_id"]), site["institution_code"]
        facts = words.facts("site", site, _FACTS)
        yield made(
            "location",
            id=key,
            location_type="physical",
            organization_id=institution_id(code),
            name=words.text(site, "name"),
            description=joined((source.said(site["site_id"]), facts)),
            latitude=site["lat"],
            longitude=site["lon"],
        )
        yield from _address(source, key, site)
        yield from phones("location_id", key, site)
        yield from _reception(source, key, site)
        applying = [*notices.get(site["site_id"], ()), *notices.get(code, ())]
        for row in schedules("location_id", key, site, applying, source.seasons, words):
            yield made("schedule", **row)
        yield from attributes(source, "site", "location", key, site)


def _address(source: Source, key: str, site: Record) -> Rows:
    words = source.words
    line, landmark = words.text(site, "address"), words.text(site, "landmark")
    commune, province, region = (
        _named(source.units.get(site[f"{level}_code"]), words.language)
        for level in ("commune", "province", "region")
    )
    if line or landmark or commune:
        yield made(
            "address",
            id=identifier("address", key),
            location_id=key,
            address_1=line or words.unknown,
            address_2=landmark,
            city=commune or words.unknown,
            region=region,
            state_province=province or words.unknown,
            postal_code=words.unknown,
            country=COUNTRY,
            address_type="physical",
        )


def _named(unit: Unit | None, language: str) -> str | None:
    if unit is None:
        return None
    return (unit.name_ar if language == "ar" else "") or unit.name_fr


def _reception(source: Source, key: str, site: Record) -> Rows:
    """Yield a site's mailbox, the languages of its desk, and its access by wheelchair."""
    words, mailbox = source.words, matching(EMAIL, site["email"])
    if mailbox:
        yield made("contact", id=identifier("email", key), location_id=key, email=mailbox)
    for code in split_multiple(site["languages"]):
        yield made(
            "language",
            id=identifier("language", key, code),
            location_id=key,
            name=words.term("language", code),
            code=code,
        )
    if site["wheelchair"] and site["wheelchair"] not in UNKNOWN:
        yield made(
            "accessibility",
            id=identifier("wheelchair", key),
            location_id=key,
            description=words.fact("site", "wheelchair", site["wheelchair"]),
        )


def offers(source: Source) -> Rows:
    """Yield the offers with the hours that are their own."""
    words = source.words
    for offer in source.view.offers:
        key, notices = record_id(offer["offer_id"]), source.notices.get(offer["offer_id"], ())
        texts = (
            source.said(offer["offer_id"]),
            words.text(offer, "note"),
            words.facts("offer", offer, ("next_intake",)),
        )
        yield made(
            "service_at_location",
            id=key,
            service_id=record_id(offer["service_id"]),
            location_id=record_id(offer["site_id"]),
            description=joined(texts),
        )
        link = "service_at_location_id"
        for row in schedules(link, key, offer, notices, source.seasons, words):
            yield made("schedule", **row)
        yield from attributes(source, "offer", "service_at_location", key, offer)
