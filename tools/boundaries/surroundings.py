# SPDX-License-Identifier: GPL-2.0-or-later
"""Rivers (GSHHG) and neighbouring countries (Natural Earth) round the national outline."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from . import BuildError

WORLD_ATLAS = "world-atlas@2.0.2"
WORLD_ATLAS_MEMBER = "package/countries-10m.json"
GMT_COMMAND = ("gmt", "coast", "-R-17.5/-0.9/20.5/36.2", "-Ia", "-Df", "-M")

# GSHHG's levels as gmt writes them, and ours: 1 and 2 run all year, 3 to 5 in some seasons.
RIVER_LEVELS = {2: 1, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5}
RIVER_MARGIN = 0.02

# ISO 3166: numeric code in Natural Earth, letters, French and Arabic names.
NEIGHBOURS = (
    ("724", "ES", "Espagne", "إسبانيا"),
    ("012", "DZ", "Algérie", "الجزائر"),
    ("478", "MR", "Mauritanie", "موريتانيا"),
    ("466", "ML", "Mali", "مالي"),
    ("620", "PT", "Portugal", "البرتغال"),
)
OWN_LAND = ("504", "732")  # Natural Earth's two pieces of the country: land, nothing more
FRAME = shapely.box(-20.0, 8.0, 13.0, 45.0)
# What Natural Earth draws on and off this shore is no neighbour's on a Moroccan map.
AFRICAN_SHORE = shapely.box(-6.5, 34.5, -1.0, 35.99)
SLIVER_REACH = 0.3
# Off these coasts, next to a frontier, Natural Earth's rough shoreline runs out to sea.
SEAWARD = shapely.union_all(
    [
        shapely.box(-2.60, 35.06, -2.215, 35.25),  # Saïdia
        shapely.box(-17.20, 20.70, -17.063, 20.795),  # Lagouira, from the cape northwards
        shapely.box(-17.20, 20.795, -17.0715, 20.95),
        shapely.box(-17.20, 20.95, -17.09, 21.60),
    ]
)
SMALLEST_RING = 4


@dataclass(frozen=True)
class River:
    """All the river lines of one level; 1 is the largest, 3 to 5 run in some seasons."""

    level: int
    lines: shapely.Geometry


@dataclass(frozen=True)
class Neighbour:
    """A neighbouring country without any land of ours."""

    iso: str
    name_fr: str
    name_ar: str
    polygon: shapely.Geometry


def read_rivers(dump: Path | None, country: shapely.Geometry) -> tuple[River, ...]:
    """Return the rivers in and just beyond the country, one multiline a level.

    `dump` is a file that ``gmt coast … -M`` wrote; None runs that command here.
    """
    text = dump.read_text(encoding="ascii") if dump else _gmt_rivers()
    clip = country.buffer(RIVER_MARGIN)
    shapely.prepare(clip)
    by_level: dict[int, list] = {}
    for segment in text.split(">")[1:]:
        heading, *rows = segment.strip().splitlines()
        level = RIVER_LEVELS[int(heading.rsplit("Level", 1)[1])]
        points = [[float(number) for number in row.split()] for row in rows]
        by_level.setdefault(level, []).append(shapely.LineString(points))
    rivers = []
    for level, lines in sorted(by_level.items()):
        inside = shapely.intersection(shapely.union_all(lines), clip)
        parts = [part for part in shapely.get_parts(inside) if part.geom_type == "LineString"]
        merged = shapely.line_merge(shapely.multilinestrings(parts))
        rivers.append(River(level, shapely.normalize(merged)))
    return tuple(rivers)


def read_neighbours(atlas: Path | None, country: shapely.Geometry) -> tuple[Neighbour, ...]:
    """Return the neighbours up to the national outline, with no gap and no overlap.

    `atlas` is world-atlas's ``countries-10m.json`` or its npm archive; None fetches it
    with npm. Natural Earth's frontier is not drawn: land between it and the national
    outline goes to the nearest neighbour, what lies within the outline is cut away.
    """
    topology = json.loads(_atlas_text(atlas))
    arcs = _arcs(topology)
    countries = {
        geometry.get("id"): _geometry(geometry, arcs)
        for geometry in topology["objects"]["countries"]["geometries"]
        if geometry.get("id") in {code for code, *_ in NEIGHBOURS} | set(OWN_LAND)
    }
    unclaimed = shapely.difference(
        shapely.union_all([countries[code] for code in OWN_LAND]),
        shapely.union_all([country, SEAWARD]),
    )
    taken = country
    neighbours = []
    for code, iso, name_fr, name_ar in NEIGHBOURS:
        drawn = shapely.intersection(_without_african_shore(countries[code]), FRAME)
        drawn = shapely.difference(drawn, SEAWARD)
        reach = shapely.intersection(unclaimed, drawn.buffer(SLIVER_REACH))
        filled = shapely.difference(shapely.union_all([drawn, reach]), taken)
        parts = [part for part in _polygons(filled) if part.intersects(drawn)]
        polygon = shapely.normalize(shapely.multipolygons(parts))
        taken = shapely.union_all([taken, polygon])
        neighbours.append(Neighbour(iso, name_fr, name_ar, polygon))
    return tuple(neighbours)


def _gmt_rivers() -> str:
    """Run gmt in a folder of its own, for it leaves its history where it runs."""
    if shutil.which("gmt") is None:
        raise BuildError(
            "GMT is not installed: apt-get install gmt gmt-gshhg-full, or give --gshhg a file "
            f"made elsewhere by: {' '.join(GMT_COMMAND)}"
        )
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(GMT_COMMAND, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode or ">" not in done.stdout:
        raise BuildError(
            f"GMT gave no rivers (is gmt-gshhg-full installed?): {done.stderr.strip()}"
        )
    return done.stdout


def _atlas_text(atlas: Path | None) -> str:
    if atlas is not None and atlas.suffix == ".json":
        return atlas.read_text(encoding="utf-8")
    if atlas is not None:
        return _archive_text(atlas)
    if shutil.which("npm") is None:
        raise BuildError(
            "npm is not installed: apt-get install npm, or give --world-atlas the archive "
            f"of {WORLD_ATLAS}."
        )
    with tempfile.TemporaryDirectory() as folder:
        command = ("npm", "pack", "--silent", WORLD_ATLAS)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildError(f"npm could not fetch {WORLD_ATLAS}: {done.stderr.strip()}")
        return _archive_text(Path(folder) / done.stdout.split()[-1])


def _archive_text(archive: Path) -> str:
    with tarfile.open(archive) as tar:
        member = tar.extractfile(WORLD_ATLAS_MEMBER)
        if member is None:
            raise BuildError(f"{archive} has no {WORLD_ATLAS_MEMBER}.")
        return member.read().decode("utf-8")


def _arcs(topology: dict) -> list[np.ndarray]:
    """Decode TopoJSON's arcs: running sums of integer steps, scaled and moved."""
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + origin for arc in topology["arcs"]]


def _geometry(entry: dict, arcs: list[np.ndarray]) -> shapely.Geometry:
    polygons = [entry["arcs"]] if entry["type"] == "Polygon" else entry["arcs"]
    parts = []
    for polygon in polygons:
        shell, *holes = [_ring(ring, arcs) for ring in polygon]
        if len(shell) >= SMALLEST_RING:  # islets that Natural Earth's rounding left as a line
            parts.append(shapely.make_valid(shapely.Polygon(shell, holes)))
    return shapely.union_all(parts)


def _ring(indices: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Join arcs end to end; a negative index is an arc read backwards."""
    pieces = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _without_african_shore(country: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(country)
    return shapely.multipolygons(parts[~shapely.within(parts, AFRICAN_SHORE)])


def _polygons(geometry: shapely.Geometry) -> list:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
