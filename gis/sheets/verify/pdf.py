# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading back a PDF as Qt writes it: what a printing library calls a success may be blank.

pypdf reads the file's objects. Its own reading of text takes seconds a page; the words are taken
from the drawing operators instead, which Qt writes plainly: in each block of text one font and
one line of glyphs, each with its way from the last one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..charter import POINT

#: What draws: letters, strokes, fills.
_DRAWING = (b"Tj", b"TJ", b"\nS\n", b"\nf\n", b"\nf*\n", b"\nB\n", b"\nB*\n")
#: Where a block of text starts, and where it ends.
_BEGIN, _END = b"BT\n", b"\nET"
#: In a block of text: its font, and each glyph with the way to it.
_TYPEFACE = re.compile(rb"/(\w+) [\d.]+ Tf")
_GLYPH = re.compile(rb"(-?[\d.]+) -?[\d.]+ Td\s+<([0-9A-Fa-f]{4})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
#: Arabic letters, as they are typed and in their shapes, without signs between or above them.
_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe80-\ufefc"
_WORD = re.compile(rf"[{_ARABIC}]+|[^\W\d_{_ARABIC}]+|\d+")
_IS_ARABIC = re.compile(f"[{_ARABIC}]")
_MARKS = re.compile("[\u064b-\u0655\u0670\u0640]")


@dataclass(frozen=True)
class PdfPage:
    """A page: width and height in mm, drawing operators, and how often each word is on it."""

    width: float
    height: float
    operators: int
    words: Counter


@dataclass(frozen=True)
class PdfFacts:
    """What a PDF is made of.

    ``fonts`` are the names of its fonts, ``bare`` those that are not embedded or have no table
    back to Unicode; ``outline`` how many entries it has.
    """

    pages: tuple[PdfPage, ...]
    fonts: tuple[str, ...]
    bare: tuple[str, ...]
    title: str
    author: str
    language: str
    outline: int


def pdf_facts(path: Path) -> PdfFacts:
    """Read the facts of a PDF; ValueError or OSError if it is none."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        # Given as bytes, so that no file stays open.
        with path.open("rb") as handle:
            reader = PdfReader(handle)
            return _facts(reader)
    except (PyPdfError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _facts(reader: Any) -> PdfFacts:
    fonts: dict[str, _Font] = {}
    pages = tuple(_page(page, fonts) for page in reader.pages)
    about = reader.metadata
    return PdfFacts(
        pages=pages,
        fonts=tuple(sorted({font.name for font in fonts.values()})),
        bare=tuple(sorted({font.name for font in fonts.values() if not font.whole})),
        title=(about and about.title) or "",
        author=(about and about.author) or "",
        language=str(reader.trailer["/Root"].get("/Lang", "")),
        outline=len(reader.outline),
    )


@dataclass(frozen=True)
class _Font:
    name: str
    whole: bool
    letters: Mapping[bytes, str]


def _page(page: Any, fonts: dict[str, _Font]) -> PdfPage:
    words: Counter = Counter()
    operators = 0
    for content, resources in _contents(page):
        here = {name[1:].encode("ascii"): _font(one, fonts)
                for name, one in (resources.get("/Font") or {}).items()}  # fmt: skip
        operators += sum(map(content.count, _DRAWING))
        for line in _lines(content, here):
            words.update(words_of(line, True))
    box = page.mediabox
    return PdfPage(float(box.width) * POINT, float(box.height) * POINT, operators, words)


def _contents(page: Any) -> Iterator[tuple[bytes, Any]]:
    """Yield what a page draws, and what it draws by reference, with the fonts of each."""
    content = page.get_contents()
    resources = page["/Resources"].get_object()
    yield content.get_data() if content is not None else b"", resources
    forms = (resources.get("/XObject") or {}).get_object().values() if resources.get(
        "/XObject") else ()  # fmt: skip
    for one in forms:
        form = one.get_object()
        if form.get("/Subtype") == "/Form":
            yield form.get_data(), (form.get("/Resources") or resources).get_object()


def _font(reference: Any, known: dict[str, _Font]) -> _Font:
    key = str(getattr(reference, "idnum", id(reference)))
    if key not in known:
        font = reference.get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        about = inner.get("/FontDescriptor") or {}
        about = about.get_object() if hasattr(about, "get_object") else about
        embedded = any(f"/FontFile{kind}" in about for kind in ("", 2, 3))
        table = font.get("/ToUnicode")
        letters = to_unicode(table.get_object().get_data()) if table is not None else {}
        name = re.sub("^[A-Z]{6}[+]", "", str(font["/BaseFont"])[1:])
        known[key] = _Font(name, embedded and bool(letters), letters)
    return known[key]


def to_unicode(table: bytes) -> dict[bytes, str]:
    """Return a font's table from its glyphs' codes, in four hexadecimal figures, to letters."""
    found: dict[int, str] = {}
    for one in _PAIRS.findall(table):
        codes = _HEX.findall(one)
        found.update({int(code, 16): _letters(text) for code, text in zip(codes[::2], codes[1::2])})
    for first, last, start, listed in _RANGE.findall(table):
        codes = range(int(first, 16), int(last, 16) + 1)
        if listed:
            found.update(zip(codes, map(_letters, _HEX.findall(listed))))
        elif start and len(codes) < 0x10000:
            found.update({code: chr(int(start, 16) + rank) for rank, code in enumerate(codes)})
    return {b"%04X" % code: text for code, text in found.items()}


def _letters(code: bytes) -> str:
    return bytes.fromhex(code.decode("ascii")).decode("utf-16-be", "replace")


def _lines(content: bytes, fonts: Mapping[bytes, _Font]) -> Iterator[str]:
    """Yield the text of each block, as it stands on the paper from left to right."""
    for block in content.split(_BEGIN)[1:]:
        block = block[: block.find(_END)]
        typeface = _TYPEFACE.search(block)
        if typeface is None or typeface.group(1) not in fonts:
            continue
        letters = fonts[typeface.group(1)].letters
        glyphs = _GLYPH.findall(block)
        line = [letters.get(code.upper(), "\ufffd") for _way, code in glyphs]
        ways = [way for way, _code in glyphs]
        if b"-" in b"".join(ways):  # not from the left on
            places = list(accumulate(map(float, ways)))
            line = [line[at] for at in sorted(range(len(line)), key=places.__getitem__)]
        yield "".join(line)


def words_of(text: str, from_the_left: bool = False) -> Iterator[str]:
    """Yield the words and numbers of a text, Arabic as it is typed, without marks.

    ``from_the_left`` says that Arabic stands in the order of the paper, not of reading.
    """
    for word in _WORD.findall(_MARKS.sub("", text)):
        if from_the_left and _IS_ARABIC.search(word):
            word = word[::-1]
        yield unicodedata.normalize("NFKC", word)
