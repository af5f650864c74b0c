# SPDX-License-Identifier: GPL-2.0-or-later
"""Each rule of a sheet: a good sheet keeps it, and a sheet broken on purpose is caught."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

DAY = date(2026, 11, 21)
REGION = "06"


@pytest.fixture(scope="module")
def job(qgis_app, tmp_path_factory):
    """A printing of a crowded region: markers, cards, an inset, a list on a further page."""
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import open_store
    from sheet_specimens import crowded_store

    path = crowded_store(tmp_path_factory.mktemp("verify") / "crowd.gpkg", 180, (REGION, "12"))
    with open_store(str(path)) as store:
        yield PrintJob(store, None, "fr+ar", DAY, None)


@pytest.fixture(scope="module")
def proof(job):
    return job.proof(job.plan(job.choose((REGION,))[0][0]))


@pytest.fixture(scope="module")
def printed(job, proof, tmp_path_factory) -> Path:
    """The sheet's PDF, as it is printed."""
    sheet = job.print_sheet(proof.plan, tmp_path_factory.mktemp("printed"), "pdf")
    assert [fault.report() for fault in sheet.faults] == []
    return sheet.files[0]


def rules(faults) -> set[str]:
    return {fault.rule for fault in faults}


def found(proof, **changed) -> set[str]:
    """The rules that a plan breaks with some of its parts changed."""
    from carte_cp3.gis.sheets.verify import check_plan

    return rules(check_plan(replace(proof, plan=replace(proof.plan, **changed))))


def with_signs(proof, signs):
    return replace(proof.plan.map, signs=tuple(signs))


def with_first_page(proof, change):
    """The plan's pages with each item of the first one changed, left out (None) or doubled."""
    items = []
    for item in proof.plan.pages[0]:
        made = change(item)
        items += made if isinstance(made, list) else [made] if made is not None else []
    return (tuple(items), *proof.plan.pages[1:])


def moved_to(sign, x, y):
    placed = sign.placed
    return replace(sign, placed=replace(placed, rect=replace(placed.rect, x=x, y=y)))


def test_a_good_sheet_breaks_no_rule(proof):
    from carte_cp3.gis.sheets.verify import check_plan

    assert [fault.report() for fault in check_plan(proof)] == []
    assert proof.plan.details
    assert len(proof.plan.pages) > 1


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_good_sheet_in_one_language_breaks_no_rule(job, language, tmp_path):
    from dataclasses import replace as changed

    from carte_cp3.gis.sheets.edition import Edition

    own = job.edition
    job.edition = Edition(language, own.day, own.specimen, own.total, own.credits)
    try:
        content = job.choose((REGION,))[0][0]
        sheet = job.print_sheet(job.plan(content), tmp_path, "pdf")
    finally:
        job.edition = changed(own)
    assert [fault.report() for fault in sheet.faults] == []


# Numbers and counts


def test_a_number_that_is_on_no_map_is_caught(proof):
    assert "number_once_on_maps" in found(proof, map=with_signs(proof, proof.plan.map.signs[1:]))


def test_a_number_that_is_on_the_map_twice_is_caught(proof):
    signs = proof.plan.map.signs
    assert "number_once_on_maps" in found(proof, map=with_signs(proof, [*signs, signs[0]]))


def test_a_number_that_is_written_wrong_is_caught(proof):
    first = proof.plan.map.signs[0]
    chips = tuple(replace(chip, text="999") for chip in first.sign.chips)
    wrong = replace(first, sign=replace(first.sign, chips=chips))
    assert "number_once_on_maps" in found(
        proof, map=with_signs(proof, [wrong, *proof.plan.map.signs[1:]])
    )


def test_a_line_that_misses_in_the_list_is_caught(proof):
    from carte_cp3.gis.sheets.plan.items import Table

    tables = [item for page in proof.plan.pages for item in page
              if isinstance(item, Table) and item.name.startswith("index")]  # fmt: skip
    short = replace(tables[0], rows=tables[0].rows[:-1])
    pages = tuple(
        tuple(short if item is tables[0] else item for item in page) for page in proof.plan.pages
    )
    assert {"number_once_in_list", "last_row_of_table"} <= found(proof, pages=pages)
    twice = tuple((*page, tables[0]) if tables[0] in page else page for page in proof.plan.pages)
    assert "number_once_in_list" in found(proof, pages=twice)


def test_a_site_of_elsewhere_and_one_that_misses_are_caught(proof):
    content = proof.plan.content
    alien = {**content.entries[0].site, "site_id": "alien"}
    entries = (replace(content.entries[0], site=alien), *content.entries[1:])
    assert "sites_of_store" in found(proof, content=replace(content, entries=entries))


def test_counts_that_are_not_the_stores_are_caught(proof):
    from carte_cp3.gis.sheets.verify import check_plan

    fewer = tuple(row for row in proof.sites if row["region_code"] != REGION) + proof.own_sites[:-1]
    broken = rules(check_plan(replace(proof, sites=fewer)))
    assert {"sites_of_store", "counts_of_store", "table_adds_up"} <= broken


def test_a_wrong_count_on_the_legend_is_caught(proof):
    pages = with_first_page(
        proof, lambda item: replace(item, text="1") if item.name.endswith(" count") else item
    )
    assert "counts_of_store" in found(proof, pages=pages)


def test_a_table_without_its_last_row_and_a_wrong_sum_are_caught(proof):
    def shortened(item):
        return replace(item, rows=item.rows[:-1]) if item.name == "provinces" else item

    def miscounted(item):
        if item.name != "provinces":
            return item
        cells = tuple(replace(one, text="7") if one.align == "centre" else one
                      for one in item.rows[-1].cells)  # fmt: skip
        return replace(item, rows=(*item.rows[:-1], replace(item.rows[-1], cells=cells)))

    assert "last_row_of_table" in found(proof, pages=with_first_page(proof, shortened))
    assert "table_adds_up" in found(proof, pages=with_first_page(proof, miscounted))


# The map


def test_a_sign_on_a_sign_is_caught(proof):
    one, other, *rest = proof.plan.map.signs
    onto = moved_to(one, other.placed.rect.x + 0.5, other.placed.rect.y)
    assert "sign_on_sign" in found(proof, map=with_signs(proof, [onto, other, *rest]))


def test_signs_that_touch_by_less_than_a_tenth_of_a_millimetre_are_let_pass(proof):
    from carte_cp3.gis.sheets.geometry import Rect
    from carte_cp3.gis.sheets.verify.maps import overlapping

    one = Rect(0, 0, 5, 5)
    assert [*overlapping([one, Rect(4.95, 0, 5, 5)], 0.1)] == []
    assert [*overlapping([one, Rect(4.8, 0, 5, 5)], 0.1)] == [(0, 1)]
    assert [*overlapping([one, Rect(4.8, 5, 5, 5)], 0.1)] == []


def test_a_name_on_a_sign_or_on_a_name_is_caught(proof):
    plan, sign = proof.plan.map, proof.plan.map.signs[0].placed.rect
    first, second = (
        plan.labels[0],
        next(label for label in plan.labels if label.style != plan.labels[0].style),
    )
    on_sign = replace(first, x=sign.centre[0], y=sign.centre[1])
    on_name = replace(second, x=first.x, y=first.y, align=first.align)
    labels = (*plan.labels, on_sign)
    assert "name_on_sign" in found(proof, map=replace(plan, labels=labels))
    assert "name_on_name" in found(proof, map=replace(plan, labels=(*plan.labels, on_name)))


def test_leaders_that_cross_are_caught(proof):
    crossed = (((10.0, 10.0), (20.0, 20.0)), ((10.0, 20.0), (20.0, 10.0)))
    plan = replace(proof.plan.map, leaders=(*proof.plan.map.leaders, *crossed))
    assert "leader_on_leader" in found(proof, map=plan)


def test_a_sign_far_from_its_place_or_off_the_map_is_caught(proof):
    marker = next(one for one in proof.plan.map.signs if one.sign.kind == "marker")
    rest = [one for one in proof.plan.map.signs if one is not marker]
    far = replace(marker, placed=replace(marker.placed, distance=9.0))
    assert "sign_far_away" in found(proof, map=with_signs(proof, [far, *rest]))
    off = moved_to(marker, -4.0, 10.0)
    assert "sign_off_map" in found(proof, map=with_signs(proof, [off, *rest]))


def test_a_chief_town_or_province_that_is_named_nowhere_is_caught(proof):
    from carte_cp3.gis.sheets.verify.maps import names_are_there_or_told

    def without(one, name):
        labels = tuple(label for label in one.labels if label.text != name)
        signs = tuple(
            sign for sign in one.signs if name not in {u.name_fr for u in sign.sign.named}
        )
        return replace(one, labels=labels, signs=signs)

    for name in ("Sidi Bennour", "SETTAT"):
        plan = without(proof.plan.map, name)
        details = tuple(replace(one, map=without(one.map, name)) for one in proof.plan.details)
        silent = replace(proof, plan=replace(proof.plan, map=plan, details=details))
        assert [name in str(one.said) for one in names_are_there_or_told(silent)] == [True]
        told = replace(plan, left_out=(*plan.left_out, name))
        heard = replace(proof, plan=replace(proof.plan, map=told, details=details))
        assert [*names_are_there_or_told(heard)] == []


def test_a_scale_off_the_list_and_another_projection_are_caught(proof, job):
    from carte_cp3.gis.sheets.land.projection import from_degrees, pinned, zone
    from qgis.core import QgsCoordinateTransformContext

    assert "scale_of_list" in found(proof, ground=replace(proof.plan.ground, scale=987_654.0))
    other = zone(26192)
    transform = from_degrees(other, pinned(QgsCoordinateTransformContext(), other))
    broken = found(proof, ground=replace(proof.plan.ground, transform=transform))
    assert "projection_of_table" in broken


# The page


def test_a_page_of_another_size_is_caught(proof):
    page = replace(proof.plan.frames.page, width=419.0)
    assert "page_size" in found(proof, frames=replace(proof.plan.frames, page=page))


def test_what_stands_in_the_margin_is_caught(proof):
    def moved(item):
        return replace(item, rect=item.rect.moved(-8, 0)) if item.name == "title fr" else item

    assert "margin" in found(proof, pages=with_first_page(proof, moved))


def test_texts_on_each_other_or_on_a_map_are_caught(proof):
    def doubled(item):
        if item.name != "figure fr":
            return item
        return [item, replace(item, rect=item.rect.moved(0.5, 0.5))]

    def onto_map(item):
        return replace(item, rect=replace(item.rect, x=100, y=100)) if (
            item.name == "figure fr") else item  # fmt: skip

    assert "text_on_text" in found(proof, pages=with_first_page(proof, doubled))
    assert "text_on_text" in found(proof, pages=with_first_page(proof, onto_map))


def test_maps_on_each_other_are_caught(proof):
    detail = proof.plan.details[0]
    page = replace(detail, page=0, rect=replace(proof.plan.map_rect, x=proof.plan.map_rect.x + 50))
    assert "map_on_map" in found(proof, details=(page, *proof.plan.details[1:]))


def test_small_and_pale_letters_are_caught(proof):
    def smaller(item):
        if item.name != "title fr":
            return item
        return replace(item, style=replace(item.style, size=5.5))

    def paler(item):
        if item.name != "figure fr":
            return item
        return replace(item, style=replace(item.style, colour="#aaaaaa"))

    def dark_on_dark(item):
        if item.name != "title fr":
            return item
        return replace(item, style=replace(item.style, colour="#1d2427"))

    assert "letters_small" in found(proof, pages=with_first_page(proof, smaller))
    assert "letters_pale" in found(proof, pages=with_first_page(proof, paler))
    assert "letters_pale" in found(proof, pages=with_first_page(proof, dark_on_dark))
    faint = replace(proof.plan.map.labels[0], style=replace(
        proof.plan.map.labels[0].style, colour="#c0c0c0"))  # fmt: skip
    plan = replace(proof.plan.map, labels=(faint, *proof.plan.map.labels[1:]))
    assert "letters_pale" in found(proof, map=plan)


def test_contrast_is_that_of_wcag(qgis_app):
    from carte_cp3.gis.sheets.colours import contrast

    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_an_imprint_without_projection_and_a_map_without_scale_are_caught(proof):
    def without_code(item):
        if not item.name.startswith("footer") or not hasattr(item, "text"):
            return item
        return replace(item, text=item.text.replace("26191", "4326"))

    assert "projection_printed" in found(proof, pages=with_first_page(proof, without_code))
    assert "scale_printed" in found(proof, map=replace(proof.plan.map, scale_plate=None))


# Symbols


def test_the_institutions_of_the_plugin_are_apart_in_grey_and_without_green():
    """All but the one to be confirmed: 0 to 100 has room for seven steps of 15, not for eight."""
    from carte_cp3.domain.datafiles import DATA
    from carte_cp3.gis.sheets.verify.symbols import too_alike

    with (DATA / "institutions.csv").open(encoding="utf-8") as handle:
        colours = {row["code"]: row["colour"] for row in csv.DictReader(handle)}
    colours.pop("AUTRE")
    assert len(colours) == 7
    assert not [pair for pair in combinations(colours, 2) if too_alike(*map(colours.get, pair))]


@pytest.mark.parametrize(
    ("colours", "alike"),
    [
        (("#1d3a6b", "#c24a12"), False),
        (("#6dbb8f", "#f7e27a"), False),
        (("#c24a12", "#c24a12"), True),
        (("#b02020", "#207020"), True),  # red and green of one lightness
    ],
)
def test_symbols_that_look_alike_are_caught(proof, colours, alike):
    content = proof.plan.content
    rows = [{**row, "colour": colour, "symbol": "circle"}
            for row, colour in zip(content.institutions, colours)]  # fmt: skip
    broken = found(proof, content=replace(content, institutions=tuple(rows)))
    assert ("symbols_alike" in broken) == alike


def test_unlike_shapes_of_like_lightness_are_told_but_mark_nothing(proof):
    from carte_cp3.gis.sheets.verify.symbols import symbols_differ

    content = proof.plan.content
    rows = [{**row, "colour": "#8b8b8b", "symbol": shape}
            for row, shape in zip(content.institutions, ("circle", "square"))]  # fmt: skip
    plan = replace(proof.plan, content=replace(content, institutions=tuple(rows)))
    assert [fault.effect for fault in symbols_differ(replace(proof, plan=plan))] == ["noted"]


def test_lab_is_that_of_the_tables(qgis_app):
    import numpy as np
    from carte_cp3.gis.sheets.colours import lab

    assert lab(np.array([1.0, 1.0, 1.0])) == pytest.approx((100, 0, 0), abs=0.1)
    assert lab(np.array([1.0, 0.0, 0.0])) == pytest.approx((53.2, 80.1, 67.2), abs=0.3)


def test_a_number_too_pale_for_its_symbol_is_caught(proof):
    from carte_cp3.gis.sheets.colours import contrast
    from carte_cp3.gis.sheets.verify.symbols import numbers_stand_out

    # Ink or paper, the better of both, always suffices: the charter's ink must be spoilt.
    charter = replace(proof.charter, colours={**proof.charter.colours, "ink": "#6a6a6a"})
    content = proof.plan.content
    rows = tuple({**row, "colour": "#8b8b8b", "symbol": "circle"} for row in content.institutions)
    plan = replace(proof.plan, content=replace(content, institutions=rows))
    assert contrast("#6a6a6a", "#8b8b8b") < 4.5
    assert [*numbers_stand_out(replace(proof, plan=plan, charter=charter))]
    assert [*numbers_stand_out(replace(proof, plan=plan))] == []


# The layout


@pytest.fixture
def laid_out(job, proof):
    return job.layout(proof.plan)


def layout_rules(laid_out, proof) -> set[str]:
    from carte_cp3.gis.sheets.verify import check_layout

    return rules(check_layout(laid_out.layout, proof))


def test_a_good_layout_breaks_no_rule(laid_out, proof):
    assert layout_rules(laid_out, proof) == set()


def test_a_map_that_is_not_true_to_its_scale_is_caught(laid_out, proof):
    item = laid_out.layout.itemById("Carte")
    item.setScale(proof.plan.scale * 1.002)
    assert layout_rules(laid_out, proof) == {"scale_true"}


def test_a_map_in_another_projection_or_without_layers_is_caught(laid_out, proof):
    from qgis.core import QgsCoordinateReferenceSystem

    item = laid_out.layout.itemById("Carte")
    item.setCrs(QgsCoordinateReferenceSystem("EPSG:26192"))
    assert "scale_true" in layout_rules(laid_out, proof)
    item.setLayers([])
    assert "map_drawn" in layout_rules(laid_out, proof)


def test_a_missing_page_is_caught(laid_out, proof):
    laid_out.layout.pageCollection().deletePage(1)
    assert "page_size" in layout_rules(laid_out, proof)


@pytest.mark.parametrize("name", ["Listes et signes, page 2", "Textes, page 1"])
def test_a_page_without_its_lists_or_texts_is_caught(laid_out, proof, name):
    item = laid_out.layout.itemById(name)
    item.setExcludeFromExports(True)
    assert layout_rules(laid_out, proof) == {"page_drawn"}
    item.setExcludeFromExports(False)
    assert layout_rules(laid_out, proof) == set()
    laid_out.layout.removeLayoutItem(item)
    assert layout_rules(laid_out, proof) == {"page_drawn"}


def test_a_scale_bar_of_another_map_is_caught(laid_out, proof):
    from qgis.core import QgsLayoutItemScaleBar

    bar = next(i for i in laid_out.layout.items() if isinstance(i, QgsLayoutItemScaleBar))
    bar.setUnitsPerSegment(bar.unitsPerSegment() * 2)
    assert layout_rules(laid_out, proof) == {"scale_bar"}


def test_an_operation_that_is_not_pinned_is_caught(job):
    from qgis.core import QgsCoordinateTransformContext

    south = job.proof(job.plan(job.choose(("12",))[0][0]))
    laid_out = job.layout(south.plan)
    assert layout_rules(laid_out, south) == set()
    laid_out.project.setTransformContext(QgsCoordinateTransformContext())
    assert layout_rules(laid_out, south) == {"operation_pinned"}


# The files


def pdf_rules(path, proof) -> set[str]:
    from carte_cp3.gis.sheets.verify import check_pdf

    return rules(check_pdf(path, proof))


@pytest.fixture
def writer(printed):
    pypdf = pytest.importorskip("pypdf")
    return pypdf.PdfWriter(clone_from=str(printed))


def written(writer, folder) -> Path:
    path = folder / "broken.pdf"
    with path.open("wb") as handle:
        writer.write(handle)
    return path


def test_what_is_no_pdf_is_caught(proof, tmp_path):
    path = tmp_path / "broken.pdf"
    assert pdf_rules(path, proof) == {"pdf_readable"}
    for content in (b"", b"no PDF", b"%PDF-1.4\n1 0 obj\n<<"):
        path.write_bytes(content)
        assert pdf_rules(path, proof) == {"pdf_readable"}


def test_half_a_pdf_is_caught(proof, printed, tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(printed.read_bytes()[: printed.stat().st_size // 2])
    assert pdf_rules(path, proof)


def test_a_page_that_misses_is_caught(proof, writer, tmp_path):
    writer.remove_page(len(writer.pages) - 1)
    assert "page_count" in pdf_rules(written(writer, tmp_path), proof)


def test_a_page_of_another_size_in_the_file_is_caught(proof, writer, tmp_path):
    writer.pages[0].mediabox.upper_right = (1191 + 3, 842)
    assert "page_size" in pdf_rules(written(writer, tmp_path), proof)


def test_a_blank_page_is_caught(proof, writer, tmp_path):
    from pypdf.generic import NameObject, StreamObject

    empty = StreamObject()
    empty.set_data(b"q Q\n")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(empty)
    broken = pdf_rules(written(writer, tmp_path), proof)
    assert {"page_blank", "words_found"} <= broken


def fonts_of(writer):
    return [font.get_object() for font in writer.pages[0]["/Resources"]["/Font"].values()]


def test_a_foreign_font_is_caught(proof, writer, tmp_path):
    from pypdf.generic import NameObject

    fonts_of(writer)[0][NameObject("/BaseFont")] = NameObject("/DejaVuSans")
    assert "font_families" in pdf_rules(written(writer, tmp_path), proof)


@pytest.mark.parametrize("lost", ["/ToUnicode", "/FontFile2"])
def test_a_font_that_is_not_whole_is_caught(proof, writer, tmp_path, lost):
    font = fonts_of(writer)[0]
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
    del (font if lost == "/ToUnicode" else descriptor)[lost]
    assert "fonts_embedded" in pdf_rules(written(writer, tmp_path), proof)


def test_letters_drawn_as_outlines_are_caught(job, proof, tmp_path):
    """As QGIS writes them when its layout is not told otherwise from 3.40 on."""
    from carte_cp3.gis.sheets.verify import check_pdf
    from qgis.core import Qgis, QgsLayoutExporter

    laid_out = job.layout(proof.plan, retouch=True)
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysOutlines
    laid_out.layout.renderContext().setTextRenderFormat(settings.textRenderFormat)
    path = tmp_path / "outlines.pdf"
    QgsLayoutExporter(laid_out.layout).exportToPdf(str(path), settings)
    fault = next(one for one in check_pdf(path, proof) if one.rule == "words_found")
    assert fault.effect == "refused"


def test_words_that_cannot_be_found_again_are_caught(proof, writer, tmp_path):
    """A table back to Unicode that leads to other letters: what is seen is not what is found."""
    for font in fonts_of(writer):
        if "Arabic" in font["/BaseFont"]:
            stream = font["/ToUnicode"].get_object()
            stream.set_data(stream.get_data().replace(b"<0627>", b"<0626>"))
    assert "words_found" in pdf_rules(written(writer, tmp_path), proof)


def test_properties_that_miss_are_caught(proof, writer, tmp_path):
    from carte_cp3.gis.sheets.verify import check_pdf

    del writer.root_object["/Lang"]
    writer.add_metadata({"/Title": "Sans titre"})
    faults = check_pdf(written(writer, tmp_path), proof)
    assert rules(faults) == {"properties"}
    assert "Lang" in str(faults[0].said)
    assert "Title" in str(faults[0].said)


def test_a_file_that_is_too_heavy_is_caught(proof, printed, monkeypatch):
    from carte_cp3.gis.sheets.verify import limits

    monkeypatch.setattr(limits, "BYTES", printed.stat().st_size - 1)
    assert pdf_rules(printed, proof) == {"file_size"}


def test_an_index_that_is_not_the_sheets_is_caught(proof, printed, tmp_path):
    from carte_cp3.gis.sheets.verify import check_index

    own = printed.with_suffix(".csv")
    assert check_index(own, proof) == ()
    with own.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.reader(handle, delimiter=";"))
    for changed in (rows[:-1], [rows[0], *rows[:0:-1]], [*rows, rows[-1]]):
        path = tmp_path / "changed.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle, delimiter=";").writerows(changed)
        assert rules(check_index(path, proof)) == {"index_equal"}


def test_images_of_another_size_or_blank_are_caught(proof, tmp_path):
    from carte_cp3.gis.sheets.verify import check_images
    from qgis.PyQt.QtGui import QImage

    def image(name, width, height):
        made = QImage(width, height, QImage.Format.Format_RGB32)
        made.fill(0xFFFFFFFF)
        made.save(str(tmp_path / name))
        return tmp_path / name

    pages = [image(f"{n}.png", 4961, 3508) for n in range(len(proof.plan.pages))]
    assert rules(check_images(pages, proof)) == {"page_blank"}
    assert "image_size" in rules(check_images([image("small.png", 400, 300), *pages[1:]], proof))
    assert "page_count" in rules(check_images(pages[1:], proof))


def test_arabic_is_read_from_the_paper_as_it_is_typed():
    from carte_cp3.gis.sheets.verify.pdf import to_unicode, words_of

    # ﺔﻳﻻو in shapes, from the left; the ligature of lam and alef is one glyph.
    assert [*words_of("\ufe94\ufef3\ufefb\u0648", True)] == ["ولاية"]
    assert [*words_of("Aïn-Chock 12, مُحمَّد")] == ["Aïn", "Chock", "12", "محمد"]
    table = b"2 beginbfrange\n<0001> <0002> [<0041> <00660069>]\n<0005> <0006> <0061>\nendbfrange"
    assert to_unicode(table) == {b"0001": "A", b"0002": "fi", b"0005": "a", b"0006": "b"}
    assert to_unicode(b"1 beginbfchar\n<0003> <0042>\nendbfchar") == {b"0003": "B"}


# The country's sheet


@pytest.fixture(scope="module")
def country(job):
    return job.proof(job.plan_country((), False))


def test_a_good_sheet_of_the_country_breaks_no_rule(country, job, tmp_path):
    sheet = job.print_sheet(country.plan, tmp_path, "pdf")
    assert [fault.report() for fault in sheet.faults] == []


def test_a_disc_or_a_name_that_is_wrong_on_the_countrys_map_is_caught(country):
    def miscounted(item):
        right = item.name != "region 06" or not hasattr(item, "text")
        return item if right else replace(item, text="7")

    assert "counts_of_store" in found(country, pages=with_first_page(country, miscounted))
    nameless = replace(country.plan.map, named=country.plan.map.named - {"06"})
    assert "name_missing" in found(country, map=nameless)


# What becomes of a sheet


def broken_by(monkeypatch, effect):
    from carte_cp3.domain.errors import PrintError
    from carte_cp3.gis.sheets import job as jobs
    from carte_cp3.gis.sheets.verify import Fault

    def check(proof):
        if proof.plan.content.region.code != REGION:
            return ()
        return (Fault("on_purpose", effect, PrintError("signs lie on each other: 1")),)

    monkeypatch.setattr(jobs, "check_plan", check)


@pytest.fixture
def two_regions(qgis_app, tmp_path):
    from carte_cp3.store.database import open_store
    from sheet_specimens import crowded_store

    with open_store(str(crowded_store(tmp_path / "two.gpkg", 8, (REGION, "12")))) as store:
        yield store


def test_a_refused_sheet_is_kept_back_and_its_report_says_why(two_regions, tmp_path, monkeypatch):
    from carte_cp3.gis.sheets import print_sheets

    broken_by(monkeypatch, "refused")
    made = print_sheets(two_regions, tmp_path / "a3", day=DAY, overview=False)
    assert [path.name for path in made.files] == ["R12_services_A3_2026-11-21.pdf"]
    assert made.refused == (REGION,)
    assert made.count == 4
    assert not [*(tmp_path / "a3").glob(f"R{REGION}*.csv")]
    said = json.loads((tmp_path / "a3" / f"R{REGION}_services_A3_2026-11-21.json").read_text())
    assert said["verdict"] == "refused"
    assert said["files"] == []
    assert said["faults"][0]["rule"] == "on_purpose"
    whole = json.loads(made.report.read_text(encoding="utf-8"))
    assert whole["regions_refused"] == [REGION]
    assert whole["sites_on_sheets"] == 4


def test_when_all_are_refused_it_is_an_error_that_names_the_reports(
    two_regions, tmp_path, monkeypatch
):
    from carte_cp3.domain.errors import PrintError
    from carte_cp3.gis.sheets import print_sheets

    broken_by(monkeypatch, "refused")
    for atlas in (False, True):
        with pytest.raises(PrintError, match="No sheet was printed"):
            print_sheets(
                two_regions,
                tmp_path / "a3",
                regions=(REGION,),
                day=DAY,
                atlas=atlas,
                overview=False,
            )
        assert not [*(tmp_path / "a3").glob("*.pdf")]
        assert (tmp_path / "a3" / f"R{REGION}_services_A3_2026-11-21.json").exists()


@pytest.mark.parametrize("language", ["fr+ar", "ar"])
def test_a_marked_sheet_says_so_on_every_page(two_regions, tmp_path, monkeypatch, language):
    from carte_cp3.gis.sheets import print_sheets
    from carte_cp3.gis.sheets.verify.pdf import pdf_facts

    broken_by(monkeypatch, "marked")
    made = print_sheets(two_regions, tmp_path, day=DAY, language=language, overview=False)
    marked, passed = (pdf_facts(path) for path in made.files)
    assert all(page.words["التحقق"] for page in marked.pages)
    assert not any(page.words["التحقق"] for page in passed.pages)
    said = json.loads(made.report.read_text(encoding="utf-8"))["sheets"]
    assert [one["verdict"] for one in said] == ["marked", "passed"]


def test_every_fault_has_its_sentence_in_both_languages(proof):
    from carte_cp3.gis.sheets.verify import Fault, check_plan

    faults = check_plan(replace(proof, sites=()))
    assert faults
    for fault in faults:
        said = Fault.report(fault)
        assert set(said) == {"rule", "effect", "fr", "ar"}
        assert said["fr"] != str(fault.said)
