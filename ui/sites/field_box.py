# SPDX-License-Identifier: GPL-2.0-or-later
"""Field work: a part of the store taken along, brought back, and what is then to be chosen."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QDialog, QFileDialog, QMenu

from ...domain.progress import Progress
from ...gis.wording import spoken
from ...store.checkin import CheckedIn, check_in
from ...store.conflicts import Conflict, open_conflicts, settle
from ...store.database import Store
from ..language import isolated, number, regions, short_name
from ..session import Session
from ..settings import load_settings, save_settings
from ..style_panel import institution_icon
from .field_dialog import FieldDialog

FILTER = "GeoPackage (*.gpkg)"
translate = QCoreApplication.translate


class FieldBox(QObject):
    """The menu « Field work »: take along, bring back, choose."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.menu = QMenu(form)
        form.fieldButton.setMenu(self.menu)
        self.parts = self.menu.addMenu(translate("CarteCP3", "Take along for field work"))
        self.parts.aboutToShow.connect(self.list_parts)
        self.back = self.menu.addAction(translate("CarteCP3", "Bring field work back…"))
        self.back.triggered.connect(self.ask_back)
        self.choose = self.menu.addAction(translate("CarteCP3", "Choose between two values…"))
        self.choose.triggered.connect(self.show_conflicts)

    def list_parts(self) -> None:
        """Offer the institutions of the store in use, and the regions."""
        self.parts.clear()
        self._offer(translate("CarteCP3", "All records"), "tout", "", "")
        self.parts.addSeparator()
        overview = self.session.overview
        for row in overview.institutions if overview else ():
            action = self._offer(short_name(row), row["code"], row["code"], "")
            action.setIcon(institution_icon(row))
        self.parts.addSeparator()
        for code, title in regions():
            self._offer(title, f"region-{code}", "", code)

    def _offer(self, title: str, stem: str, institution: str, region: str):
        action = self.parts.addAction(title)
        action.triggered.connect(lambda: self.ask_along(stem, institution, region))
        return action

    def ask_along(self, stem: str, institution: str, region: str) -> None:
        """Ask for a file and take a part of the store along."""
        title = translate("CarteCP3", "File for the field")
        begin = Path(load_settings().import_folder or Path.home()) / f"terrain-{stem}.gpkg"
        path, _filter = QFileDialog.getSaveFileName(self.form, title, str(begin), FILTER)
        if path:
            file = Path(path if path.lower().endswith(".gpkg") else f"{path}.gpkg")
            save_settings(import_folder=str(file.parent))
            self.take(file, institution, region)

    def take(self, file: Path, institution: str = "", region: str = "") -> None:
        """Take a part of the store along, with its project."""

        def work(store: Store, progress: Progress) -> int:
            from ...gis.fieldwork import take_along

            return take_along(store, file, institution, region, progress)

        def done(count: int) -> None:
            text = translate("CarteCP3", "{count} sites taken along: {file}, with its project.")
            self.session.say(text.format(count=number(count), file=isolated(str(file))))

        title = translate("CarteCP3", "Taking records along")
        self.session.in_foreground(title, work, done)

    def ask_back(self) -> None:
        """Ask for a file and bring it back."""
        title = translate("CarteCP3", "File from the field")
        begin = load_settings().import_folder or str(Path.home())
        path, _filter = QFileDialog.getOpenFileName(self.form, title, begin, FILTER)
        if path:
            self.bring(Path(path))

    def bring(self, file: Path) -> None:
        """Bring the edits of a file back, then show what is to be chosen."""

        def work(store: Store, progress: Progress) -> CheckedIn:
            return check_in(store, file, progress=progress)

        self.session.in_background(
            translate("CarteCP3", "Bringing field work back"), work, self._brought
        )

    def _brought(self, made: CheckedIn) -> None:
        text = translate(
            "CarteCP3",
            "Field work brought back: {created} records created, {updated} updated, {deleted} "
            "deleted; {conflicts} values to choose, {refused} records refused."
        )  # fmt: skip
        text = text.format(
            created=number(made.created),
            updated=number(made.updated),
            deleted=number(made.deleted),
            conflicts=number(len(made.conflicts)),
            refused=number(len(made.refused)),
        )
        reasons = [spoken(one.reason) for one in made.refused[:1]]
        self.session.say(" ".join((text, *reasons)), warning=bool(made.refused or made.conflicts))
        if made.conflicts:
            self.show_conflicts()

    def show_conflicts(self) -> None:
        """Show what was left open by all check-ins, and write what is chosen."""

        def work(store: Store, _progress: Progress) -> tuple[Conflict, ...]:
            return open_conflicts(store)

        title = translate("CarteCP3", "Reading the store")
        self.session.read(title, work, self._ask_choices)

    def _ask_choices(self, conflicts: tuple[Conflict, ...]) -> None:
        if not conflicts:
            self.session.say(translate("CarteCP3", "There is nothing to choose."))
            return
        dialog = FieldDialog(conflicts, self.form.window())
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.chosen:
            self._settle(dialog.chosen)

    def _settle(self, chosen: list[tuple[Conflict, bool]]) -> None:
        def work(store: Store, _progress: Progress) -> int:
            for conflict, mine in chosen:
                settle(store, conflict, mine)
            return len(chosen)

        def done(count: int) -> None:
            text = translate("CarteCP3", "{count} values chosen.")
            self.session.say(text.format(count=number(count)))

        self.session.in_background(translate("CarteCP3", "Saving the choices"), work, done)
