# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheets beside their peers: a bare one-map layout, and QGIS's own atlas of it.

Each job is one process and prints seconds of the clock, megabytes and seconds of the processor,
of all its threads. The sites are made up (SPÉCIMEN), the same for both sides, and stored before
the timing. ``compare_sheets`` runs both sides of each comparison in turn; on a machine with other
work the ratio of processor seconds is the one to read.

    python tests/bench/sheets.py            # all comparisons as a table
    python tests/bench/sheets.py JOB SITES  # one job
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import checkout  # noqa: E402, F401  (names the checkout carte_cp3)

FOLDER = ROOT / "build" / "bench"
MAP = ROOT / "data" / "morocco.gpkg"
DAY = date(2026, 11, 21)
#: The region, and its zone, of the comparisons of a single sheet.
REGION, ZONE = "06", "EPSG:26191"
#: name, our job, the peer's job, sites, the largest ratio of ours to theirs that we aim at
COMPARISONS = (
    ("one sheet's export / bare layout, data as stored", "sheet_export", "bare_stored", 400, 0.5),
    ("one sheet's export / bare layout, prepared data", "sheet_export", "bare_prepared", 400, 2.5),
    ("12 sheets, 2,000 sites / map-only atlas", "sheets", "atlas", 2000, 1.5),
    ("12 sheets, 10,000 sites / map-only atlas", "sheets", "atlas", 10000, 4.0),
)


#: Largest memory of a process that we aim at, in MB.
MEMORY = 400


@dataclass
class Took:
    """Seconds of the clock and of the processor that a job took."""

    clock: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Took]:
    """Time what is done inside."""
    took, clock, processor = Took(), time.perf_counter(), time.process_time()
    yield took
    took.clock = time.perf_counter() - clock
    took.processor = time.process_time() - processor


@dataclass(frozen=True)
class SheetComparison:
    """Medians of a comparison: clock and processor seconds of both sides, ratios, our memory."""

    name: str
    sites: int
    ours: float
    peer: float
    ratio: float
    ours_processor: float
    peer_processor: float
    processor_ratio: float
    goal: float
    memory: float


def compare_sheets(runs: int = 3, comparisons=COMPARISONS) -> Iterator[SheetComparison]:
    """Run both sides of each comparison in turn, after a warm-up, and yield their medians."""
    for name, ours, peer, sites, goal in comparisons:
        _once(ours, sites), _once(peer, sites)
        pairs = [(_once(ours, sites), _once(peer, sites)) for _run in range(runs)]
        mine, theirs = zip(*pairs)
        a, b = _median(mine, 0), _median(theirs, 0)
        c, d = _median(mine, 2), _median(theirs, 2)
        memory = max(one[1] for one in mine)
        yield SheetComparison(name, sites, a, b, a / b, c, d, c / d, goal, memory)


def _once(job: str, sites: int) -> tuple[float, ...]:
    """Run a job in a process of its own; return clock seconds, MB and processor seconds."""
    done = subprocess.run(
        [sys.executable, __file__, job, str(sites)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return tuple(map(float, done.stdout.strip().splitlines()[-1].split()))


def _median(rows, column: int) -> float:
    return statistics.median(row[column] for row in rows)


def application():
    """Start QGIS, once."""
    from qgis.core import QgsApplication

    found = QgsApplication([], False)
    found.initQgis()
    return found


def stored(sites: int, regions: tuple[str, ...] = ()) -> Path:
    """Return a store of made-up sites, made if it is not there yet."""
    from sheet_specimens import crowded_store

    path = FOLDER / f"sheets-{sites}-{'-'.join(regions) or 'all'}.gpkg"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        crowded_store(path, sites, regions)
    return path


def sheet_export(sites: int) -> Took:
    """Export one region's whole sheet, planned and laid out before."""
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import open_store

    with open_store(str(stored(sites, (REGION,)))) as store, tempfile.TemporaryDirectory() as out:
        job = PrintJob(store, None, "fr+ar", DAY, True)
        plan = job.plan(job.choose((REGION,))[0][0])
        laid_out = job.layout(plan)
        return _exported(laid_out.layout, Path(out) / "sheet.pdf", laid_out)


def bare_stored(sites: int) -> Took:
    """Export a layout of one map, its layers straight from the files."""
    return _bare(_stored_layers(stored(sites, (REGION,))))


def bare_prepared(sites: int) -> Took:
    """Export a layout of one map, its layers projected and simplified as on our sheet."""
    from dataclasses import replace

    from carte_cp3.gis.sheets.drawing.layers import MapLayers
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import open_store

    path = stored(sites, (REGION,))
    with open_store(str(path)) as store:
        job = PrintJob(store, None, "fr+ar", DAY, True)
        plan = job.plan(job.choose((REGION,))[0][0])
    empty = replace(plan.map, signs=(), leaders=(), labels=(), dots=(), footprints=())
    ground = MapLayers(plan.ground, empty, None, job.charter, {}).all([], written=False)
    return _bare([_sites(path), *ground])


def sheets(sites: int) -> Took:
    """Print the sheets of all regions: planned, laid out, exported, checked."""
    from carte_cp3.gis.sheets import print_sheets
    from carte_cp3.store.database import open_store

    path = stored(sites)
    with tempfile.TemporaryDirectory() as out, open_store(str(path)) as store, timed() as took:
        print_sheets(store, Path(out), day=DAY, overview=False)
    return took


def atlas(sites: int) -> Took:
    """QGIS's own atlas of the twelve regions: one map a page, its layers from the files."""
    from qgis.core import QgsApplication, QgsProject

    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    project = QgsProject.instance()
    layers = _stored_layers(stored(sites))
    project.addMapLayers(layers)
    layout = _layout(project, layers)
    layout.setName("atlas")
    layout.atlas().setEnabled(True)
    layout.atlas().setCoverageLayer(next(one for one in layers if one.name() == "region"))
    layout.itemById("map").setAtlasDriven(True)
    project.layoutManager().addLayout(layout)
    with tempfile.TemporaryDirectory() as out, timed() as took:
        processing.run(
            "native:atlaslayouttopdf",
            {"LAYOUT": "atlas", "DPI": 300, "OUTPUT": str(Path(out) / "atlas.pdf")},
        )
    return took


def _stored_layers(path: Path) -> list:
    """Return the layers of a plain map, from the top: sites, towns, limits, areas, neighbours."""
    from qgis.core import QgsVectorLayer

    names = ("place", "river", "province", "commune", "region", "neighbour")
    layers = [QgsVectorLayer(f"{MAP}|layername={name}", name, "ogr") for name in names]
    for layer in layers:
        if layer.name() in ("place", "province"):
            _label(layer, "name_fr")
    return [_sites(path), *layers]


def _sites(path: Path):
    """Return the sites with a number each, as on our map."""
    from qgis.core import QgsVectorLayer

    layer = QgsVectorLayer(f"{path}|layername=site", "site", "ogr")
    _label(layer, "fid", all_of_them=True)
    return layer


def _label(layer, field: str, all_of_them: bool = False) -> None:
    from qgis.core import QgsPalLayerSettings, QgsVectorLayerSimpleLabeling

    settings = QgsPalLayerSettings()
    settings.fieldName = field
    if all_of_them:
        settings.placement = QgsPalLayerSettings.Placement.OverPoint
        settings.displayAll = True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _layout(project, layers):
    from qgis.core import (
        QgsCoordinateReferenceSystem,
        QgsLayoutItemMap,
        QgsLayoutPoint,
        QgsLayoutSize,
        QgsPrintLayout,
        QgsUnitTypes,
    )

    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize("A3")
    item = QgsLayoutItemMap(layout)
    item.setId("map")
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters
    item.attemptResize(QgsLayoutSize(286, 242, unit))
    item.attemptMove(QgsLayoutPoint(8, 30, unit))
    item.setLayers(layers)
    item.setKeepLayerSet(True)
    item.setCrs(QgsCoordinateReferenceSystem(ZONE))
    layout.addLayoutItem(item)
    return layout


def _bare(layers: list) -> Took:
    from carte_cp3.gis.sheets.land.ground import region_extent
    from qgis.core import QgsProject

    project = QgsProject()
    layout = _layout(project, layers)
    layout.itemById("map").zoomToExtent(region_extent(REGION, int(ZONE.split(":")[1])))
    with tempfile.TemporaryDirectory() as out:
        return _exported(layout, Path(out) / "bare.pdf", layers)


def _exported(layout, path: Path, _kept) -> Took:
    from qgis.core import QgsLayoutExporter

    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    with timed() as took:
        QgsLayoutExporter(layout).exportToPdf(str(path), settings)
    return took


def main() -> None:
    """Print a table of all comparisons."""
    print(f"{'comparison':48} {'ratio':>6} {'of CPU':>6} {'goal':>5} {'MB':>5}")
    for one in compare_sheets():
        found = asdict(one)
        print(
            f"{found['name']:48} {found['ratio']:6.2f} {found['processor_ratio']:6.2f} "
            f"{found['goal']:5.2f} {found['memory']:5.0f}",
            flush=True,
        )


if __name__ == "__main__":
    if len(sys.argv) < 3:
        main()
    else:
        running = application()
        took = globals()[sys.argv[1]](int(sys.argv[2]))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(took.clock, memory, took.processor, flush=True)
