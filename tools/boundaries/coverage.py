# SPDX-License-Identifier: GPL-2.0-or-later
"""From single outlines to one seamless map: no overlap, no gap, shared edges alike.

Lengths are in metres on a plane that is true along the parallel of 30° north; it is
good enough to measure slivers with, and turning back from it gives the same degrees
for the same point, so that edges shared on the plane are shared on the globe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import shapely

from . import BuildError
from .census import Census
from .outlines import LostPart

Shapes = TypeVar("Shapes", np.ndarray, shapely.Geometry)

METRES_PER_DEGREE = np.array([111_320.0 * np.cos(np.radians(30.0)), 110_850.0])

ENCLAVE_SHARE = 0.5  # a piece more than half inside another lies in a hole that was lost
SNAPPING = 0.1
SLIVER_WIDTH = 100.0

# Visvalingam tolerance: the square root of the area a dropped vertex would cut off.
URBAN_DETAIL = 20.0
RURAL_DETAIL = 80.0
WEB_DETAIL = 800.0


@dataclass(frozen=True)
class Areas:
    """Polygons in degrees and, in the same order, the code each belongs to."""

    codes: tuple[str, ...]
    polygons: np.ndarray

    def __getitem__(self, code: str) -> shapely.Geometry:
        """Return the polygon of a code."""
        return self.polygons[self.codes.index(code)]


def seamless_communes(
    codes: np.ndarray, polygons: np.ndarray, lost_parts: tuple[LostPart, ...], census: Census
) -> Areas:
    """Return the country's communes (and uncoded places) as one clean coverage in degrees."""
    codes, polygons = _cut_enclaves(codes, _to_metres(polygons))
    drawn = [part for part in lost_parts if part.shape.geom_type == "Polygon"]
    codes, polygons = _add_drawn_parts(codes, polygons, drawn)
    polygons = shapely.coverage_clean(polygons, snapping_distance=SNAPPING, gap_width=SLIVER_WIDTH)
    gaps = [part for part in lost_parts if part.shape.geom_type == "Point"]
    codes, polygons = _fill_gaps(codes, polygons, gaps)
    units, polygons = _dissolve(codes, polygons)
    _require_coverage(polygons, "cleaned")
    rural = {unit.code for unit in census.communes if not unit.urban}
    polygons = _simplify(polygons, np.array([unit not in rural for unit in units]))
    _require_coverage(polygons, "simplified")
    return Areas(units, _to_degrees(polygons))


def dissolve(areas: Areas, group_of: dict[str, str]) -> Areas:
    """Return the unions of areas by group; an area that has no group is left out."""
    chosen = [index for index, code in enumerate(areas.codes) if code in group_of]
    groups = np.array([group_of[areas.codes[index]] for index in chosen])
    return Areas(*_dissolve(groups, areas.polygons[chosen]))


def light(areas: Areas) -> Areas:
    """Return the same areas with the detail that a phone's screen can show."""
    polygons = shapely.coverage_simplify(_to_metres(areas.polygons), WEB_DETAIL)
    _require_coverage(polygons, "light")
    return Areas(areas.codes, _to_degrees(polygons))


def _cut_enclaves(codes: np.ndarray, polygons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cut what lies inside a piece out of it, or drop it when it is of the same commune."""
    outer, inner = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    smaller = shapely.area(polygons[inner]) < shapely.area(polygons[outer])
    outer, inner = outer[smaller], inner[smaller]
    common = shapely.area(shapely.intersection(polygons[outer], polygons[inner]))
    inside = common > ENCLAVE_SHARE * shapely.area(polygons[inner])
    outer, inner = outer[inside], inner[inside]
    own = codes[outer] == codes[inner]
    cut = polygons.copy()
    for piece in np.unique(outer[~own]):
        holes = inner[(outer == piece) & ~own]
        cut[piece] = shapely.difference(polygons[piece], shapely.union_all(polygons[holes]))
    kept = np.setdiff1d(np.arange(len(codes)), inner[own])
    return codes[kept], cut[kept]


def _add_drawn_parts(
    codes: np.ndarray, polygons: np.ndarray, drawn: list[LostPart]
) -> tuple[np.ndarray, np.ndarray]:
    """Add parts that were drawn anew, as far as nothing else lies there."""
    shapes = _to_metres(np.array([part.shape for part in drawn]))
    free = [
        shapely.difference(shape, shapely.union_all(polygons[shapely.intersects(polygons, shape)]))
        for shape in shapes
    ]
    return np.concatenate([codes, [part.code for part in drawn]]), np.concatenate([polygons, free])


def _fill_gaps(
    codes: np.ndarray, polygons: np.ndarray, lost_parts: list[LostPart]
) -> tuple[np.ndarray, np.ndarray]:
    """Give each gap that is left to the commune that lost it; every gap must be known."""
    country = shapely.coverage_union_all(polygons)
    rings = [ring for part in shapely.get_parts(country) for ring in part.interiors]
    gaps = [shapely.difference(shapely.Polygon(ring), country) for ring in rings]
    owners = []
    for gap in gaps:
        inside = [part.code for part in lost_parts if gap.contains(_to_metres(part.shape))]
        if len(inside) != 1:
            longitude, latitude = _to_degrees(gap.representative_point()).coords[0]
            raise BuildError(
                f"The gap at {longitude:.4f}, {latitude:.4f} belongs to {inside or 'no commune'}: "
                "put one row for it into lost_parts.csv."
            )
        owners += inside
    if len(gaps) != len(lost_parts):
        raise BuildError(f"{len(lost_parts)} parts are lost but {len(gaps)} gaps were found.")
    return np.concatenate([codes, owners]), np.concatenate([polygons, gaps])


def _simplify(polygons: np.ndarray, urban: np.ndarray) -> np.ndarray:
    """Keep the coast, the frontier and the towns fine, the lines between villages coarser."""
    fine = shapely.coverage_simplify(polygons, URBAN_DETAIL)
    fine[~urban] = shapely.coverage_simplify(fine[~urban], RURAL_DETAIL, simplify_boundary=False)
    return fine


def _dissolve(codes: np.ndarray, polygons: np.ndarray) -> tuple[tuple[str, ...], np.ndarray]:
    names = sorted(set(codes.tolist()))
    unions = [shapely.coverage_union_all(polygons[codes == name]) for name in names]
    return tuple(names), shapely.normalize(np.array(unions))


def _require_coverage(polygons: np.ndarray, step: str) -> None:
    if not (shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons)):
        raise BuildError(f"The {step} communes overlap or do not share their edges exactly.")
    if shapely.is_empty(polygons).any():
        raise BuildError(f"A commune vanished from the {step} map.")


def _to_metres(geometry: Shapes) -> Shapes:
    return shapely.transform(geometry, lambda degrees: degrees * METRES_PER_DEGREE)


def _to_degrees(geometry: Shapes) -> Shapes:
    return shapely.transform(geometry, lambda metres: metres / METRES_PER_DEGREE)
