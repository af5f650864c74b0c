# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:importtable``."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from .base import JobAlgorithm, report_parameter, store_parameter, translate

TABLES = "*.xlsx *.xls *.ods *.csv *.tsv *.txt *.gpkg *.geojson *.shp"


class ImportTable(JobAlgorithm):
    """Take an institution's table into a store."""

    NAME = "importtable"
    _layer_file: Path | None = None

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Import a table")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Reads an institution's table as it was sent (Excel, OpenDocument, CSV), recognises "
            "its columns, locates and checks every row and writes the good ones into the store. "
            "The report has every row, the refused ones with reason and proposal. The same file "
            "twice changes nothing; an import can be undone by its batch."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, INPUT, SHEET, INSTITUTION, MAPPING, HEADER, STATUS, DRY_RUN and REPORT."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterFile(
                "INPUT",
                translate("CarteCP3", "Table to import (a file, or the name of a layer)"),
                fileFilter=f"({TABLES});;(*)",
            )
        )
        self._add_text("SHEET", translate("CarteCP3", "Sheet (empty: the one with the records)"))
        self._add_text("INSTITUTION", translate("CarteCP3", "Code of the institution"))
        self.addParameter(
            QgsProcessingParameterFile(
                "MAPPING",
                translate("CarteCP3", "Column mapping"),
                optional=True,
                fileFilter="JSON (*.json)",
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "HEADER",
                translate("CarteCP3", "Line of the headings (0: it is recognised)"),
                type=QgsProcessingParameterNumber.Type.Integer,
                minValue=0,
                defaultValue=0,
            )
        )
        self.addParameter(
            QgsProcessingParameterEnum(
                "STATUS",
                translate("CarteCP3", "Status of new records"),
                options=["draft", "published"],
                usesStaticStrings=True,
                defaultValue="draft",
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                "DRY_RUN",
                translate("CarteCP3", "Only try: report, but write nothing"),
                defaultValue=False,
            )
        )
        self.addParameter(report_parameter())
        self.addOutput(QgsProcessingOutputString("BATCH", translate("CarteCP3", "Batch")))
        for name, title in (
            ("CREATED", translate("CarteCP3", "Records created")),
            ("UPDATED", translate("CarteCP3", "Records updated")),
            ("UNCHANGED", translate("CarteCP3", "Records unchanged")),
            ("REFUSED", translate("CarteCP3", "Rows refused")),
            ("WARNINGS", translate("CarteCP3", "Warnings")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def _add_text(self, name: str, title: str) -> None:
        self.addParameter(QgsProcessingParameterString(name, title, optional=True))

    def prepare(self, parameters, context) -> None:
        """Take a layer of the project named by INPUT as a file, on the thread that it lives on."""
        named = self.parameterAsFile(parameters, "INPUT", context)
        if named and not Path(named).exists():
            layer = QgsProcessingUtils.mapLayerFromString(named, context, False)
            if isinstance(layer, QgsVectorLayer):
                from ..layer_table import layer_file

                folder = Path(QgsProcessingUtils.generateTempFilename("layer"))
                with suppress(OSError):  # ``layer_file`` says what it cannot write, and why
                    folder.mkdir(parents=True)
                self._layer_file = layer_file(layer, folder)

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return BATCH, the counts, and REPORT if one was asked for."""
        from ...store.annotate import write_report
        from ...store.database import open_store
        from ...store.documents.findings import check_target
        from ...store.importing import import_table
        from ..sentences import advice

        mapping = self.parameterAsFile(parameters, "MAPPING", context)
        report = self.parameterAsFileOutput(parameters, "REPORT", context)
        if report:
            check_target(Path(report))
        with open_store(self.location) as store:
            result = import_table(
                store,
                self._layer_file or Path(self.parameterAsFile(parameters, "INPUT", context)),
                sheet=self.parameterAsString(parameters, "SHEET", context),
                institution=self.parameterAsString(parameters, "INSTITUTION", context),
                mapping=Path(mapping) if mapping else None,
                status=self.parameterAsEnumString(parameters, "STATUS", context),
                header_line=self.parameterAsInt(parameters, "HEADER", context),
                dry_run=self.parameterAsBoolean(parameters, "DRY_RUN", context),
                progress=progress,
                before_commit=(
                    (lambda made: write_report(made, Path(report), advice)) if report else None
                ),
            )
        outputs = {
            "BATCH": result.batch,
            "CREATED": result.created,
            "UPDATED": result.updated,
            "UNCHANGED": result.unchanged,
            "REFUSED": result.refused,
            "WARNINGS": result.warnings,
        }
        if report:
            outputs["REPORT"] = report
        return outputs
