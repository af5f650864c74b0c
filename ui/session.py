# SPDX-License-Identifier: GPL-2.0-or-later
"""The store in use and the work done on it: what the places of the dock share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer, pyqtSignal

from ..domain.errors import CarteError, NotAStore
from ..domain.progress import Progress, silent
from ..gis.connections import resolved
from ..store.database import Store, create_store, open_store
from ..store.postgres.address import PREFIX
from . import messages
from .overview import Overview, read_overview
from .settings import forget_store, remember_store
from .tasks import Done, Failed, ForegroundJob, run_in_background

_SOON = 50  # milliseconds until one looks again whether a job has ended
StoreWork = Callable[[Store, Progress], Any]
translate = QCoreApplication.translate


class Session(QObject):
    """One store at a time, and one job at a time.

    ``store_changed`` says that another store is in use; ``overview_changed`` brings its
    ``Overview``, read again; ``busy_changed`` and ``progressed`` tell of the job under way;
    ``record_wanted`` asks for the form of a record: its table, its key, the field to mend.
    """

    store_changed = pyqtSignal()
    overview_changed = pyqtSignal(object)
    busy_changed = pyqtSignal(bool)
    progressed = pyqtSignal(float, str)
    record_wanted = pyqtSignal(str, str, str)

    def __init__(self, iface) -> None:
        super().__init__()
        self.iface = iface
        self.location = ""
        self.overview: Overview | None = None
        self.title = ""
        self._job: Any = None
        self._stale = False  # whether the store was written to while a job was under way
        self.closed = False

    @property
    def project(self) -> QgsProject:
        """The project that QGIS shows."""
        return QgsProject.instance()

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def create(self, path: str) -> None:
        """Make a store and use it."""
        address = self._resolved(path)
        if not address:
            return

        def work(progress: Progress) -> Overview:
            with create_store(address) as store:
                return read_overview(store, progress)

        title = translate("CarteCP3", "Creating the store")
        self._background(title, work, lambda overview: self._use(path, overview))

    def open(self, path: str, missing: Failed | None = None) -> None:
        """Use a store; one that cannot be opened leaves the present one in use.

        ``missing`` is told where there is no store, instead of the message bar.
        """
        address = self._resolved(path)
        if not address:
            return

        def work(progress: Progress) -> Overview:
            with open_store(address) as store:
                return read_overview(store, progress)

        def failed(error: Exception) -> None:
            forget_store(path)
            (missing if missing and isinstance(error, NotAStore) else self.say_error)(error)

        title = translate("CarteCP3", "Opening the store")
        self._background(title, work, lambda overview: self._use(path, overview), failed)

    def refresh(self) -> None:
        """Read the state of the store again, now or when the job under way has ended."""
        self._stale = self.busy
        if self.busy:
            return
        location = self._resolved(self.location)
        if not location:
            return

        def work(progress: Progress) -> Overview:
            with open_store(location) as store:
                return read_overview(store, progress)

        self._background(translate("CarteCP3", "Reading the store"), work, self._show)

    def read(self, title: str, work: StoreWork, done: Done, failed: Failed | None = None) -> None:
        """Only read the store in a task; what is shown of it stays as it is."""
        location = self._resolved(self.location)
        if not location:
            return

        def with_store(progress: Progress) -> Any:
            with open_store(location) as store:
                return work(store, progress)

        self._background(title, with_store, done, failed)

    def read_soon(self, title: str, work: StoreWork, done: Done, at_once: bool) -> None:
        """Only read the store: now if that is short, else in a task once no job is under way."""
        if at_once and not self.busy:
            result = self.at_once(lambda store: work(store, silent))
            if result is not None:
                done(result)
            return

        QTimer.singleShot(0, lambda: self.read(title, work, done))

    def in_background(
        self, title: str, work: StoreWork, done: Done, failed: Failed | None = None
    ) -> None:
        """Work on the store in a task: no object of QGIS may be touched there."""
        location = self._resolved(self.location)
        if location:
            self._background(title, _then_overview(location, work), self._showing(done), failed)

    def in_foreground(self, title: str, work: StoreWork, done: Done) -> None:
        """Work on the store and on the project in the main thread, the window kept alive.

        What is made so (page, sheets, reports) is for others: edits are to be saved first.
        """
        if self.busy or not self.edits_saved():
            return
        location = self._resolved(self.location)
        if not location:
            return
        job = ForegroundJob(title, self.progressed.emit)
        self._started(title, job)
        shown, failed = self._then(self._showing(done)), self._then(self.say_error)
        job.run(_then_overview(location, work), shown, failed)

    def in_task(self, title: str, work: Callable[[Progress], Any], done: Done) -> None:
        """Work in a task that needs neither the store nor an object of QGIS."""
        self._background(title, work, done)

    def at_once(self, work: Callable[[Store], Any]) -> Any:
        """Do a short work on the store in the main thread; None if it fails, which is said."""
        location = self._resolved(self.location)
        if not location or self.busy:
            return None
        try:
            with open_store(location) as store:
                return work(store)
        except CarteError as error:
            self.say_error(error)
            return None

    def edits_saved(self) -> bool:
        """Return whether the store has all that was edited; if not, that is said."""
        from ..gis.editing import edited_layers

        waiting = edited_layers(self.project)
        if waiting:
            text = translate("CarteCP3", "Save the edits first: this reads what is in the store.")
            self.say(text, warning=True)
        return not waiting

    def cancel(self) -> None:
        """Ask the job under way to stop."""
        if self._job is not None:
            self._job.cancel()

    def close(self) -> None:
        """Stop the job under way; nothing is shown any more."""
        self.closed = True
        self.cancel()

    def say(self, text: str, warning: bool = False) -> None:
        """Show a line in QGIS's message bar."""
        messages.say(self.iface.messageBar(), text, warning)

    def say_with_details(self, text: str, details: str) -> None:
        """Show a line that stays, and what more there is to say on demand."""
        messages.say_with_details(self.iface.messageBar(), text, details)

    def _resolved(self, location: str) -> str:
        """Return how to reach a store; "" if its account is not known, which is said."""
        try:
            return resolved(location)
        except CarteError as error:
            self.say_error(error)
            return ""

    def _background(
        self, title: str, work: Callable, done: Done, failed: Callable | None = None
    ) -> None:
        if self.closed:
            return
        if self.busy:  # it waits for its turn
            QTimer.singleShot(_SOON, lambda: self._background(title, work, done, failed))
            return
        job = run_in_background(title, work, self._then(done), self._then(failed or self.say_error))
        job.said.connect(self.progressed)
        self._started(title, job)

    def _then(self, handle: Callable) -> Callable:
        """Return what is called at the end of a job; after ``close`` nothing is handled."""

        def handler(value: Any) -> None:
            self._job = None
            if not self.closed:
                self.busy_changed.emit(False)
                handle(value)
                if self._stale and not self.busy:
                    self.refresh()

        return handler

    def _showing(self, done: Done) -> Done:
        """Return what shows the overview that comes with a result, then handles the result."""

        def both(results: tuple[Any, Overview]) -> None:
            result, overview = results
            self._show(overview)
            done(result)

        return both

    def _started(self, title: str, job: Any) -> None:
        self.title = title
        self._job = job
        self.busy_changed.emit(True)

    def _use(self, path: str, overview: Overview) -> None:
        self.location = path if path.startswith(PREFIX) else str(Path(path))
        remember_store(self.location)
        self.store_changed.emit()
        self._show(overview)

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        self.overview_changed.emit(overview)

    def say_error(self, error: Exception) -> None:
        """Show in QGIS's message bar why something was not done."""
        messages.say_error(self.iface.messageBar(), error)


def _then_overview(location: str, work: StoreWork) -> Callable[[Progress], tuple[Any, Overview]]:
    """Return a work on a store, after which its overview is read."""

    def both(progress: Progress) -> tuple[Any, Overview]:
        with open_store(location) as store:
            return work(store, progress), read_overview(store)

    return both
