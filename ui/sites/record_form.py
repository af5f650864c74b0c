# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's form of one record, opened where something is to be mended."""

from __future__ import annotations

from qgis.core import QgsProject, QgsVectorLayer
from qgis.gui import QgsAttributeDialog
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from ...domain.errors import CarteError
from ...gis.editing import feature_by_key
from ...gis.project import find_layer
from ..map_view import shows
from ..session import Session
from .kept_editing import KeptEditing


def open_record(session: Session, table: str, key: str, field: str) -> QgsAttributeDialog:
    """Show the form of a record with a field in sight, ready to type.

    Its layer is made editable: what is typed is saved with the layer's edits, like any edit.
    Sites have a form of their own (``ui.sites.site_form``). CarteError if the store is not on
    the map, if the record is not there any more, or if it cannot be edited.
    """
    layer, window = layer_on_map(session, table), session.iface.mainWindow()
    feature = feature_by_key(layer, key)
    editing = KeptEditing(layer, session.say_error, window)
    dialog = QgsAttributeDialog(layer, feature, False, window, True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    editing.setParent(dialog)
    dialog.finished.connect(lambda _result: editing.end())
    _leave_with(session.project, layer.id(), dialog)
    dialog.show()
    show_field(dialog, field)
    return dialog


def layer_on_map(session: Session, table: str) -> QgsVectorLayer:
    """Return a layer of the store in use; CarteError if the project does not show it."""
    project = session.project
    layer = find_layer(project, table) if shows(project, session.location) else None
    if layer is None:
        raise CarteError("This store is not on the map: « Show on the map » adds its layers.")
    return layer


def _leave_with(project: QgsProject, layer: str, dialog: QWidget) -> None:
    """Take a form away before its layer goes: QGIS's form must not outlive it."""

    def leave(identifiers: list[str]) -> None:
        if layer in identifiers:
            sip.delete(dialog)

    project.layersWillBeRemoved.connect(leave)
    dialog.destroyed.connect(lambda: project.layersWillBeRemoved.disconnect(leave))


def show_field(form: QWidget, name: str) -> None:
    """Turn to the tab of a field and put the cursor there, if the form has the field."""
    widget = form.findChild(QWidget, name) if name else None
    if widget is None:
        return
    for tabs in form.findChildren(QTabWidget):
        for page in range(tabs.count()):
            if tabs.widget(page).isAncestorOf(widget):
                tabs.setCurrentIndex(page)
    focus = next((one for one in widget.findChildren(QWidget) if _takes_keys(one)), widget)
    focus.setFocus()


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
