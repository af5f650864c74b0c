# SPDX-License-Identifier: GPL-2.0-or-later
"""The call list in the dock: whom to ring up this month, and one click when it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidgetItem, QWidget

from ...domain.progress import Progress
from ...domain.text import fold
from ...store.calling import Call, call_list
from ...store.database import Store
from ...store.documents.calling import (
    call_document,
    group_text,
    phones_text,
    place_text,
    state_text,
)
from ...store.documents.words import Words
from ...store.verifying import verify_records
from ..documents import LANGUAGES, ask_report
from ..enter_key import EnterKey
from ..importing.taken_back import take_back
from ..language import isolated, leading, number, ui_language
from ..map_view import beside_store, zoom_to
from ..messages import say_with_action
from ..overview import Overview
from ..plain import tips
from ..session import Session
from ..settings import load_settings

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_WIDTHS = (16, 10)  # characters of a telephone and of a due day; a tool tip has the whole
_FEW = 2000  # sites of a store of which the list is read while one looks
_MOST = 5000  # sites that are listed: no month has time for more
CALL = Qt.ItemDataRole.UserRole
TELEPHONE = "telephone"  # of the vocabulary ``verification_method``
translate = QCoreApplication.translate


class CallListBox(QWidget, Form):
    """What is to be verified this month, by institution and region."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self._listed: tuple[Call, ...] = ()
        self._stale = self._few = False
        for section in range(self.calls.columnCount()):
            self.calls.headerItem().setTextAlignment(section, leading())
        self.calls.header().setStretchLastSection(False)
        self.calls.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        character = self.calls.fontMetrics().averageCharWidth()
        self.calls.setIndentation(2 * character)
        for section, width in enumerate(_WIDTHS, start=1):
            self.calls.header().resizeSection(section, character * width)
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(self.language.findData(ui_language()), 0))
        self.search.setShowSearchIcon(True)
        self._connect()

    def _connect(self) -> None:
        self.institution.currentIndexChanged.connect(lambda _index: self._fill())
        self.region.currentIndexChanged.connect(lambda _index: self._fill())
        self.search.textChanged.connect(lambda _text: self._fill())
        self.calls.itemSelectionChanged.connect(self._enable)
        self.calls.itemDoubleClicked.connect(self.show_record)
        EnterKey(self.calls, lambda index: self.show_record(self.calls.itemFromIndex(index)))
        self.verifyButton.clicked.connect(self.verify)
        self.saveButton.clicked.connect(self.ask_file)
        self.session.overview_changed.connect(self.show_overview)

    def show_overview(self, overview: Overview) -> None:
        """List what is due, now if the list is in sight, else when it comes into sight."""
        self._few = sum(overview.counts.values()) <= _FEW
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event) -> None:  # noqa: N802 (Qt's name)
        """List what is due when the list comes into sight."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def _read(self) -> None:
        """Read what is due: at once in a small store, else in a task."""
        title = translate("CarteCP3", "Reading the call list")
        self.session.read_soon(
            title, lambda store, _progress: call_list(store, most=_MOST), self._show, self._few
        )

    def _show(self, calls: tuple[Call, ...]) -> None:
        self._listed = calls
        self._refresh()

    def shown(self) -> tuple[Call, ...]:
        """Return the calls that the filters let through, in their order."""
        code, region = self.institution.currentData(), self.region.currentData()
        words = fold(self.search.text()).split()
        say = Words(ui_language())
        return tuple(
            call
            for call in self._listed
            if code in (None, call.institution["code"])
            and region in (None, call.region_code)
            and all(word in _searched(call, say) for word in words)
        )

    def chosen(self) -> list[Call]:
        """Return the calls that are chosen."""
        calls = (item.data(0, CALL) for item in self.calls.selectedItems())
        return [call for call in calls if call is not None]

    def verify(self) -> None:
        """Note that the chosen records were confirmed by telephone today."""
        records = [(call.table, call.key) for call in self.chosen()]
        by = load_settings().verified_by

        def work(store: Store, _progress: Progress) -> str:
            return verify_records(store, records, TELEPHONE, by)

        def done(batch: str) -> None:
            text = translate("CarteCP3", "Records verified today by telephone: {count}.")
            bar, undo = self.session.iface.messageBar(), translate("CarteCP3", "Undo")
            said = text.format(count=number(len(records)))
            say_with_action(bar, said, undo, lambda: self.take_back(batch))

        self.session.in_background(translate("CarteCP3", "Noting the calls"), work, done)

    def take_back(self, batch: str) -> None:
        """Let records be as if they had not been confirmed."""

        said = translate("CarteCP3", "The calls were taken back.")
        take_back(self.session, batch, translate("CarteCP3", "Taking the calls back"), said)

    def ask_file(self) -> None:
        """Ask where the list goes, as XLSX or PDF, and write it."""
        file = ask_report(self, beside_store(self.session.location, "appels.xlsx"))
        if file:
            self.save(file)

    def save(self, file: Path) -> None:
        """Write the list as it is filtered; the file's ending tells XLSX from PDF."""
        calls, language, day = self.shown(), self.language.currentData(), date.today()

        def work(_store: Store, _progress: Progress) -> Path:
            from ...gis.documents import save_document

            save_document(call_document(calls, language, day), file, day)
            return file

        def done(written: Path) -> None:
            said = translate("CarteCP3", "Call list saved: {file}")
            self.session.say(said.format(file=isolated(str(written))))

        title = translate("CarteCP3", "Writing the call list")
        self.session.in_foreground(title, work, done)

    def show_record(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        """Show a record's site on the map, and its form on its telephone."""
        call = item.data(0, CALL)
        if call is None:
            return
        if call.record.get("lon") is not None:
            zoom_to(self.session.iface, call.record["lon"], call.record["lat"])
        field = "phone" if call.table == "site" else "verified_on"
        self.session.record_wanted.emit(call.table, call.key, field)

    def _refresh(self) -> None:
        self._stale = False
        say = Words(ui_language())
        institutions = {call.institution["code"]: call.institution for call in self._listed}
        named = [(code, say.institution(row)) for code, row in institutions.items()]
        _offer(self.institution, translate("CarteCP3", "All institutions"), named)
        codes = sorted({call.region_code for call in self._listed}, key=lambda code: code or "99")
        regions = [(code, say.region(code)) for code in codes]
        _offer(self.region, translate("CarteCP3", "All regions"), regions)
        self._fill()

    def _fill(self) -> None:
        say, calls = Words(ui_language()), self.shown()
        self.calls.clear()
        self.calls.addTopLevelItems(list(_groups(calls, say)))
        for place in range(self.calls.topLevelItemCount()):
            self.calls.setFirstItemColumnSpanned(self.calls.topLevelItem(place), True)
        self.calls.expandAll()
        text = translate(
            "CarteCP3", "To verify this month: {count}, of which overdue or never verified: {late}."
        )
        late = sum(call.state != "due" for call in calls)
        text = text.format(count=number(len(calls)), late=number(late))
        if len(self._listed) >= _MOST:
            more = translate("CarteCP3", "The {count} that have waited longest are listed.")
            text += " " + more.format(count=number(_MOST))
        self.summary.setText(text)
        self.saveButton.setEnabled(bool(calls))
        self._enable()

    def _enable(self) -> None:
        self.verifyButton.setEnabled(bool(self.chosen()))


def _searched(call: Call, say: Words) -> str:
    return fold(f"{say.name(call.record)} {place_text(call, say)} {' '.join(call.phones)}")


def _offer(combo, everything: str, named: Sequence[tuple[str, str]]) -> None:
    """Fill a choice anew; what was chosen stays chosen if it is still there."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(everything, None)
    for code, name in named:
        combo.addItem(name, code)
    combo.setCurrentIndex(max(combo.findData(before), 0) if before is not None else 0)
    combo.blockSignals(False)


def _groups(calls: Sequence[Call], say: Words) -> Iterator[QTreeWidgetItem]:
    def heading(call: Call) -> tuple[str, str]:
        return say.institution(call.institution), group_text(call, say)

    for (institution, group), members in groupby(calls, key=heading):
        lines = [_line(call, say) for call in members]
        text = translate("CarteCP3", "{institution} · {region} ({count})")
        top = QTreeWidgetItem(
            [text.format(institution=institution, region=group, count=number(len(lines)))]
        )
        top.setFlags(Qt.ItemFlag.ItemIsEnabled)
        top.addChildren(lines)
        yield top


def _line(call: Call, say: Words) -> QTreeWidgetItem:
    name, place = say.name(call.record), place_text(call, say)
    shown = f"{isolated(name)} · {isolated(place)}" if place else isolated(name)
    item = QTreeWidgetItem([shown, phones_text(call, say), state_text(call, say)])
    item.setData(0, CALL, call)
    tips(item)
    return item
