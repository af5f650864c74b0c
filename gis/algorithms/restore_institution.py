# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:restoreinstitution``."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterString,
)

from ...domain.errors import CarteError
from ..wording import spoken
from .base import STORES, JobAlgorithm, StoreParameter, store_parameter, translate


class RestoreInstitution(JobAlgorithm):
    """Put one institution's records back as they were."""

    NAME = "restoreinstitution"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Restore an institution's records")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Puts the records of one institution back as they were at a moment, from the "
            "history, or as a kept store has them (a copy, or a backup restored beside). The "
            "others' records stay as they are. What was added since is deleted, unless others "
            "refer to it."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, INSTITUTION, MOMENT and SOURCE."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterString(
                "INSTITUTION", translate("CarteCP3", "Code of the institution")
            )
        )
        self.addParameter(
            QgsProcessingParameterDateTime(
                "MOMENT", translate("CarteCP3", "As they were on"), optional=True
            )
        )
        title = translate("CarteCP3", "Or as they are in a kept store")
        self.addParameter(StoreParameter("SOURCE", title, optional=True, fileFilter=STORES))
        self.addOutput(QgsProcessingOutputString("BATCH", translate("CarteCP3", "Batch")))
        for name, title in (
            ("RESTORED", translate("CarteCP3", "Records restored")),
            ("DELETED", translate("CarteCP3", "Records deleted")),
            ("REFUSED", translate("CarteCP3", "Records refused")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return BATCH and the counts; what could not be put back is said with its reason."""
        from ...store.database import open_store
        from ...store.restoring import restore_from, restore_to_moment

        code = self.parameterAsString(parameters, "INSTITUTION", context).strip().upper()
        moment = self.parameterAsDateTime(parameters, "MOMENT", context)
        if not self.source and not moment.isValid():
            raise CarteError(
                "Say as of which moment the records are to be put back, or which kept store they "
                "come from."
            )
        with open_store(self.location) as store:
            if self.source:
                with open_store(self.source) as source:
                    made = restore_from(store, source, code, progress=progress)
            else:
                utc = moment.toUTC().toString("yyyy-MM-ddTHH:mm:ss.zzz") + "Z"
                made = restore_to_moment(store, code, utc, progress=progress)
        for one in made.refused:
            progress(1.0, f"{one.table} {one.key}: {spoken(one.reason)}")
        return {
            "BATCH": made.batch,
            "RESTORED": made.restored,
            "DELETED": made.deleted,
            "REFUSED": len(made.refused),
        }
