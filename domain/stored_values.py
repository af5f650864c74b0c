# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether what a record holds is what the importer would have stored, field by field.

The cells of a file are read before they are stored (``domain.records``); what another tool
wrote, or what is older than the database's own rules, is judged here by the same readers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Callable

from . import cells
from .checks import Found
from .context import Context, Records
from .hours import parse
from .hours.prose import read_hours
from .report import WARNING, Finding
from .schema import Field, Schema, Table


def values_can_be_read(records: Records, context: Context) -> Found:
    """A telephone, an address on the web, a date, hours are written as the importer writes them.

    What they seem to mean is proposed.
    """
    for name, kind in _judged(context.schema, context.key):
        rule, meant = _KINDS[kind]
        for place, value in enumerate(records.column(name)):
            proposal = meant(value) if value else ""
            if value and proposal.lower() != value.lower():
                yield place, Finding(rule, WARNING, field=name, value=value, proposal=proposal)
    for one in _bounded(context.schema, context.key):
        for place, value in enumerate(records.column(one.name)):
            if value is not None and not one.allows(value):
                yield place, Finding(
                    "number_out_of_bounds", WARNING, field=one.name, value=str(value),
                    params={"least": one.minimum, "most": one.maximum},
                )  # fmt: skip


def references_exist(records: Records, context: Context) -> Found:
    """The record that another one names is there."""
    known = context.references
    if known is None:
        return
    for one in _table(context.schema, context.key).fields:
        if not one.references or one.read_only:  # what no person fills in the store writes itself
            continue
        table = context.schema.table(one.references)
        for place, value in enumerate(records.column(one.name)):
            if value and not known.has(value, table):
                yield place, Finding("reference_unknown", WARNING, field=one.name, value=value)


@lru_cache(maxsize=16)
def _judged(schema: Schema, key: str) -> tuple[tuple[str, str], ...]:
    """Return the fields of the table with this key that a reader knows, and their types."""
    return tuple((one.name, one.type) for one in _table(schema, key).fields if one.type in _KINDS)


@lru_cache(maxsize=16)
def _bounded(schema: Schema, key: str) -> tuple[Field, ...]:
    fields = _table(schema, key).fields
    return tuple(one for one in fields if (one.minimum, one.maximum) != (None, None))


def _table(schema: Schema, key: str) -> Table:
    return next(one for one in schema.tables if one.key == key)


def _phone(text: str) -> str:
    return next(iter(cells.phones(text)[0]), cells.renumbered(text) or "")


def _hours(text: str) -> str:
    if parse(text):
        return text
    answer = read_hours(text)
    return (answer.hours or "") if answer else ""


def _read(reader: Callable[[str], str]) -> Callable[[str], str]:
    """Return a reader of cells that gives "" for what it cannot read."""

    def read(text: str) -> str:
        try:
            return reader(text)
        except cells.Unreadable:
            return ""

    return read


_KINDS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "phone": ("phone_unreadable", _phone),
    "email": ("email_unreadable", _read(cells.email)),
    "url": ("website_unreadable", _read(cells.website)),
    "date": ("date_unreadable", _read(cells.day)),
    "hours": ("hours_unreadable", _hours),
}
