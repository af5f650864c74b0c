# SPDX-License-Identifier: GPL-2.0-or-later
"""Likely duplicates: the pairs, two records side by side, and their merge."""

from __future__ import annotations

from pathlib import Path
from textwrap import shorten
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QHeaderView,
    QRadioButton,
    QTreeWidgetItem,
)

from ...domain.errors import CarteError
from ...domain.progress import Progress
from ...gis.connections import open_named
from ...store.database import Row, Store
from ...store.merging import Merge, merge_sites, merges
from .. import asking
from ..enter_key import StillDialog
from ..importing.taken_back import take_back
from ..language import direction, isolated, leading, mark, moment, name, number
from ..messages import say_with_action
from ..plain import tip, tips
from ..session import Session
from .pairs import (
    Comparison,
    ListedPair,
    merge_choices,
    pair_field_label,
    pair_value,
    percent,
    read_comparison,
    read_pair,
    read_pairs,
    reasons,
    tell_apart,
)

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_LONGEST = 60  # characters of a value; the whole of it is in the tool tip
translate = QCoreApplication.translate


class DuplicatesDialog(StillDialog, Form):
    """Shows the pairs of one store at a time; the dock stays of use beside it."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setLayoutDirection(direction())
        self.session = session
        self.listed: list[ListedPair] = []
        self.comparison: Comparison | None = None
        self._sides: dict[str, QButtonGroup] = {}
        self._kept = QButtonGroup(self)
        for tree in (self.pairs, self.fields):
            for section in range(tree.columnCount()):
                tree.headerItem().setTextAlignment(section, leading())
            tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.parts.setSizes([220, 340])
        self._show_pairs([])
        self.pairs.currentItemChanged.connect(lambda _now, _before: self.compare())
        self.mergeButton.clicked.connect(self.ask_merge)
        self.apartButton.clicked.connect(self.ask_apart)
        self.undoButton.clicked.connect(self.list_merges)
        self.closeButton.clicked.connect(self.close)
        session.busy_changed.connect(lambda busy: self.setEnabled(not busy))
        session.store_changed.connect(self.close)

    def search(self) -> None:
        """Look for pairs in the store, and show them."""
        self.show()
        self.raise_()
        title = translate("CarteCP3", "Looking for duplicates")
        self.session.read(title, read_pairs, self._show_pairs)

    def show_two(self, a: str, b: str) -> None:
        """Show two sites that somebody chose, whatever they look like."""
        title = translate("CarteCP3", "Reading two sites")
        self.session.read(
            title, lambda store, _progress: [read_pair(store, a, b)], self._show_pairs
        )

    def _show_pairs(self, listed: list[ListedPair]) -> None:
        self.listed = listed
        self.pairs.blockSignals(True)
        self.pairs.clear()
        for one in listed:
            texts = [percent(one.pair.score), _record(one.first), _record(one.second)]
            item = QTreeWidgetItem([*texts, reasons(one.pair)])
            tips(item, first=1)
            self.pairs.addTopLevelItem(item)
        self.pairs.blockSignals(False)
        text = translate("CarteCP3", "Pairs that are probably one place: {count}")
        self.summary.setText(text.format(count=number(len(listed))))
        self._show_comparison(None)
        if listed:
            self.pairs.setCurrentItem(self.pairs.topLevelItem(0))

    def current(self) -> ListedPair | None:
        """Return the pair that is chosen."""
        row = self.pairs.indexOfTopLevelItem(self.pairs.currentItem())
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def compare(self) -> None:
        """Show the two records of the chosen pair side by side (two rows: read at once)."""
        listed = self.current()
        comparison = None
        if listed is not None:
            try:
                with open_named(self.session.location) as store:
                    comparison = read_comparison(store, listed)
            except CarteError as error:
                self.session.say_error(error)
        self._show_comparison(comparison)

    def _show_comparison(self, comparison: Comparison | None) -> None:
        """Show the fields that differ, the value that a merge would take already chosen."""
        self.comparison = comparison
        self.fields.clear()
        self._sides = {}
        listed = self.current()
        shown = comparison is not None and listed is not None
        self.mergeButton.setEnabled(shown)
        self.apartButton.setEnabled(shown)
        self.explanation.setVisible(shown)
        if comparison is None or listed is None:
            return
        title = translate("CarteCP3", "Record that is kept")
        self._kept = self._choice(title, _record(listed.first), _record(listed.second))
        self._kept.buttonClicked.connect(lambda _button: self._choose_defaults())
        differing = [field for field in comparison.fields if not field.same]
        for field in differing:
            values = (pair_value(field.field, field.a), pair_value(field.field, field.b))
            self._sides[field.field] = self._choice(pair_field_label(field.field), *values)
        same = len(comparison.fields) - len(differing)
        text = translate(
            "CarteCP3",
            "Fields that are the same in both: {count}. The record that is not kept is closed and "
            "leads to the other one; its offers, notices and history are kept."
        )  # fmt: skip
        self.explanation.setText(text.format(count=number(same)))
        self._choose_defaults()

    def _choice(self, title: str, first: str, second: str) -> QButtonGroup:
        """Add a line with a choice between two values, the first one chosen."""
        item = QTreeWidgetItem([title])
        item.setToolTip(0, tip(title))
        self.fields.addTopLevelItem(item)
        group = QButtonGroup(self.fields)
        for side, text in enumerate((first, second)):
            shown = isolated(shorten(text, _LONGEST, placeholder="…"))
            button = QRadioButton(shown.replace("&", "&&"))  # no letter is a shortcut here
            button.setToolTip(tip(text))
            button.setAccessibleName(f"{title}: {text}")
            group.addButton(button, side)
            self.fields.setItemWidget(item, side + 1, button)
        group.button(0).setChecked(True)
        return group

    def _choose_defaults(self) -> None:
        """Choose of each field the value that a merge would take by itself."""
        if self.comparison is None:
            return
        kept = self._kept.checkedId()
        for field, group in self._sides.items():
            taken = field in self.comparison.by_default[kept]
            group.button(1 - kept if taken else kept).setChecked(True)

    def ask_merge(self) -> None:
        """Ask, then merge the two records as chosen."""
        listed = self.current()
        if listed is None or not self.session.edits_saved():
            return
        first_kept = self._kept.checkedId() == 0
        kept, given_up = listed.first, listed.second
        if not first_kept:
            kept, given_up = given_up, kept
        question = translate(
            "CarteCP3",
            "Merge “{given_up}” into “{kept}”? The first is closed as a duplicate and leads to "
            "the second."
        ).format(given_up=isolated(_name(given_up)), kept=isolated(_name(kept)))  # fmt: skip
        if asking.agreed(self, translate("CarteCP3", "Merge two records"), question):
            self.merge(kept["site_id"], given_up["site_id"])

    def merge(self, keep: str, drop: str) -> None:
        """Merge one record into another, with the values chosen."""
        listed, comparison = self.current(), self.comparison
        if listed is None or comparison is None:
            return
        first = {field: group.checkedId() == 0 for field, group in self._sides.items()}
        choices = merge_choices(comparison, keep == listed.first["site_id"], first)

        def work(store: Store, progress: Progress) -> tuple[str, list[ListedPair]]:
            return merge_sites(store, keep, drop, choices), read_pairs(store, progress)

        def done(merged: tuple[str, list[ListedPair]]) -> None:
            batch, pairs = merged
            self._show_pairs(pairs)
            bar, undo = self.session.iface.messageBar(), translate("CarteCP3", "Undo")
            text = translate("CarteCP3", "Two records were merged into one.")
            say_with_action(bar, text, undo, lambda: self.take_back(batch))

        self.session.in_background(translate("CarteCP3", "Merging two records"), work, done)

    def take_back(self, batch: str) -> None:
        """Make the two records of a merge two again, and look for duplicates again."""

        title = translate("CarteCP3", "Undoing the merge")
        said = translate("CarteCP3", "Merge undone: the two records are two again.")
        take_back(self.session, batch, title, said, read_pairs, self._show_pairs)

    def list_merges(self) -> None:
        """Read the merges that still stand, to choose one to undo."""
        title = translate("CarteCP3", "Reading the merges")
        self.session.read(title, lambda store, _progress: merges(store), self.ask_merge_to_undo)

    def ask_merge_to_undo(self, found: tuple[Merge, ...]) -> None:
        """Ask which merge is undone, and undo it."""
        if not found:
            self.session.say(translate("CarteCP3", "No merge of this store can be undone."))
            return
        texts = [
            f"{moment(one.at)} · {_record(one.dropped)} → {_record(one.kept)}" for one in found
        ]
        title = translate("CarteCP3", "Undo a merge")
        question = translate("CarteCP3", "Which two records are to be two again?")
        place = asking.asked_item(self, title, question, texts)
        if place is not None:
            self.take_back(found[place].batch)

    def ask_apart(self) -> None:
        """Ask why the two are two places, and do not propose them again."""
        title = translate("CarteCP3", "Two places")
        question = translate(
            "CarteCP3", "How are they known to be two places? Whoever checks later reads this."
        )
        reason = asking.asked_text(self, title, question)
        if reason and reason.strip():
            self.tell_apart(reason)

    def tell_apart(self, reason: str) -> None:
        """Do not propose the chosen pair again."""
        listed = self.current()
        if listed is None:
            return

        def work(store: Store, progress: Progress) -> list[ListedPair]:
            tell_apart(store, listed, reason)
            return read_pairs(store, progress)

        title = translate("CarteCP3", "Noting that they are two places")
        self.session.in_background(title, work, self._show_pairs)


def _name(row: Row) -> str:
    return name(row) or row["name_ar"] or row["site_id"]


def _record(row: Row) -> str:
    """Return a record with its institution and the institution's code for it."""
    known = " ".join(filter(None, (row["institution_code"], row["external_id"])))
    return f"{mark()}{isolated(_name(row))} ({isolated(known)})" if known else _name(row)
