# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the table of sites gets its lines: short questions to the store, one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from ...domain.schema import load_schema
from ...domain.site_list import SiteFilter, SiteLine, SiteReader
from ...store.boundaries import load_units
from ...store.database import Store
from ...store.listing import Order, Page, count_sites, read_page
from ..language import ui_language
from ..session import Session

PAGE = 200
#: So many sites are counted; of more it is only said that they are more.
COUNTED = 10_000
#: So many lines are put together at most, at the wish of who selects.
MOST = 10_000


class SitesSource:
    """A filter, an order, and how far the list has been read.

    ``count`` is how many sites the filter keeps, more than ``COUNTED`` if they were not counted
    further.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._page = Page([], None)
        self._order = Order(language=ui_language())
        self.wanted = SiteFilter()
        self.count = 0
        self._by_name: Mapping[str, tuple[str, ...]] = {}
        self.reader: SiteReader | None = None

    def start(self, institutions: Mapping[str, str]) -> None:
        """Make ready for a store that is read (again); institutions have a name by their code."""
        reader = self.reader = SiteReader(load_schema(), load_units(), ui_language())
        self._by_name = {
            "institution": tuple(sorted(institutions, key=lambda code: institutions[code])),
            "commune": tuple(reader.communes_by_name()),
            "kind": tuple(reader.kinds_by_name()),
        }
        self.sort(self._order.column, self._order.descending)

    def sort(self, column: str, descending: bool) -> None:
        """Sort by a column of the table from the next page read on."""
        columns = {"institution": "institution_code", "commune": "commune_code"}
        shown = {stored: name for name, stored in columns.items()}.get(column, column)
        codes = self._by_name.get(shown, ())
        self._order = Order(columns.get(column, column), descending, codes, ui_language())

    @property
    def has_more(self) -> bool:
        """Whether there is another page."""
        return self._page.mark is not None

    def first(self) -> list[SiteLine]:
        """Read the first page, and count."""

        def work(store: Store) -> tuple[Page, int]:
            page = read_page(store, self.wanted, self._order, size=PAGE)
            whole = page.mark is None
            return page, len(page.rows) if whole else count_sites(store, self.wanted, COUNTED)

        self._page, self.count = self._asked(work) or (Page([], None), 0)
        return self._lines(self._page)

    def more(self) -> list[SiteLine]:
        """Read the next page; nothing if the store cannot be asked just now."""
        after = self._page.mark
        page = self._asked(lambda store: read_page(store, self.wanted, self._order, after, PAGE))
        if page is None:
            return []
        self._page = page
        return self._lines(page)

    def among(self, keys: Collection[str]) -> list[SiteLine]:
        """Return those of some sites that the filter keeps."""
        wanted = replace(self.wanted, keys=tuple(keys))
        return self.find(wanted, MOST)

    def find(self, wanted: SiteFilter, most: int) -> list[SiteLine]:
        """Return the first sites of another search."""
        page = self._asked(lambda store: read_page(store, wanted, self._order, size=most))
        return self._lines(page) if page else []

    def _asked(self, work: Any) -> Any:
        return self._session.at_once(work) if self.reader is not None else None

    def _lines(self, page: Page) -> list[SiteLine]:
        return [self.reader.line(row) for row in page.rows] if self.reader is not None else []
