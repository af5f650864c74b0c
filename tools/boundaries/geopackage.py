# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the layers into one GeoPackage, alike byte for byte on every run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from osgeo import gdal, ogr, osr

TEXT, INTEGER = ogr.OFTString, ogr.OFTInteger


@dataclass(frozen=True)
class Layer:
    """A table: its columns as (name, type), its rows as (geometry or None, values)."""

    name: str
    description: str
    geometry_type: int
    columns: Sequence[tuple[str, int]]
    rows: Iterable[tuple[shapely.Geometry | None, Sequence]]


def write_geopackage(path: Path, layers: Iterable[Layer], date: str) -> None:
    """Write the layers to `path`; what was there before is replaced only when all is done.

    `date` (ISO 8601, with time and Z) is written as the date of the last change, so that
    the same sources give the same file.
    """
    gdal.UseExceptions()
    gdal.SetConfigOption("OGR_CURRENT_DATE", date)
    draft = path.with_name(f".{path.name}.part.gpkg")
    draft.unlink(missing_ok=True)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(draft))
    for layer in layers:
        _write_layer(dataset, layer)
    # A commune's outline is a few kilobytes: small pages leave less of the file empty.
    dataset.ExecuteSQL("PRAGMA page_size = 1024")
    dataset.ExecuteSQL("VACUUM")
    del dataset
    draft.replace(path)


def _write_layer(dataset: ogr.DataSource, layer: Layer) -> None:
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    is_map = layer.geometry_type != ogr.wkbNone
    table = dataset.CreateLayer(
        layer.name,
        wgs84 if is_map else None,
        layer.geometry_type,
        [f"DESCRIPTION={layer.description}", "GEOMETRY_NAME=geom"],
    )
    for name, kind in layer.columns:
        table.CreateField(ogr.FieldDefn(name, kind))
    table.StartTransaction()
    for geometry, values in layer.rows:
        feature = ogr.Feature(table.GetLayerDefn())
        for index, value in enumerate(values):
            if value is not None:
                feature.SetField(index, value)
        if geometry is not None:
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shapely.to_wkb(geometry)))
        table.CreateFeature(feature)
    table.CommitTransaction()
