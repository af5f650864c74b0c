# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of a trial: what becomes of each, and field by field what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QModelIndex, QObject
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem

from ...domain.schema import load_schema
from ...gis.sentences import field_label, finding_sentence, shown_value
from ...store.planning import CREATED, REFUSED, UPDATED, ImportPlan, Planned
from ...store.preview import Difference
from ..control.findings_view import prepare_table
from ..language import isolated, leading, number, position, ui_language
from ..plain import tips
from .columns_box import place_label
from .rows_model import OUTCOMES, RowsFilter, RowsModel, outcome_label

_POSITION = ("lon", "lat")
translate = QCoreApplication.translate


class RowsBox(QObject):
    """Drives the page « Rows » of the import."""

    def __init__(self, form) -> None:
        super().__init__(form)
        self.form = form
        self.model = RowsModel(self)
        self.filter = RowsFilter(self.model, self)
        self._table = ""
        self._differences: Mapping[str, tuple[Difference, ...]] = {}
        form.rows.setModel(self.filter)
        prepare_table(form.rows, (7, 13, 20, 10))
        form.rows.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for section in range(3):
            form.differences.headerItem().setTextAlignment(section, leading())
        form.differences.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        form.outcome.currentIndexChanged.connect(self._filter)
        form.rows.selectionModel().currentChanged.connect(self._explain)

    def show(
        self, plan: ImportPlan | None, differences: Mapping[str, tuple[Difference, ...]]
    ) -> None:
        """Show the rows of a plan, and what it changes in known records by their keys."""
        self._table = plan.columns.table if plan else ""
        self._differences = differences
        self.model.show(plan.rows if plan else ())
        self._list_outcomes(plan)
        self._filter()

    def _list_outcomes(self, plan: ImportPlan | None) -> None:
        choice = self.form.outcome
        choice.blockSignals(True)
        choice.clear()
        everything = translate("CarteCP3", "All rows ({count})")
        choice.addItem(everything.format(count=number(self.model.rowCount())), "")
        for outcome in OUTCOMES:
            count = plan.outcomes[outcome] if plan else 0
            if count:
                choice.addItem(f"{outcome_label(outcome)} ({number(count)})", outcome)
        choice.blockSignals(False)

    def _filter(self) -> None:
        self.filter.show_outcome(self.form.outcome.currentData() or "")
        first = self.filter.index(0, 0)
        self.form.rows.setCurrentIndex(first)
        self._explain(first, QModelIndex())

    def _explain(self, index: QModelIndex, _before: QModelIndex) -> None:
        """Show what the chosen row says, and why it was refused or what was found in it."""
        row = self.filter.item(index)
        self.form.differences.clear()
        for difference in self._listed(row) if row else ():
            self.form.differences.addTopLevelItem(self._line(difference))
        self.form.differences.setColumnHidden(1, bool(row) and row.outcome in (CREATED, REFUSED))
        self._fit()
        said = [finding_sentence(one, ui_language()) for one in row.findings] if row else []
        self.form.rowReasons.setText("\n".join(said))
        self.form.rowReasons.setVisible(bool(said))

    def _fit(self) -> None:
        """Give the differences the height of their lines, ten at most."""
        tree = self.form.differences
        lines = tree.topLevelItemCount()
        if lines:
            height = tree.header().sizeHint().height() + 2 * tree.frameWidth()
            tree.setFixedHeight(height + min(lines, 10) * tree.sizeHintForRow(0))
        tree.setVisible(lines > 0)

    def _listed(self, row: Planned) -> list[Difference]:
        """Return the fields that a row changes, or of a new or refused one all it says."""
        if row.outcome == UPDATED:
            return _positions_joined(self._differences.get(row.key, ()))
        if row.outcome not in (CREATED, REFUSED):
            return []
        said = [Difference(name, None, value) for name, value in row.values.items()]
        if row.services:
            said.append(Difference("services", None, "; ".join(row.services)))
        return _positions_joined(one for one in said if one.after not in (None, ""))

    def _line(self, difference: Difference) -> QTreeWidgetItem:
        texts = [
            self._label(difference.field),
            isolated(self._value(difference.field, difference.before)),
            isolated(self._value(difference.field, difference.after)),
        ]
        item = QTreeWidgetItem(texts)
        tips(item)
        return item

    def _label(self, field: str) -> str:
        shown = field_label(load_schema(), f"{self._table}.{field}", ui_language())
        return place_label(field) if shown == f"{self._table}.{field}" else shown

    def _value(self, field: str, value: Any) -> str:
        return shown_value(load_schema(), self._table, field, value, ui_language()) or "—"


def _positions_joined(differences) -> list[Difference]:
    """Show longitude and latitude as one position, in degrees."""
    listed = list(differences)
    where = {one.field: one for one in listed if one.field in _POSITION}
    kept = [one for one in listed if one.field not in _POSITION]
    if len(where) == len(_POSITION):
        before, after = (
            _position(getattr(where["lat"], side), getattr(where["lon"], side))
            for side in ("before", "after")
        )
        kept.append(Difference("lat", before, after))
    return kept


def _position(lat: float | None, lon: float | None) -> str:
    return "" if lat is None or lon is None else position(lat, lon)
