# SPDX-License-Identifier: GPL-2.0-or-later
"""The window of likely duplicates: the pairs, side by side, merged or told apart."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.store.database import open_store
from carte_cp3.ui import asking
from carte_cp3.ui.control.listed_findings import read_findings
from qgis.PyQt.QtWidgets import QPushButton

TWIN = {
    "site_id": "twin",
    "institution_code": "ANAPEC",
    "external_id": "A7",
    "name_fr": "SPÉCIMEN emploi",
    "commune_code": "06.141.01.0",
    "phone": "+212522000009",
    "email": "specimen@example.org",
    "precision": "entrance",
    "lon": -7.6012,
    "lat": 33.5702,
    "status": "draft",
}


@pytest.fixture
def window(dock, store_file, hands):
    """The dock on a store with two records of one agency, and the window on them."""
    with open_store(str(store_file)) as store, store.transaction():
        store.insert("site", [TWIN])
        store.update("site", "site-1", {"phone": "+212522000009"})
    dock.session.open(str(store_file))
    hands.settle(dock)
    dock.form.places.setCurrentIndex(1)
    hands.click(dock.control.duplicatesButton)
    hands.settle(dock)
    return dock.control.duplicates


def texts(tree, row):
    item = tree.topLevelItem(row)
    return [item.text(section) for section in range(tree.columnCount())]


def sides(window):
    """The fields with the two values that one may choose from, and which is chosen."""
    found = {}
    for row in range(window.fields.topLevelItemCount()):
        item = window.fields.topLevelItem(row)
        first, second = (window.fields.itemWidget(item, section) for section in (1, 2))
        found[item.text(0)] = (first.toolTip(), second.toolTip(), 0 if first.isChecked() else 1)
    return found


def choose(window, field, side):
    for row in range(window.fields.topLevelItemCount()):
        item = window.fields.topLevelItem(row)
        if item.text(0) == field:
            window.fields.itemWidget(item, side + 1).click()


def site(dock, key):
    with open_store(dock.session.location) as store:
        return store.rows("site", site_id=key)[0]


def test_a_pair_is_listed_with_its_reasons(window):
    assert window.isVisible()
    assert window.summary.text() == "Paires qui sont sans doute un même lieu : 1"
    likely, first, second, reasons = texts(window.pairs, 0)
    assert likely.endswith("%")
    assert "SPÉCIMEN emploi" in first
    assert "ANAPEC A7" in second, "the older record stands first"
    assert "même téléphone" in reasons


def test_the_fields_that_differ_stand_side_by_side_the_better_value_chosen(window):
    found = sides(window)
    assert found["Fiche gardée"][2] == 0
    assert found["Courriel"] == ("—", "specimen@example.org", 1)
    assert found["Statut"] == ("Publié", "Brouillon", 0)
    assert found["Position"][1:] == ("\u206633.57020, -7.60120\u2069 (Entrée du bâtiment)", 1)
    assert "Téléphone" not in found, "what is the same is only counted"


def test_two_records_are_merged_as_chosen(window, dock, hands, monkeypatch):
    monkeypatch.setattr(asking, "agreed", lambda *_a: True)
    choose(window, "Courriel", 0)
    hands.click(window.mergeButton)
    hands.settle(dock)
    kept, given_up = site(dock, "site-1"), site(dock, "twin")
    assert (kept["email"], kept["precision"], kept["status"]) == (None, "entrance", "published")
    assert (given_up["status"], given_up["replaced_by"]) == ("closed", "site-1")
    assert window.pairs.topLevelItemCount() == 0
    assert not window.mergeButton.isEnabled()
    assert any("fusionnées" in text for text in hands.messages(dock))


def test_a_merge_is_undone_from_its_message(window, dock, hands, monkeypatch):
    before = site(dock, "site-1"), site(dock, "twin")
    window.merge("site-1", "twin")
    hands.settle(dock)
    with open_store(dock.session.location) as store, store.transaction():
        store.update("site", "site-1", {"phone": "+212539000009"})
    item = dock.session.iface.messageBar().currentItem()
    (undo,) = [one for one in item.findChildren(QPushButton) if one.text() == "Annuler"]
    undo.click()
    hands.settle(dock)
    kept, given_up = site(dock, "site-1"), site(dock, "twin")
    assert kept["phone"] == "+212539000009"
    for name in ("email", "precision", "lon", "status"):
        assert (kept[name], given_up[name]) == (before[0][name], before[1][name])
    assert given_up["replaced_by"] is None
    assert any("Fusion annulée" in text for text in hands.messages(dock))
    assert window.pairs.topLevelItemCount() == 1


def test_a_merge_is_undone_later_from_the_list_of_merges(window, dock, hands, monkeypatch):
    window.merge("site-1", "twin")
    hands.settle(dock)
    dock.session.iface.messageBar().clearWidgets()
    shown = []

    def chosen(_parent, _title, _question, texts, *_more):
        shown.extend(texts)
        return 0

    monkeypatch.setattr(asking, "asked_item", chosen)
    hands.click(window.undoButton)
    hands.settle(dock)
    hands.settle(dock)
    assert len(shown) == 1
    assert site(dock, "twin")["replaced_by"] is None
    hands.click(window.undoButton)
    hands.settle(dock)
    assert any("Aucune fusion" in text for text in hands.messages(dock))


def test_the_other_record_may_be_the_one_that_is_kept(window, dock, hands, monkeypatch):
    monkeypatch.setattr(asking, "agreed", lambda *_a: True)
    choose(window, "Fiche gardée", 1)
    assert sides(window)["Statut"][2] == 0, "the published one's status is taken all the same"
    hands.click(window.mergeButton)
    hands.settle(dock)
    kept = site(dock, "twin")
    assert (kept["email"], kept["status"]) == ("specimen@example.org", "published")
    assert site(dock, "site-1")["replaced_by"] == "twin"


def test_two_places_are_not_proposed_again(window, dock, hands, monkeypatch):
    answer = "Deux étages, deux services."
    monkeypatch.setattr(asking, "asked_text", lambda *_a: answer)
    hands.click(window.apartButton)
    hands.settle(dock)
    assert window.pairs.topLevelItemCount() == 0
    hands.click(dock.control.checkButton)
    hands.settle(dock)
    window.search()
    hands.settle(dock)
    assert window.pairs.topLevelItemCount() == 0
    with open_store(dock.session.location) as store:
        (ignored,) = read_findings(store, "fr", ignored=True)
    assert (ignored.finding.rule, ignored.ignored) == ("duplicate_likely", answer)


def test_a_merge_that_is_refused_says_why(window, dock, hands):
    with open_store(dock.session.location) as store, store.transaction():
        store.update("site", "twin", {"status": "closed"})
    window.merge("site-1", "twin")
    hands.settle(dock)
    assert any("fermée" in text for text in hands.messages(dock))
    assert site(dock, "twin")["replaced_by"] is None
