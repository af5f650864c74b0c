# SPDX-License-Identifier: GPL-2.0-or-later
"""What the committee reads of a store: figures by institution and region, gaps and the trend."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.figures import Figures, Records, figures_of, province_code, visible
from ..domain.places import Unit
from ..domain.report import BLOCKING
from .boundaries import load_units
from .database import Row, Store
from .institutions import member_codes
from .public import territory
from .rewind import Tables, states_at

#: Publications that the trend goes back to.
TREND = 6
_TABLES = ("site", "service", "offer")
_BY_INSTITUTION, _BY_REGION = "institution", "region"


@dataclass(frozen=True)
class Section:
    """The figures of an institution or a region (``code``, "" without one), now and before.

    ``before`` is at the last publication, None if there was none yet. ``covered`` are the
    provinces that have one of its published sites.
    """

    code: str
    now: Figures
    before: Figures | None
    covered: frozenset[str]


@dataclass(frozen=True)
class Milestone:
    """The figures of the whole store at a publication (``at``: its moment, UTC)."""

    at: str
    figures: Figures


@dataclass(frozen=True)
class CommitteeFigures:
    """All figures of a report of a day.

    ``members`` are the codes of the committee's institutions; ``sites`` are numbers of
    published sites by (institution code, region code); ``trend`` are the last publications,
    oldest first.
    """

    on: date
    institutions: tuple[Row, ...]
    members: frozenset[str]
    regions: tuple[Unit, ...]
    provinces: tuple[Unit, ...]
    by_institution: tuple[Section, ...]
    by_region: tuple[Section, ...]
    total: Section
    sites: Mapping[tuple[str, str], int]
    trend: tuple[Milestone, ...]


def committee_figures(store: Store, on: date | None = None) -> CommitteeFigures:
    """Count what a store holds on a day (today if none is given) and held when published.

    Members and whoever has records are listed, and all twelve regions; what has no region, and
    findings on services, stand under the region "" so that tables add up.
    """
    day = on or date.today()
    units = load_units()
    tables: Tables = {name: store.by_key(name) for name in _TABLES}
    releases = sorted(store.rows("release"), key=lambda row: row["at"])[-TREND:]
    trend, before = _past(store, releases, units)
    findings = _Findings(store, tables, units)
    institutions = _institutions(store, tables)
    regions = _units_of(units, "region")
    now = {kind: _parts(tables, units, kind) for kind in (_BY_INSTITUTION, _BY_REGION)}

    def section(kind: str, code: str) -> Section:
        then = before[kind].get(code, Figures()) if before is not None else None
        return _section(code, now[kind].get(code, Records()), then, findings.of(kind, code), day)

    everything = _all(tables)
    region_codes = [unit.code for unit in regions]
    if "" in now[_BY_REGION] or any(findings.of(_BY_REGION, "")):
        region_codes.append("")
    return CommitteeFigures(
        on=day,
        institutions=institutions,
        members=member_codes(),
        regions=regions,
        provinces=_units_of(units, "province"),
        by_institution=tuple(section(_BY_INSTITUTION, row["code"]) for row in institutions),
        by_region=tuple(section(_BY_REGION, code) for code in region_codes),
        total=_section("", everything, trend[-1].figures if trend else None, findings.all(), day),
        sites=_matrix(everything.sites, units),
        trend=tuple(trend),
    )


def _section(
    code: str, records: Records, before: Figures | None, found: tuple[int, int], day: date
) -> Section:
    provinces = {
        province_code(row["commune_code"])
        for row in records.sites
        if visible(row) and row["commune_code"]
    }
    return Section(code, figures_of(records, day, found), before, frozenset(provinces))


def _all(tables: Tables) -> Records:
    return Records(*(tuple(tables[name].values()) for name in _TABLES))


def _parts(tables: Tables, units: Mapping[str, Unit], kind: str) -> dict[str, Records]:
    """Return the records of each institution, or of each region ("" where there is none)."""
    sites: dict[str, list[Row]] = {}
    for row in tables["site"].values():
        sites.setdefault(_site_part(row, units, kind), []).append(row)
    parts = {}
    services = tuple(tables["service"].values())
    for code, mine in sites.items():
        here = {row["site_id"] for row in mine}
        offers = tuple(row for row in tables["offer"].values() if row["site_id"] in here)
        parts[code] = Records(tuple(mine), services, offers)
    return parts


def _site_part(row: Row, units: Mapping[str, Unit], kind: str) -> str:
    if kind == _BY_INSTITUTION:
        return row["institution_code"]
    return territory(row["commune_code"], units)[1] or ""


def _past(
    store: Store, releases: list[Row], units: Mapping[str, Unit]
) -> tuple[list[Milestone], dict[str, dict[str, Figures]] | None]:
    """Return the publications, oldest first, and the parts' figures at the last one."""
    noted = {row["at"]: _noted(row) for row in releases}
    trend: list[Milestone] = []
    before = None
    for moment, tables in states_at(store, list(noted), _TABLES):
        day = date.fromisoformat(moment[:10])
        if before is None:
            before = {
                kind: {
                    code: figures_of(part, day)
                    for code, part in _parts(tables, units, kind).items()
                }
                for kind in (_BY_INSTITUTION, _BY_REGION)
            }
        trend.insert(0, Milestone(moment, figures_of(_all(tables), day, noted[moment])))
    return trend, before


def _noted(release: Row) -> tuple[int, int] | None:
    """Return the findings that a publication noted, None if it noted none."""
    try:
        counts = json.loads(release["counts"] or "{}")
        return int(counts["blocking"]), int(counts["warnings"])
    except (ValueError, KeyError, TypeError):
        return None


def _institutions(store: Store, tables: Tables) -> tuple[Row, ...]:
    """Return the institutions that have records, and the committee's members, in their order."""
    used = {
        row["institution_code"] for name in ("site", "service") for row in tables[name].values()
    }
    members = member_codes()
    rows = [row for row in store.rows("institution") if row["code"] in used | members]
    return tuple(sorted(rows, key=lambda row: (row["sort"] or 100, row["code"])))


def _units_of(units: Mapping[str, Unit], level: str) -> tuple[Unit, ...]:
    found = (unit for unit in units.values() if unit.level == level)
    return tuple(sorted(found, key=lambda unit: unit.code))


def _matrix(
    sites: Iterable[Mapping[str, Any]], units: Mapping[str, Unit]
) -> Mapping[tuple[str, str], int]:
    return Counter(
        (row["institution_code"], territory(row["commune_code"], units)[1] or "")
        for row in sites
        if visible(row)
    )


class _Findings:
    """The open findings, counted by institution and region of their records."""

    def __init__(self, store: Store, tables: Tables, units: Mapping[str, Unit]) -> None:
        self._counts: Counter = Counter()
        for row in store.rows("finding", state="open"):
            severity = row["severity"] == BLOCKING
            site = tables["site"].get(row["key"])
            offer = tables["offer"].get(row["key"], {})
            record = site or tables["service"].get(row["key"]) or tables["site"].get(
                offer.get("site_id", ""), {}
            )  # fmt: skip
            region = territory(record.get("commune_code"), units)[1] or ""
            self._counts[_BY_INSTITUTION, record.get("institution_code") or "", severity] += 1
            self._counts[_BY_REGION, region, severity] += 1
            self._counts["all", "", severity] += 1

    def of(self, kind: str, code: str) -> tuple[int, int]:
        return self._counts[kind, code, True], self._counts[kind, code, False]

    def all(self) -> tuple[int, int]:
        return self.of("all", "")


def open_findings(store: Store) -> dict[str, int]:
    """Return how many findings are open, as a publication notes them."""
    counts = Counter(row["severity"] for row in store.rows("finding", state="open"))
    return {"blocking": counts["blocking"], "warnings": counts["warning"]}
