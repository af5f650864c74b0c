#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Make data/morocco.gpkg: regions, provinces, communes, towns, rivers and neighbours.

The sources are registry packages (boundaries/outlines.py, census.py, towns.py and
surroundings.py say which and what is mended in each); data/morocco.md says what came
of it. Run by ``make boundaries`` in a virtual environment of its own:

    python3 -m venv --system-site-packages build/venv-boundaries
    build/venv-boundaries/bin/pip install -r tools/requirements-boundaries.txt
    build/venv-boundaries/bin/python tools/build_boundaries.py --output data/morocco.gpkg

It needs GDAL's Python bindings (python3-gdal), and GMT with its full shorelines (gmt,
gmt-gshhg-full) and npm unless --gshhg and --world-atlas give what they would fetch.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import shapely
from boundaries import BuildError, coverage, layers
from boundaries.census import read_census
from boundaries.geopackage import write_geopackage
from boundaries.outlines import read_centres, read_lost_parts, read_outlines
from boundaries.surroundings import read_neighbours, read_rivers
from boundaries.towns import read_places

DATA = Path(__file__).resolve().parents[1] / "data"
EDITION = "2024-11-07T00:00:00Z"  # the day HCP published the census of 2024


def main(arguments: list[str] | None = None) -> int:
    """Build the file; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        build(options.output, options.gshhg, options.world_atlas)
    except (BuildError, OSError) as error:
        print(f"build_boundaries: {error}", file=sys.stderr)
        return 1
    return 0


def build(output: Path, gshhg: Path | None, world_atlas: Path | None) -> None:
    """Read the sources, make one seamless map of them and write it to `output`."""
    census = read_census()
    codes, polygons = read_outlines(census)
    pieces = coverage.seamless_communes(codes, polygons, read_lost_parts(), census)
    _say(f"{len(codes)} pieces made into {len(census.communes)} communes and arrondissements")
    areas = layers.levels(pieces, census)
    country = shapely.coverage_union_all(areas.region.polygons)
    places = read_places(census, areas.commune, read_centres(census))
    rivers = read_rivers(gshhg, country)
    neighbours = read_neighbours(world_atlas, country)
    _say(f"{len(places)} places, {len(rivers)} levels of rivers, {len(neighbours)} neighbours")
    write_geopackage(output, layers.tables(areas, census, places, rivers, neighbours), EDITION)
    _say(f"{output}: {output.stat().st_size / 1e6:.1f} MB")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--output", type=Path, default=DATA / "morocco.gpkg", metavar="GPKG")
    parser.add_argument(
        "--gshhg",
        type=Path,
        metavar="TEXT",
        help="rivers written by « gmt coast -R-17.5/-0.9/20.5/36.2 -Ia -Df -M »; else gmt is run",
    )
    parser.add_argument(
        "--world-atlas",
        type=Path,
        metavar="FILE",
        help="countries-10m.json of npm world-atlas 2.0.2, or its .tgz; else npm fetches it",
    )
    return parser


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
