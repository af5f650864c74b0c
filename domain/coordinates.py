# SPDX-License-Identifier: GPL-2.0-or-later
"""Positions as files write them: decimal, with a comma, in degrees-minutes-seconds, projected.

What is plainly a position in the national territory is read. What could be one if two numbers
were swapped, a sign added, or a projection undone is *proposed*, never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Optional

from .errors import MissingDependency
from .text import arabic_digits_to_ascii, clean

# The rectangle around the national territory, in degrees: west, south, east, north.
BOX = (-17.5, 20.5, -0.9, 36.2)
# Merchich Nord, Sud, Sahara Nord, Sahara Sud, and Web Mercator.
PROJECTIONS = ("EPSG:26191", "EPSG:26192", "EPSG:26194", "EPSG:26195", "EPSG:3857")
# From Merchich to WGS 84: PROJ takes a ballpark operation for 26195 unless told (257 m off).
_TOWGS84 = "+towgs84=31,146,47"
_DECIMAL = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
# The digits after a decimal point are no degrees: « 34.21° » does not hold « 21° ».
_SEXAGESIMAL = re.compile(
    r"(?P<before>[NSEWO])?\s*(?P<sign>[-−])?(?<![\d.])(?<!\d,)(?P<degrees>\d{1,3})\s*[°ºd]\s*"
    r"(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′m]?\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"”″s]|''|’’)?\s*)?"
    r"(?(before)|(?P<after>[NSEWO])?)",
    re.IGNORECASE,
)
# Decimal degrees with a letter or a degree sign: 34.21°N, W 4,01.
_DEGREES = r"(?P<value{0}>[-+−]?\d{{1,3}}[.,]\d+)\s*[°º]?"
_FIRST, _SECOND = _DEGREES.format(1), _DEGREES.format(2)
_LETTERED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_FIRST}\s*(?P<axis1>[NSEWO])?[\s,;|/]+{_SECOND}\s*(?P<axis2>[NSEWO])?",
        rf"(?P<axis1>[NSEWO])\s*{_FIRST}[\s,;|/]+(?P<axis2>[NSEWO])\s*{_SECOND}",
    )
)
_LETTERED_ALONE = re.compile(
    rf"(?P<before>[NSEWO])?\s*{_FIRST}\s*(?(before)|(?P<after>[NSEWO])?)", re.IGNORECASE
)
# What a map's address on the web says: its pin, its question, or the centre of its view.
_LINK = re.compile(r"(?:[@=/]|!3d)(-?\d{1,2}\.\d+)(?:,\s?|%2C|!4d)(-?\d{1,3}\.\d+)", re.IGNORECASE)


Near = Optional[tuple[float, float]]
# A projected position within this of its town is taken for it: half a degree, some 50 km.
_CLOSE = 0.5


class NoPosition(ValueError):
    """A text that is no position; ``proposal`` is ``lat ; lon`` in degrees if one is likely."""

    def __init__(self, rule: str, proposal: str = "", meant: str = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self.proposal = proposal
        self.meant = meant


def in_country_box(lon: float, lat: float) -> bool:
    """Return whether a point lies in the rectangle around the national territory."""
    return BOX[0] <= lon <= BOX[2] and BOX[1] <= lat <= BOX[3]


def position(lat: str, lon: str, near: Near = None) -> tuple[float, float]:
    """Return longitude and latitude in degrees from two cells.

    Raises NoPosition with what was probably meant; ``near`` (longitude, latitude of the town
    that the row names) tells projections apart that would all lie in the country.
    """
    return _decided(_number(lat), _number(lon), near)


def plain_position(lat: str, lon: str) -> tuple[float, float] | None:
    """Return what ``position`` does of two plain numbers that lie in the country, else None."""
    if not (_DECIMAL.fullmatch(lat) and _DECIMAL.fullmatch(lon)):
        return None
    north, east = _float(lat), _float(lon)
    return (east, north) if in_country_box(east, north) else None


def position_in(text: str, near: Near = None) -> tuple[float, float]:
    """Return longitude and latitude in degrees from one cell that holds both."""
    plain = _plain(text).replace("،", ",").strip("()[] ")
    if "://" in plain:
        raise NoPosition("coordinates_unreadable", _linked(plain))
    angles = _lettered(plain) or [_angle(match) for match in _SEXAGESIMAL.finditer(plain)]
    if len(angles) == 2:
        (first, one), (second, other) = angles
        if one == "lon" or other == "lat":
            first, second = second, first
        return _decided(first, second, near)
    numbers = _two_numbers(plain)
    if numbers is None:
        raise NoPosition("coordinates_unreadable")
    return _decided(*numbers, near)


def _linked(address: str) -> str:
    """Return the position within a map's address as a proposal: it may be the view's centre."""
    found = next(reversed(list(_LINK.finditer(address))), None)  # the pin comes after the view
    if not found or not in_country_box(float(found[2]), float(found[1])):
        return ""
    return f"{found[1]} ; {found[2]}"


def _lettered(text: str) -> list[tuple[float, str]]:
    """Return two angles in decimal degrees with their axes, nothing if the text is otherwise."""
    for pattern in _LETTERED:
        match = pattern.fullmatch(text)
        if match:
            return [
                _signed(match["value1"], match["axis1"]),
                _signed(match["value2"], match["axis2"]),
            ]
    return []


def _signed(value: str, letter: str | None) -> tuple[float, str]:
    """Return degrees, negative to the south and the west, and the axis that a letter says."""
    axis = {"": "", "N": "lat", "S": "lat"}.get((letter or "").upper(), "lon")
    angle = _float(value)
    return (-abs(angle) if letter and letter.upper() in "SWO" else angle), axis


def _plain(text: str) -> str:
    return arabic_digits_to_ascii(clean(text)).replace("٫", ".").replace("−", "-")


def _two_numbers(text: str) -> tuple[float, float] | None:
    """Split on a semicolon, a bar or spaces, or else on the comma between two points."""
    for separator in (r"\s*[;|/]\s*", r"\s*,\s+", r"\s+", r","):
        parts = [part for part in re.split(separator, text) if part]
        if len(parts) == 2 and all(_DECIMAL.fullmatch(part) for part in parts):
            return _float(parts[0]), _float(parts[1])
    return None


def _float(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _number(text: str) -> float:
    if _DECIMAL.fullmatch(text):
        return _float(text)
    plain = _plain(text).replace(" ", "")
    if _DECIMAL.fullmatch(plain):
        return _float(plain)
    decimal = _LETTERED_ALONE.fullmatch(_plain(text))
    if decimal:
        return _signed(decimal["value1"], decimal["before"] or decimal["after"])[0]
    match = _SEXAGESIMAL.fullmatch(_plain(text))
    if match is None:
        raise NoPosition("coordinates_unreadable")
    return _angle(match)[0]


def _angle(match: re.Match) -> tuple[float, str]:
    """Return an angle in degrees and its axis, if a letter says it (O is *ouest*)."""
    minutes, seconds = (_float(match[name] or "0") for name in ("minutes", "seconds"))
    if minutes >= 60 or seconds >= 60:
        raise NoPosition("coordinates_unreadable")
    value = float(match["degrees"]) + minutes / 60 + seconds / 3600
    letter = (match["before"] or match["after"] or "").upper()
    negative = match["sign"] or (letter and letter in "SWO")
    axis = "lat" if letter in ("N", "S") else "lon" if letter else ""
    return (-value if negative else value), axis


def _decided(lat: float, lon: float, near: Near) -> tuple[float, float]:
    if in_country_box(lon, lat):
        return lon, lat
    guesses = (("swapped", (lon, lat)), ("sign", (lat, -lon)), ("swapped", (lon, -lat)))
    for meant, (north, east) in guesses:
        if in_country_box(east, north):
            raise NoPosition("coordinates_unreadable", f"{north:g} ; {east:g}", meant)
    if max(abs(lat), abs(lon)) > 400:
        _undo_projection(lat, lon, near)
    if abs(lat) <= 90 and abs(lon) <= 180:
        raise NoPosition("position_outside_country")
    raise NoPosition("coordinates_unreadable")


def _undo_projection(first: float, second: float, near: Near) -> None:
    """Raise NoPosition with the projections that fit, and a proposal if only one does."""
    found = list(projected(first, second))
    if near:
        close = [
            one
            for one in found
            if abs(one[1] - near[0]) < _CLOSE and abs(one[2] - near[1]) < _CLOSE
        ]
        found = close or found
    # A zone that fits both ways round is read the way in which the columns are named.
    found = list({one[0]: one for one in reversed(found)}.values())[::-1]
    if found:
        meant = ", ".join(name for name, _lon, _lat in found)
        _name, lon, lat = found[0]
        proposal = f"{lat:.6f} ; {lon:.6f}" if len(found) == 1 else ""
        raise NoPosition("coordinates_projected", proposal, meant)


def projected(first: float, second: float) -> Iterable[tuple[str, float, float]]:
    """Yield projection, longitude and latitude of each reading that lies in the country.

    ``first`` is the northing by its column, ``second`` the easting; the other order is tried
    after it, and more than one projection can fit.
    """
    try:
        from pyproj import Transformer
    except ImportError as error:
        raise MissingDependency(
            "The library pyproj is missing, which undoes map projections. Install python3-pyproj "
            "(Debian) or QGIS's own package of it."
        ) from error
    for name in PROJECTIONS:
        source = name if name == "EPSG:3857" else _merchich(name)
        transformer = Transformer.from_crs(source, "EPSG:4326", always_xy=True)
        for x, y in ((second, first), (first, second)):
            lon, lat = transformer.transform(x, y)
            if in_country_box(lon, lat):
                yield name, lon, lat


def _merchich(name: str) -> str:
    """The four Lambert zones of Merchich (EPSG), with the shift to WGS 84 spelled out."""
    zones = {
        "EPSG:26191": (33.3, 0.999625769, 500000, 300000),
        "EPSG:26192": (29.7, 0.999615596, 500000, 300000),
        "EPSG:26194": (26.1, 0.999616304, 1200000, 400000),
        "EPSG:26195": (22.5, 0.999616437, 1500000, 400000),
    }
    latitude, scale, east, north = zones[name]
    return (
        f"+proj=lcc +lat_1={latitude} +lat_0={latitude} +lon_0=-5.4 +k_0={scale} +x_0={east} "
        f"+y_0={north} +a=6378249.2 +b=6356515 {_TOWGS84} +units=m +no_defs"
    )
