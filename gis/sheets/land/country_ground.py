# SPDX-License-Identifier: GPL-2.0-or-later
"""The base map of the sheet of the whole country, in the equal-area projection of the locator."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.core import (
    QgsGeometry,
    QgsRectangle,
)

from ....store.boundaries import BOUNDARIES
from ..charter import Charter
from ..geometry import Rect
from ..plan.frames import round_scale
from .boundaries import Area, Limits, load_boundaries
from .ground import Ground, Shape, lighter_geometry
from .projection import to_projection

#: What is drawn of the world around the country, in degrees.
_WINDOW = QgsRectangle(-30, 12, 12, 44)


def country_ground(charter: Charter, frame: Rect) -> Ground:
    """Return the country's base map for a frame, at the largest allowed scale.

    Its « provinces » are the regions; the limit that is not drawn is left out of its lines.
    """
    extent = QgsRectangle()
    path = Path(BOUNDARIES)
    crs = charter["locator"]["crs"]
    near = _projected(crs, charter.undrawn, str(path), path.stat().st_mtime_ns)
    for _, geometry in near["region"]:
        extent.combineExtentWith(geometry.boundingBox())
    scale = round_scale(extent.width(), extent.height(), frame, charter)
    unit, middle = scale / 1000, extent.center()
    half = frame.w * unit / 2, frame.h * unit / 2
    shown = QgsRectangle(
        middle.x() - half[0], middle.y() - half[1], middle.x() + half[0], middle.y() + half[1]
    )
    window, tolerance = shown.buffered(scale * 0.004), charter["simplify"] * unit

    def drawn(shape: Shape) -> Shape:
        return shape[0], lighter_geometry(shape[1].clipped(window), tolerance)

    regions = tuple(map(drawn, near["region"]))
    lines = {area.code: geometry for area, geometry in map(drawn, near["line"])}
    whole = Area("00", "", "", "", b"")
    return Ground(
        transform=to_projection(crs),
        scale=scale,
        extent=shown,
        region=(whole, QgsGeometry.unaryUnion([geometry for _, geometry in regions])),
        others=(),
        neighbours=tuple(shape for shape in map(drawn, near["neighbour"]) if not _empty(shape)),
        provinces=regions,
        lines={"province": QgsGeometry(), "commune": QgsGeometry(), **lines},
        rivers=(),
    )


def _empty(shape: Shape) -> bool:
    return shape[1].isEmpty()


@lru_cache(maxsize=2)
def _projected(
    crs: str, hidden: tuple[tuple[str, str], ...], path: str, _mtime: int
) -> dict[str, tuple[Shape, ...]]:
    boundaries, transform = load_boundaries(Path(path)), to_projection(crs)
    limits = Limits(boundaries, hidden)

    def projected(geometry: QgsGeometry) -> QgsGeometry:
        near = geometry.clipped(_WINDOW)
        near.transform(transform)
        return near

    lines = {"region": limits.around_all_regions(), "country": limits.between_regions()}
    return {
        "region": tuple((one, projected(one.geometry())) for one in boundaries.areas("region")),
        "neighbour": tuple(
            (one, projected(one.geometry())) for one in boundaries.areas("neighbour")
        ),
        "line": tuple(
            (Area(name, "", "", "", b""), projected(line)) for name, line in lines.items()
        ),
    }
