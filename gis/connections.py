# SPDX-License-Identifier: GPL-2.0-or-later
"""Accounts of PostgreSQL stores: their passwords stay in QGIS's authentication store.

A location names the configuration (``authcfg=…``). It is looked up here, at the moment when a
store is opened, and what is looked up is given to nobody else and kept nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsDataSourceUri,
    QgsProviderConnectionException,
    QgsProviderRegistry,
)

from ..domain.errors import StoreError
from ..store.database import Store, open_store
from ..store.postgres.address import DEFAULT_SCHEMA, PREFIX, Address, parse_location
from ..store.postgres.desk import desk_name


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


def open_named(location: str) -> Store:
    """Open a store by the location that is shown and kept (on the main thread)."""
    return open_store(resolved(location))


def saved_connections() -> dict[str, str]:
    """Return the PostgreSQL connections that QGIS knows, by name, as locations of stores.

    A password that QGIS keeps in plain text is left out: the server then asks libpq's own
    password file.
    """
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    if provider is None:
        return {}
    try:
        known = provider.connections(False)
    except QgsProviderConnectionException:
        return {}
    return {name: location_of_uri(QgsDataSourceUri(known[name].uri())) for name in sorted(known)}


def schemas_of(name: str) -> tuple[str, ...]:
    """Return where a store may be in the database of a connection: the usual schema first.

    Raises StoreError if the server does not answer; may take as long as that.
    """
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    try:
        found = provider.createConnection(name).schemas()
    except QgsProviderConnectionException as error:
        raise StoreError(
            "The connection {name} does not answer: {reason}", name=name, reason=error
        ) from error
    own = [one for one in found if not one.startswith(("pg_", "information_schema"))]
    desks = {desk_name(one) for one in own}
    kept = (one for one in own if one not in desks)
    return tuple(dict.fromkeys((DEFAULT_SCHEMA, *sorted(kept))))


def in_schema(location: str, schema: str) -> str:
    """Return the location of the store in another schema of the same database."""
    return replace(parse_location(location), schema=schema).location


def location_of_uri(uri: QgsDataSourceUri) -> str:
    """Return the location of the store that a data source of QGIS's provider is a table of."""
    words = {
        "service": uri.service(),
        "host": uri.host(),
        "port": uri.port(),
        "dbname": uri.database(),
        "user": uri.username(),
        "sslmode": QgsDataSourceUri.encodeSslMode(uri.sslMode()),
    }
    if words["sslmode"] == "prefer":  # libpq's own default
        del words["sslmode"]
    given = {name: value for name, value in words.items() if value}
    schema = uri.schema().removesuffix(desk_name("")) or DEFAULT_SCHEMA
    return Address(given, schema, uri.authConfigId()).location
