# SPDX-License-Identifier: GPL-2.0-or-later
"""Titles and hints that stay inside a saved project, in the language it was made for.

They are data (``data/project_titles.csv``, one column a language) and not translations of the
plugin: the project is opened by others, without the plugin, under another language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale

from ..domain.datafiles import DATA
from ..domain.titles import FALLBACK, label, load_titles

if TYPE_CHECKING:
    from ..domain.schema import Schema

__all__ = ("TITLES_FILE", "interface_locale", "label", "locale", "project_language", "title")
_LOCALES = {"fr": "fr_FR", "ar": "ar_MA", "en": "en_GB"}
TITLES_FILE = DATA / "project_titles.csv"


def interface_locale() -> str:
    """Return the locale that QGIS speaks: ``--lang`` if it was given, else its settings."""
    application = QgsApplication.instance()
    started = application.translation() if isinstance(application, QgsApplication) else ""
    return started or QgsApplication.locale()


def locale(language: str) -> QLocale:
    """Return how a language (``fr``, ``ar`` or ``en``) writes numbers and dates in Morocco.

    That is with Western digits in Arabic too, as ``ar_MA`` knows and plain ``ar`` does not.
    """
    return QLocale(_LOCALES[language])


def project_language(schema: Schema) -> str:
    """Return QGIS's language if the schema speaks it, else French."""
    code = interface_locale()[:2].lower()
    return code if code in {language.code for language in schema.languages} else FALLBACK


def title(name: str, language: str) -> str:
    """Return a title or hint in a language, French where it has none; KeyError if unknown."""
    return label(load_titles(TITLES_FILE)[name], language)
