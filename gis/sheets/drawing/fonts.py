# SPDX-License-Identifier: GPL-2.0-or-later
"""The bundled fonts: loading, measuring, and the text formats made with them.

Each text is set in one family by its script: Noto Sans, or Noto Sans Arabic UI, whose lines
are equally high. A sign that the Arabic family lacks is taken from Noto Sans, never from
whatever the machine has.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from qgis.core import QgsTextFormat, QgsUnitTypes
from qgis.PyQt.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF

from ....domain.errors import PrintError
from ....domain.text import is_arabic
from ..charter import POINT, RESOURCES, Style
from ..geometry import Rect

LATIN, ARABIC = "Noto Sans", "Noto Sans Arabic UI"
FOLDER = RESOURCES / "fonts"
_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansArabicUI-Regular.ttf",
    "NotoSansArabicUI-Bold.ttf",
)
#: Metrics are read at a large size, for at print sizes Qt rounds them to whole pixels.
_FINE = 1000


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; PrintError names the file that is missing."""
    for name in _FILES:
        if not _families(name):
            raise PrintError(
                "The font {path} is missing or damaged. Install the plugin again.",
                path=FOLDER / name,
            )
    QFont.insertSubstitution(ARABIC, LATIN)
    QFont.insertSubstitution(LATIN, ARABIC)


@lru_cache(maxsize=len(_FILES))
def _families(name: str) -> tuple[str, ...]:
    number = QFontDatabase.addApplicationFont(str(FOLDER / name))
    return tuple(QFontDatabase.applicationFontFamilies(number)) if number >= 0 else ()


@lru_cache(maxsize=4096)
def family(text: str) -> str:
    """Return the family in which a text is set."""
    return ARABIC if is_arabic(text) else LATIN


def face(name: str, bold: bool) -> QFont:
    """Return a bundled family as a font, without a size.

    Arabic is set without kerning: it pushes some letters so far from a reh before them that
    readers of the PDF take the gap for a space between words.
    """
    found = QFont(name)
    found.setBold(bold)
    # Letters are for paper: fitted to pixels, their widths would be rounded to whole ones.
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    found.setKerning(name != ARABIC)
    return found


def font(text: str, style: Style) -> QFont:
    """Return the font of a text."""
    found = face(family(text), style.bold)
    found.setPointSizeF(style.size)
    return found


def text_format(text: str, style: Style) -> QgsTextFormat:
    """Return the text format of a text, for tables and labels on maps."""
    return QgsTextFormat(_format(family(text), style))


@lru_cache(maxsize=256)
def _format(name: str, style: Style) -> QgsTextFormat:
    made = QgsTextFormat()
    made.setFont(face(name, style.bold))
    made.setNamedStyle("Bold" if style.bold else "Regular")
    made.setSize(style.size)
    made.setSizeUnit(QgsUnitTypes.RenderUnit.RenderPoints)
    made.setColor(QColor(style.colour))
    return made


@lru_cache(maxsize=16384)
def measure(text: str, style: Style) -> float:
    """Return a text's width in millimetres."""
    metrics = _metrics(family(text), style.bold)
    return metrics.horizontalAdvance(text) / _FINE * style.size * POINT


@lru_cache(maxsize=8)
def _metrics(name: str, bold: bool) -> QFontMetricsF:
    found = face(name, bold)
    found.setPixelSize(_FINE)
    return QFontMetricsF(found)


class Ink(NamedTuple):
    """Where a line's letters are, from its start and the middle of its height; its width."""

    rect: Rect
    advance: float


@lru_cache(maxsize=16384)
def ink(text: str, style: Style) -> Ink:
    """Return what the letters of a line cover, in millimetres."""
    metrics = _metrics(family(text), style.bold)
    unit = style.size * POINT / _FINE
    box = metrics.tightBoundingRect(text)
    base = (metrics.ascent() - metrics.descent()) / 2
    rect = Rect(box.x() * unit, (base + box.y()) * unit, box.width() * unit, box.height() * unit)
    return Ink(rect, metrics.horizontalAdvance(text) * unit)
