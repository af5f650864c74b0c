# SPDX-License-Identifier: GPL-2.0-or-later
"""The services that a site offers, ticked in one list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsVectorLayer
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QDialog, QListWidgetItem, QWidget

from ...domain.errors import CarteError
from ...domain.site_list import SiteLine
from ...domain.text import fold
from ...gis.editing import Row, to_row
from ...gis.site_edits import offers_of, set_services
from ..language import direction, isolated, name, name_buttons, number
from ..plain import tip
from ..session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_KEY = Qt.ItemDataRole.UserRole
_FOLDED = Qt.ItemDataRole.UserRole + 1
translate = QCoreApplication.translate


class ServicesDialog(QDialog, Form):
    """Every service that is not closed, those of the site's institution first."""

    def __init__(
        self,
        session: Session,
        site: SiteLine,
        services: QgsVectorLayer,
        offers: QgsVectorLayer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(direction())
        name_buttons(self.buttons)
        self.session, self.site, self.offers = session, site, offers
        self.siteName.setText(isolated(site.name))
        rows = [to_row(feature) for feature in services.getFeatures()]
        given = offers_of(offers, site.key)
        self._offered = {row["service_id"] for row in given if row["status"] != "closed"}
        open_ones = [row for row in rows if row["status"] != "closed" or self._is_offered(row)]
        for row in sorted(open_ones, key=self._place):
            self._add(row)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._count)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._count()

    def _is_offered(self, row: Row) -> bool:
        return row["service_id"] in self._offered

    def _place(self, row: Row) -> tuple[bool, bool, str]:
        other = row["institution_code"] != self.site.institution
        return (not self._is_offered(row), other, fold(_title(row)))

    def _add(self, row: Row) -> None:
        text = translate("CarteCP3", "{service} ({institution})").format(
            service=isolated(_title(row)), institution=isolated(row["institution_code"])
        )
        item = QListWidgetItem(text)
        item.setToolTip(tip(text))
        item.setData(_KEY, row["service_id"])
        item.setData(_FOLDED, fold(f"{row['name_fr']} {row['name_ar']} {row['institution_code']}"))
        checked = Qt.CheckState.Checked if self._is_offered(row) else Qt.CheckState.Unchecked
        item.setCheckState(checked)
        self.list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def ticked(self) -> set[str]:
        """Return the keys of the services that are ticked."""
        checked = Qt.CheckState.Checked
        return {item.data(_KEY) for item in self._items() if item.checkState() == checked}

    def _filter(self, text: str) -> None:
        words = fold(text).split()
        for item in self._items():
            item.setHidden(not all(word in item.data(_FOLDED) for word in words))

    def _count(self, *_changed) -> None:
        text = translate("CarteCP3", "Services offered here: {count}")
        self.count.setText(text.format(count=number(len(self.ticked()))))

    def accept(self) -> None:
        """Let the site offer what is ticked, as one step of undo."""
        try:
            set_services(self.offers, self.site.key, self.ticked())
        except CarteError as error:
            self.session.say_error(error)
            return
        super().accept()


def _title(row: Row) -> str:
    return (name(row) if row.get("name_fr") else row.get("name_ar")) or row["service_id"]
