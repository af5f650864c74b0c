# SPDX-License-Identifier: GPL-2.0-or-later
"""Looking at a finished PDF: what a printing library calls a success may be a blank page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...domain.errors import PrintError
from .charter import POINT
from .sheet import SheetPlan

#: Fewer drawing operators than this on a page mean that something is missing from it.
_LEAST_OPERATORS = 200
#: More than this are not counted.
_ENOUGH = 10_000
_SIZE_TOLERANCE = 0.5
_FAMILIES = ("NotoSans-", "NotoSansArabicUI-")

_PAGE = re.compile(rb"/Type\s*/Page\b")
_NUMBER = re.compile(rb"(\d+) 0 obj\s*$")
_BOX = re.compile(rb"/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]")
_FONT = re.compile(rb"/FontName\s*/(?:[A-Z]{6}\+)?([^\s/<>\[\]]+)")
_STREAM = re.compile(rb"stream\r?\n")
#: What draws, as Qt writes it: letters, strokes, fills.
_DRAWING = (b"Tj", b"TJ", b"\nS\n", b"\nf\n", b"\nf*\n", b"\nB\n", b"\nB*\n")


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF is made of: page sizes in mm, fonts and whether embedded, drawing operators."""

    pages: tuple[tuple[float, float], ...]
    fonts: tuple[str, ...]
    embedded: int
    operators: int


def pdf_facts(path: Path) -> PdfFacts:
    """Read the facts of a PDF as Qt writes them (plain objects, deflated streams)."""
    data = Path(path).read_bytes()
    # Georeferencing writes the first page's object a second time at the end: the last one holds.
    pages = dict(_page(data, found.start()) for found in _PAGE.finditer(data))
    boxes = [_box(pages[number]) for number in sorted(pages)]
    return PdfFacts(
        pages=tuple(((x1 - x0) * POINT, (y1 - y0) * POINT) for x0, y0, x1, y1 in boxes),
        fonts=tuple(sorted({name.decode("latin-1") for name in _FONT.findall(data)})),
        embedded=data.count(b"/FontFile2") + data.count(b"/FontFile3"),
        operators=_operators(data),
    )


def _operators(data: bytes) -> int:
    """Count drawing operators, up to what the largest file must have."""
    count = 0
    for stream in _streams(data):
        count += sum(map(stream.count, _DRAWING))
        if count > _ENOUGH:
            break
    return count


def _page(data: bytes, inside: int) -> tuple[int, bytes]:
    """Return number and text of the object around a position."""
    start = data.rfind(b"<<", 0, data.rfind(b" obj", 0, inside) + 12)
    number = _NUMBER.search(data[max(0, start - 30) : start])
    return int(number.group(1)) if number else 0, data[start : data.find(b"endobj", inside)]


def _box(page: bytes) -> tuple[float, ...]:
    found = _BOX.search(page)
    return tuple(float(part) for part in found.groups()) if found else (0.0, 0.0, 0.0, 0.0)


def _streams(data: bytes) -> Iterator[bytes]:
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        raw = data[found.end() : end]
        try:
            yield zlib.decompressobj().decompress(raw)
        except zlib.error:
            continue


def verify_pdf(path: Path, plan: SheetPlan) -> PdfFacts:
    """Check a sheet's file; PrintError says what is wrong with it."""
    facts = pdf_facts(path)
    for fault in _faults(facts, plan):
        raise PrintError(
            "{file} was printed but {fault}. It was thrown away.", file=path.name, fault=fault
        )
    return facts


def _faults(facts: PdfFacts, plan: SheetPlan) -> Iterator[PrintError]:
    page = plan.frames.page
    if len(facts.pages) != len(plan.pages):
        yield PrintError(
            "has {pages} pages instead of {planned}",
            pages=len(facts.pages),
            planned=len(plan.pages),
        )
    for width, height in facts.pages:
        if max(abs(width - page.width), abs(height - page.height)) > _SIZE_TOLERANCE:
            yield PrintError(
                "its page is {width} x {height} mm, not {planned_width} x {planned_height} mm",
                width=round(width, 1),
                height=round(height, 1),
                planned_width=page.width,
                planned_height=page.height,
            )
    if facts.operators < _LEAST_OPERATORS * len(plan.pages):
        yield PrintError("is nearly blank")
    foreign = [name for name in facts.fonts if not name.startswith(_FAMILIES)]
    if foreign:
        yield PrintError("uses fonts that the plugin does not bring: {fonts}", fonts=foreign)
    if facts.embedded < len(facts.fonts):
        yield PrintError("does not carry its fonts")
