# SPDX-License-Identifier: GPL-2.0-or-later
"""The light boundaries of ``data/morocco.gpkg``, as the page needs them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from osgeo import ogr

from ....store.boundaries import BOUNDARIES, opened, wkb
from ..page.deltas import stepped
from ..page.values import script_json

#: Decimals of a degree: 4 are about ten metres, as fine as the light boundaries are.
DECIMALS = 4
_FINENESS = (f"COORDINATE_PRECISION={DECIMALS}",)

CHARTER = Path(__file__).resolve().parents[3] / "resources" / "layouts" / "charter.json"

_AREAS = {
    "region": "SELECT code, name_fr, name_ar, geom FROM region_web ORDER BY code",
    "province": "SELECT code, name_fr, name_ar, geom FROM province_web ORDER BY code",
}
#: The outer lines come last, to lie above the others where they meet.
_LIMITS = (
    "SELECT level, coalesce(left_code, ''), coalesce(right_code, ''), geom FROM limit_web"
    " ORDER BY fid"
)
_CREDITS = "SELECT text, licence FROM credit"


def light_shapes(level: str, path: Path = BOUNDARIES) -> dict[str, bytes]:
    """Return the light outline of each ``region`` or ``province`` by its code, as WKB."""
    return {code: wkb(shape) for code, _fr, _ar, shape in _rows(_AREAS[level], path)}


def light_limits(path: Path = BOUNDARIES) -> dict[str, bytes]:
    """Return the light line of each limit by ``limit_key``, as WKB."""
    return {limit_key(*key): wkb(shape) for *key, shape in _rows(_LIMITS, path)}


def limit_key(level: str, left_code: str | None, right_code: str | None) -> str:
    """Return what tells a limit from others: its level and the codes on its sides."""
    return "|".join((level, left_code or "", right_code or ""))


def area_points(level: str, path: Path = BOUNDARIES) -> dict[str, Any]:
    """Return, as GeoJSON with both names, where each area's name stands: in its largest part."""
    return _areas(level, _middle, path)


def light_areas(level: str, path: Path = BOUNDARIES) -> dict[str, Any]:
    """Return the light outlines of ``region`` or ``province`` as GeoJSON with both names."""
    return _areas(level, _geojson, path)


def limit_lines(path: Path = BOUNDARIES) -> dict[str, Any]:
    """Return the light limits as GeoJSON, from the finest level to the outline."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"level": level}, "geometry": _geojson(shape)}
            for level, _left, _right, shape in _rows(_LIMITS, path)
        ],
    }


def boundary_credits(path: Path = BOUNDARIES) -> list[dict[str, str]]:
    """Return who made the boundaries and under which terms, as the page's ``credits``."""
    rows = _rows(_CREDITS, path)
    return [{"text": text or "", "licence": licence or ""} for text, licence in rows]


def said_credits(
    credits: Iterable[Mapping[str, str]], languages: Sequence[str], path: Path = CHARTER
) -> list[dict[str, Any]]:
    """Return credits with what the charter of the printed sheets says for them (``texts``).

    Its keys are ``credits_ar`` and the like: from the text as it stands to its translation.
    """
    charter = json.loads(path.read_text(encoding="utf-8"))
    known = {code: charter.get(f"credits_{code}", {}) for code in languages}
    said = []
    for one in credits:
        texts = {code: found[one["text"]] for code, found in known.items() if one["text"] in found}
        said.append({**one, "texts": texts} if texts else dict(one))
    return said


def write_backdrop(folder: Path, path: Path = BOUNDARIES) -> None:
    """Write ``data/backdrop.js``, the map of a page that is made without qgis2web."""
    shapes = {
        "regions": light_areas("region", path),
        "provinces": area_points("province", path),
        "limits": limit_lines(path),
    }
    text = script_json({name: stepped(one, DECIMALS) for name, one in shapes.items()})
    (folder / "data").mkdir(exist_ok=True)
    script = f"window.CP3_BACKDROP = {text};\n"
    (folder / "data" / "backdrop.js").write_text(script, encoding="utf-8")


def _areas(level: str, geometry: Callable[[bytes], Any], path: Path) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name_fr": name_fr, "name_ar": name_ar or ""},
                "geometry": geometry(shape),
            }
            for code, name_fr, name_ar, shape in _rows(_AREAS[level], path)
        ],
    }


def _middle(shape: bytes) -> dict[str, Any]:
    """The centre of gravity of the largest part of an area, as GeoJSON."""
    area = ogr.CreateGeometryFromWkb(wkb(shape))
    parts = [area.GetGeometryRef(number) for number in range(area.GetGeometryCount())]
    largest = (
        max(parts, key=lambda part: part.GetArea()) if "MULTI" in area.GetGeometryName() else area
    )
    return json.loads(largest.Centroid().ExportToJson(list(_FINENESS)))


def _geojson(shape: bytes) -> dict[str, Any]:
    geometry = ogr.CreateGeometryFromWkb(wkb(shape))
    return json.loads(geometry.ExportToJson(list(_FINENESS)))


def _rows(query: str, path: Path) -> list[tuple]:
    with opened(path) as database:
        return database.execute(query).fetchall()
