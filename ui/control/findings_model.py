# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings as a table: a model for views, and a filter by severity and text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable

from qgis.PyQt.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygon

from ...domain.report import BLOCKING, INFO, WARNING
from ...domain.schema import load_schema
from ...domain.text import fold
from ...gis.sentences import field_label, finding_sentence, value_label
from ..language import isolated, label, ui_language
from ..plain import tip
from .listed_findings import ListedFinding

ROOT = QModelIndex()
SEVERITIES = (BLOCKING, WARNING, INFO)
_SPOKEN = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
_COLOURS = {BLOCKING: "#b3261e", WARNING: "#c77700", INFO: "#3b6ea5"}
translate = QCoreApplication.translate


def severity_label(code: str) -> str:
    """Return the name of a severity."""
    terms = load_schema().vocabulary("severity")
    return next((label(term.labels) for term in terms if term.code == code), code)


def severity_icon(code: str) -> QIcon:
    """Return a severity as a shape and a colour: square, triangle or circle."""
    pixmap = QPixmap(16, 16)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_COLOURS.get(code, _COLOURS[INFO])))
    if code == BLOCKING:
        painter.drawRect(3, 3, 10, 10)
    elif code == WARNING:
        painter.drawPolygon(QPolygon([QPoint(8, 2), QPoint(15, 14), QPoint(1, 14)]))
    else:
        painter.drawEllipse(3, 3, 10, 10)
    painter.end()
    return QIcon(pixmap)


def reason(item: ListedFinding) -> str:
    """Return the sentence of a finding."""
    return finding_sentence(item.finding, ui_language())


def _field(item: ListedFinding) -> str:
    finding = item.finding
    if not finding.field:
        return ""
    return field_label(load_schema(), f"{finding.table}.{finding.field}", ui_language())


def _value(item: ListedFinding) -> str:
    finding = item.finding
    return finding.value and value_label(load_schema(), finding, finding.value, ui_language())


def _proposal(item: ListedFinding) -> str:
    finding = item.finding
    return finding.proposal and value_label(load_schema(), finding, finding.proposal, ui_language())


def _line(item: ListedFinding) -> str:
    return str(item.finding.row or "")


def _severity(item: ListedFinding) -> str:
    return severity_label(item.finding.severity)


_TEXTS: dict[str, Callable[[ListedFinding], str]] = {
    "severity": _severity,
    "record": lambda item: isolated(item.record) if item.record else "",
    "line": _line,
    "field": _field,
    "value": _value,
    "reason": reason,
    "proposal": _proposal,
}
STORE_COLUMNS = ("severity", "record", "reason", "proposal", "field", "value")
IMPORT_COLUMNS = ("severity", "line", "reason", "proposal", "field", "value")


def _sort_key(column: str, item: ListedFinding) -> Any:
    """Return what a column is sorted by: gravity, line numbers, texts without their accents."""
    if column == "severity":
        return SEVERITIES.index(item.finding.severity)
    return item.finding.row if column == "line" else fold(_TEXTS[column](item))


def _heading(column: str) -> str:
    return {
        "severity": translate("CarteCP3", "Severity"),
        "record": translate("CarteCP3", "Record"),
        "line": translate("CarteCP3", "Line"),
        "field": translate("CarteCP3", "Field"),
        "value": translate("CarteCP3", "Value"),
        "reason": translate("CarteCP3", "What is wrong"),
        "proposal": translate("CarteCP3", "Proposal"),
    }[column]


class FindingsModel(QAbstractTableModel):
    """Findings, one a row; the columns are names of ``STORE_COLUMNS`` or ``IMPORT_COLUMNS``."""

    def __init__(self, columns: Sequence[str], parent=None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._items: tuple[ListedFinding, ...] = ()
        self._icons = {code: severity_icon(code) for code in SEVERITIES}

    def show(self, items: Sequence[ListedFinding]) -> None:
        """Show other findings, the gravest first."""
        order = {code: number for number, code in enumerate(SEVERITIES)}
        self.beginResetModel()
        self._items = tuple(
            sorted(items, key=lambda item: order.get(item.finding.severity, len(order)))
        )
        self.endResetModel()

    def item(self, row: int) -> ListedFinding:
        """Return the finding of a row."""
        return self._items[row]

    def sort_key(self, row: int, column: int) -> Any:
        """Return what a cell is sorted by."""
        return _sort_key(self._columns[column], self._items[row])

    def rowCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many findings there are."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many columns are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell: its text, whole in the tool tip; of a severity its shape alone."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        item = self._items[index.row()]
        if column == "severity" and role == Qt.ItemDataRole.DecorationRole:
            return self._icons.get(item.finding.severity)
        shown = _SPOKEN if column == "severity" else (*_SPOKEN, Qt.ItemDataRole.DisplayRole)
        if role not in shown:
            return None
        text = _TEXTS[column](item)
        return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        column = self._columns[section]
        if orientation != Qt.Orientation.Horizontal:
            return None
        shown = _SPOKEN if column == "severity" else (*_SPOKEN, Qt.ItemDataRole.DisplayRole)
        return _heading(column) if role in shown else None


class FindingsFilter(QObject):
    """Findings of one severity (or all) that hold a text, accents and case forgiven, in order.

    A plain list of rows of the model, made anew at once: a proxy would ask Python once a row and
    tell of each row that comes or goes. ``changed`` says that it is another list now.
    """

    changed = pyqtSignal()

    def __init__(self, model: FindingsModel, parent=None) -> None:
        super().__init__(parent)
        self.model = model
        self._severity = ""
        self._words: tuple[str, ...] = ()
        self._order: tuple[int, bool] | None = None
        self._rows: list[int] = []
        model.modelReset.connect(self._apply)

    def show_severity(self, code: str) -> None:
        """Keep one severity; all if the code is empty."""
        self._severity = code
        self._apply()

    def search(self, text: str) -> None:
        """Keep the findings that hold every word of a text."""
        self._words = tuple(fold(text).split())
        self._apply()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none if there is no such column."""
        descending = order == Qt.SortOrder.DescendingOrder
        self._order = (column, descending) if column >= 0 else None
        self._apply()

    def rowCount(self) -> int:  # noqa: N802 (as a model's)
        """Return how many findings are kept."""
        return len(self._rows)

    def index(self, row: int, column: int) -> QModelIndex:
        """Return where the model has a cell of the list."""
        return self.model.index(self._rows[row], column)

    def item(self, row: int) -> ListedFinding:
        """Return the finding of a row of the list."""
        return self.model.item(self._rows[row])

    def _apply(self) -> None:
        kept = [row for row in range(self.model.rowCount()) if self._keeps(self.model.item(row))]
        if self._order is not None:
            column, descending = self._order
            kept.sort(key=lambda row: self.model.sort_key(row, column), reverse=descending)
        self._rows = kept
        self.changed.emit()

    def _keeps(self, item: ListedFinding) -> bool:
        if self._severity and item.finding.severity != self._severity:
            return False
        return all(word in item.searched for word in self._words)
