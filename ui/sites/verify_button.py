# SPDX-License-Identifier: GPL-2.0-or-later
"""« Verified today »: one click for the sites that are selected, by the way used last."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QObject
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from ...domain.progress import Progress
from ...domain.schema import load_schema
from ...store.database import Store
from ...store.verifying import verify_sites
from .. import asking, messages
from ..importing.taken_back import take_back
from ..language import label, number
from ..session import Session
from ..settings import load_settings, save_settings
from .sites_box import SitesBox

translate = QCoreApplication.translate


class VerifyButton(QObject):
    """Drives the button; its arrow lists the ways of verifying, and asks who verifies."""

    def __init__(self, button: QToolButton, session: Session, sites: SitesBox) -> None:
        super().__init__(button)
        self.button = button
        self.session = session
        self.sites = sites
        self._methods = {
            term.code: label(term.labels)
            for term in load_schema().vocabulary("verification_method")
        }
        self.menu = QMenu(button)
        for code, text in self._methods.items():
            self.menu.addAction(text).triggered.connect(
                lambda _checked=False, code=code: self.verify(code)
            )
        self.menu.addSeparator()
        asked = self.menu.addAction(translate("CarteCP3", "Who verifies (a function)…"))
        asked.triggered.connect(lambda _checked=False: self.ask_function())
        button.setMenu(self.menu)
        button.clicked.connect(lambda: self.verify(self.method()))
        self._name()

    def method(self) -> str:
        """Return the way used last."""
        method = load_settings().verification_method
        return method if method in self._methods else next(iter(self._methods))

    def enable(self) -> None:
        """Closed sites are not verified."""
        chosen = self.sites.chosen()
        self.button.setEnabled(bool(chosen) and all(one.status != "closed" for one in chosen))

    def verify(self, method: str) -> None:
        """Note that the sites that are selected were verified today."""
        save_settings(verification_method=method)
        self._name()
        keys = [line.key for line in self.sites.chosen()]
        by = load_settings().verified_by

        def work(store: Store, _progress: Progress) -> str:
            return verify_sites(store, keys, method, by)

        def done(batch: str) -> None:
            text = translate("CarteCP3", "Sites verified today: {count}.")
            bar, undo = self.session.iface.messageBar(), translate("CarteCP3", "Undo")
            said = text.format(count=number(len(keys)))
            messages.say_with_action(bar, said, undo, lambda: self.take_back(batch))

        title = translate("CarteCP3", "Noting the verification")
        self.session.in_background(title, work, done)

    def take_back(self, batch: str) -> None:
        """Let a verification be as if it had not been noted."""

        title = translate("CarteCP3", "Taking the verification back")
        said = translate("CarteCP3", "The verification was taken back.")
        take_back(self.session, batch, title, said)

    def ask_function(self) -> None:
        """Ask for the function of who verifies; it is remembered."""
        title = translate("CarteCP3", "Who verifies")
        question = translate("CarteCP3", "A function, never the name of a person:")
        text = asking.asked_text(self.button, title, question, load_settings().verified_by)
        if text is not None:
            save_settings(verified_by=text.strip())

    def _name(self) -> None:
        text = translate("CarteCP3", "Verified today: {method}")
        self.button.setText(text.format(method=self._methods[self.method()]))
        hint = translate("CarteCP3", "Note that the sites selected were verified today")
        self.button.setToolTip(hint)
