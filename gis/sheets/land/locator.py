# SPDX-License-Identifier: GPL-2.0-or-later
"""The small map that shows where the region lies: always the whole national territory."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsRectangle,
    QgsVectorLayer,
)

from ....store.boundaries import BOUNDARIES
from ..charter import Charter
from ..memory import memory_layer
from .boundaries import Limits, load_boundaries
from .projection import to_projection

#: Simplification in metres, 0.05 mm at the locator's scale, and the margin around the country.
_TOLERANCE, _MARGIN = 1500.0, 60_000.0
#: The name of its layers.
_NAME = "Localisation"


class Outlines(NamedTuple):
    """Regions by code and the limits between them, in metres of the locator's projection."""

    regions: Mapping[str, QgsGeometry]
    limits: QgsGeometry


class Locator:
    """The locator's layers; those of the country are shared by all sheets."""

    def __init__(self, charter: Charter) -> None:
        self.crs = QgsCoordinateReferenceSystem.fromProj(charter["locator"]["crs"])
        path = Path(BOUNDARIES)
        self._shapes = _shapes(
            charter["locator"]["crs"], charter.undrawn, str(path), path.stat().st_mtime_ns
        )
        self._colours = charter.colours
        self.extent = QgsRectangle()
        for geometry in self._shapes["region"].values():
            self.extent.combineExtentWith(geometry.boundingBox())
        self.extent = self.extent.buffered(_MARGIN)
        self._made: list[QgsVectorLayer] = []

    def outlines(self) -> Outlines:
        """Return the regions and the limits between them, for a map drawn elsewhere."""
        return Outlines(self._shapes["region"], self._shapes["line"][""])

    @property
    def shape(self) -> float:
        """Width of the country for a height of 1."""
        return self.extent.width() / self.extent.height()

    @property
    def middles(self) -> dict[str, tuple[float, float]]:
        """A point inside each region, as parts of the map's width and height from above left."""
        found = {}
        for code, geometry in self._shapes["region"].items():
            point = geometry.poleOfInaccessibility(5000.0)[0].asPoint()
            found[code] = (
                (point.x() - self.extent.xMinimum()) / self.extent.width(),
                (self.extent.yMaximum() - point.y()) / self.extent.height(),
            )
        return found

    def layers(self, region: str) -> list[QgsVectorLayer]:
        """Return the layers for a region's sheet, from top to bottom."""
        regions, colours = self._shapes["region"], self._colours
        made = [
            self._lines(list(self._shapes["line"].values()), colours["paper"]),
            self._areas([regions[region]], colours["accent"]),
            self._areas(list(regions.values()), colours["locator"]),
            self._areas(list(self._shapes["neighbour"].values()), colours["neighbour"]),
        ]
        self._made += made
        return made

    def _areas(self, geometries: list[QgsGeometry], fill: str) -> QgsVectorLayer:
        symbol = QgsFillSymbol.createSimple(
            {"color": fill, "outline_color": fill, "outline_width": "0.1"}
        )
        return memory_layer(_NAME, "Polygon", self.crs, geometries, symbol)

    def _lines(self, geometries: list[QgsGeometry], colour: str) -> QgsVectorLayer:
        symbol = QgsLineSymbol.createSimple({"line_color": colour, "line_width": "0.18"})
        return memory_layer(_NAME, "LineString", self.crs, geometries, symbol)


@lru_cache(maxsize=2)
def _shapes(
    crs: str, hidden: tuple[tuple[str, str], ...], path: str, _mtime: int
) -> dict[str, dict[str, QgsGeometry]]:
    boundaries = load_boundaries(Path(path))
    transform = to_projection(crs)
    window = QgsRectangle(-25, 17, 4, 40)

    def drawn(geometry: QgsGeometry) -> QgsGeometry:
        cut = geometry.clipped(window)
        cut.transform(transform)
        return cut.simplify(_TOLERANCE)

    return {
        "region": {one.code: drawn(one.geometry()) for one in boundaries.areas("region")},
        "neighbour": {one.code: drawn(one.geometry()) for one in boundaries.areas("neighbour")},
        "line": {"": drawn(Limits(boundaries, hidden).between_regions())},
    }
