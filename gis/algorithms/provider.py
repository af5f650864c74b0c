# SPDX-License-Identifier: GPL-2.0-or-later
"""The provider ``carte_cp3`` in the Processing toolbox and for ``qgis_process``."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .base import ICON
from .build_project import BuildProject
from .check_store import CheckStore
from .create_store import CreateStore
from .export_store import ExportStore
from .field_work import CheckIn, CheckOut
from .import_table import ImportTable
from .print_sheets import PrintSheets
from .publish_web_map import PublishWebMap
from .reports import CallList, CommitteeReport, ReachOfServices
from .restore_institution import RestoreInstitution
from .roll_back_web_map import RollBackWebMap
from .undo_import import UndoImport

ALGORITHMS = (
    CreateStore,
    ImportTable,
    UndoImport,
    CheckStore,
    ExportStore,
    BuildProject,
    PublishWebMap,
    RollBackWebMap,
    PrintSheets,
    CallList,
    CommitteeReport,
    ReachOfServices,
    CheckOut,
    CheckIn,
    RestoreInstitution,
)


class Provider(QgsProcessingProvider):
    """Offers every job of the plugin to models, scripts and the command line."""

    def loadAlgorithms(self) -> None:  # noqa: N802 (QGIS calls this name)
        """Register one algorithm a job."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def id(self) -> str:
        """Return the identifier that scripts write before the colon; never changed."""
        return "carte_cp3"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "Carte CP3"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(ICON))
