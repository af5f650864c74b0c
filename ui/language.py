# SPDX-License-Identifier: GPL-2.0-or-later
"""The language of the person at the screen: texts, direction, numbers and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox

from ..domain.site_list import unit_name
from ..gis.titles import interface_locale, locale
from ..store.boundaries import load_units

translate = QCoreApplication.translate
_LANGUAGES = ("fr", "ar", "en")
FALLBACK = "fr"
#: Numbers stand under each other by their last digit in both directions of writing.
NUMBERS = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


def ui_language() -> str:
    """Return ``fr``, ``ar`` or ``en``: QGIS's language, English if it is another one."""
    code = interface_locale()[:2].lower()
    return code if code in _LANGUAGES else "en"


def direction() -> Qt.LayoutDirection:
    """Return the direction in which that language is written."""
    return ui_locale().textDirection()


def leading() -> Qt.AlignmentFlag:
    """Return the alignment of headings of text, which Qt does not turn round by itself."""
    right = direction() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def as_number(alignment: Qt.AlignmentFlag) -> int:
    """Return an alignment as a model gives it; Qt 5 and Qt 6 keep the number differently."""
    return int(getattr(alignment, "value", alignment))


def label(labels: Mapping[str, str]) -> str:
    """Return a label of the schema in that language, French if it has none."""
    return labels.get(ui_language()) or labels[FALLBACK]


def name(row: Mapping[str, Any]) -> str:
    """Return a record's name in that language, French if it has none."""
    return row.get(f"name_{ui_language()}") or row["name_fr"]


def short_name(row: Mapping[str, Any]) -> str:
    """Return what an institution is called in passing: its short name, else its name."""
    names = (f"short_name_{ui_language()}", "short_name_fr")
    return next((row[one] for one in names if row.get(one)), name(row))


def number(value: int) -> str:
    """Return a number as that language writes it."""
    return ui_locale().toString(value)


def moment(text: str) -> str:
    """Return a stored moment (ISO 8601, UTC) as local date and time, or as it stands."""
    stored = QDateTime.fromString(text, Qt.DateFormat.ISODate)
    if not stored.isValid():
        return text
    return ui_locale().toString(stored.toLocalTime(), QLocale.FormatType.ShortFormat)


def day(value: QDate) -> str:
    """Return a day as that language writes it in short, "" for none."""
    return ui_locale().toString(value, QLocale.FormatType.ShortFormat) if value.isValid() else ""


def position(lat: float, lon: float) -> str:
    """Return a position in degrees, written from left to right in every language."""
    return f"\u2066{lat:.5f}, {lon:.5f}\u2069"


def mark() -> str:
    """Return what makes a text that begins with it run in the direction of that language."""
    return "\u200f" if direction() == Qt.LayoutDirection.RightToLeft else "\u200e"


def isolated(text: str) -> str:
    """Return a name or path that keeps its own direction inside a sentence of another one."""
    return f"\u2068{text}\u2069"


def listed(names: Iterable[str]) -> str:
    """Return names as a list inside a sentence, each in its own direction."""
    comma = "، " if ui_language() == "ar" else ", "
    return comma.join(map(isolated, names))


def regions() -> list[tuple[str, str]]:
    """Return code and name of each region of the country, in their order."""
    units = (unit for unit in load_units().values() if unit.level == "region")
    return sorted((unit.code, unit_name(unit, ui_language())) for unit in units)


def name_buttons(buttons: QDialogButtonBox, main: str = "") -> None:
    """Name buttons in that language: Qt has no Arabic of its own on every computer.

    ``main`` is what the button that accepts is called, OK if nothing is given.
    """
    accept = main or translate("CarteCP3", "OK")
    names = {
        QDialogButtonBox.StandardButton.Ok: accept,
        QDialogButtonBox.StandardButton.Save: accept,
        QDialogButtonBox.StandardButton.Cancel: translate("CarteCP3", "Cancel"),
        QDialogButtonBox.StandardButton.Close: translate("CarteCP3", "Close"),
    }
    for which, text in names.items():
        if buttons.button(which) is not None:
            buttons.button(which).setText(text)


def ui_locale() -> QLocale:
    """Return how that language writes dates and numbers."""
    return locale(ui_language())
