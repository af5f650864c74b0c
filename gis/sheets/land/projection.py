# SPDX-License-Identifier: GPL-2.0-or-later
"""From degrees to the sheet: the Merchich zones, and the operation that leads there.

PROJ has no accurate operation between WGS 84 and EPSG:26195 and silently takes one that is
257 m off; so the operation is pinned here, with the parameters of EPSG:1165 (Merchich to WGS 84:
31, 146, 47 m), for each zone that a sheet uses.
"""

from __future__ import annotations

import re

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
)

from ....domain.errors import PrintError

WGS84 = "EPSG:4326"
_SHIFT = "+x=-31 +y=-146 +z=-47"


def zone(epsg: int) -> QgsCoordinateReferenceSystem:
    """Return a Merchich zone; PrintError if this QGIS does not know it."""
    crs = QgsCoordinateReferenceSystem(f"EPSG:{epsg}")
    if not crs.isValid():
        raise PrintError(
            "QGIS does not know EPSG:{epsg}, the projection of this region. Its projection "
            "database is damaged: install QGIS again.",
            epsg=epsg,
        )
    return crs


def pinned(
    context: QgsCoordinateTransformContext, crs: QgsCoordinateReferenceSystem
) -> QgsCoordinateTransformContext:
    """Return the context with the accurate operation from WGS 84 to a Merchich zone."""
    context = QgsCoordinateTransformContext(context)
    context.addCoordinateOperation(
        QgsCoordinateReferenceSystem(WGS84), crs, merchich_operation(crs.toProj()), False
    )
    return context


def merchich_operation(zone_definition: str) -> str:
    """Return the PROJ pipeline from WGS 84 degrees to a zone given as a PROJ string."""
    step = re.sub(r"\+(towgs84=\S+|units=m|no_defs|type=crs)", "", zone_definition)
    return " ".join(
        (
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad",
            "+step +proj=push +v_3 +step +proj=cart +ellps=WGS84",
            f"+step +proj=helmert {_SHIFT}",
            "+step +inv +proj=cart +ellps=clrk80ign +step +proj=pop +v_3",
            f"+step {' '.join(step.split())}",
        )
    )


def from_degrees(
    crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> QgsCoordinateTransform:
    """Return the transform from WGS 84 to a zone; PrintError if it is not the pinned one."""
    source = QgsCoordinateReferenceSystem(WGS84)
    transform = QgsCoordinateTransform(source, crs, context)
    pinned_operation = context.calculateCoordinateOperation(source, crs)
    if crs.isGeographic() or "+towgs84" in crs.toProj() or not pinned_operation:
        return transform
    if "helmert" not in pinned_operation:
        raise PrintError(
            "The operation from WGS 84 to {projection} is not accurate: positions would be "
            "257 m off. Nothing was printed.",
            projection=crs.authid(),
        )
    return transform


def to_projection(definition: str) -> QgsCoordinateTransform:
    """Return the transform from WGS 84 to a projection given as a PROJ string, with no datum's."""
    return QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(WGS84),
        QgsCoordinateReferenceSystem.fromProj(definition),
        QgsCoordinateTransformContext(),
    )
