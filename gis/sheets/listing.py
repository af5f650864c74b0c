# SPDX-License-Identifier: GPL-2.0-or-later
"""The index of a sheet as a table beside it: what the sheet prints, for who works on with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...store.formulas import defused
from .charter import Charter
from .plan.choice import reference_in
from .plan.sheet import SheetPlan

COLUMNS = (
    "number", "cell", "institution", "name_fr", "name_ar", "province_code", "province_fr",
    "province_ar", "commune_code", "commune_fr", "commune_ar", "precision", "lon", "lat",
    "site_id",
)  # fmt: skip


def index_rows(plan: SheetPlan, charter: Charter) -> Iterator[dict[str, Any]]:
    """Yield a sheet's sites under the names of ``COLUMNS``, in the order of their numbers.

    ``cell`` is as printed: the cell of the search grid, or a detail map's letter.
    """
    windows = [detail.window for detail in plan.details]
    refer = reference_in(plan.ground, windows, charter)
    provinces = {unit.code: unit for unit in plan.content.provinces}
    for entry in plan.content.entries:
        province, site = provinces[entry.province_code], entry.site
        yield {
            "number": entry.number,
            "cell": refer(entry).rstrip("\u00a0•"),
            "institution": entry.site["institution_code"],
            "name_fr": entry.name("fr"),
            "name_ar": entry.name("ar"),
            "province_code": province.code,
            "province_fr": province.name_fr,
            "province_ar": province.name_ar,
            "commune_code": entry.unit.code,
            "commune_fr": entry.unit.name_fr,
            "commune_ar": entry.unit.name_ar,
            "precision": site.get("precision") or "",
            "lon": "" if entry.point is None else entry.point[0],
            "lat": "" if entry.point is None else entry.point[1],
            "site_id": site["site_id"],
        }


def country_rows(plan: SheetPlan) -> Iterator[dict[str, Any]]:
    """Yield each region with its number of sites, in all and of each institution."""
    content = plan.content
    key = "name_fr" if content.classes else "code"
    for region in content.provinces:
        yield {
            "sheet": f"R{region.code}",
            "region_fr": region.name_fr,
            "region_ar": region.name_ar,
            **{r[key]: content.total(region.code, r["code"]) for r in content.institutions},
            "total": content.total(region.code),
        }


def write_index(plan: SheetPlan, charter: Charter, path: Path) -> None:
    """Write a sheet's index as CSV for spreadsheets set to French, as ``export_flat`` does.

    That of the country's sheet is its table of regions.
    """
    rows = list(index_rows(plan, charter) if plan.content.web_region else country_rows(plan))
    columns = COLUMNS if plan.content.web_region else tuple(rows[0])
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, columns, delimiter=";")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: defused(str(value)) for name, value in row.items()})
