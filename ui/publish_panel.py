# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Publish »: the web map in one click, and what its report says."""

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
from .language import number
from .publication_text import backdrop_name, publication_text
from .session import Session
from .settings import load_settings, save_settings

Form: Any = uic.loadUiType(str(Path(__file__).with_suffix(".ui")))[0]
translate = QCoreApplication.translate


class PublishPanel(QWidget, Form):
    """Publishes the store's public view on the open project's map."""

    def __init__(self, session: Session, parent=None) -> None:
        super().__init__(parent)
        self.setupUi(self)
        self.session = session
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(translate("CarteCP3", "Folder of the page"))
        for code in ("auto", "qgis2web", "builtin"):
            self.backdrop.addItem(backdrop_name(code), code)
        self.backdrop.setCurrentIndex(max(self.backdrop.findData(load_settings().backdrop), 0))
        self.report.hide()
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.publishButton.clicked.connect(self.publish)
        self.openButton.clicked.connect(self.open_page)
        self.folder.fileChanged.connect(self._enable)
        self.session.store_changed.connect(self._propose_folder)
        self.session.overview_changed.connect(self._enable)

    def publish(self) -> None:
        """Write the page; the one before stands until the new one is complete."""
        folder = Path(self.folder.filePath())
        backdrop = self.backdrop.currentData()
        save_settings(publish_folder=str(folder), backdrop=backdrop)

        def work(store: Store, progress: Progress):
            from ..gis.webmap import publish

            return publish(store, folder, self.session.project, backdrop, progress=progress)

        self.session.in_foreground(
            translate("CarteCP3", "Publishing the web map"), work, self._published
        )

    def open_page(self) -> None:
        """Open the published page in the browser."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._index())))

    def _published(self, publication) -> None:
        text = translate("CarteCP3", "{count} sites published.")
        self.summary.setText(text.format(count=number(publication.count)))
        report = json.loads(publication.report.read_text(encoding="utf-8"))
        self.report.setPlainText(publication_text(report, self.backdrop.currentData()))
        self.report.show()
        self._enable()
        self.session.say(self.summary.text())

    def _propose_folder(self) -> None:
        """Beside the store, unless a folder was chosen before."""
        self.report.hide()
        self.summary.clear()
        beside = Path(self.session.location).parent / "web"
        self.folder.setFilePath(load_settings().publish_folder or str(beside))

    def _enable(self) -> None:
        self.publishButton.setEnabled(bool(self.session.location and self.folder.filePath()))
        self.openButton.setEnabled(self._index().is_file())

    def _index(self) -> Path:
        return Path(self.folder.filePath()) / "index.html"
