# SPDX-License-Identifier: GPL-2.0-or-later
"""axe on the page, in four languages, on list, map and open card (WCAG 2.0 to 2.2, A and AA)."""

from __future__ import annotations

import pytest

from . import specimen

AXE = specimen.ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed: run `npm ci` in web/"
)


def faults(page) -> list[str]:
    """What axe finds, each with the first element it finds it on."""
    # Handed over by the driver, not by the page: the page's own policy forbids inline code.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    return page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        ".then(report => report.violations.map(fault =>"
        " `${fault.id} (${fault.nodes.length}): ${fault.nodes[0].html.slice(0, 200)}`"
        " + ` ${fault.nodes[0].failureSummary}`))",
        RULES,
    )


def unfold(page, selector: str) -> None:
    """Open all the folded parts that a selector names."""
    page.evaluate(
        "one => document.querySelectorAll(one).forEach(d => d.open = true)", f"{selector} details"
    )


@pytest.mark.parametrize("lang", ["fr", "ar", "en", "es"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_axe_finds_nothing(open_page, telling_address, lang, width, height):
    """On the list with a card to share, on the open filters, on the map with an open card."""
    page = open_page(f"{telling_address}?l={lang}", width, height)
    page.wait_for_function("() => performance.getEntriesByName('cp3:map').length > 0")
    unfold(page, "#cp3-list")
    page.locator(".cp3-share").first.click()
    assert faults(page) == []
    unfold(page, "#cp3-filters")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.wait_for_timeout(300)
    assert faults(page) == []
