# SPDX-License-Identifier: GPL-2.0-or-later
"""What is done to the sites that are selected: added, moved, split off, closed, verified…"""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.core import QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QMenu

from ...domain.errors import CarteError
from ...domain.site_list import SiteLine
from ...gis.editing import feature_by_key
from ...gis.project import find_layer
from ...gis.site_edits import move_site, set_photo, site_at, split_site
from ...store.boundaries import load_locator
from ..enter_key import EnterKey
from ..map_view import zoom_to
from ..session import Session
from ..settings import load_settings, save_settings
from .change_dialog import ChangeDialog
from .close_dialog import CloseDialog
from .point_tool import PointTool
from .record_form import layer_on_map
from .services_dialog import ServicesDialog
from .site_form import SiteForm
from .sites_box import SitesBox
from .verify_button import VerifyButton

IMAGES = "JPEG, PNG (*.jpg *.jpeg *.png)"
translate = QCoreApplication.translate


class SiteActions(QObject):
    """Drives the buttons below the table of sites."""

    def __init__(self, form, session: Session, sites: SitesBox) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.sites = sites
        self.tool: PointTool | None = None
        self.dialog = None
        self.verifying = VerifyButton(form.verifyButton, session, sites)
        self._one: list[QAction] = []
        self._several: list[QAction] = []
        form.moreButton.setMenu(self._menu())
        form.addSiteButton.clicked.connect(self.add)
        form.editSiteButton.clicked.connect(self.edit)
        form.sites.doubleClicked.connect(lambda _index: self.show_and_edit())
        EnterKey(form.sites, lambda _index: self.show_and_edit())
        form.sites.selectionModel().selectionChanged.connect(self._enable)
        sites.model.modelReset.connect(self._enable)
        self._enable()

    def _menu(self) -> QMenu:
        menu = QMenu(self.form.moreButton)
        for text, act in (
            (translate("CarteCP3", "Move on the map"), self.move),
            (translate("CarteCP3", "Split off a new site on the map"), self.split),
            (translate("CarteCP3", "Services offered…"), self.services),
            (translate("CarteCP3", "Photo…"), self.photo),
        ):
            self._one.append(_added(menu, text, act))
        menu.addSeparator()
        for text, act in (
            (translate("CarteCP3", "Change several sites at once…"), self.change),
            (translate("CarteCP3", "Close…"), self.close),
        ):
            self._several.append(_added(menu, text, act))
        self.merging = _added(menu, translate("CarteCP3", "Merge two sites…"), self.merge)
        return menu

    def _enable(self, *_changes) -> None:
        chosen = self.sites.chosen()
        self.form.editSiteButton.setEnabled(len(chosen) == 1)
        self.form.moreButton.setEnabled(bool(chosen))
        for action in self._one:
            action.setEnabled(len(chosen) == 1)
        for action in self._several:
            action.setEnabled(bool(chosen))
        self.merging.setEnabled(len(chosen) == 2)
        self.verifying.enable()

    # -- one site ------------------------------------------------------------------------------

    def add(self) -> None:
        """Take a click on the map, then open the form of a new site there; or stop waiting."""
        if not self.form.addSiteButton.isChecked():
            self._leave_tool()
            return
        self._take_point(self.add_at, translate("CarteCP3", "Click where the new site is."))

    def add_at(self, lon: float, lat: float) -> None:
        """Open the form of a new site at a point (degrees)."""
        layer = self._layer("site")
        if layer is None:
            return
        located = load_locator().locate(lon, lat)
        feature = site_at(layer, lon, lat, load_settings().institution, located)
        self._open(layer, feature, new=True)

    def show_and_edit(self) -> None:
        """Show the site on the map, and its form."""
        for line in self.sites.chosen()[:1]:
            if line.record["lon"] is not None:
                zoom_to(self.session.iface, line.record["lon"], line.record["lat"])
        self.edit()

    def edit(self) -> None:
        """Open the form of the site that is selected."""
        for line in self.sites.chosen()[:1]:
            self.open_site(line.key)

    def open_site(self, key: str, field: str = "") -> None:
        """Open the form of a site, on a field if one is named."""
        layer = self._layer("site")
        if layer is None:
            return
        try:
            feature = feature_by_key(layer, key)
        except CarteError as error:
            self.session.say_error(error)
            return
        self.sites.choose([key])
        if not self._return_to(key):
            self._open(layer, feature)
        if field and self.dialog is not None:
            self.dialog.show_field(field)

    def _return_to(self, key: str) -> bool:
        """Bring the form of a site to the front, if it is open."""
        for form in self.form.findChildren(SiteForm):
            if form.key == key and form.isVisible():
                self.dialog = form
                form.raise_()
                form.activateWindow()
                return True
        return False

    def _open(self, layer: QgsVectorLayer, feature, new: bool = False) -> None:
        lines = self.sites.around(feature) if new else []
        try:
            dialog = SiteForm(
                self.session, layer, feature, new, lines,
                find_layer(self.session.project, "offer"), self.open_site, self.form,
            )  # fmt: skip
        except CarteError as error:
            self.session.say_error(error)
            return
        if new:
            dialog.accepted.connect(lambda: self._added(dialog))
        self._show(dialog)
        dialog.show_field("name_fr")

    def _added(self, dialog: SiteForm) -> None:
        save_settings(institution=dialog.saved.get("institution_code") or "")
        self.sites.choose([dialog.saved["site_id"]])

    def move(self) -> None:
        """Take a click on the map and move the site there."""
        (line,) = self.sites.chosen()

        def shift(lon: float, lat: float) -> None:
            move_site(layer_on_map(self.session, "site"), line.key, lon, lat, load_locator())
            if load_locator().locate(lon, lat) is None:
                said = translate("CarteCP3", "This position lies in no commune of the country.")
                self.session.say(said, warning=True)

        hint = translate("CarteCP3", "Click where the site is to be.")
        self._take_point(lambda lon, lat: self._edit(lambda: shift(lon, lat)), hint)

    def split(self) -> None:
        """Take a click on the map and put a copy of the site there, with the same services."""
        (line,) = self.sites.chosen()

        def copy(lon: float, lat: float) -> None:
            layers = (layer_on_map(self.session, "site"), layer_on_map(self.session, "offer"))
            key = split_site(*layers, line.key, lon, lat, load_locator())
            self.open_site(key)

        hint = translate("CarteCP3", "Click where the new site is.")
        self._take_point(lambda lon, lat: self._edit(lambda: copy(lon, lat)), hint)

    def services(self) -> None:
        """Tick the services of the site."""
        (line,) = self.sites.chosen()
        services, offers = self._layer("service"), self._layer("offer")
        if services is not None and offers is not None:
            self._show(ServicesDialog(self.session, line, services, offers, self.form))

    def photo(self) -> None:
        """Ask for a picture of the site and keep a copy of it beside the store."""
        (line,) = self.sites.chosen()
        title = translate("CarteCP3", "Photo of the site")
        path, _filter = QFileDialog.getOpenFileName(self.form, title, "", IMAGES)
        if path:
            self.keep_photo(line, Path(path))

    def keep_photo(self, line: SiteLine, picture: Path) -> None:
        """Keep a copy of a picture as the photo of a site."""
        store = self.session.location
        self._edit(lambda: set_photo(layer_on_map(self.session, "site"), line.key, picture, store))

    # -- one or several sites ------------------------------------------------------------------

    def change(self) -> None:
        """Change one field of the sites that are selected."""
        layer = self._layer("site")
        if layer is not None:
            self._show(ChangeDialog(self.session, layer, self.sites.chosen(), self.form))

    def close(self) -> None:
        """Close the sites that are selected."""
        layer = self._layer("site")
        if layer is not None:
            find = self.sites.source.find
            self._show(CloseDialog(self.session, layer, self.sites.chosen(), find, self.form))

    def merge(self) -> None:
        """Show two sites side by side, to merge them."""
        from ..control.duplicates_dialog import DuplicatesDialog

        if not self.session.edits_saved():
            return
        first, second = self.sites.chosen()
        dialog = DuplicatesDialog(self.session, self.form)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._show(dialog)
        dialog.show_two(first.key, second.key)

    # -- tools ---------------------------------------------------------------------------------

    def _layer(self, role: str) -> QgsVectorLayer | None:
        try:
            return layer_on_map(self.session, role)
        except CarteError as error:
            self.session.say_error(error)
            return None

    def _edit(self, work: Callable[[], object]) -> None:
        """Edit the layers; a CarteError is said."""
        try:
            work()
        except CarteError as error:
            self.session.say_error(error)
        self.session.iface.mapCanvas().refresh()

    def _show(self, dialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._dialog_gone)
        dialog.show()

    def _dialog_gone(self, *_gone) -> None:
        if self.dialog is not None and sip.isdeleted(self.dialog):
            self.dialog = None

    def _take_point(self, taken: Callable[[float, float], None], hint: str) -> None:
        canvas = self.session.iface.mapCanvas()
        self._leave_tool()
        self.tool = PointTool(canvas, taken)
        self.tool.deactivated.connect(self._tool_left)
        self.destroyed.connect(self.tool.leave)  # the canvas is QGIS's: it outlives the dock
        canvas.setMapTool(self.tool)
        self.session.say(hint)

    def _leave_tool(self) -> None:
        if self.tool is not None:
            self.tool.leave()

    def _tool_left(self) -> None:
        self.tool = None
        self.form.addSiteButton.setChecked(False)


def _added(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _checked=False: act())
    return action
