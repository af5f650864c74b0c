# SPDX-License-Identifier: GPL-2.0-or-later
"""The cure for outlines that were projected with one Mercator and turned back with another."""

from __future__ import annotations

import numpy as np

WGS84_ECCENTRICITY = 0.0818191908426215


def true_latitude(latitude: np.ndarray) -> np.ndarray:
    """Undo the mistaken projection, in degrees: forward EPSG:3395, inverse EPSG:3857.

    Both formulas are in IOGP Guidance Note 7-2 (Mercator variant A, and Popular
    Visualisation Pseudo-Mercator); the Earth's radius falls out and longitudes stay.
    """
    sine = np.sin(np.radians(latitude))
    e = WGS84_ECCENTRICITY
    northing = np.arctanh(sine) - e * np.arctanh(e * sine)
    return np.degrees(np.arctan(np.sinh(northing)))
