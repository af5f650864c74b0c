# SPDX-License-Identifier: GPL-2.0-or-later
"""A language and terms added to the data files reach forms, lists, templates and legend.

The plugin is copied, Wolof and two terms are written into the copy's data, and the copy is run
in a Python of its own: no line of its code is touched.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import carte_cp3
import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

ROOT = Path(carte_cp3.__file__).resolve().parent
TERMS = (
    ("site_kind", "caravane", "Caravane SPÉCIMEN", "Karawan SPÉCIMEN"),
    ("verification_method", "pigeon", "Pigeon SPÉCIMEN", "Pitax SPÉCIMEN"),
)
SCRIPT = """
import json, sys
from pathlib import Path
from unittest.mock import MagicMock

sys.path.insert(0, sys.argv[1])
import carte_cp3
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMainWindow

application = QgsApplication([], True)
application.initQgis()
QgsSettings().setValue("locale/overrideFlag", True)
QgsSettings().setValue("locale/userLocale", "wo")
from carte_cp3.store.database import create_store
from carte_cp3.store.templates import table_schema
from carte_cp3.ui.dock import ServicesDock

folder = Path(sys.argv[2])
with create_store(str(folder / "services.gpkg")) as store, store.transaction():
    (code, *_others) = (row["code"] for row in store.rows("institution"))
    store.update("institution", code, {"short_name_wo": "SPÉCIMEN wolof"})
    site = {"site_id": "one", "institution_code": code, "name_fr": "SPÉCIMEN", "kind": "caravane"}
    store.insert("site", [{**site, "lon": -6.84, "lat": 34.01, "precision": "street"}])
window = QMainWindow()
iface = MagicMock()
iface.mainWindow.return_value = window
iface.mapCanvas.return_value = QgsMapCanvas(window)
iface.messageBar.return_value = QgsMessageBar(window)
dock = ServicesDock(iface)
dock.session.open(str(folder / "services.gpkg"))
while dock.session.busy:
    QTest.qWait(10)
from carte_cp3.gis.project import find_layer

site, terms = (find_layer(QgsProject.instance(), role) for role in ("site", "term"))
fields = site.fields()

def names(container):
    for child in container.children():
        yield from names(child) if hasattr(child, "children") else (child.name(),)

kind = site.editorWidgetSetup(fields.indexOf("kind")).config()
found = terms.getFeatures(kind["FilterExpression"])
listed = {feature["code"]: feature["label_wo"] for feature in found}
root = site.editFormConfig().invisibleRootContainer()
dock.data.siteSearch.setText("karawan")
print("RESULT" + json.dumps({
    "alias": site.attributeAlias(fields.indexOf("name_wo")),
    "in the form": sum(name == "name_wo" for name in names(root)),
    "drop-down": [kind["Value"], listed["caravane"]],
    "legend": [item.label() for item in site.renderer().categories()],
    "found": dock.data.sites_box.model.rowCount(),
    "methods": [one.text() for one in dock.data.actions_box.verifying.menu.actions()],
    "template": json.dumps(dict(table_schema(store.schema)), ensure_ascii=False),
}))
sys.stdout.flush()
import os
os._exit(0)
"""


def copied_plugin(folder: Path) -> Path:
    """Copy the plugin, its data apart from the boundaries for good, the rest by links."""
    package = folder / "carte_cp3"
    package.mkdir()
    for part in ("domain", "store", "gis", "ui", "data"):
        ignored = shutil.ignore_patterns("__pycache__", "*.gpkg", "sample")
        shutil.copytree(ROOT / part, package / part, ignore=ignored)
    (package / "data" / "morocco.gpkg").symlink_to(ROOT / "data" / "morocco.gpkg")
    (package / "resources").symlink_to(ROOT / "resources")
    for file in ("__init__.py", "plugin.py", "metadata.txt"):
        shutil.copy(ROOT / file, package / file)
    return package


def speak_wolof(data: Path) -> None:
    """Add a language and two terms to data files, as an administrator would."""
    schema = json.loads((data / "schema.json").read_text(encoding="utf-8"))
    wolof = {"code": "wo", "name": "Wolof", "direction": "ltr", "required": False}
    schema["languages"].append(wolof)
    (data / "schema.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    file = data / "vocabulary.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    columns = [*rows[0], "label_wo"]
    for vocabulary, code, french, wolof_label in TERMS:
        new = dict.fromkeys(columns, "")
        new.update(vocabulary=vocabulary, code=code, sort="990", label_wo=wolof_label)
        new.update((f"label_{code}", french) for code in ("fr", "ar", "en", "es"))
        rows.append(new)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> dict:
    """What the copied plugin shows."""
    folder = tmp_path_factory.mktemp("wolof")
    speak_wolof(copied_plugin(folder) / "data")
    script = folder / "show.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        },
    )
    shown = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    assert shown, done.stderr
    return json.loads(shown[0][len("RESULT") :])


def test_the_form_has_the_language_and_lists_the_term_in_it(result):
    assert "Wolof" in result["alias"]
    assert result["in the form"] == 1
    assert result["drop-down"] == ["label_wo", "Karawan SPÉCIMEN"]


def test_the_legend_and_the_search_speak_it(result):
    assert "SPÉCIMEN wolof" in result["legend"]
    assert result["found"] == 1, "a site is found by its kind in Wolof"


def test_menus_and_templates_have_the_term(result):
    assert "Pigeon SPÉCIMEN" in result["methods"]
    assert "Caravane SPÉCIMEN" in result["template"] or "caravane" in result["template"]
    assert "name_wo" in result["template"] or "Wolof" in result["template"]
