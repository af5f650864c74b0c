# SPDX-License-Identifier: GPL-2.0-or-later
"""The list stands whatever fails: no program, no map, a map that breaks, holes in the data."""

from __future__ import annotations

from . import specimen
from .conftest import settled

CARD = '<li><article class="cp3-card"><h3 class="cp3-name">SPÉCIMEN</h3></article></li>'


def test_without_scripts_the_published_list_is_there(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(), prerendered=CARD * 3)
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740, java_script_enabled=False)
    assert page.locator(".cp3-card").count() == 3
    assert page.locator("a:visible").count() == 0
    assert not page.is_visible("#cp3-views")


def test_with_scripts_the_program_takes_the_published_list_over(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12), prerendered=CARD * 3)
    page = open_page((tmp_path / "index.html").as_uri())
    settled(page)
    assert page.locator(".cp3-card").count() == 12


def test_without_a_map_the_list_is_whole_and_says_so(open_page, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12), with_backdrop=False)
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740)
    page.wait_for_selector("html.cp3-settled")  # until then a map may still come
    settled(page)
    assert page.locator(".cp3-card").count() == 12
    assert page.locator(".cp3-locate").count() == 0
    assert not page.is_visible("#cp3-views")
    assert page.is_visible("text=La carte n’a pas pu être affichée")


def test_a_map_that_breaks_leaves_the_list(chromium, tmp_path):
    specimen.publish(tmp_path, specimen.directory(12))
    (tmp_path / "data" / "backdrop.js").write_text("throw new Error('SPÉCIMEN')", encoding="utf-8")
    (tmp_path / "assets" / "backdrop.js").write_text("null.x", encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    settled(page)
    assert page.locator(".cp3-card").count() == 12
    page.fill("input[name=query]", "settat")
    page.wait_for_function("() => document.querySelectorAll('.cp3-card').length < 12")
    page.close()


def test_holes_in_the_data(open_page, tmp_path):
    data = {
        "sites": [{"id": "SPECIMEN-1"}, {"id": "SPECIMEN-2", "lon": -7, "lat": 33, "name": None}]
    }
    specimen.publish(tmp_path, data)
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function("() => performance.getEntriesByName('cp3:map').length > 0")
    assert page.locator(".cp3-card").count() == 2
    assert page.locator(".cp3-marker[data-count]").count() == 1


def test_no_site_at_all(open_page, tmp_path):
    specimen.publish(tmp_path, {"sites": []})
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function("() => performance.getEntriesByName('cp3:map').length > 0")
    assert page.locator(".cp3-card").count() == 0


def test_2500_sites_stay_quick(open_page, tmp_path):
    """Generous bounds (the machine is shared): a page that drew every card would miss them."""
    specimen.publish(tmp_path, specimen.directory(2500))
    page = open_page((tmp_path / "index.html").as_uri(), 360, 740)
    page.wait_for_function("() => performance.getEntriesByName('cp3:map').length > 0")
    marks = page.evaluate(
        "Object.fromEntries(performance.getEntriesByType('mark').map(m => [m.name, m.startTime]))"
    )
    assert marks["cp3:list"] < 2000
    assert marks["cp3:map"] < 3000
    assert page.locator(".cp3-card").count() == 30
    spent = page.evaluate(
        "(() => { const list = document.querySelector('select[name=region]'); list.value = '06';"
        " const start = performance.now();"
        " list.dispatchEvent(new Event('change', {bubbles: true}));"
        " return performance.now() - start; })()"
    )
    assert spent < 500
