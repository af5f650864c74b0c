# SPDX-License-Identifier: GPL-2.0-or-later
"""200 hostile strings in every field, name and title: nothing runs, nothing internal leaves."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from .conftest import READY, serving, settled
from .hostile_publication import CORPUS, SENTINEL

RAN = "window.cp3Attacked"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with both hostile pages, and the backdrop that each was made on."""
    folder = tmp_path_factory.mktemp("hostile")
    program = Path(__file__).with_name("hostile_publication.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(params=["builtin", "qgis2web"])
def folder(request, made):
    where, used = made
    if used[request.param] != request.param:
        pytest.skip("qgis2web was found neither in QGIS2WEB_PATH nor in QGIS's plugin folders")
    return where / request.param


@pytest.fixture
def root(folder):
    with serving(folder) as address:
        yield address


def test_the_corpus_is_whole():
    assert len(set(CORPUS)) == 200


def test_nothing_runs_on_the_map_page(open_page, root):
    page = open_page(root + "index.html")
    page.wait_for_function(READY)
    settled(page)
    while page.is_visible("#cp3-more"):
        page.click("#cp3-more")
        settled(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for lang in ("ar", "en", "fr"):
        page.click(f"#cp3-languages a[lang={lang}]")
    if page.locator(".leaflet-control-layers").count():
        page.locator(".leaflet-control-layers").first.hover()
    page.evaluate("map.setView([33.58, -7.61], 16, {animate: false})")
    page.wait_for_timeout(300)
    assert page.evaluate(RAN) is None
    assert page.locator("[onerror], [onload], [onclick], [onmouseover], [onfocus]").count() == 0
    assert page.locator("iframe, object, embed, base").count() == 0


def test_nothing_runs_on_plain_pages(open_page, folder, root):
    """Each place in one language; its data block is JSON and breaks no rule of the policy."""
    if folder.name != "builtin":
        pytest.skip("plain pages are the same whatever the backdrop: read on the built-in one")
    pages = sorted(one.name for one in (folder / "pages" / "fr").glob("place-*.html"))
    assert len(pages) == len(CORPUS)
    page = open_page(root + "pages/fr/index.html")
    for name in pages:
        page.goto(f"{root}pages/fr/{name}", wait_until="domcontentloaded")
        assert page.evaluate(RAN) is None, name
        found = page.evaluate(
            "[document.querySelectorAll('iframe, object, embed, form').length,"
            " document.querySelectorAll('base').length,"
            " [...document.querySelectorAll('script')].map(one => [one.type, one.textContent])]"
        )
        assert found[:2] == [0, 1], name
        for kind, text in found[2]:
            assert kind == "application/ld+json", name
            json.loads(text)


def test_what_is_internal_is_nowhere(folder):
    """All bytes of all files, those in archives too, and the names of files."""
    for file in folder.rglob("*"):
        assert SENTINEL not in file.name
        if file.is_file():
            assert SENTINEL.encode() not in file.read_bytes(), file
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    assert SENTINEL.encode() not in archive.read(name), name


def test_no_formula_is_left_in_a_table(folder):
    """The first character of no cell is one that a spreadsheet runs (numbers aside)."""
    from carte_cp3.store.formulas import defused

    with (folder / "open-data" / "places.csv").open(encoding="utf-8-sig", newline="") as handle:
        cells = [cell for row in csv.reader(handle, delimiter=";") for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if defused(cell) != cell and not cell.startswith("'")] == []
