# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:checkout`` and ``carte_cp3:checkin``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..wording import spoken
from .base import JobAlgorithm, WindowAlgorithm, store_parameter, translate

FILES = "GeoPackage (*.gpkg)"


class CheckOut(WindowAlgorithm):
    """Take a part of a store along for field work."""

    NAME = "checkout"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Check out for field work")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes the records of an institution, of a region, or all, as a GeoPackage with a "
            "project beside it. It is edited without a network, in QGIS or QField, and brought "
            "back with « Check in field work »."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, INSTITUTION, REGION and OUTPUT."""
        self.addParameter(store_parameter())
        for name, title in (
            ("INSTITUTION", translate("CarteCP3", "Code of the institution (empty: all)")),
            ("REGION", translate("CarteCP3", "Code of the region (empty: all)")),
        ):
            self.addParameter(QgsProcessingParameterString(name, title, optional=True))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT", translate("CarteCP3", "File for the field"), fileFilter=FILES
            )
        )
        self.addOutput(QgsProcessingOutputFile("PROJECT", translate("CarteCP3", "Project")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Sites")))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT, PROJECT and COUNT."""
        from ...store.database import open_store
        from ..fieldwork import take_along

        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        with open_store(self.location) as store:
            count = take_along(
                store,
                output,
                self.parameterAsString(parameters, "INSTITUTION", context),
                self.parameterAsString(parameters, "REGION", context),
                progress,
            )
        return {
            "OUTPUT": str(output),
            "PROJECT": str(output.with_suffix(".qgz")),
            "COUNT": count,
        }


class CheckIn(JobAlgorithm):
    """Bring field work back into its store."""

    NAME = "checkin"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Check in field work")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Brings the edits of a file that was checked out into its store. What others "
            "changed meanwhile stays, and is kept for choosing in the dock, field by field. The "
            "same file again brings only what is new. CONFLICTS says how many values are to "
            "be chosen."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE and INPUT."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterFile(
                "INPUT", translate("CarteCP3", "File from the field"), fileFilter=FILES
            )
        )
        self.addOutput(QgsProcessingOutputString("BATCH", translate("CarteCP3", "Batch")))
        for name, title in (
            ("CREATED", translate("CarteCP3", "Records created")),
            ("UPDATED", translate("CarteCP3", "Records updated")),
            ("DELETED", translate("CarteCP3", "Records deleted")),
            ("CONFLICTS", translate("CarteCP3", "Values to choose")),
            ("REFUSED", translate("CarteCP3", "Records refused")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return BATCH and the counts; what is refused is said with its reason."""
        from ...store.checkin import check_in
        from ...store.database import open_store

        file = Path(self.parameterAsFile(parameters, "INPUT", context))
        with open_store(self.location) as store:
            made = check_in(store, file, progress=progress)
        for one in made.refused:
            progress(1.0, f"{one.table} {one.key}: {spoken(one.reason)}")
        return {
            "BATCH": made.batch,
            "CREATED": made.created,
            "UPDATED": made.updated,
            "DELETED": made.deleted,
            "CONFLICTS": len(made.conflicts),
            "REFUSED": len(made.refused),
        }
