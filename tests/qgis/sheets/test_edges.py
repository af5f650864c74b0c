# SPDX-License-Identifier: GPL-2.0-or-later
"""A3 sheets of unusual stores and on machines where something is missing; measured on paper."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from carte_cp3.domain.errors import Cancelled, PrintError

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

DAY = date(2026, 11, 21)
LONG = (
    "SPÉCIMEN – Centre mixte de formation professionnelle, d’insertion et d’accompagnement des "
    "jeunes n° 12-34 – annexe 2 bis"
)
ARABIC = "نموذج مركز التكوين المهني 12-34"


def tool(*arguments) -> str:
    """Run one of poppler's tools and return what it says."""
    if shutil.which(arguments[0]) is None:
        pytest.skip(f"{arguments[0]} is missing: install the package poppler-utils")
    done = subprocess.run([*map(str, arguments)], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def site(name="SPÉCIMEN Centre", **more):
    row = {
        "institution_code": "OFPPT", "name_fr": name, "name_ar": "نموذج", "kind": "agence",
        "commune_code": "12.391.01.01", "precision": "entrance", "lon": -15.93, "lat": 23.7,
        "status": "published",
    }  # fmt: skip
    return {**row, **more}


@pytest.fixture
def stored(qgis_app, tmp_path):
    """A function that makes an open store of sites."""
    from carte_cp3.store.database import create_store

    opened = []

    def make(*rows):
        opened.append(create_store(str(tmp_path / f"store-{len(opened)}.gpkg")))
        with opened[-1].transaction(by="tests"):
            opened[-1].insert("site", list(rows))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


def printed(store, folder, regions=("12",), **more):
    """Print into a folder; return the first file and what the report says of its sheet."""
    from carte_cp3.gis.sheets import print_sheets

    made = print_sheets(store, folder, regions=regions, day=DAY, **more)
    said = json.loads(made.report.read_text(encoding="utf-8"))["sheets"]
    return made.files[0], next(one for one in said if one["region"] == regions[0])


def words(path) -> Counter:
    from carte_cp3.gis.sheets.verify.pdf import pdf_facts

    return sum((page.words for page in pdf_facts(path).pages), Counter())


# How many, and of what names


@pytest.mark.parametrize("count", [0, 1])
def test_a_region_with_no_site_or_one_is_a_whole_sheet(stored, tmp_path, count):
    elsewhere = site(commune_code="06.141.01.0", lon=-7.6, lat=33.6)
    path, said = printed(stored(elsewhere, *[site()] * count), tmp_path / "a3")
    assert said["verdict"] == "passed"
    assert said["faults"] == []
    assert said["sites"] == count
    assert said["pages"] == 1
    assert ("Aucun" in words(path)) == (count == 0)


def test_eight_hundred_sites_in_one_city_are_all_there_or_told(qgis_app, tmp_path):
    from carte_cp3.store.database import open_store
    from sheet_specimens import one_city_store

    with open_store(str(one_city_store(tmp_path / "city.gpkg", 800))) as store:
        path, said = printed(store, tmp_path / "a3", ("07",))
    assert said["sites"] == 800
    # What cannot be resolved on paper marks the sheet; nothing may refuse it.
    assert said["verdict"] in {"passed", "marked"}, said["faults"]
    found = words(path)
    assert all(found[str(number)] for number in range(1, 801))
    assert said["displacement_mm"]["mean"] <= 3.5
    assert said["displacement_mm"]["max"] <= 8
    assert said["signs_touching"] == 0
    assert path.stat().st_size < 5_000_000


@pytest.mark.parametrize("language", ["fr+ar", "fr", "ar"])
def test_long_arabic_and_odd_names_are_written_whole(stored, tmp_path, language):
    names = [LONG[:120], "SPÉCIMEN 12-34 – 56 / 7", "SPÉCIMEN—" + "x" * 111]
    assert [len(name) for name in names[::2]] == [120, 120]
    rows = [site(name, lon=-15.93 + rank / 10, name_ar=None) for rank, name in enumerate(names)]
    rows.append(site("", name_fr=ARABIC, name_ar=ARABIC, lon=-15.5))
    path, said = printed(stored(*rows), tmp_path / "a3", language=language)
    assert said["faults"] == []
    found = words(path)
    assert found["accompagnement"]
    assert found["34"] >= 2
    assert found["المهني"]


def test_a_store_with_drafts_only_says_so(stored, tmp_path):
    with pytest.raises(PrintError, match="no published site"):
        printed(stored(site(status="draft"), site(visibility="internal")), tmp_path / "a3")
    assert not (tmp_path / "a3").exists()


# What is missing


def test_a_missing_font_is_named(stored, tmp_path, monkeypatch):
    from carte_cp3.gis.sheets.drawing import fonts

    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    fonts._families.cache_clear()
    try:
        with pytest.raises(PrintError, match=r"NotoSans-Regular\.ttf is missing"):
            printed(stored(site()), tmp_path / "a3")
    finally:
        fonts._families.cache_clear()
    assert not (tmp_path / "a3").exists()


FULL = """
import resource, signal, sys
from datetime import date
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import conftest
from qgis.core import QgsApplication
running = QgsApplication([], False)
running.initQgis()
from carte_cp3.domain.errors import PrintError
from carte_cp3.gis.sheets import print_sheets
from carte_cp3.store.database import open_store
with open_store(sys.argv[1]) as store:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]),) * 2)
    try:
        print_sheets(store, Path(sys.argv[2]), regions=("12",), day=date(2026, 11, 21))
    except PrintError as error:
        print("PrintError:", error)
"""


@pytest.mark.parametrize("room", [0, 20_000, 90_000])
def test_a_full_disk_is_said_and_leaves_no_half_file(stored, tmp_path, room):
    """A file that can grow no further, as on a full disk: while Qt writes, or after it."""
    store, folder = stored(site()), tmp_path / "a3"
    done = subprocess.run(
        [sys.executable, "-c", FULL, store.location, str(folder),
         str(Path(__file__).resolve().parents[2]), str(room)],
        capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert "PrintError:" in done.stdout, done.stderr
    left = [path.name for path in folder.iterdir()] if folder.exists() else []
    assert not [name for name in left if not name.endswith(".json")], left


def test_cancelling_between_sheets_leaves_nothing(stored, tmp_path):
    store = stored(site(), site(commune_code="06.141.01.0", lon=-7.6, lat=33.6))
    for atlas in (False, True):
        seen = []

        def stop(done, _message, seen=seen):
            seen.append(done)
            if done >= 0.5:
                raise Cancelled("Stopped.")

        with pytest.raises(Cancelled):
            printed(store, tmp_path / "a3", ("06", "12"), atlas=atlas, progress=stop)
        assert seen[-1] == 0.5, "one sheet was made, the second one was not"
        assert len(seen) > 3, "and the first one said how far it was"
        assert [*(tmp_path / "a3").iterdir()] == []


def test_a_crowded_sheet_can_be_cancelled_while_it_is_worked_out(qgis_app, tmp_path):
    from carte_cp3.store.database import open_store
    from sheet_specimens import crowded_store

    seen = []

    def stop(done, _message):
        seen.append(done)
        if done >= 0.2:
            raise Cancelled("Stopped.")

    path = str(crowded_store(tmp_path / "s.gpkg", 160, ("06",)))
    with open_store(path) as store, pytest.raises(Cancelled):
        printed(store, tmp_path / "a3", ("06",), progress=stop)
    assert 0.2 <= seen[-1] < 0.4, "the only sheet was not yet worked out"
    assert len(seen) > 3, "and said how far it was"
    assert seen == sorted(seen)
    assert [*(tmp_path / "a3").iterdir()] == []


# Measured on paper


def test_a_line_of_arabic_that_starts_with_latin_reads_from_the_right(qgis_app, tmp_path):
    """A line's ground direction is its text's, not its first word's."""
    from carte_cp3.gis.sheets.charter import load_charter
    from carte_cp3.gis.sheets.drawing.fonts import load_fonts, measure
    from carte_cp3.gis.sheets.plan.typesetting import Typesetter

    load_fonts()
    setter = Typesetter(None, load_charter(), ("ar",), measure)
    style = setter.style("footer")
    text = "المجاري المائية: GSHHG؛ البلدان المجاورة: Natural Earth"
    width = measure("المجاري المائية:", style) * 1.05
    lines = setter.wrapped(text, width, style)
    assert any(line.startswith("\u200fGSHHG") for line in lines)
    assert measure("\u200fGSHHG", style) == pytest.approx(measure("GSHHG", style))
    assert setter.wrapped("GSHHG", 20, style) == ("GSHHG",)


@pytest.fixture(scope="module")
def crowd(qgis_app, tmp_path_factory):
    """A region's sheet with an inset: its plan, the sheet printed, what it is checked with."""
    from carte_cp3.gis.sheets.job import PrintJob
    from carte_cp3.store.database import open_store
    from sheet_specimens import crowded_store

    folder = tmp_path_factory.mktemp("paper")
    with open_store(str(crowded_store(folder / "crowd.gpkg", 60, ("06",)))) as store:
        job = PrintJob(store, None, "fr+ar", DAY, None)
        plan = job.plan(job.choose(("06",))[0][0])
        yield plan, job.print_sheet(plan, folder, "pdf"), job.proof(plan)


def raster(path, rect, folder):
    """Draw a part of the first page, in mm, at 600 dots to the inch."""
    from qgis.PyQt.QtGui import QImage

    box = [round(length / 25.4 * 600) for length in (rect.x, rect.y, rect.w, rect.h)]
    sides = [part for pair in zip(("-x", "-y", "-W", "-H"), box) for part in pair]
    tool("pdftoppm", "-r", 600, *sides, "-gray", "-png", "-singlefile", path, folder / "part")
    return QImage(str(folder / "part.png"))


def longest_run(image) -> float:
    """Length in mm of the longest dark line across an image."""
    longest = 0
    for y in range(image.height()):
        run = 0
        for x in range(image.width()):
            run = run + 1 if image.pixel(x, y) & 0xFF < 110 else 0
            longest = max(longest, run)
    return longest / 600 * 25.4


def test_the_scale_bar_is_as_long_as_it_says(crowd, tmp_path):
    from carte_cp3.gis.sheets.geometry import Rect
    from carte_cp3.gis.sheets.plan.frames import bar_kilometres

    plan, sheet, _proof = crowd
    plate = plan.map.scale_plate.moved(plan.map_rect.x, plan.map_rect.y)
    bar = Rect(plate.x + 11, plate.y + 6, plate.w - 12, plate.h - 7)
    segment, count = bar_kilometres(plan.scale)
    expected = segment * count * 1e6 / plan.scale
    assert longest_run(raster(sheet.files[0], bar, tmp_path)) == pytest.approx(expected, abs=0.3)


def test_the_control_line_is_fifty_millimetres_long(crowd, tmp_path):
    plan, sheet, _proof = crowd
    line = next(item for item in plan.pages[0] if item.name == "control line")
    found = longest_run(raster(sheet.files[0], line.rect.inset(-1.0), tmp_path))
    assert found == pytest.approx(50, abs=0.3)


def test_numbers_on_the_paper_map_are_those_of_the_sites(crowd):
    """Read back by poppler: every word that lies on the map or on an inset."""
    plan, sheet, _proof = crowd
    frames = [plan.map_rect, *(one.rect for one in plan.details if not one.page)]
    boxes = tool("pdftotext", "-bbox", "-l", 1, sheet.files[0], "-")
    pattern = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<'
    plate = plan.map.scale_plate.moved(plan.map_rect.x, plan.map_rect.y)
    found: Counter = Counter()
    for *sides, text in re.findall(pattern, boxes):
        x0, y0, x1, y1 = (float(side) * 25.4 / 72 for side in sides)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        on_map = any(one.x < x < one.right and one.y < y < one.bottom for one in frames)
        on_plate = plate.x < x < plate.right and plate.y < y < plate.bottom
        if on_map and not on_plate and re.fullmatch(r"\d+(–\d+)?,?", text):
            first, _, last = text.rstrip(",").partition("–")
            found.update(range(int(first), int(last or first) + 1))
    detail_pages = [one for one in plan.details if one.page]
    elsewhere = {number for one in detail_pages for number in one.map.numbers()}
    expected = set(range(1, len(plan.content.entries) + 1)) - elsewhere
    assert found == Counter(expected)


def test_words_are_found_by_poppler(crowd):
    """Poppler's orders of reading each tear other lines apart: the best count holds."""
    import unicodedata

    from carte_cp3.gis.sheets.verify.pdf import words_of

    plan, sheet, proof = crowd
    assert sheet.report["verdict"] == "passed"
    read: Counter = Counter()
    for order in ("-layout", "-nodiag", "-raw"):
        text = unicodedata.normalize("NFKC", tool("pdftotext", order, sheet.files[0], "-"))
        read |= Counter(words_of(text))
    pages = range(len(plan.pages))
    planned = Counter(w for n in pages for label in proof.written_on(n)
                      for w in words_of(label.text))  # fmt: skip
    for arabic in (True, False):
        every = Counter({w: n for w, n in planned.items() if (w[0] >= "\u0620") == arabic})
        missing = every - read
        assert sum(missing.values()) <= 0.005 * sum(every.values()), missing
    for unit in (plan.content.region, *plan.content.provinces):
        for name in (unit.name_fr, unit.name_ar):
            assert all(read[word] for word in words_of(name)), name
