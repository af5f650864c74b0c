# SPDX-License-Identifier: GPL-2.0-or-later
"""The limits that a map draws, each once, made of the very edges of the areas.

An area's outline says nothing of who lies beyond it; a limit does, so that a map can draw
some limits and not others. Pairs of regions between which no line is drawn are those of the
printed sheets' charter (``no_line_between``): what no sheet shows is in no layer of limits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import shapely

from .coverage import Areas

CHARTER = Path(__file__).resolve().parents[2] / "resources" / "layouts" / "charter.json"
PROVINCE_CODE = slice(0, len("06.141"))
REGION_CODE = slice(0, len("06"))
#: From the finest to the strongest, as they are laid over one another.
LEVELS = ("commune", "province", "region", "outline")

Point = tuple[float, float]
Edge = tuple[Point, Point]


@dataclass(frozen=True)
class Limit:
    """The line between two areas of a level; the outline of the country has no codes.

    The codes stand in their order, they do not tell which side of the line is which.
    """

    level: str
    left_code: str | None
    right_code: str | None
    line: shapely.Geometry


def undrawn_pairs() -> frozenset[frozenset[str]]:
    """Return the pairs of codes of regions between which no line is drawn."""
    charter = json.loads(CHARTER.read_text(encoding="utf-8"))
    return frozenset(frozenset(pair) for pair in charter["no_line_between"])


def province_limits(provinces: Areas) -> tuple[Limit, ...]:
    """Return the outline, the limits of regions, and those of provinces within a region."""
    hidden = undrawn_pairs()
    found: dict[tuple, list[Edge]] = {}
    for edge, codes in _owners(zip(provinces.codes, provinces.polygons)):
        regions = sorted({code[REGION_CODE] for code in codes})
        if len(codes) == 1:
            key: tuple = ("outline", None, None)
        elif len(regions) == 1:
            key = ("province", *codes)
        elif frozenset(regions) in hidden:
            continue
        else:
            key = ("region", *regions)
        found.setdefault(key, []).append(edge)
    return _limits(found)


def commune_limits(communes: Areas) -> tuple[Limit, ...]:
    """Return the limits between communes of one province, in regions of an undrawn pair only.

    There an outline of a commune cannot be drawn without drawing what must not be. Elsewhere
    it can, and these lines would take another two megabytes.
    """
    hidden = {code for pair in undrawn_pairs() for code in pair}
    areas = [
        (code, polygon)
        for code, polygon in zip(communes.codes, communes.polygons)
        if code[REGION_CODE] in hidden
    ]
    found: dict[tuple, list[Edge]] = {}
    for edge, codes in _owners(areas):
        if len(codes) == 2 and codes[0][PROVINCE_CODE] == codes[1][PROVINCE_CODE]:
            found.setdefault(("commune", *codes), []).append(edge)
    return _limits(found)


def _owners(areas: Iterable[tuple[str, shapely.Geometry]]) -> Iterator[tuple[Edge, list[str]]]:
    """Yield each edge once, with the codes in order of the one or two areas it bounds."""
    owners: dict[Edge, list[str]] = {}
    for code, shape in areas:
        for edge in _edges(shape):
            owners.setdefault(edge, []).append(code)
    for edge, codes in owners.items():
        yield edge, sorted(codes)


def _edges(shape: shapely.Geometry) -> Iterator[Edge]:
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(x, y) for x, y in ring.coords]
            for start, end in zip(points, points[1:]):
                yield (start, end) if start < end else (end, start)


def _limits(found: dict[tuple, list[Edge]]) -> tuple[Limit, ...]:
    keys = sorted(found, key=lambda key: (LEVELS.index(key[0]), *(key[1:] if key[1] else ())))
    return tuple(Limit(*key, _line(found[key])) for key in keys)


def _line(edges: list[Edge]) -> shapely.Geometry:
    """Join edges end to end into as few lines as there can be, always in the same order."""
    merged = shapely.line_merge(shapely.multilinestrings(sorted(edges)))
    return shapely.normalize(shapely.multilinestrings(shapely.get_parts(merged)))
