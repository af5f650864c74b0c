# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Publish »: the web map in one click, what it changes, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt import uic
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QWidget

from ..domain.progress import Progress
from ..store.database import Store
from . import asking
from .documents import name_path
from .language import moment, number
from .map_view import store_folder
from .publication_text import backdrop_name, blocking_text, changes_text, publication_text
from .session import Session
from .settings import load_settings, save_settings
from .tasks import Done

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class PublishPanel(QWidget, Form):
    """Publishes the store's public view on the open project's map."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        name_path(self.folder, self.folderLabel, translate("CarteCP3", "Folder of the page"))
        for code in ("auto", "qgis2web", "builtin"):
            self.backdrop.addItem(backdrop_name(code), code)
        self.backdrop.setCurrentIndex(max(self.backdrop.findData(load_settings().backdrop), 0))
        self.address.setText(load_settings().publish_address)
        self.contact.setText(load_settings().publish_contact)
        self.report.hide()
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.publishButton.clicked.connect(self.publish)
        self.changesButton.clicked.connect(lambda: self._compare(self._show_changes))
        self.rollBackButton.clicked.connect(self.ask_roll_back)
        self.openButton.clicked.connect(self.open_page)
        self.folder.fileChanged.connect(self._enable)
        self.session.store_changed.connect(self._propose_folder)
        self.session.overview_changed.connect(self._enable)

    def publish(self) -> None:
        """Write the page; asks first when places would disappear from it."""
        if self.session.edits_saved():
            self._compare(self._publish_if_wanted)

    def _compare(self, done: Done) -> None:
        """Find out what a publication would change, then hand it on."""
        folder = Path(self.folder.filePath())

        def work(store: Store, progress: Progress):
            from ..gis.webmap import publication_changes

            progress(0.0, "")
            return publication_changes(store, folder)

        self.session.read(translate("CarteCP3", "Comparing with the last publication"), work, done)

    def _show_changes(self, changes) -> None:
        self.summary.setText(changes_text(changes))
        self.report.setPlainText(blocking_text(changes.blocking))
        self.report.setVisible(bool(changes.blocking))

    def _publish_if_wanted(self, changes) -> None:
        self._show_changes(changes)
        dropped = changes.since and changes.of("site").dropped
        if changes.blocking:
            self.session.say(self.summary.text(), warning=True)
        elif not dropped or asking.agreed(
            self,
            translate("CarteCP3", "Publish the web map"),
            self.summary.text()
            + "\n\n"
            + translate("CarteCP3", "Places would disappear from the page. Publish?"),
        ):
            self._write()

    def _write(self) -> None:
        """Write the page; the one before stands until the new one is complete."""
        folder = Path(self.folder.filePath())
        backdrop, address = self.backdrop.currentData(), self.address.text().strip()
        contact = self.contact.text().strip()
        save_settings(
            publish_folder=str(folder),
            backdrop=backdrop,
            publish_address=address,
            publish_contact=contact,
        )
        changed = self.summary.text()

        def work(store: Store, progress: Progress):
            from ..gis.webmap import publish

            project = self.session.project
            return publish(
                store,
                folder,
                project,
                backdrop,
                progress=progress,
                address=address,
                contact=contact,
            )

        def done(publication) -> None:
            self._published(publication, changed)

        self.session.in_foreground(translate("CarteCP3", "Publishing the web map"), work, done)

    def ask_roll_back(self) -> None:
        """Ask, then put the last earlier publication back."""
        title = translate("CarteCP3", "Back to the publication before")
        question = translate(
            "CarteCP3",
            "Put the publication before back in the place of the present page? The store is not "
            "changed, and the present page is kept aside."
        )  # fmt: skip
        if asking.agreed(self, title, question):
            self.roll_back()

    def roll_back(self) -> None:
        """Put the last earlier publication back: tens of thousands of files go, so in a task."""
        folder = Path(self.folder.filePath())

        def work(progress: Progress) -> str:
            from ..gis.webmap import roll_back

            progress(0.0, "")
            return roll_back(folder)

        title = translate("CarteCP3", "Back to the publication before")
        self.session.in_task(title, work, self._rolled_back)

    def _rolled_back(self, released: str) -> None:
        text = translate("CarteCP3", "The page of {moment} is back in its place.")
        self.summary.setText(text.format(moment=moment(released) if released else "…"))
        self.report.hide()
        self._enable()
        self.session.say(self.summary.text())

    def open_page(self) -> None:
        """Open the published page in the browser."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._index())))

    def _published(self, publication, changed: str) -> None:
        text = translate("CarteCP3", "{count} sites published.")
        said = text.format(count=number(publication.count))
        self.summary.setText(f"{said}\n{changed}")
        report = json.loads(publication.report.read_text(encoding="utf-8"))
        self.report.setPlainText(publication_text(report, self.backdrop.currentData()))
        self.report.show()
        self._enable()
        self.session.say(said)

    def _propose_folder(self) -> None:
        """Beside the store, unless a folder was chosen before."""
        self.report.hide()
        self.summary.clear()
        beside = store_folder(self.session.location) / "web"
        self.folder.setFilePath(load_settings().publish_folder or str(beside))

    def _enable(self) -> None:
        ready = bool(self.session.location and self.folder.filePath())
        self.publishButton.setEnabled(ready)
        self.changesButton.setEnabled(ready)
        self.rollBackButton.setEnabled(ready and self._has_earlier())
        self.openButton.setEnabled(self._index().is_file())

    def _has_earlier(self) -> bool:
        from ..gis.webmap.release import kept_releases

        return bool(kept_releases(Path(self.folder.filePath())))

    def _index(self) -> Path:
        return Path(self.folder.filePath()) / "index.html"
