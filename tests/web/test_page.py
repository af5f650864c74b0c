# SPDX-License-Identifier: GPL-2.0-or-later
"""The published page in a real browser: list, map, filters, languages, keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import specimen
from .conftest import READY, counted, settled

SITES = specimen.directory()["sites"]
PLACED = [site for site in SITES if site["lon"] is not None]
WIDTHS = [pytest.param(360, 740, id="phone"), pytest.param(1280, 800, id="desktop")]
SCHEMES = ["file", "http"]


def wait_for_map(page):
    page.wait_for_function(READY)


def draw_all(page):
    """Press « afficher plus » until every card is drawn."""
    settled(page)
    while page.locator("#cp3-more").is_visible():
        page.locator("#cp3-more").click()
        page.wait_for_selector("#cp3-list:not([aria-busy=true])")


def sites_on_map(page) -> int:
    """How many sites the markers in view stand for."""
    return page.eval_on_selector_all(
        ".cp3-marker[data-count]", "all => all.reduce((n, m) => n + Number(m.dataset.count), 0)"
    )


@pytest.mark.parametrize(("width", "height"), WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_list_count_and_map_show_every_site(open_page, addresses, scheme, lang, width, height):
    page = open_page(f"{addresses[scheme]}?l={lang}", width, height)
    wait_for_map(page)
    assert sites_on_map(page) == len(PLACED)
    assert counted(page) == len(SITES)
    draw_all(page)
    expect(page.locator(".cp3-list > li > .cp3-card")).to_have_count(len(SITES))
    shown = page.eval_on_selector_all(".cp3-card", "all => all.map(card => card.id)")
    assert shown == [f"s-{site['id']}" for site in SITES]


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_sideways_scroll(open_page, telling_address, lang, width):
    """The list with all that folds open and a message to send, then the filters."""
    page = open_page(f"{telling_address}?l={lang}", width, 800)
    wait_for_map(page)
    page.evaluate("document.querySelectorAll('#cp3-list details').forEach(d => d.open = true)")
    page.locator(".cp3-share").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert cut_off(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(50)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def cut_off(page) -> list[str]:
    """Cards and panels with something that reaches out of them."""
    return page.eval_on_selector_all(
        ".cp3-card, .cp3-panel",
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.id || e.className)",
    )


def test_a_filter_narrows_list_map_and_address_together(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    page.check(".cp3-chip input[value=OFPPT]", force=True)
    wanted = [site for site in SITES if site["institution"] == "OFPPT"]
    placed = [site for site in wanted if site["lon"] is not None]
    assert counted(page) == len(wanted)
    page.wait_for_selector(".cp3-card")  # the records come after the count
    assert page.locator(".cp3-card").count() == min(len(wanted), 30)
    assert sites_on_map(page) == len(placed)
    assert page.evaluate("location.search") == "?i=OFPPT"

    page.select_option("select[name=region]", "06")
    both = [site for site in wanted if site["region"] == "06"]
    assert counted(page) == len(both)
    assert sites_on_map(page) == len([site for site in both if site["lon"] is not None])

    page.click(".cp3-clear")
    assert counted(page) == len(SITES)
    assert sites_on_map(page) == len(PLACED)
    assert page.evaluate("location.search") == ""


def test_the_address_brings_the_choice_back(open_page, addresses):
    page = open_page(f"{addresses['file']}?i=ANAPEC,EN&r=07&l=en")
    wait_for_map(page)
    wanted = [
        site for site in SITES if site["institution"] in ("ANAPEC", "EN") and site["region"] == "07"
    ]
    assert counted(page) == len(wanted)
    assert page.is_checked(".cp3-chip input[value=EN]")
    assert page.input_value("select[name=region]") == "07"
    assert page.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("query", ["marrakech", "MARRÂKECH", "مراكش"])
def test_search_in_both_scripts(open_page, addresses, query):
    """The town's sites first, then those that only stand in the region of that name."""
    page = open_page(addresses["http"])
    wait_for_map(page)
    page.fill("input[name=query]", query)
    wanted = [site for site in SITES if site["region"] == "07"]
    page.wait_for_function(
        "n => document.querySelector('#cp3-count strong').textContent.startsWith(n)",
        arg=f"{len(wanted)} ",
    )
    settled(page)
    assert sites_on_map(page) == len([site for site in wanted if site["lon"] is not None])
    in_town = [f"s-{site['id']}" for site in SITES if site["commune"] == "07.351.01.0"]
    page.wait_for_selector(".cp3-card")  # the records come after the count
    shown = page.eval_on_selector_all(".cp3-card", "all => all.map(card => card.id)")
    assert shown[: len(in_town)] == in_town


def test_nothing_found_offers_everything(open_page, addresses):
    page = open_page(f"{addresses['http']}?q=zzzz")
    wait_for_map(page)
    expect(page.locator(".cp3-card")).to_have_count(0)
    page.click("#cp3-message button")
    assert counted(page) == len(SITES)


def test_a_permanent_link_shows_its_site(open_page, addresses):
    site = SITES[8]
    page = open_page(f"{addresses['file']}?s={site['id']}")
    wait_for_map(page)
    expect(page.locator(".cp3-card")).to_have_count(1)
    assert sites_on_map(page) == 1
    assert site["name"]["fr"] in page.title()
    page.click("#cp3-message button")
    assert counted(page) == len(SITES)


def test_a_permanent_link_to_a_site_that_is_gone(open_page, addresses):
    page = open_page(f"{addresses['file']}?s=gone")
    assert page.is_visible("#cp3-message button")
    expect(page.locator(".cp3-card")).to_have_count(0)


def test_languages_switch_without_reload(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    page.evaluate("window.sameDocument = true")
    page.click("#cp3-languages a[lang=ar]")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    assert page.inner_text("h1") == "عينة: خريطة الخدمات العمومية"
    assert page.evaluate("location.search") == "?l=ar"
    # An Arabic reader of a French name gets what and where in Arabic, and the name tagged French
    card = page.locator(f"#s-{SITES[1]['id']}")
    assert card.locator(".cp3-gist").inner_text() == "وكالة، سلا"
    expect(card.locator(".cp3-name [lang=fr][dir=ltr]")).to_have_count(1)
    assert card.locator(".cp3-phone").get_attribute("dir") == "ltr"
    page.click("#cp3-languages a[lang=fr]")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "fr",
        "ltr",
    ]
    assert page.evaluate("window.sameDocument") is True
    assert sites_on_map(page) == len(PLACED)


def test_unknown_and_derived_are_said(open_page, addresses):
    page = open_page(addresses["http"])
    nowhere, town = page.locator(f"#s-{SITES[0]['id']}"), page.locator(f"#s-{SITES[1]['id']}")
    assert "pas sur la carte" in nowhere.inner_text()
    expect(nowhere.locator(".cp3-locate")).to_have_count(0)
    assert "à confirmer" in nowhere.inner_text()
    assert "centre de la commune" in town.inner_text()
    assert "Vérifié le 1er mai 2026" in town.inner_text()


def test_from_a_card_to_the_map_and_back_on_a_phone(open_page, addresses):
    page = open_page(addresses["http"], 360, 740)
    wait_for_map(page)
    site = SITES[5]
    assert not page.is_visible("#map")
    page.click(f"#s-{site['id']} .cp3-locate")
    assert page.is_visible("#map")
    popup = page.locator(".leaflet-popup")
    assert site["name"]["fr"] in popup.inner_text()
    popup.locator(".cp3-see").click()
    assert not page.is_visible("#map")
    assert page.evaluate("document.activeElement.id") == f"s-{site['id']}"


def test_sites_on_one_point_can_all_be_reached_by_keyboard(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    here = [
        site
        for site in SITES
        if site["commune"] == "07.351.01.0" and site["precision"] == "commune"
    ]
    page.evaluate("at => map.setView(at, 17, {animate: false})", [here[0]["lat"], here[0]["lon"]])
    stack = page.locator(f".cp3-marker[data-count='{len(here)}'][aria-label*='Marrakech']")
    stack.focus()
    page.keyboard.press("Enter")
    picks = page.locator(".cp3-pick")
    picks.last.wait_for()
    assert picks.count() == len(here)
    for site in here:
        assert page.locator(".cp3-picks", has_text=site["name"]["fr"]).count() == 1
    picks.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)  # as long as a popup that closes takes to go
    expect(page.locator(".leaflet-popup .cp3-card")).to_have_count(1)
    page.locator(".cp3-back").focus()
    page.keyboard.press("Enter")
    assert picks.count() == len(here)
    picks.first.click()
    page.wait_for_timeout(500)
    page.locator(".leaflet-popup .cp3-back").click()
    page.wait_for_timeout(500)
    assert picks.count() == len(here)
    page.keyboard.press("Escape")
    page.wait_for_selector(".leaflet-popup", state="detached")


def test_markers_are_named_buttons(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    markers = page.eval_on_selector_all(
        ".cp3-marker[data-count]",
        "all => all.map(m => [m.getAttribute('role'), m.tabIndex, m.getAttribute('aria-label'),"
        " m.getAttribute('title')])",
    )
    assert markers
    for role, tab, name, title in markers:
        assert (role, tab) == ("button", 0)
        assert name and name == title


def test_a_cluster_opens_nearer(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    before = page.evaluate("map.getZoom()")
    page.locator(".cp3-marker:has(.cp3-cluster)").first.click()
    page.wait_for_function("zoom => map.getZoom() > zoom", arg=before)


def test_the_layer_list_hides_and_shows_the_sites(open_page, addresses):
    page = open_page(addresses["http"])
    wait_for_map(page)
    page.click(".cp3-legend summary")
    page.locator(".cp3-layer input").first.uncheck()
    expect(page.locator(".cp3-marker[data-count]")).to_have_count(0)
    page.locator(".cp3-layer input").first.check()
    assert sites_on_map(page) == len(PLACED)


def test_the_keyboard_begins_with_ways_to_list_and_map(open_page, addresses):
    page = open_page(addresses["http"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "cp3-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cp3-results"


def small_targets(page) -> list[str]:
    """What can be pressed and is smaller than 44 pixels."""
    return page.eval_on_selector_all(
        "a, button, select, summary, input:not([type=checkbox]), .cp3-chip, .cp3-layer",
        "all => all.filter(e => e.checkVisibility({visibilityProperty: true}))"
        ".filter(e => !e.matches('.cp3-skip'))"
        ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 43.5 || box.height < 43.5)"
        ".map(([text, box]) => `${text} ${box.width}x${box.height}`)",
    )


@pytest.mark.parametrize("lang", ["fr", "ar"])
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_targets_are_large_enough(open_page, telling_address, lang, width, height):
    page = open_page(f"{telling_address}?l={lang}", width, height)
    wait_for_map(page)
    page.evaluate("document.querySelectorAll('#cp3-list details').forEach(d => d.open = true)")
    page.locator(".cp3-share").first.click()
    assert small_targets(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(50)
    assert small_targets(page) == []


def test_what_nobody_verified_for_long_waits_for_a_choice(open_page, tmp_path):
    data = specimen.directory(12)
    data["stale"] = [0, 5]
    page = open_page(specimen.publish(tmp_path, data).as_uri() + "?l=ar")
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(10)
    assert page.inner_text(".cp3-stale").endswith(": 2")
    counts = "all => all.reduce((sum, one) => sum + Number(one.dataset.count), 0)"
    placed = sum(1 for n, one in enumerate(data["sites"]) if one["lon"] and n not in (0, 5))
    assert page.eval_on_selector_all("#map [data-count]", counts) == placed
    page.goto(f"{page.url.split('?')[0]}?s={data['sites'][5]['id']}")
    page.wait_for_selector(f"#s-{data['sites'][5]['id']}")
    expect(page.locator(".cp3-stale")).to_have_count(0)
