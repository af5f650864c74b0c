# SPDX-License-Identifier: GPL-2.0-or-later
"""What field work and the store left otherwise: both values, and a choice in each line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ...domain.schema import load_schema
from ...domain.three_way import POSITION, WHOLE
from ...gis.sentences import field_label, shown_value
from ...store.conflicts import Conflict
from ..language import isolated, label, position, ui_language
from .versions import VersionsDialog, VersionsTree

translate = QCoreApplication.translate


class FieldDialog(VersionsDialog):
    """Lists the conflicts of check-ins; a line without a choice stays for another day."""

    def __init__(self, conflicts: Iterable[Conflict], parent: QWidget | None = None) -> None:
        title = translate("CarteCP3", "Field work: choose the values")
        explanation = translate(
            "CarteCP3",
            "These values were changed in the field and in the store. Tick what stays; the "
            "other value is in the history. What is not ticked stays here."
        )  # fmt: skip
        super().__init__(title, explanation, _tree(conflicts), (820, 400), parent)

    @property
    def chosen(self) -> list[tuple[Conflict, bool]]:
        """The conflicts that are decided, and whether the field's value stays."""
        return list(self.versions.chosen())


def _tree(conflicts: Iterable[Conflict]) -> VersionsTree:
    headings = (
        translate("CarteCP3", "Record"),
        translate("CarteCP3", "Field"),
        translate("CarteCP3", "Before"),
        translate("CarteCP3", "From the field"),
        translate("CarteCP3", "In the store"),
    )
    tree = VersionsTree(headings)
    for one in conflicts:
        shown = [_shown(one, value) for value in (one.base, one.mine, one.theirs)]
        tree.add([isolated(one.name), _field(one), *shown], one, None)
    return tree


def _field(conflict: Conflict) -> str:
    if conflict.field == POSITION:
        return translate("CarteCP3", "Position")
    if conflict.field == WHOLE:
        return label(load_schema().table(conflict.table).label)
    return field_label(load_schema(), f"{conflict.table}.{conflict.field}", ui_language())


def _shown(conflict: Conflict, value: Any) -> str:
    if conflict.field == WHOLE:
        if value is None:
            return translate("CarteCP3", "Deleted")
        return translate("CarteCP3", "Present")
    if conflict.field == POSITION:
        return position(value[1], value[0]) if value else ""
    return shown_value(load_schema(), conflict.table, conflict.field, value, ui_language())
