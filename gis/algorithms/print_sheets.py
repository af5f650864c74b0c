# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:printsheets``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
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
#: ``auto`` is with all regions and in an atlas.
OVERVIEWS = ["auto", "yes", "no"]


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
            "and tables, with its index (CSV) and its report (JSON) beside it. Regions are given "
            "by their codes, separated by commas (06,04); none means all twelve, and the sheet "
            "of the country before them."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare what ``print_sheets`` takes; CHARTER is a JSON file."""
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
            QgsProcessingParameterBoolean(
                "ATLAS", translate("CarteCP3", "One atlas instead of a file for each sheet"), False
            )
        )
        self._add_choice(
            "OVERVIEW", translate("CarteCP3", "Sheet of the country"), OVERVIEWS, "auto"
        )
        self.addParameter(
            QgsProcessingParameterString(
                "ADDRESS",
                translate("CarteCP3", "Address of the published page (for the code)"),
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "CHARTER",
                translate("CarteCP3", "Charter (empty: the plugin’s own)"),
                extension="json",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFolderDestination(
                "OUTPUT", translate("CarteCP3", "Folder of the sheets")
            )
        )
        # A list of paths; QGIS 3.22 has no kind of output for lists of files.
        self.addOutput(QgsProcessingOutputString("FILES", translate("CarteCP3", "Files")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Sheets")))
        for name, title in (
            ("REFUSED", translate("CarteCP3", "Regions whose sheet was not printed")),
            ("MARKED", translate("CarteCP3", "Regions whose sheet is to be checked")),
        ):
            self.addOutput(QgsProcessingOutputString(name, title))

    def _add_choice(self, name: str, title: str, options: list[str], default: str) -> None:
        self.addParameter(
            QgsProcessingParameterEnum(
                name, title, options=options, usesStaticStrings=True, defaultValue=default
            )
        )

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT, FILES, COUNT, and the codes of regions REFUSED and MARKED."""
        from ...store.database import open_store
        from ..sheets import print_sheets
        from ..sheets.charter import CHARTER_FILE
        from ..sheets.doubts import doubts_said

        output = Path(self.parameterAsString(parameters, "OUTPUT", context))
        project = read_project(self.parameterAsFile(parameters, "PROJECT", context), context)
        overview = self.parameterAsEnumString(parameters, "OVERVIEW", context)
        charter = self.parameterAsFile(parameters, "CHARTER", context)
        with open_store(self.location) as store:
            printed = print_sheets(
                store,
                output,
                project,
                regions=split_codes(self.parameterAsString(parameters, "REGIONS", context)),
                language=self.parameterAsEnumString(parameters, "LANGUAGE", context),
                format=self.parameterAsEnumString(parameters, "FORMAT", context),
                atlas=self.parameterAsBool(parameters, "ATLAS", context),
                overview={"yes": True, "no": False}.get(overview),
                address=self.parameterAsString(parameters, "ADDRESS", context),
                charter=Path(charter) if charter else CHARTER_FILE,
                progress=progress,
            )
        if printed.doubts:
            progress(1.0, doubts_said(printed.doubts))
        return {
            "OUTPUT": str(output),
            "FILES": [str(file) for file in printed.files],
            "COUNT": len(printed.files),
            "REFUSED": ",".join(one.region for one in printed.doubts if one.refused),
            "MARKED": ",".join(one.region for one in printed.doubts if not one.refused),
        }
