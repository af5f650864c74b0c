# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts that are data: a file with one line a text and one column a language.

For what is read by others than the person at the screen, in a language of its own: titles in a
saved project, reports. The plugin's own texts go through Qt's translations.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import SchemaError

if TYPE_CHECKING:
    from .terms import Labels

FALLBACK = "fr"


def label(labels: Labels, language: str) -> str:
    """Return a label in a language, French where it has none."""
    return labels.get(language) or labels[FALLBACK]


@lru_cache(maxsize=4)
def load_titles(path: Path) -> dict[str, Labels]:
    """Read a file of texts: name to language to text; SchemaError names a line without French."""
    titles: dict[str, Mapping[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            name = row.pop("name")
            if not row.get(FALLBACK):
                raise SchemaError(
                    "{file}, line {line}: {title} has no text in {language}.",
                    file=path.name,
                    line=line,
                    title=name,
                    language=FALLBACK,
                )
            titles[name] = row
    return titles
