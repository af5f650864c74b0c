# SPDX-License-Identifier: GPL-2.0-or-later
"""What would be done about findings, field by field, before it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem

from ...domain.progress import Progress
from ...domain.report import Finding
from ...domain.schema import load_schema
from ...gis.sentences import field_label, shown_value
from ...store.database import Store
from ...store.fixing import ProposedFix, fix_findings, proposed_fixes
from ..enter_key import StillDialog
from ..importing.taken_back import take_back
from ..language import direction, isolated, leading, number, position, ui_language
from ..messages import say_with_action
from ..plain import tips
from ..session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_POSITION = ("lon", "lat")
translate = QCoreApplication.translate


class FixesDialog(StillDialog, Form):
    """Lists the fixes of some findings, the sure ones ticked, and applies those that are."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setLayoutDirection(direction())
        self.session = session
        self.proposed: tuple[ProposedFix, ...] = ()
        for section in range(self.fixes.columnCount()):
            self.fixes.headerItem().setTextAlignment(section, leading())
        self.fixes.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.fixes.itemChanged.connect(self._enable)
        self.sureButton.clicked.connect(self.tick_sure)
        self.applyButton.clicked.connect(self.apply)
        self.closeButton.clicked.connect(self.close)
        session.busy_changed.connect(lambda busy: self.setEnabled(not busy))
        session.store_changed.connect(self.close)

    def propose(self, findings: Sequence[Finding]) -> None:
        """Work out what can be done about findings, and show it if there is anything."""
        chosen = tuple(findings)

        def work(store: Store, _progress: Progress) -> tuple[ProposedFix, ...]:
            return proposed_fixes(store, chosen)

        title = translate("CarteCP3", "Looking for what can be done")
        self.session.read(title, work, self._show)

    def _show(self, proposed: tuple[ProposedFix, ...]) -> None:
        self.proposed = proposed
        if not proposed:
            text = translate("CarteCP3", "Nothing can be done about these findings by itself.")
            self.session.say(text, warning=True)
            return
        self.fixes.blockSignals(True)
        self.fixes.clear()
        for fix in proposed:
            for line, texts in enumerate(_lines(fix)):
                item = QTreeWidgetItem([isolated(fix.name) if line == 0 else "", *texts])
                item.setData(0, Qt.ItemDataRole.UserRole, line == 0)
                tips(item)
                self.fixes.addTopLevelItem(item)
        self.tick_sure()
        self.fixes.blockSignals(False)
        sure = sum(fix.sure for fix in proposed)
        text = translate(
            "CarteCP3",
            "Sure: {sure} · To decide: {likely}. Tick what is to be done; one click undoes it."
        )  # fmt: skip
        self.summary.setText(text.format(sure=number(sure), likely=number(len(proposed) - sure)))
        self._enable()
        self.show()
        self.raise_()

    def tick_sure(self) -> None:
        """Tick the fixes that are sure, and no other."""
        for item, fix in zip(self._heads(), self.proposed):
            ticked = Qt.CheckState.Checked if fix.sure else Qt.CheckState.Unchecked
            item.setCheckState(0, ticked)

    def ticked(self) -> list[Finding]:
        """Return the findings whose fix is ticked."""
        return [
            fix.finding
            for item, fix in zip(self._heads(), self.proposed)
            if item.checkState(0) == Qt.CheckState.Checked
        ]

    def apply(self) -> None:
        """Do what is ticked, as one batch that the message undoes."""
        findings = self.ticked()

        def work(store: Store, _progress: Progress) -> str:
            return fix_findings(store, findings)

        def done(batch: str) -> None:
            self.close()
            text = translate("CarteCP3", "Findings fixed: {count}.")
            bar, undo = self.session.iface.messageBar(), translate("CarteCP3", "Undo")
            say_with_action(
                bar, text.format(count=number(len(findings))), undo, lambda: self.take_back(batch)
            )

        self.session.in_background(translate("CarteCP3", "Fixing findings"), work, done)

    def take_back(self, batch: str) -> None:
        """Let the records be as before a batch of fixes, and see what is found then."""

        def check(store: Store, progress: Progress) -> None:
            from ...store.checking import check_store

            check_store(store, progress)

        title = translate("CarteCP3", "Undoing the fixes")
        said = translate("CarteCP3", "The fixes were taken back.")
        take_back(self.session, batch, title, said, check)

    def _heads(self) -> list[QTreeWidgetItem]:
        """Return the first line of each fix."""
        items = map(self.fixes.topLevelItem, range(self.fixes.topLevelItemCount()))
        return [item for item in items if item.data(0, Qt.ItemDataRole.UserRole)]

    def _enable(self, *_change) -> None:
        self.applyButton.setEnabled(bool(self.ticked()))


def _lines(fix: ProposedFix) -> list[tuple[str, str, str]]:
    """Return field, value before and value after, a line each; a position is one line."""
    table = fix.finding.table
    names = [name for name in fix.after if name not in _POSITION]
    lines = [
        (
            field_label(load_schema(), f"{table}.{name}", ui_language()),
            _value(table, name, fix.before[name]),
            _value(table, name, fix.after[name]),
        )
        for name in names
    ]
    if any(name in fix.after for name in _POSITION):
        label = field_label(load_schema(), f"{table}.geom", ui_language())
        lines.insert(0, (label, _position(fix.before), _position(fix.after)))
    return lines


def _value(table: str, name: str, value: Any) -> str:
    return isolated(shown_value(load_schema(), table, name, value, ui_language()) or "–")


def _position(values) -> str:
    lon, lat = (values.get(name) for name in _POSITION)
    return "–" if lon is None or lat is None else position(lat, lon)
