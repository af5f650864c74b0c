# SPDX-License-Identifier: GPL-2.0-or-later
"""What an error says to a person: its English template and values in the person's language.

The French and Arabic of each template are data (``data/errors.csv``), found by the English
text; a template that is not there is said in English, so that no error is ever silent.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..domain.datafiles import DATA
from ..domain.errors import CarteError
from .titles import interface_locale

ERRORS_FILE = DATA / "errors.csv"
_SEPARATORS = {"ar": "، "}
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")


def spoken(error: CarteError) -> str:
    """Return what an error says in QGIS's language, in English if that has no translation."""
    return error_sentence(error, interface_locale()[:2].lower())


def error_sentence(error: CarteError, language: str) -> str:
    """Return what an error says in a language, with its own values."""
    template = load_errors().get(error.template, {}).get(language)
    if not template:
        return str(error)
    return template.format_map(
        {name: isolated(listed(one, language), language) for name, one in error.values.items()}
    )


@lru_cache(maxsize=4)
def load_errors(path: Path = ERRORS_FILE) -> Mapping[str, Mapping[str, str]]:
    """Read the templates: English text to language to text."""
    with path.open(encoding="utf-8", newline="") as handle:
        return {row.pop("en"): row for row in csv.DictReader(handle)}


def listed(value: Any, language: str) -> str:
    """Return a value as text: several as an enumeration, an error as its sentence, a label."""
    if isinstance(value, CarteError):
        return error_sentence(value, language)
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("fr"))
    if isinstance(value, (list, tuple)):
        return _SEPARATORS.get(language, ", ").join(map(str, value))
    return str(value)


def isolated(text: str, language: str) -> str:
    """Keep a value of the other script from turning the sentence round (Unicode UAX 9)."""
    arabic = _ARABIC.search(text) is not None
    foreign = arabic if language != "ar" else text.isascii() or not arabic
    return f"\u2068{text}\u2069" if foreign else text
