# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL leaves out of a workbook (XLSX): formulas never worked out, addresses behind links.

A program that writes a workbook without working out its formulas leaves their cells empty, and
``=HYPERLINK(…)`` or a link of a cell shows one text and leads to another. Both are read here
from the sheet's own file (ECMA-376, part 1, clauses 18.3.1.4, 18.3.1.40 and 18.3.1.47), piece by
piece: a sheet of 100,000 rows is never whole in memory.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

from .archive import Beside, attributes, damage_passed_over, may_be_long, pieces

_FORMULA_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b([^<>]*?)(?:/>|>([^<]*)</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v>([^<]+)</)?"
)
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^<>]*>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*>")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_WORKBOOK, _SHARED = "xl/workbook.xml", "xl/sharedStrings.xml"


def beside_values(path: Path, sheet: str, given_up: Event) -> Beside:
    """Return what stands beside the values of a sheet; nothing of a file that is no workbook.

    A part of it if it is ``given_up`` meanwhile.
    """
    found = Beside({}, {})
    with damage_passed_over(), zipfile.ZipFile(path) as archive:
        part = _part(archive, sheet)
        if part:
            long = _read(archive, part, found, given_up) or _long_shared(archive, given_up)
            return found._replace(brief=not long)
    return found


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the file in a workbook that holds a sheet, "" if there is none."""
    targets = _targets(archive, _WORKBOOK)
    for one in _tags(_SHEET, archive.read(_WORKBOOK).decode("utf-8")):
        if one.get("name") == sheet:
            return targets.get(one.get("id", ""), "")
    return ""


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return what the relations of a part lead to, by their identifier."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    tags = _tags(_RELATION, archive.read(relations).decode("utf-8"))
    return {
        one["Id"]: one["Target"]
        if one.get("TargetMode") == "External"
        else posixpath.normpath(posixpath.join(folder, one["Target"])).lstrip("/")
        for one in tags
    }


def _tags(pattern: re.Pattern, text: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of the tags that a pattern finds, without their prefixes."""
    for tag in pattern.findall(text):
        yield attributes(tag)


def _read(archive: zipfile.ZipFile, part: str, found: Beside, given_up: Event) -> bool:
    """Fill in what is found in a sheet; return whether it may have long cells."""
    shared: dict[str, str] = {}
    links: list[dict[str, str]] = []
    long = False
    for piece in pieces(archive, part, b"</row>", b":row>"):
        if given_up.is_set():
            return True
        long = long or may_be_long(piece.partition(b"</sheetData")[0], b"<c", b"<row")
        if b"f" in piece and (b"<f" in piece or b":f" in piece):
            for cell in _FORMULA_CELL.finditer(piece):
                _keep_formula(found, shared, *(one.decode("utf-8") for one in cell.groups(b"")))
        if b"hyperlink" in piece:
            links += [attributes(tag.decode("utf-8")) for tag in _LINK.findall(piece)]
    targets = _targets(archive, part) if links else {}
    for link in links:
        target = targets.get(link.get("id", ""))
        place = _place(link.get("ref", "").partition(":")[0])
        if target and place:
            found.links.setdefault(place[0], {}).setdefault(place[1], target)
    return long


def _long_shared(archive: zipfile.ZipFile, given_up: Event) -> bool:
    """Return whether texts that the sheets share may be long."""
    names = archive.namelist()
    if _SHARED not in names:
        return any("\\" in name for name in names)  # GDAL finds them all the same
    texts = pieces(archive, _SHARED, b"</si>")
    return any(given_up.is_set() or may_be_long(piece, b"<si") for piece in texts)


def _keep_formula(
    found: Beside, shared: dict[str, str], cell: str, formula: str, text: str, value: str
) -> None:
    """Keep a formula that has no value, and one that is a link."""
    group = attributes(formula).get("si", "")
    text = html.unescape(text).strip() or shared.get(group, "")
    if group:
        shared.setdefault(group, text)
    place = _place(attributes(cell).get("r", ""))
    if place is None or not text:
        return
    kept = found.links if value else found.formulas
    if not value or text.upper().startswith("HYPERLINK("):
        kept.setdefault(place[0], {})[place[1]] = f"={text}"


def _place(reference: str) -> tuple[int, int] | None:
    """Return the line (from 1) and the column (from 0) of « B12 », None if it is none."""
    match = _PLACE.fullmatch(reference)
    return (int(match[2]), _number(match[1])) if match else None


def _number(letters: Iterable[str]) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
