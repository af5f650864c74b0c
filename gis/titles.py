# SPDX-License-Identifier: GPL-2.0-or-later
"""Titles and hints that stay inside a saved project, in the language it was made for.

They are data (``data/project_titles.csv``, one column a language) and not translations of the
plugin: the project is opened by others, without the plugin, under another language.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from qgis.core import QgsApplication

from ..domain.errors import SchemaError
from ..domain.schema import DATA, Labels, Schema

TITLES_FILE = DATA / "project_titles.csv"
FALLBACK = "fr"


def interface_locale() -> str:
    """Return the locale that QGIS speaks: ``--lang`` if it was given, else its settings."""
    application = QgsApplication.instance()
    started = application.translation() if isinstance(application, QgsApplication) else ""
    return started or QgsApplication.locale()


def project_language(schema: Schema) -> str:
    """Return QGIS's language if the schema speaks it, else French."""
    code = interface_locale()[:2].lower()
    return code if code in {language.code for language in schema.languages} else FALLBACK


def label(labels: Labels, language: str) -> str:
    """Return a label of the schema in a language, French where it has none."""
    return labels.get(language) or labels[FALLBACK]


def title(name: str, language: str) -> str:
    """Return a title or hint in a language, French where it has none; KeyError if unknown."""
    return label(load_titles()[name], language)


@lru_cache(maxsize=4)
def load_titles(path: Path = TITLES_FILE) -> dict[str, Labels]:
    """Read the titles: name to language to text; SchemaError names a line without French."""
    titles = {}
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
