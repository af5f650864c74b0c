# SPDX-License-Identifier: GPL-2.0-or-later
"""The two sides of each comparison, one a process; prints seconds and megabytes.

Rows are synthetic (SPÉCIMEN) and the same for both sides: made once, outside the timing.
"""

from __future__ import annotations

import csv
import os
import random
import re
import resource
import sys
import tempfile
import threading
import time
from contextlib import suppress
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import checkout  # noqa: E402, F401  (names the checkout carte_cp3)

FOLDER = ROOT / "build" / "bench"
HEAD = ("Code", "Nom", "Type", "Adresse", "Commune", "Province", "Téléphone", "Latitude",
        "Longitude", "Services")  # fmt: skip


def specimen(rows: int) -> list[tuple]:
    """Return rows of sites spread over all communes, half of them with a position."""
    from carte_cp3.store.boundaries import load_gazetteer

    chance = random.Random(20261121)
    gazetteer = load_gazetteer()
    communes = [one for one in gazetteer.units.values() if one.level not in ("region", "province")]
    points = {one.code: gazetteer.point(one.code) for one in communes}
    made = []
    for number in range(rows):
        unit = chance.choice(communes)
        point = points[unit.code] if number % 2 else None
        made.append(
            (
                f"S{number}",
                f"SPÉCIMEN {chance.choice(('ISTA', 'CFP', 'CEF'))} {unit.name_fr} {number}",
                chance.choice(("ISTA", "CFP", "Agence")),
                f"{number} rue SPÉCIMEN",
                unit.name_fr,
                gazetteer.units[unit.province_code].name_fr,
                f"05{22000000 + number:08d}",
                point.lat if point else "",
                point.lon if point else "",
                f"Service SPÉCIMEN {number % 50}",
            )
        )
    return made


def source(rows: int, ending: str) -> Path:
    """Return a file of specimen rows, made if it is not there yet."""
    path = FOLDER / f"specimen-{rows}.{ending}"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    table = [HEAD, *specimen(rows)]
    if ending == "csv":
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows(table)
    else:
        import xlsxwriter

        book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        page = book.add_worksheet()
        for number, row in enumerate(table):
            page.write_row(number, 0, row)
        book.close()
    return path


def imported(path: Path) -> float:
    """Time an import with every check, location and duplicate search into a new store."""
    from carte_cp3.store.database import create_store
    from carte_cp3.store.importing import import_table

    with tempfile.TemporaryDirectory() as folder:
        store = create_store(str(Path(folder) / "store.gpkg"))
        began = time.perf_counter()
        import_table(store, path, institution="OFPPT", status="published")
        return time.perf_counter() - began


def import_csv(rows: int) -> float:
    """Our import of the CSV."""
    return imported(source(rows, "csv"))


def import_xlsx(rows: int) -> float:
    """Our import of the same rows as XLSX."""
    return imported(source(rows, "xlsx"))


def copy_csv(rows: int) -> float:
    """What ogr2ogr does: the CSV copied raw into a GeoPackage, points from its columns."""
    from osgeo import gdal

    gdal.UseExceptions()
    path = source(rows, "csv")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        options = ["X_POSSIBLE_NAMES=Longitude", "Y_POSSIBLE_NAMES=Latitude"]
        opened = gdal.OpenEx(str(path), gdal.OF_VECTOR, open_options=options)
        gdal.VectorTranslate(str(Path(folder) / "raw.gpkg"), opened, format="GPKG")
        return time.perf_counter() - began


def points(rows: int) -> list[tuple[float, float]]:
    """Return random points in the rectangle around the north of the country."""
    chance = random.Random(20261121)
    return [(chance.uniform(-9.5, -2.0), chance.uniform(30.0, 35.0)) for _ in range(rows)]


def reach(rows: int) -> float:
    """Measure how far the country's communes are from sites of all institutions and themes."""
    from dataclasses import replace

    from carte_cp3.store.database import create_store
    from carte_cp3.store.public import public_view
    from carte_cp3.store.reach import store_reach

    with tempfile.TemporaryDirectory() as folder, create_store(f"{folder}/s.gpkg") as store:
        view = public_view(store)
        codes = [row["code"] for row in store.rows("institution")]
        themes = [term.code for term in store.schema.vocabulary("theme")]
        sites = tuple(
            {"site_id": str(number), "institution_code": codes[number % len(codes)],
             "lon": lon, "lat": lat}
            for number, (lon, lat) in enumerate(points(rows))
        )  # fmt: skip
        view = replace(
            view,
            sites=sites,
            services=tuple({"service_id": code, "theme": "{" + code + "}"} for code in themes),
            offers=tuple({"site_id": site["site_id"], "service_id": themes[number % len(themes)]}
                         for number, site in enumerate(sites)),
            institutions=tuple({"code": code} for code in codes),
        )  # fmt: skip
        began = time.perf_counter()
        store_reach(store, view)
        return time.perf_counter() - began


def locate(rows: int) -> float:
    """Our locator, its polygons loaded within the timing."""
    from carte_cp3.store.boundaries import load_locator

    lons, lats = zip(*points(rows))
    began = time.perf_counter()
    load_locator().locate_many(lons, lats)
    return time.perf_counter() - began


def join_by_location(rows: int) -> float:
    """QGIS's own « join attributes by location » of the same points and communes."""
    from qgis.core import (
        QgsApplication,
        QgsFeature,
        QgsGeometry,
        QgsPointXY,
        QgsVectorLayer,
    )

    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append(str(Path(application.pkgDataPath()) / "python" / "plugins"))
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    communes = QgsVectorLayer(f"{ROOT / 'data' / 'morocco.gpkg'}|layername=commune", "c", "ogr")
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "p", "memory")
    features = []
    for lon, lat in points(rows):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(lon, lat)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    began = time.perf_counter()
    processing.run(
        "native:joinattributesbylocation",
        {"INPUT": layer, "JOIN": communes, "PREDICATE": [0], "JOIN_FIELDS": ["code"],
         "METHOD": 1, "DISCARD_NONMATCHING": False, "OUTPUT": "memory:"},
    )  # fmt: skip
    return time.perf_counter() - began


class Window:
    """What a plugin asks of QGIS's window at its start; takes no time of its own."""

    def __init__(self, main_window) -> None:
        self.mainWindow = lambda: main_window  # QGIS's name
        self.addToolBarIcon = main_window.addAction
        self.removeToolBarIcon = main_window.removeAction
        self.addPluginToMenu = self.removePluginMenu = lambda _menu, _action: None


def started(make_plugin) -> float:
    """Time what QGIS does with a plugin at its start: import, make, initGui."""
    from qgis.core import QgsApplication
    from qgis.PyQt.QtWidgets import QMainWindow

    application = QgsApplication([], True)
    began = time.perf_counter()
    application.initQgis()
    plugin = make_plugin(Window(QMainWindow()))
    plugin.initGui()
    seconds = time.perf_counter() - began
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
    os._exit(0)  # QGIS and its windows need not be taken apart for a figure


def start_with_plugin(_rows: int) -> float:
    """QGIS's libraries started with this plugin."""

    def make_plugin(iface):
        import carte_cp3

        return carte_cp3.classFactory(iface)

    return started(make_plugin)


def start_with_empty_plugin(_rows: int) -> float:
    """The same with a plugin that does nothing."""
    return started(lambda _iface: type("Empty", (), {"initGui": lambda _self: None})())


class Watch(threading.Thread):
    """Follows how much memory this process and those that it starts have at most, in MB.

    Each counts whole, also what they share. What ``getrusage`` tells of a process that has ended
    is at least what the one that started it had at that moment (Linux).
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._most: dict[str, int] = {}
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        """Look ten times a second until the end is asked for."""
        while not self._ended.wait(0.1):
            self._look()

    def megabytes(self) -> float:
        """Look for the last time and return the sum."""
        self._ended.set()
        self.join()
        self._look()
        return sum(self._most.values()) / 1024

    def _look(self) -> None:
        threads = map(_text, Path("/proc/self/task").glob("*/children"))
        for process in ["self", *chain.from_iterable(map(str.split, threads))]:
            found = re.search(r"VmHWM:\s+(\d+)", _text(Path(f"/proc/{process}/status")))
            if found:
                self._most[process] = int(found[1])


def _text(path: Path) -> str:
    """Return what stands there; nothing of a thread or process that has just ended."""
    with suppress(OSError):
        return path.read_text()
    return ""


if __name__ == "__main__":
    watch = Watch()
    seconds = globals()[sys.argv[1]](int(sys.argv[2]))
    print(seconds, watch.megabytes(), flush=True)
