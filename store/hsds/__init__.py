# SPDX-License-Identifier: GPL-2.0-or-later
"""The public view as HSDS 3, Open Referral's standard of service directories.

HSDS has no translations: ``compile_package`` makes the tables in one language, and every
language has the same rows with the same identifiers. Where it demands a value that nobody gave
(a postal code, an address's first line) the value is « to be confirmed » in that language, never
a guess and never empty. The mapping:

institution → organization, phone, organization_identifier · programme → program · service →
service, cost_option, required_document · site → location, address, phone, contact, language,
accessibility, schedule · offer → service_at_location, schedule · coded fields → taxonomy,
taxonomy_term, attribute · notices → alert, status, schedule.

A programme is left out where its lead institution is not in the view: HSDS demands one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ...domain.calendar import Calendar
from ..public import PublicView
from .ids import identifier
from .places import locations, offers
from .services import organizations, programs, services
from .source import Row, read_source
from .tables import TABLES
from .terms import taxonomies


@dataclass(frozen=True)
class Package:
    """An export in one language: the rows of each HSDS table."""

    language: str
    tables: Mapping[str, Sequence[Row]]


def compile_package(view: PublicView, language: str, calendar: Calendar, today: date) -> Package:
    """Return the tables of a view in a language, with schedules from ``today`` on."""
    source = read_source(view, language, calendar, today)
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    parts = (organizations, programs, services, locations, offers, taxonomies)
    for table, row in chain.from_iterable(part(source) for part in parts):
        tables[table].append(row)
    tables["meta_table_description"] = [
        {
            "id": identifier("table", name),
            "name": name,
            "language": language,
            "character_set": "UTF-8",
        }
        for name, rows in tables.items()
        if rows
    ]
    return Package(language, tables)
