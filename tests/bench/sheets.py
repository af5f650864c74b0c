# SPDX-License-Identifier: GPL-2.0-or-later
"""The sheets beside their peers: a bare one-map layout, and QGIS's own atlas of it.

Each job is one process and prints seconds and megabytes, as in ``jobs.py``. The sites are made
up (SPÉCIMEN), the same for both sides, and stored before the timing.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import conftest  # noqa: E402, F401  (names the checkout carte_cp3)

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


def sheet_export(sites: int) -> float:
    """Export one region's whole sheet, planned and laid out before."""
    from carte_cp3.gis.sheets.printing import PrintJob
    from carte_cp3.store.database import open_store

    with open_store(str(stored(sites, (REGION,)))) as store, tempfile.TemporaryDirectory() as out:
        job = PrintJob(store, None, "fr+ar", DAY, True)
        plan = job.plan(job.choose((REGION,))[0][0])
        laid_out = job.layout(plan)
        return _exported(laid_out.layout, Path(out) / "sheet.pdf", laid_out)


def bare_stored(sites: int) -> float:
    """Export a layout of one map, its layers straight from the files."""
    return _bare(_stored_layers(stored(sites, (REGION,))))


def bare_prepared(sites: int) -> float:
    """Export a layout of one map, its layers projected and simplified as on our sheet."""
    from dataclasses import replace

    from carte_cp3.gis.sheets.layers import MapLayers
    from carte_cp3.gis.sheets.printing import PrintJob
    from carte_cp3.store.database import open_store

    path = stored(sites, (REGION,))
    with open_store(str(path)) as store:
        job = PrintJob(store, None, "fr+ar", DAY, True)
        plan = job.plan(job.choose((REGION,))[0][0])
    empty = replace(plan.map, signs=(), leaders=(), labels=(), dots=(), footprints=())
    ground = MapLayers(plan.ground, empty, None, job.charter, {}).all([], written=False)
    return _bare([_sites(path), *ground])


def sheets(sites: int) -> float:
    """Print the sheets of all regions: planned, laid out, exported, checked."""
    from carte_cp3.gis.sheets import print_sheets
    from carte_cp3.store.database import open_store

    with open_store(str(stored(sites))) as store, tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        print_sheets(store, Path(out), day=DAY)
        return time.perf_counter() - began


def atlas(sites: int) -> float:
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
    with tempfile.TemporaryDirectory() as out:
        began = time.perf_counter()
        processing.run(
            "native:atlaslayouttopdf",
            {"LAYOUT": "atlas", "DPI": 300, "OUTPUT": str(Path(out) / "atlas.pdf")},
        )
        return time.perf_counter() - began


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


def _bare(layers: list) -> float:
    from carte_cp3.gis.sheets.ground import region_extent
    from qgis.core import QgsProject

    project = QgsProject()
    layout = _layout(project, layers)
    layout.itemById("map").zoomToExtent(region_extent(REGION, int(ZONE.split(":")[1])))
    with tempfile.TemporaryDirectory() as out:
        return _exported(layout, Path(out) / "bare.pdf", layers)


def _exported(layout, path: Path, _kept) -> float:
    from qgis.core import QgsLayoutExporter

    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    began = time.perf_counter()
    QgsLayoutExporter(layout).exportToPdf(str(path), settings)
    return time.perf_counter() - began


if __name__ == "__main__":
    running = application()
    seconds = globals()[sys.argv[1]](int(sys.argv[2]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(seconds, memory, time.process_time(), flush=True)
