# SPDX-License-Identifier: GPL-2.0-or-later
"""Readers with another browser, a keyboard, colours of their own, or an odd address."""

from __future__ import annotations

import pytest

from . import specimen
from .conftest import READY, counted, settled

SITES = specimen.directory()["sites"]
#: What Chromium had not in 2019.
OLD = """
for (const one of [Element, Document, DocumentFragment]) delete one.prototype.replaceChildren;
for (const name of ['replaceAll', 'at']) delete String.prototype[name];
for (const name of ['at', 'findLast']) delete Array.prototype[name];
delete Promise.allSettled; delete Object.hasOwn; delete window.structuredClone;
"""


def test_a_cluster_pressed_by_keyboard_hands_its_focus_on(open_page, addresses):
    """It is gone once the map is nearer: the marker in the middle has the focus then."""
    page = open_page(addresses["file"])
    page.wait_for_function(READY)
    page.locator("#map .cp3-marker:has(.cp3-cluster)").first.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('.cp3-marker')")
    page.wait_for_function("() => !map._animatingZoom")
    page.wait_for_function("() => document.activeElement.matches('.cp3-marker')")


@pytest.mark.parametrize("query", ["?s=", "?q=&i="])
def test_an_address_that_asks_for_nothing_shows_all(open_page, addresses, query):
    page = open_page(addresses["file"] + query)
    page.wait_for_function(READY)
    assert counted(page) == len(SITES)
    assert page.is_hidden("#cp3-message")


def test_a_browser_of_some_years_ago_runs_the_page(open_page, addresses):
    page = open_page(addresses["file"], 360, 740, script=OLD)
    page.wait_for_function(READY)
    page.click("#cp3-languages a[lang=ar]")
    assert counted(page) == len(SITES)


def test_a_browser_that_cannot_run_the_page_keeps_what_was_published(chromium, addresses):
    page = chromium.new_page()
    page.add_init_script("delete Array.prototype.flatMap")
    page.goto(addresses["file"])
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.className") == "cp3"
    page.close()


def test_what_is_chosen_is_told_in_the_readers_own_colours(open_page, addresses):
    page = open_page(addresses["file"], forced_colors="active")
    page.wait_for_function(READY)
    page.locator("input[value=ANAPEC]").check(force=True)
    ground = "one => getComputedStyle(one).backgroundColor"
    chips = page.locator("[data-facet=institution] .cp3-chip")
    assert chips.nth(0).evaluate(ground) != chips.nth(1).evaluate(ground)


HIDDEN = "document.activeElement.closest('#cp3-list, #cp3-filters, .cp3-header, .cp3-credits')"


def test_on_a_phone_the_keyboard_meets_nothing_that_the_map_covers(open_page, addresses):
    page = open_page(addresses["file"], 360, 740)
    page.wait_for_function(READY)
    settled(page)
    page.locator("#cp3-list .cp3-locate").first.press("Enter")  # which shows the map
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.id === 'map'")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) is None
    page.click("#cp3-view-list")
    page.locator("#cp3-list .cp3-locate").first.focus()
    assert page.evaluate("document.activeElement.className") == "cp3-locate"
