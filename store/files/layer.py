# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a layer that GDAL has opened, as text, and where its features are.

GDAL gives its values one by one, or (since 3.6) some rows at a time as columns in Arrow's form
(RFC 86), which takes half of the time. GDAL 3.6 makes all cells of such a column as wide as the
longest, and of other formats than workbooks a damaged file may give empty columns without end:
workbooks without long texts are read so, all others one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

import numpy as np
from osgeo import ogr, osr

from ...domain.text import BETWEEN

# No more rows at a time: they take no longer, and less memory.
_STREAM = ("INCLUDE_FID=NO", "USE_MASKED_ARRAYS=NO", "MAX_FEATURES_IN_BATCH=64")


def rows_of(layer: ogr.Layer, width: int, placed: bool, together: bool) -> Iterator[Sequence[str]]:
    """Yield the first ``width`` cells of each row of a layer.

    If it is ``placed``, each row's latitude and longitude stand behind them, "" for none. Some
    rows may be read ``together`` if the layer is a sheet of brief texts.
    """
    done = 0
    for rows in _some_together(layer, width) if together and not placed else ():
        done += len(rows)
        yield from rows
    # Whatever GDAL did not give so, or all: it is older, or it gave up half way.
    if done == 0 or done != layer.GetFeatureCount():
        yield from islice(_one_by_one(layer, width, placed), done, None)


def _one_by_one(layer: ogr.Layer, width: int, placed: bool) -> Iterator[Sequence[str]]:
    columns = range(width)
    to_degrees = _to_degrees(layer) if placed else None
    for feature in layer:
        row = [text or "" for text in map(feature.GetFieldAsString, columns)]
        if placed:
            row += _position(feature.GetGeometryRef(), to_degrees)
        yield row


def _some_together(layer: ogr.Layer, width: int) -> Iterator[list[tuple[str, ...]]]:
    """Yield some rows at a time, to the first failure; none if a column is not of text."""
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(index) for index in range(definition.GetFieldCount())]
    if len({one.GetName() for one in fields}) != width or any(
        one.GetType() != ogr.OFTString for one in fields
    ):
        return
    layer.ResetReading()
    with suppress(Exception):  # GDAL's bindings raise nothing finer
        for batch in layer.GetArrowStreamAsNumPy(list(_STREAM)):
            rows = list(zip(*map(_texts, batch.values())))  # by column, in their order
            if not rows:
                return
            yield rows


def _texts(column: np.ndarray) -> list[str]:
    """Return the cells of a column: bytes of one length, or of a wide one texts and None."""
    values = column.tolist()
    if column.dtype.kind != "S":
        return [value or "" for value in values]
    together = BETWEEN.encode().join(values).decode("utf-8", "replace").split(BETWEEN)
    if len(together) == len(values):
        return together
    return [value.decode("utf-8", "replace") for value in values]  # one of them holds it


def _to_degrees(layer: ogr.Layer) -> osr.CoordinateTransformation | None:
    """Return the way from a layer's reference system to WGS 84, None if it is there already."""
    source = layer.GetSpatialRef()
    if source is None:
        return None
    target = osr.SpatialReference()
    target.ImportFromEPSG(4326)
    for one in (source, target):
        one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return None if source.IsSame(target) else osr.CoordinateTransformation(source, target)


def _position(
    geometry: ogr.Geometry | None, to_degrees: osr.CoordinateTransformation | None
) -> tuple[str, str]:
    """Return latitude and longitude of a feature's point, or of a point on it."""
    if geometry is None or geometry.IsEmpty():
        return "", ""
    geometry = geometry.Clone()
    try:
        placed = not to_degrees or geometry.Transform(to_degrees) == ogr.OGRERR_NONE
    except RuntimeError:  # other plugins have GDAL raise, for everybody
        placed = False
    if not placed:
        return "", ""
    is_point = ogr.GT_Flatten(geometry.GetGeometryType()) == ogr.wkbPoint
    point = geometry if is_point else geometry.PointOnSurface() or geometry.Centroid()
    return repr(point.GetY()), repr(point.GetX())
