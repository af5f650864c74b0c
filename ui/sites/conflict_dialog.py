# SPDX-License-Identifier: GPL-2.0-or-later
"""One record, two versions: the fields that differ, one's own beside the other's, and a choice."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from ...domain.schema import load_schema
from ...gis.conflicts import Conflict, Difference
from ...gis.project import layer_role
from ...gis.sentences import field_label, shown_value
from ...store.geopackage import GEOMETRY
from ..language import direction, isolated, position, ui_language
from .versions_tree import VersionsTree

translate = QCoreApplication.translate


class ConflictDialog(QDialog):
    """Lets a person choose, field by field; ``mine`` are then the fields of one's own version.

    What only one of the two changed is chosen beforehand, what both changed is one's own.
    """

    def __init__(self, conflict: Conflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict = conflict
        self.setLayoutDirection(direction())
        self.setWindowTitle(translate("CarteCP3", "Somebody else saved this record"))
        self.explanation = QLabel(self._explained(), self)
        self.explanation.setWordWrap(True)
        self.fields = self._tree()
        save = QDialogButtonBox.StandardButton.Save
        cancel = QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(save | cancel, self)
        self.buttons.button(save).setText(translate("CarteCP3", "Save the chosen values"))
        self.buttons.button(cancel).setText(translate("CarteCP3", "Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.explanation, self.fields, self.buttons):
            layout.addWidget(widget)
        self.resize(720, 360)

    @property
    def mine(self) -> set[str]:
        """The fields whose own value is kept."""
        return {field for field, mine in self.fields.chosen() if mine}

    def _explained(self) -> str:
        now = self.conflict.now
        names = now.fields().names()
        name = str(now["name_fr"] or "") if "name_fr" in names else self.conflict.key
        text = translate(
            "CarteCP3",
            "« {name} » was saved by somebody else while you were editing it. Choose what "
            "stays in each field; the other value stays in the history."
        )  # fmt: skip
        return text.format(name=isolated(name))

    def _tree(self) -> VersionsTree:
        headings = (
            translate("CarteCP3", "Field"),
            translate("CarteCP3", "Yours"),
            translate("CarteCP3", "The other's"),
        )
        tree = VersionsTree(headings, self)
        for difference in self.conflict.differences:
            mine = difference.mine != difference.before
            tree.add(self._texts(difference), difference.field, mine)
        return tree

    def _texts(self, difference: Difference) -> list[str]:
        table = layer_role(self.conflict.layer)
        if difference.field == GEOMETRY:
            texts = [translate("CarteCP3", "Position")]
            texts += [_place(one) for one in (difference.mine, difference.theirs)]
        else:
            schema, language, field = load_schema(), ui_language(), difference.field
            texts = [field_label(schema, f"{table}.{field}", language)]
            texts += [
                shown_value(schema, table, field, one, language)
                for one in (difference.mine, difference.theirs)
            ]
        return texts


def _place(point: tuple[float, float] | None) -> str:
    return position(point[1], point[0]) if point else ""
