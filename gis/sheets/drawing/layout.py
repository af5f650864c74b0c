# SPDX-License-Identifier: GPL-2.0-or-later
"""From a sheet's plan to a print layout that opens in QGIS's Layout designer.

Must run on the main thread: a layout built elsewhere exports blank pages and reports success.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLineSymbol,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsUnitTypes,
)
from qgis.PyQt.QtGui import QColor

from ..charter import RESOURCES, Charter
from ..geometry import Rect
from ..land.ground import Ground
from ..land.locator import Locator
from ..plan.content import Record
from ..plan.frames import bar_kilometres, written_scale
from ..plan.items import Box, Mark, Picture, Text
from ..plan.mapplan import Label, MapPlan
from ..plan.sheet import SheetPlan
from .fonts import text_format
from .layers import map_labels, map_marks
from .overlay import drawn, page_extent, page_layers
from .page_items import MILLIMETRES, PageWriter, place, retouchable
from .paper import PAPERS, Looks, Paper, Thing, paper_name

NORTH = RESOURCES / "layouts" / "north.svg"


Layers = Sequence[QgsMapLayer]


def build_layout(
    plan: SheetPlan,
    project: QgsProject,
    layers: Sequence[Layers],
    locator: Locator,
    charter: Charter,
    institutions: Mapping[str, Record],
    retouch: bool = False,
) -> tuple[QgsPrintLayout, list[object]]:
    """Return the layout of a sheet, and what of it must live as long as it does.

    ``layers`` are those of the main map, then those of each detail map; they as well. A layout
    to ``retouch`` has all its texts in items and layers that QGIS can save; in one for export
    they are drawn straight onto the paper, which is many times as fast.
    """
    layout = QgsPrintLayout(project)
    layout.setName(f"{plan.content.region.code} {plan.content.region.name_fr}")
    layout.setUnits(MILLIMETRES)
    # Each step noted for « undo » would be written out as XML: half of the building time.
    layout.undoStack().blockCommands(True)
    layout.renderContext().setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
    layout.renderContext().setDpi(300)
    for _ in plan.pages:
        page = QgsLayoutItemPage(layout)
        page.setPageSize(
            QgsLayoutSize(plan.frames.page.width, plan.frames.page.height, MILLIMETRES)
        )
        layout.pageCollection().addPage(page)
    builder = _Builder(layout, plan, charter, institutions, retouch)
    builder.build(layers, locator)
    layout.undoStack().blockCommands(False)
    return layout, builder.drawn


@dataclass(frozen=True)
class _Frame:
    """A map's name in the layout, its ground, and its place."""

    name: str
    ground: Ground
    rect: Rect
    page: int


class _Builder:
    def __init__(
        self, layout, plan: SheetPlan, charter: Charter, institutions, retouch: bool
    ) -> None:
        self._layout, self._plan, self._charter = layout, plan, charter
        self._institutions, self._writer = institutions, PageWriter(layout)
        self._retouch, self._looks = retouch, Looks(institutions)
        self.drawn: list[object] = []

    def build(self, layers: Sequence[Layers], locator: Locator) -> None:
        plan = self._plan
        frame = _Frame("Carte", plan.ground, plan.map_rect, 0)
        main = self._map(frame, layers[0])
        self._layout.setReferenceMap(main)
        if plan.overview is not None:
            self._locator(locator, plan.overview)
        elif plan.map.locator is not None:
            self._locator(locator, self._on_page(plan.map.locator))
        texts = [self._page(number) for number in range(len(plan.pages))]
        if plan.map.scale_plate is not None:
            self._scale_plate(main, frame, plan.map.scale_plate)
        # Insets lie on the main map, their frames among the items just drawn.
        for detail, shown in zip(plan.details, layers[1:]):
            name = f"Cartouche {detail.window.letter}"
            frame = _Frame(name, detail.ground, detail.rect, detail.page)
            made = self._map(frame, shown)
            if detail.map.scale_plate is not None:
                self._scale_plate(made, frame, detail.map.scale_plate)
        if not self._retouch:
            for number, labels in enumerate(texts):
                self._write(number, labels)

    def _page(self, number: int) -> tuple[Label, ...]:
        """Draw what stands on a page; return what is still to be written on it.

        To be retouched, texts and boxes are items; what there are many of is a map of the paper.
        """
        items = self._plan.pages[number]
        if not self._retouch:
            many = drawn(items, self._charter, self._institutions)
            self._writer.write([item for item in items if isinstance(item, Picture)], number)
            marks = self._on_map(self._plan.map, self._plan.map_rect)[0] if number == 0 else []
            self._draw(PAPERS[0], number, [*marks, *many.boxes, *many.marks])
            return many.labels
        many = drawn(
            [item for item in items if not retouchable(item)], self._charter, self._institutions
        )
        paper, crs = self._plan.frames.page, self._plan.ground.crs
        layers = page_layers(many, crs, self._institutions)
        item = self._plain_map(paper_name(PAPERS[0], number), paper.rect, layers, number)
        item.setBackgroundEnabled(False)
        item.setFrameEnabled(False)
        item.setCrs(crs)
        item.setExtent(page_extent(paper.width, paper.height))
        self._writer.write([item for item in items if retouchable(item)], number)
        self.drawn += layers
        return ()

    def _draw(self, name: str, page: int, things: Sequence[Thing]) -> None:
        item = Paper(self._layout, things, self._looks)
        item.setId(paper_name(name, page))
        place(item, self._plan.frames.page.rect, page)
        self._layout.addLayoutItem(item)
        self.drawn.append(item)

    def _write(self, page: int, labels: Sequence[Label]) -> None:
        """Write what stands on a page's maps and lists, and draw the signs of its insets."""
        plan = self._plan
        inset = [(one.map, one.rect) for one in plan.details if one.page == page]
        signs = [self._on_map(*one) for one in inset]
        marks = [mark for found, _names in signs for mark in found]
        names = self._on_map(plan.map, plan.map_rect)[1] if page == 0 else []
        names += [label for _marks, found in signs for label in found]
        self._draw(PAPERS[1], page, [*marks, *names, *labels])

    def _on_map(self, shown: MapPlan, rect: Rect) -> tuple[list[Mark], list[Label]]:
        """Return the symbols and the texts of a map, in millimetres of the page."""
        marks = [
            replace(mark, rect=mark.rect.moved(rect.x, rect.y))
            for mark in map_marks(shown, self._charter)
        ]
        labels = [
            replace(label, x=rect.x + label.x, y=rect.y + label.y)
            for label in map_labels(shown, self._charter, self._institutions)
        ]
        return marks, labels

    def _on_page(self, rect: Rect) -> Rect:
        return rect.moved(self._plan.map_rect.x, self._plan.map_rect.y)

    def _map(self, frame: _Frame, layers: Layers) -> QgsLayoutItemMap:
        item = self._plain_map(frame.name, frame.rect, layers, frame.page)
        item.setCrs(frame.ground.crs)
        item.setExtent(frame.ground.extent)
        return item

    def _plain_map(self, name: str, rect: Rect, layers: Layers, page: int = 0) -> QgsLayoutItemMap:
        item = QgsLayoutItemMap(self._layout)
        item.setId(name)
        place(item, rect, page)
        item.setLayers(list(layers))
        item.setKeepLayerSet(True)
        item.setBackgroundColor(QColor(self._charter.colours["sea"]))
        item.setFrameEnabled(True)
        item.setFrameStrokeColor(QColor(self._charter.colours["ink"]))
        item.setFrameStrokeWidth(_width(0.25))
        self._layout.addLayoutItem(item)
        return item

    def _locator(self, locator: Locator, rect: Rect) -> None:
        layers = locator.layers(self._plan.content.region.code)
        item = self._plain_map("Localisation", rect, layers)
        item.setCrs(locator.crs)
        item.setExtent(locator.extent)

    # Scale and north

    def _scale_plate(self, main: QgsLayoutItemMap, frame: _Frame, plate: Rect) -> None:
        ink, rect = self._charter.colours["ink"], plate.moved(frame.rect.x, frame.rect.y)
        self._writer.write(
            [Box("scale plate", rect, fill=self._charter.colours["paper"], stroke=ink, width=0.25)],
            frame.page,
        )
        arrow = QgsLayoutItemPicture(self._layout)
        arrow.setId("Nord")
        # Kept inside a layout that a project takes along to where the plugin is not.
        arrow.setPicturePath(embedded(NORTH) if self._retouch else str(NORTH))
        arrow.setLinkedMap(main)
        arrow.setNorthMode(QgsLayoutItemPicture.NorthMode.TrueNorth)
        place(arrow, Rect(rect.x + 2, rect.y + 1.2, 8, rect.h - 2.4), frame.page)
        self._layout.addLayoutItem(arrow)
        ratio = Text("scale ratio", Rect(rect.x + 13, rect.y + 1, rect.w - 15, 5),
                     written_scale(frame.ground.scale), self._charter.styles["scale"])  # fmt: skip
        self._writer.write([ratio], frame.page)
        bar = Rect(rect.x + 12, rect.y + 5.6, rect.w - 14, rect.h - 6)
        self._scale_bar(main, frame, bar)

    def _scale_bar(self, main: QgsLayoutItemMap, frame: _Frame, rect: Rect) -> None:
        segment, count = bar_kilometres(frame.ground.scale)
        bar = QgsLayoutItemScaleBar(self._layout)
        bar.setId("Échelle graphique")
        bar.setStyle("Single Box")
        bar.setLinkedMap(main)
        bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
        kilometres = self._charter.text("kilometres", self._plan.edition.languages[0])
        bar.setUnitLabel(kilometres)
        bar.setNumberOfSegmentsLeft(0)
        bar.setNumberOfSegments(count)
        bar.setUnitsPerSegment(segment)
        bar.setHeight(1.6)
        # A thin line: half of its width stands out at either end of the bar.
        bar.setLineSymbol(QgsLineSymbol.createSimple({"color": "#000000", "width": "0.12"}))
        bar.setLabelBarSpace(0.8)
        bar.setBoxContentSpace(0.6)
        bar.setTextFormat(text_format(kilometres, self._charter.styles["legend_small"]))
        self._layout.addLayoutItem(bar)
        bar.update()
        bar.attemptMove(QgsLayoutPoint(rect.x, rect.y, MILLIMETRES), True, False, frame.page)


def embedded(picture: Path) -> str:
    """Return a picture as QGIS reads it from a layout itself."""
    return "base64:" + base64.b64encode(picture.read_bytes()).decode("ascii")


def _width(millimetres: float):
    return QgsLayoutMeasurement(millimetres, MILLIMETRES)
