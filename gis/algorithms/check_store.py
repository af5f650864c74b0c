# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:checkstore``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingOutputNumber

from .base import JobAlgorithm, report_parameter, store_parameter, translate


class CheckStore(JobAlgorithm):
    """Check every record of a store."""

    NAME = "checkstore"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Check a store")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Checks all records with the same rules as the importer: positions, phones, hours, "
            "translations, duplicates, freshness. Records are not changed; the findings are kept "
            "in the store and, if asked for, in the report."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE and REPORT."""
        self.addParameter(store_parameter())
        self.addParameter(report_parameter())
        self.addOutput(
            QgsProcessingOutputNumber("BLOCKING", translate("CarteCP3", "Blocking findings"))
        )
        self.addOutput(QgsProcessingOutputNumber("WARNINGS", translate("CarteCP3", "Warnings")))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return BLOCKING, WARNINGS, and REPORT if one was asked for."""
        from ...store.checking import check_store
        from ...store.database import open_store
        from ...store.documents.findings import check_target, write_findings
        from ..sentences import finding_sentence

        report = self.parameterAsFileOutput(parameters, "REPORT", context)
        if report:
            check_target(Path(report))
        with open_store(self.location) as store:
            result = check_store(store, progress=progress)
        outputs: dict[str, Any] = {"BLOCKING": result.blocking, "WARNINGS": result.warnings}
        if report:
            write_findings(result.findings, Path(report), finding_sentence)
            outputs["REPORT"] = report
        return outputs
