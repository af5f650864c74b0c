# SPDX-License-Identifier: GPL-2.0-or-later
"""The map of the reach for a page of the committee's report, with its key.

Limits of regions are those of the base map: none between regions 10 and 11.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QLocale, QRectF, QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from ..domain.reach import ALL, RADII, Group
from ..store.boundaries import BOUNDARIES
from ..store.reach import StoreReach
from .documents import Picture
from .documents.text import BODY, TextSetter
from .project import COUNTRY, MAP_CRS, add_base_layers, find_layer
from .reach import COLOURS, class_names, reach_layer, reach_renderer
from .style import SEA
from .titles import locale

_DOTS = 300  # an inch
_SWATCH = (7.0, 4.5)  # mm
_GAP = 6.0  # mm
# Roles of the base map's layers under the communes and over them.
_BELOW, _ABOVE = ("land", "neighbour"), ("limit",)


def reach_picture(measured: StoreReach, language: str, group: Group = ALL) -> Picture:
    """Return how to draw the map of a group with its key, for a report's page."""

    def draw(painter: QPainter, box: QRectF) -> None:
        mm = painter.device().logicalDpiX() / 25.4
        turned = language == "ar"
        side = box.height()
        left = box.right() - side if turned else box.left()
        image = _map(measured, language, group, side / mm)
        painter.drawImage(QRectF(left, box.top(), side, side), image)
        beside = box.left() if turned else box.left() + side + _GAP * mm
        room = QRectF(beside, box.top(), box.width() - side - _GAP * mm, side)
        _key(
            painter, room, TextSetter(painter.device(), language), _lines(measured, group, language)
        )

    return draw


def _lines(measured: StoreReach, group: Group, language: str) -> list[str]:
    """Return the words of each class: its distance, its people and their share."""
    written = locale(language)
    reach = measured.reach
    everybody = int(reach.population.sum())
    within = [reach.people_within(group, km) for km in RADII]
    anywhere = (
        reach.people_within(group, np.inf) if np.isfinite(reach.distances(group)).any() else 0
    )
    counts = np.diff([0, *within, anywhere, everybody])
    names = class_names(language)
    return [
        _line(name, int(count), everybody, written)
        for name, count in zip(names, counts)
        if count or name != names[-1]
    ]


def _line(name: str, count: int, everybody: int, written: QLocale) -> str:
    share = written.toString(round(100 * count / everybody)) if everybody else "–"
    return f"{name}\n\u2068{written.toString(count)}\u2069 (\u2066{share} %\u2069)"


def _key(painter: QPainter, box: QRectF, setter: TextSetter, lines: list[str]) -> None:
    """Draw the key, a class under the other."""
    mm = painter.device().logicalDpiX() / 25.4
    wide, high = (side * mm for side in _SWATCH)
    room = box.width() - wide - 2 * mm
    y = box.top()
    for text, colour in zip(lines, COLOURS):
        x = box.right() - wide if setter.right_to_left else box.left()
        painter.fillRect(QRectF(x, y + 0.6 * mm, wide, high), QColor(colour))
        begin = box.left() if setter.right_to_left else box.left() + wide + 2 * mm
        for line in text.split("\n"):
            laid = setter.laid(line, BODY, room)
            laid.draw(painter, begin, y)
            y += laid.height
        y += 2 * mm


def _map(measured: StoreReach, language: str, group: Group, side: float) -> QImage:
    """Return the country shaded by distance, as a square picture of ``side`` millimetres."""
    project = QgsProject()
    with tempfile.TemporaryDirectory() as folder:
        try:
            # QGIS writes into a GeoPackage that it only reads: it gets a copy of the country's.
            boundaries = Path(shutil.copy(BOUNDARIES, folder))
            add_base_layers(project, boundaries, language)
            return _drawn(_settings(project, measured, language, group, round(side / 25.4 * _DOTS)))
        finally:
            project.clear()


def _drawn(settings: QgsMapSettings) -> QImage:
    image = QImage(settings.outputSize(), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(_DOTS / 0.0254))
    image.setDotsPerMeterY(round(_DOTS / 0.0254))
    painter = QPainter(image)
    try:
        QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
    finally:
        painter.end()
    return image


def _settings(
    project: QgsProject, measured: StoreReach, language: str, group: Group, dots: int
) -> QgsMapSettings:
    base = {role: find_layer(project, role) for role in (*_ABOVE, *_BELOW)}
    base["limit"].setSubsetString("\"level\" IN ('outline', 'region')")
    for layer in base.values():
        layer.setLabelsEnabled(False)
    communes = reach_layer(measured, language)
    communes.setRenderer(reach_renderer(group, language))
    project.addMapLayer(communes)
    settings = QgsMapSettings()
    above, below = ([base[role] for role in roles] for roles in (_ABOVE, _BELOW))
    settings.setLayers([*above, communes, *below])
    target = QgsCoordinateReferenceSystem(MAP_CRS)
    settings.setDestinationCrs(target)
    settings.setOutputSize(QSize(dots, dots))
    settings.setOutputDpi(_DOTS)
    settings.setBackgroundColor(QColor(SEA))
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), target, project)
    settings.setExtent(transform.transformBoundingBox(QgsRectangle(*COUNTRY)))
    return settings
