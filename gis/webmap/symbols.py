# SPDX-License-Identifier: GPL-2.0-or-later
"""Each institution's symbol as a picture of the page, drawn by QGIS: screen, print and web agree.

As long as the cartographer left an institution's symbol as the plugin draws it, the picture
is a small SVG; a symbol of the cartographer's own, which may hold anything, becomes a PNG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsCategorizedSymbolRenderer, QgsFeatureRenderer, QgsMarkerSymbol, QgsSymbol
from qgis.PyQt.QtCore import QSize

from ..style import classes_of, institution_symbol, symbol_svg

#: Pixels of the SVG, and of the PNG (twice as many, for fine screens).
SIZE = 24
FINE_SIZE = 48
#: Part of a picture that the marker fills; the rest is room for outlines and star points.
_FILLED = 0.69
_PIXELS_PER_MM = 96 / 25.4


def write_symbols(
    folder: Path,
    institutions: Iterable[Mapping[str, Any]],
    renderer: QgsFeatureRenderer | None = None,
) -> dict[str, str]:
    """Draw the institutions into ``folder/symbols``; return each one's address by its code.

    ``renderer`` is that of the project's layer of sites, if it has one.
    """
    (folder / "symbols").mkdir(exist_ok=True)
    drawn = {}
    for number, row in enumerate(institutions):
        own = _own_symbol(renderer, row)
        address = f"symbols/{_file_name(row['code'], number)}.{'png' if own else 'svg'}"
        if own:
            own.asImage(QSize(FINE_SIZE, FINE_SIZE)).save(str(folder / address))
        else:
            (folder / address).write_bytes(symbol_svg(row, SIZE))
        drawn[row["code"]] = address
    return drawn


def _file_name(code: str, number: int) -> str:
    return code if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", code) else f"institution-{number}"


def _own_symbol(
    renderer: QgsFeatureRenderer | None, row: Mapping[str, Any]
) -> QgsMarkerSymbol | None:
    """Return the cartographer's symbol of an institution at the PNG's size, if it is their own."""
    classes = classes_of(renderer)
    if classes is None:
        return None
    symbol = category_symbol(classes, row["code"])
    if not isinstance(symbol, QgsMarkerSymbol) or _look(symbol) == _look(institution_symbol(row)):
        return None
    symbol.setSize(FINE_SIZE * _FILLED / _PIXELS_PER_MM)
    return symbol


def category_symbol(renderer: QgsCategorizedSymbolRenderer, value: str) -> QgsSymbol | None:
    """Return a copy of the symbol that a value has, None if it has none.

    A copy, because a category that PyQt hands out takes its symbol with it when it goes.
    """
    index = renderer.categoryIndexForValue(value)
    if index < 0:
        return None
    category = renderer.categories()[index]
    return category.symbol().clone()


def _look(symbol: QgsMarkerSymbol) -> list[tuple]:
    """Shapes and colours of a symbol, whatever its size."""
    layers = symbol.symbolLayers()
    parts = ("name", "color", "outline_color")
    return [(one.layerType(), *(one.properties().get(part) for part in parts)) for one in layers]
