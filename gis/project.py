# SPDX-License-Identifier: GPL-2.0-or-later
"""The QGIS project of a store: its layers, found again by their role, and the base map.

A layer's role is the layer variable ``carte_role``: people may rename, move and restyle layers
as they like. The project needs nothing of this plugin to open, and moves with its store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionContextUtils,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsRelation,
    QgsRelationContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument, QDomElement

from ..domain.errors import StoreError
from ..domain.schema import Schema
from ..store.boundaries import BOUNDARIES
from ..store.database import Store, open_store
from ..store.postgres.address import PREFIX
from . import basemap, style
from .boundaries_copy import lay_beside
from .connections import resolved
from .forms import configure_form
from .limits import regions_with_limits
from .site_style import SiteStyle, style_sites
from .store_layers import hide_from_afar, open_table, shows_store
from .style_files import load_kept_style
from .titles import label, project_language, title

ROLE = "carte_role"
#: Roles of the layers of a store, from the top of its group; each is a table of the schema.
STORE_ROLES = ("site", "service", "offer", "institution", "programme", "notice", "term")
#: Roles of the base map's layers, from the top, with the tables of ``morocco.gpkg``.
BASE_TABLES = {
    "place": "place",
    "limit": "limit",
    "region": "region",
    "province": "province",
    "commune": "commune",
    "river": "river",
    "land": "region",
    "neighbour": "neighbour",
}
#: Web Mercator: the cartographer's web backdrops fit it unresampled, and so does the web map.
#: The printed sheets choose the projection of their region themselves.
MAP_CRS = "EPSG:3857"
#: The country with a margin, degrees (west, south, east, north).
COUNTRY = (-17.6, 20.5, -0.6, 36.2)


def find_layer(project: QgsProject, role: str) -> QgsVectorLayer | None:
    """Return the project's layer that has a role, the first in the layer tree if several."""
    ordered = [node.layer() for node in project.layerTreeRoot().findLayers()]
    for layer in ordered + list(project.mapLayers().values()):
        if isinstance(layer, QgsVectorLayer) and layer_role(layer) == role:
            return layer
    return None


def layer_role(layer: QgsVectorLayer) -> str:
    """Return a layer's role, empty if it has none."""
    return QgsExpressionContextUtils.layerScope(layer).variable(ROLE) or ""


def build_project(store_path: str | Path, output: Path) -> Path:
    """Write a project (.qgz) of a store and lay a copy of the boundaries beside it.

    Raises StoreError if the store or the folder of ``output`` cannot be used; what was not
    there before is not there then either.
    """
    output = Path(output).resolve()
    if output.suffix.lower() not in (".qgz", ".qgs"):
        raise StoreError("{file}: a QGIS project ends in .qgz.", file=output.name)
    project = QgsProject()
    project.setFilePathStorage(Qgis.FilePathType.Relative)
    with _or_nothing(project, output, output.with_name(BOUNDARIES.name)):
        boundaries = lay_beside(output)
        _fill(project, str(store_path), boundaries)
        if not project.write(str(output)):
            raise StoreError(
                "The project {path} could not be written: {reason}",
                path=output,
                reason=project.error(),
            )
    return output


@contextmanager
def _or_nothing(project: QgsProject, *files: Path) -> Iterator[None]:
    """Let go of a project's layers at the end; what files the block made go if it fails."""
    new = [file for file in files if not file.exists()]
    try:
        yield
    except BaseException:
        project.clear()  # what is open, Windows does not remove
        for file in new:
            with suppress(OSError):  # what failed is to be said, not this
                file.unlink(missing_ok=True)
        raise
    project.clear()


def _fill(project: QgsProject, location: str, boundaries: Path) -> None:
    with open_store(_absolute(location)) as store:
        language = project_language(store.schema)
        add_base_layers(project, boundaries, language)
        add_store_layers(project, store)
        project.setTitle(title("title", language))
    _set_view(project)


def _absolute(location: str) -> str:
    """Return where a store is, whatever the working directory; with its account if it needs one."""
    if location.startswith(PREFIX):
        return resolved(location)
    return str(Path(location).resolve())


def add_store_layers(
    project: QgsProject, store: Store, kept_styles: bool = True
) -> dict[str, QgsVectorLayer]:
    """Add a store's tables as one group at the top and return its layers by role.

    Layers of the same store that are there already are kept as they are, with the style that
    the cartographer gave them; those of another store leave the project. Sites get the style
    that the store keeps (``style_files``), if it keeps one and ``kept_styles``, else the plugin's.
    """
    language = project_language(store.schema)
    kept = _keep_layers_of(project, store)
    missing = [role for role in STORE_ROLES if role not in kept]
    if not missing:
        return kept
    group = _group(project, title("store", language), at_top=True)
    added = {}
    for role in missing:
        table = store.schema.table(role)
        layer = open_table(store, table, label(table.label, language))
        added[role] = _add(project, group, layer, role)
    layers = {**kept, **added}
    around = {**layers, **_base_layers(project)}
    relations = _relate(project, store.schema, layers)
    for role, layer in layers.items():  # forms that were kept read lists of layers that are new
        configure_form(layer, store.schema.table(role), store.schema, around, relations, language)
    if "site" in added and not (kept_styles and load_kept_style(added["site"])):
        style_sites(
            added["site"], SiteStyle(names=(language,)), store.schema, store.rows("institution"),
            language,
        )  # fmt: skip
        hide_from_afar(added["site"], store)
    return {role: layers[role] for role in STORE_ROLES}


def add_base_layers(
    project: QgsProject, boundaries: Path, language: str = "fr"
) -> dict[str, QgsVectorLayer]:
    """Add the boundaries as one group at the bottom and return its layers by role.

    ``boundaries`` is a copy (``boundaries_copy``), since QGIS writes into what it opens.
    """
    group = _group(project, title("base", language))
    group.setExpanded(False)
    regions = basemap.region_names(_open(str(boundaries), "region", "region"))
    bare = regions_with_limits(_open(str(boundaries), "limit", "limit"))
    layers = {}
    for role, table in BASE_TABLES.items():
        layer = _open(str(boundaries), table, title(role, language))
        layer.setReadOnly(True)
        basemap.style_layer(layer, role, language, regions, bare)
        layers[role] = _add(project, group, layer, role)
    return layers


def _base_layers(project: QgsProject) -> dict[str, QgsVectorLayer]:
    found = ((role, find_layer(project, role)) for role in BASE_TABLES)
    return {role: layer for role, layer in found if layer is not None}


def _open(file: str, table: str, title: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{file}|layername={table}", title, "ogr")
    if not layer.isValid():
        raise StoreError(
            "{file}: the table {table} cannot be opened as a layer of QGIS.", file=file, table=table
        )
    return layer


def _add(
    project: QgsProject, group: QgsLayerTreeGroup, layer: QgsVectorLayer, role: str
) -> QgsVectorLayer:
    QgsExpressionContextUtils.setLayerVariable(layer, ROLE, role)
    project.addMapLayer(layer, False)
    group.addLayer(layer).setExpanded(role == "site")
    return layer


def _group(project: QgsProject, name: str, at_top: bool = False) -> QgsLayerTreeGroup:
    root = project.layerTreeRoot()
    return root.findGroup(name) or root.insertGroup(0 if at_top else -1, name)


def _keep_layers_of(project: QgsProject, store: Store) -> dict[str, QgsVectorLayer]:
    """Return the layers of this store by role; remove those of another one."""
    kept: dict[str, QgsVectorLayer] = {}
    for layer in list(project.mapLayers().values()):
        role = layer_role(layer) if isinstance(layer, QgsVectorLayer) else ""
        if role not in STORE_ROLES:
            continue
        if shows_store(layer, store.location) and layer.isValid():
            kept[role] = layer
        else:
            project.removeMapLayer(layer.id())
    return kept


def _relate(
    project: QgsProject, schema: Schema, layers: Mapping[str, QgsVectorLayer]
) -> dict[str, QgsRelation]:
    """Make one relation for each reference between two layers; return them by table.field."""
    relations = {}
    for role, layer in layers.items():
        for field in schema.table(role).fields:
            if field.references not in layers:
                continue
            relation = QgsRelation(QgsRelationContext(project))
            relation.setId(f"carte_{role}_{field.name}")
            relation.setName(f"{layer.name()} – {layers[field.references].name()}")
            relation.setReferencingLayer(layer.id())
            relation.setReferencedLayer(layers[field.references].id())
            relation.addFieldPair(field.name, schema.table(field.references).key)
            project.relationManager().addRelation(relation)
            relations[f"{role}.{field.name}"] = relation
    return relations


def _set_view(project: QgsProject) -> None:
    """Open on the whole country, on the sea's colour."""
    crs = QgsCoordinateReferenceSystem(MAP_CRS)
    project.setCrs(crs)
    project.setEllipsoid("EPSG:7030")
    project.setBackgroundColor(QColor(style.SEA))
    country = QgsReferencedRectangle(
        QgsRectangle(*COUNTRY), QgsCoordinateReferenceSystem("EPSG:4326")
    )
    project.viewSettings().setDefaultViewExtent(country)
    settings = QgsMapSettings()
    settings.setDestinationCrs(crs)
    settings.setOutputSize(QSize(1000, 1000))
    settings.setExtent(_transformed(project, country))

    def remember(document: QDomDocument) -> None:
        """Write what QGIS's window writes for its canvas, so that it opens there."""
        canvas = document.createElement("mapcanvas")
        canvas.setAttribute("name", "theMapCanvas")
        settings.writeXml(canvas, document)
        document.documentElement().appendChild(canvas)

    project.writeProject.connect(remember)
    project.writeMapLayer.connect(_keep_relations)


def _transformed(project: QgsProject, country: QgsReferencedRectangle) -> QgsRectangle:
    transform = QgsCoordinateTransform(country.crs(), project.crs(), project)
    return transform.transformBoundingBox(country)


def _keep_relations(_layer: QgsMapLayer, saved: QDomElement, _document: QDomDocument) -> None:
    """Write into a layer's form which relations it shows.

    QGIS looks a form's relations up in the project that is open in its window; for a layer of
    another one, like this, it forgets them and keeps the name only.
    """
    elements = saved.elementsByTagName("attributeEditorRelation")
    for index in range(elements.length()):
        element = elements.at(index).toElement()
        if not element.attribute("relation"):
            element.setAttribute("relation", element.attribute("name"))
