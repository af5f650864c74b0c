# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:printsheets``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from .base import (
    WindowAlgorithm,
    project_parameter,
    read_project,
    split_codes,
    store_parameter,
    translate,
)

LANGUAGES = ["fr", "ar", "fr+ar"]
FORMATS = ["pdf", "png"]


class PrintSheets(WindowAlgorithm):
    """Print the A3 regional sheets."""

    NAME = "printsheets"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Print the regional sheets")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes one A3 sheet for each region that has published sites: map, index, legend "
            "and tables. Regions are given by their codes, separated by commas (06,04); none "
            "means all twelve."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, PROJECT, REGIONS, LANGUAGE, FORMAT and OUTPUT."""
        self.addParameter(store_parameter())
        self.addParameter(project_parameter())
        self.addParameter(
            QgsProcessingParameterString(
                "REGIONS",
                translate("CarteCP3", "Codes of the regions (empty: all)"),
                optional=True,
            )
        )
        self._add_choice("LANGUAGE", translate("CarteCP3", "Language"), LANGUAGES, "fr+ar")
        self._add_choice("FORMAT", translate("CarteCP3", "Format"), FORMATS, "pdf")
        self.addParameter(
            QgsProcessingParameterFolderDestination(
                "OUTPUT", translate("CarteCP3", "Folder of the sheets")
            )
        )
        # A list of paths; QGIS 3.22 has no kind of output for lists of files.
        self.addOutput(QgsProcessingOutputString("FILES", translate("CarteCP3", "Files")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Sheets")))

    def _add_choice(self, name: str, title: str, options: list[str], default: str) -> None:
        self.addParameter(
            QgsProcessingParameterEnum(
                name, title, options=options, usesStaticStrings=True, defaultValue=default
            )
        )

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT, FILES and COUNT."""
        from ...store.database import open_store
        from ..sheets import print_sheets

        output = Path(self.parameterAsString(parameters, "OUTPUT", context))
        project = read_project(self.parameterAsFile(parameters, "PROJECT", context), context)
        with open_store(self.location) as store:
            printed = print_sheets(
                store,
                output,
                project,
                regions=split_codes(self.parameterAsString(parameters, "REGIONS", context)),
                language=self.parameterAsEnumString(parameters, "LANGUAGE", context),
                format=self.parameterAsEnumString(parameters, "FORMAT", context),
                progress=progress,
            )
        return {
            "OUTPUT": str(output),
            "FILES": [str(file) for file in printed.files],
            "COUNT": len(printed.files),
        }
