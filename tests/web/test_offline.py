# SPDX-License-Identifier: GPL-2.0-or-later
"""Without network: what was seen stays, and a new publication takes the place of the old one."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from . import specimen
from .conftest import READY, serving

KEPT = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture
def serve():
    """Serve a folder until the test ends; its address."""
    with ExitStack() as served:
        yield lambda folder: served.enter_context(serving(folder))


def test_a_page_seen_once_works_without_network_and_a_new_release_replaces_it(
    chromium, serve, tmp_path
):
    folder = tmp_path / "page"
    specimen.publish(folder, specimen.directory(200))
    address = serve(folder)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(KEPT)
    page.click("#cp3-more")
    page.wait_for_function("() => document.querySelectorAll('.cp3-card').length === 60")
    context.set_offline(True)
    page.goto(f"{address}?l=ar")
    page.wait_for_function(READY)
    expect(page.locator(".cp3-card")).to_have_count(30)
    page.click("#cp3-more")
    page.wait_for_function("() => document.querySelectorAll('.cp3-card').length === 60")
    context.set_offline(False)

    shutil.rmtree(folder)
    later = {**specimen.directory(40), "release": "2026-12-01T00:00:00Z"}
    specimen.publish(folder, later)
    page.goto(address)  # the old page, and the new worker behind it
    page.wait_for_function("() => CP3_DATA.release.startsWith('2026-12-01')")
    names = page.evaluate("() => caches.keys()")
    assert len(names) == 1 and names[0].endswith("2026-12-01T00:00:00Z")
    context.close()


KEPT_FILES = """async () => {
  const store = await caches.open((await caches.keys())[0]);
  return (await store.keys()).map(one => new URL(one.url).pathname.split('/').pop());
}"""


def test_a_region_that_was_looked_at_and_the_search_work_without_network(chromium, serve, tmp_path):
    folder = tmp_path / "page"
    data = specimen.directory(600)
    data["sites"].sort(key=lambda site: site["region"] or "")
    specimen.publish(folder, data)
    address = serve(folder)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(KEPT)
    page.select_option("select[name=region]", "06")  # only looked at, not one card more asked for
    mine = sum(1 for site in data["sites"] if site["region"] == "06")
    for _attempt in range(40):
        files = page.evaluate(KEPT_FILES)
        if "texts.js" in files and sum(name[0].isdigit() for name in files) >= -(-mine // 100):
            break
        page.wait_for_timeout(250)
    assert not any(name.startswith("5") for name in files)  # the last region's parts
    context.set_offline(True)
    page.goto(f"{address}?r=06&q=specimen")
    page.wait_for_function("() => document.querySelectorAll('.cp3-card').length === 30")
    for _more in range(2):
        page.click("#cp3-more")
        page.wait_for_selector("#cp3-list:not([aria-busy=true])")
    expect(page.locator(".cp3-card")).to_have_count(90)
    expect(page.locator("#cp3-list [role=alert]")).to_have_count(0)
    owner = data["sites"][-1]["institution"]
    seen = sum(one["region"] == "06" and one["institution"] == owner for one in data["sites"])
    assert seen % 30 != 0
    page.goto(f"{address}?r=06,07&i={owner}")  # what was seen is there, what was not is said
    for _more in range(seen // 30):
        page.wait_for_selector("#cp3-list:not([aria-busy=true])")
        page.click("#cp3-more")
    page.wait_for_selector("#cp3-list [role=alert]")
    expect(page.locator(".cp3-card")).to_have_count(seen)
    name = data["sites"][-1]["name"]["fr"]
    page.goto(f"{address}?q={name}")  # found, though its record was never seen
    page.wait_for_function(
        "() => !document.querySelector('#cp3-count').textContent.startsWith('0')"
    )
    context.close()


def test_a_link_never_opened_before_waits_for_the_network(chromium, serve, tmp_path):
    """The worker kept nothing that knows it: that is not to say that it is gone."""
    folder = tmp_path / "page"
    data = specimen.directory(200)
    specimen.publish(folder, data)
    address = serve(folder)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(KEPT)
    context.set_offline(True)
    page.goto(f"{address}?s={data['sites'][185]['id']}")
    expect(page.locator("#cp3-message [role=alert]")).to_contain_text("n’ont pas pu être chargées")
    context.set_offline(False)
    expect(page.locator("#cp3-list .cp3-card")).to_have_count(1)
    expect(page.locator("[role=alert]")).to_have_count(0)
    context.close()


FULL_DISK = """
Cache.prototype.put = () => Promise.reject(new DOMException('SPÉCIMEN', 'QuotaExceededError'));
"""


def test_a_telephone_that_is_full_reads_on(chromium, serve, tmp_path):
    """What cannot be kept is shown all the same."""
    folder = tmp_path / "page"
    specimen.publish(folder, specimen.directory(200))
    worker = folder / "sw.js"
    worker.write_text(FULL_DISK + worker.read_text(encoding="utf-8"), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(serve(folder))
    page.wait_for_function(KEPT)
    for shown in (60, 90, 120):
        page.click("#cp3-more")
        expect(page.locator(".cp3-card")).to_have_count(shown)
    context.close()


def test_a_page_left_open_over_a_new_release_is_opened_anew(chromium, serve, tmp_path):
    """Its records are gone: it says so, and « try again » brings the new page."""
    folder = tmp_path / "page"
    specimen.publish(folder, specimen.directory(200))
    context = chromium.new_context(service_workers="block")
    page = context.new_page()
    page.goto(serve(folder))
    page.wait_for_function(READY)
    shutil.rmtree(folder)
    later = {**specimen.directory(190), "release": "2026-12-01T00:00:00Z"}
    specimen.publish(folder, later)
    for file in folder.rglob("*"):  # HTTP tells moments in whole seconds: this is another one
        os.utime(file, (time.time() + 60,) * 2)
    page.click("#cp3-more")
    page.click("#cp3-list [role=alert] button")
    page.wait_for_function("() => CP3_DATA.release.startsWith('2026-12-01')")
    expect(page.locator(".cp3-card")).to_have_count(30)
    context.close()
