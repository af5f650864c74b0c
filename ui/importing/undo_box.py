# SPDX-License-Identifier: GPL-2.0-or-later
"""Taking the last import back, and what was edited since and therefore stays."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QTreeWidgetItem

from ...domain.progress import Progress
from ...store.database import Row, Store
from .. import asking
from ..language import isolated, leading, moment, number
from ..overview import Overview
from ..plain import tips
from ..session import Session
from .taken_back import TakenBack, clash_count, clash_texts, with_names

translate = QCoreApplication.translate


class UndoBox(QObject):
    """Drives the groups « Last import » and « Import undone » of the place « Data »."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self._last_batch: Row = {}
        form.undoGroup.hide()
        form.undoneGroup.hide()
        for section in range(2):
            form.clashes.headerItem().setTextAlignment(section, leading())
        form.clashes.header().resizeSection(0, 24 * form.clashes.fontMetrics().averageCharWidth())
        form.undoButton.clicked.connect(self.ask)
        session.store_changed.connect(form.undoneGroup.hide)
        session.overview_changed.connect(self._show_last_import)

    def ask(self) -> None:
        """Ask, then take the last import back."""
        batch = self._last_batch
        question = translate(
            "CarteCP3",
            "Undo the import of {file}? Records that it created are removed, records that it "
            "changed are as before; what was edited since is kept."
        ).format(file=isolated(batch["file_name"]))  # fmt: skip
        if asking.agreed(self.form, translate("CarteCP3", "Undo the last import"), question):
            self.undo(batch["batch_id"])

    def undo(self, batch: str) -> None:
        """Take an import back."""

        def work(store: Store, _progress: Progress) -> TakenBack:
            from ...store.history import undo_import

            return with_names(store, undo_import(store, batch))

        self.session.in_background(translate("CarteCP3", "Undoing the import"), work, self.show)

    def show(self, taken: TakenBack) -> None:
        """Say how many records are as before, and list what was edited since and stays."""
        undone = taken.undone
        said = translate("CarteCP3", "Import undone: {count} records are as before.").format(
            count=number(undone.restored)
        )
        said = " ".join(filter(None, (said, clash_count(taken))))
        self.session.say(said, warning=bool(undone.clashes))
        self.form.undoneLabel.setText(said)
        self.form.clashes.clear()
        for texts in clash_texts(taken):
            item = QTreeWidgetItem(list(texts))
            tips(item)
            self.form.clashes.addTopLevelItem(item)
        self.form.clashes.setVisible(bool(undone.clashes))
        self.form.undoneGroup.show()

    def _show_last_import(self, overview: Overview) -> None:
        batch = overview.last_batch
        if batch is not None and batch != self._last_batch:
            self.form.undoneGroup.hide()
        self._last_batch = batch or {}
        self.form.undoGroup.setVisible(batch is not None)
        if batch is not None:
            self.form.undoLabel.setText(
                translate("CarteCP3", "{file}, {moment}").format(
                    file=isolated(batch["file_name"]), moment=isolated(moment(batch["at"]))
                )
            )
