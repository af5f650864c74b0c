# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Style »: how sites are shown, kept, and the way back to the plugin's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt
from qgis.PyQt.QtGui import QIcon, QPixmap
from qgis.PyQt.QtWidgets import QFileDialog, QHeaderView, QTreeWidgetItem, QWidget

from ..domain.errors import CarteError
from ..domain.schema import load_schema
from ..gis.site_style import SiteStyle
from ..gis.style import institution_symbol, with_symbol
from ..store.database import Row
from .language import isolated, leading, name, number, short_name, ui_language
from .map_view import restore_styles, store_folder
from .overview import Overview
from .plain import tip
from .session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
ICON = QSize(22, 22)
#: Scales (1:…) from which names may show.
SCALES = (10_000, 25_000, 60_000, 150_000, 500_000)
translate = QCoreApplication.translate


def institution_icon(row: Row, approximate: bool = False) -> QIcon:
    """Return an institution's symbol as an icon, full or hollow."""
    symbol = institution_symbol(row, approximate=approximate)
    return QIcon(QPixmap.fromImage(symbol.asImage(ICON)))


class StylePanel(QWidget, Form):
    """The legend of the sites, as screen, page and sheets show it."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self._institutions: Sequence[Row] = ()
        self.legend.setIconSize(ICON)
        header = self.legend.header()
        self.legend.headerItem().setTextAlignment(0, leading())
        for section in (1, 2):
            self.legend.headerItem().setTextAlignment(section, Qt.AlignmentFlag.AlignCenter)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self._offer_choices()
        self.by.currentIndexChanged.connect(self.show_legend)
        self.applyButton.clicked.connect(self.apply)
        self.keepButton.clicked.connect(self.keep)
        self.fileButton.clicked.connect(self.save_file)
        self.restoreButton.clicked.connect(self.restore)
        session.overview_changed.connect(self.show_overview)

    def _offer_choices(self) -> None:
        french, arabic = translate("CarteCP3", "French"), translate("CarteCP3", "Arabic")
        for text, value in (
            (translate("CarteCP3", "Institution"), "institution"),
            (translate("CarteCP3", "Theme of the services"), "theme"),
            (translate("CarteCP3", "Status"), "status"),
        ):
            self.by.addItem(text, value)
        for text, codes in (
            (french, ("fr",)),
            (arabic, ("ar",)),
            (translate("CarteCP3", "French and Arabic"), ("fr", "ar")),
            (translate("CarteCP3", "No names"), ()),
        ):
            self.names.addItem(text, codes)
        for scale in SCALES:
            self.namesFrom.addItem(isolated(f"1:{number(scale)}"), scale)
        for text, value in (
            (translate("CarteCP3", "As they are"), "none"),
            (translate("CarteCP3", "One disc with their number"), "cluster"),
            (translate("CarteCP3", "On a ring around their place"), "displacement"),
        ):
            self.stacked.addItem(text, value)
        self._choose(SiteStyle(names=(ui_language(),)))

    def _choose(self, style: SiteStyle) -> None:
        """Let the choices be those of a style."""
        names = [tuple(self.names.itemData(row)) for row in range(self.names.count())]
        self.names.setCurrentIndex(names.index(style.names) if style.names in names else 0)
        for choice, value in (
            (self.by, style.by),
            (self.stacked, style.stacked),
            (self.namesFrom, int(style.names_from)),
        ):
            choice.setCurrentIndex(choice.findData(value))

    def apply(self) -> None:
        """Give the layer of sites the style that is chosen."""
        from ..gis.project import find_layer
        from ..gis.site_style import style_sites

        layer = self._sites()
        if layer is None:
            return
        chosen = SiteStyle(
            by=self.by.currentData(),
            names=tuple(self.names.currentData()),
            stacked=self.stacked.currentData(),
            names_from=self.namesFrom.currentData(),
        )
        project, institutions = self.session.project, self.session.overview.institutions
        services = find_layer(project, "service")
        style_sites(layer, chosen, load_schema(), institutions, ui_language(), services)
        self.session.say(translate("CarteCP3", "The sites have their new style."))

    def keep(self) -> None:
        """Write the style of the sites into the store."""
        from ..gis.style_files import keep_style

        layer = self._sites()
        if layer is None:
            return
        try:
            keep_style(layer)
        except CarteError as error:
            self.session.say_error(error)
            return
        self.session.say(translate("CarteCP3", "The style is kept in the store."))

    def save_file(self) -> None:
        """Ask for a file and write the style of the sites into it."""
        from ..gis.style_files import write_qml

        layer = self._sites()
        if layer is None:
            return
        proposed = store_folder(self.session.location) / "sites.qml"
        path, _filter = QFileDialog.getSaveFileName(
            self, translate("CarteCP3", "Save the style"), str(proposed), "QML (*.qml)"
        )
        if not path:
            return
        try:
            write_qml(layer, Path(path).with_suffix(".qml"))
        except CarteError as error:
            self.session.say_error(error)

    def _sites(self):
        """Return the project's layer of sites; None if it shows none, which is said."""
        from ..gis.project import find_layer

        layer = find_layer(self.session.project, "site")
        if layer is None:
            self.session.say(
                translate("CarteCP3", "The project shows no sites: show the store first."),
                warning=True,
            )
        return layer

    def show_legend(self) -> None:
        """Show the classes that are chosen, the hollow form beside the full one."""
        self.legend.clear()
        self.legend.headerItem().setText(0, self.by.currentText())
        for text, whole, look in self._classes():
            item = QTreeWidgetItem([text])
            item.setToolTip(0, tip(whole))
            item.setIcon(1, institution_icon(look))
            item.setIcon(2, institution_icon(look, approximate=True))
            for section in (1, 2):
                item.setTextAlignment(section, Qt.AlignmentFlag.AlignCenter)
            self.legend.addTopLevelItem(item)

    def _classes(self) -> list[tuple[str, str, Row]]:
        """Return name, whole name and look of each class."""
        from ..gis.site_style import class_renderer

        by, institutions = self.by.currentData(), self._institutions
        if by == "institution":
            return [(short_name(row), name(row), row) for row in institutions]
        renderer = class_renderer(by, load_schema(), institutions, ui_language())
        return [
            (one.label(), one.label(), with_symbol({}, one.symbol().clone()))
            for one in renderer.categories()
        ]

    def show_overview(self, overview: Overview) -> None:
        """Show the institutions of the store."""
        self._institutions = overview.institutions
        self.show_legend()

    def restore(self) -> None:
        """Give the layers of the project the plugin's own styles again."""
        session = self.session
        try:
            restored = restore_styles(session.project, session.location)
        except CarteError as error:
            session.say_error(error)
            return
        self._choose(SiteStyle(names=(ui_language(),)))
        session.say(
            translate("CarteCP3", "Styles restored on {count} layers.").format(
                count=number(restored)
            ),
            warning=not restored,
        )
