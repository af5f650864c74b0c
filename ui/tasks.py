# SPDX-License-Identifier: GPL-2.0-or-later
"""Long work: in a QGIS task for the store, on the main thread where QGIS demands it.

Both give the work a ``Progress`` and turn what it raises into a call of ``failed``. Work in a
task must open the store by its path itself: a connection belongs to one thread.
"""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, pyqtSignal

from ..domain.errors import Cancelled
from ..domain.progress import Progress

Work = Callable[[Progress], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Job(QgsTask):
    """A piece of work in QGIS's task manager; ``said`` carries what it says of its progress."""

    said = pyqtSignal(float, str)

    def __init__(self, title: str, work: Work, done: Done, failed: Failed) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._done = done
        self._failed = failed
        self._result: Any = None
        self._error: Exception | None = None

    def run(self) -> bool:
        """Do the work (QGIS calls this in another thread)."""
        try:
            self._result = self._work(self._progress)
        except Exception as error:  # an exception that left a thread would end QGIS
            self._error = error
            return False
        return True

    def finished(self, completed: bool) -> None:
        """Hand on the result or the error (QGIS calls this in the main thread)."""
        if completed:
            self._done(self._result)
        else:
            self._failed(self._error or Cancelled())

    def _progress(self, done: float, message: str) -> None:
        if self.isCanceled():
            raise Cancelled()
        self.setProgress(100 * done)
        self.said.emit(done, message)


def run_in_background(title: str, work: Work, done: Done, failed: Failed) -> Job:
    """Start work in QGIS's task manager; the caller keeps the job until it has ended."""
    job = Job(title, work, done, failed)
    QgsApplication.taskManager().addTask(job)
    return job


class ForegroundJob:
    """Work on the main thread that lets the window live each time it reports progress."""

    def __init__(self, title: str, said: Callable[[float, str], None]) -> None:
        self._title = title
        self._said = said
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled = True

    def run(self, work: Work, done: Done, failed: Failed) -> None:
        """Do the work, then hand on its result or its error."""
        try:
            self._progress(0.0, "")
            result = work(self._progress)
        except Exception as error:  # said to the user by ``failed``, like a task's
            failed(error)
        else:
            done(result)

    def _progress(self, done: float, message: str) -> None:
        self._said(done, message)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        if self._cancelled:
            raise Cancelled()
