# SPDX-License-Identifier: GPL-2.0-or-later
"""Asking for files: where a report goes, in which language it is; the fields for a path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QLabel, QWidget

from ..gis.documents import FORMATS as DOCUMENTS

#: Languages of reports, each under its own name.
LANGUAGES = (("fr", "Français"), ("ar", "العربية"))
#: What findings are written as, the rest of the house's reports being documents.
TABLES = ("xlsx", "csv", "json")
#: What a table that is no document is written as.
GRIDS = ("xlsx", "csv")


def ask_report(parent: QWidget, proposed: Path, formats: Sequence[str] = DOCUMENTS) -> Path | None:
    """Ask for the file of a report, its format told by its ending; None if it is not wanted."""
    title = QCoreApplication.translate("CarteCP3", "Save the report")
    filters = ";;".join(f"{one.upper()} (*.{one})" for one in formats)
    path, chosen = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
    if not path:
        return None
    file = Path(path)
    if file.suffix[1:].lower() not in formats:
        file = file.with_name(f"{file.name}.{chosen.split(' ')[0].lower()}")
    return file


def name_path(field: QgsFileWidget, label: QLabel, title: str) -> None:
    """Title the dialog of a field for a path, and have what one types in read out by its label.

    The label's buddy is the field, the cursor stands in a line within it.
    """
    field.setDialogTitle(title)
    field.lineEdit().setAccessibleName(label.text())
