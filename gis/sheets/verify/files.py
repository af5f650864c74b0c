# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of the files: what was exported is what was worked out, whole and readable."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QImageReader

from ....domain.errors import PrintError
from ....domain.text import is_arabic
from . import limits
from .fault import MARKED, REFUSED, Fault
from .numbers import listed_numbers
from .pdf import PdfFacts, pdf_facts, words_of
from .proof import Proof

#: How many of the words that are not found are told.
_TOLD = 12
#: An image is looked at so small, and is blank with fewer colours than this.
_SMALL, _COLOURS = QSize(210, 210), 24


def check_pdf(path: Path, proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with a sheet's PDF."""
    try:
        facts = pdf_facts(path)
    except (OSError, ValueError):
        return (Fault("pdf_readable", REFUSED, PrintError("it is no PDF that can be read")),)
    faults = [fault for rule in PDF_RULES for fault in rule(facts, proof)]
    size = path.stat().st_size
    if size > limits.BYTES:
        faults.append(
            Fault(
                "file_size", MARKED, PrintError("its file has {size} MB", size=round(size / 1e6, 1))
            )
        )
    return tuple(faults)


def pages_are_whole(facts: PdfFacts, proof: Proof) -> Iterator[Fault]:
    """All pages are there, of their size, and none is blank."""
    page = proof.plan.frames.page
    if len(facts.pages) != len(proof.plan.pages):
        yield Fault(
            "page_count",
            REFUSED,
            PrintError(
                "has {pages} pages instead of {planned}",
                pages=len(facts.pages),
                planned=len(proof.plan.pages),
            ),
        )
    for one in facts.pages:
        if max(abs(one.width - page.width), abs(one.height - page.height)) > limits.PAGE:
            yield Fault(
                "page_size",
                REFUSED,
                PrintError(
                    "its page is {width} x {height} mm, not {planned_width} x {planned_height} mm",
                    width=round(one.width, 1),
                    height=round(one.height, 1),
                    planned_width=page.width,
                    planned_height=page.height,
                ),
            )
    blank = [number for number, one in enumerate(facts.pages, 1)
             if one.operators < limits.OPERATORS]  # fmt: skip
    if blank:
        yield Fault(
            "page_blank", REFUSED, PrintError("is nearly blank on page {pages}", pages=blank)
        )


def fonts_are_the_plugins(facts: PdfFacts, _proof: Proof) -> Iterator[Fault]:
    """Only bundled families, embedded, with a way back from glyphs to letters."""
    foreign = [name for name in facts.fonts if not name.startswith(limits.FAMILIES)]
    if foreign:
        yield Fault(
            "font_families",
            REFUSED,
            PrintError("uses fonts that the plugin does not bring: {fonts}", fonts=foreign),
        )
    if facts.bare:
        yield Fault(
            "fonts_embedded",
            REFUSED,
            PrintError("does not carry its fonts whole: {fonts}", fonts=facts.bare),
        )


def words_are_found_again(facts: PdfFacts, proof: Proof) -> Iterator[Fault]:
    """What was to be written is in the file as text, page by page, in both scripts."""
    planned: Counter = Counter()
    missing: Counter = Counter()
    for number, page in enumerate(facts.pages[: len(proof.plan.pages)]):
        words = Counter(w for label in proof.written_on(number) for w in words_of(label.text))
        planned += words
        missing += words - page.words
    few = _too_many(planned, missing, arabic=True) or _too_many(planned, missing, arabic=False)
    if few or set(missing) & _names(proof):
        yield Fault(
            "words_found",
            REFUSED,
            PrintError(
                "{count} of its {total} words cannot be found in it: {words}",
                count=sum(missing.values()),
                total=sum(planned.values()),
                words=list(missing)[:_TOLD],
            ),
        )


def _too_many(planned: Counter, missing: Counter, arabic: bool) -> bool:
    """Tell whether more words of a script are missing than may be."""
    every = sum(count for word, count in planned.items() if is_arabic(word) == arabic)
    gone = sum(count for word, count in missing.items() if is_arabic(word) == arabic)
    return gone > (1 - limits.WORDS) * every


def _names(proof: Proof) -> set[str]:
    """Return the words of the names that must be found: the region's and its provinces'."""
    units = (proof.plan.content.region, *proof.plan.content.provinces)
    names = (getattr(unit, f"name_{language}") for unit in units
             for language in proof.plan.edition.languages)  # fmt: skip
    return {word for name in names for word in words_of(name)}


def properties_are_set(facts: PdfFacts, proof: Proof) -> Iterator[Fault]:
    """The file says its title, author and language, and has an outline."""
    language = proof.plan.edition.languages[0]
    region = getattr(proof.plan.content.region, f"name_{language}")
    wrong = [
        name
        for name, right in (
            ("Title", region in facts.title),
            ("Author", bool(facts.author)),
            ("Lang", facts.language == language),
            ("Outlines", facts.outline > 0),
        )
        if not right
    ]
    if wrong:
        yield Fault(
            "properties", MARKED, PrintError("its properties are not set: {names}", names=wrong)
        )


PDF_RULES = (pages_are_whole, fonts_are_the_plugins, words_are_found_again, properties_are_set)


def check_images(paths: Sequence[Path], proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with a sheet's images: number, size, blankness."""
    page = proof.plan.frames.page
    faults = []
    if len(paths) != len(proof.plan.pages):
        faults.append(
            Fault(
                "page_count",
                REFUSED,
                PrintError(
                    "has {pages} pages instead of {planned}",
                    pages=len(paths),
                    planned=len(proof.plan.pages),
                ),
            )
        )
    planned = [round(side / 25.4 * limits.DPI) for side in (page.width, page.height)]
    for number, path in enumerate(paths, 1):
        reader = QImageReader(str(path))
        size = reader.size()
        if max(abs(size.width() - planned[0]), abs(size.height() - planned[1])) > limits.DOTS:
            faults.append(
                Fault(
                    "image_size",
                    REFUSED,
                    PrintError(
                        "its image has {width} x {height} dots, not {planned_width} x "
                        "{planned_height}",
                        width=size.width(), height=size.height(),
                        planned_width=planned[0], planned_height=planned[1],
                    ),
                )
            )  # fmt: skip
        elif _blank(reader):
            error = PrintError("is nearly blank on page {pages}", pages=[number])
            faults.append(Fault("page_blank", REFUSED, error))
    return tuple(faults)


def _blank(reader: QImageReader) -> bool:
    reader.setScaledSize(_SMALL)
    image = reader.read()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    return len(colours) < _COLOURS


def check_index(path: Path, proof: Proof) -> tuple[Fault, ...]:
    """Return what is wrong with the list beside a sheet: it is the list on the sheet.

    Beside the country's sheet it is the table of regions.
    """
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    content = proof.plan.content
    if content.web_region:
        known = [(str(entry.number), entry.site["site_id"]) for entry in content.entries]
        told = [(row["number"], row["site_id"]) for row in rows]
        right = told == known and [int(one) for one, _site in told] == [*listed_numbers(proof)]
    else:
        known = [(f"R{unit.code}", str(content.total(unit.code))) for unit in content.provinces]
        right = [(row["sheet"], row["total"]) for row in rows] == known
    if right:
        return ()
    said = PrintError("the list {file} beside it is not its own list", file=path.name)
    return (Fault("index_equal", REFUSED, said),)
