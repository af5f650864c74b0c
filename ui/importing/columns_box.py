# SPDX-License-Identifier: GPL-2.0-or-later
"""The columns of a file before its import: what each feeds, and the questions to answer."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QHeaderView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QTreeWidgetItem,
)

from ...domain.columns import LEFT_OUT
from ...domain.schema import Schema, load_schema
from ...domain.text import fold
from ...store.preview import ASKED, OUT, FileColumn, Preview, answered
from ..control.findings_model import severity_icon
from ..language import isolated, label, leading, number
from ..plain import tip

_ASKED_COLOUR = QColor(199, 119, 0, 60)
_LEFT_OUT_GROUPS = ("history", "style")
translate = QCoreApplication.translate


def place_label(name: str) -> str:
    """Return what a column that is no field of a table is called, its name if it is none."""
    return {
        "commune": translate("CarteCP3", "Commune or town"),
        "province": translate("CarteCP3", "Province or prefecture"),
        "region": translate("CarteCP3", "Region"),
        "lat": translate("CarteCP3", "Latitude"),
        "lon": translate("CarteCP3", "Longitude"),
        "coordinates": translate("CarteCP3", "Coordinates"),
        "services": translate("CarteCP3", "Services offered"),
        "site_kinds": translate("CarteCP3", "Offered at sites of the kinds"),
    }.get(name, name)


def grouped_fields(schema: Schema, table: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the groups of a table's fields: the group's label, then (field, label) of each."""
    definition = schema.table(table)
    places = [one.name for one in schema.columns if one.table == table]
    for group, labels in schema.groups.items():
        if group in _LEFT_OUT_GROUPS:
            continue
        fields = [
            (field.name, label(field.label))
            for field in definition.fields
            if field.group == group and not field.read_only
        ]
        beside = "place" if table == "site" else "access"
        if group == beside:
            fields = [(name, place_label(name)) for name in places] + fields
        if fields:
            yield label(labels), fields


class StillComboBox(QComboBox):
    """A choice that the mouse wheel does not change: it scrolls the list it stands in.

    While nothing is chosen it says ``question``: Qt's own placeholder is not drawn in every
    style and version.
    """

    question = ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the choice, or the question."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.question
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the wheel to the list."""
        event.ignore()


class ColumnsBox(QObject):
    """Drives the page « Columns » of the import: ``answered`` is sent after each answer."""

    answered = pyqtSignal()

    def __init__(self, form) -> None:
        super().__init__(form)
        self.form = form
        self.preview: Preview | None = None
        self._fields: QStandardItemModel | None = None
        header = form.columns.header()
        for section in range(3):
            form.columns.headerItem().setTextAlignment(section, leading())
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        form.acceptButton.clicked.connect(self.accept)

    def show(self, preview: Preview | None) -> None:
        """Show the columns of another file, or none."""
        self.preview = preview
        self.form.columns.clear()
        if preview is not None and preview.table:
            self._fields = _field_model(preview.table, self)
            seen: set[str] = set()
            for column in preview.columns:
                self._add(column, twice=fold(column.heading) in seen)
                seen.add(fold(column.heading))
        self._refresh()

    def answer(self, heading: str, target: str) -> None:
        """Say which field a column feeds (``LEFT_OUT``: none)."""
        if self.preview is not None:
            self.preview = answered(self.preview, load_schema(), heading, target)
            self._refresh()
            self.answered.emit()

    def accept(self) -> None:
        """Answer every question with yes."""
        while self.preview is not None and self.preview.questions:
            asked = next(one for one in self.preview.columns if one.state == ASKED)
            self.preview = answered(self.preview, load_schema(), asked.heading, asked.target)
        self._refresh()
        self.answered.emit()

    def _add(self, column: FileColumn, twice: bool) -> None:
        item = QTreeWidgetItem([isolated(column.heading), "", isolated(column.sample)])
        item.setToolTip(0, tip(column.heading))
        item.setToolTip(2, tip(column.sample))
        self.form.columns.addTopLevelItem(item)
        choice = StillComboBox()
        choice.setModel(self._fields)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(10)
        choice.setMaxVisibleItems(20)
        choice.setAccessibleName(column.heading)
        choice.setEnabled(not twice)  # a mapping goes by headings: the first of two is read
        choice.activated.connect(
            lambda _index: self.answer(column.heading, choice.currentData() or LEFT_OUT)
        )
        self.form.columns.setItemWidget(item, 1, choice)

    def _refresh(self) -> None:
        """Show each column's state: questions in colour with the field that is proposed."""
        preview = self.preview
        columns = preview.columns if preview is not None else ()
        for row, column in enumerate(columns):
            item = self.form.columns.topLevelItem(row)
            choice = self.form.columns.itemWidget(item, 1)
            asked = column.state == ASKED
            target = LEFT_OUT if column.state == OUT else "" if asked else column.target
            choice.setCurrentIndex(choice.findData(target) if target else -1)
            if asked:
                proposed = choice.itemText(choice.findData(column.target))
                choice.question = translate("CarteCP3", "{field}?").format(field=proposed)
            else:
                choice.question = translate("CarteCP3", "not recognised")
            choice.update()
            for section in range(3):
                item.setBackground(section, _ASKED_COLOUR if asked else QColor(0, 0, 0, 0))
            item.setData(0, Qt.ItemDataRole.DecorationRole, _mark(column))
        self.form.acceptButton.setVisible(any(one.state == ASKED for one in columns))
        self.form.columnsHint.setText(_hint(preview))
        self.form.columnsHint.setVisible(preview is not None)


def _mark(column: FileColumn):
    return severity_icon("warning") if column.state == ASKED else None


def _hint(preview: Preview | None) -> str:
    """Return what is to be done about the columns, in one line."""
    if preview is None:
        return ""
    if not preview.table:
        return translate(
            "CarteCP3",
            "No row of headings was recognised among the first lines of the file. Choose it above, "
            "or name the columns in the file (“Nom”, “Type”, “Commune”, “Téléphone”…)."
        )  # fmt: skip
    taken = sum(one.state not in (ASKED, OUT) and bool(one.target) for one in preview.columns)
    text = translate("CarteCP3", "{table}: {lines} rows; {taken} of {all} columns are recognised.")
    text = text.format(
        table=label(load_schema().table(preview.table).label),
        lines=number(preview.lines),
        taken=number(taken),
        all=number(len(preview.columns)),
    )
    if preview.questions:
        more = translate("CarteCP3", "Questions to answer: {count}.")
        text += " " + more.format(count=number(preview.questions))
    return text


def _field_model(table: str, parent: QObject) -> QStandardItemModel:
    """Return all fields of a table under their groups, after « not to be taken »."""
    model = QStandardItemModel(parent)
    nothing = QStandardItem(translate("CarteCP3", "Do not take"))
    nothing.setData(LEFT_OUT, Qt.ItemDataRole.UserRole)
    model.appendRow(nothing)
    for group, fields in grouped_fields(load_schema(), table):
        heading = QStandardItem(group)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        model.appendRow(heading)
        for name, text in fields:
            item = QStandardItem(text)
            item.setData(name, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
    return model
