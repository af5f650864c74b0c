# SPDX-License-Identifier: GPL-2.0-or-later
"""The list of sites, asked for by pages: searched, filtered, sorted and counted by the database.

Nothing here reads all sites. A page goes on where the one before it ended (its ``Mark``), so
that the last page of a million takes no longer than the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from ..domain.schema import Schema
from ..domain.site_list import KEPT, Names, SiteFilter, read_names, words
from .among import rows_among
from .boundaries import load_units
from .database import Connection, Row, Store
from .sql import compose, stitch

Mark = tuple  # of the values by which a page is sorted
_LIST = "carte_listing"
ALL = 2**31 - 1  # more sites than there will be
_LAST_PLACE = 2**31 - 1  # of a code that has none


@dataclass(frozen=True)
class Order:
    """What a list of sites is sorted by: ``name``, or a column and then the name.

    ``codes`` are the values of a coded column in the order in which they are to come; names
    are compared in Arabic if that is the ``language``, else in French.
    """

    column: str = "name"
    descending: bool = False
    codes: tuple[str, ...] = ()
    language: str = "fr"


class Page(NamedTuple):
    """Rows of the table site, and where the next page goes on (None if there is none)."""

    rows: list[Row]
    mark: Mark | None


class Figure(NamedTuple):
    """How many sites have these codes; ``region`` is "" if the commune is not known."""

    institution: str
    status: str
    visibility: str
    region: str
    placed: bool
    sites: int


def read_page(
    store: Store,
    wanted: SiteFilter,
    order: Order | None = None,
    after: Mark | None = None,
    size: int = 200,
) -> Page:
    """Return the sites that a filter keeps, as many as ``size``, after those of another page.

    ``rows`` have the columns of ``domain.site_list.KEPT`` and lon, lat (degrees).
    """
    order = order or Order()
    with store._speaking():
        connection = _ready(store)
        keys, joined, values = _sorting(connection, order)
        asked, more = _asked(store, wanted)
        way, beyond = ("DESC", "<") if order.descending else ("ASC", ">")
        if after is not None:
            one_each = compose("({marks})", marks=len(keys))
            asked.append(stitch("({keys}) {beyond} {marks}", keys=", ".join(keys), beyond=beyond,
                                marks=one_each))  # fmt: skip
            more += after
        statement = stitch(
            "SELECT {keys} FROM {list} AS listed {joined} WHERE {asked} ORDER BY {sorted} LIMIT ?",
            keys=", ".join(keys),
            list=_LIST,
            joined=joined,
            asked=" AND ".join(asked) or "1 = 1",
            sorted=", ".join(f"{key} {way}" for key in keys),
        )
        found = connection.execute(statement, (*values, *more, size)).fetchall()
        marks = [tuple(row) for row in found]
    by_number = {
        row.pop("fid"): row
        for row in rows_among(store, "site", "fid", (mark[-1] for mark in marks), ("fid", *KEPT))
    }
    rows = [by_number[mark[-1]] for mark in marks if mark[-1] in by_number]  # others are gone
    return Page(rows, marks[-1] if len(marks) == size else None)


def count_sites(store: Store, wanted: SiteFilter, most: int) -> int:
    """Return how many sites a filter keeps; one more than ``most`` if they are more than that."""
    with store._speaking():
        connection = _ready(store)
        asked, values = _asked(store, wanted)
        statement = stitch(
            "SELECT count(*) FROM (SELECT 1 FROM {list} AS listed WHERE {asked} LIMIT ?) AS found",
            list=_LIST,
            asked=" AND ".join(asked) or "1 = 1",
        )
        return connection.execute(statement, (*values, most + 1)).fetchone()[0]


def due_sites(store: Store, day: date, most: int = ALL) -> list[Row]:
    """Return the published sites that are to be verified by a day, whole rows in their order.

    If they are more than ``most``, those that have waited longest.
    """
    wanted = SiteFilter(status="published", due_until=day.isoformat())
    with store._speaking():
        connection = _ready(store)
        asked, values = _asked(store, wanted)
        statement = stitch(
            "SELECT fid FROM {list} AS listed WHERE {asked} ORDER BY due_on, fid LIMIT ?",
            list=_LIST,
            asked=" AND ".join(asked),
        )
        numbers = [row[0] for row in connection.execute(statement, (*values, most)).fetchall()]
    return rows_among(store, "site", "fid", numbers)


def site_figures(store: Store) -> list[Figure]:
    """Return numbers of sites by institution, status, visibility, region, and position or none."""
    regions = load_units()
    columns = "institution_code, status, visibility, region, placed"
    with store._speaking():
        found = _ready(store).execute(
            stitch(
                "SELECT {columns}, count(*) FROM {list} GROUP BY {columns}",
                columns=columns,
                list=_LIST,
            )
        )
        return [
            Figure(code, status, visibility, region if region in regions else "", placed > 0, count)
            for code, status, visibility, region, placed, count in found.fetchall()
        ]


def _ready(store: Store) -> Connection:
    store._connection.list_sites(store.schema)
    return store._connection


def _sorting(connection: Connection, order: Order) -> tuple[list[str], str, list]:
    """Return what is sorted by, what is joined for it, and the values that this binds."""
    name = "listed.name_ar" if order.language == "ar" else "listed.name_fr"
    last = [name, "listed.fid"]
    if order.column == "name":
        return last, "", []
    column = compose("listed.{column}", column=order.column)
    if not order.codes:
        return [column, *last], "", []
    joined = stitch(
        "LEFT JOIN {ranked} ON ranked.code = {column}", ranked=connection.RANKED, column=column
    )
    return [f"coalesce(ranked.place, {_LAST_PLACE})", *last], joined, [connection.many(order.codes)]


def _asked(store: Store, wanted: SiteFilter) -> tuple[list[str], list]:
    """Return the conditions of a filter and the values that they bind."""
    pairs = [*_coded(wanted), *_named(store, wanted)]
    return [condition for condition, _values in pairs], [
        value for _condition, values in pairs for value in values
    ]


def _coded(wanted: SiteFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    if wanted.institution:
        yield "listed.institution_code = ?", (wanted.institution,)
    if wanted.status:
        yield "listed.status = ?", (wanted.status,)
    if wanted.region:
        yield "listed.region = ?", (wanted.region,)
    if wanted.open or wanted.overdue:
        yield "listed.status <> 'closed'", ()
    if wanted.overdue:
        yield "listed.due_on < ?", (date.today().isoformat(),)
    if wanted.due_until:
        yield "listed.due_on <= ?", (wanted.due_until,)


@lru_cache(maxsize=4)
def _names(schema: Schema) -> Names:
    return read_names(schema, load_units())


def _named(store: Store, wanted: SiteFilter) -> Iterator[tuple[str, Sequence[Any]]]:
    many, among = store._connection.many, store._connection.AMONG
    if wanted.keys is not None:
        yield f"listed.key {among}", (many(wanted.keys),)
    if wanted.without:
        yield f"NOT (listed.key {among})", (many(wanted.without),)
    for word in words(wanted.text, _names(store.schema)):
        values: list[Any] = [f"%{word.text}%"]
        if word.starts:
            values = [f"{space}{start}%" for start in word.starts for space in ("", "% ")]
        parts = ["listed.searched LIKE ?"] * len(values)
        for column, codes in (("commune_code", word.communes), ("kind", word.kinds)):
            if codes:
                parts.append(f"listed.{column} {among}")
                values.append(many(codes))
        yield f"({' OR '.join(parts)})", values
