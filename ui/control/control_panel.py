# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Control »: the findings and what to do about them, whom to call, the committee."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, QModelIndex
from qgis.PyQt.QtWidgets import QWidget

from ...domain.progress import Progress
from ...domain.report import BLOCKING, WARNING, Finding
from ...gis.sentences import finding_sentence
from ...store.database import Store
from ...store.findings import ignore_findings, open_findings, reopen_findings
from .. import asking
from ..documents import TABLES, ask_report
from ..enter_key import EnterKey
from ..language import isolated, number, ui_language
from ..map_view import beside_store, zoom_to_site
from ..overview import Overview
from ..session import Session
from .call_list import CallListBox
from .committee import CommitteeBox
from .findings_model import (
    STORE_COLUMNS,
    FindingsFilter,
    FindingsModel,
    reason,
    severity_icon,
    severity_label,
)
from .findings_tree import FindingsTree, groupings
from .findings_view import WholeSelection, prepare_findings_tree
from .listed_findings import MOST, ListedFinding, read_findings

#: So few findings are read while one looks, and so many rows of the list are opened unasked.
_FEW, _OPEN = 1000, 400
Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class ControlPanel(QWidget, Form):
    """The open findings of the store in use."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.duplicates: Any = None
        self.fixes: Any = None
        self._overview: Overview | None = None
        self._stale = False  # whether the store has other findings than are listed
        self.model = FindingsModel(STORE_COLUMNS, self)
        self.filter = FindingsFilter(self.model, self)
        self.tree = FindingsTree(self.filter, self)
        self.findings.setModel(self.tree)
        prepare_findings_tree(self.findings)
        WholeSelection(self.findings, self.tree.give_all)
        self.state.addItem(translate("CarteCP3", "Open"), False)
        self.state.addItem(translate("CarteCP3", "Ignored"), True)
        self.severity.addItem(translate("CarteCP3", "All severities"), "")
        for code in (BLOCKING, WARNING):  # a store keeps no finding that only informs
            self.severity.addItem(severity_icon(code), severity_label(code), code)
        for code, text in groupings():
            self.grouping.addItem(text, code)
        self.search.setShowSearchIcon(True)
        self.reason.hide()
        self.call_list = CallListBox(session, self)
        self.committee = CommitteeBox(session, self)
        self.views.addTab(self.call_list, translate("CarteCP3", "Call list"))
        self.views.addTab(self.committee, translate("CarteCP3", "Committee"))
        self._connect()

    def _connect(self) -> None:
        self.checkButton.clicked.connect(self.check)
        self.duplicatesButton.clicked.connect(self.show_duplicates)
        self.reportButton.clicked.connect(self.ask_report)
        self.fixButton.clicked.connect(self.propose_fixes)
        self.ignoreButton.clicked.connect(self.ask_reason)
        self.reopenButton.clicked.connect(self.reopen)
        self.state.currentIndexChanged.connect(lambda _index: self._list())
        self.severity.currentIndexChanged.connect(
            lambda _index: self.filter.show_severity(self.severity.currentData())
        )
        self.grouping.currentIndexChanged.connect(
            lambda _index: self.tree.group_by(self.grouping.currentData())
        )
        self.search.textChanged.connect(self.filter.search)
        self.findings.doubleClicked.connect(self.mend)
        EnterKey(self.findings, self.mend)
        self.findings.selectionModel().currentChanged.connect(self._explain)
        self.findings.selectionModel().selectionChanged.connect(lambda *_change: self._enable())
        self.tree.modelReset.connect(self._open_groups)
        self.session.overview_changed.connect(self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """Say what the store holds; list it if the list is in sight."""
        self._overview = overview
        self.tree.name_institutions(overview.institutions)
        counts = overview.findings
        if any(counts.values()):
            text = translate("CarteCP3", "Blocking: {blocking} · Warnings: {warnings}")
        else:
            text = translate("CarteCP3", "No open finding since the last check.")
        text = text.format(blocking=number(counts[BLOCKING]), warnings=number(counts[WARNING]))
        if overview.ignored:
            more = translate("CarteCP3", "Ignored: {count}")
            text += " · " + more.format(count=number(overview.ignored))
        if max(sum(counts.values()), overview.ignored) > MOST:
            more = translate("CarteCP3", "The gravest {count} are listed.")
            text += " · " + more.format(count=number(MOST))
        self.summary.setText(text)
        self._stale = True
        if self.isVisible():
            self._list()

    def showEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """List the findings when the list comes into sight."""
        super().showEvent(event)
        if self._stale:
            self._list()

    def _list(self) -> None:
        """List the open findings or the ignored ones: a few at once, many in a task."""
        overview, ignored = self._overview, bool(self.state.currentData())
        if overview is None:
            return
        self._stale = True
        language = ui_language()
        self.session.read_soon(
            translate("CarteCP3", "Reading the findings"),
            lambda store, _progress: read_findings(store, language, ignored),
            self._listed,
            at_once=(overview.ignored if ignored else sum(overview.findings.values())) <= _FEW,
        )

    def _listed(self, items: Sequence[ListedFinding]) -> None:
        """Show findings, and stay at the line that was chosen."""
        self._stale = False
        ignored = bool(self.state.currentData())
        row = max(self.tree.row(self.findings.currentIndex()), 0)
        self.model.show(items)
        self.choose(min(row, self.filter.rowCount() - 1))
        self.fixButton.setVisible(not ignored)
        self.ignoreButton.setVisible(not ignored)
        self.reopenButton.setVisible(ignored)
        self._enable()

    def choose(self, row: int) -> None:
        """Choose the finding of a row of the filter, wherever it is grouped."""
        self.findings.setCurrentIndex(self.tree.place(row))

    def _open_groups(self) -> None:
        """Show the groups open as far as that stays a short list, headings over all columns."""
        shown = 0
        for group in range(self.tree.rowCount()):
            self.findings.setFirstColumnSpanned(group, QModelIndex(), True)
            heading = self.tree.index(group, 0)
            shown += self.tree.rowCount(heading)
            self.findings.setExpanded(heading, group == 0 or shown <= _OPEN)
        self.reason.hide()
        self._enable()

    def _enable(self) -> None:
        chosen = bool(self.chosen())
        self.fixButton.setEnabled(self.filter.rowCount() > 0)
        self.ignoreButton.setEnabled(chosen)
        self.reopenButton.setEnabled(chosen)

    def chosen(self) -> list[Finding]:
        """Return the findings that are chosen in the table."""
        indexes = self.findings.selectionModel().selectedRows()
        items = (self.tree.item(index) for index in indexes)
        return [item.finding for item in items if item is not None]

    def propose_fixes(self) -> None:
        """Show what can be done about the chosen findings, about all listed if none is chosen."""
        if self.fixes is None:
            from .fixes_dialog import FixesDialog

            self.fixes = FixesDialog(self.session, self)
        several = len(self.chosen()) > 1
        findings = [self.filter.item(row).finding for row in range(self.filter.rowCount())]
        self.fixes.propose(self.chosen() if several else findings)

    def ask_reason(self) -> None:
        """Ask why the chosen findings are to be ignored, and ignore them."""
        title = translate("CarteCP3", "Ignore findings")
        question = translate(
            "CarteCP3", "Why can what was found stay as it is? Whoever checks later reads this."
        )
        reason = asking.asked_text(self, title, question)
        if reason and reason.strip():
            self.ignore(reason)
        elif reason is not None:
            self.session.say(translate("CarteCP3", "Nothing was ignored: give a reason."), True)

    def ignore(self, reason: str) -> None:
        """Keep the chosen findings out of the counts."""
        findings = self.chosen()

        def work(store: Store, _progress: Progress) -> int:
            ignore_findings(store, findings, reason)
            return len(findings)

        def done(count: int) -> None:
            said = translate("CarteCP3", "Findings ignored: {count}")
            self.session.say(said.format(count=number(count)))

        self.session.in_background(translate("CarteCP3", "Ignoring findings"), work, done)

    def reopen(self) -> None:
        """Count the chosen findings again."""
        findings = self.chosen()

        def work(store: Store, _progress: Progress) -> int:
            reopen_findings(store, findings)
            return len(findings)

        def done(count: int) -> None:
            said = translate("CarteCP3", "Findings reopened: {count}")
            self.session.say(said.format(count=number(count)))

        self.session.in_background(translate("CarteCP3", "Reopening findings"), work, done)

    def check(self) -> None:
        """Check every record of the store with the importer's own rules."""

        def work(store: Store, progress: Progress):
            from ...store.checking import check_store

            return check_store(store, progress)

        self.session.in_background(translate("CarteCP3", "Checking the store"), work, self._checked)

    def show_duplicates(self) -> None:
        """Open the window of likely duplicates, which is made when it is first wanted."""
        if self.duplicates is None:
            from .duplicates_dialog import DuplicatesDialog

            self.duplicates = DuplicatesDialog(self.session, self)
        self.duplicates.search()

    def ask_report(self) -> None:
        """Ask where the findings go as a file, and write them."""
        file = ask_report(self, beside_store(self.session.location, "controle.xlsx"), TABLES)
        if file:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write the open findings, all of them."""

        def work(store: Store, _progress: Progress) -> Path:
            from ...store.documents.findings import write_findings

            write_findings(open_findings(store), file, finding_sentence)
            return file

        def done(written: Path) -> None:
            said = translate("CarteCP3", "Report saved: {file}")
            self.session.say(said.format(file=isolated(str(written))))

        self.session.read(translate("CarteCP3", "Writing the findings"), work, done)

    def mend(self, index: QModelIndex) -> None:
        """Show the site of a finding on the map, and its record's form on the field concerned."""
        item = self.tree.item(index)
        if item is None:
            return
        finding = item.finding
        placed = zoom_to_site(self.session.iface, self.session.project, item)
        self.session.record_wanted.emit(finding.table, finding.key, finding.field)
        if not placed:
            self.session.say(
                translate("CarteCP3", "“{record}” has no position to show.").format(
                    record=isolated(item.record or finding.key)
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
        item = self.tree.item(index)
        self.reason.setVisible(item is not None)
        if item is not None:
            because = translate("CarteCP3", "Ignored: {reason}").format(reason=item.ignored)
            self.reason.setText("\n".join([reason(item), *([because] if item.ignored else [])]))
