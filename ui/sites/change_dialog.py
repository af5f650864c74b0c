# SPDX-License-Identifier: GPL-2.0-or-later
"""One field of several sites changed at once, the value read as the importer would read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.gui import QgsAttributeEditorContext, QgsGui
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QWidget

from ...domain.checks import check_all
from ...domain.context import Context, locating
from ...domain.errors import CarteError
from ...domain.report import blocks
from ...domain.schema import load_schema
from ...domain.site_list import SiteLine
from ...domain.typed import Judgement, judge
from ...gis.editing import features_by_key, plain, to_row
from ...gis.sentences import finding_sentence
from ...gis.site_edits import change_sites
from ...store.boundaries import load_gazetteer, load_locator
from ..importing.columns_box import grouped_fields
from ..language import direction, name_buttons, number, ui_language
from ..session import Session

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
#: What makes one site itself is not given to several.
_OWN = ("external_id", "site_id", "replaced_by")
translate = QCoreApplication.translate


class ChangeDialog(QDialog, Form):
    """Gives the sites that are selected one value of one field, as one step of undo."""

    def __init__(
        self,
        session: Session,
        layer: QgsVectorLayer,
        chosen: Sequence[SiteLine],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(direction())
        name_buttons(self.buttons)
        self.session, self.layer = session, layer
        self._keys = [line.key for line in chosen]
        self._wrapper: Any = None
        self._judgement = Judgement({}, (), ())
        text = translate("CarteCP3", "The value is given to {count} sites; what they had goes.")
        self.explanation.setText(text.format(count=number(len(self._keys))))
        self._list_fields()
        self.field.currentIndexChanged.connect(self._show_editor)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_editor()

    def _list_fields(self) -> None:
        known = self.layer.fields().names()
        for group, fields in grouped_fields(load_schema(), "site"):
            for name, text in fields:
                if name in known and name not in _OWN:
                    self.field.addItem(f"{group} · {text}", name)

    def _show_editor(self) -> None:
        """Show the field's own editor: the drop-down or text that its form has."""
        while self.valueColumn.count():
            self.valueColumn.takeAt(0).widget().deleteLater()
        context = QgsAttributeEditorContext()
        context.setVectorLayerTools(self.session.iface.vectorLayerTools())
        index = self.layer.fields().indexOf(self.field.currentData())
        holder = QWidget(self)
        registry = QgsGui.editorWidgetRegistry()
        self._wrapper = registry.create(self.layer, index, None, holder)
        self._wrapper.setContext(context)
        self._wrapper.setFeature(QgsFeature(self.layer.fields()))
        self._wrapper.setEnabled(True)
        self.valueColumn.addWidget(self._wrapper.widget())
        self.valueColumn.addWidget(holder)
        self._wrapper.valuesChanged.connect(lambda *_change: self.check())
        self.check()

    def check(self) -> None:
        """Judge the value by the importer's rules."""
        name = self.field.currentData()
        value = plain(self._wrapper.value())
        context = Context(load_schema(), date.today(), load_gazetteer())
        self._judgement = judge("site", {name: value}, context)
        about = [one for one in self._judgement.findings if one.field == name and value]
        said = [finding_sentence(one, ui_language()) for one in about]
        if (name, value) == ("status", "published"):
            said += self._held_back()
        self.verdict.setText("\n".join(said))
        needed = load_schema().table("site").field(name).required == "always" and value is None
        good = name not in self._judgement.unreadable and not needed
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(good)

    def _held_back(self) -> list[str]:
        """Return what is to be said of sites that the rules keep from being published."""
        rows = [to_row(one) for one in features_by_key(self.layer, self._keys).values()]
        context = Context(load_schema(), date.today(), load_gazetteer(), load_locator())
        context = locating(context, rows)
        count = sum(map(blocks, check_all(rows, context)))
        text = translate(
            "CarteCP3",
            "Of these sites, {count} have a blocking finding: nothing is published before it is "
            "mended."
        )  # fmt: skip
        return [text.format(count=number(count))] if count else []

    def accept(self) -> None:
        """Give the value to the sites."""
        self.check()
        name = self.field.currentData()
        if name in self._judgement.unreadable:
            return
        value = self._judgement.values.get(name)
        if name == "institution_code":
            value = plain(self._wrapper.value())
        try:
            change_sites(self.layer, self._keys, {name: value})
        except CarteError as error:
            self.session.say_error(error)
            return
        super().accept()
