# SPDX-License-Identifier: GPL-2.0-or-later
"""Institutions, programmes and services as HSDS organizations, programs and services."""

from __future__ import annotations

from ...domain.schema import split_multiple
from ..public import Record
from .ids import identifier, record_id
from .source import EMAIL, URL, Rows, Source, institution_id, made, matching, phones
from .terms import attributes
from .wording import UNKNOWN, joined

SCHEME = "CP3"
CURRENCY = "MAD"
_ELIGIBILITY = ("public_mode", "publics", "age_min", "age_max", "gender", "education_level")


def organizations(source: Source) -> Rows:
    """Yield the institutions with their code, telephone and kind."""
    words = source.words
    exported = {row["code"] for row in source.view.institutions}
    for institution in source.view.institutions:
        code, parent = institution["code"], institution["parent_code"]
        key, name = institution_id(code), words.text(institution, "name") or code
        yield made(
            "organization",
            id=key,
            name=name,
            alternate_name=words.text(institution, "short_name"),
            description=words.fact("institution", "kind", institution["kind"]) or name,
            email=matching(EMAIL, institution["email"]),
            website=matching(URL, institution["website"]),
            parent_organization_id=institution_id(parent) if parent in exported else None,
        )
        yield made(
            "organization_identifier",
            id=identifier("code", key),
            organization_id=key,
            identifier_type=SCHEME,
            identifier=code,
        )
        yield from phones("organization_id", key, institution)
        yield from attributes(source, "institution", "organization", key, institution)


def programs(source: Source) -> Rows:
    """Yield the programmes whose lead institution is exported."""
    for programme in source.view.programmes:
        if programme["code"] in source.programmes:
            name = source.words.text(programme, "name") or programme["code"]
            yield made(
                "program",
                id=identifier("programme", programme["code"]),
                organization_id=institution_id(programme["lead_code"]),
                name=name,
                description=source.words.text(programme, "target") or name,
            )


def services(source: Source) -> Rows:
    """Yield the services with their costs, papers and terms."""
    emails = {row["code"]: row["email"] for row in source.view.institutions}
    for service in source.view.services:
        key, code = record_id(service["service_id"]), service["institution_code"]
        programme = service["programme_code"]
        exported = programme in source.programmes
        yield made(
            "service",
            id=key,
            organization_id=institution_id(code),
            program_id=identifier("programme", programme) if exported else None,
            **_texts(source, service),
            url=matching(URL, service["apply_url"]),
            status=_status(source, service),
            minimum_age=service["age_min"],
            maximum_age=service["age_max"],
            assured_date=service["verified_on"],
            assurer_email=matching(EMAIL, emails.get(code)) if service["verified_on"] else None,
            alert=source.said(service["service_id"], code),
        )
        yield from _conditions(source, key, service)
        yield from attributes(source, "service", "service", key, service)


def _texts(source: Source, service: Record) -> dict[str, str | None]:
    words = source.words
    duration = words.facts("service", service, ("duration",))
    cost = words.facts("service", service, ("cost",))
    return {
        "name": words.text(service, "name") or words.unknown,
        "description": joined((words.text(service, "summary"), duration)),
        "application_process": words.facts("service", service, ("access_modes",)),
        "fees_description": words.series((cost, words.text(service, "cost_note"))),
        "eligibility_description": words.facts("service", service, _ELIGIBILITY),
    }


def _status(source: Source, service: Record) -> str:
    if service["closed_on"] and service["closed_on"] <= source.today.isoformat():
        return "defunct"
    notices = source.current(service["service_id"], service["institution_code"])
    closed = any(notice["kind"] == "closure" for notice in notices)
    return "temporarily closed" if closed else "active"


def _conditions(source: Source, key: str, service: Record) -> Rows:
    """Yield what a service costs, where that is known, and the papers it asks for."""
    cost, words = service["cost"], source.words
    if cost and cost not in UNKNOWN:
        yield made(
            "cost_option",
            id=identifier("cost", key),
            service_id=key,
            option=words.term("cost", cost),
            currency=CURRENCY if cost == "free" else None,
            amount=0 if cost == "free" else None,
            amount_description=words.text(service, "cost_note"),
        )
    for code in split_multiple(service["documents"]):
        yield made(
            "required_document",
            id=identifier("document", key, code),
            service_id=key,
            document=words.term("document", code),
        )
