# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Print »: the A3 sheets of the regions that are ticked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from ..domain.places import Unit
from ..domain.progress import Progress
from ..store.boundaries import load_gazetteer
from ..store.database import Store
from .language import NUMBERS, isolated, leading, number, ui_language
from .overview import Overview
from .session import Session
from .settings import load_settings, save_settings

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
CODE = Qt.ItemDataRole.UserRole
translate = QCoreApplication.translate


class PrintPanel(QWidget, Form):
    """Prints one A3 sheet for each ticked region."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self._new_store = True
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(translate("CarteCP3", "Folder of the sheets"))
        self.language.addItem(translate("CarteCP3", "French and Arabic"), "fr+ar")
        self.language.addItem(translate("CarteCP3", "French"), "fr")
        self.language.addItem(translate("CarteCP3", "Arabic"), "ar")
        self.format.addItem("PDF", "pdf")
        self.format.addItem("PNG", "png")
        settings = load_settings()
        self.language.setCurrentIndex(max(self.language.findData(settings.sheet_language), 0))
        self.format.setCurrentIndex(max(self.format.findData(settings.sheet_format), 0))
        header = self.regions.header()
        self.regions.headerItem().setTextAlignment(0, leading())
        self.regions.headerItem().setTextAlignment(1, NUMBERS)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.printButton.clicked.connect(self.print_sheets)
        self.openButton.clicked.connect(self.open_folder)
        self.allButton.clicked.connect(lambda: self.tick(True))
        self.noneButton.clicked.connect(lambda: self.tick(False))
        self.regions.itemChanged.connect(self._enable)
        self.folder.fileChanged.connect(self._enable)
        self.session.store_changed.connect(self._propose_folder)
        self.session.overview_changed.connect(self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """List the twelve regions; in a store just opened those that have sites are ticked."""
        counts = overview.regions
        if self._new_store:
            ticked = {code for code, count in counts.items() if count}
        else:
            ticked = set(self.ticked())
        self._new_store = False
        self.regions.clear()
        for unit in _regions():
            name = unit.name_ar if ui_language() == "ar" else unit.name_fr
            item = QTreeWidgetItem([name, number(counts.get(unit.code, 0))])
            item.setData(0, CODE, unit.code)
            item.setTextAlignment(1, NUMBERS)
            item.setCheckState(0, _checked(unit.code in ticked))
            self.regions.addTopLevelItem(item)
        self._enable()

    def tick(self, ticked: bool) -> None:
        """Tick all regions, or none."""
        for item in self._items():
            item.setCheckState(0, _checked(ticked))

    def ticked(self) -> tuple[str, ...]:
        """Return the codes of the ticked regions, in their order."""
        return tuple(
            item.data(0, CODE)
            for item in self._items()
            if item.checkState(0) == Qt.CheckState.Checked
        )

    def print_sheets(self) -> None:
        """Print the ticked regions."""
        folder = Path(self.folder.filePath())
        regions = self.ticked()
        language, file_format = self.language.currentData(), self.format.currentData()
        save_settings(print_folder=str(folder), sheet_language=language, sheet_format=file_format)

        def work(store: Store, progress: Progress):
            from ..gis.sheets import print_sheets

            return print_sheets(
                store,
                folder,
                self.session.project,
                regions=regions,
                language=language,
                format=file_format,
                progress=progress,
            )

        self.session.in_foreground(
            translate("CarteCP3", "Printing the sheets"), work, self._printed
        )

    def open_folder(self) -> None:
        """Open the folder of the sheets."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.filePath()))

    def _printed(self, printed) -> None:
        text = translate("CarteCP3", "{files} files printed, with {sites} sites.").format(
            files=number(len(printed.files)), sites=number(printed.count)
        )
        names = "\n".join(isolated(file.name) for file in printed.files)
        self.summary.setText(f"{text}\n{names}")
        self._enable()
        self.session.say(text)

    def _propose_folder(self) -> None:
        """Beside the store, unless a folder was chosen before."""
        self._new_store = True
        self.summary.clear()
        beside = Path(self.session.location).parent / "a3"
        self.folder.setFilePath(load_settings().print_folder or str(beside))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.regions.topLevelItemCount()):
            yield self.regions.topLevelItem(place)

    def _enable(self) -> None:
        ready = self.session.location and self.folder.filePath() and self.ticked()
        self.printButton.setEnabled(bool(ready))
        self.openButton.setEnabled(Path(self.folder.filePath() or "-").is_dir())


def _regions() -> list[Unit]:
    units = load_gazetteer().units.values()
    return sorted((unit for unit in units if unit.level == "region"), key=lambda unit: unit.code)


def _checked(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
