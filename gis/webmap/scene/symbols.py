# SPDX-License-Identifier: GPL-2.0-or-later
"""Each institution's symbol as a picture of the page: screen, print and web agree.

What the plugin draws, in whatever colour and shape, is a small SVG; another symbol of the
cartographer's own, which may hold anything, becomes a PNG.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsFeatureRenderer
from qgis.PyQt.QtCore import QSize

from ...style import OWN, as_styled, institution_symbol, symbol_svg

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

    ``renderer`` is that of the project's layer of sites, if it has one. Rows of the classes
    by which it shows sites (``site_classes``) are drawn like institutions.
    """
    (folder / "symbols").mkdir(exist_ok=True)
    drawn = {}
    for number, row in enumerate(institutions):
        styled = as_styled(row, renderer)
        own = OWN in styled
        address = f"symbols/{_file_name(row['code'], number)}.{'png' if own else 'svg'}"
        if own:
            symbol = institution_symbol(styled, FINE_SIZE * _FILLED / _PIXELS_PER_MM)
            symbol.asImage(QSize(FINE_SIZE, FINE_SIZE)).save(str(folder / address))
        else:
            (folder / address).write_bytes(symbol_svg(styled, SIZE))
        drawn[row["code"]] = address
    return drawn


def _file_name(code: str, number: int) -> str:
    return code if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", code) else f"institution-{number}"
