# SPDX-License-Identifier: GPL-2.0-or-later
"""A program: publish a store whose every public text is an attack and every other a sentinel.

    python hostile_publication.py FOLDER

Publishes `builtin/` and `qgis2web/` below the folder and prints which backdrop each got.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from publications import ROOT, main

CORPUS = json.loads((ROOT / "tests" / "data" / "hostile.json").read_text(encoding="utf-8"))
SENTINEL = "SENTINELLE-INTERNE"
TABLES = ("institution", "programme", "service", "site", "offer", "notice")
#: Fields that tie the records together or decide whether they are shown.
_KEPT = {
    "institution_code", "programme_code", "parent_code", "lead_code", "service_id", "site_id",
    "commune_code", "status", "visibility", "batch_id", "applies_to", "key", "replaced_by",
}  # fmt: skip

_TEXTS = ("text", "longtext", "email", "hours", "phone", "url", "colour", "regions")


def fill(store) -> None:
    """A record of each kind for each string of the corpus, the last keys attacks themselves."""
    schema = store.schema
    # Another tool's, before the rules: this plugin would refuse such addresses.
    with store.transaction(), store.unruled():
        for number, text in enumerate(CORPUS):
            key = text if number % 10 == 9 else f"key-{number}"
            shown = {"status": "published", "visibility": "public"}
            for name, ties in (
                ("institution", {"code": key}),
                ("programme", {"code": key}),
                ("service", {"service_id": key, "institution_code": key, "programme_code": key}),
                ("site", {"site_id": key, "institution_code": key, "commune_code": "06.141.01.0",
                          "lon": -7.61 + number * 1e-5, "lat": 33.58}),
                ("offer", {"offer_id": f"o{number}", "site_id": key, "service_id": key}),
                ("notice", {"notice_id": f"n{number}", "kind": "message", "applies_to": "site",
                            "key": key, "starts_on": "2026-01-01"}),
            ):  # fmt: skip
                table = schema.table(name)
                kept = {one: value for one, value in shown.items() if one in table.names}
                store.insert(name, [{**texts(table, text), **kept, **ties}])


def texts(table, text: str) -> dict[str, str]:
    """The attack in each public field that holds text, the sentinel in each that is not public."""
    free = [
        one
        for one in table.fields
        if one.type in _TEXTS and not one.vocabulary and one.name not in _KEPT
    ]
    return {one.name: text if one.public else f"{SENTINEL}-{one.name}" for one in free}


def attack(project) -> None:
    """Layers of one area whose names, groups, classes, values and labels are attacks."""
    from qgis.core import (
        QgsCategorizedSymbolRenderer,
        QgsFeature,
        QgsFillSymbol,
        QgsGeometry,
        QgsPalLayerSettings,
        QgsRendererCategory,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )

    for start in range(0, len(CORPUS), 20):
        some = CORPUS[start : start + 20]
        layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=a:string(200)", some[0], "memory")
        for number, text in enumerate(some):
            west, south = -9 + 0.3 * number, 29 + start / 50
            ring = (f"{west} {south}, {west + 0.2} {south}, {west + 0.2} {south + 0.2}, "
                    f"{west} {south + 0.2}, {west} {south}")  # fmt: skip
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(f"Polygon(({ring}))"))
            feature.setAttributes([text])
            layer.dataProvider().addFeature(feature)
        symbol = QgsFillSymbol.createSimple({"color": "#ffe9a8"})
        layer.setRenderer(QgsCategorizedSymbolRenderer("a", [
            QgsRendererCategory(text, symbol.clone(), text) for text in some
        ]))  # fmt: skip
        label = QgsPalLayerSettings()
        label.fieldName = "a"
        layer.setLabeling(QgsVectorLayerSimpleLabeling(label))
        layer.setLabelsEnabled(True)
        layer.setAttribution(some[1])
        project.addMapLayer(layer, False)
        project.layerTreeRoot().insertGroup(0, some[2]).addLayer(layer)
    project.setTitle(" ".join(CORPUS[:3]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), fill, attack)
