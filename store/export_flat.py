# SPDX-License-Identifier: GPL-2.0-or-later
"""The public sites as one flat table: CSV and GeoJSON, and the rows of the workbook.

Columns bear the schema's names and values are as the store keeps them (a multiple choice as
``{a,b}``), so that a file imports back to the same store. Added are ``lon`` and ``lat``
(degrees, WGS 84), the units' French names beside their HCP codes, and under ``services`` the
French names of what the site offers, separated by « ; ».
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..domain.schema import Schema
from .boundaries import load_units
from .formulas import defused
from .public import PublicView, public_columns

PLACE = ("lon", "lat", "commune", "province_code", "province", "region_code", "region")


def site_columns(schema: Schema) -> tuple[str, ...]:
    """Return the columns of the flat table in order."""
    return (*public_columns(schema.table("site")), *PLACE, "services")


def site_rows(view: PublicView) -> Iterator[dict[str, Any]]:
    """Yield each site under the names of ``site_columns``; None is a value not known."""
    units = load_units()
    services = _services_by_site(view)
    for site in view.sites:
        row = dict(site)
        for level in ("commune", "province", "region"):
            unit = units.get(site[f"{level}_code"])
            row[level] = unit.name_fr if unit else None
        row["services"] = "; ".join(services[site["site_id"]]) or None
        yield row


def _services_by_site(view: PublicView) -> defaultdict[str, list[str]]:
    names = {row["service_id"]: row["name_fr"] for row in view.services}
    found = defaultdict(list)
    for offer in view.offers:
        if names[offer["service_id"]]:
            found[offer["site_id"]].append(names[offer["service_id"]])
    return found


def write_csv(view: PublicView, path: Path) -> None:
    """Write the sites as CSV for spreadsheets set to French.

    UTF-8 with a byte order mark and semicolons, which Excel opens by a double click. Text
    that a spreadsheet would run is made harmless as ``store.formulas`` says; an importer gets
    it back with ``restored``.
    """
    columns = site_columns(view.schema)
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(columns)
        writer.writerows([_cell(row[name]) for name in columns] for row in site_rows(view))


def _cell(value: Any) -> str:
    return "" if value is None else defused(str(value))


def write_geojson(view: PublicView, path: Path) -> None:
    """Write the sites as a FeatureCollection (RFC 7946), one feature a line.

    A site without a position has a null geometry, as the standard allows (section 3.2). The
    identifier is the property ``site_id`` only: GDAL would make a second column of a feature's
    ``id``, which an importer takes for the institution's own code.
    """
    columns = [name for name in site_columns(view.schema) if name not in ("lon", "lat")]
    with path.open("w", encoding="utf-8") as handle:
        handle.write('{"type": "FeatureCollection", "features": [')
        for number, row in enumerate(site_rows(view)):
            handle.write(",\n" if number else "\n")
            handle.write(json.dumps(_feature(row, columns), ensure_ascii=False, allow_nan=False))
        handle.write("\n]}\n")


def _feature(row: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    known = row["lon"] is not None and row["lat"] is not None
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if known else None
    return {
        "type": "Feature",
        "geometry": point,
        "properties": {name: row[name] for name in columns},
    }
