# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports on paper: pages, fonts, directions; and the reach as a layer."""

from __future__ import annotations

import subprocess
from datetime import date

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.domain.document import BAR, CHANGE, TEXT, Column, Document, Table
from carte_cp3.domain.errors import CarteError
from carte_cp3.domain.reach import ALL
from carte_cp3.gis.documents import print_document
from carte_cp3.gis.reach import (
    add_reach_layer,
    class_names,
    column_of,
    reach_renderer,
    write_reach_layer,
)
from carte_cp3.gis.reach_picture import reach_picture
from carte_cp3.store.boundaries import BOUNDARIES
from carte_cp3.store.calling import call_list
from carte_cp3.store.committee import committee_figures
from carte_cp3.store.documents.calling import call_document
from carte_cp3.store.documents.committee import committee_document
from carte_cp3.store.documents.reach import MAP
from carte_cp3.store.reach import store_reach
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QImage, QPainter

DAY = date(2026, 11, 10)
pytestmark = pytest.mark.usefixtures("qgis_app")


def said(command, file):
    return subprocess.run([command, str(file), *(["-"] if command == "pdftotext" else [])],
                          check=True, capture_output=True, text=True).stdout  # fmt: skip


def pages(file):
    return [page for page in said("pdftotext", file).split("\f") if page.strip()]


def long_table(rows=120, **more):
    columns = (
        Column("Nom", TEXT, 3),
        Column("Nombre"),
        Column("Écart", CHANGE),
        Column("Part", BAR),
    )
    lines = tuple(
        (f"SPÉCIMEN {number}", number, number - 60, number / rows) for number in range(rows)
    )
    return Table("Longue table", columns, lines, **more)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_committee_report_is_printed_with_its_map(store, tmp_path, language):
    reach = store_reach(store)
    document = committee_document(committee_figures(store, DAY), language, reach)
    file = tmp_path / "comite.pdf"
    count = print_document(document, file, {MAP: reach_picture(reach, language)}, DAY)
    texts = pages(file)
    assert len(texts) == count >= 5
    fonts = said("pdffonts", file).splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts), "all are embedded"
    assert all("NotoSans" in line for line in fonts), "none but the bundled ones"
    assert "36" in "".join(texts) and "10/11/2026" in texts[0]


def test_rows_flow_over_pages_under_their_headings(tmp_path):
    document = Document("SPÉCIMEN", (), (long_table(),))
    assert print_document(document, tmp_path / "long.pdf", on=DAY) == 3
    for number, text in enumerate(pages(tmp_path / "long.pdf"), start=1):
        assert "Nombre" in text and f"Page {number} sur 3" in text


def test_every_row_is_printed_once(tmp_path):
    print_document(Document("SPÉCIMEN", (), (long_table(),)), tmp_path / "long.pdf", on=DAY)
    text = "\n".join(pages(tmp_path / "long.pdf"))
    for number in range(120):
        assert text.count(f"SPÉCIMEN {number}\n") == 1


def test_a_short_table_is_not_parted_nor_a_groups_heading_left_alone(tmp_path):
    short = long_table(20)
    groups = Table("Groupes", (Column("Nom", TEXT), Column("Nombre")), tuple(
        row for group in range(12)
        for row in ((f"GROUPE {group}",), *((f"ligne {group}.{line}", line) for line in range(6)))
    ))  # fmt: skip
    document = Document("SPÉCIMEN", (), (long_table(38), short, groups))
    print_document(document, tmp_path / "mixed.pdf", on=DAY)
    texts = pages(tmp_path / "mixed.pdf")
    for text in texts:
        for group in range(12):
            if f"GROUPE {group}\n" in text:
                assert f"ligne {group}.0" in text and f"ligne {group}.5" in text
    first = [number for number, text in enumerate(texts) if "Longue table" in text]
    assert len(first) == 2


def test_the_call_list_is_printed(store, tmp_path):
    calls = call_list(store, DAY)
    assert print_document(call_document(calls, "fr", DAY), tmp_path / "appels.pdf", on=DAY) >= 1
    text = "".join(pages(tmp_path / "appels.pdf"))
    assert "SPÉCIMEN formation" in text and "jamais" in text


def test_what_cannot_be_written_is_said(tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(CarteError, match="is a folder"):
        print_document(Document("SPÉCIMEN", (), ()), tmp_path / "folder.pdf")


def test_the_reachs_classes_have_the_same_words_on_map_and_report(qgis_app):
    renderer = reach_renderer(ALL, "fr")  # its rules live no longer than itself
    words = [rule.label() for rule in renderer.rootRule().children()]
    assert words == class_names("fr")
    assert words[:2] == ["À 5 km", "De 5 à 10 km"]


def test_the_reach_is_a_layer_with_its_classes(store, project, tmp_path):
    reach = store_reach(store)
    assert write_reach_layer(reach, tmp_path / "portee.gpkg") == 1538
    layer = add_reach_layer(project, tmp_path / "portee.gpkg", reach)
    assert layer.name() == "Portée : Tous les services"
    column = column_of(ALL)
    near = [one[column] for one in layer.getFeatures() if one["province"] == "Casablanca"]
    assert near and max(near) < 25
    people = sum(one["population"] for one in layer.getFeatures(f'"{column}" <= 10'))
    assert people == reach.reach.people_within(ALL, 10)
    rules = layer.renderer().rootRule().children()
    counted = [sum(1 for _one in layer.getFeatures(rule.filterExpression())) for rule in rules]
    assert sum(counted) == 1538 and counted[-1] == 0
    assert rules[0].label() == "À 5 km"


def test_the_picture_shows_near_and_far_and_leaves_the_boundaries_alone(store):
    reach, before = store_reach(store), BOUNDARIES.read_bytes()
    image = QImage(1200, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    reach_picture(reach, "ar")(painter, QRectF(0, 0, 1200, 600))
    painter.end()
    colours = {
        QColor(image.pixel(x, y)).name() for x in range(0, 1200, 2) for y in range(0, 600, 2)
    }
    assert {"#0f5a4a", "#efe6d2", "#dce9f0"} <= colours
    assert QColor(image.pixel(700, 20)).name() == "#dce9f0", "the map stands on the right"
    assert BOUNDARIES.read_bytes() == before
