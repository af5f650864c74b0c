# SPDX-License-Identifier: GPL-2.0-or-later
"""A page of a sheet as an image, to look at before printing."""

from __future__ import annotations

from qgis.core import QgsLayoutExporter
from qgis.PyQt.QtGui import QImage

from ...domain.errors import PrintError
from .job import LaidOut

#: Dots to the inch: a whole page on a screen, and its smallest letters when it is enlarged.
PREVIEW_DPI = 130


def draw_preview(laid_out: LaidOut, page: int = 0, dpi: int = PREVIEW_DPI) -> QImage:
    """Return a page of a layout as an image; on the main thread, where layouts are drawn.

    Raises PrintError when there is not enough memory for it.
    """
    image = QgsLayoutExporter(laid_out.layout).renderPageToImage(page, dpi=dpi)
    if image.isNull():
        raise PrintError(
            "This page cannot be shown: there is not enough memory. Close other programs, or print "
            "the sheet and look at its file."
        )
    return image
