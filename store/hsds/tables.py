# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of HSDS 3 that an export fills: files, columns, and how they hang together.

Source: Open Referral's Human Services Data Specification 3.1,
https://docs.openreferral.org/en/latest/hsds/schema_reference.html
"""

from __future__ import annotations

from typing import NamedTuple


class HsdsTable(NamedTuple):
    """A table's file in a data package and its columns in order."""

    path: str
    columns: tuple[str, ...]


def _table(path: str, columns: str) -> HsdsTable:
    return HsdsTable(path, ("id", *columns.split()))


TABLES = {
    "organization": _table(
        "organizations.csv",
        "name alternate_name description email website parent_organization_id",
    ),
    "program": _table("programs.csv", "organization_id name description"),
    "service": _table(
        "services.csv",
        "organization_id program_id name description url status application_process "
        "fees_description eligibility_description minimum_age maximum_age assured_date "
        "assurer_email alert",
    ),
    "attribute": _table("attributes.csv", "link_id taxonomy_term_id link_type link_entity value"),
    "service_at_location": _table("service_at_location.csv", "service_id location_id description"),
    "location": _table(
        "locations.csv",
        "location_type organization_id name description latitude longitude",
    ),
    "phone": _table("phones.csv", "location_id organization_id number type description"),
    "contact": _table("contacts.csv", "location_id email"),
    "address": _table(
        "addresses.csv",
        "location_id address_1 address_2 city region state_province postal_code country "
        "address_type",
    ),
    "schedule": _table(
        "schedules.csv",
        "location_id service_at_location_id valid_from valid_to timezone wkst freq interval "
        "byday description opens_at closes_at notes",
    ),
    "required_document": _table("required_documents.csv", "service_id document"),
    "language": _table("languages.csv", "location_id name code"),
    "accessibility": _table("accessibility.csv", "location_id description"),
    "taxonomy_term": _table(
        "taxonomy_terms.csv", "code name description taxonomy language taxonomy_id"
    ),
    "meta_table_description": _table("meta_table_descriptions.csv", "name language character_set"),
    "cost_option": _table(
        "cost_options.csv", "service_id option currency amount amount_description"
    ),
    "organization_identifier": _table(
        "organization_identifiers.csv", "organization_id identifier_type identifier"
    ),
    "taxonomy": _table("taxonomies.csv", "name description"),
}

#: Types of columns in a data package; every other column is a string.
TYPES = {
    **dict.fromkeys(
        ("latitude", "longitude", "minimum_age", "maximum_age", "timezone", "interval", "amount"),
        "number",
    ),
    **dict.fromkeys(("valid_from", "valid_to", "assured_date"), "date"),
}

#: Columns that hold another row's identifier, and that row's table.
LINKS = {
    "organization_id": "organization",
    "parent_organization_id": "organization",
    "program_id": "program",
    "service_id": "service",
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
}

#: In nested JSON: what an object holds lists of, as (property, table, column that points back).
CHILDREN = {
    "organization": (
        ("organization_identifiers", "organization_identifier", "organization_id"),
        ("phones", "phone", "organization_id"),
        ("attributes", "attribute", "link_id"),
    ),
    "service": (
        ("cost_options", "cost_option", "service_id"),
        ("required_documents", "required_document", "service_id"),
        ("attributes", "attribute", "link_id"),
        ("service_at_locations", "service_at_location", "service_id"),
    ),
    "service_at_location": (
        ("schedules", "schedule", "service_at_location_id"),
        ("attributes", "attribute", "link_id"),
    ),
    "location": (
        ("addresses", "address", "location_id"),
        ("phones", "phone", "location_id"),
        ("contacts", "contact", "location_id"),
        ("languages", "language", "location_id"),
        ("accessibility", "accessibility", "location_id"),
        ("schedules", "schedule", "location_id"),
        ("attributes", "attribute", "link_id"),
    ),
}

#: In nested JSON: the one object that a column stands for, as (property, table, column).
PARENTS = {
    "service": (
        ("organization", "organization", "organization_id"),
        ("program", "program", "program_id"),
    ),
    "service_at_location": (("location", "location", "location_id"),),
    "attribute": (("taxonomy_term", "taxonomy_term", "taxonomy_term_id"),),
}
