# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian's Chromium on a made-up directory, from a file and from a server on the loopback."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from . import specimen, telling

CHROMIUM = "/usr/bin/chromium"
#: Two pictures, which a busy machine draws seldom and a page behind another never, and a pause.
FRAMES = """() => new Promise(done => {
  const pause = () => setTimeout(done, 150);
  requestAnimationFrame(() => requestAnimationFrame(pause));
  setTimeout(pause, 1500);
})"""
#: The points stand on the map, and the list has all its cards: the last of them follow the map.
READY = (
    "() => performance.getEntriesByName('cp3:map').length > 0"
    " && !document.querySelector('#cp3-list[aria-busy=true]')"
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without writing a line for each request."""

    def log_message(self, format, *args):
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM} (Debian package chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--headless"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The specimen page's folder."""
    folder = tmp_path_factory.mktemp("page")
    specimen.publish(folder, specimen.directory())
    return folder


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback, in a thread; its address."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def addresses(published):
    """The specimen page's addresses: from a file and over http."""
    with serving(published) as root:
        yield {"file": (published / "index.html").as_uri(), "http": f"{root}index.html"}


@pytest.fixture(scope="session")
def telling_address(tmp_path_factory):
    """Over http, a directory whose cards say all that a card can say."""
    folder = tmp_path_factory.mktemp("telling")
    telling.publish(folder)
    with serving(folder) as root:
        yield f"{root}index.html"


@pytest.fixture(scope="session")
def publications(tmp_path_factory):
    """A folder with both pages, and the backdrop that each was made on."""
    pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")
    folder = tmp_path_factory.mktemp("published")
    program = Path(__file__).with_name("publications.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder, json.loads(done.stdout.splitlines()[-1])


def page_on(publications, backdrop) -> Path:
    """The folder of one page; the one on qgis2web only if it was found."""
    where, used = publications
    if used[backdrop] != backdrop:
        pytest.skip("qgis2web was found neither in QGIS2WEB_PATH nor in QGIS's plugin folders")
    return where / backdrop


@pytest.fixture
def on_qgis2web(publications):
    """The folder of the page that stands on qgis2web's map."""
    return page_on(publications, "qgis2web")


@dataclass
class Witness:
    """What a page complained of, and whom it asked."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def strangers(self) -> list[str]:
        """Requests to anything but the page's own folder or the loopback."""
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("file", "data")
            and urlsplit(url).hostname != "127.0.0.1"
        ]


@pytest.fixture
def open_page(chromium):
    """Open an address in a fresh profile; fails at the end on any complaint or foreign request."""
    contexts, witnesses = [], []

    def opened(address: str, width: int = 1280, height: int = 800, script: str = "", **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        page.add_init_script(script)
        witness = Witness()
        page.on("request", lambda request: witness.requests.append(request.url))
        page.on("pageerror", lambda error: witness.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                witness.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.goto(address)
        contexts.append(context)
        witnesses.append(witness)
        return page

    yield opened
    # What closing cuts off fails too, and is no complaint about the page.
    complaints = [list(witness.complaints) for witness in witnesses]
    for context in contexts:
        context.close()
    assert complaints == [[] for _ in witnesses]
    for witness in witnesses:
        assert witness.strangers() == []


def settled(page) -> None:
    """Wait until a choice is answered whole: the count comes at once, cards and map in frames."""
    page.evaluate(FRAMES)
    page.wait_for_selector("#cp3-list:not([aria-busy=true])", state="attached")


def counted(page) -> int:
    """Return how many places the page says it shows, once a choice is answered."""
    settled(page)
    return int(page.inner_text("#cp3-count strong").split()[0])
