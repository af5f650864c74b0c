# SPDX-License-Identifier: GPL-2.0-or-later
"""Labels of the map in several languages: what a feature would be called in each of them.

A layer has its names in columns called after the language (``name_fr``, ``name_ar``). Whatever
expression makes a label of one of them makes it of the others, once their texts stand in its
place; the page then writes the label that its reader understands.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping

from qgis.core import QgsFeature

from ....domain.text import fold

#: Columns of one text by language, for each such text.
Columns = Mapping[str, Mapping[str, str]]
#: A text belongs to several languages if one of its columns is that of this one.
FRENCH = "fr"
_COLUMN = re.compile(r"(.+)_([a-z]{2,3})")
_CLASS = "cp3-said"


def language_columns(names: Iterable[str]) -> Columns:
    """Return the columns that hold one text in several languages, by text, then by language."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        match = _COLUMN.fullmatch(name)
        if match:
            found.setdefault(match[1], {})[match[2]] = name
    return {text: one for text, one in found.items() if FRENCH in one and len(one) > 1}


def translations(feature: QgsFeature, columns: Columns) -> dict[str, QgsFeature]:
    """Return the feature as it would be if it had one language only, for each that it has."""
    languages = dict.fromkeys(code for one in columns.values() for code in one)
    found = {code: _in_language(feature, columns, code) for code in languages}
    return {code: one for code, one in found.items() if one is not None}


def says_several(label: str, feature: QgsFeature, columns: Columns) -> bool:
    """Does a label say a text in two languages already?"""
    shown = _letters(label)
    return any(
        len({text for text in map(_letters, _texts(feature, one).values()) if text in shown}) > 1
        for one in columns.values()
    )


def marked(own: str, others: Mapping[str, str]) -> str:
    """Return HTML of a label (HTML too) with what it is in other languages (plain text)."""
    # Double quotes become escaped ones in JSON, and what stands between two of these loses its
    # spaces in qgis2web 4.1.
    given = "".join(
        f" data-cp3-{code}='{html.escape(text).replace(chr(10), '&#10;')}'"
        for code, text in others.items()
    )
    return f"<span class='{_CLASS}'{given}>{own}</span>" if given else own


def is_marked(text: str | None) -> bool:
    """Say whether a label has other languages."""
    return (text or "").startswith(f"<span class='{_CLASS}'")


def _in_language(feature: QgsFeature, columns: Columns, language: str) -> QgsFeature | None:
    changed = QgsFeature(feature)
    said = False
    for by_language in columns.values():
        text = _texts(feature, by_language).get(language)
        for name in by_language.values() if text else ():
            changed[name] = text
            said = True
    return changed if said else None


def _texts(feature: QgsFeature, by_language: Mapping[str, str]) -> dict[str, str]:
    values = {code: feature[name] for code, name in by_language.items()}
    return {code: one for code, one in values.items() if isinstance(one, str) and one.strip()}


def _letters(text: str) -> str:
    return "".join(one for one in fold(text) if one.isalpha())
