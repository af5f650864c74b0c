# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites of the store: searched, filtered, in step with the map, opened by a double click."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsFeature
from qgis.PyQt.QtCore import QCoreApplication, QItemSelection, QItemSelectionModel, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QComboBox

from ...domain.schema import load_schema
from ...domain.site_list import SiteFilter, SiteLine
from ...gis.editing import Row, rows_around, to_row
from ...gis.project import find_layer
from ..control.findings_view import WholeSelection, prepare_table
from ..language import label, number, regions, short_name
from ..map_view import shows
from ..overview import Overview
from ..session import Session
from ..style_panel import institution_icon
from .layer_link import LayerLink
from .sites_model import SitesModel
from .sites_source import COUNTED, MOST, SitesSource

_AROUND = 0.06  # degrees: at this country's latitudes more than the five kilometres compared
_WIDTHS = (30, 14, 18, 16, 10, 12)  # characters
translate = QCoreApplication.translate


class SitesBox(QObject):
    """Drives the table in the group « Sites » of the place « Data »."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.source = SitesSource(session)
        self.model = SitesModel(self.source, self)
        self.link = LayerLink(self)
        self._following = False
        self._all = 0
        form.sites.setModel(self.model)
        prepare_table(form.sites, _WIDTHS)
        form.sites.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        form.sites.setSortingEnabled(True)
        form.sites.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        WholeSelection(form.sites, self.read_all)
        form.sitesGroup.setEnabled(False)
        self._list_choices()
        self._connect()

    def _connect(self) -> None:
        form = self.form
        form.siteSearch.setShowSearchIcon(True)
        form.siteSearch.textChanged.connect(self.filter)
        for choice in (form.siteInstitution, form.siteStatus, form.siteRegion):
            choice.currentIndexChanged.connect(self.filter)
        form.overdueButton.toggled.connect(self.filter)
        form.sites.selectionModel().selectionChanged.connect(self._selected_here)
        self.model.modelReset.connect(self._show_selection)
        self.link.selected.connect(self._show_selection)
        self.link.edited.connect(self._edited)
        self.link.restored.connect(self._restored)
        self.session.overview_changed.connect(self.show)
        project = self.session.project
        project.layersAdded.connect(self._find_layer)
        project.layersRemoved.connect(self._find_layer)
        project.readProject.connect(self._find_layer)

    def show(self, overview: Overview) -> None:
        """Show the sites of a store that was read (again)."""
        names = {row["code"]: short_name(row) for row in overview.institutions}
        icons = {row["code"]: institution_icon(row) for row in overview.institutions}
        self._fill(self.form.siteInstitution, names.items())
        self._find_layer()
        self._all = sum(overview.counts.values())
        self.source.start(names)
        self.model.show(names, icons)
        self.form.sitesGroup.setEnabled(True)
        self._show_buffer()

    def _show_buffer(self) -> None:
        """Show what was edited in the layer and is not in the store yet."""
        buffer = self.link.layer.editBuffer() if self.link.layer else None
        if buffer is None:
            return
        edited = {*buffer.changedAttributeValues(), *buffer.changedGeometries()}
        for identifier in {*edited, *buffer.addedFeatures(), *buffer.deletedFeatureIds()}:
            self.link.touch(identifier)

    def filter(self) -> None:
        """Keep the sites that the search field and the choices ask for."""
        form = self.form
        self.source.wanted = SiteFilter(
            text=form.siteSearch.text(),
            institution=form.siteInstitution.currentData() or "",
            status=form.siteStatus.currentData() or "",
            region=form.siteRegion.currentData() or "",
            overdue=form.overdueButton.isChecked(),
        )
        self.model.reload()

    def read_all(self) -> None:
        """Read on to the end of the list; where that is too far, say so."""
        if not self.model.fetch_all(MOST):
            text = translate(
                "CarteCP3",
                "The first {count} sites are selected: a search or a filter reaches the others."
            )  # fmt: skip
            self.session.say(text.format(count=number(self.model.rowCount())), warning=True)

    def chosen(self) -> list[SiteLine]:
        """Return the sites that are selected in the table, from the top."""
        return [self.model.line(row) for row in sorted(self._selected_rows())]

    def _selected_rows(self) -> set[int]:
        """Rows are selected whole, so ranges tell all; asking row by row takes Qt seconds."""
        ranges = self.form.sites.selectionModel().selection()
        return {row for one in ranges for row in range(one.top(), one.bottom() + 1)}

    def around(self, feature: QgsFeature) -> list[SiteLine]:
        """Return the sites that a new one is compared with: those within some kilometres."""
        row, reader = to_row(feature), self.source.reader
        if self.link.layer is None or reader is None or row["lon"] is None:
            return []
        return [
            reader.line(one)
            for one in rows_around(self.link.layer, row["lon"], row["lat"], _AROUND)
        ]

    def choose(self, keys: Iterable[str]) -> None:
        """Select sites in the table and on the map."""
        self.link.select(list(keys))
        self._mark(keys)

    def _list_choices(self) -> None:
        """States and regions do not depend on the store."""
        statuses = load_schema().vocabulary("status")
        self._fill(self.form.siteInstitution, ())
        self._fill(self.form.siteStatus, [(one.code, label(one.labels)) for one in statuses])
        self._fill(self.form.siteRegion, regions())

    def _fill(self, choice: QComboBox, entries: Iterable[tuple[str, str]]) -> None:
        """List entries after « all », what was chosen staying chosen."""
        before = choice.currentData()
        everything = {
            self.form.siteInstitution: translate("CarteCP3", "All institutions"),
            self.form.siteStatus: translate("CarteCP3", "All states"),
            self.form.siteRegion: translate("CarteCP3", "All regions"),
        }
        choice.blockSignals(True)
        choice.clear()
        choice.addItem(everything[choice], "")
        for code, text in entries:
            choice.addItem(text, code)
        choice.setCurrentIndex(max(choice.findData(before), 0))
        choice.blockSignals(False)

    def _find_layer(self, *_layers) -> None:
        """Follow the project's layer of sites, if it is that of the store in use."""
        ours = shows(self.session.project, self.session.location)
        self.link.follow(find_layer(self.session.project, "site") if ours else None)

    def _selected_here(self, *_changes) -> None:
        """Select on the map what was selected in the table."""
        if not self._following:
            self.link.select([line.key for line in self.chosen()])
        self._count()

    def _show_selection(self, keys=None) -> None:
        """Select in the table what is selected on the map, as far as it is shown."""
        self._mark(self.link.selection() if keys is None else keys)

    def _mark(self, keys: Iterable[str]) -> None:
        keys = list(keys)
        self.model.include(keys)
        rows = self.model.rows_of(keys)
        selection = QItemSelection()
        for first, last in _ranges(rows):
            last_column = self.model.columnCount() - 1
            top, bottom = self.model.index(first, 0), self.model.index(last, last_column)
            selection.select(top, bottom)
        self._following = True
        try:
            mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.form.sites.selectionModel().select(selection, mode)
        finally:
            self._following = False
        if rows:
            self.form.sites.scrollTo(self.model.index(rows[0], 0))
        self._count()

    def _edited(self, rows: Iterable[Row], gone: set[str]) -> None:
        """Show sites as they were just edited, before anything is saved."""
        reader = self.source.reader
        if reader is not None:
            self.model.replace([reader.line(row) for row in rows], gone)

    def _restored(self) -> None:
        """Show the sites as the store has them, after edits were thrown away."""
        if self.session.busy:
            self.session.refresh()
        elif self.session.overview is not None:
            self.show(self.session.overview)

    def _count(self) -> None:
        """Say how many sites are shown, and how many of them are selected."""
        selected = len(self._selected_rows())
        text = translate("CarteCP3", "Sites: {shown} of {all} · selected: {selected}")
        shown = number(self.source.count)
        if self.source.count > COUNTED:
            shown = translate("CarteCP3", "more than {count}").format(count=number(COUNTED))
        self.form.siteCount.setText(
            text.format(shown=shown, all=number(self._all), selected=number(selected))
        )


def _ranges(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Yield the first and last of each run of neighbouring rows."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None:
            yield first, last
        first = last = row
    if first is not None:
        yield first, last
