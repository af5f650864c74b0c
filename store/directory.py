# SPDX-License-Identifier: GPL-2.0-or-later
"""The institutions of a store, and those that the plugin knows and a file names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ..domain.columns import HEADER_WITHIN, taken_headings
from ..domain.errors import TableError
from ..domain.text import fold
from .database import Row, Store
from .institutions import institution_row, known_institutions


class Directory:
    """Finds institutions by code or name; ``added`` are those the store does not have yet."""

    def __init__(self, store: Store, institution: str, source: Path) -> None:
        self.added: list[Row] = []
        self._store = store
        self._by_name: dict[str, str] = {}
        present = store.rows("institution")
        known = known_institutions()
        self._known = {row["code"]: row for row in known}
        self._present = {row["code"] for row in present}
        for row in (*known, *present):
            spellings = [value for name, value in row.items() if "name" in name and value]
            spellings += [row["code"], *(row.get("synonyms") or "").split("|")]
            for spelling in filter(None, spellings):
                self._by_name.setdefault(fold(spelling), row["code"])
        self.nearest = lru_cache(maxsize=1024)(self._nearest)
        self.codes = sorted(self._present | set(self._known))
        self.default = self.find(institution) if institution else None
        if institution and not self.default:
            raise TableError(
                "{file}: there is no institution « {institution} ». Known codes: {codes}.",
                file=source.name,
                institution=institution,
                codes=self.codes,
            )

    def find(self, name: str) -> str | None:
        """Return the code of an institution by code or name, adding it to the plan if new."""
        code = self._by_name.get(fold(name))
        if code and code not in self._present:
            self._present.add(code)
            self.added.append(institution_row(self._known[code], self._store.schema))
        return code

    def _nearest(self, name: str) -> str:
        """Return the code of the institution that is called most like that, "" if none is."""
        close = get_close_matches(fold(name), self._by_name, n=1, cutoff=0.7)
        return self._by_name[close[0]] if close else ""

    def remembered_mapping(self, rows: Sequence[Sequence[str]]) -> dict[str, str]:
        """Return how the columns of a file were read before: asked only once.

        It is that of the last import, by this institution (or without one named), of which a row
        among the first of the file has all headings; else that of the institution's last file.
        """
        code = self.default or None
        batches = self._store.rows("import_batch", institution_code=code, undone_at=None)
        latest = sorted(batches, key=lambda row: row["at"], reverse=True)
        mappings = [json.loads(row["mapping"]) for row in latest if row["mapping"]]
        last = mappings[0] if mappings and code else {}
        titles = [set(map(fold, row)) for row in rows[:HEADER_WITHIN]] if mappings else []
        for mapping in mappings:
            taken = taken_headings(mapping)
            if taken and any(taken <= title for title in titles):
                return mapping
        return last
