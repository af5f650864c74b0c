# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever stands in the data is shown as text, and never runs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import specimen, telling
from .conftest import READY

HOSTILE = [
    "SPÉCIMEN <img src=x onerror=window.ran=1>",
    "SPÉCIMEN </script><script>window.ran=1</script>",
    'SPÉCIMEN "><svg onload=window.ran=1>',
    "javascript:window.ran=1",
    "SPÉCIMEN '-window.ran-'",
    "SPÉCIMEN ${window.ran=1} {{window.ran=1}}",
    "data:text/html,<script>window.ran=1</script>",
    "SPÉCIMEN \u202e\u2066 \u0000 ]]> <!-- -->",
]
KEPT = {"layer", "format", "specimen", "languages", "default_language"}
CODES = {"code", "region", "province", "commune", "institution", "kind", "theme", "service"}


def poisoned(value, text, key=None):
    """The same data with `text` for every text in it, but for the codes that tie it together."""
    if isinstance(value, dict):
        return {k: v if k in KEPT or k in CODES else poisoned(v, text, k) for k, v in value.items()}
    if isinstance(value, list):
        return [poisoned(item, text, key) for item in value]
    return f"{text} {value}" if key == "id" else text if isinstance(value, str) else value


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_never_runs(open_page, tmp_path, number):
    text = HOSTILE[number]
    data = poisoned(telling.directory(40), text)
    data["sites"][1]["phones"] = [text]
    data["institutions"][0]["icon"] = text
    specimen.publish(tmp_path, data)
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function(READY)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.click("#cp3-more")
    page.locator(".cp3-share").nth(5).click()
    page.wait_for_selector("#cp3-list:not([aria-busy=true])")
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.click("#cp3-languages a[lang=ar]")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("[onerror], [onload]").count() == 0
    unsafe = page.eval_on_selector_all(
        "[href], [src]",
        "all => all.map(e => e.getAttribute('href') || e.getAttribute('src'))"
        ".filter(link => /^\\s*(javascript|data|vbscript):/i.test(link))",
    )
    assert unsafe == []


def test_hostile_codes_never_run(open_page, tmp_path):
    text = HOSTILE[2]
    data = specimen.directory(12)
    for key in ("institutions", "regions", "provinces", "communes"):
        for record in data[key]:
            record["code"] = text
    for site in data["sites"]:
        site.update(dict.fromkeys(("institution", "region", "province", "commune", "kind"), text))
    data["terms"] = {"site_kind": {text: {"fr": text}}, "theme": {text: {"fr": text}}}
    data["layer"] = "location"
    specimen.publish(tmp_path, data)
    page = open_page((tmp_path / "index.html").as_uri())
    page.wait_for_function(READY)
    page.locator(".cp3-chip input").first.check(force=True)
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    expect(page.locator(".cp3-card")).to_have_count(12)


@pytest.mark.parametrize(
    "address",
    [
        "?q=<img src=x onerror=window.ran=1>",
        '?i="><svg onload=window.ran=1>',
        "?s=<script>",
        "?l=<b>",
        "?r=%E0%A4%A",
        "#<img src=x onerror=window.ran=1>",
        "?t='&k=\\",
    ],
)
def test_hostile_addresses_never_run(open_page, addresses, address):
    page = open_page(addresses["http"] + address)
    page.wait_for_function(READY)
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
