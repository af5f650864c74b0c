# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's form of one record, opened where something is to be mended."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.gui import QgsAttributeDialog
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QTabWidget, QWidget

from ...gis.editing import begin_editing, features_by_key


def open_record(
    project: QgsProject, table: str, key: str, field: str, parent: QWidget
) -> QgsAttributeDialog | None:
    """Show the form of a record with a field in sight, ready to type; None if it has no layer.

    Its layer is made editable: what is typed is saved with the layer's edits, like any edit.
    Sites have a form of their own (``ui.sites.site_form``).
    """
    from ...gis.project import find_layer

    layer = find_layer(project, table)
    feature = features_by_key(layer, [key]).get(key) if layer is not None else None
    if layer is None or feature is None:
        return None
    begin_editing(layer)
    dialog = QgsAttributeDialog(layer, feature, False, parent, True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _leave_with(project, layer.id(), dialog)
    dialog.show()
    show_field(dialog, field)
    return dialog


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
