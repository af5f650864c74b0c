# SPDX-License-Identifier: GPL-2.0-or-later
"""The published page on a cheap telephone, and beside stock qgis2web on a desktop.

``python tests/bench/web.py [loading] [acting] [beside]`` publishes made-up sites (``pages.py``),
opens the pages in Debian's Chromium and prints each goal with what was measured. Every figure
is the median of ``BENCH_RUNS`` openings, each in a fresh profile.

The telephone: a window of 360 by 740, the processor slowed 4 times, 1.6 Mbit/s, 150 ms a
request. The desktop: 1280 by 800, nothing slowed, nothing compressed, and for both sides the
time until the points are painted. Without qgis2web (QGIS2WEB_PATH) its pages are left out.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from web_server import served

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
CHROMIUM = "/usr/bin/chromium"
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
MOST_SECONDS = 180
TELEPHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
#: Milliseconds, and bytes a second.
NETWORK = {
    "offline": False, "latency": 150,
    "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip
SLOWED = 4

#: Sites, backdrop, gzip, and the most of each measure: seconds, and kilobytes before the map.
LOADINGS = (
    (2_500, "builtin", True, {"text": 1.0, "list": 2.0, "map": 3.0, "KB before map": 250}),
    (2_500, "qgis2web", True, {"text": 1.0, "list": 2.0, "map": 3.0, "KB before map": 250}),
    (2_500, "builtin", False, {"text": 2.0}),
    (2_500, "qgis2web", False, {"text": 2.0}),
    (10_000, "builtin", True, {"map": 4.0}),
    (10_000, "qgis2web", True, {"map": 4.0}),
    (100_000, "builtin", True, {"map": 12.0}),
)
#: Sites, backdrop, most milliseconds from an act to its picture.
ACTINGS = ((10_000, "builtin", 100), (10_000, "qgis2web", 100), (100_000, "builtin", 200))
#: Sites of the comparison, and per page of qgis2web's the largest ratio of our time to its.
MANY = 100_000
PEERS = {"leaflet": 1 / 15, "openlayers": 1 / 4}
LARGEST_PART = 1 / 8  # of their bytes


@dataclass(frozen=True)
class Row:
    """A goal and what was measured: our figure must reach it, or its ratio to a peer's."""

    name: str
    ours: float
    peer: float | None
    ratio: float | None
    goal: float

    @property
    def held(self) -> bool:
        """Is the goal reached?"""
        return (self.ours if self.ratio is None else self.ratio) <= self.goal


#: Run before a page's own scripts: when its points were painted, for pages of any maker. Ours
#: says when they stand; on others' they are looked for, as shapes or as pixels of a canvas.
WATCH = """(() => {
  const painted = () => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => { window.benchPainted = performance.now(); };
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
})()"""
FIGURES = """() => {
  const mark = (name) => (performance.getEntriesByName(name)[0]?.startTime ?? 0) / 1000;
  const painted = (window.benchPainted ?? MOST * 1000) / 1000;
  const until = (mark('cp3:map') || painted) * 1000;
  const files = performance.getEntriesByType('resource').filter((one) => one.startTime < until);
  const all = [...files, ...performance.getEntriesByType('navigation')];
  return {
    text: mark('first-contentful-paint'), list: mark('cp3:list'), map: mark('cp3:map'),
    painted,
    'KB before map': all.reduce((sum, one) => sum + one.transferSize, 0) / 1000,
  };
}""".replace("MOST", str(MOST_SECONDS))
#: Milliseconds until the page has painted what an act changed.
ACTED = """async (act) => {
  const began = performance.now();
  ACTS[act]();
  await new Promise((next) => requestAnimationFrame(() => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = next;
    port2.postMessage(0);
  }));
  return performance.now() - began;
}"""
#: Each with its undoing, so that it can be done again.
ACTS = """window.SEARCH = (words) => {
  const {form} = Object.assign(document.querySelector('input[name=query]'), {value: words});
  form.requestSubmit();
};
window.ACTS = {
  filter: () => document.querySelector('.cp3-chip input[name=institution]').click(),
  unfilter: () => document.querySelector('.cp3-chip input[name=institution]').click(),
  search: () => SEARCH('centre emploi'),
  unsearch: () => SEARCH(''),
  pan: () => map.panBy([120, 90], {animate: false}),
  'pan back': () => map.panBy([-120, -90], {animate: false}),
  'to the map': () => document.getElementById('cp3-view-map').click(),
  'to the list': () => document.getElementById('cp3-view-list').click(),
}"""


def made(count: int, names: Iterable[str]) -> Path:
    """Return the folder of the pages of so many sites, written if they are not there yet."""
    folder = FOLDER / f"web-{count}"
    missing = [name for name in names if not (folder / name / "index.html").exists()]
    if missing:
        program = Path(__file__).with_name("pages.py")
        words = [str(count), str(folder), *missing]
        subprocess.run([sys.executable, str(program), *words], check=True, stdout=sys.stderr)
    return folder


def has_qgis2web() -> bool:
    """Say whether the real qgis2web lies where the tests look for it."""
    return (Path(os.environ.get("QGIS2WEB_PATH", "/nowhere")) / "qgis2web").is_dir()


@contextmanager
def browser() -> Iterator:
    """Give Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def opened(chromium, address: str, telephone: bool) -> Iterator:
    """Open an address in a fresh profile; give the page once its points are painted."""
    from playwright.sync_api import TimeoutError as PaintedTooLate

    context = chromium.new_context(
        viewport=TELEPHONE if telephone else DESKTOP, is_mobile=telephone, has_touch=telephone
    )
    context.set_default_timeout(MOST_SECONDS * 1000)
    context.add_init_script(WATCH)
    page = context.new_page()
    if telephone:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", NETWORK)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address, wait_until="commit")
    with suppress(PaintedTooLate):
        page.wait_for_function("() => window.benchPainted", polling=200)
    yield page
    context.close()


def median(figures: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the median of each measure."""
    found = list(figures)
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def loaded(chromium, folder: Path, telephone: bool, packed: bool) -> dict[str, float]:
    """Open a page again and again; return its medians, in seconds and kilobytes.

    One that has painted no point in MOST_SECONDS counts as painted then, and is not tried again.
    """
    figures = []
    for _run in range(RUNS):
        with served(folder, packed) as address, opened(chromium, address, telephone) as page:
            figures.append(page.evaluate(FIGURES))
        if figures[-1]["painted"] >= MOST_SECONDS:
            return figures[-1]
    return median(figures)


def acted(chromium, folder: Path) -> dict[str, float]:
    """Filter the list and move the map on the telephone; return the medians in milliseconds."""
    with served(folder, True) as address, opened(chromium, address, True) as page:
        page.evaluate(ACTS)
        page.wait_for_timeout(3000)
        page.click(".cp3-facets > summary")
        filtering = median(_turn(page, ("filter", "unfilter")) for _run in range(RUNS + 2))
        page.keyboard.press("Escape")
        shown = median(_seen_on_map(page) for _run in range(RUNS))
        page.click("#cp3-view-map")
        panning = median(_turn(page, ("pan", "pan back")) for _run in range(RUNS + 2))
        return {**filtering, **shown, **panning}


def _seen_on_map(page) -> dict[str, float]:
    """From the list, filtered this very moment, to the map that shows what was found."""
    page.evaluate(ACTED, "filter")
    shown = page.evaluate(ACTED, "to the map")
    page.evaluate(ACTED, "to the list")
    page.evaluate(ACTED, "unfilter")
    page.wait_for_timeout(1500)
    return {"to the map": shown}


def _turn(page, acts: Iterable[str]) -> dict[str, float]:
    found = {}
    for act in acts:
        found[act] = page.evaluate(ACTED, act)
        page.wait_for_timeout(700)
    return found


def loading_rows(chromium) -> Iterator[Row]:
    """Give the goals of the page's coming on the telephone."""
    for count, backdrop, packed, goals in LOADINGS:
        if backdrop == "qgis2web" and not has_qgis2web():
            continue
        folder = made(count, [backdrop]) / backdrop
        figures = loaded(chromium, folder, True, packed)
        head = f"telephone, {count:,} sites, {backdrop}{'' if packed else ', no gzip'}"
        for name, goal in goals.items():
            yield Row(f"{head}: {name}", figures[name], None, None, goal)


def acting_rows(chromium) -> Iterator[Row]:
    """Give the goals of filter and map on the telephone."""
    for count, backdrop, goal in ACTINGS:
        if backdrop == "qgis2web" and not has_qgis2web():
            continue
        figures = acted(chromium, made(count, [backdrop]) / backdrop)
        for act, milliseconds in figures.items():
            name = f"telephone, {count:,} sites, {backdrop}: {act}, ms"
            yield Row(name, milliseconds, None, None, goal)


def beside_rows(chromium) -> Iterator[Row]:
    """Give the goals beside qgis2web's own pages of the same layer, on the desktop."""
    folder = made(MANY, ["builtin", *PEERS])
    ours = loaded(chromium, folder / "builtin", False, False)
    for peer, goal in PEERS.items():
        theirs = loaded(chromium, folder / peer, False, False)
        for measure, most in (("painted", goal), ("KB before map", LARGEST_PART)):
            mine, other = ours[measure], theirs[measure]
            late = " (more than)" if theirs["painted"] >= MOST_SECONDS else ""
            name = f"desktop, {MANY:,} sites, ours / qgis2web's {peer}{late}: {measure}"
            yield Row(name, mine, other, mine / other, most)


PARTS = {"loading": loading_rows, "acting": acting_rows, "beside": beside_rows}


def rows(chosen: Iterable[str] = tuple(PARTS)) -> Iterator[Row]:
    """Give the goals one by one; what cannot be measured here is said and left out."""
    if not has_qgis2web():
        print("qgis2web is not in QGIS2WEB_PATH: its pages, and ours on it, are left out.")
    with browser() as chromium:
        for part in chosen:
            if part != "beside" or has_qgis2web():
                yield from PARTS[part](chromium)


def main(chosen: Iterable[str]) -> None:
    """Print a table; say what is not reached."""
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, median of {RUNS}")
    print(f"{'':68} {'ours':>8} {'peer':>9} {'ratio':>7} {'goal':>7}")
    for row in rows(chosen or tuple(PARTS)):
        peer = "" if row.peer is None else f"{row.peer:.2f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        verdict = "" if row.held else "  not reached"
        print(
            f"{row.name:68} {row.ours:8.2f} {peer:>9} {ratio:>7} {row.goal:7.3g}{verdict}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
