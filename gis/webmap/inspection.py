# SPDX-License-Identifier: GPL-2.0-or-later
"""The checks of a finished folder before it is published: pure, each rule one small function.

A rule returns sentences of what is wrong; the first of all makes the PublishError.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ...domain.errors import PublishError
from ...domain.schema import Schema
from .finish import INDEX
from .loading import css_addresses, inline_styles
from .page.plainpage import FOLDER as PAGES

#: Where a reader may be led by their own click.
_LINKS = ("http:", "https:", "mailto:", "tel:", "geo:", "sms:", "?", "#")
#: Attributes that make a browser load something.
_LOADING = ("src", "href", "srcset", "data", "poster", "action", "formaction")
_FOREIGN = re.compile(r"(?:https?:)?//[^\s\"'<>`\\)]+", re.IGNORECASE)
#: A script that is no data block, or code in an attribute.
_CODE = re.compile(
    r'<script(?! type="application/ld\+json">)|<[a-z]+(?:\s[a-z-]+(?:="[^"]*")?)*?\son[a-z]+=',
    re.IGNORECASE,
)
_NAMED = re.compile(r'<([a-z]+)\b[^<>]*?\s(?:src|href)="([^"]*)"', re.IGNORECASE)
#: Names, not addresses: nothing is ever asked there.
_NAMESPACES = ("http://www.w3.org/",)


@dataclass(frozen=True)
class Expected:
    """What the folder must agree with: the schema, the store's count, the hosts of tiles.

    ``sites`` was counted by the store itself when the view was read. ``address`` is where the
    folder will stand on the web, empty if that is not known.
    """

    schema: Schema
    sites: int
    tile_hosts: Sequence[str] = ()
    address: str = ""


def inspect(folder: Path, expected: Expected) -> None:
    """Raise PublishError with the first thing that is wrong with a folder."""
    for rule in RULES:
        for fault in rule(folder, expected):
            raise PublishError(
                "The new page is not fit to be published: {fault}. The last publication "
                "stands; please report this to the plugin's authors.",
                fault=fault,
            )


def no_open_placeholder(folder: Path, _expected: Expected) -> Iterator[str]:
    """Every placeholder of the template was filled."""
    for name in re.findall(r"@(?:CP3|OL3|LEAFLET)_[A-Z0-9]+@", _page(folder)):
        yield f"{INDEX} still has the placeholder {name}"


def nothing_foreign(folder: Path, expected: Expected) -> Iterator[str]:
    """The page loads its own files only; links that a reader may follow lead where they will."""
    for tag, attribute, address in _addresses(_page(folder), expected.address):
        if not (tag == "a" and address.startswith(_LINKS)) and _is_foreign(address):
            yield f"<{tag} {attribute}> in {INDEX} asks {address}"
    for name, _home, sheet in _sheets(folder):
        for address in css_addresses(sheet):
            if _is_foreign(address):
                yield f"{name} asks {address}"


def no_foreign_script(folder: Path, expected: Expected) -> Iterator[str]:
    """Inline scripts name no other host, but in links and the tiles offered to the reader."""
    for text in _scripts(_page(folder)):
        bare = re.sub(r"<a href=\"[^\"]*\"", "", text)
        for address in _FOREIGN.findall(re.sub(r"(^|\s)//[^\n]*", " ", bare)):
            host = address.split("//", 1)[1].split("/")[0]
            if host not in expected.tile_hosts and not address.startswith(_NAMESPACES):
                yield f"a script in {INDEX} names {address}"


def no_broken_link(folder: Path, expected: Expected) -> Iterator[str]:
    """Every file that the page or a style sheet names is in the folder."""
    for tag, _attribute, address in _addresses(_page(folder), expected.address):
        if not address.startswith((*_LINKS, "data:")) and not (folder / address).is_file():
            yield f"<{tag}> in {INDEX} names {address}, which is not in the folder"
    for name, home, sheet in _sheets(folder):
        for address in css_addresses(sheet):
            if not _is_foreign(address) and not (home / address).is_file():
                yield f"{name} names {address}, which is not in the folder"


def public_keys_only(folder: Path, expected: Expected) -> Iterator[str]:
    """No column that is not public is a key of the data or of a layer on the map."""
    public = {one.name for table in expected.schema.tables for one in table.fields if one.public}
    internal = {one.name for table in expected.schema.tables for one in table.fields} - public
    for file in sorted((folder / "data").rglob("*.js*")):
        for key in sorted(_keys(_values(file)) & internal):
            yield f"{file.relative_to(folder).as_posix()} holds {key}, which is internal"


def counts_agree(folder: Path, expected: Expected) -> Iterator[str]:
    """The page's data, their columns and their parts hold as many sites as the store publishes."""
    data = folder / "data"
    parts = sorted((data / "sites").glob("[0-9]*.js"))
    found = {
        "cp3.json": len(_values(data / "cp3.json").get("sites", ())),
        "cp3.js": _values(data / "cp3.js").get("columns", {}).get("count", 0),
        "sites": sum(len(_values(file)["sites"]) for file in parts),
    }
    for name, count in found.items():
        if count != expected.sites:
            yield f"data/{name} has {count} sites, the store {expected.sites}"


def plain_pages_are_whole(folder: Path, expected: Expected) -> Iterator[str]:
    """Plain pages hold no program, load their own files only and name nothing that is not there.

    Read with a pattern, not a parser, as there may be many thousands of them: in texts of the
    data no quotation mark stands as itself, so that none can pass for an attribute. Pages name
    the same files again and again: each is judged once.
    """
    fit: set[tuple[str, str]] = set()
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    for page in sorted(one for one in there if one.startswith(f"{PAGES}/")):
        text = (folder / page).read_text(encoding="utf-8")
        if _CODE.search(text):
            yield f"{page} holds a program"
        named = dict.fromkeys(_NAMED.findall(text))
        for tag, address in [one for one in named if one not in fit]:
            bare = html.unescape(address).split("?")[0].split("#")[0]
            own = tag == "link" and expected.address and bare.startswith(expected.address)
            bare = bare[len(expected.address) :] if own else bare
            led = tag == "a" and bare.startswith(_LINKS[:6])
            if bare and not led and tag != "base" and bare not in there:
                yield f"<{tag}> in {page} names {address}, which is not in the folder"
            fit.add((tag, address))


RULES = (
    no_open_placeholder,
    nothing_foreign,
    no_foreign_script,
    no_broken_link,
    public_keys_only,
    counts_agree,
    plain_pages_are_whole,
)


class _Reader(HTMLParser):
    """Collects what a page loads or links to, and its inline scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        """Note the addresses of an element."""
        self._in_script = tag == "script"
        for name, value in attrs:
            if name in _LOADING:
                self.addresses.append((tag, name, (value or "").strip()))

    def handle_endtag(self, _tag: str) -> None:
        """Leave the script, if it was one."""
        self._in_script = False

    def handle_data(self, data: str) -> None:
        """Note an inline script's text."""
        if self._in_script:
            self.scripts.append(data)


def _page(folder: Path) -> str:
    return (folder / INDEX).read_text(encoding="utf-8")


def _sheets(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Each style sheet: its name, the folder that its addresses start from, its text."""
    for sheet in folder.rglob("*.css"):
        yield sheet.name, sheet.parent, sheet.read_text(encoding="utf-8")
    for sheet in inline_styles(_page(folder)):
        yield INDEX, folder, sheet


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def _addresses(page: str, own: str) -> list[tuple[str, str, str]]:
    """Tag, attribute and address of all that a page names; its relations without their host."""
    return [
        (tag, name, address[len(own) :] if own and tag == "link" and address.startswith(own)
         else address)
        for tag, name, address in _read(page).addresses
    ]  # fmt: skip


def _scripts(page: str) -> list[str]:
    return _read(page).scripts


def _is_foreign(address: str) -> bool:
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
    return address.startswith("//") or bool(scheme and scheme[0].lower() != "data:")


def _values(file: Path) -> Any:
    """The JSON of a data file, whether bare or given to a variable or a function."""
    text = file.read_text(encoding="utf-8")
    return json.loads(text[text.find("{") :].strip().rstrip(";)"))


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(_keys(one) for one in value))
    return set()
