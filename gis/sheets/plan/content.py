# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands on a region's sheet, worked out from the public view; no QGIS, no paper yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ....domain.places import Unit
from ....domain.text import fold

Record = Mapping[str, Any]

#: Precisions of a position that is the commune's, not the building's (vocabulary ``precision``).
APPROXIMATE = ("commune", "unknown")


@dataclass(frozen=True)
class Entry:
    """One published site with its number on the sheet.

    ``institution`` is the code of the row that gives its symbol: its institution's, or its
    class's where the map shows sites by something else. ``unit`` is the commune, arrondissement
    or city it stands in; ``kind`` its kind's labels by language. ``point`` is (longitude,
    latitude) in degrees, None when the position is unknown.
    """

    number: int
    site: Record
    institution: str
    unit: Unit
    kind: Mapping[str, str]
    point: tuple[float, float] | None

    @property
    def province_code(self) -> str:
        """Code of the province it stands in."""
        return self.unit.province_code or ""

    @property
    def approximate(self) -> bool:
        """Whether the position is the commune's."""
        return self.site.get("precision") in APPROXIMATE

    def name(self, language: str) -> str:
        """Return the site's own name in a language, empty if nobody gave it."""
        return " ".join((self.site.get(f"name_{language}") or "").split())

    def described(self, language: str, province: Unit) -> str:
        """Return what can be said for want of a name: kind and commune, else the French name.

        The commune is not said where it bears its province's name, under which it is listed.
        """
        kind = self.kind.get(language, "")
        place = getattr(self.unit, f"name_{language}")
        if self.unit.name_fr == province.name_fr:
            place = ""
        return " - ".join(filter(None, (kind, place))) if kind else self.name("fr")


@dataclass(frozen=True)
class Content:
    """All that a region's sheet tells. ``counts`` is by (province code, institution code).

    ``institutions`` give the symbols (or the classes, see ``Entry``); ``owners`` are the
    institutions in any case.
    """

    region: Unit
    institutions: tuple[Record, ...]
    owners: tuple[Record, ...]
    provinces: tuple[Unit, ...]
    entries: tuple[Entry, ...]
    counts: Mapping[tuple[str, str], int]

    def total(self, province: str | None = None, institution: str | None = None) -> int:
        """Return how many sites a province, an institution, or the region has."""
        return sum(
            count
            for (one, other), count in self.counts.items()
            if province in (None, one) and institution in (None, other)
        )

    @property
    def classes(self) -> tuple[Record, ...]:
        """The rows that give the symbols if the map shows sites by something else; or none."""
        owners = {row["code"] for row in self.owners}
        return () if {row["code"] for row in self.institutions} <= owners else self.institutions

    @property
    def web_region(self) -> str:
        """Code by which the published page shows the region; empty for the whole country."""
        return self.region.code if self.region.level == "region" else ""

    @property
    def unplaced(self) -> tuple[Entry, ...]:
        """The sites whose position is not known."""
        return tuple(entry for entry in self.entries if entry.point is None)


@dataclass(frozen=True)
class Stop:
    """A point of the map where one or more sites stand."""

    point: tuple[float, float]
    entries: tuple[Entry, ...]


def region_content(
    view, units: Mapping[str, Unit], region_code: str, classes: Sequence[Record] = ()
) -> Content:
    """Gather a region's sites in the order of the index: province, commune, institution, name.

    ``view`` is a PublicView, ``units`` the gazetteer's units by code; ``classes`` are the rows
    that give the symbols where sites are not shown by institution (``class_code``).
    """
    signs = classes or view.institutions
    ranks = {row["code"]: rank for rank, row in enumerate(signs)}
    kinds = {term.code: term.labels for term in view.terms if term.vocabulary == "site_kind"}
    sites = [row for row in view.sites if row["region_code"] == region_code]
    sites.sort(key=lambda row: _order(row, units, ranks))
    entries = tuple(
        Entry(
            number=number,
            site=row,
            institution=sign_of(row),
            unit=units[row["commune_code"]],
            kind=kinds.get(row.get("kind"), {}),
            point=None if row["lon"] is None else (row["lon"], row["lat"]),
        )
        for number, row in enumerate(sites, start=1)
    )
    present = {entry.institution for entry in entries}
    owners = {row["institution_code"] for row in sites}
    provinces = [
        unit
        for unit in units.values()
        if unit.level == "province" and unit.region_code == region_code
    ]
    return Content(
        region=units[region_code],
        institutions=tuple(row for row in signs if row["code"] in present),
        owners=tuple(row for row in view.institutions if row["code"] in owners),
        provinces=tuple(sorted(provinces, key=lambda unit: fold(unit.name_fr))),
        entries=entries,
        counts=Counter((entry.province_code, entry.institution) for entry in entries),
    )


def sign_of(row: Record) -> str:
    """Return the code of what gives a site its symbol: its class, or its institution."""
    return row.get("class_code") or row["institution_code"]


def _order(row: Record, units: Mapping[str, Unit], ranks: Mapping[str, int]) -> tuple:
    unit = units[row["commune_code"]]
    city = units.get(unit.city_code or "", unit)
    return (
        fold(units[unit.province_code or ""].name_fr),
        fold(city.name_fr),
        "" if unit is city else fold(unit.name_fr),
        ranks[sign_of(row)],
        fold(row["name_fr"] or ""),
        row["site_id"],
    )


def stops(entries: Iterable[Entry]) -> tuple[Stop, ...]:
    """Group the sites that stand on the same point, in the order of their numbers."""
    grouped: dict[tuple[float, float], list[Entry]] = {}
    for entry in entries:
        if entry.point is not None:
            lon, lat = entry.point
            grouped.setdefault((round(lon, 5), round(lat, 5)), []).append(entry)
    return tuple(Stop(point, tuple(found)) for point, found in grouped.items())


def known_by_commune(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the institutions of which every site here is known by its commune alone."""
    found = frozenset(entry.institution for entry in entries if entry.approximate)
    return found - {entry.institution for entry in entries if not entry.approximate}


def written_numbers(numbers: Sequence[int]) -> str:
    """Return numbers as a reader's list: 3, 5–8, 12."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs)


def _run(run: list[int]) -> str:
    joint = "–" if len(run) > 2 else ", "
    return str(run[0]) if len(run) == 1 else f"{run[0]}{joint}{run[-1]}"
