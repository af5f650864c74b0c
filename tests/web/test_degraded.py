# SPDX-License-Identifier: GPL-2.0-or-later
"""The list stands whatever fails: no program, no map, a map that breaks, holes in the data."""

from __future__ import annotations

from playwright.sync_api import expect

from . import specimen
from .conftest import READY, settled

CARD = '<li><article class="cp3-card"><h3 class="cp3-name">SPÉCIMEN</h3></article></li>'


def test_without_scripts_the_published_list_is_there(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(), prerendered=CARD * 3)
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740, java_script_enabled=False)
    expect(page.locator(".cp3-card")).to_have_count(3)
    expect(page.locator("a:visible")).to_have_count(0)
    assert not page.is_visible("#cp3-views")


def test_with_scripts_the_program_takes_the_published_list_over(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12), prerendered=CARD * 3)
    page = open_page((tmp_path / "index.html").as_uri())
    settled(page)
    expect(page.locator(".cp3-card")).to_have_count(12)


def test_without_a_map_the_list_is_whole_and_says_so(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12), with_backdrop=False)
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740)
    page.wait_for_selector("html.cp3-settled")  # until then a map may still come
    settled(page)
    expect(page.locator(".cp3-card")).to_have_count(12)
    expect(page.locator(".cp3-locate")).to_have_count(0)
    assert not page.is_visible("#cp3-views")
    assert page.is_visible("text=La carte n’a pas pu être affichée")


def test_a_map_that_breaks_leaves_the_list(chromium, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12))
    (tmp_path / "data" / "backdrop.js").write_text("throw new Error('SPÉCIMEN')", encoding="utf-8")
    (tmp_path / "assets" / "backdrop.js").write_text("null.x", encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    settled(page)
    expect(page.locator(".cp3-card")).to_have_count(12)
    page.fill("input[name=query]", "settat")
    page.wait_for_function("() => document.querySelectorAll('.cp3-card').length < 12")
    page.close()


def test_holes_in_the_data(open_page, tmp_path):
    data = {
        "sites": [{"id": "SPECIMEN-1"}, {"id": "SPECIMEN-2", "lon": -7, "lat": 33, "name": None}]
    }
    specimen.publish(tmp_path, data)
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(2)
    expect(page.locator(".cp3-marker[data-count]")).to_have_count(1)


def test_no_site_at_all(open_page, tmp_path):
    specimen.publish(tmp_path, {"sites": []})
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(0)


def test_of_2500_sites_one_page_of_cards_is_drawn(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(2500))
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740)
    page.wait_for_function(READY)
    settled(page)
    expect(page.locator(".cp3-card")).to_have_count(30)
    page.evaluate(
        "() => { const list = document.querySelector('select[name=region]'); list.value = '06';"
        " list.dispatchEvent(new Event('change', {bubbles: true})); }"
    )
    settled(page)
    expect(page.locator(".cp3-card")).to_have_count(30)
