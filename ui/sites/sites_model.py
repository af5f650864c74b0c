# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of a store as a table that asks the store for the lines in sight, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QCoreApplication, QDate, QModelIndex, Qt
from qgis.PyQt.QtGui import QColor, QIcon

from ...domain.schema import load_schema
from ...domain.site_list import SiteLine
from ..language import day, isolated, label
from ..plain import tip
from .sites_source import SitesSource

COLUMNS = ("name", "institution", "commune", "kind", "status", "verified_on")
OVERDUE_COLOUR = QColor("#a15c00")
ROOT = QModelIndex()
translate = QCoreApplication.translate


def status_labels() -> dict[str, str]:
    """Return the names of the states of a record, by code."""
    return {term.code: label(term.labels) for term in load_schema().vocabulary("status")}


class SitesModel(QAbstractTableModel):
    """Sites, one a row: those that the source finds, in its order, as far as one has scrolled.

    Sites that are selected on the map or edited stand at the top if their page has not come yet.
    What is edited and not saved is shown as it is edited, whatever is searched.
    """

    def __init__(self, source: SitesSource, parent=None) -> None:
        super().__init__(parent)
        self.source = source
        self._lines: list[SiteLine] = []
        self._rows: dict[str, int] = {}
        self._edited: dict[str, SiteLine] = {}
        self._gone: set[str] = set()
        self._icons: Mapping[str, QIcon] = {}
        self._institutions: Mapping[str, str] = {}
        self._statuses = status_labels()

    def show(self, institutions: Mapping[str, str], icons: Mapping[str, QIcon]) -> None:
        """Show what the source finds now; institutions have a name and an icon by their code."""
        self._institutions = institutions
        self._icons = icons
        self._edited.clear()
        self._gone.clear()
        self.reload()

    def reload(self) -> None:
        """Show the first page again: another search, another order, another store."""
        self._reset([*self._edited.values(), *self.source.first()])

    def replace(self, lines: Iterable[SiteLine], gone: Collection[str] = ()) -> None:
        """Show some sites as they now are, new ones too, and some no more."""
        self._gone.update(gone)
        for line in lines:
            self._edited[line.key] = line
            self._gone.discard(line.key)
        for key in gone:
            self._edited.pop(key, None)
        new = [line for line in self._edited.values() if line.key not in self._rows]
        self._reset([*new, *self._lines])

    def include(self, keys: Collection[str]) -> None:
        """Put those of some sites that are searched and not shown yet at the top."""
        missing = [key for key in keys if key not in self._rows and key not in self._gone]
        found = self.source.among(missing) if missing else []
        if found:
            self.beginInsertRows(ROOT, 0, len(found) - 1)
            self._take([*found, *self._lines])
            self.endInsertRows()

    @property
    def lines(self) -> list[SiteLine]:
        """The sites that have been read."""
        return self._lines

    def line(self, row: int) -> SiteLine:
        """Return the site of a row."""
        return self._lines[row]

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """Return the rows of those of some sites that are shown, in order."""
        return sorted(self._rows[key] for key in keys if key in self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the sites in the order of a column (Qt calls this)."""
        self.source.sort(COLUMNS[max(column, 0)], order == Qt.SortOrder.DescendingOrder)
        self.reload()

    def canFetchMore(self, parent: QModelIndex = ROOT) -> bool:  # noqa: N802 (Qt's name)
        """Return whether the source has another page."""
        return not parent.isValid() and self.source.has_more

    def fetchMore(self, _parent: QModelIndex = ROOT) -> None:  # noqa: N802 (Qt's name)
        """Read another page (Qt calls this when the end comes into sight)."""
        new = [line for line in self._as_edited(self.source.more()) if line.key not in self._rows]
        if new:
            self.beginInsertRows(ROOT, len(self._lines), len(self._lines) + len(new) - 1)
            self._take([*self._lines, *new])
            self.endInsertRows()

    def fetch_all(self, most: int) -> bool:
        """Read on to the end, or until ``most`` sites are shown; return whether it is the end."""
        while self.source.has_more and len(self._lines) < most:
            before = len(self._lines)
            self.fetchMore()
            if len(self._lines) == before:
                break
        return not self.source.has_more

    def _reset(self, lines: Iterable[SiteLine]) -> None:
        self.beginResetModel()
        self._take(self._as_edited(lines))
        self.endResetModel()

    def _as_edited(self, lines: Iterable[SiteLine]) -> list[SiteLine]:
        """Return lines, each once, as far as they are still there, as they are edited."""
        by_key = {line.key: self._edited.get(line.key, line) for line in lines}
        return [line for key, line in by_key.items() if key not in self._gone]

    def _take(self, lines: list[SiteLine]) -> None:
        self._lines = lines
        self._rows = {line.key: row for row, line in enumerate(lines)}

    def rowCount(self, parent: QModelIndex = ROOT) -> int:  # noqa: N802 (Qt's name)
        """Return how many sites are shown."""
        return 0 if parent.isValid() else len(self._lines)

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
            text = self._text(line, column)
            if column == "verified_on" and line.overdue:  # what the colour tells whoever sees it
                late = translate("CarteCP3", "To be verified")
                text = f"{text} · {late}"
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.DecorationRole and column == "name":
            return self._icons.get(line.institution)
        if role == Qt.ItemDataRole.ForegroundRole and column == "verified_on" and line.overdue:
            return OVERDUE_COLOUR
        return None

    def _text(self, line: SiteLine, column: str) -> str:
        if column == "name":
            return isolated(line.name)
        if column == "institution":
            return self._institutions.get(line.institution, line.institution)
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
