# SPDX-License-Identifier: GPL-2.0-or-later
"""A store's tables as layers of QGIS, whether it is a GeoPackage or in PostgreSQL."""

from __future__ import annotations

import os

from qgis.core import QgsDataSourceUri, QgsVectorLayer, QgsWkbTypes

from ..domain.errors import StoreError
from ..domain.schema import Table
from ..domain.site_list import SiteFilter
from ..store.database import Store
from ..store.listing import count_sites
from ..store.postgres.address import PREFIX, Address, parse_location
from ..store.postgres.desk import desk_name
from ..store.sql import GEOMETRY, SRS_ID
from .connections import location_of_uri

_KEY = "fid"
# A window of QGIS at this scale shows 200 km, which is then drawn within a second.
_MANY, _NEAR = 100_000, 500_000


def open_table(store: Store, table: Table, title: str) -> QgsVectorLayer:
    """Return a table as a layer; StoreError if QGIS cannot open it."""
    if store.location.startswith(PREFIX):
        uri = table_uri(parse_location(store.location), table, store.tables_schema)
        # No password is written into a project: QGIS asks for it, or finds it under authcfg.
        layer = QgsVectorLayer(uri.uri(False), title, "postgres")
    else:
        layer = QgsVectorLayer(f"{store.location}|layername={table.name}", title, "ogr")
    if not layer.isValid():
        raise StoreError(
            "{file}: the table {table} cannot be opened as a layer of QGIS.",
            file=store.location,
            table=table.name,
        )
    return layer


def table_uri(address: Address, table: Table, schema: str) -> QgsDataSourceUri:
    """Return how QGIS's PostgreSQL provider is told of a table, without the password."""
    words = address.words
    uri = QgsDataSourceUri()
    mode = QgsDataSourceUri.decodeSslMode(words.get("sslmode", "prefer"))
    if "service" in words:
        uri.setConnection(
            words["service"], words.get("dbname", ""), words.get("user", ""), "", mode,
            address.authcfg,
        )  # fmt: skip
    else:
        uri.setConnection(
            words.get("host", ""), words.get("port", ""), words.get("dbname", ""),
            words.get("user", ""), "", mode, address.authcfg,
        )  # fmt: skip
    # It is the primary key behind each view: a million rows need not be compared to know it.
    uri.setParam("checkPrimaryKeyUnicity", "0")
    uri.setDataSource(schema, table.name, GEOMETRY if table.geometry else "", "", _KEY)
    if table.geometry:
        uri.setSrid(str(SRS_ID))
        uri.setWkbType(QgsWkbTypes.parseType(table.geometry))
    return uri


def hide_from_afar(layer: QgsVectorLayer, store: Store) -> None:
    """Draw very many sites only where few of them stand in a window: the map follows the hand."""
    if layer.providerType() == "ogr":  # a file knows how many it has
        sites = layer.featureCount()
    else:
        sites = count_sites(store, SiteFilter(), _MANY)
    if sites > _MANY:
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(_NEAR)


def location_of(layer: QgsVectorLayer) -> str:
    """Return the location of the store that a layer shows a table of."""
    if layer.providerType() == "postgres":
        return location_of_uri(QgsDataSourceUri(layer.source()))
    return layer.source().split("|")[0]


def shows_store(layer: QgsVectorLayer, location: str) -> bool:
    """Return whether a layer shows a table of this store."""
    if not location.startswith(PREFIX):
        source = layer.source().split("|")[0]
        return os.path.realpath(source) == os.path.realpath(location)
    if layer.providerType() != "postgres":
        return False
    address = parse_location(location)
    shown = QgsDataSourceUri(layer.source())
    words = ("service", "host", "port", "dbname")
    there = (shown.service(), shown.host(), shown.port(), shown.database())
    return shown.schema() in (address.schema, desk_name(address.schema)) and there == tuple(
        address.words.get(name, "") for name in words
    )
