# SPDX-License-Identifier: GPL-2.0-or-later
"""One record, two versions: the fields that differ, one's own beside the other's, and a choice."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QWidget

from ...domain.schema import load_schema
from ...gis.conflicts import Conflict, Difference
from ...gis.project import layer_role
from ...gis.sentences import field_label, shown_value
from ...store.sql import GEOMETRY
from ..language import isolated, position, ui_language
from .versions import VersionsDialog, VersionsTree

translate = QCoreApplication.translate


class ConflictDialog(VersionsDialog):
    """Lets a person choose, field by field; ``mine`` are then the fields of one's own version.

    What only one of the two changed is chosen beforehand, what both changed is one's own.
    """

    def __init__(self, conflict: Conflict, parent: QWidget | None = None) -> None:
        title = translate("CarteCP3", "Somebody else saved this record")
        super().__init__(title, _explained(conflict), _tree(conflict), (720, 360), parent)

    @property
    def mine(self) -> set[str]:
        """The fields whose own value is kept."""
        return {field for field, mine in self.versions.chosen() if mine}


def _explained(conflict: Conflict) -> str:
    now = conflict.now
    names = now.fields().names()
    name = str(now["name_fr"] or "") if "name_fr" in names else conflict.key
    text = translate(
        "CarteCP3",
        "« {name} » was saved by somebody else while you were editing it. Choose what "
        "stays in each field; the other value stays in the history."
    )  # fmt: skip
    return text.format(name=isolated(name))


def _tree(conflict: Conflict) -> VersionsTree:
    headings = (
        translate("CarteCP3", "Field"),
        translate("CarteCP3", "Yours"),
        translate("CarteCP3", "The other's"),
    )
    tree = VersionsTree(headings)
    for difference in conflict.differences:
        mine = difference.mine != difference.before
        tree.add(_texts(conflict, difference), difference.field, mine)
    return tree


def _texts(conflict: Conflict, difference: Difference) -> list[str]:
    table = layer_role(conflict.layer)
    versions = (difference.mine, difference.theirs)
    if difference.field == GEOMETRY:
        return [translate("CarteCP3", "Position"), *map(_place, versions)]
    schema, language, field = load_schema(), ui_language(), difference.field
    shown = (shown_value(schema, table, field, one, language) for one in versions)
    return [field_label(schema, f"{table}.{field}", language), *shown]


def _place(point: tuple[float, float] | None) -> str:
    return position(point[1], point[0]) if point else ""
