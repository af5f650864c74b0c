# SPDX-License-Identifier: GPL-2.0-or-later
"""Short questions and windows of Qt's own: turned round and in Arabic for who reads it."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.ui import asking, messages
from carte_cp3.ui.language import listed
from carte_cp3.ui.sheet_preview import SheetPreview
from carte_cp3.ui.sites.versions import VersionsDialog, VersionsTree
from qgis.gui import QgsMessageViewer
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel, QLineEdit

LINK = "SPÉCIMEN <a href='http://127.0.0.1/'>R&D</a>"
arabic = pytest.mark.parametrize("language", ["ar"], indirect=True)


@pytest.fixture
def window(iface, language):
    """QGIS's window, which has heard of the language."""
    QCoreApplication.processEvents()
    return iface.mainWindow()


class Answer:
    """Looks at the question that is asked next, then clicks a button of it."""

    def __init__(self, word: str, meanwhile=lambda dialog: None) -> None:
        self.word, self.meanwhile = word, meanwhile
        QTimer.singleShot(0, self.click)

    def click(self) -> None:
        dialog = QApplication.activeModalWidget()
        self.direction = dialog.layoutDirection()
        buttons = dialog.findChild(QDialogButtonBox).buttons()
        self.texts = {button.text().replace("&", "") for button in buttons}
        self.labels = [
            one.textFormat() for one in dialog.findChildren(QLabel) if one.text() == LINK
        ]
        self.meanwhile(dialog)
        named = {one.text().replace("&", ""): one for one in buttons}
        named.get(self.word, buttons[0]).click()


@arabic
@pytest.mark.parametrize(("word", "agreed"), [("نعم", True), ("لا", False)])
def test_yes_or_no_in_arabic(window, word, agreed):
    answer = Answer(word)
    assert asking.agreed(window, "SPÉCIMEN", LINK) is agreed
    assert answer.direction == Qt.LayoutDirection.RightToLeft
    assert answer.texts == {"نعم", "لا"}
    assert answer.labels == [Qt.TextFormat.PlainText]


@arabic
@pytest.mark.parametrize(("word", "text"), [("موافق", "SPÉCIMEN 2"), ("إلغاء", None)])
def test_a_line_of_text_in_arabic(window, word, text):
    def add(dialog):
        line = dialog.findChild(QLineEdit)
        line.setText(f"{line.text()} 2")

    typed = Answer(word, add)
    assert asking.asked_text(window, "SPÉCIMEN", "?", "SPÉCIMEN") == text
    assert typed.direction == Qt.LayoutDirection.RightToLeft
    assert typed.texts == {"موافق", "إلغاء"}


@arabic
@pytest.mark.parametrize(("word", "place"), [("موافق", 2), ("إلغاء", None)])
def test_one_of_a_list_in_arabic_told_from_its_like(window, word, place):
    answer = Answer(word, lambda dialog: dialog.findChild(QComboBox).setCurrentIndex(2))
    assert asking.asked_item(window, "SPÉCIMEN", "?", ["a", "b", "b"]) == place
    assert answer.direction == Qt.LayoutDirection.RightToLeft
    assert answer.texts == {"موافق", "إلغاء"}


@arabic
def test_windows_with_buttons_are_turned_round_and_named(window):
    preview = SheetPreview("SPÉCIMEN", 1, None, None, window)
    versions = VersionsDialog("", "", VersionsTree(("", "", "")), (300, 200), window)
    messages.show_text(window, "SPÉCIMEN", "SPÉCIMEN")
    (viewer,) = window.findChildren(QgsMessageViewer)
    found = []
    for dialog in (preview, versions, viewer):
        assert dialog.layoutDirection() == Qt.LayoutDirection.RightToLeft
        buttons = dialog.findChild(QDialogButtonBox).buttons()
        found.append({one.text().replace("&", "") for one in buttons})
    assert found == [{"إغلاق"}, {"حفظ القيم المختارة", "إلغاء"}, {"إغلاق"}]


@arabic
def test_fields_to_correct_are_listed_as_arabic_lists_them(opened):
    opened.data.actions_box.open_site("site-2")
    form = opened.data.actions_box.dialog
    form.editor.changeAttribute("phone", "sans numéro")
    form.editor.changeAttribute("email", "sans courriel")
    form.check()
    assert len(form.judgement.unreadable) == 2
    assert "، " in form.verdict.text() and ", " not in form.verdict.text()
    form.reject()


def test_names_are_listed_with_the_comma_of_the_language(language):
    assert listed(["a", "b"]) == "\u2068a\u2069, \u2068b\u2069"
