# SPDX-License-Identifier: GPL-2.0-or-later
"""``carte_cp3:createstore``."""

from __future__ import annotations

from typing import Any

from .base import STORES, JobAlgorithm, StoreDestination, translate


class CreateStore(JobAlgorithm):
    """Make an empty store."""

    NAME = "createstore"

    def displayName(self) -> str:  # noqa: N802
        """Return the title in the toolbox."""
        return translate("CarteCP3", "Create a store")

    def shortHelpString(self) -> str:  # noqa: N802
        """Return the help beside the parameters."""
        return translate(
            "CarteCP3",
            "Makes an empty store with the tables of the institution/service schema, its closed "
            "lists and the committee's institutions. A file that exists is never overwritten."
        )  # fmt: skip

    def initAlgorithm(self, _configuration=None) -> None:  # noqa: N802
        """Declare STORE."""
        self.addParameter(
            StoreDestination("STORE", translate("CarteCP3", "New store"), fileFilter=STORES)
        )

    def carry_out(self, _parameters, _context, progress) -> dict[str, Any]:
        """Return STORE."""
        from ...store.database import create_store

        progress(0.0, "")
        with create_store(self.location) as store:
            progress(1.0, store.location)
            return {"STORE": store.location}
