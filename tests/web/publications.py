# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: publish a made-up directory with QGIS, on both backdrops, into a folder.

It runs apart from the tests (`python publications.py FOLDER`), as a browser and QGIS do not
share a process well, and prints as JSON which backdrop was used for each page. The
cartographer's project bears hostile names and values; every record says SPÉCIMEN.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNT = 48
#: Alive if a browser ever runs it: the tests look for this name.
ATTACK = "window.cp3Attacked=1"
HOSTILE = (
    f"<img src=x onerror={ATTACK}>",
    f"</script><script>{ATTACK}</script>",
    f"\\'); {ATTACK}; //",
    f'" onmouseover="{ATTACK}',
    f"javascript:{ATTACK}",
)
TOWNS = (
    ("06.141.01.0", -7.61, 33.58), ("04.421.01.0", -6.84, 34.01), ("07.351.01.0", -8.0, 31.63),
)  # fmt: skip


def main(folder: Path, fill: Callable, attack: Callable) -> None:
    """Publish a filled store and an attacked project as `builtin/` and `qgis2web/` in a folder;
    print which backdrop each got."""
    plugin()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(folder / "profile")
    from qgis.core import QgsApplication, QgsProject

    application = QgsApplication([], True)
    application.initQgis()
    from carte_cp3.gis.project import build_project
    from carte_cp3.gis.webmap import publish
    from carte_cp3.store.database import create_store

    with create_store(str(folder / "services.gpkg")) as store:
        fill(store)
        project = QgsProject.instance()
        project.read(str(build_project(folder / "services.gpkg", folder / "carte.qgz")))
        attack(project)
        used = {
            name: publish(store, folder / name, project, backdrop).backdrop
            for name, backdrop in (("builtin", "builtin"), ("qgis2web", "auto"))
        }
        project.clear()
    application.exitQgis()
    print(json.dumps(used))


def plugin() -> None:
    """Name the checkout `carte_cp3`, whatever its folder is called."""
    spec = importlib.util.spec_from_file_location(
        "carte_cp3", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["carte_cp3"] = package
    spec.loader.exec_module(package)


def fill(store) -> None:
    """Sites with and without a position, some with names that are attacks."""
    chance = random.Random(3)
    service = {"service_id": "service-0", "institution_code": "OFPPT", "status": "published"}
    with store.transaction():
        store.insert("service", [{**service, "name_fr": "SPÉCIMEN " + HOSTILE[0]}])
        for number in range(COUNT):
            commune, lon, lat = TOWNS[number % len(TOWNS)]
            name = HOSTILE[number % len(HOSTILE)] if number < 10 else f"lieu {number}"
            placed = number % 8 != 7
            row = {
                "site_id": f"00000000-0000-4000-8000-{number:012d}",
                "institution_code": ("OFPPT", "ANAPEC", "EN", "ART")[number % 4],
                "name_fr": f"SPÉCIMEN {name}",
                "address_fr": HOSTILE[number % len(HOSTILE)] if number < 10 else None,
                "commune_code": commune,
                "precision": "entrance" if placed else "unknown",
                "lon": lon + chance.uniform(-0.01, 0.01) if placed else None,
                "lat": lat + chance.uniform(-0.01, 0.01) if placed else None,
                "status": "published",
                "note_internal": "SENTINELLE-INTERNE",
            }
            store.insert("site", [row])
            if number % 3 == 0:
                offer = {"service_id": "service-0", "site_id": row["site_id"]}
                store.insert("offer", [{**offer, "status": "published"}])


def attack(project) -> None:
    """Add a layer whose name, classes, values and labels are attacks, in a group of such a name."""
    from qgis.core import (
        QgsCategorizedSymbolRenderer,
        QgsFeature,
        QgsFillSymbol,
        QgsGeometry,
        QgsPalLayerSettings,
        QgsRasterLayer,
        QgsRendererCategory,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )

    layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=a:string(200)", HOSTILE[1], "memory")
    for number, value in enumerate(HOSTILE):
        feature = QgsFeature(layer.fields())
        west = -8 + number
        ring = f"({west} 32, {west + 1} 32, {west + 1} 33, {west} 33, {west} 32)"
        feature.setGeometry(QgsGeometry.fromWkt(f"Polygon({ring})"))
        feature.setAttributes([value])
        layer.dataProvider().addFeature(feature)
    style = {"color": "#ffe9a8", "outline_color": "#b08000"}
    layer.setRenderer(QgsCategorizedSymbolRenderer("a", [
        QgsRendererCategory(value, QgsFillSymbol.createSimple(style), value) for value in HOSTILE
    ]))  # fmt: skip
    label = QgsPalLayerSettings()
    label.fieldName = "a"
    layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
    layer.setLabelsEnabled(True)
    project.addMapLayer(layer, False)
    project.layerTreeRoot().insertGroup(1, HOSTILE[2]).addLayer(layer)
    tiles = "type=xyz&url=https://tile.example.org/%7Bz%7D/%7Bx%7D/%7By%7D.png"
    project.addMapLayer(QgsRasterLayer(tiles, f"Plan {HOSTILE[2]}", "wms"))
    project.setTitle("SPÉCIMEN " + HOSTILE[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), fill, attack)
