# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading the page on qgis2web's map: with axe, at 400 %, on paper, in all languages."""

from __future__ import annotations

import pytest

from .conftest import READY, serving, settled
from .reading import AXE, JSQR, check_print, faults_of_a_round, unfold

ONLY_AXE = pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing: `npm ci` in web/")
ONLY_JSQR = pytest.mark.skipif(not JSQR.exists(), reason="jsqr is missing: `npm ci` in web/")
#: A screen of 1280 by 1024 at 400 %.
ENLARGED = (320, 256)


@pytest.fixture
def address(on_qgis2web):
    with serving(on_qgis2web) as root:
        yield f"{root}index.html"


def sideways(page) -> float:
    """How many pixels of the page lie beside the window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@ONLY_AXE
@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_axe_finds_nothing(open_page, address, lang, width, height):
    page = open_page(f"{address}?l={lang}", width, height)
    assert faults_of_a_round(page) == []


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
    page = open_page(f"{address}?i=ANAPEC&l={lang}")
    page.wait_for_function(READY)
    settled(page)
    check_print(page, tmp_path / "list.pdf")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 768)])
def test_the_whole_of_a_card_on_the_map_can_be_reached(open_page, address, width, height):
    """What is longer than the popup is scrolled in it, and never drawn over the map."""
    page = open_page(address, width, height)
    page.wait_for_function(READY)
    settled(page)
    unfold(page, "#cp3-list")
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.evaluate("""() => { const filler = document.createElement('p');
      filler.textContent = 'SPÉCIMEN '.repeat(400);
      document.querySelector('.cp3-popup .cp3-card').append(filler); }""")
    page.locator(".leaflet-popup").evaluate("() => map._popup.update()")
    frame = page.locator(".leaflet-popup-content").evaluate(
        "one => [getComputedStyle(one).overflowY, one.scrollHeight > one.clientHeight]"
    )
    assert frame == ["auto", True]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Position approximative"), ("ar", "موقع تقريبي"),
     ("en", "Approximate position"), ("es", "Posición aproximada")],
)  # fmt: skip
def test_the_layer_list_says_what_a_hollow_sign_means(open_page, address, lang, words):
    page = open_page(f"{address}?l={lang}")
    page.wait_for_function(READY)
    assert page.locator(".leaflet-control-layers-list .cp3-meaning").all_text_contents() == [words]
