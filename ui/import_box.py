# SPDX-License-Identifier: GPL-2.0-or-later
"""Importing an institution's table: choose, try, import, keep the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QCoreApplication, QObject

from ..domain.errors import CarteError
from ..domain.progress import Progress
from ..domain.schema import load_schema
from ..gis.sentences import finding_sentence
from ..store.database import Store, known_institutions
from . import messages
from .findings_model import IMPORT_COLUMNS, FindingsModel
from .findings_view import prepare_findings_view
from .language import isolated, label, number, short_name
from .overview import ListedFinding, Overview
from .reports import ask_report
from .session import Session
from .settings import load_settings, save_settings
from .style_panel import institution_icon

TABLES = "*.xlsx *.xls *.ods *.csv *.tsv *.txt *.gpkg *.geojson *.shp"
translate = QCoreApplication.translate


class Choice(NamedTuple):
    """What is to be imported, and how."""

    source: Path
    sheet: str
    institution: str
    status: str


class ImportBox(QObject):
    """Drives the group « Import » of the form of the place « Data »."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.result: Any = None  # the last ImportResult, of a trial or of an import
        self.model = FindingsModel(IMPORT_COLUMNS, self)
        form.resultFindings.setModel(self.model)
        prepare_findings_view(form.resultFindings, lines=True)
        form.file.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        form.file.setDialogTitle(translate("CarteCP3", "Table to import"))
        form.file.setFilter(
            translate("CarteCP3", "Tables ({patterns})").format(patterns=TABLES) + ";;(*)"
        )
        form.file.setDefaultRoot(load_settings().import_folder)
        self._list_statuses()
        self._list_sheets(())
        self._forget_result()
        self._connect()

    def _connect(self) -> None:
        self.form.file.fileChanged.connect(self.choose_file)
        for choice in (self.form.sheet, self.form.institution, self.form.status):
            choice.currentIndexChanged.connect(self._forget_result)
        self.form.tryButton.clicked.connect(lambda: self.run(dry_run=True))
        self.form.importButton.clicked.connect(lambda: self.run(dry_run=False))
        self.form.reportButton.clicked.connect(self.ask_report)
        self.session.store_changed.connect(self._forget_result)
        self.session.overview_changed.connect(self._list_institutions)

    def choose_file(self, path: str) -> None:
        """Take another file: list its sheets, forget what was found in the one before."""
        self._forget_result()
        self._list_sheets(())
        if not Path(path).is_file():
            return
        save_settings(import_folder=str(Path(path).parent))
        from ..store.tables import read_grid

        try:
            self._list_sheets(read_grid(Path(path)).sheets)
        except CarteError as error:
            messages.say_error(self.session.iface.messageBar(), error)

    def choice(self) -> Choice:
        """Return what the form says."""
        return Choice(
            Path(self.form.file.filePath()),
            self.form.sheet.currentData() or "",
            self.form.institution.currentData() or "",
            self.form.status.currentData(),
        )

    def run(self, dry_run: bool) -> None:
        """Import, or only try."""
        choice = self.choice()

        def work(store: Store, progress: Progress):
            from ..store.importing import import_table

            return import_table(
                store,
                choice.source,
                choice.sheet,
                choice.institution,
                status=choice.status,
                dry_run=dry_run,
                progress=progress,
            )

        title = (
            translate("CarteCP3", "Trying the import")
            if dry_run
            else translate("CarteCP3", "Importing")
        )
        self.session.in_background(title, work, self.show_result)

    def show_result(self, result) -> None:
        """Show the counts of an import or of a trial, and its findings."""
        self.result = result
        if result.batch:
            title = translate("CarteCP3", "Imported from {file}:")
            self.session.say(_counts(result))
        else:
            title = translate("CarteCP3", "Trial of {file}; nothing is written yet:")
        self.form.resultTitle.setText(title.format(file=self.choice().source.name))
        self.form.resultCounts.setText(_counts(result))
        self.model.show([ListedFinding(finding) for finding in result.findings])
        self.form.resultFindings.setVisible(bool(result.findings))
        self.form.result.show()
        self._enable()

    def ask_report(self) -> None:
        """Ask where the annotated report goes, and write it."""
        source = self.choice().source
        file = ask_report(self.form, source.with_name(f"import-{source.stem}.xlsx"))
        if file:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write the report of the last trial or import."""
        from ..store.annotate import write_report

        try:
            write_report(self.result, file, finding_sentence)
        except CarteError as error:
            messages.say_error(self.session.iface.messageBar(), error)
        else:
            said = translate("CarteCP3", "Report saved: {file}")
            self.session.say(said.format(file=isolated(str(file))))

    def _forget_result(self) -> None:
        self.result = None
        self.form.result.hide()
        self._enable()

    def _enable(self) -> None:
        """One tries a file first; « Import » opens when the trial has shown what it would do."""
        tried = self.result is not None
        self.form.tryButton.setEnabled(Path(self.form.file.filePath()).is_file())
        self.form.importButton.setEnabled(tried and not self.result.batch)
        self.form.reportButton.setEnabled(tried)

    def _list_sheets(self, sheets) -> None:
        """Offer the sheets of a file that has more than one; empty means: find it yourself."""
        several = len(sheets) > 1
        self.form.sheet.clear()
        self.form.sheet.addItem(translate("CarteCP3", "The first with records"), "")
        for name in sheets if several else ():
            self.form.sheet.addItem(name, name)
        self.form.sheet.setVisible(several)
        self.form.sheetLabel.setVisible(several)

    def _list_statuses(self) -> None:
        terms = {term.code: term for term in load_schema().vocabulary("status")}
        for code in ("draft", "published"):
            self.form.status.addItem(label(terms[code].labels), code)

    def _list_institutions(self, overview: Overview) -> None:
        """Offer the store's institutions, then those of the directory that it has not."""
        chosen = self.form.institution.currentData()
        listed = list(overview.institutions)
        present = {row["code"] for row in listed}
        listed += [row for row in known_institutions() if row["code"] not in present]
        self.form.institution.blockSignals(True)
        self.form.institution.clear()
        self.form.institution.addItem(translate("CarteCP3", "As the file says"), "")
        for row in listed:
            self.form.institution.addItem(institution_icon(row), short_name(row), row["code"])
        index = self.form.institution.findData(chosen)
        self.form.institution.setCurrentIndex(max(index, 0))
        self.form.institution.blockSignals(False)


def _counts(result) -> str:
    text = translate(
        "CarteCP3",
        "{created} created · {updated} updated · {unchanged} unchanged · {refused} refused · "
        "{warnings} warnings"
    )  # fmt: skip
    return text.format(
        created=number(result.created),
        updated=number(result.updated),
        unchanged=number(result.unchanged),
        refused=number(result.refused),
        warnings=number(result.warnings),
    )
