# SPDX-License-Identifier: GPL-2.0-or-later
"""What is imported, and how: file, sheet, institution, status of new records."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QCoreApplication

from ...domain.schema import load_schema
from ...store.institutions import known_institutions
from ...store.preview import Preview
from ..documents import name_path
from ..language import isolated, label, number, short_name
from ..overview import Overview
from ..settings import load_settings
from ..style_panel import institution_icon

TABLES = "*.xlsx *.xls *.ods *.csv *.tsv *.txt *.gpkg *.geojson *.kml *.shp"
_LONGEST = 120  # characters shown of a row that may be the headings
translate = QCoreApplication.translate


class Choice(NamedTuple):
    """What is to be imported, and how."""

    source: Path
    sheet: str
    institution: str
    status: str


class ImportChoices:
    """The fields of the form above the buttons of the import."""

    def __init__(self, form) -> None:
        self.form = form
        form.file.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        name_path(form.file, form.fileLabel, translate("CarteCP3", "Table to import"))
        form.file.setFilter(
            translate("CarteCP3", "Tables ({patterns})").format(patterns=TABLES) + ";;(*)"
        )
        form.file.setDefaultRoot(load_settings().import_folder)
        self._list_statuses()
        self.list_sheets(())
        self.list_headers(None)

    def choice(self) -> Choice:
        """Return what the form says."""
        return Choice(
            Path(self.form.file.filePath()),
            self.form.sheet.currentData() or "",
            self.form.institution.currentData() or "",
            self.form.status.currentData(),
        )

    def list_sheets(self, sheets) -> None:
        """Offer the sheets of a file that has more than one; empty means: find it yourself."""
        several = len(sheets) > 1
        self.form.sheet.blockSignals(True)
        self.form.sheet.clear()
        self.form.sheet.addItem(translate("CarteCP3", "The first with records"), "")
        for name in sheets if several else ():
            self.form.sheet.addItem(name, name)
        self.form.sheet.blockSignals(False)
        self.form.sheet.setVisible(several)
        self.form.sheetLabel.setVisible(several)

    def list_headers(self, preview: Preview | None) -> None:
        """Offer the first rows of a file as its headings, the recognised one chosen."""
        self.form.header.clear()
        if preview is not None:
            if not preview.header_line:
                self.form.header.addItem(translate("CarteCP3", "Choose the row of headings"), 0)
            for line, cells in preview.first_rows.items():
                shown = translate("CarteCP3", "Line {line}: {cells}")
                cells_shown = isolated(" · ".join(cells)[:_LONGEST])
                self.form.header.addItem(shown.format(line=number(line), cells=cells_shown), line)
            self.form.header.setCurrentIndex(self.form.header.findData(preview.header_line))
        self.form.header.setVisible(preview is not None)
        self.form.headerLabel.setVisible(preview is not None)

    def _list_statuses(self) -> None:
        terms = {term.code: term for term in load_schema().vocabulary("status")}
        for code in ("draft", "published"):
            self.form.status.addItem(label(terms[code].labels), code)

    def list_institutions(self, overview: Overview) -> None:
        """Offer the store's institutions, then those of the directory that it has not."""
        chosen = self.form.institution.currentData()
        listed = list(overview.institutions)
        present = {row["code"] for row in listed}
        listed += [row for row in known_institutions() if row["code"] not in present]
        self.form.institution.blockSignals(True)
        self.form.institution.clear()
        self.form.institution.addItem(translate("CarteCP3", "As the file says"), "")
        for row in listed:
            self.form.institution.addItem(institution_icon(row), short_name(row), row["code"])
        self.form.institution.blockSignals(False)
        self.choose_institution(chosen)

    def choose_institution(self, code: str) -> None:
        """Choose an institution without a signal; « as the file says » if it is not listed."""
        self.form.institution.blockSignals(True)
        self.form.institution.setCurrentIndex(max(self.form.institution.findData(code), 0))
        self.form.institution.blockSignals(False)
