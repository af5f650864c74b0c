# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work: a part of a store taken along as a GeoPackage, and brought back.

What is taken along is itself a store: plain tables that QGIS and QField edit with no network,
whose triggers keep the rules and note every edit with the record before and after it. What was
before is what others had when it was taken along: bringing it back compares the two with what
the store has meanwhile (``domain.three_way``).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..domain.errors import StoreError
from ..domain.keys import new_key
from ..domain.progress import Progress, silent
from .boundaries import load_units
from .conflicts import noted_of
from .database import Row, Store, create_store
from .institutions import check_institution
from .sql import moment

#: Tables whose rows come along whole, and those of which a part does.
SHARED = ("institution", "programme", "term")
_ORIGIN = ("batch_id", "source_row")  # of imports that stay behind


@dataclass(frozen=True)
class Checkout:
    """A part of a store that was taken along; an empty ``institution`` or ``region`` is all."""

    key: str
    institution: str
    region: str


def check_out(
    store: Store, path: Path, institution: str = "", region: str = "", progress: Progress = silent
) -> int:
    """Take an institution's records, a region's or both's along as a new GeoPackage.

    Sites come with what is offered there, and its services; return how many sites. The file is
    there whole or not at all. StoreError if it exists or nothing would be in it.
    """
    path = Path(path)
    checkout = Checkout(new_key(), institution.strip().upper(), region.strip())
    _check(store, path, checkout)
    progress(0.0, path.name)
    rows = _taken(store, checkout)
    if not rows["site"] and not rows["service"]:
        raise StoreError(
            "{store} has no records of that institution and region. Nothing was written.",
            store=store.location,
        )
    scratch = path.with_name(f".part-{checkout.key}.gpkg")
    try:
        with create_store(str(scratch)) as target:
            _fill(target, rows, checkout, store.location, progress)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    progress(1.0, path.name)
    return len(rows["site"])


def checkout_of(field: Store) -> Checkout:
    """Return what a file was taken along as; StoreError if it is no check-out."""
    for row in field.rows("import_batch"):
        noted = noted_of(row, "checkout")
        if len(noted) == 2:
            return Checkout(row["batch_id"], *map(str, noted))
    raise StoreError(
        "{path} was not checked out of a store: there is nothing to bring back. Import it as a "
        "table, or choose the file that was checked out.",
        path=field.location,
    )


def _check(store: Store, path: Path, checkout: Checkout) -> None:
    if path.suffix.lower() != ".gpkg":
        raise StoreError("{path}: a store is a file that ends in .gpkg.", path=path)
    if path.exists():
        raise StoreError("{path} exists already: open it, or choose another name.", path=path)
    if checkout.institution:
        check_institution(store, checkout.institution)
    regions = {one.code for one in load_units().values() if one.level == "region"}
    if checkout.region and checkout.region not in regions:
        raise StoreError(
            "« {region} » is no region. Codes: {codes}.",
            region=checkout.region,
            codes=tuple(sorted(regions)),
        )


def _taken(store: Store, checkout: Checkout) -> dict[str, list[Row]]:
    """Return the rows that come along, by table."""
    code, region = checkout.institution, checkout.region
    units = load_units()
    inside = {one.code for one in units.values() if one.region_code == region or not region}
    sites = [
        row
        for row in store.rows("site", **({"institution_code": code} if code else {}))
        if not region or row["commune_code"] in inside
    ]
    site_keys = {row["site_id"] for row in sites}
    offers = [row for row in store.rows("offer") if row["site_id"] in site_keys]
    offered = {row["service_id"] for row in offers}

    def comes(service: Row) -> bool:
        return service["service_id"] in offered or (
            not region and (not code or service["institution_code"] == code)
        )

    rows = {name: store.rows(name) for name in SHARED}
    rows.update(site=sites, service=list(filter(comes, store.rows("service"))), offer=offers)
    rows["notice"] = list(filter(_about(store, rows), store.rows("notice")))
    return rows


def _about(store: Store, rows: dict[str, list[Row]]) -> Callable[[Row], bool]:
    keys = {name: {row[store.schema.table(name).key] for row in rows[name]} for name in rows}
    return lambda notice: notice["key"] in keys.get(notice["applies_to"], ())


def _fill(
    target: Store, rows: dict[str, list[Row]], checkout: Checkout, origin: str, progress: Progress
) -> None:
    """Write what comes along as the beginning: the history of the file starts empty."""
    with target.transaction(), target.unruled():
        for table in ("change", *SHARED):
            target.clear(table)
        for done, (table, taken) in enumerate(rows.items()):
            progress(0.2 + 0.8 * done / len(rows), f"{done} / {len(rows)}")
            target.restore(table, (_without_origin(row) for row in taken))
        noted = {"checkout": [checkout.institution, checkout.region]}
        target.insert("import_batch", [{
            "batch_id": checkout.key, "file_name": origin, "sha256": "-",
            "counts": json.dumps(noted), "undone_at": moment(),  # no import that the dock may undo
        }])  # fmt: skip


def _without_origin(row: Row) -> Row:
    return {name: None if name in _ORIGIN else value for name, value in row.items()}
