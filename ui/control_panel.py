# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Control »: check the store, read the findings, see their sites."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, Qt
from qgis.PyQt.QtWidgets import QWidget

from ..domain.errors import CarteError
from ..domain.progress import Progress
from ..domain.report import BLOCKING, WARNING
from ..gis.sentences import finding_sentence
from ..store.database import Store
from . import messages
from .findings_model import (
    STORE_COLUMNS,
    FindingsFilter,
    FindingsModel,
    reason,
    severity_icon,
    severity_label,
)
from .findings_view import prepare_findings_view
from .language import isolated, number
from .map_view import zoom_to_site
from .overview import Overview
from .reports import ask_report
from .session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class ControlPanel(QWidget, Form):
    """The open findings of the store in use."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.model = FindingsModel(STORE_COLUMNS, self)
        self.filter = FindingsFilter(self.model, self)
        self.findings.setModel(self.filter)
        prepare_findings_view(self.findings)
        self.severity.addItem(translate("CarteCP3", "All severities"), "")
        for code in (BLOCKING, WARNING):  # a store keeps no finding that only informs
            self.severity.addItem(severity_icon(code), severity_label(code), code)
        self.search.setShowSearchIcon(True)
        self.reason.hide()
        self._connect()

    def _connect(self) -> None:
        self.checkButton.clicked.connect(self.check)
        self.reportButton.clicked.connect(self.ask_report)
        self.severity.currentIndexChanged.connect(
            lambda _index: self.filter.show_severity(self.severity.currentData())
        )
        self.search.textChanged.connect(self.filter.search)
        self.findings.doubleClicked.connect(self.zoom)
        self.findings.selectionModel().currentChanged.connect(self._explain)
        self.filter.modelReset.connect(self.reason.hide)
        self.session.overview_changed.connect(self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """Show the findings that the store holds."""
        counts = Counter(item.finding.severity for item in overview.findings)
        self.model.show(overview.findings)
        self.findings.setCurrentIndex(self.filter.index(0, 0))
        if counts:
            text = translate("CarteCP3", "Blocking: {blocking} · Warnings: {warnings}")
        else:
            text = translate("CarteCP3", "No open finding since the last check.")
        self.summary.setText(
            text.format(blocking=number(counts[BLOCKING]), warnings=number(counts[WARNING]))
        )

    def check(self) -> None:
        """Check every record of the store with the importer's own rules."""

        def work(store: Store, progress: Progress):
            from ..store.checking import check_store

            return check_store(store, progress)

        self.session.in_background(translate("CarteCP3", "Checking the store"), work, self._checked)

    def ask_report(self) -> None:
        """Ask where the findings go as a file, and write them."""
        store = Path(self.session.location)
        file = ask_report(self, store.with_name(f"{store.stem}-controle.xlsx"))
        if file:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write the open findings."""
        from ..store.report_files import write_findings

        findings = [self.model.item(row).finding for row in range(self.model.rowCount())]
        try:
            write_findings(findings, file, finding_sentence)
        except CarteError as error:
            messages.say_error(self.session.iface.messageBar(), error)
        else:
            said = translate("CarteCP3", "Report saved: {file}")
            self.session.say(said.format(file=isolated(str(file))))

    def zoom(self, index: QModelIndex) -> None:
        """Show the site of a finding on the map."""
        item = self.filter.item(index)
        if item is None or zoom_to_site(self.session.iface, self.session.project, item):
            return
        self.session.say(
            translate("CarteCP3", "“{record}” has no position to show.").format(
                record=isolated(item.record or item.finding.key)
            ),
            warning=True,
        )

    def _checked(self, result) -> None:
        self.session.say(
            translate(
                "CarteCP3", "Store checked: {blocking} blocking, {warnings} warnings."
            ).format(blocking=number(result.blocking), warnings=number(result.warnings)),
            warning=bool(result.blocking),
        )

    def _explain(self, index: QModelIndex, _before: QModelIndex) -> None:
        """Show the whole sentence of the chosen finding below the table."""
        item = self.filter.item(index)
        self.reason.setVisible(item is not None)
        if item is not None:
            self.reason.setTextFormat(Qt.TextFormat.PlainText)
            self.reason.setText(reason(item))
