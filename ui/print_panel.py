# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Print »: the A3 sheets of the regions that are ticked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from ..domain.progress import Progress, within
from ..domain.site_list import unit_name
from ..store.database import Store
from .documents import name_path
from .language import NUMBERS, isolated, leading, mark, number, regions, ui_language
from .map_view import store_folder
from .overview import Overview
from .region_map import RegionMap
from .session import Session
from .settings import load_settings, save_settings
from .sheet_doubts import say_printed
from .sheet_preview import SheetPreview

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
CODE = Qt.ItemDataRole.UserRole
#: What the choice of a format means to ``print_sheets``: format, one atlas.
FORMATS = {"pdf": ("pdf", False), "atlas": ("pdf", True), "png": ("png", False)}
translate = QCoreApplication.translate


class PrintPanel(QWidget, Form):
    """Prints one A3 sheet for each ticked region."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self._new_store = True
        self.map = RegionMap(self)
        self.choice.insertWidget(0, self.map)
        self.preview: SheetPreview | None = None
        self._fill()
        self.regions.headerItem().setTextAlignment(0, leading())
        self.regions.headerItem().setTextAlignment(1, NUMBERS)
        header = self.regions.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._connect()
        self._enable()

    def _fill(self) -> None:
        """Fill the choices, and take up those made last."""
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        name_path(self.folder, self.folderLabel, translate("CarteCP3", "Folder of the sheets"))
        title = translate("CarteCP3", "Charter of the sheets")
        name_path(self.charter, self.charterLabel, title)
        self.charter.setFilter("JSON (*.json)")
        self.language.addItem(translate("CarteCP3", "French and Arabic"), "fr+ar")
        self.language.addItem(translate("CarteCP3", "French"), "fr")
        self.language.addItem(translate("CarteCP3", "Arabic"), "ar")
        self.format.addItem(mark() + translate("CarteCP3", "PDF, a file for each sheet"), "pdf")
        self.format.addItem(mark() + translate("CarteCP3", "PDF, one atlas"), "atlas")
        self.format.addItem(mark() + translate("CarteCP3", "PNG, 300 dots to the inch"), "png")
        settings = load_settings()
        self.language.setCurrentIndex(max(self.language.findData(settings.sheet_language), 0))
        self.format.setCurrentIndex(max(self.format.findData(settings.sheet_format), 0))
        self.charter.setFilePath(settings.sheet_charter)

    def _connect(self) -> None:
        self.printButton.clicked.connect(self.print_sheets)
        self.previewButton.clicked.connect(self.show_preview)
        self.composerButton.clicked.connect(self.open_composer)
        self.openButton.clicked.connect(self.open_folder)
        self.allButton.clicked.connect(lambda: self.tick(True))
        self.noneButton.clicked.connect(lambda: self.tick(False))
        self.map.clicked.connect(self.toggle)
        self.regions.itemChanged.connect(self._enable)
        self.regions.currentItemChanged.connect(self._enable)
        self.folder.fileChanged.connect(self._enable)
        self.session.store_changed.connect(self._propose_folder)
        self.session.overview_changed.connect(self.show_overview)

    def showEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """Say whether the sheets will lead to the published page."""
        super().showEvent(event)
        address = load_settings().publish_address
        text = translate("CarteCP3", "A code on each sheet leads to {address}")
        if not address:
            text = translate(
                "CarteCP3",
                "No code for telephones: the address of the page on the web is not given "
                "(place « Publish »)."
            )  # fmt: skip
        self.web.setText(text.format(address=isolated(address)))

    def show_overview(self, overview: Overview) -> None:
        """List the twelve regions; in a store just opened those that have sites are ticked."""
        counts, current = overview.regions, self.current()
        if self._new_store:
            ticked = {code for code, count in counts.items() if count}
        else:
            ticked = set(self.ticked())
        self._new_store = False
        self.regions.clear()
        for code, name in regions():
            item = QTreeWidgetItem([name, number(counts.get(code, 0))])
            item.setData(0, CODE, code)
            item.setTextAlignment(1, NUMBERS)
            item.setCheckState(0, _checked(code in ticked))
            self.regions.addTopLevelItem(item)
            if code == current:
                self.regions.setCurrentItem(item)
        self._enable()

    def tick(self, ticked: bool) -> None:
        """Tick all regions, or none."""
        for item in self._items():
            item.setCheckState(0, _checked(ticked))

    def toggle(self, code: str) -> None:
        """Tick a region or take its tick away, and make it the current one."""
        for item in self._items():
            if item.data(0, CODE) == code:
                item.setCheckState(0, _checked(item.checkState(0) != Qt.CheckState.Checked))
                self.regions.setCurrentItem(item)

    def ticked(self) -> tuple[str, ...]:
        """Return the codes of the ticked regions, in their order."""
        return tuple(
            item.data(0, CODE)
            for item in self._items()
            if item.checkState(0) == Qt.CheckState.Checked
        )

    def current(self) -> str:
        """Return the code of the region to look at: the one chosen in the list, or ticked first."""
        item = self.regions.currentItem()
        return item.data(0, CODE) if item is not None else next(iter(self.ticked()), "")

    # Printing

    def print_sheets(self) -> None:
        """Print the ticked regions."""
        folder, regions, options = Path(self.folder.filePath()), self.ticked(), self._options()
        file_format, atlas = FORMATS[self.format.currentData()]
        self._remember()

        def work(store: Store, progress: Progress):
            from ..gis.sheets import print_sheets

            return print_sheets(
                store,
                folder,
                self.session.project,
                regions=regions,
                format=file_format,
                atlas=atlas,
                overview=self.country.isChecked(),
                progress=progress,
                **options,
            )

        self.session.in_foreground(
            translate("CarteCP3", "Printing the sheets"), work, self._printed
        )

    def open_folder(self) -> None:
        """Open the folder of the sheets."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.filePath()))

    # Looking and retouching

    def show_preview(self) -> None:
        """Show the current region's sheet: worked out in a task, drawn when that is done."""
        from ..gis.sheets.job import PrintJob

        region, options = self.current(), self._options()
        more = {"charter": options["charter"]} if "charter" in options else {}

        def prepared(store: Store):
            job = PrintJob(
                store, self.session.project, options["language"], date.today(), None,
                address=options["address"], **more,
            )  # fmt: skip
            return job, job.choose((region,))[0][0]

        found = self.session.at_once(prepared)
        if found is not None:
            job, content = found
            self.session.in_task(
                translate("CarteCP3", "Preparing the preview"),
                lambda progress: _planned(job, content, progress),
                lambda plan: self._show_sheet(job, plan),
            )

    def _show_sheet(self, job, plan) -> None:
        from ..gis.sheets.preview import draw_preview

        laid_out: list[Any] = []

        def draw(page: int):
            if not laid_out:  # a layout that cannot be made is told as a page is
                laid_out.append(job.layout(plan))
            return draw_preview(laid_out[0], page)

        title = unit_name(plan.content.region, ui_language())
        preview = SheetPreview(title, len(plan.pages), draw, self.session.say_error, self)
        if preview.turn(0):
            self.preview = preview
            preview.show()
        else:
            preview.deleteLater()

    def open_composer(self) -> None:
        """Put the current region's sheet into the project and open it in the layout designer."""
        folder, region, options = Path(self.folder.filePath()), self.current(), self._options()
        self._remember()

        def work(store: Store, progress: Progress):
            from ..gis.sheets.retouching import open_for_retouching

            return open_for_retouching(
                store, self.session.project, region, folder, progress=progress, **options
            )

        self.session.in_foreground(
            translate("CarteCP3", "Preparing the layout"), work, self._open_designer
        )

    def _open_designer(self, layout) -> None:
        self.session.iface.openLayoutDesigner(layout)
        text = translate("CarteCP3", "The layout « {name} » is in the project; save it to keep it.")
        self.session.say(text.format(name=isolated(layout.name())))

    # What is chosen

    def _options(self) -> dict[str, Any]:
        """Return what all three ways to a sheet have in common."""
        options: dict[str, Any] = {
            "language": self.language.currentData(),
            "address": load_settings().publish_address,
        }
        if self.charter.filePath():
            options["charter"] = Path(self.charter.filePath())
        return options

    def _remember(self) -> None:
        save_settings(
            print_folder=self.folder.filePath(),
            sheet_language=self.language.currentData(),
            sheet_format=self.format.currentData(),
            sheet_charter=self.charter.filePath(),
        )

    def _printed(self, printed) -> None:
        text = translate("CarteCP3", "{files} files printed, with {sites} sites.").format(
            files=number(len(printed.files)), sites=number(printed.count)
        )
        names = "\n".join(isolated(file.name) for file in printed.files)
        doubts = say_printed(self.session, text, printed.doubts)
        self.summary.setText("\n".join(filter(None, (text, doubts, names))))
        self._enable()

    def _propose_folder(self) -> None:
        """Beside the store, unless a folder was chosen before."""
        self._new_store = True
        self.summary.clear()
        folder = load_settings().print_folder or store_folder(self.session.location) / "a3"
        self.folder.setFilePath(str(folder))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.regions.topLevelItemCount()):
            yield self.regions.topLevelItem(place)

    def _enable(self, *_changed) -> None:
        names = {item.data(0, CODE): item.text(0) for item in self._items()}
        self.map.show_choice(self.ticked(), self.current(), names)
        ready = bool(self.session.location and self.folder.filePath())
        self.printButton.setEnabled(bool(ready and self.ticked()))
        self.previewButton.setEnabled(bool(self.session.location and self.current()))
        self.composerButton.setEnabled(bool(ready and self.current()))
        self.openButton.setEnabled(Path(self.folder.filePath() or "-").is_dir())


def _planned(job, content, progress: Progress):
    """Work out a sheet: numbers only, so that a task may."""
    return job.plan(content, within(progress, 0.0, 1.0, content.region.name_fr))


def _checked(ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
