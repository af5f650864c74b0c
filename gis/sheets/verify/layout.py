# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of a layout: what QGIS is about to draw is what was worked out."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsPrintLayout,
)

from ....domain.errors import PrintError
from ..drawing.paper import PAPERS, paper_name
from ..land.projection import WGS84, merchich_operation
from ..plan.frames import bar_kilometres
from . import limits
from .fault import REFUSED, Fault
from .proof import Proof


def check_layout(layout: QgsPrintLayout, proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with a layout, before it is exported."""
    return tuple(fault for rule in RULES for fault in rule(layout, proof))


def pages_are_as_planned(layout: QgsPrintLayout, proof: Proof) -> Iterator[Fault]:
    """There are as many pages as planned, of their size."""
    pages = layout.pageCollection().pages()
    page = proof.plan.frames.page
    sizes = [one.pageSize() for one in pages]
    if len(pages) != len(proof.plan.pages) or any(
        max(abs(size.width() - page.width), abs(size.height() - page.height)) > limits.PAGE
        for size in sizes
    ):
        yield Fault(
            "page_size",
            REFUSED,
            PrintError(
                "has {pages} pages instead of {planned}",
                pages=len(pages),
                planned=len(proof.plan.pages),
            ),
        )


def maps_are_true_to_scale(layout: QgsPrintLayout, proof: Proof) -> Iterator[Fault]:
    """Each map has the scale that is printed beside it, its projection, and layers to draw."""
    planned = {"Carte": proof.plan.ground}
    planned.update({f"Cartouche {one.window.letter}": one.ground for one in proof.plan.details})
    for name, ground in planned.items():
        item = layout.itemById(name)
        if not isinstance(item, QgsLayoutItemMap) or not item.layers():
            yield Fault("map_drawn", REFUSED, PrintError("the map {name} is not on it", name=name))
            continue
        unit = item.extent().width() / item.rect().width() * 1000
        if abs(unit / ground.scale - 1) > limits.SCALE or item.crs() != ground.crs:
            yield Fault(
                "scale_true",
                REFUSED,
                PrintError(
                    "the map {name} is at 1:{scale} in {projection}, not at 1:{planned}",
                    name=name,
                    scale=round(unit),
                    projection=item.crs().authid(),
                    planned=round(ground.scale),
                ),
            )


def pages_are_drawn(layout: QgsPrintLayout, proof: Proof) -> Iterator[Fault]:
    """Each page has what its boxes, symbols and texts are drawn by, over the whole of it."""
    page = proof.plan.frames.page
    for number in range(len(proof.plan.pages)):
        for name in PAPERS:
            item = layout.itemById(paper_name(name, number))
            size = item.rect() if item is not None else None
            if size is None or (
                max(abs(size.width() - page.width), abs(size.height() - page.height)) > limits.PAGE
                or item.page() != number
                or item.excludeFromExports()
                or not item.isVisible()
            ):
                said = PrintError("{name} is not on it", name=paper_name(name, number))
                yield Fault("page_drawn", REFUSED, said)


def bars_are_true(layout: QgsPrintLayout, proof: Proof) -> Iterator[Fault]:
    """Each map with a scale bar has one of the length that its scale asks for."""
    bars = [one for one in layout.items() if isinstance(one, QgsLayoutItemScaleBar)]
    wanted = [ground for one, ground in proof.maps if one.scale_plate is not None]
    told = sorted((bar.unitsPerSegment(), bar.numberOfSegments()) for bar in bars)
    if told != sorted(bar_kilometres(ground.scale) for ground in wanted) or any(
        bar.linkedMap() is None for bar in bars
    ):
        yield Fault("scale_bar", REFUSED, PrintError("a scale bar is not that of its map"))


def operation_is_pinned(layout: QgsPrintLayout, proof: Proof) -> Iterator[Fault]:
    """QGIS goes from WGS 84 to the map by the accurate operation, not by PROJ's own choice.

    The country's map is on WGS 84 itself.
    """
    if not proof.zone:
        return
    crs = proof.plan.ground.crs
    context = layout.project().transformContext()
    source = QgsCoordinateReferenceSystem(WGS84)
    if context.calculateCoordinateOperation(source, crs) != merchich_operation(crs.toProj()):
        yield Fault(
            "operation_pinned",
            REFUSED,
            PrintError(
                "its positions would be 257 m off: the operation to {projection} is not set",
                projection=crs.authid(),
            ),
        )


RULES = (
    pages_are_as_planned,
    maps_are_true_to_scale,
    pages_are_drawn,
    bars_are_true,
    operation_is_pinned,
)
