# SPDX-License-Identifier: GPL-2.0-or-later
"""The dock: the store in use, its state at a glance, and the places in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QFrame, QHeaderView, QScrollArea, QTreeWidgetItem, QWidget

from ..domain.errors import CarteError
from ..store.postgres.address import PREFIX
from .control.control_panel import ControlPanel
from .data_panel import DataPanel
from .language import NUMBERS, direction, isolated, leading, moment, name, number, short_name
from .map_view import reload_layers, shown_store, store_title
from .overview import STATUSES, Overview
from .plain import tip
from .print_panel import PrintPanel
from .publish_panel import PublishPanel
from .session import Session
from .sites.record_form import open_record
from .style_panel import StylePanel, institution_icon

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class ServicesDock(QgsDockWidget):
    """Carte CP3's one window: everything a cartographer does with a store starts here."""

    def __init__(self, iface, parent: QWidget | None = None) -> None:
        super().__init__("Carte CP3", parent or iface.mainWindow())
        self.setObjectName("CarteCP3Dock")
        self.setLayoutDirection(direction())
        self.setAcceptDrops(True)
        self.record_form: Any = None  # that of a service or an offer, while it is open
        self.session = Session(iface)  # no child of the dock: it outlives it by a moment
        self.destroyed.connect(self.session.close)
        content = QWidget(self)
        self.form = Form()
        self.form.setupUi(content)
        self.setWidget(content)
        self._add_places()
        self._prepare_counts()
        self._connect()
        self._show_store()
        self.form.job.hide()
        self._follow_project()

    def _add_places(self) -> None:
        """One tab for each place, each of which scrolls on a small screen."""
        session = self.session
        self.data = DataPanel(session, self)
        self.control = ControlPanel(session, self)
        self.style_panel = StylePanel(session, self)
        self.publishing = PublishPanel(session, self)
        self.printing = PrintPanel(session, self)
        for panel, title in (
            (self.data, translate("CarteCP3", "Data")),
            (self.control, translate("CarteCP3", "Control")),
            (self.style_panel, translate("CarteCP3", "Style")),
            (self.publishing, translate("CarteCP3", "Publish")),
            (self.printing, translate("CarteCP3", "Print")),
        ):
            area = QScrollArea(self)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setWidget(panel)
            self.form.places.addTab(area, title)

    def _prepare_counts(self) -> None:
        header = self.form.counts.header()
        self.form.counts.headerItem().setTextAlignment(0, leading())
        for column in range(1, self.form.counts.columnCount()):
            self.form.counts.headerItem().setTextAlignment(column, NUMBERS)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        session = self.session
        session.store_changed.connect(self._show_store)
        session.overview_changed.connect(self._show_overview)
        session.overview_changed.connect(lambda _overview: reload_layers(session.project))
        session.busy_changed.connect(self._show_busy)
        session.progressed.connect(self._show_progress)
        session.record_wanted.connect(self._open_record)
        self.form.cancelButton.clicked.connect(session.cancel)
        project = QgsProject.instance()
        project.readProject.connect(self._follow_project)
        project.layersAdded.connect(self._follow_edits)
        self._follow_edits(project.mapLayers().values())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Let a GeoPackage be dropped."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open the GeoPackage that was dropped."""
        path = self._dropped(event)
        if path:
            event.acceptProposedAction()
            self.session.open(path)

    def _dropped(self, event: QDropEvent) -> str:
        """Return the path of the one GeoPackage that is being dropped, if it is that."""
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        good = len(paths) == 1 and paths[0].lower().endswith(".gpkg")
        return paths[0] if good and not self.session.busy else ""

    def _follow_project(self) -> None:
        """Use the store that the project shows, if it shows one."""
        path = shown_store(QgsProject.instance())
        there = path.startswith(PREFIX) or Path(path).is_file()
        if path and there:
            self.session.open(path)

    def _follow_edits(self, layers: Iterable[QgsMapLayer]) -> None:
        """Read the store again each time edits of its layers are saved."""
        from ..gis.project import STORE_ROLES, layer_role

        for layer in layers:
            if isinstance(layer, QgsVectorLayer) and layer_role(layer) in STORE_ROLES:
                layer.afterCommitChanges.connect(self.session.refresh)

    def _open_record(self, table: str, key: str, field: str) -> None:
        """Show the form of a record on a field; a position is mended by its precision."""
        field = {"geom": "precision", "lat": "precision", "lon": "precision"}.get(field, field)
        if table == "site":
            self.data.actions_box.open_site(key, field)
            return
        try:
            self.record_form = open_record(self.session, table, key, field)
        except CarteError as error:
            self.session.say_error(error)

    def _show_store(self) -> None:
        """Name the store; without one, only « Data » is of use."""
        location = self.session.location
        if location:
            self.form.storeName.setText(
                translate("CarteCP3", "Store: {file}").format(
                    file=f"<b>{isolated(escape(store_title(location)))}</b>"
                )
            )
            self.form.storeName.setToolTip(tip(location))
        else:
            self.form.storeName.setText(translate("CarteCP3", "No store is open."))
        self.form.facts.setVisible(bool(location))
        self.form.counts.setVisible(bool(location))
        for place in range(1, self.form.places.count()):
            self.form.places.setTabEnabled(place, bool(location))

    def _show_overview(self, overview: Overview) -> None:
        self.form.facts.setText(_facts(overview))
        self.form.counts.clear()
        for row in overview.institutions:
            counts = [overview.counts.get((row["code"], status), 0) for status in STATUSES]
            if any(counts):
                self.form.counts.addTopLevelItem(_line(row, counts))
        self._fit_counts()

    def _fit_counts(self) -> None:
        """Give the table the height of its lines, four at most, none if there is no site."""
        tree = self.form.counts
        lines = tree.topLevelItemCount()
        height = tree.header().sizeHint().height() + 2 * tree.frameWidth()
        if lines:
            height += min(lines, 4) * tree.sizeHintForRow(0)
        tree.setFixedHeight(height)
        tree.setVisible(lines > 0)

    def _show_busy(self, busy: bool) -> None:
        self.form.job.setVisible(busy)
        self.form.jobTitle.setText(self.session.title)
        self.form.jobBar.setValue(0)
        self.form.cancelButton.setEnabled(busy)
        self.form.places.setEnabled(not busy)

    def _show_progress(self, done: float, message: str) -> None:
        self.form.jobBar.setValue(round(100 * done))
        if message:
            self.form.jobBar.setToolTip(tip(message))


def _line(row, counts) -> QTreeWidgetItem:
    item = QTreeWidgetItem([short_name(row), *map(number, counts)])
    item.setIcon(0, institution_icon(row))
    item.setToolTip(0, tip(name(row)))
    for column in range(1, len(counts) + 1):
        item.setTextAlignment(column, NUMBERS)
    return item


def _facts(overview: Overview) -> str:
    """Return what wants attention, in one line."""
    last = overview.last_publication
    text = translate(
        "CarteCP3",
        "Without position: {missing} · Open findings: {findings} · Last publication: {last}"
    )  # fmt: skip
    return text.format(
        missing=number(overview.without_position),
        findings=number(sum(overview.findings.values())),
        last=isolated(moment(last)) if last else translate("CarteCP3", "none yet"),
    )
