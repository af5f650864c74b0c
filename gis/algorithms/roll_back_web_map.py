# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:rollbackwebmap``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
)

from .base import JobAlgorithm, translate


class RollBackWebMap(JobAlgorithm):
    """Put the publication before the present one back in its place."""

    NAME = "rollbackwebmap"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Go back to the web map published before")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Puts the publication before back in the place of the present page, which is kept "
            "aside. The store is not changed. Three publications are kept."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare FOLDER."""
        self.addParameter(
            QgsProcessingParameterFile(
                "FOLDER",
                translate("CarteCP3", "Folder of the page"),
                behavior=QgsProcessingParameterFile.Behavior.Folder,
            )
        )
        self.addOutput(
            QgsProcessingOutputString("RELEASE", translate("CarteCP3", "Publication put back"))
        )

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return RELEASE, the moment of the publication that is shown again."""
        from ..webmap import roll_back

        progress(0.0, "")
        return {"RELEASE": roll_back(Path(self.parameterAsFile(parameters, "FOLDER", context)))}
