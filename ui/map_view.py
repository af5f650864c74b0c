# SPDX-License-Identifier: GPL-2.0-or-later
"""The store on QGIS's map: its layers, their refreshing, and the way to one site."""

from __future__ import annotations

import re
from pathlib import Path

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor

from ..store.postgres.address import PREFIX, parse_location
from .control.listed_findings import ListedFinding
from .language import ui_language

_WGS84 = "EPSG:4326"
_SCALE = 10_000


def shown_store(project: QgsProject) -> str:
    """Return the location of the store whose sites a project shows, "" if it shows none."""
    from ..gis.project import find_layer
    from ..gis.store_layers import location_of

    layer = find_layer(project, "site")
    return location_of(layer) if layer is not None else ""


def shows(project: QgsProject, location: str) -> bool:
    """Return whether a project shows the sites of this store."""
    from ..gis.project import find_layer
    from ..gis.store_layers import shows_store

    layer = find_layer(project, "site")
    return layer is not None and bool(location) and shows_store(layer, location)


def store_title(location: str) -> str:
    """Return what a store is called in passing: its file, or its database and schema."""
    if not location.startswith(PREFIX):
        return Path(location).name
    address = parse_location(location)
    words = address.words
    return f"{words.get('dbname') or words.get('service', '')}.{address.schema}"


def store_folder(location: str) -> Path:
    """Return the folder of a store's file; of a database, home."""
    return Path.home() if location.startswith(PREFIX) else Path(location).parent


def beside_store(location: str, ending: str) -> Path:
    """Return the file or folder that is proposed for what is made of a store: « store-ending »."""
    return store_folder(location) / f"{store_name(location)}-{ending}"


def store_name(location: str) -> str:
    """Return a store's name as files bear it: its file's, or its database's."""
    if location.startswith(PREFIX):
        return re.sub(r"[^\w-]", "-", store_title(location))
    return Path(location).stem


def show_store(iface, project: QgsProject, location: str) -> None:
    """Add a store's layers to a project, on the base map if it is empty, and show the country."""
    from ..gis.boundaries_copy import copy_for_store
    from ..gis.connections import open_named
    from ..gis.project import add_base_layers, add_store_layers

    empty = not project.mapLayers()
    if empty:
        add_base_layers(project, copy_for_store(location), ui_language())
    with open_named(location) as store:
        add_store_layers(project, store)

    def view() -> None:
        if empty:
            _set_view(project)
        zoom_to_country(iface, project)

    # QGIS sets up its map after the first layers of a project, when it is idle: ours comes next.
    QTimer.singleShot(0, view)


def _set_view(project: QgsProject) -> None:
    """Give a project that was empty the projection and the sea of the plugin's own projects."""
    from ..gis.project import MAP_CRS
    from ..gis.style import SEA

    project.setCrs(QgsCoordinateReferenceSystem(MAP_CRS))
    project.setBackgroundColor(QColor(SEA))


def restore_styles(project: QgsProject, location: str) -> int:
    """Give a project's layers the symbols and labels of a new project; return how many."""
    from ..gis.boundaries_copy import copy_for_store
    from ..gis.connections import open_named
    from ..gis.project import BASE_TABLES, add_base_layers, add_store_layers, find_layer
    from ..gis.style_files import take_style

    fresh = QgsProject()
    add_base_layers(fresh, copy_for_store(location), ui_language())
    with open_named(location) as store:
        add_store_layers(fresh, store, kept_styles=False)
    restored = 0
    for role in ("site", *BASE_TABLES):
        layer, model = find_layer(project, role), find_layer(fresh, role)
        if layer is not None and model is not None:
            take_style(layer, model)
            restored += 1
    return restored


def reload_layers(project: QgsProject) -> None:
    """Let the store's layers show what a job has written."""
    from ..gis.project import STORE_ROLES, find_layer

    for role in STORE_ROLES:
        layer = find_layer(project, role)
        if isinstance(layer, QgsVectorLayer) and not layer.isEditable():
            selected = layer.selectedFeatureIds()  # which reloading forgets
            layer.reload()
            layer.selectByIds(selected)
            layer.triggerRepaint()


def zoom_to_country(iface, project: QgsProject) -> None:
    """Show the whole country, or all sites in a project without its regions."""
    from ..gis.project import find_layer

    for role in ("region", "site"):
        layer = find_layer(project, role)
        if layer is not None and layer.featureCount() > 0:
            layer.updateExtents()
            extent = _to_map(iface, layer.crs()).transformBoundingBox(layer.extent())
            extent.scale(1.05)
            iface.mapCanvas().setExtent(extent)
            iface.mapCanvas().refresh()
            return


def zoom_to_site(iface, project: QgsProject, item: ListedFinding) -> bool:
    """Show the site of a finding, selected and flashing; False if it has no position."""
    from ..gis.project import find_layer

    if item.position is None:
        return False
    layer = find_layer(project, "site")
    if layer is not None:
        layer.selectByExpression(_is_site(item.site_id))
    zoom_to(iface, *item.position)
    return True


def zoom_to(iface, lon: float, lat: float) -> None:
    """Show a point (degrees) from near, flashing."""
    canvas = iface.mapCanvas()
    crs = QgsCoordinateReferenceSystem(_WGS84)
    point = QgsPointXY(lon, lat)
    canvas.setCenter(_to_map(iface, crs).transform(point))
    canvas.zoomScale(_SCALE)
    canvas.flashGeometries([QgsGeometry.fromPointXY(point)], crs)


def _is_site(site_id: str) -> str:
    quoted = site_id.replace("'", "''")
    return f"\"site_id\" = '{quoted}'"


def _to_map(iface, crs: QgsCoordinateReferenceSystem) -> QgsCoordinateTransform:
    settings = iface.mapCanvas().mapSettings()
    return QgsCoordinateTransform(crs, settings.destinationCrs(), QgsProject.instance())
