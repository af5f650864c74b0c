# SPDX-License-Identifier: GPL-2.0-or-later
"""The A3 sheets as files: printed with QGIS, read back with poppler."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled, PrintError

DAY = date(2026, 11, 21)
ZONES = {**{f"{n:02d}": 26191 for n in range(1, 8)}, "08": 26192, "09": 26192, "10": 26192,
         "11": 26194, "12": 26195}  # fmt: skip


def tool(*arguments) -> str:
    """Run one of poppler's tools and return what it says."""
    if shutil.which(arguments[0]) is None:
        pytest.skip(f"{arguments[0]} is missing: install the package poppler-utils")
    done = subprocess.run([*map(str, arguments)], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def words_of(path: Path) -> Counter:
    """Count the words of a PDF, parts of a name each; Arabic as it is typed, without marks.

    Poppler's two orders of reading each tear other lines apart: the better count holds.
    """
    counts: Counter = Counter()
    for order in ("-layout", "-nodiag"):
        text = unicodedata.normalize("NFKC", tool("pdftotext", order, path, "-"))
        text = re.sub("[\u200e\u200f\u202a-\u202e]", "", text)
        counts |= Counter(re.sub("[-:]", " ", text).split())
    return counts


def text_of(path: Path) -> str:
    text = unicodedata.normalize("NFKC", tool("pdftotext", "-raw", path, "-"))
    return " ".join(text.split())


@pytest.fixture(scope="module")
def sites_file(qgis_app, tmp_path_factory) -> Path:
    """A store with sites in nine regions, 31 of them at Casablanca."""
    from carte_cp3.store.database import create_store

    towns = [
        ("06.141.01.0", -7.62, 33.59, 31), ("06.461.01.15", -7.62, 33.0, 3),
        ("02.411.01.23", -1.91, 34.68, 4), ("08.201.01.05", -4.43, 31.93, 1),
        ("09.001.01.01", -9.6, 30.42, 2), ("11.321.01.03", -13.2, 27.15, 5),
        ("12.391.01.01", -15.93, 23.7, 2), ("10.261.01.01", -10.06, 28.98, 2),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("sheets") / "services.gpkg"
    with create_store(str(path)) as store, store.transaction(by="tests"):
        for commune, lon, lat, count in towns:
            for number in range(count):
                code = ("OFPPT", "ANAPEC", "EN", "ART")[number % 4]
                row = {
                    "institution_code": code,
                    "name_fr": f"Centre modèle {commune[:2]} numéro {number}",
                    "name_ar": f"مركز رقم {number}" if number % 2 else None,
                    "kind": "agence",
                    "commune_code": commune,
                    "precision": "entrance" if number % 5 == 4 else "commune",
                    "lon": lon + (0.02 * number if number % 5 == 4 else 0),
                    "lat": lat,
                    "address_fr": f"{number}, rue du Modèle",
                    "phone": f"+2125220000{number:02d}",
                    "status": "published",
                }
                store.insert("site", [row])
        hidden = {"institution_code": "EN", "commune_code": "06.141.01.0", "lon": -7.6, "lat": 33.6}
        store.insert("site", [{**hidden, "name_fr": "Brouillon caché"}])
        internal = {**hidden, "status": "published", "visibility": "internal"}
        store.insert("site", [{**internal, "name_fr": "Interne caché"}])
    return path


@pytest.fixture(scope="module")
def sites(sites_file):
    from carte_cp3.store.database import open_store

    with open_store(str(sites_file)) as opened:
        yield opened


def print_to(store, folder, **more):
    from carte_cp3.gis.sheets import print_sheets

    return print_sheets(store, folder, day=DAY, **more)


@pytest.fixture(scope="module")
def printed(sites, tmp_path_factory):
    """All regions, in both languages."""
    return print_to(sites, tmp_path_factory.mktemp("a3"))


@pytest.fixture(scope="module")
def report(printed):
    found = json.loads(printed.report.read_text(encoding="utf-8"))
    sheets = {sheet["region"]: sheet for sheet in found["sheets"]}
    return {**found, "country": sheets.pop("00"), "sheets": sheets}


def sheet(printed, region) -> Path:
    return next(path for path in printed.files if path.name.startswith(f"R{region}_"))


# What is printed


def test_one_sheet_for_each_region_with_a_site(printed, report):
    regions = ["00", "02", "06", "08", "09", "10", "11", "12"]  # 00 is the whole country
    assert [path.name for path in printed.files] == [
        f"R{region}_services_A3_2026-11-21.pdf" for region in regions
    ]
    assert report["regions_without_site"] == ["01", "03", "04", "05", "07"]
    assert printed.count == 50 == report["sites_on_sheets"]


def test_pages_are_a3_and_turned_by_the_rule(printed):
    for path in printed.files:
        for page in re.findall(
            r"Page +\d+ size: +([\d.]+) x ([\d.]+)", tool("pdfinfo", "-l", 9, path)
        ):
            width, height = (float(length) * 25.4 / 72 for length in page)
            expected = (297, 420) if path.name.startswith("R02") else (420, 297)
            assert (width, height) == pytest.approx(expected, abs=0.5)


def test_only_the_bundled_fonts_are_used_and_they_are_embedded(printed):
    for path in printed.files:
        for line in tool("pdffonts", path).splitlines()[2:]:
            name, columns = line.split()[0], line.split()
            assert re.sub("^[A-Z]{6}[+]", "", name).startswith(("NotoSans-", "NotoSansArabicUI-"))
            embedded, _subset, unicode_map = columns[-5:-2]
            assert (embedded, unicode_map) == ("yes", "yes")


def test_titles_are_there_in_french_and_arabic(printed):
    assert "Casablanca-Settat" in text_of(sheet(printed, "06"))
    words = words_of(sheet(printed, "11"))
    assert {"Laâyoune", "Hamra", "الحمراء", "خدمات", "التشغيل"} <= set(words)
    assert "Feuille 11/12" in text_of(sheet(printed, "11"))


def test_every_site_is_named_and_counted_once(printed, sites, report):
    for region, found in report["sheets"].items():
        text = text_of(sheet(printed, region))
        for number in range(found["sites"]):
            name = f"Centre modèle {region} numéro {number}"
            if region != "06":  # two towns, so that numbers stand twice
                assert len(re.findall(rf"{name}\b", text)) == 1
    assert report["sheets"]["06"]["sites"] == 34
    assert text_of(sheet(printed, "06")).count("Centre modèle 06") == 34
    assert sum(found["sites"] for found in report["sheets"].values()) == 50


def test_what_is_not_published_or_not_public_is_not_printed(printed):
    for path in printed.files:
        assert "caché" not in text_of(path)


def test_counts_on_the_sheet_are_the_stores(printed, report):
    found = report["sheets"]["06"]
    assert found["by_institution"] == {"OFPPT": 9, "ANAPEC": 9, "EN": 9, "ART": 7}
    assert sum(found["by_province"].values()) == 34
    lines = tool("pdftotext", "-layout", sheet(printed, "06"), "-").splitlines()
    totals = [re.findall(r"Total((?: +\d+)+)", line) for line in lines if "Total" in line]
    assert [figures.split() for found in totals for figures in found] == [
        ["9", "9", "9", "7", "34"]
    ]


def test_arabic_words_are_found_in_the_file(printed):
    words = words_of(sheet(printed, "06"))
    assert words["مركز"] >= 16
    for word in ("الدار", "البيضاء", "سطات", "المجموع", "المحيط", "الأطلسي", "الجهات"):
        assert words[word] >= 1, word


def test_each_region_is_in_its_zone_at_a_round_scale_that_is_printed(printed, report):
    for region, found in report["sheets"].items():
        assert found["crs"] == f"EPSG:{ZONES[region]}"
        assert f"EPSG:{ZONES[region]}" in text_of(sheet(printed, region))
        ratio = f"1:{found['scale']:,.0f}".replace(",", " ")
        assert found["printed_scale"].replace("\u00a0", " ") == ratio
        assert ratio in text_of(sheet(printed, region))
        mantissa = found["scale"] / 10 ** int(len(str(int(found["scale"]))) - 1)
        assert mantissa in {1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 7.5, 8, 9}


def test_signs_do_not_touch_and_stand_near_their_places(report):
    for found in report["sheets"].values():
        assert found["signs_touching"] == 0
        assert found["displacement_mm"]["mean"] <= 3.5


def test_sheets_are_not_blank_and_not_heavy(printed, tmp_path):
    from qgis.PyQt.QtGui import QImage

    for path in printed.files[:2]:
        tool("pdftoppm", "-r", "20", "-png", "-singlefile", path, tmp_path / "page")
        image = QImage(str(tmp_path / "page.png"))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3)
                   for y in range(0, image.height(), 3)}  # fmt: skip
        assert len(colours) > 50
        assert path.stat().st_size < 5_000_000


def test_a_list_that_fits_is_on_one_page(report):
    assert all(found["pages"] == 1 for found in report["sheets"].values())


def written(item, measure) -> tuple:
    """The ink of a text as left, top, right, bottom: its letters, not its box."""
    lines = item.text.split("\n")
    width = max(measure(line, item.style) for line in lines)
    height = len(lines) * item.style.height * 1.362 - item.style.height * 0.5
    rect, middle = item.rect, item.rect.y + item.rect.h / 2
    left = {"left": rect.x, "right": rect.right - width}.get(item.align, rect.centre[0] - width / 2)
    return left, middle - height / 2, left + width, middle + height / 2


@pytest.mark.parametrize("language", ["fr+ar", "fr", "ar"])
def test_texts_stay_on_the_page_and_apart(sites, language):
    from carte_cp3.gis.sheets.drawing.fonts import measure
    from carte_cp3.gis.sheets.geometry import Rect
    from carte_cp3.gis.sheets.plan.items import Text
    from carte_cp3.gis.sheets.printing import PrintJob

    job = PrintJob(sites, None, language, DAY, True)
    for content in job.choose(())[0]:
        plan = job.plan(content)
        inside = Rect(0, 0, plan.frames.page.width, plan.frames.page.height).inset(5)
        for page in plan.pages:
            upright = [item for item in page if not getattr(item, "angle", 0)]
            assert all(inside.holds(item.rect) for item in upright)
            texts = [item for item in upright if isinstance(item, Text)]
            boxes = [written(item, measure) for item in texts]
            for i, (a, one) in enumerate(zip(boxes, texts)):
                for b, other in zip(boxes[:i], texts):
                    apart = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
                    assert min(apart) < 0.3, (content.region.name_fr, one, other)


# Editions and formats


def test_the_arabic_edition_has_arabic_only_and_is_turned_round(sites, tmp_path):
    made = print_to(sites, tmp_path, regions=("06",), language="ar")
    words = words_of(made.files[0])
    assert words["البيضاء"] >= 1
    assert not {"Feuille", "Institutions", "Total", "établissements"} & set(words)
    boxes = tool("pdftotext", "-bbox", made.files[0], "-")
    found = re.search(r'xMin="([\d.]+)"[^>]*>1:\d', boxes)
    assert found, "the ratio stands on the map"
    assert float(found.group(1)) > 400, "the panel is on the left, the map on the right"


def test_the_french_edition_has_no_arabic(sites, tmp_path):
    made = print_to(sites, tmp_path, regions=("06",), language="fr")
    assert not re.search("[\u0600-\u06ff]", " ".join(words_of(made.files[0])))


def test_beside_each_sheet_is_its_index_as_it_is_printed(printed, report):
    import csv

    named = {path.name: path for path in printed.beside}
    for sheet_file in printed.files[1:]:
        with named[f"{sheet_file.stem}.csv"].open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle, delimiter=";"))
        said = report["sheets"][sheet_file.name[1:3]]
        assert [int(row["number"]) for row in rows] == list(range(1, said["sites"] + 1))
        words = words_of(sheet_file)
        for row in rows:
            assert words[row["number"]] >= 2
            assert re.fullmatch("[A-Z]([0-9])?|[S-Z]·[A-Z][0-9]", row["cell"]), row


def test_beside_each_sheet_is_its_report(printed, report):
    named = {path.name: path for path in printed.beside}
    for sheet_file in printed.files[1:]:
        said = json.loads(named[f"{sheet_file.stem}.json"].read_text(encoding="utf-8"))
        assert said == report["sheets"][said["region"]]
        assert said["edition"] == DAY.isoformat()
        assert said["files"] == [sheet_file.name]


def test_the_countrys_sheet_adds_up_and_names_every_region(printed, report, sites):
    import csv

    from carte_cp3.store.boundaries import load_gazetteer

    path = sheet(printed, "00")
    said, words = report["country"], words_of(path)
    assert said["sites"] == 50 == sum(said["by_province"].values())
    assert said["names_left_out"] == []
    text = " ".join(tool("pdftotext", "-layout", path, "-").split())
    for unit in load_gazetteer().units.values():
        if unit.level == "region":
            for word in re.split("[- ]", f"{unit.name_fr} {unit.name_ar}"):
                assert words[word] >= 2 or text.count(word) >= 2, word
    named = {one.name: one for one in printed.beside}
    with named[f"{path.stem}.csv"].open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    assert [row["sheet"] for row in rows] == [f"R{number:02d}" for number in range(1, 13)]
    assert sum(int(row["total"]) for row in rows) == 50
    for code in ("OFPPT", "ANAPEC", "EN", "ART"):
        assert sum(int(row[code]) for row in rows) == said["by_institution"][code]
    for one in report["sheets"].values():
        assert " ".join(one["printed_scale"].split()) in text


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_countrys_sheet_in_one_language(sites, tmp_path, language):
    made = print_to(sites, tmp_path, regions=("06", "12"), language=language, overview=True)
    assert [path.name[:3] for path in made.files] == ["R00", "R06", "R12"]
    text = tool("pdftotext", "-layout", made.files[0], "-")
    assert ("Royaume du Maroc" in text) == (language == "fr")
    assert ("المملكة المغربية" in text) == (language == "ar")
    assert made.count == 36


def test_the_country_is_drawn_whole_without_the_line_that_is_none(qgis_app):
    from carte_cp3.gis.sheets.charter import load_charter
    from carte_cp3.gis.sheets.geometry import Rect
    from carte_cp3.gis.sheets.land.country_ground import country_ground

    ground = country_ground(load_charter(), Rect(0, 0, 215, 226))
    regions = {area.code: geometry for area, geometry in ground.provinces}
    assert len(regions) == 12
    assert ground.extent.contains(ground.region[1].boundingBox())
    shared = regions["10"].buffer(500, 3).intersection(regions["11"].buffer(500, 3))
    inside = shared.intersection(ground.region[1].buffer(-5000, 3))
    assert inside.area() > 0
    for line in ("country", "region"):
        assert ground.lines[line].intersection(inside).length() < 1
    other = regions["11"].buffer(500, 3).intersection(regions["12"].buffer(500, 3))
    assert ground.lines["country"].intersection(other).length() > 100_000


def test_a_formula_in_a_name_does_not_run_in_the_index(store, tmp_path):
    row = {"institution_code": "EN", "commune_code": "06.141.01.0", "name_fr": "=1+1 Centre"}
    point = {"lon": -7.6, "lat": 33.6, "precision": "commune", "status": "published"}
    with store.transaction(by="tests"):
        store.insert("site", [{**row, **point}])
    made = print_to(store, tmp_path, regions=("06",))
    text = next(one for one in made.beside if one.suffix == ".csv").read_text("utf-8-sig")
    assert ";'=1+1 Centre;" in text


def test_a_sheet_says_its_title_author_and_language(sites, tmp_path):
    from pypdf import PdfReader

    for language, code in (("fr", "fr"), ("ar", "ar"), ("fr+ar", "fr")):
        made = print_to(sites, tmp_path / language, regions=("06",), language=language)
        found = PdfReader(made.files[0])
        assert found.root_object["/Lang"] == code
        assert found.metadata.author == "Carte CP3"
        assert ("Casablanca-Settat" in found.metadata.title) == ("fr" in language)
        assert ("الدار البيضاء" in found.metadata.title) == ("ar" in language)
        assert found.outline[0].title == found.metadata.title
        assert found.pages[0].trimbox == found.pages[0].mediabox


def test_an_atlas_is_one_file_with_an_entry_for_each_sheet(sites, tmp_path):
    from pypdf import PdfReader

    made = print_to(sites, tmp_path, regions=("06", "12"), atlas=True)
    assert [path.name for path in made.files] == ["services_A3_2026-11-21.pdf"]
    found = PdfReader(made.files[0])
    entries = [one for one in found.outline if not isinstance(one, list)]
    assert [one.title.split(" / ")[0] for one in entries] == [
        "Royaume du Maroc", "Casablanca-Settat", "Dakhla-Oued Ed-Dahab",
    ]  # fmt: skip
    assert [found.get_destination_page_number(one) for one in entries] == [0, 1, 2]
    assert len(found.pages) == 3
    # As they are typed: what a viewer's search looks for, with no change of form in between.
    text = tool("pdftotext", "-layout", made.files[0], "-")
    assert "الداخلة" in text
    assert "R06, p. 2" in text
    assert "R12, p. 3" in text
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [
        *[".csv"] * 3, *[".json"] * 4, ".pdf",
    ]  # fmt: skip


def test_arabic_letters_are_named_as_they_are_typed():
    from carte_cp3.gis.sheets.finishing import with_letters

    table = b"<0000> <FE8E> <0000>\n<0001> <0003> [<FE8D> <FEFB> <0041> ]"
    assert with_letters(table) == b"<0000> <FE8E> <0000>\n<0001> <0003> [<0627> <FEFB> <0041> ]"


def charter_with(tmp_path, **logos) -> Path:
    """A charter beside which logos are looked for."""
    from carte_cp3.gis.sheets.charter import CHARTER_FILE

    charter = json.loads(CHARTER_FILE.read_text(encoding="utf-8"))
    charter["logos"]["files"] = logos
    path = tmp_path / "charter.json"
    path.write_text(json.dumps(charter), encoding="utf-8")
    return path


def is_magenta(colour) -> bool:
    return min(colour.red(), colour.blue()) > 225 and colour.green() < 30


def test_a_code_leads_to_the_regions_page(sites, tmp_path):
    import segno
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.gis.sheets.plan.imprint import Code
    from qgis.PyQt.QtGui import QColor, QImage

    address = "https://example.org/cp3/index.html"
    for language, choice in (("fr+ar", "?r=06"), ("ar", "?r=06&l=ar")):
        folder = tmp_path / language
        made = print_to(sites, folder, regions=("06",), language=language, address=address)
        said = json.loads(made.beside[1].read_text(encoding="utf-8"))
        assert said["web_page"] == f"https://example.org/cp3/{choice}"
        job = PrintJob(sites, None, language, DAY, None, address=address)
        plan = job.plan(job.choose(("06",))[0][0])
        code = next(item for item in plan.pages[0] if isinstance(item, Code))
        tool("pdftoppm", "-r", "300", "-png", "-singlefile", made.files[0], folder / "page")
        image, dots = QImage(str(folder / "page.png")), 300 / 25.4
        wanted = segno.make(said["web_page"], error="m", micro=False).matrix
        unit = code.rect.w / (len(wanted) + 8)
        for row, modules in enumerate(wanted):
            for column, dark in enumerate(modules):
                x = code.rect.x + (column + 4.5) * unit
                y = code.rect.y + (row + 4.5) * unit
                seen = QColor(image.pixel(round(x * dots), round(y * dots))).lightness()
                assert (seen < 128) == bool(dark), (row, column)


def test_without_an_address_there_is_no_code_and_the_report_says_so(report):
    assert {sheet["web_page"] for sheet in report["sheets"].values()} == {None}


def test_an_address_that_is_none_is_refused(sites, tmp_path):
    from carte_cp3.domain.errors import PublishError

    with pytest.raises(PublishError, match="no web address"):
        print_to(sites, tmp_path / "a3", address="my page")


def test_logos_are_the_charters_and_one_that_is_missing_is_told(sites, tmp_path):
    from qgis.PyQt.QtGui import QColor, QImage

    logo = QImage(300, 80, QImage.Format.Format_RGB32)
    logo.fill(QColor("#ff00ff"))
    logo.save(str(tmp_path / "ofppt.png"))
    (tmp_path / "en.png").write_text("no picture")
    charter = charter_with(tmp_path, OFPPT="ofppt.png", ANAPEC="lost.svg", EN="en.png")
    made = print_to(sites, tmp_path / "a3", regions=("06",), charter=charter)
    said = json.loads(made.beside[1].read_text(encoding="utf-8"))
    assert {logo["institution"]: logo["fault"] for logo in said["logos"]} == {
        "OFPPT": "", "ANAPEC": "missing", "EN": "unreadable", "ART": "not_given",
    }  # fmt: skip
    tool("pdftoppm", "-r", "50", "-png", "-singlefile", made.files[0], tmp_path / "page")
    page = QImage(str(tmp_path / "page.png"))
    pixels = [
        x
        for x in range(page.width())
        for y in range(page.height())
        if is_magenta(QColor(page.pixel(x, y)))
    ]
    width = (max(pixels) - min(pixels)) * 25.4 / 50
    assert 26 < width < 29
    words = words_of(made.files[0])
    assert words["ANAPEC"] == 2  # in the legend and in the empty slot
    assert words["OFPPT"] == 1


def test_png_sheets_have_300_dots_to_the_inch(sites, tmp_path):
    from qgis.PyQt.QtGui import QImage

    made = print_to(sites, tmp_path, regions=("12",), format="png")
    assert [path.name for path in made.files] == ["R12_services_A3_2026-11-21.png"]
    image = QImage(str(made.files[0]))
    assert abs(image.width() - 420 / 25.4 * 300) <= 2
    assert abs(image.height() - 297 / 25.4 * 300) <= 2


def test_a_region_without_a_site_asked_for_says_that_it_is_empty(sites, tmp_path):
    made = print_to(sites, tmp_path, regions=("05",))
    assert len(made.files) == 1
    assert made.count == 0
    assert "Aucun établissement publié" in text_of(made.files[0])


def test_made_up_data_are_marked(store, tmp_path):
    made = print_to(store, tmp_path, regions=("06",))
    assert "SPÉCIMEN : données fictives" in text_of(made.files[0])
    assert "وهمية" in words_of(made.files[0])
    plain = print_to(store, tmp_path / "plain", regions=("06",), specimen=False)
    assert "données fictives" not in text_of(plain.files[0])


def test_a_site_without_a_commune_is_in_the_report(store, tmp_path):
    made = print_to(store, tmp_path)
    report = json.loads(made.report.read_text(encoding="utf-8"))
    assert made.count == 3
    assert report["sites_without_region"] == 1


def test_long_and_crowded_lists_go_on_on_further_pages(store, tmp_path):
    with store.transaction(by="tests"):
        for number in range(300):
            name = f"SPÉCIMEN {'très long ' * (number % 9)}numéro {number:03d}"
            row = {"institution_code": "OFPPT", "name_fr": name, "commune_code": "06.141.01.07"}
            place = {"lon": -7.6 + number % 20 / 500, "lat": 33.58, "precision": "entrance"}
            store.insert("site", [{**row, **place, "status": "published"}])
    made = print_to(store, tmp_path, regions=("06",))
    found = json.loads(made.report.read_text(encoding="utf-8"))["sheets"][0]
    assert found["pages"] > 1
    assert found["signs_touching"] == 0
    text = text_of(made.files[0])
    for number in range(300):
        assert text.count(f"numéro {number:03d}") == 1


def test_names_are_written_not_computed(store, tmp_path):
    with store.transaction(by="tests"):
        store.update("institution", "OFPPT", {"short_name_fr": "[% 4000 + 2 %]", "name_fr": "Nom"})
    made = print_to(store, tmp_path, regions=("06",), language="fr")
    text = text_of(made.files[0])
    assert "4000 + 2" in text
    assert "4002" not in text


# Nothing half


def test_cancelling_leaves_the_folder_as_it_was(sites, tmp_path):
    def stop(done, _message):
        if done > 0.2:
            raise Cancelled("Stopped.")

    (tmp_path / "R06_services_A3_2026-11-21.pdf").write_bytes(b"an older sheet")
    with pytest.raises(Cancelled):
        print_to(sites, tmp_path, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["R06_services_A3_2026-11-21.pdf"]
    assert (tmp_path / "R06_services_A3_2026-11-21.pdf").read_bytes() == b"an older sheet"


def test_a_folder_that_cannot_be_written_is_named(sites, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(PrintError, match="file"):
        print_to(sites, blocked / "a3", regions=("12",))


def test_a_sheet_that_cannot_be_replaced_leaves_them_all(sites, tmp_path):
    """A folder of its name stands for a PDF that a reader holds open on Windows."""
    first, second = (tmp_path / f"R{code}_services_A3_2026-11-21.pdf" for code in ("09", "12"))
    first.write_bytes(b"an older sheet")
    second.mkdir()
    with pytest.raises(PrintError, match=r"R12_.* What was there is unchanged\. Close them"):
        print_to(sites, tmp_path, regions=("09", "12"))
    assert sorted(tmp_path.iterdir()) == [first, second]
    assert first.read_bytes() == b"an older sheet"


def test_what_was_replaced_comes_back_when_a_file_cannot_be_moved(qgis_app, tmp_path):
    from carte_cp3.gis.sheets.placing import move_all

    scratch, folder = tmp_path / "scratch", tmp_path / "a3"
    scratch.mkdir()
    folder.mkdir()
    files = [scratch / name for name in ("new.pdf", "old.pdf", "lost.pdf")]
    for file in files[:2]:
        file.write_bytes(b"printed now")
    (folder / "old.pdf").write_bytes(b"an older sheet")
    with pytest.raises(FileNotFoundError):
        move_all(files, folder, scratch)
    assert [file.name for file in folder.iterdir()] == ["old.pdf"]
    assert (folder / "old.pdf").read_bytes() == b"an older sheet"


def test_a_store_without_published_sites_says_so(qgis_app, tmp_path):
    from carte_cp3.store.database import create_store

    empty = create_store(str(tmp_path / "empty.gpkg"))
    with empty, pytest.raises(PrintError, match="no published site"):
        print_to(empty, tmp_path / "a3")
    assert not (tmp_path / "a3").exists()


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        ({"regions": ("13",)}, "13"),
        ({"language": "es"}, r"edition « es »\. Choose fr, ar, fr\+ar\."),
        ({"format": "svg"}, r"« svg »\. Choose pdf, png\."),
        ({"format": "png", "atlas": True}, "atlas"),
    ],
)
def test_an_impossible_request_is_refused(sites, tmp_path, request_, word):
    with pytest.raises(PrintError, match=word):
        print_to(sites, tmp_path / "a3", **request_)
    assert not (tmp_path / "a3").exists()


def test_sheets_are_marked_as_made_up_when_the_page_is(qgis_app, tmp_path):
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import create_store

    site = {"site_id": "s", "institution_code": "EN", "name_fr": "Centre", "status": "published"}
    site.update(commune_code="06.141.01.0", lon=-7.6, lat=33.5)
    service = {"service_id": "v", "institution_code": "EN", "status": "published"}
    with create_store(str(tmp_path / "made-up.gpkg")) as store:
        with store.transaction(by="tests"):
            store.insert(
                "site", [{**site, "commune_code": "06.141.01.0", "lon": -7.6, "lat": 33.5}]
            )
            store.insert("service", [{**service, "name_fr": "Formation (Spécimen)"}])
            store.insert("offer", [{"site_id": "s", "service_id": "v", "status": "published"}])
        assert PrintJob(store, None, "fr", DAY, None).edition.specimen
        assert not PrintJob(store, None, "fr", DAY, False).edition.specimen


def test_printing_off_the_main_thread_is_refused(sites, tmp_path):
    from qgis.PyQt.QtCore import QThread

    caught = []

    class Worker(QThread):
        def run(self):
            try:
                print_to(sites, tmp_path)
            except PrintError as error:
                caught.append(str(error))

    worker = Worker()
    worker.start()
    worker.wait()
    assert "main thread" in caught[0]


# The map


def test_the_operation_to_the_southern_zone_is_pinned(qgis_app):
    from carte_cp3.gis.sheets.land.projection import from_degrees, pinned, zone
    from qgis.core import QgsCoordinateTransformContext, QgsPointXY

    crs = zone(26195)
    context = pinned(QgsCoordinateTransformContext(), crs)
    found = from_degrees(crs, context).transform(QgsPointXY(-15, 23))
    # By hand, with +towgs84=31,146,47; PROJ's own choice lies 257 m away.
    assert (found.x(), found.y()) == pytest.approx((516636.81, 487092.24), abs=0.5)


def test_no_line_between_the_two_regions_and_every_other_limit_once(qgis_app):
    from carte_cp3.gis.sheets.land.boundaries import Limits, load_boundaries
    from qgis.core import QgsWkbTypes

    boundaries = load_boundaries()
    limits = Limits(boundaries, [["10", "11"]])
    north, south = (
        next(area for area in boundaries.areas("region") if area.code == code).geometry()
        for code in ("10", "11")
    )
    shared = north.intersection(south).length()
    assert shared > 1
    for drawn in (limits.of_all_regions(), limits.between_regions(),
                  *limits.of_region("10").values(), *limits.of_region("11").values()):  # fmt: skip
        assert drawn.intersection(north).intersection(south).length() < 1e-6
    for code, area in (("10", north), ("11", south)):
        outline = area.convertToType(QgsWkbTypes.GeometryType.LineGeometry, True).length()
        assert limits.of_region(code)["region"].length() == pytest.approx(
            outline - shared, rel=1e-6
        )


def test_the_locator_shows_the_whole_territory(qgis_app):
    from carte_cp3.gis.sheets.charter import load_charter
    from carte_cp3.gis.sheets.land.locator import Locator

    locator = Locator(load_charter())
    assert len(locator.middles) == 12
    assert all(0 < x < 1 and 0 < y < 1 for x, y in locator.middles.values())
    regions = locator.layers("12")[2]
    assert regions.featureCount() == 12
    assert locator.extent.contains(regions.extent())


def test_the_cartographers_backdrop_goes_under_the_sheet(project, sites, tmp_path):
    from carte_cp3.gis.project import add_store_layers
    from carte_cp3.gis.sheets.backdrop import backdrop_layers
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer
    from qgis.PyQt.QtGui import QColor, QImage

    backdrop = QgsVectorLayer("Polygon?crs=EPSG:4326", "relief", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(-20, 15, 5, 40)))
    backdrop.dataProvider().addFeatures([feature])
    backdrop.renderer().symbol().setColor(
        __import__("qgis.PyQt.QtGui").PyQt.QtGui.QColor("#00ff00")
    )
    project.addMapLayer(backdrop)
    add_store_layers(project, sites)
    assert backdrop_layers(project) == [backdrop]
    made = print_to(sites, tmp_path, regions=("12",), project=project)
    tool("pdftoppm", "-r", "20", "-png", "-singlefile", made.files[0], tmp_path / "page")
    image = QImage(str(tmp_path / "page.png"))
    inland = QColor(image.pixel(image.width() // 3, image.height() // 2))
    assert inland.green() > 240
    assert inland.red() < 40


def test_labels_of_the_backdrop_stay_off_the_sheet_and_are_told(project, sites, tmp_path):
    from carte_cp3.gis.project import add_store_layers
    from qgis.core import (
        QgsFeature,
        QgsGeometry,
        QgsPalLayerSettings,
        QgsPointXY,
        QgsVectorLayer,
        QgsVectorLayerSimpleLabeling,
    )

    backdrop = QgsVectorLayer("Point?crs=EPSG:4326", "lieux-dits", "memory")
    features = [QgsFeature() for _ in range(40)]
    for number, feature in enumerate(features):
        place = QgsPointXY(-16 + number % 8 * 0.4, 22 + number // 8 * 0.4)
        feature.setGeometry(QgsGeometry.fromPointXY(place))
    backdrop.dataProvider().addFeatures(features)
    settings = QgsPalLayerSettings()
    settings.fieldName, settings.isExpression = "'Lieudit'", True
    backdrop.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    backdrop.setLabelsEnabled(True)
    project.addMapLayer(backdrop)
    add_store_layers(project, sites)
    made = print_to(sites, tmp_path, regions=("12",), project=project)
    assert "Lieudit" not in text_of(made.files[0])
    report = json.loads(made.report.read_text(encoding="utf-8"))["sheets"][0]
    assert report["backdrop_labels_left_out"] == ["lieux-dits"]
    assert report["verdict"] == "passed"
    assert backdrop.labelsEnabled(), "the layer itself stays as it is"


def test_two_printings_draw_the_same(sites, tmp_path):
    images = []
    for name in ("one", "two"):
        made = print_to(sites, tmp_path / name, regions=("12",))
        tool("pdftoppm", "-r", "40", "-png", "-singlefile", made.files[0], tmp_path / name)
        images.append((tmp_path / f"{name}.png").read_bytes())
    assert images[0] == images[1]
