# SPDX-License-Identifier: GPL-2.0-or-later
"""The call list as a report: one table an institution, under the name of each region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from ...domain.document import CODE, TEXT, Cell, Column, Document, Table
from ...domain.writing import written_date
from ..calling import DUE, NEVER, OVERDUE, Call
from .words import Words

_STATES = {NEVER: "call_never", OVERDUE: "call_overdue", DUE: "call_due_now"}


def call_document(calls: Sequence[Call], language: str, on: date) -> Document:
    """Return a call list (``store.calling.call_list``) as a report of a day."""
    say = Words(language)
    tables = [
        _table(tuple(group), say)
        for _code, group in groupby(calls, key=lambda call: call.institution["code"])
    ]
    return Document(
        title=say("call_title"),
        lines=(
            say("call_month", month=say.plain(on.strftime("%m/%Y")), count=len(calls)),
            say("day", day=say.plain(written_date(on))),
        ),
        tables=tuple(tables) or (Table(say("call_nothing"), (Column(""),), ()),),
        notes=(say("call_note"),) if any(call.central for call in calls) else (),
        language=language,
        landscape=True,
    )


def state_text(call: Call, say: Words) -> str:
    """Return when a record is due: the day, or that it was never verified."""
    said = say(_STATES[call.state])
    return f"{say.plain(written_date(call.due))} ({said})" if call.due else said


def phones_text(call: Call, say: Words) -> str:
    """Return the numbers of a record, told apart from its institution's."""
    numbers = " · ".join(map(say.phone, call.phones))
    return f"{numbers} {say('call_central')}" if call.central else numbers


def place_text(call: Call, say: Words) -> str:
    """Return where a site stands."""
    commune = say.unit(call.record.get("commune_code"))
    return say.listed(dict.fromkeys(filter(None, (commune, say.unit(call.province_code)))))


def group_text(call: Call, say: Words) -> str:
    """Return what calls are grouped under: the region of a site, or that they are services."""
    return say.region(call.region_code) if call.table == "site" else say("call_services")


def _table(calls: tuple[Call, ...], say: Words) -> Table:
    columns = (
        Column(say("call_record"), TEXT, 4.2),
        Column(say("call_place"), TEXT, 2.6),
        Column(say("call_phone"), CODE, 2.4),
        Column(say("call_hours"), CODE, 1.8),
        Column(say("call_due"), TEXT, 2.2),
        Column(say("call_done"), TEXT, 0.9),
    )
    title = f"{say.institution(calls[0].institution)} ({len(calls)})"
    return Table(title, columns, tuple(_rows(calls, say)))


def _rows(calls: Iterable[Call], say: Words) -> Iterator[tuple[Cell, ...]]:
    for group, members in groupby(calls, key=lambda call: group_text(call, say)):
        yield (group,)
        for call in members:
            yield (
                say.name(call.record),
                place_text(call, say),
                phones_text(call, say),
                call.record.get("hours") or "",
                state_text(call, say),
                "",
            )
