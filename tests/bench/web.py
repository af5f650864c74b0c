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
from dataclasses import dataclass
from pathlib import Path

from web_opening import MOST_SECONDS, browser, opened
from web_server import served

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
RUNS = int(os.environ.get("BENCH_RUNS", "3"))

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
    """Return the folder of the pages of so many sites, written unless they are of this program."""
    folder = FOLDER / f"web-{count}"
    parts = [*(ROOT / "resources" / "web").rglob("*.*"), *(ROOT / "gis" / "webmap").rglob("*.py")]
    changed = max(part.stat().st_mtime for part in parts)
    missing = [
        name
        for name, page in ((name, folder / name / "index.html") for name in names)
        if not page.exists() or (name not in PEERS and page.stat().st_mtime < changed)
    ]
    if missing:
        program = Path(__file__).with_name("pages.py")
        words = [str(count), str(folder), *missing]
        subprocess.run([sys.executable, str(program), *words], check=True, stdout=sys.stderr)
    return folder


def has_qgis2web() -> bool:
    """Say whether the real qgis2web lies where the tests look for it."""
    return (Path(os.environ.get("QGIS2WEB_PATH", "/nowhere")) / "qgis2web").is_dir()


def median(figures: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the median of each measure."""
    found = list(figures)
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def loaded(chromium, folder: Path, telephone: bool, packed: bool) -> dict[str, float]:
    """Open a page again and again; return its medians, in seconds and kilobytes.

    One that has painted no point in MOST_SECONDS is not tried again.
    """
    figures = []
    for _run in range(RUNS):
        with served(folder, packed) as page, opened(chromium, page, telephone) as (_page, found):
            figures.append(found)
        if figures[-1]["painted"] >= MOST_SECONDS:
            return figures[-1]
    return median(figures)


def acted(chromium, folder: Path) -> dict[str, float]:
    """Filter the list and move the map on the telephone; return the medians in milliseconds."""
    with served(folder, True) as place, opened(chromium, place, True) as (page, _figures):
        page.evaluate(ACTS)
        page.wait_for_timeout(3000)
        page.click(".cp3-facets > summary")
        filtering = median(_turn(page, ("filter", "unfilter")) for _run in range(RUNS + 2))
        page.keyboard.press("Escape")
        page.click("input[name=query]")  # which has the search made ready
        page.wait_for_timeout(5000)
        searching = median(_turn(page, ("search", "unsearch")) for _run in range(RUNS + 2))
        shown = median(_seen_on_map(page) for _run in range(RUNS))
        page.click("#cp3-view-map")
        panning = median(_turn(page, ("pan", "pan back")) for _run in range(RUNS + 2))
        return {**filtering, **searching, **shown, **panning}


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
