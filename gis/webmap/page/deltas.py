# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapes as a telephone wants them: each line as steps of whole numbers, half the bytes.

A collection so written says its ``scale``; ``web/src/shapes.ts`` makes plain GeoJSON of it
again, on the page. Pure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

#: Decimals of a degree: 5 are about a metre, as fine as qgis2web writes them.
DECIMALS = 5

_SCRIPT = re.compile(r"\s*var (json_\w+) = (\{.*\});?\s*", re.DOTALL)
_KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def stepped(collection: Mapping[str, Any], decimals: int = DECIMALS) -> dict[str, Any]:
    """Return a GeoJSON collection with its coordinates as steps, ``decimals`` fine."""
    scale = 10**decimals
    features = [
        {**one, "geometry": _geometry(one.get("geometry"), scale)} for one in collection["features"]
    ]
    return {**collection, "scale": scale, "features": features}


def lighten_shapes(script: Path) -> None:
    """Rewrite a data script of qgis2web's; what is not GeoJSON as expected stays as it is."""
    found = _SCRIPT.fullmatch(script.read_text(encoding="utf-8"))
    if not found:
        return
    try:
        collection = stepped(json.loads(found[2]))
    except (ValueError, KeyError, TypeError, IndexError):
        return
    text = json.dumps(collection, ensure_ascii=True, separators=(",", ":"))
    script.write_text(f"var {found[1]} = {text}\n", encoding="utf-8")


def _geometry(geometry: Mapping[str, Any] | None, scale: int) -> Mapping[str, Any] | None:
    if not geometry or not geometry.get("coordinates"):
        return geometry
    if geometry["type"] not in _KINDS:
        raise ValueError(geometry["type"])
    return {**geometry, "coordinates": _steps(geometry["coordinates"], scale)}


def _steps(part: Sequence[Any], scale: int) -> list[Any]:
    """Steps of a line, or those of each part; a point is a line of one."""
    if not isinstance(part[0], (list, tuple)):
        part = [part]
    if isinstance(part[0][0], (list, tuple)):
        return [_steps(one, scale) for one in part]
    steps: list[int] = []
    before = (0, 0)
    for x, y, *_height in part:
        here = (round(x * scale), round(y * scale))
        steps += (here[0] - before[0], here[1] - before[1])
        before = here
    return steps
