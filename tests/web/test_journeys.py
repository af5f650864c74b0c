# SPDX-License-Identifier: GPL-2.0-or-later
"""What readers do with the page: share, report, find what is near, print, follow an old link."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from . import specimen, telling
from .conftest import READY, settled
from .reading import check_print, numbered, read_code

#: The telling site: hours, notices, conditions, everything (`telling.tell_conditions`).
SITE = telling.directory()["sites"][5]
RABAT = {"latitude": 34.02, "longitude": -6.84}


def published(tmp_path, data: dict) -> str:
    """Publish a directory; its address as a file."""
    return specimen.publish(tmp_path, data).as_uri()


def test_a_shared_message_is_whole_in_the_readers_language(open_page, telling_address):
    page = open_page(f"{telling_address}?l=ar", 360, 740)
    page.wait_for_function(READY)
    page.click(f"#s-{SITE['id']} .cp3-share")
    text = page.text_content(".cp3-message-text")
    for wanted in ("SPÉCIMEN 005", "العنوان", "Adresse SPÉCIMEN", "+212 5 00 00 00 00", "الاثنين",
                   "\u206608:30–12:00", f"?s={SITE['id']}&l=ar"):  # fmt: skip
        assert wanted in text, wanted
    address = page.get_attribute(".cp3-by-whatsapp", "href")
    assert urlsplit(address).hostname == "wa.me"
    assert parse_qs(urlsplit(address).query)["text"] == [text]
    assert unquote(page.get_attribute(".cp3-by-sms", "href").split("body=")[1]) == text
    assert read_code(page, ".cp3-panel .cp3-qr") == text
    assert page.evaluate("document.activeElement.className") == "cp3-panel"
    page.click(f"#s-{SITE['id']} .cp3-share")
    expect(page.locator(".cp3-panel")).to_have_count(0)


def test_a_message_is_copied_also_from_a_file(open_page, tmp_path):
    page = open_page(telling.publish(tmp_path, 12).as_uri())
    page.locator(".cp3-share").nth(1).click()
    assert "?s=" not in page.text_content(".cp3-message-text")  # a file is no address to send
    page.click(".cp3-copy")
    page.wait_for_function("() => document.querySelector('.cp3-copied').textContent !== ''")
    assert page.inner_text(".cp3-copied") == "Copié"


def test_an_error_is_reported_with_the_identifier(open_page, telling_address):
    page = open_page(telling_address)
    page.wait_for_function(READY)
    sites = telling.directory()["sites"]
    letter = page.get_attribute(f"#s-{sites[4]['id']} a.cp3-report", "href")
    assert letter.startswith("mailto:specimen@example.org?subject=")
    assert sites[4]["id"] in unquote(letter)
    page.click(f"#s-{SITE['id']} button.cp3-report")
    assert SITE["id"] in page.text_content(".cp3-message-text")
    assert "Aucune adresse n’est connue" in page.inner_text(".cp3-report-to")


def test_an_error_is_told_to_the_pages_address_or_by_telephone(open_page, tmp_path):
    data = telling.directory(12)
    for institution in data["institutions"]:
        institution["icon"] = None
    data["institutions"][1]["phone"] = "+212500000000"
    page = open_page(published(tmp_path / "a", data))
    owner = data["institutions"][1]["code"]
    told = next(one["id"] for one in data["sites"] if one["institution"] == owner)
    page.click(f"#s-{told} button.cp3-report")
    assert page.get_attribute(".cp3-report-to a", "href") == "tel:+212500000000"
    page = open_page(published(tmp_path / "b", {**data, "report_to": "page@example.org"}))
    letters = page.eval_on_selector_all("a.cp3-report", "all => all.map(one => one.href)")
    assert len(letters) == 12
    assert all(one.startswith("mailto:page@example.org?subject=") for one in letters)


def test_a_closed_record_leads_to_its_notice_and_to_what_replaces_it(open_page, tmp_path):
    data = specimen.directory(8)
    new = data["sites"][3]["id"]
    data["gone"] = [{"id": "old", "name": {"fr": "Ancien SPÉCIMEN"}, "closed_on": "2026-03-01",
                     "closure_reason": "fusion", "replaced_by": new}]  # fmt: skip
    data["terms"]["closure_reason"] = {"fusion": {"fr": "Fusion"}}
    data["notices"] = [{"id": "n", "key": "old", "kind": "message", "starts_on": "2026-03-01",
                        "text": {"fr": "Le SPÉCIMEN a déménagé"}}]  # fmt: skip
    page = open_page(f"{published(tmp_path, data)}?s=old")
    page.wait_for_function(READY)
    said = page.inner_text("#cp3-message")
    assert "« Ancien SPÉCIMEN » a fermé le 1er mars 2026. Motif : Fusion." in said
    assert "Le SPÉCIMEN a déménagé" in said
    page.click(".cp3-replacement")
    assert page.eval_on_selector_all(".cp3-card", "all => all.map(one => one.id)") == [f"s-{new}"]
    assert page.evaluate("location.search") == f"?s={new}"


def test_on_a_phone_the_filters_take_the_screen_and_give_it_back(open_page, telling_address):
    page = open_page(telling_address, 320, 640)
    page.wait_for_function(READY)
    page.click(".cp3-facets > summary")
    page.wait_for_function("() => document.documentElement.classList.contains('cp3-sheet')")
    assert not page.is_visible("#cp3-list")
    assert not page.is_visible("#cp3-views")
    page.evaluate("document.querySelectorAll('#cp3-filters details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.check(".cp3-chip input[name=public][value=refugie]", force=True)
    button = page.locator(".cp3-results-button")
    shown = int(re.search(r"\d+", button.inner_text())[0])
    assert 0 < shown < 30
    box = button.bounding_box()
    assert box["y"] + box["height"] <= 640  # always in reach
    button.click()
    settled(page)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(shown)
    assert page.evaluate("document.activeElement.id") == "cp3-results"
    assert page.evaluate("location.search") == "?u=refugie"


def test_conditions_combine_in_the_address_and_unknown_is_never_yes(open_page, telling_address):
    page = open_page(f"{telling_address}?u=refugie&d=passeport")
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(0)  # its papers are not all said
    page = open_page(f"{telling_address}?u=refugie&d=passeport,-")
    page.wait_for_function(READY)
    assert page.locator(".cp3-card").count() > 0
    assert page.is_checked("input[name=public][value=refugie]")


def test_near_me_is_asked_on_tap_and_written_nowhere(chromium, telling_address):
    context = chromium.new_context(geolocation=RABAT, permissions=["geolocation"])
    page = context.new_page()
    asked = []
    page.goto(telling_address)
    page.wait_for_function(READY)
    page.on("request", lambda request: asked.append(request.url))
    spy = (
        "() => { window.asked = 0; const own = navigator.geolocation.getCurrentPosition;"
        " navigator.geolocation.getCurrentPosition = function (...given) {"
        " window.asked += 1; return own.apply(this, given); }; }"
    )
    page.evaluate(spy)
    page.select_option("select[name=region]", "04")
    page.select_option("select[name=region]", "")
    assert page.evaluate("window.asked") == 0
    page.click(".cp3-facets-more > summary")
    page.click(".cp3-near")
    page.wait_for_selector(".cp3-away")
    assert page.evaluate("window.asked") == 1
    away = [
        float(one.split()[0].replace(",", "."))
        for one in page.locator(".cp3-away").all_inner_texts()
    ]
    assert away == sorted(away)
    assert away[-1] <= 5
    assert page.evaluate("location.search") == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    assert not [url for url in asked if "34.0" in url or "-6.8" in url]
    page.click(".cp3-near")
    expect(page.locator(".cp3-away")).to_have_count(0)
    context.close()


def test_a_position_that_is_refused_is_said(open_page, telling_address):
    page = open_page(telling_address)
    page.wait_for_function(READY)
    page.click(".cp3-facets-more > summary")
    page.click(".cp3-near")
    page.wait_for_selector("text=Cherchez plutôt votre ville")


def test_a_language_is_added_as_data(open_page, tmp_path):
    data = specimen.directory(6)
    data["languages"] = [*data["languages"], "zgh"]
    data["labels"] = {"zgh": {"language_name": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "direction": "ltr", "list": "ⵜⴰⵍⴳⴰⵎⵜ"}}
    data["title"]["zgh"] = "SPÉCIMEN ⵜⴰⴽⴰⵕⴹⴰ"
    data["terms"]["site_kind"]["centre"]["zgh"] = "ⴰⵎⵎⴰⵙ"
    page = open_page(published(tmp_path, data))
    page.wait_for_function(READY)
    page.click("#cp3-languages a[lang=zgh]")
    assert page.get_attribute("html", "lang") == "zgh"
    assert page.inner_text("h1") == "SPÉCIMEN ⵜⴰⴽⴰⵕⴹⴰ"
    assert page.text_content("#cp3-view-list") == "ⵜⴰⵍⴳⴰⵎⵜ"
    assert page.inner_text(".cp3-kind >> nth=0") == "ⴰⵎⵎⴰⵙ"
    assert page.text_content("#cp3-view-map") == "Carte"  # not translated yet: in French


def test_the_keyboard_alone_does_the_whole_journey(open_page, telling_address):
    """Search, filter, reach a card, call, share, see it on the map, come back."""
    page = open_page(telling_address)
    page.wait_for_function(READY)
    press = page.keyboard.press
    tab_to(page, "input[name=query]")
    page.keyboard.type("rabat")
    press("Enter")
    tab_to(page, ".cp3-chip input[value=ANAPEC]")
    press("Space")
    assert page.is_checked("input[value=ANAPEC]")
    tab_to(page, ".cp3-card a[href^='tel:'], .cp3-card .cp3-locate")
    tab_to(page, ".cp3-share")
    press("Enter")
    expect(page.locator(".cp3-panel")).to_have_count(1)
    tab_to(page, ".cp3-copy")
    page.locator(".cp3-locate").first.focus()
    press("Enter")
    page.wait_for_selector(".leaflet-popup .cp3-card")
    tab_to(page, ".cp3-see")
    press("Enter")
    assert page.evaluate("document.activeElement.className").startswith("cp3-card")


def tab_to(page, selector: str) -> None:
    """Press Tab until the focus, which must be seen, is on such an element."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_a_filtered_list_is_printed_with_a_numbered_map_and_a_code(
    open_page, telling_address, tmp_path, lang
):
    page = open_page(f"{telling_address}?r=04&l={lang}")
    page.wait_for_function(READY)
    before = page.evaluate("[map.getZoom(), map.getCenter().lat]")
    assert "?r=04" in check_print(page, tmp_path / "list.pdf")
    assert page.evaluate("[map.getZoom(), map.getCenter().lat]") == pytest.approx(before, abs=1e-3)


#: Each mark of the printed map: what it says, and where it stands.
MARKS = """() => [...document.querySelectorAll('.cp3-number')].map(mark => {
  const at = new DOMMatrix(getComputedStyle(mark).transform);
  const point = map.layerPointToContainerPoint([at.e, at.f]);
  return [mark.textContent, point.x, point.y];
})"""
KEY = "all => Object.fromEntries(all.map(one => one.textContent.split(' = ')))"
CARDS = "all => all.map(one => one.id.slice(2))"


def test_the_numbers_of_the_printed_map_are_those_of_the_cards(open_page, tmp_path):
    """Where more share a mark than it can say, by a letter; and after a card was sought first."""
    data = specimen.directory(90)
    places = {site["id"]: site for site in data["sites"]}
    page = open_page(published(tmp_path, data))
    page.wait_for_function(READY)
    check_numbers(page, places)
    page.click("#cp3-more")
    settled(page)
    sought = page.locator("#cp3-list .cp3-locate").last.get_attribute("data-site")
    page.reload()
    page.wait_for_function(READY)
    settled(page)
    site = places[sought]
    page.evaluate(f"map.setView([{site['lat']}, {site['lon']}], 18, {{animate: false}})")
    settled(page)
    page.locator("#map .cp3-marker").first.press("Enter")
    page.wait_for_selector(".cp3-see, .cp3-pick")
    if page.locator(".cp3-see").count() == 0:
        page.locator(".cp3-pick", has_text=site["name"]["fr"]).press("Enter")
    page.click(".cp3-see")
    settled(page)
    assert page.eval_on_selector_all("#cp3-list .cp3-card", CARDS)[0] == sought
    check_numbers(page, places)


def check_numbers(page, places: dict) -> None:
    """Each number stands where the site of its card is, or where what joins it does."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    key = page.eval_on_selector_all(".cp3-key bdi", KEY)
    assert key
    where = {
        number: (x, y)
        for text, x, y in page.evaluate(MARKS)
        for number in numbered(key.get(text, text))
    }
    cards = page.eval_on_selector_all("#cp3-list .cp3-card", CARDS)
    assert len(cards) >= 30
    for number, card in enumerate(cards, 1):
        site = places[card]
        assert (number in where) == (site["lon"] is not None)
        if number in where:
            at = page.evaluate(f"map.latLngToContainerPoint([{site['lat']}, {site['lon']}])")
            assert max(abs(at["x"] - where[number][0]), abs(at["y"] - where[number][1])) < 28
    page.evaluate("dispatchEvent(new Event('afterprint'))")
