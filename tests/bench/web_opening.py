# SPDX-License-Identifier: GPL-2.0-or-later
"""A page opened as on a cheap telephone or on a desktop, which tells by itself when it stands.

The page posts its figures to the server that it came from once its points are painted: nothing
is asked of it before, for asking takes a part of the telephone's processor, and a page that is
busy for minutes does not answer.
"""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from contextlib import contextmanager

from web_server import TOLD, Served

CHROMIUM = "/usr/bin/chromium"
MOST_SECONDS = 180
TELEPHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
#: Milliseconds, and bytes a second.
NETWORK = {
    "offline": False, "latency": 150,
    "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip
SLOWED = 4

#: Run before a page's own scripts, for pages of any maker: when its points were painted. Ours
#: says when they stand; on others' they are looked for, as shapes or as pixels of a canvas.
WATCH = """(() => {
  const mark = (name) => (performance.getEntriesByName(name)[0]?.startTime ?? 0) / 1000;
  const tell = () => {
    const painted = performance.now() / 1000;
    const until = (mark('cp3:map') || painted) * 1000;
    const files = performance.getEntriesByType('resource').filter((one) => one.startTime < until);
    const all = [...files, ...performance.getEntriesByType('navigation')];
    const kilobytes = all.reduce((sum, one) => sum + one.transferSize, 0) / 1000;
    fetch('TOLD', {method: 'POST', body: JSON.stringify({
      text: mark('first-contentful-paint'), list: mark('cp3:list'), map: mark('cp3:map'),
      painted, 'KB before map': kilobytes,
    })});
  };
  const painted = () => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = tell;
    port2.postMessage(0);
  });
  const hasPixels = (canvas) => {
    if (canvas.width === 0 || canvas.height === 0) return false;
    const small = new OffscreenCanvas(64, 64).getContext('2d', {willReadFrequently: true});
    small.drawImage(canvas, 0, 0, 64, 64);
    return small.getImageData(0, 0, 64, 64).data.some((value) => value > 0);
  };
  const drawn = () => document.querySelectorAll('.leaflet-pane path').length > 1000 ||
    [...document.querySelectorAll('canvas')].some(hasPixels);
  const look = () => {
    if (document.documentElement?.classList.contains('cp3')) return;
    if (drawn()) painted(); else requestAnimationFrame(look);
  };
  new PerformanceObserver((list) => {
    if (list.getEntriesByName('cp3:map').length > 0) painted();
  }).observe({entryTypes: ['mark']});
  requestAnimationFrame(look);
})()""".replace("TOLD", TOLD)


@contextmanager
def browser() -> Iterator:
    """Give Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def opened(chromium, served: Served, telephone: bool) -> Iterator[tuple]:
    """Open a page in a fresh profile; give it with its figures once its points are painted.

    One that has painted no point in MOST_SECONDS counts as painted then, with all it fetched.
    """
    context = chromium.new_context(
        viewport=TELEPHONE if telephone else DESKTOP, is_mobile=telephone, has_touch=telephone
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    if telephone:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(served.address, wait_until="commit")
    try:
        figures = json.loads(served.told.get(timeout=MOST_SECONDS))
    except queue.Empty:
        figures = dict.fromkeys(("text", "list", "map", "painted"), MOST_SECONDS)
        figures["KB before map"] = sum(served.sent) / 1000
    yield page, figures
    context.close()
