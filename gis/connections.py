# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts of PostgreSQL stores: their passwords stay in QGIS's authentication store.

A location names the configuration (``authcfg=…``). It is looked up here, at the moment when a
store is opened, and what is looked up is given to nobody else and kept nowhere.
"""

from __future__ import annotations

from qgis.core import QgsApplication, QgsAuthMethodConfig

from ..domain.errors import StoreError
from ..store.postgres_address import PREFIX, parse_location


def resolved(location: str) -> str:
    """Return a location with the account that its ``authcfg`` stands for; a file's as it is.

    Call it on the main thread (QGIS may ask for its master password) and hand the result to
    ``open_store`` or ``create_store`` only. StoreError if QGIS does not have that configuration.
    """
    if not location.startswith(PREFIX):
        return location
    address = parse_location(location)
    if not address.authcfg or "password" in address.words:
        return location
    config = QgsAuthMethodConfig()
    known = QgsApplication.authManager().loadAuthenticationConfig(address.authcfg, config, True)
    if not known or config.method() != "Basic":
        raise StoreError(
            "QGIS has no account with a password under the configuration {authcfg}. Choose "
            "another one, or add it in QGIS's options, under Authentication.",
            authcfg=address.authcfg,
        )
    return address.signed(config.config("username"), config.config("password"))
