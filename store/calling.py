# SPDX-License-Identifier: GPL-2.0-or-later
"""The call list: published records to be verified this month, and whom to ring up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..domain.freshness import due_on, end_of_month, overdue
from .boundaries import load_units
from .database import Row, Store
from .listing import ALL, due_sites
from .public import territory

NEVER, OVERDUE, DUE = "never", "overdue", "due"


@dataclass(frozen=True)
class Call:
    """A record to verify: the row itself, where it stands, and the numbers to dial.

    ``table`` is ``site`` or ``service``; a service has no region. ``phones`` are in E.164;
    ``central`` tells that the record has none and they are its institution's. ``state`` says
    whether it was never verified, is overdue, or falls due before the month's end, and ``due``
    the day (None if never).
    """

    table: str
    key: str
    record: Row
    institution: Row
    region_code: str
    province_code: str
    phones: tuple[str, ...]
    central: bool
    state: str
    due: date | None


def call_list(store: Store, on: date | None = None, most: int = ALL) -> tuple[Call, ...]:
    """Return what is due for verification in the month of a day (today if none is given).

    Published records only, services after the sites of their institution; ordered by
    institution, region, and the longest overdue first, those never verified before them.
    ``most`` bounds the sites: those that have waited longest are taken.
    """
    day = on or date.today()
    institutions = {row["code"]: row for row in store.rows("institution")}
    rows = {
        "site": due_sites(store, end_of_month(day), most),
        "service": store.rows("service", status="published"),
    }
    calls = [
        call
        for table, records in rows.items()
        for call in _calls(records, table, institutions, day)
    ]
    return tuple(sorted(calls, key=_order))


def _calls(
    rows: Iterable[Row], table: str, institutions: dict[str, Row], day: date
) -> Iterator[Call]:
    last, units = end_of_month(day), load_units()
    for row in rows:
        if row["status"] != "published":
            continue
        rhythm = row["verify_every_months"]
        due = due_on(row["verified_on"], rhythm)
        if due is not None and due > last:
            continue
        institution = institutions.get(row["institution_code"]) or {"code": row["institution_code"]}
        own = tuple(filter(None, (row.get("phone"), row.get("phone_2"))))
        central = institution.get("phone")
        province, region = territory(row.get("commune_code"), units)
        yield Call(
            table=table,
            key=row[f"{table}_id"],
            record=row,
            institution=institution,
            region_code=region or "",
            province_code=province or "",
            phones=own or ((central,) if central else ()),
            central=not own and bool(central),
            state=NEVER if due is None else _state(row["verified_on"], rhythm, day),
            due=due,
        )


def _state(verified_on: str, rhythm: int | None, day: date) -> str:
    return OVERDUE if overdue(verified_on, rhythm, day) else DUE


def _order(call: Call) -> tuple:
    institution = call.institution
    return (
        institution.get("sort") or 100,
        institution["code"] or "",
        call.table != "site",
        call.region_code or "99",
        call.due or date.min,
        call.record["name_fr"] or call.record["name_ar"] or "",
        call.key,
    )
