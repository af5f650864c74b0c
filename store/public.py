# SPDX-License-Identifier: GPL-2.0-or-later
"""The one view of a store that page, sheets and exports may read.

Only fields marked ``public`` in the schema, only records that are published and public, and
of what hangs on them: institutions and programmes that are used, notices that apply.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..domain.places import Unit
from ..domain.schema import DATA, Schema, Table, Term
from .boundaries import load_units
from .database import Row, Store

Record = Mapping[str, Any]
CREDITS_FILE = DATA / "source_credits.csv"
_GONE = ("institution_code", "closed_on", "closure_reason", "replaced_by")


@dataclass(frozen=True)
class PublicView:
    """What may be shown: tuples of rows holding public columns only.

    A site also carries ``province_code`` and ``region_code``, derived from its
    ``commune_code``, and ``lon``, ``lat`` in degrees (both None when not known). ``credits``
    (``text``, ``licence``, ``url``) are those that the sources of the shown records demand.
    ``gone`` are sites and services that once were published and are closed now, so that their
    links still lead to a notice: see ``gone_records``.
    """

    schema: Schema
    institutions: tuple[Record, ...]
    programmes: tuple[Record, ...]
    sites: tuple[Record, ...]
    services: tuple[Record, ...]
    offers: tuple[Record, ...]
    notices: tuple[Record, ...]
    terms: tuple[Term, ...]
    credits: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()


def text(record: Record, field: str, language: str, fallback: str = "fr") -> str:
    """Return a translated field in a language, else in the fallback language, else empty."""
    return record.get(f"{field}_{language}") or record.get(f"{field}_{fallback}") or ""


def public_view(store: Store) -> PublicView:
    """Read everything that may be shown from a store."""
    sites = tuple(_with_territory(_visible(store, "site")))
    services = _visible(store, "service")
    site_ids = {row["site_id"] for row in sites}
    service_ids = {row["service_id"] for row in services}
    offers = tuple(
        row
        for row in _visible(store, "offer")
        if row["site_id"] in site_ids and row["service_id"] in service_ids
    )
    offered = {row["service_id"] for row in offers}
    services = tuple(row for row in services if row["service_id"] in offered)
    used = {row["institution_code"] for row in (*sites, *services)}
    gone = gone_records(store)
    gone_ids = {row["id"] for row in gone}
    keys = used | site_ids | offered | {row["offer_id"] for row in offers} | gone_ids
    institutions = sorted(
        (row for row in _public(store, "institution") if row["code"] in used),
        key=lambda row: (row["sort"] or 100, row["code"]),
    )
    return PublicView(
        schema=store.schema,
        institutions=tuple(institutions),
        programmes=tuple(_public(store, "programme")),
        sites=sites,
        services=services,
        offers=offers,
        notices=tuple(_applying(_public(store, "notice"), keys)),
        terms=tuple(term for term in store.schema.terms if not term.deprecated_by),
        credits=source_credits((*sites, *services, *offers)),
        gone=gone,
    )


def is_specimen(view: PublicView) -> bool:
    """Say whether any record is synthetic: such records bear SPÉCIMEN in their name."""
    records = (*view.sites, *view.services)
    return any("SPÉCIMEN" in (row.get("name_fr") or "").upper() for row in records)


def gone_records(store: Store) -> tuple[Record, ...]:
    """Return what readers may be told of closed sites and services that once were public.

    Each has ``id``, ``institution_code``, the names, ``closed_on``, ``closure_reason`` and
    ``replaced_by``. A record that was never published (the history tells) says nothing.
    """
    found: list[Record] = []
    for name in ("site", "service"):
        table = store.schema.table(name)
        closed = {row[table.key]: row for row in store.rows(name, status="closed")}
        shown = _once_public(store, name, closed)
        kept = _GONE + tuple(one for one in public_columns(table) if one.startswith("name_"))
        found += [
            {"id": key, **{column: row[column] for column in kept}}
            for key, row in closed.items()
            if key in shown and row["visibility"] == "public"
        ]
    return tuple(found)


def _once_public(store: Store, table: str, keys: Container[str]) -> set[str]:
    """The keys whose history has a moment at which the record was published and public."""
    if not keys:
        return set()
    changes = (row for row in store.rows("change", table_name=table) if row["key"] in keys)
    return {
        row["key"]
        for row in changes
        for state in (row["before"], row["after"])
        if _was_public(json.loads(state or "{}"))
    }


def _was_public(state: Mapping[str, Any]) -> bool:
    return state.get("status") == "published" and state.get("visibility") == "public"


def source_credits(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the credits that the records' sources demand (``data/source_credits.csv``)."""
    sources = {record.get("source") or "" for record in records}
    with CREDITS_FILE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            {name: row[name] for name in ("text", "licence", "url")}
            for row in csv.DictReader(handle)
            if any(row["pattern"] in source for source in sources)
        )


def public_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that may leave the ministry."""
    return tuple(field.name for field in table.fields if field.public)


def _public(store: Store, name: str, **where: Any) -> tuple[Row, ...]:
    table = store.schema.table(name)
    kept = public_columns(table) + (("lon", "lat") if table.geometry else ())
    return tuple({key: row[key] for key in kept} for row in store.rows(name, **where))


def _visible(store: Store, name: str) -> tuple[Row, ...]:
    return _public(store, name, status="published", visibility="public")


def _with_territory(sites: Iterable[Row]) -> Iterable[dict[str, Any]]:
    units = load_units()
    for site in sites:
        province, region = territory(site["commune_code"], units)
        yield {**site, "province_code": province, "region_code": region}


def territory(code: str | None, units: Mapping[str, Unit]) -> tuple[str | None, str | None]:
    """Return province and region code of a commune's, arrondissement's or city's HCP code."""
    unit = units.get(code) if code else None
    return (None, None) if unit is None else (unit.province_code, unit.region_code)


def _applying(notices: Iterable[Row], keys: set) -> Iterable[Row]:
    return (row for row in notices if row["key"] in keys)
