# SPDX-License-Identifier: GPL-2.0-or-later
"""What an A3 sheet is worked out to be, without QGIS: numbers, frames, places, words."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest
from carte_cp3.domain.errors import PrintError
from carte_cp3.domain.places import Place, Unit
from carte_cp3.gis.sheets.charter import LANGUAGES, POINT, load_charter
from carte_cp3.gis.sheets.geometry import Rect
from carte_cp3.gis.sheets.land.towns import region_towns
from carte_cp3.gis.sheets.plan import frames as framing
from carte_cp3.gis.sheets.plan import mask as masks
from carte_cp3.gis.sheets.plan.blocks import Block, Field, leader
from carte_cp3.gis.sheets.plan.content import region_content, stops, written_numbers
from carte_cp3.gis.sheets.plan.flow import Flow, Full
from carte_cp3.gis.sheets.plan.groups import Group, grouped
from carte_cp3.gis.sheets.plan.index import IndexWriter
from carte_cp3.gis.sheets.plan.index_lines import IndexStyle, written_phone
from carte_cp3.gis.sheets.plan.items import Cell, Row, Table, Text, mirrored, wrap
from carte_cp3.gis.sheets.plan.names import Name, place_area, place_plate, place_town
from carte_cp3.gis.sheets.plan.panel import write_panel
from carte_cp3.gis.sheets.plan.placement import faults, place_blocks
from carte_cp3.gis.sheets.plan.signs import SignComposer
from carte_cp3.gis.sheets.plan.typesetting import Typesetter

CHARTER = load_charter()
FRAME = Rect(0, 0, 280, 240)
FIELD = Field(FRAME, 8, masks.Sums(masks.empty(FRAME)))


def measure(text, style):
    """Half an em a letter: near enough to plan with, and the same on every machine."""
    return len(text) * style.height * 0.5


def unit(code, name_fr, level="commune", province=None, city=None):
    return Unit(level, code, name_fr, "اسم", province, "06", city)


UNITS = {
    one.code: one
    for one in (
        unit("06", "Casablanca-Settat", "region"),
        unit("06.141", "Casablanca", "province", "06.141"),
        unit("06.461", "Settat", "province", "06.461"),
        unit("06.467", "Sidi Bennour", "province", "06.467"),
        unit("06.141.01.0", "Casablanca", "city", "06.141"),
        unit("06.141.01.07", "Sidi Belyout", "arrondissement", "06.141", "06.141.01.0"),
        unit("06.461.01.15", "Settat", "commune", "06.461"),
    )
}
INSTITUTIONS = tuple(
    {"code": code, "short_name_fr": code, "short_name_ar": "رمز", "name_fr": f"Nom de {code}",
     "name_ar": "اسم", "symbol": symbol, "colour": "#1d3a6b"}
    for code, symbol in (("OFPPT", "circle"), ("ANAPEC", "square"), ("PAR", "star"))
)  # fmt: skip
KIND = SimpleNamespace(
    vocabulary="site_kind", code="agence", labels={"fr": "Agence", "ar": "وكالة"}
)


def site(name, institution="OFPPT", commune="06.141.01.0", point=(-7.6, 33.6), **more):
    return {
        "site_id": name, "institution_code": institution, "kind": "agence", "name_fr": name,
        "name_ar": None, "commune_code": commune, "region_code": "06", "precision": "commune",
        "lon": point and point[0], "lat": point and point[1], "phone": None, **more,
    }  # fmt: skip


def content_of(*sites):
    view = SimpleNamespace(sites=sites, institutions=INSTITUTIONS, terms=(KIND,))
    return region_content(view, UNITS, "06")


def many(count, **more):
    communes = ("06.141.01.0", "06.141.01.07", "06.461.01.15")
    codes = ("OFPPT", "ANAPEC", "PAR")
    return content_of(
        *(
            site(f"Établissement numéro {n:03d} de la liste", codes[n % 3], communes[n // 3 % 3],
                 (-7.6 - n % 7 / 10, 33.6), **more)
            for n in range(count)
        )
    )  # fmt: skip


def setter_of(content, language="fr+ar"):
    return Typesetter(content, CHARTER, LANGUAGES[language], measure)


# What stands on the sheet


def test_sites_are_numbered_by_province_commune_institution_and_name():
    content = content_of(
        site("Zèbre"), site("Été", "PAR"), site("Abeille", commune="06.461.01.15"),
        site("Agence", "ANAPEC"), site("École"), site("Port", commune="06.141.01.07"),
    )  # fmt: skip
    assert [entry.name("fr") for entry in content.entries] == [
        "École", "Zèbre", "Agence", "Été", "Port", "Abeille",
    ]  # fmt: skip
    assert [entry.number for entry in content.entries] == [1, 2, 3, 4, 5, 6]


def test_counts_add_up_and_provinces_without_a_site_are_there():
    content = many(40)
    assert content.total() == 40
    assert [province.name_fr for province in content.provinces] == [
        "Casablanca", "Settat", "Sidi Bennour",
    ]  # fmt: skip
    assert sum(content.total(province.code) for province in content.provinces) == 40
    assert sum(content.total(institution=row["code"]) for row in content.institutions) == 40
    assert content.total("06.467") == 0


def test_only_institutions_of_the_region_are_on_its_legend():
    assert [row["code"] for row in content_of(site("A", "PAR")).institutions] == ["PAR"]


def test_a_missing_arabic_name_is_described_not_invented():
    entry = content_of(site("Agence Settat", commune="06.461.01.15")).entries[0]
    assert entry.name("ar") == ""
    assert entry.described("ar", UNITS["06.141"]) == "وكالة - اسم"
    assert entry.described("ar", UNITS["06.461"]) == "وكالة"


def test_in_arabic_alone_the_french_name_follows_the_description():
    setter = setter_of(content_of(site("Agence Settat", commune="06.461.01.15")), "ar")
    panel = write_panel(
        setter, (Rect(0, 0, 106, 233),), IndexStyle.compact(CHARTER), lambda entry: "C4", []
    )
    tables = [i for i in panel.items if isinstance(i, Table) and i.name.startswith("index")]
    assert [[row.cells[2].text for row in table.rows] for table in tables] == [
        ["وكالة"],
        ["Agence Settat"],
    ]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "3"), ([1, 2], "1, 2"), ([5, 6, 7, 8, 12], "5–8, 12"), ([9, 1, 2, 3], "1–3, 9")],
)
def test_numbers_are_written_as_runs(numbers, text):
    assert written_numbers(numbers) == text


def test_sites_on_one_point_share_a_stop_and_unplaced_ones_have_none():
    content = content_of(site("A"), site("B"), site("C", point=(-7.5, 33.5)), site("D", point=None))
    assert [len(stop.entries) for stop in stops(content.entries)] == [2, 1]
    assert [entry.name("fr") for entry in content.unplaced] == ["D"]


# Frames and scales


@pytest.mark.parametrize("page", CHARTER.pages.values(), ids=str)
def test_frames_stay_inside_the_margin_and_apart(page):
    inside = Rect(0, 0, page.width, page.height).inset(5)
    for frames in framing.page_frames(page, CHARTER, 14):
        rects = [frames.title, frames.neat, frames.signs, *frames.panel, frames.footer]
        assert all(inside.holds(rect) for rect in rects)
        assert not any(a.overlaps(b) for i, a in enumerate(rects) for b in rects[:i])
        assert frames.neat.holds(frames.map)


def test_portrait_only_where_much_higher_than_wide():
    assert framing.orientation(292, 417, CHARTER) == "portrait"
    assert framing.orientation(444, 409, CHARTER) == "landscape"
    assert framing.orientation(100, 130, CHARTER) == "landscape"


@pytest.mark.parametrize(
    ("width", "height", "scale"), [(222_000, 157_000, 800_000), (636_000, 403_000, 2_500_000)]
)
def test_scale_is_the_largest_of_the_list_that_fits(width, height, scale):
    assert framing.round_scale(width, height, Rect(0, 0, 286, 242), CHARTER) == scale
    mantissas = {scale / 10 ** int(np.log10(scale))}
    assert mantissas <= set(CHARTER["scales"])


def test_the_whole_region_is_inside_its_frame_with_its_margin():
    frame = Rect(0, 0, 240, 180)
    for width, height in ((100_000, 50_000), (500_000, 900_000), (239_000, 10_000)):
        scale = framing.round_scale(width, height, frame, CHARTER)
        assert width / scale * 1000 <= frame.w - 6
        assert height / scale * 1000 <= frame.h - 6


def test_ratio_is_written_with_no_break_spaces():
    assert framing.written_scale(1_250_000) == "1:1\u00a0250\u00a0000"


@pytest.mark.parametrize("scale", [800_000, 900_000, 1_250_000, 2_000_000, 2_500_000, 3_500_000])
def test_scale_bar_is_round_and_fits(scale):
    segment, count = framing.bar_kilometres(scale)
    assert segment in {5, 10, 20, 25, 50}
    assert 20 <= segment * count * 1e6 / scale <= 55


def test_search_cells_run_from_a1_at_the_upper_left():
    frame = Rect(0, 0, 280, 190)
    assert framing.search_cell(1, 1, frame, 38) == "A1"
    assert framing.search_cell(279, 189, frame, 38) == "G5"
    assert framing.search_cell(281, 195, frame, 38) == "G5"


# Signs and their places


def composed(entries, languages=("fr", "ar"), stacked=False):
    made = SignComposer(CHARTER, languages, measure, {"PAR"})
    return made.compose(Group((50, 60), tuple(entries), ((50, 60),) * len(entries)), stacked)


def test_a_site_alone_is_a_marker_on_its_place_with_its_number():
    sign = composed(content_of(site("A")).entries)
    assert not sign.card
    assert (sign.block.x, sign.block.y, sign.block.pinned) == (50, 60, True)
    assert [(chip.text, chip.side) for chip in sign.chips] == [("1", 0)]


@pytest.mark.parametrize("stacked", [False, True])
def test_sites_known_by_their_commune_alone_are_told_from_exact_ones(stacked):
    exact = {"precision": "street"}
    alone = content_of(site("A")).entries, content_of(site("A", **exact)).entries
    assert [composed(entries).chips[0].about for entries in alone] == [True, False]
    mixed = content_of(site("A"), site("B", **exact), site("C", "ANAPEC"))
    chips = composed(mixed.entries, stacked=stacked).chips
    assert [(chip.institution, chip.about) for chip in chips] == [
        ("OFPPT", False), ("ANAPEC", True),
    ]  # fmt: skip


def test_a_slender_symbol_has_its_number_beside():
    sign = composed(content_of(site("A", "PAR")).entries)
    assert [(chip.text, chip.side) for chip in sign.chips] == [("1", 1)]


def test_sites_at_one_place_are_a_card_that_names_it_and_lists_every_number():
    entries = content_of(*(site(f"S{n}", ("OFPPT", "ANAPEC")[n > 4]) for n in range(9))).entries
    sign = composed(entries)
    assert sign.card
    assert [(chip.institution, chip.text) for chip in sign.chips] == [
        ("OFPPT", "1–5"), ("ANAPEC", "6–9"),
    ]  # fmt: skip
    assert [heading.text for heading in sign.headings] == ["Casablanca", "اسم"]
    for chip in sign.chips:
        assert 0 < chip.x < sign.block.w
        assert 0 < chip.y < sign.block.h


def written_numbers_of(sign):
    """All numbers that a sign writes, runs written out."""
    texts = [chip.text for chip in sign.chips] + [line.text for line in sign.headings]
    found = []
    for run in re.findall(r"\d+(?:–\d+)?", ", ".join(texts)):
        first, _, last = run.partition("–")
        found += range(int(first), int(last or first) + 1)
    return sorted(found)


@pytest.mark.parametrize("stacked", [False, True])
def test_every_number_is_written_once_however_many(stacked):
    entries = many(200).entries[::2]
    sign = composed(entries, stacked=stacked)
    assert written_numbers_of(sign) == [entry.number for entry in entries]


def test_a_stack_stands_on_its_place_with_a_run_of_numbers_and_its_institutions():
    entries = content_of(*(site(f"S{n}", ("OFPPT", "ANAPEC")[n > 4]) for n in range(9))).entries
    sign = composed(entries, stacked=True)
    assert (sign.kind, sign.block.pinned) == ("stack", True)
    assert [heading.text for heading in sign.headings] == ["1–9"]
    assert [(chip.institution, chip.size) for chip in sign.chips] == [
        ("OFPPT", "tiny"), ("ANAPEC", "tiny"),
    ]  # fmt: skip


def test_in_arabic_a_card_reads_from_the_right():
    entries = content_of(site("A"), site("B", "ANAPEC")).entries
    sign = composed(entries, ("ar",))
    assert [chip.side for chip in sign.chips] == [-1, -1]
    assert sign.chips[0].x > sign.chips[1].x or sign.chips[0].y < sign.chips[1].y


def test_places_nearer_than_the_reach_become_one():
    content = content_of(
        site("A"), site("B"), site("C", point=(-7.6, 33.61)), site("D", point=(-7.0, 33.0))
    )

    def paper(lon, lat):
        return lon * 100, -lat * 100

    groups = grouped(content.entries, paper, 0.5), grouped(content.entries, paper, 2.0)
    assert [[len(group.entries) for group in found] for found in groups] == [[2, 1, 1], [3, 1]]
    assert groups[1][0].radius == pytest.approx(1.0)


def test_a_marker_with_room_stays_on_its_place():
    placed = place_blocks([Block(50, 60, 4.8, 4.8, True)], FIELD)
    assert placed[0].rect.centre == (50, 60)
    assert placed[0].distance == 0


def crowd(seed):
    random = np.random.default_rng(seed)
    blocks = [Block(*random.normal((140, 120), 18), 4.8, 4.8, True) for _ in range(40)]
    return blocks + [Block(*random.normal((140, 120), 40), 22, 12, False) for _ in range(6)]


@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_is_moved_apart_near_its_places(seed):
    wide = Field(FRAME, 12, masks.Sums(masks.empty(FRAME)))
    placed = place_blocks(crowd(seed), wide)
    rects = [one.rect for one in placed]
    assert not any(a.overlaps(b) for i, a in enumerate(rects) for b in rects[:i])
    assert all(one.distance <= 12 for one in placed)
    assert np.mean([one.distance for one in placed]) <= 3.5
    assert all(FRAME.holds(one.rect) for one in placed)


def test_placing_twice_gives_the_same():
    assert place_blocks(crowd(1), FIELD) == place_blocks(crowd(1), FIELD)


def test_what_cannot_be_resolved_is_seen():
    heap = [Block(50, 50, 30, 30, True) for _ in range(40)]
    assert faults(heap, place_blocks(heap, FIELD), FIELD) == set(range(40))


def test_a_card_stands_beside_its_place_and_is_tied_to_it():
    block = Block(100, 100, 20, 10, False)
    placed = place_blocks([block], FIELD)[0]
    start, end = leader(block, placed)
    assert start == (100, 100)
    assert not (
        placed.rect.x < 100 < placed.rect.right and placed.rect.y < 100 < placed.rect.bottom
    )
    assert np.hypot(end[0] - 100, end[1] - 100) == pytest.approx(placed.distance)


def test_a_card_at_the_frame_stays_inside():
    placed = place_blocks([Block(278, 2, 30, 12, False)], FIELD)[0]
    assert FRAME.holds(placed.rect)


# Free space and names


def test_a_polygon_mask_has_the_polygons_area():
    ring = [(10, 10), (110, 10), (110, 60), (10, 60), (10, 10)]
    hole = [(20, 20), (40, 20), (40, 40), (20, 40), (20, 20)]
    mask = masks.polygon(FRAME, [ring, hole])
    assert mask.sum() * masks.CELL**2 == pytest.approx(100 * 50 - 20 * 20, rel=0.02)
    assert not mask[60, 60]
    assert mask[30, 60]


def test_sums_count_like_counting():
    mask = np.random.default_rng(1).random(masks.empty(FRAME).shape) < 0.3
    sums = masks.Sums(mask)
    for rect in (Rect(0, 0, 10, 10), Rect(33.3, 51.7, 40.2, 7.1), Rect(270, 230, 10, 10)):
        expected = masks.count(mask, rect)
        assert sums.count(np.array([rect.x]), np.array([rect.y]), rect.w, rect.h)[0] == expected


def test_a_town_has_its_name_right_and_above_where_that_is_free():
    box, side = place_town(Name(50, 60, 20, 3, 1, 1), masks.empty(FRAME), masks.empty(FRAME), FRAME)
    assert side == 1
    assert box.x > 50
    assert box.centre[1] < 60


def test_a_name_avoids_what_is_there_and_is_left_out_without_room():
    taken = masks.empty(FRAME)
    masks.fill(taken, Rect(50, 40, 60, 40))
    box, side = place_town(Name(49, 60, 20, 3, 1, 1), taken, masks.empty(FRAME), FRAME)
    assert side == -1
    assert not masks.count(taken, box)
    masks.fill(taken, FRAME)
    assert place_town(Name(49, 60, 20, 3, 1, 1), taken, masks.empty(FRAME), FRAME) is None


def test_an_areas_name_is_inside_it_and_free():
    area = masks.polygon(FRAME, [[(100, 100), (160, 100), (160, 140), (100, 140)]])
    taken = masks.empty(FRAME)
    masks.fill(taken, Rect(120, 110, 20, 20))
    box = place_area(area, taken, FRAME, 18, 5)
    assert Rect(100, 100, 60, 40).holds(box, 0.6)
    assert not masks.count(taken, box)
    assert place_area(area, taken, FRAME, 80, 5) is None


def test_a_plate_goes_to_a_corner_outside_the_region():
    region = masks.polygon(FRAME, [[(0, 0), (200, 0), (200, 240), (0, 240)]])
    plate = place_plate(region, masks.empty(FRAME), FRAME, [(50, 60)])
    assert (plate.right, plate.y) == (280, 0)
    low = place_plate(region, masks.empty(FRAME), FRAME, [(50, 60)], low=True)
    assert (low.right, low.bottom) == (280, 240)


def test_towns_are_named_chief_towns_first():
    places = [
        Place(name, "", 0, 0, (), population, commune)
        for name, population, commune in (
            ("Grand Douar", 9000, "06.461.01.15"),
            ("Settat", 5000, "06.461.01.15"),
            ("Ailleurs", 90000, None),
        )
    ]
    provinces = [UNITS["06.461"]]
    towns = region_towns(places, UNITS, provinces, {}, lambda lon, lat: (lon, lat))
    assert [(town.name_fr, town.chief) for town in towns] == [
        ("Settat", True), ("Grand Douar", False),
    ]  # fmt: skip
    stated = region_towns(
        places, UNITS, provinces, {"06.461": "Grand Douar"}, lambda lon, lat: (lon, lat)
    )
    assert [town.name_fr for town in stated if town.chief] == ["Grand Douar"]


# Words and tables


@pytest.mark.parametrize("width", [12, 25, 60])
def test_wrapped_lines_fit_and_lose_nothing(width):
    style = CHARTER.styles["index"]
    text = "Centre de formation Oued Ed-Dahab-Lagouira anticonstitutionnellement long"
    lines = wrap(text, width, style, measure)
    assert all(measure(line, style) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_do_not_break_at_no_break_spaces_and_know_no_other_blanks():
    style = CHARTER.styles["index"]
    assert wrap("un\ttexte\nen lignes", 100, style, measure) == ("un texte en lignes",)
    assert "05\u00a022\u00a001" in wrap("tél. 05\u00a022\u00a001", 12, style, measure)
    assert wrap("", 12, style, measure) == ("",)


def test_columns_are_filled_in_turn_and_then_full():
    flow = Flow([Rect(0, 0, 50, 30), Rect(60, 0, 50, 30)])
    assert flow.take(20) == Rect(0, 0, 50, 20)
    assert flow.take(20) == Rect(60, 0, 50, 20)
    with pytest.raises(Full):
        flow.take(20)


def listed_numbers(items):
    """The numbers in the index's tables, in reading order."""
    return [
        int(row.cells[1].text)
        for item in items
        if isinstance(item, Table) and item.name.startswith("index") and item.name.endswith(" 1")
        for row in item.rows
        if row.cells[1].text
    ]


@pytest.mark.parametrize("count", [1, 12, 45])
def test_every_site_is_listed_once_and_the_rest_is_told(count):
    setter = setter_of(many(count))
    columns = (Rect(0, 0, 70, 230), Rect(75, 0, 70, 230))
    style = IndexStyle.compact(CHARTER)
    panel = write_panel(setter, columns, style, lambda entry: "C4", [])
    numbers = listed_numbers(panel.items) + [entry.number for entry in panel.left]
    assert numbers == list(range(1, count + 1))


def test_a_long_list_goes_on_where_it_stopped():
    content = many(120)
    writer = IndexWriter(setter_of(content), IndexStyle.compact(CHARTER), lambda entry: "C4")
    left, numbers = content.entries, []
    while left:
        flow = Flow([Rect(0, 0, 80, 200)])
        left = writer.write(flow, left)
        numbers += listed_numbers(flow.items)
    assert numbers == list(range(1, 121))


def test_the_last_row_of_the_provinces_table_is_the_total():
    setter = setter_of(many(30))
    style = IndexStyle.compact(CHARTER)
    panel = write_panel(setter, (Rect(0, 0, 110, 400),), style, lambda entry: "C4", [])
    table = next(item for item in panel.items if getattr(item, "name", "") == "provinces")
    assert [cell.text for cell in table.rows[-1].cells] == [
        "Total", "10", "10", "10", "30", "المجموع",
    ]  # fmt: skip
    for column in range(1, 5):
        figures = [row.cells[column].text for row in table.rows]
        assert sum(int(text) for text in figures[:-1] if text != "–") == int(figures[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_panel_leaves_its_columns_or_is_written_over(language):
    setter = setter_of(many(20, phone="+212522010203"), language)
    column = Rect(10, 20, 106, 233)
    panel = write_panel(
        setter, (column,), IndexStyle.compact(CHARTER), lambda entry: "C4", [("note", "ملاحظة")]
    )
    assert not panel.left
    assert all(column.holds(item.rect) for item in panel.items)
    # Texts of two languages may share a box, each on its side.
    texts = [item for item in panel.items if isinstance(item, Text) and item.align == "left"]
    rects = [text.rect for text in texts]
    assert not any(a.overlaps(b, -0.05) for i, a in enumerate(rects) for b in rects[:i])


def test_an_empty_region_says_so():
    setter = setter_of(content_of())
    style = IndexStyle.rich(CHARTER)
    panel = write_panel(setter, (Rect(0, 0, 106, 233),), style, lambda entry: "?", [])
    words = " ".join(item.text for item in panel.items if isinstance(item, Text))
    assert "Aucun établissement publié" in " ".join(words.split())


def test_a_table_turned_round_reads_from_the_right_and_back():
    style = CHARTER.styles["table"]
    row = Row(4, (Cell("a", style, "left"), Cell("b", style, "centre"), Cell("c", style, "right")))
    table = Table("t", Rect(10, 0, 60, 4), (20, 10, 30), (row,))
    turned = mirrored(table, 420)
    assert turned.rect.x == 350
    assert turned.columns == (30, 10, 20)
    assert [(cell.text, cell.align) for cell in turned.rows[0].cells] == [
        ("c", "left"), ("b", "centre"), ("a", "right"),
    ]  # fmt: skip
    assert mirrored(turned, 420) == table


def test_telephones_are_written_as_they_are_dialled():
    assert written_phone("+212522010203").split("\u00a0") == ["05", "22", "01", "02", "03"]
    assert written_phone("+34600000000") == "+34600000000"


# The charter


def test_every_text_is_there_in_both_languages_with_the_same_blanks():
    for key, text in CHARTER["texts"].items():
        assert text["fr"].strip(), key
        assert text["ar"].strip(), key
        blanks = [sorted(re.findall(r"{\w+}", text[language])) for language in ("fr", "ar")]
        assert blanks[0] == blanks[1], key


def test_no_text_is_smaller_than_six_points():
    assert min(style.size for style in CHARTER.styles.values()) >= 6
    assert CHARTER.styles["title"].size * POINT > 6


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


BACKGROUNDS = {
    "title": "band", "subtitle": "band", "folio": "band", "overview_here": "accent",
    "overview": "locator", "province": "region", "neighbour": "neighbour", "other": "country",
    "sea": "sea", "inset_letter": "accent", "disc": "accent",
}  # fmt: skip


@pytest.mark.parametrize("name", CHARTER.styles)
def test_texts_stand_out_from_their_ground(name):
    colours = CHARTER.colours[BACKGROUNDS.get(name, "paper")], CHARTER.styles[name].colour
    dark, light = sorted(luminance(colour) for colour in colours)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_each_region_has_its_merchich_zone():
    zones = {26191: range(1, 8), 26192: range(8, 11), 26194: [11], 26195: [12]}
    for epsg, regions in zones.items():
        assert all(CHARTER.region_zone(f"{region:02d}") == epsg for region in regions)


def test_a_broken_charter_is_named(tmp_path):
    path = tmp_path / "charter.json"
    path.write_text('{"colours": {}}', encoding="utf-8")
    with pytest.raises(PrintError, match="charter"):
        load_charter(path)
    with pytest.raises(PrintError, match="cannot be read"):
        load_charter(tmp_path / "none.json")
