# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading the page on qgis2web's map: with axe, at 400 %, on paper, in all languages."""

from __future__ import annotations

import re
import subprocess
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import serve, settled
from .test_accessibility import AXE, faults, unfold
from .test_journeys import JSQR, READY, read_code

ONLY_AXE = pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing: `npm ci` in web/")
ONLY_JSQR = pytest.mark.skipif(not JSQR.exists(), reason="jsqr is missing: `npm ci` in web/")
#: A screen of 1280 by 1024 at 400 %.
ENLARGED = (320, 256)


@pytest.fixture
def address(on_qgis2web):
    server = serve(on_qgis2web)
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def sideways(page) -> float:
    """How many pixels of the page lie beside the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@ONLY_AXE
@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_axe_finds_nothing(open_page, address, lang, width, height):
    """On the list with a card to share, on the filters, on the map with its list and a card."""
    page = open_page(f"{address}?l={lang}", width, height)
    page.wait_for_function(READY)
    settled(page)
    unfold(page, "#cp3-list")
    page.locator(".cp3-share").first.click()
    assert faults(page) == []
    unfold(page, "#cp3-filters")
    assert faults(page) == []
    page.keyboard.press("Escape")
    if width < 500:
        page.click("#cp3-view-map")
    page.hover(".leaflet-control-layers")
    page.wait_for_selector(".leaflet-control-layers-expanded .cp3-meaning")
    assert faults(page) == []
    if width < 500:
        page.click("#cp3-view-list")
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.wait_for_timeout(300)
    assert faults(page) == []


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_enlarged_four_times_nothing_lies_beside_the_window(open_page, address, lang):
    page = open_page(f"{address}?l={lang}", *ENLARGED)
    page.wait_for_function(READY)
    settled(page)
    unfold(page, "#cp3-list")
    page.locator(".cp3-share").first.click()
    assert sideways(page) <= 0
    unfold(page, "#cp3-filters")
    assert sideways(page) <= 0
    button = page.locator(".cp3-results-button").bounding_box()
    assert button["y"] + button["height"] <= ENLARGED[1]
    page.locator(".cp3-results-button").click()
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    assert sideways(page) <= 0
    popup = page.locator(".leaflet-popup").bounding_box()
    assert popup["x"] >= 0
    assert popup["x"] + popup["width"] <= ENLARGED[0]


@ONLY_JSQR
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_a_filtered_list_is_printed_on_a4(open_page, address, tmp_path, lang):
    """Each card has its number on the map, and the code leads back to the filtered list."""
    page = open_page(f"{address}?i=ANAPEC&l={lang}")
    page.wait_for_function(READY)
    settled(page)
    found = page.locator(".cp3-card").count()
    placed = page.locator(".cp3-card .cp3-locate").count()
    assert 0 < placed <= found
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    numbers = " ".join(page.locator(".cp3-number span").all_inner_texts())
    assert numbered(numbers) <= set(range(1, found + 1))
    assert (len(numbered(numbers)) == placed) == ("…" not in numbers)
    assert urlsplit(read_code(page, ".cp3-printed .cp3-qr")).query == urlsplit(page.url).query
    target = tmp_path / "list.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True)
    assert "(A4)" in info.stdout
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, check=True
    ).stdout
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    assert re.search(rf"\b{found}\.|\.{found}\b", plain)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".cp3-number")).to_have_count(0)


def numbered(text: str) -> set[int]:
    """The numbers that marks such as « 1 », « 2, 5 » or « 7–9 » stand for."""
    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", text):
        found.update(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Position approximative"), ("ar", "موقع تقريبي"),
     ("en", "Approximate position"), ("es", "Posición aproximada")],
)  # fmt: skip
def test_the_layer_list_says_what_a_hollow_sign_means(open_page, address, lang, words):
    page = open_page(f"{address}?l={lang}")
    page.wait_for_function(READY)
    assert page.locator(".leaflet-control-layers-list .cp3-meaning").all_text_contents() == [words]
