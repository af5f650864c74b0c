# SPDX-License-Identifier: GPL-2.0-or-later
"""Symbols and texts that a sheet draws straight onto the paper look as QGIS draws them."""

from __future__ import annotations

import numpy as np
import pytest

#: Dots to a millimetre, and the size in mm of the symbols drawn.
UNIT, SIZE = 20, 4.8


def image():
    from qgis.PyQt.QtGui import QImage

    found = QImage(8 * UNIT, 8 * UNIT, QImage.Format.Format_RGB32)
    found.setDotsPerMeterX(UNIT * 1000)
    found.setDotsPerMeterY(UNIT * 1000)
    found.fill(0xFFFFFFFF)
    return found


def drawn(draw) -> np.ndarray:
    """Return what ``draw`` draws with a render context around (4, 4) mm, as an array."""
    from qgis.core import QgsRenderContext
    from qgis.PyQt.QtGui import QPainter

    picture = image()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(UNIT)
    context.setForceVectorOutput(True)  # as a PDF does
    draw(context)
    painter.end()
    bits = picture.constBits()
    bits.setsize(picture.sizeInBytes())
    return np.frombuffer(bytes(bits), np.uint8).reshape(8 * UNIT, 8 * UNIT, 4)[..., :3].astype(int)


def marks(numbered: bool, about: bool):
    from carte_cp3.gis.sheets.geometry import Rect
    from carte_cp3.gis.sheets.plan.items import Mark

    return [Mark("", Rect(4 - SIZE / 2, 4 - SIZE / 2, SIZE, SIZE), "X", "1" * numbered, about)]


def by_paper(row, some) -> np.ndarray:
    from carte_cp3.gis.sheets.drawing.paper import Looks, Paper
    from qgis.core import QgsPrintLayout, QgsProject

    project = QgsProject()
    layout = QgsPrintLayout(project)
    paper = Paper(layout, some, Looks({"X": row}))
    return drawn(lambda context: paper._draw_marks(context, some))


def by_qgis(row, numbered: bool, about: bool) -> np.ndarray:
    from carte_cp3.gis.sheets.drawing.symbols import mark_symbol
    from qgis.PyQt.QtCore import QPointF

    symbol = mark_symbol(row, SIZE, numbered, about)

    def draw(context):
        symbol.startRender(context)
        symbol.renderPoint(QPointF(4 * UNIT, 4 * UNIT), None, context)
        symbol.stopRender(context)

    return drawn(draw)


@pytest.mark.parametrize("about", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
def test_every_shape_is_drawn_as_qgis_draws_it(qgis_app, numbered, about):
    from carte_cp3.gis import markers

    for shape in markers.drawings():
        for colour in ("#12315c", "#f7e26b"):
            row = {"code": "X", "symbol": shape, "colour": colour}
            ours, theirs = by_paper(row, marks(numbered, about)), by_qgis(row, numbered, about)
            assert (theirs < 200).any()
            unlike = (np.abs(ours - theirs).max(axis=2) > 100).mean()
            assert unlike < 0.004, f"{shape} {colour}: {unlike}"


def test_a_symbol_of_more_than_outlines_is_left_to_qgis(qgis_app, tmp_path):
    from carte_cp3.gis import style
    from carte_cp3.gis.sheets.drawing.strokes import strokes
    from qgis.core import QgsMarkerSymbol, QgsRasterMarkerSymbolLayer

    picture = tmp_path / "logo.png"
    tile = image()
    tile.fill(0xFF123456)
    tile.save(str(picture))
    symbol = QgsMarkerSymbol()
    symbol.changeSymbolLayer(0, QgsRasterMarkerSymbolLayer(str(picture), 4.8))
    assert strokes(symbol) == ()
    row = {"code": "X", "symbol": "circle", "colour": "#123456", style.OWN: symbol}
    ours, theirs = by_paper(row, marks(False, False)), by_qgis(row, False, False)
    assert (theirs < 200).any()
    assert (ours == theirs).all()


def test_the_boxes_of_letters_hold_their_ink(qgis_app):
    from carte_cp3.gis.sheets.drawing.fonts import face, family, load_fonts
    from carte_cp3.gis.sheets.drawing.paper_text import letter_boxes
    from qgis.PyQt.QtGui import QPainterPath

    load_fonts()
    for text in ("Aïn Harrouda", "مولاي يعقوب", "12–18"):
        font = face(family(text), False)
        font.setPixelSize(60)
        path = QPainterPath()
        path.addText(0, 0, font, text)
        ink, boxes = path.boundingRect(), list(letter_boxes(text, font))
        left, top, right, bottom = zip(*boxes)
        found = min(left), min(top), max(right), max(bottom)
        wanted = ink.left(), ink.top(), ink.right(), ink.bottom()
        assert found == pytest.approx(wanted, abs=1.5), text
