# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet in the cartographer's project, and its preview: kept, looked at, retouched."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from carte_cp3.domain.errors import PrintError

DAY = date(2026, 11, 21)
pytestmark = pytest.mark.usefixtures("qgis_app")


def pixels(image) -> np.ndarray:
    """Return an image's colours as an array of rows and columns."""
    from qgis.PyQt.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = image.constBits()
    data.setsize(image.sizeInBytes())
    return np.frombuffer(bytes(data), np.uint8).reshape(image.height(), image.width(), 4)


def drawn(layout) -> np.ndarray:
    from qgis.core import QgsLayoutExporter

    return pixels(QgsLayoutExporter(layout).renderPageToImage(0, dpi=60)).astype(int)


def differing(one: np.ndarray, other: np.ndarray) -> float:
    """Return the part of two images in which they differ plainly."""
    return float((np.abs(one - other).max(axis=2) > 128).mean())


@pytest.mark.parametrize("language", ["fr+ar", "ar"])
def test_a_layout_is_the_same_after_saving_and_reopening(store, tmp_path, language):
    from carte_cp3.gis.sheets.retouching import open_for_retouching
    from qgis.core import QgsProject

    project = QgsProject()
    folder = tmp_path / "a3"
    layout = open_for_retouching(store, project, "06", folder, language, day=DAY)
    before, name = drawn(layout), layout.name()
    assert project.layoutManager().layoutByName(name) is layout
    assert project.write(str(tmp_path / "carte.qgz"))
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "carte.qgz").rename(moved / "carte.qgz")
    folder.rename(moved / "a3")
    again = QgsProject()
    assert again.read(str(moved / "carte.qgz"))
    assert all(layer.isValid() for layer in again.mapLayers().values())
    assert all(layer.featureCount() > 0 for layer in again.mapLayers().values())
    after = drawn(again.layoutManager().layoutByName(name))
    assert differing(before, after) < 0.002
    assert differing(before, np.full_like(before, 255)) > 0.05


def test_a_retouched_sheet_disturbs_neither_canvas_nor_backdrop(store, tmp_path):
    from carte_cp3.gis.sheets.backdrop import backdrop_layers
    from carte_cp3.gis.sheets.retouching import open_for_retouching
    from qgis.core import QgsProject

    project = QgsProject()
    first = open_for_retouching(store, project, "06", tmp_path, day=DAY)
    second = open_for_retouching(store, project, "06", tmp_path, day=DAY)
    assert first.name() != second.name()
    kept = list(tmp_path.glob("*composeur*.gpkg"))
    assert len(kept) == 2, "the first layout keeps its own layers"
    assert not any(node.isVisible() for node in project.layerTreeRoot().findLayers())
    for node in project.layerTreeRoot().children():
        node.setItemVisibilityChecked(True)
    assert backdrop_layers(project) == []


def test_layers_that_cannot_be_written_are_told(store, tmp_path):
    from carte_cp3.gis.sheets.retouching import open_for_retouching
    from qgis.core import QgsProject

    project = QgsProject()
    (tmp_path / "a3").write_text("a file, no folder")
    with pytest.raises(PrintError, match="a3"):
        open_for_retouching(store, project, "06", tmp_path / "a3", day=DAY)
    assert not project.layoutManager().layouts()
    assert not project.mapLayers()


def test_a_preview_is_the_page_that_will_be_printed(store):
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.gis.sheets.preview import draw_preview

    job = PrintJob(store, None, "fr+ar", DAY, None)
    plan = job.plan(job.choose(("06",))[0][0])
    image = draw_preview(job.layout(plan), dpi=60)
    assert (image.width(), image.height()) == (pytest.approx(992, abs=1), pytest.approx(702, abs=1))
    assert len(np.unique(pixels(image).reshape(-1, 4), axis=0)) > 200
