# SPDX-License-Identifier: GPL-2.0-or-later
"""Markers of institutions: from their rows, told apart in colour, in grey and by shape."""

from __future__ import annotations

import re
from itertools import combinations
from types import SimpleNamespace

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import numpy as np
from carte_cp3.domain.schema import load_schema
from carte_cp3.gis import dom, markers, style
from carte_cp3.gis.basemap import LOOKS
from carte_cp3.gis.project import BASE_TABLES
from carte_cp3.store.institutions import known_institutions
from qgis.core import (
    QgsExpressionContext,
    QgsFeature,
    QgsField,
    QgsFields,
    QgsMarkerSymbol,
    QgsRenderContext,
    QgsSvgMarkerSymbolLayer,
)
from qgis.PyQt.QtCore import QSize, QVariant
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer
from qgis.PyQt.QtXml import QDomDocument

pytestmark = pytest.mark.usefixtures("qgis_app")

ROW = {"code": "SPE", "colour": "#1d3a6b", "symbol": "hexagon", "name_fr": "SPÉCIMEN"}
WHITE = QColor("#ffffff")
#: Dots per inch of the pictures that QGIS makes of symbols.
DPI = 100


def centre(picture: QImage) -> QColor:
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


def drawn(symbol: QgsMarkerSymbol, precision: str | None) -> QImage:
    """Draw a symbol for a feature, as a map does."""
    picture = QImage(60, 60, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(QColor("#888888"))
    painter = QPainter(picture)
    context = QgsRenderContext.fromQPainter(painter)
    fields = QgsFields()
    feature = QgsFeature(fields)
    if precision is not None:
        fields.append(QgsField("precision", QVariant.String))
        feature = QgsFeature(fields)
        feature["precision"] = precision
    expressions = QgsExpressionContext()
    expressions.setFields(fields)
    expressions.setFeature(feature)
    context.setExpressionContext(expressions)
    symbol.startRender(context, fields)
    symbol.renderPoint(_middle(), feature, context)
    symbol.stopRender(context)
    painter.end()
    return picture


def _middle():
    from qgis.PyQt.QtCore import QPointF

    return QPointF(30, 30)


@pytest.mark.parametrize(
    ("precision", "hollow"),
    [
        ("entrance", False),
        ("street", False),
        ("district", False),
        ("commune", True),
        ("unknown", True),
        (None, False),
    ],
)
def test_an_approximate_position_is_hollow(precision, hollow):
    picture = drawn(style.institution_symbol(ROW, size_mm=10), precision)
    assert (centre(picture) == WHITE) is hollow


def test_legends_show_the_full_form():
    assert centre(style.institution_symbol(ROW).asImage(QSize(40, 40))) == QColor("#1d3a6b")


def test_approximate_precisions_are_terms_of_the_vocabulary():
    codes = {term.code for term in load_schema().vocabulary("precision")}
    assert set(style.APPROXIMATE) < codes


def test_each_shape_of_the_vocabulary_is_drawn_differently():
    pictures = set()
    for term in load_schema().vocabulary("symbol"):
        symbol = style.institution_symbol({**ROW, "symbol": term.code}, approximate=False)
        picture = symbol.asImage(QSize(48, 48))
        pictures.add(bytes(picture.constBits().asarray(picture.sizeInBytes())))
    assert len(pictures) == len(load_schema().vocabulary("symbol")) == 8


@pytest.mark.parametrize(
    "row", [{}, {"colour": None, "symbol": None}, {"colour": "red-ish", "symbol": "banana"}]
)
def test_a_row_without_style_still_gets_a_marker(row):
    symbol = style.institution_symbol(row)
    assert symbol.symbolLayer(0).fillColor() == QColor("#5f6b76")
    assert markers.shape_of(symbol.symbolLayer(0)) == "circle"


def test_outlines_part_from_the_fill_in_grey():
    """Fill and outline differ by at least 25 of 255 in grey for every known institution."""
    for row in known_institutions():
        symbol = style.institution_symbol(row)  # its layers live no longer than itself
        layer = symbol.symbolLayer(0)
        grey = [_grey(layer.fillColor()), _grey(layer.strokeColor())]
        assert abs(grey[0] - grey[1]) >= 25, row["code"]


def _grey(colour: QColor) -> float:
    return 0.299 * colour.red() + 0.587 * colour.green() + 0.114 * colour.blue()


def test_members_of_the_committee_have_shapes_and_greys_of_their_own():
    members = [row for row in known_institutions() if row["member"] == "yes"]
    assert len({row["symbol"] for row in members}) == len(members)
    greys = sorted(_grey(QColor(row["colour"])) for row in members)
    assert min(second - first for first, second in zip(greys, greys[1:])) >= 25


def test_renderer_has_one_category_an_institution_in_order_and_one_for_the_rest():
    rows = [
        {"code": "B", "name_fr": "SPÉCIMEN B", "short_name_fr": "B", "sort": 20},
        {"code": "A", "name_fr": "SPÉCIMEN A", "short_name_fr": "", "sort": 10},
        {"code": "C", "name_fr": "SPÉCIMEN C", "name_ar": "نموذج", "sort": None},
    ]
    renderer = style.site_renderer(rows, "ar")
    assert renderer.classAttribute() == "institution_code"
    labels = [(category.value(), category.label()) for category in renderer.categories()]
    assert labels[:3] == [("A", "SPÉCIMEN A"), ("B", "B"), ("C", "نموذج")]
    assert labels[3][0] in (None, "") or not labels[3][0]
    assert len(labels) == 4


def test_svg_is_small_safe_and_the_same_each_time():
    first = style.symbol_svg(ROW, 24)
    assert first == style.symbol_svg(ROW, 24)
    text = first.decode("utf-8")
    assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" ')
    assert "#1d3a6b" in text
    assert len(first) < 800
    assert not re.search(r"script|href|Qt|font|style=|param|<!--", text)


@pytest.mark.parametrize("shape", sorted(markers.drawings()))
def test_the_page_shows_what_qgis_draws(shape, tmp_path):
    """The SVG of the page and QGIS's marker are one picture, and it fits its frame."""
    row = {**ROW, "symbol": shape}
    (tmp_path / "page.svg").write_bytes(style.symbol_svg(row, 96))
    page = QImage(96, 96, QImage.Format.Format_ARGB32_Premultiplied)
    page.fill(0)
    painter = QPainter(page)
    QSvgRenderer(str(tmp_path / "page.svg")).render(painter)
    painter.end()
    width = 96 / markers.FRAME
    symbol = style.institution_symbol(row, width * 25.4 / DPI, approximate=False)
    here, there = alpha(page), alpha(symbol.asImage(QSize(96, 96)))
    assert np.mean(np.abs(here - there)) < 4
    assert here[48, 48] > 200
    assert not here[[0, -1]].any() and not here[:, [0, -1]].any()


def alpha(picture: QImage) -> np.ndarray:
    """What a picture covers, 0 to 255 a pixel."""
    picture = picture.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = np.frombuffer(picture.constBits().asarray(picture.sizeInBytes()), np.uint8)
    return pixels.reshape(picture.height(), picture.width(), 4)[:, :, 3].astype(int)


def test_shapes_are_told_apart_at_the_size_of_a_map():
    """Any two differ in a tenth of what they cover, at 16 pixels."""
    covered = {}
    for shape in markers.drawings():
        symbol = style.institution_symbol({**ROW, "symbol": shape}, 3.0, approximate=False)
        covered[shape] = alpha(symbol.asImage(QSize(16, 16))) > 127
    for one, other in combinations(covered, 2):
        differ = np.sum(covered[one] ^ covered[other])
        assert differ >= 0.1 * np.sum(covered[one] | covered[other]), (one, other, differ)


def test_a_shape_is_part_of_the_symbol_and_found_again():
    """No file's address: what holds the symbol shows it where the plugin is not."""
    for shape in markers.drawings():
        symbol = style.institution_symbol({**ROW, "symbol": shape})
        assert markers.shape_of(symbol.symbolLayer(0)) == shape
        held = symbol.symbolLayer(0).properties()["name"]
        assert held.startswith("base64:") and "/resources" not in held
    assert markers.shape_of(QgsSvgMarkerSymbolLayer("/elsewhere/own.svg")) == ""


def test_every_layer_of_the_base_map_has_a_look():
    assert set(LOOKS) == set(BASE_TABLES)


class _OfQt6(QDomDocument):
    """A document that answers as Qt 6.5's does: with one thing that is true or false."""

    def setContent(self, text):  # noqa: N802 (Qt's name)
        done, *_why = super().setContent(text)
        return SimpleNamespace() if done else 0


@pytest.mark.parametrize("document", [QDomDocument, _OfQt6])
def test_xml_is_read_with_both_versions_of_qt(document, monkeypatch):
    monkeypatch.setattr(dom, "QDomDocument", document)
    assert dom.read_dom("<a/>").documentElement().tagName() == "a"
    assert dom.read_dom(b"<svg xmlns='x'/>").documentElement().tagName() == "svg"
    assert dom.read_dom("no XML") is None
