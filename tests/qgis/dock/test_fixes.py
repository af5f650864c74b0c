# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings grouped, sorted, mended on their field, and fixed several at once."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.gis.project import find_layer
from carte_cp3.store.database import open_store
from carte_cp3.ui.control.findings_tree import BY
from carte_cp3.ui.map_view import show_store
from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QPushButton, QWidget


@pytest.fixture
def store_file(store_file):
    """A store with two texts in the wrong column and a derived position that strayed."""
    with open_store(str(store_file)) as store:
        store.update("site", "site-0", {"address_ar": "12 rue SPÉCIMEN"})
        store.update("site", "site-2", {"landmark_ar": "Face SPÉCIMEN"})
        store.update("site", "site-1", {"commune_code": "01.331.01.03"})
    return store_file


def groups(control):
    tree = control.tree
    return [tree.index(row, 0).data() for row in range(tree.rowCount())]


def stored(dock, key):
    with open_store(dock.session.location) as store:
        return store.rows("site", site_id=key)[0]


def group_by(control, by):
    control.grouping.setCurrentIndex(control.grouping.findData(by))


@pytest.mark.parametrize("by", BY)
def test_every_finding_stands_in_one_group(control, by):
    group_by(control, by)
    tree = control.tree
    found = [
        tree.item(tree.index(row, 1, tree.index(group, 0)))
        for group in range(tree.rowCount())
        for row in range(tree.rowCount(tree.index(group, 0)))
    ]
    assert len(found) == control.filter.rowCount() > 5
    assert len({id(item) for item in found}) == len(found)
    for group, heading in enumerate(groups(control)):
        assert heading.endswith(f"({tree.rowCount(tree.index(group, 0))})")


def test_groups_have_their_names(control):
    assert groups(control)[0].startswith("Bloquant (")
    group_by(control, "institution")
    assert any(one.startswith("OFPPT (") for one in groups(control))
    group_by(control, "region")
    names = groups(control)
    assert any(one.startswith("Casablanca-Settat (") for one in names)
    assert names[-1].startswith("Sans région (")


def test_search_and_sorting_hold_within_groups(control):
    group_by(control, "institution")
    control.findings.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    tree = control.tree
    for group in range(tree.rowCount()):
        parent = tree.index(group, 0)
        names = [tree.index(row, 1, parent).data() for row in range(tree.rowCount(parent))]
        assert names == sorted(names, reverse=True)
    control.search.setText("rue specimen")
    assert sum(tree.rowCount(tree.index(group, 0)) for group in range(tree.rowCount())) == (
        control.filter.rowCount()
    )
    assert control.findings.isExpanded(tree.index(0, 0))


def test_a_double_click_opens_the_form_on_the_field(opened, control):
    show_store(opened.session.iface, QgsProject.instance(), opened.session.location)
    control.search.setText("12 rue")
    assert control.filter.rowCount() == 1
    control.findings.doubleClicked.emit(control.tree.place(0))
    QCoreApplication.processEvents()
    form = opened.data.actions_box.dialog
    layer = find_layer(QgsProject.instance(), "site")
    assert layer.isEditable() and form.isVisible()
    editor = form.editor.findChild(QWidget, "address_ar")
    focused = form.focusWidget()
    assert focused is editor or editor.isAncestorOf(focused)
    assert editor.isVisible(), "its tab is the one in sight"
    form.reject()
    layer.rollBack()


def test_the_form_of_a_service_opens_on_its_field_too(opened, control):
    show_store(opened.session.iface, QgsProject.instance(), opened.session.location)
    control.search.setText("cours")
    place = next(
        control.tree.place(row)
        for row in range(control.filter.rowCount())
        if control.tree.item(control.tree.place(row)).finding.field == "name_ar"
    )
    control.findings.doubleClicked.emit(place)
    QCoreApplication.processEvents()
    form = opened.record_form
    assert form.feature()["service_id"] == "service-0"
    editor = form.findChild(QWidget, "name_ar")
    assert editor.isVisible()
    assert form.focusWidget() is editor or editor.isAncestorOf(form.focusWidget())
    find_layer(QgsProject.instance(), "service").rollBack()
    QgsProject.instance().clear()
    assert sip.isdeleted(form), "it goes with its layer"


def test_fixes_are_shown_before_they_are_made_and_taken_back(opened, control, hands):
    before = control.filter.rowCount()
    hands.click(control.fixButton)
    hands.settle(opened)
    dialog = control.fixes
    assert dialog.isVisible() and len(dialog.ticked()) == 3
    shown = [
        tuple(
            dialog.fixes.topLevelItem(row).text(column).strip("\u2068\u2069") for column in range(4)
        )
        for row in range(dialog.fixes.topLevelItemCount())
    ]
    assert ("12 rue SPÉCIMEN", "–") in [one[2:] for one in shown]
    assert ("–", "12 rue SPÉCIMEN") in [one[2:] for one in shown]
    assert any(one[0] == "SPÉCIMEN emploi" for one in shown)
    assert stored(opened, "site-0")["address_ar"] == "12 rue SPÉCIMEN", "nothing is written yet"
    hands.click(dialog.applyButton)
    hands.settle(opened)
    assert not dialog.isVisible()
    assert stored(opened, "site-0")["address_fr"] == "12 rue SPÉCIMEN"
    assert stored(opened, "site-0")["address_ar"] is None
    assert stored(opened, "site-1")["lat"] > 35
    assert control.filter.rowCount() == before - 3
    assert any("Constats corrigés : 3" in text for text in hands.messages(opened))
    bar = opened.session.iface.messageBar()
    (undo,) = (one for one in bar.findChildren(QPushButton) if one.text() == "Annuler")
    hands.click(undo)
    hands.settle(opened)
    assert stored(opened, "site-0")["address_ar"] == "12 rue SPÉCIMEN"
    assert stored(opened, "site-1")["lat"] < 34
    assert control.filter.rowCount() == before


def test_only_what_is_ticked_is_done(opened, control, hands):
    hands.click(control.fixButton)
    hands.settle(opened)
    dialog = control.fixes
    for item in dialog._heads()[1:]:
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert len(dialog.ticked()) == 1
    hands.click(dialog.applyButton)
    hands.settle(opened)
    with open_store(opened.session.location) as store:
        assert len({row["key"] for row in store.rows("change") if row["batch_id"]}) == 1
    hands.click(control.fixButton)
    hands.settle(opened)
    for item in dialog._heads():
        item.setCheckState(0, Qt.CheckState.Unchecked)
    assert not dialog.applyButton.isEnabled()


def test_where_nothing_can_be_done_it_is_said(opened, control, hands):
    control.search.setText("artisanat")
    hands.click(control.fixButton)
    hands.settle(opened)
    assert not control.fixes.isVisible()
    assert any("Rien ne peut être fait" in text for text in hands.messages(opened))
