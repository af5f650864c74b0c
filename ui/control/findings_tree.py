# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings under headings: by severity, institution, region or rule, each with its count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

from qgis.PyQt.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, Qt

from ...gis.sentences import sentence
from ...store.boundaries import load_gazetteer
from ...store.database import Row
from ..language import number, short_name, ui_language
from ..overview import ListedFinding
from .findings_model import SEVERITIES, FindingsFilter, severity_icon, severity_label

ROOT = QModelIndex()
BY = ("severity", "institution", "region", "rule")
translate = QCoreApplication.translate


class FindingsTree(QAbstractItemModel):
    """Two levels over a filter of findings: groups, and the findings of each."""

    def __init__(self, findings: FindingsFilter, parent=None) -> None:
        super().__init__(parent)
        self.findings = findings
        self._by = BY[0]
        self._institutions: dict[str, str] = {}
        self._groups: list[tuple[str, list[int]]] = []
        for signal in ("modelReset", "layoutChanged", "rowsInserted", "rowsRemoved"):
            getattr(findings, signal).connect(self._arrange)

    def name_institutions(self, rows: tuple[Row, ...]) -> None:
        """Learn what institutions are called."""
        self._institutions = {row["code"]: short_name(row) for row in rows}

    def group_by(self, by: str) -> None:
        """Group by one of ``BY``."""
        self._by = by
        self._arrange()

    def item(self, index: QModelIndex) -> ListedFinding | None:
        """Return the finding at an index, None for a heading."""
        return self.findings.item(self._source(index))

    def place(self, row: int) -> QModelIndex:
        """Return where the finding of a row of the filter stands."""
        for group, (_code, rows) in enumerate(self._groups):
            if row in rows:
                return self.createIndex(rows.index(row), 0, group + 1)
        return QModelIndex()

    def row(self, index: QModelIndex) -> int:
        """Return the row of the filter of a finding, -1 for a heading."""
        return self._source(index).row()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the findings within their groups."""
        self.findings.sort(column, order)

    def index(self, row: int, column: int, parent: QModelIndex = ROOT) -> QModelIndex:
        """Return the index of a group, or of a finding in it."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: QModelIndex) -> QModelIndex:
        """Return the group of a finding."""
        group = index.internalId() if index.isValid() else 0
        return self.createIndex(group - 1, 0, 0) if group else QModelIndex()

    def rowCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many groups there are, or findings in a group."""
        if not parent.isValid():
            return len(self._groups)
        leaf = parent.internalId() or parent.column()
        return 0 if leaf else len(self._groups[parent.row()][1])

    def columnCount(self, _parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many columns are shown."""
        return self.findings.columnCount()

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell of a finding, or the heading of a group with its count."""
        if not index.isValid():
            return None
        if index.internalId():
            return self._source(index).data(role)
        code, rows = self._groups[index.row()]
        if index.column() == 0 and role == Qt.ItemDataRole.DecorationRole:
            return severity_icon(code) if self._by == "severity" else None
        if index.column() == 0 and role == Qt.ItemDataRole.DisplayRole:
            heading = translate("CarteCP3", "{group} ({count})")
            return heading.format(group=self._name(code), count=number(len(rows)))
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """A finding can be chosen, a heading only opened."""
        flags = Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsSelectable if index.internalId() else flags

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        return self.findings.headerData(section, orientation, role)

    def _source(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        row = self._groups[index.internalId() - 1][1][index.row()]
        return self.findings.index(row, index.column())

    def _arrange(self, *_change) -> None:
        self.beginResetModel()
        code_of = _CODES[self._by]
        groups: dict[str, list[int]] = {}
        for row, item in enumerate(self._items()):
            groups.setdefault(code_of(item), []).append(row)
        self._groups = sorted(groups.items(), key=self._order)
        self.endResetModel()

    def _items(self) -> Iterator[ListedFinding]:
        for row in range(self.findings.rowCount()):
            item = self.findings.item(self.findings.index(row, 0))
            if item is not None:
                yield item

    def _order(self, group: tuple[str, list[int]]) -> tuple:
        """The gravest first, regions by their code, others the most numerous first."""
        code, rows = group
        if self._by == "severity":
            return (SEVERITIES.index(code) if code in SEVERITIES else len(SEVERITIES),)
        return (not code, code) if self._by == "region" else (-len(rows), code)

    def _name(self, code: str) -> str:
        if self._by == "severity":
            return severity_label(code)
        if self._by == "rule":
            return sentence(code, {}, ui_language())
        if self._by == "institution":
            return self._institutions.get(code, code) or translate("CarteCP3", "No institution")
        unit = load_gazetteer().units.get(code)
        if unit is None:
            return translate("CarteCP3", "No region")
        return unit.name_ar if ui_language() == "ar" else unit.name_fr


_CODES: dict[str, Callable[[ListedFinding], str]] = {
    "severity": lambda item: item.finding.severity,
    "institution": lambda item: item.institution,
    "region": lambda item: item.region,
    "rule": lambda item: item.finding.rule,
}
