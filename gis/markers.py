# SPDX-License-Identifier: GPL-2.0-or-later
"""The markers' drawings: the plugin's own SVG files, one a shape (``resources/symbols``).

A drawing goes into a symbol as its text, not as a file's address: a project and a store's
style show it wherever they are opened, without this plugin too. Colours and outline are
QGIS's own parameters of SVG markers, so the cartographer changes them as everywhere.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path

from qgis.core import (
    QgsSimpleMarkerSymbolLayer,
    QgsSvgMarkerSymbolLayer,
    QgsSymbolLayer,
)
from qgis.PyQt.QtGui import QColor

DRAWINGS = Path(__file__).resolve().parents[1] / "resources" / "symbols"
#: Drawings are so many units wide; the shapes in them are about 20, of equal weight to the eye.
_UNITS = 28
FRAME = _UNITS / 20
_PARAMETER = re.compile(r'param\(([a-z-]+)\)[^"]*')
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_SIZE = re.compile(r'width="\d+" height="\d+"')
_EMBEDDED = "base64:"
#: Names that QGIS gives to simple markers of our shapes, where they differ from ours.
_SIMPLE = {"equilateral_triangle": "triangle", "cross_fill": "plus"}


@lru_cache(maxsize=1)
def drawings() -> dict[str, str]:
    """Return the shapes by name, each as QGIS embeds it in a symbol."""
    return {
        file.stem: _EMBEDDED + base64.b64encode(file.read_bytes()).decode("ascii")
        for file in sorted(DRAWINGS.glob("*.svg"))
    }


def svg_layer(
    shape: str, size: float, fill: str, outline: str, width: float, unit
) -> QgsSvgMarkerSymbolLayer:
    """Return a shape ``size`` wide with an outline ``width`` thick, both in ``unit``.

    Raises KeyError for a shape that is not drawn.
    """
    layer = QgsSvgMarkerSymbolLayer(drawings()[shape])
    layer.setSizeUnit(unit)
    layer.setSize(size * FRAME)
    layer.setFillColor(QColor(fill))
    layer.setStrokeColor(QColor(outline))
    layer.setStrokeWidthUnit(unit)
    layer.setStrokeWidth(width)
    return layer


def shape_of(layer: QgsSymbolLayer) -> str:
    """Return the name of the shape that a symbol's layer draws; nothing for any other."""
    if isinstance(layer, QgsSvgMarkerSymbolLayer):
        names = {text: name for name, text in drawings().items()}
        return names.get(layer.path(), "")
    if isinstance(layer, QgsSimpleMarkerSymbolLayer):
        drawn = QgsSimpleMarkerSymbolLayer.encodeShape(layer.shape())
        name = _SIMPLE.get(drawn, drawn)
        return name if name in drawings() else ""
    return ""


def svg_file(shape: str, size_px: int, fill: str, outline: str, width: float) -> bytes:
    """Return a shape as a lean SVG file with its colours put in, as QGIS puts them.

    ``size_px`` is the whole picture's, ``width`` the outline's, both in pixels.
    """
    text = (DRAWINGS / f"{shape}.svg").read_text(encoding="utf-8")
    thick = width * _UNITS / size_px
    values = {"fill": fill, "outline": outline, "outline-width": f"{thick:.3g}"}
    text = _PARAMETER.sub(lambda found: values[found[1]], _COMMENT.sub("", text))
    return _SIZE.sub(f'width="{size_px}" height="{size_px}"', text, count=1).strip().encode()
