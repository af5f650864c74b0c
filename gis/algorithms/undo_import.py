# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:undoimport``."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterString

from .base import JobAlgorithm, store_parameter, translate


class UndoImport(JobAlgorithm):
    """Put a store back as it was before one import."""

    NAME = "undoimport"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Undo an import")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Removes what one import created and puts back what it changed. The batch is the "
            "output BATCH of « Import a table »; the table import_batch lists them all."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE and BATCH."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterString("BATCH", translate("CarteCP3", "Batch to undo"))
        )
        self.addOutput(
            QgsProcessingOutputNumber("RESTORED", translate("CarteCP3", "Records restored"))
        )

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return RESTORED."""
        from ...store.database import open_store
        from ...store.history import undo_import

        batch = self.parameterAsString(parameters, "BATCH", context).strip()
        progress(0.0, "")
        with open_store(self.location) as store:
            undone = undo_import(store, batch)
        if undone.clashes:
            sentence = translate("CarteCP3", "Left as they are, edited since: {count} records.")
            progress(1.0, sentence.format(count=len(undone.clashes)))
        return {"RESTORED": undone.restored}
