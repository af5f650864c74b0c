# SPDX-License-Identifier: GPL-2.0-or-later
"""What all algorithms share: errors and progress in Processing's manners, common parameters.

Jobs are imported when an algorithm runs, never before: the provider loads although a library
that one job needs is missing, and that job then says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ...domain.errors import Cancelled, CarteError, MissingDependency
from ...domain.progress import Progress

PACKAGE = __name__.split(".", maxsplit=1)[0]
ICON = Path(__file__).resolve().parents[2] / "resources" / "icon.svg"

STORES = "GeoPackage (*.gpkg);;PostgreSQL (*)"

translate = QCoreApplication.translate


class JobAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that carries out one job; subclasses say which in ``carry_out``."""

    #: The identifier after ``carte_cp3:``; part of the public interface, never changed.
    NAME = ""
    #: Where STORE is, to be opened only: its account is in it; and a SOURCE, if there is one.
    location = ""
    source = ""
    _refused: CarteError | None = None

    def carry_out(
        self, parameters: Mapping[str, Any], context: QgsProcessingContext, progress: Progress
    ) -> dict[str, Any]:
        """Carry out the job and return the outputs; raises CarteError with a sentence."""
        raise NotImplementedError

    def name(self) -> str:
        """Return the identifier under which models, scripts and ``qgis_process`` call it."""
        return self.NAME

    def createInstance(self) -> JobAlgorithm:  # noqa: N802 (QGIS calls this name)
        """Return a fresh algorithm of the same kind."""
        return type(self)()

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(ICON))

    def prepareAlgorithm(  # noqa: N802 (QGIS calls this name)
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        _feedback: QgsProcessingFeedback,
    ) -> bool:
        """Look up accounts of stores on the main thread: QGIS may ask for its master password."""
        from ..connections import resolved

        try:
            self.location = resolved(self._named_store("STORE", parameters, context))
            self.source = resolved(self._named_store("SOURCE", parameters, context))
            self.prepare(parameters, context)
        except CarteError as error:
            self._refused = error  # what is raised here, Processing does not pass on
        return True

    def prepare(self, parameters: Mapping[str, Any], context: QgsProcessingContext) -> None:
        """Do what a job wants done on the main thread first; raises CarteError with a sentence."""

    def _named_store(
        self, parameter: str, parameters: Mapping[str, Any], context: QgsProcessingContext
    ) -> str:
        from ...store.postgres.address import PREFIX

        definition = self.parameterDefinition(parameter)
        if definition is None:
            return ""
        output = definition.isDestination()
        read = self.parameterAsFileOutput if output else self.parameterAsFile
        given = read(parameters, parameter, context)
        # Processing's dialog puts the folder for results before what does not look like a path.
        name = Path(given).name
        return name if name.startswith(PREFIX) else given

    def processAlgorithm(  # noqa: N802 (QGIS calls this name)
        self,
        parameters: Mapping[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run the job; what it says on failure becomes the algorithm's message."""
        from ..wording import spoken  # not before: keeps QGIS's start fast

        try:
            if self._refused is not None:
                raise self._refused
            return self.carry_out(parameters, context, progress_of(feedback))
        except CarteError as error:
            raise QgsProcessingException(spoken(error)) from error
        except ModuleNotFoundError as error:
            if (error.name or "").startswith(PACKAGE):
                raise
            raise QgsProcessingException(spoken(missing(error))) from error


class WindowAlgorithm(JobAlgorithm):
    """A job that draws: QGIS's layouts and canvases live on the main thread only."""

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Forbid a background thread (a layout exported there comes out blank)."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading


def progress_of(feedback: QgsProcessingFeedback) -> Progress:
    """Return a job's progress that speaks through ``feedback`` and stops when it is cancelled.

    A job that says it is done (1.0) can no longer be cancelled.
    """

    def progress(done: float, message: str) -> None:
        if feedback.isCanceled() and done < 1.0:
            raise Cancelled("Cancelled: everything is as it was before.")
        feedback.setProgress(100.0 * done)
        if message:
            feedback.setProgressText(message)

    return progress


def missing(error: ModuleNotFoundError) -> MissingDependency:
    """Say which Python library a job lacks and how to install it."""
    return MissingDependency(
        "This job needs the Python library « {name} », which is not installed. "
        "Install it for QGIS's own Python: « python3 -m pip install {name} » "
        "(in the OSGeo4W shell on Windows).",
        name=(error.name or str(error)).split(".")[0],
    )


def _shown(parameter: Any, value: Any, context: QgsProcessingContext) -> str:
    """Return what Processing's history and log show of a store: never a password."""
    from ...store.postgres.address import PREFIX, parse_location

    if isinstance(value, str) and value.startswith(PREFIX):
        try:
            value = parse_location(value).location
        except CarteError:
            value = PREFIX + "…"
    return super(type(parameter), parameter).valueAsPythonString(value, context)


class StoreParameter(QgsProcessingParameterFile):
    """A store that exists: its file, or ``PG:`` and how to connect."""

    def clone(self) -> StoreParameter:
        """Return a parameter of the same kind (Processing's dialogs work on copies)."""
        return StoreParameter(self)

    valueAsPythonString = _shown  # noqa: N815 (QGIS calls this name)


class StoreDestination(QgsProcessingParameterFileDestination):
    """A store that is to be made: its file, or ``PG:`` and how to connect."""

    def clone(self) -> StoreDestination:
        """Return a parameter of the same kind (Processing's dialogs work on copies)."""
        return StoreDestination(self)

    valueAsPythonString = _shown  # noqa: N815 (QGIS calls this name)


def store_parameter() -> QgsProcessingParameterFile:
    """Return the parameter STORE of a job that opens an existing store."""
    title = translate("CarteCP3", "Store (.gpkg file, or PG: and a connection)")
    return StoreParameter("STORE", title, fileFilter=STORES)


def project_parameter() -> QgsProcessingParameterFile:
    """Return the optional parameter PROJECT: a file instead of the project that is open."""
    return QgsProcessingParameterFile(
        "PROJECT",
        translate("CarteCP3", "Project (empty: the one that is open)"),
        optional=True,
        fileFilter="QGIS (*.qgz *.qgs)",
    )


def report_parameter() -> QgsProcessingParameterFileDestination:
    """Return the optional parameter REPORT."""
    return QgsProcessingParameterFileDestination(
        "REPORT",
        translate("CarteCP3", "Report"),
        fileFilter="Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)",
        optional=True,
        createByDefault=False,
    )


def read_project(path: str, context: QgsProcessingContext) -> QgsProject | None:
    """Return the project of a file, or the open one if ``path`` is empty (None without any)."""
    if not path:
        return context.project()
    project = QgsProject()
    if not project.read(path):
        raise CarteError(
            "The project {path} cannot be read: {reason}", path=path, reason=project.error()
        )
    return project


def split_codes(text: str) -> tuple[str, ...]:
    """Return the codes of a comma-separated list, blanks and repetitions dropped."""
    codes = (part.strip() for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(code for code in codes if code))
