# SPDX-License-Identifier: GPL-2.0-or-later
"""Positions as PostGIS reads and writes them: extended well-known binary in hexadecimal."""

from __future__ import annotations

import struct

_SRID = 0x20000000
_POINT = struct.Struct("<BIIdd")


def point_hex(lon: float | None, lat: float | None, srid: int) -> str | None:
    """Return a point as PostGIS reads it, None for no position."""
    if lon is None or lat is None:
        return None
    return _POINT.pack(1, 1 | _SRID, srid, float(lon), float(lat)).hex()


def point_of_hex(value: str | None) -> tuple[float | None, float | None]:
    """Return longitude and latitude of what PostGIS writes, (None, None) if there is none."""
    if not value:
        return None, None
    raw = bytes.fromhex(value)
    order = "<" if raw[0] == 1 else ">"
    (kind,) = struct.unpack_from(order + "I", raw, 1)
    lon, lat = struct.unpack_from(order + "2d", raw, 9 if kind & _SRID else 5)
    return (None, None) if lon != lon else (lon, lat)
