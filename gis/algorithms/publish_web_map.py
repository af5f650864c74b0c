# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:publishwebmap``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputFile,
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

BACKDROPS = ["auto", "qgis2web", "builtin"]


class PublishWebMap(WindowAlgorithm):
    """Publish the interactive web map."""

    NAME = "publishwebmap"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Publish the web map")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes a folder with the page for readers: list and map of every published site, on "
            "the project's own map through qgis2web, or on the plain backdrop that comes with "
            "the plugin. « auto » takes qgis2web where it is installed. What was published "
            "before stands until the new page is complete."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, PROJECT, BACKDROP, LANGUAGES, ADDRESS, CONTACT and OUTPUT."""
        self.addParameter(store_parameter())
        self.addParameter(project_parameter())
        self.addParameter(
            QgsProcessingParameterEnum(
                "BACKDROP",
                translate("CarteCP3", "Backdrop"),
                options=BACKDROPS,
                usesStaticStrings=True,
                defaultValue="auto",
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "LANGUAGES",
                translate("CarteCP3", "Languages of the page, the first one opens"),
                defaultValue="fr,ar,en,es",
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "ADDRESS",
                translate("CarteCP3", "Web address of the page, for search engines"),
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "CONTACT",
                translate("CarteCP3", "E-mail address for reports of errors"),
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFolderDestination(
                "OUTPUT", translate("CarteCP3", "Folder of the page")
            )
        )
        self.addOutput(QgsProcessingOutputFile("INDEX", translate("CarteCP3", "Page")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Sites")))
        # A parameter and an output may share a name: BACKDROP returns the one really used.
        self.addOutput(
            QgsProcessingOutputString("BACKDROP", translate("CarteCP3", "Backdrop used"))
        )
        self.addOutput(QgsProcessingOutputFile("REPORT", translate("CarteCP3", "Report")))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT, INDEX, COUNT, BACKDROP and REPORT."""
        from ...store.database import open_store
        from ..webmap import publish

        output = Path(self.parameterAsString(parameters, "OUTPUT", context))
        project = read_project(self.parameterAsFile(parameters, "PROJECT", context), context)
        with open_store(self.location) as store:
            page = publish(
                store,
                output,
                project,
                backdrop=self.parameterAsEnumString(parameters, "BACKDROP", context),
                languages=split_codes(self.parameterAsString(parameters, "LANGUAGES", context)),
                progress=progress,
                address=self.parameterAsString(parameters, "ADDRESS", context),
                contact=self.parameterAsString(parameters, "CONTACT", context),
            )
        return {
            "OUTPUT": str(output),
            "INDEX": str(page.index),
            "COUNT": page.count,
            "BACKDROP": page.backdrop,
            "REPORT": str(page.report),
        }
