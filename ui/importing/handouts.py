# SPDX-License-Identifier: GPL-2.0-or-later
"""Empty tables to hand out to an institution, written into a folder."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QFileDialog, QMenu

from ...domain.progress import Progress
from ...store.database import Row, Store
from ..language import isolated, name, short_name
from ..map_view import store_folder
from ..plain import tip
from ..session import Session
from ..settings import load_settings, save_settings
from ..style_panel import institution_icon

_TABLES = ("site", "service")
translate = QCoreApplication.translate


class Handouts(QObject):
    """The menu « Templates »: one line for each institution of the store."""

    def __init__(self, form, session: Session) -> None:
        super().__init__(form)
        self.form = form
        self.session = session
        self.menu = QMenu(form)
        self.menu.setToolTipsVisible(True)  # the whole name of what stands there in short
        form.templatesButton.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.list_institutions)

    def list_institutions(self) -> None:
        """Offer the institutions of the store in use."""
        self.menu.clear()
        overview = self.session.overview
        for row in overview.institutions if overview else ():
            action = self.menu.addAction(institution_icon(row), short_name(row))
            action.setToolTip(tip(name(row)))
            action.triggered.connect(lambda _checked=False, row=row: self.ask(row))

    def ask(self, institution: Row) -> None:
        """Ask for a folder and write the tables of an institution there."""
        title = translate("CarteCP3", "Folder for the tables to hand out")
        begin = load_settings().import_folder or str(store_folder(self.session.location))
        folder = QFileDialog.getExistingDirectory(self.form, title, begin)
        if folder:
            save_settings(import_folder=folder)
            self.write(institution["code"], Path(folder))

    def write(self, code: str, folder: Path) -> None:
        """Write the tables (XLSX) of an institution and what they are made of (Table Schema)."""

        def work(store: Store, progress: Progress) -> int:
            from ...store.templates import write_table_schema, write_template

            for done, table in enumerate(_TABLES):
                progress(done / len(_TABLES), table)
                base = folder / f"modele-{code}-{table}"
                write_template(store.schema, base.with_suffix(".xlsx"), table)
                write_table_schema(store.schema, base.with_suffix(".json"), table)
            return len(_TABLES)

        def done(_count: int) -> None:
            text = translate("CarteCP3", "Tables to hand out written: {folder}")
            self.session.say(text.format(folder=isolated(str(folder))))

        self.session.read(translate("CarteCP3", "Writing the tables"), work, done)
