# SPDX-License-Identifier: GPL-2.0-or-later
"""A report (``domain.document``) as A4 pages in PDF, fonts embedded, in either direction.

First everything is laid out as blocks, then the blocks are shared among pages, then the pages
are drawn: their number is known before the first is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Callable

from qgis.PyQt.QtCore import QMarginsF, QRectF
from qgis.PyQt.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

from ...domain.document import Document, Table
from ...domain.errors import PrintError
from ...domain.writing import written_date
from ...store.documents.words import Words
from ...store.export_files import replacing_file
from ..sheets.charter import Style
from ..sheets.drawing.fonts import load_fonts
from .table import Block, table_blocks
from .text import ACCENT, HEADING, LEAD, NOTE, TITLE, TextSetter

#: Draws a picture into a rectangle of a page, given in the painter's pixels.
Picture = Callable[[QPainter, QRectF], None]

_RESOLUTION = 600  # dots an inch
_MARGIN = 15.0  # mm
_FOOTER = 8.0  # mm
_PICTURE = 0.5  # of the page's width, its height
_GAP, _WIDE_GAP = 2.0, 6.0  # mm
# Of a page: tables and groups up to these heights are not parted.
_SHORT_TABLE, _SHORT_GROUP = 0.62, 0.45


def print_document(
    document: Document,
    path: Path,
    pictures: Mapping[str, Picture] | None = None,
    on: date | None = None,
) -> int:
    """Write a report as PDF and return its pages; ``pictures`` by the tables' keys.

    The foot of each page says the report's title and day (today if none is given). CarteError
    says why the file could not be written; what stood there before then still does.
    """
    load_fonts()
    with replacing_file(Path(path)) as scratch:
        writer = _writer(document, scratch)
        pages = _Pages(document, writer, pictures or {}, on or date.today())
        painter = QPainter()
        if not painter.begin(writer):
            raise PrintError("{path} cannot be written. Choose another folder.", path=path)
        try:
            return pages.draw(painter)
        finally:
            painter.end()


def _writer(document: Document, path: Path) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setTitle(document.title)
    writer.setCreator("Carte CP3")
    writer.setResolution(_RESOLUTION)
    upright, lying = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            lying if document.landscape else upright,
            QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )
    return writer


class _Pages:
    """The pages of one report on one device."""

    def __init__(
        self, document: Document, writer: QPdfWriter, pictures: Mapping[str, Picture], day: date
    ) -> None:
        self._document = document
        self._writer = writer
        self._pictures = pictures
        self._day = day
        self._setter = TextSetter(writer, document.language)
        self._mm = _RESOLUTION / 25.4
        self._width, self._height = float(writer.width()), float(writer.height())
        self._room = self._height - _FOOTER * self._mm

    def draw(self, painter: QPainter) -> int:
        """Draw all pages and return how many they are."""
        pages = self._shared()
        for number, page in enumerate(pages, start=1):
            if number > 1:
                self._writer.newPage()
            for y, block in page:
                block.draw(painter, y)
            self._foot(painter, number, len(pages))
        return len(pages)

    def _shared(self) -> list[list[tuple[float, Block]]]:
        """Share the blocks among pages."""
        pages: list[list[tuple[float, Block]]] = [[]]
        y = 0.0
        for parts in self._parts():
            blocks = list(parts)
            if blocks and blocks[0].draw is _NEW_PAGE.draw:
                blocks.pop(0)
                if pages[-1]:
                    pages.append([])
                    y = 0.0
            for number, block in enumerate(blocks):
                if block.gap and not pages[-1]:
                    continue
                if pages[-1] and y + _needed(blocks[number:]) > self._room:
                    pages.append([])
                    y = 0.0
                    if block.gap:
                        continue
                    if block.head is not None:
                        pages[-1].append((y, block.head))
                        y += block.head.height
                pages[-1].append((y, block))
                y += block.height
        return pages

    def _parts(self) -> Iterator[Iterable[Block]]:
        """Yield what stands under each other: the title, each table, the notes."""
        document = self._document
        yield self._paragraphs((document.title,), TITLE, _GAP)
        yield self._paragraphs(document.lines, LEAD, 0.5)
        for table in document.tables:
            yield self._kept(list(self._table(table)))
        if document.notes:
            yield (self._space(_GAP), *self._paragraphs(document.notes, NOTE, 0.5))

    def _table(self, table: Table) -> Iterator[Block]:
        if table.new_page:
            yield _NEW_PAGE
        else:
            yield self._space(_WIDE_GAP)
        yield from self._paragraphs((table.title,), HEADING, _GAP, keeps=True)
        picture = self._pictures.get(table.picture)
        if picture is not None:
            if table.before:
                yield from self._paragraphs((table.before,), NOTE, _GAP, keeps=True)
            yield self._picture(picture)
            yield self._space(_GAP)
        yield from table_blocks(table, self._setter, self._width, self._mm)
        if table.after:
            yield self._space(_GAP)
            yield from self._paragraphs(table.after, NOTE, 0.5)

    def _kept(self, blocks: list[Block]) -> Iterator[Block]:
        """Hold together what is short enough: a table without groups, or each group of one."""
        starts = [number for number, block in enumerate(blocks) if block.begins]
        limit = self._room * (_SHORT_GROUP if starts else _SHORT_TABLE)
        ends = [*starts[1:], len(blocks)]
        for start, end in zip([0, *starts[1:]], ends):
            part = blocks[start:end]
            if sum(block.height for block in part) <= limit:
                yield from (replace(block, keeps=True) for block in part[:-1])
                yield part[-1]
            else:
                yield from part

    def _paragraphs(
        self, texts: Sequence[str], style: Style, below: float, keeps: bool = False
    ) -> Iterator[Block]:
        for text in texts:
            laid = self._setter.laid(text, style, self._width)

            def draw(painter: QPainter, y: float, laid=laid) -> None:
                laid.draw(painter, 0, y)

            yield Block(laid.height + below * self._mm, draw, keeps)

    def _picture(self, picture: Picture) -> Block:
        height = self._width * _PICTURE

        def draw(painter: QPainter, y: float) -> None:
            picture(painter, QRectF(0, y, self._width, height))

        return Block(height, draw)

    def _space(self, height: float) -> Block:
        """Return a gap that holds to what follows it."""
        return Block(height * self._mm, lambda _painter, _y: None, keeps=True, gap=True)

    def _foot(self, painter: QPainter, page: int, pages: int) -> None:
        say = Words(self._document.language)
        day = say.plain(written_date(self._day))
        texts = (
            (say("footer", title=self._document.title, day=day), False),
            (say("page", page=page, pages=pages), True),
        )
        for text, at_end in texts:
            laid = self._setter.laid(text, NOTE, self._width, at_end)
            laid.draw(painter, 0, self._height - laid.height)
        line = QRectF(0, self._height - 6 * self._mm, self._width, 0.3 * self._mm)
        painter.fillRect(line, QColor(ACCENT))


_NEW_PAGE = Block(0.0, lambda _painter, _y: None)


def _needed(blocks: Sequence[Block]) -> float:
    """Return the height of a block and of all that it must not be parted from."""
    height = 0.0
    for block in blocks:
        height += block.height
        if not block.keeps:
            break
    return height
