# SPDX-License-Identifier: GPL-2.0-or-later
"""Short questions: yes or no, a line of text, one of a list.

Qt's own functions for them turn neither to the direction of the language nor always to its words.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QInputDialog, QMessageBox, QWidget

from .language import direction

_YES, _NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
translate = QCoreApplication.translate


def agreed(parent: QWidget, title: str, question: str) -> bool:
    """Ask a question of yes or no; return whether it was answered with yes."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, _YES | _NO, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setLayoutDirection(direction())
    for which, text in (
        (_YES, translate("CarteCP3", "Yes")),
        (_NO, translate("CarteCP3", "No")),
    ):
        box.button(which).setText(text)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return clicked is not None and box.standardButton(clicked) == _YES


def asked_text(parent: QWidget, title: str, question: str, text: str = "") -> str | None:
    """Ask for a line of text; None if the question is cancelled."""
    dialog = _dialog(parent, title, question)
    dialog.setTextValue(text)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.textValue() if accepted else None


def asked_item(parent: QWidget, title: str, question: str, items: Sequence[str]) -> int | None:
    """Ask for one of some texts; return its place among them, None if that is cancelled."""
    dialog = _dialog(parent, title, question)
    dialog.setComboBoxItems(list(items))
    dialog.setComboBoxEditable(False)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    place = dialog.findChild(QComboBox).currentIndex()  # two of the texts may be the same
    return place if accepted and place >= 0 else None


def _dialog(parent: QWidget, title: str, question: str) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setLayoutDirection(direction())
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(translate("CarteCP3", "OK"))
    dialog.setCancelButtonText(translate("CarteCP3", "Cancel"))
    return dialog
