# SPDX-License-Identifier: GPL-2.0-or-later
"""What a page asks for, and when: as soon as the line is free, and nothing before the list.

A browser looks ahead for what a page will load, but not in a page with a policy of its own
(Content-Security-Policy): there each script would be asked for once the one before has run. So
the style sheets stand in the page itself, and what the map needs is asked for as soon as the
list's data have come. Pure.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path

_SHEET = re.compile(r'[ \t]*<link rel="stylesheet" href="([^":?]+)">\n?')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r'<script src="([^":?]+)"></script>')
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
#: The list's own script, behind which the map's stand.
_LIST = '<script src="assets/cp3.js"></script>'


def with_styles(page: str, folder: Path) -> str:
    """Return the page with its style sheets in it, in their order; those of `noscript` apart."""
    head, end, rest = page.partition("<noscript>")
    return _SHEET.sub(lambda found: _style(found, folder), head) + end + rest


def inline_styles(page: str) -> list[str]:
    """Return the style sheets that stand in a page, as a browser takes them."""
    return _STYLE.findall(page)


def asked_ahead(page: str) -> str:
    """Return the links that ask for the scripts behind the list's, all at once."""
    addresses = _SCRIPT.findall(page.partition(_LIST)[2])
    return "\n".join(f'<link rel="preload" as="script" href="{one}">' for one in addresses)


def css_addresses(sheet: str) -> list[str]:
    """Return the addresses that a style sheet loads, data included in it left aside."""
    found = [*_ADDRESS.findall(sheet), *re.findall(r"@import\s+[\"']([^\"']+)", sheet)]
    return [one.split("?")[0].split("#")[0] for one in found if _is_file(one)]


def css_files(names: Iterable[str], sheet: str, home: str = "") -> set[str]:
    """Return those of a folder's files that a sheet in its folder ``home`` loads."""
    wanted = {posixpath.normpath(posixpath.join(home, one)) for one in css_addresses(sheet)}
    return wanted.intersection(names)


def _is_file(address: str) -> bool:
    return not address.startswith(("data:", "#"))


def _style(found: re.Match, folder: Path) -> str:
    file = folder / found[1]
    sheet = file.read_text(encoding="utf-8") if file.is_file() else ""
    if not sheet or "</" in sheet or "@import" in sheet or "@charset" in sheet:
        return found[0]  # what would not mean the same in the page stays a file
    home = posixpath.dirname(found[1])
    return f"<style>{_ADDRESS.sub(lambda one: _moved(one, home), sheet)}</style>\n"


def _moved(found: re.Match, home: str) -> str:
    """An address of a sheet in the folder ``home``, as seen from the page."""
    address = found[1]
    if not _is_file(address) or ":" in address or address.startswith("/"):
        return found[0]
    return f'url("{posixpath.normpath(posixpath.join(home, address))}")'
