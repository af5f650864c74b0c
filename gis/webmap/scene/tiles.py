# SPDX-License-Identifier: GPL-2.0-or-later
"""Online base maps (XYZ tiles) as the page may offer them: rebuilt from checked parts.

qgis2web writes a tile layer's address, zooms and attribution into a script as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote

from qgis.core import QgsRasterLayer

from ..lighten import coded

_ADDRESS = re.compile(r"https?://([A-Za-z0-9.-]+(?::\d+)?)/[A-Za-z0-9/_.~%{}?&=,:+-]*")
_KNOWN_CREDITS = {"openstreetmap.org": "© OpenStreetMap contributors"}
#: Its vector style needs a megabyte of programs from elsewhere.
_UNSUITABLE = ("openfreemap.org",)


@dataclass(frozen=True)
class Tiles:
    """A rebuilt tile layer and the host that serves it."""

    layer: QgsRasterLayer
    host: str


def tile_layer(layer: QgsRasterLayer, name: str) -> Tiles | None:
    """Return a tile layer rebuilt under another name; None if it is none that a page can use."""
    if layer.providerType() != "wms":
        return None
    given = parse_qs(layer.source())
    address = given.get("url", [""])[0]
    match = _ADDRESS.fullmatch(address)
    wanted = all(part in address for part in ("{x}", "{y}", "{z}"))
    if given.get("type") != ["xyz"] or not match or not wanted or "{q}" in address:
        return None
    if match[1].endswith(_UNSUITABLE) or "authcfg" in given:
        return None
    source = f"type=xyz&url={quote(address, safe='')}" + _zooms(given)
    tiles = QgsRasterLayer(source, name, "wms")
    tiles.setOpacity(layer.opacity())
    tiles.setCustomProperty("carte_host", match[1])
    tiles.setAttribution(coded(_credit(layer, match[1])))
    return Tiles(tiles, match[1])


def _zooms(given: dict) -> str:
    parts = ((name, given.get(name, [""])[0]) for name in ("zmin", "zmax"))
    return "".join(f"&{name}={int(value)}" for name, value in parts if value.isdigit())


def _credit(layer: QgsRasterLayer, host: str) -> str:
    known = [text for name, text in _KNOWN_CREDITS.items() if host.endswith(name)]
    return layer.attribution() or next(iter(known), host)
