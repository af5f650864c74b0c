# SPDX-License-Identifier: GPL-2.0-or-later
"""What of the cartographer's project goes onto the page, and what becomes of each layer.

The scene is worked out first, as scratch layers and plain values; ``qgis2web`` then only writes
it down. The project itself is never touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsFeatureRenderer,
    QgsGeometry,
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from ...project import STORE_ROLES, find_layer, layer_role
from ...style import as_styled, institution_name, institution_symbol
from ..report import APPROXIMATED, LEFT_OUT, PRESERVED, Fate
from .backdrop import light_limits, light_shapes
from .copies import class_renderer, lean_copy
from .portable import portable_symbol, same_depth
from .tiles import tile_layer

#: The light shapes that stand for the boundaries of a role.
LIGHT = {"region": "region", "land": "region", "province": "province"}
SERVICES = "services"
#: Degrees of room around what is shown, and the country when no site has a place.
MARGIN = 0.1
COUNTRY = (-17.2, 20.7, -0.9, 36.0)


@dataclass(frozen=True)
class Shown:
    """A layer as it is handed over: ``layer`` bears the name ``mark`` until the page is written."""

    layer: QgsMapLayer
    mark: str
    title: str
    visible: bool
    legend: tuple[str, ...] = ()
    group: str = ""
    role: str = ""
    #: Code and address of the symbol of each entry of the services' legend.
    institutions: tuple[tuple[str, str], ...] = ()
    #: Has it labels, and these in the project's language alone?
    one_language: bool = False

    @property
    def stem(self) -> str:
        """The mark's letters and digits, as they stand in the page's variables."""
        return "".join(one for one in self.mark if one.isalnum())


@dataclass(frozen=True)
class Scene:
    """All that the page's map is made of, from the bottom up; the services come last."""

    layers: tuple[Shown, ...]
    fates: tuple[Fate, ...]
    tile_hosts: tuple[str, ...]
    credits: tuple[Mapping[str, str], ...]
    closed_groups: tuple[str, ...]
    extent: QgsRectangle
    background: str
    scale_bar: bool

    @property
    def has_backdrop(self) -> bool:
        """Is there anything of the project beneath the services?"""
        return any(one.visible for one in self.layers[:-1])

    @property
    def one_language(self) -> bool:
        """Are there labels that stay in the project's language, whatever the page's?"""
        return any(one.one_language for one in self.layers)

    @property
    def services_layer(self) -> str:
        """The name of the page's variable that holds the layer of the services."""
        return f"layer_{SERVICES}_{len(self.layers) - 1}"


def make_scene(
    project: QgsProject,
    institutions: Sequence[Mapping[str, Any]],
    icons: Mapping[str, str],
    sites: Sequence[Mapping[str, Any]],
) -> Scene:
    """Work out the page's map from a project and the public records that stand on it."""
    shown: list[Shown] = []
    fates = [_table_fate(layer) for layer in _tables(project)]
    for layer in reversed(project.layerTreeRoot().layerOrder()):
        if layer.isSpatial():
            one, fate = _layer(layer, project, len(shown))
            fates.append(fate)
            shown.extend([one] if one else [])
    shown.append(_services(site_layer(project), institutions, icons))
    return Scene(
        layers=tuple(shown),
        fates=tuple(fates),
        tile_hosts=tuple(_tile_hosts(shown)),
        credits=tuple(_credits(project, shown)),
        closed_groups=tuple(_closed_groups(project)),
        extent=extent_of(sites, light_shapes("region")),
        background=project.backgroundColor().name(),
        scale_bar=project.readBoolEntry("ScaleBar", "/Enabled", False)[0],
    )


def site_layer(project: QgsProject) -> QgsVectorLayer | None:
    """Return the project's layer of sites, None if it has none."""
    return find_layer(project, "site")


def box_of(extent: QgsRectangle) -> tuple[float, float, float, float]:
    """Return an extent as west, south, east, north."""
    return extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()


def extent_of(sites: Sequence[Mapping[str, Any]], regions: Mapping[str, bytes]) -> QgsRectangle:
    """Return the box that holds every site and its whole region; the country if there is none.

    ``regions`` gives the outlines (WKB) of the regions by code.
    """
    box = QgsRectangle()
    for code in {row.get("region_code") for row in sites} & set(regions):
        outline = QgsGeometry()
        outline.fromWkb(regions[code])
        box.combineExtentWith(outline.boundingBox())
    for row in sites:
        if row.get("lon") is not None:
            box.combineExtentWith(row["lon"], row["lat"])
    if box.isNull():
        return QgsRectangle(*COUNTRY)
    box.grow(MARGIN)
    return box


def _tables(project: QgsProject) -> list[QgsMapLayer]:
    return [layer for layer in project.mapLayers().values() if not layer.isSpatial()]


def _table_fate(layer: QgsMapLayer) -> Fate:
    role = layer_role(layer)
    if role in STORE_ROLES:
        return Fate(layer.name(), role, PRESERVED, ("public_fields",))
    return Fate(layer.name(), role, LEFT_OUT, ("table",))


def _layer(layer: QgsMapLayer, project: QgsProject, number: int) -> tuple[Shown | None, Fate]:
    """Return a layer as the page can show it, or None, and what became of it."""
    role = layer_role(layer)
    if role in STORE_ROLES:
        filtered = isinstance(layer, QgsVectorLayer) and layer.subsetString()
        reasons = ("filter_ignored",) if filtered else ("public_fields",)
        return None, Fate(layer.name(), role, APPROXIMATED if filtered else PRESERVED, reasons)
    node = project.layerTreeRoot().findLayer(layer.id())
    if isinstance(layer, QgsRasterLayer):
        return _tiles(layer, number, _group(node))
    if not node.isVisible():
        return None, Fate(layer.name(), role, LEFT_OUT, ("hidden",))
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return None, Fate(layer.name(), role, LEFT_OUT, ("kind" if layer.isValid() else "broken",))
    light = light_limits() if role == "limit" else None
    light = light_shapes(LIGHT[role]) if role in LIGHT else light
    copy = lean_copy(layer, f"backdrop{number}", project, light)
    if copy.layer is None:
        return None, Fate(layer.name(), role, LEFT_OUT, copy.reasons)
    mark = f"backdrop [{number}]"
    copy.layer.setName(mark)
    legend = copy.legend if len(copy.legend) > 1 else ()
    result = APPROXIMATED if copy.reasons else PRESERVED
    shown = Shown(copy.layer, mark, layer.name(), True, legend, _group(node), role,
                  one_language=copy.one_language)  # fmt: skip
    return shown, Fate(layer.name(), role, result, copy.reasons)


def _tiles(layer: QgsRasterLayer, number: int, group: str) -> tuple[Shown | None, Fate]:
    mark = f"backdrop [{number}]"
    tiles = tile_layer(layer, mark)
    if tiles is None:
        return None, Fate(layer.name(), layer_role(layer), LEFT_OUT, ("raster",))
    # Unticked: the page asks nothing of anybody until its reader wants it to.
    shown = Shown(tiles.layer, mark, f"{layer.name()} ({tiles.host})", False, group=group)
    return shown, Fate(layer.name(), layer_role(layer), APPROXIMATED, ("tiles_on_demand",))


def _services(
    layer: QgsVectorLayer | None,
    institutions: Sequence[Mapping[str, Any]],
    icons: Mapping[str, str],
) -> Shown:
    """The lean layer of the services: no feature, no field but the identifier."""
    symbols = [_symbol(layer.renderer() if layer else None, row) for row in institutions]
    same_depth(symbols)
    mark = f"{SERVICES} []"
    lean = QgsVectorLayer("Point?crs=EPSG:4326&field=id:string(40)", mark, "memory")
    lean.setRenderer(class_renderer(SERVICES, symbols, "id"))
    return Shown(
        lean,
        mark,
        layer.name() if layer else "Services",
        visible=True,
        legend=tuple(institution_name(row) for row in institutions),
        role="site",
        institutions=tuple((row["code"], icons[row["code"]]) for row in institutions),
    )


def _symbol(renderer: QgsFeatureRenderer | None, row: Mapping[str, Any]):
    """An institution's symbol in the project, else the plugin's own, in its portable form."""
    return portable_symbol(institution_symbol(as_styled(row, renderer)))[0]


def _group(node: QgsLayerTree) -> str:
    """The name of the group of the first level that a layer stands in, or nothing."""
    name = ""
    while isinstance(node.parent(), QgsLayerTreeGroup) and node.parent().parent() is not None:
        node = node.parent()
        name = node.name()
    return name


def _closed_groups(project: QgsProject) -> list[str]:
    root = project.layerTreeRoot()
    groups = [child for child in root.children() if isinstance(child, QgsLayerTreeGroup)]
    return [group.name() for group in groups if not group.isExpanded()]


def _tile_hosts(shown: Sequence[Shown]) -> list[str]:
    rasters = [one.layer for one in shown if isinstance(one.layer, QgsRasterLayer)]
    return sorted({layer.customProperty("carte_host") for layer in rasters})


def _credits(project: QgsProject, shown: Sequence[Shown]) -> list[dict[str, str]]:
    """What the layers of the project say of their origin; tiles carry theirs themselves."""
    titles = {one.title for one in shown}
    texts = [
        layer.attribution() for layer in project.mapLayers().values() if layer.name() in titles
    ]
    return [{"text": text} for text in dict.fromkeys(filter(None, texts))]
