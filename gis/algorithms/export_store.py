# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:exportstore``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
)

from .base import JobAlgorithm, store_parameter, translate

FORMATS = ["xlsx", "geojson", "csv", "hsds"]


class ExportStore(JobAlgorithm):
    """Write the public records of a store for other programs."""

    NAME = "exportstore"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Export a store")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes what is published and public, and nothing else, as an Excel workbook, "
            "GeoJSON, CSV, or HSDS 3 (the standard of service directories). COUNT is the number "
            "of sites."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, FORMAT and OUTPUT."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterEnum(
                "FORMAT",
                translate("CarteCP3", "Format"),
                options=FORMATS,
                usesStaticStrings=True,
                defaultValue="xlsx",
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                translate("CarteCP3", "Exported file"),
                fileFilter="Excel (*.xlsx);;GeoJSON (*.geojson);;CSV (*.csv);;HSDS (*.zip)",
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Sites")))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT and COUNT."""
        from ...store.database import open_store
        from ...store.exporting import export_store

        output = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        kind = self.parameterAsEnumString(parameters, "FORMAT", context)
        progress(0.0, "")
        with open_store(self.location) as store:
            return {"OUTPUT": output, "COUNT": export_store(store, kind, Path(output))}
