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
from .import_table import ImportTable
from .print_sheets import PrintSheets
from .publish_web_map import PublishWebMap
from .roll_back_web_map import RollBackWebMap
