# SPDX-License-Identifier: GPL-2.0-or-later
"""Closing sites: why, since when, and which site stands in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QDate, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QListWidgetItem, QWidget

from ...domain.errors import CarteError
from ...domain.schema import load_schema
from ...domain.site_list import SiteFilter, SiteLine
from ...gis.site_edits import close_sites
from ..language import direction, isolated, label, name_buttons, ui_locale
from ..session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_KEY = Qt.ItemDataRole.UserRole
_MOST = 20  # candidates listed


class CloseDialog(QDialog, Form):
    """Closes the sites that are selected, as one step of undo; ``find`` searches for others."""

    def __init__(
        self,
        session: Session,
        layer: QgsVectorLayer,
        chosen: Sequence[SiteLine],
        find: Callable[[SiteFilter, int], Sequence[SiteLine]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(direction())
        name_buttons(self.buttons)
        self.session, self.layer = session, layer
        self._keys = [line.key for line in chosen]
        self._find = find
        for term in load_schema().vocabulary("closure_reason"):
            self.reason.addItem(label(term.labels), term.code)
        self.day.setLocale(ui_locale())
        self.day.setDate(QDate.currentDate())
        self.day.setMaximumDate(QDate.currentDate())
        self.replacement.textChanged.connect(self._look)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._look("")

    def _look(self, text: str) -> None:
        """List the open sites that a text may mean."""
        self.candidates.clear()
        wanted = SiteFilter(text=text, open=True, without=tuple(self._keys))
        found = self._find(wanted, _MOST) if text.strip() else []
        for line in found:
            item = QListWidgetItem(isolated(f"{line.name} ({line.institution}, {line.commune})"))
            item.setData(_KEY, line.key)
            self.candidates.addItem(item)
        self.candidates.setVisible(bool(found))
        lost = bool(text.strip()) and not found
        self.missing.setVisible(lost)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not lost)
        if found:
            self.candidates.setCurrentRow(0)

    def accept(self) -> None:
        """Close the sites."""
        item = self.candidates.currentItem()
        replacement = item.data(_KEY) if item is not None else ""
        day = self.day.date()
        try:
            close_sites(
                self.layer,
                self._keys,
                self.reason.currentData(),
                replacement,
                date(day.year(), day.month(), day.day()),
            )
        except CarteError as error:
            self.session.say_error(error)
            return
        super().accept()
