# SPDX-License-Identifier: GPL-2.0-or-later
"""The page's own words (``resources/web/labels.json``) in one language, as the page says them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .values import LANGUAGES

Texts = Mapping[str, str]


class Said(NamedTuple):
    """A text of the data and the language it is really in."""

    text: str
    language: str


def said(texts: Texts | None, language: str) -> Said | None:
    """Return a text in a language, else in French, else in whichever there is."""
    if not texts:
        return None
    for code in (language, *LANGUAGES, *texts):
        text = texts.get(code, "").strip()
        if text:
            return Said(text, code)
    return None


def clock(minute: int) -> str:
    """Return a minute of the day as the clock shows it: 08:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def plural(language: str, number: int) -> str:
    """Return the plural category of a whole number, as CLDR gives it for the page's languages."""
    if language == "ar":
        rest = number % 100
        if number < 3:
            return ("zero", "one", "two")[number]
        return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"
    ones = (0, 1) if language == "fr" else (1,)
    return "one" if number in ones else "other"


@dataclass(frozen=True)
class Words:
    """The labels of the page: by language, then by key."""

    all: Mapping[str, Mapping[str, Any]]
    language: str

    def entry(self, key: str) -> Any:
        """Return what the file holds for a key, French if the language lacks it."""
        return self.all.get(self.language, {}).get(key) or self.all["fr"][key]

    def label(self, key: str, **values: Any) -> str:
        """Return a label with its values in place."""
        pattern = self.entry(key)
        return _filled(pattern, values) if values else pattern

    def counted(self, key: str, number: int) -> str:
        """Return a label that agrees with a number."""
        forms = self.entry(key)
        pattern = forms.get(plural(self.language, number)) or forms["other"]
        return _filled(pattern, {"n": number})

    def long_date(self, iso: str) -> str:
        """Return a date (``2026-05-01``, or a UTC time) in words; what is none as it stands."""
        parts = re.match(r"(\d{4})-(\d\d)-(\d\d)", iso)
        if not parts or not 1 <= int(parts[2]) <= 12:
            return iso
        day = int(parts[3])
        return self.label(
            "date",
            day=self.label("first_day") if day == 1 else day,
            month=self.entry("months")[int(parts[2]) - 1],
            year=parts[1],
        )

    def direction(self, language: str = "") -> str:
        """Return ``rtl`` or ``ltr`` for a language, the page's own if none is named."""
        found = self.all.get(language or self.language, {})
        return "rtl" if found.get("direction") == "rtl" else "ltr"


def load_words(path: Path, language: str) -> Words:
    """Return the labels of a file in a language."""
    return Words(json.loads(path.read_text(encoding="utf-8")), language)


def _filled(pattern: str, values: Mapping[str, Any]) -> str:
    """Put values in their places in one pass, so that a value's own braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), pattern)
