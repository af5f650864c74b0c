# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of a store as a table that searches, filters and sorts ten thousand lines at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QCoreApplication, QDate, QModelIndex, Qt
from qgis.PyQt.QtGui import QColor, QIcon

from ...domain.schema import load_schema
from ...domain.site_list import SiteFilter, SiteLine, matching
from ...domain.text import fold
from ..language import day, isolated, label

COLUMNS = ("name", "institution", "commune", "kind", "status", "verified_on")
OVERDUE_COLOUR = QColor("#a15c00")
ROOT = QModelIndex()
translate = QCoreApplication.translate


def status_labels() -> dict[str, str]:
    """Return the names of the states of a record, by code."""
    return {term.code: label(term.labels) for term in load_schema().vocabulary("status")}


class SitesModel(QAbstractTableModel):
    """Sites, one a row: those that a filter keeps, in the order of a column.

    Filter and order are plain lists of numbers: a proxy would ask Python once a row.
    """

    def __init__(self, parent=None) -> None:
        super().__init__(parent)
        self._lines: list[SiteLine] = []
        self._shown: list[int] = []
        self._rows: dict[str, int] = {}
        self._filter = SiteFilter()
        self._order = (0, Qt.SortOrder.AscendingOrder)
        self._icons: Mapping[str, QIcon] = {}
        self._institutions: Mapping[str, str] = {}
        self._statuses = status_labels()

    def show(
        self,
        lines: Iterable[SiteLine],
        institutions: Mapping[str, str],
        icons: Mapping[str, QIcon],
    ) -> None:
        """Show other sites; institutions have a name and an icon by their code."""
        self._lines = list(lines)
        self._institutions = institutions
        self._icons = icons
        self._sort_lines()
        self._apply()

    def show_only(self, wanted: SiteFilter) -> None:
        """Keep the sites that a filter keeps."""
        self._filter = wanted
        self._apply()

    def replace(self, lines: Iterable[SiteLine], gone: Collection[str] = ()) -> None:
        """Show some sites as they now are, new ones too, and some no more."""
        known = {line.key: line for line in self._lines if line.key not in gone}
        known.update((line.key, line) for line in lines)
        self._lines = list(known.values())
        self._sort_lines()
        self._apply()

    @property
    def lines(self) -> list[SiteLine]:
        """All sites, the filter aside."""
        return self._lines

    def line(self, row: int) -> SiteLine:
        """Return the site of a row."""
        return self._lines[self._shown[row]]

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """Return the rows of those of some sites that are shown, in order."""
        return sorted(self._rows[key] for key in keys if key in self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the sites in the order of a column (Qt calls this)."""
        self._order = (column, order)
        self._sort_lines()
        self._apply()

    def _sort_lines(self) -> None:
        column, order = self._order
        first = {
            "institution": self._institution,
            "commune": lambda line: fold(line.commune),
            "kind": lambda line: fold(line.kind),
            "status": lambda line: line.status,
            "verified_on": lambda line: line.verified_on,
        }.get(COLUMNS[max(column, 0)], lambda line: line.searched)
        self._lines.sort(
            key=lambda line: (first(line), line.searched),
            reverse=order == Qt.SortOrder.DescendingOrder,
        )

    def _apply(self) -> None:
        self.beginResetModel()
        self._shown = matching(self._lines, self._filter)
        self._rows = {self._lines[number].key: row for row, number in enumerate(self._shown)}
        self.endResetModel()

    def _institution(self, line: SiteLine) -> str:
        return self._institutions.get(line.institution, line.institution)

    def rowCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many sites are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell: text, the institution's symbol, the colour of what is overdue."""
        if not index.isValid():
            return None
        line, column = self.line(index.row()), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            late = column == "verified_on" and line.overdue
            return translate("CarteCP3", "To be verified") if late else self._text(line, column)
        if role == Qt.ItemDataRole.DecorationRole and column == "name":
            return self._icons.get(line.institution)
        if role == Qt.ItemDataRole.ForegroundRole and column == "verified_on" and line.overdue:
            return OVERDUE_COLOUR
        return None

    def _text(self, line: SiteLine, column: str) -> str:
        if column == "name":
            return isolated(line.name)
        if column == "institution":
            return self._institution(line)
        if column == "status":
            return self._statuses.get(line.status, line.status)
        if column == "verified_on":
            shown = day(QDate.fromString(line.verified_on[:10], Qt.DateFormat.ISODate))
            return shown or translate("CarteCP3", "never")
        return str(getattr(line, column))

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column."""
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _heading(COLUMNS[section]) if shown else None


def _heading(column: str) -> str:
    return {
        "name": translate("CarteCP3", "Name"),
        "institution": translate("CarteCP3", "Institution"),
        "commune": translate("CarteCP3", "Commune"),
        "kind": translate("CarteCP3", "Kind"),
        "status": translate("CarteCP3", "Status"),
        "verified_on": translate("CarteCP3", "Verified on"),
    }[column]
