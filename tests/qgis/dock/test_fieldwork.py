# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work from the dock: taken along, brought back, and chosen where both were changed."""

from __future__ import annotations

import pytest

pytest.importorskip("qgis.core", reason="QGIS's Python bindings are not installed")

from carte_cp3.store.conflicts import open_conflicts
from carte_cp3.store.database import open_store
from carte_cp3.ui.sites.field_dialog import FieldDialog
from qgis.PyQt.QtCore import Qt

pytestmark = pytest.mark.usefixtures("qgis_app")


def edit(file, key="site-0", **values):
    with open_store(str(file)) as store, store.transaction():
        store.update("site", key, values)


def stored(file, key="site-0"):
    with open_store(str(file)) as store:
        (row,) = store.rows("site", site_id=key)
        return row


def test_the_menu_offers_institutions_and_regions(opened):
    box = opened.data.field_work
    box.parts.aboutToShow.emit()
    titles = [action.text() for action in box.parts.actions() if not action.isSeparator()]
    assert len(titles) == 1 + len(opened.session.overview.institutions) + 12
    assert titles[0] == "Toutes les fiches"
    assert not opened.data.fieldGroup.isHidden()


def test_taken_along_edited_brought_back_and_chosen(
    opened, store_file, hands, tmp_path, monkeypatch
):
    box, file = opened.data.field_work, tmp_path / "terrain.gpkg"
    box.take(file, "OFPPT")
    hands.settle(opened)
    assert file.exists() and file.with_suffix(".qgz").exists()
    edit(file, name_fr="SPÉCIMEN à moi", landmark_fr="SPÉCIMEN repère", lon=-7.7, lat=33.7)
    edit(store_file, name_fr="SPÉCIMEN à eux", lon=-7.65, lat=33.6)
    shown = {}

    def choose(dialog):
        """Take the field's name, leave the position for another day."""
        tree = dialog.versions
        for number in range(tree.topLevelItemCount()):
            item = tree.topLevelItem(number)
            shown[item.text(1)] = [item.text(section) for section in range(2, 5)]
            if "à moi" in item.text(3):
                item.setCheckState(3, Qt.CheckState.Checked)
                assert item.checkState(4) == Qt.CheckState.Unchecked
        assert len(dialog.chosen) == 1
        return dialog.DialogCode.Accepted

    monkeypatch.setattr(FieldDialog, "exec", choose)
    box.bring(file)
    hands.settle(opened)
    hands.settle(opened)
    row = stored(store_file)
    assert (row["name_fr"], row["landmark_fr"]) == ("SPÉCIMEN à moi", "SPÉCIMEN repère")
    assert (row["lon"], row["lat"]) == (-7.65, 33.6)
    assert ["SPÉCIMEN formation", "SPÉCIMEN à moi", "SPÉCIMEN à eux"] in shown.values()
    with open_store(str(store_file)) as store:
        assert [one.field for one in open_conflicts(store)] == ["geom"]
    assert any("1 valeurs choisies" in text for text in hands.messages(opened))


def test_what_is_no_check_out_is_said(opened, store_file, hands, tmp_path):
    import shutil

    other = shutil.copy(store_file, tmp_path / "autre.gpkg")
    opened.data.field_work.bring(other)
    hands.settle(opened)
    assert any("rien à rapporter" in text for text in hands.messages(opened))
