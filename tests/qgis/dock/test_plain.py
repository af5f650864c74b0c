# SPDX-License-Identifier: GPL-2.0-or-later
"""Names and paths of others are shown as they are written, whatever HTML they look like."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

import carte_cp3
from carte_cp3.store.database import open_store
from carte_cp3.ui import messages
from carte_cp3.ui.control.duplicates_dialog import DuplicatesDialog
from carte_cp3.ui.control.pairs import read_pair
from carte_cp3.ui.sites.versions import VersionsDialog, VersionsTree
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtWidgets import QLabel, QTextBrowser

ROOT = Path(carte_cp3.__file__).resolve().parent
LINK = "SPÉCIMEN <a href='http://127.0.0.1/'>R&D</a> &amp; <nouveau>"
TIP = Qt.ItemDataRole.ToolTipRole
FORMS = sorted((ROOT / "ui").rglob("*.ui"))


def as_shown(html: str) -> str:
    """What a tool tip of rich text shows."""
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def say(bar, text):
    messages.say(bar, text)


def say_with_details(bar, text):
    messages.say_with_details(bar, text, "")


def say_with_action(bar, text):
    messages.say_with_action(bar, text, "OK", lambda: None)


@pytest.mark.parametrize("speak", [say, say_with_details, say_with_action])
def test_the_message_bar_shows_what_is_said_as_it_is_written(iface, speak):
    text = f"{LINK}\nl’autre ligne"
    bar = iface.messageBar()
    speak(bar, text)
    browser = bar.currentItem().findChild(QTextBrowser)
    assert browser.toPlainText().endswith(text)
    assert "<a " not in browser.toHtml(), "no link that opens"


def test_a_long_text_is_shortened_before_it_is_made_html(iface):
    bar = iface.messageBar()
    messages.say_with_details(bar, "< " * 300, "")
    shown = bar.currentItem().findChild(QTextBrowser).toPlainText()
    assert shown.endswith("<…") and 200 < len(shown) < 240


@pytest.fixture
def named(dock, store_file, hands):
    """The dock on a store in which a site has a name like HTML."""
    with open_store(str(store_file)) as store, store.transaction():
        store.update("site", "site-1", {"name_fr": LINK})
        store.update("service", "service-0", {"name_fr": LINK})
    dock.session.open(str(store_file))
    hands.settle(dock)
    return dock


def test_tool_tips_of_lists_show_names_as_they_are_written(named, hands):
    box = named.data.sites_box
    (row,) = box.model.rows_of(["site-1"])
    index = box.model.index(row, 0)
    assert as_shown(index.data(TIP)) == index.data()
    box.choose(["site-1"])
    named.data.actions_box.services()
    dialog = named.data.actions_box.dialog
    item = dialog.list.item(0)
    assert as_shown(item.toolTip()) == item.text() and LINK in item.text()
    assert LINK in dialog.siteName.text()
    dialog.reject()
    named.control.check()
    hands.settle(named)
    model = named.control.model
    for row in range(model.rowCount()):
        record = model.index(row, 1)
        assert as_shown(record.data(TIP)) == record.data()
        assert record.data(Qt.ItemDataRole.AccessibleTextRole) == record.data()


def test_tool_tips_of_two_records_show_them_as_they_are_written(named):
    dialog = DuplicatesDialog(named.session, named)
    with open_store(named.session.location) as store:
        dialog._show_pairs([read_pair(store, "site-1", "site-0")])
    line = dialog.pairs.topLevelItem(0)
    assert [as_shown(line.toolTip(one)) for one in (1, 2)] == [line.text(1), line.text(2)]
    kept = dialog.fields.itemWidget(dialog.fields.topLevelItem(0), 2)
    assert LINK in as_shown(kept.toolTip()) or LINK in as_shown(
        dialog.fields.itemWidget(dialog.fields.topLevelItem(0), 1).toolTip()
    )


def test_two_versions_are_explained_as_they_are_written(named):
    dialog = VersionsDialog(LINK, LINK, VersionsTree(("", "", "")), (300, 200), named)
    (label,) = (one for one in dialog.findChildren(QLabel) if one.text() == LINK)
    assert label.textFormat() == Qt.TextFormat.PlainText
    dialog.versions.add([LINK, "", ""], None, None)
    assert as_shown(dialog.versions.topLevelItem(0).toolTip(0)) == LINK


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.name)
def test_a_label_that_is_filled_later_shows_plain_text(form):
    for label in ElementTree.parse(form).iterfind(".//widget[@class='QLabel']"):
        given = {one.get("name"): one.findtext("enum") for one in label.iterfind("property")}
        bold = label.get("name") == "storeName"  # the dock escapes the store's name itself
        assert bold or "text" in given or given.get("textFormat") == "Qt::PlainText", label.attrib
