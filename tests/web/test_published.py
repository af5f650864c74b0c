# SPDX-License-Identifier: GPL-2.0-or-later
"""Pages that QGIS really published, in a browser: every site, no complaint, nothing foreign."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from .conftest import READY, page_on, serving, settled
from .publications import COUNT, HOSTILE

PLACED = sum(1 for number in range(COUNT) if number % 8 != 7)


@pytest.fixture(params=["builtin", "qgis2web"])
def folder(request, publications):
    return page_on(publications, request.param)


@pytest.fixture(params=["file", "http"])
def address(request, folder):
    if request.param == "file":
        yield (folder / "index.html").as_uri()
        return
    with serving(folder) as root:
        yield f"{root}index.html"


def test_every_site_is_listed_and_mapped(open_page, address):
    page = open_page(address)
    page.wait_for_function(READY)
    assert f"{COUNT} lieux" in page.inner_text("#cp3-count")
    assert f"{COUNT - PLACED} sans position" in page.inner_text("#cp3-count")
    settled(page)
    while page.is_visible("#cp3-more"):
        page.click("#cp3-more")
        settled(page)
    expect(page.locator(".cp3-list .cp3-card")).to_have_count(COUNT)
    counts = "all => all.reduce((sum, one) => sum + Number(one.dataset.count), 0)"
    assert page.eval_on_selector_all("#map [data-count]", counts) == PLACED


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_the_first_view_is_filled_by_what_is_published(open_page, folder, width, height):
    """The box of the sites and their regions touches the window on one side, and fits."""
    page = open_page((folder / "index.html").as_uri(), width, height)
    page.wait_for_function(READY)
    west, south, east, north = page.evaluate("CP3_DATA.extent")
    box = page.evaluate(
        "([w, s, e, n]) => { const a = map.latLngToContainerPoint([n, w]),"
        " b = map.latLngToContainerPoint([s, e]), size = map.getSize();"
        " return [a.x, a.y, size.x - b.x, size.y - b.y, (b.x - a.x) / size.x,"
        " (b.y - a.y) / size.y]; }",
        [west, south, east, north],
    )
    assert min(box[:4]) >= 0
    assert max(box[4:]) > 0.88


def test_credits_follow_the_reader(open_page, folder):
    page = open_page((folder / "index.html").as_uri())
    page.wait_for_function(READY)
    assert "Limites : HCP" in page.text_content("#cp3-credits")
    page.click("#cp3-languages a[lang=ar]")
    assert "المندوبية السامية للتخطيط" in page.text_content("#cp3-credits")


def test_nothing_that_came_in_through_the_data_runs(open_page, address):
    page = open_page(address)
    page.wait_for_function(READY)
    page.evaluate("map.setView([33.5, -7.6], 9, {animate: false})")
    page.locator("#map [data-count]").first.dispatch_event("click")
    for lang in ("ar", "en"):
        page.click(f"#cp3-languages a[lang={lang}]")
    assert page.evaluate("window.cp3Attacked") is None
    assert page.locator("img[src='x']").count() == 0
    assert HOSTILE[0] in page.text_content("#cp3-title")


def test_the_policy_is_kept(open_page, address):
    """What the policy forbids is a complaint; and a script that is none of ours does not run."""
    page = open_page(address)
    page.wait_for_function(READY)
    policy = page.get_attribute("meta[http-equiv]", "content")
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_without_javascript_the_first_cards_stand(chromium, folder):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    expect(page.locator(".cp3-card")).to_have_count(30)
    assert f"{COUNT} lieux" in page.inner_text("#cp3-count")
    assert page.locator("#cp3-filters a").count() >= 4
    context.close()


def test_the_layer_list_shows_the_projects_layers_as_text(open_page, on_qgis2web):
    page = open_page((on_qgis2web / "index.html").as_uri())
    page.wait_for_function(READY)
    page.hover(".leaflet-control-layers")
    text = page.inner_text(".leaflet-control-layers-list")
    text_content = page.locator(".leaflet-control-layers-list").text_content().split()
    assert "OFPPT" in text
    assert HOSTILE[1] in text
    assert HOSTILE[2] in text
    assert f"Plan {HOSTILE[2]} (tile.example.org)" in text
    assert page.locator(".leaflet-tile").count() == 0
    expect(page.locator(".leaflet-control-layers-list img[src^='symbols/']")).to_have_count(4)
    page.click("#cp3-languages a[lang=ar]")
    translated = page.locator(".leaflet-control-layers-list").text_content()
    assert "مكتب التكوين المهني" in translated
    assert "الأماكن" in translated
    page.click("#cp3-languages a[lang=fr]")
    assert page.locator(".leaflet-control-layers-list").text_content().split() == text_content
    broken = "all => all.filter(one => one.naturalWidth === 0).map(one => one.src)"
    assert page.eval_on_selector_all("img", broken) == []


def test_the_services_are_switched_in_the_layer_list(open_page, on_qgis2web):
    page = open_page((on_qgis2web / "index.html").as_uri())
    page.wait_for_function(READY)
    page.hover(".leaflet-control-layers")
    box = page.locator(".leaflet-control-layers-list input").first
    box.uncheck()
    expect(page.locator("#map [data-count]")).to_have_count(0)
    box.check()
    assert page.locator("#map [data-count]").count() > 0


def apart(one, other, start, size):
    """Do two boxes not meet along one axis?"""
    return one[start] + one[size] <= other[start] or other[start] + other[size] <= one[start]


@pytest.mark.parametrize("lang", ["fr", "ar"])
@pytest.mark.parametrize("width, height", [(1280, 800), (360, 740)])
def test_the_maps_controls_do_not_cover_one_another(open_page, folder, lang, width, height):
    page = open_page(f"{(folder / 'index.html').as_uri()}?l={lang}", width, height)
    page.wait_for_function(READY)
    if width < 500:
        page.click("#cp3-view-map")
    boxes = [box.bounding_box() for box in page.locator("#map .leaflet-control").all()]
    boxes = [box for box in boxes if box and box["width"] and box["height"]]
    assert len(boxes) >= 3
    for number, one in enumerate(boxes):
        assert one["x"] >= 0
        assert one["x"] + one["width"] <= width
        for other in boxes[number + 1 :]:
            assert apart(one, other, "x", "width") or apart(one, other, "y", "height")


NAMES = """() => Object.fromEntries([...document.querySelectorAll('.leaflet-tooltip .cp3-said')]
  .map(one => [one.textContent, `${one.lang} ${one.dir}`]))"""


def test_the_maps_labels_follow_the_readers_language(open_page, on_qgis2web):
    page = open_page(f"{(on_qgis2web / 'index.html').as_uri()}?l=ar")
    page.wait_for_function(READY)
    page.wait_for_function(f"() => Object.keys(({NAMES})()).length > 8")  # they follow the sites
    settled(page)
    arabic = page.evaluate(NAMES)
    assert set(arabic.values()) == {"ar rtl"}
    assert "بني ملال-خنيفرة" in arabic  # of two words, as it is written
    page.click(".cp3-languages a[lang=es]")
    settled(page)
    spanish = page.evaluate(NAMES)
    assert set(spanish.values()) == {" "}
    assert any(name.startswith("RABAT-") for name in spanish)
    page.click(".cp3-languages a[lang=ar]")
    settled(page)
    assert page.evaluate(NAMES) == arabic
    # A label stands around its point in whichever language.
    apart = page.evaluate("""() => { const found = []; map.eachLayer(layer => {
      const mark = layer.getTooltip && layer.getTooltip() && layer.getTooltip().getElement();
      if (!mark || !mark.querySelector('.cp3-said') || !layer.getLatLng) return;
      if (layer.options.stroke !== false) return;
      const box = mark.getBoundingClientRect(), frame = map.getContainer().getBoundingClientRect();
      const at = map.latLngToContainerPoint(layer.getLatLng());
      if (box.width) found.push(Math.abs(box.x + box.width / 2 - frame.x - at.x));
      }); return found; }""")
    assert max(apart) < 12
