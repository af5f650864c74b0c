# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:calllist``, ``carte_cp3:committeereport`` and ``carte_cp3:reach``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
)

from ...domain.progress import Progress
from .base import JobAlgorithm, WindowAlgorithm, store_parameter, translate

if TYPE_CHECKING:
    from ...store.database import Store

LANGUAGES = ["fr", "ar"]


class _Report(JobAlgorithm):
    """What the three have in common: a store, a language, and the file to write."""

    #: What the file may be, as a dialog's filter.
    FILES = "PDF (*.pdf);;Excel (*.xlsx)"

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE, LANGUAGE, OUTPUT and COUNT."""
        self.addParameter(store_parameter())
        self.addParameter(
            QgsProcessingParameterEnum(
                "LANGUAGE",
                translate("CarteCP3", "Language"),
                options=LANGUAGES,
                usesStaticStrings=True,
                defaultValue="fr",
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT", translate("CarteCP3", "File"), fileFilter=self.FILES
            )
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", translate("CarteCP3", "Count")))

    def carry_out(self, parameters, context, progress) -> dict[str, Any]:
        """Return OUTPUT and COUNT."""
        from ...store.database import open_store

        language = self.parameterAsEnumString(parameters, "LANGUAGE", context)
        output = Path(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        with open_store(self.location) as store:
            count = self.write(store, output, language, progress)
        return {"OUTPUT": str(output), "COUNT": count}

    def write(self, store: Store, output: Path, language: str, progress: Progress) -> int:
        """Write the file and return its COUNT."""
        raise NotImplementedError


class CallList(_Report, WindowAlgorithm):
    """Write what is to be verified this month; COUNT is how many records."""

    NAME = "calllist"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Call list of the month")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes the published records that are due for verification this month, by "
            "institution and region, with their telephone numbers, as PDF or XLSX."
        )  # fmt: skip

    def write(self, store: Store, output: Path, language: str, progress: Progress) -> int:
        """Write the list and return how many records it has."""
        from ...store.calling import call_list
        from ...store.documents.calling import call_document
        from ..documents import save_document

        progress(0.0, output.name)
        calls, day = call_list(store), date.today()
        save_document(call_document(calls, language, day), output, day)
        return len(calls)


class CommitteeReport(_Report, WindowAlgorithm):
    """Write the committee's report; COUNT is how many sites are published."""

    NAME = "committeereport"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Committee's report")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Writes coverage, freshness, languages, precision, findings and trend by institution "
            "and region, and how many people live near a service, as PDF or XLSX."
        )  # fmt: skip

    def write(self, store: Store, output: Path, language: str, progress: Progress) -> int:
        """Write the report and return how many sites are published."""
        from ..committee import write_committee_report

        return write_committee_report(store, output, language, None, progress).total.now.sites


class ReachOfServices(_Report):
    """Write each commune's distances to the nearest services; COUNT is how many communes."""

    NAME = "reach"
    FILES = "Excel (*.xlsx);;CSV (*.csv);;GeoPackage (*.gpkg)"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Reach of the services")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Measures how far each commune is from the nearest published service of each "
            "institution and theme, and counts people within 5, 10 and 25 km (census of 2024), as "
            "a table (XLSX, CSV) or a layer (GeoPackage)."
        )  # fmt: skip

    def write(self, store: Store, output: Path, language: str, progress: Progress) -> int:
        """Write the table or the layer and return how many communes it has."""
        from ...store.documents.reach import write_reach
        from ...store.reach import store_reach
        from ..reach import write_reach_layer

        progress(0.0, output.name)
        measured = store_reach(store)
        if output.suffix.lower() == ".gpkg":
            return write_reach_layer(measured, output, language)
        write_reach(measured, output, language)
        return len(measured.communes)
