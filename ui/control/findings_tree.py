# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings under headings: by severity, institution, region or rule, each with its count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

from qgis.PyQt.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, Qt

from ...domain.site_list import unit_name
from ...gis.sentences import sentence
from ...store.boundaries import load_units
from ...store.database import Row
from ..language import number, short_name, ui_language
from .findings_model import SEVERITIES, FindingsFilter, severity_icon, severity_label
from .listed_findings import ListedFinding

ROOT = QModelIndex()
PAGE = 100
BY = ("severity", "institution", "region", "rule")
translate = QCoreApplication.translate


class FindingsTree(QAbstractItemModel):
    """Two levels over a filter of findings: groups, and the findings of each.

    A group gives its findings page by page as one scrolls: a view asks for each row that it lays
    out, in sight or not.
    """

    def __init__(self, findings: FindingsFilter, parent=None) -> None:
        super().__init__(parent)
        self.findings = findings
        self._by = BY[0]
        self._institutions: dict[str, str] = {}
        self._groups: list[tuple[str, list[int]]] = []
        self._given: list[int] = []  # how many findings of each group the view knows of
        findings.changed.connect(self._arrange)

    def name_institutions(self, rows: tuple[Row, ...]) -> None:
        """Learn what institutions are called."""
        self._institutions = {row["code"]: short_name(row) for row in rows}

    def group_by(self, by: str) -> None:
        """Group by one of ``BY``."""
        self._by = by
        self._arrange()

    def item(self, index: QModelIndex) -> ListedFinding | None:
        """Return the finding at an index, None for a heading."""
        row = self.row(index)
        return self.findings.item(row) if row >= 0 else None

    def place(self, row: int) -> QModelIndex:
        """Return where the finding of a row of the filter stands."""
        for group, (_code, rows) in enumerate(self._groups):
            if row in rows:
                place = rows.index(row)
                self._give(group, place + 1)
                return self.createIndex(place, 0, group + 1)
        return QModelIndex()

    def row(self, index: QModelIndex) -> int:
        """Return the row of the filter of a finding, -1 for a heading."""
        if not index.isValid() or not index.internalId():
            return -1
        return self._groups[index.internalId() - 1][1][index.row()]

    def give_all(self) -> None:
        """Let the view know of all findings of all groups."""
        for group, (_code, rows) in enumerate(self._groups):
            self._give(group, len(rows))

    def canFetchMore(self, parent: QModelIndex = ROOT) -> bool:  # noqa: N802 (Qt's name)
        """Return whether a group has findings that the view does not know of."""
        group = self._group(parent)
        return group is not None and self._given[group] < len(self._groups[group][1])

    def fetchMore(self, parent: QModelIndex = ROOT) -> None:  # noqa: N802 (Qt's name)
        """Give another page of a group."""
        group = self._group(parent)
        if group is not None:
            self._give(group, self._given[group] + PAGE)

    def _give(self, group: int, wanted: int) -> None:
        given, wanted = self._given[group], min(wanted, len(self._groups[group][1]))
        if wanted > given:
            self.beginInsertRows(self.index(group, 0), given, wanted - 1)
            self._given[group] = wanted
            self.endInsertRows()

    def _group(self, index: QModelIndex) -> int | None:
        """Return the number of the group whose heading stands at an index, None for no heading."""
        heading = index.isValid() and not index.internalId() and index.column() == 0
        return index.row() if heading else None

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
        group = self._group(parent)
        return 0 if group is None else self._given[group]

    def hasChildren(self, parent: QModelIndex = ROOT) -> bool:  # noqa: N802 (Qt's name)
        """Return whether something stands under an index, known to the view or not."""
        return bool(self._groups) if not parent.isValid() else self._group(parent) is not None

    def columnCount(self, _parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many columns are shown."""
        return self.findings.model.columnCount()

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell of a finding, or the heading of a group with its count."""
        if not index.isValid():
            return None
        if index.internalId():
            return self.findings.index(self.row(index), index.column()).data(role)
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
        return self.findings.model.headerData(section, orientation, role)

    def _arrange(self) -> None:
        self.beginResetModel()
        code_of = _CODES[self._by]
        groups: dict[str, list[int]] = {}
        for row in range(self.findings.rowCount()):
            groups.setdefault(code_of(self.findings.item(row)), []).append(row)
        self._groups = sorted(groups.items(), key=self._order)
        self._given = [min(PAGE, len(rows)) for _code, rows in self._groups]
        self.endResetModel()

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
        unit = load_units().get(code)
        if unit is None:
            return translate("CarteCP3", "No region")
        return unit_name(unit, ui_language())


_CODES: dict[str, Callable[[ListedFinding], str]] = {
    "severity": lambda item: item.finding.severity,
    "institution": lambda item: item.institution,
    "region": lambda item: item.region,
    "rule": lambda item: item.finding.rule,
}


def groupings() -> Iterator[tuple[str, str]]:
    """Yield each of ``BY`` with what it is called."""
    texts = (
        translate("CarteCP3", "By severity"),
        translate("CarteCP3", "By institution"),
        translate("CarteCP3", "By region"),
        translate("CarteCP3", "By rule"),
    )
    yield from zip(BY, texts)
