# SPDX-License-Identifier: GPL-2.0-or-later
"""A sheet in the cartographer's own project: a layout to retouch, with layers that are kept.

The layers of a sheet live in memory and would be empty when the project is opened again, so they
are written to a GeoPackage first. They stand in a group of their own, not shown on the canvas.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from qgis.core import (
    QgsExpressionContextUtils,
    QgsLayoutItemMap,
    QgsPrintLayout,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ...domain.errors import PrintError
from ...domain.progress import Progress, silent, within
from ...store.database import Store
from ..project import ROLE
from .charter import CHARTER_FILE
from .job import PrintJob
from .land.projection import pinned
from .printing import check_request, made_folder

#: The role of a sheet's layers: neither backdrop of a sheet nor part of the page.
SHEET_ROLE = "sheet"


def open_for_retouching(
    store: Store,
    project: QgsProject,
    region: str,
    folder: Path,
    language: str = "fr+ar",
    day: date | None = None,
    charter: Path = CHARTER_FILE,
    address: str = "",
    progress: Progress = silent,
) -> QgsPrintLayout:
    """Put a region's sheet into a project's layouts, its layers into a file in a folder.

    Saved with the project, it is there again when that is opened. Must run on the main thread.
    Raises PrintError where ``print_sheets`` does, and if the layers cannot be written.
    """
    check_request(language)
    progress(0.0, "")
    job = PrintJob(store, project, language, day or date.today(), None, charter, address)
    plan = job.plan(job.choose((region,))[0][0], within(progress, 0.0, 0.5))
    progress(0.5, plan.content.region.name_fr)
    path = _free(made_folder(Path(folder)), f"{job.stem(plan)}_composeur")
    laid_out = job.layout(plan, retouch=True, project=project)
    layout, own = laid_out.layout, _own_layers(laid_out.layout, project)
    _write(own, path)
    project.setTransformContext(pinned(project.transformContext(), plan.ground.crs))
    group = project.layerTreeRoot().addGroup(layout.name())
    group.setItemVisibilityChecked(False)
    group.setExpanded(False)
    for layer in own:
        QgsExpressionContextUtils.setLayerVariable(layer, ROLE, SHEET_ROLE)
        project.addMapLayer(layer, False)
        group.addLayer(layer)
    layout.setName(_free_name(project, layout.name()))
    project.layoutManager().addLayout(layout)
    project.setDirty(True)
    return layout


def _own_layers(layout: QgsPrintLayout, project: QgsProject) -> list[QgsVectorLayer]:
    """Return the layers of a layout's maps that the project has not, each once, from the top."""
    maps = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
    every = {layer.id(): layer for item in maps for layer in item.layers()}
    return [layer for number, layer in every.items() if number not in project.mapLayers()]


def _write(layers: Iterable[QgsVectorLayer], path: Path) -> None:
    """Write layers into a GeoPackage, and have them read it from now on, as styled as before."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    context = QgsProject().transformContext()
    options.actionOnExistingFile = (
        QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteFile  # then layer after layer
    )
    for number, layer in enumerate(layers):
        options.layerName = f"layer_{number:02d}"
        result = QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)
        if result[0] != QgsVectorFileWriter.WriterError.NoError:
            raise PrintError(
                "The layers of the layout cannot be written to {path} ({reason}). Choose another "
                "folder, or make room on the disk.",
                path=path,
                reason=result[1],
            )
        options.actionOnExistingFile = (
            QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        )
        layer.setDataSource(f"{path}|layername={options.layerName}", layer.name(), "ogr")


def _free(folder: Path, name: str) -> Path:
    """Return a path in a folder that no file has: an earlier layout may still need its own."""
    path, number = folder / f"{name}.gpkg", 2
    while path.exists():
        path, number = folder / f"{name}_{number}.gpkg", number + 1
    return path


def _free_name(project: QgsProject, name: str) -> str:
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free
