# SPDX-License-Identifier: GPL-2.0-or-later
"""What the committee gets: its figures, its report, and the reach of the services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QHeaderView, QTreeWidgetItem, QWidget

from ...domain.progress import Progress
from ...domain.reach import Group
from ...store.committee import committee_figures
from ...store.database import Store
from ...store.documents.committee import brief_table
from ...store.documents.reach import group_name, write_reach
from ...store.documents.words import Words
from ...store.reach import StoreReach, store_reach
from .. import asking
from ..documents import GRIDS, LANGUAGES, ask_report
from ..language import NUMBERS, isolated, leading, number, ui_language
from ..map_view import beside_store
from ..session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class CommitteeBox(QWidget, Form):
    """Counts on demand: nothing is worked out before somebody asks."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        header = self.figures.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.figures.headerItem().setTextAlignment(0, leading())
        for section in range(1, self.figures.columnCount()):
            self.figures.headerItem().setTextAlignment(section, NUMBERS)
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(self.language.findData(ui_language()), 0))
        self.countButton.clicked.connect(self.count)
        self.reportButton.clicked.connect(self.ask_report)
        self.tableButton.clicked.connect(self.ask_table)
        self.layerButton.clicked.connect(self.ask_layer)
        session.store_changed.connect(self.figures.clear)

    def count(self) -> None:
        """Show the figures at a glance."""
        language = ui_language()

        def work(store: Store, _progress: Progress):
            return brief_table(committee_figures(store), Words(language))

        self.session.read(translate("CarteCP3", "Counting"), work, self._show)

    def ask_report(self) -> None:
        """Ask where the report goes, as PDF or XLSX, and write it."""
        file = ask_report(self, self._beside("comite.pdf"))
        if file:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write the whole report; the file's ending tells XLSX from PDF."""
        language = self.language.currentData()

        def work(store: Store, progress: Progress) -> Path:
            from ...gis.committee import write_committee_report

            write_committee_report(store, file, language, progress=progress)
            return file

        title = translate("CarteCP3", "Writing the committee's report")
        self.session.in_foreground(title, work, self._saved)

    def ask_table(self) -> None:
        """Ask where the table of distances goes, and write it."""
        file = ask_report(self, self._beside("portee.xlsx"), GRIDS)
        if file:
            self.save_table(file)

    def save_table(self, file: Path) -> None:
        """Write people near a service, and each commune's distances."""
        language = self.language.currentData()

        def work(store: Store, _progress: Progress) -> Path:
            write_reach(store_reach(store), file, language)
            return file

        self.session.read(translate("CarteCP3", "Measuring distances"), work, self._saved)

    def ask_layer(self) -> None:
        """Measure, then ask whose reach is to be shown, and where its layer is kept."""
        title = translate("CarteCP3", "Measuring distances")

        def work(store: Store, _progress: Progress) -> StoreReach:
            return store_reach(store)

        self.session.read(title, work, self._ask_group)

    def _ask_group(self, reach: StoreReach) -> None:
        say = Words(ui_language())
        groups = reach.reach.groups
        names = [group_name(group, reach, say) for group in groups]
        title = translate("CarteCP3", "Reach of the services")
        question = translate("CarteCP3", "Whose services?")
        place = asking.asked_item(self, title, question, names)
        if place is None:
            return
        title = translate("CarteCP3", "File of the layer")
        proposed = str(self._beside("portee.gpkg"))
        path, _chosen = QFileDialog.getSaveFileName(self, title, proposed, "GeoPackage (*.gpkg)")
        if path:
            self.show_layer(reach, groups[place], Path(path).with_suffix(".gpkg"))

    def show_layer(self, reach: StoreReach, group: Group, file: Path) -> None:
        """Write the communes with their distances, and add them to the project."""
        language = ui_language()

        def work(_store: Store, _progress: Progress) -> Path:
            from ...gis.reach import add_reach_layer, write_reach_layer

            write_reach_layer(reach, file, language)
            add_reach_layer(self.session.project, file, reach, group, language)
            return file

        title = translate("CarteCP3", "Writing the layer")
        self.session.in_foreground(title, work, self._saved)

    def _show(self, table) -> None:
        self.figures.clear()
        for name, *values in table.rows:
            texts = ["–" if value is None else number(value) for value in values]
            if values[-1] and values[-1] > 0:
                texts[-1] = f"\u200e+{texts[-1]}"
            item = QTreeWidgetItem([name, *texts])
            for section in range(1, len(texts) + 1):
                item.setTextAlignment(section, NUMBERS)
            self.figures.addTopLevelItem(item)

    def _saved(self, file: Path) -> None:
        said = translate("CarteCP3", "Report saved: {file}")
        self.session.say(said.format(file=isolated(str(file))))

    def _beside(self, ending: str) -> Path:
        return beside_store(self.session.location, ending)
