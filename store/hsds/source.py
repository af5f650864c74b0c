# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rows of an HSDS export in one language are made from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...domain.calendar import Calendar
from ...domain.places import Unit
from ...domain.schema import Field, Schema
from ..boundaries import load_units
from ..public import PublicView, Record
from .ids import identifier
from .schedules import Span, notice_days, spans
from .wording import Wording, joined, wording

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]  # each with the name of its table

URL = re.compile(r"https?://\S+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

#: Coded fields that HSDS has a table of its own for, and so are no attributes.
_TABLED = {("site", "languages"), ("site", "wheelchair"), ("service", "documents")}


@dataclass(frozen=True)
class Source:
    """A view with one language's words and what is looked up again and again.

    ``units`` by HCP code, ``notices`` not yet over by the record they apply to,
    ``programmes`` the codes of those whose lead is exported, ``coded`` the fields of each
    table that become attributes.
    """

    view: PublicView
    words: Wording
    units: Mapping[str, Unit]
    seasons: Sequence[Span]
    notices: Mapping[str, Sequence[Record]]
    programmes: frozenset[str]
    coded: Mapping[str, Sequence[Field]]
    today: date

    def current(self, *keys: str) -> list[Record]:
        """Return the notices on any of the records that hold today."""
        found = (notice for key in keys for notice in self.notices.get(key, ()))
        return [notice for notice in found if notice_days(notice)[0] <= self.today]

    def said(self, *keys: str) -> str | None:
        """Return the texts of the notices on any of the records that hold today."""
        return joined(self.words.text(one, "text") for one in self.current(*keys))


def read_source(view: PublicView, language: str, calendar: Calendar, today: date) -> Source:
    """Return what a package in a language is made from."""
    notices = defaultdict(list)
    for notice in view.notices:
        if notice_days(notice)[1] >= today:
            notices[notice["key"]].append(notice)
    return Source(
        view=view,
        words=wording(view.schema, language),
        units=load_units(),
        seasons=spans(calendar, today),
        notices=notices,
        programmes=_programmes(view),
        coded=_coded(view.schema),
        today=today,
    )


def _programmes(view: PublicView) -> frozenset[str]:
    exported = {row["code"] for row in view.institutions}
    return frozenset(row["code"] for row in view.programmes if row["lead_code"] in exported)


def _coded(schema: Schema) -> dict[str, list[Field]]:
    """Return the public fields of each table that take their values from a closed list."""
    return {
        table.name: [
            field
            for field in table.fields
            if field.public
            and field.vocabulary
            and field.group != "style"
            and (table.name, field.name) not in _TABLED
        ]
        for table in schema.tables
    }


def institution_id(code: str) -> str:
    """Return an institution's identifier in HSDS."""
    return identifier("institution", code)


def made(table: str, **columns: Any) -> tuple[str, Row]:
    """Return a row of an HSDS table with the table's name; what is None is not in it."""
    return table, {name: value for name, value in columns.items() if value is not None}


def phones(link: str, owner: str, record: Record) -> Rows:
    """Yield the telephones of a site or an institution; ``link`` names the owner's column."""
    for name, kind in (("phone", "voice"), ("phone_2", "voice"), ("whatsapp", "cell")):
        if record.get(name):
            said = "WhatsApp" if name == "whatsapp" else None
            columns = {"number": record[name], "type": kind, "description": said, link: owner}
            yield made("phone", id=identifier(name, owner), **columns)


def matching(form: re.Pattern, value: str | None) -> str | None:
    """Return a value that has the form HSDS demands of it, else None."""
    return value if value and form.fullmatch(value) else None
