# SPDX-License-Identifier: GPL-2.0-or-later
"""The pictures of page and sheets in README and guide, from what `make demo` left in build/demo/.

    build/venv/bin/python tools/pictures.py [--output docs/images]

The dock's pictures are made by tools/screenshots.py.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "build" / "demo"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# file, width and height in pixels, language
PAGES = (("page-fr-desktop", 1280, 800, "fr"), ("page-ar-phone", 360, 740, "ar"))
# file, beginning of the sheet's name
SHEETS = (("sheet", "R04"), ("country", "R00"))


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    folder = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, width, height, language in PAGES:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{(DEMO / 'web' / 'index.html').as_uri()}?l={language}")
            page.wait_for_function("performance.getEntriesByName('cp3:map').length > 0")
            page.wait_for_timeout(1500)  # markers fade in
            page.screenshot(path=str(folder / f"{name}.png"))
        browser.close()
    for name, beginning in SHEETS:
        sheet = next((DEMO / "a3").glob(f"{beginning}_*.pdf"))
        subprocess.run(
            ["pdftoppm", "-r", "80", "-png", "-singlefile", str(sheet), str(folder / name)],
            check=True,
        )


if __name__ == "__main__":
    main()
