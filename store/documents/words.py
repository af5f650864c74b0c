# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of reports (``data/report_texts.csv``) and the names of what they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...domain.places import Unit
from ...domain.schema import DATA
from ...domain.titles import label, load_titles
from ...domain.writing import written_phone
from ..boundaries import load_units

TEXTS_FILE = DATA / "report_texts.csv"
#: What keeps a telephone or a date from being turned round inside Arabic text.
_LEFT_TO_RIGHT = "\u2066{}\u2069"


@dataclass(frozen=True)
class Words:
    """Texts and names in a language (``fr``, ``ar`` or ``en``), French where it has none."""

    language: str

    def __call__(self, name: str, **values: Any) -> str:
        """Return a text with its blanks filled; KeyError if there is none of that name."""
        return label(load_titles(TEXTS_FILE)[name], self.language).format(**values)

    def name(self, record: Mapping[str, Any], field: str = "name") -> str:
        """Return a record's name, in the other script rather than none."""
        languages = (self.language, "fr", "ar", "en")
        return next(filter(None, (record.get(f"{field}_{one}") for one in languages)), "")

    def institution(self, row: Mapping[str, Any]) -> str:
        """Return what an institution is called in passing."""
        return self.name(row, "short_name") or self.name(row) or row.get("code") or ""

    def unit(self, code: str | None) -> str:
        """Return the name of a region, province or commune, "" if there is none."""
        unit = load_units().get(code or "")
        return "" if unit is None else self.of_unit(unit)

    def of_unit(self, unit: Unit) -> str:
        """Return the name of a unit."""
        return (unit.name_ar if self.language == "ar" else "") or unit.name_fr

    def region(self, code: str) -> str:
        """Return the name of a region, or that there is none."""
        return self.unit(code) or self("no_region")

    def listed(self, parts) -> str:
        """Return several names as one text."""
        return ("، " if self.language == "ar" else ", ").join(parts)

    def plain(self, text: str) -> str:
        """Return a telephone or a date that keeps its direction."""
        return _LEFT_TO_RIGHT.format(text) if self.language == "ar" and text else text

    def phone(self, number: str) -> str:
        """Return a telephone number as it is dialled in the country."""
        return self.plain(written_phone(number))
