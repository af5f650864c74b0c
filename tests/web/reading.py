# SPDX-License-Identifier: GPL-2.0-or-later
"""How a page is read in these tests: with axe, on paper, and its codes by another program."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from . import specimen
from .conftest import READY, settled

PACKAGES = specimen.ROOT / "web" / "node_modules"
AXE = PACKAGES / "axe-core" / "axe.min.js"
JSQR = PACKAGES / "jsqr" / "dist" / "jsQR.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What jsQR reads on a code as it is drawn, at four pixels a module.
READ_CODE = """selector => new Promise((resolve, reject) => {
  const drawing = document.querySelector(selector).cloneNode(true);
  const side = Number(drawing.getAttribute('viewBox').split(' ')[2]) * 4;
  drawing.setAttribute('width', side);
  drawing.setAttribute('height', side);
  const picture = new Image();
  picture.onerror = reject;
  picture.onload = () => {
    const canvas = Object.assign(document.createElement('canvas'), {width: side, height: side});
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0, side, side);
    const code = jsQR(pen.getImageData(0, 0, side, side).data, side, side);
    resolve(code && new TextDecoder().decode(Uint8Array.from(code.binaryData)));
  };
  const text = new XMLSerializer().serializeToString(drawing);
  picture.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
})"""
#: The cards of the list that have a place on the map, by their place in the list.
PLACED = """all => all.flatMap((card, i) => card.querySelector('.cp3-locate') ? [i + 1] : [])"""
PAPER = {"prefer_css_page_size": True}


#: How far, in pixels, two labels of the printed map run into one another at most.
COVERED = """() => {
  const labels = [...document.querySelectorAll('.cp3-number span')];
  const boxes = labels.map(one => one.getBoundingClientRect());
  const shared = (a, b) => Math.min(
    Math.min(a.right, b.right) - Math.max(a.left, b.left),
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  return Math.max(0, ...boxes.flatMap((a, i) => boxes.slice(i + 1).map(b => shared(a, b))));
}"""


def read_code(page, selector: str) -> str:
    """Read a QR code off the screen with another program than the one that wrote it (jsQR)."""
    page.evaluate(JSQR.read_text(encoding="utf-8") + "; 0")
    return page.evaluate(READ_CODE, selector)


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


def faults_of_a_round(page) -> list[str]:
    """axe on the list with a card to share, on filters, the map's layers and a card on the map."""
    page.wait_for_function(READY)
    settled(page)
    unfold(page, "#cp3-list")
    page.locator(".cp3-share").first.click()
    found = faults(page)
    unfold(page, "#cp3-filters")
    found += faults(page)
    page.keyboard.press("Escape")
    if page.is_visible("#cp3-views"):
        page.click("#cp3-view-map")
    if page.locator(".leaflet-control-layers").count() > 0:
        page.hover(".leaflet-control-layers")
        page.wait_for_selector(".leaflet-control-layers-expanded .cp3-meaning")
    found += faults(page)
    if page.is_visible("#cp3-views"):
        page.click("#cp3-view-list")
    page.locator(".cp3-locate").first.click()
    page.wait_for_selector(".leaflet-popup .cp3-card")
    page.wait_for_timeout(300)
    return found + faults(page)


def numbered(text: str) -> list[int]:
    """The numbers that marks such as « 1 », « 2, 5 » or « 7–9 » stand for."""
    found: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", text):
        found += range(int(first), int(last or first) + 1)
    return found


def numbers_on_paper(page) -> list[int]:
    """The numbers that a reader of the paper finds, on the map or by its letters in the key."""
    words = page.locator(".cp3-number span").all_inner_texts()
    key = dict(one.split(" = ") for one in page.locator(".cp3-key bdi").all_inner_texts())
    assert {one for one in words if one.isalpha()} == set(key)
    return sorted(n for one in words for n in numbered(key.get(one, one)))


def check_print(page, target: Path) -> str:
    """Print the list that is shown and return its text, all on A4 and back as it was after.

    Each card with a place has its number on the map, once; the code leads back to the list.
    """
    found = page.locator("#cp3-list .cp3-card").count()
    placed = page.eval_on_selector_all("#cp3-list .cp3-card", PLACED)
    assert placed
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert numbers_on_paper(page) == placed
    assert page.evaluate(COVERED) <= 3
    assert urlsplit(read_code(page, ".cp3-printed .cp3-qr")).query == urlsplit(page.url).query
    page.pdf(path=str(target), **PAPER)
    info = subprocess.run(["pdfinfo", str(target)], capture_output=True, text=True, check=True)
    assert "(A4)" in info.stdout
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True, check=True
    ).stdout
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    assert re.search(rf"\b{found}\.|\.{found}\b", plain)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".cp3-number")).to_have_count(0)
    return text
