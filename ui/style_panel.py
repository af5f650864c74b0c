# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Style »: the institutions' symbols, and the way back to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPixmap
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from ..domain.errors import CarteError
from ..gis.style import institution_symbol
from ..store.database import Row
from . import messages
from .language import leading, name, number, short_name
from .map_view import restore_styles
from .overview import Overview
from .session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
ICON = QSize(22, 22)
translate = QCoreApplication.translate


def institution_icon(row: Row, approximate: bool = False) -> QIcon:
    """Return an institution's symbol as an icon, full or hollow."""
    symbol = institution_symbol(row, approximate=approximate)
    return QIcon(QPixmap.fromImage(symbol.asImage(ICON)))


class StylePanel(QWidget, Form):
    """The legend of the institutions, as screen, page and sheets show it."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.legend.setIconSize(ICON)
        header = self.legend.header()
        self.legend.headerItem().setTextAlignment(0, leading())
        for section in (1, 2):
            self.legend.headerItem().setTextAlignment(section, Qt.AlignmentFlag.AlignCenter)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self.restoreButton.clicked.connect(self.restore)
        session.overview_changed.connect(self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """Show the institutions of the store, the hollow form beside the full one."""
        self.legend.clear()
        for row in overview.institutions:
            item = QTreeWidgetItem([short_name(row)])
            item.setToolTip(0, name(row))
            item.setIcon(1, institution_icon(row))
            item.setIcon(2, institution_icon(row, approximate=True))
            for section in (1, 2):
                item.setTextAlignment(section, Qt.AlignmentFlag.AlignCenter)
            self.legend.addTopLevelItem(item)

    def restore(self) -> None:
        """Give the layers of the project the plugin's own styles again."""
        session = self.session
        try:
            restored = restore_styles(session.project, session.location)
        except CarteError as error:
            messages.say_error(session.iface.messageBar(), error)
            return
        session.say(
            translate("CarteCP3", "Styles restored on {count} layers.").format(
                count=number(restored)
            ),
            warning=not restored,
        )
