# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Data »: the store in use, its layers, and what comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QMenu, QWidget

from ..domain.errors import CarteError
from ..gis.connections import in_schema, saved_connections, schemas_of
from ..gis.wording import spoken
from ..store.postgres.address import parse_location
from . import asking, messages
from .importing.handouts import Handouts
from .importing.import_box import ImportBox
from .importing.undo_box import UndoBox
from .language import isolated
from .map_view import (
    show_store,
    shown_store,
    shows,
    store_folder,
    store_title,
)
from .session import Session
from .settings import load_settings
from .sites.edit_bar import EditBar
from .sites.field_box import FieldBox
from .sites.site_actions import SiteActions
from .sites.sites_box import SitesBox

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
FILTER = "GeoPackage (*.gpkg)"
translate = QCoreApplication.translate


class DataPanel(QWidget, Form):
    """Opens and makes stores, brings tables in."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.sites_box = SitesBox(self, session)
        self.actions_box = SiteActions(self, session, self.sites_box)
        self.edit_bar = EditBar(self, session)
        self.imports = ImportBox(self, session)
        self.undoing = UndoBox(self, session)
        self.handouts = Handouts(self, session)
        self.field_work = FieldBox(self, session)
        self.recent = QMenu(self)
        self.openButton.setMenu(self.recent)
        self.servers = QMenu(self)
        self.serverButton.setMenu(self.servers)
        self.importGroup.setEnabled(False)
        self.layersButton.setEnabled(False)
        self.templatesGroup.setEnabled(False)
        self.fieldGroup.setEnabled(False)
        self._connect()

    def _connect(self) -> None:
        self.openButton.clicked.connect(self.ask_open)
        self.createButton.clicked.connect(self.ask_create)
        self.layersButton.clicked.connect(self.show_on_map)
        self.recent.aboutToShow.connect(self._list_recent)
        self.servers.aboutToShow.connect(self._list_servers)
        self.session.store_changed.connect(self._store_changed)

    def ask_open(self) -> None:
        """Ask for a store and open it."""
        title = translate("CarteCP3", "Open a store")
        path, _filter = QFileDialog.getOpenFileName(self, title, self._folder(), FILTER)
        if path:
            self.session.open(path)

    def ask_create(self) -> None:
        """Ask for the name of a new store and make it."""
        title = translate("CarteCP3", "New store")
        proposed = str(Path(self._folder()) / "services.gpkg")
        path, _filter = QFileDialog.getSaveFileName(
            self, title, proposed, FILTER, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if path:
            file = path if path.lower().endswith(".gpkg") else f"{path}.gpkg"
            self.session.create(file)

    def show_on_map(self) -> None:
        """Show the store's layers; a project that shows another store is left first."""
        session = self.session
        shown = shown_store(session.project)
        ours = shows(session.project, session.location)  # then those are added that were removed
        if shown and not ours and not (self._leaves(shown) and session.iface.newProject(True)):
            return
        self.add_layers()

    def add_layers(self) -> None:
        """Add the store's layers to the project."""
        session = self.session
        try:
            show_store(session.iface, session.project, session.location)
        except CarteError as error:
            messages.say_error(session.iface.messageBar(), error)

    def _leaves(self, shown: str) -> bool:
        """Ask whether to leave a project that shows another store."""
        question = translate(
            "CarteCP3",
            "This project shows another store ({file}). Start a new project for the store in use?"
        ).format(file=isolated(store_title(shown)))  # fmt: skip
        return asking.agreed(self, translate("CarteCP3", "Show on the map"), question)

    def _store_changed(self) -> None:
        present = bool(self.session.location)
        self.importGroup.setEnabled(present)
        self.templatesGroup.setEnabled(present)
        self.fieldGroup.setEnabled(present)
        self.layersButton.setEnabled(present)
        if present and not shown_store(self.session.project):
            self.add_layers()

    def _list_recent(self) -> None:
        self.recent.clear()
        for path in load_settings().recent_stores:
            action = self.recent.addAction(isolated(path))
            action.triggered.connect(lambda _checked=False, path=path: self.session.open(path))
        if self.recent.isEmpty():
            nothing = self.recent.addAction(translate("CarteCP3", "No recent store"))
            nothing.setEnabled(False)

    def _list_servers(self) -> None:
        """List the PostgreSQL connections that QGIS knows."""
        self.servers.clear()
        try:
            known = saved_connections()
        except CarteError as error:
            messages.say_error(self.session.iface.messageBar(), error)
            return
        for name, location in known.items():
            schemas = self.servers.addMenu(isolated(name))
            schemas.aboutToShow.connect(
                lambda menu=schemas, name=name, at=location: self._list_schemas(menu, name, at)
            )
        if not known:
            nothing = self.servers.addAction(
                translate("CarteCP3", "QGIS knows no PostgreSQL connection")
            )
            nothing.setEnabled(False)

    def _list_schemas(self, menu: QMenu, name: str, location: str) -> None:
        """List the schemas of a database in which a store is or may be."""
        menu.clear()
        try:
            known = schemas_of(name)
        except CarteError as error:
            messages.say_error(self.session.iface.messageBar(), error)
            known = ()
        for schema in known or (parse_location(location).schema,):
            at = in_schema(location, schema)
            action = menu.addAction(isolated(schema))
            action.triggered.connect(lambda _checked=False, at=at: self.open_server(at))

    def open_server(self, location: str) -> None:
        """Open the store of a database; where there is none, offer to make it."""
        self.session.open(location, missing=lambda error: self._offer_to_create(location, error))

    def _offer_to_create(self, location: str, error: CarteError) -> None:
        label = translate("CarteCP3", "Create a store there")
        bar = self.session.iface.messageBar()
        messages.say_with_action(bar, spoken(error), label, lambda: self.session.create(location))

    def _folder(self) -> str:
        """Return where file dialogs begin: beside the store in use or used last, or at home."""
        recent = load_settings().recent_stores
        known = self.session.location or (recent[0] if recent else "")
        return str(store_folder(known) if known else Path.home())
