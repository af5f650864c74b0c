# SPDX-License-Identifier: GPL-2.0-or-later
"""What does not come is no answer: the page says that it did not come, and asks for it again."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from . import specimen
from .conftest import READY, counted, page_on, serving, settled
from .reading import AXE, faults

LABELS = json.loads((specimen.BUILT / "labels.json").read_text(encoding="utf-8"))
DATA = specimen.directory(200)
DATA["sites"].sort(key=lambda site: site["region"])  # a part for each region
SITES = DATA["sites"]
#: In the last part, at a door of its own.
SITE = next(one for one in SITES if one["id"].endswith("185"))
NAME = SITE["name"]["fr"]
QUERY = "?q=185"
GONE = LABELS["fr"]["gone"]
FAILED = LABELS["fr"]["cards_failed"]
AGAIN = "#cp3-message [role=alert] button"


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Over http, a page whose records, texts and identifiers come as scripts of their own."""
    folder = tmp_path_factory.mktemp("lost")
    specimen.publish(folder, DATA)
    with serving(folder) as root:
        yield f"{root}index.html"


@pytest.fixture
def losing(chromium):
    """Open an address in a browser that loses what a pattern names, the first so many times."""
    contexts = []

    def opened(address, lost, times=10_000, **options):
        context = chromium.new_context(service_workers="block", **options)
        page = context.new_page()
        page.asked = []

        def lose(route):
            page.asked.append(route.request.url)
            if len(page.asked) <= times:
                route.abort()
            else:
                route.fallback()

        page.route(re.compile(lost), lose)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        contexts.append(context)
        return page

    errors: list[str] = []
    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def says_failed(page, lang="fr"):
    """Wait until the page says so, aloud too, and says nothing else of what answers."""
    expect(page.locator("#cp3-message [role=alert] span")).to_have_text(
        LABELS[lang]["cards_failed"]
    )
    expect(page.locator(AGAIN)).to_have_text(LABELS[lang]["try_again"])
    expect(page.locator("#cp3-count")).to_have_text("")
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(0)


def says_nothing_of_a_failure(page):
    settled(page)
    expect(page.locator("[role=alert]")).to_have_count(0)


@pytest.mark.parametrize("lost", [r"/ids-\d+\.js", r"/2\.js"])
def test_a_shared_link_is_not_said_to_be_gone_because_a_script_was_lost(large, losing, lost):
    page = losing(f"{large}?s={SITE['id']}", lost, times=1)
    says_failed(page)
    assert GONE not in page.inner_text("#cp3-message")
    page.click(AGAIN)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    assert NAME in page.inner_text("#cp3-list")
    assert NAME in page.title()
    assert page.evaluate("document.activeElement.id") == "cp3-results"
    says_nothing_of_a_failure(page)


def test_until_it_is_known_a_shared_link_is_neither_there_nor_gone(large, chromium):
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    held = []
    page.route(re.compile(r"/ids-\d+\.js"), lambda route: held.append(route))
    page.goto(f"{large}?s={SITE['id']}", wait_until="commit")
    page.wait_for_selector("html.cp3-js")
    settled(page)
    expect(page.locator("#cp3-message")).to_be_hidden()
    expect(page.locator("#cp3-count")).to_have_text("")
    held[0].continue_()
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    context.close()


def test_a_link_to_what_is_no_longer_published_still_says_so(large, losing):
    page = losing(f"{large}?s=00000000-0000-4000-8000-999999999999", r"/ids-\d+\.js", times=1)
    says_failed(page)
    page.click(AGAIN)
    expect(page.locator("#cp3-message")).to_contain_text(GONE)
    assert len(page.asked) == 2
    page.click("#cp3-languages a[lang=en]")  # the answer is remembered
    expect(page.locator("#cp3-message")).to_contain_text(LABELS["en"]["gone"])
    assert len(page.asked) == 2


@pytest.mark.parametrize("lost", [r"/texts\.js", r"/communes\.js"])
def test_a_search_whose_texts_were_lost_says_so_and_finds_later(large, losing, lost):
    page = losing(f"{large}{QUERY}", lost, times=1)
    if "communes" in lost:  # asked for again by the map, they may have come since
        page.wait_for_selector("html.cp3-settled")
    says_failed(page)
    page.click(AGAIN)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    assert NAME in page.inner_text("#cp3-list")
    assert counted(page) == 1
    says_nothing_of_a_failure(page)


def test_a_search_typed_after_a_loss_asks_again_by_itself(large, losing):
    page = losing(large, r"/texts\.js", times=2)
    page.wait_for_function(READY)
    page.click("input[name=query]")  # which asks for the texts ahead
    page.fill("input[name=query]", "18")
    says_failed(page)
    page.fill("input[name=query]", "185")
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    says_nothing_of_a_failure(page)


@pytest.mark.parametrize("address", [QUERY, f"?s={SITE['id']}"])
def test_what_is_lost_for_ever_is_asked_for_only_when_wanted(large, losing, address):
    page = losing(large + address, r"/(texts|ids-\d+)\.js")
    page.wait_for_function(READY)
    says_failed(page)
    page.wait_for_timeout(1500)
    assert len(page.asked) == 1
    page.click(AGAIN)
    says_failed(page)
    assert len(page.asked) == 2
    page.get_by_role("button", name=LABELS["fr"]["show_all"]).click()
    assert counted(page) == len(SITES)
    expect(page.locator(".cp3-card")).to_have_count(30)


@pytest.mark.parametrize("address", [QUERY, f"?s={SITE['id']}"])
def test_with_network_again_what_was_lost_comes_by_itself(large, losing, address):
    page = losing(large + address, r"/(texts|ids-\d+)\.js", times=1)
    page.wait_for_function(READY)
    says_failed(page)
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    assert NAME in page.inner_text("#cp3-list")
    assert len(page.asked) == 2


def test_cards_that_did_not_come_come_with_the_network(large, losing):
    page = losing(large, r"/sites/\d\.js")
    page.wait_for_function(READY)
    page.click("#cp3-more")
    page.click("#cp3-list [role=alert] button")
    page.wait_for_function("() => document.activeElement.matches('[role=alert] button')")
    page.unroute_all()
    page.context.set_offline(True)
    page.context.set_offline(False)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(60)
    assert page.evaluate("document.activeElement.matches('.cp3-card')")


def test_the_towns_of_a_province_are_asked_for_when_it_is_chosen(large, losing):
    page = losing(large, r"/communes\.js")
    page.wait_for_function(READY)
    page.select_option("select[name=region]", "07")
    settled(page)
    page.unroute_all()
    page.select_option("select[name=province]", "07.351")
    expect(page.locator("select[name=commune] option")).to_have_count(2)
    expect(page.locator("select[name=commune]")).to_contain_text("Marrakech")


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
def test_it_is_said_in_the_readers_language(large, losing, lang):
    page = losing(
        f"{large}?s={SITE['id']}", r"/ids-\d+\.js", viewport={"width": 320, "height": 640}
    )
    says_failed(page)
    page.click(f"#cp3-languages a[lang={lang}]")
    says_failed(page, lang)
    if AXE.exists():
        assert faults(page) == []
    box = page.locator(AGAIN).bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_place_known_to_be_closed_needs_no_script(losing, tmp_path):
    gone = [{"id": "old", "name": {"fr": "Ancien SPÉCIMEN"}, "closed_on": "2026-03-01"}]
    specimen.publish(tmp_path, {**DATA, "gone": gone})
    page = losing((tmp_path / "index.html").as_uri() + "?s=old", r"/ids-\d+\.js")
    expect(page.locator("#cp3-message")).to_contain_text("« Ancien SPÉCIMEN » a fermé")
    page.goto((tmp_path / "index.html").as_uri() + "?s=service-1")
    page.wait_for_function(READY)
    assert counted(page) == sum(1 for one in SITES if {"service": 1} in one["offers"])
    assert page.asked == []


def test_a_release_that_replaced_this_one_is_opened_by_trying_again(large, losing):
    page = losing(f"{large}?s={SITE['id']}", r"/nothing")
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)

    def published_anew(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("2026-11-21T", "2026-12-01T"))

    page.route(re.compile(r"/texts\.js"), published_anew, times=1)
    page.evaluate("window.sameDocument = true")
    page.fill("input[name=query]", "185")
    says_failed(page)
    page.wait_for_function("() => location.search === '?q=185'")
    page.click(AGAIN)
    page.wait_for_function("() => !window.sameDocument")
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)


def test_a_sign_on_the_map_whose_record_was_lost_calls_nothing_unknown(large, losing):
    """« À confirmer » would be said of what is known and did not come."""
    page = losing(large, r"/sites/\d\.js")
    page.wait_for_function(READY)
    settled(page)
    page.evaluate(f"map.setView([{SITE['lat']}, {SITE['lon']}], 17, {{animate: false}})")
    settled(page)
    page.locator("#map .cp3-marker[data-count]").first.focus()
    page.keyboard.press("Enter")
    alert = page.locator(".leaflet-popup [role=alert]")
    expect(alert).to_contain_text(FAILED)
    expect(page.locator(".leaflet-popup .cp3-card")).to_have_count(0)
    page.unroute_all()
    alert.locator("button").press("Enter")  # a mouse might miss it: the map still moves
    page.wait_for_selector(".leaflet-popup :is(.cp3-card, .cp3-pick)")
    expect(page.locator(".leaflet-popup [role=alert]")).to_have_count(0)


def test_without_its_data_the_page_says_so_and_is_opened_anew(large, losing):
    page = losing(large, r"/data/cp3\.js", times=2)  # asked for ahead, then as a script
    expect(page.locator("#cp3-message [role=alert]")).to_contain_text(FAILED)
    page.unroute_all()
    page.click(AGAIN)
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(30)
    says_nothing_of_a_failure(page)


@pytest.mark.parametrize("backdrop", ["builtin", "qgis2web"])
def test_a_published_page_says_what_was_lost(publications, losing, backdrop):
    folder = page_on(publications, backdrop)
    with serving(folder) as root:
        page = losing(f"{root}?q=lieu+40", r"/texts\.js", times=1)
        page.wait_for_function(READY)
        says_failed(page)
        page.click(AGAIN)
        expect(page.locator("#cp3-list .cp3-card").first).to_contain_text("SPÉCIMEN lieu 40")
