# SPDX-License-Identifier: GPL-2.0-or-later
"""Importing an institution's table: choose, answer, try, import what was tried."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from qgis.PyQt.QtCore import QCoreApplication, QObject

from ...domain.errors import StoreError
from ...domain.progress import Progress
from ...gis.sentences import advice
from ...gis.wording import spoken
from ...store.database import Store
from ...store.preview import Preview, preview_table, read_differences
from .. import messages
from ..control.findings_model import IMPORT_COLUMNS, FindingsModel
from ..control.findings_view import prepare_findings_view
from ..control.listed_findings import ListedFinding
from ..documents import TABLES, ask_report
from ..language import isolated, number
from ..session import Session
from ..settings import save_settings
from .columns_box import ColumnsBox
from .import_choices import ImportChoices
from .layer_choice import LayerChoice
from .rows_box import RowsBox

#: The pages of the import, in their order.
COLUMNS, ROWS, FINDINGS = range(3)
translate = QCoreApplication.translate


class Trial(NamedTuple):
    """What an import would do, and what it would change in known records, by key."""

    result: Any
    differences: Any


class ImportBox(QObject):
    """Drives the group « Import » of the form of the place « Data »."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.result: Any = None  # the last ImportResult, of a trial or of an import
        self.columns = ColumnsBox(form)
        self.rows = RowsBox(form)
        self.model = FindingsModel(IMPORT_COLUMNS, self)
        form.resultFindings.setModel(self.model)
        prepare_findings_view(form.resultFindings, lines=True)
        self.choices = ImportChoices(form)
        self.layers = LayerChoice(form, session)
        self._forget_file()
        self._connect()

    def _connect(self) -> None:
        self.form.file.fileChanged.connect(self.choose_file)
        self.form.sheet.currentIndexChanged.connect(self._read_again)
        self.form.institution.currentIndexChanged.connect(self._read_again)
        self.form.header.activated.connect(self._point_at_headings)
        self.form.status.currentIndexChanged.connect(self._forget_result)
        self.columns.answered.connect(self._forget_result)
        self.form.tryButton.clicked.connect(self.try_import)
        self.form.importButton.clicked.connect(self.import_tried)
        self.form.reportButton.clicked.connect(self.ask_report)
        self.session.store_changed.connect(self._read_again)
        self.session.overview_changed.connect(self.choices.list_institutions)

    def choose_file(self, path: str) -> None:
        """Take another file: list its sheets, forget what was found in the one before."""
        self._forget_file()
        self.choices.list_sheets(())
        if Path(path).is_file():
            if not self.layers.holds(path):
                save_settings(import_folder=str(Path(path).parent))
            self._read(recognise=True)

    def _read_again(self) -> None:
        """Another sheet or institution: other columns, or others remembered."""
        self._forget_file()
        if self.choices.choice().source.is_file() and self.session.location:
            self._read(recognise=False)

    def _read(self, recognise: bool) -> None:
        """Read the file, and whose it is if that can be ``recognised`` and nothing is chosen."""
        choice = self.choices.choice()

        def work(store: Store, progress: Progress) -> Preview:
            from ...store.tables import read_grid

            progress(0.0, choice.source.name)
            grid = read_grid(choice.source, choice.sheet)
            return preview_table(store, grid, choice.institution, recognise)

        title = translate("CarteCP3", "Reading the file")
        self.session.read(title, work, self._show_columns)

    def _point_at_headings(self) -> None:
        """Read the columns again from the row of headings that was chosen."""
        line, preview = self.form.header.currentData(), self.columns.preview
        if not line or preview is None or line == preview.header_line:
            return
        self._forget_result()

        def work(store: Store, _progress: Progress) -> Preview:
            return preview_table(store, preview.grid, preview.institution, False, line)

        self.session.read(translate("CarteCP3", "Reading the file"), work, self._show_columns)

    def _show_columns(self, preview: Preview) -> None:
        """Show the columns; those of the institution's last file are tried straight away."""
        if not self.choices.choice().sheet:
            self.choices.list_sheets(preview.grid.sheets)
        self.choices.choose_institution(preview.institution)
        self.choices.list_headers(preview)
        self.columns.show(preview)
        self.form.importTabs.setTabEnabled(COLUMNS, bool(preview.columns))
        self.form.importTabs.setCurrentIndex(COLUMNS)
        self.form.importTabs.setVisible(bool(preview.columns))
        self._enable()
        if preview.remembered:
            self.try_import()

    def try_import(self) -> None:
        """Work out what the import would do, with the columns as they were answered."""
        choice, preview = self.choices.choice(), self.columns.preview
        mapping = preview.answers if preview is not None else None
        header_line = preview.header_line if preview is not None else 0

        def work(store: Store, progress: Progress) -> Trial:
            from ...store.importing import import_table

            result = import_table(
                store,
                choice.source,
                choice.sheet,
                choice.institution,
                mapping=mapping,
                status=choice.status,
                dry_run=True,
                progress=progress,
                header_line=header_line,
            )
            return Trial(result, read_differences(store, result.plan))

        self.session.read(translate("CarteCP3", "Trying the import"), work, self.show_trial)

    def import_tried(self) -> None:
        """Write what the trial has shown, unless the store changed since."""
        result = self.result

        def work(store: Store, progress: Progress):
            from ...store.importing import apply_plan

            return replace(result, batch=apply_plan(store, result.plan, progress=progress))

        title = translate("CarteCP3", "Importing")
        self.session.in_background(title, work, self.show_import, self._not_imported)

    def _not_imported(self, error: Exception) -> None:
        """Say why nothing was written; where the store stands in the way, offer to try again."""
        if not isinstance(error, StoreError):
            self.session.say_error(error)
            return
        again = translate("CarteCP3", "Try again")
        bar = self.session.iface.messageBar()
        messages.say_with_action(bar, spoken(error), again, self.try_import)

    def show_trial(self, trial: Trial) -> None:
        """Show what an import would do."""
        title = translate("CarteCP3", "Trial of {file}; nothing is written yet:")
        self._show_result(trial.result, trial.differences, title)

    def show_import(self, result) -> None:
        """Show what an import did."""
        self._show_result(result, None, translate("CarteCP3", "Imported from {file}:"))
        self.session.say(_counts(result))

    def _show_result(self, result, differences, title: str) -> None:
        """Show counts, rows and findings; after an import the rows stand as the trial had them."""
        self.result = result
        self.form.resultTitle.setText(
            title.format(file=isolated(self.choices.choice().source.name))
        )
        self.form.resultCounts.setText(_counts(result))
        self.form.resultTitle.show()
        self.form.resultCounts.show()
        if differences is not None:
            self.rows.show(result.plan, differences)
            self.model.show([ListedFinding(finding) for finding in result.findings])
            self.form.importTabs.setCurrentIndex(ROWS)
        self.form.importTabs.show()
        self._enable()

    def ask_report(self) -> None:
        """Ask where the annotated report goes, and write it."""
        source = self.choices.choice().source
        file = ask_report(self.form, source.with_name(f"import-{source.stem}.xlsx"), TABLES)
        if file:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write the report of the last trial or import."""
        result = self.result

        def work(_store: Store, _progress: Progress) -> Path:
            from ...store.annotate import write_report

            write_report(result, file, advice)
            return file

        def done(written: Path) -> None:
            said = translate("CarteCP3", "Report saved: {file}")
            self.session.say(said.format(file=isolated(str(written))))

        self.session.read(translate("CarteCP3", "Writing the report"), work, done)

    def _forget_file(self) -> None:
        self.columns.show(None)
        self.choices.list_headers(None)
        self.form.importTabs.hide()
        self._forget_result()

    def _forget_result(self) -> None:
        self.result = None
        self.rows.show(None, {})
        self.model.show([])
        self.form.resultTitle.hide()
        self.form.resultCounts.hide()
        self._enable()

    def _enable(self) -> None:
        """Questions are answered first, then one tries, then one imports what was tried."""
        preview, tried = self.columns.preview, self.result is not None
        clear = preview is not None and bool(preview.columns) and not preview.questions
        self.form.tryButton.setEnabled(clear)
        self.form.importButton.setEnabled(tried and not self.result.batch)
        self.form.reportButton.setEnabled(tried)
        self.form.importTabs.setTabEnabled(ROWS, tried)
        self.form.importTabs.setTabEnabled(FINDINGS, tried)
        self._title_tabs()

    def _title_tabs(self) -> None:
        """Say on the tabs how many questions and findings wait there."""
        preview = self.columns.preview
        questions = preview.questions if preview is not None else 0
        findings = len(self.result.findings) if self.result is not None else 0
        for tab, title, count in (
            (COLUMNS, translate("CarteCP3", "Columns"), questions),
            (FINDINGS, translate("CarteCP3", "Findings"), findings),
        ):
            text = f"{title} ({number(count)})" if count else title
            self.form.importTabs.setTabText(tab, text)


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
