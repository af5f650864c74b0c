# SPDX-License-Identifier: GPL-2.0-or-later
"""The layers of a sheet's map, drawn in the order of ``map_layers``.

They live in memory and hold prepared geometry only; their order and their style are the
charter's. The cartographer's own backdrop goes under them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qgis.core import (
    QgsFillSymbol,
    QgsGeometry,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..charter import Charter
from ..geometry import Rect
from ..land.graticule import Graticule
from ..land.ground import Ground, lighter_geometry
from ..memory import memory_layer
from ..plan.content import Record
from ..plan.items import Mark
from ..plan.mapplan import Label, MapPlan
from ..plan.samples import LINES, POINTS
from ..plan.signs import Chip
from .labels import label_layer
from .symbols import number_style, symbol_layer

#: Width in mm of rivers by level; a level that is not listed is the last.
_RIVERS = {"1": 0.5, "2": 0.4, "3": 0.3, "4": 0.25, "5": 0.18}
#: Width in mm of the limits of regions, and how far an area's edge may be off under them.
_COUNTRY = 0.3
_HIDDEN = 0.1


class MapLayers:
    """Makes the layers of one map; ``graticule`` None draws none."""

    def __init__(
        self,
        ground: Ground,
        plan: MapPlan,
        graticule: Graticule | None,
        charter: Charter,
        institutions: Mapping[str, Record],
    ) -> None:
        self._ground, self._plan, self._lines = ground, plan, graticule
        self._charter, self._colours = charter, charter.colours
        self._institutions = institutions

    def all(self, backdrop: Sequence[QgsMapLayer], written: bool) -> list[QgsMapLayer]:
        """Return the layers from top to bottom, the backdrop among them.

        Symbols, names and numbers are of them if to be ``written`` on the map itself, where
        they can be retouched; else they are drawn onto the paper above it.

        A backdrop that covers the map (images, areas) takes the place of the plain tints of
        land and sea; one of lines and points only lies on them.
        """
        covering = any(_covers(layer) for layer in backdrop)
        below = [*backdrop, *([] if covering else self._tints())]
        made = [self._labels(), *self._symbols()] if written else []
        made += [*self._signs(), *self._limits(tinted=not covering), *below]
        return [layer for layer in made if layer is not None]

    # From the bottom: tints

    def _tints(self) -> list[QgsVectorLayer | None]:
        ground, colour = self._ground, self._colours
        return [
            self._areas("Région", [self._under(ground.region[1])], colour["region"]),
            self._areas("Autres régions", (self._under(s[1]) for s in ground.others),
                        colour["country"]),
            self._areas("Pays voisins", (s[1] for s in ground.neighbours), colour["neighbour"]),
            self._areas("Mer", [QgsGeometry.fromRect(ground.extent.buffered(ground.scale / 500))],
                        colour["sea"]),
        ]  # fmt: skip

    def _areas(self, name: str, geometries: Iterable[QgsGeometry], fill: str):
        # The outline of the same colour closes the hair between two areas in PDF viewers.
        symbol = QgsFillSymbol.createSimple(
            {"color": fill, "outline_color": fill, "outline_width": "0.1"}
        )
        return self._layer(name, "Polygon", geometries, symbol)

    def _under(self, area: QgsGeometry) -> QgsGeometry:
        """Return an area as coarse as the limit drawn over its edge hides."""
        return lighter_geometry(area, _HIDDEN * self._ground.scale / 1000)

    # Rivers, limits, graticule

    def _limits(self, tinted: bool) -> list[QgsVectorLayer | None]:
        lines, colour = self._ground.lines, self._colours
        made = [
            self._line("Limite de la région", lines["region"], *LINES["region_limit"]),
            self._line("Limites des régions", lines["country"], "country_line", _COUNTRY),
            self._line("Limites des provinces", lines["province"], *LINES["province_limit"]),
            self._line("Limites des communes", lines["commune"], *LINES["commune_limit"]),
        ]
        for level, width in reversed(list(_RIVERS.items())):
            rivers = [s[1] for s in self._ground.rivers if _level(s[0].code) == level]
            symbol = _line_symbol(colour["river"], width)
            made.append(self._layer(f"Cours d’eau {level}", "LineString", rivers, symbol))
        if self._lines is not None:
            made.append(self._graticule(self._lines))
        if tinted:
            made.insert(4, self._areas("Bordure", [self._band()], colour["region_band"]))
        return made

    def _line(self, name: str, geometry: QgsGeometry, colour: str, width: float):
        return self._layer(
            name, "LineString", [geometry], _line_symbol(self._colours[colour], width)
        )

    def _band(self) -> QgsGeometry:
        """Return the inner margin of the region along its limit, where one is drawn."""
        width = self._ground.scale * 0.0016
        edge = self._ground.lines["region"].simplify(width / 6).buffer(width, 3)
        return edge.intersection(self._under(self._ground.region[1]))

    def _graticule(self, graticule: Graticule) -> QgsVectorLayer | None:
        lines = [
            QgsGeometry.fromPolylineXY([self._ground.ground(*point) for point in line])
            for line in graticule.lines
        ]
        symbol = _line_symbol(self._colours["graticule"], 0.1)
        return self._layer("Graticule", "LineString", lines, symbol)

    # Signs and names

    def _signs(self) -> list[QgsVectorLayer | None]:
        return [self._cards(), self._leaders(), *self._dots(), self._footprints()]

    def _cards(self) -> QgsVectorLayer | None:
        signs = self._plan.signs
        cards = [self._rectangle(o.placed.rect) for o in signs if o.sign.kind != "marker"]
        symbol = QgsFillSymbol.createSimple(
            {"color": self._colours["paper"], "outline_color": self._colours["ink"],
             "outline_width": "0.18", "joinstyle": "round"}
        )  # fmt: skip
        return self._layer("Fiches", "Polygon", cards, symbol)

    def _footprints(self) -> QgsVectorLayer | None:
        symbol = QgsFillSymbol.createSimple(
            {"style": "no", "outline_color": self._colours["accent"], "outline_width": "0.4",
             "joinstyle": "miter"}
        )  # fmt: skip
        rects = [self._rectangle(one.rect) for one in self._plan.footprints]
        return self._layer("Cartouches", "Polygon", rects, symbol)

    def _rectangle(self, rect: Rect) -> QgsGeometry:
        corners = [(rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom),
                   (rect.x, rect.bottom)]  # fmt: skip
        return QgsGeometry.fromPolygonXY([[self._ground.ground(*point) for point in corners]])

    def _leaders(self) -> QgsVectorLayer | None:
        lines = [
            QgsGeometry.fromPolylineXY([self._ground.ground(*point) for point in line])
            for line in self._plan.leaders
        ]
        return self._layer("Lignes de rappel", "LineString", lines,
                           _line_symbol(self._colours["ink"], 0.2))  # fmt: skip

    def _dots(self) -> list[QgsVectorLayer | None]:
        ink, paper = self._colours["ink"], self._colours["paper"]
        styles = {
            "place": {"color": ink, "outline_style": "no", "size": "1.3"},
            "about": {"color": paper, "outline_color": ink, "outline_width": "0.25", "size": "1.3"},
        }
        for kind, (size, width) in POINTS.items():
            styles[kind] = {
                "color": paper,
                "outline_color": ink,
                "outline_width": str(width),
                "size": str(size),
            }
        names = {
            "place": "Lieux",
            "about": "Lieux approchés",
            "chief": "Chefs-lieux",
            "town": "Villes",
        }
        return [
            self._layer(
                names[kind], "Point",
                [self._point(dot.x, dot.y) for dot in self._plan.dots if dot.kind == kind],
                QgsMarkerSymbol.createSimple({"name": "circle", **properties}),
            )
            for kind, properties in styles.items()
        ]  # fmt: skip

    def _point(self, x: float, y: float) -> QgsGeometry:
        return QgsGeometry.fromPointXY(self._ground.ground(x, y))

    def _symbols(self) -> list[QgsVectorLayer | None]:
        """Return the symbols by their size: of markers, cards or stacks."""
        names = {"marker": "Établissements", "chip": "Groupes", "tiny": "Piles"}
        return [
            symbol_layer(
                name,
                self._ground.crs,
                self._charter[size],
                self._institutions,
                [
                    (self._ground.ground(x, y), chip.institution, chip.about)
                    for x, y, chip in chips(self._plan)
                    if chip.size == size
                ],
                numbered=size == "marker",
            )
            for size, name in names.items()
        ]

    def _labels(self) -> QgsVectorLayer:
        points = [
            (label, self._ground.ground(label.x, label.y))
            for label in map_labels(self._plan, self._charter, self._institutions)
        ]
        return label_layer("Noms et numéros", self._ground.crs, points)

    def _layer(self, name: str, kind: str, geometries: Iterable[QgsGeometry], symbol):
        return memory_layer(name, kind, self._ground.crs, geometries, symbol)


def chips(plan: MapPlan) -> Iterator[tuple[float, float, Chip]]:
    """Yield the symbols on a map with their middles."""
    for one in plan.signs:
        for chip in one.sign.chips:
            yield one.placed.rect.x + chip.x, one.placed.rect.y + chip.y, chip


def map_marks(plan: MapPlan, charter: Charter) -> list[Mark]:
    """Return the symbols on a map, in millimetres from its upper left corner."""
    marks = []
    for x, y, chip in chips(plan):
        size = charter[chip.size]
        number = chip.text if chip.size == "marker" else ""
        rect = Rect(x - size / 2, y - size / 2, size, size)
        marks.append(Mark("sign", rect, chip.institution, number, chip.about))
    return marks


def map_labels(plan: MapPlan, charter: Charter, institutions: Mapping[str, Record]) -> list[Label]:
    """Return all that is written on a map: names, cards' lines, numbers."""
    labels = list(plan.labels)
    for placed in plan.signs:
        for one in placed.sign.headings:
            x, y = placed.placed.rect.x + one.x, placed.placed.rect.y + one.y
            labels.append(Label(x, y, one.text, one.style, one.align))
    for x, y, chip in chips(plan):
        if chip.side:
            beside = x + chip.side * (charter["chip"] / 2 + 0.6)
            align = "left" if chip.side > 0 else "right"
            labels.append(Label(beside, y, chip.text, charter.styles["range"], align))
        elif chip.text:
            style = number_style(institutions[chip.institution], charter, chip.about)
            labels.append(Label(x, y, chip.text, style))
    return labels


def _line_symbol(colour: str, width: float) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "joinstyle": "round", "capstyle": "round"}
    )


def _level(code: str) -> str:
    return code if code in _RIVERS else list(_RIVERS)[-1]


def _covers(layer: QgsMapLayer) -> bool:
    """Tell whether a layer hides what is below: anything but lines, points and tables."""
    if isinstance(layer, QgsVectorLayer):
        return layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
    return True
