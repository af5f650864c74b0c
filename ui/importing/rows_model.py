# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a file as a table: what becomes of each; and a filter by outcome."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from ...domain.report import BLOCKING, WARNING
from ...store.planning import CREATED, REFUSED, UNCHANGED, UPDATED, Planned
from ..control.findings_model import severity_icon
from ..language import NUMBERS, as_number, isolated, leading, number
from ..plain import tip

OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)
ROOT = QModelIndex()
translate = QCoreApplication.translate


def outcome_label(outcome: str) -> str:
    """Return what becomes of a row, in a word."""
    return {
        CREATED: translate("CarteCP3", "Created"),
        UPDATED: translate("CarteCP3", "Updated"),
        UNCHANGED: translate("CarteCP3", "Unchanged"),
        REFUSED: translate("CarteCP3", "Refused"),
    }[outcome]


def row_name(row: Planned) -> str:
    """Return what a row's record is called."""
    values = row.values
    return values.get("name_fr") or values.get("name_ar") or values.get("external_id") or ""


def _gravest(row: Planned) -> str:
    found = {one.severity for one in row.findings}
    return next((code for code in (BLOCKING, WARNING) if code in found), "")


def _heading(section: int) -> str:
    return (
        translate("CarteCP3", "Line"),
        translate("CarteCP3", "Outcome"),
        translate("CarteCP3", "Name"),
        translate("CarteCP3", "Findings"),
    )[section]


class RowsModel(QAbstractTableModel):
    """The rows of a plan: line, outcome, name, number of findings."""

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._rows: tuple[Planned, ...] = ()
        self._icons = {code: severity_icon(code) for code in (BLOCKING, WARNING)}

    def show(self, rows: tuple[Planned, ...]) -> None:
        """Show the rows of another plan."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def item(self, row: int) -> Planned:
        """Return what becomes of a row."""
        return self._rows[row]

    def rowCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return four."""
        return 0 if parent.isValid() else 4

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; the gravest finding as a shape beside their number."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        section = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = (
                number(row.row),
                outcome_label(row.outcome),
                isolated(row_name(row)),
                number(len(row.findings)) if row.findings else "",
            )[section]
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.DecorationRole and section == 3:
            return self._icons.get(_gravest(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return as_number(NUMBERS if section == 0 else leading())
        return None

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _heading(section) if shown else None


class RowsFilter(QSortFilterProxyModel):
    """The rows of one outcome, or all."""

    def __init__(self, model: RowsModel, parent=None) -> None:
        super().__init__(parent)
        self._outcome = ""
        self.setSourceModel(model)

    def show_outcome(self, outcome: str) -> None:
        """Keep the rows of one outcome; all if it is empty."""
        self._outcome = outcome
        self.invalidateFilter()

    def item(self, index: QModelIndex) -> Planned | None:
        """Return the row at an index of this filter."""
        if not index.isValid():
            return None
        return self.sourceModel().item(self.mapToSource(index).row())

    def filterAcceptsRow(self, row: int, _parent: QModelIndex) -> bool:  # noqa: N802 (Qt's name)
        """Return whether a row is shown."""
        return not self._outcome or self.sourceModel().item(row).outcome == self._outcome
