# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:buildproject``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingParameterFileDestination

from .base import WindowAlgorithm, store_parameter, translate


class BuildProject(WindowAlgorithm):
    """Write a styled QGIS project of a store."""

    NAME = "buildproject"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Build the project")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes a QGIS project with the store's layers, forms, relations and styles on the "
            "boundaries of Morocco. It opens without this plugin; a copy of the boundaries is "
            "laid beside it, so that the folder may be moved."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE and OUTPUT."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT", translate("CarteCP3", "Project"), fileFilter="QGIS (*.qgz)"
            )
        )

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT."""
        from ..project import build_project

        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        progress(0.0, "")
        return {"OUTPUT": str(build_project(self.location, output))}
