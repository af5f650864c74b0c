# SPDX-License-Identifier: GPL-2.0-or-later
"""What a committee counts of some records: coverage, freshness, languages, precision.

Records are rows of the tables site, service and offer. Counted is what readers see (published
and public), but for drafts, which are counted as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .freshness import overdue, score

Record = Mapping[str, Any]

#: Precisions (vocabulary ``precision``) at which a person finds the door.
EXACT = ("entrance", "street")


@dataclass(frozen=True)
class Records:
    """Rows of the tables site, service and offer that belong together."""

    sites: Sequence[Record] = ()
    services: Sequence[Record] = ()
    offers: Sequence[Record] = ()


@dataclass(frozen=True)
class Figures:
    """Counts of published sites unless said otherwise.

    ``mute`` offer no published service; ``services`` are published services offered at them,
    ``offers`` how often, ``communes`` and ``provinces`` those that have one. ``on_time``,
    ``late`` and ``never`` (verified) sum up to the sites, and so do ``exact``, ``district``,
    ``approximate`` and ``unplaced`` (no position). ``freshness`` is the mean of the scores,
    None without sites; ``drafts`` and findings are of all records.
    """

    sites: int = 0
    drafts: int = 0
    mute: int = 0
    services: int = 0
    offers: int = 0
    communes: int = 0
    provinces: int = 0
    on_time: int = 0
    late: int = 0
    never: int = 0
    freshness: float | None = None
    arabic: int = 0
    english: int = 0
    spanish: int = 0
    spoken: int = 0
    phoned: int = 0
    exact: int = 0
    district: int = 0
    approximate: int = 0
    unplaced: int = 0
    blocking: int | None = None
    warnings: int | None = None


def visible(record: Record) -> bool:
    """Return whether readers see a record."""
    return record.get("status") == "published" and record.get("visibility") == "public"


def province_code(commune: str) -> str:
    """Return the code of a commune's province: HCP's codes begin with it (region, province)."""
    return ".".join(commune.split(".")[:2])


def figures_of(records: Records, on: date, findings: tuple[int, int] | None = None) -> Figures:
    """Count records as of a day; ``findings`` are the open ones, blocking and warnings."""
    sites = [row for row in records.sites if visible(row)]
    here = {row["site_id"] for row in sites}
    given = {row["service_id"] for row in records.services if visible(row)}
    offers = [
        row
        for row in records.offers
        if visible(row) and row["site_id"] in here and row["service_id"] in given
    ]
    communes = {row["commune_code"] for row in sites if row.get("commune_code")}
    blocking, warnings = findings or (None, None)
    return Figures(
        sites=len(sites),
        drafts=sum(row.get("status") == "draft" for row in records.sites),
        mute=len(here - {row["site_id"] for row in offers}),
        services=len({row["service_id"] for row in offers}),
        offers=len(offers),
        communes=len(communes),
        provinces=len({province_code(code) for code in communes}),
        **_freshness(sites, on),
        arabic=_filled(sites, "name_ar"),
        english=_filled(sites, "name_en"),
        spanish=_filled(sites, "name_es"),
        spoken=sum(row.get("languages") not in (None, "", "{}") for row in sites),
        phoned=_filled(sites, "phone"),
        **_precision(sites),
        blocking=blocking,
        warnings=warnings,
    )


def _filled(rows: Iterable[Record], name: str) -> int:
    return sum(bool(row.get(name)) for row in rows)


def _freshness(sites: Sequence[Record], on: date) -> dict[str, Any]:
    verified = [row for row in sites if row.get("verified_on")]
    late = sum(overdue(row["verified_on"], row.get("verify_every_months"), on) for row in verified)
    scores = [score(row.get("verified_on"), on) for row in sites]
    return {
        "on_time": len(verified) - late,
        "late": late,
        "never": len(sites) - len(verified),
        "freshness": sum(scores) / len(scores) if scores else None,
    }


def _precision(sites: Sequence[Record]) -> dict[str, int]:
    placed = [row.get("precision") for row in sites if row.get("lon") is not None]
    exact = sum(one in EXACT for one in placed)
    district = placed.count("district")
    return {
        "exact": exact,
        "district": district,
        "approximate": len(placed) - exact - district,
        "unplaced": len(sites) - len(placed),
    }
