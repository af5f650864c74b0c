# SPDX-License-Identifier: GPL-2.0-or-later
"""The base map of one sheet, prepared once: projected, cut to the frame, simplified.

Drawing prepared geometry is several times as fast as drawing the data as stored; what is
prepared is kept until the boundaries file changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
)

from ....domain.shapes import lighter
from ....store.boundaries import BOUNDARIES
from ..geometry import Rect
from .boundaries import Area, Limits, load_boundaries, wkb_rings
from .projection import from_degrees, pinned, zone

Shape = tuple[Area, QgsGeometry]
#: Beyond the frame, so that outlines end out of sight: metres for each unit of scale.
_OVERLAP = 0.004


@dataclass(frozen=True)
class Setting:
    """What a base map depends on: region, zone, scale, frame in mm, and what is not drawn.

    ``middle`` is the map's middle in metres of the zone; None is the middle of the region.
    """

    region: str
    epsg: int
    scale: float
    width: float
    height: float
    tolerance: float
    hidden: tuple[tuple[str, str], ...]
    middle: tuple[float, float] | None = None


@dataclass(frozen=True)
class Paper:
    """A map's place on the ground: millimetres of paper to metres of its projection and back."""

    transform: QgsCoordinateTransform
    scale: float
    extent: QgsRectangle

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The map's projection."""
        return self.transform.destinationCrs()

    @property
    def frame(self) -> Rect:
        """The paper map as a rectangle at the origin."""
        unit = self.scale / 1000
        return Rect(0, 0, self.extent.width() / unit, self.extent.height() / unit)

    def paper(self, lon: float, lat: float) -> tuple[float, float]:
        """Return a place in millimetres from the map's upper left corner."""
        point = self.transform.transform(QgsPointXY(lon, lat))
        return self._paper(point.x(), point.y())

    def _paper(self, x, y):
        unit = self.scale / 1000
        return (x - self.extent.xMinimum()) / unit, (self.extent.yMaximum() - y) / unit

    def ground(self, x: float, y: float) -> QgsPointXY:
        """Return the point of the projection under a point of the paper map."""
        unit = self.scale / 1000
        return QgsPointXY(self.extent.xMinimum() + x * unit, self.extent.yMaximum() - y * unit)

    def rings(self, geometry: QgsGeometry) -> tuple[np.ndarray, ...]:
        """Return a polygon's rings in millimetres of the paper map."""
        if geometry.isEmpty():
            return ()
        rings = wkb_rings(bytes(geometry.asWkb().data()))
        return tuple(np.column_stack(self._paper(ring[:, 0], ring[:, 1])) for ring in rings)


@dataclass(frozen=True)
class Ground(Paper):
    """A prepared base map on its paper."""

    region: Shape
    others: tuple[Shape, ...]
    neighbours: tuple[Shape, ...]
    provinces: tuple[Shape, ...]
    lines: Mapping[str, QgsGeometry]
    rivers: tuple[Shape, ...]


def region_extent(region: str, epsg: int) -> QgsRectangle:
    """Return a region's extent in its zone, in metres."""
    return QgsRectangle(_extent(region, epsg, *_version()))


def region_rings(setting: Setting) -> tuple[np.ndarray, ...]:
    """Return the outline of a sheet's region on its paper, in mm, without preparing the map."""
    geometry = _region(setting.region, setting.epsg, *_version())
    return lay_paper(setting).rings(geometry)


def lay_paper(setting: Setting) -> Paper:
    """Return where a sheet's map lies, without preparing it."""
    region = region_extent(setting.region, setting.epsg)
    return Paper(_transform(setting.epsg), setting.scale, _frame(region, setting))


def prepare(setting: Setting, within: Setting | None = None) -> Ground:
    """Return the base map of a sheet; a second call with the same setting costs nothing.

    One ``within`` another map takes what that one has projected already.
    """
    return _prepare(setting, within or setting, *_version())


def _version() -> tuple[str, int]:
    path = Path(BOUNDARIES)
    return str(path), path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=32)
def _extent(region: str, epsg: int, path: str, _mtime: int) -> QgsRectangle:
    return _region(region, epsg, path, _mtime).boundingBox()


@lru_cache(maxsize=32)
def _region(region: str, epsg: int, path: str, _mtime: int) -> QgsGeometry:
    area = next(one for one in load_boundaries(Path(path)).areas("region") if one.code == region)
    geometry = area.geometry()
    geometry.transform(_transform(epsg))
    return geometry


@lru_cache(maxsize=4)
def _limits(
    path: str, mtime: int, hidden: tuple[tuple[str, str], ...], region: str
) -> Mapping[str, QgsGeometry]:
    limits, country = _all_limits(path, mtime, hidden)
    return {"country": country, **limits.of_region(region)}


@lru_cache(maxsize=2)
def _all_limits(
    path: str, _mtime: int, hidden: tuple[tuple[str, str], ...]
) -> tuple[Limits, QgsGeometry]:
    limits = Limits(load_boundaries(Path(path)), hidden)
    return limits, limits.of_all_regions()


def _transform(epsg: int) -> QgsCoordinateTransform:
    crs = zone(epsg)
    return from_degrees(crs, pinned(QgsCoordinateTransformContext(), crs))


@dataclass(frozen=True)
class _Near:
    """What shows in a map's frame and a little beyond, projected, in every detail."""

    areas: Mapping[str, tuple[Shape, ...]]
    lines: Mapping[str, QgsGeometry]


@lru_cache(maxsize=4)
def _near(setting: Setting, path: str, mtime: int) -> _Near:
    boundaries = load_boundaries(Path(path))
    transform = _transform(setting.epsg)
    window = _window(_frame(_extent(setting.region, setting.epsg, path, mtime), setting), setting)
    backwards = Qgis.TransformDirection.Reverse
    degrees = transform.transformBoundingBox(window, backwards).buffered(0.3)

    def projected(geometry: QgsGeometry) -> QgsGeometry:
        if geometry.isEmpty() or not geometry.boundingBox().intersects(degrees):
            return QgsGeometry()
        # Far from its zone a conic projection goes astray, so cut in degrees first.
        near = geometry.clipped(degrees)
        near.transform(transform)
        return near.clipped(window)

    areas = {}
    for table in ("region", "neighbour", "province", "river"):
        only = setting.region if table == "province" else ""
        cut = ((area, projected(area.geometry())) for area in boundaries.areas(table, only))
        areas[table] = tuple(shape for shape in cut if not shape[1].isEmpty())
    lines = _limits(path, mtime, setting.hidden, setting.region)
    return _Near(areas, {kind: projected(geometry) for kind, geometry in lines.items()})


@lru_cache(maxsize=8)
def _prepare(setting: Setting, within: Setting, path: str, mtime: int) -> Ground:
    near = _near(within, path, mtime)
    extent = _frame(_extent(setting.region, setting.epsg, path, mtime), setting)
    window = _window(extent, setting)

    def drawn(geometry: QgsGeometry) -> QgsGeometry:
        box = geometry.boundingBox()
        if geometry.isEmpty() or not box.intersects(window):
            return QgsGeometry()
        shown = geometry if window.contains(box) else geometry.clipped(window)
        return lighter_geometry(shown, setting.tolerance / 1000 * setting.scale)

    areas = {}
    for table, shapes in near.areas.items():
        cut = ((area, drawn(geometry)) for area, geometry in shapes)
        areas[table] = tuple(shape for shape in cut if not shape[1].isEmpty())
    regions = areas["region"]
    return Ground(
        transform=_transform(setting.epsg),
        scale=setting.scale,
        extent=extent,
        region=next(shape for shape in regions if shape[0].code == setting.region),
        others=tuple(shape for shape in regions if shape[0].code != setting.region),
        neighbours=areas["neighbour"],
        provinces=areas["province"],
        lines={kind: drawn(geometry) for kind, geometry in near.lines.items()},
        rivers=areas["river"],
    )


def lighter_geometry(geometry: QgsGeometry, tolerance: float) -> QgsGeometry:
    """Return a geometry with as few points as show no difference at a tolerance, in its units."""
    light = QgsGeometry()
    if not geometry.isEmpty():
        light.fromWkb(lighter(bytes(geometry.asWkb().data()), tolerance))
    return light


def _frame(region: QgsRectangle, setting: Setting) -> QgsRectangle:
    unit = setting.scale / 1000
    half = setting.width * unit / 2, setting.height * unit / 2
    x, y = setting.middle or (region.center().x(), region.center().y())
    return QgsRectangle(x - half[0], y - half[1], x + half[0], y + half[1])


def _window(extent: QgsRectangle, setting: Setting) -> QgsRectangle:
    return extent.buffered(setting.scale * _OVERLAP)
