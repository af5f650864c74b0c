# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: the pages that ``web.py`` opens, made by QGIS of one store of made-up sites.

``python pages.py SITES FOLDER NAME…`` writes a page for each name: ``builtin`` and ``qgis2web``
are ours, on both backdrops; ``leaflet`` and ``openlayers`` are qgis2web's own, as it comes, of
the layer of the sites alone, each public field in its popups. It runs apart from the browser.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
import checkout  # noqa: E402, F401  (names the checkout carte_cp3)

FIRST_DAY = time.mktime((2025, 6, 1, 12, 0, 0, 0, 0, 0))
THEMES = ("emploi--inscription", "se-former--qualifiante", "se-former--apprentissage")
HOURS = (
    "Mo-Fr 08:30-16:30", "Mo-Fr 09:00-17:00", "Mo-Th 08:30-16:30; Fr 08:30-12:00",
    "Mo-Sa 09:00-12:00,14:00-18:00", None,
)  # fmt: skip
SERVICES = 40
#: Of the sites, the part whose place in their commune is known.
IN_STREET = 0.6


def made_store(path: Path, count: int) -> Path:
    """Write a store of published sites over all communes, each with three services."""
    from carte_cp3.store.database import create_store

    chance = random.Random(20261121)
    places = made_places(chance)
    sites = [site(number, *next(places)) for number in range(count)]
    offers = [
        {"service_id": f"service-{one}", "site_id": row["site_id"], "status": "published"}
        for row in sites
        for one in chance.sample(range(SERVICES), 3)
    ]
    with create_store(str(path)) as store, store.transaction(by="tests"):
        store.insert("service", [service(number) for number in range(SERVICES)])
        store.insert("site", sites)
        store.insert("offer", offers)
    return path


def service(number: int) -> dict:
    """Return the made-up service of a number."""
    return {
        "service_id": f"service-{number}",
        "institution_code": ("OFPPT", "ANAPEC", "EN", "ART")[number % 4],
        "name_fr": f"SPÉCIMEN Accompagnement vers l’emploi, formule {number}",
        "name_ar": f"نموذج المواكبة نحو الشغل {number}",
        "theme": f"{{{THEMES[number % len(THEMES)]}}}",
        "cost": "free" if number % 2 else None,
        "publics": "{refugie,regularise}" if number % 3 else None,
        "status": "published",
    }


def made_places(chance: random.Random):
    """Give communes without end, and a place in each: somewhere in it, or its centre."""
    from carte_cp3.store.boundaries import load_gazetteer, load_locator

    gazetteer, locator = load_gazetteer(), load_locator()
    units = [one for one in gazetteer.units.values() if one.level == "commune"]
    while True:
        unit = chance.choice(units)
        point = gazetteer.point(unit.code)
        if chance.random() > IN_STREET:
            yield unit, point.lon, point.lat, "commune"
            continue
        lon, lat = point.lon + chance.uniform(-0.03, 0.03), point.lat + chance.uniform(-0.03, 0.03)
        found = locator.locate(lon, lat)
        if found and not found.nearest:
            yield gazetteer.units[found.code], lon, lat, "street"


def site(number: int, unit, lon: float, lat: float, precision: str) -> dict:
    """Return the made-up site of a number at a place of a commune."""
    verified = time.localtime(FIRST_DAY + 86400 * (number % 500))
    return {
        "site_id": f"00000000-0000-4000-8000-{number:012d}",
        "institution_code": ("OFPPT", "OFPPT", "ANAPEC", "EN", "EN", "ART")[number % 6],
        "name_fr": f"SPÉCIMEN Centre de formation {unit.name_fr} {number}",
        "name_ar": f"نموذج مركز التكوين {unit.name_ar} {number}" if number % 3 else None,
        "kind": ("agence", "centre")[number % 2],
        "address_fr": f"{number} rue SPÉCIMEN, {unit.name_fr}" if precision == "street" else None,
        "commune_code": unit.code,
        "precision": precision,
        "phone": "+212500000000",
        "hours": HOURS[number % len(HOURS)],
        "languages": ("{fr,ary}", "{fr,ary,en}", None)[number % 3],
        "verified_on": time.strftime("%Y-%m-%d", verified) if number % 2 else None,
        "lon": lon,
        "lat": lat,
        "status": "published",
    }


def ours(store_path: Path, folder: Path, name: str) -> None:
    """Publish a store on a backdrop."""
    from carte_cp3.gis.project import build_project
    from carte_cp3.gis.webmap import completion, publish
    from carte_cp3.store.database import open_store
    from qgis.core import QgsProject

    completion.MOST_SITES = 0  # the plain pages of each place are not what is measured
    project = QgsProject.instance()
    project.read(str(build_project(store_path, store_path.with_suffix(".qgz"))))
    with open_store(str(store_path)) as store:
        publish(store, folder, project, name)
    project.clear()


def stock(store_path: Path, folder: Path, name: str) -> None:
    """Let qgis2web write its own page, with its own settings, of the sites' layer."""
    from carte_cp3.gis.webmap.qgis2web import load_qgis2web

    found = load_qgis2web()
    layer = public_layer(store_path)
    if name == "leaflet":
        writer = found.writer()
    else:
        from qgis2web.olwriter import OpenLayersWriter

        writer = OpenLayersWriter()
    fields = [field.name() for field in layer.fields()]
    writer.params = found.defaults()
    writer.layers, writer.groups, writer.collapsedGroup = [layer], {}, []
    writer.popup = [dict.fromkeys(fields, "inline label - visible with data")]
    writer.visible = writer.interactive = writer.json = [True]
    writer.cluster = writer.getFeatureInfo = writer.baseMap = [False]
    scratch = folder.with_name(f"{folder.name}-scratch")
    index = Path(writer.write(window_on(layer), str(scratch)).index_file)
    index.parent.rename(folder)
    scratch.rmdir()


def window_on(layer):
    """Return what qgis2web takes for QGIS's interface: a map canvas that shows a layer."""
    from carte_cp3.gis.webmap.qgis2web import _Window
    from qgis.core import QgsCoordinateReferenceSystem
    from qgis.gui import QgsMapCanvas
    from qgis.PyQt.QtCore import QSize

    canvas = QgsMapCanvas()
    canvas.resize(QSize(800, 800))
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    canvas.setExtent(layer.extent())
    return _Window(canvas)


def public_layer(store_path: Path):
    """Return the sites with the columns that may be shown and hold something, as we style them."""
    from carte_cp3.gis.project import build_project, find_layer
    from qgis.core import QgsCoordinateTransformContext, QgsProject, QgsVectorLayer
    from qgis.core import QgsVectorFileWriter as Writer

    project = QgsProject.instance()
    project.read(str(build_project(store_path, store_path.with_suffix(".qgz"))))
    sites = find_layer(project, "site")
    shown = list(site(0, *next(made_places(random.Random(1)))))
    options = Writer.SaveVectorOptions()
    options.layerName = "services"
    options.attributes = [
        number
        for number, field in enumerate(sites.fields())
        if field.name() in shown and field.name() not in ("lon", "lat", "status")
    ]
    target = store_path.with_name("public.gpkg")
    target.unlink(missing_ok=True)
    Writer.writeAsVectorFormatV3(sites, str(target), QgsCoordinateTransformContext(), options)
    layer = QgsVectorLayer(f"{target}|layername=services", "services", "ogr")
    layer.setRenderer(sites.renderer().clone())
    return layer


def main(count: int, folder: Path, names: list[str]) -> None:
    """Write the pages that are not there yet into a folder."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(folder / "profile")
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    folder.mkdir(parents=True, exist_ok=True)
    store_path = folder / "services.gpkg"
    if not store_path.exists():
        made_store(store_path, count)
    for name in names:
        make = ours if name in ("builtin", "qgis2web") else stock
        began = time.perf_counter()
        make(store_path, folder / name, name)
        print(f"{name}: written in {time.perf_counter() - began:.1f} s", flush=True)
    sys.stdout.flush()
    os._exit(0)  # QGIS's windows need not be taken apart


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
