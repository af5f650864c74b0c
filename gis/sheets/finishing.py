# SPDX-License-Identifier: GPL-2.0-or-later
"""Finishing PDF files as Qt writes them: properties, outline, letters that a search finds.

Qt names Arabic letters by their shapes (U+FE8D and on), and a search for the word as it is typed
fails in most viewers. The fonts' tables back to Unicode are rewritten with the letters
themselves; a ligature of two letters stays as it is, for readers would turn its two round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LIST = re.compile(rb"\[[^\[\]]*\]")
#: Qt names the space by the tab that has the same glyph.
_TAB = re.compile(rb"(?<=<)0009(?=>)")
_SHAPE = re.compile(rb"<(F[BCDE][0-9A-F]{2})>", re.IGNORECASE)


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: a page (from 0), its words, and those below it."""

    page: int
    text: str
    below: tuple[Bookmark, ...] = ()

    def moved(self, pages: int) -> Bookmark:
        """Return the entry as it stands behind so many other pages."""
        below = tuple(one.moved(pages) for one in self.below)
        return Bookmark(self.page + pages, self.text, below)


@dataclass(frozen=True)
class Document:
    """What a PDF says of itself; ``language`` is the code of the leading one."""

    title: str
    author: str
    subject: str
    language: str
    outline: tuple[Bookmark, ...]


def finish_pdf(files: Sequence[Path], target: Path, document: Document) -> None:
    """Write files, one behind the other, into one PDF with its properties; target may be one."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=str(files[0]))
    for file in files[1:]:
        writer.append(str(file), import_outline=False)
    _mend_letters(writer)
    _describe(writer, document)
    writer.root_object.pop("/Outlines", None)  # the first file's own
    _outline(writer, document.outline, None)
    scratch = target.with_name(f"{target.name}.part")
    with scratch.open("wb") as handle:
        writer.write(handle)
    scratch.replace(target)


def _describe(writer: Any, document: Document) -> None:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer.add_metadata(
        {"/Title": document.title, "/Author": document.author, "/Subject": document.subject}
    )
    writer.root_object[NameObject("/Lang")] = TextStringObject(document.language)
    # A viewer's window bears the title, and facing pages turn as the language is read.
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    if document.language == "ar":
        shown[NameObject("/Direction")] = NameObject("/R2L")
    writer.root_object[NameObject("/ViewerPreferences")] = shown
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    for page in writer.pages:
        page.trimbox = page.mediabox


def _outline(writer: Any, entries: Iterable[Bookmark], parent: Any) -> None:
    for one in entries:
        _outline(writer, one.below, writer.add_outline_item(one.text, one.page, parent=parent))


def _mend_letters(writer: Any) -> None:
    seen = set()
    for page in writer.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            table = font.get_object().get("/ToUnicode")
            if table is None or id(table.get_object()) in seen:
                continue
            stream = table.get_object()
            seen.add(id(stream))
            stream.set_data(with_letters(stream.get_data()))


def with_letters(table: bytes) -> bytes:
    """Return a font's table to Unicode with letters in the place of their Arabic shapes.

    And with spaces in the place of tabs.
    """
    return _LIST.sub(lambda found: _SHAPE.sub(_letter, _TAB.sub(b"0020", found.group())), table)


def _letter(found: re.Match[bytes]) -> bytes:
    plain = unicodedata.normalize("NFKC", chr(int(found.group(1), 16)))
    return f"<{ord(plain):04X}>".encode("ascii") if len(plain) == 1 else found.group()
