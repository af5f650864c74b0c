# SPDX-License-Identifier: GPL-2.0-or-later
"""Asking where a report goes, and in which language it is."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from ...gis.documents import FORMATS

#: Languages of reports, each under its own name.
LANGUAGES = (("fr", "Français"), ("ar", "العربية"))


def ask_document(parent: QWidget, proposed: Path) -> Path | None:
    """Ask for the file of a report, its format told by its ending; None if it is not wanted."""
    title = QCoreApplication.translate("CarteCP3", "Save the report")
    filters = ";;".join(f"{one.upper()} (*.{one})" for one in FORMATS)
    path, chosen = QFileDialog.getSaveFileName(parent, title, str(proposed), filters)
    if not path:
        return None
    file = Path(path)
    wanted = chosen.split(" ")[0].lower()
    if file.suffix[1:].lower() not in FORMATS:
        return file.with_name(f"{file.name}.{wanted}")
    return file
