# SPDX-License-Identifier: GPL-2.0-or-later
"""The map of one institution inside another page: its filter stays, links lead out of the frame."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import READY, settled
from .reading import faults

OWNERS = (
    "() => [...new Set([...document.querySelectorAll('#cp3-list .cp3-institution')]"
    ".map(one => one.textContent))]"
)
FRAME = """address => {
  const frame = document.createElement('iframe');
  Object.assign(frame, {src: address, title: 'SPÉCIMEN', width: 350, height: 640});
  document.body.replaceChildren(frame);
}"""


@pytest.fixture
def framed(open_page, addresses):
    """The page in a frame of another page, as an institution's site would show it."""

    def opened(query: str):
        page = open_page(addresses["http"], java_script_enabled=True)
        page.evaluate(FRAME, addresses["http"] + query)
        page.wait_for_function("() => frames.length === 1 && frames[0].location.search !== ''")
        frame = next(one for one in page.frames if "embed=1" in one.url)
        frame.wait_for_function(READY)
        return frame

    return opened


def test_an_institutions_filter_stays_whatever_is_chosen(framed):
    frame = framed("?embed=1&i=ANAPEC")
    assert frame.inner_text("#cp3-title") == "SPÉCIMEN ANAPEC"
    settled(frame)
    count = frame.inner_text("#cp3-count strong")
    assert frame.evaluate(OWNERS) == ["ANAPEC"]
    expect(frame.locator("[data-facet=institution]")).to_have_count(0)
    frame.click(".cp3-facets > summary")
    assert frame.is_hidden(".cp3-clear")
    frame.select_option("select[name=region]", "06")
    frame.wait_for_function(
        "before => document.querySelector('#cp3-count strong').textContent !== before", arg=count
    )
    settled(frame)
    assert frame.evaluate(OWNERS) == ["ANAPEC"]
    frame.click(".cp3-clear")
    settled(frame)
    assert frame.inner_text("#cp3-count strong") == count
    assert frame.evaluate(OWNERS) == ["ANAPEC"]
    assert frame.evaluate("() => location.search") == "?embed=1&i=ANAPEC"


def test_an_embedded_page_leads_to_the_whole_map(framed):
    frame = framed("?embed=1&i=EN&l=ar")
    assert frame.get_attribute("html", "dir") == "rtl"
    assert frame.is_hidden(".cp3-elsewhere")
    frame.click(".cp3-languages a[lang=en]")
    link = frame.locator("#cp3-whole")
    assert parse_qs(urlsplit(link.evaluate("one => one.href")).query) == {"l": ["en"]}
    with frame.page.expect_popup() as opened:
        link.click()
    assert urlsplit(opened.value.url).query == "l=en"
    opened.value.close()
    assert frame.evaluate("() => location.search") == "?embed=1&i=EN&l=ar"
    frame.click(".cp3-share >> nth=0")
    assert "embed" not in frame.inner_text(".cp3-message-text")
    assert faults(frame) == []


@pytest.mark.parametrize("query", ["?embed=1&i=NOBODY", "?embed=0&i=EN", "?embed=1"])
def test_other_addresses_do_no_harm(open_page, addresses, query):
    page = open_page(addresses["http"] + query)
    page.wait_for_function(READY)
    assert "SPÉCIMEN : carte" in page.inner_text("#cp3-title")
    nobody = "NOBODY" in query
    assert (page.locator(".cp3-card").count() == 0) is nobody
    assert page.is_visible("#cp3-whole") is ("embed=1" in query)
