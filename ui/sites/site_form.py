# SPDX-License-Identifier: GPL-2.0-or-later
"""The form of a site: QGIS's own, with what the importer would say of it said while typing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from qgis.core import NULL, QgsApplication, QgsFeature, QgsVectorLayer
from qgis.gui import QgsAttributeEditorContext, QgsAttributeForm, QgsMessageBar
from qgis.PyQt import sip, uic
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHeaderView,
    QTreeWidgetItem,
    QWidget,
)

from ...domain.context import Context
from ...domain.neighbours import Neighbour, neighbours
from ...domain.report import Finding, blocks
from ...domain.schema import load_schema
from ...domain.site_list import SiteLine, unit_name
from ...domain.typed import Judgement, corrections, judge
from ...gis.conflicts import remember_read
from ...gis.editing import Row, to_row
from ...gis.sentences import field_label, finding_sentence
from ...gis.site_edits import CLOSING, offers_of
from ...store.boundaries import load_gazetteer, load_locator
from ..control.findings_model import severity_icon
from ..enter_key import EnterKey
from ..language import direction, isolated, leading, listed, name_buttons, number, ui_language
from ..plain import tip
from ..session import Session
from .kept_editing import KeptEditing
from .record_form import show_field

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
_FIELD = Qt.ItemDataRole.UserRole
_PAUSE = 200  # milliseconds without typing before the form is judged
translate = QCoreApplication.translate


class SiteForm(QDialog, Form):
    """Edits a site that is in the layer, or adds a new one; saving is one step of undo.

    ``lines`` are the sites that a new one is compared with; ``open_other`` opens another site
    instead of adding this one.
    """

    def __init__(
        self,
        session: Session,
        layer: QgsVectorLayer,
        feature: QgsFeature,
        new: bool = False,
        lines: list[SiteLine] | None = None,
        offers: QgsVectorLayer | None = None,
        open_other=None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(direction())
        self.session, self.layer, self.new = session, layer, new
        self._editing = KeptEditing(layer, session.say_error, self)
        self._layer_there = True
        session.project.layersWillBeRemoved.connect(self._layers_go)
        self._lines = {line.key: line for line in lines or ()}
        self._open_other = open_other
        remember_read(layer, feature)
        self._start = to_row(feature)
        self.key = self._start["site_id"]
        offered = bool(offers is not None and offers_of(offers, self.key))
        self.context = Context(
            schema=load_schema(),
            today=date.today(),
            gazetteer=load_gazetteer(),
            locator=load_locator(),
            offered=frozenset((self.key,) if offered else ()),
        )
        self.judgement = Judgement({}, (), ())
        self.saved: Row = {}  # what was stored, once it is accepted
        self._add_editor(feature)
        self._prepare()
        self.check()

    def _add_editor(self, feature: QgsFeature) -> None:
        """Put QGIS's own form of the layer at the top."""
        context = QgsAttributeEditorContext()
        context.setVectorLayerTools(self.session.iface.vectorLayerTools())
        context.setMapCanvas(self.session.iface.mapCanvas())
        mode = QgsAttributeEditorContext.Mode.SingleEditMode
        if self.new:
            mode = QgsAttributeEditorContext.Mode.AddFeatureMode
        context.setAttributeFormMode(mode)
        self.editor = QgsAttributeForm(self.layer, feature, context, self)
        self.editor.setMode(mode)
        self.editor.hideButtonBox()
        added, edited = translate("CarteCP3", "Site added"), translate("CarteCP3", "Form of a site")
        text = added if self.new else edited
        self.editor.setEditCommandMessage(text)
        unseen = QWidget(self)  # QGIS's line on constraints says less than the rules below
        unseen.hide()
        self.editor.setMessageBar(QgsMessageBar(unseen))
        self.editorColumn.addWidget(self.editor)

    def _prepare(self) -> None:
        self.setWindowTitle(
            translate("CarteCP3", "New site") if self.new else self._start.get("name_fr") or ""
        )
        self.place.setText(self._where())
        self.neighbours.setVisible(self.new)
        self.neighboursLabel.setVisible(self.new)
        for section in range(2):
            self.neighbours.headerItem().setTextAlignment(section, leading())
        name_buttons(self.buttons, translate("CarteCP3", "Add") if self.new else "")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.neighbours.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.neighbours.header().setStretchLastSection(False)
        self.neighbours.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.check)
        self.editor.widgetValueChanged.connect(lambda *_change: self._later.start())
        # Enter opens a line; the window, which would take it for OK, does not get it.
        EnterKey(self.findings, lambda at: self._show_field(self.findings.itemFromIndex(at)))
        EnterKey(
            self.neighbours, lambda at: self._open_neighbour(self.neighbours.itemFromIndex(at))
        )
        self.findings.itemClicked.connect(self._show_field)
        self.neighbours.itemDoubleClicked.connect(self._open_neighbour)

    def _where(self) -> str:
        """Return commune, province and region of the site's position."""
        if self._start.get("lon") is None:
            return translate("CarteCP3", "This site has no position yet.")
        located = self.context.locate(self._start["lon"], self._start["lat"])
        if located is None:
            return translate("CarteCP3", "This position lies in no commune of the country.")
        units = self.context.gazetteer.units
        codes = (located.code, located.city_code, located.province_code, located.region_code)
        names = [unit_name(units[code], ui_language()) for code in codes if code in units]
        return " › ".join(isolated(one) for one in dict.fromkeys(names))

    def typed(self) -> Row:
        """Return what stands in the form now."""
        row = to_row(self.editor.currentFormFeature())
        nothing = QgsApplication.nullRepresentation()  # what an empty text is called in a form
        position = {name: self._start.get(name) for name in ("lon", "lat")}
        return {**{name: None if v == nothing else v for name, v in row.items()}, **position}

    def check(self) -> None:
        """Judge what stands in the form by the importer's rules, and show what they say."""
        typed = self.typed()
        self.judgement = judge("site", typed, self.context)
        self.findings.clear()
        for finding in self.judgement.findings:
            self.findings.addTopLevelItem(self._line(finding))
        self.findings.setVisible(bool(self.judgement.findings))
        self.verdict.setText(self._verdict(typed))
        if self.new:
            self._show_neighbours(typed)

    def _line(self, finding: Finding) -> QTreeWidgetItem:
        text = finding_sentence(finding, ui_language())
        item = QTreeWidgetItem([text])
        item.setIcon(0, severity_icon(finding.severity))
        item.setToolTip(0, tip(text))
        item.setData(0, _FIELD, finding.field)
        return item

    def _verdict(self, typed: Row) -> str:
        judgement = self.judgement
        if judgement.unreadable:
            names = (
                field_label(load_schema(), f"site.{one}", ui_language())
                for one in judgement.unreadable
            )
            text = translate("CarteCP3", "To correct or to empty before saving: {fields}.")
            return text.format(fields=listed(names))
        if blocks(judgement.findings):
            if self.new and typed.get("status") == "published":
                return translate("CarteCP3", "The site will be a draft: a finding is blocking.")
            return translate("CarteCP3", "A finding keeps this site from being published.")
        if judgement.findings:
            return translate("CarteCP3", "Nothing is blocking.")
        return translate("CarteCP3", "The rules find nothing wrong.")

    def _show_neighbours(self, typed: Row) -> None:
        """Show the sites next door and those that are probably the same place."""
        records = (line.record for line in self._lines.values())
        found = neighbours({**typed, **self.judgement.values}, records, self.context.gazetteer)
        self.neighbours.clear()
        for one in found:
            self.neighbours.addTopLevelItem(self._neighbour(one))
        self.neighbours.setVisible(bool(found))
        if any(one.score for one in found):
            text = translate(
                "CarteCP3",
                "This place may be in the store already: a double click opens the site that is."
            )  # fmt: skip
        elif found:
            text = translate("CarteCP3", "Sites next door:")
        else:
            text = translate("CarteCP3", "No site of the store is near that looks like this one.")
        self.neighboursLabel.setText(text)

    def _neighbour(self, one: Neighbour) -> QTreeWidgetItem:
        line = self._lines[one.key]
        metres = translate("CarteCP3", "{metres} m").format(metres=number(round(one.metres)))
        item = QTreeWidgetItem([isolated(f"{line.name} ({line.institution})"), metres])
        item.setIcon(0, severity_icon("warning" if one.score else "info"))
        item.setToolTip(0, tip(line.name))
        item.setData(0, _FIELD, one.key)
        return item

    def _open_neighbour(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, _FIELD)
        self.reject()
        if self._open_other is not None:
            self._open_other(key)

    def _show_field(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        self.show_field(item.data(0, _FIELD))

    def show_field(self, name: str) -> None:
        """Turn to the tab of a field and put the cursor there."""
        show_field(self.editor, name)

    def accept(self) -> None:
        """Store what was typed as the importer would; what it could not read is corrected first."""
        self.check()
        if self.judgement.unreadable:
            self.show_field(self.judgement.unreadable[0])
            return
        if any(one.refuses for one in self.judgement.findings):
            self.show_field(next(one.field for one in self.judgement.findings if one.refuses))
            return
        typed = self.typed()
        changes = corrections(typed, self.judgement)
        if self.new and blocks(self.judgement.findings) and typed.get("status") == "published":
            changes["status"] = "draft"
        if self._start.get("status") == "closed" != typed.get("status"):
            changes.update(dict.fromkeys(CLOSING))
        for name, value in changes.items():
            # None would leave a drop-down where it is.
            self.editor.changeAttribute(name, NULL if value is None else value)
        self.saved = {**typed, **changes}
        if self.editor.save():
            super().accept()
        else:
            text = translate("CarteCP3", "QGIS did not take what was typed: the form stays open.")
            self.session.say(text, warning=True)

    def done(self, result: int) -> None:
        """Leave the layer as it was; if only this form opened it for editing, close it again."""
        if self._layer_there:
            self._layer_there = False
            self._editing.end()
        super().done(result)

    def _layers_go(self, identifiers: list[str]) -> None:
        """Close with the project, at once: QGIS's form must not outlive the layers it shows."""
        if self._layer_there and self.layer.id() in identifiers:
            self._layer_there = False
            self._editing.leave()
            self._later.stop()
            sip.delete(self.editor)
            self.reject()
